//! The dispatch of a typical day: who makes and uses a commodity, block by block.

use std::collections::BTreeMap;

use kzleap_accounts::Accounts;
use kzleap_accounts::flows::{ModeFlow, Side, Tiers};
use kzleap_model::{Model, SliceIx, Solution, Tier, YearIx};
use ndarray::Array3;
use plotly::Bar;
use plotly::common::Marker;
use serde::Serialize;
use serde_json::Value;

use super::chart::{Chart, hatch, json, place_key, short};
use super::colours::{Colours, title};
use super::energy::{DEMAND, NOT_USED, Shown, TRADE, UNSERVED};

/// Numbers a page may carry for one commodity; beyond it only some years are kept.
const MOST_NUMBERS: usize = 400_000;

/// What the page needs to draw any day of any year in any region.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Dispatch {
    /// Its anchor in the page.
    id: String,
    /// What is dispatched.
    carrier: String,
    /// Its heading.
    title: String,
    /// The unit of every value.
    unit: String,
    /// Milestone years that can be chosen.
    years: Vec<i32>,
    /// Kinds of day that can be chosen.
    days: Vec<Day>,
    /// Position of the day with the highest demand.
    peak_day: usize,
    /// Traces without values; the last is the demand.
    traces: Vec<Value>,
    /// Layout without fonts and colours of the page.
    layout: Value,
    /// Values by region, year, trace and slice.
    views: BTreeMap<String, Vec<Vec<Vec<Option<f64>>>>>,
}

/// A kind of day.
#[derive(Clone, Debug, Serialize)]
struct Day {
    name: String,
    /// Position of its first block among all slices.
    start: usize,
    blocks: Vec<Block>,
}

/// A block of hours.
#[derive(Clone, Debug, Serialize)]
struct Block {
    name: String,
    hours: f64,
}

impl Dispatch {
    pub(super) fn outline(&self) -> Outline<'_> {
        Outline { id: &self.id, carrier: &self.carrier, title: &self.title }
    }
}

/// A dispatch without its values.
#[derive(Serialize)]
pub(super) struct Outline<'a> {
    id: &'a str,
    carrier: &'a str,
    title: &'a str,
}

/// Amounts by series, each shape `[place, slice, year]`, PJ a year.
struct Gathered<'a> {
    model: &'a Model,
    series: BTreeMap<(Kind, String), Array3<f64>>,
}

/// What a series is, in the order they stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Made,
    Discharged,
    Imported,
    Unserved,
    Used,
    Charged,
    Exported,
    Lost,
    NotUsed,
    Demand,
}

impl Kind {
    /// Above or below zero.
    fn sign(self) -> f64 {
        match self {
            Self::Made | Self::Discharged | Self::Imported | Self::Unserved | Self::Demand => {
                1.0
            }
            Self::Used | Self::Charged | Self::Exported | Self::Lost | Self::NotUsed => -1.0,
        }
    }

    fn name(self, category: &str, colours: &Colours) -> String {
        let category = colours.label(category);
        match self {
            Self::Made => category,
            Self::Discharged => format!("{category}: discharge"),
            Self::Used => format!("{category}: use"),
            Self::Charged => format!("{category}: charge"),
            Self::Imported => "Imports".to_owned(),
            Self::Exported => "Exports".to_owned(),
            Self::Lost => "Losses of links".to_owned(),
            Self::NotUsed => title(NOT_USED),
            Self::Unserved => "Unserved".to_owned(),
            Self::Demand => "Demand".to_owned(),
        }
    }

    fn colour(self, category: &str, colours: &Colours) -> String {
        match self {
            Self::Imported | Self::Exported => colours.of(TRADE).to_owned(),
            Self::Lost => "#d5d9de".to_owned(),
            Self::NotUsed => colours.of(NOT_USED).to_owned(),
            Self::Unserved => colours.of(UNSERVED).to_owned(),
            _ => colours.of(category).to_owned(),
        }
    }

    /// Whether it is hatched, to stand apart from what the same technology supplies.
    const fn is_hatched(self) -> bool {
        matches!(self, Self::Used | Self::Charged | Self::Exported)
    }
}

