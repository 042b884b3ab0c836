//! Many similar programs, each solved from the basis of a neighbour.

use std::sync::{Mutex, PoisonError};

use kzleap_solver::Basis;

/// Solves points that stand beside each other: the one in the middle afresh, the others away from
/// it on both sides, so that each starts from the basis of a neighbour.
///
/// Neighbours stay together: each of `workers` threads (as many as there are cores if left out)
/// takes stretches of the two sides, one after the other, and goes from basis to basis. `solve` is
/// given a point and where it may start, and returns where the next one may.
///
/// # Errors
/// The first error of `solve`; its thread then stops.
pub fn away_from_middle<P: Sync, E: Send>(
    points: &[P],
    workers: Option<usize>,
    solve: impl Fn(&P, Option<Basis>) -> Result<Option<Basis>, E> + Sync,
) -> Result<(), E> {
    let Some((before, [middle, after @ ..])) = points.split_at_checked(points.len() / 2) else {
        return Ok(());
    };
    let first = solve(middle, None)?;
    let before: Vec<&P> = before.iter().rev().collect();
    let after: Vec<&P> = after.iter().collect();
    let workers = workers.unwrap_or_else(|| {
        std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get)
    });
    let rest = points.len() - 1;
    let longest = rest.div_ceil(workers.max(1)).max(1);
    let sides = [before.as_slice(), after.as_slice()];
    let stretches = Mutex::new(sides.iter().flat_map(|side| side.chunks(longest)));
    let failure = Mutex::new(None);
    let work = || {
        loop {
            let stretch = stretches.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some(stretch) = stretch else { return };
            let mut basis = first.clone();
            for point in stretch {
                match solve(point, basis.take()) {
                    Ok(next) => basis = next.or_else(|| first.clone()),
                    Err(error) => {
                        let mut slot = failure.lock().unwrap_or_else(PoisonError::into_inner);
                        slot.get_or_insert(error);
                        return;
                    }
                }
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..workers.clamp(1, rest.max(1)) {
            scope.spawn(work);
        }
    });
    match failure.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(error) => Err(error),
        None => Ok(()),
    }
}
