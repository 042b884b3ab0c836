//! A page that sets several runs side by side.

mod charts;
mod rows;

use serde::Serialize;

use crate::changes::Step;
use crate::page::shown;
use crate::summary::Summary;

const TEMPLATE: &str = include_str!("../../assets/compare.html");

/// What the template reads.
#[derive(Serialize)]
struct Context<'a> {
    version: &'static str,
    title: String,
    runs: Vec<Run<'a>>,
    /// How many charts are left out, where the runs do not differ.
    alike: usize,
    rows: Vec<rows::Row>,
    changes: Vec<Changed<'a>>,
    /// Whether any run has taxes or subsidies.
    transfers: bool,
    /// At which resolutions runs were solved, if not as written.
    resolutions: Vec<Resolved>,
}

#[derive(Serialize)]
struct Run<'a> {
    name: String,
    /// The folder of the run, beside the page.
    scenario: &'a str,
    status: &'a str,
    certified: bool,
    /// Years in which the plan does not hold hour by hour, as far as that was looked at.
    fails_in: Vec<i32>,
}

impl<'a> Run<'a> {
    fn of(run: &'a Summary) -> Self {
        Self {
            name: shown(&run.scenario_label, &run.scenario),
            scenario: &run.scenario,
            status: &run.status,
            certified: run.certificate.certified,
            fails_in: (run.hours.iter())
                .filter(|hours| !hours.holds || !hours.certified)
                .map(|hours| hours.year)
                .collect(),
        }
    }
}

/// What the script reads beside the charts.
#[derive(Serialize)]
struct Nothing {}

/// A page that sets runs side by side: emissions, prices, cost, capacity, generation.
///
/// # Errors
/// If the template does not fit its data, which is a bug.
pub fn compare_summaries(runs: &[Summary]) -> Result<String, minijinja::Error> {
    let (sections, alike) = charts::sections(runs);
    let context = Context {
        version: env!("CARGO_PKG_VERSION"),
        title: runs.first().map(|run| shown(&run.label, &run.model)).unwrap_or_default(),
        runs: runs.iter().map(Run::of).collect(),
        alike,
        rows: rows::rows(runs),
        changes: changes(runs),
        transfers: rows::has_transfers(runs),
        resolutions: resolutions(runs),
    };
    kzleap_page::render(TEMPLATE, &context, &sections, &Nothing {})
}

/// A step of a scenario, and which runs have it.
#[derive(Serialize)]
struct Changed<'a> {
    #[serde(flatten)]
    step: &'a Step,
    runs: Vec<String>,
}

/// The steps of all scenarios, each once.
fn changes(runs: &[Summary]) -> Vec<Changed<'_>> {
    let mut all: Vec<Changed<'_>> = Vec::new();
    for run in runs {
        let name = shown(&run.scenario_label, &run.scenario);
        for step in &run.changes {
            match all.iter_mut().find(|one| one.step == step) {
                Some(one) => one.runs.push(name.clone()),
                None => all.push(Changed { step, runs: vec![name.clone()] }),
            }
        }
    }
    all
}

/// Runs at resolutions of which the same must be said.
#[derive(Serialize)]
struct Resolved {
    heading: &'static str,
    coarser: bool,
    /// Each resolution, with its run where they differ.
    runs: Vec<String>,
}

/// The resolutions that are not as written, by what a reader must know of them.
fn resolutions(runs: &[Summary]) -> Vec<Resolved> {
    let first = runs.first().map(|run| &run.resolution);
    let alike = runs.iter().all(|run| Some(&run.resolution) == first);
    let mut all: Vec<Resolved> = Vec::new();
    for run in &runs[..if alike { runs.len().min(1) } else { runs.len() }] {
        let (Some(heading), Some(text)) = (run.resolution.heading(), run.resolution.text())
        else {
            continue;
        };
        let text = match alike {
            true => text,
            false => format!("{text} ({})", shown(&run.scenario_label, &run.scenario)),
        };
        match all.iter_mut().find(|one| one.heading == heading) {
            Some(one) => one.runs.push(text),
            None => all.push(Resolved {
                heading,
                coarser: run.resolution.is_coarser(),
                runs: vec![text],
            }),
        }
    }
    all
}

/// How money is shown: that of the most expensive run.
fn money_shown(runs: &[Summary]) -> (String, f64) {
    let currency = runs.first().map_or("", |run| run.currency.as_str());
    let most = runs.iter().fold(0.0_f64, |most, run| most.max(run.objective.abs()));
    crate::tables::money_shown(currency, most)
}

/// The keys of all runs, each once and in order.
fn keys<'a, I>(runs: &'a [Summary], of: impl Fn(&'a Summary) -> I) -> Vec<String>
where
    I: Iterator<Item = &'a String>,
{
    let all: std::collections::BTreeSet<&String> = runs.iter().flat_map(of).collect();
    all.into_iter().cloned().collect()
}

/// What people call a cap or a trading scheme.
fn cap_label(runs: &[Summary], name: &str) -> String {
    let label = runs.iter().find_map(|run| run.cap_labels.get(name));
    crate::page::title(label.map_or(name, |label| label))
}

/// What people call an emission.
fn emission_label(runs: &[Summary], name: &str) -> String {
    let label = runs.iter().find_map(|run| run.emission_labels.get(name));
    crate::page::title(label.map_or(name, |label| label))
}
