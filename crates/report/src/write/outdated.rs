//! Results that a later run did not replace, since it has none.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use super::error::WriteError;
use super::file::write_alone;
use super::guard::prepare;
use super::manifest::{Holds, MANIFEST, Manifest};
use super::run::PAGE;
use crate::page::with_remark;

/// The earlier run whose results stand in a folder: its manifest, and when it was written; `None`
/// if there is none.
pub fn earlier_run(folder: impl AsRef<Path>) -> Option<(Manifest, SystemTime)> {
    let manifest = Manifest::read(&folder).filter(|manifest| manifest.holds == Holds::Run)?;
    let written = fs::metadata(folder.as_ref().join(MANIFEST)).and_then(|file| file.modified());
    Some((manifest, written.ok()?))
}

/// Puts a remark at the top of the page of earlier results: that a later run has none, so that
/// these are not of the model as it is now. All else stays as it is.
///
/// # Errors
/// If the page cannot be written; it is then as it was.
pub fn remark_on(folder: impl AsRef<Path>, remark: &str) -> Result<(), WriteError> {
    let (names, _lock) = prepare(folder.as_ref())?;
    let path = names.folder.join(PAGE);
    let page = fs::read_to_string(&path).map_err(WriteError::io("read", &path))?;
    match with_remark(&page, remark) {
        Some(page) => write_alone(&path, |out| out.write_all(page.as_bytes())),
        None => Ok(()), // of an earlier version
    }
}
