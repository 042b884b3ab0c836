//! Why a technology is built, or not: what one unit of it earns and pays at the marginal costs of the plan.
//!
//! Each column of a plan earns as much by its rows as it costs, or is not used: what is missing is its
//! reduced cost. Rows that hold a technology together (its capacity, its storage) move money within
//! it. What is left are terms of the outside: commodities, emissions, reserves, limits. Their sum over the
//! best use of one unit is zero for what is built and below zero for what is not.

mod prices;
mod technology;
mod unit;

use kzleap_accounts::owners::main_output;
use kzleap_formulation::{ColumnKey, Earning, Formulation, formulate};
use kzleap_model::{CapacityIx, CommodityIx, Model, YearIx};
use kzleap_solver::{Control, SolveError};

use crate::plan::fits;
use crate::{Event, Events, Solving, solve_one_way};

use self::prices::{Priced, Terms};
use self::technology::{Technology, runs_in};

/// What a term is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Word {
    /// A commodity sold at marginal cost.
    Sold,
    /// Firm capacity for a reserve.
    Reserve,
    /// What counts for a share, or what it asks for.
    Share,
    /// A subsidy on building.
    Subsidy,
    /// What the unit is worth at the end of the horizon, where the convention has that.
    Salvage,
    /// A commodity bought at marginal cost.
    Bought,
    /// Emissions at their tax and the prices of caps.
    Emissions,
    /// Running, without fuel.
    Variable,
    /// Keeping.
    Fixed,
    /// Building: annuities due within the horizon, or all that is spent.
    Capital,
    /// Taking down.
    Decommissioning,
    /// Rent of a limit that binds; above zero where a least asks for it.
    Limit,
    /// Being allowed to throw away.
    Waste,
    /// Content of a storage that others use too.
    Content,
}

impl Word {
    /// Of a row, for a column that adds so much to it.
    const fn of(earning: Earning, factor: f64) -> Self {
        match earning {
            Earning::Commodity if factor > 0.0 => Self::Sold,
            Earning::Commodity => Self::Bought,
            Earning::Emission => Self::Emissions,
            Earning::Reserve => Self::Reserve,
            Earning::Share => Self::Share,
            Earning::Limit => Self::Limit,
            Earning::Waste => Self::Waste,
            Earning::Content => Self::Content,
        }
    }

    /// As files write it.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Sold => "sold",
            Self::Reserve => "reserve",
            Self::Share => "share",
            Self::Subsidy => "subsidy",
            Self::Salvage => "salvage",
            Self::Bought => "bought",
            Self::Emissions => "emissions",
            Self::Variable => "variable",
            Self::Fixed => "fixed",
            Self::Capital => "capital",
            Self::Decommissioning => "decommissioning",
            Self::Limit => "limit",
            Self::Waste => "waste",
            Self::Content => "content",
        }
    }
}

/// What is earned, or paid where it is below zero.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// What it is.
    pub word: Word,
    /// Of what: the commodity, emission, reserve or rule; empty for costs of its own.
    pub of: String,
    /// How much.
    pub amount: f64,
}

/// One unit of new capacity over its life.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitEarnings {
    /// Of which capacity.
    pub capacity: CapacityIx,
    /// For which milestone year it is built.
    pub year: YearIx,
    /// What the plan builds then, in the unit of the capacity.
    pub built: f64,
    /// What it earns and pays, MUSD per unit as present value; they add up to [`UnitEarnings::net`].
    pub terms: Vec<Term>,
    /// What a unit of it is short of, below zero; nothing where it is built. MUSD per unit as present
    /// value: its reduced cost with the sign turned.
    pub net: f64,
    /// What one MUSD in each of its years of service is worth, MUSD as present value.
    pub years_present_value: f64,
    /// What it chiefly makes, and how much over its years, each year at what a MUSD in it is worth.
    pub output: Option<(CommodityIx, f64)>,
    /// What it costs overnight, MUSD per unit.
    pub overnight: f64,
    /// What it might cost overnight and be built without any limit: what it earns without capital and
    /// limits. MUSD per unit; `None` where it costs nothing.
    pub break_even: Option<f64>,
}

/// All capacity in service in a year.
#[derive(Clone, Debug, PartialEq)]
pub struct FleetEarnings {
    /// Of which capacity.
    pub capacity: CapacityIx,
    /// In which milestone year.
    pub year: YearIx,
    /// How much, in the unit of the capacity.
    pub in_service: f64,
    /// What it earns and pays in one year of the period, MUSD of that year, without capital.
    pub terms: Vec<Term>,
    /// Their sum: what is left for capital, or as rent of what stood before.
    pub left: f64,
}

/// What technologies earn and pay.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Earnings {
    /// Whether the plan is certified to be of least cost.
    pub certified: bool,
    /// One unit, by capacity and year in which it may be built.
    pub units: Vec<UnitEarnings>,
    /// What is in service, by capacity and year.
    pub fleets: Vec<FleetEarnings>,
}

