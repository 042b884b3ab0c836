//! Years and time slices.

use kzleap_model::{DayType, Season, Set, Slice, Time, Year};

use super::series::by_slice_and_year;
use crate::data::Data;
use crate::parameters::{P, SetId};

const DAYS_PER_YEAR: f64 = 365.0;
const HOURS_PER_DAY: f64 = 24.0;

/// Every listed year is a period of its own; slices stand in one season and one kind of day,
/// as storages carry their own calendar.
pub(super) fn time(data: &Data) -> Time {
    let count = data.count(SetId::Timeslice);
    let split: Vec<Vec<f64>> = (0..count).map(|l| data.along(P::YearSplit, &[l])).collect();
    let slices = data
        .set(SetId::Timeslice)
        .names()
        .iter()
        .zip(&split)
        .map(|(name, split)| Slice {
            name: name.clone(),
            day_type: 0,
            hours_per_pass: split.first().copied().unwrap_or(0.0) * HOURS_PER_DAY,
        })
        .collect();
    let years: Set<Year> = data
        .years()
        .into_iter()
        .map(|year| Year { milestone: year, first: year, last: year })
        .collect();
    Time {
        years,
        seasons: vec![Season {
            name: "year".to_owned(),
            label: "year".to_owned(),
            slices: 0..count,
        }],
        day_types: vec![DayType {
            name: "day".to_owned(),
            label: "day".to_owned(),
            season: 0,
            passes: DAYS_PER_YEAR,
            slices: 0..count,
        }],
        slices,
        year_split: by_slice_and_year(&split),
        calendar: Vec::new(),
        cutting: kzleap_model::Cutting::default(),
    }
}
