//! The charts of the comparison: one line for each run, under the headings of the page of a run.

use std::collections::BTreeMap;

use super::{cap_label, emission_label, keys, money_shown};
use crate::answer::{by_years, push};
use crate::headline::Look;
use crate::page::reference::sum as total;
use crate::page::{LINES, shown, title};
use crate::summary::{ByCategory, ByYear, Summary};
use kzleap_model::MassUnit;
use kzleap_model::emission_units::price_shown;
use kzleap_page::{
    ALL, Against, Axis, ChartSpec, Choice, Mark, Picture, Section, Trace, Unit, View,
};

/// How many charts of a heading show at once; the others are folded away.
const MOST: usize = 6;
/// Runs closer than this, relative to the largest value, do not differ.
const SAME: f64 = 1e-3;

/// The values of a run by year.
struct Line {
    name: String,
    colour: &'static str,
    values: BTreeMap<i32, f64>,
}

/// The largest value, and the largest difference between as many runs in a year.
fn spread(lines: &[Line], runs: usize) -> (f64, f64) {
    let mut by_year: BTreeMap<i32, Vec<f64>> = BTreeMap::new();
    for (year, value) in lines.iter().flat_map(|line| &line.values) {
        by_year.entry(*year).or_default().push(*value);
    }
    let (mut largest, mut difference) = (0.0_f64, 0.0_f64);
    for values in by_year.values() {
        // where a run has nothing it has zero
        let rest = if values.len() < runs { Some(0.0) } else { None };
        let all = || values.iter().copied().chain(rest);
        let (low, high) =
            (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
        largest = largest.max(high.abs()).max(low.abs());
        difference = difference.max(high - low);
    }
    (largest, difference)
}

/// A chart with one line for each run, by the milestone years of the first; the first run is what
/// the others are compared with.
fn draw(runs: &[Summary], id: &str, title: &str, unit: Unit, lines: &[Line]) -> ChartSpec {
    let Some(first) = runs.first() else {
        return ChartSpec::series(id, title, unit, Axis::Names { names: Vec::new() });
    };
    let mut chart = by_years(first, id, title, unit);
    for line in lines {
        push(&mut chart, first, &line.name, line.colour, Mark::LINE, &line.values);
    }
    if let Picture::Series(series) = &mut chart.picture {
        series.against = Against::Series;
    }
    chart
}

/// Makes charts, and counts those without a difference, which are left out.
struct Desk<'a> {
    runs: &'a [Summary],
    made: usize,
    alike: usize,
}

impl Desk<'_> {
    /// A chart, with the largest difference between runs; `None` if there is none to see.
    fn chart_and_difference(
        &mut self,
        title: &str,
        unit: Unit,
        factor: f64,
        of: impl Fn(&Summary) -> Option<ByYear>,
    ) -> Option<(f64, ChartSpec)> {
        let line = |(run, colour): (&Summary, &&'static str)| {
            let values = of(run)?;
            Some(Line {
                name: shown(&run.scenario_label, &run.scenario),
                colour,
                values: values.into_iter().map(|(year, v)| (year, v * factor)).collect(),
            })
        };
        let lines: Vec<Line> =
            self.runs.iter().zip(LINES.iter().cycle()).filter_map(line).collect();
        let (largest, difference) = spread(&lines, self.runs.len());
        if largest <= 0.0 {
            return None;
        }
        if self.runs.len() > 1 && difference <= SAME * largest {
            self.alike += 1;
            return None;
        }
        self.made += 1;
        let id = format!("compare-{}", self.made - 1);
        Some((difference, draw(self.runs, &id, title, unit, &lines)))
    }

    fn chart(
        &mut self,
        title: &str,
        unit: Unit,
        factor: f64,
        of: impl Fn(&Summary) -> Option<ByYear>,
    ) -> Option<ChartSpec> {
        self.chart_and_difference(title, unit, factor, of).map(|(_, chart)| chart)
    }

    /// A chart for each category, those with the largest differences first.
    fn categories(
        &mut self,
        unit: &Unit,
        factor: f64,
        of: impl Fn(&Summary) -> Option<&ByCategory>,
    ) -> Vec<ChartSpec> {
        let names = keys(self.runs, |run| of(run).into_iter().flat_map(BTreeMap::keys));
        let mut charts: Vec<(f64, ChartSpec)> = names
            .into_iter()
            .filter_map(|name| {
                let pick = |run: &Summary| of(run)?.get(&name).cloned();
                let label = self.runs.iter().find_map(|run| run.category_labels.get(&name));
                let name = title(label.unwrap_or(&name));
                self.chart_and_difference(&name, unit.clone(), factor, pick)
            })
            .collect();
        charts.sort_by(|a, b| b.0.total_cmp(&a.0));
        charts.into_iter().map(|(_, chart)| chart).collect()
    }
}

/// A heading with its first charts, the rest folded away.
fn section(id: &str, title: impl Into<String>, mut charts: Vec<ChartSpec>) -> Section {
    let rest = charts.split_off(charts.len().min(MOST));
    let mut section = Section::new(id, title, charts);
    if !rest.is_empty() {
        section.folds.push(Choice::new(format!("{} more", rest.len()), "", rest));
    }
    section
}

