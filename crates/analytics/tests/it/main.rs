//! What an analysis says of tables: read, judged, decomposed, projected.

#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

mod decomposition;
mod findings;
mod indicators;
mod projections;
mod reading;

use std::path::{Path, PathBuf};

use kzleap_analytics::{Balance, Kinds, Table, read};
use kzleap_diagnostics::{Diagnostics, render};
use kzleap_input::Files;

/// A file of the test's own.
struct Scratch(tempfile::TempDir);

impl Scratch {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }
}

/// The findings of reading, as a user sees them, without the folder of the test.
fn said(diags: &Diagnostics, files: &Files, scratch: &Scratch) -> String {
    let folder = format!("{}/", scratch.0.path().display());
    let all: Vec<String> = diags.iter().map(|found| render(found, &files.sources)).collect();
    all.join("\n\n").replace(&folder, "")
}

/// A table that can be read.
fn table(text: &str) -> Table {
    let scratch = Scratch::new();
    let path = scratch.write("table.csv", text);
    let (mut files, mut diags) = (Files::default(), Diagnostics::default());
    let table = read(&[&path], &kinds(), &mut files, &mut diags);
    table.unwrap_or_else(|| panic!("{}", said(&diags, &files, &scratch)))
}

/// A file of the project's data.
fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data").join(name)
}

/// What the names of the project's data are, and those of the tests.
fn kinds() -> Kinds {
    let (mut files, mut diags) = (Files::default(), Diagnostics::default());
    Kinds::read(&data("kinds.csv"), &mut files, &mut diags).unwrap()
}

/// A table of the project's data.
fn data_table(name: &str) -> Table {
    let (mut files, mut diags) = (Files::default(), Diagnostics::default());
    read(&[&data(name)], &kinds(), &mut files, &mut diags).unwrap()
}

/// What its findings say, rule by rule.
fn messages(balance: &Balance<'_>) -> Vec<String> {
    let found = kzleap_analytics::findings::findings(balance);
    found.into_iter().map(|finding| format!("{}: {}", finding.rule, finding.message)).collect()
}

/// A small closed balance of one year: coal to power plants, power to houses, gas imported.
const SMALL: &str = "\
flow,commodity,year,value,unit
production,coal,2020,100,PJ
export,coal,2020,-20,PJ
transformation/power plants,coal,2020,-70,PJ
final/industry,coal,2020,10,PJ
transformation/power plants,electricity,2020,28,PJ
own use/power plants,electricity,2020,-2,PJ
losses,electricity,2020,-3,PJ
final/households,electricity,2020,23,PJ
import,natural gas,2020,20,PJ
final/households,natural gas,2020,20,PJ
";
