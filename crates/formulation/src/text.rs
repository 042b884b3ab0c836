//! The LP as text with the names of the book, for snapshot tests and for reading.

use std::io::{self, Write};

use kzleap_lp::{Bounds, Col, Row};

use crate::Formulation;

impl Formulation<'_> {
    /// Writes the cost and bounds of every column, then every row under its name.
    ///
    /// # Errors
    /// Whatever the writer says.
    pub fn write_text(&self, mut out: impl Write) -> io::Result<()> {
        writeln!(out, "minimise")?;
        if self.lp.cost_offset != 0.0 {
            writeln!(out, "  {:+}", self.lp.cost_offset)?;
        }
        for (col, key) in self.columns() {
            let cost = self.lp.cost[col.get()];
            if cost != 0.0 {
                writeln!(out, "  {cost:+} {}", key.name(self.model))?;
            }
        }
        writeln!(out, "subject to")?;
        for (row, key) in self.rows() {
            writeln!(out, "{}\n  {}", key.name(self.model), self.row_text(row))?;
        }
        writeln!(out, "bounds")?;
        for (col, key) in self.columns() {
            let bounds = self.lp.col_bounds[col.get()];
            let whole = if self.lp.integers.contains(&col) { " whole" } else { "" };
            if bounds != Bounds::NON_NEGATIVE || !whole.is_empty() {
                writeln!(out, "  {} {}{whole}", key.name(self.model), range(bounds))?;
            }
        }
        Ok(())
    }

    fn row_text(&self, row: Row) -> String {
        let name = |col: Col| self.column_key(col).name(self.model);
        let terms: Vec<String> =
            self.lp.row(row).map(|(col, value)| format!("{value:+} {}", name(col))).collect();
        format!("{} {}", terms.join(" "), range(self.lp.row_bounds[row.get()]))
    }
}

fn range(Bounds { lower, upper }: Bounds) -> String {
    match (lower.is_finite(), upper.is_finite()) {
        (true, true) if lower == upper => format!("= {lower}"),
        (true, true) => format!("in {lower} .. {upper}"),
        (true, false) => format!(">= {lower}"),
        (false, true) => format!("<= {upper}"),
        (false, false) => "free".to_owned(),
    }
}
