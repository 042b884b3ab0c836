//! Firm capacity that must stand by.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::policy::{Load, Reserve, ReserveRequirement};
use kzleap_model::units::{HOURS_PER_YEAR, PJ_PER_GWH};
use kzleap_model::{
    ByYear, CapacityIx, CommodityIx, Mode, Process, ProcessIx, RegionIx, Series, StorageIx,
};

use super::Build;
use super::declare::given;
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
        let follows = !item.has(reserve_margin::PEAK);
        let link_credit = rd.number(&item, reserve_margin::LINK_CREDIT, None);
        let load = Load { commodity, regions };
        let mut firm = plants(rd, build, &load, follows);
        if let Some(credit) = link_credit.filter(|credit| *credit > 0.0) {
            firm.members.extend(links(build, &load, credit));
        }
        let requirement = if follows {
            if !is_used(rd, build, &item, &load) {
                continue;
            }
            rd.default_used(
                item.path_of(reserve_margin::PEAK),
                "the load of the plan",
                "in each slice: demand, what processes use, and what leaves over links",
            );
            let Firm { available, storages, .. } = firm;
            let counts_arriving = !item.has(reserve_margin::LINK_CREDIT);
            ReserveRequirement::Load { load, margin, available, storages, counts_arriving }
        } else {
            let Some(peak) = rd.by_year(&item, reserve_margin::PEAK, None) else { continue };
            ReserveRequirement::Firm { load, peak, margin }
        };
        let (name, members) = (item.name.to_owned(), firm.members);
        build.model.reserves.push(Reserve { name, members, requirement });
    }
}

/// What counts as firm.
#[derive(Default)]
struct Firm {
    /// By a credit, with its firm share in GW.
    members: Vec<(CapacityIx, ByYear)>,
    /// By what can run in the slice, in GW.
    available: Vec<(CapacityIx, Series)>,
    /// By what the storage could give.
    storages: Vec<ProcessIx>,
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

/// Whether anybody needs or uses the commodity, so that there is a load to follow.
fn is_used(rd: &mut Reader<'_>, build: &Build, item: &Item<'_>, load: &Load) -> bool {
    let Build { model, .. } = build;
    let needed = model.demands.iter().any(|demand| {
        demand.commodity == load.commodity && load.regions.contains(&demand.region)
    });
    let used = model.processes.iter().any(|process| {
        let mut inputs = process.modes.iter().flat_map(|mode| &mode.inputs);
        load.regions.contains(&process.region) && inputs.any(|(of, _)| *of == load.commodity)
    });
    if needed || used || load.border(model).next().is_some() {
        return true;
    }
    let name = model.commodities[load.commodity].name.clone();
    if rd.failed.iter().any(|path| root::BRANCHES.key().leads(path)) || rd.may_lack(&name) {
        rd.fail_silently(item);
    } else {
        let message =
            format!("`{}` has no `peak`, and nothing needs or uses `{name}`", item.path);
        let diagnostic = Diagnostic::error("reserve-without-peak", message, item.place, "")
            .hint("give `peak` in GW, or check `commodity` and `regions`");
        rd.fail(item, diagnostic);
    }
    false
}

/// Processes that make the commodity, each with what counts of it.
fn plants(rd: &mut Reader<'_>, build: &Build, load: &Load, follows: bool) -> Firm {
    let gigawatt = PJ_PER_GWH * HOURS_PER_YEAR;
    let mut firm = Firm::default();
    for (ix, process) in build.model.processes.iter_ix() {
        let Some(capacity) = process.capacity else { continue };
        // what is shifted is in the load of the plan
        if !load.regions.contains(&process.region) || build.model.shifts(ix) {
            continue;
        }
        let most = process.most_output(load.commodity);
        if most <= 0.0 {
            continue;
        }
        let factor = most * process.capacity_to_activity / gigawatt;
        let credit = &build.capacity_credit[ix.get()];
        let path = || join(&build.process_paths[ix.get()], &process::CAPACITY_CREDIT.key());
        if !credit.is_empty() {
            let shares = credit.iter().map(|share| share * factor).collect();
            firm.members.push((capacity, shares));
        } else if follows && process.is_storage() {
            let why = "by what its content lasts for, beside the plan";
            rd.default_used(path(), "what it could give in each slice", why);
            firm.storages.push(ix);
            firm.storages.extend(charging(build, ix));
        } else if follows && process.availability.varies_by_slice() {
            // of vintages that differ, what all of them can do
            let rated = process.rated().into_iter().map(|rated| rated.availability.clone());
            let least = rated.reduce(|one, other| one.with(&other, f64::min));
            let available = least.unwrap_or(Series::Constant(0.0));
            let why = format!("it varies by slice{}", by_fuel(build, process));
            rd.default_used(path(), "its availability in each slice", why);
            firm.available.push((capacity, available.map(|share| share * factor)));
        } else {
            let fuel = if follows { by_fuel(build, process) } else { "" };
            let why = format!("all of its capacity counts as firm{fuel}");
            rd.default_used(path(), 1, why);
            firm.members.push((capacity, build.every_year(factor)));
        }
    }
    firm
}

/// What charges the storage that a process empties, where another process does.
fn charging(build: &Build, empties: ProcessIx) -> impl Iterator<Item = ProcessIx> {
    let of = |list: fn(&Mode) -> &Vec<(StorageIx, f64)>, p: &Process| -> Vec<StorageIx> {
        p.modes.iter().flat_map(list).map(|(storage, _)| *storage).collect()
    };
    let model = &build.model;
    let emptied = of(|mode| &mode.discharges, &model.processes[empties]);
    let charges =
        move |p: &Process| of(|mode| &mode.charges, p).iter().any(|z| emptied.contains(z));
    let all = model.processes.iter_ix();
    all.filter(move |(p, process)| *p != empties && charges(process)).map(|(p, _)| p)
}

/// What else bounds it, where its fuel is not in store.
fn by_fuel(build: &Build, process: &Process) -> &'static str {
    let mut inputs = process.modes.iter().flat_map(|mode| &mode.inputs);
    if inputs.any(|(c, _)| build.model.commodities[*c].is_delivered()) {
        ", as far as its fuel can be delivered"
    } else {
        ""
    }
}

/// Capacities of links into the regions from outside.
fn links(build: &Build, load: &Load, credit: f64) -> Vec<(CapacityIx, ByYear)> {
    let inside = |region: RegionIx| load.regions.contains(&region);
    build
        .model
        .links
        .iter()
        .filter(|link| link.commodity == load.commodity)
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
