//! Limits on the change of activity from slice to slice.

use kzleap_model::{SliceIx, StepRamp};

use super::Making;
use crate::parameters::{Dimension, P};

/// Adds a limit for each process of a technology that has one.
pub(super) fn add(making: &mut Making<'_>) {
    let data = making.data;
    if data.table(P::RampRate).says_nothing() {
        return;
    }
    for (r, t) in making.in_regions(Dimension::Technology) {
        let rate = |l: usize, y: usize| data.or(P::RampRate, &[r, t, l, y], 1.0);
        let share =
            making.series(|l, y| if rate(l, y) == 1.0 { f64::INFINITY } else { rate(l, y) });
        if share.range().0 >= 1.0 || !making.map.technology(data, r, t).sliced {
            continue;
        }
        let steps = steps(making, r);
        for process in making.map.technology(data, r, t).processes.clone() {
            let available = making.model.processes[process.process].availability.clone();
            making.model.step_ramps.push(StepRamp {
                process: process.process,
                share: share.clone(),
                available,
                steps: steps.clone(),
            });
        }
    }
}

/// Each slice that is bound to the one before it.
///
/// The first slice of the year never is; `RampingReset` frees the first slice of each group of
/// the first kind (1) or of either kind (2, which is what NEMO takes if nothing is said).
fn steps(making: &Making<'_>, r: usize) -> Vec<(SliceIx, SliceIx)> {
    let data = making.data;
    let reset = data.or(P::RampingReset, &[r], 2.0);
    let places: Vec<_> = making.map.slices.iter().map(|l| data.places[*l]).collect();
    (1..places.len())
        .filter(|at| match (places[at - 1], places[*at]) {
            (Some(before), Some(now)) => {
                let new1 = before.group1 != now.group1;
                let new2 = new1 || before.group2 != now.group2;
                !(new1 && reset >= 1.0 || new2 && reset >= 2.0)
            }
            _ => false,
        })
        .map(|at| (SliceIx::new(at), SliceIx::new(at - 1)))
        .collect()
}