/// All headings that have charts, and how many charts are left out because the runs do not differ.
pub(super) fn sections(runs: &[Summary]) -> (Vec<Section>, usize) {
    let mut desk = Desk { runs, made: 0, alike: 0 };
    let mut sections = vec![mixes(runs)];
    sections.push(emissions(&mut desk).under(EMISSIONS));
    sections.push(money(&mut desk).under(MONEY));
    sections.extend(products(&mut desk).into_iter().map(|section| section.under(ENERGY)));
    sections.push(capacity(&mut desk).under(ENERGY));
    sections.retain(|section| section.all().next().is_some());
    (sections, desk.alike)
}

/// What counts under caps first, with the price; each emission after it.
fn emissions(desk: &mut Desk<'_>) -> Section {
    let runs = desk.runs;
    let yearly = |unit: Option<&String>| Unit::amount_a_year(unit.map_or("", |unit| unit));
    let currency = runs.first().map_or("", |run| run.currency.as_str());
    let mut charts = Vec::new();
    for cap in keys(runs, |run| run.cap_emissions.keys()) {
        let unit = yearly(runs.iter().find_map(|run| run.cap_units.get(&cap)));
        let name = format!("Emissions under cap “{}”", cap_label(runs, &cap));
        charts.extend(desk.chart(&name, unit, 1.0, |run| run.cap_emissions.get(&cap).cloned()));
        let name = format!("Price of emissions under cap “{}”", cap_label(runs, &cap));
        let price = |run: &Summary| run.emission_prices.get(&cap).cloned();
        let unit =
            runs.iter().find_map(|run| run.cap_units.get(&cap)).map_or("Mt", |unit| unit);
        let (unit, factor) = price_shown(currency, MassUnit::named(unit));
        charts.extend(desk.chart(&name, Unit::plain(&unit), factor, price));
    }
    for name in keys(runs, |run| run.emissions.keys()) {
        let unit = yearly(runs.iter().find_map(|run| run.emission_units.get(&name)));
        let label = emission_label(runs, &name);
        charts.extend(desk.chart(&label, unit, 1.0, |run| run.emissions.get(&name).cloned()));
    }
    section("emissions", "Emissions", charts)
}

fn money(desk: &mut Desk<'_>) -> Section {
    let (unit, factor) = money_shown(desk.runs);
    let yearly = || Unit::amount_a_year(&unit);
    let cost = desk.chart("System cost", yearly(), factor, |run| Some(total(&run.annual_cost)));
    let transfers = desk.chart("Transfers (taxes, subsidies)", yearly(), factor, |run| {
        Some(total(&run.annual_transfers))
    });
    let investment =
        desk.chart("Investment for each period", Unit::plain(&unit), factor, |run| {
            Some(run.investment.clone())
        });
    section("money", "Money", [cost, transfers, investment].into_iter().flatten().collect())
}

/// Who makes electricity and heat, each under its heading; other products folded away under one.
fn products(desk: &mut Desk<'_>) -> Vec<Section> {
    let runs = desk.runs;
    let names = keys(runs, |run| run.shown.keys());
    let is_main = |name: &String| runs.iter().any(|run| run.main.contains(name));
    let mut sections = Vec::new();
    let heading = "Services, materials and other carriers: who makes them";
    let mut others = Section::new("others", heading, Vec::new());
    for name in &names {
        let label = runs.iter().find_map(|run| run.labels.get(name));
        let label = title(label.map_or(name.as_str(), |label| label));
        let shown = runs.iter().find_map(|run| run.shown.get(name));
        let (unit, factor) =
            shown.map_or(("", 1.0), |shown| (shown.unit.as_str(), shown.factor));
        let unit = Unit::amount_a_year(unit);
        let charts = desk.categories(&unit, factor, |run| run.generation.get(name));
        if is_main(name) {
            sections.push(section(&format!("of-{name}"), format!("{label}: supply"), charts));
        } else if !charts.is_empty() {
            others.folds.push(Choice::new(label, "", charts));
        }
    }
    others.folds.sort_by(|a, b| a.label.cmp(&b.label));
    sections.push(others);
    sections
}

/// Capacity, the unit with the most charts first; the other units folded away.
fn capacity(desk: &mut Desk<'_>) -> Section {
    let runs = desk.runs;
    let mut by_unit: Vec<(String, Vec<ChartSpec>)> = keys(runs, |run| run.capacity.keys())
        .into_iter()
        .map(|unit| {
            let charts =
                desk.categories(&Unit::plain(&unit), 1.0, |run| run.capacity.get(&unit));
            (unit, charts)
        })
        .filter(|(_, charts)| !charts.is_empty())
        .collect();
    by_unit.sort_by_key(|(_, charts)| std::cmp::Reverse(charts.len()));
    let mut units = by_unit.into_iter();
    let main = units.next().map(|(_, charts)| charts).unwrap_or_default();
    let mut section = section("capacity", "Capacity", main);
    section.folds.extend(units.map(|(unit, charts)| Choice::new(unit, "", charts)));
    section
}

