//! A model said again in fewer slices.

use kzleap_model::chronology::{Repeating, repeating};
use kzleap_model::{
    DayType, Field, Fields, Model, Season, Series, Set, Slice, SliceIx, Time, YearIx,
};
use ndarray::Array2;

use super::tree::Tree;

/// The new slices, and what each is made of.
pub(crate) struct Coarse<'m> {
    fine: &'m Time,
    time: Time,
    /// The old slices of each new one.
    parts: Vec<Vec<usize>>,
}

impl<'m> Coarse<'m> {
    /// Slices of `time`, each made of some of `fine`.
    pub(crate) fn new(fine: &'m Time, time: Time, parts: Vec<Vec<usize>>) -> Self {
        let mut coarse = Self { fine, time, parts };
        coarse.time.year_split = coarse.sum(&fine.year_split);
        coarse
    }

    /// The model in the new slices.
    pub(crate) fn rewrite(self, model: &Model) -> Model {
        let mut coarse = model.clone();
        coarse.fields(&mut |field| self.change(field));
        coarse.time = self.time;
        coarse
    }

    /// What becomes of a field.
    fn change(&self, field: Field<'_>) {
        match field {
            Field::Mean(series) => *series = self.mean(series),
            Field::PartOfYear(series) => *series = self.sum(series),
            Field::Chronology(chronology) => {
                if let Some(Repeating { cycle, self_discharge_per_hour }) = chronology.repeating
                {
                    *chronology = repeating(&self.time, cycle, self_discharge_per_hour);
                }
            }
            // nothing to do with slices
            Field::Region(_)
            | Field::Capacity(_)
            | Field::Storage(_)
            | Field::Link(_)
            | Field::Regions(_)
            | Field::Capacities(_)
            | Field::Processes(_)
            | Field::Links(_)
            | Field::Subsidies(_)
            | Field::Size(_)
            | Field::SizeOfHorizon(_)
            | Field::Rate(_)
            | Field::Rule(_)
            | Field::Standing(_)
            | Field::Sizes(_)
            | Field::Rates(_)
            | Field::RateOfRegions(_) => {}
        }
    }

    /// A value of the new slices: the mean over their hours.
    fn mean(&self, series: &Series) -> Series {
        let first = YearIx::new(0);
        let split = |s: usize| self.fine.year_split.at(SliceIx::new(s), first);
        let over = |part: &[usize], year: YearIx| -> f64 {
            let whole: f64 = part.iter().map(|s| split(*s)).sum();
            let sum: f64 =
                part.iter().map(|s| split(*s) * series.at(SliceIx::new(*s), year)).sum();
            sum / whole
        };
        self.by_part(series, over)
    }

    /// A share of the new slices: the sum of theirs.
    fn sum(&self, series: &Series) -> Series {
        let over = |part: &[usize], year: YearIx| -> f64 {
            part.iter().map(|s| series.at(SliceIx::new(*s), year)).sum()
        };
        match series {
            Series::Constant(share) => Series::BySlice(
                self.parts.iter().map(|part| share * part.len() as f64).collect(),
            ),
            Series::ByYear(shares) => self.by_part(
                &Series::BySliceAndYear(Array2::from_shape_fn(
                    (self.fine.slices.len(), shares.len()),
                    |(_, y)| shares[y],
                )),
                over,
            ),
            _ => self.by_part(series, over),
        }
    }

    /// The value of each part, where a series varies by slice at all.
    fn by_part(&self, series: &Series, over: impl Fn(&[usize], YearIx) -> f64) -> Series {
        match series {
            Series::Constant(_) | Series::ByYear(_) => series.clone(),
            Series::BySlice(_) => Series::BySlice(
                self.parts.iter().map(|part| over(part, YearIx::new(0))).collect(),
            ),
            Series::BySliceAndYear(values) => Series::BySliceAndYear(Array2::from_shape_fn(
                (self.parts.len(), values.ncols()),
                |(part, y)| over(&self.parts[part], YearIx::new(y)),
            )),
        }
    }
}

/// The time of a tree, and the slices that each of its blocks is made of.
pub(super) fn time_of(fine: &Time, tree: &Tree) -> (Time, Vec<Vec<usize>>) {
    let mut time = Time {
        years: fine.years.clone(),
        seasons: Vec::new(),
        day_types: Vec::new(),
        slices: Set::new(),
        year_split: Series::Constant(1.0),
        calendar: Vec::new(),
        cutting: kzleap_model::Cutting::default(),
    };
    let mut parts: Vec<Vec<usize>> = Vec::new();
    for season in &tree.seasons {
        let first_of_season = time.slices.len();
        for day in &season.days {
            let first = time.slices.len();
            for block in &day.blocks {
                // a part with only one choice says nothing
                let choices = [
                    (&season.name, tree.seasons.len()),
                    (&day.name, season.days.len()),
                    (&block.name, day.blocks.len()),
                ];
                let named: Vec<&str> = choices
                    .iter()
                    .filter(|(_, choices)| *choices > 1)
                    .map(|(name, _)| name.as_str())
                    .collect();
                time.slices.push(Slice {
                    name: if named.is_empty() { "year".to_owned() } else { named.join(".") },
                    day_type: time.day_types.len(),
                    hours_per_pass: block.hours,
                });
                parts.push(block.slices.clone());
            }
            time.day_types.push(DayType {
                name: day.name.clone(),
                label: day.label.clone(),
                season: time.seasons.len(),
                passes: day.passes,
                slices: first..time.slices.len(),
            });
        }
        let slices = first_of_season..time.slices.len();
        let (name, label) = (season.name.clone(), season.label.clone());
        time.seasons.push(Season { name, label, slices });
    }
    (time, parts)
}
