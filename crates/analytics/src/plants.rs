//! What plants of a plan make and use, so that its table follows the layout of statistics.
//!
//! The balance of a run nets what plants use of their own electricity, and writes electricity of
//! water, wind and sun as if it were found. Statistics count what leaves the generators, own use
//! apart, and name what moves them. The tables of the same run on what processes make and use say
//! what is needed for that.

use std::collections::BTreeMap;
use std::path::Path;

use kzleap_diagnostics::{Diagnostics, Span};
use kzleap_input::{Files, petajoules};

use crate::fuel::Fuel;
use crate::kinds::Kinds;
use crate::row::Row;
use crate::table::{ALL, Entry, Kind, PJ, Table, number, read_rows, whole_year};

/// The row of plants that no row of the table tells.
const PLANTS: &str = "transformation/power plants";
/// Share of the electricity of the balance that may not be found among plants.
const UNFOUND: f64 = 0.01;
/// Below this it is a rest of the solver's, PJ.
const NOISE: f64 = 1e-6;

/// A process in a year.
#[derive(Debug, Default)]
struct Plant {
    /// What it works with, as its family or that of its category says.
    family: Option<Fuel>,
    is_import: bool,
    made: BTreeMap<String, (Fuel, f64)>,
    used: BTreeMap<String, (Fuel, f64)>,
    place: Option<Span>,
}

/// Region, process and year.
type Key = (String, String, i32);

impl Plant {
    fn sum(values: &BTreeMap<String, (Fuel, f64)>, fuel: Fuel) -> f64 {
        values.values().filter(|(of, _)| *of == fuel).map(|(_, value)| value).sum()
    }

    /// Whether it is a way in from abroad and no plant.
    fn is_way_in(&self) -> bool {
        self.is_import && self.used.is_empty()
    }

    /// Electricity made, PJ; grids and what else takes as much as it gives makes none.
    fn gross(&self) -> f64 {
        let made = Self::sum(&self.made, Fuel::Electricity);
        if made > Self::sum(&self.used, Fuel::Electricity) + NOISE { made } else { 0.0 }
    }

    /// What it makes electricity of, with the share of each: by what it takes, else by its family. Nothing if neither says.
    fn fuels(&self) -> BTreeMap<Fuel, f64> {
        let mut taken: BTreeMap<Fuel, f64> = BTreeMap::new();
        for (fuel, value) in self.used.values().filter(|(f, _)| *f != Fuel::Electricity) {
            *taken.entry(*fuel).or_insert(0.0) += value;
        }
        let sum: f64 = taken.values().sum();
        if sum > NOISE {
            taken.values_mut().for_each(|value| *value /= sum);
            return taken;
        }
        self.family.map(|fuel| (fuel, 1.0)).into_iter().collect()
    }
}

/// Puts what plants make and use into the table of a run: rows `generation` by fuel, the own use
/// of plants apart from what they make, and water, wind and sun as what is produced.
///
/// `made` and `used` are the tables `generation_annual` and `use` of the run. A year in which they
/// do not account for the electricity of the balance is left as it is.
pub fn tell(
    table: &mut Table,
    made: &Path,
    used: &Path,
    files: &mut Files,
    diags: &mut Diagnostics,
) {
    if table.kind != Kind::Plan {
        return;
    }
    for fuel in Fuel::ALL {
        table.kinds.name_family(*fuel);
    }
    let mut plants = BTreeMap::new();
    let read = add(&mut plants, &table.kinds, made, true, files, diags)
        .and_then(|()| add(&mut plants, &table.kinds, used, false, files, diags));
    if read.is_none() {
        return;
    }
    plants.retain(|_, plant| plant.gross() > 0.0 && !plant.is_way_in());
    let own: Vec<String> = table.regions().into_iter().map(str::to_owned).collect();
    plants.retain(|(region, ..), _| own.contains(region));
    let years: std::collections::BTreeSet<i32> =
        plants.keys().map(|(.., year)| *year).collect();
    for year in years {
        let here: Vec<(&Key, &Plant)> =
            plants.iter().filter(|((.., when), _)| *when == year).collect();
        if accounts_for(table, &own, &here, year) {
            let mut book = Book { table, year };
            here.iter().for_each(|((region, ..), plant)| {
                book.plant(region, plant);
                if own.iter().any(|region| region == ALL) && region != ALL {
                    book.plant(ALL, plant);
                }
            });
        }
    }
    table.entries.retain(|entry| entry.row != Row::Production || entry.value.abs() > NOISE);
}

/// Reads what processes make, or what they use.
fn add(
    plants: &mut BTreeMap<Key, Plant>,
    kinds: &Kinds,
    path: &Path,
    makes: bool,
    files: &mut Files,
    diags: &mut Diagnostics,
) -> Option<()> {
    let rows = read_rows(path, files, diags)?;
    let at = |name: &str| rows.header.iter().position(|cell| cell.text == name);
    let (region, process, category) = (at("region")?, at("process")?, at("category")?);
    let (commodity, unit, year, value) =
        (at("commodity")?, at("unit")?, at("year")?, at("value")?);
    let how = at(if makes { "origin" } else { "purpose" })?;
    for row in &rows.rows {
        let energy = petajoules(&row[unit].text);
        // what a storage takes and gives back was made elsewhere
        let Some(factor) = energy.filter(|_| row[how].text != "storage") else { continue };
        let when = whole_year(&row[year], diags);
        let (Some(when), Some(amount)) = (when, number(&row[value], diags)) else { continue };
        let key = (row[region].text.clone(), row[process].text.clone(), when);
        let plant = plants.entry(key).or_default();
        let family = kinds.fuel_of_process(&row[process].text, &row[category].text);
        plant.family = Some(family).filter(|fuel| *fuel != Fuel::Other);
        plant.is_import = kinds.is_import(&row[process].text);
        plant.place = Some(row[value].span);
        let side = if makes { &mut plant.made } else { &mut plant.used };
        let name = &row[commodity].text;
        let (_, sum) = side.entry(name.clone()).or_insert((kinds.fuel(name), 0.0));
        *sum += amount * factor;
    }
    Some(())
}

