//! Helpers of the tests.

use std::path::{Path, PathBuf};

use kzleap_diagnostics::{Diagnostics, Sources, render};
use kzleap_formulation::formulate;
use kzleap_model::{Model, Solution};
use kzleap_osemosys::{Data, Options, mathprog, read};
use kzleap_solver::{Control, SolveError};

/// Reads a model from files; panics with the rendered problems.
pub(crate) fn read_path(path: &Path) -> Data {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let data = read(path, &Options::default(), &mut sources, &mut diagnostics)
        .expect("the files can be read");
    let problems: Vec<String> = diagnostics.iter().map(|d| render(d, &sources)).collect();
    data.unwrap_or_else(|| panic!("{}:\n{}", path.display(), problems.join("\n")))
}

/// Reads a data file given as text: the data, or every problem as the user sees it.
pub(crate) fn read_text(text: &str) -> Result<Data, String> {
    read_with(text, &Options::default())
}

/// The same, as the user says how.
pub(crate) fn read_with(text: &str, options: &Options) -> Result<Data, String> {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let file = sources.add("model.txt", text);
    let data = mathprog::read(file, "model", options, &sources, &mut diagnostics);
    let problems: Vec<String> = diagnostics.iter().map(|d| render(d, &sources)).collect();
    data.ok_or_else(|| problems.join("\n"))
}

/// The least-cost plan.
pub(crate) fn solve(model: &Model) -> Result<Solution, SolveError> {
    let formulation = formulate(model);
    let optimum = kzleap_solver::solve(
        &formulation.lp,
        &kzleap_solver::Options::default(),
        Control::default(),
    )?;
    Ok(formulation.read_back(optimum.objective, &optimum.columns, &optimum.row_duals))
}

/// The folder of other people's models, if it is there.
pub(crate) fn oracles() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/oracles/osemosys");
    if root.is_dir() {
        return Some(root);
    }
    eprintln!("skipped: there is no folder ../shared/oracles/osemosys beside the repository");
    None
}
