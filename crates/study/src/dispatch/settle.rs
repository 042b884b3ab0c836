//! What is balanced by the year, once the hours of all weeks are known.

use kzleap_accounts::Accounts;
use kzleap_accounts::operation::TOLERANCE;
use kzleap_formulation::families::commodity_balance;
use kzleap_formulation::{ColumnKey, Formulation, RowKey, formulate};
use kzleap_lp::{Bounds, Col, Lp, Row};
use kzleap_model::policy::{ActivityWindow, CapWindow, EmissionCapIx};
use kzleap_model::{
    CommodityIx, Demand, Model, ProcessIx, Series, SliceIx, Solution, Tier, YearIx,
};
use kzleap_solver::{Control, Options, SolveError, solve};

use super::AboveCap;

/// What it costs if the hours take more of something than there is in the year, MUSD for each unit
/// of any row: more than anything else.
const SHORT: f64 = 1e5;
/// Up to this share of what the hours bring there is enough of it.
const ENOUGH: f64 = 1e-4;
/// From this share of what the hours take on, more of it is left over than they should leave.
const LEFT: f64 = 5e-3;

/// A year with the hours of all its weeks.
pub(super) struct Settled {
    /// What happens in it.
    pub(super) solution: Solution,
    /// Whether it is certified to be of least cost.
    pub(super) certified: bool,
    /// What the hours of all weeks take that is not there.
    pub(super) short: Vec<Change>,
    /// All of that together, PJ (or other units of the commodities).
    pub(super) lacking: f64,
    /// What they should take less or more of, though the year is whole as it is: emissions above
    /// caps, and what is left over of a season.
    better: Vec<Change>,
}

impl Settled {
    /// What every week should know of.
    pub(super) fn changes(&self) -> impl Iterator<Item = &Change> {
        self.short.iter().chain(&self.better)
    }
}

/// What the hours of all weeks take together that is not there, or leave though they need not.
pub(super) enum Change {
    /// Of what is balanced by the year or season: as demand; below zero what is left over.
    Commodity(Box<Demand>),
    /// Above the upper limit of an activity, or (below zero) under the lower one: which, and PJ.
    Activity(usize, f64),
    /// Above what can run over the year: who, and the share that is too much.
    Availability(ProcessIx, f64),
    /// Below what must run over the year: who, and the share that is missing.
    LeastUse(ProcessIx, f64),
    /// Above what a constraint allows, or (below zero) under it: which, and how much of its unit.
    Constraint(usize, f64),
    /// Above a cap: which, and how much in its unit.
    Cap(EmissionCapIx, f64),
}

impl Change {
    /// Leaves so much less to every week, or more.
    pub(super) fn make(&self, model: &mut Model) {
        match *self {
            Self::Commodity(ref demand) => model.demands.push((**demand).clone()),
            Self::Cap(at, amount) => {
                let CapWindow::EachYear(limits) = &mut model.emission_caps[at].window else {
                    return;
                };
                limits.iter_mut().flatten().for_each(|limit| *limit -= amount);
            }
            Self::Activity(at, amount) => {
                let ActivityWindow::EachYear { lower, upper } =
                    &mut model.activity_limits[at].window
                else {
                    return;
                };
                if amount > 0.0 {
                    upper[0] = (upper[0] - amount).max(lower[0]);
                } else {
                    lower[0] = (lower[0] - amount).min(upper[0]);
                }
            }
            Self::Availability(process, share) => {
                let process = &mut model.processes[process];
                let parts = process.parts.iter_mut().map(|part| &mut part.annual_availability);
                for most in parts.chain([&mut process.annual_availability]).flatten() {
                    most[0] *= 1.0 - share;
                }
            }
            Self::LeastUse(process, share) => {
                let process = &mut model.processes[process];
                let parts = process.parts.iter_mut().map(|part| &mut part.annual_minimum_load);
                for least in parts.chain([&mut process.annual_minimum_load]).flatten() {
                    least[0] *= 1.0 + share;
                }
            }
            Self::Constraint(at, amount) => model.user_rows[at].right_hand_side -= amount,
        }
    }
}

/// The program of what is not of single hours, for what the hours of all weeks take together.
struct Program {
    lp: Lp,
    /// The column in it of each column of the year that is still to be decided.
    own: Vec<Option<Col>>,
    /// The rows of the year that it has.
    kept: Vec<Row>,
    /// Balances that the hours enter, with columns of what they lack and of what is too much, and with
    /// what they bring.
    slack: Vec<(commodity_balance::Key, Col, Col, f64)>,
    /// Balances of seasons, with the column of what could be had beyond what the hours take.
    left: Vec<(commodity_balance::Key, Col, f64)>,
    /// Limits that the hours alone enter and break: by how much of their unit.
    broken: Vec<(f64, Change)>,
}

