//! Instruments of policy side by side, each as strict as one target for emissions needs.
//!
//! A tax and a trading scheme need no search: the price of a cap at the target is the tax, and the plan that
//! of the cap (the duality of linear programs). A standard, a share and a subsidy have one number, which is
//! searched for until emissions are the target. A subsidy for each unit is found by how much it brings about:
//! the least rate that does so is the dual value of that amount.

use std::collections::BTreeMap;

use kzleap_accounts::Accounts;
use kzleap_input::{Change, Plain};
use kzleap_model::policy::CapWindow;
use kzleap_model::{Amount, Model, YearIx};
use kzleap_solver::{Basis, Control, Options, SolveError};
use serde::{Deserialize, Serialize};

use crate::{Event, Events, Given, Plan, Read, RunSpec, optimise};

mod changes;
mod payments;
mod search;

pub use changes::TARGET as TARGET_CAP;

const GJ_PER_MWH: f64 = 3.6;
/// Emissions may be off the target by this share of it.
const TOLERANCE: f64 = 1e-9;

/// A target, and the instruments that are to reach it: a file of people's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comparison {
    /// What emissions shall be.
    pub target: Target,
    /// Commodities whose marginal costs are looked at, beside those of the instruments.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prices: Vec<String>,
    /// By what.
    pub instruments: Vec<Instrument>,
}

/// What emissions shall be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Emissions with their weights, as of a cap.
    pub emissions: BTreeMap<String, f64>,
    /// Regions; all domestic ones if left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<String>,
    /// The most in each milestone year that has a target.
    pub limit: BTreeMap<String, f64>,
    /// Unit of the limits.
    #[serde(default = "megatonnes")]
    pub unit: String,
}

/// An instrument.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// Its name in results.
    pub name: String,
    /// What it is.
    pub kind: InstrumentKind,
    /// The commodity whose makers a standard, a share or a subsidy is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commodity: Option<String>,
    /// Processes that a share or a subsidy promotes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub processes: Vec<String>,
    /// The same by category.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// What a subsidy pays, for each MWh of energy, each t of a mass, or in millions for each unit of the
    /// model of something else; left out, the least that suffices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<f64>,
}

/// What an instrument is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InstrumentKind {
    /// A price on all emissions of the target.
    Tax,
    /// A trading scheme for all of them, with an auction.
    Trading,
    /// Emissions of those who make a commodity, for each unit of it; what emits less sells the rest.
    Standard,
    /// A share that some have in what is made of a commodity.
    Share,
    /// A payment for each unit that some make of a commodity.
    Subsidy,
}

impl InstrumentKind {
    /// Its name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tax => "tax",
            Self::Trading => "trading",
            Self::Standard => "standard",
            Self::Share => "share",
            Self::Subsidy => "subsidy",
        }
    }
}

/// What came of an instrument.
#[derive(Debug)]
pub struct Compared {
    /// The instrument; `None` is the model without any.
    pub instrument: Option<Instrument>,
    /// How strict it is, by milestone year of the target: USD/t of a tax and a scheme, Mt for a unit of a
    /// standard, a share, units that a subsidy is paid for.
    pub strength: BTreeMap<YearIx, f64>,
    /// What a subsidy pays for a unit, or what certificates of a standard cost for a tonne.
    pub rate: BTreeMap<YearIx, f64>,
    /// Emissions under the target by milestone year, in its unit in the model.
    pub emissions: Vec<f64>,
    /// The model with it.
    pub model: Model,
    /// The plan.
    pub plan: Plan,
}

/// Why an instrument has no plan at the target.
#[derive(Debug)]
pub enum NotCompared {
    /// What is asked for is wrong, in words.
    Wrong(String),
    /// The model with it has errors.
    Refused(Box<Read>),
    /// It does not reach the target: how low emissions are where it is as strict as it can be.
    NotReached {
        /// The milestone year.
        year: i32,
        /// In the unit of the target in the model.
        lowest: f64,
    },
    /// A subsidy of this rate is too little: the least that suffices.
    RateTooLow {
        /// The milestone year.
        year: i32,
        /// In the unit of the rate.
        least: f64,
    },
    /// There is no plan.
    NoPlan(SolveError),
}

