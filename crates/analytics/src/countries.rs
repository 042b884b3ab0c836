//! The same indicators of other countries, from a balance table with a column `region`.

use serde::Serialize;

use crate::balance::Balance;
use crate::drivers::Drivers;
use crate::emissions::Emissions;
use crate::indicators::{Indicator, Indicators, indicators};
use crate::table::Table;

/// Indicators that countries of any size can be compared by.
const COMPARED: &[&str] = &[
    "primary_per_capita",
    "final_per_capita",
    "electricity_per_capita",
    "co2_per_capita",
    "energy_intensity",
    "carbon_intensity_gdp",
    "carbon_intensity",
    "self_sufficiency",
    "electricity_share",
    "renewable_share",
    "renewable_electricity",
    "primary_share_coal",
    "primary_share_oil",
    "primary_share_gas",
];

/// Countries side by side, this one first.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Comparison {
    /// Their names.
    pub countries: Vec<String>,
    /// An indicator each.
    pub rows: Vec<Row>,
}

/// Why shares of renewables in primary energy differ from source to source.
const COUNTING: &str = "Balances count electricity of water, wind and sun as what it is; the Energy \
    Institute counts it as the fuel a thermal plant would need, so that its shares of renewables in \
    primary energy are about 2.5 times as high. Shares in electricity made can be compared";

impl Comparison {
    /// How what is compared is counted; empty if nothing depends on it.
    pub fn note(&self) -> &'static str {
        if self.rows.iter().any(|row| row.key == "renewable_share") { COUNTING } else { "" }
    }
}

/// An indicator of every country.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// Its stable name.
    pub key: String,
    /// Its name for people.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// A year and its value, in the order of the countries: the last year that any other has, or
    /// that nearest to it.
    pub values: Vec<Option<(i32, f64)>>,
}

/// Puts the indicators of a table's regions beside those of this balance; what no other country
/// has is left out.
pub fn compare(own: &Indicators, table: &Table) -> Comparison {
    let regions = table.regions();
    let others: Vec<Indicators> = regions
        .iter()
        .map(|region| {
            let balance = Balance::new(table, region);
            let co2 = Emissions::given(&balance);
            indicators(&balance, &Drivers::given(&balance), co2.as_ref())
        })
        .collect();
    let rows = COMPARED.iter().filter_map(|key| row(key, own, &others)).collect();
    let names = regions.iter().map(|region| (*region).to_owned());
    Comparison {
        countries: std::iter::once("this table".to_owned()).chain(names).collect(),
        rows,
    }
}

fn row(key: &str, own: &Indicators, others: &[Indicators]) -> Option<Row> {
    let find = |indicators: &'_ Indicators| -> Option<Indicator> {
        indicators.known.iter().find(|indicator| indicator.key == key).cloned()
    };
    let theirs: Vec<Option<Indicator>> = others.iter().map(find).collect();
    let ours = find(own);
    let first = theirs.iter().flatten().next()?;
    let latest =
        theirs.iter().flatten().filter_map(|one| one.values.keys().next_back()).max()?;
    // the year of the others, or that nearest to it: a plan goes far beyond
    let value = |indicator: &Option<Indicator>| {
        let indicator = indicator.as_ref()?;
        let (year, value) =
            indicator.values.iter().min_by_key(|(year, _)| year.abs_diff(*latest))?;
        // another money is another indicator
        (indicator.unit == first.unit).then_some((*year, *value))
    };
    Some(Row {
        key: key.to_owned(),
        name: first.name.clone(),
        unit: first.unit.clone(),
        values: std::iter::once(&ours).chain(&theirs).map(value).collect(),
    })
}
