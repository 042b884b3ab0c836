//! `kzleap run` on a NEMO scenario database.

use std::path::Path;
use std::time::Instant;

use kzleap_diagnostics::{Diagnostic, Diagnostics, Sources, render};
use kzleap_nemo::{Config, NemoError, NemoOptions, Outcome};
use kzleap_solver::{Control, SolveError};
use kzleap_study::{explain, explain_unbounded};
use serde_json::json;

use crate::args::{Nemo, Run};
use crate::exit::{Code, WrongArguments};
use crate::output::{print, tell};
use crate::progress::{Progress, stop_flag};

use super::read::{Told, options};
use super::say::unbounded;
use super::why::{infeasible, infeasible_json};

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
    if !args.scenarios.is_empty() {
        let why = "`--scenario` is not for NEMO databases: each holds one scenario";
        return Err(WrongArguments(why.to_owned()).into());
    }
    let others = [
        ("--out", args.out.is_some()),
        ("--results", !args.results.is_empty()),
        ("--tie-break", args.tie_break),
    ];
    if let Some((option, _)) = others.iter().find(|(_, given)| *given) {
        return Err(WrongArguments(format!(
            "`{option}` is not for NEMO databases: the results are written into the database, as \
             NEMO does"
        ))
        .into());
    }
    let start = Instant::now();
    let path = &args.model;
    let mut findings = Diagnostics::default();
    let config = config(path, &args.nemo, &mut findings);
    let reading = kzleap_nemo::read(path);
    findings.extend(&reading.diagnostics);
    if let Err(finding) = kzleap_nemo::check_writable(path) {
        findings.push(*finding);
    }
    let quiet = args.quiet || args.json || config.quiet == Some(true);
    let Some(data) = reading.data.filter(|_| !findings.has_errors()) else {
        tell_findings(&findings, quiet);
        return Ok(Code::BadInput);
    };
    let read_seconds = start.elapsed().as_secs_f64();
    let nemo_options = config.over(NemoOptions {
        calcyears: args.nemo.calcyears.clone().unwrap_or_default().0,
        vars: args.nemo.vars.clone(),
        continuous_transmission: args.nemo.continuous_transmission,
        report_zeros: args.nemo.report_zeros,
        correct: args.nemo.correct,
    });
    let progress = Progress::new(quiet, args.solving.log);
    progress.say("solving");
    let control =
        Control { stop: Some(stop_flag()), log: Some(&|line: &str| progress.log(line)) };
    let outcome =
        match kzleap_nemo::solve(&data, &nemo_options, &options(&args.solving), control) {
            Ok(outcome) => outcome,
            Err(error) => {
                tell_findings(&findings, quiet);
                let code = explain_failure(&error, args.json, control)?;
                progress.done();
                return Ok(code);
            }
        };
    findings.extend(&outcome.diagnostics);
    progress.say("writing the results");
    let writing = Instant::now();
    let unknown = match kzleap_nemo::write_results(path, &data, &outcome, &nemo_options) {
        Ok(unknown) => unknown,
        Err(finding) => {
            findings.push(*finding);
            tell_findings(&findings, quiet);
            return Ok(Code::Failed);
        }
    };
    progress.done();
    for name in unknown {
        let message = format!("there is no variable `{name}`, so it is not saved");
        findings.push(Diagnostic::warning_overall("unknown-variable", message));
    }
    tell_findings(&findings, quiet);
    let certified = outcome.groups.iter().all(|group| group.certificate.certified);
    let seconds = Seconds {
        read: read_seconds,
        report: writing.elapsed().as_secs_f64(),
        total: start.elapsed().as_secs_f64(),
    };
    say(args, quiet, &outcome, certified, &seconds)?;
    Ok(if certified { Code::Done } else { Code::NotCertified })
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
    Told::default().findings(findings, &Sources::default(), quiet);
}

fn explain_failure(
    error: &NemoError,
    json: bool,
    control: Control<'_>,
) -> anyhow::Result<Code> {
    match error {
        NemoError::Solve { error: SolveError::Infeasible, model, .. } => {
            let explanation = explain(model, control)?;
            tell(&infeasible(model, &explanation));
            if json {
                print(&format!("{:#}\n", infeasible_json(model, &explanation)))?;
            }
            Ok(Code::Infeasible)
        }
        NemoError::Solve { error: SolveError::Unbounded, model, .. } => {
            tell(&unbounded("the cost", &explain_unbounded(model, control)?));
            Ok(Code::Unbounded)
        }
        NemoError::Solve { error, .. } => Err(error.clone().into()),
        NemoError::Years(finding) => {
            tell(&format!("{}\n", render(finding, &Sources::default())));
            Ok(Code::BadInput)
        }
    }
}

struct Seconds {
    read: f64,
    report: f64,
    total: f64,
}

fn say(
    args: &Run,
    quiet: bool,
    outcome: &Outcome,
    certified: bool,
    seconds: &Seconds,
) -> anyhow::Result<()> {
    let sum = |of: fn(&kzleap_nemo::Group) -> f64| outcome.groups.iter().map(of).sum::<f64>();
    let (build, solve, extract) =
        (sum(|g| g.build_seconds), sum(|g| g.solve_seconds), sum(|g| g.extract_seconds));
    let largest = outcome.groups.iter().map(|group| group.size).max().unwrap_or_default();
    if args.json {
        let summary = json!({
            "status": "optimal",
            "objective": outcome.total_discounted_cost(),
            "lp": { "rows": largest.0, "columns": largest.1, "nonzeros": largest.2 },
            "groups": outcome.groups.len(),
            "certified": certified,
            "seconds": {
                "read": seconds.read, "build": build, "solve": solve, "extract": extract,
                "report": seconds.report, "total": seconds.total,
            },
        });
        print(&format!("{summary:#}\n"))?;
    } else if !quiet {
        print(&format!(
            "{}\n  total discounted cost {:.4}\n  program    {} rows, {} columns, {} nonzeros\n  \
             seconds    read {:.3}, build {build:.3}, solve {solve:.3}, extract {extract:.3}, \
             write {:.3}, total {:.3}\n  {}\n",
            args.model.display(),
            outcome.total_discounted_cost(),
            largest.0,
            largest.1,
            largest.2,
            seconds.read,
            seconds.report,
            seconds.total,
            if certified { "certified" } else { "NOT CERTIFIED" },
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
