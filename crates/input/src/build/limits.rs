//! Limits on activity and capacity of processes together.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::policy::{ActivityLimit, ActivityWindow, CapacityKind, CapacityLimit};
use kzleap_model::{CapacityIx, ProcessIx};

use super::Build;
use super::declare::given;
use crate::reader::{Item, Reader};
use crate::registry::{
    Amount, CapacityUnit, Field, Members, Names, activity_limit, capacity_limit, root,
};

/// Reads the limits on activity.
pub(super) fn activity_limits(rd: &mut Reader<'_>, build: &mut Build) {
    for mut item in rd.items(root::ACTIVITY_LIMITS) {
        activity(rd, build, &mut item);
    }
}

/// Reads the limits on capacity.
pub(super) fn capacity_limits(rd: &mut Reader<'_>, build: &mut Build) {
    for item in rd.items(root::CAPACITY_LIMITS) {
        capacity(rd, build, item);
    }
}

fn limits_nothing(rd: &mut Reader<'_>, item: &Item<'_>, hint: &str) {
    let message = format!("`{}` does not say what the limit is", item.path);
    let diagnostic = Diagnostic::error("missing-field", message, item.place, "").hint(hint);
    rd.fail_missing(item, diagnostic);
}

fn activity<'a>(rd: &mut Reader<'a>, build: &mut Build, item: &mut Item<'a>) {
    given(rd, item, activity_limit::LABEL);
    let members = build.members(rd, item, &activity_limit::MEMBERS);
    let field = activity_limit::MEMBERS.written(item);
    item.amount = members.as_ref().and_then(|members| common(rd, build, item, members, field));
    item.heat = members.as_ref().and_then(|members| {
        let mut heats = members.iter().map(|ix| build.heat[ix.get()]);
        let first = heats.next()?;
        // tonnes of several coals are no amount of energy
        heats.all(|heat| heat == first).then_some(first)?
    });
    let lower = rd.by_year(item, activity_limit::MIN, None);
    let upper = rd.by_year(item, activity_limit::MAX, None);
    let total = rd.number(item, activity_limit::MAX_TOTAL, None);
    if item
        .first_of(&[
            activity_limit::MIN.key(),
            activity_limit::MAX.key(),
            activity_limit::MAX_TOTAL.key(),
        ])
        .is_none()
    {
        limits_nothing(rd, item, "add `max`, `min` or `max_total`");
    }
    let Some(members) = members else { return };
    let processes: Vec<_> = members.into_iter().map(|ix| (ix, None)).collect();
    let name = item.name.to_owned();
    if lower.is_some() || upper.is_some() {
        let window = ActivityWindow::EachYear {
            lower: lower.unwrap_or_else(|| build.every_year(0.0)),
            upper: upper.unwrap_or_else(|| build.every_year(f64::INFINITY)),
        };
        let limit = ActivityLimit { name: name.clone(), processes: processes.clone(), window };
        build.model.activity_limits.push(limit);
    }
    if let Some(upper) = total {
        let window = ActivityWindow::Horizon { lower: 0.0, upper };
        build.model.activity_limits.push(ActivityLimit { name, processes, window });
    }
}

fn capacity<'a>(rd: &mut Reader<'a>, build: &mut Build, mut item: Item<'a>) {
    let sides = [
        (capacity_limit::MIN, capacity_limit::MAX, CapacityKind::InService),
        (capacity_limit::MIN_NEW, capacity_limit::MAX_NEW, CapacityKind::New),
    ];
    given(rd, &item, capacity_limit::LABEL);
    if !sides.iter().any(|(low, high, _)| item.has(*low) || item.has(*high)) {
        limits_nothing(rd, &item, "add `max`, `min`, `max_new` or `min_new`");
        return;
    }
    let Some(capacities) = capacities(rd, build, &mut item, &capacity_limit::MEMBERS) else {
        return;
    };
    let name = item.name.to_owned();
    for (low, high, of) in sides {
        let lower = rd.by_year(&item, low, None);
        let upper = rd.by_year(&item, high, None);
        if lower.is_none() && upper.is_none() {
            continue;
        }
        let scale = |values: Vec<f64>| -> Vec<f64> {
            match of {
                CapacityKind::InService => values,
                CapacityKind::New | CapacityKind::Converted => {
                    values.iter().zip(build.lengths()).map(|(v, length)| v * length).collect()
                }
            }
        };
        let limit = CapacityLimit {
            name: name.clone(),
            capacities: capacities.clone(),
            of,
            lower: lower.map_or_else(|| build.every_year(0.0), scale),
            upper: upper.map_or_else(|| build.every_year(f64::INFINITY), scale),
        };
        build.model.capacity_limits.push(limit);
    }
}

/// What the activities of all members are counted in; reports if there are several.
pub(super) fn common(
    rd: &mut Reader<'_>,
    build: &Build,
    item: &Item<'_>,
    members: &[ProcessIx],
    field: Field<Names>,
) -> Option<Amount> {
    let amounts: Vec<Amount> =
        members.iter().filter_map(|ix| build.activity[ix.get()]).collect();
    let first = *amounts.first()?;
    let Some(other) = amounts.iter().find(|amount| **amount != first) else {
        return Some(first);
    };
    let message =
        format!("some of these activities are in {}, others in {}", first.unit(), other.unit());
    let diagnostic = Diagnostic::error("mixed-units", message, item.value_place(field), "")
        .hint("limit them apart: they cannot be added up");
    rd.fail(item, diagnostic);
    None
}

/// The capacities of the members; the item takes on their unit.
pub(super) fn capacities<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    item: &mut Item<'a>,
    fields: &Members,
) -> Option<Vec<CapacityIx>> {
    let members = build.members(rd, item, fields)?;
    let field = fields.written(item);
    let members = build.giving(rd, item, field, members);
    let capacities: Vec<CapacityIx> =
        members.iter().filter_map(|ix| build.model.processes[*ix].capacity).collect();
    if capacities.len() < members.len() && field.key() == fields.processes.key() {
        let without =
            members.iter().find(|ix| build.model.processes[**ix].capacity.is_none())?;
        if rd.failed.contains(&build.process_paths[without.get()]) {
            rd.fail_silently(item);
            return None;
        }
        let name = &build.model.processes[*without].name;
        let message = format!("`{name}` has no capacity");
        let diagnostic =
            Diagnostic::error("limit-without-capacity", message, item.value_place(field), "")
                .hint(
                    "give it `capacity = \"GW\"`; without one only its activity can be limited",
                );
        rd.fail(item, diagnostic);
        return None;
    }
    let units: Vec<CapacityUnit> =
        capacities.iter().map(|ix| build.model.capacities[*ix].unit).collect();
    let first = *units.first()?;
    if let Some(other) = units.iter().find(|unit| **unit != first) {
        let (first, other) = (first.text(), other.text());
        let message = format!("some of these capacities are in {first}, others in {other}");
        let diagnostic =
            Diagnostic::error("mixed-capacity-units", message, item.value_place(field), "")
                .hint("limit them apart: they cannot be added up");
        rd.fail(item, diagnostic);
        return None;
    }
    item.unit = first;
    item.amount = first.amount();
    Some(capacities)
}
