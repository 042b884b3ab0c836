//! The dispatch of a typical day: who makes and uses a commodity, block by block.

use std::collections::BTreeMap;

use kzleap_accounts::Accounts;
use kzleap_accounts::flows::Side;
use kzleap_model::time::DayType;
use kzleap_model::{Model, SliceIx, Solution, YearIx};
use kzleap_page::{Axis, ChartSpec, Mark, Part, Picture, Unit};
use ndarray::Array3;

use super::chart::{name_total, place_key, trace};
use super::colours::{Colours, title};
use super::energy::{DEMAND, NOT_USED, Shown, TRADE, UNSERVED};

/// Numbers a page may carry for one commodity; beyond it only some years are kept.
const MOST_NUMBERS: usize = 400_000;

/// The dispatch of a carrier, with what the reader can choose.
pub(super) struct Dispatch {
    /// What is dispatched.
    pub(super) carrier: String,
    /// Position of the day with the highest demand.
    pub(super) peak_day: usize,
    pub(super) chart: ChartSpec,
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
            Self::Charged | Self::Exported | Self::Lost | Self::NotUsed => -1.0,
        }
    }

    fn name(self, category: &str, colours: &Colours) -> String {
        let category = colours.label(category);
        match self {
            Self::Made => category,
            Self::Discharged => format!("{category}: discharge"),
            Self::Charged => format!("{category}: charge"),
            Self::Imported => "Imports".to_owned(),
            Self::Exported => "Exports".to_owned(),
            Self::Lost => "Losses of links".to_owned(),
            Self::NotUsed => title(NOT_USED),
            Self::Unserved => "Unserved".to_owned(),
            Self::Demand => "Load".to_owned(),
        }
    }

    fn colour(self, category: &str, colours: &Colours) -> String {
        match self {
            Self::Imported | Self::Exported => colours.of(TRADE).to_owned(),
            Self::Lost => "#d5d9de".to_owned(),
            Self::NotUsed => colours.of(NOT_USED).to_owned(),
            Self::Unserved => colours.of(UNSERVED).to_owned(),
            Self::Demand => DEMAND.to_owned(),
            _ => colours.of(category).to_owned(),
        }
    }

    /// Whether it is hatched, to stand apart from what the same technology supplies.
    const fn is_hatched(self) -> bool {
        matches!(self, Self::Charged | Self::Exported)
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
    let heading = format!("{}: a typical day", title(&shown.label));
    let id = format!("dispatch-{}", name.replace(' ', "-"));
    let axis = Axis::Bands { parts: days(model) };
    let mut chart = ChartSpec::series(id, heading, Unit::plain(&unit), axis);
    name_total(&mut chart, "Total above zero");
    chart.csv = "tables/generation.csv";
    let years = kept_years(model, order.len());
    for key in &order {
        let (kind, category) = key;
        let mark = match kind {
            Kind::Demand => Mark::Limit,
            _ if kind.is_hatched() => Mark::Hatched,
            _ => Mark::Bar,
        };
        let trace = trace(kind.name(category, colours), kind.colour(category, colours), mark);
        chart.push(trace, views(&gathered, key, &years, is_energy));
    }
    if let Picture::Series(series) = &mut chart.picture {
        series.years = years.iter().map(|y| model.time.years[*y].milestone).collect();
    }
    Dispatch { carrier: title(&shown.label), peak_day: peak_day(model, &gathered), chart }
}

fn gather<'a>(accounts: &Accounts<'a>, shown: &Shown) -> Gathered<'a> {
    let Accounts { model, solution, .. } = *accounts;
    let mut gathered = Gathered { model, series: BTreeMap::new() };
    for (side, [plain, storage]) in [
        (Side::Outputs, [Kind::Made, Kind::Discharged]),
        (Side::Inputs, [Kind::Demand, Kind::Charged]),
    ] {
        let flows = accounts.flows(side).iter();
        for flow in flows.filter(|flow| flow.commodity == shown.commodity) {
            let process = &model.processes[flow.process];
            let kind = if flow.storage { storage } else { plain };
            let region = process.region.get();
            for (at, amount) in accounts.in_slices(flow).indexed_iter() {
                if *amount != 0.0 {
                    let category = if kind == Kind::Demand { "" } else { &process.category };
                    gathered.add_everywhere(kind, category, region, at, *amount);
                }
            }
        }
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

/// What people call each kind of day.
pub(super) fn day_names(model: &Model) -> Vec<String> {
    let time = &model.time;
    let several =
        |season: usize| time.day_types.iter().filter(|day| day.season == season).count() > 1;
    let name = |day: &DayType| {
        let season = title(&time.seasons[day.season].label);
        if several(day.season) { format!("{season}, {}", day.label) } else { season }
    };
    time.day_types.iter().map(name).collect()
}

/// The blocks of each kind of day. A slice is named `season.day.block`.
fn days(model: &Model) -> Vec<Part> {
    let names = day_names(model);
    let several = names.len() > 1;
    let of_day = |(day, name): (&DayType, String)| {
        let slices = || day.slices.clone().map(|s| &model.time.slices[SliceIx::new(s)]);
        let titled = |text: &str| match several {
            true => format!("{name}: {text}"),
            false => text.to_owned(),
        };
        let block = |slice: &kzleap_model::Slice| {
            slice.name.rsplit('.').next().unwrap_or_default().to_owned()
        };
        Part {
            start: day.slices.start,
            from: 0.0,
            names: slices().map(block).collect(),
            widths: slices().map(|slice| slice.hours_per_pass).collect(),
            titles: Some((
                titled("widths are hours"),
                titled("hours, in the order of the blocks"),
            )),
        }
    };
    model.time.day_types.iter().zip(names).map(of_day).collect()
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

/// The values of a series by place and year, block by block.
fn views(
    gathered: &Gathered<'_>,
    key: &(Kind, String),
    years: &[YearIx],
    is_energy: bool,
) -> Vec<(String, Vec<Vec<Option<f64>>>)> {
    let model = gathered.model;
    let values = gathered.series.get(key);
    let value = |place: usize, s: usize, y: usize| {
        let amount = values.map_or(0.0, |values| values[(place, s, y)]);
        let value = amount * key.0.sign() * rate(model, s, y, is_energy);
        (value != 0.0 || key.0 != Kind::Demand).then_some(value)
    };
    let of_year = |place: usize, y: &YearIx| {
        (0..model.time.slices.len()).map(|s| value(place, s, y.get())).collect()
    };
    let of_place = |place: usize| {
        (place_key(model, place), years.iter().map(|y| of_year(place, y)).collect())
    };
    (0..=model.regions.len()).map(of_place).collect()
}
