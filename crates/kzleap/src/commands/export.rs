//! `kzleap export`: a model in another tool's form.

use std::path::Path;

use kzleap_osemosys::{Data, export};
use kzleap_output::{Holds, OutputFolder, WriteError};
use kzleap_study::Kind;

use crate::args::{Export, Tool, Typed};
use crate::exit::Code;
use crate::output::{print, tell};

use super::kind::{of_one, of_source};
use super::read::read;

/// Writes an otoole folder, or names everything that OSeMOSYS cannot say.
pub(crate) fn export(args: &Export, typed: &Typed<'_>) -> anyhow::Result<Code> {
    let Tool::Osemosys = args.tool;
    let source = &args.source;
    let kinds = [Kind::Folder, Kind::Osemosys];
    of_source(source, typed, "export", &kinds)?;
    let read = read(&of_one(source.spec(), "export")?, false);
    let Some(model) = &read.model else { return Ok(Code::BadInput) };
    let data = match &read.osemosys {
        Some((data, _)) => data.clone(),
        None => match export::from_model(model) {
            Ok(data) => {
                data.notes.iter().for_each(|note| tell(&format!("note: {note}")));
                data
            }
            Err(lacking) => {
                let lacking: Vec<String> =
                    lacking.iter().map(|what| format!("\n    {what}")).collect();
                tell(&format!("OSeMOSYS cannot say what this model says:{}", lacking.concat()));
                return Ok(Code::BadInput);
            }
        },
    };
    write_otoole_model(&data, &args.out)?;
    print(&format!("written to {}\n", args.out.display()))?;
    Ok(Code::Done)
}

/// Writes OSeMOSYS data as an otoole folder, whole or not at all.
pub(crate) fn write_otoole_model(data: &Data, out: &Path) -> Result<(), WriteError> {
    let mut folder = OutputFolder::begin(out, Holds::Model)?;
    folder.fill(|within| export::write(data, within))?;
    folder.commit(env!("CARGO_PKG_VERSION")).map(|_| ())
}
