//! What rows and bounds of the program are called in the words of a modeller.

use kzleap_formulation::{ColumnKey, Formulation, RowKey};
use kzleap_lp::mps::Names as _;
use kzleap_lp::{Col, Row};
use kzleap_model::{Model, YearIx};

/// What a row or a bound states.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    /// Its name, as in `emission cap national 2060`.
    pub(super) name: String,
    /// The unit of its number.
    pub(super) unit: String,
    /// The price of breaking it by its own size.
    pub(super) weight: f64,
}

/// What may be broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// The rules that a modeller states.
    Rules,
    /// Physics too: for a model that has no plan even without rules.
    Everything,
}

/// Price of breaking physics: dearer than any rule.
const PHYSICS: f64 = 1000.0;

/// The rule a row states; `None` if it may not be broken.
pub(super) fn of_row(
    formulation: &Formulation<'_>,
    row: Row,
    key: RowKey,
    scope: Scope,
) -> Option<Rule> {
    match rule_of(formulation.model, key) {
        Some((name, unit, weight)) => Some(Rule { name, unit, weight }),
        None if scope == Scope::Everything => Some(Rule {
            name: format!("row `{}`", formulation.row(row)),
            unit: String::new(),
            weight: PHYSICS,
        }),
        None => None,
    }
}

/// The rule the bounds of a column state; `None` if they may not be broken or say nothing.
pub(super) fn of_bounds(
    formulation: &Formulation<'_>,
    col: Col,
    key: ColumnKey,
    scope: Scope,
) -> Option<Rule> {
    let bounds = formulation.lp.col_bounds[col.get()];
    if bounds.lower <= 0.0 && bounds.upper == f64::INFINITY {
        return None;
    }
    match bound_rule(formulation.model, key) {
        Some((name, unit)) => Some(Rule { name, unit, weight: 1.0 }),
        None if scope == Scope::Everything => Some(Rule {
            name: format!("bounds of `{}`", formulation.column(col)),
            unit: String::new(),
            weight: PHYSICS,
        }),
        None => None,
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
            format!("whole units of {} in {region} ({size} {})", capacity.name, capacity.unit)
        }
        ColumnKey::Direction(link, ..) => {
            format!("one direction at a time over {}", model.links[link].name)
        }
        _ => format!("whole numbers of `{}`", formulation.column(col)),
    }
}

/// The rule a bound of a capacity states, with its unit; `None` if it states none.
fn bound_rule(model: &Model, key: ColumnKey) -> Option<(String, String)> {
    let (what, k, y) = match key {
        ColumnKey::Capacity(k, y) => ("capacity", k, y),
        ColumnKey::NewCapacity(k, y) => ("new capacity", k, y),
        _ => return None,
    };
    let capacity = &model.capacities[k];
    let region = &model.regions[capacity.region].name;
    let year = model.time.years[y].milestone;
    let unit = named(&capacity.unit, "GW");
    Some((format!("{what} limit of {} in {region} {year}", capacity.name), unit))
}

/// A unit, or the usual one where an imported model names none.
fn named(unit: &str, usual: &str) -> String {
    if unit.is_empty() { usual.to_owned() } else { unit.to_owned() }
}

/// The unit of a process's activity: that of the flow whose ratio is 1.
fn activity(model: &Model, p: kzleap_model::ProcessIx) -> String {
    let first = model.processes[p].modes.iter().find_map(|mode| {
        let mut flows = mode.outputs.iter().chain(&mode.inputs);
        flows.find(|(_, ratio)| ratio.range() == (1.0, 1.0))
    });
    let unit = first.map_or("", |(commodity, _)| model.commodities[*commodity].unit.as_str());
    named(unit, "PJ")
}

/// The rule a row states, its unit, and the price of breaking it by its own size; `None` if the
/// row is physics.
fn rule_of(model: &Model, key: RowKey) -> Option<(String, String, f64)> {
    let year = |y: YearIx| model.time.years[y].milestone;
    let process = |p: kzleap_model::ProcessIx| {
        let process = &model.processes[p];
        format!("{} in {}", process.name, model.regions[process.region].name)
    };
    Some(match key {
        RowKey::CommodityBalance(r, c, _, y) | RowKey::AnnualBalance(r, c, y) => {
            let unit = named(&model.commodities[c].unit, "PJ");
            let (r, c) = (&model.regions[r].name, &model.commodities[c].name);
            (format!("demand of {c} in {r} {}", year(y)), unit, 10.0)
        }
        RowKey::MinimumLoad(p, _, y) => {
            (format!("minimum load of {} {}", process(p), year(y)), activity(model, p), 1.0)
        }
        RowKey::RampUp(p, _, y) | RowKey::RampDown(p, _, y) => {
            let unit = format!("{}/h", activity(model, p));
            (format!("ramp of {} {}", process(p), year(y)), unit, 1.0)
        }
        RowKey::GrowthLimit(k, y) => {
            let name = &model.capacities[k].name;
            let region = &model.regions[model.capacities[k].region].name;
            let unit = format!("{}/a", named(&model.capacities[k].unit, "GW"));
            (format!("growth limit of {name} in {region} {}", year(y)), unit, 1.0)
        }
        RowKey::ActivityLimit(at, y) => {
            let name = &model.activity_limits[at].name;
            let when = y.map_or_else(|| "over the horizon".to_owned(), |y| year(y).to_string());
            let first = model.activity_limits[at].processes.first();
            let unit = first.map_or("PJ".to_owned(), |(p, _)| activity(model, *p));
            (format!("activity limit {name} {when}"), unit, 1.0)
        }
        RowKey::CapacityLimit(at, y) => {
            let limit = &model.capacity_limits[at];
            let first = limit.capacities.first().map(|k| model.capacities[*k].unit.as_str());
            let unit = named(first.unwrap_or_default(), "GW");
            (format!("capacity limit {} {}", limit.name, year(y)), unit, 1.0)
        }
        RowKey::Share(at, y) => {
            let share = &model.shares[at];
            let first = share.whole.first().map(|(_, c)| model.commodities[*c].unit.as_str());
            let unit = named(first.unwrap_or_default(), "PJ");
            (format!("share {} {}", share.name, year(y)), unit, 1.0)
        }
        RowKey::ReserveMargin(at, _, y) => (
            format!("reserve margin {} {}", model.reserves[at].name, year(y)),
            "GW".to_owned(),
            1.0,
        ),
        RowKey::EmissionCap(at, y) => {
            let when = y.map_or_else(|| "budget".to_owned(), |y| year(y).to_string());
            (
                format!("emission cap {} {when}", model.emission_caps[at].name),
                "Mt".to_owned(),
                1.0,
            )
        }
        RowKey::UserRow(at) => {
            (format!("rule {}", model.user_rows[at].name), String::new(), 1.0)
        }
        _ => return None,
    })
}
