//! A workbook: pathways with charts, the energy balance, and every table that is not by slice.

mod balance;
mod charts;
mod contents;
mod pathways;
mod tables;

use std::io::{self, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::run::Run;
use crate::table::{Table, together};

/// Writes a workbook of the runs.
///
/// Left out are tables by time slice, which are too long for a sheet; the contents name them.
///
/// # Errors
/// If `out` cannot be written, or a table has more rows than a sheet.
pub fn write(runs: &[Run], out: &mut dyn Write) -> io::Result<()> {
    let bytes = book(runs).and_then(|mut book| book.save_to_buffer());
    out.write_all(&bytes.map_err(io::Error::other)?)
}

fn book(runs: &[Run]) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    // no clock: the same runs give the same bytes
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let tables = together(runs);
    let pathways = pathways::pathways(runs);
    let (whole, by_slice): (Vec<&Table>, Vec<&Table>) =
        tables.iter().partition(|table| !is_by_slice(table));
    contents::add(book.add_worksheet(), runs, &whole, &by_slice)?;
    charts::add(book.add_worksheet(), runs, &pathways)?;
    pathways::add(book.add_worksheet(), &pathways)?;
    balance::add(book.add_worksheet(), &tables)?;
    for table in whole {
        tables::add(book.add_worksheet(), table)?;
    }
    for sheet in book.worksheets_mut() {
        sheet.set_landscape().set_print_fit_to_pages(1, 0).set_paper_size(A4);
    }
    Ok(book)
}

/// Whether a table has a row for each slice, hour or point of time.
fn is_by_slice(table: &Table) -> bool {
    ["slice", "hour", "point"].iter().any(|column| table.at(column).is_some())
}

/// The paper, by the number that the format has for it.
const A4: u8 = 9;

/// How the cells of the first row look.
fn header() -> Format {
    Format::new().set_bold().set_text_wrap()
}

/// How quantities look: the cell keeps all digits.
fn quantity() -> Format {
    Format::new().set_num_format("#,##0.0")
}

/// Writes the first row, which stays in sight, and the filter of a table of so many rows.
fn begin(
    sheet: &mut Worksheet,
    names: impl IntoIterator<Item = impl Into<String>>,
    rows: u32,
) -> Result<(), XlsxError> {
    let mut columns = 0;
    for name in names {
        sheet.write_string_with_format(0, columns, name, &header())?;
        columns += 1;
    }
    sheet.set_freeze_panes(1, 0)?;
    if columns > 0 {
        sheet.autofilter(0, 0, rows.max(1), columns - 1)?;
    }
    Ok(())
}

/// A row or column of a sheet.
fn place<T: TryFrom<usize>>(at: usize) -> Result<T, XlsxError> {
    T::try_from(at).map_err(|_| XlsxError::RowColumnLimitError)
}
