//! The units in which a solver sees a program.
//!
//! Solvers know absolute sizes only: HiGHS takes a row for met that is missed by 1e-7, a
//! coefficient at or below 1e-9 for zero, refuses one of 1e15, and takes a bound of 1e20 for none.
//! A program is therefore written in units of its own size, so that what a house needs is as
//! large to the solver as what a continent needs. All factors are powers of two, which lose
//! nothing. A program of ordinary size, within a thousand of one, stays as it is.
//!
//! 1. A column that is a thousand times too large, or too small, beside its neighbours in every
//!    row (the milligrammes of a pollutant, counted in megatonnes) has a unit of its own.
//! 2. All columns but whole numbers are divided by the size of the program: the median of what
//!    its rows and bounds ask for, where nothing is not enough.
//! 3. A row whose coefficients have become tiny or huge is multiplied to bring them back.
//! 4. The objective is divided by the size of its costs.
//!
//! What no factor brings into the solver's window is named, since a program that is silently
//! another one is worse than none.

use crate::size::{
    asked_for, at, median, power_of_two, size_of, units_of_columns, whole_columns,
};
use crate::{Bounds, Col, Lp, Misfit, Row};

/// Factors up to this, either way, are left as they are.
pub(crate) const ORDINARY: f64 = 1024.0;
/// Largest ratio of the coefficients of a row that is ordinary and may stay.
const LARGEST_OF_ROW: f64 = ORDINARY * ORDINARY;
/// Smallest coefficient that is passed on, 2⁻²⁶.
const SMALLEST: f64 = 1.0 / 67_108_864.0;
/// Largest coefficient that is passed on, 2⁴⁹.
const LARGEST: f64 = 562_949_953_421_312.0;
/// A number is rounding below this share of what a program is about.
pub(crate) const ROUNDING: f64 = 1e-12;
/// Bounds and costs this large or larger are taken for infinite.
const INFINITE: f64 = 1e20;

/// The unit of each column and row, and of the objective.
#[derive(Clone, Debug, PartialEq)]
pub struct Scaling {
    /// A column of the program is so many times that of the scaled one.
    columns: Vec<f64>,
    /// A row of the scaled program is so many times that of the program.
    rows: Vec<f64>,
    /// The objective of the scaled program is so many times that of the program.
    objective: f64,
    /// What the program is about, in the scaled program's units: about 1, or within a thousand.
    size: f64,
    /// What its costs are, in the scaled program's units.
    price: f64,
}

impl Scaling {
    /// Finds the units.
    pub fn of(lp: &Lp) -> Self {
        let whole = whole_columns(lp);
        let units = units_of_columns(lp, &whole);
        let asked_for = size_of(lp, &units, &whole);
        let unit = unless_ordinary(asked_for);
        let columns: Vec<f64> = (units.iter().zip(&whole))
            .map(|(own, whole)| if *whole { 1.0 } else { own * unit })
            .collect();
        let rows =
            (0..lp.num_rows()).map(|row| row_factor(lp, at(row), &columns, unit)).collect();
        let costs = lp.cost.iter().zip(&units).map(|(cost, unit)| cost.abs() * unit);
        let price = median(costs.filter(|cost| *cost > 0.0 && cost.is_finite()).collect());
        let price_unit = unless_ordinary(price);
        Self {
            columns,
            rows,
            objective: 1.0 / (unit * price_unit),
            size: asked_for / unit,
            price: price / price_unit,
        }
    }

