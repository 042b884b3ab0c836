//! The numbers of a model that may give way, in the words of a modeller.
//!
//! Every family of rows and of columns says here which number it holds, or that it is physics:
//! a new one does not compile until it does.

use kzleap_formulation::{ColumnKey, Formulation, RowKey};
use kzleap_lp::mps::Names as _;
use kzleap_lp::{Col, Row};
use kzleap_model::finance::Convention;
use kzleap_model::policy::{
    ActivityWindow, CapWindow, CapacityKind, EmissionCapIx, ReserveIx, ReserveRequirement,
    ShareIx,
};
use kzleap_model::{
    CapacityIx, CommodityIx, Model, NodeIx, ProcessIx, RegionIx, SliceIx, YearIx,
};

/// Which number of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuleKind {
    /// Demand of a commodity over a year; its slices follow it.
    Demand(RegionIx, CommodityIx, YearIx),
    /// Least output, a share of capacity; by node where it differs between them.
    MinimumLoad(ProcessIx, Option<NodeIx>, YearIx),
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
    /// The right-hand side of a rule in the modeller's own terms, by position in the model.
    UserRow(usize),
    /// A row that is physics. It never gives way, but may be part of a conflict.
    Row(Row),
    /// Bounds of a column that are physics.
    Bounds(Col),
}

impl RuleKind {
    /// A word for it, for programs that read the answer.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Demand(..) => "demand",
            Self::MinimumLoad(..) => "minimum_load",
            Self::Ramp(..) => "ramp",
            Self::GrowthSeed(..) => "growth",
            Self::ActivityLimit(..) => "activity_limit",
            Self::Capacity(..) => "capacity",
            Self::NewCapacity(..) => "new_capacity",
            Self::CapacityLimit(..) => "capacity_limit",
            Self::Share(..) => "share",
            Self::ReserveMargin(..) => "reserve_margin",
            Self::EmissionCap(..) => "emission_cap",
            Self::UserRow(..) => "user_row",
            Self::Row(..) | Self::Bounds(..) => "physics",
        }
    }

    /// Whether its number is a ratio, which says nothing by how much it changes.
    pub(super) const fn is_ratio(self) -> bool {
        matches!(
            self,
            Self::MinimumLoad(..) | Self::Ramp(..) | Self::Share(..) | Self::ReserveMargin(..)
        )
    }

    /// Whether there may be a least and a most of it.
    pub(super) const fn has_two_sides(self) -> bool {
        matches!(
            self,
            Self::ActivityLimit(..)
                | Self::Capacity(..)
                | Self::NewCapacity(..)
                | Self::CapacityLimit(..)
                | Self::UserRow(..)
        )
    }
}

/// How a number stands in a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Stands {
    /// It sets the bound, which moves by so much for each unit of the number.
    Bound(f64),
    /// It multiplies columns.
    Factor,
}

