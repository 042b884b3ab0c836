//! Everything that is printed: nothing else writes to standard output or standard error.

use std::io::{BufWriter, ErrorKind, Write};

use anyhow::Context;

/// Prints a text on standard output.
///
/// # Errors
/// If it cannot be written, as on a full disk. Whoever reads may stop early, as `head` does; that
/// is no error.
pub(crate) fn print(text: &str) -> anyhow::Result<()> {
    print_with(|out| out.write_all(text.as_bytes()))
}

/// The same for what is long, piece by piece.
pub(crate) fn print_with(
    write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> anyhow::Result<()> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => {
            drop(out.into_parts()); // not written once more
            Ok(())
        }
        Err(error) if error.kind() == ErrorKind::StorageFull => {
            drop(out.into_parts());
            anyhow::bail!("the disk that standard output goes to is full")
        }
        other => other.context("standard output cannot be written"),
    }
}

/// Tells the user something on standard error; if nobody can hear it, the exit code still speaks.
pub(crate) fn tell(text: &str) {
    let mut out = std::io::stderr().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.write_all(b"\n"));
}