    /// Whether a solver takes every number of the scaled program for what it is.
    ///
    /// # Errors
    /// The first number that it would not.
    pub fn fits(&self, lp: &Lp) -> Result<(), Misfit> {
        let infinite = |number: f64| !number.is_finite() || number.abs() >= INFINITE;
        for (col, cost) in lp.cost.iter().enumerate() {
            if infinite(cost * self.columns[col] * self.objective) {
                return Err(Misfit::Cost(column(col), *cost));
            }
        }
        for (col, bounds) in lp.col_bounds.iter().enumerate() {
            if let Some(number) = misfit(*bounds, 1.0 / self.columns[col]) {
                return Err(Misfit::ColumnBound(column(col), number));
            }
        }
        for (row, bounds) in lp.row_bounds.iter().enumerate() {
            let row = at(row);
            let size = |(col, value): &(Col, f64)| (value * self.columns[col.get()]).abs();
            let by_size = |a: &(Col, f64), b: &(Col, f64)| size(a).total_cmp(&size(b));
            if let (Some(small), Some(large)) =
                (lp.row(row).min_by(by_size), lp.row(row).max_by(by_size))
            {
                let factor = self.rows[row.get()];
                // a comparison with NaN is false
                if !(size(&small) * factor >= SMALLEST && size(&large) * factor <= LARGEST) {
                    return Err(Misfit::Row { row, smallest: small, largest: large });
                }
            }
            if let Some(number) = misfit(*bounds, self.rows[row.get()]) {
                return Err(Misfit::RowBound(row, number));
            }
        }
        Ok(())
    }

    /// The program in these units; `None` if it is so already.
    pub fn apply(&self, lp: &Lp) -> Option<Lp> {
        let factors = self.columns.iter().chain(&self.rows);
        if self.objective == 1.0 && factors.into_iter().all(|factor| *factor == 1.0) {
            return None;
        }
        let mut scaled = lp.clone();
        scaled.cost_offset *= self.objective;
        for (col, unit) in self.columns.iter().enumerate() {
            scaled.cost[col] *= unit * self.objective;
            scaled.col_bounds[col] = times(lp.col_bounds[col], 1.0 / unit);
        }
        for (row, factor) in self.rows.iter().enumerate() {
            for at in lp.starts[row]..lp.starts[row + 1] {
                scaled.values[at] *= self.columns[lp.cols[at].get()] * factor;
            }
            scaled.row_bounds[row] = times(lp.row_bounds[row], *factor);
        }
        Some(scaled)
    }

    /// Turns columns of the scaled program into those of the program.
    pub fn undo_columns(&self, columns: &mut [f64]) {
        for (value, unit) in columns.iter_mut().zip(&self.columns) {
            *value *= unit;
        }
    }

    /// Turns dual values of the scaled program's rows into those of the program.
    pub fn undo_duals(&self, duals: &mut [f64]) {
        for (value, factor) in duals.iter_mut().zip(&self.rows) {
            *value *= factor / self.objective;
        }
    }

    /// Takes for zero what is rounding: [`ROUNDING`] of the size of the program, or of its
    /// costs, where zero is allowed.
    pub fn clean(&self, lp: &Lp, columns: &mut [f64], duals: &mut [f64]) {
        for (col, value) in columns.iter_mut().enumerate() {
            let zero = lp.col_bounds[col].violation(0.0) == 0.0;
            if zero && value.abs() <= ROUNDING * self.size_of_column(col) {
                *value = 0.0;
            }
        }
        for (row, value) in duals.iter_mut().enumerate() {
            if value.abs() <= ROUNDING * self.price_of_row(row) {
                *value = 0.0;
            }
        }
    }

    /// What the program is about, in the unit of a column.
    pub fn size_of_column(&self, col: usize) -> f64 {
        self.size * self.columns[col]
    }

    /// What the program is about, in the unit of a row.
    pub fn size_of_row(&self, row: usize) -> f64 {
        self.size / self.rows[row]
    }

    /// What its costs are, for one unit of a column.
    pub fn price_of_column(&self, col: usize) -> f64 {
        self.price / (self.objective * self.columns[col])
    }

    /// What its costs are, for one unit of a row.
    pub fn price_of_row(&self, row: usize) -> f64 {
        self.price * self.rows[row] / self.objective
    }

