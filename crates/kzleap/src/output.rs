//! Long texts on standard output.

use std::io::{ErrorKind, Write};

use anyhow::Context;

/// Prints a text; whoever reads may stop early, as `head` does.
pub(crate) fn print(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other.context("printing"),
    }
}
