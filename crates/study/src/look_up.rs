//! Values of a model by their path, or by the name of the item that has them.

use std::collections::BTreeSet;

use kzleap_input::{Trace, Tree};

/// Collections whose items may be asked for by their name alone.
const COLLECTIONS: [&str; 16] = [
    "processes",
    "storages",
    "links",
    "resources",
    "commodities",
    "drivers",
    "branches",
    "emissions",
    "emission_caps",
    "trading",
    "reserve_margins",
    "subsidies",
    "shares",
    "profiles",
    "time.seasons",
    "time.day_types",
];

/// What is at a path.
#[derive(Debug)]
pub struct LookedUp {
    /// The values at and under it, or those of the item that has it for its name.
    pub trace: Trace,
    /// Where there are none, the name of an item that is near to what was asked for.
    pub meant: Option<String>,
}

/// The values at a path, or of the item that has it for its name.
pub fn look_up(tree: &Tree, path: &str) -> LookedUp {
    let found = tree.trace(path);
    if !found.values.is_empty() {
        return LookedUp { trace: found, meant: None };
    }
    let mut below =
        COLLECTIONS.iter().map(|collection| tree.trace(&format!("{collection}.{path}")));
    match below.find(|other| !other.values.is_empty()) {
        Some(trace) => LookedUp { trace, meant: None },
        None => LookedUp { trace: found, meant: meant(tree, path) },
    }
}

/// The name of an item that is near to what was asked for.
fn meant(tree: &Tree, path: &str) -> Option<String> {
    let values = tree.trace("").values;
    let name = |path: &str| {
        let (collection, rest) = path.split_once('.')?;
        let name = rest.split('.').next().filter(|_| COLLECTIONS.contains(&collection))?;
        Some(name.to_owned())
    };
    let names: BTreeSet<String> = values.iter().filter_map(|value| name(&value.path)).collect();
    kzleap_input::nearest(path, names.iter().map(String::as_str)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use kzleap_input::Tree;

    use super::look_up;

    #[test]
    fn an_item_is_found_by_its_path_by_its_name_or_nearly() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/two-plants");
        let tree = Tree::read(&folder);
        let all = look_up(&tree, "processes").trace.values;
        let name = all[0].path.split('.').nth(1).expect("a process has a name").to_owned();
        let by_path = look_up(&tree, &format!("processes.{name}")).trace.values;
        let by_name = look_up(&tree, &name);
        assert!(!by_path.is_empty() && by_name.meant.is_none());
        assert_eq!(by_name.trace.values.len(), by_path.len());
        let mistyped = look_up(&tree, &format!("{name}x"));
        assert!(mistyped.trace.values.is_empty());
        assert_eq!(mistyped.meant, Some(name));
    }
}
