//! What counts under caps on emissions, and under trading schemes.

use kzleap_model::YearIx;
use kzleap_model::policy::{CapWindow, EmissionCap, EmissionTerm};

use crate::Accounts;

impl Accounts<'_> {
    /// Weighted emissions that count under a cap by milestone year, in the unit of the cap.
    pub fn under_cap(&self, cap: &EmissionCap) -> Vec<f64> {
        let with_exogenous = match cap.window {
            CapWindow::EachYear(_) => true,
            CapWindow::Budget { exogenous, .. } => exogenous,
        };
        self.weighted(&cap.terms, with_exogenous)
    }

    /// Weighted emissions of some terms by milestone year.
    pub(crate) fn weighted(&self, terms: &[EmissionTerm], with_exogenous: bool) -> Vec<f64> {
        let (model, solution) = (self.model, self.solution);
        let of = |y: YearIx| {
            let each =
                terms.iter().flat_map(|term| term.regions.iter().map(move |r| (term, *r)));
            let counted = each.map(|(term, region)| {
                let all = solution.emissions[(term.emission.get(), region.get(), y.get())];
                let outside = if with_exogenous {
                    0.0
                } else {
                    model.exogenous_emissions(term.emission, region, y)
                };
                term.weight * (all - outside)
            });
            counted.sum()
        };
        model.time.years.ixs().map(of).collect()
    }

    /// What counts under a budget: yearly emissions times the calendar years that count.
    pub fn under_budget(&self, cap: &EmissionCap, actual: &[f64]) -> f64 {
        let CapWindow::Budget { first, last, .. } = cap.window else { return 0.0 };
        self.model
            .time
            .years
            .iter()
            .zip(actual)
            .map(|(year, value)| {
                let years = (year.last.min(last) - year.first.max(first) + 1).max(0);
                f64::from(years) * value
            })
            .sum()
    }
}
