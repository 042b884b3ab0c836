//! Columns, rows and the matrix between them, stored row by row.

use crate::Bounds;

/// A column: one variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Col(pub u32);

/// A row: one constraint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row(pub u32);

impl Col {
    /// The position as a number, from 0.
    pub const fn get(self) -> usize {
        self.0 as usize
    }
}

impl Row {
    /// The position as a number, from 0.
    pub const fn get(self) -> usize {
        self.0 as usize
    }
}

/// A linear (or mixed-integer) program to be minimised.
///
/// Shapes: `cost` and `col_bounds` have one entry for each column; `row_bounds` one for each
/// row; `starts` one for each row and one more; `cols` and `values` one for each nonzero.
#[derive(Clone, Debug)]
pub struct Lp {
    /// Cost of one unit of each column.
    pub cost: Vec<f64>,
    /// Added to the objective whatever the columns are.
    pub cost_offset: f64,
    /// Range of each column.
    pub col_bounds: Vec<Bounds>,
    /// Columns that must be whole numbers, ascending; empty in an LP.
    pub integers: Vec<Col>,
    /// Range of each row.
    pub row_bounds: Vec<Bounds>,
    /// Where each row begins in `cols` and `values`; the last entry is their length.
    pub starts: Vec<usize>,
    /// Column of each nonzero; ascending within a row.
    pub cols: Vec<Col>,
    /// Value of each nonzero.
    pub values: Vec<f64>,
    scratch: Vec<(Col, f64)>,
}

impl Default for Lp {
    fn default() -> Self {
        Self {
            cost: Vec::new(),
            cost_offset: 0.0,
            col_bounds: Vec::new(),
            integers: Vec::new(),
            row_bounds: Vec::new(),
            starts: vec![0],
            cols: Vec::new(),
            values: Vec::new(),
            scratch: Vec::new(),
        }
    }
}

impl Lp {
    /// Adds a column.
    ///
    /// # Panics
    /// With more than four billion columns.
    pub fn add_col(&mut self, cost: f64, bounds: Bounds) -> Col {
        let col = Col(u32::try_from(self.cost.len()).expect("columns fit in u32"));
        self.cost.push(cost);
        self.col_bounds.push(bounds);
        col
    }

    /// Adds a column that must be a whole number.
    pub fn add_integer_col(&mut self, cost: f64, bounds: Bounds) -> Col {
        let col = self.add_col(cost, bounds);
        self.integers.push(col);
        col
    }

    /// Adds a term to the row being written, which [`Lp::finish_row`] ends.
    pub fn push_term(&mut self, col: Col, value: f64) {
        self.cols.push(col);
        self.values.push(value);
    }

    /// Ends the row being written. Terms of one column are added up; zeros are left out.
    ///
    /// # Panics
    /// With more than four billion rows.
    pub fn finish_row(&mut self, bounds: Bounds) -> Row {
        let row = Row(u32::try_from(self.row_bounds.len()).expect("rows fit in u32"));
        let start = self.starts[self.starts.len() - 1];
        let tidy = self.cols[start..].is_sorted_by(|a, b| a < b)
            && self.values[start..].iter().all(|value| *value != 0.0);
        if !tidy {
            self.merge_from(start);
        }
        self.row_bounds.push(bounds);
        self.starts.push(self.cols.len());
        row
    }

    fn merge_from(&mut self, start: usize) {
        self.scratch.clear();
        self.scratch.extend(
            self.cols[start..].iter().copied().zip(self.values[start..].iter().copied()),
        );
        self.scratch.sort_by_key(|(col, _)| *col); // stable: sums stay in the order written
        self.cols.truncate(start);
        self.values.truncate(start);
        for same_col in self.scratch.chunk_by(|a, b| a.0 == b.0) {
            let value: f64 = same_col.iter().map(|(_, value)| value).sum();
            if value != 0.0 {
                self.cols.push(same_col[0].0);
                self.values.push(value);
            }
        }
    }

    /// How many columns.
    pub fn num_cols(&self) -> usize {
        self.cost.len()
    }

    /// How many rows.
    pub fn num_rows(&self) -> usize {
        self.row_bounds.len()
    }

    /// How many nonzeros.
    pub fn num_nonzeros(&self) -> usize {
        self.cols.len()
    }

    /// The nonzeros of one row.
    pub fn row(&self, row: Row) -> impl Iterator<Item = (Col, f64)> + '_ {
        let range = self.starts[row.get()]..self.starts[row.get() + 1];
        self.cols[range.clone()].iter().copied().zip(self.values[range].iter().copied())
    }

    /// The same program with each whole-number column fixed at its value, as a plain LP.
    #[must_use]
    pub fn with_integers_fixed(&self, columns: &[f64]) -> Self {
        let mut fixed = self.clone();
        for col in std::mem::take(&mut fixed.integers) {
            fixed.col_bounds[col.get()] = Bounds::exactly(columns[col.get()].round());
        }
        fixed
    }

    /// The smallest and the largest absolute value in the matrix; `None` if it is empty.
    pub fn matrix_range(&self) -> Option<(f64, f64)> {
        let sizes = self.values.iter().map(|value| value.abs());
        let smallest = sizes.clone().min_by(f64::total_cmp)?;
        let largest = sizes.max_by(f64::total_cmp)?;
        Some((smallest, largest))
    }
}
