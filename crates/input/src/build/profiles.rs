//! Profiles: values by slice, under a name.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::Series;

use super::demands::WORDS;
use crate::reader::Reader;
use crate::registry::root;

/// Reads every profile into the reader.
pub(super) fn read(rd: &mut Reader<'_>) {
    for item in rd.items(root::PROFILES) {
        let name = item.name.to_owned();
        if WORDS.contains(&item.name) {
            let message = format!("a profile cannot be named `{name}`");
            let hint = "`flat` and `flexible` are words of demands: even over the year, and at \
                        any time of it";
            let diagnostic =
                Diagnostic::error("reserved-name", message, item.place, "").hint(hint);
            rd.fail(&item, diagnostic);
        }
        let values = match rd.profile_values(&item) {
            Some(Series::BySlice(values)) => Some(values),
            Some(Series::Constant(value)) => Some(vec![value; rd.sets.slices.len()]),
            _ => None,
        };
        match values {
            Some(values) => {
                rd.sets.profiles.insert(name, values);
            }
            None => {
                rd.sets.failed_profiles.insert(name);
            }
        }
    }
}
