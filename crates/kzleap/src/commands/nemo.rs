//! `kzleap run` on a NEMO scenario database.

use std::path::Path;
use std::time::Instant;

use kzleap_diagnostics::{Diagnostic, Diagnostics, Sources};
use kzleap_model::Model;
use kzleap_nemo::Config;
use kzleap_study::{Event, Events, Given, NoPlan, Outcome, Plan, Reason, RunSpec, solve};
use serde_json::json;

use crate::args::{Nemo, Run};
use crate::exit::{Code, WrongArguments};
use crate::output::{print, tell};
use crate::progress::{Progress, stop_flag};

use super::infeasible::{infeasible, infeasible_json};
use super::read::Printed;
use super::say::unbounded;

/// Groups of years, as `2020,2025` or, for limited foresight, `2021,2022;2025,2029`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CalcYears(pub(crate) Vec<Vec<i32>>);

impl std::str::FromStr for CalcYears {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let year = |word: &str| {
            word.trim().parse().map_err(|_| {
                format!("`{word}` is not a year; write 2020,2025 or 2021,2022;2025,2029")
            })
        };
        let groups = text.split(';').map(|group| group.split(',').map(year).collect());
        groups.collect::<Result<_, String>>().map(Self)
    }
}

/// Solves the scenario and writes NEMO's result tables into the file.
pub(crate) fn run(args: &Run) -> anyhow::Result<Code> {
    refuse_options(args)?;
    let start = Instant::now();
    let path = &args.model;
    let mut findings = Diagnostics::default();
    let config = config(path, &args.nemo, &mut findings);
    let spec = args.spec("base");
    let spec = RunSpec { nemo: config.over(spec.nemo), alternatives: false, ..spec };
    let read = Given::open(&spec).read(&spec);
    findings.extend(&read.input.diagnostics);
    if let Err(finding) = kzleap_nemo::check_writable(path) {
        findings.push(*finding);
    }
    let quiet = args.quiet || args.json || config.quiet == Some(true);
    let (Some(data), false) = (&read.nemo, findings.has_errors()) else {
        tell_findings(&findings, quiet);
        return Ok(Code::BadInput);
    };
    let read_seconds = start.elapsed().as_secs_f64();
    let progress = Progress::new(quiet, args.solving.log);
    let watch = |event: Event<'_>| progress.event(event);
    let outcome = solve(&read, &spec, &Events { stop: Some(stop_flag()), watch: Some(&watch) });
    let (plans, groups) = match outcome {
        Outcome::Groups(plans, groups) => (plans, groups),
        Outcome::NoPlan(none) => {
            progress.done();
            tell_findings(&findings, quiet);
            return without_plan(&none, args.json);
        }
        Outcome::Plan(_) | Outcome::Refused => return Ok(Code::BadInput),
    };
    findings.extend(&groups.diagnostics);
    progress.say("writing the results");
    let writing = Instant::now();
    let written = kzleap_nemo::write_results(path, data, &groups, &spec.nemo);
    progress.done();
    let unknown = match written {
        Ok(unknown) => unknown,
        Err(finding) => {
            findings.push(*finding);
            tell_findings(&findings, quiet);
            return Ok(Code::Failed);
        }
    };
    for name in unknown {
        let message = format!("there is no variable `{name}`, so it is not saved");
        findings.push(Diagnostic::warning_overall("unknown-variable", message));
    }
    tell_findings(&findings, quiet);
    let solved = Solved {
        cost: groups.total_discounted_cost(),
        certified: plans.iter().all(Plan::certified),
        plans,
        read_seconds,
        report_seconds: writing.elapsed().as_secs_f64(),
        total_seconds: start.elapsed().as_secs_f64(),
    };
    say(args, quiet, &solved)?;
    Ok(if solved.certified { Code::Done } else { Code::NotCertified })
}