/// The number a row holds; `None` if the row is physics or follows from others.
pub(super) fn of_row(
    formulation: &Formulation<'_>,
    row: Row,
    key: RowKey,
) -> Option<(RuleKind, Stands)> {
    let model = formulation.model;
    Some(match key {
        RowKey::CommodityBalance(r, c, _, y) | RowKey::AnnualBalance(r, c, y) => {
            let (of_row, of_year) =
                (formulation.lp.row_bounds[row.get()].lower, demand(model, r, c, y));
            // what nobody demands must only balance
            if of_row <= 0.0 || of_year <= 0.0 {
                return None;
            }
            (RuleKind::Demand(r, c, y), Stands::Bound(of_row / of_year))
        }
        RowKey::MinimumLoad(p, node, y) => {
            let varies = (model.processes[p].minimum_load.as_ref())
                .is_some_and(kzleap_model::Series::varies_by_slice);
            (RuleKind::MinimumLoad(p, varies.then_some(node), y), Stands::Factor)
        }
        RowKey::RampUp(p, ..) | RowKey::RampDown(p, ..) => (RuleKind::Ramp(p), Stands::Factor),
        RowKey::GrowthLimit(k, _) => (RuleKind::GrowthSeed(k), Stands::Bound(1.0)),
        RowKey::ActivityLimit(at, y) => (RuleKind::ActivityLimit(at, y), Stands::Bound(1.0)),
        RowKey::CapacityLimit(at, y) => {
            let built = model.capacity_limits[at].of == CapacityKind::New;
            let per = if built { years_of(model, y) } else { 1.0 };
            (RuleKind::CapacityLimit(at, y), Stands::Bound(per))
        }
        RowKey::Share(at, y) => (RuleKind::Share(at, y), Stands::Factor),
        RowKey::ReserveMargin(at, _, y) => {
            let stands = match &model.reserves[at].requirement {
                ReserveRequirement::Firm { peak, .. } => Stands::Bound(peak[y.get()]),
                ReserveRequirement::Production { .. } => Stands::Factor,
            };
            (RuleKind::ReserveMargin(at, y), stands)
        }
        RowKey::EmissionCap(at, y) => (RuleKind::EmissionCap(at, y), Stands::Bound(1.0)),
        RowKey::UserRow(at) => (RuleKind::UserRow(at), Stands::Bound(1.0)),
        // what a plant, a storage or a line can do
        RowKey::CapacityAdequacy(..)
        | RowKey::AnnualAvailability(..)
        | RowKey::StorageLevel(..)
        | RowKey::StorageSize(..)
        | RowKey::StorageMinimum(..)
        | RowKey::StorageCheckSize(..)
        | RowKey::StorageCheckMinimum(..)
        | RowKey::StepRampUp(..)
        | RowKey::StepRampDown(..)
        | RowKey::LinkCapacity(..)
        | RowKey::DcFlow(..)
        | RowKey::OneWay(..)
        // what follows from other numbers
        | RowKey::CapacityTransfer(..)
        | RowKey::Retirement(..)
        | RowKey::WholeUnits(..)
        | RowKey::EmissionAccounting(..)
        | RowKey::MustBeUsed(..)
        | RowKey::ShareWaste(..)
        // no plan need take a subsidy
        | RowKey::SubsidyLimit(..)
        | RowKey::SubsidyBudget(..) => return None,
    })
}

/// The number that bounds of a column hold; `None` if they are physics.
pub(super) fn of_column(model: &Model, key: ColumnKey) -> Option<(RuleKind, Stands)> {
    match key {
        ColumnKey::Capacity(k, y) => Some((RuleKind::Capacity(k, y), Stands::Bound(1.0))),
        ColumnKey::NewCapacity(k, y) => {
            Some((RuleKind::NewCapacity(k, y), Stands::Bound(years_of(model, y))))
        }
        ColumnKey::Activity { .. }
        | ColumnKey::NewUnits(..)
        | ColumnKey::Retirement(..)
        | ColumnKey::Level(..)
        | ColumnKey::Flow { .. }
        | ColumnKey::Emissions(..)
        | ColumnKey::Unserved(..)
        | ColumnKey::Surplus(..)
        | ColumnKey::Wasted(..)
        | ColumnKey::Subsidy(..)
        | ColumnKey::Angle(..)
        | ColumnKey::Direction(..) => None,
    }
}

/// Calendar years for which capacity is built, where limits on building are by calendar year.
fn years_of(model: &Model, y: YearIx) -> f64 {
    match model.finance.convention {
        Convention::Annuity => model.time.years[y].length(),
        Convention::Osemosys { .. } | Convention::Nemo(_) => 1.0,
    }
}

/// All that is asked for of a commodity in a region and year.
fn demand(model: &Model, r: RegionIx, c: CommodityIx, y: YearIx) -> f64 {
    (model.demands.iter())
        .filter(|demand| demand.region == r && demand.commodity == c)
        .map(|demand| demand.annual[y.get()])
        .sum()
}

