//! The table of key numbers: a row for each, a column for each run.

use serde::Serialize;

use super::{cap_label, emission_label, keys, money_shown};
use crate::summary::{ByYear, Summary};
use kzleap_model::MassUnit;
use kzleap_model::emission_units::price_shown;
use kzleap_page::figure;

/// A row: the name, its unit, a value for each run.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    name: String,
    unit: String,
    values: Vec<String>,
}

/// The table of scenarios: a row for each run, the first is what the others are compared with.
#[derive(Debug, Serialize)]
pub(super) struct Overview {
    /// The heads of the columns, each with its unit.
    heads: Vec<(String, String)>,
    /// The values of each run.
    rows: Vec<Vec<String>>,
}

/// The figures in which scenarios differ most.
pub(super) fn overview(runs: &[Summary]) -> Overview {
    let mut table = Overview { heads: Vec::new(), rows: vec![Vec::new(); runs.len()] };
    let Some(first) = runs.first() else { return table };
    let (money, factor) = money_shown(runs);
    let mut column = |head: String, unit: &str, of: &dyn Fn(&Summary) -> Option<f64>| {
        table.heads.push((head, unit.to_owned()));
        for (row, run) in table.rows.iter_mut().zip(runs) {
            row.push(of(run).map_or("–".to_owned(), figure));
        }
    };
    column("System cost".to_owned(), &money, &|run| Some(run.system_cost * factor));
    column("Extra cost".to_owned(), &money, &|run| {
        Some(significant(run.system_cost - first.system_cost, first.system_cost) * factor)
    });
    column("Investment".to_owned(), &money, &|run| {
        Some(run.investment.values().sum::<f64>() * factor)
    });
    let size = |values: &ByYear| values.values().fold(0.0_f64, |a, b| a.max(b.abs()));
    let caps = first.cap_emissions.iter().max_by(|a, b| size(a.1).total_cmp(&size(b.1)));
    if let (Some((cap, _)), Some(last)) = (caps, first.years.last()) {
        let unit = first.cap_units.get(cap).map_or("", |unit| unit);
        let years = [2030, last.milestone];
        let years =
            years.iter().filter(|year| first.years.iter().any(|y| y.milestone == **year));
        for year in years {
            column(format!("Emissions {year}"), unit, &|run| {
                let values = run.cap_emissions.get(cap)?;
                Some(significant(*values.get(year)?, size(values)))
            });
        }
        let (unit, factor) = price_shown(&first.currency, MassUnit::named(unit));
        let head = format!("Price of emissions {}", last.milestone);
        column(head, &unit, &|run| {
            Some(run.emission_prices.get(cap)?.values().next_back()? * factor)
        });
    }
    let clean = |run: &Summary| run.headline.clean_electricity.values().next_back().copied();
    if runs.iter().any(|run| clean(run).is_some()) {
        column("Electricity without fossil fuels".to_owned(), "%", &clean);
    }
    table
}

/// The numbers people ask for first: system cost, emissions under caps, each emission.
pub(super) fn rows(runs: &[Summary]) -> Vec<Row> {
    let row = |name: String, unit: &str, of: &dyn Fn(&Summary) -> Option<f64>| Row {
        name,
        unit: unit.to_owned(),
        values: runs.iter().map(|run| of(run).map_or("–".to_owned(), figure)).collect(),
    };
    let Some(first) = runs.first() else { return Vec::new() };
    let emitted = |name: &str, unit: &str, of: &dyn Fn(&Summary) -> Option<&ByYear>| {
        let yearly = format!("{unit} a year");
        let most = runs.iter().filter_map(of).flat_map(|years| years.values().copied());
        let most = most.fold(0.0, |most: f64, value| most.max(value.abs()));
        let last = row(format!("{name}: in the last year"), &yearly, &|run| {
            Some(significant(*of(run)?.values().next_back()?, most))
        });
        let all = row(format!("{name}: over the horizon"), unit, &|run| {
            Some(over_horizon(run, of(run)?))
        });
        [last, all]
    };
    let (unit, factor) = money_shown(runs);
    let answers = runs.iter().any(|run| run.demand_answers.is_some());
    let cost = match answers {
        true => "Total discounted system cost, of what is served",
        false => "Total discounted system cost",
    };
    let mut rows = vec![
        row(cost.to_owned(), &unit, &|run| Some(run.system_cost * factor)),
        row("… more than the first".to_owned(), &unit, &|run| {
            let more = run.system_cost - first.system_cost;
            Some(significant(more, first.system_cost) * factor)
        }),
    ];
    if answers {
        let forgone = |run: &Summary| run.demand_answers.as_ref().map(|one| one.worth_forgone);
        rows.push(row("Worth of demand forgone, discounted".to_owned(), &unit, &|run| {
            Some(forgone(run)? * factor)
        }));
        let name = "Cost and worth forgone: what to compare where demand answers";
        rows.push(row(name.to_owned(), &unit, &|run| {
            Some((run.system_cost + forgone(run).unwrap_or(0.0)) * factor)
        }));
    }
    if has_transfers(runs) {
        rows.push(row("Transfers (taxes, subsidies), discounted".to_owned(), &unit, &|run| {
            Some(run.transfers.values().sum::<f64>() * factor)
        }));
    }
    rows.push(row("Investment over the horizon".to_owned(), &unit, &|run| {
        Some(run.investment.values().sum::<f64>() * factor)
    }));
    for cap in keys(runs, |run| run.cap_emissions.keys()) {
        let unit = runs.iter().find_map(|run| run.cap_units.get(&cap)).map_or("", |unit| unit);
        let name = format!("Emissions under cap “{}”", cap_label(runs, &cap));
        rows.extend(emitted(&name, unit, &|run| run.cap_emissions.get(&cap)));
    }
    for cap in keys(runs, |run| run.emission_prices.keys()) {
        let name = format!(
            "Price of emissions under cap “{}”: in the last year",
            cap_label(runs, &cap)
        );
        let unit =
            runs.iter().find_map(|run| run.cap_units.get(&cap)).map_or("Mt", |unit| unit);
        let (unit, factor) = price_shown(&first.currency, MassUnit::named(unit));
        rows.push(row(name, &unit, &|run| {
            Some(run.emission_prices.get(&cap)?.values().next_back()? * factor)
        }));
    }
    for name in keys(runs, |run| run.emissions.keys()) {
        let unit = runs.iter().find_map(|run| run.emission_units.get(&name));
        let unit = unit.map_or("", |unit| unit);
        let label = emission_label(runs, &name);
        rows.extend(emitted(&label, unit, &|run| run.emissions.get(&name)));
    }
    rows
}

/// A value, or nothing where it is what rounding leaves of numbers as large as `size`, such as
/// 1.42e-14 Mt under a cap of zero.
fn significant(value: f64, size: f64) -> f64 {
    const ROUNDING: f64 = 1e-9;
    if value.abs() <= ROUNDING * size.abs() { 0.0 } else { value }
}

/// Whether any run has taxes or subsidies.
pub(super) fn has_transfers(runs: &[Summary]) -> bool {
    runs.iter().any(|run| !run.transfers.is_empty())
}

/// Yearly values times the calendar years of their periods.
fn over_horizon(run: &Summary, by_year: &ByYear) -> f64 {
    let years = |period: &crate::summary::Period| f64::from(period.last - period.first + 1);
    let value = |year: i32| by_year.get(&year).unwrap_or(&0.0);
    run.years.iter().map(|period| years(period) * value(period.milestone)).sum()
}
