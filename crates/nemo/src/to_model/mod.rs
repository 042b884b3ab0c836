//! From a scenario and one group of its years to a [`Model`] with NEMO's accounting.
//!
//! A node is a region of the model within another; a technology at a node is a process of that
//! region which shares the technology's capacity with the others. Only what the core has no word
//! for becomes a user row.

mod demand;
mod emissions;
mod limits;
mod map;
mod nodes;
mod ramp;
mod shares;
mod signs;
mod start;
mod storage;
mod storage_levels;
mod subsidy;
mod technology;
mod technology_capacity;
mod transmission;

use kzleap_diagnostics::{Diagnostic, Diagnostics};
use kzleap_model::policy::Sense;
use kzleap_model::user_rows::{Quantity, UserTerm};
use kzleap_model::{CommodityIx, Model, RegionIx, Series, SliceIx, UserRow, YearIx};
use ndarray::Array2;

pub use map::{LineMap, Map, ProcessMap, StorageMap, StoragePlace, TechnologyMap, TradeMap};

pub(crate) use storage_levels::points;

use crate::carried::Carried;
use crate::data::Data;
use crate::options::NemoOptions;
use crate::parameters::{Dimension, P};
use crate::periods::Period;

/// A model of one group of years, and where its parts come from.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The model.
    pub model: Model,
    /// Which part of the model stands for which part of the scenario.
    pub map: Map,
}

/// Makes the model of one group of years.
pub fn to_model(
    data: &Data,
    period: &Period,
    carried: &Carried,
    options: &NemoOptions,
    diagnostics: &mut Diagnostics,
) -> Imported {
    let order = start::slice_order(data);
    let model = start::empty(data, period, &order);
    let nodal = nodes::nodal_fuels(data, period);
    let map = Map { slices: order, nodal, ..Map::default() };
    let mut making = Making { data, period, carried, options, diagnostics, model, map };
    nodes::add(&mut making);
    technology_capacity::add(&mut making);
    storage::add(&mut making);
    technology::add(&mut making);
    transmission::add(&mut making);
    transmission::add_trade(&mut making);
    demand::add(&mut making);
    emissions::add(&mut making);
    ramp::add(&mut making);
    limits::add(&mut making);
    shares::add(&mut making);
    storage::add_rules(&mut making);
    subsidy::add(&mut making);
    if !options.correct {
        signs::add(&mut making);
    }
    Imported { model: making.model, map: making.map }
}

/// A model under way.
struct Making<'d> {
    data: &'d Data,
    period: &'d Period,
    carried: &'d Carried,
    options: &'d NemoOptions,
    diagnostics: &'d mut Diagnostics,
    model: Model,
    map: Map,
}

impl<'d> Making<'d> {
    /// Years of the group: position in the model, position in the scenario.
    fn years(&self) -> impl Iterator<Item = (YearIx, usize)> + use<'d> {
        let years: &'d [usize] = &self.period.years;
        years.iter().enumerate().map(|(at, y)| (YearIx::new(at), *y))
    }

    /// One value for each year of the group.
    fn by_year(&self, value: impl Fn(usize) -> f64) -> Vec<f64> {
        self.period.years.iter().map(|y| value(*y)).collect()
    }

    /// Calendar year of a year of the scenario.
    fn calendar(&self, y: usize) -> i32 {
        self.data.years[y]
    }

    /// How often a yearly limit on building counts in each year of the group.
    fn scale(&self, at: YearIx) -> f64 {
        if self.period.scaled { f64::from(self.period.intervals[at.get()]) } else { 1.0 }
    }

    /// A value for each slice (of the model) and year of the group, as small as it can be.
    fn series(&self, value: impl Fn(usize, usize) -> f64) -> Series {
        let years = &self.period.years;
        let full = Array2::from_shape_fn((self.map.slices.len(), years.len()), |(s, y)| {
            value(self.map.slices[s], years[y])
        });
        shrink(full)
    }

    fn rule(&mut self, name: String, terms: Vec<UserTerm>, sense: Sense, right_hand_side: f64) {
        self.model.user_rows.push(UserRow::new(name, terms, sense, right_hand_side));
    }

    fn warn(&mut self, code: &'static str, message: String, hint: &str) {
        self.diagnostics.push(Diagnostic::warning_overall(code, message).hint(hint));
    }

    fn name(&self, dimension: Dimension, at: usize) -> &'d str {
        self.data.name(dimension, at)
    }

    /// Every pair of a region and another thing.
    fn in_regions(
        &self,
        dimension: Dimension,
    ) -> impl Iterator<Item = (usize, usize)> + use<'d> {
        let (regions, others) =
            (self.data.count(Dimension::Region), self.data.count(dimension));
        (0..regions).flat_map(move |r| (0..others).map(move |other| (r, other)))
    }

    /// Activity of a technology over a year, all its processes together.
    fn activity_terms(
        &self,
        (r, t): (usize, usize),
        year: YearIx,
        weight: impl Fn(usize) -> f64,
    ) -> Vec<UserTerm> {
        let technology = self.map.technology(self.data, r, t);
        let mut terms = Vec::new();
        for process in &technology.processes {
            for (at, m) in process.modes.iter().enumerate() {
                let weight = weight(*m);
                if weight != 0.0 {
                    let quantity = Quantity::Activity(process.process, Some(at));
                    terms.push(UserTerm::new(quantity, year, weight));
                }
            }
        }
        terms
    }

    /// Output of a technology for one unit of activity in a mode.
    fn output(&self, r: usize, t: usize, f: usize, m: usize, y: usize) -> f64 {
        self.data.or_zero(P::OutputActivityRatio, &[r, t, f, m, y])
    }
}

fn region(r: usize) -> RegionIx {
    RegionIx::new(r)
}

fn commodity(f: usize) -> CommodityIx {
    CommodityIx::new(f)
}

fn node_region(data: &Data, n: usize) -> RegionIx {
    RegionIx::new(data.count(Dimension::Region) + n)
}

/// The smallest form of a value by slice and year.
fn shrink(full: Array2<f64>) -> Series {
    let (slices, years) = full.dim();
    let by_year = (0..years).all(|y| (1..slices).all(|s| full[(s, y)] == full[(0, y)]));
    let by_slice = (0..slices).all(|s| (1..years).all(|y| full[(s, y)] == full[(s, 0)]));
    match (by_year, by_slice) {
        _ if slices == 0 || years == 0 => Series::Constant(0.0),
        (true, true) => Series::Constant(full[(0, 0)]),
        (true, false) => Series::ByYear(full.row(0).to_vec()),
        (false, true) => Series::BySlice(full.column(0).to_vec()),
        (false, false) => Series::BySliceAndYear(full),
    }
}

/// A value for each year, as small as it can be.
fn yearly(values: Vec<f64>) -> Series {
    match values.first() {
        Some(first) if values.iter().all(|value| value == first) => Series::Constant(*first),
        _ => Series::ByYear(values),
    }
}

/// Slices of the model, in order.
fn slices(count: usize) -> impl Iterator<Item = SliceIx> {
    (0..count).map(SliceIx::new)
}