impl From<SolveError> for NotCompared {
    fn from(error: SolveError) -> Self {
        Self::NoPlan(error)
    }
}

fn megatonnes() -> String {
    "Mt/a".to_owned()
}

/// Instruments of a model, one after the other, each from the basis before.
pub struct Instruments<'i> {
    given: &'i Given,
    spec: RunSpec,
    comparison: &'i Comparison,
    events: &'i Events<'i>,
    start: Option<Basis>,
    none: Baseline,
    /// How many programs were solved.
    pub solves: usize,
}

/// The model without any instrument.
#[derive(Default)]
struct Baseline {
    years: Vec<i32>,
    /// Years of the target, with the most there.
    limits: BTreeMap<YearIx, f64>,
    /// What one written unit of the target is in the model.
    unit: f64,
    emissions: Vec<f64>,
    plan: Option<(Model, Plan)>,
}

impl<'i> Instruments<'i> {
    /// Solves the model without any instrument.
    ///
    /// # Errors
    /// [`NotCompared`]: the model or the target is wrong, or there is no plan.
    pub fn new(
        given: &'i Given,
        spec: &RunSpec,
        comparison: &'i Comparison,
        events: &'i Events<'i>,
    ) -> Result<Self, NotCompared> {
        let none = Baseline::default();
        let (spec, start) = (spec.clone(), None);
        let mut all = Self { given, spec, comparison, events, start, none, solves: 0 };
        let read = given.read(&all.spec);
        all.spec = all.spec.with_periods(&read);
        let Some(model) = read.model.as_ref() else {
            return Err(NotCompared::Refused(Box::new(read)));
        };
        all.none.years = model.time.years.iter().map(|year| year.milestone).collect();
        all.none.limits = all.limits(model)?;
        comparison.instruments.iter().try_for_each(changes::is_whole)?;
        let (model, plan) = all.solve(&[all.slack()])?;
        let limit = match &changes::cap(&model)?.window {
            CapWindow::EachYear(limits) => limits[0].unwrap_or(1.0),
            CapWindow::Budget { .. } => 1.0,
        };
        all.none.unit = limit / all.slack_limit();
        all.none.emissions = emissions(&model, &plan)?;
        all.none.plan = Some((model, plan));
        Ok(all)
    }

    /// The model without any instrument, and then each of them.
    ///
    /// # Errors
    /// [`NotCompared`] for each that has no plan at the target.
    pub fn all(&mut self) -> Vec<Result<Compared, (String, NotCompared)>> {
        let comparison = self.comparison;
        let none = self.none.plan.take().map(|(model, plan)| {
            let emissions = self.none.emissions.clone();
            let (strength, rate) = (BTreeMap::new(), BTreeMap::new());
            Compared { instrument: None, strength, rate, emissions, model, plan }
        });
        let starts = none.as_ref().and_then(|none| none.plan.basis.clone());
        let makers: Vec<search::Start> = (comparison.instruments.iter())
            .map(|instrument| match &none {
                Some(none) => search::Start::of(instrument, none),
                None => search::Start::default(),
            })
            .collect();
        let mut found: Vec<Result<Compared, _>> = none.into_iter().map(Ok).collect();
        for (instrument, makers) in comparison.instruments.iter().zip(makers) {
            self.start.clone_from(&starts);
            let compared = match instrument.kind {
                InstrumentKind::Trading => self.trading(instrument),
                InstrumentKind::Tax => self.tax(instrument),
                _ => self.searched(instrument, &makers),
            };
            found.push(compared.map_err(|error| (instrument.name.clone(), error)));
        }
        found
    }

    /// What emissions are to be, as the model counts them.
    fn wanted(&self, year: YearIx) -> f64 {
        self.none.limits[&year] * self.none.unit
    }

    fn limits(&self, model: &Model) -> Result<BTreeMap<YearIx, f64>, NotCompared> {
        let years = &self.none.years;
        let of = |(year, limit): (&String, &f64)| {
            let at = years.iter().position(|one| one.to_string() == *year);
            let known: Vec<String> = years.iter().map(ToString::to_string).collect();
            let at = at.ok_or_else(|| {
                NotCompared::Wrong(format!(
                    "`target.limit` names {year}, which is no milestone year of {}; there are {}",
                    model.name,
                    known.join(", ")
                ))
            })?;
            Ok((YearIx::new(at), *limit))
        };
        let limits: Result<BTreeMap<YearIx, f64>, NotCompared> =
            self.comparison.target.limit.iter().map(of).collect();
        let limits = limits?;
        if limits.is_empty() {
            return Err(NotCompared::Wrong("`target.limit` has no year".to_owned()));
        }
        Ok(limits)
    }

