//! NEMO databases: a right one with cells changed, rows doubled and rows taken out.
//!
//! Every four bytes are one change: a table, a row, a column, and what is put there.
#![no_main]

#[path = "../../crates/nemo/tests/it/scenario.rs"]
#[allow(dead_code, unreachable_pub, clippy::unwrap_used, reason = "the tests' own scenario")]
mod scenario;

#[path = "../../crates/nemo/tests/it/changes.rs"]
#[allow(unreachable_pub, reason = "the tests' own changes")]
mod changes;

use kzleap_diagnostics::Diagnostics;
use kzleap_nemo::{Carried, NemoOptions, periods};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let scenario = scenario::Scenario::with_plant();
    let connection = rusqlite::Connection::open(&scenario.path).expect("the database");
    for bytes in data.as_chunks::<4>().0.iter().take(16) {
        let _ = connection.execute_batch(&changes::change(bytes));
    }
    drop(connection);
    let reading = kzleap_nemo::read(&scenario.path);
    let Some(data) = reading.data else {
        assert!(reading.diagnostics.has_errors(), "nothing is read, and nothing is said");
        return;
    };
    let (options, mut findings) = (NemoOptions::default(), Diagnostics::default());
    let Ok(groups) = periods(&data, &options.calcyears, &mut findings) else { return };
    for period in groups {
        let imported = kzleap_nemo::to_model::to_model(
            &data,
            &period,
            &Carried::default(),
            &options,
            &mut findings,
        );
        let _ = kzleap_formulation::formulate(&imported.model);
    }
});
