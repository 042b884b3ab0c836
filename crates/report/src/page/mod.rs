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
mod flows;
mod hours;
mod indicators;
mod inputs;
mod levels;
mod money;
pub(crate) mod reference;
mod shade;
mod trading;

use kzleap_accounts::Accounts;
use kzleap_model::{Family, Model, Region, Tier};
use kzleap_page::{ALL, BalanceTable, Choice, Section};
use serde::Serialize;

pub use self::colours::{Colours, Group, Thing, palette, title};
pub(crate) use self::colours::{LINES, shown};
use crate::answer::{Answer, Card};
use crate::kinds::Kind;
use crate::{RunInfo, Summary, changes};

const TEMPLATE: &str = include_str!("../../assets/page.html");

/// The charts of a run; made before the clock is stopped that the page reports.
#[derive(Debug)]
pub struct Charts<'a> {
    data: Data<'a>,
    sections: Vec<Section>,
    main: Vec<energy::Shown>,
    /// The names of the days of which dispatch is shown, and the day that shows first.
    days: (Vec<String>, usize),
    /// What is said first.
    says: Vec<String>,
    cards: Vec<Card>,
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

/// The colours of the categories of a model, and of what pages add to them.
pub(crate) fn category_colours(model: &Model) -> Colours {
    let listed = model.categories.iter().map(|category| category.name.as_str());
    let names = listed.chain(model.processes.iter().map(|p| p.category.as_str()));
    let own = [
        (energy::TRADE, Group::Trade),
        (energy::UNSERVED, Group::Unserved),
        (kzleap_accounts::owners::LINK, Group::Family(Family::Network)),
        (energy::NOT_USED, Group::Surplus),
    ];
    let own = own.map(|(name, group)| Thing::new(name, Some(group)));
    Colours::new(names.map(|name| Thing::of_category(model, name)).chain(own))
}

/// The colours of the sectors that emit or take energy.
pub(crate) fn sector_colours(accounts: &Accounts<'_>) -> Colours {
    let model = accounts.model;
    let listed = model.sectors.iter().map(|sector| sector.name.as_str());
    let all = listed.chain(accounts.sectors());
    Colours::new(all.map(|name| Thing::of_sector(model, name)))
}

/// Primary energy, imports less exports, and final energy by year, PJ.
pub(crate) fn totals(accounts: &Accounts<'_>) -> [Vec<f64>; 3] {
    carriers::totals(accounts)
}

impl<'a> Charts<'a> {
    /// Builds every chart of a run; beside its reference, if it has one.
    pub fn new(accounts: &Accounts<'a>, info: &RunInfo) -> Self {
        let model = accounts.model;
        let outlook = energy::Outlook::new(model);
        let colours = category_colours(model);
        let sectors = sector_colours(accounts);
        let summary = Summary::new(accounts, info);
        let reference = info.reference.as_deref();
        let mut sections = energy_sections(accounts, &colours, &sectors, &outlook);
        let mut emissions = emissions::section(accounts, &sectors);
        if let Some(reference) = reference {
            let wedges = reference::wedges(model, &summary, reference);
            emissions.charts.splice(1.min(emissions.charts.len()).., wedges);
        }
        sections.push(emissions.under(EMISSIONS));
        sections.push(trading::section(accounts, &sectors).under(EMISSIONS));
        let money = money::charts(accounts, &colours);
        sections.push(Section::new("money", "Money", money).under(MONEY));
        sections.push(demand::section(model).under(SECTORS));
        let prices = prices(&mut sections);
        sections.push(prices.under(PRICES));
        if let Some(reference) = reference {
            let all = sections.iter_mut().flat_map(|section| &mut section.charts);
            all.for_each(|chart| reference::beside(chart, model, reference, &outlook.main));
        }
        let answer = Answer::new(&summary, reference);
        let (says, cards) = (answer.says(), answer.cards());
        sections.insert(0, Section::new("answer", "Overview", answer.charts()).under(OVERVIEW));
        sections.retain_mut(Section::tidy);
        let (dispatch, days) = dispatch_section(accounts, &colours, &outlook);
        sections.extend(dispatch);
        sections.iter_mut().for_each(|section| mark_what_is_not_unique(section, info));
        let data = Data {
            regions: regions(model, &sections),
            balance: balance::balance_table(accounts),
            inputs: inputs::inputs(model),
        };
        Self { data, sections, main: outlook.main, days, says, cards }
    }
}

