//! Limits on how much each mode of a process changes from one slice to the next.

use crate::{ProcessIx, Series, SliceIx};

/// A limit on the change from slice to slice, by mode (NEMO's `RampRate`).
///
/// Unlike [`crate::Process::ramp_per_hour`] it counts slices, not hours, and does not close the
/// day into a circle.
#[derive(Clone, Debug)]
pub struct StepRamp {
    /// Which process; it runs at slices.
    pub process: ProcessIx,
    /// Most change, a share of capacity; one or more where there is no limit.
    pub share: Series,
    /// Part of the capacity that counts, by slice and year (its availability).
    pub available: Series,
    /// Each slice that is bound to the one before it, with that one.
    pub steps: Vec<(SliceIx, SliceIx)>,
}
