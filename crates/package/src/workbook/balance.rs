//! The energy balance in the layout of statistics.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::{begin, place, quantity};
use crate::table::{Cell, SCENARIO, Table};

/// What stands for all domestic regions in the table of the balance.
const ALL_REGIONS: &str = "*";

/// One row of the sheet: a flow in a year of a scenario, with an amount a commodity.
struct Flow<'t> {
    scenario: &'t str,
    year: i32,
    name: &'t str,
    amounts: Vec<(usize, f64)>,
}

/// Fills the sheet: for each scenario and year a row a flow, with a column for each commodity.
pub(super) fn add(sheet: &mut Worksheet, tables: &[Table]) -> Result<(), XlsxError> {
    sheet.set_name("Energy balance")?;
    let Some(table) = tables.iter().find(|table| table.name == "balance") else {
        return Ok(());
    };
    let (commodities, flows) = gathered(table);
    let keys = [SCENARIO, "year", "flow"].map(str::to_owned).into_iter();
    let names = commodities.iter().map(|(commodity, unit)| format!("{commodity}, {unit}"));
    begin(sheet, keys.chain(names), place(flows.len())?)?;
    for (at, flow) in flows.iter().enumerate() {
        let row = place(at + 1)?;
        sheet.write_string(row, 0, flow.scenario)?;
        sheet.write_number(row, 1, flow.year)?;
        sheet.write_string(row, 2, flow.name)?;
        for (commodity, amount) in &flow.amounts {
            sheet.write_number_with_format(row, place(3 + commodity)?, *amount, &quantity())?;
        }
    }
    sheet.set_column_width(0, 18)?.set_column_width(2, 30)?;
    sheet.set_freeze_panes(1, 3)?;
    Ok(())
}

/// Commodities with their units, and the flows, both in the order of the table.
fn gathered(table: &Table) -> (Vec<(&str, &str)>, Vec<Flow<'_>>) {
    let mut commodities: Vec<(&str, &str)> = Vec::new();
    let mut flows: Vec<Flow<'_>> = Vec::new();
    let mut places: BTreeMap<(&str, i32, &str), usize> = BTreeMap::new();
    for row in &table.rows {
        let text = |column: &str| match table.at(column).map(|at| &row[at]) {
            Some(Cell::Text(text)) => text.as_str(),
            _ => "",
        };
        let (year, value) = match (table.at("year"), table.at("value")) {
            (Some(year), Some(value)) => (&row[year], &row[value]),
            _ => continue,
        };
        let (Cell::Year(year), Cell::Number(value)) = (year, value) else { continue };
        if text("region") != ALL_REGIONS {
            continue;
        }
        let commodity = (text("commodity"), text("unit"));
        let c = commodities.iter().position(|other| *other == commodity).unwrap_or_else(|| {
            commodities.push(commodity);
            commodities.len() - 1
        });
        let (scenario, name) = (text(SCENARIO), text("flow"));
        let f = *places.entry((scenario, *year, name)).or_insert_with(|| {
            flows.push(Flow { scenario, year: *year, name, amounts: Vec::new() });
            flows.len() - 1
        });
        flows[f].amounts.push((c, *value));
    }
    (commodities, flows)
}
