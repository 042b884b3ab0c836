//! Firm capacity that is required, and that there is.

use std::collections::BTreeSet;

use kzleap_model::policy::{Load, Reserve, ReserveIx, ReserveRequirement};
use kzleap_model::rounding::exceeds;
use kzleap_model::standby::Standby;
use kzleap_model::units::PJ_PER_GWH;
use kzleap_model::{ProcessIx, SliceIx, Tier, YearIx};
use ndarray::Array2;

use crate::Accounts;
use crate::flows::Side;
use crate::tiers::Tiers;

/// Up to this share of what is needed, capacity to spare is rounding.
const ROUNDING: f64 = 1e-6;

/// A reserve in a milestone year: in the slice with the least to spare, where it holds by slice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Firmness {
    /// That slice.
    pub slice: Option<SliceIx>,
    /// What it needs, in the unit of its members.
    pub required: f64,
    /// The capacity that counts, in the same unit.
    pub firm: f64,
}

/// A given peak that the load of the plan is above.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PeakExceeded {
    /// Of which reserve.
    pub reserve: ReserveIx,
    /// In which milestone year.
    pub year: YearIx,
    /// The slice with the highest load.
    pub slice: SliceIx,
    /// The peak, GW.
    pub peak: f64,
    /// The load in that slice, GW.
    pub load: f64,
}

