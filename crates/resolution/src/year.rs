//! One year of a model.

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
    one.fields(&mut |field| change(field, year));
    let Time { years, year_split, .. } = &mut one.time;
    *years = std::iter::once(model.time.years[year].clone()).collect();
    in_year(year_split, year);
    one
}

/// What becomes of a field.
fn change(field: Field<'_>, year: YearIx) {
    let only = |values: &mut ByYear| *values = vec![values[year.get()]];
    match field {
        Field::Size(values) | Field::Standing(values) | Field::Rate(values) => only(values),
        Field::Rule(values) => *values = vec![values[year.get()]],
        Field::Sizes(values) | Field::Rates(values) => {
            values.iter_mut().for_each(|(_, values)| only(values));
        }
        Field::Mean(series) | Field::PartOfYear(series) => in_year(series, year),
        Field::Capacities(members) => members.weights(&mut |weight| only(weight)),
        Field::Processes(members) => members.weights(&mut |weight| only(weight)),
        // the native chronology is that of every year
        Field::Chronology(_)
        // nothing to do with years
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
