//! Charts of emissions against their caps, and of what a tonne costs.

use kzleap_accounts::Accounts;
use kzleap_accounts::emissions::Emitted;
use kzleap_model::emission_units::price_shown;
use kzleap_model::policy::{CapWindow, EmissionCap};
use kzleap_model::{EmissionIx, MassUnit, Model, RegionIx, Solution};
use kzleap_page::{ChartSpec, Choice, Section, Unit};

use super::chart::{ByPeriod, Values, by_period, is_neighbour};
use super::colours::{Colours, LINES, title};

pub(super) const LIMIT: &str = "#c0392b";
const NET: &str = "#2c3e50";

/// Emissions under each cap, the price, and each emission alone.
///
/// `colours` are those of sectors.
pub(super) fn section(accounts: &Accounts<'_>, colours: &Colours) -> Section {
    let model = accounts.model;
    let each: Vec<ChartSpec> =
        model.emissions.ixs().map(|e| sources(accounts, colours, e)).collect();
    let mixed = model.emission_caps.iter_ix().filter(|(_, cap)| sole_emission(cap).is_none());
    let mut charts: Vec<ChartSpec> =
        mixed.map(|(c, cap)| against(accounts, colours, c.get(), cap)).collect();
    let prices = prices(model, accounts.solution);
    let mut options = Vec::new();
    if each.len() > FEW {
        charts.extend(prices);
        for (emission, chart) in model.emissions.iter().zip(each) {
            options.push(Choice::new(title(&emission.label), "", vec![chart]));
        }
    } else {
        charts.splice(0..0, each);
        charts.extend(prices);
    }
    for chart in charts.iter_mut() {
        "emission".clone_into(&mut chart.query);
    }
    Section::new("emissions", "Emissions", charts).with("Emission", options)
}

/// With more emissions than this each shows where it is chosen.
pub(super) const FEW: usize = 2;

/// The emission a cap is on, if it is one only, counted in full.
pub(super) fn sole_emission(cap: &EmissionCap) -> Option<EmissionIx> {
    let first = cap.terms.first()?.emission;
    let alike = |term: &kzleap_model::policy::EmissionTerm| {
        term.emission == first && (term.weight - 1.0).abs() < 1e-12
    };
    cap.terms.iter().all(alike).then_some(first)
}

const NOTE: &str = "By sector; removals stand below zero. Exogenous: given from outside the \
                    energy system. The line across a bar is the cap.";

/// Adds what a source emits to its sector, times a weight.
pub(super) fn add<'a>(
    accounts: &Accounts<'a>,
    one: &Emitted<'a>,
    weight: f64,
    values: &mut Values,
) {
    let sector = accounts.sector_of(one);
    for (y, value) in one.by_year.iter().enumerate() {
        values.add(accounts.model, sector, one.region, y, weight * value);
    }
}

/// Adds a line of the sum where something is taken out of the air.
fn net(model: &Model, chart: &mut ChartSpec, values: &Values) {
    let names = values.names(&Colours::default());
    let at = |place: usize, y: usize| names.iter().map(move |name| values.at(name, place)[y]);
    let years = model.time.years.len();
    let removes = (0..years).any(|y| at(0, y).any(|value| value < 0.0));
    if removes {
        chart.line(model, "Net", NET, |place| {
            (0..years).map(|y| Some(at(place, y).sum())).collect()
        });
    }
}

fn sources(accounts: &Accounts<'_>, colours: &Colours, e: EmissionIx) -> ChartSpec {
    let model = accounts.model;
    let emission = &model.emissions[e];
    let years = model.time.years.len();
    let mut values = Values::new(model, years);
    accounts.emitted_of(e).for_each(|one| add(accounts, one, 1.0, &mut values));
    let unit = Unit::amount_a_year(emission.unit_text());
    let name = format!("{}: emissions", title(&emission.label));
    let mut chart = by_period(model, format!("emissions-{}", e.get()), name, unit);
    chart.note = NOTE.to_owned();
    chart.csv = "tables/emissions.csv";
    chart.query = format!("emissions.{}", emission.name);
    chart.stack(model, &values, colours, 1.0);
    if chart.is_empty() {
        return chart;
    }
    net(model, &mut chart, &values);
    for (_, cap) in
        model.emission_caps.iter_ix().filter(|(_, cap)| sole_emission(cap) == Some(e))
    {
        if let CapWindow::EachYear(limits) = &cap.window {
            let name = format!("Cap: {}", title(&cap.name));
            chart.limit(model, &name, LIMIT, |place| {
                if concerns(model, cap, place) { limits.clone() } else { vec![None; years] }
            });
        }
    }
    chart
}

