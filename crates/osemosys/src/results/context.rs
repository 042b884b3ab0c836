//! What all result tables are made from.

use kzleap_accounts::Accounts;
use kzleap_model::{Model, Solution, YearIx};

use crate::data::Data;
use crate::parameters::{P, SetId};
use crate::to_model::{Map, Technology};

/// The data, the model made of it, its plan, and the accounts of that.
pub(super) struct Context<'a> {
    pub(super) data: &'a Data,
    pub(super) map: &'a Map,
    pub(super) model: &'a Model,
    pub(super) solution: &'a Solution,
    pub(super) accounts: Accounts<'a>,
    pub(super) years: Vec<i32>,
    /// New capacity of every technology of every region, by year.
    new: Vec<Vec<f64>>,
}

impl<'a> Context<'a> {
    pub(super) fn new(
        data: &'a Data,
        map: &'a Map,
        model: &'a Model,
        solution: &'a Solution,
    ) -> Self {
        let (accounts, years) = (Accounts::new(model, solution), data.years());
        let mut context = Self { data, map, model, solution, accounts, years, new: Vec::new() };
        for (r, t) in context.technologies() {
            let new = context.calculate_new_capacity(r, t);
            context.new.push(new);
        }
        context
    }

    pub(super) fn count(&self, set: SetId) -> usize {
        self.data.count(set)
    }

    pub(super) fn name(&self, set: SetId, at: usize) -> &'a str {
        &self.data.set(set).names()[at]
    }

    /// The name of a year.
    pub(super) fn year(&self, y: usize) -> &'a str {
        self.name(SetId::Year, y)
    }

    /// Every technology of every region.
    pub(super) fn technologies(&self) -> Vec<(usize, usize)> {
        let technologies = self.count(SetId::Technology);
        (0..self.count(SetId::Region))
            .flat_map(|r| (0..technologies).map(move |t| (r, t)))
            .collect()
    }

    pub(super) fn technology(&self, r: usize, t: usize) -> &'a Technology {
        self.map.technology(self.data, r, t)
    }

    /// Energy a mode (by its position in the process) makes in a slice of a year.
    pub(super) fn activity(&self, of: &Technology, mode: usize, l: usize, y: usize) -> f64 {
        of.process.map_or(0.0, |p| self.solution.activity[p.get()][(mode, l, y)])
    }

    /// Energy a mode makes over a year.
    pub(super) fn annual_activity(&self, of: &Technology, mode: usize, y: usize) -> f64 {
        of.process.map_or(0.0, |p| self.accounts.activity(p, mode, y))
    }

    /// What an energy of one slice is as a rate.
    pub(super) fn per_share(&self, l: usize, y: usize) -> f64 {
        let share = self.data.get(P::YearSplit, &[l, y]);
        if share > 0.0 { 1.0 / share } else { 0.0 }
    }

    /// New capacity of a technology.
    pub(super) fn new_capacity(&self, r: usize, t: usize, y: usize) -> f64 {
        self.new[r * self.count(SetId::Technology) + t][y]
    }

    /// New capacity still in service.
    pub(super) fn accumulated(&self, r: usize, t: usize, y: usize) -> f64 {
        let life = self.data.get(P::OperationalLife, &[r, t]);
        (0..=y)
            .filter(|v| f64::from(self.years[y] - self.years[*v]) < life)
            .map(|v| self.new_capacity(r, t, v))
            .sum()
    }

    /// Capacity in service.
    pub(super) fn total_capacity(&self, r: usize, t: usize, y: usize) -> f64 {
        self.accumulated(r, t, y) + self.data.get(P::ResidualCapacity, &[r, t, y])
    }

    /// Where capacity costs nothing and the model has none, the least that the activity needs.
    fn calculate_new_capacity(&self, r: usize, t: usize) -> Vec<f64> {
        let technology = self.technology(r, t);
        let years = self.years.len();
        if let Some(capacity) = technology.capacity {
            return (0..years)
                .map(|y| self.solution.new_capacity[(capacity.get(), y)])
                .collect();
        }
        let mut new = vec![0.0; years];
        if technology.process.is_none() {
            return new;
        }
        let life = self.data.get(P::OperationalLife, &[r, t]);
        for y in 0..years {
            let standing: f64 = (0..y)
                .filter(|v| f64::from(self.years[y] - self.years[*v]) < life)
                .map(|v| new[v])
                .sum();
            let residual = self.data.get(P::ResidualCapacity, &[r, t, y]);
            new[y] = (self.needed_capacity(technology, r, t, y) - standing - residual).max(0.0);
        }
        new
    }

    fn needed_capacity(&self, of: &Technology, r: usize, t: usize, y: usize) -> f64 {
        let data = self.data;
        let to_activity = data.get(P::CapacityToActivityUnit, &[r, t]);
        let (mut needed, mut energy, mut most) = (0.0_f64, 0.0, 0.0);
        for l in 0..self.count(SetId::Timeslice) {
            let factor = data.get(P::CapacityFactor, &[r, t, l, y]);
            let made: f64 = (0..of.modes.len()).map(|m| self.activity(of, m, l, y)).sum();
            needed = needed.max(made * self.per_share(l, y) / (factor * to_activity));
            energy += made;
            most += factor * data.get(P::YearSplit, &[l, y]);
        }
        let available = data.get(P::AvailabilityFactor, &[r, t, y]);
        needed.max(energy / (most * available * to_activity))
    }

    /// `(1 + rate)^(years since the first)` of a region.
    pub(super) fn start_factor(&self, rate: f64, y: usize) -> f64 {
        (1.0 + rate).powi(self.years[y] - self.years[0])
    }

    /// The same at the middle of the year.
    pub(super) fn mid_factor(&self, r: usize, y: usize) -> f64 {
        1.0 / self.model.flow_present_value(kzleap_model::RegionIx::new(r), YearIx::new(y))
    }

    /// What brings a present value of the end to that time.
    pub(super) fn end_factor(&self, rate: f64) -> f64 {
        let last = self.years.len() - 1;
        (1.0 + rate).powi(1 + self.years[last] - self.years[0])
    }
}
