//! The page: one HTML file that opens from the disk, without a network.
//!
//! Rust builds traces and layouts; the script of plotly draws them. That script (MIT) comes with
//! the `plotly` crate and is written into the page once, so the page weighs 4.7 MB, nearly all of
//! it this script.
//!
//! Milestone years are unequally far apart. The axis has true calendar spacing, and each bar spans
//! the years its milestone stands for, so that areas compare.

mod balance;
mod chart;
mod colours;
mod dispatch;
mod emissions;
pub(crate) mod energy;
mod facts;
mod indicators;
mod levels;
mod money;

use kzleap_model::{Model, Solution, Tier};
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment};
use serde::Serialize;

use self::chart::Chart;
pub(crate) use self::colours::shown;
pub use self::colours::{Colours, title};
pub use self::indicators::figure;
use crate::{RunInfo, Summary, flows};

const TEMPLATE: &str = include_str!("../../assets/page.html");
const STYLE: &str = include_str!("../../assets/page.css");
const SCRIPT: &str = include_str!("../../assets/page.js");

/// The charts of a run; made before the clock is stopped that the page reports.
#[derive(Debug)]
pub struct Charts {
    data: Data,
    shown: Vec<energy::Shown>,
}

/// What the script of the page reads.
#[derive(Debug, Serialize)]
struct Data {
    years: Vec<crate::summary::Period>,
    regions: Vec<RegionChoice>,
    sections: Vec<Section>,
    dispatch: Vec<dispatch::Dispatch>,
    levels: Option<levels::Levels>,
    balance: balance::BalanceTable,
}

#[derive(Debug, Serialize)]
struct RegionChoice {
    key: String,
    label: String,
}

/// Charts under one heading.
#[derive(Debug, Serialize)]
struct Section {
    id: String,
    title: String,
    charts: Vec<Chart>,
}

impl Charts {
    /// Builds every chart of a run.
    pub fn new(model: &Model, solution: &Solution) -> Self {
        let categories = model.processes.iter().map(|process| process.category.as_str());
        let own =
            [energy::TRADE, energy::UNSERVED, crate::tables::emissions::EXOGENOUS, "link"];
        // series of the report stand with their families; trade is coloured as an import
        let colours = Colours::new(categories.chain(own));
        let balances = flows::balances(model, solution);
        let shown = energy::shown(model);
        let mut sections = Vec::new();
        let mut dispatch = Vec::new();
        for one in &shown {
            let charts = energy::charts(model, solution, &balances, &colours, one);
            add(&mut sections, &one.label, charts);
            if model.commodities[one.commodity].tier == Tier::Slice {
                dispatch.push(dispatch::dispatch(model, solution, &balances, &colours, one));
            }
        }
        add(&mut sections, "Emissions", emissions::charts(model, solution, &colours));
        add(&mut sections, "Money", money::charts(model, solution, &colours));
        let data = Data {
            years: crate::summary::periods(model),
            regions: regions(model),
            sections,
            dispatch,
            levels: levels::levels(model, solution, &colours),
            balance: balance::balance_table(model, solution),
        };
        Self { data, shown }
    }
}

fn add(sections: &mut Vec<Section>, name: &str, charts: Vec<Chart>) {
    let charts: Vec<Chart> = charts.into_iter().filter(|chart| !chart.is_empty()).collect();
    if !charts.is_empty() {
        let id = format!("section-{}", sections.len());
        sections.push(Section { id, title: title(name), charts });
    }
}

/// What the reader can choose: all, each domestic region, each neighbour.
fn regions(model: &Model) -> Vec<RegionChoice> {
    let domestic = model.regions.iter().filter(|region| region.domestic);
    let all =
        RegionChoice { key: chart::ALL.to_owned(), label: "All domestic regions".to_owned() };
    let neighbours = model.regions.iter().filter(|region| !region.domestic);
    let own = domestic
        .map(|region| RegionChoice { key: region.name.clone(), label: region.label.clone() });
    let others = neighbours.map(|region| RegionChoice {
        key: region.name.clone(),
        label: format!("{} (neighbour)", region.label),
    });
    std::iter::once(all).chain(own).chain(others).collect()
}

