//! Carbon dioxide of a balance by source and year, Mt.
//!
//! Three roads, the first that is open: rows `emissions` of the table; the table of emissions of a
//! run; factors times energy, which is the reference approach of the IPCC Guidelines (2006, vol. 2,
//! ch. 6): what is supplied, less what is not burnt, is taken to be burnt.

use std::collections::BTreeMap;
use std::path::Path;

use kzleap_diagnostics::{Diagnostic, Diagnostics};
use kzleap_input::Files;
use kzleap_input::csv_file::around;
use kzleap_model::{Gas, SectorKind};

use crate::balance::{Balance, ByYear};
use crate::kinds::Kinds;
use crate::row::Row;
use crate::table::{Entry, TOTAL, number, read_rows, whole_year};

/// kg of CO2 in each GJ (kt/PJ), by commodity.
pub type Factors = BTreeMap<String, f64>;

/// Carbon dioxide by source (a fuel, or a category of a plan) and year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Emissions {
    /// Mt by source and year.
    pub by_source: BTreeMap<String, ByYear>,
    /// Where they come from, in a sentence.
    pub how: String,
}

impl Emissions {
    /// Mt of all sources in a year; `None` if none is known.
    pub fn total(&self, year: i32) -> Option<f64> {
        let values: Vec<f64> =
            self.by_source.values().filter_map(|by_year| by_year.get(&year).copied()).collect();
        (!values.is_empty()).then(|| values.iter().sum())
    }

    /// The years with any.
    pub fn years(&self) -> Vec<i32> {
        let all: std::collections::BTreeSet<i32> =
            self.by_source.values().flat_map(|by_year| by_year.keys().copied()).collect();
        all.into_iter().collect()
    }

    fn add(&mut self, source: &str, year: i32, value: f64) {
        *self.by_source.entry(source.to_owned()).or_default().entry(year).or_insert(0.0) +=
            value;
    }

    /// From the rows `emissions` of a table (Mt); `None` if it has none.
    pub fn given(balance: &Balance<'_>) -> Option<Self> {
        let mut emissions =
            Self { how: "the rows `emissions` of the table".to_owned(), ..Self::default() };
        let rows = balance.entries.iter().filter(|entry| entry.row == Row::Emissions);
        for entry in rows.filter(|entry| entry.unit == "Mt") {
            emissions.add(&entry.commodity, entry.year, entry.value);
        }
        // where a total is beside its parts, the parts are used
        if emissions.by_source.len() > 1 {
            emissions.by_source.remove(TOTAL);
        }
        (!emissions.by_source.is_empty()).then_some(emissions)
    }

    /// From factors: primary supply, less what final use burns nothing of (the sector of non-energy use),
    /// times the factor of its commodity, by family of fuels. `None` if no commodity has a factor.
    pub fn calculated(balance: &Balance<'_>, factors: &Factors) -> Option<Self> {
        let is_not_burnt =
            |entry: &Entry| balance.kinds.sector(&entry.flow) == Some(SectorKind::NonEnergyUse);
        let mut emissions = Self::default();
        let mut used = std::collections::BTreeSet::new();
        for year in balance.years() {
            let whole = balance.is_whole(year);
            for entry in balance.in_year(year).iter().filter(|entry| entry.is_energy()) {
                let burnt = match entry.row {
                    row if whole && row.is_supply() => entry.value,
                    Row::Final if whole && is_not_burnt(entry) => -entry.value,
                    Row::PrimaryUse if !whole => entry.value,
                    _ => continue,
                };
                if let Some(factor) = factors.get(&entry.commodity) {
                    emissions.add(
                        balance.kinds.fuel(&entry.commodity).name(),
                        year,
                        burnt * factor / 1000.0,
                    );
                    used.insert(entry.commodity.as_str());
                }
            }
        }
        emissions
            .by_source
            .retain(|_, by_year| by_year.values().any(|value| value.abs() > 0.0));
        emissions.how = format!(
            "reference approach: primary supply less non-energy use, times the factors of {}",
            used.into_iter().collect::<Vec<_>>().join(", ")
        );
        (!emissions.by_source.is_empty()).then_some(emissions)
    }

    /// From the table of emissions of a run: carbon dioxide of these regions by category.
    pub fn of_run(
        path: &Path,
        kinds: &Kinds,
        regions: &[&str],
        files: &mut Files,
        diags: &mut Diagnostics,
    ) -> Option<Self> {
        let rows = read_rows(path, files, diags)?;
        let at = |name: &str| rows.header.iter().position(|cell| cell.text == name);
        let (emission, region, category) = (at("emission")?, at("region")?, at("category")?);
        let (unit, year, value) = (at("unit")?, at("year")?, at("value")?);
        let mut emissions =
            Self { how: "of the plan, by category of processes".to_owned(), ..Self::default() };
        for row in &rows.rows {
            let ours = kinds.gas(&row[emission].text) == Some(Gas::Co2)
                && regions.contains(&row[region].text.as_str())
                && row[unit].text == "Mt/a";
            if !ours {
                continue;
            }
            let when = whole_year(&row[year], diags);
            if let (Some(when), Some(amount)) = (when, number(&row[value], diags)) {
                emissions.add(&row[category].text, when, amount);
            }
        }
        (!emissions.by_source.is_empty()).then_some(emissions)
    }
}

/// Reads factors from a table with the columns `use`, `commodity`, `gas`, `value` and `unit`: the
/// rows of `combustion` and `CO2`, in `kg/GJ` or `kt/PJ`.
pub fn read_factors(
    path: &Path,
    files: &mut Files,
    diags: &mut Diagnostics,
) -> Option<Factors> {
    let rows = read_rows(path, files, diags)?;
    let mut at = |name: &str| {
        let found = rows.header.iter().position(|cell| cell.text == name);
        if found.is_none() {
            let message = format!("the table of emission factors has no column `{name}`");
            diags.push(
                Diagnostic::error("missing-column", message, around(&rows.header), "")
                    .hint("its columns are use, commodity, gas, value and unit"),
            );
        }
        found
    };
    let (use_, commodity, gas) = (at("use"), at("commodity"), at("gas"));
    let (value, unit) = (at("value"), at("unit"));
    let (use_, commodity, gas, value, unit) = (use_?, commodity?, gas?, value?, unit?);
    let mut factors = Factors::new();
    for row in &rows.rows {
        if row[use_].text != "combustion" || row[gas].text != "CO2" {
            continue;
        }
        if !["kg/GJ", "kt/PJ", "t/TJ"].contains(&row[unit].text.as_str()) {
            let message = format!("`{}` is no unit of a factor of combustion", row[unit].text);
            diags.push(
                Diagnostic::error("bad-unit", message, row[unit].span, "")
                    .hint("factors of combustion are in kg/GJ"),
            );
        } else if let Some(factor) = number(&row[value], diags) {
            factors.insert(row[commodity].text.clone(), factor);
        }
    }
    Some(factors)
}
