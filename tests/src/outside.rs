//! Situations and models of others, with answers found apart from us, where they lie.

use std::path::{Path, PathBuf};

use kzleap_study::model::Model;

/// The folder of outside oracles beside the repository; `None`, with a word, where it is not.
pub fn oracles(name: &str) -> Option<PathBuf> {
    beside(&format!("oracles/{name}"))
}

/// A folder of what others made, beside the repository; `None`, with a word, where it is not.
pub fn beside(path: &str) -> Option<PathBuf> {
    let folder = crate::repository().join("../shared").join(path);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("SKIPPED: nothing at {}", folder.display());
    None
}

/// Whether a figure is what it must be, to a thousand-millionth of the larger of it and one.
pub fn close(found: f64, wanted: f64) -> bool {
    (found - wanted).abs() <= 1e-9 * wanted.abs().max(1.0)
}

/// The overnight costs of a model raised by half a year's interest.
pub fn with_half_a_year_of_interest(model: &mut Model) {
    for k in model.capacities.ixs() {
        if let Some(investment) = &mut model.capacities[k].investment {
            let half_a_year = (1.0 + investment.cost_of_capital).sqrt();
            investment.overnight_cost.iter_mut().for_each(|cost| *cost *= half_a_year);
        }
    }
}

/// A copy of a model folder in the format of today: they lie there in that of their time.
///
/// # Panics
/// If it cannot be migrated.
pub fn migrated(folder: &Path) -> tempfile::TempDir {
    let temp = tempfile::tempdir().expect("a folder can be made");
    let files = kzleap_migrate::migrate(folder).expect("it can be migrated");
    assert!(!files.is_empty(), "{} is of today's format", folder.display());
    let to = temp.path().join("model");
    kzleap_migrate::write_to(folder, &files, &to).expect("it can be written");
    temp
}
