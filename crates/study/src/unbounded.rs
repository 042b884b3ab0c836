//! What lets the cost of a model fall without limit.
//!
//! Every column without a bound gets one far beyond any use; the columns that run into it in the
//! optimum of that program are those that some missing limit leaves free.

use kzleap_formulation::{ColumnKey, formulate};
use kzleap_model::Model;
use kzleap_solver::{Control, Options, SolveError, solve};

/// How far beyond the largest number of the program the bounds are set.
const FAR: f64 = 1e6;
/// What share of that distance counts as having gone far: columns bound to one another (capacity
/// and activity) differ by the factor between them.
const WENT_FAR: f64 = 1e-3;

/// Names what grows without limit, and which limit is missing.
///
/// # Errors
/// [`SolveError`] if the bounded program cannot be solved either.
pub fn explain_unbounded(
    model: &Model,
    control: Control<'_>,
) -> Result<Vec<String>, SolveError> {
    let formulation = formulate(model);
    let mut lp = formulation.lp.clone();
    let sides = lp.row_bounds.iter().chain(&lp.col_bounds).flat_map(|b| [b.lower, b.upper]);
    let largest = sides.filter(|side| side.is_finite()).fold(0.0_f64, |a, b| a.max(b.abs()));
    let far = if largest > 0.0 { FAR * largest } else { FAR };
    for bounds in &mut lp.col_bounds {
        bounds.lower = bounds.lower.max(-far);
        bounds.upper = bounds.upper.min(far);
    }
    let optimum = solve(&lp, &Options::default(), control)?;
    let mut named: Vec<String> = Vec::new();
    for (col, key) in formulation.columns() {
        let free = formulation.lp.col_bounds[col.get()];
        let value = optimum.columns[col.get()];
        let at_the_end = (value > WENT_FAR * far && free.upper == f64::INFINITY)
            || (value < -WENT_FAR * far && free.lower == f64::NEG_INFINITY);
        if at_the_end
            && let Some(text) = text(model, key)
            && !named.contains(&text)
        {
            named.push(text);
        }
    }
    Ok(named)
}

fn text(model: &Model, key: ColumnKey) -> Option<String> {
    let region = |r: kzleap_model::RegionIx| &model.regions[r].name;
    Some(match key {
        ColumnKey::Activity(key) => {
            let process = &model.processes[key.process];
            format!(
                "activity of {} in {}: its variable cost is below zero (or it earns more than it \
                 costs) and nothing limits it; give `max_activity` or a capacity",
                process.name,
                region(process.region)
            )
        }
        ColumnKey::NewCapacity(key) => {
            let capacity = &model.capacities[key.capacity];
            format!(
                "new capacity of {} in {}: it earns more than it costs; give `max_new_capacity` \
                 or `max_capacity`",
                capacity.name,
                region(capacity.region)
            )
        }
        ColumnKey::Flow(key) => {
            format!("flow over {}: give it a capacity or a cost", model.links[key.link].name)
        }
        // bounded, or bound to one of these
        ColumnKey::Capacity(_)
        | ColumnKey::NewUnits(_)
        | ColumnKey::Retirement(_)
        | ColumnKey::Conversion(_)
        | ColumnKey::Level(_)
        | ColumnKey::Standby(_)
        | ColumnKey::StandbyFlow(_)
        | ColumnKey::Emissions(_)
        | ColumnKey::Unserved(_)
        | ColumnKey::Forgone(_)
        | ColumnKey::Surplus(_)
        | ColumnKey::Wasted(_)
        | ColumnKey::Subsidy(_)
        | ColumnKey::Allowances(_)
        | ColumnKey::Angle(_)
        | ColumnKey::Direction(_) => return None,
    })
}
