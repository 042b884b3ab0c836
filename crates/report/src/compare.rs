//! A page that sets several runs side by side.

use std::collections::{BTreeMap, BTreeSet};

use kzleap_model::{Model, Solution};
use serde::Serialize;

use crate::RunInfo;
use crate::page::{embedded, figure, fill, plotly_script, script, shown, style, title};
use crate::summary::{ByCategory, ByYear, Summary};

const TEMPLATE: &str = include_str!("../assets/compare.html");
const COLOURS: &[&str] =
    &["#2f5d8a", "#de8a45", "#3fa39a", "#8e63b3", "#c9709f", "#6f9a4c", "#93453f", "#98a3b0"];

/// A chart with one line for each run.
#[derive(Debug, Serialize)]
struct Comparison {
    id: String,
    title: String,
    unit: String,
    runs: Vec<Line>,
}

#[derive(Debug, Serialize)]
struct Line {
    name: String,
    colour: &'static str,
    years: Vec<i32>,
    values: Vec<f64>,
}

/// A row of the table of key numbers: the name, its unit, a value for each run.
#[derive(Debug, Serialize)]
struct Row {
    name: String,
    unit: String,
    values: Vec<String>,
}

/// What the template reads.
#[derive(Serialize)]
struct Context<'a> {
    style: &'static str,
    script: &'static str,
    plotly: String,
    data: String,
    title: String,
    runs: Vec<Run<'a>>,
    charts: &'a [Comparison],
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Run<'a> {
    name: String,
    /// The folder of the run, beside the page.
    scenario: &'a str,
    status: &'a str,
    certified: bool,
}

impl<'a> Run<'a> {
    fn of(run: &'a Summary) -> Self {
        let certified = run.certificate.certified;
        Self {
            name: shown(&run.scenario_label, &run.scenario),
            scenario: &run.scenario,
            status: &run.status,
            certified,
        }
    }
}

#[derive(Serialize)]
struct Data<'a> {
    comparisons: &'a [Comparison],
}

/// A page that sets these runs side by side: emissions, prices, cost, capacity, generation.
///
/// # Errors
/// If the template does not fit its data, which is a bug.
pub fn compare_page(
    runs: &[(&Model, &Solution, &RunInfo)],
) -> Result<String, minijinja::Error> {
    let summaries: Vec<Summary> = runs
        .iter()
        .map(|(model, solution, info)| Summary::new(model, solution, info))
        .collect();
    compare_summaries(&summaries)
}

/// The same from summaries, such as those of earlier runs.
///
/// # Errors
/// As for [`compare_page`].
pub fn compare_summaries(runs: &[Summary]) -> Result<String, minijinja::Error> {
    let charts = charts(runs);
    let context = Context {
        style: style(),
        script: script(),
        plotly: plotly_script(),
        data: embedded(&Data { comparisons: &charts }),
        title: runs.first().map(|run| shown(&run.label, &run.model)).unwrap_or_default(),
        runs: runs.iter().map(Run::of).collect(),
        charts: &charts,
        rows: rows(runs),
    };
    fill(TEMPLATE, &context)
}

fn charts(runs: &[Summary]) -> Vec<Comparison> {
    let mut charts = Vec::new();
    let mut add =
        |title: String, unit: String, of: &dyn Fn(&Summary) -> ByYear, factor: f64| {
            let lines: Vec<Line> = runs
                .iter()
                .zip(COLOURS.iter().cycle())
                .map(|(run, colour)| (run, colour, of(run)))
                .filter(|(_, _, values)| !values.is_empty())
                .map(|(run, colour, values)| Line {
                    name: shown(&run.scenario_label, &run.scenario),
                    colour,
                    years: values.keys().copied().collect(),
                    values: values.values().map(|value| value * factor).collect(),
                })
                .collect();
            if lines.iter().any(|line| line.values.iter().any(|value| value.abs() > 1e-6)) {
                charts.push(Comparison {
                    id: format!("compare-{}", charts.len()),
                    title,
                    unit,
                    runs: lines,
                });
            }
        };
    let Some(first) = runs.first() else { return charts };
    let money = |what: &str| format!("{what} {}", first.currency);
    for name in keys(runs, |run| run.emissions.keys()) {
        let unit =
            format!("{} a year", first.emission_units.get(&name).map_or("Mt", |unit| unit));
        add(
            format!("{}: emissions", title(&name)),
            unit,
            &|run| pick(&run.emissions, &name),
            1.0,
        );
    }
    for name in keys(runs, |run| run.emission_prices.keys()) {
        let of = |run: &Summary| pick(&run.emission_prices, &name);
        add(
            format!("Price under cap “{}”", title(&name)),
            format!("{}/t", first.currency),
            &of,
            1.0,
        );
    }
    add(
        "Cost of the system, a year".to_owned(),
        money("billion"),
        &|run| total(&run.annual_cost),
        1e-3,
    );
    add(
        "Investment for each period".to_owned(),
        money("billion"),
        &|run| run.investment.clone(),
        1e-3,
    );
    for group in groups(runs) {
        let names = |run| (group.of)(run).into_iter().flat_map(BTreeMap::keys);
        let mut categories = keys(runs, names);
        let most = |category: &String| {
            let values = runs.iter().filter_map(|run| (group.of)(run)?.get(category));
            values.flat_map(BTreeMap::values).fold(0.0, |most: f64, value| most.max(*value))
        };
        categories.sort_by(|a, b| most(b).total_cmp(&most(a)));
        for category in categories {
            let of = |run: &Summary| {
                (group.of)(run).map(|values| pick(values, &category)).unwrap_or_default()
            };
            let heading = format!("{}: {}", group.heading, title(&category));
            add(heading, group.unit.clone(), &of, group.factor);
        }
    }
    charts
}