/// How the sections of the page are set out: what runs are made of in one year, side by side, and
/// then by year.
pub(super) const OVERVIEW: &str = "overview";
pub(super) const EMISSIONS: &str = "emitted";
pub(super) const MONEY: &str = "costs";
pub(super) const ENERGY: &str = "energy";

/// What runs consist of in the year that is chosen: a bar for each run, stacked.
fn mix(
    runs: &[Summary],
    (id, title): (&str, String),
    (unit, factor): (Unit, f64),
    looks: &[&Look],
    of: impl Fn(&Summary, &Look) -> Option<ByYear>,
) -> ChartSpec {
    let names = runs.iter().map(|run| shown(&run.scenario_label, &run.scenario)).collect();
    let mut chart = ChartSpec::series(id, title, unit, Axis::Names { names });
    let years: Vec<i32> = runs
        .first()
        .map_or_else(Vec::new, |run| run.years.iter().map(|y| y.milestone).collect());
    for look in looks {
        let of_runs: Vec<Option<ByYear>> = runs.iter().map(|run| of(run, look)).collect();
        let at = |year: &i32| -> Vec<Option<f64>> {
            let value = |values: &Option<ByYear>| Some(values.as_ref()?.get(year)? * factor);
            of_runs.iter().map(value).collect()
        };
        let trace = Trace {
            name: look.label.clone(),
            colour: look.colour.clone(),
            mark: Mark::Bar,
            at: Vec::new(),
            names: Vec::new(),
        };
        chart.push(trace, [(ALL.to_owned(), years.iter().map(at).collect())]);
    }
    if let Picture::Series(series) = &mut chart.picture {
        keep_seen(&mut series.series, series.views.get_mut(ALL));
        series.years = years;
        series.against = Against::Place;
    }
    chart.note = "In the year chosen; a bar for each scenario.".to_owned();
    chart
}

/// Leaves out series too small to see in any year.
fn keep_seen(traces: &mut Vec<Trace>, views: Option<&mut Vec<View>>) {
    let Some(views) = views else { return };
    let size = |n: usize| {
        let all = views.iter().flat_map(|view| &view.values[n]).flatten();
        all.fold(0.0_f64, |most, value| most.max(value.abs()))
    };
    let sizes: Vec<f64> = (0..traces.len()).map(size).collect();
    let most = sizes.iter().fold(0.0_f64, |most, size| most.max(*size));
    let is_seen: Vec<bool> = sizes.iter().map(|size| *size > 2e-3 * most).collect();
    let mut at = is_seen.iter();
    traces.retain(|_| at.next().copied().unwrap_or(true));
    for view in views {
        let mut at = is_seen.iter();
        view.values.retain(|_| at.next().copied().unwrap_or(true));
    }
}

/// Looks of all runs, each once, in the order of the first that has them.
fn looks<'a>(runs: &'a [Summary], of: impl Fn(&'a Summary) -> &'a [Look]) -> Vec<&'a Look> {
    let mut all: Vec<&Look> = Vec::new();
    for look in runs.iter().flat_map(of) {
        if !all.iter().any(|known| known.name == look.name) {
            all.push(look);
        }
    }
    all
}

/// Electricity and emissions of the year chosen, a bar for each run.
pub(super) fn mixes(runs: &[Summary]) -> Section {
    let mut charts = Vec::new();
    let categories = looks(runs, |run| &run.headline.categories);
    for name in runs.first().map_or(&[][..], |run| &run.main[..]) {
        let shown = runs.iter().find_map(|run| run.shown.get(name));
        let (unit, factor) =
            shown.map_or(("", 1.0), |shown| (shown.unit.as_str(), shown.factor));
        let label = runs.iter().find_map(|run| run.labels.get(name));
        let label = title(label.map_or(name.as_str(), |label| label));
        let heading = (&*format!("mix-{name}"), format!("{label}: supply by scenario"));
        let unit = (Unit::amount_a_year(unit), factor);
        charts.push(mix(runs, heading, unit, &categories, |run, look| {
            run.generation.get(name)?.get(&look.name).cloned()
        }));
    }
    let sectors = looks(runs, |run| &run.headline.sector_looks);
    for cap in keys(runs, |run| run.headline.sectors.keys()) {
        let unit = runs.iter().find_map(|run| run.cap_units.get(&cap));
        let unit = (Unit::amount_a_year(unit.map_or("", |unit| unit)), 1.0);
        let heading = format!("Emissions under cap “{}” by sector and scenario", title(&cap));
        charts.push(mix(
            runs,
            (&format!("mix-cap-{cap}"), heading),
            unit,
            &sectors,
            |run, look| run.headline.sectors.get(&cap)?.get(&look.label).cloned(),
        ));
    }
    charts.retain(|chart| !chart.is_empty());
    Section::new("mixes", "What scenarios consist of", charts).under(OVERVIEW)
}
