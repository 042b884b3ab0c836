//! `kzleap export`: a model in another tool's form, or the tables of runs in one file.

use std::io;
use std::path::Path;

use kzleap_osemosys::{Data, export};
use kzleap_output::{Holds, OutputFolder, WriteError, write_file};
use kzleap_package::{Run, read as read_runs, sqlite, workbook};
use kzleap_study::Kind;

use crate::args::{Export, ExportModel, ExportRuns, Typed};
use crate::exit::{Code, WrongArguments};
use crate::output::{print, tell};

use super::kind::{of_one, of_source};
use super::read::read;

/// Writes runs into one file.
type Write = fn(&[Run], &mut dyn io::Write) -> io::Result<()>;

/// Writes what is asked for.
pub(crate) fn export(args: &Export, typed: &Typed<'_>) -> anyhow::Result<Code> {
    match args {
        Export::Osemosys(args) => osemosys(args, typed),
        Export::Sqlite(args) => runs(args, sqlite::write),
        Export::Xlsx(args) => runs(args, workbook::write),
    }
}

/// Writes the tables of runs into a file that is not there yet.
fn runs(args: &ExportRuns, write: Write) -> anyhow::Result<Code> {
    let file = args.out.display();
    if args.out.exists() {
        let why = format!("`{file}` is there already: remove it, or name another file");
        return Err(WrongArguments(why).into());
    }
    let runs = read_runs(&args.runs)?;
    write_file(&args.out, |out| write(&runs, out))?;
    print(&format!("written to {file}\n"))?;
    Ok(Code::Done)
}

/// Writes an otoole folder, or names everything that OSeMOSYS cannot say.
fn osemosys(args: &ExportModel, typed: &Typed<'_>) -> anyhow::Result<Code> {
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