/// Refuses what a run of a database does not have.
fn refuse_options(args: &Run) -> anyhow::Result<()> {
    if !args.scenarios.is_empty() {
        let why = "`--scenario` is not for NEMO databases: each holds one scenario";
        return Err(WrongArguments(why.to_owned()).into());
    }
    let others = [
        ("--out", args.out.is_some()),
        ("--results", !args.results.is_empty()),
        ("--tie-break", args.tie_break),
    ];
    match others.iter().find(|(_, given)| *given) {
        Some((option, _)) => Err(WrongArguments(format!(
            "`{option}` is not for NEMO databases: the results are written into the database, as \
             NEMO does"
        ))
        .into()),
        None => Ok(()),
    }
}

fn config(path: &Path, nemo: &Nemo, findings: &mut Diagnostics) -> Config {
    let beside = || path.parent().and_then(kzleap_nemo::find_config);
    match nemo.nemo_config.clone().or_else(beside) {
        Some(file) => kzleap_nemo::read_config(&file, findings),
        None => Config::default(),
    }
}

fn tell_findings(findings: &Diagnostics, quiet: bool) {
    // a database has no lines to show
    Printed::default().findings(findings, &Sources::default(), quiet);
}

/// Says why a group of years has no plan.
fn without_plan(none: &NoPlan, json: bool) -> anyhow::Result<Code> {
    match (&none.reason, &none.model) {
        (Reason::Conflict(explanation), Some(model)) => {
            let model: &Model = model;
            tell(&infeasible(model, explanation));
            if json {
                print(&format!("{:#}\n", infeasible_json(model, explanation)))?;
            }
        }
        (Reason::Unlimited(named), _) => tell(&unbounded("the cost", named)),
        (Reason::NotFound(error), _) => return Err(error.clone().into()),
        _ => return Err(none.error.clone().into()),
    }
    Ok(Code::of_solve(&none.error))
}

/// A solved scenario, as it is reported.
struct Solved {
    cost: f64,
    certified: bool,
    plans: Vec<Plan>,
    read_seconds: f64,
    report_seconds: f64,
    total_seconds: f64,
}

fn say(args: &Run, quiet: bool, solved: &Solved) -> anyhow::Result<()> {
    let Solved { cost, certified, plans, read_seconds, report_seconds, total_seconds } = solved;
    let sum = |of: fn(&Plan) -> f64| plans.iter().map(of).sum::<f64>();
    let (build, solve, extract) =
        (sum(|p| p.build_seconds), sum(|p| p.solve_seconds), sum(|p| p.extract_seconds));
    let (rows, columns, nonzeros) = plans.iter().map(|p| p.size).max().unwrap_or_default();
    if args.json {
        let summary = json!({
            "status": "optimal",
            "objective": cost,
            "lp": { "rows": rows, "columns": columns, "nonzeros": nonzeros },
            "groups": plans.len(),
            "certified": certified,
            "seconds": {
                "read": read_seconds, "build": build, "solve": solve, "extract": extract,
                "report": report_seconds, "total": total_seconds,
            },
        });
        print(&format!("{summary:#}\n"))?;
    } else if !quiet {
        print(&format!(
            "{}\n  total discounted cost {cost:.4}\n  program    {rows} rows, {columns} columns, \
             {nonzeros} nonzeros\n  \
             seconds    read {read_seconds:.3}, build {build:.3}, solve {solve:.3}, extract \
             {extract:.3}, write {report_seconds:.3}, total {total_seconds:.3}\n  {}\n",
            args.model.display(),
            if *certified { "certified" } else { "NOT CERTIFIED" },
        ))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::CalcYears;

    #[test]
    fn groups_of_years() {
        let years: CalcYears = "2021,2022;2025, 2029".parse().unwrap();
        assert_eq!(years, CalcYears(vec![vec![2021, 2022], vec![2025, 2029]]));
        assert!("2021,x".parse::<CalcYears>().is_err());
    }
}
