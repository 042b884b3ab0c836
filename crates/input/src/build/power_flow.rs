//! Links whose flow follows from voltage angles.

use std::f64::consts::PI;

use kzleap_diagnostics::Diagnostic;
use kzleap_model::network::{Candidate, Line};
use kzleap_model::units::{HOURS_PER_YEAR, PJ_PER_GWH};
use kzleap_model::{LinkIx, Series, Tier, YearIx};

use super::Build;
use crate::reader::{Item, Reader};
use crate::registry::{CapacityUnit, Key, link};

/// Power on which reactance is per unit, GW.
const BASE_GW: f64 = 0.1;

/// Makes a line of a link that was read.
pub(super) fn read<'a>(rd: &mut Reader<'a>, build: &mut Build, item: &Item<'a>, link: LinkIx) {
    let Some(per_unit) = rd.number(item, link::REACTANCE, None) else { return };
    if let Some((what, field, hint)) = problem(build, item, link) {
        let message = format!("`{}` has a reactance, but {what}", item.path);
        let place = item.place_of(field.unwrap_or(link::REACTANCE.key()));
        let diagnostic = Diagnostic::error("no-line", message, place, "").hint(hint);
        let diagnostic = if field.is_some() {
            diagnostic.also(item.place_of(link::REACTANCE), "a line of alternating current")
        } else {
            diagnostic
        };
        rd.fail(item, diagnostic);
        return;
    }
    let reactance = per_unit / BASE_GW; // rad for each GW
    let Some(k) = build.model.links[link].capacity else { return };
    let years: Vec<YearIx> = build.model.time.years.ixs().collect();
    let capacity = &mut build.model.capacities[k];
    let (mut present, mut candidate) = (vec![1.0; years.len()], None);
    if let Some(whole) = unit_size(capacity) {
        for upper in &mut capacity.upper {
            *upper = upper.min(whole);
        }
        // angles differ by a whole turn at most
        candidate = Some(Candidate { capacity: whole, most_power: 2.0 * PI / reactance });
    } else {
        for (present, residual) in present.iter_mut().zip(&capacity.residual) {
            *present = f64::from(u8::from(*residual > 0.0));
        }
    }
    build.model.network.lines.push(Line {
        link,
        reactance,
        power_to_energy: PJ_PER_GWH * HOURS_PER_YEAR,
        present: Series::ByYear(present),
        candidate,
    });
}

/// The size of a line that may be built.
fn unit_size(capacity: &kzleap_model::Capacity) -> Option<f64> {
    let investment = capacity.investment.as_ref()?;
    investment.unit_size.as_ref()?.first().copied()
}

/// Why a link cannot be such a line: what to say, the field that conflicts with it, what to do.
fn problem(
    build: &Build,
    item: &Item<'_>,
    link: LinkIx,
) -> Option<(&'static str, Option<Key>, &'static str)> {
    let link = &build.model.links[link];
    if build.model.commodities[link.commodity].tier != Tier::Slice {
        return Some((
            "what it carries is not balanced in every slice",
            Some(link::COMMODITY.key()),
            "power flows at every moment; balance the commodity by slice",
        ));
    }
    let Some(k) = link.capacity.filter(|_| item.unit == CapacityUnit::Gigawatt) else {
        let field = item.has(link::CAPACITY).then_some(link::CAPACITY.key());
        return Some(("its capacity is not in GW", field, "write `capacity = \"GW\"`"));
    };
    if link.loss > 0.0 {
        let hint = "linearised power flow has none; put them into the demand";
        return Some(("it loses power", Some(link::LOSS.key()), hint));
    }
    if link.reverse_availability.is_zero() {
        let hint = "power flows where the angles send it; leave `two_way` out";
        return Some(("it goes one way", Some(link::TWO_WAY.key()), hint));
    }
    let capacity = &build.model.capacities[k];
    capacity.investment.as_ref()?;
    if unit_size(capacity).is_none() {
        let hint = "add `unit_size`: a line is built whole or not at all";
        return Some(("it may be built in any size", Some(link::CAPITAL_COST.key()), hint));
    }
    if capacity.residual.iter().any(|residual| *residual > 0.0) {
        let hint = "make two links: the existing line, and the new one";
        return Some((
            "it exists already and may be built too",
            Some(link::RESIDUAL_CAPACITY.key()),
            hint,
        ));
    }
    None
}
