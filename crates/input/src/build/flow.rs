//! The row of an energy balance a process or a branch of demand belongs to.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::process::FLOWS;
use kzleap_model::{Model, SectorKind};

use crate::names::did_you_mean;
use crate::reader::{Item, Reader};
use crate::registry::{Field, Text};

/// Rows that stand for a sector, a kind of plant or a use, which must be named.
const PARTED: &[&str] = &["transformation", "own use", "final"];

/// Whether fuel that goes into this row is burnt at home.
///
/// What is sold abroad or fills the tanks of ships and aircraft is burnt elsewhere. What is lost
/// is not burnt; but what passes through losses on its way to users (`gives`) is burnt by them.
/// A sector of final use whose kind is non-energy use burns nothing.
pub(super) fn burns(model: &Model, flow: Option<&str>, gives: bool) -> bool {
    let mut words = flow.into_iter().flat_map(|flow| flow.split('/'));
    match words.next() {
        Some("export" | "bunkers") => false,
        Some("losses") => gives,
        Some("final") => {
            let sector = words.next().and_then(|sector| model.sector(sector));
            sector.and_then(|sector| sector.kind) != Some(SectorKind::NonEnergyUse)
        }
        _ => true,
    }
}

/// Reads `flow`; `None` if it is left out, or is no row of a balance.
pub(super) fn read<'a>(
    rd: &mut Reader<'a>,
    item: &Item<'a>,
    field: Field<Text>,
) -> Option<String> {
    if !item.has(field) {
        return None;
    }
    let flow = rd.text(item, field)?;
    let mut parts = flow.split('/');
    let first = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    let is_bare = PARTED.contains(&first) && rest.is_empty();
    let (message, hint) = if !FLOWS.contains(&first) {
        let rows: Vec<String> = FLOWS
            .iter()
            .map(|row| {
                let more = if PARTED.contains(row) { "/…" } else { "" };
                format!("`{row}{more}`")
            })
            .collect();
        let hint = did_you_mean(first, FLOWS);
        let hint = hint.unwrap_or_else(|| format!("the rows are {}", rows.join(", ")));
        (format!("an energy balance has no row `{first}`"), hint)
    } else if is_bare {
        let hint = match first {
            "transformation" => "write which plants: `transformation/CHP`",
            "own use" => "write whose: `own use/refineries`",
            _ => "write who uses it: `final/industry/steel`",
        };
        (format!("`{first}` does not say which row it is"), hint.to_owned())
    } else if rest.iter().any(|part| part.trim().is_empty()) {
        let message = format!("a part of `{flow}` is empty");
        (message, "write names between the signs `/`".to_owned())
    } else {
        return Some(flow.to_owned());
    };
    let place = item.value_place(field);
    rd.fail(item, Diagnostic::error("unknown-flow", message, place, "").hint(hint));
    None
}
