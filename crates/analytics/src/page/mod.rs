//! The page: one HTML file that opens from the disk, without a network, in the style of a run's.

mod decomposition;
mod energy;
mod figure;
mod statistics;

use kzleap_report::page::{embedded, figure as people, fill, plotly_script, script, style};
use serde::Serialize;

use self::figure::{Anchor, Figure};
use crate::Analysis;
use crate::balance::Balance;
use crate::findings::{Finding, RULES};

const TEMPLATE: &str = include_str!("../../assets/balance.html");
/// Years that stand in the table of indicators.
const COLUMNS: usize = 12;

/// What the script of the page reads.
#[derive(Serialize)]
struct Data<'a> {
    figures: &'a [Figure],
}

/// Pictures under one heading.
#[derive(Serialize)]
struct Section<'a> {
    id: &'static str,
    title: &'static str,
    figures: Vec<Anchor<'a>>,
}

#[derive(Serialize)]
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
    version: &'a str,
    title: &'a str,
    region: &'a str,
    span: String,
    rules: Vec<Group<'a>>,
    count: usize,
    years: Vec<i32>,
    /// How many years there are.
    all_years: usize,
    indicators: Vec<Row>,
    missing: &'a [crate::indicators::Missing],
    countries: Vec<String>,
    comparison: Vec<Row>,
    /// How what is compared is counted.
    counting: &'static str,
    holdouts: Vec<Row>,
    left_out: &'a [crate::projection::LeftOut],
    emissions: &'a str,
    sections: Vec<Section<'a>>,
}

/// Findings of one rule.
#[derive(Serialize)]
struct Group<'a> {
    title: &'static str,
    hint: &'static str,
    findings: Vec<Told<'a>>,
}

#[derive(Serialize)]
struct Told<'a> {
    place: &'a str,
    message: &'a str,
}

/// The page as HTML; `places` are the places of the findings, as `file:line:column`.
///
/// # Errors
/// If the template does not fit its data, which is a bug.
pub fn render(
    analysis: &Analysis,
    balance: &Balance<'_>,
    title: &str,
    places: &[String],
    version: &str,
) -> Result<String, minijinja::Error> {
    let mut sections: Vec<(&'static str, &'static str, Vec<Figure>)> = Vec::new();
    let mut energy = energy::mixes(balance);
    if let Some(year) = balance.last_whole_year() {
        energy.push(energy::flows(balance, year));
    }
    sections.push(("energy", "Energy", energy));
    let mut emissions: Vec<Figure> =
        decomposition::factors(&analysis.kaya).into_iter().collect();
    emissions.extend(analysis.decomposition.as_ref().map(decomposition::waterfall));
    sections.push(("emissions", "Emissions", emissions));
    sections.push((
        "correlation",
        "Correlation",
        statistics::correlations(&analysis.correlation),
    ));
    sections.push((
        "projections",
        "Projections",
        statistics::projections(&analysis.series, &analysis.projections),
    ));
    for (_, _, figures) in &mut sections {
        figures.retain(|figure| !figure.is_empty());
    }
    sections.retain(|(_, _, figures)| !figures.is_empty());
    let outline = sections
        .iter()
        .map(|(id, title, figures)| Section {
            id,
            title,
            figures: figures.iter().map(Figure::anchor).collect(),
        })
        .collect();
    let all: Vec<Figure> =
        sections.iter().flat_map(|(_, _, figures)| figures.clone()).collect();
    let years = shown_years(&analysis.years);
    let span = match (analysis.years.first(), analysis.years.last()) {
        (Some(first), Some(last)) if first < last => format!("{first} to {last}"),
        (Some(only), _) => only.to_string(),
        _ => String::new(),
    };
    let context = Context {
        style: style(),
        script: script(),
        plotly: plotly_script(),
        data: embedded(&Data { figures: &all }),
        version,
        title,
        region: &analysis.region,
        span,
        rules: groups(&analysis.findings, places),
        count: analysis.findings.len(),
        indicators: indicators(analysis, &years),
        years,
        all_years: analysis.years.len(),
        counting: analysis.comparison.note(),
        missing: &analysis.indicators.missing,
        countries: analysis.comparison.countries.clone(),
        comparison: comparison(analysis),
        holdouts: holdouts(analysis),
        left_out: &analysis.projections.left_out,
        emissions: &analysis.emissions_from,
        sections: outline,
    };
    fill(TEMPLATE, &context)
}

/// At most [`COLUMNS`] years, spread evenly, the first and the last among them.
fn shown_years(years: &[i32]) -> Vec<i32> {
    let last = years.len().saturating_sub(1);
    if last < COLUMNS {
        return years.to_vec();
    }
    (0..COLUMNS).map(|at| years[at * last / (COLUMNS - 1)]).collect()
}

fn groups<'a>(findings: &'a [Finding], places: &'a [String]) -> Vec<Group<'a>> {
    let of = |rule: &str| -> Vec<Told<'a>> {
        let own = findings.iter().zip(places).filter(|(finding, _)| finding.rule == rule);
        own.map(|(finding, place)| Told { place, message: &finding.message }).collect()
    };
    RULES
        .iter()
        .map(|rule| Group { title: rule.title, hint: rule.hint, findings: of(rule.name) })
        .filter(|group| !group.findings.is_empty())
        .collect()
}

fn indicators(analysis: &Analysis, years: &[i32]) -> Vec<Row> {
    let row = |indicator: &crate::indicators::Indicator| {
        let value =
            |year: &i32| indicator.values.get(year).map_or("–".to_owned(), |v| people(*v));
        Row {
            name: indicator.name.clone(),
            unit: indicator.unit.clone(),
            values: years.iter().map(value).collect(),
        }
    };
    let known = analysis.indicators.known.iter();
    known.map(row).filter(|row| row.values.iter().any(|value| value != "–")).collect()
}

fn comparison(analysis: &Analysis) -> Vec<Row> {
    let cell = |value: &Option<(i32, f64)>| match value {
        Some((year, value)) => format!("{} ({year})", people(*value)),
        None => "–".to_owned(),
    };
    let row = |row: &crate::countries::Row| Row {
        name: row.name.clone(),
        unit: row.unit.clone(),
        values: row.values.iter().map(cell).collect(),
    };
    analysis.comparison.rows.iter().map(row).collect()
}

fn holdouts(analysis: &Analysis) -> Vec<Row> {
    use crate::projection::{HELD, Method};
    let row = |test: &crate::projection::Holdout| {
        let mut values = vec![format!("{:.1}", test.naive)];
        for method in [Method::Smoothing, Method::Regression] {
            let score = test.scores.iter().find(|score| score.method == method);
            values.push(score.map_or("–".to_owned(), |score| format!("{:.1}", score.error)));
            let within =
                score.map_or("–".to_owned(), |score| format!("{}/{HELD}", score.within));
            values.push(within);
        }
        Row {
            name: test.series.clone(),
            unit: format!("{}–{}", test.fitted_to + 1, test.until),
            values,
        }
    };
    analysis.projections.holdouts.iter().map(row).collect()
}
