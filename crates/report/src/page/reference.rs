//! The reference beside the plan: a dashed line over what adds up to the same figure, and what each
//! sector emits less.

use std::collections::BTreeMap;

use kzleap_model::Model;
use kzleap_page::{ALL, ChartSpec, Mark, Unit};

use super::chart::{by_period, trace};
use super::energy::Shown;
use crate::Summary;
use crate::page::shown;
use crate::summary::{ByCategory, ByYear};

/// The colour of a reference.
const COLOUR: &str = "#4a5560";

/// What a reader calls the reference.
pub(crate) fn name(reference: &Summary) -> String {
    shown(&reference.scenario_label, &reference.scenario)
}

/// All categories of each year together.
pub(crate) fn sum(by_category: &ByCategory) -> ByYear {
    let mut sum = ByYear::new();
    for (year, value) in by_category.values().flatten() {
        *sum.entry(*year).or_insert(0.0) += value;
    }
    sum
}

/// Investment of each period in an average year of it.
pub(crate) fn investment_a_year(summary: &Summary) -> ByYear {
    let years = summary.years.iter();
    let length: BTreeMap<i32, i32> =
        years.map(|year| (year.milestone, year.last - year.first + 1)).collect();
    let a_year = |(year, value): (&i32, &f64)| {
        let length = length.get(year).copied().unwrap_or(1).max(1);
        (*year, value / f64::from(length))
    };
    summary.investment.iter().map(a_year).collect()
}

/// Adds the reference's line to a chart whose sum the reference knows.
pub(super) fn beside(
    chart: &mut ChartSpec,
    model: &Model,
    reference: &Summary,
    main: &[Shown],
) {
    let (_, money) = crate::tables::money_shown(&reference.currency, reference.objective);
    let (values, factor) = match chart.id.as_str() {
        "annual-cost" => (sum(&reference.annual_cost), money),
        "investment" => (investment_a_year(reference), money),
        "primary-supply" => (reference.headline.primary_energy.clone(), 1.0),
        "final-sectors" | "final-carriers" => (reference.headline.final_energy.clone(), 1.0),
        id => {
            match made(id, model, reference, main).or_else(|| emitted(id, model, reference)) {
                Some(found) => found,
                None => return,
            }
        }
    };
    let mark = Mark::Line { width: 2.0, dashed: true, points: false };
    let line = model.time.years.iter();
    let line = line.map(|year| values.get(&year.milestone).map(|value| value * factor));
    let views = [(ALL.to_owned(), vec![line.collect()])];
    let others = model.regions.iter().map(|region| region.name.clone());
    let nothing = vec![vec![None; model.time.years.len()]];
    let others = others.map(|region| (region, nothing.clone()));
    chart.push(trace(name(reference), COLOUR, mark), views.into_iter().chain(others));
}

/// What is made of the commodity of a chart.
fn made(id: &str, model: &Model, reference: &Summary, main: &[Shown]) -> Option<(ByYear, f64)> {
    let is = |one: &&Shown| id == format!("generation-{}", super::energy::slug(model, one));
    let one = main.iter().find(is)?;
    let made = reference.generation.get(&model.commodities[one.commodity].name)?;
    Some((sum(made), one.factor))
}

/// What counts under the cap, or of the emission, of a chart.
fn emitted(id: &str, model: &Model, reference: &Summary) -> Option<(ByYear, f64)> {
    let (kind, at) = id.rsplit_once('-')?;
    let at: usize = at.parse().ok()?;
    let values = match kind {
        "cap" => reference.cap_emissions.get(&model.emission_caps.iter().nth(at)?.name),
        "emissions" => reference.emissions.get(&model.emissions.iter().nth(at)?.name),
        _ => None,
    };
    Some((values?.clone(), 1.0))
}

/// What each sector emits less than in the reference, under each cap of both.
pub(super) fn wedges(model: &Model, own: &Summary, reference: &Summary) -> Vec<ChartSpec> {
    let mut charts = Vec::new();
    for (at, cap) in model.emission_caps.iter().enumerate() {
        let both =
            (own.headline.sectors.get(&cap.name), reference.headline.sectors.get(&cap.name));
        let (Some(own_sectors), Some(others)) = both else { continue };
        let title = format!("Emissions avoided against {}", name(reference));
        let unit = Unit::amount_a_year(cap.unit_text(model));
        let mut chart = by_period(model, format!("wedge-{at}"), title, unit);
        chart.note = "By sector: what the reference emits and this plan does not. Below zero: \
                      what this plan emits more. The sum of a year is the difference of the two."
            .to_owned();
        for look in &own.headline.sector_looks {
            let of = |all: &ByCategory, year: i32| {
                all.get(&look.label).and_then(|values| values.get(&year)).copied()
            };
            let less = model.time.years.iter().map(|year| {
                let year = year.milestone;
                let less =
                    of(others, year).unwrap_or(0.0) - of(own_sectors, year).unwrap_or(0.0);
                Some(less)
            });
            let less: Vec<Option<f64>> = less.collect();
            if less.iter().flatten().any(|value| value.abs() > 1e-3) {
                let views = [(ALL.to_owned(), vec![less])];
                chart.push(trace(look.label.clone(), look.colour.clone(), Mark::Bar), views);
            }
        }
        charts.push(chart);
    }
    charts.retain(|chart| !chart.is_empty());
    charts
}
