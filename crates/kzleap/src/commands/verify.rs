//! `kzleap verify`: a second opinion from an independent solver.
//!
//! Clarabel knows no whole numbers: units are held where HiGHS put them.

use anyhow::{Context, bail};
use kzleap_formulation::{ColumnKey, Formulation, formulate};
use kzleap_lp::{Bounds, Lp, Scaling};
use kzleap_model::Model;
use kzleap_report::{SUMMARY, Summary, tables};
use kzleap_solver::{Control, Options, SolveError, second_opinion};
use kzleap_study::{Kind, solve_one_way};

use crate::args::{Resolution, Typed, Verify};
use crate::exit::{Code, WrongArguments};
use crate::output::print;
use crate::progress::{Progress, stop_flag};

use super::earlier::Earlier;
use super::kind::of_source;
use super::read::read;

/// Largest difference of two objectives, relative, that counts as agreement.
const TOLERANCE: f64 = 1e-6;

/// Solves with HiGHS and with Clarabel, and compares the objectives; or compares those of a run.
pub(crate) fn verify(args: &Verify, typed: &Typed<'_>) -> anyhow::Result<Code> {
    let source = &args.source;
    let progress = Progress::new(false, args.solving.log);
    if let Some(earlier) = Earlier::find(&source.model)? {
        let scenario = source.scenario.as_ref().map(|_| "--scenario".to_owned());
        let given = scenario.into_iter().chain(typed.among::<Resolution>()).next();
        if let Some(option) = given {
            let why = format!("`{option}` is for models: a run has the one it was made with");
            return Err(WrongArguments(why).into());
        }
        return verify_run(&earlier, &progress);
    }
    let kinds = [Kind::Folder, Kind::Osemosys, Kind::Nemo];
    of_source(source, typed, "verify", &kinds)?;
    let Some(model) = read(&source.spec(), true).model else { return Ok(Code::BadInput) };
    let mut formulation = formulate(&model);
    progress.say("solving with HiGHS");
    let control =
        Control { stop: Some(stop_flag()), log: Some(&|line: &str| progress.log(line)) };
    let optimum = solve_one_way(&mut formulation, &args.solving.wanted().options(), control)?;
    progress.say("solving with Clarabel");
    let other = least(&formulation.lp.with_integers_fixed(&optimum.columns));
    progress.done();
    let other = match other {
        Ok(other) => other,
        Err(error) => return no_opinion(&error),
    };
    let ours = optimum.certificate.objective;
    let difference = difference(ours, other, &formulation.lp);
    if let Some(gap) = optimum.integer_gap {
        print(&format!(
            "whole units are held as HiGHS found them, to a gap of {gap:.0e}: that no other \
             number of units is cheaper is its word\n"
        ))?;
    }
    let (agree, certified) = (difference <= TOLERANCE, optimum.certificate.certified);
    print(&format!(
        "HiGHS     {ours}\nClarabel  {other}\nrelative difference {difference:.1e}\n{}{}\n",
        verdict(agree),
        if certified { "" } else { ", but the plan of HiGHS is NOT CERTIFIED" }
    ))?;
    Ok(if agree && certified { Code::Done } else { Code::NotCertified })
}

/// The least cost that Clarabel finds; infinite where it proves that there is no plan.
fn least(lp: &Lp) -> Result<f64, SolveError> {
    match second_opinion(lp) {
        Ok((least, _)) => Ok(least),
        Err(SolveError::Infeasible) => Ok(f64::INFINITY),
        Err(error) => Err(error),
    }
}

/// Where Clarabel finds no optimum, nothing is said for or against the plan.
fn no_opinion(error: &SolveError) -> anyhow::Result<Code> {
    print(&format!("no second opinion: {error}\n"))?;
    Ok(Code::of_solve(error))
}

/// The difference of two objectives, relative to them; to what the program is about at its costs
/// where that is more, as where nothing costs anything.
fn difference(ours: f64, other: f64, lp: &Lp) -> f64 {
    (ours - other).abs() / ours.abs().max(Scaling::of(lp).money())
}

const fn verdict(agree: bool) -> &'static str {
    if agree { "agreed" } else { "NOT AGREED" }
}

/// Holds what a run has written against Clarabel: its cost is the least cost of the model, is the
/// sum of its table of costs, and is reached with the capacities of its table.
fn verify_run(earlier: &Earlier, progress: &Progress) -> anyhow::Result<Code> {
    let summary = Summary::from_json(&earlier.text(SUMMARY)?)
        .with_context(|| format!("{SUMMARY} in `{}`", earlier.folder.display()))?;
    let Some(read) = earlier.read()? else { return Ok(Code::BadInput) };
    let Some(model) = read.model else { return Ok(Code::BadInput) };
    let mut formulation = formulate(&model);
    progress.say("solving with Clarabel");
    let free = continuous(&mut formulation, &earlier.spec.solving.options())?;
    let least_of_all = least(&free);
    progress.say("solving with Clarabel, the capacities held");
    let reached = least(&with_capacities(earlier, &model, &formulation, free)?);
    progress.done();
    let (least_of_all, reached) = match (least_of_all, reached) {
        (Ok(least), Ok(reached)) => (least, reached),
        (Err(error), _) | (_, Err(error)) => return no_opinion(&error),
    };
    let ours = summary.objective;
    let lines = [
        ("the least cost", least_of_all),
        ("the least cost with its capacities", reached),
        ("the sum of its costs", sum_of_costs(earlier)?),
    ];
    let mut text = format!("{:<36}{ours}\n", "the run");
    let mut agree = true;
    for (name, other) in lines {
        let difference = difference(ours, other, &formulation.lp);
        agree &= difference <= TOLERANCE;
        text.push_str(&format!("{name:<36}{other}  relative difference {difference:.1e}\n"));
    }
    print(&format!("{text}{}\n", verdict(agree)))?;
    Ok(if agree { Code::Done } else { Code::NotCertified })
}

/// The program with whole numbers as HiGHS chooses them, since Clarabel knows none.
fn continuous(formulation: &mut Formulation<'_>, options: &Options) -> Result<Lp, SolveError> {
    if formulation.lp.integers.is_empty() && !formulation.may_burn() {
        return Ok(formulation.lp.clone());
    }
    let control = Control { stop: Some(stop_flag()), log: None };
    let optimum = solve_one_way(formulation, options, control)?;
    Ok(formulation.lp.with_integers_fixed(&optimum.columns))
}

fn with_capacities(
    earlier: &Earlier,
    model: &Model,
    formulation: &Formulation<'_>,
    mut lp: Lp,
) -> anyhow::Result<Lp> {
    const TABLE: &str = "tables/capacity.csv";
    let written = match tables::capacity::read(&earlier.text(TABLE)?, model) {
        Ok(written) => written,
        Err(why) => bail!("{TABLE} in `{}`: {why}", earlier.folder.display()),
    };
    for (col, key) in formulation.columns() {
        if let ColumnKey::Capacity(key) = key {
            lp.col_bounds[col.get()] =
                Bounds::exactly(written[(key.capacity.get(), key.year.get())]);
        }
    }
    Ok(lp)
}

/// What the table of costs adds up to, present value.
fn sum_of_costs(earlier: &Earlier) -> anyhow::Result<f64> {
    const TABLE: &str = "tables/costs.csv";
    match tables::costs::sum(&earlier.text(TABLE)?) {
        Ok(sum) => Ok(sum),
        Err(why) => bail!("{TABLE} in `{}`: {why}", earlier.folder.display()),
    }
}
