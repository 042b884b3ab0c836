//! Demand by slice, and demand that may be met at any time of the year.

use kzleap_model::Demand;

use super::series::by_slice_and_year;
use super::{Making, commodity, region};
use crate::data::Data;
use crate::parameters::{P, SetId};

/// Adds the demands: one with a profile where demand is specified by slice; a second without,
/// for what the accumulated demand asks beyond that (OSeMOSYS sets all production over the
/// year against the accumulated demand alone).
pub(super) fn add(making: &mut Making<'_>) {
    let data = making.data;
    for r in 0..data.count(SetId::Region) {
        for f in 0..data.count(SetId::Fuel) {
            let stated = data.along(P::SpecifiedAnnualDemand, &[r, f]);
            let mut needed = vec![0.0; stated.len()];
            if stated.iter().any(|demand| *demand > 0.0) {
                let mut shares: Vec<Vec<f64>> = (0..data.count(SetId::Timeslice))
                    .map(|l| data.along(P::SpecifiedDemandProfile, &[r, f, l]))
                    .collect();
                for (y, stated) in stated.iter().enumerate() {
                    // a profile that does not add up to 1 is taken as written
                    let sum: f64 = shares.iter().map(|row| row[y]).sum();
                    needed[y] = stated * sum;
                    for row in &mut shares {
                        row[y] = if sum > 0.0 { row[y] / sum } else { 0.0 };
                    }
                }
                if needed.iter().any(|demand| *demand > 0.0) {
                    let profile = Some(by_slice_and_year(&shares));
                    let annual = needed.clone();
                    making.model.demands.push(Demand::new(
                        region(r),
                        commodity(f),
                        annual,
                        profile,
                    ));
                }
            }
            let at_any_time: Vec<f64> = data
                .along(P::AccumulatedAnnualDemand, &[r, f])
                .into_iter()
                .zip(&needed)
                .map(|(accumulated, needed)| (accumulated - needed).max(0.0))
                .collect();
            if at_any_time.iter().any(|demand| *demand > 0.0) {
                let (r, f) = (region(r), commodity(f));
                making.model.demands.push(Demand::new(r, f, at_any_time, None));
            }
        }
    }
}

/// Demand that is tied to slices, over a year.
pub(super) fn specified(data: &Data, r: usize, f: usize, y: usize) -> f64 {
    let shares = (0..data.count(SetId::Timeslice))
        .map(|l| data.get(P::SpecifiedDemandProfile, &[r, f, l, y]));
    data.get(P::SpecifiedAnnualDemand, &[r, f, y]) * shares.sum::<f64>()
}
