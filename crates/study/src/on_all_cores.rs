//! Many tasks of one kind, on all cores.

use std::sync::{Mutex, PoisonError};

/// Works through tasks on all cores, each thread with what `begin` gives it, and returns what came of
/// them in their order; `workers` is how many threads there are, if not one for each core. `done` is called with how many are finished.
///
/// # Errors
/// The first error of `work`; the other threads then end with the task they have.
pub(crate) fn on_all_cores<T: Sync, S, R: Send, E: Send>(
    tasks: &[T],
    workers: Option<usize>,
    begin: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, &T) -> Result<R, E> + Sync,
    done: impl Fn(usize) + Sync,
) -> Result<Vec<R>, E> {
    let waiting = Mutex::new(tasks.iter().enumerate());
    let found: Mutex<Vec<Option<R>>> = Mutex::new(tasks.iter().map(|_| None).collect());
    let failure = Mutex::new(None);
    let failed = || failure.lock().unwrap_or_else(PoisonError::into_inner);
    let thread = || {
        let mut state = begin();
        while failed().is_none() {
            let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some((at, task)) = next else { return };
            match work(&mut state, task) {
                Ok(result) => {
                    let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
                    found[at] = Some(result);
                    done(found.iter().flatten().count());
                }
                Err(error) => {
                    failed().get_or_insert(error);
                }
            }
        }
    };
    let cores = || std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
    let threads = workers.unwrap_or_else(cores).max(1);
    std::thread::scope(|scope| {
        for _ in 0..threads.min(tasks.len()) {
            scope.spawn(thread);
        }
    });
    match failure.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(error) => Err(error),
        None => {
            let found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
            Ok(found.into_iter().flatten().collect())
        }
    }
}
