//! Results that a later run did not replace, since it has none.

use std::path::Path;

use kzleap_output::{WriteError, rewrite};

use crate::PAGE;
use crate::page::with_remark;

/// Puts a remark at the top of the page of earlier results: that a later run has none, so that
/// these are not of the model as it is now. All else stays as it is, as does a page of an earlier
/// version.
///
/// # Errors
/// If the page cannot be written; it is then as it was.
pub fn remark_on(folder: impl AsRef<Path>, remark: &str) -> Result<(), WriteError> {
    rewrite(folder, PAGE, |page| with_remark(page, remark))
}
