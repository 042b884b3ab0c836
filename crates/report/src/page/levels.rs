//! What storages hold through the year.

use std::collections::BTreeMap;

use kzleap_accounts::Accounts;
use kzleap_accounts::owners::storage_process;
use kzleap_model::Amount;
use plotly::Scatter;
use plotly::common::{Line, LineShape, Mode};
use serde::Serialize;
use serde_json::Value;

use super::chart::{Chart, json, place_key, short};
use super::colours::{Colours, title};

/// What the page needs to draw the content of storages in any year and region.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Levels {
    /// Its anchor in the page.
    id: &'static str,
    /// Its heading.
    title: &'static str,
    /// The unit of every value.
    unit: &'static str,
    /// Milestone years.
    years: Vec<i32>,
    /// Traces without values.
    traces: Vec<Value>,
    /// Names of the moments of each trace.
    points: Vec<Vec<String>>,
    /// Layout without fonts and colours of the page.
    layout: Value,
    /// Values by region, year, trace and moment.
    views: BTreeMap<String, Vec<Vec<Vec<Option<f64>>>>>,
}

/// The content of storages that are used, summed over regions by name; `None` if there are none.
pub(super) fn levels(accounts: &Accounts<'_>, colours: &Colours) -> Option<Levels> {
    let Accounts { model, solution, .. } = *accounts;
    let holds_energy =
        |z| matches!(crate::tables::storage::amount(accounts, z), None | Some(Amount::Energy));
    let mut names: Vec<&str> = Vec::new();
    for (z, storage) in model.storages.iter_ix() {
        let used = solution.level(z).iter().any(|value| *value != 0.0);
        if used && holds_energy(z) && !names.contains(&storage.name.as_str()) {
            names.push(&storage.name);
        }
    }
    if names.is_empty() {
        return None;
    }
    let mut points = Vec::new();
    let mut traces = Vec::new();
    for name in &names {
        let z = model.storages.position(|storage| storage.name == **name)?;
        points.push(model.storages[z].chronology.points.clone());
        let process = storage_process(model, z);
        let colour =
            process.map_or("#c9709f", |process| colours.of(&process.category)).to_owned();
        let label = title(process.map_or(name, |process| &process.label));
        let line = Scatter::<f64, f64>::new(Vec::new(), Vec::new())
            .name(label)
            .mode(Mode::Lines)
            .line(Line::new().color(colour).width(2.0).shape(LineShape::Linear));
        traces.push(json(&*line));
    }
    let years: Vec<usize> = (0..model.time.years.len()).collect();
    let mut views = BTreeMap::new();
    for place in 0..=model.regions.len() {
        let here = |region: kzleap_model::RegionIx| match place {
            0 => model.regions[region].domestic,
            _ => region.get() + 1 == place,
        };
        let content = |name: &str, points: usize, y: usize| -> Vec<Option<f64>> {
            let mut sum = vec![0.0; points];
            for (z, storage) in model.storages.iter_ix() {
                if storage.name == name && here(storage.region) && holds_energy(z) {
                    for (sum, value) in sum.iter_mut().zip(solution.level(z).column(y)) {
                        *sum += value / kzleap_model::units::PJ_PER_GWH;
                    }
                }
            }
            sum.into_iter().map(short).collect()
        };
        let by_year = years.iter().map(|y| {
            names.iter().zip(&points).map(|(name, p)| content(name, p.len(), *y)).collect()
        });
        views.insert(place_key(model, place), by_year.collect());
    }
    let chart = Chart::new("storage", "", "GWh");
    Some(Levels {
        id: "storage-content",
        title: "Content of storages",
        unit: "GWh",
        years: model.time.years.iter().map(|year| year.milestone).collect(),
        traces,
        points,
        layout: chart.layout,
        views,
    })
}
