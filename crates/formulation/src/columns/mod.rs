//! What the optimiser may choose, one family of columns a file.
//!
//! A family owns all that is said of its columns: their keys, names, units and bounds, what they
//! cost, the number of the model that their bounds hold, and what their values mean.
//!
//! The objective is the sum of the costs of all columns, as present value of the base year; every
//! coefficient is multiplied by what its convention makes of it ([`kzleap_model::finance`]). What
//! reports say of costs is calculated elsewhere, from the model and not from these coefficients, so
//! that a mistake here is seen.

use std::collections::BTreeMap;

use kzleap_lp::{Bounds, Col, Lp};
use kzleap_model::retrofit::Conversion;
use kzleap_model::standby::Standby;
use kzleap_model::{CapacityIx, LinkIx, Model, ProcessIx, Solution, YearIx};

use crate::Formulation;
use crate::balances::{Balance, Flow};
use crate::families::RuleKind;
use crate::names::Names;
use crate::number::Enters;
use crate::row::Var;

pub mod activity;
pub mod allowances;
pub mod angle;
pub mod capacity;
pub mod conversion;
pub mod direction;
pub mod emissions;
pub mod flow;
pub mod forgone;
pub mod level;
pub mod new_capacity;
pub mod new_units;
pub mod retirement;
pub mod standby;
pub mod standby_flow;
pub mod subsidy;
pub mod surplus;
pub mod unserved;
pub mod wasted;

pub use standby::Run;

/// What a family says of one of its columns.
pub(crate) trait Family {
    /// Its name, with the arguments of the book.
    fn name(&self, names: Names<'_>) -> String;
    /// The number of the model that its bounds hold; `None` if they are physics.
    fn number(&self, model: &Model) -> Option<(RuleKind, Enters)>;
    /// Stores its value in the solution, unless that follows from others.
    fn read_back(&self, value: f64, formulation: &Formulation<'_>, solution: &mut Solution);
}

/// What a column stands for: its family, and which of its columns it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKey {
    /// [`capacity`]
    Capacity(capacity::Key),
    /// [`new_capacity`]
    NewCapacity(new_capacity::Key),
    /// [`new_units`]
    NewUnits(new_units::Key),
    /// [`retirement`]
    Retirement(retirement::Key),
    /// [`conversion`]
    Conversion(conversion::Key),
    /// [`activity`]
    Activity(activity::Key),
    /// [`level`]
    Level(level::Key),
    /// [`flow`]
    Flow(flow::Key),
    /// [`emissions`]
    Emissions(emissions::Key),
    /// [`unserved`]
    Unserved(unserved::Key),
    /// [`forgone`]
    Forgone(forgone::Key),
    /// [`surplus`]
    Surplus(surplus::Key),
    /// [`wasted`]
    Wasted(wasted::Key),
    /// [`subsidy`]
    Subsidy(subsidy::Key),
    /// [`allowances`]
    Allowances(allowances::Key),
    /// [`angle`]
    Angle(angle::Key),
    /// [`direction`]
    Direction(direction::Key),
    /// [`standby`]
    Standby(standby::Key),
    /// [`standby_flow`]
    StandbyFlow(standby_flow::Key),
}

impl ColumnKey {
    fn family(&self) -> &dyn Family {
        match self {
            Self::Capacity(key) => key,
            Self::NewCapacity(key) => key,
            Self::NewUnits(key) => key,
            Self::Retirement(key) => key,
            Self::Conversion(key) => key,
            Self::Activity(key) => key,
            Self::Level(key) => key,
            Self::Flow(key) => key,
            Self::Emissions(key) => key,
            Self::Unserved(key) => key,
            Self::Forgone(key) => key,
            Self::Surplus(key) => key,
            Self::Wasted(key) => key,
            Self::Subsidy(key) => key,
            Self::Allowances(key) => key,
            Self::Angle(key) => key,
            Self::Direction(key) => key,
            Self::Standby(key) => key,
            Self::StandbyFlow(key) => key,
        }
    }

    /// The name, as in `activity[north,wind,all,winter.night,2030]`; spaces become `_`.
    pub fn name(&self, model: &Model) -> String {
        self.family().name(Names(model)).replace(' ', "_")
    }

    /// The milestone year it is of.
    pub const fn year(&self) -> YearIx {
        match self {
            Self::Capacity(key) => key.year,
            Self::NewCapacity(key) => key.year,
            Self::NewUnits(key) => key.year,
            Self::Retirement(key) => key.year,
            Self::Conversion(key) => key.0.year,
            Self::Activity(key) => key.year,
            Self::Level(key) => key.year,
            Self::Flow(key) => key.year,
            Self::Emissions(key) => key.year,
            Self::Unserved(key) => key.year,
            Self::Forgone(key) => key.year,
            Self::Surplus(key) => key.year,
            Self::Wasted(key) => key.year,
            Self::Subsidy(key) => key.year,
            Self::Allowances(key) => key.year,
            Self::Angle(key) => key.year,
            Self::Direction(key) => key.year,
            Self::Standby(key) => key.year,
            Self::StandbyFlow(key) => key.year,
        }
    }

    /// The number of the model that bounds of a column of this key hold; `None` if they are physics.
    pub fn number(&self, model: &Model) -> Option<(RuleKind, Enters)> {
        self.family().number(model)
    }