/// What the template reads.
#[derive(Serialize)]
struct Context<'a> {
    style: &'static str,
    script: &'static str,
    plotly: String,
    data: String,
    title: String,
    scenario: String,
    description: &'a str,
    lead: String,
    sections: Vec<SectionOutline<'a>>,
    dispatch: Vec<Anchor<'a>>,
    levels: bool,
    /// Whether there is energy in PJ, which other units can show.
    energy: bool,
    regions: &'a [RegionChoice],
    years: Vec<i32>,
    indicators: Vec<indicators::Indicator>,
    notes: Vec<facts::NoteGroup>,
    checks: Vec<facts::Fact>,
    facts: Vec<facts::Fact>,
    /// Gap of the whole units, if there are any.
    integer_gap: Option<String>,
    info: &'a RunInfo,
}

/// A section without the values of its charts.
#[derive(Serialize)]
struct SectionOutline<'a> {
    id: &'a str,
    title: &'a str,
    charts: Vec<Anchor<'a>>,
}

/// A chart without its values.
#[derive(Serialize)]
struct Anchor<'a> {
    id: &'a str,
    title: &'a str,
    note: &'a str,
    csv: &'a str,
}

impl Section {
    fn outline(&self) -> SectionOutline<'_> {
        let charts = self.charts.iter().map(Chart::anchor).collect();
        SectionOutline { id: &self.id, title: &self.title, charts }
    }
}

/// The page as HTML.
///
/// # Errors
/// If the template does not fit its data, which is a bug.
pub fn render(
    model: &Model,
    solution: &Solution,
    info: &RunInfo,
    charts: &Charts,
) -> Result<String, minijinja::Error> {
    let summary = Summary::new(model, solution, info);
    let data = &charts.data;
    let context = Context {
        style: STYLE,
        script: SCRIPT,
        plotly: plotly_script(),
        data: embedded(data),
        title: shown(&model.label, &model.name),
        scenario: shown(&model.scenario_label, &info.scenario),
        description: &model.description,
        lead: indicators::lead(model, solution),
        sections: data.sections.iter().map(Section::outline).collect(),
        dispatch: data.dispatch.iter().map(dispatch::Dispatch::anchor).collect(),
        levels: data.levels.is_some(),
        energy: model.commodities.iter().any(kzleap_model::Commodity::is_energy),
        regions: &data.regions,
        years: data.years.iter().map(|period| period.milestone).collect(),
        indicators: indicators::indicators(model, &summary, &charts.shown),
        notes: facts::notes(model),
        checks: facts::checks(info),
        facts: facts::facts(model, info),
        integer_gap: info.certificate.integer_gap.map(|gap| format!("{gap:.0e}")),
        info,
    };
    fill(TEMPLATE, &context)
}

/// Fills a template; everything is escaped unless the template says otherwise.
///
/// # Errors
/// If the template does not fit its data, which is a bug.
pub fn fill(template: &str, context: &impl Serialize) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.template_from_str(template)?.render(Serde(context))
}

/// The style of all pages.
pub const fn style() -> &'static str {
    STYLE
}

/// The script of all pages.
pub const fn script() -> &'static str {
    SCRIPT
}

/// Data as JSON that can stand within a `script` element.
pub fn embedded(data: &impl Serialize) -> String {
    let json = serde_json::to_string(data).unwrap_or_else(|_| "null".to_owned());
    json.replace("</", "<\\/")
}

/// The script of plotly alone: the crate hands it out together with that of MathJax, which we do
/// not need.
pub fn plotly_script() -> String {
    let both = plotly::Plot::offline_js_sources();
    let script = both.split_once('>').map_or("", |(_, rest)| rest);
    script.split_once("</script>").map_or(String::new(), |(script, _)| script.to_owned())
}