impl Gathered<'_> {
    fn add(
        &mut self,
        kind: Kind,
        category: &str,
        place: usize,
        s: usize,
        y: usize,
        value: f64,
    ) {
        let time = &self.model.time;
        let shape = (self.model.regions.len() + 1, time.slices.len(), time.years.len());
        self.series
            .entry((kind, category.to_owned()))
            .or_insert_with(|| Array3::zeros(shape))[(place, s, y)] += value;
    }

    fn add_everywhere(
        &mut self,
        kind: Kind,
        category: &str,
        region: usize,
        at: (usize, usize),
        value: f64,
    ) {
        self.add(kind, category, region + 1, at.0, at.1, value);
        if self.model.regions[kzleap_model::RegionIx::new(region)].domestic {
            self.add(kind, category, 0, at.0, at.1, value);
        }
    }
}

/// The dispatch of a commodity that is balanced by slice.
pub(super) fn dispatch(accounts: &Accounts<'_>, colours: &Colours, shown: &Shown) -> Dispatch {
    let model = accounts.model;
    let gathered = gather(accounts, shown);
    let mut order: Vec<(Kind, String)> = gathered
        .series
        .iter()
        .filter(|((kind, _), values)| {
            *kind != Kind::Demand && values.iter().any(|value| *value != 0.0)
        })
        .map(|(key, _)| key.clone())
        .collect();
    order.sort_by_key(|(kind, category)| (*kind, colours.rank(category)));
    order.push((Kind::Demand, String::new()));
    let name = &model.commodities[shown.commodity].name;
    let is_energy = model.commodities[shown.commodity].is_energy();
    let unit = if is_energy { "GW".to_owned() } else { format!("{}/h", shown.unit) };
    let mut chart = Chart::new(format!("dispatch-{name}"), "", &unit);
    for (kind, category) in order.iter().filter(|(kind, _)| *kind != Kind::Demand) {
        let bar = Bar::<f64, f64>::new(Vec::new(), Vec::new())
            .name(kind.name(category, colours))
            .marker(Marker::new().color(kind.colour(category, colours)));
        let mut trace = json(&*bar);
        if kind.is_hatched() {
            hatch(&mut trace);
        }
        chart.traces.push(trace);
    }
    let bars = chart.traces.len();
    chart.ledge(model, "Demand", DEMAND, |_| Vec::new());
    chart.traces.truncate(bars + 1);
    let years = kept_years(model, order.len());
    Dispatch {
        id: chart.id.replace(' ', "-"),
        carrier: title(&shown.label),
        title: format!("{}: a typical day", title(&shown.label)),
        years: years.iter().map(|y| model.time.years[*y].milestone).collect(),
        days: days(model),
        peak_day: peak_day(model, &gathered),
        views: views(model, &gathered, &order, &years, is_energy),
        unit,
        traces: chart.traces,
        layout: chart.layout,
    }
}

fn gather<'a>(accounts: &Accounts<'a>, shown: &Shown) -> Gathered<'a> {
    let Accounts { model, solution, .. } = *accounts;
    let mut gathered = Gathered { model, series: BTreeMap::new() };
    let tiers = Tiers::new(model);
    for (side, [plain, storage]) in [
        (Side::Outputs, [Kind::Made, Kind::Discharged]),
        (Side::Inputs, [Kind::Used, Kind::Charged]),
    ] {
        accounts.each_mode_flow(side, |flow: ModeFlow| {
            if flow.commodity != shown.commodity {
                return;
            }
            let process = &model.processes[flow.process];
            let kind = if flow.storage { storage } else { plain };
            let year = YearIx::new(flow.year);
            for (s, share) in tiers.shares(process.tier, flow.node, Tier::Slice, year) {
                let region = process.region.get();
                let amount = flow.amount * share;
                gathered.add_everywhere(
                    kind,
                    &process.category,
                    region,
                    (s, flow.year),
                    amount,
                );
            }
        });
    }
    for balance in
        accounts.balances().iter().filter(|balance| balance.commodity == shown.commodity)
    {
        let region = balance.region.get();
        for ((s, y), demand) in balance.demand.indexed_iter() {
            gathered.add_everywhere(Kind::Demand, "", region, (s, y), *demand);
            let unserved = balance.unserved[(s, y)];
            gathered.add_everywhere(Kind::Unserved, "unserved", region, (s, y), unserved);
            let left = balance.sources(s, y) - balance.uses(s, y);
            if left > 1e-6 * balance.sources(s, y) {
                gathered.add_everywhere(Kind::NotUsed, "", region, (s, y), left);
            }
            gathered.add(Kind::Imported, "", region + 1, s, y, balance.imported[(s, y)]);
            gathered.add(Kind::Exported, "", region + 1, s, y, balance.exported[(s, y)]);
        }
    }
    add_trade_of_all(model, solution, shown, &mut gathered);
    gathered
}

