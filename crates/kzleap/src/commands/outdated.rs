//! What is said of results that a run without any leaves standing.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use kzleap_output::earlier_run;
use kzleap_report::remark_on;

use crate::output::tell;
use kzleap_study::RunSpec;

/// Says on the terminal that the results in a folder are older than a run that has none, and, if
/// they are those of the same model and scenario, at the top of their page; nothing where there
/// are none.
///
/// `why` completes the sentence "a later run …".
pub(crate) fn say_outdated(folder: &Path, spec: &RunSpec, why: &str) {
    let Some((manifest, written)) = earlier_run(folder) else { return };
    let written = utc(written);
    let shown = folder.display();
    tell(&format!("note: the results in {shown} are older: those of the run of {written}"));
    let Ok(earlier) = serde_json::from_value::<RunSpec>(manifest.spec) else { return };
    if earlier.model != spec.model || earlier.scenario != spec.scenario {
        return;
    }
    let now = utc(SystemTime::now());
    let remark = format!(
        "Outdated: these are the results of the run of {written}. A later run, of {now}, {why}."
    );
    if let Err(error) = remark_on(folder, &remark) {
        tell(&format!("note: their page could not say so: {error}"));
    }
}

/// A moment as `2026-11-29 21:50 UTC`.
fn utc(moment: SystemTime) -> String {
    let seconds = moment.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let (days, minutes) = (seconds / 86_400, seconds % 86_400 / 60);
    // years that begin in March, so that the day of a leap year is the last
    let day = days + 719_468;
    let (era, day) = (day / 146_097, day % 146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let march = (5 * day + 2) / 153;
    let month = if march < 10 { march + 3 } else { march - 9 };
    let day = day - (153 * march + 2) / 5 + 1;
    let year = era * 400 + year + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02} UTC", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn moments() {
        for (seconds, text) in [
            (0, "1970-01-01 00:00 UTC"),
            (951_782_400, "2000-02-29 00:00 UTC"),
            (1_795_989_000, "2026-11-29 21:50 UTC"),
            (4_107_542_399, "2100-02-28 23:59 UTC"),
        ] {
            assert_eq!(utc(UNIX_EPOCH + Duration::from_secs(seconds)), text);
        }
    }
}
