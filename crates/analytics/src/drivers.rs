//! Population and GDP: what indicators are per, and what regressions follow.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use kzleap_diagnostics::{Diagnostic, Diagnostics};
use kzleap_input::Files;
use kzleap_input::csv_file::{Cell, around};
use kzleap_model::kind::DriverKind;

use crate::balance::{Balance, ByYear};
use crate::kinds::Kinds;
use crate::row::Row;
use crate::table::{ALL, Entry, number, read_rows, whole_year};

/// Population and GDP by year, as far as they are known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drivers {
    /// Million people.
    pub population: ByYear,
    /// Billion of `money`, at constant prices.
    pub gdp: ByYear,
    /// The money of GDP, such as `USD2015`; empty if it has none.
    pub money: String,
}

impl Drivers {
    /// Reads a table with the columns `driver`, `year`, `value` and `unit`, and perhaps `region`; of drivers
    /// that `kinds` knows as population or GDP.
    ///
    /// Rows of `region` are taken, else those without one; for all regions together (`*`) they are
    /// added up. What is wrong is said in `diags`; units that do not serve are warned about.
    pub fn read(
        path: &Path,
        kinds: &Kinds,
        region: &str,
        files: &mut Files,
        diags: &mut Diagnostics,
    ) -> Option<Self> {
        let rows = read_rows(path, files, diags)?;
        let mut at = |name: &str| {
            let found = rows.header.iter().position(|cell| cell.text == name);
            if found.is_none() {
                let message = format!("the table of drivers has no column `{name}`");
                diags.push(
                    Diagnostic::error("missing-column", message, around(&rows.header), "")
                        .hint(
                            "its columns are driver, year, value and unit, and perhaps region",
                        ),
                );
            }
            found
        };
        let (driver, year, value, unit) = (at("driver"), at("year"), at("value"), at("unit"));
        let columns = [driver?, year?, value?, unit?];
        let region_at = rows.header.iter().position(|cell| cell.text == "region");
        let mut people = Given::default();
        let mut gdp = Given::default();
        let mut unfit = BTreeSet::new();
        for row in &rows.rows {
            let [driver, year, value, unit] = columns.map(|at| &row[at]);
            let name = driver.text.as_str();
            let Some(kind) = kinds.driver(name).filter(|_| !value.text.is_empty()) else {
                continue;
            };
            let is_money = kind == DriverKind::Gdp;
            let Some((factor, money)) = factor(is_money, unit.text.as_str()) else {
                // once for each series, not for each of its years
                let here = region_at.map_or("", |at| row[at].text.as_str());
                if unfit.insert((name, here, unit.text.as_str())) {
                    diags.push(bad_unit(is_money, unit));
                }
                continue;
            };
            let when = whole_year(year, diags);
            let (Some(when), Some(amount)) = (when, number(value, diags)) else { continue };
            if amount <= 0.0 {
                let message = format!("{name} is {amount}, but it must be above zero");
                diags.push(Diagnostic::error("bad-number", message, value.span, ""));
                continue;
            }
            let given = if is_money { &mut gdp } else { &mut people };
            let here = region_at.map_or("", |at| row[at].text.as_str());
            given.values.insert((when, here.to_owned()), amount * factor);
            given.money = money.to_owned();
        }
        let money = gdp.money.clone();
        Some(Self { population: people.of(region), gdp: gdp.of(region), money })
    }

    /// Population from the rows `population` of a table.
    pub fn given(balance: &Balance<'_>) -> Self {
        let rows = balance.entries.iter().filter(|entry| entry.row == Row::Population);
        let people =
            |entry: &&Entry| Some((entry.year, entry.value * million_people(&entry.unit)?));
        Self { population: rows.filter_map(people).collect(), ..Self::default() }
    }

    /// Million people in a year; between the years given on a straight line.
    pub fn population(&self, year: i32) -> Option<f64> {
        between(&self.population, year)
    }

    /// Billion of money in a year, in the same way.
    pub fn gdp(&self, year: i32) -> Option<f64> {
        between(&self.gdp, year)
    }
}

/// Values of a driver as given.
#[derive(Clone, Debug, Default)]
struct Given {
    /// By year and region; the region is empty where there is none.
    values: BTreeMap<(i32, String), f64>,
    money: String,
}

