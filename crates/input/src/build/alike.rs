//! What makes hours alike, where a model says it.

use super::Build;
use crate::reader::{Item, Reader};
use crate::registry::{root, time};

/// Takes the values of the profiles by which hours are alike.
pub(super) fn read<'a>(rd: &mut Reader<'a>, build: &mut Build, root: &Item<'a>) {
    let Some(item) = root.inner(root::TIME) else { return };
    // that it is of hourly tables alone was said when time was read
    if build.model.time.calendar.is_empty() || !item.has(time::ALIKE) {
        return;
    }
    for (name, _) in rd.names(&item, time::ALIKE).unwrap_or_default() {
        if let Some(values) = rd.sets.profiles.get(name) {
            build.model.time.alike.push(values.clone());
            rd.sets.used_profiles.insert(name.to_owned());
        }
    }
}
