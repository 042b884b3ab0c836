//! `kzleap schemas`: JSON Schemas of the model format.

use anyhow::Context;

use crate::args::Schemas;
use crate::exit::Code;

/// Writes one file for each kind of model file.
pub(crate) fn schemas(args: &Schemas) -> anyhow::Result<Code> {
    std::fs::create_dir_all(&args.out)
        .with_context(|| format!("making the folder {}", args.out.display()))?;
    for (name, schema) in kzleap_input::schemas() {
        let path = args.out.join(name);
        let text = serde_json::to_string_pretty(&schema).context("writing a schema as text")?;
        std::fs::write(&path, text + "\n")
            .with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(Code::Done)
}
