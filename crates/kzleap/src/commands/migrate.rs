//! `kzleap migrate`: a model of an earlier format version, rewritten.

use kzleap_migrate::{migrate as rewritten, write_in_place, write_to};

use crate::args::Migrate;
use crate::exit::Code;
use crate::output::print;

/// Rewrites a model folder, in place or as a copy, and says which files changed.
pub(crate) fn migrate(args: &Migrate) -> anyhow::Result<Code> {
    let files = rewritten(&args.model)?;
    let shown = args.out.as_ref().unwrap_or(&args.model).display();
    match &args.out {
        Some(out) => write_to(&args.model, &files, out)?,
        None => write_in_place(&args.model, &files)?,
    }
    if files.is_empty() {
        print(&format!("{shown} is of format 2 already: nothing was changed\n"))?;
        return Ok(Code::Done);
    }
    for file in &files {
        print(&format!("  {}\n", file.path.display()))?;
    }
    print(&format!(
        "{shown} is of format 2 now; read what the kinds and families say, for they were derived from \
         names\n"
    ))?;
    Ok(Code::Done)
}
