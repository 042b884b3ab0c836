//! Days that are kept whole: those on which a profile or a demand is highest or lowest.

use std::collections::BTreeMap;

use kzleap_diagnostics::{Diagnostic, Span};
use kzleap_model::{CommodityIx, RegionIx, YearIx};

use super::Build;
use super::time::list_item;
use crate::hourly::year::date_of;
use crate::reader::{Item, Reader};
use crate::registry::{List, extreme, root, time};
use crate::tree::Value;

/// What is at its extreme, and how long.
type Wanted = (String, bool, usize);

/// Finds the days that are kept whole, once all profiles and demands are read.
pub(super) fn read<'a>(rd: &mut Reader<'a>, build: &mut Build, root: &Item<'a>) {
    let Some(item) = root.inner(root::TIME) else { return };
    let Some(node) = item.get(time::EXTREMES) else { return };
    // that it is of hourly tables alone was said when time was read
    if build.model.time.calendar.is_empty() {
        return;
    }
    let Value::List(nodes) = &node.value else {
        let List(kind) = time::EXTREMES.holds;
        let expected = format!("tables written as `{}`", kind.written);
        rd.wrong_type(&item, time::EXTREMES, node, &expected);
        return;
    };
    let mut seen: BTreeMap<Wanted, Span> = BTreeMap::new();
    for (at, node) in nodes.iter().enumerate() {
        let Some(part) = list_item(rd, &item, time::EXTREMES, at, node) else { continue };
        let Some((wanted, by_day)) = wanted(rd, build, &part) else { continue };
        if let Some(first) = seen.insert(wanted.clone(), part.place) {
            let message = format!("these days are given twice: `{}`", wanted.0);
            let diagnostic = Diagnostic::error("duplicate", message, part.place, "again")
                .also(first, "first here");
            rd.fail(&part, diagnostic);
            continue;
        }
        keep(rd, build, &part, &wanted, &by_day);
    }
}

/// What an item asks for, and its values by day of the year.
fn wanted<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    item: &Item<'a>,
) -> Option<(Wanted, Vec<f64>)> {
    let is = rd.choice(item, extreme::IS);
    let days =
        if item.has(extreme::DAYS) { rd.number(item, extreme::DAYS, None)? } else { 1.0 };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the registry bounds it to a fortnight"
    )]
    let days = days as usize;
    let (of, by_slice) = match (item.has(extreme::PROFILE), item.has(extreme::DEMAND)) {
        (true, false) => of_profile(rd, item)?,
        (false, true) => of_demand(rd, build, item)?,
        (both, _) => {
            let (code, message, hint) = if both {
                ("both-given", "both `profile` and `demand` are given", "give one of the two")
            } else {
                let hint = "add `profile = \"…\"` or `demand = \"…\"`";
                ("missing-field", "neither `profile` nor `demand` is given", hint)
            };
            let diagnostic = Diagnostic::error(code, message, item.place, "").hint(hint);
            rd.fail(item, diagnostic);
            return None;
        }
    };
    let order = &rd.sets.hours_in_order;
    let by_day = order.chunks(24).map(|day| day.iter().map(|slice| by_slice[*slice]).sum());
    Some(((of, is? == extreme::HIGHEST, days), by_day.collect()))
}

/// The name and the values by slice of a profile.
fn of_profile<'a>(rd: &mut Reader<'a>, item: &Item<'a>) -> Option<(String, Vec<f64>)> {
    if item.has(extreme::REGION) {
        let message = "`region` is of a demand, and this is of a profile";
        let place = item.place_of(extreme::REGION);
        let diagnostic = Diagnostic::error("without-effect", message, place, "")
            .hint("take it out: a profile is the same wherever it is used");
        rd.fail(item, diagnostic);
        return None;
    }
    let name = item.get(extreme::PROFILE)?.text().unwrap_or_default().to_owned();
    if rd.sets.failed_profiles.contains(&name) {
        rd.fail_silently(item);
        return None;
    }
    rd.name(item, extreme::PROFILE)?;
    let values = rd.sets.profiles.get(&name)?.clone();
    rd.sets.used_profiles.insert(name.clone());
    Some((name, values))
}

/// What a demand is called, and its amount by slice, of all milestone years.
fn of_demand<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    item: &Item<'a>,
) -> Option<(String, Vec<f64>)> {
    let (commodity, place) = rd.name(item, extreme::DEMAND)?;
    let commodity = CommodityIx::new(commodity);
    let region = match item.has(extreme::REGION) {
        true => Some(RegionIx::new(rd.name(item, extreme::REGION)?.0)),
        false => None,
    };
    let model = &build.model;
    let counts = |of: RegionIx| region.map_or(model.regions[of].domestic, |only| only == of);
    let mut values = vec![0.0; model.time.slices.len()];
    let mut found = false;
    for demand in model.demands.iter() {
        if demand.commodity != commodity || !counts(demand.region) {
            continue;
        }
        found = true;
        let Some(profile) = &demand.profile else { continue };
        let annual: f64 = demand.annual.iter().sum();
        for (value, slice) in values.iter_mut().zip(model.time.slices.ixs()) {
            *value += annual * profile.at(slice, YearIx::new(0));
        }
    }
    let name = &model.commodities[commodity].name;
    let of = match region {
        Some(region) => format!("{name} in {}", model.regions[region].name),
        None => name.clone(),
    };
    // a demand with a mistake may be missing here: no further message about it
    if !found && !rd.may_lack(name) {
        let message = format!("there is no demand for {of}");
        rd.fail(item, Diagnostic::error("no-demand", message, place, ""));
    }
    found.then_some((of, values))
}

/// Keeps the days on which the mean of the values is at its extreme; of several the first.
fn keep<'a>(
    rd: &mut Reader<'a>,
    build: &mut Build,
    item: &Item<'a>,
    (of, highest, days): &Wanted,
    by_day: &[f64],
) {
    let sign = if *highest { 1.0 } else { -1.0 };
    let run = |first: usize| (first..first + days).map(|day| day % by_day.len());
    let size = |first: usize| sign * run(first).map(|day| by_day[day]).sum::<f64>();
    let mut first = 0;
    for day in 1..by_day.len() {
        // sums of equal values in another order are equal but for rounding
        if size(day) > size(first) + 1e-12 * size(first).abs() {
            first = day;
        }
    }
    let which = if *highest { extreme::HIGHEST } else { extreme::LOWEST };
    if (0..by_day.len()).all(|day| size(day) >= size(first) - 1e-12 * size(first).abs()) {
        let message = format!("`{of}` is the same on all days: none is {which}");
        rd.fail(item, Diagnostic::error("no-extreme", message, item.place, ""));
        return;
    }
    let kept = &mut build.model.time.cutting.kept;
    kept.extend(run(first));
    kept.sort_unstable();
    kept.dedup();
    let shown = |day: usize| {
        let (month, of_month) = date_of(day % by_day.len());
        format!("{month:02}-{of_month:02}")
    };
    let (value, reason) = match days {
        1 => (shown(first), format!("the day on which `{of}` is {which}")),
        _ => (
            format!("{} to {}", shown(first), shown(first + days - 1)),
            format!("the {days} days in a row on which `{of}` is {which}"),
        ),
    };
    rd.default_used(item.path.clone(), value, reason);
}