/// Whether plants make as much as the balance says; they do not where some of them stand in
/// places that the table does not name.
fn accounts_for(table: &Table, own: &[String], plants: &[(&Key, &Plant)], year: i32) -> bool {
    let region = own.iter().find(|region| *region == ALL);
    let one = |entry: &&Entry| region.is_none_or(|all| entry.region == *all);
    let mut rows: BTreeMap<&str, f64> = BTreeMap::new();
    for entry in table.entries.iter().filter(|entry| entry.year == year).filter(one) {
        let makes = matches!(entry.row, Row::Transformation | Row::Production);
        if makes && entry.is_energy() && table.kinds.fuel(&entry.commodity) == Fuel::Electricity
        {
            *rows.entry(&entry.flow).or_insert(0.0) += entry.value;
        }
    }
    let balance: f64 = rows.into_values().filter(|value| *value > 0.0).sum();
    let net = |plant: &Plant| plant.gross() - Plant::sum(&plant.used, Fuel::Electricity);
    let found: f64 = plants.iter().map(|(_, plant)| net(plant)).sum();
    found >= balance * (1.0 - UNFOUND)
}

/// The table in a year, written on.
struct Book<'a> {
    table: &'a mut Table,
    year: i32,
}

impl Book<'_> {
    fn plant(&mut self, region: &str, plant: &Plant) {
        let Some(place) = plant.place else { return };
        let gross = plant.gross();
        let fuels = plant.fuels();
        for (fuel, share) in &fuels {
            self.add(region, "generation", fuel.name(), gross * share, place);
        }
        // a way in from abroad takes nothing either, but the balance does not call it produced
        let untold = fuels.is_empty() && (!plant.used.is_empty() || self.is_produced(region));
        if untold {
            self.add(region, "generation", Fuel::Electricity.name(), gross, place);
        }
        let row = self.row(region, Plant::sum(&plant.made, Fuel::Heat) > 0.0);
        for (commodity, (of, used)) in &plant.used {
            if *of == Fuel::Electricity {
                self.add(region, "own use/power plants", commodity, -used, place);
                self.add(region, &row, commodity, *used, place);
            }
        }
        let Some(fuel) = fuels.into_keys().find(|fuel| fuel.is_direct()) else { return };
        if plant.used.values().any(|(fuel, _)| *fuel != Fuel::Electricity) {
            return; // the balance names it
        }
        for (commodity, (of, made)) in &plant.made {
            if *of == Fuel::Electricity {
                let found = self.take(region, commodity, *made);
                self.add(region, &row, commodity, found, place);
                self.add(region, "production", fuel.name(), *made, place);
                self.add(region, &row, fuel.name(), -made, place);
            }
        }
    }

    /// Whether the balance has electricity that is produced.
    fn is_produced(&self, region: &str) -> bool {
        self.here(region).any(|entry| {
            entry.row == Row::Production
                && self.table.kinds.fuel(&entry.commodity) == Fuel::Electricity
        })
    }

    /// Takes from what the balance calls produced, at most what it does; how much was taken.
    fn take(&mut self, region: &str, commodity: &str, most: f64) -> f64 {
        let entry = self.table.entries.iter_mut().find(|entry| {
            entry.year == self.year
                && entry.row == Row::Production
                && (entry.region.as_str(), entry.commodity.as_str()) == (region, commodity)
        });
        entry.map_or(0.0, |entry| {
            let taken = most.min(entry.value).max(0.0);
            entry.value -= taken;
            taken
        })
    }

    /// The row of the balance that such plants stand in: of heat and power, or of power alone.
    fn row(&self, region: &str, heat: bool) -> String {
        let makes = |flow: &str, fuel: Fuel| {
            self.here(region).any(|entry| {
                entry.flow == flow
                    && entry.value > 0.0
                    && self.table.kinds.fuel(&entry.commodity) == fuel
            })
        };
        let mut rows = self.here(region).filter(|entry| {
            let power = entry.value > 0.0
                && self.table.kinds.fuel(&entry.commodity) == Fuel::Electricity;
            power && entry.row == Row::Transformation && makes(&entry.flow, Fuel::Heat) == heat
        });
        rows.next().map_or_else(|| PLANTS.to_owned(), |entry| entry.flow.clone())
    }

    fn here<'b>(&'b self, region: &'b str) -> impl Iterator<Item = &'b Entry> {
        let year = self.year;
        let own = move |entry: &&Entry| entry.region == region && entry.year == year;
        self.table.entries.iter().filter(own)
    }

    /// Adds to a number of the balance, or writes a new one.
    fn add(&mut self, region: &str, flow: &str, commodity: &str, value: f64, place: Span) {
        let year = self.year;
        let same = |entry: &&mut Entry| {
            entry.year == year
                && entry.is_energy()
                && (entry.region.as_str(), entry.flow.as_str(), entry.commodity.as_str())
                    == (region, flow, commodity)
        };
        if let Some(entry) = self.table.entries.iter_mut().find(same) {
            entry.value += value;
            return;
        }
        self.table.entries.push(Entry {
            region: region.to_owned(),
            year,
            flow: flow.to_owned(),
            row: Row::of(flow),
            commodity: commodity.to_owned(),
            value,
            unit: PJ.to_owned(),
            source: String::new(),
            place,
        });
    }
}
