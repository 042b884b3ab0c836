//! What every plan must respect, one family of rows a folder, in the order of the book.
//!
//! A family owns all that is said of its rows: their keys, names and units, the number of the model
//! they hold, what their dual values mean, and its page of the book.

use kzleap_lp::{Col, Row};
use kzleap_model::policy::{EmissionCapIx, ReserveIx, ShareIx};
use kzleap_model::{
    CapacityIx, CommodityIx, LinkIx, Model, NodeIx, ProcessIx, RegionIx, SchemeIx, Solution,
    StorageIx, YearIx,
};

use crate::Formulation;
use crate::build::Rows;
use crate::columns::{allowances, capacity, new_capacity};
use crate::names::Names;
use crate::number::{Enters, Facts};

pub mod activity_limit;
pub mod annual_availability;
pub mod annual_minimum_load;
pub mod capacity_adequacy;
pub mod capacity_limit;
pub mod capacity_transfer;
pub mod commodity_balance;
pub mod dc_flow;
pub mod emission_accounting;
pub mod emission_cap;
pub mod growth_limit;
pub mod link_capacity;
pub mod minimum_load;
pub mod must_be_used;
pub mod one_way;
pub mod ramp;
pub mod reserve_fuel;
pub mod reserve_margin;
pub mod retirement;
pub mod share;
pub mod step_ramp;
pub mod storage_bounds;
pub mod storage_level;
pub mod subsidy;
pub mod trading;
pub mod user_row;
pub mod whole_units;

