//! What demand follows, and what it is made of.

use kzleap_model::demand_tree::{Branch, Driver};
use kzleap_model::{Model, RegionIx};
use kzleap_page::{ChartSpec, Choice, Section, Unit, figure};
use serde::Serialize;

use super::chart::{ByPeriod, Values, by_period, is_neighbour};
use super::colours::{Colours, LINES, title};

/// How many drivers one chart can show.
const MOST: usize = 10;

/// Drivers as an index, and the branches of each part of demand.
pub(super) fn section(model: &Model) -> Section {
    let all = &model.demand_tree.drivers;
    let mut options = Vec::new();
    let mut main: Vec<&Driver> = all.iter().collect();
    if all.len() > MOST {
        let mut units: Vec<&str> = Vec::new();
        for driver in all.iter().filter(|driver| !driver.unit.is_empty()) {
            if !units.contains(&driver.unit.as_str()) {
                units.push(&driver.unit);
            }
        }
        for unit in units.into_iter().chain([""]) {
            let of_unit: Vec<&Driver> = all.iter().filter(|d| d.unit == unit).collect();
            let name = if unit.is_empty() { "plain numbers" } else { unit };
            let id = format!("drivers-{}", options.len());
            let chart = drivers(model, &id, &format!("Drivers in {name}"), &of_unit);
            options.push(Choice::new(format!("Drivers in {name}"), "Drivers", vec![chart]));
        }
        // those that most formulas name
        let years = model.time.years.len();
        main.retain(|driver| values_at(driver, 0, years).is_some());
        main.sort_by_key(|driver| std::cmp::Reverse(mentions(model, &driver.name)));
        main.truncate(MOST);
    }
    let options = charts_of_parts(model).into_iter().chain(options).collect();
    let mut chart = drivers(model, "drivers", "Drivers of demand", &main);
    if all.len() > main.len() {
        let note = format!("The {MOST} that most formulas name; others can be chosen below. ");
        chart.note.insert_str(0, &note);
    }
    let section = Section::new("demand", "Demand and what drives it", vec![chart]);
    section.with("Show", options)
}

/// How many formulas name a driver.
fn mentions(model: &Model, name: &str) -> usize {
    let is_of_name = |c: char| c.is_alphanumeric() || c == '_';
    let names =
        |input: &&kzleap_model::Input| input.value.split(|c| !is_of_name(c)).any(|w| w == name);
    model.inputs.iter().filter(names).count()
}

/// Drivers through the years, the first year as 100. One that differs by region and is no amount
/// (such as `m2/head`) cannot be added up: it shows for a region only.
fn drivers(model: &Model, id: &str, name: &str, shown: &[&Driver]) -> ChartSpec {
    let first = model.time.years.iter().next().map_or(0, |year| year.milestone);
    let mut chart = by_period(model, id, name, Unit::index(format!("index, {first} = 100")));
    chart.note = "What demand follows by formulas. A driver that differs by region and cannot \
                  be added up shows where a region is chosen."
        .to_owned();
    chart.csv = "tables/drivers.csv";
    "drivers.".clone_into(&mut chart.query);
    let years = model.time.years.len();
    for (n, driver) in shown.iter().enumerate() {
        let index = |place: usize| -> Vec<Option<f64>> {
            let values =
                values_at(driver, place, years).filter(|_| !is_neighbour(model, place));
            let Some(values) = values else {
                return vec![None; years];
            };
            let base = values.first().copied().unwrap_or(0.0);
            values.iter().map(|v| (base.abs() > 0.0).then(|| 100.0 * v / base)).collect()
        };
        chart.line(model, &driver.label, LINES[n % LINES.len()], index);
    }
    chart
}

/// The values of a driver in a place: 0 for all domestic regions together.
fn values_at(driver: &Driver, place: usize, years: usize) -> Option<Vec<f64>> {
    let of = |wanted: Option<usize>| {
        let mut values = driver.values.iter();
        values.find(|(region, _)| region.map(RegionIx::get) == wanted).map(|(_, v)| v)
    };
    if let Some(values) = of(None) {
        return Some(values.clone());
    }
    match place.checked_sub(1) {
        Some(region) => of(Some(region)).cloned(),
        None if driver.extensive => {
            let sum = |y: usize| driver.values.iter().map(|(_, v)| v[y]).sum();
            Some((0..years).map(sum).collect())
        }
        None => None,
    }
}

/// The branch at the root of the one at a position.
pub(super) fn root(branches: &[Branch], mut at: usize) -> usize {
    // no branch is a part of itself
    while let Some(parent) = branches[at].parent {
        at = parent;
    }
    at
}

/// The branches that are no part of another, those with the most parts first.
pub(super) fn parts(model: &Model) -> Vec<usize> {
    let branches = &model.demand_tree.branches;
    let mut roots: Vec<usize> =
        (0..branches.len()).filter(|at| branches[*at].parent.is_none()).collect();
    let size = |of: usize| (0..branches.len()).filter(|at| root(branches, *at) == of).count();
    roots.sort_by_key(|root| std::cmp::Reverse(size(*root)));
    roots
}

