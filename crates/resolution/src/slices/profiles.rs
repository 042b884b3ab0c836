//! What differs from slice to slice, and should stay different.

use kzleap_model::{Model, Series, SliceIx, Tier, YearIx};

/// Profiles that differ by less are one: the same shape, scaled to other demands.
const SAME: f64 = 1e-9;

/// The profiles of a model, each once, as values by slice.
pub(crate) struct Profiles {
    /// Values by slice, by profile.
    values: Vec<Vec<f64>>,
}

impl Profiles {
    /// Demand by region and commodity, relative to its mean; availability, the load that must
    /// run, and how much of a commodity modes use and make.
    pub(crate) fn of(model: &Model) -> Self {
        Self::from(model, &[Tier::Season, Tier::Slice])
    }

    /// Those of what is balanced slice by slice. What is balanced by season differs only from
    /// season to season.
    pub(crate) fn within_seasons(model: &Model) -> Self {
        Self::from(model, &[Tier::Slice])
    }

    fn from(model: &Model, tiers: &[Tier]) -> Self {
        let mut profiles = Self { values: Vec::new() };
        for r in model.regions.ixs() {
            let matter = model.commodities.iter_ix().filter(|(_, c)| tiers.contains(&c.tier));
            for (c, _) in matter {
                let mut rate = vec![0.0; model.time.slices.len()];
                let demands = model.demands.iter();
                for demand in
                    demands.filter(|demand| (demand.region, demand.commodity) == (r, c))
                {
                    let Some(profile) = &demand.profile else { continue };
                    let first = YearIx::new(0);
                    let annual: f64 = demand.annual.iter().sum();
                    for (s, rate) in model.time.slices.ixs().zip(&mut rate) {
                        *rate +=
                            annual * profile.at(s, first) / model.time.year_split.at(s, first);
                    }
                }
                profiles.add_relative(model, &rate);
            }
        }
        for process in model.processes.iter().filter(|process| tiers.contains(&process.tier)) {
            profiles.add(model, &process.availability);
            process.minimum_load.iter().for_each(|load| profiles.add(model, load));
            for mode in &process.modes {
                for (_, ratio) in mode.inputs.iter().chain(&mode.outputs) {
                    profiles.add(model, ratio);
                }
            }
        }
        for link in &model.links {
            profiles.add(model, &link.availability);
            profiles.add(model, &link.reverse_availability);
        }
        profiles
    }

    fn add(&mut self, model: &Model, series: &Series) {
        if series.varies_by_slice() {
            let years = model.time.years.len();
            let mean = |s: SliceIx| -> f64 {
                let values = (0..years).map(|y| series.at(s, YearIx::new(y)));
                values.sum::<f64>() / years as f64
            };
            self.push(model.time.slices.ixs().map(mean).collect());
        }
    }

    fn add_relative(&mut self, model: &Model, rate: &[f64]) {
        let split = |s: SliceIx| model.time.year_split.at(s, YearIx::new(0));
        let mean: f64 =
            model.time.slices.ixs().zip(rate).map(|(s, rate)| split(s) * rate).sum();
        if mean > 0.0 {
            self.push(rate.iter().map(|rate| rate / mean).collect());
        }
    }

    fn push(&mut self, values: Vec<f64>) {
        let same = |one: &Vec<f64>| one.iter().zip(&values).all(|(a, b)| (a - b).abs() < SAME);
        let flat = values.iter().all(|value| *value == values[0]);
        if !flat && !self.values.iter().any(same) {
            self.values.push(values);
        }
    }

    /// The values of all profiles in one slice.
    pub(crate) fn at(&self, slice: usize) -> impl Iterator<Item = f64> + '_ {
        self.values.iter().map(move |values| values[slice])
    }
}
