//! Results of an OSeMOSYS model as otoole's files.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use kzleap_model::{Model, Solution};
use kzleap_osemosys::{Data, Map, results};

use crate::args::Run;

/// The folder that `--results otoole DIR` names.
pub(crate) fn otoole_folder(args: &Run, is_osemosys: bool) -> anyhow::Result<Option<PathBuf>> {
    let [format, folder] = &args.results[..] else { return Ok(None) };
    if format != "otoole" {
        bail!("`--results {format}` is not known; write `--results otoole DIR`");
    }
    if !is_osemosys {
        bail!(
            "`--results otoole` is for OSeMOSYS models; `kzleap export osemosys` makes one of a \
             model that uses nothing OSeMOSYS lacks"
        );
    }
    Ok(Some(PathBuf::from(folder)))
}

/// Writes every table beside the folder first, then moves each into its place whole.
pub(crate) fn write_otoole(
    folder: &Path,
    from: (&Data, &Map),
    plan: (&Model, &Solution),
) -> anyhow::Result<()> {
    let failed = || format!("writing {}", folder.display());
    fs::create_dir_all(folder).with_context(failed)?;
    let beside = folder.join(format!(".writing-{}", std::process::id()));
    let moved = results::write(&beside, from, plan).and_then(|()| {
        for entry in fs::read_dir(&beside)? {
            let entry = entry?;
            fs::rename(entry.path(), folder.join(entry.file_name()))?;
        }
        Ok(())
    });
    let cleared = fs::remove_dir_all(&beside);
    moved.and(cleared).with_context(failed)
}
