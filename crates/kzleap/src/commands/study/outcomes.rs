//! What the runs of a study say together: how each outcome is spread, and what each input does to
//! it.

use std::collections::BTreeMap;

use kzleap_input::{Distribution, Method};
use kzleap_output::WorkFolder;
use kzleap_report::sheet::{Cell, Column, Sheet, text};
use kzleap_study::{
    Sample, Shares, Spread, elementary_effects, shares_of_grid, shares_of_variance,
};

use super::open::Opened;
use super::run_file::RunFile;
use super::table::cells;

/// The table of spreads.
pub(super) const SPREADS: &str = "spreads.csv";
/// The table of what inputs do.
pub(super) const EFFECTS: &str = "effects.csv";

const OF_SPREADS: &[Column] = &[
    Column { key: "scenario", meaning: "name of the scenario" },
    Column { key: "outcome", meaning: "a column of `runs.csv`" },
    Column { key: "runs", meaning: "how many runs have it" },
    Column { key: "mean", meaning: "their mean" },
    Column { key: "least", meaning: "the least" },
    Column { key: "p5", meaning: "what 5% of the runs are below" },
    Column { key: "p25", meaning: "what 25% are below" },
    Column { key: "p50", meaning: "the median" },
    Column { key: "p75", meaning: "what 75% are below" },
    Column { key: "p95", meaning: "what 95% are below" },
    Column { key: "most", meaning: "the most" },
];

const OF_EFFECTS: &[Column] = &[
    Column { key: "scenario", meaning: "name of the scenario" },
    Column { key: "outcome", meaning: "a column of `runs.csv`" },
    Column { key: "input", meaning: "name of the input" },
    Column { key: "measure", meaning: "what is measured" },
    Column { key: "value", meaning: "its value" },
    Column { key: "error", meaning: "its standard error; empty where nothing was sampled" },
];

/// Each outcome of a scenario by run, in the order of the samples; `None` without a plan.
type Outcomes = BTreeMap<String, Vec<Option<f64>>>;

/// Writes both tables.
pub(super) fn write(
    opened: &Opened,
    folder: &WorkFolder,
    found: &[Option<RunFile>],
) -> anyhow::Result<()> {
    let mut spreads = Sheet::new("spreads", "Spread of outcomes", OF_SPREADS);
    let mut effects = Sheet::new("effects", "What inputs do", OF_EFFECTS);
    let runs = &opened.ensemble.runs;
    for of_scenario in runs.chunk_by(|one, other| one.scenario == other.scenario) {
        let scenario = &of_scenario[0].scenario;
        let first = runs.iter().position(|run| run.scenario == *scenario).unwrap_or_default();
        let files = &found[first..first + of_scenario.len()];
        let samples: Vec<Sample> = of_scenario.iter().map(|run| run.values.clone()).collect();
        for (name, values) in outcomes(files) {
            let known: Vec<f64> = values.iter().copied().flatten().collect();
            if let Some(spread) = Spread::of(&known) {
                let [p5, p25, p50, p75, p95] = spread.quantiles.map(Cell::Number);
                spreads.row([
                    text(scenario.clone()),
                    text(name.clone()),
                    Cell::Number(spread.runs as f64),
                    Cell::Number(spread.mean),
                    Cell::Number(spread.least),
                    p5,
                    p25,
                    p50,
                    p75,
                    p95,
                    Cell::Number(spread.most),
                ]);
            }
            for (at, measure, value, error) in measures(opened, &samples, &values) {
                effects.row([
                    text(scenario.clone()),
                    text(name.clone()),
                    text(opened.ensemble.inputs[at].name.clone()),
                    text(measure),
                    Cell::Number(value),
                    Cell::Number(error.unwrap_or(f64::NAN)),
                ]);
            }
        }
    }
    folder.write(SPREADS, &spreads.to_csv())?;
    Ok(folder.write(EFFECTS, &effects.to_csv())?)
}

fn outcomes(files: &[Option<RunFile>]) -> Outcomes {
    let mut all = Outcomes::new();
    for (at, file) in files.iter().enumerate() {
        let figures = file.as_ref().and_then(|file| file.answer.figures.as_ref());
        for (name, value) in figures.map(cells).unwrap_or_default() {
            all.entry(name).or_insert_with(|| vec![None; files.len()])[at] = Some(value);
        }
    }
    all
}

/// What each input does to an outcome, as far as the sampling says: position of the input, measure,
/// value, standard error.
fn measures(
    opened: &Opened,
    samples: &[Sample],
    values: &[Option<f64>],
) -> Vec<(usize, &'static str, f64, Option<f64>)> {
    let inputs = &opened.ensemble.inputs;
    let of_shares = |found: Option<Vec<Shares>>, exact: bool| {
        let each = |(at, shares): (usize, Shares)| {
            let error = |error: f64| (!exact).then_some(error);
            [
                (at, "first_order", shares.first, error(shares.first_error)),
                (at, "total_order", shares.total, error(shares.total_error)),
            ]
        };
        found.into_iter().flatten().enumerate().flat_map(each).collect()
    };
    match opened.sampling.method {
        Method::OneAtATime => (0..inputs.len())
            .flat_map(|at| {
                let change = move |run: usize| Some(values[run]? - values[0]?);
                let of = |measure, run| change(run).map(|change| (at, measure, change, None));
                [of("low", 1 + 2 * at), of("high", 2 + 2 * at)]
            })
            .flatten()
            .collect(),
        Method::Morris => {
            let found = elementary_effects(samples, values, opened.sampling.levels);
            let each = |(at, effects): (usize, Option<kzleap_study::Effects>)| {
                effects.map(|of| {
                    let zero = of.zero as f64 / of.effects as f64;
                    [
                        (at, "mu_star", of.mu_star, None),
                        (at, "mu", of.mu, None),
                        (at, "sigma", of.sigma, None),
                        (at, "zero_share", zero, None),
                    ]
                })
            };
            found.into_iter().enumerate().filter_map(each).flatten().collect()
        }
        Method::SobolIndices => of_shares(shares_of_variance(inputs.len(), values), false),
        Method::Grid => {
            let count = |of: &Distribution| match of {
                Distribution::Values(values) => values.len(),
                _ => 1,
            };
            let counts: Vec<usize> =
                inputs.iter().map(|input| count(&input.distribution)).collect();
            let whole: Option<Vec<f64>> = values.iter().copied().collect();
            of_shares(whole.and_then(|values| shares_of_grid(&counts, &values)), true)
        }
        Method::LatinHypercube | Method::Sobol => Vec::new(),
    }
}