/// Says of a chart how many figures of its table another plan of the same cost may have otherwise.
fn mark_what_is_not_unique(section: &mut Section, info: &RunInfo) {
    for chart in &mut section.charts {
        let table = chart.csv.trim_start_matches("tables/").trim_end_matches(".csv");
        let Some(marks) = info.unique.get(table).filter(|of| of.unique < of.rows) else {
            continue;
        };
        let other = marks.rows - marks.unique;
        chart.mark = format!(
            "~ In another plan of the same cost {other} of {} figures of the table may differ.",
            marks.rows
        );
    }
}

/// A tab: its anchor, and what people read.
#[derive(Clone, Copy, Serialize)]
struct Tab {
    id: &'static str,
    title: &'static str,
}

const OVERVIEW: &str = "overview";
const ELECTRICITY: &str = "electricity";
const ENERGY: &str = "energy";
const EMISSIONS: &str = "emitted";
const MONEY: &str = "costs";
const PRICES: &str = "marginal";
const DISPATCH: &str = "days";
const SECTORS: &str = "sectors";
/// Those that always have something to see.
const WHY: &str = "why";
const ASSUMPTIONS: &str = "assumptions";
const CERTIFICATE: &str = "trust";

/// The tabs in their order.
const TABS: [Tab; 11] = [
    Tab { id: OVERVIEW, title: "Overview" },
    Tab { id: ELECTRICITY, title: "Electricity" },
    Tab { id: ENERGY, title: "Energy" },
    Tab { id: EMISSIONS, title: "Emissions" },
    Tab { id: MONEY, title: "Money" },
    Tab { id: PRICES, title: "Prices" },
    Tab { id: DISPATCH, title: "Dispatch" },
    Tab { id: SECTORS, title: "Sectors" },
    Tab { id: WHY, title: "Why" },
    Tab { id: ASSUMPTIONS, title: "Assumptions" },
    Tab { id: CERTIFICATE, title: "Certificate" },
];

/// The sections of what is made and used.
fn energy_sections(
    accounts: &Accounts<'_>,
    colours: &Colours,
    sectors: &Colours,
    outlook: &energy::Outlook,
) -> Vec<Section> {
    let model = accounts.model;
    let charts = |one: &energy::Shown| energy::charts(accounts, colours, one);
    let mut sections = Vec::new();
    for one in &outlook.main {
        let id = format!("of-{}", energy::slug(model, one));
        let tab = match Kind::of(model, one.commodity) {
            Some(Kind::Electricity) => ELECTRICITY,
            Some(_) => ENERGY,
            None => SECTORS,
        };
        sections.push(Section::new(&id, outlook.heading(model, one), charts(one)).under(tab));
    }
    let flows = vec![flows::flows(accounts)];
    sections.push(Section::new("energy-flows", "Energy flows", flows).under(ENERGY));
    sections.push(carriers::primary(accounts).under(ENERGY));
    sections.push(carriers::final_use(accounts, sectors).under(ENERGY));
    for (id, name, word, all) in [
        ("services", "Services and materials", "Service", &outlook.services),
        ("carriers", "Other carriers", "Carrier", &outlook.carriers),
    ] {
        let option = |(group, one): &(String, energy::Shown)| {
            Choice::new(title(&one.label), group, charts(one))
        };
        let options = all.iter().map(option).collect();
        let section = Section::new(id, name, Vec::new()).with(word, options);
        sections.push(section.under(SECTORS));
    }
    sections
}

