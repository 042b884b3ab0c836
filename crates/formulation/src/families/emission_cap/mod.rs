#![doc = include_str!("page.md")]

use kzleap_lp::Row;
use kzleap_model::policy::{CapWindow, EmissionCap, EmissionCapIx};
use kzleap_model::units::Emissions;
use kzleap_model::{Model, RegionIx, Solution, YearIx, stated};

use crate::Formulation;
use crate::build::Rows;
use crate::families::{Family, RowKey, RuleKind};
use crate::names::Names;
use crate::number::{Enters, Facts, Sides};
use crate::row::LpRow;

/// A cap in a year, or over the years of its budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Which cap.
    pub cap: EmissionCapIx,
    /// In which milestone year; `None` is a budget over years.
    pub year: Option<YearIx>,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let cap = &names.0.emission_caps[self.cap].name;
        let when = self.year.map(|y| names.year(y).to_string());
        format!("emission_cap[{cap},{}]", when.as_deref().unwrap_or("budget"))
    }

    fn number(&self, _: &Formulation<'_>, _: Row) -> Option<(RuleKind, Enters)> {
        Some((RuleKind::EmissionCap(self.cap, self.year), Enters::Bound(1.0)))
    }

    /// The price: of a budget, in each of its years what one unit less in that year is worth in
    /// its money.
    fn read_back(&self, dual: f64, formulation: &Formulation<'_>, solution: &mut Solution) {
        let (model, Self { cap, year }) = (formulation.model, *self);
        let data = &model.emission_caps[cap];
        let region = region(data);
        let price = &mut solution.emission_price[cap.get()];
        match (year, &data.window) {
            (Some(y), _) => price[y.get()] = -dual / model.flow_present_value(region, y),
            (None, CapWindow::Budget { first, last, .. }) => {
                for (y, year) in model.time.years.iter_ix() {
                    let overlap = f64::from(year.last.min(*last) - year.first.max(*first) + 1);
                    if overlap > 0.0 {
                        price[y.get()] = -dual * overlap / model.flow_present_value(region, y);
                    }
                }
            }
            (None, CapWindow::EachYear(_)) => {} // has no such row
        }
    }
}

/// The region whose discount rate its prices have.
pub(crate) fn region(cap: &EmissionCap) -> RegionIx {
    let region = cap.terms.iter().find_map(|term| term.regions.first()).copied();
    region.unwrap_or_else(|| RegionIx::new(0))
}

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars) = (rows.model, rows.vars);
    let years = &model.time.years;
    for (at, cap) in model.emission_caps.iter_ix() {
        match &cap.window {
            CapWindow::EachYear(limits) => {
                for y in years.ixs() {
                    let Some(limit) = limits[y.get()] else { continue };
                    let mut row = rows.begin::<Emissions>(RowKey::EmissionCap(Key {
                        cap: at,
                        year: Some(y),
                    }));
                    add_year(vars, cap, y, 1.0, &mut row);

                    // Σ weight · emissions[y] ≤ limit[y]
                    row.at_most(limit);
                }
            }
            CapWindow::Budget { first, last, limit, exogenous } => {
                let mut row =
                    rows.begin::<Emissions>(RowKey::EmissionCap(Key { cap: at, year: None }));
                let mut allowed = *limit;
                for y in years.ixs() {
                    let period = &years[y];
                    let overlap = period.last.min(*last) - period.first.max(*first) + 1;
                    if overlap > 0 {
                        add_year(vars, cap, y, f64::from(overlap), &mut row);
                        if !exogenous {
                            allowed += f64::from(overlap) * exogenous_of(model, cap, y);
                        }
                    }
                }

                // Σ_y years within the window · Σ weight · emissions[y] ≤ limit
                row.at_most(allowed);
            }
        }
    }
}

fn add_year(
    vars: &crate::Variables,
    cap: &EmissionCap,
    year: YearIx,
    factor: f64,
    row: &mut LpRow<'_, Emissions>,
) {
    for term in &cap.terms {
        for r in &term.regions {
            if let Some(emissions) = vars.emissions(term.emission, *r, year) {
                *row += (factor * term.weight) * emissions;
            }
        }
    }
}

fn exogenous_of(model: &Model, cap: &EmissionCap, year: YearIx) -> f64 {
    cap.terms
        .iter()
        .flat_map(|term| term.regions.iter().map(move |r| (term, r)))
        .map(|(term, r)| term.weight * model.exogenous_emissions(term.emission, *r, year))
        .sum()
}

/// Emissions allowed, in a year or over the years of a budget.
pub(crate) fn facts(model: &Model, at: EmissionCapIx, y: Option<YearIx>) -> Facts {
    let cap = &model.emission_caps[at];
    let value = match (&cap.window, y) {
        (CapWindow::EachYear(limits), Some(y)) => limits[y.get()].unwrap_or(0.0),
        (CapWindow::Budget { limit, .. }, _) => *limit,
        (CapWindow::EachYear(_), None) => 0.0,
    };
    let when = y.map(|y| model.time.years[y].milestone.to_string());
    let (field, parameter) = match y {
        Some(_) => (stated::LIMIT, "AnnualEmissionLimit"),
        None => (stated::BUDGET, "ModelPeriodEmissionLimit"),
    };
    let of = cap.terms.first().and_then(|term| {
        let region = &model.regions[model.network.home(*term.regions.first()?)].name;
        Some(format!("{region},{}", model.emissions[term.emission].name))
    });
    Facts {
        word: "emission_cap",
        name: format!("emission cap {} {}", cap.name, when.as_deref().unwrap_or("budget")),
        value: Sides::both(value),
        range: (f64::NEG_INFINITY, f64::INFINITY),
        ratio: false,
        two_sides: false,
        building: false,
        unit: cap.unit_text(model).to_owned(),
        region: None,
        year: y,
        paths: Sides::both(vec![format!("{}.{}.{field}", EmissionCap::COLLECTION, cap.name)]),
        parameter: Sides::both(of.map(|of| (parameter.to_owned(), of))),
    }
}
