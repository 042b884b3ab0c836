//! A year of hours in weeks that fuels, caps, seasons and long storages hold together.
//!
//! All hours of three zones are a program of a million rows and more, too large to be solved at once.
//! But only some hundred of its rows have columns of several weeks. So it is decomposed
//! ([`dantzig_wolfe`]): each week is solved on its own, at prices of what it takes of the year, and a
//! master program finds those prices and puts the year together. What it finds keeps every rule of
//! the year, and how far its cost may be from the least is known.

use std::collections::HashMap;

use kzleap_formulation::{ColumnKey, Formulation, RowKey, formulate};
use kzleap_lp::{Col, Row, TOLERANCE};
use kzleap_model::storage::LevelStep;
use kzleap_model::{Chronology, CommodityIx, Model, ProcessIx, Solution, Tier};
use kzleap_resolution::merge_slices;
use kzleap_solver::{Control, Options, SolveError, dantzig_wolfe, solve};

use crate::plan::fits;

/// Columns of hours from which a year is decomposed into weeks. Systems of one region with 130,000
/// take 20 to 43 CPU-s at once; three zones of a country with 1,200,000 come to no end in minutes.
const IN_WEEKS_FROM: usize = 400_000;
/// Days of a week; the last one of a year has those that are left over too.
const DAYS: usize = 7;
/// Slices of the year that says what fuels, caps and seasons are worth to begin with.
const AROUND: usize = 96;
/// How far the cost may be from the least, relative to the sum of costs and earnings.
const GAP: f64 = 1e-3;

/// Whether a model of one year is too large to be solved in all its hours at once.
pub(super) fn is_large(one: &Model) -> bool {
    let runs = |p: &ProcessIx| {
        let process = &one.processes[*p];
        let exists = process.capacity.is_none_or(|c| one.capacities[c].residual[0] > 0.0);
        exists && process.tier == Tier::Slice
    };
    let modes: usize =
        one.processes.ixs().filter(runs).map(|p| one.processes[p].modes.len()).sum();
    (modes + 2 * one.links.len()) * one.time.slices.len() >= IN_WEEKS_FROM
}

/// What happens in all hours of a year, and whether it keeps all rules at a cost that is certified to
/// be within [`GAP`] of the least.
///
/// # Errors
/// That of the first week that has one.
pub(super) fn by_weeks(
    one: &Model,
    options: &Options,
    control: Control<'_>,
) -> Result<(Solution, bool), SolveError> {
    let formulation = formulate(one);
    fits(&formulation)?;
    let weeks = Weeks::of(one);
    let of_columns: Vec<Option<usize>> =
        formulation.columns().map(|(_, key)| weeks.of_column(key)).collect();
    let start = first_prices(one, &formulation, &of_columns, options, control)?;
    let found = dantzig_wolfe(&formulation.lp, &of_columns, &start, GAP, options, control)?;
    let certificate = found.certificate;
    let certified = certificate.primal.max(certificate.dual) <= TOLERANCE
        && certificate.gap.max(certificate.complementarity) <= GAP;
    let solution =
        formulation.read_back(certificate.objective, &found.columns, &found.row_duals);
    Ok((solution, certified))
}

/// The weeks of a year.
struct Weeks<'a> {
    one: &'a Model,
    /// That of each slice.
    of_slices: Vec<usize>,
    /// That of each point of each storage: the hour before it, or else the one after it.
    of_points: Vec<Vec<Option<usize>>>,
}

impl<'a> Weeks<'a> {
    fn of(one: &'a Model) -> Self {
        let last = (one.time.calendar.len() / DAYS).max(1) - 1;
        let mut of_slices = vec![0; one.time.slices.len()];
        for (day, kind) in one.time.calendar.iter().enumerate() {
            for slice in one.time.day_types[*kind].slices.clone() {
                of_slices[slice] = (day / DAYS).min(last);
            }
        }
        let of_points =
            one.storages.iter().map(|one| of_points(&one.chronology, &of_slices)).collect();
        Self { one, of_slices, of_points }
    }