/// What energy and emissions cost at the margin, taken out of their sections.
fn prices(sections: &mut [Section]) -> Section {
    let mut prices = Vec::new();
    for section in sections {
        let is = |id: &str| id.starts_with("price-") || id.starts_with("emission-price");
        prices.extend(section.charts.extract_if(.., |chart| is(&chart.id)));
    }
    Section::new("prices", "What one more unit costs", prices)
}

/// Dispatch of every carrier balanced by slice, of many one at a time, and the content of storages;
/// with the days to choose from, and the day of the highest demand of the first.
fn dispatch_section(
    accounts: &Accounts<'_>,
    colours: &Colours,
    outlook: &energy::Outlook,
) -> (Option<Section>, (Vec<String>, usize)) {
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
    let names = first.map_or_else(Vec::new, |_| dispatch::day_names(model));
    let days = (names, first.map_or(0, |one| one.peak_day));
    let mut section = Section::new("dispatch", "Dispatch", Vec::new()).under(DISPATCH);
    if all.len() > 2 {
        let options = all.into_iter().map(|one| Choice::new(one.carrier, "", vec![one.chart]));
        section = section.with("Carrier", options.collect());
    } else {
        section.charts.extend(all.into_iter().map(|one| one.chart));
    }
    section.charts.extend(levels);
    (section.tidy().then_some(section), days)
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
    tabs: Vec<Tab>,
    says: &'a [String],
    cards: &'a [Card],
    /// What the scenario is compared with; empty if with nothing.
    reference: String,
    dispatch_days: &'a [String],
    peak_day: usize,
    /// What the choices of units of the balance are called.
    balance_units: [&'static str; 4],
    /// Whether there is energy in PJ, which other units can show.
    energy: bool,
    regions: &'a [RegionChoice],
    years: Vec<i32>,
    indicators: Vec<indicators::Indicator>,
    built: Vec<built::Group>,
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
    /// Nothing where slices of the hours are all that is coarse, and the plan holds over the hours:
    /// that is said beside the certificate.
    fn of(info: &RunInfo) -> Option<Self> {
        let resolution = &info.resolution;
        let of_hours = resolution.of_hours && resolution.regions.is_none();
        let holds = info.hours.as_ref().is_some_and(crate::hours::HourCheck::holds);
        if of_hours && holds {
            return None;
        }
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
    let (dispatch_days, peak_day) = &charts.days;
    let (constraints, over_horizon) = constraints::rows(accounts);
    let (money, per_million) = crate::tables::money_shown(&model.currency, solution.objective);
    let context = Context {
        version: &info.version,
        title: shown(&model.label, &model.name),
        scenario: shown(&model.scenario_label, &info.scenario),
        description: model.description.clone(),
        unique: facts::unique(info),
        lead: indicators::lead(accounts),
        tabs: tabs(&charts.sections),
        says: &charts.says,
        cards: &charts.cards,
        reference: info.reference.as_deref().map(reference::name).unwrap_or_default(),
        resolution: Resolved::of(info),
        dispatch_days,
        peak_day: *peak_day,
        balance_units: balance::CHOICES,
        energy: model.commodities.iter().any(kzleap_model::Commodity::is_energy),
        regions: &data.regions,
        years: model.time.years.iter().map(|year| year.milestone).collect(),
        indicators: indicators::indicators(accounts, &summary, charts),
        built: built::groups(accounts),
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
    let stamp = format!("{}: {}. KZLEAP {}.", context.title, context.scenario, info.version);
    kzleap_page::render(TEMPLATE, &context, &charts.sections, data, &stamp, &info.words)
}

/// The tabs that have something to see.
fn tabs(sections: &[Section]) -> Vec<Tab> {
    const ALWAYS: [&str; 5] = [OVERVIEW, ENERGY, WHY, ASSUMPTIONS, CERTIFICATE];
    let has = |tab: &Tab| {
        ALWAYS.contains(&tab.id) || sections.iter().any(|section| section.tab == tab.id)
    };
    TABS.into_iter().filter(has).collect()
}
