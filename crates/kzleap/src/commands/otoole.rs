//! Results of an OSeMOSYS model as otoole's files.

use kzleap_model::{Model, Solution};
use kzleap_osemosys::{Data, Map, results};
use kzleap_output::{Holds, OutputFolder, WriteError};
use kzleap_study::Kind;

use crate::args::Run;
use crate::exit::WrongArguments;

/// Begins to write the folder that `--results otoole DIR` names.
pub(crate) fn begin_otoole(args: &Run, kind: Kind) -> anyhow::Result<Option<OutputFolder>> {
    let [format, folder] = &args.results[..] else { return Ok(None) };
    if format != "otoole" {
        let why = format!("`--results {format}` is not known; write `--results otoole DIR`");
        return Err(WrongArguments(why).into());
    }
    if kind != Kind::Osemosys {
        let why = "`--results otoole` is for OSeMOSYS models; `kzleap export osemosys` makes one \
                   of a model that uses nothing OSeMOSYS lacks";
        return Err(WrongArguments(why.to_owned()).into());
    }
    Ok(Some(OutputFolder::begin(folder, Holds::Tables)?))
}

/// Writes every table, all at once.
pub(crate) fn write_otoole(
    mut folder: OutputFolder,
    from: (&Data, &Map),
    plan: (&Model, &Solution),
) -> Result<(), WriteError> {
    folder.fill(|within| results::write(within, from, plan))?;
    folder.commit(env!("CARGO_PKG_VERSION")).map(|_| ())
}
