//! The names of a model in other languages, from the file beside it.

use std::path::Path;

use anyhow::Context;
use kzleap_input::WORDS;
use kzleap_report::words::{Word, words};

/// The words of a model folder; none where it has no such file.
pub(super) fn words_of(model: &Path) -> anyhow::Result<Vec<Word>> {
    let file = model.join(WORDS);
    if !file.is_file() {
        return Ok(Vec::new());
    }
    let text = std::fs::read_to_string(&file)
        .with_context(|| format!("{} cannot be read", file.display()))?;
    words(&text).with_context(|| {
        format!("{}: it takes path, en, ru, kk, confidence, checked_by", file.display())
    })
}
