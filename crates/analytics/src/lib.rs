//! Energy balance analysis: findings, indicators, decompositions, correlations, projections.
//!
//! A [`Table`] is read from files, a [`Balance`] is the part of one region, and an [`Analysis`] is
//! all that can be said of it with what else is known ([`Known`]). Text, tables and the page are
//! pure functions of these. Knows neither models nor solvers.

pub mod balance;
pub mod correlation;
pub mod countries;
pub mod drivers;
pub mod emissions;
pub mod findings;
pub mod fuel;
pub mod indicators;
pub mod kaya;
pub mod kinds;
pub mod lmdi;
pub mod page;
pub mod plants;
pub mod projection;
pub mod row;
pub mod series;
mod sheets;
pub mod table;
mod text;

use std::collections::BTreeMap;

use kzleap_input::Files;
use serde::Serialize;

pub use balance::Balance;
pub use drivers::Drivers;
pub use emissions::Emissions;
pub use kinds::Kinds;
pub use sheets::sheets;
pub use table::{ALL, Table, read};
pub use text::text;

use crate::correlation::{Correlation, correlation};
use crate::countries::Comparison;
use crate::findings::Finding;
use crate::indicators::Indicators;
use crate::kaya::Kaya;
use crate::lmdi::Decomposition;
use crate::projection::Projections;
use crate::series::Series;

/// What is known beside the balance.
#[derive(Debug, Default)]
pub struct Known {
    /// Population and GDP.
    pub drivers: Drivers,
    /// Carbon dioxide.
    pub emissions: Option<Emissions>,
    /// Balances of other countries.
    pub countries: Option<Table>,
}

/// All that is said of a balance; its serialised form is what programs read.
#[derive(Debug, Serialize)]
pub struct Analysis {
    /// The region; empty or `*` for all.
    pub region: String,
    /// Years with a number in the table.
    pub years: Vec<i32>,
    /// The money of GDP.
    pub money: String,
    /// Numbers of the region that are no energy, by unit.
    pub other_units: BTreeMap<String, usize>,
    /// What looks wrong.
    pub findings: Vec<Finding>,
    /// Indicators by year.
    pub indicators: Indicators,
    /// Where carbon dioxide comes from; empty if it is not known.
    pub emissions_from: String,
    /// Other countries.
    pub comparison: Comparison,
    /// The identity of Kaya by year.
    pub kaya: Vec<Kaya>,
    /// What changed emissions.
    pub decomposition: Option<Decomposition>,
    /// The yearly series that are correlated and projected.
    pub series: Vec<Series>,
    /// Their correlation.
    pub correlation: Correlation,
    /// Their projections.
    pub projections: Projections,
}

impl Analysis {
    /// Says all there is to say of a balance; emissions are decomposed between two years, the first
    /// and the last known if none are given.
    ///
    /// # Errors
    /// If emissions or their factors are not known in a year that was asked for.
    pub fn new(
        balance: &Balance<'_>,
        known: &Known,
        between: Option<(i32, i32)>,
    ) -> Result<Self, String> {
        let Known { drivers, emissions, countries } = known;
        let indicators = indicators::indicators(balance, drivers, emissions.as_ref());
        let kaya = match emissions {
            Some(emissions) => kaya::kaya(balance, drivers, emissions),
            None => Vec::new(),
        };
        let decomposition = match emissions {
            Some(emissions) => decompose(&kaya, emissions, between)?,
            None if between.is_some() => {
                return Err("no emissions are known, so none can be decomposed".to_owned());
            }
            None => None,
        };
        let series = series::series(balance, drivers, &indicators, correlation::FEWEST);
        let mut other_units = BTreeMap::new();
        for entry in balance.entries.iter().filter(|entry| !entry.is_energy()) {
            *other_units.entry(entry.unit.clone()).or_insert(0) += 1;
        }
        // population and GDP drive, they are not driven
        let driven: Vec<Series> = series
            .iter()
            .filter(|one| !DRIVERS.contains(&one.name.as_str()))
            .cloned()
            .collect();
        Ok(Self {
            region: balance.region.to_owned(),
            years: balance.years().collect(),
            money: drivers.money.clone(),
            other_units,
            findings: findings::findings(balance),
            comparison: countries
                .as_ref()
                .map(|countries| countries::compare(&indicators, countries))
                .unwrap_or_default(),
            indicators,
            emissions_from: emissions.as_ref().map_or(String::new(), |known| known.how.clone()),
            kaya,
            decomposition,
            correlation: correlation(&series),
            projections: projection::projections(&driven, drivers),
            series,
        })
    }

    /// Where each finding is written, as `file:line:column`.
    pub fn places(&self, files: &Files) -> Vec<String> {
        self.findings.iter().map(|finding| table::place(files, finding.place)).collect()
    }
}

/// Names of the series of drivers.
pub(crate) const DRIVERS: [&str; 2] = ["Population", "GDP"];

fn decompose(
    kaya: &[Kaya],
    emissions: &Emissions,
    between: Option<(i32, i32)>,
) -> Result<Option<Decomposition>, String> {
    let find = |year: i32| {
        kaya.iter().find(|one| one.year == year).ok_or_else(|| {
            let known: Vec<String> = kaya.iter().map(|one| one.year.to_string()).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            format!(
                "emissions, population, GDP and primary energy are not all known in {year}; years \
                 with all of them: {known}"
            )
        })
    };
    if let Some((from, to)) = between {
        return Ok(Some(lmdi::decompose(find(from)?, find(to)?, emissions)));
    }
    match (kaya.first(), kaya.last()) {
        (Some(first), Some(last)) if first.year < last.year => {
            Ok(Some(lmdi::decompose(first, last, emissions)))
        }
        _ => Ok(None),
    }
}
