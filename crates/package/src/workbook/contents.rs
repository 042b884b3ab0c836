//! The first sheet: which runs the workbook is of, and what is in it.

use rust_xlsxwriter::{Url, Worksheet, XlsxError};

use super::header;
use crate::run::Run;
use crate::table::Table;

/// Sheets that are made of several tables, with what they hold.
const MADE: [(&str, &str); 3] = [
    ("Charts", "pathways of each scenario as charts"),
    (
        "Pathways",
        "emissions, output, capacity, cost and marginal cost, a column a year; domestic regions together",
    ),
    (
        "Energy balance",
        "energy balance of all domestic regions: a row for each flow, a column for each commodity",
    ),
];

/// Fills the sheet.
pub(super) fn add(
    sheet: &mut Worksheet,
    runs: &[Run],
    whole: &[&Table],
    by_slice: &[&Table],
) -> Result<(), XlsxError> {
    sheet.set_name("Contents")?;
    sheet.set_column_width(0, 24)?.set_column_width(1, 24)?.set_column_width(2, 70)?;
    let mut row = 0;
    head(sheet, row, ["model", "scenario", "plan"])?;
    for run in runs {
        row += 1;
        let summary = &run.summary;
        let called = |label: &str, name: &str| {
            if label.is_empty() { name.to_owned() } else { label.to_owned() }
        };
        let certified =
            if summary.certificate.certified { "certified" } else { "NOT certified" };
        let plan = format!(
            "{}, {certified}; total discounted system cost {:.1} million {} of {}",
            summary.status, summary.system_cost, summary.currency, summary.base_year
        );
        sheet.write_string(row, 0, called(&summary.label, &summary.model))?;
        sheet.write_string(row, 1, &summary.scenario)?;
        sheet.write_string(row, 2, plan)?;
    }
    row += 2;
    head(sheet, row, ["sheet", "", "what it holds"])?;
    for (name, title) in MADE {
        row += 1;
        link(sheet, row, name, title)?;
    }
    for table in whole {
        row += 1;
        link(sheet, row, &table.name, &table.title)?;
    }
    row += 2;
    let why =
        "left out, as it is by slice: in the folder of the run, or by `kzleap export sqlite`";
    head(sheet, row, ["not in this workbook", "", why])?;
    for table in by_slice {
        row += 1;
        sheet.write_string(row, 0, &table.name)?;
        sheet.write_string(row, 2, &table.title)?;
    }
    row += 2;
    head(sheet, row, ["sheet", "column", "meaning"])?;
    for table in whole {
        for column in &table.columns {
            row += 1;
            sheet.write_string(row, 0, &table.name)?;
            sheet.write_string(row, 1, &column.name)?;
            sheet.write_string(row, 2, &column.meaning)?;
        }
    }
    Ok(())
}

fn head(sheet: &mut Worksheet, row: u32, texts: [&str; 3]) -> Result<(), XlsxError> {
    for (column, text) in (0..).zip(texts) {
        sheet.write_string_with_format(row, column, text, &header())?;
    }
    Ok(())
}

fn link(sheet: &mut Worksheet, row: u32, name: &str, title: &str) -> Result<(), XlsxError> {
    sheet.write_url(row, 0, Url::new(format!("internal:'{name}'!A1")).set_text(name))?;
    sheet.write_string(row, 2, title)?;
    Ok(())
}
