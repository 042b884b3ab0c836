//! A table as a sheet.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::{begin, place};
use crate::table::{Cell, Table};

/// Fills the sheet with a table; numbers are numbers, empty cells stay empty.
pub(super) fn add(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    sheet.set_name(&table.name)?;
    begin(sheet, table.columns.iter().map(|column| &column.name), place(table.rows.len())?)?;
    let number = Format::new().set_num_format("General");
    for (r, row) in table.rows.iter().enumerate() {
        for (c, cell) in row.iter().enumerate() {
            let (r, c) = (place(r + 1)?, place(c)?);
            match cell {
                Cell::Empty => {}
                Cell::Text(text) => drop(sheet.write_string(r, c, text)?),
                Cell::Year(year) => drop(sheet.write_number(r, c, *year)?),
                Cell::Number(value) => {
                    sheet.write_number_with_format(r, c, *value, &number)?;
                }
            }
        }
    }
    sheet.set_column_width(0, 20)?;
    Ok(())
}