/// Categories of one kind: a heading, a unit, what an amount is in it, where they stand.
struct Group {
    heading: String,
    unit: String,
    factor: f64,
    of: Pick,
}

/// Finds the categories of one kind in a run.
type Pick = Box<dyn Fn(&Summary) -> Option<&ByCategory>>;

/// Capacity by unit, and generation of what is balanced by slice.
fn groups(runs: &[Summary]) -> Vec<Group> {
    let capacity = keys(runs, |run| run.capacity.keys()).into_iter().map(|unit| {
        let key = unit.clone();
        Group {
            heading: "Capacity".to_owned(),
            unit,
            factor: 1.0,
            of: Box::new(move |run| run.capacity.get(&key)),
        }
    });
    let made = keys(runs, |run| run.shown.keys()).into_iter().map(|name| {
        let shown = runs.iter().find_map(|run| run.shown.get(&name));
        Group {
            heading: title(&name),
            unit: shown.map_or_else(String::new, |shown| format!("{} a year", shown.unit)),
            factor: shown.map_or(1.0, |shown| shown.factor),
            of: Box::new(move |run| run.generation.get(&name)),
        }
    });
    capacity.chain(made).collect()
}

fn keys<'a, I>(runs: &'a [Summary], of: impl Fn(&'a Summary) -> I) -> Vec<String>
where
    I: Iterator<Item = &'a String>,
{
    runs.iter().flat_map(of).cloned().collect::<BTreeSet<String>>().into_iter().collect()
}

fn pick(group: &BTreeMap<String, ByYear>, name: &str) -> ByYear {
    group.get(name).cloned().unwrap_or_default()
}

fn total(group: &BTreeMap<String, ByYear>) -> ByYear {
    let mut sum = ByYear::new();
    for (year, value) in group.values().flatten() {
        *sum.entry(*year).or_insert(0.0) += value;
    }
    sum
}

fn rows(runs: &[Summary]) -> Vec<Row> {
    let row = |name: &str, unit: String, of: &dyn Fn(&Summary) -> Option<f64>| Row {
        name: name.to_owned(),
        unit,
        values: runs.iter().map(|run| of(run).map_or("–".to_owned(), figure)).collect(),
    };
    let Some(first) = runs.first() else { return Vec::new() };
    let billion = crate::tables::large_money_unit(&first.currency);
    let mut rows = vec![
        row("Cost of the plan, present value", billion.clone(), &|run| {
            Some(run.objective / 1e3)
        }),
        row("… more than the first", billion.clone(), &|run| {
            Some((run.objective - first.objective) / 1e3)
        }),
        row("Investment over the horizon", billion, &|run| {
            Some(run.investment.values().sum::<f64>() / 1e3)
        }),
    ];
    for name in keys(runs, |run| run.emissions.keys()) {
        let unit = first.emission_units.get(&name).cloned().unwrap_or_default();
        rows.push(row(&format!("{}: over the horizon", title(&name)), unit.clone(), &|run| {
            let by_year = run.emissions.get(&name)?;
            let length =
                |period: &crate::summary::Period| f64::from(period.last - period.first + 1);
            Some(
                run.years
                    .iter()
                    .map(|p| length(p) * by_year.get(&p.milestone).unwrap_or(&0.0))
                    .sum(),
            )
        }));
        rows.push(row(&format!("{}: in the last year", title(&name)), unit, &|run| {
            run.emissions.get(&name)?.values().next_back().copied()
        }));
    }
    rows
}