/// The number as the model keeps it (building by calendar year, margins and shares as ratios);
/// `least` tells a least from a most.
pub(super) fn number(formulation: &Formulation<'_>, kind: RuleKind, least: bool) -> f64 {
    let model = formulation.model;
    let side = |lower: f64, upper: f64| if least { lower } else { upper };
    match kind {
        RuleKind::Demand(r, c, y) => demand(model, r, c, y),
        RuleKind::MinimumLoad(p, node, y) => {
            let Some(load) = &model.processes[p].minimum_load else { return 0.0 };
            match node {
                None => load.at(SliceIx::new(0), y),
                Some(node) => {
                    let nodes = model.time.nodes(model.processes[p].tier);
                    model.time.node_mean(load, &nodes[node], y)
                }
            }
        }
        RuleKind::Ramp(p) => model.processes[p].ramp_per_hour.unwrap_or(0.0),
        RuleKind::GrowthSeed(k) => {
            let investment = model.capacities[k].investment.as_ref();
            investment.and_then(|i| i.growth).map_or(0.0, |growth| growth.seed)
        }
        RuleKind::ActivityLimit(at, y) => match (&model.activity_limits[at].window, y) {
            (ActivityWindow::EachYear { lower, upper }, Some(y)) => {
                side(lower[y.get()], upper[y.get()])
            }
            (ActivityWindow::Horizon { lower, upper }, _) => side(*lower, *upper),
            (ActivityWindow::EachYear { .. }, None) => 0.0,
        },
        RuleKind::Capacity(k, y) => {
            let capacity = &model.capacities[k];
            side(capacity.lower[y.get()], capacity.upper[y.get()])
        }
        RuleKind::NewCapacity(k, y) => {
            let Some(investment) = &model.capacities[k].investment else { return 0.0 };
            side(investment.lower[y.get()], investment.upper[y.get()]) / years_of(model, y)
        }
        RuleKind::CapacityLimit(at, y) => {
            let limit = &model.capacity_limits[at];
            let built = limit.of == CapacityKind::New;
            let per = if built { years_of(model, y) } else { 1.0 };
            side(limit.lower[y.get()], limit.upper[y.get()]) / per
        }
        RuleKind::Share(at, y) => model.shares[at].share[y.get()].unwrap_or(0.0),
        RuleKind::ReserveMargin(at, y) => match &model.reserves[at].requirement {
            ReserveRequirement::Firm { margin, .. } => margin[y.get()],
            ReserveRequirement::Production { factor, .. } => factor[y.get()],
        },
        RuleKind::EmissionCap(at, y) => match (&model.emission_caps[at].window, y) {
            (CapWindow::EachYear(limits), Some(y)) => limits[y.get()].unwrap_or(0.0),
            (CapWindow::Budget { limit, .. }, _) => *limit,
            (CapWindow::EachYear(_), None) => 0.0,
        },
        RuleKind::UserRow(at) => model.user_rows[at].right_hand_side,
        RuleKind::Row(row) => {
            let bounds = formulation.lp.row_bounds[row.get()];
            side(bounds.lower, bounds.upper)
        }
        RuleKind::Bounds(col) => {
            let bounds = formulation.lp.col_bounds[col.get()];
            side(bounds.lower, bounds.upper)
        }
    }
}

/// How far a number may give way: the smallest and the largest that make sense.
pub(super) fn range(model: &Model, kind: RuleKind) -> (f64, f64) {
    match kind {
        RuleKind::Demand(..)
        | RuleKind::MinimumLoad(..)
        | RuleKind::Ramp(..)
        | RuleKind::GrowthSeed(..)
        | RuleKind::ActivityLimit(..)
        | RuleKind::Capacity(..)
        | RuleKind::NewCapacity(..)
        | RuleKind::CapacityLimit(..) => (0.0, f64::INFINITY),
        RuleKind::Share(..) => (0.0, 1.0),
        RuleKind::ReserveMargin(at, _) => match model.reserves[at].requirement {
            ReserveRequirement::Firm { .. } => (-1.0, f64::INFINITY),
            ReserveRequirement::Production { .. } => (0.0, f64::INFINITY),
        },
        RuleKind::EmissionCap(..)
        | RuleKind::UserRow(..)
        | RuleKind::Row(..)
        | RuleKind::Bounds(..) => (f64::NEG_INFINITY, f64::INFINITY),
    }
}

