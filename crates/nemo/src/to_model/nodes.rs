//! Nodes, and which fuels are balanced at them.

use kzleap_model::network::Nodal;

use super::{Making, commodity, node_region, region};
use crate::data::Data;
use crate::parameters::{Dimension, P};
use crate::periods::Period;

/// How each fuel of each region is transmitted between nodes, by year of the group.
pub(super) fn nodal_fuels(data: &Data, period: &Period) -> Vec<Vec<Option<u8>>> {
    let (regions, fuels) = (data.count(Dimension::Region), data.count(Dimension::Fuel));
    let mut all = Vec::new();
    for r in 0..regions {
        for f in 0..fuels {
            all.push(period.years.iter().map(|y| data.transmission_type(r, f, *y)).collect());
        }
    }
    all
}

/// Adds nodes and nodal balances.
pub(super) fn add(making: &mut Making<'_>) {
    let data = making.data;
    for (n, r) in data.node_region.iter().enumerate() {
        making.model.network.nodes.push((node_region(data, n), region(*r)));
    }
    for (r, f) in making.in_regions(Dimension::Fuel) {
        let years: Vec<bool> = (0..making.period.years.len())
            .map(|at| making.map.nodal(data, r, f, at).is_some())
            .collect();
        if !years.contains(&true) {
            continue;
        }
        if data.get(P::TransmissionCapacityToActivityUnit, &[r, f]).is_none() {
            let (region, fuel) =
                (making.name(Dimension::Region, r), making.name(Dimension::Fuel, f));
            making.warn(
                "no-transmission-unit",
                format!("transmission of `{fuel}` in region `{region}` has no `TransmissionCapacityToActivityUnit`; its lines carry nothing"),
                "0.031536 makes PJ a year of MW",
            );
        }
        let uses = data
            .nodes_of(r)
            .map(|n| {
                let share = making.period.years.iter().zip(&years).map(|(y, nodal)| {
                    if *nodal {
                        data.or_zero(P::NodalDistributionDemand, &[n, f, *y])
                    } else {
                        0.0
                    }
                });
                (node_region(data, n), share.collect())
            })
            .collect();
        let nodal = Nodal { region: region(r), commodity: commodity(f), years, uses };
        making.model.network.nodal.push(nodal);
    }
}
