//! `kzleap schemas`: JSON Schemas of the model format.

use anyhow::Context;
use kzleap_output::write_file;

use crate::args::Schemas;
use crate::exit::Code;

/// Writes one file for each kind of model file.
pub(crate) fn schemas(args: &Schemas) -> anyhow::Result<Code> {
    for (name, schema) in kzleap_input::schemas() {
        let text = serde_json::to_string_pretty(&schema).context("writing a schema as text")?;
        write_file(args.out.join(name), |out| writeln!(out, "{text}"))?;
    }
    Ok(Code::Done)
}
