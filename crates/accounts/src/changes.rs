//! How a capacity comes to be what it is from one milestone year to the next.

use kzleap_model::rounding::unless_rounding;
use kzleap_model::{CapacityIx, Model, Solution, YearIx};

/// What changes a capacity at one milestone year, in its own unit.
///
/// `capacity = capacity before + built + committed + arrived - natural - early - converted`.
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
    /// Become other capacity by a retrofit.
    pub converted: f64,
    /// Made of other capacity by a retrofit.
    pub arrived: f64,
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
            let (converted, arrived) = solution.conversions(model, capacity, YearIx::new(y));
            let all = before + built + committed + arrived;
            let left = all - early - converted - solution.capacity[(k, y)];
            let natural = unless_rounding(left, all).max(0.0);
            Change { built, committed, natural, early, converted, arrived }
        })
        .collect()
}
