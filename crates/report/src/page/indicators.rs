//! The few numbers people ask for first, by year.

use std::collections::BTreeMap;

use kzleap_accounts::Accounts;
use kzleap_model::emission_units::price_shown;
use kzleap_model::policy::EmissionCap;
use kzleap_model::{CommodityIx, Gas, MassUnit};
use kzleap_page::figure;
use serde::Serialize;

use super::Charts;
use super::colours::title;
use crate::summary::{ByCategory, ByYear, Summary};

/// A row of the table of key indicators.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Indicator {
    /// What it is.
    name: String,
    /// Its unit.
    unit: String,
    /// A value for each milestone year, as people write it.
    values: Vec<String>,
}

/// Key indicators of all domestic regions together.
pub(super) fn indicators(
    accounts: &Accounts<'_>,
    summary: &Summary,
    charts: &Charts<'_>,
) -> Vec<Indicator> {
    let model = accounts.model;
    let years: Vec<i32> = model.time.years.iter().map(|year| year.milestone).collect();
    let mut rows = Vec::new();
    let mut row = |name: String, unit: &str, values: &BTreeMap<i32, f64>, factor: f64| {
        let values = years
            .iter()
            .map(|y| values.get(y).map_or("–".to_owned(), |v| figure(v * factor)));
        rows.push(Indicator { name, unit: unit.to_owned(), values: values.collect() });
    };
    let by_year = |values: &[f64]| -> BTreeMap<i32, f64> {
        years.iter().copied().zip(values.iter().copied()).collect()
    };
    for (name, unit, values, factor) in emitted(accounts, summary) {
        row(name, &unit, &values, factor);
    }
    let (money, factor) = crate::tables::money_shown(&summary.currency, summary.objective);
    row("Annual system cost".to_owned(), &money, &sum(&summary.annual_cost), factor);
    if !summary.annual_transfers.is_empty() {
        let (name, values) = ("Annual transfers (taxes, subsidies)", &summary.annual_transfers);
        row(name.to_owned(), &money, &sum(values), factor);
    }
    if let Some(answers) = &summary.demand_answers {
        row(
            "Annual worth of demand forgone".to_owned(),
            &money,
            &answers.annual_forgone,
            factor,
        );
    }
    let length: BTreeMap<i32, f64> =
        model.time.years.iter().map(|year| (year.milestone, year.length())).collect();
    let invested =
        summary.investment.iter().map(|(year, value)| (*year, value / length[year])).collect();
    row("Average annual investment".to_owned(), &money, &invested, factor);
    for (name, values) in energy(summary) {
        row(name.to_owned(), "PJ", values, 1.0);
    }
    for shown in &charts.main {
        let commodity = &model.commodities[shown.commodity].name;
        let label = title(&shown.label);
        if let Some(demand) = summary.demand.get(commodity) {
            row(format!("{label}: demand"), &shown.unit, demand, shown.factor);
        }
        if let Some(made) = summary.generation.get(commodity) {
            row(format!("{label}: made"), &shown.unit, &sum(made), shown.factor);
        }
        let not_used = not_used(accounts, shown.commodity);
        if not_used.iter().any(|value| *value > 0.0) {
            let name = format!("{label}: surplus, not used");
            row(name, &shown.unit, &by_year(&not_used), shown.factor);
        }
        if let Some(price) = summary.price.get(commodity) {
            row(
                format!("{label}: marginal cost, not a tariff"),
                &shown.price.0,
                price,
                shown.price.1,
            );
        }
    }
    for (name, values) in &summary.unserved {
        let (unit, factor) = summary
            .shown
            .get(name)
            .map_or((&summary.units[name], 1.0), |s| (&s.unit, s.factor));
        row(format!("{}: unserved demand", title(name)), unit, values, factor);
    }
    rows
}

