//! Classes of a resource: each is a process, as its process says and with what it says itself.

use kzleap_diagnostics::Diagnostic;

use super::declare::given;
use crate::reader::{Item, Reader};
use crate::registry::{OF_EACH_CLASS, process};
use crate::tree::{Node, Table};

/// The classes of a process with their names and labels; itself if it has none.
pub(super) fn of<'a>(
    rd: &mut Reader<'a>,
    item: Item<'a>,
    label: &str,
) -> Vec<(Item<'a>, String, String)> {
    let Some(entry) = item.entry(process::CLASSES) else {
        let name = item.name.to_owned();
        return vec![(item, name, label.to_owned())];
    };
    for field in OF_EACH_CLASS.into_iter().filter(|field| item.has(*field)) {
        let message = format!("`{}` has classes, so `{field}` belongs in them", item.path);
        let diagnostic = Diagnostic::error("both-given", message, item.place_of(field), "")
            .also(entry.key_span, "its classes")
            .hint(
                "move it into a class; what limits all together is `[capacity_limits.NAME]` or \
                 `[activity_limits.NAME]`",
            );
        rd.fail(&item, diagnostic);
    }
    let classes: Vec<_> = entry.node.table().into_iter().flat_map(Table::iter).collect();
    if classes.is_empty() {
        let message = format!("`{}` has no class", item.path);
        let diagnostic = Diagnostic::error("no-classes", message, entry.key_span, "")
            .hint(format!("add one, or take `{}` out", process::CLASSES));
        rd.fail(&item, diagnostic);
        let name = item.name.to_owned();
        return vec![(item, name, label.to_owned())];
    }
    let one = |entry| {
        let class = item.class(entry)?;
        let own = class.table.get(&process::LABEL.key()).and_then(Node::text);
        let label = own.map_or_else(|| format!("{label}, {}", class.name), ToOwned::to_owned);
        let name = format!("{}.{}", item.name, class.name);
        Some((class, name, label))
    };
    let found: Vec<_> = classes.into_iter().filter_map(one).collect();
    for (class, ..) in &found {
        given(rd, class, process::LABEL);
    }
    found
}
