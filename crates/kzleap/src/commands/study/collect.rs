//! The tables of all runs that are there.

use kzleap_output::WorkFolder;

use super::open::{Opened, TABLE};
use super::run_file::RunFile;
use super::{outcomes, several, table};
use crate::exit::Code;
use crate::output::print;

/// Runs without an answer, and those that failed.
pub(super) const MISSING: &str = "missing.csv";

/// Makes the tables, and says what is missing.
pub(super) fn collect(opened: &Opened) -> anyhow::Result<Code> {
    write(opened, &opened.folder()?)?;
    if !opened.quiet {
        print(&format!("{}\n", opened.out.join(TABLE).display()))?;
    }
    Ok(Code::Done)
}

/// Writes the tables of the runs that are there; gives the file of each run that has one.
pub(super) fn write(
    opened: &Opened,
    folder: &WorkFolder,
) -> anyhow::Result<Vec<Option<RunFile>>> {
    let runs = &opened.ensemble.runs;
    let found: Vec<Option<RunFile>> =
        runs.iter().map(|run| RunFile::read(&opened.out, run)).collect();
    folder.write(TABLE, &table::runs(&opened.ensemble, &found)?)?;
    folder.write(MISSING, &table::missing(&opened.ensemble, &found)?)?;
    for name in &opened.tables {
        folder.write(format!("{name}.csv"), &table::kept(&opened.ensemble, name, &found)?)?;
    }
    outcomes::write(opened, folder, &found)?;
    let failed = found.iter().filter(|file| table::failed(file.as_ref())).count();
    if failed > 0 && !opened.quiet {
        let of = several(runs.len(), "run");
        let path = opened.out.join(MISSING);
        print(&format!("{failed} of {of} missing or failed: {}\n", path.display()))?;
    }
    Ok(found)
}
