//! `kzleap reproduce`: the results of a run repeated, and compared byte by byte.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};

use crate::args::Reproduce;
use crate::exit::{Code, WrongArguments};
use crate::output::print;

use super::earlier::Earlier;
use super::read::several;
use super::run::run_again;

/// Runs again what the manifest says, in a folder that nobody keeps, and compares every table.
pub(crate) fn reproduce(args: &Reproduce) -> anyhow::Result<Code> {
    let Some(earlier) = Earlier::find(&args.manifest)? else {
        let why = format!("`{}` is not the manifest of a run", args.manifest.display());
        return Err(WrongArguments(why).into());
    };
    let version = env!("CARGO_PKG_VERSION");
    if earlier.manifest.kzleap != version {
        bail!(
            "the run was made by kzleap {}, and this is {version}: tables may differ for that \
             reason alone",
            earlier.manifest.kzleap
        );
    }
    let Some(read) = earlier.read()? else { return Ok(Code::BadInput) };
    let scratch = tempfile::tempdir().context("making a folder for the results")?;
    let again = scratch.path().join("again");
    if run_again(&earlier.spec, read, &again)?.is_none() {
        bail!("the run has no plan this time");
    }
    let is_table = |file: &&String| Path::new(file).extension().is_some_and(|end| end == "csv");
    let tables: Vec<&String> = earlier.manifest.files.iter().filter(is_table).collect();
    let mut differ = Vec::new();
    for file in &tables {
        let read = |folder: &Path| {
            let path = folder.join(file);
            fs::read(&path).with_context(|| format!("reading {}", path.display()))
        };
        if read(&earlier.folder)? != read(&again)? {
            differ.push(file.as_str());
        }
    }
    if differ.is_empty() {
        print(&format!("reproduced: all {} tables are byte-identical\n", tables.len()))?;
        return Ok(Code::Done);
    }
    print(&format!(
        "NOT REPRODUCED: {} of {} differ: {}\n",
        differ.len(),
        several(tables.len(), "table"),
        differ.join(", ")
    ))?;
    Ok(Code::NotCertified)
}
