//! The energy balance as a table: rows with their sums, of which the script shows those of a region
//! and a year, in a unit.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

/// The balance of every region and year.
#[derive(Clone, Debug, Serialize)]
pub struct BalanceTable {
    /// Texts of the table.
    pub words: BalanceWords,
    /// What is to be said under the choice of each unit; may be empty.
    pub remarks: Vec<&'static str>,
    /// The columns, one after another.
    pub columns: Vec<Column>,
    /// The column of sums: its unit, and what one of the data's unit is in it, for each unit chosen.
    pub total: Vec<(String, f64)>,
    /// What rows are called, each once.
    pub lines: Vec<Line>,
    /// Rows by region and year.
    pub views: BTreeMap<String, Vec<Vec<Row>>>,
}

/// Texts of the table.
#[derive(Clone, Debug, Serialize)]
pub struct BalanceWords {
    /// The head of the column of names.
    pub row: &'static str,
    /// The head of the column of sums.
    pub total: &'static str,
    /// Where nothing happens in a year.
    pub empty: &'static str,
    /// Where a place has no balance.
    pub neighbour: &'static str,
}

/// A column.
#[derive(Clone, Debug, Serialize)]
pub struct Column {
    /// What people read.
    pub name: String,
    /// Whether it is with those that are added up before the sum; others come after it, and
    /// where there are many only when asked for.
    pub main: bool,
    /// Its unit, and what one of the data's unit is in it, for each unit chosen.
    pub units: Vec<(String, f64)>,
}

/// What a row is called and how it looks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What people read.
    pub label: String,
    /// How deep in the tree, from 0.
    pub depth: usize,
    /// Its class in the style: `sum`, `sum part`, `plain` or none.
    pub name: &'static str,
}

/// A row of a region in a year.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// Position of what it is called.
    pub line: usize,
    /// The sum of its energy, if it has any.
    #[serde(serialize_with = "exact_total")]
    pub total: Option<f64>,
    /// Positions of columns with the value in each.
    #[serde(serialize_with = "exact_cells")]
    pub cells: Vec<(usize, f64)>,
}

/// Seven digits: sums of what is shown are those of the plan.
fn exact(value: f64) -> f64 {
    format!("{value:.6e}").parse().unwrap_or(value)
}

#[expect(clippy::ref_option, reason = "serde hands it over so")]
fn exact_total<S: Serializer>(total: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    total.map(exact).serialize(serializer)
}

fn exact_cells<S: Serializer>(
    cells: &[(usize, f64)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(cells.iter().map(|(column, value)| (column, exact(*value))))
}
