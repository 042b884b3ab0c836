//! The page: one HTML file that opens from the disk, without a network.
//!
//! What it shows is described here ([`kzleap_page::ChartSpec`]); how it is drawn, and the script
//! of plotly (MIT) that weighs nearly all of its 4.7 MB, are that crate's.

mod balance;
mod binding;
mod built;
mod calibration;
mod carriers;
mod chart;
mod colours;
mod constraints;
mod demand;
mod dispatch;
mod emissions;
pub(crate) mod energy;
mod facts;
mod hours;
mod indicators;
mod inputs;
mod levels;
mod money;
mod shade;
mod trading;

use kzleap_accounts::Accounts;
use kzleap_model::{Family, Model, Region, Tier};
use kzleap_page::{ALL, BalanceTable, Card, ChartSpec, Choice, Section};
use serde::Serialize;

pub use self::colours::{Colours, Group, Thing, title};
pub(crate) use self::colours::{LINES, shown};
use crate::{RunInfo, Summary, changes};

const TEMPLATE: &str = include_str!("../../assets/page.html");

/// The charts of a run; made before the clock is stopped that the page reports.
#[derive(Debug)]
pub struct Charts<'a> {
    data: Data<'a>,
    sections: Vec<Section>,
    main: Vec<energy::Shown>,
    /// Anchors of the charts that sum the run up.
    summary: Vec<String>,
    /// What dispatch is shown of: its years, the names of its days, the day that shows first.
    days: (Vec<i32>, Vec<String>, usize),
    /// Primary and final energy by year, PJ.
    totals: [Vec<f64>; 2],
}

/// What the script of the page reads beside the charts.
#[derive(Debug, Serialize)]
struct Data<'a> {
    regions: Vec<RegionChoice>,
    balance: BalanceTable,
    inputs: inputs::Inputs<'a>,
}

#[derive(Debug, Serialize)]
struct RegionChoice {
    key: String,
    label: String,
    neighbour: bool,
}

impl<'a> Charts<'a> {
    /// Builds every chart of a run.
    pub fn new(accounts: &Accounts<'a>) -> Self {
        let model = accounts.model;
        let outlook = energy::Outlook::new(model);
        let listed = model.categories.iter().map(|category| category.name.as_str());
        let categories = listed.chain(model.processes.iter().map(|p| p.category.as_str()));
        let categories = categories.map(|name| Thing::of_category(model, name));
        let own = [
            (energy::TRADE, Group::Trade),
            (energy::UNSERVED, Group::Unserved),
            (kzleap_accounts::owners::LINK, Group::Family(Family::Network)),
            (energy::NOT_USED, Group::Surplus),
        ];
        let own = own.map(|(name, group)| Thing::new(name, Some(group)));
        let colours = Colours::new(categories.chain(own));
        let charts = |one: &energy::Shown| energy::charts(accounts, &colours, one);
        let mut sections = Vec::new();
        for one in &outlook.main {
            let id = format!("of-{}", energy::slug(model, one));
            sections.push(Section::new(&id, outlook.heading(model, one), charts(one)));
        }
        let (primary, of_primary) = carriers::primary(accounts);
        let listed = model.sectors.iter().map(|sector| sector.name.as_str());
        let sectors =
            listed.chain(accounts.sectors()).map(|name| Thing::of_sector(model, name));
        let sectors = Colours::new(sectors);
        let (final_use, of_final) = carriers::final_use(accounts, &sectors);
        let totals = [of_primary, of_final];
        sections.push(primary);
        sections.push(final_use);
        for (id, name, word, all) in [
            ("services", "Services and materials", "Service", &outlook.services),
            ("carriers", "Other carriers", "Carrier", &outlook.carriers),
        ] {
            let option = |(group, one): &(String, energy::Shown)| {
                Choice::new(title(&one.label), group, charts(one))
            };
            let options = all.iter().map(option).collect();
            sections.push(Section::new(id, name, Vec::new()).with(word, options));
        }
        sections.push(emissions::section(accounts, &sectors));
        sections.push(trading::section(accounts, &sectors));
        let money = money::charts(accounts, &colours);
        sections.push(Section::new("money", "Money", money));
        sections.push(demand::section(model));
        sections.retain_mut(Section::tidy);
        let summary = summary(&sections);
        let (dispatch, days) = dispatch_section(accounts, &colours, &outlook);
        sections.extend(dispatch);
        let data = Data {
            regions: regions(model, &sections),
            balance: balance::balance_table(accounts),
            inputs: inputs::inputs(model),
        };
        Self { data, sections, main: outlook.main, summary, days, totals }
    }
}

