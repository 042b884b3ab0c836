//! A page that sets several runs side by side.

mod charts;
mod rows;

use kzleap_page::{Name, Section};
use serde::Serialize;

use crate::answer::Answer;
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
    /// What each run says of itself, beside the first.
    answers: Vec<Said>,
    tabs: Vec<Tab>,
    years: Vec<i32>,
    table: rows::Overview,
    rows: Vec<rows::Row>,
    changes: Vec<Changed<'a>>,
    /// Whether any run has taxes or subsidies.
    transfers: bool,
    /// At which resolutions runs were solved, if not as written.
    resolutions: Vec<Resolved>,
}

/// A run in sentences.
#[derive(Serialize)]
struct Said {
    name: String,
    says: Vec<String>,
}

/// A tab: its anchor, and what people read.
#[derive(Serialize)]
struct Tab {
    id: &'static str,
    title: &'static str,
}

const TABS: [Tab; 6] = [
    Tab { id: charts::OVERVIEW, title: "Overview" },
    Tab { id: charts::EMISSIONS, title: "Emissions" },
    Tab { id: charts::MONEY, title: "Money" },
    Tab { id: charts::ENERGY, title: "Energy" },
    Tab { id: "assumptions", title: "Assumptions" },
    Tab { id: "figures", title: "Key numbers" },
];

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

/// A page that sets runs side by side: emissions, prices, cost, capacity, generation; `words` are the
/// names of the model in other languages.
///
/// # Errors
/// If the template does not fit its data, which is a bug.
pub fn compare_summaries(runs: &[Summary], words: &[Name]) -> Result<String, minijinja::Error> {
    let (sections, alike) = charts::sections(runs);
    let context = Context {
        version: env!("CARGO_PKG_VERSION"),
        title: runs.first().map(|run| shown(&run.label, &run.model)).unwrap_or_default(),
        runs: runs.iter().map(Run::of).collect(),
        alike,
        answers: answers(runs),
        tabs: tabs(&sections),
        years: runs
            .first()
            .map_or_else(Vec::new, |run| run.years.iter().map(|year| year.milestone).collect()),
        table: rows::overview(runs),
        rows: rows::rows(runs),
        changes: changes(runs),
        transfers: rows::has_transfers(runs),
        resolutions: resolutions(runs),
    };
    let stamp = format!("{}. KZLEAP {}.", context.title, context.version);
    kzleap_page::render(TEMPLATE, &context, &sections, &Nothing {}, &stamp, words)
}

/// What every run comes to, against the first.
fn answers(runs: &[Summary]) -> Vec<Said> {
    let said = |run: &Summary| Said {
        name: shown(&run.scenario_label, &run.scenario),
        says: Answer::new(run, runs.first()).says(),
    };
    runs.iter().map(said).collect()
}

/// The tabs that have something to see.
fn tabs(sections: &[Section]) -> Vec<Tab> {
    const ALWAYS: [&str; 3] = [charts::OVERVIEW, "assumptions", "figures"];
    let has = |tab: &Tab| {
        ALWAYS.contains(&tab.id) || sections.iter().any(|section| section.tab == tab.id)
    };
    TABS.into_iter().filter(has).collect()
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
