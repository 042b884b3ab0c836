//! Fuels without an emission factor where that emission is limited or priced.

use std::collections::BTreeSet;

use kzleap_diagnostics::Diagnostic;
use kzleap_model::{CommodityIx, EmissionIx, Mode, Process, RegionIx, Series};

use super::Check;
use crate::registry::root;

/// Boilers give back less of the heat of a fuel than this; what only passes energy on gives more.
const MOST_BY_BURNING: f64 = 0.97;

pub(super) fn check(check: &mut Check<'_, '_>) {
    let unread = [
        root::COMMODITIES,
        root::PROCESSES,
        root::RESOURCES,
        root::EMISSIONS,
        root::EMISSION_CAPS,
    ];
    if check.open.flows_unknown() || unread.iter().any(|part| check.open.may_hold(*part)) {
        return;
    }
    let mut reported = BTreeSet::new();
    for emission in check.model().emissions.ixs() {
        let regions = counted_in(check, emission);
        let burnt: Vec<CommodityIx> = check
            .model()
            .commodities
            .ixs()
            .filter(|c| {
                is_bought(check, *c, emission) && is_burnt(check, *c, emission, &regions)
            })
            .collect();
        let bears_some = |c: &CommodityIx| {
            factors(check, *c).any(|(e, most)| e == emission.get() && most > 0.0)
        };
        if !burnt.iter().any(bears_some) {
            continue;
        }
        // what states that it has none of another emission may well have none of this one
        let doubtful: Vec<CommodityIx> = burnt
            .into_iter()
            .filter(|c| {
                let mut stated = factors(check, *c).peekable();
                let some = stated.peek().is_none() || factors(check, *c).any(|(_, f)| f > 0.0);
                some && !stated.any(|(e, _)| e == emission.get())
            })
            .collect();
        for commodity in doubtful {
            if reported.insert(commodity) {
                report(check, commodity, emission);
            }
        }
    }
}

/// Emissions that a commodity states in any region, with the most of each.
fn factors<'c>(
    check: &Check<'c, '_>,
    commodity: CommodityIx,
) -> impl Iterator<Item = (usize, f64)> + 'c {
    let (model, build) = (check.model(), check.build);
    let stated = model.regions.ixs().flat_map(move |r| build.factors_of(commodity, r));
    stated.map(|(emission, factor)| (*emission, factor.range().1))
}

/// Regions where an emission has a cap or a price.
fn counted_in(check: &Check<'_, '_>, emission: EmissionIx) -> BTreeSet<RegionIx> {
    let model = check.model();
    let terms = model.counted_terms();
    let capped = terms.filter(|term| term.emission == emission).flat_map(|term| &term.regions);
    let years = || model.time.years.ixs();
    let priced = model.regions.ixs().filter(|region| {
        years().any(|year| model.emission_price(emission, *region, year) > 0.0)
    });
    capped.copied().chain(priced).collect()
}

/// Whether energy comes into the model at a price, without an emission of its own: so do fuels,
/// and not wind, water or what is made of something else.
fn is_bought(check: &Check<'_, '_>, commodity: CommodityIx, emission: EmissionIx) -> bool {
    let model = check.model();
    if !model.commodities[commodity].is_energy() {
        return false;
    }
    let makers: Vec<&Mode> = (check.makers(commodity))
        .flat_map(|(_, process)| &process.modes)
        .filter(|mode| mode.outputs.iter().any(|(c, _)| *c == commodity))
        .collect();
    makers.iter().any(|mode| mode.variable_cost.range().1 > 0.0)
        && makers.iter().all(|mode| mode.inputs.is_empty() && !states(mode, emission))
}

fn states(mode: &Mode, emission: EmissionIx) -> bool {
    mode.emissions.iter().any(|(e, _)| *e == emission)
}

/// Whether a process in one of the regions burns it. Burning loses energy; where the product is
/// no energy, such as a distance, what has a heat value is taken as a fuel. What is made into
/// something that emits is not burnt, and what emits by a figure of its own is counted there.
fn is_burnt(
    check: &Check<'_, '_>,
    commodity: CommodityIx,
    emission: EmissionIx,
    regions: &BTreeSet<RegionIx>,
) -> bool {
    let model = check.model();
    let energy = |flows: &[(CommodityIx, Series)]| -> f64 {
        let flows = flows.iter().filter(|(c, _)| model.commodities[*c].is_energy());
        flows.map(|(_, ratio)| ratio.range().1).sum()
    };
    let emits_on =
        |(c, _): &(CommodityIx, Series)| factors(check, *c).any(|(_, most)| most > 0.0);
    let states_factor = factors(check, commodity).any(|(e, _)| e == emission.get());
    let borne = |mode: &Mode, e: EmissionIx| {
        mode.inputs.iter().any(|(c, _)| factors(check, *c).any(|(of_it, _)| of_it == e.get()))
    };
    let states_its_own = |mode: &Mode| mode.emissions.iter().any(|(e, _)| !borne(mode, *e));
    let burns = |process: &Process, mode: &Mode| {
        let made = energy(&mode.outputs);
        let loses = made > 0.0 && made < MOST_BY_BURNING * energy(&mode.inputs);
        let serves = made <= 0.0 && model.commodities[commodity].heat_value.is_some();
        check.build.burns(process, mode)
            && mode.inputs.iter().any(|(c, _)| *c == commodity)
            && (loses || serves)
            && !mode.outputs.iter().any(emits_on)
            && (states_factor || !states_its_own(mode))
    };
    check.users(commodity).any(|(_, process)| {
        !process.is_storage()
            && regions.contains(&process.region)
            && process.modes.iter().any(|mode| burns(process, mode))
    })
}

fn report(check: &mut Check<'_, '_>, commodity: CommodityIx, emission: EmissionIx) {
    let model = check.model();
    let (fuel, emission) =
        (&model.commodities[commodity].name, &model.emissions[emission].name);
    let message = format!(
        "`{fuel}` is used as a fuel and states no `{emission}`, which has a cap or a price here: \
         it counts as none"
    );
    let place = check.item_place(&root::COMMODITIES.key().path(fuel));
    check.report(Diagnostic::warning("no-emission-factor", message, place, "").hint(format!(
        "give its factor, or say that it has none: `emissions = {{ {emission} = 0 }}`"
    )));
}
