//! `summary.json`: a run in numbers, for programs and for comparing runs.

use std::collections::BTreeMap;

use kzleap_accounts::Accounts;
use kzleap_accounts::flows::{Balance, Side};
use kzleap_model::Model;
use kzleap_output::InputFile;
use serde::{Deserialize, Serialize};

use crate::binding::{BindingRule, binding_rules};
use crate::changes::{Step, steps};
use crate::constraint_rules::{ConstraintRule, constraint_rules};
use crate::demand_answers::DemandAnswers;
use crate::headline::Headline;
use crate::hours::{Round, Verdict};
use crate::noticed::{Circulating, PeakExceeded, circulating, peaks_exceeded};
use crate::run_info::{
    Certificate, DefaultUsed, LpSize, Resolution, Seconds, SolverInfo, Unique,
};

use crate::RunInfo;

mod money;

/// A value for each milestone year.
pub type ByYear = BTreeMap<i32, f64>;
/// A value for each category and milestone year.
pub type ByCategory = BTreeMap<String, ByYear>;

/// A run in numbers; sums are over domestic regions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Version of KZLEAP.
    pub kzleap: String,
    /// Short name of the model.
    pub model: String,
    /// Its name as people read it; empty if it has none.
    #[serde(default)]
    pub label: String,
    /// Name of the scenario.
    pub scenario: String,
    /// Its name as people read it; empty if it has none.
    #[serde(default)]
    pub scenario_label: String,
    /// At which resolution it was solved.
    #[serde(default, skip_serializing_if = "Resolution::is_as_written")]
    pub resolution: Resolution,
    /// What the scenario changes, step by step.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Step>,
    /// How the solve ended.
    pub status: String,
    /// What is minimised: system cost, transfers and worth forgone, millions of `currency` of `base_year`.
    pub objective: f64,
    /// Total discounted system cost: resources used, without transfers; as the objective.
    pub system_cost: f64,
    /// Transfers by kind (taxes, subsidies below zero), which one pays and another receives; as
    /// the objective.
    pub transfers: BTreeMap<String, f64>,
    /// Where demand answers to prices: what that is worth. Cost alone then says little of a plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub demand_answers: Option<DemandAnswers>,
    /// The money it is in.
    pub currency: String,
    /// The year present values are of.
    pub base_year: i32,
    /// Milestone years with the first and the last year of their periods.
    pub years: Vec<Period>,
    /// Size of the linear program.
    pub lp: LpSize,
    /// SHA-256 of its numbers: the same for the same program.
    #[serde(default)]
    pub lp_digest: String,
    /// Wall-clock times.
    pub seconds: Seconds,
    /// Largest resident memory, MB.
    pub peak_memory_mb: f64,
    /// Who solved it.
    pub solver: SolverInfo,
    /// What was checked of the answer.
    pub certificate: Certificate,
    /// How many figures of each table are the same in every plan of the same cost.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub unique: BTreeMap<String, Unique>,
    /// Emissions by kind, in [`Summary::emission_units`] a year, with exogenous ones.
    pub emissions: BTreeMap<String, ByYear>,
    /// Units of the emissions.
    pub emission_units: BTreeMap<String, String>,
    /// Emissions as people call them.
    #[serde(default)]
    pub emission_labels: BTreeMap<String, String>,
    /// Weighted emissions that count under each cap or trading scheme, in [`Summary::cap_units`] a year.
    #[serde(default)]
    pub cap_emissions: BTreeMap<String, ByYear>,
    /// Units of the caps.
    #[serde(default)]
    pub cap_units: BTreeMap<String, String>,
    /// Caps and trading schemes as people call them, where that is another word.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub cap_labels: BTreeMap<String, String>,
    /// Limits of yearly caps, by name.
    pub emission_limits: BTreeMap<String, ByYear>,
    /// What one unit less under each cap or trading scheme would cost, millions of `currency` per unit of emission.
    pub emission_prices: BTreeMap<String, ByYear>,
    /// What each trading scheme does, by item of the table `trading` and milestone year: in units of
    /// [`Summary::cap_units`], money in millions of `currency`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub trading: BTreeMap<String, ByCategory>,
    /// Constraints in the modeller's own terms, a rule each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub constraints: Vec<ConstraintRule>,
    /// Overnight cost of what is built for each period, millions of `currency`.
    pub investment: ByYear,
    /// Yearly system cost by kind, millions of `currency` a year.
    pub annual_cost: ByCategory,
    /// Yearly transfers by kind, millions of `currency` a year.
    pub annual_transfers: ByCategory,
    /// What emissions do harm, by emission and year, millions of `currency` a year; no part of system
    /// cost. Only where the model says what a unit does.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub damages: BTreeMap<String, ByYear>,
    /// Present value of the same, millions of `currency` of the base year, by emission.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub damages_present_value: BTreeMap<String, f64>,
    /// Units of the commodities.
    #[serde(default)]
    pub units: BTreeMap<String, String>,
    /// Commodities as people call them.
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
    /// Categories as people call them, where that is not their name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub category_labels: BTreeMap<String, String>,
    /// Commodities that pages give a section of their own: electricity and heat, or all if few.
    #[serde(default)]
    pub main: Vec<String>,
    /// How people see commodities that are balanced by slice, and materials and services.
    pub shown: BTreeMap<String, ShownUnit>,
    /// Output by commodity, category and year, in its unit a year (PJ); storages left out.
    pub generation: BTreeMap<String, ByCategory>,
    /// Capacity by unit, category and year.
    pub capacity: BTreeMap<String, ByCategory>,
    /// Demand by commodity, in its unit a year.
    pub demand: BTreeMap<String, ByYear>,
    /// Unserved demand by commodity, in its unit a year; only where there is any.
    pub unserved: BTreeMap<String, ByYear>,
    /// Mean price by commodity, millions of `currency` per unit (PJ).
    pub price: BTreeMap<String, ByYear>,
    /// Energy sent round in circles of links, only to be lost.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub circulations: Vec<Circulating>,
    /// Given peaks of reserve margins that the load of the plan is above.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub peaks_exceeded: Vec<PeakExceeded>,
    /// Whether the plan holds in every hour of some years; empty if that was not looked at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<Verdict>,
    /// The plans that were made until one held, the one of this run last; empty if periods were not
    /// chosen again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refined: Vec<Round>,
    /// The rules that hold the plan back, those of most worth; `tables/binding.csv` has all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub binding: Vec<BindingRule>,
    /// What a reader asks first beside cost and emissions.
    #[serde(default)]
    pub headline: Headline,
    /// The files read.
    pub inputs: Vec<InputFile>,
    /// Values the model files left out.
    pub defaults: Vec<DefaultUsed>,
}

