//! Charts of emissions against their caps, and of what a tonne costs.

use kzleap_model::policy::{CapWindow, EmissionCap};
use kzleap_model::{EmissionIx, Model, RegionIx, Solution};

use super::chart::{Chart, Values};
use super::colours::{Colours, title};
use crate::tables::{emission_caps, emissions};

const LIMIT: &str = "#c0392b";
const NET: &str = "#2c3e50";

/// One chart for each emission that there is, and the price.
pub(super) fn charts(model: &Model, solution: &Solution, colours: &Colours) -> Vec<Chart> {
    let mut charts: Vec<Chart> =
        model.emissions.ixs().map(|e| sources(model, solution, colours, e)).collect();
    let mixed = model.emission_caps.iter_ix().filter(|(_, cap)| sole_emission(cap).is_none());
    charts.extend(mixed.map(|(c, cap)| against(model, solution, c.get(), cap)));
    charts.push(price(model, solution));
    charts
}

/// The emission a cap is on, if it is one only, counted in full.
fn sole_emission(cap: &EmissionCap) -> Option<EmissionIx> {
    let first = cap.terms.first()?.emission;
    let alike = |term: &kzleap_model::policy::EmissionTerm| {
        term.emission == first && (term.weight - 1.0).abs() < 1e-12
    };
    cap.terms.iter().all(alike).then_some(first)
}

fn sources(model: &Model, solution: &Solution, colours: &Colours, e: EmissionIx) -> Chart {
    let emission = &model.emissions[e];
    let years = model.time.years.len();
    let mut values = Values::new(model, years);
    let mut net = Values::new(model, years);
    for (p, process) in model.processes.iter_ix() {
        for (y, value) in
            emissions::of_process(model, solution, e, p).into_iter().flatten().enumerate()
        {
            values.add(model, &process.category, process.region, y, value);
        }
    }
    for (region, by_year) in &emission.exogenous {
        for (y, value) in by_year.iter().enumerate() {
            values.add(model, emissions::EXOGENOUS, *region, y, *value);
        }
    }
    for (r, y) in model.regions.ixs().flat_map(|r| (0..years).map(move |y| (r, y))) {
        net.add(model, "net", r, y, solution.emissions[(e.get(), r.get(), y)]);
    }
    let unit = format!("{} a year", emission.unit);
    let mut chart = Chart::new(format!("emissions-{}", e.get()), "", &unit);
    chart.title = format!("{}: emissions", title(&emission.label));
    chart.note =
        "By category of the process that emits; removals stand below zero. Exogenous: \
                  given from outside the energy system. The line across a bar is its cap."
            .to_owned();
    chart.csv = "tables/emissions.csv";
    chart.stack(model, &values, colours, 1.0);
    if chart.is_empty() {
        return chart;
    }
    chart.line(model, "Net", NET, |place| {
        net.at("net", place).iter().map(|v| Some(*v)).collect()
    });
    for (_, cap) in
        model.emission_caps.iter_ix().filter(|(_, cap)| sole_emission(cap) == Some(e))
    {
        if let CapWindow::EachYear(limits) = &cap.window {
            let name = format!("Cap: {}", title(&cap.name));
            chart.ledge(model, &name, LIMIT, |place| {
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

/// Weighted emissions under one cap against its limit.
fn against(model: &Model, solution: &Solution, c: usize, cap: &EmissionCap) -> Chart {
    let unit = format!("{} a year", emission_caps::cap_unit(model, cap));
    let mut chart = Chart::new(format!("cap-{c}"), "", &unit);
    chart.title = format!("Cap: {}", title(&cap.name));
    chart.note = "Emissions that count, each with its weight, against the limit.".to_owned();
    chart.csv = "tables/emission_caps.csv";
    let actual = emission_caps::actual(model, solution, cap);
    let years = model.time.years.len();
    let only_all = |place: usize, values: Vec<Option<f64>>| {
        if place == 0 { values } else { vec![None; years] }
    };
    chart.line(model, "Emissions that count", NET, |place| {
        only_all(place, actual.iter().map(|v| Some(*v)).collect())
    });
    if let CapWindow::EachYear(limits) = &cap.window {
        chart.ledge(model, "Limit", LIMIT, |place| only_all(place, limits.clone()));
    }
    chart
}

/// What a tonne costs: by caps, and by prices that are set.
fn price(model: &Model, solution: &Solution) -> Chart {
    const LINES: &[&str] = &["#8e63b3", "#c0392b", "#4179b8", "#3fa39a", "#de8a45"];
    let mut chart =
        Chart::new("emission-price", "Price of emissions", &format!("{}/t", model.currency));
    chart.note =
        "Of a cap: what one tonne less allowed would cost. Of a tax: what is paid for \
                  each tonne."
            .to_owned();
    chart.csv = "tables/emission_caps.csv";
    let years = model.time.years.len();
    let mut colour = LINES.iter().cycle();
    for (c, cap) in model.emission_caps.iter_ix() {
        let prices = &solution.emission_price[c.get()];
        let mut shown: Vec<Option<f64>> = prices.iter().map(|price| Some(*price)).collect();
        if let CapWindow::EachYear(limits) = &cap.window {
            for (shown, limit) in shown.iter_mut().zip(limits) {
                *shown = limit.and(*shown);
            }
        }
        shown.resize(years, None);
        let name = title(&cap.name);
        chart.line(model, &name, colour.next().unwrap_or(&NET), |_| shown.clone());
    }
    for emission in model.emissions.iter() {
        let label = title(&emission.label);
        for (region, prices) in &emission.price {
            if prices.iter().all(|price| *price <= 0.0) {
                continue;
            }
            let alike = |(_, other): &&(RegionIx, Vec<f64>)| other == prices;
            let same: Vec<usize> =
                emission.price.iter().filter(alike).map(|(r, _)| r.get() + 1).collect();
            if same.first() != Some(&(region.get() + 1)) {
                continue; // stands with the first region that has these prices
            }
            let name = if same.len() > 1 {
                format!("Tax on {label}")
            } else {
                format!("Tax on {label}, {}", model.regions[*region].label)
            };
            chart.line(model, &name, colour.next().unwrap_or(&NET), |place| {
                let seen = place == 0 || same.contains(&place);
                prices.iter().map(|price| seen.then_some(*price)).collect()
            });
        }
    }
    chart
}
