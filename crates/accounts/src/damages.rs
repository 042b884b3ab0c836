//! What the emissions of a plan do harm, whoever bears it.

use kzleap_model::rounding::unless_rounding;
use kzleap_model::{EmissionIx, RegionIx, YearIx};

use crate::Accounts;

/// The damage of one emission in one region and year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Damage {
    /// Of what.
    pub emission: EmissionIx,
    /// Where it is emitted.
    pub region: RegionIx,
    /// In which milestone year.
    pub year: YearIx,
    /// MUSD in each year of the period.
    pub value: f64,
    /// MUSD of the base year, of the whole period.
    pub present_value: f64,
}

impl Accounts<'_> {
    /// The damage of emissions of processes and of demand, where the model says what a unit does
    /// harm; whether or not it is minimised. Emissions from outside are the same in every plan and
    /// are left out.
    pub fn damages(&self) -> Vec<Damage> {
        let (model, solution) = (self.model, self.solution);
        let mut damages = Vec::new();
        for (e, emission) in model.emissions.iter_ix() {
            for (region, _) in &emission.damage {
                for year in model.time.years.ixs() {
                    let all = solution.emissions[(e.get(), region.get(), year.get())];
                    let outside = model.exogenous_emissions(e, *region, year);
                    let own = unless_rounding(all - outside, all.abs() + outside.abs());
                    let value = own * model.emission_damage(e, *region, year);
                    let present_value = value * model.flow_present_value(*region, year);
                    damages.push(Damage {
                        emission: e,
                        region: *region,
                        year,
                        value,
                        present_value,
                    });
                }
            }
        }
        damages
    }
}
