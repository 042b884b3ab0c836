//! What the names of a table are: which commodity is coal, which row is that of grids.
//!
//! A balance names things in any language. A table of kinds says what they are: that of a run
//! (`kinds.csv` among its tables), or one beside the statistics.

use std::collections::BTreeMap;
use std::path::Path;

use kzleap_diagnostics::{Diagnostic, Diagnostics};
use kzleap_input::Files;
use kzleap_input::csv_file::{Cell, around};
use kzleap_model::kind::DriverKind;
use kzleap_model::{CommodityKind, Family, Gas, SectorKind};

use crate::fuel::Fuel;
use crate::table::read_rows;

/// What the names of a table are.
#[derive(Clone, Debug, Default)]
pub struct Kinds {
    commodities: BTreeMap<String, Fuel>,
    categories: BTreeMap<String, Fuel>,
    /// Family of each process and the first word of its row of the balance.
    processes: BTreeMap<String, (Fuel, String)>,
    sectors: BTreeMap<String, SectorKind>,
    gases: BTreeMap<String, Gas>,
    drivers: BTreeMap<String, DriverKind>,
}

impl Kinds {
    /// Reads a table with the columns `of` (`commodity`, `category`, `process`, `sector`,
    /// `emission` or `driver`), `name`, `kind` and `family`; what is wrong is said in `diags`.
    pub fn read(path: &Path, files: &mut Files, diags: &mut Diagnostics) -> Option<Self> {
        let rows = read_rows(path, files, diags)?;
        let mut at = |name: &str| {
            let found = rows.header.iter().position(|cell| cell.text == name);
            if found.is_none() {
                let message = format!("the table of kinds has no column `{name}`");
                let diagnostic =
                    Diagnostic::error("missing-column", message, around(&rows.header), "")
                        .hint("its columns are of, name, kind and family");
                diags.push(diagnostic);
            }
            found
        };
        let columns = (at("of"), at("name"), at("kind"), at("family"));
        let (of, name, kind, family) = (columns.0?, columns.1?, columns.2?, columns.3?);
        let mut kinds = Self::default();
        for row in &rows.rows {
            kinds.add(&row[of], &row[name], &row[kind], &row[family], diags);
        }
        Some(kinds)
    }

    fn add(
        &mut self,
        of: &Cell,
        name: &Cell,
        kind: &Cell,
        family: &Cell,
        diags: &mut Diagnostics,
    ) {
        let word = family;
        let family = known(word, Family::named, Family::WORDS, diags);
        let own = name.text.clone();
        match of.text.as_str() {
            "commodity" => {
                let kind = known(kind, CommodityKind::named, CommodityKind::WORDS, diags);
                self.commodities.insert(own, Fuel::new(kind, family));
            }
            "category" => {
                self.categories.insert(own, Fuel::new(None, family));
            }
            "process" => {
                self.processes.insert(own, (Fuel::new(None, family), kind.text.clone()));
            }
            "sector" => {
                let kind = known(kind, SectorKind::named, SectorKind::WORDS, diags);
                self.sectors.extend(kind.map(|kind| (own, kind)));
            }
            "emission" => {
                let gas = known(kind, Gas::named, Gas::WORDS, diags);
                self.gases.extend(gas.map(|gas| (own, gas)));
            }
            "driver" => {
                let kind = known(kind, DriverKind::named, DriverKind::WORDS, diags);
                self.drivers.extend(kind.map(|kind| (own, kind)));
            }
            other => {
                let message = format!("a table of kinds has no `{other}`");
                let hint = "the first column is commodity, category, process, sector, emission or \
                            driver";
                diags.push(Diagnostic::error("unknown-word", message, of.span, "").hint(hint));
            }
        }
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.commodities.is_empty()
    }

    /// The family of fuels of a commodity.
    pub fn fuel(&self, commodity: &str) -> Fuel {
        self.commodities.get(commodity).copied().unwrap_or(Fuel::Other)
    }

    /// Amounts by family of fuels.
    pub(crate) fn sum(&self, commodities: BTreeMap<&str, f64>) -> BTreeMap<Fuel, f64> {
        let mut sum = BTreeMap::new();
        for (commodity, value) in commodities {
            *sum.entry(self.fuel(commodity)).or_insert(0.0) += value;
        }
        sum
    }

    /// Takes a name for a family that is known by it alone.
    pub(crate) fn name_family(&mut self, fuel: Fuel) {
        self.commodities.entry(fuel.name().to_owned()).or_insert(fuel);
    }

    /// What a process works with, as it or its category says.
    pub(crate) fn fuel_of_process(&self, process: &str, category: &str) -> Fuel {
        let own = self.processes.get(process).map(|(fuel, _)| *fuel);
        let own = own.filter(|fuel| *fuel != Fuel::Other);
        own.or_else(|| self.categories.get(category).copied()).unwrap_or(Fuel::Other)
    }

    /// Whether a process brings something from abroad.
    pub(crate) fn is_import(&self, process: &str) -> bool {
        self.processes.get(process).is_some_and(|(_, row)| row == "import")
    }

    /// The sector of a row: what is after its first word.
    pub(crate) fn sector(&self, flow: &str) -> Option<SectorKind> {
        let name = crate::row::detail(flow).split('/').next()?.trim();
        self.sectors.get(name).copied()
    }

    /// The gas that an emission is.
    pub(crate) fn gas(&self, emission: &str) -> Option<Gas> {
        self.gases.get(emission).copied()
    }

    /// What a driver is.
    pub(crate) fn driver(&self, name: &str) -> Option<DriverKind> {
        self.drivers.get(name).copied()
    }
}

/// What a cell says; nothing if it is empty or no such word, which is then reported.
fn known<T>(
    cell: &Cell,
    named: fn(&str) -> Option<T>,
    words: &[&str],
    diags: &mut Diagnostics,
) -> Option<T> {
    if cell.text.is_empty() {
        return None;
    }
    let found = named(&cell.text);
    if found.is_none() {
        let message = format!("`{}` is none of the words allowed here", cell.text);
        let hint = format!("leave it empty, or write one of {}", words.join(", "));
        diags.push(Diagnostic::error("unknown-word", message, cell.span, "").hint(hint));
    }
    found
}