/// A milestone year with its period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The year it is named after.
    pub milestone: i32,
    /// First calendar year.
    pub first: i32,
    /// Last calendar year, included.
    pub last: i32,
}

/// The unit in which people see a commodity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShownUnit {
    /// The unit, such as `TWh`.
    pub unit: String,
    /// What one of the commodity's own unit (PJ) is in it.
    pub factor: f64,
}

fn shown_units(model: &Model) -> BTreeMap<String, ShownUnit> {
    let shown = crate::page::energy::shown(model).into_iter();
    shown
        .map(|shown| {
            let name = model.commodities[shown.commodity].name.clone();
            (name, ShownUnit { unit: shown.unit, factor: shown.factor })
        })
        .collect()
}

impl Summary {
    /// Sums up a run.
    pub fn new(accounts: &Accounts<'_>, info: &RunInfo) -> Self {
        let Accounts { model, solution, .. } = *accounts;
        let mut summary = Self {
            kzleap: info.version.clone(),
            model: model.name.clone(),
            label: model.label.clone(),
            scenario: info.scenario.clone(),
            scenario_label: model.scenario_label.clone(),
            changes: steps(model),
            resolution: info.resolution.clone(),
            status: info.status.clone(),
            objective: solution.objective,
            system_cost: accounts.system_cost(),
            transfers: (accounts.transfers().into_iter())
                .map(|(kind, value)| (kind.name().to_owned(), value))
                .collect(),
            demand_answers: DemandAnswers::of(accounts),
            currency: model.currency.clone(),
            base_year: model.finance.base_year,
            years: periods(model),
            lp: info.lp,
            lp_digest: info.lp_digest.clone(),
            seconds: info.seconds,
            peak_memory_mb: info.peak_memory_mb,
            solver: info.solver.clone(),
            certificate: info.certificate,
            unique: info.unique.clone(),
            emissions: BTreeMap::new(),
            emission_units: BTreeMap::new(),
            emission_labels: (model.emissions.iter())
                .map(|emission| (emission.name.clone(), emission.label.clone()))
                .collect(),
            cap_emissions: BTreeMap::new(),
            cap_units: BTreeMap::new(),
            cap_labels: BTreeMap::new(),
            emission_limits: BTreeMap::new(),
            emission_prices: BTreeMap::new(),
            trading: BTreeMap::new(),
            constraints: constraint_rules(accounts),
            investment: zeros(model),
            annual_cost: BTreeMap::new(),
            annual_transfers: BTreeMap::new(),
            damages: BTreeMap::new(),
            damages_present_value: BTreeMap::new(),
            units: (model.commodities.iter())
                .map(|commodity| (commodity.name.clone(), commodity.unit().to_owned()))
                .collect(),
            labels: (model.commodities.iter())
                .map(|commodity| (commodity.name.clone(), commodity.label.clone()))
                .collect(),
            category_labels: (model.categories.iter())
                .filter(|category| category.label != category.name)
                .map(|category| (category.name.clone(), category.label.clone()))
                .collect(),
            main: (crate::page::energy::Outlook::new(model).main.iter())
                .map(|one| model.commodities[one.commodity].name.clone())
                .collect(),
            shown: shown_units(model),
            generation: BTreeMap::new(),
            capacity: BTreeMap::new(),
            demand: BTreeMap::new(),
            unserved: BTreeMap::new(),
            price: BTreeMap::new(),
            headline: Headline::of(accounts),
            inputs: info.inputs.clone(),
            binding: binding_rules(accounts),
            circulations: circulating(accounts),
            peaks_exceeded: peaks_exceeded(accounts),
            hours: info.hours.as_ref().map_or_else(Vec::new, |check| check.verdicts.clone()),
            refined: info.hours.as_ref().map_or_else(Vec::new, |check| check.rounds.clone()),
            defaults: info.defaults.clone(),
        };
        summary.add_emissions(accounts);
        summary.add_trading(accounts);
        summary.add_money(accounts);
        summary.add_damages(accounts);
        summary.add_energy(accounts);
        summary
    }