/// Trade of all domestic regions together: over the border only; within, links only lose.
fn add_trade_of_all(
    model: &Model,
    solution: &Solution,
    shown: &Shown,
    gathered: &mut Gathered<'_>,
) {
    for (l, link) in model.links.iter_ix().filter(|(_, link)| link.commodity == shown.commodity)
    {
        for ((direction, s, y), sent) in solution.flow[l.get()].indexed_iter() {
            let (from, to) =
                if direction == 0 { (link.from, link.to) } else { (link.to, link.from) };
            match (model.regions[from].domestic, model.regions[to].domestic) {
                (true, true) => gathered.add(Kind::Lost, "", 0, s, y, sent * link.loss),
                (true, false) => gathered.add(Kind::Exported, "", 0, s, y, *sent),
                (false, true) => {
                    gathered.add(Kind::Imported, "", 0, s, y, sent * (1.0 - link.loss));
                }
                (false, false) => {}
            }
        }
    }
}

/// The years the page can carry: all, or the first, the last and some between.
fn kept_years(model: &Model, traces: usize) -> Vec<YearIx> {
    let years: Vec<YearIx> = model.time.years.ixs().collect();
    let a_year = (model.regions.len() + 1) * traces * model.time.slices.len();
    let most = (MOST_NUMBERS / a_year.max(1)).max(2);
    if years.len() <= most {
        return years;
    }
    let last = years.len() - 1;
    let mut kept: Vec<YearIx> = (0..most).map(|n| years[n * last / (most - 1)]).collect();
    kept.dedup();
    kept
}

fn days(model: &Model) -> Vec<Day> {
    let time = &model.time;
    let several =
        |season: usize| time.day_types.iter().filter(|day| day.season == season).count() > 1;
    time.day_types
        .iter()
        .map(|day| {
            let season = &time.seasons[day.season].label;
            let name = if several(day.season) {
                format!("{}, {}", title(season), day.label)
            } else {
                title(season)
            };
            let blocks = day
                .slices
                .clone()
                .map(|s| &time.slices[SliceIx::new(s)])
                .map(|slice| Block { name: slice.name.clone(), hours: slice.hours_per_pass })
                .collect();
            Day { name, start: day.slices.start, blocks }
        })
        .collect()
}

/// GW in a slice for one PJ a year in it; of what is no energy, so much an hour.
fn rate(model: &Model, s: usize, y: usize, is_energy: bool) -> f64 {
    let hours = model.time.hours(SliceIx::new(s), YearIx::new(y));
    let energy = if is_energy { kzleap_model::units::PJ_PER_GWH } else { 1.0 };
    if hours > 0.0 { 1.0 / (energy * hours) } else { 0.0 }
}

fn peak_day(model: &Model, gathered: &Gathered<'_>) -> usize {
    let Some(last) = model.time.years.len().checked_sub(1) else { return 0 };
    let demand = gathered.series.get(&(Kind::Demand, String::new()));
    let (mut peak, mut most) = (0, 0.0);
    for s in 0..model.time.slices.len() {
        let value =
            demand.map_or(0.0, |demand| demand[(0, s, last)]) * rate(model, s, last, true);
        if value > most {
            (peak, most) = (s, value);
        }
    }
    model.time.slices.ixs().nth(peak).map_or(0, |s| model.time.slices[s].day_type)
}

fn views(
    model: &Model,
    gathered: &Gathered<'_>,
    order: &[(Kind, String)],
    years: &[YearIx],
    is_energy: bool,
) -> BTreeMap<String, Vec<Vec<Vec<Option<f64>>>>> {
    let slices = model.time.slices.len();
    let mut views = BTreeMap::new();
    for place in 0..=model.regions.len() {
        let by_year = years.iter().map(|y| {
            let y = y.get();
            let of_series = |key: &(Kind, String)| {
                let values = gathered.series.get(key);
                let value = |s: usize| {
                    let amount = values.map_or(0.0, |values| values[(place, s, y)]);
                    short(amount * key.0.sign() * rate(model, s, y, is_energy))
                };
                (0..slices).map(value).collect()
            };
            order.iter().map(of_series).collect()
        });
        views.insert(place_key(model, place), by_year.collect());
    }
    views
}