/// Its name, as in `emission cap national 2060`.
pub(super) fn name(formulation: &Formulation<'_>, kind: RuleKind) -> String {
    let model = formulation.model;
    let year = |y: YearIx| model.time.years[y].milestone;
    let capacity = |k: CapacityIx| {
        let capacity = &model.capacities[k];
        format!("{} in {}", capacity.name, model.regions[capacity.region].name)
    };
    let process = |p: ProcessIx| {
        let process = &model.processes[p];
        format!("{} in {}", process.name, model.regions[process.region].name)
    };
    match kind {
        RuleKind::Demand(r, c, y) => {
            let (r, c) = (&model.regions[r].name, &model.commodities[c].name);
            format!("demand of {c} in {r} {}", year(y))
        }
        RuleKind::MinimumLoad(p, None, y) => {
            format!("minimum load of {} {}", process(p), year(y))
        }
        RuleKind::MinimumLoad(p, Some(node), y) => {
            let when = match model.processes[p].tier {
                kzleap_model::Tier::Annual => "year",
                kzleap_model::Tier::Season => &model.time.seasons[node].name,
                kzleap_model::Tier::Slice => &model.time.slices[SliceIx::new(node)].name,
            };
            format!("minimum load of {} {when} {}", process(p), year(y))
        }
        RuleKind::Ramp(p) => format!("ramp of {}", process(p)),
        RuleKind::GrowthSeed(k) => format!("growth seed of {}", capacity(k)),
        RuleKind::ActivityLimit(at, y) => {
            let when = y.map_or_else(|| "over the horizon".to_owned(), |y| year(y).to_string());
            format!("activity limit {} {when}", model.activity_limits[at].name)
        }
        RuleKind::Capacity(k, y) => format!("capacity limit of {} {}", capacity(k), year(y)),
        RuleKind::NewCapacity(k, y) => {
            format!("new capacity limit of {} {}", capacity(k), year(y))
        }
        RuleKind::CapacityLimit(at, y) => {
            let limit = &model.capacity_limits[at];
            let what = match limit.of {
                CapacityKind::InService => "capacity limit",
                CapacityKind::New => "new capacity limit",
            };
            format!("{what} {} {}", limit.name, year(y))
        }
        RuleKind::Share(at, y) => format!("share {} {}", model.shares[at].name, year(y)),
        RuleKind::ReserveMargin(at, y) => {
            format!("reserve margin {} {}", model.reserves[at].name, year(y))
        }
        RuleKind::EmissionCap(at, y) => {
            let when = y.map_or_else(|| "budget".to_owned(), |y| year(y).to_string());
            format!("emission cap {} {when}", model.emission_caps[at].name)
        }
        RuleKind::UserRow(at) => format!("rule {}", model.user_rows[at].name),
        RuleKind::Row(row) => format!("row `{}`", formulation.row(row)),
        RuleKind::Bounds(col) => format!("bounds of `{}`", formulation.column(col)),
    }
}

/// What must be whole, in a sentence; columns of the same text are one thing.
pub(super) fn of_whole(formulation: &Formulation<'_>, col: Col) -> String {
    let model = formulation.model;
    match formulation.column_key(col) {
        ColumnKey::NewUnits(k, y) => {
            let capacity = &model.capacities[k];
            let region = &model.regions[capacity.region].name;
            let size = (capacity.investment.as_ref())
                .and_then(|investment| investment.unit_size.as_ref())
                .map_or(0.0, |size| size[y.get()]);
            format!(
                "whole units of {} in {region} ({size} {})",
                capacity.name,
                capacity.unit.text()
            )
        }
        ColumnKey::Direction(link, ..) => {
            format!("one direction at a time over {}", model.links[link].name)
        }
        _ => format!("whole numbers of `{}`", formulation.column(col)),
    }
}