/// Dispatch of every carrier balanced by slice, of many one at a time, and the content of storages;
/// with the years and days to choose from, and the day of the highest demand of the first.
fn dispatch_section(
    accounts: &Accounts<'_>,
    colours: &Colours,
    outlook: &energy::Outlook,
) -> (Option<Section>, (Vec<i32>, Vec<String>, usize)) {
    let model = accounts.model;
    let sliced = |one: &&energy::Shown| model.commodities[one.commodity].tier == Tier::Slice;
    let others = outlook.carriers.iter().map(|(_, one)| one);
    let all: Vec<dispatch::Dispatch> = outlook
        .main
        .iter()
        .chain(others)
        .filter(sliced)
        .map(|one| dispatch::dispatch(accounts, colours, one))
        .collect();
    let levels = levels::levels(accounts, colours);
    let first = all.first();
    let years = match first.map(|one| &one.chart).or(levels.as_ref()).map(|c| &c.picture) {
        Some(kzleap_page::Picture::Series(series)) => series.years.clone(),
        _ => Vec::new(),
    };
    let names = first.map_or_else(Vec::new, |_| dispatch::day_names(model));
    let days = (years, names, first.map_or(0, |one| one.peak_day));
    let mut section = Section::new("dispatch", "Dispatch", Vec::new());
    if all.len() > 2 {
        let options = all.into_iter().map(|one| Choice::new(one.carrier, "", vec![one.chart]));
        section = section.with("Carrier", options.collect());
    } else {
        section.charts.extend(all.into_iter().map(|one| one.chart));
    }
    section.charts.extend(levels);
    (section.tidy().then_some(section), days)
}

