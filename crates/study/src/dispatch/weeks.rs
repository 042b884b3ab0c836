//! A year week by week: each in its hours, with the rest of the year in few slices around it.
//!
//! A week alone would know nothing of what holds the year together: fuels and caps by the year, the
//! water of a season, a store that was filled in summer. With the rest of the year around it, all of
//! that keeps its worth, and the week takes of it what its hours are worth. So the year is not one
//! program of a million rows, but 52 small ones that are solved side by side. What is balanced by the
//! year is then settled for what the hours of all weeks take together.
//!
//! The rest of a year in few slices looks easier than it is. So all weeks together may bring too
//! little of something that the year needs, emit more than a cap allows, or leave water for a rest
//! that does not need it. That is asked for in every week, or left to it, and all are looked at again.
//! The best of these years is taken.

use std::num::NonZero;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, available_parallelism};

use kzleap_formulation::formulate;
use kzleap_model::{Model, Periods, ProcessIx, SliceIx, Solution, Tier};
use kzleap_resolution::{Resolution, merge_slices};
use kzleap_solver::{Control, Options, SolveError, solve};
use ndarray::{Array2, Array3, Axis, s};

use super::settle::{Settled, settle};
use super::{AboveCap, UNSERVED};
use crate::plan::fits;

/// Columns of hours from which a year is solved week by week. Systems of one region with 130,000 take
/// 20 to 43 CPU-s at once; three zones of a country with 1,200,000 come to no end in minutes.
const IN_WEEKS_FROM: usize = 400_000;
/// Days that are looked at in their hours together.
const DAYS: usize = 7;
/// How often all weeks are looked at, where something is short, above a cap or left over.
const MOST_ROUNDS: usize = 3;
/// Slices of the rest of the year.
const AROUND: usize = 48;

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

/// A week in its hours.
struct Week {
    /// Its days of the year.
    days: Range<usize>,
    /// The slice of each of its hours, in the model of the hours and in its own.
    slices: Vec<(SliceIx, SliceIx)>,
    /// What happens in its year.
    solution: Solution,
    certified: bool,
}

/// What happens in all hours of a year, and whether each week is certified to be of least cost and
/// the year has what they take together.
///
/// Contents of storages are not written down: each week has its own.
///
/// # Errors
/// That of the first week that has one.
pub(super) fn by_weeks(
    one: &Model,
    above: &[AboveCap],
    options: &Options,
    control: Control<'_>,
) -> Result<(Solution, bool), SolveError> {
    let around = merge_slices(one, AROUND)
        .map(|few| Periods::of(&few.time))
        .map_err(|_| SolveError::Stopped("the year has no typical periods".to_owned()))?;
    let mut asked = one.clone();
    let mut best: Option<(Settled, bool)> = None;
    for _ in 0..MOST_ROUNDS {
        let weeks = match all_weeks(&asked, &around, options, control) {
            // there is no more of what was asked for: what was found before stays, as it is
            Err(SolveError::Infeasible) if best.is_some() => break,
            weeks => weeks?,
        };
        let certified = weeks.iter().all(|week| week.certified);
        let year = settle(one, above, together(one, &weeks), options, control)?;
        // every week has its part of it
        year.changes().for_each(|change| change.make(&mut asked));
        let done = year.changes().next().is_none();
        // what is short counts as if it went unserved
        let rank = |year: &Settled| year.solution.objective + UNSERVED * year.lacking;
        if best.as_ref().is_none_or(|(best, _)| rank(&year) < rank(best)) {
            best = Some((year, certified));
        }
        if done {
            break;
        }
    }
    best.map(|(year, certified)| {
        let whole = certified && year.certified && year.short.is_empty();
        (year.solution, whole)
    })
    .ok_or_else(|| SolveError::Stopped("no week was looked at".to_owned()))
}

