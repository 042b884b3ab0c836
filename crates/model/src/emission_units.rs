//! Emissions in units of their own: a poison in kilogrammes beside megatonnes of CO2.

use crate::policy::{CapWindow, EmissionCap};
use crate::{Emission, Model};

/// Units of mass that an emission may be kept in, each with how many of them are one Mt.
pub const UNITS: [(&str, f64); 7] = [
    ("Gt", 1e-3),
    ("Mt", 1.0),
    ("kt", 1e3),
    ("t", 1e6),
    ("kg", 1e9),
    ("g", 1e12),
    ("mg", 1e15),
];

/// How many of a unit are one Mt; `None` if it is no unit of mass, as in some imported models.
pub fn in_one_megatonne(unit: &str) -> Option<f64> {
    UNITS.iter().find(|(known, _)| *known == unit).map(|(_, number)| *number)
}

/// How people read a price of one of a unit in millions of a currency: `USD/t` of what is in
/// megatonnes or kilotonnes, else `USD/kg` and so on; and what to multiply it by.
pub fn price_shown(currency: &str, unit: &str) -> (String, f64) {
    match unit {
        "Mt" => (format!("{currency}/t"), 1.0),
        "kt" => (format!("{currency}/t"), 1e3),
        "Gt" => (format!("{currency}/t"), 1e-3),
        _ if in_one_megatonne(unit).is_some() => (format!("{currency}/{unit}"), 1e6),
        _ => (format!("M{currency}/{unit}"), 1.0),
    }
}

impl Emission {
    fn in_one_megatonne(&self) -> f64 {
        in_one_megatonne(&self.unit).unwrap_or(1.0)
    }
}

impl EmissionCap {
    /// The unit of what counts, of the limit and of the price: that of its first emission.
    pub fn unit<'a>(&self, model: &'a Model) -> &'a str {
        self.terms.first().map_or("Mt", |term| &model.emissions[term.emission].unit)
    }
}

impl Model {
    /// Brings every emission of a model that is in Mt into its own unit: factors, exogenous
    /// emissions, prices, and caps, which are in the unit of their first emission. Weights become
    /// what one unit of an emission counts in that unit.
    #[must_use]
    pub fn with_emissions_in_their_units(mut self) -> Self {
        let each: Vec<f64> = self.emissions.iter().map(Emission::in_one_megatonne).collect();
        if each.iter().all(|each| *each == 1.0) {
            return self;
        }
        for p in self.processes.ixs() {
            let process = &mut self.processes[p];
            for (emission, factor) in
                process.modes.iter_mut().flat_map(|mode| &mut mode.emissions)
            {
                let each = each[emission.get()];
                *factor = factor.map(|value| value * each);
            }
        }
        for (emission, factors) in
            self.demands.iter_mut().flat_map(|demand| &mut demand.emissions)
        {
            factors.iter_mut().for_each(|factor| *factor *= each[emission.get()]);
        }
        for (e, each) in self.emissions.ixs().zip(&each) {
            let emission = &mut self.emissions[e];
            for value in emission.exogenous.iter_mut().flat_map(|(_, by_year)| by_year) {
                *value *= each;
            }
            for value in emission.price.iter_mut().flat_map(|(_, by_year)| by_year) {
                *value /= each;
            }
        }
        for c in self.emission_caps.ixs() {
            let cap = &mut self.emission_caps[c];
            let Some(first) = cap.terms.first() else { continue };
            let kept = each[first.emission.get()];
            for term in &mut cap.terms {
                term.weight *= kept / each[term.emission.get()];
            }
            match &mut cap.window {
                CapWindow::EachYear(limits) => {
                    limits.iter_mut().flatten().for_each(|limit| *limit *= kept);
                }
                CapWindow::Budget { limit, .. } => *limit *= kept,
            }
        }
        for statistic in &mut self.statistics {
            if let crate::statistics::Measured::Emissions { emission, .. } = &statistic.of {
                statistic.factor /= each[emission.get()];
            }
        }
        self
    }
}