/// What is not of single hours, at least cost, for what the hours of all weeks take together.
pub(super) fn settle(
    one: &Model,
    above: &[AboveCap],
    hours: Solution,
    options: &Options,
    control: Control<'_>,
) -> Result<Settled, SolveError> {
    let formulation = formulate(one);
    let mut columns: Vec<f64> =
        formulation.columns().map(|(_, key)| value(key, &hours)).collect();
    let mut program = program(one, &formulation, &columns, &hours);
    let mut optimum = solve(&program.lp, options, control)?;
    let mut better: Vec<Change> = (program.left.iter())
        .map(|(key, col, of_hours)| (key, optimum.columns[col.get()], of_hours))
        .filter(|(_, amount, of_hours)| *amount > LEFT * *of_hours)
        .map(|(key, amount, _)| Change::Commodity(Box::new(demand(one, *key, -amount))))
        .collect();
    if !better.is_empty() {
        // it was only to be known how much that is
        for (_, col, _) in &program.left {
            program.lp.col_bounds[col.get()] = Bounds::exactly(0.0);
        }
        optimum = solve(&program.lp, options, control)?;
    }
    for (column, own) in columns.iter_mut().zip(&program.own) {
        if let Some(own) = own {
            *column = optimum.columns[own.get()];
        }
    }
    let mut row_duals = vec![0.0; formulation.lp.num_rows()];
    for (row, dual) in program.kept.iter().zip(&optimum.row_duals) {
        row_duals[row.get()] = *dual;
    }
    let lacking = program.slack.into_iter().filter_map(|(key, more, less, size)| {
        let amount = optimum.columns[more.get()] - optimum.columns[less.get()];
        let change = || Change::Commodity(Box::new(demand(one, key, amount)));
        (amount.abs() > ENOUGH * size).then(|| (amount.abs(), change()))
    });
    let (lacking, short): (Vec<f64>, Vec<Change>) =
        program.broken.into_iter().chain(lacking).unzip();
    let mut settled = formulation.read_back(0.0, &columns, &row_duals);
    for (settled, hours) in settled.balances.iter_mut().zip(hours.balances) {
        if one.commodities[settled.commodity].tier == Tier::Slice {
            (settled.price, settled.unserved_lots) = (hours.price, hours.unserved_lots);
        }
    }
    settled.objective = Accounts::new(one, &settled).total_cost();
    let caps = super::caps(one, &settled, above);
    for cap in caps.iter().filter(|cap| !cap.is_kept(TOLERANCE)) {
        let of_name = |(at, ..): &&AboveCap| one.emission_caps[*at].name == cap.name;
        let at = above.iter().find(of_name).map(|(at, ..)| *at);
        better.extend(at.map(|at| Change::Cap(at, cap.emitted - cap.limit)));
    }
    Ok(Settled {
        solution: settled,
        certified: optimum.certificate.certified,
        short,
        lacking: lacking.iter().sum(),
        better,
    })
}

fn program(
    one: &Model,
    formulation: &Formulation<'_>,
    columns: &[f64],
    hours: &Solution,
) -> Program {
    let mut lp = Lp::default();
    let own: Vec<Option<Col>> = (formulation.columns())
        .map(|(col, key)| {
            let (cost, bounds) =
                (formulation.lp.cost[col.get()], formulation.lp.col_bounds[col.get()]);
            is_free(one, key).then(|| lp.add_col(cost, bounds))
        })
        .collect();
    let (mut kept, mut broken) = (Vec::new(), Vec::new());
    let (mut slack, mut left) = (Vec::new(), Vec::new());
    for (row, key) in formulation.rows() {
        if !formulation.lp.row(row).any(|(col, _)| own[col.get()].is_some()) {
            broken.extend(beyond(formulation, row, key, columns));
            continue;
        }
        let (mut taken, mut of_hours) = (0.0, 0.0_f64);
        for (col, factor) in formulation.lp.row(row) {
            match own[col.get()] {
                Some(own) => lp.push_term(own, factor),
                None => {
                    taken += factor * columns[col.get()];
                    of_hours += (factor * columns[col.get()]).abs();
                }
            }
        }
        if let (RowKey::CommodityBalance(key), true) = (key, of_hours > 0.0) {
            let [more, less] = [0, 1].map(|_| lp.add_col(SHORT, Bounds::NON_NEGATIVE));
            lp.push_term(more, 1.0);
            lp.push_term(less, -1.0);
            slack.push((key, more, less, of_hours));
            let worth = worth_of_season(one, key, hours);
            if worth > 0.0 {
                let col = lp.add_col(-worth, Bounds::between(0.0, of_hours));
                lp.push_term(col, -1.0);
                left.push((key, col, of_hours));
            }
        }
        let Bounds { lower, upper } = formulation.lp.row_bounds[row.get()];
        lp.finish_row(Bounds::between(lower - taken, upper - taken));
        kept.push(row);
    }
    Program { lp, own, kept, slack, left, broken }
}

