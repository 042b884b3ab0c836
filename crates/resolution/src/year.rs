//! One year of a model, or its first years.

use std::ops::Range;

use kzleap_model::policy::{ActivityWindow, CapWindow, EmissionCap};
use kzleap_model::{
    ByYear, DemandTree, Field, Fields, Model, Series, Set, Time, UserRow, YearIx,
};

/// The model with one of its milestone years alone.
///
/// What speaks of several years is left out: growth limits, budgets of emissions, limits and
/// constraints over the horizon or against the year before, trading schemes, and statistics.
pub fn only_year(model: &Model, year: YearIx) -> Model {
    let mut one = model.clone();
    one.activity_limits.retain(|limit| !matches!(limit.window, ActivityWindow::Horizon { .. }));
    let of_year = |cap: &&EmissionCap| matches!(cap.window, CapWindow::EachYear(_));
    one.emission_caps = model.emission_caps.iter().filter(of_year).cloned().collect();
    one.trading = Set::new();
    one.trading_links.clear();
    for capacity in &mut one.capacities {
        if let Some(investment) = &mut capacity.investment {
            investment.growth = None;
        }
    }
    one.user_rows = rules(model, year);
    one.statistics.clear();
    one.demand_tree = DemandTree::default();
    let alone = year.get()..year.get() + 1;
    one.fields(&mut |field| keep(field, &alone, &|series| in_year(series, year)));
    let Time { years, year_split, .. } = &mut one.time;
    *years = std::iter::once(model.time.years[year].clone()).collect();
    in_year(year_split, year);
    one
}

/// Leaves a field the values of some years; `cut` does so for series.
fn keep(field: Field<'_>, years: &Range<usize>, cut: &dyn Fn(&mut Series)) {
    let only = |values: &mut ByYear| keep_values(values, years);
    match field {
        Field::Size(values) | Field::Standing(values) | Field::Rate(values) => only(values),
        Field::Rule(values) => keep_values(values, years),
        Field::Sizes(values) | Field::Rates(values) => {
            values.iter_mut().for_each(|(_, values)| only(values));
        }
        Field::Mean(series) | Field::PartOfYear(series) => cut(series),
        Field::Capacities(members) => members.weights(&mut |weight| only(weight)),
        Field::Processes(members) => members.weights(&mut |weight| only(weight)),
        // nothing to do with years, or the same in all of them
        Field::Chronology(_)
        | Field::Region(_)
        | Field::Regions(_)
        | Field::Links(_)
        | Field::Capacity(_)
        | Field::Storage(_)
        | Field::Link(_)
        | Field::Subsidies(_)
        | Field::SizeOfHorizon(_)
        | Field::RateOfRegions(_) => {}
    }
}

/// The model up to one of its milestone years, of which its horizon is the end: payments due later do
/// not count.
///
/// Rules that speak of later years too, but for budgets of emissions, hold only where all of their
/// years are there; trading schemes and statistics are left out. With the last milestone year it is the
/// model itself.
pub fn first_years(model: &Model, last: YearIx) -> Model {
    let count = last.get() + 1;
    if count == model.time.years.len() {
        return model.clone();
    }
    let mut first = model.clone();
    first
        .activity_limits
        .retain(|limit| !matches!(limit.window, ActivityWindow::Horizon { .. }));
    first.trading = Set::new();
    first.trading_links.clear();
    first.user_rows.retain(|row| {
        let stated = row.stated.as_ref().and_then(|stated| stated.year);
        stated.is_none_or(|year| year <= last) && row.all_terms().all(|term| term.year <= last)
    });
    first.statistics.clear();
    first.demand_tree = DemandTree::default();
    first.fields(&mut |field| keep(field, &(0..count), &|series| cut_series(series, count)));
    let Time { years, year_split, .. } = &mut first.time;
    *years = model.time.years.iter().take(count).cloned().collect();
    cut_series(year_split, count);
    first
}

fn keep_values<T>(values: &mut Vec<T>, years: &Range<usize>) {
    values.truncate(years.end);
    values.drain(..years.start);
}

fn cut_series(series: &mut Series, count: usize) {
    match series {
        Series::Constant(_) | Series::BySlice(_) => {}
        Series::ByYear(values) => values.truncate(count),
        Series::BySliceAndYear(values) => {
            *values = values.slice(ndarray::s![.., ..count]).to_owned();
        }
    }
}

fn in_year(series: &mut Series, year: YearIx) {
    *series = series.in_year(year);
}

/// The rules of this year alone.
fn rules(model: &Model, year: YearIx) -> Vec<UserRow> {
    let of_year = |row: &&UserRow| {
        let stated = row.stated.as_ref().and_then(|stated| stated.year);
        stated == Some(year) && row.all_terms().all(|term| term.year == year)
    };
    let mut rules: Vec<UserRow> = model.user_rows.iter().filter(of_year).cloned().collect();
    let only = YearIx::new(0);
    for UserRow { terms, against, stated, .. } in &mut rules {
        let others = against.iter_mut().flat_map(|against| &mut against.terms);
        terms.iter_mut().chain(others).for_each(|term| term.year = only);
        stated.iter_mut().for_each(|stated| stated.year = Some(only));
    }
    rules
}
