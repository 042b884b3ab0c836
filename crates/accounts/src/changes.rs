//! How a capacity comes to be what it is from one milestone year to the next.

use kzleap_model::{CapacityIx, Model, Solution};

/// What changes a capacity at one milestone year, in its own unit.
///
/// `capacity = capacity before + built + committed - natural - early`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Change {
    /// Built for the period.
    pub built: f64,
    /// Growth of the residual capacity: plants under construction that the plan takes as given.
    pub committed: f64,
    /// Out of service at the end of its life.
    pub natural: f64,
    /// Taken out of service before.
    pub early: f64,
}

/// The changes of a capacity by milestone year; what is in the first year is no change.
pub(crate) fn changes(model: &Model, solution: &Solution, capacity: CapacityIx) -> Vec<Change> {
    let data = &model.capacities[capacity];
    let k = capacity.get();
    (0..model.time.years.len())
        .map(|y| {
            let (before, committed) = match y.checked_sub(1) {
                None => (data.residual[0], 0.0),
                Some(last) => (
                    solution.capacity[(k, last)],
                    (data.residual[y] - data.residual[last]).max(0.0),
                ),
            };
            let built = solution.new_capacity[(k, y)];
            let early = solution.early_retirement[(k, y)];
            let natural = before + built + committed - early - solution.capacity[(k, y)];
            Change { built, committed, natural: natural.max(0.0), early }
        })
        .collect()
}