    /// It as JSON text.
    pub fn to_json(&self) -> String {
        let json = serde_json::to_string_pretty(self).expect("a summary is plain data");
        json + "\n"
    }

    /// Reads it back.
    ///
    /// # Errors
    /// If the text is not a summary of this version.
    pub fn from_json(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    fn add_emissions(&mut self, accounts: &Accounts<'_>) {
        let Accounts { model, solution, .. } = *accounts;
        for (e, emission) in model.emissions.iter_ix() {
            let years = model.time.years.iter().map(|year| year.milestone);
            let by_year = years.zip(accounts.domestic_emissions(e)).collect();
            self.emissions.insert(emission.name.clone(), by_year);
            self.emission_units.insert(emission.name.clone(), emission.unit_text().to_owned());
        }
        for (c, cap) in model.emission_caps.iter_ix() {
            let actual = accounts.under_cap(cap);
            let actual = model.time.years.iter().zip(actual);
            let actual = actual.map(|(year, value)| (year.milestone, value));
            self.cap_emissions.insert(cap.name.clone(), actual.collect());
            let unit = cap.unit_text(model).to_owned();
            self.cap_units.insert(cap.name.clone(), unit);
            if let kzleap_model::policy::CapWindow::EachYear(limits) = &cap.window {
                let years = || model.time.years.iter_ix();
                let limits = years()
                    .filter_map(|(y, year)| Some((year.milestone, limits[y.get()]?)))
                    .collect();
                let prices = &solution.emission_price[c.get()];
                let prices =
                    years().map(|(y, year)| (year.milestone, prices[y.get()])).collect();
                self.emission_limits.insert(cap.name.clone(), limits);
                self.emission_prices.insert(cap.name.clone(), prices);
            } else {
                let prices = model.time.years.iter().zip(&solution.emission_price[c.get()]);
                let by_year = prices.map(|(year, price)| (year.milestone, *price));
                self.emission_prices.insert(cap.name.clone(), by_year.collect());
            }
        }
    }

    fn add_trading(&mut self, accounts: &Accounts<'_>) {
        let model = accounts.model;
        for (s, scheme) in model.trading.iter_ix() {
            let unit = scheme.unit_text(model).to_owned();
            self.cap_units.insert(scheme.name.clone(), unit);
            if scheme.label != scheme.name {
                self.cap_labels.insert(scheme.name.clone(), scheme.label.clone());
            }
            let items = self.trading.entry(scheme.name.clone()).or_default();
            for (year, of) in model.time.years.iter().zip(accounts.trading(s)) {
                let Some(of) = of else { continue };
                let (milestone, name) = (year.milestone, || scheme.name.clone());
                add(self.cap_emissions.entry(name()).or_default(), milestone, of.covered);
                add(self.emission_prices.entry(name()).or_default(), milestone, of.price);
                for (item, value) in crate::tables::trading::figures(&of) {
                    let by_year = items.entry(item.to_owned()).or_default();
                    by_year.insert(year.milestone, value);
                }
            }
        }
    }

    fn add_energy(&mut self, accounts: &Accounts<'_>) {
        let Accounts { model, solution, .. } = *accounts;
        for (flow, amount) in accounts.annual_flows(Side::Outputs) {
            let process = &model.processes[flow.process];
            if model.regions[process.region].domestic && !flow.storage {
                let commodity = &model.commodities[flow.commodity].name;
                let by_category = self.generation.entry(commodity.clone()).or_default();
                let by_year =
                    by_category.entry(process.category.clone()).or_insert_with(|| zeros(model));
                add(by_year, crate::tables::milestone(model, flow.year), *amount);
            }
        }
        for (k, capacity, owner) in accounts.plants_and_stores() {
            if !model.regions[capacity.region].domestic {
                continue;
            }
            let by_category = self.capacity.entry(capacity.unit.text().to_owned()).or_default();
            let by_year =
                by_category.entry(owner.category.to_owned()).or_insert_with(|| zeros(model));
            for (y, year) in model.time.years.iter_ix() {
                add(by_year, year.milestone, solution.capacity[(k.get(), y.get())]);
            }
        }
        self.add_balances(accounts);
    }

    fn add_balances(&mut self, accounts: &Accounts<'_>) {
        let model = accounts.model;
        // price of a commodity: mean of the regions, weighted by what is taken out
        let mut weighted: BTreeMap<(String, i32), (f64, f64)> = BTreeMap::new();
        for balance in accounts.balances() {
            if !model.regions[balance.region].domestic {
                continue;
            }
            let name = &model.commodities[balance.commodity].name;
            for (y, year) in model.time.years.iter_ix() {
                let annual = |part| Balance::annual(part, y.get());
                let demand = annual(&balance.demand);
                if demand > 0.0 {
                    let by_year =
                        self.demand.entry(name.clone()).or_insert_with(|| zeros(model));
                    add(by_year, year.milestone, demand);
                }
                let unserved = annual(&balance.unserved);
                if unserved > 0.0 {
                    let by_year =
                        self.unserved.entry(name.clone()).or_insert_with(|| zeros(model));
                    add(by_year, year.milestone, unserved);
                }
                if let Some(price) = balance.mean_price[y.get()] {
                    let weight = demand + annual(&balance.used);
                    let sum = weighted.entry((name.clone(), year.milestone)).or_default();
                    sum.0 += price * weight;
                    sum.1 += weight;
                }
            }
        }
        for ((name, year), (sum, weight)) in weighted {
            if weight > 0.0 {
                self.price.entry(name).or_default().insert(year, sum / weight);
            }
        }
    }
}

/// The milestone years of a model with their periods.
pub fn periods(model: &Model) -> Vec<Period> {
    model
        .time
        .years
        .iter()
        .map(|year| Period { milestone: year.milestone, first: year.first, last: year.last })
        .collect()
}

fn zeros(model: &Model) -> ByYear {
    model.time.years.iter().map(|year| (year.milestone, 0.0)).collect()
}

fn add(by_year: &mut ByYear, year: i32, value: f64) {
    *by_year.entry(year).or_insert(0.0) += value;
}