/// Solves a model, and says what some of its capacities earn and pay in its plan; with whole units, at the
/// prices of the plan with its units held.
///
/// # Errors
/// [`SolveError`]: infeasible, unbounded, stopped.
pub fn earnings(
    model: &Model,
    capacities: &[CapacityIx],
    solving: &Solving,
    events: &Events<'_>,
) -> Result<Earnings, SolveError> {
    events.happens(Event::Solving);
    let log = |line: &str| events.happens(Event::Log(line));
    let control = Control { stop: events.stop, log: events.watch.is_some().then_some(&log) };
    let mut formulation = formulate(model);
    fits(&formulation)?;
    let optimum = solve_one_way(&mut formulation, &solving.options(), control)?;
    let mut all = Earnings { certified: optimum.certificate.certified, ..Earnings::default() };
    for k in capacities {
        let technology = Technology::of(model, *k);
        let priced = Priced::new(&formulation, &technology, &optimum.row_duals);
        let of = Of { formulation: &formulation, k: *k, priced: &priced };
        for year in model.time.years.ixs() {
            if let Some(new) = formulation.vars.new_capacity(*k, year) {
                let plan = (optimum.columns.as_slice(), year);
                let used = unit::best_use(&formulation, &technology, &priced, plan, control)?;
                all.units.push(of.unit(year, optimum.columns[new.col.get()], &used));
            }
            all.fleets.extend(of.fleet(year, &optimum.columns));
        }
    }
    Ok(all)
}

/// A capacity with the terms of its columns.
struct Of<'a, 'm> {
    formulation: &'a Formulation<'m>,
    k: CapacityIx,
    priced: &'a Priced,
}

impl Of<'_, '_> {
    /// One unit, of whose columns so much is used.
    fn unit(&self, year: YearIx, built: f64, used: &[f64]) -> UnitEarnings {
        let (model, k) = (self.formulation.model, self.k);
        let mut terms = Terms::new();
        let (mut years_present_value, mut made) = (0.0, 0.0);
        let makes = self.main_output();
        for ((col, of_column), value) in self.priced.columns.iter().zip(used) {
            for (key, amount) in of_column.iter().filter(|_| *value != 0.0) {
                *terms.entry(key.clone()).or_default() += amount * value;
            }
            let key = self.formulation.column_key(*col);
            let Some(y) = runs_in(key) else { continue };
            let worth = model.flow_present_value(model.capacities[k].region, y);
            match key {
                ColumnKey::Capacity(of) if of.capacity == k => {
                    years_present_value += worth * value;
                }
                ColumnKey::Activity(run) => {
                    let process = &model.processes[run.process];
                    let outputs = process.modes[run.mode].outputs.iter();
                    for (_, ratio) in outputs.filter(|(c, _)| Some(*c) == makes) {
                        let ratio = model.time.mean_at(ratio, process.tier, run.node, y);
                        made += worth * ratio * value;
                    }
                }
                _ => {}
            }
        }
        let sum = |is: &dyn Fn(Word) -> bool| -> f64 {
            terms.iter().filter(|((word, _), _)| is(*word)).map(|(_, amount)| amount).sum()
        };
        let investment = model.capacities[k].investment.as_ref();
        let overnight = investment.map_or(0.0, |one| one.overnight_cost[year.get()]);
        let capital = |word| matches!(word, Word::Capital | Word::Salvage);
        let (pays, net) = (-sum(&capital), sum(&|_| true));
        let earned = net + pays - sum(&|word| word == Word::Limit);
        UnitEarnings {
            capacity: k,
            year,
            built,
            net,
            years_present_value,
            output: makes.filter(|_| made > 0.0).map(|commodity| (commodity, made)),
            overnight,
            break_even: (pays > 0.0).then(|| overnight * earned / pays),
            terms: listed(terms, 1.0),
        }
    }

    /// What is in service in a year; `None` if there is nothing.
    fn fleet(&self, year: YearIx, columns: &[f64]) -> Option<FleetEarnings> {
        let capacity = self.formulation.vars.capacity(self.k, year)?;
        let in_service = columns[capacity.col.get()];
        if in_service <= 0.0 {
            return None;
        }
        let model = self.formulation.model;
        let worth = model.flow_present_value(model.capacities[self.k].region, year);
        let mut terms = Terms::new();
        for (col, of_column) in &self.priced.columns {
            let value = columns[col.get()];
            if value != 0.0 && runs_in(self.formulation.column_key(*col)) == Some(year) {
                for (key, amount) in of_column {
                    *terms.entry(key.clone()).or_default() += amount * value;
                }
            }
        }
        let left = terms.values().sum::<f64>() / worth;
        let terms = listed(terms, 1.0 / worth);
        Some(FleetEarnings { capacity: self.k, year, in_service, terms, left })
    }

    /// What the capacity chiefly makes.
    fn main_output(&self) -> Option<CommodityIx> {
        let processes = &self.formulation.model.processes;
        let process = processes.iter().find(|process| process.capacity == Some(self.k));
        process.and_then(main_output)
    }
}

fn listed(terms: Terms, times: f64) -> Vec<Term> {
    let all = terms.into_iter().filter(|(_, amount)| *amount != 0.0);
    all.map(|((word, of), amount)| Term { word, of, amount: amount * times }).collect()
}