    /// The week of a column, if it is of one.
    fn of_column(&self, key: ColumnKey) -> Option<usize> {
        let of = |commodity: CommodityIx| self.one.commodities[commodity].tier;
        let (tier, node) = match key {
            ColumnKey::Activity(key) => (self.one.processes[key.process].tier, key.node),
            ColumnKey::Flow(key) => (of(self.one.links[key.link].commodity), key.node),
            ColumnKey::Unserved(key) => (of(key.commodity), key.node),
            ColumnKey::Surplus(key) => (of(key.commodity), key.node),
            ColumnKey::Angle(key) => (Tier::Slice, key.node),
            ColumnKey::Level(key) => return self.of_points[key.storage.get()][key.point],
            _ => return None,
        };
        (tier == Tier::Slice).then(|| self.of_slices[node])
    }
}

fn of_points(chronology: &Chronology, of_slices: &[usize]) -> Vec<Option<usize>> {
    let mut of_points = vec![None; chronology.points.len()];
    let steps = || {
        let with_hour = |step| -> Option<_> { Some((step, week_of_step(step, of_slices)?)) };
        chronology.steps.iter().filter_map(with_hour)
    };
    for (step, week) in steps() {
        of_points[step.to] = Some(week);
    }
    for (step, week) in steps() {
        for from in &step.from {
            of_points[from.point].get_or_insert(week);
        }
    }
    of_points
}

fn week_of_step(step: &LevelStep, of_slices: &[usize]) -> Option<usize> {
    step.net_charge.first().map(|(slice, _)| of_slices[slice.get()])
}