/// Whether a cap speaks of all domestic regions (place 0) or of just this region.
fn concerns(model: &Model, cap: &EmissionCap, place: usize) -> bool {
    let mut capped: Vec<usize> =
        cap.terms.iter().flat_map(|term| &term.regions).map(|r| r.get() + 1).collect();
    capped.sort_unstable();
    capped.dedup();
    match place {
        0 => {
            let domestic = model.regions.iter_ix().filter(|(_, region)| region.domestic);
            domestic.into_iter().all(|(r, _)| capped.contains(&(r.get() + 1)))
        }
        _ => capped == [place],
    }
}

/// Weighted emissions under one cap, by sector, against its limit.
fn against(
    accounts: &Accounts<'_>,
    colours: &Colours,
    c: usize,
    cap: &EmissionCap,
) -> ChartSpec {
    let model = accounts.model;
    let unit = Unit::amount_a_year(cap.unit_text(model));
    let name = format!("Cap: {}", title(&cap.name));
    let mut chart = by_period(model, format!("cap-{c}"), name, unit);
    chart.note = format!("Emissions that count, each with its weight. {NOTE}");
    chart.csv = "tables/emission_caps.csv";
    let years = model.time.years.len();
    let mut values = Values::new(model, years);
    for (one, weight) in accounts.counted_under(cap) {
        add(accounts, one, weight, &mut values);
    }
    chart.stack(model, &values, colours, 1.0);
    net(model, &mut chart, &values);
    if let CapWindow::EachYear(limits) = &cap.window {
        chart.limit(model, "Limit", LIMIT, |place| {
            if place == 0 { limits.clone() } else { vec![None; years] }
        });
    }
    chart
}

/// A chart of prices for each unit they are in: USD/t, USD/kg.
fn prices(model: &Model, solution: &Solution) -> Vec<ChartSpec> {
    let shown = |unit: Option<MassUnit>| price_shown(&model.currency, unit).0;
    let caps = model.emission_caps.iter().map(|cap| shown(cap.unit(model)));
    let mut units: Vec<String> =
        caps.chain(model.emissions.iter().map(|emission| shown(emission.unit))).collect();
    let mut seen = Vec::new();
    units.retain(|unit| {
        !seen.contains(unit) && {
            seen.push(unit.clone());
            true
        }
    });
    units.iter().enumerate().map(|(at, unit)| price(model, solution, at, unit)).collect()
}

/// What one of a unit costs: by caps, and by prices that are set.
fn price(model: &Model, solution: &Solution, at: usize, unit: &str) -> ChartSpec {
    let id = if at == 0 { "emission-price".to_owned() } else { format!("emission-price-{at}") };
    let mut chart = by_period(model, id, "Price of emissions", Unit::plain(unit));
    chart.note =
        "The shadow price of a cap: the cost of reducing it by one unit. Of a tax: its \
                  rate."
            .to_owned();
    let factor_of = |kept: Option<MassUnit>| {
        let (shown, factor) = price_shown(&model.currency, kept);
        (shown == unit).then_some(factor)
    };
    chart.csv = "tables/emission_caps.csv";
    let years = model.time.years.len();
    let mut colour = LINES.iter().cycle();
    for (c, cap) in model.emission_caps.iter_ix() {
        let Some(factor) = factor_of(cap.unit(model)) else { continue };
        let prices = &solution.emission_price[c.get()];
        let mut shown: Vec<Option<f64>> =
            prices.iter().map(|price| Some(*price * factor)).collect();
        if let CapWindow::EachYear(limits) = &cap.window {
            for (shown, limit) in shown.iter_mut().zip(limits) {
                *shown = limit.and(*shown);
            }
        }
        shown.resize(years, None);
        let name = title(&cap.name);
        chart.line(model, &name, colour.next().unwrap_or(&NET), |place| {
            if is_neighbour(model, place) { vec![None; years] } else { shown.clone() }
        });
    }
    for emission in model.emissions.iter() {
        let Some(factor) = factor_of(emission.unit) else { continue };
        let label = title(&emission.label);
        for (region, prices) in &emission.price {
            if prices.iter().all(|price| *price <= 0.0) {
                continue;
            }
            let alike = |(_, other): &&(RegionIx, Vec<f64>)| other == prices;
            let same: Vec<usize> =
                emission.price.iter().filter(alike).map(|(r, _)| r.get() + 1).collect();
            if same.first() != Some(&(region.get() + 1)) {
                continue; // listed with the first region that has these prices
            }
            let name = if same.len() > 1 {
                format!("Tax on {label}")
            } else {
                format!("Tax on {label}, {}", model.regions[*region].label)
            };
            chart.line(model, &name, colour.next().unwrap_or(&NET), |place| {
                let seen = place == 0 || same.contains(&place);
                prices.iter().map(|price| seen.then_some(*price * factor)).collect()
            });
        }
    }
    chart
}
