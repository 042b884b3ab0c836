//! Firm capacity that is required, and that there is.

use std::collections::BTreeSet;

use kzleap_model::SliceIx;
use kzleap_model::policy::{Reserve, ReserveRequirement};
use ndarray::Array2;

use crate::Accounts;
use crate::flows::Side;

impl Accounts<'_> {
    /// What a reserve needs by milestone year, in the unit of its members; the highest rate of the
    /// slices where it follows production.
    pub fn reserve_required(&self, reserve: &Reserve) -> Vec<f64> {
        let time = &self.model.time;
        let ReserveRequirement::Production { outputs, factor } = &reserve.requirement else {
            return time.years.ixs().filter_map(|y| reserve.requirement.needed(y)).collect();
        };
        let mut made = Array2::<f64>::zeros((time.slices.len(), time.years.len()));
        let outputs: BTreeSet<_> = outputs.iter().copied().collect();
        for flow in self.flows(Side::Outputs) {
            if outputs.contains(&(flow.process, flow.commodity)) {
                made += &self.in_slices(flow);
            }
        }
        let highest = |y| {
            let rate = |s: SliceIx| {
                let split = time.year_split.at(s, y);
                if split > 0.0 { made[(s.get(), y.get())] / split } else { 0.0 }
            };
            factor[y.get()] * time.slices.ixs().map(rate).fold(0.0, f64::max)
        };
        time.years.ixs().map(highest).collect()
    }

    /// The capacity that counts for a reserve by milestone year, in the same unit.
    pub fn reserve_firm(&self, reserve: &Reserve) -> Vec<f64> {
        let capacity = &self.solution.capacity;
        let of_year = |y: usize| {
            let members = reserve.members.iter();
            members.map(|(k, credit)| credit[y] * capacity[(k.get(), y)]).sum()
        };
        (0..self.model.time.years.len()).map(of_year).collect()
    }
}
