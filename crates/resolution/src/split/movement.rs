//! How commodities move between the parts of a region: freely, by way of its hub.

use kzleap_model::{
    CommodityIx, Link, Model, OwnerShare, Process, RegionIx, RegionSplit, Series,
};

use super::parts::{Parts, Piece};

/// Adds a link without loss, cost or limit between the hub of each region and each other part,
/// for every commodity that may have to move, in the directions in which it may.
pub(super) fn add(model: &Model, parts: &Parts<'_>, split: &RegionSplit, result: &mut Model) {
    for old in model.regions.ixs().filter(|old| parts.is_split(*old)) {
        for c in model.commodities.ixs().filter(|c| !split.local.contains(c)) {
            let pieces = parts.of(old);
            if is_in_step(model, split, pieces, old, c) {
                continue;
            }
            let ends: Vec<End> =
                pieces.iter().map(|piece| End::of(result, piece.region, c)).collect();
            if ends.iter().filter(|end| end.gives || end.takes).count() < 2 {
                continue;
            }
            for (piece, end) in pieces.iter().zip(&ends).skip(1) {
                if end.gives || end.takes {
                    let link = free(result, parts.hub(old), piece.region, c, *end);
                    result.links.push(link);
                }
            }
        }
    }
}

/// What a part may do with a commodity.
#[derive(Clone, Copy)]
struct End {
    gives: bool,
    takes: bool,
}

impl End {
    fn of(model: &Model, region: RegionIx, commodity: CommodityIx) -> Self {
        let mut end = Self { gives: false, takes: false };
        for process in model.processes.iter().filter(|process| process.region == region) {
            end.gives |= makes(process, commodity);
            end.takes |= uses(process, commodity);
        }
        let is_ours = |link: &Link| link.commodity == commodity;
        for link in model.links.iter().filter(|link| is_ours(link)) {
            let touches = link.from == region || link.to == region;
            end.gives |= touches;
            end.takes |= touches;
        }
        let demanded = |region: RegionIx| {
            let ours = |demand: &&kzleap_model::Demand| {
                (demand.region, demand.commodity) == (region, commodity)
            };
            model.demands.iter().any(|demand| ours(&demand))
        };
        end.takes |= demanded(region);
        end
    }
}

fn makes(process: &Process, commodity: CommodityIx) -> bool {
    process.modes.iter().any(|mode| mode.outputs.iter().any(|(c, _)| *c == commodity))
}

fn uses(process: &Process, commodity: CommodityIx) -> bool {
    process.modes.iter().any(|mode| mode.inputs.iter().any(|(c, _)| *c == commodity))
}

/// Whether all that makes, uses and needs a commodity is shared out alike, and exchanges the rest
/// freely: then each part can make just what it uses, and nothing is gained by moving it.
fn is_in_step(
    model: &Model,
    split: &RegionSplit,
    pieces: &[Piece<'_>],
    old: RegionIx,
    c: CommodityIx,
) -> bool {
    let moves = |link: &Link| link.commodity == c && (link.from == old || link.to == old);
    if model.links.iter().any(moves) {
        return false;
    }
    let here = |p: &&Process| p.region == old && (makes(p, c) || uses(p, c));
    let processes: Vec<&Process> = model.processes.iter().filter(here).collect();
    let in_whole_units = |process: &&Process| {
        let storages = process.modes.iter().flat_map(|mode| mode.charges.iter());
        let of_storages = storages.map(|(z, _)| model.storages[*z].capacity);
        let mut capacities = process.capacity.into_iter().chain(of_storages);
        capacities.any(|k| {
            let investment = model.capacities[k].investment.as_ref();
            investment.is_some_and(|investment| investment.unit_size.is_some())
        })
    };
    let is_bound = |process: &&Process| {
        split.local.iter().any(|c| makes(process, *c) || uses(process, *c))
    };
    if processes.iter().any(|process| is_bound(process) || in_whole_units(process)) {
        return false;
    }
    let demanded = model.demands.iter().any(|d| (d.region, d.commodity) == (old, c));
    pieces.iter().all(|piece| {
        let demand = demanded
            .then(|| piece.demand(c))
            .map(|share| OwnerShare { limits: share, residual: share });
        let owners = processes.iter().map(|process| piece.owner(&process.name));
        let mut shares = demand.into_iter().chain(owners);
        let Some(first) = shares.next() else { return true };
        let one_share = OwnerShare { residual: first.limits, ..first };
        first == one_share && shares.all(|share| share == first)
    })
}

fn free(
    model: &Model,
    hub: RegionIx,
    part: RegionIx,
    commodity: CommodityIx,
    end: End,
) -> Link {
    let open = |is: bool| Series::Constant(if is { 1.0 } else { 0.0 });
    Link {
        name: format!("{}@{}", model.commodities[commodity].name, model.regions[part].name),
        from: hub,
        to: part,
        commodity,
        capacity: None,
        capacity_to_activity: 1.0,
        availability: open(end.takes),
        reverse_availability: open(end.gives),
        loss: 0.0,
        variable_cost: Series::Constant(0.0),
        emissions: Vec::new(),
    }
}
