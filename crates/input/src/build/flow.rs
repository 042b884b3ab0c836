//! The row of an energy balance a process or a branch of demand belongs to.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::{Model, RowKind, SectorKind};

use crate::names::did_you_mean;
use crate::reader::{Item, Reader};
use crate::registry::{Field, Text};

/// Whether fuel that goes into this row is burnt at home.
///
/// What is sold abroad or fills the tanks of ships and aircraft is burnt elsewhere. What is lost
/// is not burnt; but what passes through losses on its way to users (`gives`) is burnt by them.
/// A sector of final use whose kind is non-energy use burns nothing.
pub(super) fn burns(model: &Model, flow: Option<&str>, gives: bool) -> bool {
    let Some(flow) = flow else { return true };
    match RowKind::of(flow) {
        Some(RowKind::Export | RowKind::Bunkers) => false,
        Some(RowKind::Losses) => gives,
        Some(RowKind::Final) => {
            let sector = flow.split('/').nth(1).and_then(|sector| model.sector(sector));
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
    let row = RowKind::named(first).filter(|row| RowKind::OF_PROCESSES.contains(row));
    let (message, hint) = if let (Some(row), true) = (row, rest.is_empty()) {
        let hint = match row {
            RowKind::Transformation => "write which plants: `transformation/CHP`",
            RowKind::OwnUse => "write whose: `own use/refineries`",
            RowKind::Final => "write who uses it: `final/industry/steel`",
            _ => return Some(flow.to_owned()),
        };
        (format!("`{first}` does not say which row it is"), hint.to_owned())
    } else if row.is_none() {
        let rows: Vec<String> = RowKind::OF_PROCESSES
            .iter()
            .map(|row| {
                let more = if row.is_parted() { "/…" } else { "" };
                format!("`{}{more}`", row.text())
            })
            .collect();
        let hint = did_you_mean(first, RowKind::OF_PROCESSES.map(RowKind::text));
        let hint = hint.unwrap_or_else(|| format!("the rows are {}", rows.join(", ")));
        (format!("an energy balance has no row `{first}`"), hint)
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
