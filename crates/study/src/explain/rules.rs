//! The numbers of a model that may give way, and the bounds of physics beside them.
//!
//! Every family of rows and of columns says which number it holds, and what is known of it.

use kzleap_formulation::{ColumnKey, Formulation, RuleKind, Sides};
use kzleap_lp::mps::Names as _;
use kzleap_lp::{Bounds, Col};
use kzleap_model::Model;

/// The number as the model keeps it (building by calendar year, margins and shares as ratios), as a
/// least or as a most.
pub(super) fn number(formulation: &Formulation<'_>, kind: RuleKind, least: bool) -> f64 {
    let sides = |Bounds { lower, upper }| Sides { least: lower, most: upper };
    let value = match kind {
        RuleKind::Row(row) => Some(sides(formulation.lp.row_bounds[row.get()])),
        RuleKind::Bounds(col) => Some(sides(formulation.lp.col_bounds[col.get()])),
        number => number.facts(formulation.model).map(|facts| facts.value),
    };
    value.map_or(0.0, |value| value.of(least))
}

/// How far a number may give way: the smallest and the largest that make sense.
pub(super) fn range(model: &Model, kind: RuleKind) -> (f64, f64) {
    kind.facts(model).map_or((f64::NEG_INFINITY, f64::INFINITY), |facts| facts.range)
}

/// Its name, as in `emission cap national 2060`.
pub(super) fn name(formulation: &Formulation<'_>, kind: RuleKind) -> String {
    match kind {
        RuleKind::Row(row) => format!("row `{}`", formulation.row(row)),
        RuleKind::Bounds(col) => format!("bounds of `{}`", formulation.column(col)),
        number => number.facts(formulation.model).map(|facts| facts.name).unwrap_or_default(),
    }
}

/// What must be whole, in a sentence; columns of the same text are one thing.
pub(super) fn of_whole(formulation: &Formulation<'_>, col: Col) -> String {
    let model = formulation.model;
    match formulation.column_key(col) {
        ColumnKey::NewUnits(key) => {
            let capacity = &model.capacities[key.capacity];
            let region = &model.regions[capacity.region].name;
            let size = (capacity.investment.as_ref())
                .and_then(|investment| investment.unit_size.as_ref())
                .map_or(0.0, |size| size[key.year.get()]);
            format!(
                "whole units of {} in {region} ({size} {})",
                capacity.name,
                capacity.unit.text()
            )
        }
        ColumnKey::Direction(key) => {
            format!("one direction at a time over {}", model.links[key.link].name)
        }
        // never whole
        ColumnKey::Capacity(_)
        | ColumnKey::NewCapacity(_)
        | ColumnKey::Retirement(_)
        | ColumnKey::Conversion(_)
        | ColumnKey::Activity(_)
        | ColumnKey::Level(_)
        | ColumnKey::Standby(_)
        | ColumnKey::StandbyFlow(_)
        | ColumnKey::Flow(_)
        | ColumnKey::Emissions(_)
        | ColumnKey::Unserved(_)
        | ColumnKey::Forgone(_)
        | ColumnKey::Surplus(_)
        | ColumnKey::Wasted(_)
        | ColumnKey::Subsidy(_)
        | ColumnKey::Allowances(_)
        | ColumnKey::Angle(_) => format!("whole numbers of `{}`", formulation.column(col)),
    }
}