/// What a family says of one of its rows.
pub(crate) trait Family {
    /// Its name, with the arguments of the book.
    fn name(&self, names: Names<'_>) -> String;
    /// The number of the model that it holds, which may give way where there is no plan; `None` if
    /// it is physics or follows from others.
    fn number(&self, formulation: &Formulation<'_>, row: Row) -> Option<(RuleKind, Enters)>;
    /// What is said of it where it takes part in a conflict and has no number; `None` where the
    /// numbers say enough.
    fn conflict(&self, _: Names<'_>) -> Option<String> {
        None
    }
    /// What a column of it earns there or pays by its dual value, and of what; `None` if the row
    /// holds a technology together, and so has no other columns.
    fn earning(&self, _: Names<'_>) -> Option<(Earning, String)> {
        None
    }
    /// What is full where it binds, with the year, and by how much its bound moves for one unit more of
    /// that; `None` where a number of the model or a price says what it costs.
    fn full(&self, _: &Formulation<'_>, _: Row) -> Option<(Full, YearIx, f64)> {
        None
    }
    /// Stores what its dual value says in the solution.
    fn read_back(&self, dual: f64, formulation: &Formulation<'_>, solution: &mut Solution);
}

/// What a row stands for: its family, and which of its rows it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKey {
    /// [`commodity_balance`]
    CommodityBalance(commodity_balance::Key),
    /// [`capacity_adequacy`]
    CapacityAdequacy(capacity_adequacy::Key),
    /// [`annual_availability`]
    AnnualAvailability(annual_availability::Key),
    /// [`annual_minimum_load`]
    AnnualMinimumLoad(annual_minimum_load::Key),
    /// [`minimum_load`]
    MinimumLoad(minimum_load::Key),
    /// [`ramp`]
    Ramp(ramp::Key),
    /// [`step_ramp`]
    StepRamp(step_ramp::Key),
    /// [`capacity_transfer`]
    CapacityTransfer(capacity_transfer::Key),
    /// [`retirement`]
    Retirement(retirement::Key),
    /// [`whole_units`]
    WholeUnits(whole_units::Key),
    /// [`growth_limit`]
    GrowthLimit(growth_limit::Key),
    /// [`subsidy`]
    Subsidy(subsidy::Key),
    /// [`capacity_limit`]
    CapacityLimit(capacity_limit::Key),
    /// [`activity_limit`]
    ActivityLimit(activity_limit::Key),
    /// [`share`]
    Share(share::Key),
    /// [`must_be_used`]
    MustBeUsed(must_be_used::Key),
    /// [`reserve_margin`]
    ReserveMargin(reserve_margin::Key),
    /// [`reserve_fuel`]
    ReserveFuel(reserve_fuel::Key),
    /// [`storage_level`]
    StorageLevel(storage_level::Key),
    /// [`storage_bounds`]
    StorageBounds(storage_bounds::Key),
    /// [`link_capacity`]
    LinkCapacity(link_capacity::Key),
    /// [`one_way`]
    OneWay(one_way::Key),
    /// [`dc_flow`]
    DcFlow(dc_flow::Key),
    /// [`emission_accounting`]
    EmissionAccounting(emission_accounting::Key),
    /// [`emission_cap`]
    EmissionCap(emission_cap::Key),
    /// [`trading`]
    Trading(trading::Key),
    /// [`user_row`]
    UserRow(user_row::Key),
}

impl RowKey {
    fn family(&self) -> &dyn Family {
        match self {
            Self::CommodityBalance(key) => key,
            Self::CapacityAdequacy(key) => key,
            Self::AnnualAvailability(key) => key,
            Self::AnnualMinimumLoad(key) => key,
            Self::MinimumLoad(key) => key,
            Self::Ramp(key) => key,
            Self::StepRamp(key) => key,
            Self::CapacityTransfer(key) => key,
            Self::Retirement(key) => key,
            Self::WholeUnits(key) => key,
            Self::GrowthLimit(key) => key,
            Self::Subsidy(key) => key,
            Self::CapacityLimit(key) => key,
            Self::ActivityLimit(key) => key,
            Self::Share(key) => key,
            Self::MustBeUsed(key) => key,
            Self::ReserveMargin(key) => key,
            Self::ReserveFuel(key) => key,
            Self::StorageLevel(key) => key,
            Self::StorageBounds(key) => key,
            Self::LinkCapacity(key) => key,
            Self::OneWay(key) => key,
            Self::DcFlow(key) => key,
            Self::EmissionAccounting(key) => key,
            Self::EmissionCap(key) => key,
            Self::Trading(key) => key,
            Self::UserRow(key) => key,
        }
    }

    /// The name, as in `commodity_balance[north,electricity,winter.night,2030]`; spaces become `_`.
    pub fn name(&self, model: &Model) -> String {
        self.family().name(Names(model)).replace(' ', "_")
    }

    /// The number of the model that a row of this key holds; `None` if it is physics or follows from
    /// others.
    pub fn number(
        &self,
        formulation: &Formulation<'_>,
        row: Row,
    ) -> Option<(RuleKind, Enters)> {
        self.family().number(formulation, row)
    }

    /// What is said of a row of this key in a conflict, beside the numbers.
    pub fn conflict(&self, model: &Model) -> Option<String> {
        self.family().conflict(Names(model))
    }

    /// What a column of a row of this key earns there or pays by its dual value, and of what; `None` if
    /// the row holds a technology together.
    pub fn earning(&self, model: &Model) -> Option<(Earning, String)> {
        self.family().earning(Names(model))
    }

    /// What is full where a row of this key binds, with the year, and by how much its bound moves for
    /// one unit more of that.
    pub fn full(&self, formulation: &Formulation<'_>, row: Row) -> Option<(Full, YearIx, f64)> {
        self.family().full(formulation, row)
    }

    pub(crate) fn read_back(
        &self,
        dual: f64,
        formulation: &Formulation<'_>,
        solution: &mut Solution,
    ) {
        self.family().read_back(dual, formulation, solution);
    }
}

/// What a technology earns by, or pays for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Earning {
    /// A commodity, sold or bought at marginal cost.
    Commodity,
    /// Emissions, at their tax and the prices of caps.
    Emission,
    /// Firm capacity, or fuel for it.
    Reserve,
    /// What counts for a share, or must be matched by it.
    Share,
    /// A place under a limit, or use of what is full.
    Limit,
    /// What may be thrown away.
    Waste,
    /// Content of a storage.
    Content,
}

/// What a plan fills that is no number of the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Full {
    /// The capacity of a link, one way.
    Link(LinkIx, usize),
    /// The size of a storage.
    Storage(StorageIx),
    /// A budget of subsidies, by position in the model.
    SubsidyBudget(usize),
}

/// Which number of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuleKind {
    /// Demand of a commodity over a year; its slices follow it.
    Demand(RegionIx, CommodityIx, YearIx),
    /// Least output, a share of capacity; by node where it differs between them.
    MinimumLoad(ProcessIx, Option<NodeIx>, YearIx),
    /// Least use over the year, a share of capacity.
    AnnualMinimumLoad(ProcessIx, YearIx),
    /// Most change of output in an hour, a share of capacity.
    Ramp(ProcessIx),
    /// Building a year that is always allowed, whatever was built before.
    GrowthSeed(CapacityIx),
    /// Activity of processes together, by position in the model; `None` is the whole horizon.
    ActivityLimit(usize, Option<YearIx>),
    /// Capacity in service.
    Capacity(CapacityIx, YearIx),
    /// Capacity built.
    NewCapacity(CapacityIx, YearIx),
    /// Capacities together, by position in the model.
    CapacityLimit(usize, YearIx),
    /// A share in the making of a commodity.
    Share(ShareIx, YearIx),
    /// Firm capacity beyond the peak, a share of it.
    ReserveMargin(ReserveIx, YearIx),
    /// Emissions allowed; `None` is a budget over years.
    EmissionCap(EmissionCapIx, Option<YearIx>),
    /// Allowances that a trading scheme issues.
    Allowances(SchemeIx, YearIx),
    /// The right-hand side of a rule in the modeller's own terms, by position in the model.
    UserRow(usize),
    /// A row that is physics. It never gives way, but may be part of a conflict.
    Row(Row),
    /// Bounds of a column that are physics.
    Bounds(Col),
}

