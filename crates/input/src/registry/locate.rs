//! What is at a path of the tree, by the registry.

use super::{Kind, Listed, PROVENANCE, root};

/// What a path leads to.
#[derive(Debug)]
pub(crate) enum Located {
    /// A table of a kind, or a collection of them.
    Table,
    /// A quantity, or a part of one.
    Quantity,
    /// Text, a flag, a list.
    Plain,
    /// Something the registry does not know; the step of the path where it ends, and the names
    /// that could stand there.
    Unknown { step: usize, known: Vec<&'static str> },
}

/// Follows a path from the root.
pub(crate) fn locate(path: &[&str]) -> Located {
    let mut table = &root::TABLE;
    let mut step = 0;
    while step < path.len() {
        let kind = match table.field(path[step]) {
            Some(Listed { kind, .. }) => kind,
            None => match table.open {
                Some((_, kind)) => kind,
                None if PROVENANCE.contains(&path[step]) => return Located::Plain,
                None => {
                    let known = table.fields.iter().map(|field| field.name).collect();
                    return Located::Unknown { step, known };
                }
            },
        };
        step += 1;
        match kind {
            Kind::Quantity(_) | Kind::Map(..) => {
                let whole_map = matches!(kind, Kind::Map(..)) && step == path.len();
                return if whole_map { Located::Plain } else { Located::Quantity };
            }
            Kind::Table(inner) | Kind::List(inner) => table = inner,
            Kind::Items(inner) => {
                if step == path.len() {
                    return Located::Table;
                }
                step += 1; // the name of the item
                table = inner;
            }
            _ => return Located::Plain,
        }
    }
    Located::Table
}

/// How many steps of a path lead to the quantity it is of, or is a part of, and the name of its
/// field; `None` if it leads to no quantity.
pub(crate) fn quantity<'p>(path: &[&'p str]) -> Option<(usize, &'p str)> {
    let mut table = &root::TABLE;
    let mut step = 0;
    while step < path.len() {
        let (kind, name) = match (table.field(path[step]), table.open) {
            (Some(field), _) => (&field.kind, path[step]),
            // under names that users choose it has that of the table
            (None, Some((_, kind))) => (kind, path[step.checked_sub(2)?]),
            (None, None) => return None,
        };
        step += 1;
        match kind {
            Kind::Quantity(_) => return Some((step, name)),
            Kind::Map(..) => return Some((step + 1, name)),
            Kind::Table(inner) | Kind::List(inner) => table = inner,
            Kind::Items(inner) => {
                step += 1;
                table = inner;
            }
            _ => return None,
        }
    }
    None
}
