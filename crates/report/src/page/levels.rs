//! What storages hold through the year.

use kzleap_accounts::Accounts;
use kzleap_accounts::owners::storage_process;
use kzleap_model::storage::Chronology;
use kzleap_model::{Amount, Model};
use kzleap_page::{Axis, ChartSpec, Mark, Picture, Unit};

use super::chart::{place_key, trace};
use super::colours::{Colours, title};

/// The content of storages that are used, summed over regions by name; `None` if there are none.
pub(super) fn levels(accounts: &Accounts<'_>, colours: &Colours) -> Option<ChartSpec> {
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
    let chronology_of = |name: &str| {
        let storage = model.storages.iter().find(|storage| storage.name == name)?;
        Some(&storage.chronology)
    };
    let axis = Axis::Points {
        title: "through the year".to_owned(),
        ticks: seasons(model, &moments(chronology_of(names.first()?)?)),
        range: Some((0.0, 1.0)),
    };
    let title_of_chart = "Content of storages through the year";
    let mut chart =
        ChartSpec::series("storage-content", title_of_chart, Unit::plain("GWh"), axis);
    let years = model.time.years.len();
    for name in names {
        let z = model.storages.position(|storage| storage.name == *name)?;
        let process = storage_process(model, z);
        let colour = process.map_or("#c9709f", |process| colours.of(&process.category));
        let label = title(process.map_or(name, |process| &process.label));
        let points = moments(chronology_of(name)?);
        let mark = Mark::Line { width: 2.0, dashed: false, points: false };
        let mut line = trace(label, colour, mark);
        let steps = points.len().saturating_sub(1);
        line.at = match steps {
            0 => vec![0.5],
            _ => (0..points.len()).map(|n| n as f64 / steps as f64).collect(),
        };
        line.names = points.iter().map(|name| (*name).to_owned()).collect();
        let content = |place: usize, y: usize| -> Vec<Option<f64>> {
            let mut sum = vec![0.0; points.len()];
            for (z, storage) in model.storages.iter_ix() {
                let here = match place {
                    0 => model.regions[storage.region].domestic,
                    _ => storage.region.get() + 1 == place,
                };
                if storage.name == name && here && holds_energy(z) {
                    let level = solution.level(z);
                    for (sum, point) in sum.iter_mut().zip(storage.chronology.moments()) {
                        *sum += level[(point, y)] / kzleap_model::units::PJ_PER_GWH;
                    }
                }
            }
            // where it holds nothing there is no line
            let is_used = sum.iter().any(|value| *value != 0.0);
            sum.into_iter().map(|value| is_used.then_some(value)).collect()
        };
        let places = 0..=model.regions.len();
        chart.push(
            line,
            places.map(|place| {
                (place_key(model, place), (0..years).map(|y| content(place, y)).collect())
            }),
        );
    }
    if let Picture::Series(series) = &mut chart.picture {
        series.years = model.time.years.iter().map(|year| year.milestone).collect();
    }
    chart.note =
        "Moments in their order; of days that repeat, the first and the last.".to_owned();
    chart.csv = "tables/storage.csv";
    Some(chart)
}

/// Names of the moments of a chronology.
fn moments(chronology: &Chronology) -> Vec<&str> {
    chronology.moments().map(|point| chronology.points[point].as_str()).collect()
}

/// The middle of each season on an axis from 0 to 1; nothing where there are too many to name. A
/// moment is named `season.…`.
fn seasons(model: &Model, points: &[&str]) -> Vec<(f64, String)> {
    const MOST: usize = 14;
    let at = |n: usize| n as f64 / points.len().saturating_sub(1).max(1) as f64;
    let mut found: Vec<(&str, f64, f64)> = Vec::new();
    for (n, point) in points.iter().enumerate() {
        let season = point.split('.').next().unwrap_or_default();
        match found.iter_mut().find(|(known, ..)| *known == season) {
            Some((.., last)) => *last = at(n),
            None => found.push((season, at(n), at(n))),
        }
    }
    if found.len() > MOST {
        return Vec::new();
    }
    let label = |name: &str| {
        let season = model.time.seasons.iter().find(|season| season.name == name);
        title(season.map_or(name, |season| &season.label))
    };
    found.iter().map(|(name, first, last)| ((first + last) / 2.0, label(name))).collect()
}
