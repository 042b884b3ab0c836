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
    let mut of = Collected { run, summary, all: Vec::new() };
    of.emissions();
    of.energy();
    of.money();
    of.all
}

/// The pathways of a run, as they are collected from its summary.
struct Collected<'s> {
    run: usize,
    summary: &'s Summary,
    all: Vec<Pathway>,
}

impl Collected<'_> {
    /// Adds one: of what, by what, in which unit, and what one of the summary's unit is in it.
    fn add(
        &mut self,
        quantity: Quantity,
        (of, by): (&str, &str),
        (unit, factor): (String, f64),
        values: &BTreeMap<i32, f64>,
    ) {
        self.all.push(Pathway {
            run: self.run,
            scenario: self.summary.scenario.clone(),
            quantity,
            of: of.to_owned(),
            by: by.to_owned(),
            unit,
            values: values.iter().map(|(year, value)| (*year, value * factor)).collect(),
        });
    }

    fn emissions(&mut self) {
        let summary = self.summary;
        for (name, values) in &summary.emissions {
            let unit = (format!("{}/a", summary.emission_units[name]), 1.0);
            let label = named(&summary.emission_labels, name);
            self.add(Quantity::Emissions, (label, ""), unit, values);
        }
        let money = money(summary);
        for (quantity, caps) in [
            (Quantity::UnderLimit, &summary.cap_emissions),
            (Quantity::EmissionLimit, &summary.emission_limits),
            (Quantity::EmissionPrice, &summary.emission_prices),
        ] {
            for (name, values) in caps {
                let unit = summary.cap_units.get(name).map_or("", String::as_str);
                let unit = match quantity {
                    Quantity::EmissionPrice => format!("{money}/{unit}"),
                    _ => format!("{unit}/a"),
                };
                self.add(quantity, (name, ""), (unit, 1.0), values);
            }
        }
    }

    fn energy(&mut self) {
        let summary = self.summary;
        let main = |name: &String| summary.main.contains(name);
        for (commodity, categories) in summary.generation.iter().filter(|(name, _)| main(name))
        {
            let label = named(&summary.labels, commodity);
            for (category, values) in categories {
                let (unit, factor) = shown(summary, commodity);
                let by = named(&summary.category_labels, category);
                self.add(Quantity::Output, (label, by), (format!("{unit}/a"), factor), values);
            }
        }
        for (unit, categories) in &summary.capacity {
            for (category, values) in categories {
                let by = named(&summary.category_labels, category);
                self.add(Quantity::Capacity, (unit, by), (unit.clone(), 1.0), values);
            }
        }
        for (commodity, values) in &summary.demand {
            let (unit, factor) = shown(summary, commodity);
            let label = named(&summary.labels, commodity);
            self.add(Quantity::Demand, (label, ""), (format!("{unit}/a"), factor), values);
        }
    }

    fn money(&mut self) {
        let summary = self.summary;
        let money = money(summary);
        for (commodity, values) in &summary.price {
            let (unit, factor) = shown(summary, commodity);
            let label = named(&summary.labels, commodity);
            let unit = (format!("{money}/{unit}"), 1.0 / factor);
            self.add(Quantity::MarginalCost, (label, ""), unit, values);
        }
        for (quantity, kinds) in [
            (Quantity::SystemCost, &summary.annual_cost),
            (Quantity::Transfers, &summary.annual_transfers),
        ] {
            for (kind, values) in kinds {
                self.add(quantity, ("", kind), (format!("{money}/a"), 1.0), values);
            }
        }
        self.add(Quantity::Investment, ("", ""), (money, 1.0), &summary.investment);
    }
}

/// Millions of the currency.
fn money(summary: &Summary) -> String {
    if summary.currency.is_empty() {
        "money".to_owned()
    } else {
        format!("M{}", summary.currency)
    }
}

/// A name as people read it.
fn named<'n>(labels: &'n BTreeMap<String, String>, name: &'n str) -> &'n str {
    labels.get(name).map(String::as_str).filter(|label| !label.is_empty()).unwrap_or(name)
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