    /// What the program is about at its costs, in the unit of the objective.
    pub fn money(&self) -> f64 {
        self.size * self.price / self.objective
    }
}

/// By what to multiply a row, whose coefficients are those of columns in their units: such that
/// its bounds are in the program's unit, its largest coefficient is ordinary, and its smallest is
/// not lost.
fn row_factor(lp: &Lp, row: Row, columns: &[f64], unit: f64) -> f64 {
    let sizes = lp.row(row).map(|(col, value)| (value * columns[col.get()]).abs() / unit);
    let (small, large) = sizes
        .fold((f64::INFINITY, 0.0_f64), |(low, high), size| (low.min(size), high.max(size)));
    if large == 0.0 {
        return 1.0 / unit;
    }
    let ordinary = (1.0 / ORDINARY..=LARGEST_OF_ROW).contains(&large);
    let mut factor = if ordinary { 1.0 } else { power_of_two(1.0 / large) };
    if small * factor < SMALLEST {
        factor *= (SMALLEST / (small * factor)).log2().ceil().exp2();
    }
    factor / unit
}

/// The power of two nearest to a size, or 1 if the size is ordinary.
fn unless_ordinary(size: f64) -> f64 {
    if (1.0 / ORDINARY..=ORDINARY).contains(&size) { 1.0 } else { power_of_two(size) }
}

/// Bounds that are multiplied. One so far from the size of the program that it counts as infinite
/// is: nothing comes near it.
fn times(Bounds { lower, upper }: Bounds, factor: f64) -> Bounds {
    let (mut lower, mut upper) = (lower * factor, upper * factor);
    if lower <= -INFINITE {
        lower = f64::NEG_INFINITY;
    }
    if upper >= INFINITE {
        upper = f64::INFINITY;
    }
    Bounds::between(lower, upper)
}

/// The bound that a solver would take for something else, as it is or once it is multiplied.
fn misfit(bounds: Bounds, factor: f64) -> Option<f64> {
    let asked = asked_for(bounds);
    let large = |bound: f64| {
        let scaled = if bound.abs() == asked { bound * factor } else { bound };
        bound.is_nan() || (bound.is_finite() && scaled.abs().max(bound.abs()) >= INFINITE)
    };
    [bounds.lower, bounds.upper].into_iter().find(|bound| large(*bound))
}

fn column(at: usize) -> Col {
    Col(u32::try_from(at).expect("columns fit in u32"))
}

#[cfg(test)]
mod tests {
    use super::Scaling;
    use crate::{Bounds, Col, Lp, Misfit, Row};

    fn row(terms: &[f64], bounds: Bounds) -> Lp {
        let mut lp = Lp::default();
        for value in terms {
            let col = lp.add_col(1.0, Bounds::NON_NEGATIVE);
            lp.push_term(col, *value);
        }
        lp.finish_row(bounds);
        lp
    }

    fn scaled(lp: &Lp) -> Lp {
        let scaling = Scaling::of(lp);
        assert_eq!(scaling.fits(lp), Ok(()));
        scaling.apply(lp).expect("something to scale")
    }

    #[test]
    fn an_ordinary_program_stays_as_it_is() {
        let lp = row(&[1.0, 31.536, 0.1], Bounds::at_least(4.0));
        assert!(Scaling::of(&lp).apply(&lp).is_none());
    }

    /// 50 kWh in PJ: 1.8e-7 is nearest to 2⁻²², 2.38e-7; costs and coefficients stay.
    #[test]
    fn a_house_is_as_large_as_a_country() {
        let lp = row(&[1.0, 2.0], Bounds::between(1.8e-7, 99_999.0));
        let found = scaled(&lp);
        assert_eq!(found.values, [1.0, 2.0]);
        assert_eq!(found.cost, [1.0, 1.0]);
        // what is asked of the columns is at most 1.8e-7 / 2, nearest to 2⁻²³
        assert_eq!(
            found.row_bounds[0],
            Bounds::between(1.8e-7 * 2_f64.powi(23), 99_999.0 * 2_f64.powi(23))
        );
        let (mut columns, mut duals) = ([1.0, 1.0], [3.0]);
        let scaling = Scaling::of(&lp);
        scaling.undo_columns(&mut columns);
        scaling.undo_duals(&mut duals);
        assert_eq!(columns, [2_f64.powi(-23); 2]);
        assert_eq!(duals, [3.0]);
    }