impl Accounts<'_> {
    /// The given peaks of reserves that the load of the plan is above.
    pub fn peaks_exceeded(&self) -> Vec<PeakExceeded> {
        let mut found = Vec::new();
        for (r, reserve) in self.model.reserves.iter_ix() {
            let ReserveRequirement::Firm { load: of, peak, .. } = &reserve.requirement else {
                continue;
            };
            if of.regions.is_empty() {
                continue; // not known any more
            }
            let loads = self.load(of, false);
            for (year, peak) in self.model.time.years.ixs().zip(peak) {
                let loads = self.model.time.slices.ixs().zip(loads.column(year.get()));
                let highest = loads.max_by(|a, b| a.1.total_cmp(b.1));
                let above = highest.filter(|(_, load)| exceeds(**load, *peak));
                found.extend(above.map(|(slice, load)| PeakExceeded {
                    reserve: r,
                    year,
                    slice,
                    peak: *peak,
                    load: *load,
                }));
            }
        }
        found
    }

    /// What a reserve needs and has, by milestone year.
    pub fn firmness(&self, reserve: &Reserve) -> Vec<Firmness> {
        let time = &self.model.time;
        let standing_by = match &reserve.requirement {
            ReserveRequirement::Load { .. } => Standby::new(self.model),
            _ => Standby::default(),
        };
        let credited = self.credited(reserve, &standing_by);
        let (required, added) = match &reserve.requirement {
            ReserveRequirement::Firm { .. } => {
                let once = |y: YearIx| Firmness {
                    slice: None,
                    required: reserve.requirement.needed(y).unwrap_or(0.0),
                    firm: credited[y.get()],
                };
                return time.years.ixs().map(once).collect();
            }
            ReserveRequirement::Load { load, margin, counts_arriving, .. } => {
                let mut required = self.load(load, *counts_arriving);
                for (mut by_slice, margin) in required.columns_mut().into_iter().zip(margin) {
                    by_slice *= 1.0 + margin;
                }
                (required, self.firm_by_slice(&reserve.requirement, &standing_by))
            }
            ReserveRequirement::Production { .. } => {
                let required = self.produced(&reserve.requirement);
                let none = Array2::zeros(required.raw_dim());
                (required, none)
            }
        };
        let of_year = |y: usize| {
            let of = |s: SliceIx| Firmness {
                slice: Some(s),
                required: required[(s.get(), y)],
                firm: credited[y] + added[(s.get(), y)],
            };
            let spare = |one: &Firmness| one.firm - one.required;
            let least = time.slices.ixs().map(|s| spare(&of(s))).fold(f64::INFINITY, f64::min);
            // of slices that are as scarce but for rounding, the first
            let is_scarcest =
                |one: &Firmness| spare(one) - least <= ROUNDING * (1.0 + one.required.abs());
            let scarcest = time.slices.ixs().map(of).find(is_scarcest);
            scarcest.unwrap_or(Firmness { slice: None, required: 0.0, firm: 0.0 })
        };
        (0..time.years.len()).map(of_year).collect()
    }

    /// The load of the plan, GW, shape `[slice, year]`; less what arrives where that counts.
    pub fn load(&self, load: &Load, counts_arriving: bool) -> Array2<f64> {
        let model = self.model;
        let mut amounts = self.used(load, |_| true);
        let (tiers, tier) = (Tiers::new(model), model.commodities[load.commodity].tier);
        for (l, out, other) in load.border(model) {
            let brings = counts_arriving && load.is_held_by_another(model, other);
            let arriving = if brings { model.links[l].loss - 1.0 } else { 0.0 };
            for (direction, part) in [(out, 1.0), (1 - out, arriving)] {
                let sent = self.solution.flow[l.get()].index_axis(ndarray::Axis(0), direction);
                for ((node, year), amount) in sent.indexed_iter() {
                    for (s, share) in tiers.shares(tier, node, Tier::Slice, YearIx::new(year)) {
                        amounts[(s, year)] += part * amount * share;
                    }
                }
            }
        }
        for ((s, y), amount) in amounts.indexed_iter_mut() {
            let (s, y) = (SliceIx::new(s), YearIx::new(y));
            let forgone = load.demands(model).map(|(at, demand)| {
                load.of_amount(model, demand, self.solution.forgone(at, y), (s, y))
            });
            let demand = load.of_demand(model, s, y) - forgone.sum::<f64>();
            *amount = self.rate(*amount, s, y) + demand;
        }
        amounts
    }

    /// What processes use for other things than storing, and what is shifted into a slice less what is
    /// taken away, PJ a year, shape `[slice, year]`.
    fn used(&self, load: &Load, counts: impl Fn(&ProcessIx) -> bool) -> Array2<f64> {
        let (model, time) = (self.model, &self.model.time);
        let mut amounts = Array2::<f64>::zeros((time.slices.len(), time.years.len()));
        for (side, sign) in [(Side::Inputs, 1.0), (Side::Outputs, -1.0)] {
            for flow in self.flows(side) {
                let process = &model.processes[flow.process];
                let is_of = flow.commodity == load.commodity
                    && load.regions.contains(&process.region)
                    && counts(&flow.process);
                let is_used =
                    side == Side::Inputs && process.modes[flow.mode].charges.is_empty();
                if is_of && (is_used || (flow.storage && model.shifts(flow.process))) {
                    amounts.scaled_add(sign, &self.in_slices(flow));
                }
            }
        }
        amounts
    }

    /// GW of an amount that falls into a slice, PJ a year.
    fn rate(&self, amount: f64, s: SliceIx, y: YearIx) -> f64 {
        let hours = self.model.time.hours(s, y);
        if hours > 0.0 { amount / (hours * PJ_PER_GWH) } else { 0.0 }
    }

    /// What counts beside the capacities with a credit, GW, shape `[slice, year]`.
    fn firm_by_slice(
        &self,
        requirement: &ReserveRequirement,
        standing_by: &Standby,
    ) -> Array2<f64> {
        let (model, time) = (self.model, &self.model.time);
        let mut firm = Array2::<f64>::zeros((time.slices.len(), time.years.len()));
        let ReserveRequirement::Load { load, available, .. } = requirement else {
            return firm;
        };
        let inside = |p: &ProcessIx| load.regions.contains(&model.processes[*p].region);
        let processes: Vec<ProcessIx> =
            standing_by.processes.iter().copied().filter(inside).collect();
        // what they could do is in place of what they do, which is part of the load
        let in_load = self.used(load, |p| standing_by.processes.contains(p));
        for ((s, y), firm) in firm.indexed_iter_mut() {
            let (slice, year) = (SliceIx::new(s), YearIx::new(y));
            *firm += self.rate(in_load[(s, y)], slice, year);
            for (k, share) in available {
                if !standing_by.capacities.contains(k) {
                    *firm += share.at(slice, year) * self.solution.capacity[(k.get(), y)];
                }
            }
            for p in &processes {
                let (process, could) = (&model.processes[*p], &self.solution.standby[p.get()]);
                for m in 0..process.modes.len() {
                    let moved = could.get((m, s, y)).copied().unwrap_or(0.0);
                    let given = Standby::given(process, m, load.commodity, slice, year);
                    *firm += self.rate(given * moved, slice, year);
                }
            }
        }
        firm
    }

    /// What a rule on production needs, shape `[slice, year]`.
    fn produced(&self, requirement: &ReserveRequirement) -> Array2<f64> {
        let time = &self.model.time;
        let mut made = Array2::<f64>::zeros((time.slices.len(), time.years.len()));
        let ReserveRequirement::Production { outputs, factor } = requirement else {
            return made;
        };
        let outputs: BTreeSet<_> = outputs.iter().copied().collect();
        for flow in self.flows(Side::Outputs) {
            if outputs.contains(&(flow.process, flow.commodity)) {
                made += &self.in_slices(flow);
            }
        }
        for ((s, y), made) in made.indexed_iter_mut() {
            let split = time.year_split.at(SliceIx::new(s), YearIx::new(y));
            *made = if split > 0.0 { factor[y] * *made / split } else { 0.0 };
        }
        made
    }

    /// The capacity that counts by its credit, by milestone year.
    fn credited(&self, reserve: &Reserve, standing_by: &Standby) -> Vec<f64> {
        let capacity = &self.solution.capacity;
        let of_year = |y: usize| {
            let members = reserve.members.iter();
            let members = members.filter(|(k, _)| !standing_by.capacities.contains(k));
            members.map(|(k, credit)| credit[y] * capacity[(k.get(), y)]).sum()
        };
        (0..self.model.time.years.len()).map(of_year).collect()
    }
}