impl Given {
    /// Those of a region, else those without one; all regions together for [`ALL`].
    fn of(&self, region: &str) -> ByYear {
        let own = |wanted: &str| -> ByYear {
            let values = self.values.iter().filter(|((_, here), _)| here == wanted);
            values.map(|((year, _), value)| (*year, *value)).collect()
        };
        let found = if own(region).is_empty() { own("") } else { own(region) };
        if !found.is_empty() || region != ALL {
            return found;
        }
        let mut sum = ByYear::new();
        for ((year, _), value) in &self.values {
            *sum.entry(*year).or_insert(0.0) += value;
        }
        sum
    }
}

/// What one of a unit is in millions of people or billions of money, and the money.
fn factor(is_money: bool, unit: &str) -> Option<(f64, &str)> {
    match is_money {
        true => billions(unit),
        false => million_people(unit).map(|factor| (factor, "")),
    }
}

fn bad_unit(is_money: bool, unit: &Cell) -> Diagnostic {
    let (what, hint) = match is_money {
        true => ("GDP", "GDP is in bn, million or thousand of a currency-year: `bn USD2015`"),
        false => ("population", "population is in million, thousand or persons"),
    };
    let message = format!("`{}` is no unit of {what}: the series is left out", unit.text);
    Diagnostic::warning("bad-unit", message, unit.span, "").hint(hint)
}

/// On a straight line between the years given; nothing before the first or after the last.
fn between(values: &ByYear, year: i32) -> Option<f64> {
    if let Some(value) = values.get(&year) {
        return Some(*value);
    }
    let (y0, v0) = values.range(..year).next_back()?;
    let (y1, v1) = values.range(year..).next()?;
    Some(v0 + (v1 - v0) * f64::from(year - y0) / f64::from(y1 - y0))
}

fn million_people(unit: &str) -> Option<f64> {
    match unit {
        "million" => Some(1.0),
        "thousand" => Some(1e-3),
        "persons" | "people" | "head" => Some(1e-6),
        _ => None,
    }
}

/// Sizes of money, in billions, as they are written before it; models write them without a space.
const SIZES: &[(&str, f64)] = &[
    ("bn", 1.0),
    ("billion", 1.0),
    ("G", 1.0),
    ("million", 1e-3),
    ("M", 1e-3),
    ("thousand", 1e-6),
    ("k", 1e-6),
    ("", 1e-9),
];

/// `bn USD2015` or `bnUSD2015` as what one of it is in billions, and `USD2015`.
fn billions(unit: &str) -> Option<(f64, &str)> {
    SIZES.iter().find_map(|(size, factor)| {
        let rest = unit.strip_prefix(size)?;
        let money = rest.trim_start();
        let apart = !size.is_empty() && money.len() < rest.len() && !money.is_empty();
        (apart || is_money(money)).then_some((*factor, money))
    })
}

/// Whether it is a currency-year such as `USD2015`.
fn is_money(text: &str) -> bool {
    text.split_at_checked(3).is_some_and(|(code, year)| {
        code.bytes().all(|byte| byte.is_ascii_uppercase())
            && year.len() == 4
            && year.bytes().all(|byte| byte.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::{ByYear, between, billions};

    #[test]
    fn years_between_lie_on_a_line_and_none_beyond() {
        let values = ByYear::from([(2000, 10.0), (2010, 20.0)]);
        let at = |year| between(&values, year);
        assert_eq!([at(2000), at(2003), at(2010)], [Some(10.0), Some(13.0), Some(20.0)]);
        assert_eq!([at(1999), at(2011)], [None, None]);
    }

    #[test]
    fn money_has_a_size_and_a_currency_year() {
        assert_eq!(billions("bn USD2015"), Some((1.0, "USD2015")));
        assert_eq!(billions("million KZT2023"), Some((1e-3, "KZT2023")));
        assert_eq!(billions("bnUSD2023"), Some((1.0, "USD2023")));
        assert_eq!(billions("MKZT2023"), Some((1e-3, "KZT2023")));
        assert_eq!(billions("USD2023"), Some((1e-9, "USD2023")));
        for none in ["2023 = 1", "bn", "MW", "bnUSD", "GUSD20235", "PJ"] {
            assert_eq!(billions(none), None, "{none}");
        }
    }
}
