//! The page: one HTML file that opens from the disk, without a network, in the style of a run's.

mod decomposition;
mod energy;
mod lines;
mod statistics;

use kzleap_page::{ChartSpec, Section, figure as people, render as fill};
use serde::Serialize;

use crate::Analysis;
use crate::balance::Balance;
use crate::findings::{Finding, RULES};

const TEMPLATE: &str = include_str!("../../assets/balance.html");
/// Years that stand in the table of indicators.
const COLUMNS: usize = 12;

/// What the script reads beside the charts.
#[derive(Serialize)]
struct Nothing {}

#[derive(Serialize)]
struct Row {
    name: String,
    unit: String,
    values: Vec<String>,
}

/// What the template reads.
#[derive(Serialize)]
struct Context<'a> {
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
}

/// Findings of one rule.
#[derive(Serialize)]
struct Group<'a> {
    title: &'static str,
    hint: &'static str,
    findings: Vec<Reported<'a>>,
}

#[derive(Serialize)]
struct Reported<'a> {
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
    let mut energy = energy::mixes(balance);
    if let Some(year) = balance.last_whole_year() {
        energy.push(energy::flows(balance, year));
    }
    let mut emissions: Vec<ChartSpec> =
        decomposition::factors(&analysis.kaya).into_iter().collect();
    emissions.extend(analysis.decomposition.as_ref().map(decomposition::waterfall));
    let correlations = statistics::correlations(&analysis.correlation);
    let projections = statistics::projections(&analysis.series, &analysis.projections);
    let mut sections = vec![
        Section::new("energy", "Energy", energy),
        Section::new("emissions", "Emissions", emissions),
        Section::new("correlation", "Correlation", correlations),
        Section::new("projections", "Projections", projections),
    ];
    sections.retain_mut(Section::tidy);
    let years = shown_years(&analysis.years);
    let span = match (analysis.years.first(), analysis.years.last()) {
        (Some(first), Some(last)) if first < last => format!("{first} to {last}"),
        (Some(only), _) => only.to_string(),
        _ => String::new(),
    };
    let context = Context {
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
    };
    let stamp = format!("{title}. KZLEAP {version}.");
    fill(TEMPLATE, &context, &sections, &Nothing {}, &stamp, &[])
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
    let of = |rule: &str| -> Vec<Reported<'a>> {
        let own = findings.iter().zip(places).filter(|(finding, _)| finding.rule == rule);
        own.map(|(finding, place)| Reported { place, message: &finding.message }).collect()
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