/// The charts that sum a run up: emissions, the first section's making and capacity, money.
fn summary(sections: &[Section]) -> Vec<String> {
    if sections.iter().all(|section| section.chooser.is_none()) {
        return Vec::new(); // the page is short
    }
    let first = |id: &str| {
        let section = sections.iter().find(|section| section.id == id)?;
        section.charts.first().map(|chart| chart.id.clone())
    };
    let made = sections.first().and_then(|section| section.charts.first());
    [
        first("emissions"),
        made.map(|chart| chart.id.clone()),
        first("final"),
        sections
            .iter()
            .flat_map(|s| &s.charts)
            .find(|c| c.id == "investment")
            .map(|c| c.id.clone()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What the reader can choose: all, each domestic region, each neighbour with something to see.
fn regions(model: &Model, sections: &[Section]) -> Vec<RegionChoice> {
    let choice = |region: &Region| RegionChoice {
        key: region.name.clone(),
        label: title(&region.label),
        neighbour: !region.domestic,
    };
    let all = RegionChoice {
        key: ALL.to_owned(),
        label: "All domestic regions".to_owned(),
        neighbour: false,
    };
    let (own, others): (Vec<&Region>, Vec<&Region>) =
        model.regions.iter().partition(|region| region.domestic);
    let seen = |region: &&Region| sections.iter().any(|section| section.shows(&region.name));
    let others = others.into_iter().filter(seen);
    std::iter::once(all).chain(own.into_iter().chain(others).map(choice)).collect()
}

/// What the template reads.
#[derive(Serialize)]
struct Context<'a> {
    version: &'a str,
    title: String,
    scenario: String,
    description: String,
    lead: String,
    /// How many figures are the same in every plan of the same cost.
    unique: Option<String>,
    /// At which resolution it was solved, if not as written.
    resolution: Option<Resolved>,
    summary: Vec<Card<'a>>,
    dispatch_years: &'a [i32],
    dispatch_days: &'a [String],
    peak_day: usize,
    /// What the choices of units of the balance are called.
    balance_units: [&'static str; 4],
    /// Whether there is energy in PJ, which other units can show.
    energy: bool,
    regions: &'a [RegionChoice],
    years: Vec<i32>,
    indicators: Vec<indicators::Indicator>,
    built: Vec<built::Row>,
    /// The unit of money.
    money: String,
    drivers: Vec<demand::Row>,
    branches: Vec<demand::Row>,
    calibration: Vec<calibration::Row>,
    /// The statistics the plan is too far from, with the difference.
    outside: Vec<String>,
    inputs: usize,
    changes: Vec<changes::Step>,
    constraints: Vec<constraints::Row>,
    binding: Vec<binding::Row>,
    /// Whether one of them holds over the horizon.
    over_horizon: bool,
    checks: Vec<facts::Fact>,
    facts: Vec<facts::Fact>,
    /// The years whose hours were looked at, and the figures behind what is said of them.
    hour_check: Vec<hours::Year>,
    hour_tables: Vec<hours::Table>,
    refined: Vec<hours::Plan>,
    /// Gap of the whole units, if there are any.
    integer_gap: Option<String>,
    info: &'a RunInfo,
}

/// What is said of a resolution that is not as written.
#[derive(Serialize)]
struct Resolved {
    heading: &'static str,
    explanation: String,
    coarser: bool,
}

impl Resolved {
    fn of(resolution: &crate::Resolution) -> Option<Self> {
        Some(Self {
            heading: resolution.heading()?,
            explanation: resolution.explanation()?,
            coarser: resolution.is_coarser(),
        })
    }
}

/// The page with a remark at its top on a later run that has no results, in place of an earlier
/// remark; `None` if it is no page that has a place for it.
pub fn with_remark(page: &str, remark: &str) -> Option<String> {
    const BEGIN: &str = "<!--later run-->";
    let (before, rest) = page.split_once(BEGIN)?;
    let (_, after) = rest.split_once("<!--end-->")?;
    let remark = remark.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    Some(format!("{before}{BEGIN}<p class=\"rough\">{remark}</p><!--end-->{after}"))
}

/// The page as HTML.
///
/// # Errors
/// If the template does not fit its data, which is a bug.
pub fn render(
    accounts: &Accounts<'_>,
    info: &RunInfo,
    charts: &Charts<'_>,
) -> Result<String, minijinja::Error> {
    let Accounts { model, solution, .. } = *accounts;
    let summary = Summary::new(accounts, info);
    let data = &charts.data;
    let calibration = calibration::rows(accounts);
    let all = || charts.sections.iter().flat_map(|section| &section.charts);
    let chart = |id: &String| all().find(|chart| chart.id == *id);
    let (dispatch_years, dispatch_days, peak_day) = &charts.days;
    let (constraints, over_horizon) = constraints::rows(accounts);
    let (money, per_million) = crate::tables::money_shown(&model.currency, solution.objective);
    let context = Context {
        version: &info.version,
        title: shown(&model.label, &model.name),
        scenario: shown(&model.scenario_label, &info.scenario),
        description: model.description.clone(),
        unique: facts::unique(info),
        lead: indicators::lead(accounts),
        summary: charts.summary.iter().filter_map(chart).map(ChartSpec::card).collect(),
        resolution: Resolved::of(&info.resolution),
        dispatch_years,
        dispatch_days,
        peak_day: *peak_day,
        balance_units: balance::CHOICES,
        energy: model.commodities.iter().any(kzleap_model::Commodity::is_energy),
        regions: &data.regions,
        years: model.time.years.iter().map(|year| year.milestone).collect(),
        indicators: indicators::indicators(accounts, &summary, charts),
        built: built::rows(accounts),
        money,
        drivers: demand::driver_rows(model),
        branches: demand::branch_rows(model),
        outside: calibration.iter().filter_map(calibration::Row::too_far).collect(),
        calibration,
        inputs: model.inputs.len(),
        changes: changes::steps(model),
        constraints,
        binding: binding::rows(model, &summary.binding, per_million),
        over_horizon,
        checks: facts::checks(info),
        facts: facts::facts(model, info),
        hour_check: info.hours.as_ref().map(hours::years).unwrap_or_default(),
        hour_tables: info.hours.as_ref().map(hours::tables).unwrap_or_default(),
        refined: info
            .hours
            .as_ref()
            .map(|one| hours::plans(one, per_million))
            .unwrap_or_default(),
        integer_gap: info.certificate.integer_gap.map(|gap| format!("{gap:.0e}")),
        info,
    };
    kzleap_page::render(TEMPLATE, &context, &charts.sections, data)
}
