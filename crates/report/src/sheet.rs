//! A tidy table ready to be written in any format: one observation a row, the number last.

use std::borrow::Cow;
use std::io;

/// A column of a [`Sheet`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in files, such as `region`.
    pub key: &'static str,
    /// What is in it, with the unit where it is the same in every row.
    pub meaning: &'static str,
}

/// One cell of a [`Sheet`].
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// A name or a unit.
    Text(Cow<'a, str>),
    /// A calendar year.
    Year(i32),
    /// A quantity, in the unit the row states.
    Number(f64),
}

/// A table of names and numbers.
#[derive(Clone, Debug)]
pub struct Sheet<'a> {
    /// Its name, which is also the stem of its file.
    pub name: &'static str,
    /// One line on what it holds.
    pub title: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
    cells: Vec<Cell<'a>>,
}

impl<'a> Sheet<'a> {
    /// A table without rows.
    pub const fn new(
        name: &'static str,
        title: &'static str,
        columns: &'static [Column],
    ) -> Self {
        Self { name, title, columns, cells: Vec::new() }
    }

    /// Adds a row, one cell a column.
    ///
    /// # Panics
    /// If the number of cells is not that of the columns; which is a constant of each table.
    pub fn row<const N: usize>(&mut self, cells: [Cell<'a>; N]) {
        assert_eq!(
            N,
            self.columns.len(),
            "a row of `{}` has as many cells as columns",
            self.name
        );
        self.cells.extend(cells);
    }

    /// Its rows.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = &[Cell<'a>]> {
        self.cells.chunks_exact(self.columns.len())
    }

    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.cells.len() / self.columns.len()
    }

    /// Whether it has no rows.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Writes it as CSV with a header: comma, decimal point, `\n`.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn write_csv(&self, out: impl io::Write) -> io::Result<()> {
        self.write_csv_with(None, out)
    }

    /// The same with a last column [`UNIQUE`], where it is known for each row.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn write_csv_with(
        &self,
        unique: Option<&[bool]>,
        out: impl io::Write,
    ) -> io::Result<()> {
        let mut writer = csv::WriterBuilder::new().from_writer(out);
        let last = unique.map(|_| UNIQUE.key);
        writer.write_record(self.columns.iter().map(|column| column.key).chain(last))?;
        let mut record = csv::ByteRecord::new();
        for (number_of_row, row) in self.rows().enumerate() {
            record.clear();
            for cell in row {
                match cell {
                    Cell::Text(text) => record.push_field(text.as_bytes()),
                    Cell::Year(year) => record.push_field(year.to_string().as_bytes()),
                    Cell::Number(value) => record.push_field(number(*value).as_bytes()),
                }
            }
            if let Some(unique) = unique {
                record.push_field(if unique[number_of_row] { b"yes" } else { b"maybe" });
            }
            writer.write_byte_record(&record)?;
        }
        writer.flush()
    }

    /// It as CSV text.
    pub fn to_csv(&self) -> String {
        let mut out = Vec::new();
        self.write_csv(&mut out).expect("memory can be written");
        String::from_utf8(out).expect("cells are text")
    }
}

/// Whether another plan of the same cost may have another figure.
pub const UNIQUE: Column = Column {
    key: "unique",
    meaning: "`yes`: the same in every plan of the same cost; `maybe`: another one may differ",
};

/// The shortest decimal text that reads back as the same number; empty where there is no number.
pub fn number(value: f64) -> String {
    if value.is_finite() { (value + 0.0).to_string() } else { String::new() } // no minus zero
}

/// A name.
pub fn text<'a>(name: impl Into<Cow<'a, str>>) -> Cell<'a> {
    Cell::Text(name.into())
}

/// Columns used by many tables.
pub(crate) mod columns {
    use super::Column;

    pub(crate) const REGION: Column = Column { key: "region", meaning: "name of the region" };
    pub(crate) const PROCESS: Column =
        Column { key: "process", meaning: "name of the process" };
    pub(crate) const CATEGORY: Column =
        Column { key: "category", meaning: "what reports gather it under" };
    pub(crate) const COMMODITY: Column =
        Column { key: "commodity", meaning: "name of the commodity" };
    pub(crate) const SLICE: Column = Column {
        key: "slice",
        meaning: "time slice; a season or `year` for what is balanced more coarsely",
    };
    pub(crate) const UNIT: Column = Column { key: "unit", meaning: "unit of `value`" };
    pub(crate) const YEAR: Column =
        Column { key: "year", meaning: "milestone year, which stands for its period" };
    pub(crate) const VALUE: Column = Column { key: "value", meaning: "the quantity" };
}
