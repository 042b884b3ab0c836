//! Pathways as charts of the spreadsheet itself: they follow the sheet `Pathways`.

use kzleap_report::Summary;
use kzleap_report::summary::ByCategory;
use rust_xlsxwriter::{Chart, ChartType, Worksheet, XlsxError};

use super::pathways::{KEYS, Pathway, Quantity, years};
use super::{header, place};
use crate::run::Run;

/// What is less than this share of the largest of a chart is left out of it.
const TOO_SMALL: f64 = 1e-3;
/// Width and height of a chart, in pixels.
const SIZE: [u32; 2] = [620, 380];
/// How many rows and columns of the sheet a chart covers, and how many charts stand side by side.
const ROWS: u32 = 20;
const COLUMNS: u16 = 10;
const BESIDE: u32 = 2;

/// A chart of some pathways.
struct Drawn {
    title: String,
    kind: ChartType,
    /// Rows of the pathways.
    rows: Vec<usize>,
    /// The column of keys that tells them apart.
    named_by: u16,
}

/// Fills the sheet: the charts of each scenario below its name.
pub(super) fn add(
    sheet: &mut Worksheet,
    runs: &[Run],
    pathways: &[Pathway],
) -> Result<(), XlsxError> {
    sheet.set_name("Charts")?;
    let last = place(KEYS.len() + years(pathways).len() - 1)?;
    let mut top = 0;
    for (at, run) in runs.iter().enumerate() {
        sheet.write_string_with_format(top, 0, &run.summary.scenario, &header())?;
        let mut beside = 0;
        for drawn in drawn(&Of { pathways, run: at }, &run.summary) {
            if beside == BESIDE {
                (top, beside) = (top + ROWS, 0);
            }
            let column = COLUMNS * place::<u16>(beside as usize)?;
            sheet.insert_chart(top + 1, column, &chart(&drawn, last)?)?;
            beside += 1;
        }
        top += ROWS + 2;
    }
    Ok(())
}

/// The pathways of a run.
struct Of<'p> {
    pathways: &'p [Pathway],
    run: usize,
}

impl Of<'_> {
    /// The rows of some quantities of one thing, without those too small to be seen.
    fn rows(&self, quantities: &[Quantity], of: Option<&str>) -> Vec<usize> {
        let is_in = |path: &Pathway| {
            path.run == self.run
                && quantities.contains(&path.quantity)
                && of.is_none_or(|of| path.of == of)
        };
        let most = |row: &usize| {
            let values = self.pathways[*row].values.values();
            values.fold(0.0, |most: f64, value| most.max(value.abs()))
        };
        let rows = (0..self.pathways.len()).filter(|row| is_in(&self.pathways[*row]));
        let largest = rows.clone().map(|row| most(&row)).fold(0.0, f64::max);
        rows.filter(|row| most(row) > TOO_SMALL * largest).collect()
    }

    /// What a quantity is of.
    fn things(&self, quantity: Quantity) -> Vec<&str> {
        let of_run = self.pathways.iter().filter(|path| path.run == self.run);
        let mut all: Vec<&str> = of_run
            .filter(|path| path.quantity == quantity)
            .map(|path| path.of.as_str())
            .collect();
        all.dedup();
        all
    }
}

fn drawn(of: &Of<'_>, summary: &Summary) -> Vec<Drawn> {
    let (by_quantity, by_thing, by_part) = (1, 2, 3);
    let mut all = Vec::new();
    let mut draw = |kind, quantities: &[Quantity], thing: Option<&str>, named_by| {
        let rows = of.rows(quantities, thing);
        let Some(first) = rows.first().map(|row| &of.pathways[*row]) else { return };
        let thing = thing.filter(|thing| !thing.is_empty() && *thing != first.unit);
        let thing = thing.map_or(String::new(), |thing| format!(" ({thing})"));
        let (scenario, quantity, unit) = (&first.scenario, first.quantity.text(), &first.unit);
        let title = format!("{scenario}: {quantity}{thing}, {unit}");
        all.push(Drawn { title, kind, rows, named_by });
    };
    let caps = of.things(Quantity::UnderLimit);
    for cap in &caps {
        let both = [Quantity::UnderLimit, Quantity::EmissionLimit];
        draw(ChartType::Line, &both, Some(cap), by_quantity);
    }
    if caps.is_empty() {
        draw(ChartType::Line, &[Quantity::Emissions], None, by_thing);
    }
    for commodity in of.things(Quantity::Output) {
        draw(ChartType::ColumnStacked, &[Quantity::Output], Some(commodity), by_part);
    }
    if let Some(unit) = unit_of_plants(summary) {
        draw(ChartType::ColumnStacked, &[Quantity::Capacity], Some(unit), by_part);
    }
    draw(ChartType::ColumnStacked, &[Quantity::SystemCost], None, by_part);
    all
}

/// The unit in which most categories that make the first of the main commodities have capacity.
fn unit_of_plants(summary: &Summary) -> Option<&str> {
    let made = summary.main.iter().find_map(|main| summary.generation.get(main))?;
    let plants =
        |of: &ByCategory| of.keys().filter(|category| made.contains_key(*category)).count();
    let (unit, _) = summary.capacity.iter().max_by_key(|(_, of)| plants(of))?;
    Some(unit)
}

fn chart(drawn: &Drawn, last: u16) -> Result<Chart, XlsxError> {
    let mut chart = Chart::new(drawn.kind);
    let first = place(KEYS.len())?;
    for row in &drawn.rows {
        let line: u32 = place(row + 1)?;
        chart
            .add_series()
            .set_name(("Pathways", line, drawn.named_by))
            .set_categories(("Pathways", 0, first, 0, last))
            .set_values(("Pathways", line, first, line, last));
    }
    chart.title().set_name(&drawn.title);
    chart.set_width(SIZE[0]).set_height(SIZE[1]);
    Ok(chart)
}
