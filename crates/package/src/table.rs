//! Tables of several runs together.

use crate::run::Run;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Names and units.
    Text,
    /// A calendar year.
    Year,
    /// A quantity, in the unit that the row or the meaning of the column states.
    Number,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name, such as `region`.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// What is in it, in a line.
    pub meaning: String,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text.
    Text(String),
    /// A calendar year.
    Year(i32),
    /// A quantity.
    Number(f64),
}

/// A table: one observation a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Its name, such as `capacity`.
    pub name: String,
    /// What it holds, in a line.
    pub title: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, each with a cell a column.
    pub rows: Vec<Vec<Cell>>,
}

/// The column that says which run a row is of.
pub(crate) const SCENARIO: &str = "scenario";

impl Kind {
    /// The cell that a text is in a column of this kind; `None` if it is no number.
    pub(crate) fn cell(self, text: &str) -> Option<Cell> {
        match self {
            _ if text.is_empty() => Some(Cell::Empty),
            Self::Text => Some(Cell::Text(text.to_owned())),
            Self::Year => text.parse().ok().map(Cell::Year),
            Self::Number => text.parse().ok().map(Cell::Number),
        }
    }
}

impl Table {
    /// Where a column is.
    pub fn at(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|other| other.name == column)
    }
}

/// The tables of all runs: those of a name together, with the scenario as the first column and every
/// column that one of them has.
///
/// A column without rows has no type; it takes that of another run.
pub fn together(runs: &[Run]) -> Vec<Table> {
    let mut all: Vec<Table> = Vec::new();
    for run in runs {
        for table in &run.tables {
            let at = all.iter().position(|other| other.name == table.name);
            let at = at.unwrap_or_else(|| {
                all.push(begun(table));
                all.len() - 1
            });
            add(&mut all[at], table, &run.summary.scenario);
        }
    }
    all
}

fn begun(table: &Table) -> Table {
    let meaning = "name of the scenario that the run is of".to_owned();
    let scenario = Column { name: SCENARIO.to_owned(), kind: Kind::Text, meaning };
    Table {
        name: table.name.clone(),
        title: table.title.clone(),
        columns: vec![scenario],
        rows: Vec::new(),
    }
}

/// A column of the name of our own comes from a table that has scenarios within, such as what
/// scenarios change: it is called after the table then.
fn name_within(table: &str, column: &str) -> String {
    if column == SCENARIO { format!("{table}_{column}") } else { column.to_owned() }
}

fn add(all: &mut Table, table: &Table, scenario: &str) {
    let mut places = Vec::with_capacity(table.columns.len());
    for column in &table.columns {
        let name = name_within(&table.name, &column.name);
        match all.at(&name) {
            Some(at) => {
                if !table.rows.is_empty() {
                    all.columns[at].kind = column.kind;
                }
                places.push(at);
            }
            None => {
                places.push(all.columns.len());
                all.columns.push(Column { name, ..column.clone() });
                all.rows.iter_mut().for_each(|row| row.push(Cell::Empty));
            }
        }
    }
    for row in &table.rows {
        let mut cells = vec![Cell::Empty; all.columns.len()];
        cells[0] = Cell::Text(scenario.to_owned());
        for (cell, at) in row.iter().zip(&places) {
            cells[*at] = cell.clone();
        }
        all.rows.push(cells);
    }
}
