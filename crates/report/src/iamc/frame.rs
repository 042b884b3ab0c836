//! The wide IAMC table: a row for each region and variable, a column for each milestone year.

use std::collections::BTreeMap;
use std::io;

use kzleap_model::{Model, RegionIx};

use crate::RunInfo;

/// A sum, with that of the sizes of what was added: what is left of large amounts that cancel out
/// is noise.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    net: f64,
    gross: f64,
}

impl Sum {
    /// Of what is added, so much may be left over by rounding and the tolerance of the solver.
    const NOISE: f64 = 1e-9;

    fn add(&mut self, value: f64) {
        self.net += value;
        self.gross += value.abs();
    }

    fn value(self) -> f64 {
        if self.net.abs() <= Self::NOISE * self.gross { 0.0 } else { self.net }
    }
}

/// Rows in the making. Sums over the domestic regions are kept as they come in.
#[derive(Debug)]
pub(super) struct Frame<'a> {
    model: &'a Model,
    /// Position 0 is the whole area; region `r` is at `r + 1`.
    rows: BTreeMap<(usize, String, String), Vec<Sum>>,
    several: bool,
}

impl<'a> Frame<'a> {
    pub(super) fn new(model: &'a Model) -> Self {
        let domestic = model.regions.iter().filter(|region| region.domestic).count();
        Self { model, rows: BTreeMap::new(), several: domestic != 1 }
    }

    /// Adds an amount to a variable of a region and of the whole area; neighbours are passed over.
    ///
    /// A variable that stays zero in all years is not written.
    pub(super) fn add(
        &mut self,
        region: RegionIx,
        variable: &str,
        unit: &str,
        year: usize,
        value: f64,
    ) {
        if self.model.regions[region].domestic {
            self.value(region.get() + 1, variable, unit)[year].add(value);
            if self.several {
                self.value(0, variable, unit)[year].add(value);
            }
        }
    }

    /// Sets a value that is no sum, such as a price, for a region, or the whole area (`None`).
    pub(super) fn set(
        &mut self,
        region: Option<RegionIx>,
        variable: &str,
        unit: &str,
        year: usize,
        value: f64,
    ) {
        let place = match region {
            Some(region) if !self.model.regions[region].domestic => return,
            Some(region) => region.get() + 1,
            None if self.several => 0,
            None => match self.model.regions.position(|region| region.domestic) {
                Some(only) => only.get() + 1,
                None => return,
            },
        };
        self.value(place, variable, unit)[year] = Sum { net: value, gross: value.abs() };
    }

    fn value(&mut self, place: usize, variable: &str, unit: &str) -> &mut Vec<Sum> {
        let years = self.model.time.years.len();
        let key = (place, legal(variable), legal(unit));
        self.rows.entry(key).or_insert_with(|| vec![Sum::default(); years])
    }

    pub(super) fn write(&self, info: &RunInfo, out: &mut dyn io::Write) -> io::Result<()> {
        let mut csv = csv::Writer::from_writer(out);
        let mut header: Vec<String> =
            ["Model", "Scenario", "Region", "Variable", "Unit"].map(str::to_owned).into();
        header.extend(self.model.time.years.iter().map(|year| year.milestone.to_string()));
        csv.write_record(&header)?;
        let model = legal(&format!("KZLEAP {}", info.version));
        let scenario = legal(&info.scenario);
        let regions = self.region_names();
        for ((place, variable, unit), values) in &self.rows {
            let mut record = vec![model.as_str(), &scenario, &regions[*place], variable, unit];
            let values = values.iter().map(|sum| sum.value());
            if values.clone().all(|value| value.abs() <= 0.0) {
                continue;
            }
            let numbers: Vec<String> = values.map(|value| value.to_string()).collect();
            record.extend(numbers.iter().map(String::as_str));
            csv.write_record(&record)?;
        }
        csv.flush()
    }

    /// Names of the whole area and of each region: labels, or short names if two are the same.
    fn region_names(&self) -> Vec<String> {
        let regions = &self.model.regions;
        let area = capitalised(&self.model.name);
        let labels: Vec<String> = std::iter::once(area.clone())
            .chain(regions.iter().map(|region| legal(&region.label)))
            .collect();
        let mut sorted = labels.clone();
        sorted.sort();
        sorted.dedup();
        if sorted.len() == labels.len() || !self.several {
            labels
        } else {
            let names = regions.iter().map(|region| legal(&region.name));
            std::iter::once(area).chain(names).collect()
        }
    }
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(char::to_uppercase).into_iter().flatten();
    legal(&first.chain(letters).collect::<String>())
}

/// A name without the characters that scenario databases refuse.
fn legal(name: &str) -> String {
    name.replace([';', ':', '"', '`'], " ")
}
