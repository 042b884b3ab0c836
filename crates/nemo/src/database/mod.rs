//! Reads a scenario database: every table, with its defaults and its mistakes.

mod checks;
mod open;
mod parameters;
mod sets;

use std::path::Path;

use kzleap_diagnostics::{Diagnostic, Diagnostics};
use rusqlite::Connection;
use rusqlite::types::ValueRef;

pub use open::check_writable;
pub(crate) use open::{explain, open_to_write};

use crate::data::Data;

/// What was read, and everything that was found on the way.
#[derive(Debug)]
pub struct Reading {
    /// The scenario; `None` if there are errors.
    pub data: Option<Data>,
    /// Errors and warnings.
    pub diagnostics: Diagnostics,
}

/// Reads a scenario database. The file is opened for reading only.
pub fn read(path: &Path) -> Reading {
    let mut reader = match open::open_to_read(path) {
        Ok(connection) => Reader { connection, diagnostics: Diagnostics::default() },
        Err(diagnostic) => {
            let mut diagnostics = Diagnostics::default();
            diagnostics.push(*diagnostic);
            return Reading { data: None, diagnostics };
        }
    };
    let data = reader.read();
    let diagnostics = reader.diagnostics;
    let data = data.filter(|_| !diagnostics.has_errors());
    Reading { data, diagnostics }
}

/// A database being read.
struct Reader {
    connection: Connection,
    diagnostics: Diagnostics,
}

impl Reader {
    fn read(&mut self) -> Option<Data> {
        if !self.has_schema() {
            return None;
        }
        let mut data = Data::default();
        self.read_sets(&mut data);
        if self.diagnostics.has_errors() {
            return None; // rows that refer to unreadable names would only repeat it
        }
        self.read_parameters(&mut data);
        if !self.diagnostics.has_errors() {
            checks::check(&data, &mut self.diagnostics);
        }
        Some(data)
    }

    fn error(&mut self, code: &'static str, message: String) {
        self.diagnostics.push(Diagnostic::error_overall(code, message));
    }

    fn error_with_hint(
        &mut self,
        code: &'static str,
        message: String,
        hint: impl Into<String>,
    ) {
        self.diagnostics.push(Diagnostic::error_overall(code, message).hint(hint));
    }

    /// Every row of some columns of a table, in the order of the file, with its rowid.
    ///
    /// `visit` returns what is wrong with a row; after some of the same table the others are
    /// only counted.
    fn each_row(
        &mut self,
        table: &str,
        columns: &[&str],
        mut visit: impl FnMut(&Cells<'_, '_>) -> Result<(), Diagnostic>,
    ) {
        let listed: Vec<String> =
            columns.iter().map(|column| format!("\"{column}\"")).collect();
        let sql =
            format!("select rowid, {} from \"{table}\" order by rowid", listed.join(", "));
        let mut wrong = Vec::new();
        let mut more = 0;
        let mut go = || -> rusqlite::Result<()> {
            let mut statement = self.connection.prepare(&sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let cells = Cells { table, columns, row, rowid: row.get(0)? };
                if let Err(diagnostic) = visit(&cells) {
                    if wrong.len() < MOST_OF_ONE_TABLE {
                        wrong.push(diagnostic);
                    } else {
                        more += 1;
                    }
                }
            }
            Ok(())
        };
        let result = go();
        for diagnostic in wrong {
            self.diagnostics.push(diagnostic);
        }
        if more > 0 {
            self.error("more-of-the-same", format!("`{table}`: {more} more rows are wrong"));
        }
        if let Err(error) = result {
            self.diagnostics.push(explain(&error, &format!("`{table}` cannot be read")));
        }
    }
}

/// Wrong rows of one table that are reported one by one.
const MOST_OF_ONE_TABLE: usize = 20;

/// The cells of one row.
struct Cells<'r, 's> {
    table: &'r str,
    columns: &'r [&'r str],
    row: &'r rusqlite::Row<'s>,
    rowid: i64,
}

impl Cells<'_, '_> {
    fn value(&self, column: usize) -> ValueRef<'_> {
        self.row.get_ref(column + 1).unwrap_or(ValueRef::Null)
    }

    fn wrong(&self, code: &'static str, what: &str) -> Diagnostic {
        Diagnostic::error_overall(code, format!("`{}` row {}: {what}", self.table, self.rowid))
    }

    /// A name; numbers are read as their text, as SQLite does for text columns.
    fn text(&self, column: usize) -> Result<String, Diagnostic> {
        let name = self.columns[column];
        match self.value(column) {
            ValueRef::Text(text) => match std::str::from_utf8(text) {
                Ok(text) => Ok(text.to_owned()),
                Err(_) => Err(self.wrong("not-text", &format!("column `{name}` is not UTF-8"))),
            },
            ValueRef::Integer(value) => Ok(value.to_string()),
            ValueRef::Real(value) => Ok(value.to_string()),
            ValueRef::Null => Err(self
                .wrong("missing-key", &format!("column `{name}` is empty"))
                .hint("fill it, or delete the row")),
            ValueRef::Blob(_) => Err(self.wrong(
                "not-text",
                &format!("column `{name}` holds bytes where a name belongs"),
            )),
        }
    }

    /// A number; `None` for an empty cell.
    fn number(&self, column: usize) -> Result<Option<f64>, Diagnostic> {
        let name = self.columns[column];
        let number = match self.value(column) {
            ValueRef::Null => return Ok(None),
            #[expect(clippy::cast_precision_loss, reason = "numbers of a model are small")]
            ValueRef::Integer(value) => value as f64,
            ValueRef::Real(value) => value,
            ValueRef::Text(text) => {
                let text = String::from_utf8_lossy(text);
                text.trim().parse().map_err(|_| {
                    self.wrong(
                        "not-a-number",
                        &format!("column `{name}` is the text `{text}` where a number belongs"),
                    )
                })?
            }
            ValueRef::Blob(_) => {
                let what = format!("column `{name}` holds bytes where a number belongs");
                return Err(self.wrong("not-a-number", &what));
            }
        };
        if number.is_finite() {
            Ok(Some(number))
        } else {
            let what = format!("column `{name}` is {number}, which is not finite");
            Err(self.wrong("not-a-number", &what))
        }
    }

    /// A whole number; `None` for an empty cell.
    fn whole(&self, column: usize) -> Result<Option<i64>, Diagnostic> {
        let Some(number) = self.number(column)? else { return Ok(None) };
        if number.fract() != 0.0 || number.abs() > 1e15 {
            let what = format!(
                "column `{}` is {number} where a whole number belongs",
                self.columns[column]
            );
            return Err(self.wrong("not-whole", &what));
        }
        #[expect(clippy::cast_possible_truncation, reason = "whole and small, as just checked")]
        Ok(Some(number as i64))
    }
}
