//! `kzleap reproduce`: the results of a run made again, and compared byte by byte.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::args::{Reproduce, Run};
use crate::exit::{Code, WrongArguments};
use crate::output::print;

use super::earlier::Earlier;
use super::read::several;
use super::run::run_again;

/// Runs again what the manifest says, beside the results, and compares every table.
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
    let again = Scratch::new();
    let run = Run { quiet: true, ..earlier.run };
    if run_again(&run, read, &again.0)?.is_none() {
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
        if read(&earlier.folder)? != read(&again.0)? {
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

/// A folder for results that nobody keeps.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Self {
        let name = format!("kzleap-reproduce-{}", std::process::id());
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
