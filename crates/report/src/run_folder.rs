//! Writes everything a run has to say into its folder.

use std::path::Path;

use kzleap_accounts::Accounts;
use kzleap_model::{Model, Solution};
use kzleap_output::{Holds, OutputFolder, WriteError};

use crate::data_package::DataPackage;
use crate::unique::unique;
use crate::{RunInfo, Summary, Unique, iamc, page, tables};

/// The name of the page.
pub const PAGE: &str = "index.html";
/// The name of the summary.
pub const SUMMARY: &str = "summary.json";
/// The name of the file that says what the tables are.
pub const DATA_PACKAGE: &str = "datapackage.json";
/// The name of the table for scenario databases.
pub const IAMC: &str = "iamc.csv";

/// Writes all tables, the IAMC table, the page and the summary into `dir`; returns the summary.
///
/// The folder appears whole or not at all, see [`OutputFolder`].
///
/// # Errors
/// If the folder must not or cannot be written; the previous results are then still in place.
pub fn write_run(
    dir: impl AsRef<Path>,
    model: &Model,
    solution: &Solution,
    info: &RunInfo,
) -> Result<Summary, WriteError> {
    let folder = OutputFolder::begin(dir, Holds::Run)?;
    write_run_into(folder, model, solution, &mut info.clone(), |_| {})
}

/// The same into a folder that was begun before the solve, which keeps other runs out meanwhile.
///
/// `finish` is called when the tables are written, to fill in what is only known then, such as the
/// seconds spent on the report and the peak of memory.
///
/// # Errors
/// As for [`write_run`].
pub fn write_run_into(
    mut folder: OutputFolder,
    model: &Model,
    solution: &Solution,
    info: &mut RunInfo,
    finish: impl FnOnce(&mut RunInfo),
) -> Result<Summary, WriteError> {
    let accounts = Accounts::new(model, solution);
    let others = solution.alternative.as_deref().map(|other| Accounts::new(model, other));
    let mut package = DataPackage::default();
    for table in tables::ALL {
        let sheet = table(&accounts);
        let is_result = !tables::GIVEN.contains(&sheet.name);
        let alternative = others.as_ref().filter(|_| is_result);
        let marks = alternative.map(|alternative| {
            let marks = unique(&sheet, &table(alternative));
            let unique = marks.iter().filter(|same| **same).count();
            info.unique.insert(sheet.name.to_owned(), Unique { rows: marks.len(), unique });
            marks
        });
        let path = format!("tables/{}.csv", sheet.name);
        folder.add(&path, |out| sheet.write_csv_with(marks.as_deref(), out))?;
        package.add(&path, &sheet, marks.is_some());
    }
    if let Some(check) = &info.hours {
        let sheet = check.sheet();
        let path = format!("tables/{}.csv", sheet.name);
        folder.add(&path, |out| sheet.write_csv(out))?;
        package.add(&path, &sheet, false);
    }
    folder.add_text(DATA_PACKAGE, &package.to_json(&model.name, &info.scenario))?;
    folder.add(IAMC, |out| iamc::write(&accounts, info, out))?;
    let charts = page::Charts::new(&accounts, info);
    finish(info);
    let html = page::render(&accounts, info, &charts).map_err(|error| WriteError::Render {
        file: PAGE.to_owned(),
        reason: error.to_string(),
    })?;
    folder.add_text(PAGE, &html)?;
    let summary = Summary::new(&accounts, info);
    folder.add_text(SUMMARY, &summary.to_json())?;
    folder.made_by(&info.spec, &info.inputs);
    folder.commit(&info.version)?;
    Ok(summary)
}