/// Every week of a year, in order, some at once.
fn all_weeks(
    one: &Model,
    around: &Periods,
    options: &Options,
    control: Control<'_>,
) -> Result<Vec<Week>, SolveError> {
    let count = (one.time.calendar.len() / DAYS).max(1);
    let end = |week: usize| {
        if week + 1 == count { one.time.calendar.len() } else { DAYS * (week + 1) }
    };
    let cores = available_parallelism().map_or(1, NonZero::get);
    let at_once = options.threads.map_or(cores, |threads| threads as usize);
    let next = AtomicUsize::new(0);
    let quiet = Control { log: None, ..control };
    let work = || -> Result<Vec<Week>, SolveError> {
        let mut done = Vec::new();
        loop {
            let week = next.fetch_add(1, Ordering::Relaxed);
            if week >= count {
                return Ok(done);
            }
            if let Some(log) = control.log {
                log(&format!("week {} of {count}", week + 1));
            }
            done.push(one_week(one, around, DAYS * week..end(week), options, quiet)?);
        }
    };
    let mut weeks = thread::scope(|scope| {
        let hands: Vec<_> = (0..at_once.clamp(1, count)).map(|_| scope.spawn(work)).collect();
        let mut weeks = Vec::new();
        for hand in hands {
            match hand.join() {
                Ok(done) => weeks.extend(done?),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        Ok::<_, SolveError>(weeks)
    })?;
    weeks.sort_by_key(|week| week.days.start);
    Ok(weeks)
}

fn one_week(
    one: &Model,
    around: &Periods,
    days: Range<usize>,
    options: &Options,
    control: Control<'_>,
) -> Result<Week, SolveError> {
    let (periods, first) = around.with_days(&days);
    let resolution = Resolution { periods: Some(periods), ..Resolution::default() };
    let model = resolution
        .of(one.clone())
        .map_err(|_| SolveError::Stopped("a week does not fit into its year".to_owned()))?;
    let formulation = formulate(&model);
    fits(&formulation)?;
    let optimum = solve(&formulation.lp, options, control)?;
    let solution =
        formulation.read_back(optimum.objective, &optimum.columns, &optimum.row_duals);
    let mut slices = Vec::new();
    for (at, day) in days.clone().enumerate() {
        let [hours, own] = [(one, day), (&model, first + at)].map(|(model, period)| {
            model.time.day_types[model.time.calendar[period]].slices.clone()
        });
        slices
            .extend(hours.zip(own).map(|(hour, own)| (SliceIx::new(hour), SliceIx::new(own))));
    }
    Ok(Week { days, slices, solution, certified: optimum.certificate.certified })
}

/// The hours of all weeks in activities, flows and balances, and the mean of what is not of hours.
fn together(one: &Model, weeks: &[Week]) -> Solution {
    let mut whole = weeks[0].solution.clone();
    for (p, process) in one.processes.iter().enumerate() {
        let of = |solution: &Solution| solution.activity[p].to_owned();
        whole.activity[p] = in_hours(one, weeks, process.tier, &of);
    }
    for (l, link) in one.links.iter().enumerate() {
        let of = |solution: &Solution| solution.flow[l].to_owned();
        whole.flow[l] = in_hours(one, weeks, one.commodities[link.commodity].tier, &of);
    }
    for (at, balance) in whole.balances.iter_mut().enumerate() {
        let tier = one.commodities[balance.commodity].tier;
        let by_node = |of: &dyn Fn(&Solution) -> Array2<f64>| {
            let of = |solution: &Solution| of(solution).insert_axis(Axis(0));
            in_hours(one, weeks, tier, &of).index_axis_move(Axis(0), 0)
        };
        balance.price = by_node(&|solution| solution.balances[at].price.clone());
        for lot in 0..balance.unserved_lots.len() {
            balance.unserved_lots[lot] =
                by_node(&|solution| solution.balances[at].unserved_lots[lot].clone());
        }
    }
    whole
}

/// What single weeks say, shape `[what, node, year]`: the hours of each, or the mean of all.
fn in_hours(
    one: &Model,
    weeks: &[Week],
    tier: Tier,
    of: &dyn Fn(&Solution) -> Array3<f64>,
) -> Array3<f64> {
    let days = one.time.calendar.len() as f64;
    let kinds = of(&weeks[0].solution).len_of(Axis(0));
    let mut whole = Array3::zeros((kinds, one.time.node_count(tier), 1));
    for week in weeks {
        let part = of(&week.solution);
        if tier == Tier::Slice {
            for (hour, own) in &week.slices {
                let mut to = whole.slice_mut(s![.., hour.get(), 0]);
                to.assign(&part.slice(s![.., own.get(), 0]));
            }
        } else {
            whole.scaled_add(week.days.len() as f64 / days, &part);
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use kzleap_accounts::Accounts;
    use kzleap_model::chronology::{Cycle, repeating};
    use kzleap_model::policy::{ActivityLimit, ActivityWindow, Sense};
    use kzleap_model::user_rows::{Quantity, UserTerm};
    use kzleap_model::{UserRow, YearIx};
    use kzleap_resolution::only_year;

    use super::*;

    /// The island of `models/island` with what a plan of few slices builds, in its hours. Its
    /// battery is as it was after each day.
    fn island(with_cap: bool) -> (Model, Vec<AboveCap>) {
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
        let above = super::super::may_break_caps(&mut one);
        let time = one.time.clone();
        for storage in &mut one.storages {
            let chronology = repeating(&time, Cycle::Day, 0.0);
            storage.chronology = chronology;
        }
        for capacity in &mut one.capacities {
            // a battery, whatever the plan says of it
            capacity.residual[0] = capacity.residual[0].max(0.05);
        }
        (one, above)
    }

    fn both((one, above): &(Model, Vec<AboveCap>)) -> [(f64, f64, f64); 2] {
        let formulation = formulate(one);
        let options = Options::default();
        let whole = solve(&formulation.lp, &options, Control::default()).expect("hours");
        let whole = formulation.read_back(whole.objective, &whole.columns, &whole.row_duals);
        let (weeks, certified) =
            by_weeks(one, above, &options, Control::default()).expect("every week has a plan");
        assert!(certified);
        [whole, weeks].map(|solution| {
            let accounts = Accounts::new(one, &solution);
            let unserved = accounts.unserved(YearIx::new(0)).iter().map(|one| one.amount).sum();
            let emitted = solution.emissions.sum();
            (accounts.total_cost(), unserved, emitted)
        })
    }

    fn near(a: f64, b: f64, share: f64) -> bool {
        (a - b).abs() <= share * a.abs().max(b.abs()).max(1e-6)
    }

    /// Where nothing holds the weeks together they are what all hours together are.
    #[test]
    fn weeks_of_their_own_are_the_year() {
        let [whole, weeks] = both(&island(false));
        assert!(near(whole.0, weeks.0, 1e-6), "cost {} and {}", whole.0, weeks.0);
        assert!(near(whole.1, weeks.1, 1e-5), "unserved {} and {}", whole.1, weeks.1);
        assert!(near(whole.2, weeks.2, 1e-5), "emissions {} and {}", whole.2, weeks.2);
    }

    /// A cap that is broken is broken by weeks as by the year.
    #[test]
    fn weeks_under_a_cap_are_near_the_year() {
        let [whole, weeks] = both(&island(true));
        assert!(near(whole.1, weeks.1, 0.02), "unserved {} and {}", whole.1, weeks.1);
        assert!(near(whole.2, weeks.2, 0.02), "emissions {} and {}", whole.2, weeks.2);
    }

    /// A cap that all hours together can keep, as the turbine may make less of what wind is thrown
    /// away for: each week alone trusts the rest of the year, and together they learn that they may
    /// not.
    #[test]
    fn a_cap_that_can_be_kept_is_kept() {
        let (mut one, above) = island(true);
        for capacity in &mut one.capacities {
            capacity.residual[0] *= 1.5;
        }
        let [whole, weeks] = both(&(one, above));
        assert!(near(whole.2, weeks.2, 1e-3), "emissions {} and {}", whole.2, weeks.2);
        assert!(near(whole.0, weeks.0, 0.02), "cost {} and {}", whole.0, weeks.0);
    }

    /// A turbine that may make four fifths of what it would in the year, or must make a fifth beyond it:
    /// each week has the rest of the year to save in, and all of them together differ from it.
    /// That is seen: it is asked back, or the dispatch is not certified.
    #[test]
    fn a_limit_on_the_year_is_not_overdrawn_unseen() {
        let options = Options::default();
        let (free, _) = island(false);
        let turbine =
            free.processes.iter_ix().find(|(_, p)| p.name == "turbine").expect("there").0;
        let made = |solution: &Solution| solution.activity[turbine.get()].sum();
        let run =
            |one: &Model| by_weeks(one, &[], &options, Control::default()).expect("weeks");
        let would = made(&run(&free).0);
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
        for one in [limited, constrained] {
            let (held, certified) = run(&one);
            let (made, most) = (made(&held), 0.8 * would);
            assert!(made < 0.99 * would, "{made} PJ under a limit of {most}");
            let kept = made <= most * (1.0 + 1e-3);
            assert!(!certified || kept, "{made} PJ under a limit of {most}");
        }
        let mut forced = free.clone();
        let (k, full) = (
            free.processes[turbine].capacity.expect("a capacity"),
            free.processes[turbine].capacity_to_activity,
        );
        let least = 1.2 * would / (full * free.capacities[k].residual[0]);
        forced.processes[turbine].annual_minimum_load = Some(vec![least]);
        let (held, certified) = run(&forced);
        assert!(made(&held) > 1.1 * would, "{} PJ of {}", made(&held), 1.2 * would);
        assert!(!certified || made(&held) >= 1.2 * would * (1.0 - 1e-3));
    }
}
