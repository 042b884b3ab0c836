//! Emissions in units of their own: a poison in kilogrammes beside megatonnes of CO2.

use crate::policy::{CapWindow, EmissionCap};
use crate::{Emission, MassUnit, Model};

/// How people read a price of one of a unit in millions of a currency: `USD/t` of what is in
/// megatonnes or kilotonnes, else `USD/kg` and so on; and what to multiply it by.
pub fn price_shown(currency: &str, unit: Option<MassUnit>) -> (String, f64) {
    match unit {
        Some(unit @ (MassUnit::Gt | MassUnit::Mt | MassUnit::Kt)) => {
            (format!("{currency}/t"), unit.in_one_megatonne())
        }
        Some(unit) => (format!("{currency}/{}", unit.text()), 1e6),
        None => (format!("M{currency}"), 1.0),
    }
}

impl Emission {
    /// Its unit as it is written; empty if it is not known.
    pub fn unit_text(&self) -> &'static str {
        self.unit.map_or("", MassUnit::text)
    }

    fn in_one_megatonne(&self) -> f64 {
        self.unit.map_or(1.0, MassUnit::in_one_megatonne)
    }
}

impl EmissionCap {
    /// The unit of what counts, of the limit and of the price: that of its first emission.
    pub fn unit(&self, model: &Model) -> Option<MassUnit> {
        let first = self.terms.first();
        first.map_or(Some(MassUnit::Mt), |term| model.emissions[term.emission].unit)
    }

    /// That unit as it is written; empty if it is not known.
    pub fn unit_text(&self, model: &Model) -> &'static str {
        self.unit(model).map_or("", MassUnit::text)
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
        for l in self.links.ixs() {
            for (emission, factor) in &mut self.links[l].emissions {
                *factor = factor.map(|value| value * each[emission.get()]);
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
            let rates = emission.price.iter_mut().chain(&mut emission.damage);
            for value in rates.flat_map(|(_, by_year)| by_year) {
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
        self.trading_in_its_units(&each);
        for row in &mut self.user_rows {
            let against = row.against.iter_mut().flat_map(|against| &mut against.terms);
            for term in row.terms.iter_mut().chain(against) {
                if let Some(emission) = term.quantity.emission() {
                    term.weight = term.weight.map(|weight| weight / each[emission.get()]);
                }
            }
        }
        for statistic in &mut self.statistics {
            if let crate::statistics::Measured::Emissions { emission, .. } = &statistic.of {
                statistic.factor /= each[emission.get()];
            }
        }
        self
    }

    /// Brings trading schemes into the units of their first emissions.
    fn trading_in_its_units(&mut self, each: &[f64]) {
        let mut kept = Vec::new();
        for s in self.trading.ixs() {
            let scheme = &mut self.trading[s];
            let unit = scheme.terms.first().map_or(1.0, |term| each[term.emission.get()]);
            kept.push(unit);
            for term in &mut scheme.terms {
                term.weight *= unit / each[term.emission.get()];
            }
            scheme.counted_in(unit);
        }
        for link in &mut self.trading_links {
            link.ratio *= kept[link.to.get()] / kept[link.from.get()];
            link.max.iter_mut().for_each(|most| *most *= kept[link.from.get()]);
        }
    }
}
