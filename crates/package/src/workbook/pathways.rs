//! Quantities of each scenario over the years.

use std::collections::BTreeMap;

use kzleap_report::Summary;
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::{begin, place, quantity};
use crate::run::Run;

/// What a pathway is of; the text is that of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quantity {
    Emissions,
    UnderLimit,
    EmissionLimit,
    EmissionPrice,
    Output,
    Capacity,
    Demand,
    MarginalCost,
    SystemCost,
    Transfers,
    Investment,
}

impl Quantity {
    /// As people read it.
    pub(super) const fn text(self) -> &'static str {
        match self {
            Self::Emissions => "emissions",
            Self::UnderLimit => "emissions under the limit",
            Self::EmissionLimit => "limit on emissions",
            Self::EmissionPrice => "shadow price of the limit",
            Self::Output => "output",
            Self::Capacity => "capacity",
            Self::Demand => "demand",
            Self::MarginalCost => "marginal cost",
            Self::SystemCost => "system cost of a year",
            Self::Transfers => "transfers of a year",
            Self::Investment => "overnight cost of what is built for the period",
        }
    }
}

/// A quantity by year.
#[derive(Debug)]
pub(super) struct Pathway {
    /// Which scenario, by its place among the runs.
    pub(super) run: usize,
    pub(super) scenario: String,
    pub(super) quantity: Quantity,
    /// Of what: a commodity or a cap; empty where there is but one.
    pub(super) of: String,
    /// By what: a category or kind of cost; empty where it is not apart.
    pub(super) by: String,
    pub(super) unit: String,
    pub(super) values: BTreeMap<i32, f64>,
}

/// The pathways of all runs; rows of one scenario, quantity and `of` stand together.
pub(super) fn pathways(runs: &[Run]) -> Vec<Pathway> {
    runs.iter().enumerate().flat_map(|(at, run)| of_run(at, &run.summary)).collect()
}

fn of_run(run: usize, summary: &Summary) -> Vec<Pathway> {
    let mut all = Vec::new();
    let money = if summary.currency.is_empty() {
        "money".to_owned()
    } else {
        format!("M{}", summary.currency)
    };
    let named = |labels: &BTreeMap<String, String>, name: &str| {
        labels
            .get(name)
            .filter(|label| !label.is_empty())
            .cloned()
            .unwrap_or_else(|| name.to_owned())
    };
    let mut push = |quantity,
                    of: String,
                    by: String,
                    unit: String,
                    values: &BTreeMap<i32, f64>,
                    factor: f64| {
        let values = values.iter().map(|(year, value)| (*year, value * factor)).collect();
        let scenario = summary.scenario.clone();
        all.push(Pathway { run, scenario, quantity, of, by, unit, values });
    };
    for (name, values) in &summary.emissions {
        let unit = format!("{}/a", summary.emission_units[name]);
        push(
            Quantity::Emissions,
            named(&summary.emission_labels, name),
            String::new(),
            unit,
            values,
            1.0,
        );
    }
    for (name, values) in &summary.cap_emissions {
        let unit = summary.cap_units.get(name).cloned().unwrap_or_default();
        push(
            Quantity::UnderLimit,
            name.clone(),
            String::new(),
            format!("{unit}/a"),
            values,
            1.0,
        );
    }
    for (name, values) in &summary.emission_limits {
        let unit = summary.cap_units.get(name).cloned().unwrap_or_default();
        push(
            Quantity::EmissionLimit,
            name.clone(),
            String::new(),
            format!("{unit}/a"),
            values,
            1.0,
        );
    }
    for (name, values) in &summary.emission_prices {
        let unit = summary.cap_units.get(name).cloned().unwrap_or_default();
        push(
            Quantity::EmissionPrice,
            name.clone(),
            String::new(),
            format!("{money}/{unit}"),
            values,
            1.0,
        );
    }
    for (commodity, categories) in
        summary.generation.iter().filter(|(name, _)| summary.main.contains(name))
    {
        let (unit, factor) = shown(summary, commodity);
        for (category, values) in categories {
            let (of, by) =
                (named(&summary.labels, commodity), named(&summary.category_labels, category));
            push(Quantity::Output, of, by, format!("{unit}/a"), values, factor);
        }
    }
    for (unit, categories) in &summary.capacity {
        for (category, values) in categories {
            let by = named(&summary.category_labels, category);
            push(Quantity::Capacity, unit.clone(), by, unit.clone(), values, 1.0);
        }
    }
    for (commodity, values) in &summary.demand {
        let (unit, factor) = shown(summary, commodity);
        let of = named(&summary.labels, commodity);
        push(Quantity::Demand, of, String::new(), format!("{unit}/a"), values, factor);
    }
    for (commodity, values) in &summary.price {
        let (unit, factor) = shown(summary, commodity);
        let of = named(&summary.labels, commodity);
        push(
            Quantity::MarginalCost,
            of,
            String::new(),
            format!("{money}/{unit}"),
            values,
            1.0 / factor,
        );
    }
    for (kind, values) in &summary.annual_cost {
        push(
            Quantity::SystemCost,
            String::new(),
            kind.clone(),
            format!("{money}/a"),
            values,
            1.0,
        );
    }
    for (kind, values) in &summary.annual_transfers {
        push(
            Quantity::Transfers,
            String::new(),
            kind.clone(),
            format!("{money}/a"),
            values,
            1.0,
        );
    }
    push(
        Quantity::Investment,
        String::new(),
        String::new(),
        money.clone(),
        &summary.investment,
        1.0,
    );
    all
}

/// The unit in which people see a commodity, and what one of its own is in it.
fn shown(summary: &Summary, commodity: &str) -> (String, f64) {
    match summary.shown.get(commodity) {
        Some(shown) => (shown.unit.clone(), shown.factor),
        None => (summary.units.get(commodity).cloned().unwrap_or_default(), 1.0),
    }
}

/// The years of all pathways.
pub(super) fn years(pathways: &[Pathway]) -> Vec<i32> {
    let mut years: Vec<i32> =
        pathways.iter().flat_map(|path| path.values.keys().copied()).collect();
    years.sort_unstable();
    years.dedup();
    years
}

/// Columns before those of the years.
pub(super) const KEYS: [&str; 5] = ["scenario", "quantity", "of", "by", "unit"];

/// Fills the sheet: a row a pathway.
pub(super) fn add(sheet: &mut Worksheet, pathways: &[Pathway]) -> Result<(), XlsxError> {
    sheet.set_name("Pathways")?;
    let years = years(pathways);
    let names = KEYS.map(str::to_owned).into_iter().chain(years.iter().map(i32::to_string));
    begin(sheet, names, place(pathways.len())?)?;
    for (at, path) in pathways.iter().enumerate() {
        let row = place(at + 1)?;
        let keys = [&path.scenario, path.quantity.text(), &path.of, &path.by, &path.unit];
        for (column, key) in (0..).zip(keys) {
            sheet.write_string(row, column, key)?;
        }
        for (year, value) in &path.values {
            let column = KEYS.len() + years.partition_point(|other| other < year);
            sheet.write_number_with_format(row, place(column)?, *value, &quantity())?;
        }
    }
    for (column, width) in (0..).zip([18, 26, 20, 26, 16]) {
        sheet.set_column_width(column, width)?;
    }
    Ok(())
}
