//! Demands that nothing can serve in their region, and processes that lack an input there.

use std::collections::BTreeSet;

use kzleap_diagnostics::Diagnostic;
use kzleap_model::{CommodityIx, Demand, Process, ProcessIx, RegionIx, YearIx};

use super::Check;
use super::network::Network;

/// What can be had where.
pub(super) type Reach = BTreeSet<(CommodityIx, RegionIx)>;

pub(super) fn check(check: &mut Check<'_, '_>) {
    let demands = check.model().demands.clone();
    let mut reported = BTreeSet::new();
    let mut blamed = BTreeSet::new();
    let mut ever = Reach::new();
    let years: Vec<YearIx> = check.model().time.years.ixs().collect();
    for year in years {
        let reach = reach(check, year);
        for demand in &demands {
            let key = (demand.commodity, demand.region);
            let is_needed = check.model().must_be_served(demand, year) > 0.0;
            if is_needed && !reach.contains(&key) && reported.insert(key) {
                blamed.extend(unserved(check, demand, year, &reach));
            }
        }
        ever.extend(reach);
    }
    idle(check, &ever, &blamed);
}

/// Everything that can be had in a year: from processes that can run, over links that can carry, and
/// from what makes more of its own inputs than it uses.
fn reach(check: &Check<'_, '_>, year: YearIx) -> Reach {
    let model = check.model();
    let mut reach = Reach::new();
    for commodity in model.commodities.ixs() {
        if check.open.may_make(check.build, commodity) {
            reach.extend(model.regions.ixs().map(|region| (commodity, region)));
        }
    }
    let network = Network::new(model, year);
    network.spread(&mut reach);
    while let Some(more) = network.feeds_itself(&reach) {
        reach = more;
    }
    reach
}

/// Returns the process that should have served it.
fn unserved(
    check: &mut Check<'_, '_>,
    demand: &Demand,
    year: YearIx,
    reach: &Reach,
) -> Option<ProcessIx> {
    let model = check.model();
    let name = &model.commodities[demand.commodity].name;
    let region = check.region_name(demand.region);
    let year_name = check.year(year.get());
    let message =
        format!("nothing can serve the demand for `{name}` in `{region}` in {year_name}");
    let path = (model.demands.iter().zip(&check.build.demand_paths))
        .find(|(other, _)| other.region == demand.region && other.commodity == demand.commodity)
        .map_or("", |(_, path)| path);
    let place = check.item_place(path);
    let maker = model.processes.iter_ix().find(|(_, process)| {
        process.region == demand.region
            && !process.is_storage()
            && process
                .modes
                .iter()
                .any(|mode| mode.outputs.iter().any(|(c, _)| *c == demand.commodity))
    });
    let mut diagnostic = Diagnostic::error("demand-cannot-be-served", message, place, "");
    match maker {
        Some((ix, process)) => {
            let path = check.path_of(ix);
            let (label, hint) = why_not(check, process, &path, reach, year);
            diagnostic = diagnostic.also(check.item_place(&path), label).hint(hint);
        }
        None => {
            diagnostic = diagnostic.hint(format!(
                "no process makes `{name}` in `{region}` and no link brings it: add one, or check \
                 `regions`"
            ));
        }
    }
    let blamed = maker.map(|(ix, _)| ix);
    check.report(diagnostic);
    blamed
}

/// Why a process that makes the right thing does not run.
fn why_not(
    check: &Check<'_, '_>,
    process: &Process,
    path: &str,
    reach: &Reach,
    year: YearIx,
) -> (String, String) {
    let model = check.model();
    let lacking = process
        .modes
        .iter()
        .flat_map(|mode| &mode.inputs)
        .find(|(c, _)| !reach.contains(&(*c, process.region)));
    let region = check.region_name(process.region);
    if let Some((commodity, _)) = lacking {
        let input = &model.commodities[*commodity].name;
        return (
            format!("makes it, but lacks `{input}`"),
            format!("supply `{input}` in `{region}`: a resource, an import or a link"),
        );
    }
    (
        format!("makes it, but has no capacity in {}", check.year(year.get())),
        format!(
            "give `{path}` a `residual_capacity` or `capital_cost`, or look at its limits on \
             capacity"
        ),
    )
}

/// Processes that never run, since what they use never gets there.
fn idle(check: &mut Check<'_, '_>, ever: &Reach, blamed: &BTreeSet<ProcessIx>) {
    let model = check.model();
    let idle: Vec<(ProcessIx, CommodityIx)> = model
        .processes
        .iter_ix()
        .filter(|(ix, process)| !process.is_storage() && !blamed.contains(ix))
        .filter_map(|(ix, process)| {
            let lacking = |(c, _): &&(CommodityIx, kzleap_model::Series)| {
                !ever.contains(&(*c, process.region))
            };
            let mut missing = None;
            for mode in &process.modes {
                missing = Some(mode.inputs.iter().find(lacking)?.0);
            }
            Some((ix, missing?))
        })
        .collect();
    // when nothing at all makes the commodity, that has been said already
    for (ix, commodity) in idle {
        let made_somewhere = ever.iter().any(|(c, _)| *c == commodity);
        if !made_somewhere {
            continue;
        }
        let process = &check.model().processes[ix];
        let path = check.path_of(ix);
        let input = &check.model().commodities[commodity].name;
        let region = check.region_name(process.region);
        let message =
            format!("`{path}` never runs in `{region}`: `{input}` does not get there");
        let hint =
            format!("supply `{input}` in `{region}`, or leave the region out of `regions`");
        let place = check.item_place(&path);
        check.report(
            Diagnostic::warning("input-does-not-get-there", message, place, "").hint(hint),
        );
    }
}