/// The prices of what holds weeks together, in a year of few slices; zero for all else.
fn first_prices(
    one: &Model,
    formulation: &Formulation<'_>,
    of_columns: &[Option<usize>],
    options: &Options,
    control: Control<'_>,
) -> Result<Vec<f64>, SolveError> {
    let few = merge_slices(one, AROUND)
        .map_err(|_| SolveError::Stopped("the year has no typical periods".to_owned()))?;
    let few = formulate(&few);
    fits(&few)?;
    let optimum = solve(&few.lp, options, control)?;
    let known: HashMap<String, f64> = (few.rows())
        .map(|(row, key)| (key.name(few.model), optimum.row_duals[row.get()]))
        .collect();
    let between = |row| {
        let columns = formulation.lp.row(row).map(|(col, _)| col);
        let free = |col: &Col| !matches!(formulation.column_key(*col), ColumnKey::Capacity(_));
        let mut weeks = columns.filter(free).map(|col| of_columns[col.get()]);
        let first = weeks.next().flatten();
        first.is_none() || weeks.any(|week| week != first)
    };
    let price = |(row, key): (Row, RowKey)| {
        between(row).then(|| known.get(&key.name(one)).copied()).flatten().unwrap_or(0.0)
    };
    Ok(formulation.rows().map(price).collect())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use kzleap_model::chronology::{Cycle, repeating};
    use kzleap_model::policy::{ActivityLimit, ActivityWindow, Sense};
    use kzleap_model::user_rows::{Quantity, UserTerm};
    use kzleap_model::{UserRow, YearIx};
    use kzleap_resolution::only_year;

    use super::*;

    /// The island of `models/island` with what a plan of few slices builds, in its hours. Its
    /// battery is as it was after each `cycle`.
    fn island(with_cap: bool, cycle: Cycle) -> Model {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/island");
        let hours = kzleap_input::read(&path, None).model.expect("the island is read");
        let few = merge_slices(&hours, 24).expect("it has hours");
        let plan =
            crate::optimise(&few, &Options::default(), Control::default()).expect("a plan");
        let standing = kzleap_model::Standing::new(&few, &plan.solution);
        let year = YearIx::new(0);
        let mut one = only_year(&hours, year);
        super::super::hold(&mut one, &standing, year);
        super::super::may_go_unserved(&mut one);
        if !with_cap {
            one.emission_caps = kzleap_model::Set::new();
        }
        super::super::may_break_caps(&mut one);
        let time = one.time.clone();
        for storage in &mut one.storages {
            storage.chronology = repeating(&time, cycle, 0.0);
        }
        for capacity in &mut one.capacities {
            // a battery, whatever the plan says of it
            capacity.residual[0] = capacity.residual[0].max(0.05);
        }
        one
    }

    /// Weeks are certified, and cost no less than all hours at once and at most [`GAP`] more.
    /// Returns what happens in them, and in all hours at once.
    fn are_the_year(what: &str, one: &Model) -> [Solution; 2] {
        let formulation = formulate(one);
        let options = Options::default();
        let whole = solve(&formulation.lp, &options, Control::default()).expect("hours");
        let (least, costs) = (whole.objective, whole.certificate.costs);
        let (weeks, certified) =
            by_weeks(one, &options, Control::default()).expect("every week has a plan");
        assert!(certified, "{what}");
        let more = (weeks.objective - least) / costs;
        assert!((-1e-6..=GAP).contains(&more), "{what}: {more} of {costs} MUSD more");
        [weeks, formulation.read_back(least, &whole.columns, &whole.row_duals)]
    }

    /// Where nothing holds the weeks together they are what all hours together are.
    #[test]
    fn weeks_of_their_own() {
        let [weeks, whole] = are_the_year("free", &island(false, Cycle::Day));
        let apart = (weeks.objective - whole.objective).abs() / whole.objective;
        assert!(apart < 1e-6, "{} and {}", weeks.objective, whole.objective);
        assert!((weeks.emissions.sum() - whole.emissions.sum()).abs() < 1e-5);
    }

    /// A cap that is broken is broken by weeks as by the year; one that all hours together can keep, as
    /// the turbine may make less of what wind is thrown away for, is kept.
    #[test]
    fn weeks_under_a_cap() {
        let mut one = island(true, Cycle::Day);
        are_the_year("broken", &one);
        for capacity in &mut one.capacities {
            capacity.residual[0] *= 1.5;
        }
        let [weeks, whole] = are_the_year("kept", &one);
        let (weeks, whole) = (weeks.emissions.sum(), whole.emissions.sum());
        assert!((weeks - whole).abs() <= 1e-3 * whole, "{weeks} and {whole} Mt");
    }

    /// A battery that carries from week to week.
    #[test]
    fn a_storage_of_the_year() {
        are_the_year("year", &island(false, Cycle::Year));
    }

    /// A turbine that may make four fifths of what it would in the year, by a limit or by a constraint,
    /// or that must make a fifth more.
    #[test]
    fn limits_on_the_year() {
        let free = island(false, Cycle::Day);
        let turbine =
            free.processes.iter_ix().find(|(_, p)| p.name == "turbine").expect("there").0;
        let made = |solution: &Solution| solution.activity[turbine.get()].sum();
        let would = made(&are_the_year("free", &free)[0]);
        let mut limited = free.clone();
        limited.activity_limits.push(ActivityLimit {
            name: "turbine".to_owned(),
            processes: vec![(turbine, None)],
            window: ActivityWindow::EachYear { lower: vec![0.0], upper: vec![0.8 * would] },
        });
        let mut constrained = free.clone();
        let term = UserTerm::new(Quantity::Activity(turbine, None), YearIx::new(0), 2.0);
        let name = "turbine".to_owned();
        let row = UserRow::new(name, vec![term], Sense::AtMost, 1.6 * would);
        constrained.user_rows.push(row);
        for (what, one) in [("limit", limited), ("constraint", constrained)] {
            let [held, _] = are_the_year(what, &one);
            assert!(made(&held) <= 0.8 * would * (1.0 + 1e-6), "{what}: {}", made(&held));
        }
        let mut forced = free.clone();
        let (k, full) = (
            free.processes[turbine].capacity.expect("a capacity"),
            free.processes[turbine].capacity_to_activity,
        );
        let least = 1.2 * would / (full * free.capacities[k].residual[0]);
        forced.processes[turbine].annual_minimum_load = Some(vec![least]);
        let [held, _] = are_the_year("forced", &forced);
        assert!(made(&held) >= 1.2 * would * (1.0 - 1e-6), "{} PJ", made(&held));
    }
}
