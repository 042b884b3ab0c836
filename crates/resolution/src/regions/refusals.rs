//! What keeps regions from being aggregated.

use kzleap_diagnostics::{Diagnostic, Diagnostics};
use kzleap_model::policy::ReserveRequirement;
use kzleap_model::user_rows::Quantity;
use kzleap_model::{EmissionIx, Model, RegionGroup, RegionIx, YearIx};

use super::places::Places;
use super::rules::twins;

/// Finds everything said of whole regions in which the members of a group differ.
pub(super) fn check(
    model: &Model,
    groups: &[RegionGroup],
    places: &Places,
) -> Result<(), Diagnostics> {
    let mut found = Diagnostics::default();
    for group in groups.iter().filter(|group| group.members.len() > 1) {
        let mut refuse = |what: String, hint: &str| {
            let message = format!("the regions of `{}` cannot be one: {what}", group.name);
            found.push(Diagnostic::error_overall("not-merged", message).hint(hint));
        };
        rates(model, group, &mut refuse);
        prices(model, group, &mut refuse);
        caps(model, group, &mut refuse);
        constraints(model, group, &mut refuse);
        reserves(model, places, group, &mut refuse);
        lines(model, group, &mut refuse);
    }
    if found.has_errors() { Err(found) } else { Ok(()) }
}

/// Two members that differ, with the first of them before.
fn differ<T: PartialEq>(
    group: &RegionGroup,
    of: impl Fn(RegionIx) -> T,
) -> Option<(RegionIx, RegionIx)> {
    let (first, others) = group.members.split_first()?;
    others.iter().find(|other| of(**other) != of(*first)).map(|other| (*first, *other))
}

fn rates(model: &Model, group: &RegionGroup, refuse: &mut impl FnMut(String, &str)) {
    let rate = |region: RegionIx| model.finance.discount_rate[region.get()];
    if let Some((one, other)) = differ(group, rate) {
        refuse(
            format!("their discount rates are {} and {}", rate(one), rate(other)),
            "give them one `discount_rate`, or choose a level that keeps them apart",
        );
    }
}

fn prices(model: &Model, group: &RegionGroup, refuse: &mut impl FnMut(String, &str)) {
    for (e, emission) in model.emissions.iter_ix() {
        let price = |region: RegionIx| -> Vec<f64> {
            model.time.years.ixs().map(|y| model.emission_price(e, region, y)).collect()
        };
        if let Some((one, other)) = differ(group, price) {
            refuse(
                format!(
                    "the price of {} differs between {} and {}",
                    emission.name, model.regions[one].name, model.regions[other].name
                ),
                "give them one price, or choose a level that keeps them apart",
            );
        }
    }
}

fn caps(model: &Model, group: &RegionGroup, refuse: &mut impl FnMut(String, &str)) {
    let caps = model.emission_caps.iter().map(|cap| ("cap", &cap.name, &cap.terms));
    let schemes = model.trading.iter().map(|scheme| ("scheme", &scheme.name, &scheme.terms));
    for (rule, name, terms) in caps.chain(schemes) {
        for term in terms {
            let counts = |region: RegionIx| term.regions.contains(&region);
            if let Some((one, other)) = differ(group, counts) {
                let (counted, not) = if counts(one) { (one, other) } else { (other, one) };
                refuse(
                    format!(
                        "the {rule} `{name}` counts the emissions of {}, but not of {}",
                        model.regions[counted].name, model.regions[not].name
                    ),
                    "count all of them, or choose a level that keeps them apart",
                );
                break;
            }
        }
    }
}

/// What a constraint counts of the emissions of one region it must count of the others.
fn constraints(model: &Model, group: &RegionGroup, refuse: &mut impl FnMut(String, &str)) {
    for row in &model.user_rows {
        let counts = |region: RegionIx| -> Vec<(EmissionIx, YearIx, f64)> {
            let of_region = row.all_terms().filter_map(|term| match term.quantity {
                Quantity::Emissions(e, r) if r == region => {
                    Some((e, term.year, term.plain_weight()))
                }
                _ => None,
            });
            of_region.collect()
        };
        if let Some((one, other)) = differ(group, counts) {
            refuse(
                format!(
                    "the constraint `{}` counts the emissions of {} and of {} differently",
                    row.name, model.regions[one].name, model.regions[other].name
                ),
                "count them alike, or choose a level that keeps them apart",
            );
        }
    }
}

/// The load of some of the regions of a group cannot be separated from that of the others.
fn reserves(
    model: &Model,
    places: &Places,
    group: &RegionGroup,
    refuse: &mut impl FnMut(String, &str),
) {
    let leaders = twins(model, places);
    for (at, reserve) in model.reserves.iter().enumerate().filter(|(at, _)| leaders[*at] == *at)
    {
        let follow = model.reserves.iter().zip(&leaders).filter(|(_, leader)| **leader == at);
        let regions: Vec<RegionIx> = follow
            .flat_map(|(reserve, _)| match &reserve.requirement {
                ReserveRequirement::Load { load, .. } => load.regions.clone(),
                _ => Vec::new(),
            })
            .collect();
        if let Some((one, other)) = differ(group, |region| regions.contains(&region)) {
            let (counted, not) =
                if regions.contains(&one) { (one, other) } else { (other, one) };
            refuse(
                format!(
                    "the reserve margin `{}` follows the load of {}, but not of {}",
                    reserve.name, model.regions[counted].name, model.regions[not].name
                ),
                "give its `peak`, or each of them a reserve with the same margin",
            );
        }
    }
}

fn lines(model: &Model, group: &RegionGroup, refuse: &mut impl FnMut(String, &str)) {
    let touches = |region: &RegionIx| group.members.contains(region);
    for line in &model.network.lines {
        let link = &model.links[line.link];
        if touches(&link.from) || touches(&link.to) {
            refuse(
                format!("`{}` carries what the voltage angles at both ends say", link.name),
                "leave out its `reactance`, or choose a level that keeps them apart",
            );
        }
    }
}