    pub(crate) fn read_back(
        &self,
        value: f64,
        formulation: &Formulation<'_>,
        solution: &mut Solution,
    ) {
        self.family().read_back(value, formulation, solution);
    }
}

/// Where the columns of every family stand.
///
/// A family has columns only for the keys that can matter: no activity in years in which a
/// process can have no capacity, no column for emissions that nobody caps or prices.
#[derive(Debug, Default)]
pub struct Variables {
    /// What each column stands for.
    pub(crate) keys: Vec<ColumnKey>,
    /// First column of the nodes, by process, year and mode.
    activity: Vec<Vec<Vec<Option<Col>>>>,
    capacity: Vec<Vec<Option<Col>>>,
    new_capacity: Vec<Vec<Option<Col>>>,
    new_units: Vec<Vec<Option<Col>>>,
    /// What each conversion makes, and its column.
    conversion: Vec<(CapacityIx, Conversion, Col)>,
    /// By capacity: vintage, year of retirement or conversion, column.
    retirement: Vec<Vec<(Option<YearIx>, YearIx, Col)>>,
    /// First column of the points, by run of the storage, storage and year.
    level: [Vec<Vec<Option<Col>>>; 2],
    /// What is on standby for reserves.
    pub(crate) standing_by: Standby,
    /// First column of the slices, by process that is on standby, mode and year.
    standby: BTreeMap<(ProcessIx, usize, YearIx), Col>,
    /// First column of the block `[direction, slice]`, by link that delivers fuel and year.
    standby_flow: BTreeMap<(LinkIx, YearIx), Col>,
    slices: usize,
    /// First column of the block `[direction, node]`, by link and year.
    flow: Vec<Vec<Option<Col>>>,
    /// By emission, region and year.
    emissions: Vec<Vec<Vec<Option<Col>>>>,
    /// First column of the nodes, by position of the balance, lot and year.
    unserved: Vec<Vec<Vec<Option<Col>>>>,
    forgone: forgone::Forgone,
    /// First column of the nodes, by position of the balance and year.
    surplus: Vec<Vec<Option<Col>>>,
    /// First column of the nodes, by share rule, position of the balance and year.
    wasted: Vec<BTreeMap<usize, Vec<Option<Col>>>>,
    /// By subsidy and year.
    subsidy: Vec<Vec<Option<Col>>>,
    allowances: BTreeMap<allowances::Key, Col>,
    /// First column of the slices, by region and year.
    angle: Vec<Vec<Option<Col>>>,
    /// First column of the nodes, by position in the network and year.
    direction: Vec<Vec<Option<Col>>>,
    flow_node_counts: Vec<usize>,
}

fn at<U>(first: Option<Col>, offset: usize) -> Option<Var<U>> {
    let offset = u32::try_from(offset).expect("columns fit in u32");
    first.map(|col| Var::new(Col(col.0 + offset)))
}

/// Adds the columns of all families.
pub(crate) fn add<'a, 'm>(
    model: &'a Model,
    balances: &'a [Balance<'m>],
    wasters: &'a [Option<Vec<&'a Flow<'m>>>],
    lp: &'a mut Lp,
) -> Variables {
    let vars = Variables {
        standing_by: Standby::new(model),
        slices: model.time.slices.len(),
        ..Variables::default()
    };
    let mut columns = Columns { model, balances, wasters, lp, vars };
    capacity::add(&mut columns);
    conversion::add(&mut columns);
    activity::add(&mut columns);
    level::add(&mut columns, Run::Plan);
    flow::add(&mut columns);
    emissions::add(&mut columns);
    unserved::add(&mut columns);
    forgone::add(&mut columns);
    surplus::add(&mut columns);
    wasted::add(&mut columns);
    subsidy::add(&mut columns);
    allowances::add(&mut columns);
    angle::add(&mut columns);
    direction::add(&mut columns);
    standby::add(&mut columns);
    standby_flow::add(&mut columns);
    level::add(&mut columns, Run::Standby);
    columns.vars
}

/// The columns so far, and what the families need to add more.
pub(crate) struct Columns<'a, 'm> {
    model: &'a Model,
    balances: &'a [Balance<'m>],
    wasters: &'a [Option<Vec<&'a Flow<'m>>>],
    lp: &'a mut Lp,
    vars: Variables,
}

impl Columns<'_, '_> {
    /// Adds a column of this cost for one unit of it, MUSD as present value.
    fn add(&mut self, key: ColumnKey, cost: f64, bounds: Bounds) -> Col {
        self.vars.keys.push(key);
        self.lp.add_col(cost, bounds)
    }

    /// Adds a column of whole numbers, which costs nothing.
    fn add_whole(&mut self, key: ColumnKey, bounds: Bounds) -> Col {
        self.vars.keys.push(key);
        self.lp.add_integer_col(0.0, bounds)
    }

    /// Adds columns that cost nothing and are not negative; gives the first.
    fn add_free(&mut self, keys: impl Iterator<Item = ColumnKey>) -> Option<Col> {
        keys.map(|key| self.add(key, 0.0, Bounds::NON_NEGATIVE)).reduce(|first, _| first)
    }
}