/// Emissions under caps, the emissions people ask for first, and what a tonne costs: name, unit,
/// values, and what one of them is in the unit.
fn emitted(accounts: &Accounts<'_>, summary: &Summary) -> Vec<(String, String, ByYear, f64)> {
    let model = accounts.model;
    let mut rows = Vec::new();
    let mixed = |cap: &&EmissionCap| super::emissions::sole_emission(cap).is_none();
    for cap in model.emission_caps.iter().filter(mixed) {
        let values = summary.cap_emissions[&cap.name].clone();
        let name = format!("Emissions under cap “{}”", title(&cap.name));
        rows.push((name, cap.unit_text(model).to_owned(), values, 1.0));
    }
    let few = summary.emissions.len() <= super::emissions::FEW;
    let first = model.emissions.iter().find(|emission| emission.gas == Some(Gas::Co2));
    let main = first.map(|emission| &emission.name).or(summary.emissions.keys().next());
    for (name, values) in &summary.emissions {
        if !few && Some(name) != main {
            continue; // each has its chart
        }
        let unit = summary.emission_units[name].clone();
        rows.push((format!("{}: emissions", title(name)), unit, values.clone(), 1.0));
    }
    for (name, values) in &summary.emission_prices {
        let (unit, factor) =
            price_shown(&summary.currency, MassUnit::named(&summary.cap_units[name]));
        let label = summary.cap_labels.get(name).unwrap_or(name);
        let name = format!("Price of emissions under cap “{}”", title(label));
        rows.push((name, unit, values.clone(), factor));
    }
    rows
}

/// Primary and final energy, where there is any.
fn energy(summary: &Summary) -> impl Iterator<Item = (&'static str, &ByYear)> {
    let headline = &summary.headline;
    let both = [
        ("Primary energy", &headline.primary_energy),
        ("Final energy", &headline.final_energy),
    ];
    both.into_iter().filter(|(_, values)| values.values().any(|value| value.abs() > 0.0))
}

/// All categories of each year together.
fn sum(by_category: &ByCategory) -> ByYear {
    let mut sum = ByYear::new();
    for (year, value) in by_category.values().flatten() {
        *sum.entry(*year).or_insert(0.0) += value;
    }
    sum
}

/// What is made of a commodity and not used in domestic regions, by year.
fn not_used(accounts: &Accounts<'_>, commodity: CommodityIx) -> Vec<f64> {
    let model = accounts.model;
    let own = |balance: &&kzleap_accounts::flows::Balance| {
        balance.commodity == commodity && model.regions[balance.region].domestic
    };
    (0..model.time.years.len())
        .map(|y| accounts.balances().iter().filter(own).map(|balance| balance.surplus(y)).sum())
        .collect()
}

/// The sentence under the heading: the plan in one breath.
pub(super) fn lead(accounts: &Accounts<'_>) -> String {
    let Accounts { model, solution, .. } = *accounts;
    let years = &model.time.years;
    let first = years.iter().map(|year| year.first).min().unwrap_or(0);
    let last = years.iter().map(|year| year.last).max().unwrap_or(0);
    let span = if first == last { first.to_string() } else { format!("{first}–{last}") };
    let (money, factor) = crate::tables::money_shown(&model.currency, solution.objective);
    // a horizon that ends later than the last year people name
    let end = years.iter().last().filter(|year| year.last > year.milestone);
    let end = end.map_or_else(String::new, |year| {
        format!(
            " The last milestone year, {}, stands for {}–{}.",
            year.milestone, year.first, year.last
        )
    });
    let transfers: f64 = accounts.transfers().iter().map(|(_, value)| value).sum();
    let transfers = if accounts.transfers().is_empty() {
        String::new()
    } else {
        format!(
            " Transfers (taxes, subsidies), which one pays and another receives, are {} beside \
             it; what is minimised is both together, {} {money}.",
            figure(transfers * factor),
            figure(solution.objective * factor),
        )
    };
    let answer = accounts.answer().map_or_else(String::new, |answer| {
        format!(
            " Demand answers to prices: what it forgoes is worth {} {money} beside the cost, what is \
             served of its steps {} {money}. Compare plans by what is minimised, {} {money}, not by \
             cost alone.",
            figure(answer.forgone * factor),
            figure(answer.served * factor),
            figure(solution.objective * factor),
        )
    });
    format!(
        "Least-cost plan for {span}: total discounted system cost {} {money} (present value, {}) \
         in {}, {} and {}.{transfers}{answer}{end}",
        figure(accounts.system_cost() * factor),
        model.finance.base_year,
        count(model.regions.iter().filter(|region| region.domestic).count(), "region"),
        count(years.len(), "milestone year"),
        count(model.time.slices.len(), "time slice"),
    )
}

/// `1 region`, `3 regions`.
fn count(number: usize, of: &str) -> String {
    format!("{number} {of}{}", if number == 1 { "" } else { "s" })
}