/// So much of what a row balances, as demand.
fn demand(one: &Model, key: commodity_balance::Key, amount: f64) -> Demand {
    let profile = of_season(one, key.commodity, key.node);
    Demand::new(key.region, key.commodity, vec![amount], profile)
}

/// What one more unit of a season's commodity, which nobody needs itself, is worth to the weeks: MUSD
/// of the objective; zero for all else.
fn worth_of_season(one: &Model, key: commodity_balance::Key, hours: &Solution) -> f64 {
    let kind = &one.commodities[key.commodity];
    let Some(node) = key.node.filter(|_| kind.tier == Tier::Season) else { return 0.0 };
    let place = (key.region, key.commodity);
    let found = hours.balances.iter().find(|one| (one.region, one.commodity) == place);
    let price = found.map_or(0.0, |balance| balance.price[(node, key.year.get())]);
    match kind.unserved_cost {
        Some(_) => 0.0,
        None => price.max(0.0) * one.flow_present_value(key.region, key.year),
    }
}

/// The shares of a season's slices, for what is balanced by season; `None` for what is not.
fn of_season(one: &Model, commodity: CommodityIx, node: Option<usize>) -> Option<Series> {
    let node = node.filter(|_| one.commodities[commodity].tier == Tier::Season)?;
    let slices = one.time.node(Tier::Season, node).slices;
    let year = YearIx::new(0);
    let split = |s: SliceIx| one.time.year_split.at(s, year);
    let whole: f64 = slices.clone().map(|s| split(SliceIx::new(s))).sum();
    let share = |s: SliceIx| if slices.contains(&s.get()) { split(s) / whole } else { 0.0 };
    Some(Series::BySlice(one.time.slices.ixs().map(share).collect()))
}

/// What the hours take beyond a limit on the year that they alone enter: how much of its unit, and what
/// every week should know of it.
fn beyond(
    formulation: &Formulation<'_>,
    row: Row,
    key: RowKey,
    columns: &[f64],
) -> Option<(f64, Change)> {
    if !matches!(
        key,
        RowKey::ActivityLimit(_)
            | RowKey::AnnualAvailability(_)
            | RowKey::AnnualMinimumLoad(_)
            | RowKey::UserRow(_)
    ) {
        return None;
    }
    let lp = &formulation.lp;
    let taken: f64 = lp.row(row).map(|(col, factor)| factor * columns[col.get()]).sum();
    let size: f64 = lp.row(row).map(|(col, factor)| (factor * columns[col.get()]).abs()).sum();
    let Bounds { lower, upper } = lp.row_bounds[row.get()];
    let above = (taken - upper).max(0.0) - (lower - taken).max(0.0);
    if above.abs() <= ENOUGH * size {
        return None;
    }
    let change = match key {
        RowKey::ActivityLimit(key) => Some(Change::Activity(key.at, above)),
        RowKey::AnnualAvailability(key) => {
            Some(Change::Availability(key.process, (above / size).clamp(0.0, 1.0)))
        }
        RowKey::UserRow(key) => Some(Change::Constraint(key.at, above)),
        RowKey::AnnualMinimumLoad(key) => {
            Some(Change::LeastUse(key.process, (-above / size).clamp(0.0, 1.0)))
        }
        _ => None,
    };
    change.map(|change| (above.abs(), change))
}

/// Whether a column is decided once the hours are known.
fn is_free(one: &Model, key: ColumnKey) -> bool {
    let tier = |commodity: CommodityIx| one.commodities[commodity].tier;
    match key {
        ColumnKey::Activity(key) => one.processes[key.process].tier != Tier::Slice,
        ColumnKey::Flow(key) => tier(one.links[key.link].commodity) != Tier::Slice,
        ColumnKey::Surplus(key) => tier(key.commodity) != Tier::Slice,
        ColumnKey::Emissions(_) | ColumnKey::Subsidy(_) => true,
        _ => false,
    }
}

/// What the hours say of a column that enters rules on the year; zero for all others.
fn value(key: ColumnKey, hours: &Solution) -> f64 {
    match key {
        ColumnKey::Activity(key) => {
            hours.activity[key.process.get()][(key.mode, key.node, key.year.get())]
        }
        ColumnKey::Flow(key) => {
            hours.flow[key.link.get()][(key.direction, key.node, key.year.get())]
        }
        ColumnKey::Unserved(key) => {
            let mut balances = hours.balances.iter();
            let place = (key.region, key.commodity);
            let balance = balances.find(|one| (one.region, one.commodity) == place);
            balance.map_or(0.0, |one| one.unserved_lots[key.lot][(key.node, key.year.get())])
        }
        ColumnKey::Capacity(key) => hours.capacity[(key.capacity.get(), key.year.get())],
        _ => 0.0,
    }
}