    /// Milligrammes of a pollutant counted in megatonnes: 4e-15 of each unit of an activity.
    #[test]
    fn a_column_of_another_unit_is_brought_beside_its_neighbours() {
        let mut lp = Lp::default();
        let activity = lp.add_col(2.0, Bounds::NON_NEGATIVE);
        let emissions = lp.add_col(0.0, Bounds::FREE);
        lp.push_term(activity, 1.0);
        lp.finish_row(Bounds::at_least(100.0));
        lp.push_term(activity, -4e-15);
        lp.push_term(emissions, 1.0);
        lp.finish_row(Bounds::exactly(0.0));
        lp.push_term(emissions, 1.0);
        lp.finish_row(Bounds::at_most(2e-13));
        let found = scaled(&lp);
        for value in &found.values {
            assert!((0.5..=2.0).contains(&value.abs()), "{:?}", found.values);
        }
        assert!((25.0..=100.0).contains(&found.row_bounds[2].upper), "{:?}", found.row_bounds);
    }

    /// Whole numbers are no amounts: one unit stays one.
    #[test]
    fn whole_numbers_keep_their_unit() {
        let mut lp = Lp::default();
        let units = lp.add_integer_col(8e-4, Bounds::NON_NEGATIVE);
        let capacity = lp.add_col(0.0, Bounds::NON_NEGATIVE);
        lp.push_term(units, -1e-6);
        lp.push_term(capacity, 1.0);
        lp.finish_row(Bounds::exactly(0.0));
        lp.push_term(capacity, 1.0);
        lp.finish_row(Bounds::at_least(3e-6));
        let found = scaled(&lp);
        // 3e-6 is nearest to 2⁻¹⁸
        assert_eq!(found.values, [-1e-6 * 2_f64.powi(18), 1.0, 1.0]);
        assert_eq!(found.col_bounds[0], Bounds::NON_NEGATIVE);
        assert_eq!(found.integers, lp.integers);
    }

    #[test]
    fn a_huge_coefficient_is_brought_down() {
        let mut lp = row(&[1.0, 1e16], Bounds::at_most(f64::INFINITY));
        lp.integers = vec![Col(0), Col(1)];
        let found = scaled(&lp);
        assert!(found.values[0] >= super::SMALLEST && found.values[1] <= super::LARGEST);
        assert_eq!(found.row_bounds[0].upper, f64::INFINITY);
    }

    #[test]
    fn what_no_factor_mends_is_named() {
        let fits = |lp: &Lp| Scaling::of(lp).fits(lp);
        let mut lp = row(&[1e-12, 1e12], Bounds::at_least(1.0));
        lp.integers = vec![Col(0), Col(1)];
        let misfit =
            Misfit::Row { row: Row(0), smallest: (Col(0), 1e-12), largest: (Col(1), 1e12) };
        assert_eq!(fits(&lp), Err(misfit));

        let lp = row(&[1.0], Bounds::at_least(1e21));
        assert_eq!(fits(&lp), Err(Misfit::RowBound(Row(0), 1e21)));
        let mut lp = row(&[1.0], Bounds::at_least(1.0));
        lp.col_bounds[0].upper = 1e20;
        assert_eq!(fits(&lp), Err(Misfit::ColumnBound(Col(0), 1e20)));
        lp.col_bounds[0].upper = 1.0;
        lp.cost[0] = f64::INFINITY;
        assert_eq!(fits(&lp), Err(Misfit::Cost(Col(0), f64::INFINITY)));
    }
}