impl RuleKind {
    /// Whether it is of emissions, whose size is what would be emitted without it.
    pub const fn is_of_emissions(self) -> bool {
        matches!(self, Self::EmissionCap(..) | Self::Allowances(..))
    }

    /// What is known of it; `None` of physics.
    pub fn facts(self, model: &Model) -> Option<Facts> {
        Some(match self {
            Self::Demand(r, c, y) => commodity_balance::facts(model, r, c, y),
            Self::MinimumLoad(p, node, y) => minimum_load::facts(model, p, node, y),
            Self::AnnualMinimumLoad(p, y) => annual_minimum_load::facts(model, p, y),
            Self::Ramp(p) => ramp::facts(model, p),
            Self::GrowthSeed(k) => growth_limit::facts(model, k),
            Self::ActivityLimit(at, y) => activity_limit::facts(model, at, y),
            Self::Capacity(k, y) => capacity::facts(model, k, y),
            Self::NewCapacity(k, y) => new_capacity::facts(model, k, y),
            Self::CapacityLimit(at, y) => capacity_limit::facts(model, at, y),
            Self::Share(at, y) => share::facts(model, at, y),
            Self::ReserveMargin(at, y) => reserve_margin::facts(model, at, y),
            Self::EmissionCap(at, y) => emission_cap::facts(model, at, y),
            Self::Allowances(at, y) => trading::facts(model, at, y),
            Self::UserRow(at) => user_row::facts(model, at),
            Self::Row(_) | Self::Bounds(_) => return None,
        })
    }

    /// The region whose discount rate makes of its dual value money of a year.
    pub fn discounted_in(self, model: &Model) -> RegionIx {
        let first = RegionIx::new(0);
        let of_process = |p: ProcessIx| model.processes[p].region;
        let of_capacity = |k: CapacityIx| model.capacities[k].region;
        match self {
            Self::Demand(region, ..) => region,
            Self::MinimumLoad(p, ..) | Self::AnnualMinimumLoad(p, _) | Self::Ramp(p) => {
                of_process(p)
            }
            Self::GrowthSeed(k) | Self::Capacity(k, _) | Self::NewCapacity(k, _) => {
                of_capacity(k)
            }
            Self::ActivityLimit(at, _) => {
                let processes = &model.activity_limits[at].processes;
                processes.first().map_or(first, |(p, _)| of_process(*p))
            }
            Self::CapacityLimit(at, _) => {
                let capacities = &model.capacity_limits[at].capacities;
                capacities.first().map_or(first, |k| of_capacity(*k))
            }
            Self::Share(at, _) => {
                model.shares[at].whole.first().map_or(first, |(p, _)| of_process(*p))
            }
            Self::ReserveMargin(at, _) => reserve_margin::region(model, &model.reserves[at]),
            Self::EmissionCap(at, _) => emission_cap::region(&model.emission_caps[at]),
            Self::Allowances(at, _) => allowances::home(&model.trading[at]),
            Self::UserRow(at) => user_row::region(model, &model.user_rows[at]),
            Self::Row(_) | Self::Bounds(_) => first,
        }
    }
}

/// Adds every family. A family that a model does not use adds no rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    commodity_balance::add(rows);
    capacity_adequacy::add(rows);
    annual_availability::add(rows);
    annual_minimum_load::add(rows);
    minimum_load::add(rows);
    ramp::add(rows);
    step_ramp::add(rows);
    capacity_transfer::add(rows);
    retirement::add(rows);
    whole_units::add(rows);
    growth_limit::add(rows);
    subsidy::add(rows);
    capacity_limit::add(rows);
    activity_limit::add(rows);
    share::add(rows);
    must_be_used::add(rows);
    reserve_margin::add(rows);
    reserve_fuel::add(rows);
    storage_level::add(rows);
    storage_bounds::add(rows);
    link_capacity::add(rows);
    one_way::add(rows);
    dc_flow::add(rows);
    emission_accounting::add(rows);
    emission_cap::add(rows);
    trading::add(rows);
    user_row::add(rows);
}
