//! What is needed, in regions and at nodes.

use kzleap_model::{Demand, RegionIx};

use super::{Making, commodity, node_region, region};
use crate::parameters::{Dimension, P};

/// Adds every demand.
pub(super) fn add(making: &mut Making<'_>) {
    let data = making.data;
    for (r, f) in making.in_regions(Dimension::Fuel) {
        let nodal: Vec<bool> = (0..making.period.years.len())
            .map(|at| making.map.nodal(data, r, f, at).is_some())
            .collect();
        let part = |wanted: bool, share: &dyn Fn(usize) -> f64| -> Vec<f64> {
            (making.period.years.iter().zip(&nodal))
                .map(|(y, nodal)| if *nodal == wanted { share(*y) } else { 0.0 })
                .collect()
        };
        let mut places = vec![(region(r), part(false, &|_| 1.0))];
        if nodal.contains(&true) {
            for n in data.nodes_of(r) {
                let share = |y| data.or_zero(P::NodalDistributionDemand, &[n, f, y]);
                places.push((node_region(data, n), part(true, &share)));
            }
        }
        for (place, shares) in places {
            add_at(making, (r, f), place, &shares);
        }
    }
}

fn add_at(making: &mut Making<'_>, (r, f): (usize, usize), place: RegionIx, shares: &[f64]) {
    let data = making.data;
    let of = |p: P| -> Vec<f64> {
        let years = making.period.years.iter().zip(shares);
        years.map(|(y, share)| share * data.or_zero(p, &[r, f, *y])).collect()
    };
    let (specified, accumulated) =
        (of(P::SpecifiedAnnualDemand), of(P::AccumulatedAnnualDemand));
    let some = |values: &[f64]| values.iter().any(|value| *value != 0.0);
    if some(&specified) {
        let profile = data.timesliced[f].then(|| {
            making.series(|l, y| data.or_zero(P::SpecifiedDemandProfile, &[r, f, l, y]))
        });
        making.model.demands.push(Demand::new(place, commodity(f), specified, profile));
    }
    if some(&accumulated) {
        making.model.demands.push(Demand::new(place, commodity(f), accumulated, None));
    }
}