    /// The price of a scheme at the target.
    fn trading(&mut self, instrument: &Instrument) -> Result<Compared, NotCompared> {
        let changes = [self.slack(), self.scheme(instrument)];
        let (model, plan) = self.solve(&changes)?;
        let at = model.trading.position(|scheme| scheme.name == instrument.name);
        let prices = at.map(|at| plan.solution.trading[at.get()].price.clone());
        self.compared(instrument, (model, plan), &prices.unwrap_or_default(), &[])
    }

    /// The tax that is the price of a cap at the target; the plan is the one of its least cost that emits as
    /// much as the target allows.
    fn tax(&mut self, instrument: &Instrument) -> Result<Compared, NotCompared> {
        let (model, plan) = self.solve(&[self.capped()])?;
        let at = model.emission_caps.position(|cap| cap.name == changes::TARGET);
        let prices = at.map(|at| plan.solution.emission_price[at.get()].clone());
        let mut prices = prices.unwrap_or_default();
        for (y, price) in prices.iter_mut().enumerate() {
            if !self.none.limits.contains_key(&YearIx::new(y)) {
                *price = 0.0;
            }
        }
        let read = self.read(&[self.capped()]);
        let Some(mut model) = read.model else {
            return Err(NotCompared::Refused(Box::new(read)));
        };
        changes::tax(&mut model, &prices)?;
        let plan = self.optimum(&model)?;
        let taxed = (model, plan);
        self.compared(instrument, taxed, &prices, &[])
    }

    fn compared(
        &self,
        instrument: &Instrument,
        (model, plan): (Model, Plan),
        strength: &[f64],
        rate: &[f64],
    ) -> Result<Compared, NotCompared> {
        let of = |by_year: &[f64]| -> BTreeMap<YearIx, f64> {
            let years = self.none.limits.keys();
            years.filter_map(|y| Some((*y, *by_year.get(y.get())?))).collect()
        };
        let (strength, rate) = (of(strength), of(rate));
        let emissions = emissions(&model, &plan)?;
        let instrument = Some(instrument.clone());
        Ok(Compared { instrument, strength, rate, emissions, model, plan })
    }

    fn read(&self, changes: &[Change]) -> Read {
        let mut spec = self.spec.clone();
        spec.changes.extend(changes.iter().cloned());
        self.given.read(&spec)
    }

    /// Solves the model with changes.
    fn solve(&mut self, changes: &[Change]) -> Result<(Model, Plan), NotCompared> {
        let read = self.read(changes);
        let Some(model) = read.model else { return Err(NotCompared::Refused(Box::new(read))) };
        let plan = self.optimum(&model)?;
        Ok((model, plan))
    }

    /// Solves a model, from the basis before.
    fn optimum(&mut self, model: &Model) -> Result<Plan, SolveError> {
        self.events.happens(Event::Solving);
        let control = Control { stop: self.events.stop, log: None };
        let start = self.start.clone();
        let options = Options { start, alternatives: false, ..self.spec.options() };
        let plan = optimise(model, &options, control)?;
        self.solves += 1;
        self.start.clone_from(&plan.basis);
        Ok(plan)
    }
}

/// Emissions under the target by milestone year.
fn emissions(model: &Model, plan: &Plan) -> Result<Vec<f64>, NotCompared> {
    Ok(Accounts::new(model, &plan.solution).under_cap(changes::cap(model)?))
}

/// What a million for one unit of a commodity in the model is for one as people say it: a MWh, a t.
pub fn for_people(amount: Option<Amount>) -> f64 {
    if amount == Some(Amount::Energy) { GJ_PER_MWH } else { 1.0 }
}

/// A table of a change.
fn table<const N: usize>(entries: [(&str, Plain); N]) -> Plain {
    Plain::Table(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}
