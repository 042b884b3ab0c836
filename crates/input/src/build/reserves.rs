//! Firm capacity that must stand by.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::policy::{Reserve, ReserveRequirement};
use kzleap_model::units::{HOURS_PER_YEAR, PJ_PER_GWH};
use kzleap_model::{ByYear, CapacityIx, CommodityIx, RegionIx, SliceIx, YearIx};

use super::Build;
use super::declare::given;
use crate::numbers::shown;
use crate::reader::{Item, Reader};
use crate::registry::{process, reserve_margin, root};
use crate::tree::join;

/// Reads every reserve margin.
pub(super) fn read(rd: &mut Reader<'_>, build: &mut Build) {
    for item in rd.items(root::RESERVE_MARGINS) {
        given(rd, &item, reserve_margin::LABEL);
        let regions = build.regions_of(rd, &item, reserve_margin::REGIONS);
        let commodity =
            rd.name(&item, reserve_margin::COMMODITY).map(|(at, _)| CommodityIx::new(at));
        let margin = rd.by_year(&item, reserve_margin::MARGIN, None);
        if !is_energy(rd, build, &item, commodity) {
            continue;
        }
        let (Some(commodity), Some(margin)) = (commodity, margin) else { continue };
        let peak = if item.has(reserve_margin::PEAK) {
            rd.by_year(&item, reserve_margin::PEAK, None)
        } else {
            peak(rd, build, &item, commodity, &regions)
        };
        let Some(peak) = peak else { continue };
        let link_credit = rd.number(&item, reserve_margin::LINK_CREDIT, None).unwrap_or(0.0);
        let mut members = plants(rd, build, commodity, &regions);
        if link_credit > 0.0 {
            members.extend(links(build, commodity, &regions, link_credit));
        }
        build.model.reserves.push(Reserve {
            name: item.name.to_owned(),
            members,
            requirement: ReserveRequirement::Firm { peak, margin },
        });
    }
}

/// Whether a margin is on energy, whose peak is in GW.
fn is_energy(
    rd: &mut Reader<'_>,
    build: &Build,
    item: &Item<'_>,
    commodity: Option<CommodityIx>,
) -> bool {
    let commodity = commodity.map(|commodity| &build.model.commodities[commodity]);
    let Some(commodity) = commodity.filter(|commodity| !commodity.is_energy()) else {
        return true;
    };
    let message = format!(
        "`{}` asks for firm GW, but `{}` is in {}",
        item.path,
        commodity.name,
        commodity.unit()
    );
    let diagnostic = Diagnostic::error(
        "wrong-unit",
        message,
        item.value_place(reserve_margin::COMMODITY),
        "",
    )
    .hint("only energy has a peak: ask for capacity of others in `[capacity_limits]`");
    rd.fail(item, diagnostic);
    false
}

/// The largest demand rate over the slices, GW.
fn peak<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    item: &Item<'a>,
    commodity: CommodityIx,
    regions: &[RegionIx],
) -> Option<ByYear> {
    let demands: Vec<_> = build
        .model
        .demands
        .iter()
        .filter(|demand| demand.commodity == commodity && regions.contains(&demand.region))
        .collect();
    if demands.is_empty() {
        let name = build.model.commodities[commodity].name.clone();
        if rd.failed.iter().any(|path| root::BRANCHES.key().leads(path)) || rd.may_lack(&name) {
            rd.fail_silently(item);
        } else {
            let message = format!("`{}` has no `peak`, and `{name}` no demand", item.path);
            let diagnostic = Diagnostic::error("reserve-without-peak", message, item.place, "")
                .hint("give `peak` in GW: processes that use it have no peak known beforehand");
            rd.fail(item, diagnostic);
        }
        return None;
    }
    let time = &build.model.time;
    let rate = |s: usize, y: usize| -> f64 {
        demands
            .iter()
            .map(|demand| {
                let annual = demand.annual[y];
                let (share, hours) = match &demand.profile {
                    Some(profile) => (
                        profile.at(SliceIx::new(s), YearIx::new(y)),
                        time.hours(SliceIx::new(s), YearIx::new(y)),
                    ),
                    // at any time of the year: taken as even
                    None => (1.0, HOURS_PER_YEAR),
                };
                annual * share / (hours * PJ_PER_GWH)
            })
            .sum()
    };
    let peak: ByYear = (0..time.years.len())
        .map(|y| (0..time.slices.len()).map(|s| rate(s, y)).fold(0.0, f64::max))
        .collect();
    let text: Vec<String> = peak.iter().map(|value| shown(*value)).collect();
    rd.default_used(
        item.path_of(reserve_margin::PEAK),
        format!("{} GW", text.join(", ")),
        "the largest demand rate over the slices, by milestone year",
    );
    Some(peak)
}

/// Capacities of processes that make the commodity, each with its firm share in GW.
fn plants(
    rd: &mut Reader<'_>,
    build: &Build,
    commodity: CommodityIx,
    regions: &[RegionIx],
) -> Vec<(CapacityIx, ByYear)> {
    let gigawatt = PJ_PER_GWH * HOURS_PER_YEAR;
    let mut members = Vec::new();
    for (ix, process) in build.model.processes.iter_ix() {
        let Some(capacity) = process.capacity else { continue };
        if !regions.contains(&process.region) {
            continue;
        }
        // what one unit of capacity can make of it in its best mode
        let most = process
            .modes
            .iter()
            .flat_map(|mode| {
                mode.outputs
                    .iter()
                    .filter(|(output, _)| *output == commodity)
                    .map(|(_, ratio)| ratio.range().1 / mode.capacity_use)
            })
            .fold(0.0, f64::max);
        if most <= 0.0 {
            continue;
        }
        let credit = &build.capacity_credit[ix.get()];
        let credit = if credit.is_empty() {
            let path = join(&build.process_paths[ix.get()], &process::CAPACITY_CREDIT.key());
            rd.default_used(path, 1, "all of its capacity counts as firm");
            build.every_year(1.0)
        } else {
            credit.clone()
        };
        let factor = most * process.capacity_to_activity / gigawatt;
        members.push((capacity, credit.iter().map(|share| share * factor).collect()));
    }
    members
}

/// Capacities of links into the regions from outside.
fn links(
    build: &Build,
    commodity: CommodityIx,
    regions: &[RegionIx],
    credit: f64,
) -> Vec<(CapacityIx, ByYear)> {
    let inside = |region: RegionIx| regions.contains(&region);
    build
        .model
        .links
        .iter()
        .filter(|link| link.commodity == commodity)
        .filter(|link| {
            let comes = inside(link.to) && !inside(link.from);
            let returns = inside(link.from) && !inside(link.to);
            comes || (returns && !link.reverse_availability.is_zero())
        })
        .filter_map(|link| {
            let factor = credit * (1.0 - link.loss) * link.capacity_to_activity
                / (PJ_PER_GWH * HOURS_PER_YEAR);
            Some((link.capacity?, build.every_year(factor)))
        })
        .collect()
}