/// Charts of each part of demand.
fn charts_of_parts(model: &Model) -> Vec<Choice> {
    let branches = &model.demand_tree.branches;
    let mut options = Vec::new();
    for root in parts(model) {
        let branch = &branches[root];
        let mut units: Vec<&str> = Vec::new();
        let mut values: Vec<Values> = Vec::new();
        for (at, part) in branches.iter().enumerate() {
            let Some(commodity) = part.commodity else { continue };
            let Some(name) = below(branches, root, at) else { continue };
            let unit = model.commodities[commodity].unit();
            let place = units.iter().position(|known| *known == unit).unwrap_or_else(|| {
                units.push(unit);
                values.push(Values::new(model, model.time.years.len()));
                units.len() - 1
            });
            for (region, annual) in &part.annual {
                for (y, value) in annual.iter().enumerate() {
                    values[place].add(model, name, *region, y, *value);
                }
            }
        }
        let charts = units.iter().zip(&values).enumerate().map(|(n, (unit, values))| {
            let name = format!("{}: what is needed, {unit}", branch.label);
            let id = format!("demand-{root}-{n}");
            let mut chart = by_period(model, id, name, Unit::amount_a_year(unit));
            chart.csv = "tables/demand_tree.csv";
            chart.query = format!("branches. {}", branch.label);
            let names = values.gathered().names(&Colours::default());
            let palette = Colours::apart(names.iter().map(String::as_str));
            chart.stack(model, values, &palette, 1.0);
            chart
        });
        options.push(Choice::new(branch.label.clone(), "Parts of demand", charts.collect()));
    }
    options
}

/// The name of the branch right below `root` that `at` is, or is a part of.
fn below(branches: &[Branch], root: usize, at: usize) -> Option<&str> {
    let mut here = at;
    // no branch is a part of itself
    loop {
        match branches[here].parent {
            Some(parent) if parent == root => return Some(&branches[here].label),
            Some(parent) => here = parent,
            None => return (here == root).then_some(&branches[here].label),
        }
    }
}

/// A branch or a driver with what it is calculated from.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    name: String,
    /// How deep in the tree, from 0.
    depth: usize,
    /// What it needs.
    of: String,
    unit: String,
    /// Values of all domestic regions by year; empty where they cannot be added up.
    values: Vec<String>,
    /// Formula or values, and where they come from.
    given: String,
    source: String,
    query: String,
}

/// Every driver.
pub(super) fn driver_rows(model: &Model) -> Vec<Row> {
    let row = |driver: &Driver| {
        let sums = driver.values.len() == 1 || driver.extensive;
        let path = format!("drivers.{}", driver.name);
        let (given, source) = given(model, &path);
        let values = match sums {
            true => sum(model, &driver.values),
            false => by_region(model, driver),
        };
        Row {
            name: driver.label.clone(),
            depth: 0,
            of: String::new(),
            unit: driver.unit.clone(),
            values,
            given,
            source,
            query: path,
        }
    };
    model.demand_tree.drivers.iter().map(row).collect()
}

/// The first and last region's value where regions differ and cannot be added up.
fn by_region(model: &Model, driver: &Driver) -> Vec<String> {
    let year = |y: usize| {
        let all = driver.values.iter().map(|(_, values)| values[y]);
        let low = all.clone().fold(f64::INFINITY, f64::min);
        let high = all.fold(f64::NEG_INFINITY, f64::max);
        match figure(low) == figure(high) {
            true => figure(low),
            false => format!("{} to {}", figure(low), figure(high)),
        }
    };
    (0..model.time.years.len()).map(year).collect()
}

/// Every branch, each with its parts below it.
pub(super) fn branch_rows(model: &Model) -> Vec<Row> {
    let mut rows = Vec::new();
    add_branches(model, None, 0, &mut rows);
    rows
}

fn add_branches(model: &Model, parent: Option<usize>, depth: usize, rows: &mut Vec<Row>) {
    let branches = &model.demand_tree.branches;
    for (at, branch) in branches.iter().enumerate().filter(|(_, b)| b.parent == parent) {
        let path = format!("branches.{}", branch.name);
        let (given, source) = given(model, &format!("{path}.annual"));
        let commodity = branch.commodity.map(|c| &model.commodities[c]);
        rows.push(Row {
            name: branch.label.clone(),
            depth: depth.min(3),
            of: commodity.map_or(String::new(), |c| title(&c.label)),
            unit: commodity.map_or(String::new(), |c| crate::tables::yearly(c.unit())),
            values: match commodity {
                Some(_) => sum(model, &branch.annual),
                None => vec![String::new(); model.time.years.len()],
            },
            given,
            source,
            query: path,
        });
        add_branches(model, Some(at), depth + 1, rows);
    }
}

/// The sum of regions by year, as people read it.
fn sum<R>(model: &Model, regions: &[(R, Vec<f64>)]) -> Vec<String> {
    let year = |y: usize| figure(regions.iter().map(|(_, values)| values[y]).sum());
    (0..model.time.years.len()).map(year).collect()
}

/// What the files say of a value, and its sources.
fn given(model: &Model, path: &str) -> (String, String) {
    let found = || model.inputs.iter().filter(|input| input.path == path);
    let texts = found().map(|input| match &input.unit {
        Some(unit) => format!("{} {unit}", input.value),
        None => input.value.clone(),
    });
    let mut sources: Vec<&str> = Vec::new();
    for input in found() {
        let source = input.source.as_deref().or(input.note.as_deref()).unwrap_or_default();
        if !source.is_empty() && !sources.contains(&source) {
            sources.push(source);
        }
    }
    (texts.collect::<Vec<_>>().join("; "), sources.join("; "))
}
