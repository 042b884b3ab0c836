//! `kzleap reproduce`: the results of a run repeated, and compared byte by byte.

use anyhow::{Context, bail};
use kzleap_study::{Reproduced, compare_tables};

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
    let Reproduced { tables, differ } =
        compare_tables(&earlier.manifest.files, &earlier.folder, &again)?;
    if differ.is_empty() {
        print(&format!("reproduced: all {tables} tables are byte-identical\n"))?;
        return Ok(Code::Done);
    }
    print(&format!(
        "NOT REPRODUCED: {} of {} differ: {}\n",
        differ.len(),
        several(tables, "table"),
        differ.join(", ")
    ))?;
    Ok(Code::NotCertified)
}
