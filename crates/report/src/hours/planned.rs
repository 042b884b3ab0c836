//! What a plan says of a year, as its tables have it.

use std::collections::BTreeMap;

use kzleap_accounts::Accounts;

use crate::{Sheet, tables};

/// What the tables of a plan say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Planned {
    /// What a class makes of a commodity: by region, class, commodity, year; in its unit a year.
    made: BTreeMap<[String; 4], f64>,
    /// What counts under a cap, or a trading scheme: by its name and year.
    emitted: BTreeMap<[String; 2], f64>,
}

impl Planned {
    /// What a plan says.
    pub fn of(accounts: &Accounts<'_>) -> Self {
        let csv = |sheet: Sheet<'_>| {
            let mut text = Vec::new();
            // writing to memory cannot fail
            let _ = sheet.write_csv(&mut text);
            String::from_utf8_lossy(&text).into_owned()
        };
        let made = csv(tables::generation::annual_sheet(accounts));
        let emitted = csv(tables::emission_caps::sheet(accounts));
        let covered = csv(tables::trading::sheet(accounts));
        Self::read(&made, &emitted, &covered).expect("tables of this program")
    }

    /// Reads `generation_annual`, `emission_caps` and `trading`.
    ///
    /// # Errors
    /// What is wrong, if they are no such tables.
    pub fn read(
        generation_annual: &str,
        emission_caps: &str,
        trading: &str,
    ) -> Result<Self, String> {
        let mut planned = Self::default();
        each(generation_annual, |[region, _, class, commodity, origin, _, year, value]| {
            if origin == "made" {
                let key = [region, class, commodity, year].map(ToOwned::to_owned);
                *planned.made.entry(key).or_default() += number(value)?;
            }
            Ok(())
        })?;
        for (table, counted) in [(emission_caps, "actual"), (trading, "covered")] {
            each(table, |[cap, item, _, year, value]| {
                if item == counted {
                    let key = [cap, year].map(ToOwned::to_owned);
                    planned.emitted.insert(key, number(value)?);
                }
                Ok(())
            })?;
        }
        Ok(planned)
    }

    /// What a class makes of a commodity in a year, in its unit.
    pub(super) fn made(&self, region: &str, class: &str, commodity: &str, year: i32) -> f64 {
        let key = [region, class, commodity, &year.to_string()].map(ToOwned::to_owned);
        self.made.get(&key).copied().unwrap_or_default()
    }

    /// What counts under a cap in a year.
    pub(super) fn emitted(&self, cap: &str, year: i32) -> Option<f64> {
        self.emitted.get(&[cap.to_owned(), year.to_string()]).copied()
    }
}

fn number(text: &str) -> Result<f64, String> {
    text.parse().map_err(|_| format!("`{text}` is not a number"))
}

/// Reads the first cells of every row.
fn each<const N: usize>(
    csv: &str,
    mut row: impl FnMut([&str; N]) -> Result<(), String>,
) -> Result<(), String> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        let cells: Vec<&str> = record.iter().take(N).collect();
        let found = cells.len();
        let cells = cells.try_into();
        row(cells.map_err(|_| format!("a row has {found} cells instead of {N}"))?)?;
    }
    Ok(())
}
