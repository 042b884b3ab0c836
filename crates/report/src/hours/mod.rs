//! A plan beside what its capacities do in every hour of its years.

mod planned;
mod rows;

use kzleap_accounts::Accounts;
use kzleap_accounts::operation::{CapKept, TOLERANCE};
use serde::{Deserialize, Serialize};

pub use self::planned::Planned;
use crate::sheet::{Cell, Column, Sheet, columns as col, text};

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quantity {
    /// Demand that goes unserved.
    Unserved,
    /// Hours in which some of it does.
    UnservedHours,
    /// Emissions under a cap.
    Emissions,
    /// What the cap allows.
    Limit,
    /// What processes of a class make.
    Generation,
    /// What wind, sun and rivers of a class could have made and did not.
    Curtailed,
    /// What is made and thrown away.
    Surplus,
    /// Highest load.
    Peak,
    /// The price that a twentieth of the hours is below.
    PriceLow,
    /// The mean price over the hours.
    PriceMean,
    /// The price that a twentieth of the hours is above.
    PriceHigh,
    /// How often a storage is emptied of its whole content.
    Cycles,
}

impl Quantity {
    /// All of them, in the order of reports.
    pub const ALL: [Self; 12] = [
        Self::Unserved,
        Self::UnservedHours,
        Self::Emissions,
        Self::Limit,
        Self::Generation,
        Self::Curtailed,
        Self::Surplus,
        Self::Peak,
        Self::PriceLow,
        Self::PriceMean,
        Self::PriceHigh,
        Self::Cycles,
    ];

    /// Its name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unserved => "unserved",
            Self::UnservedHours => "unserved_hours",
            Self::Emissions => "emissions",
            Self::Limit => "limit",
            Self::Generation => "generation",
            Self::Curtailed => "curtailed",
            Self::Surplus => "surplus",
            Self::Peak => "peak",
            Self::PriceLow => "price_low",
            Self::PriceMean => "price_mean",
            Self::PriceHigh => "price_high",
            Self::Cycles => "cycles",
        }
    }
}

/// One figure of the hours, beside that of the plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The milestone year.
    pub year: i32,
    /// Where; empty for a cap.
    pub region: String,
    /// What is compared.
    pub quantity: Quantity,
    /// Of which class, storage or cap; empty where it is of a commodity alone.
    pub of: String,
    /// Of which commodity; empty for a storage or a cap.
    pub commodity: String,
    /// The unit of the numbers.
    pub unit: String,
    /// In the plan; `None` where its tables do not say.
    pub plan: Option<f64>,
    /// Over the hours.
    pub hours: f64,
}

/// A year in a few numbers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// The milestone year.
    pub year: i32,
    /// Whether all demand is met and every cap is kept, but for [`TOLERANCE`].
    pub holds: bool,
    /// Whether the dispatch is certified to be of least cost.
    pub certified: bool,
    /// Most demand of a commodity in a region that goes unserved, as a share.
    pub largest_unserved_share: f64,
    /// Share of what wind, sun and rivers could have made that is curtailed or thrown away.
    pub unused_share: f64,
    /// Largest excess over a cap, as a share of it, or of what is emitted if nothing is allowed; 0 if
    /// all are kept.
    pub largest_excess: f64,
}

/// A plan on the way to one that holds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Round {
    /// Time slices it was planned with.
    pub slices: usize,
    /// What it costs by itself, millions of the base year.
    pub planned: f64,
    /// What it costs with the years that were looked at operated hour by hour, unserved demand and
    /// emissions above caps at their prices.
    pub operated: f64,
    /// Whether it holds in all of these years.
    pub holds: bool,
}

/// What the hours make of a plan.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct HourCheck {
    /// Each year that was looked at.
    pub verdicts: Vec<Verdict>,
    /// All figures, by year.
    pub rows: Vec<Row>,
    /// The plans that were made until one held, the one that is given last; empty if periods were
    /// not chosen again.
    pub rounds: Vec<Round>,
}

impl HourCheck {
    /// Adds a year: the accounts of its hours, whether they are certified, and what counts under
    /// its caps.
    pub fn add(
        &mut self,
        year: i32,
        hours: &Accounts<'_>,
        certified: bool,
        caps: &[CapKept],
        planned: &Planned,
    ) {
        let y = kzleap_model::YearIx::new(0);
        let largest = |values: &mut dyn Iterator<Item = f64>| values.fold(0.0, f64::max);
        let unserved = largest(&mut hours.unserved(y).iter().map(|one| one.share));
        let kept = caps.iter().all(|cap| cap.is_kept(TOLERANCE));
        self.verdicts.push(Verdict {
            year,
            holds: unserved <= TOLERANCE && kept,
            certified,
            largest_unserved_share: unserved,
            unused_share: hours.unused_share(y),
            largest_excess: largest(&mut caps.iter().map(CapKept::excess)),
        });
        rows::add(&mut self.rows, year, hours, caps, planned);
    }

    /// Whether the plan holds in every year, by a dispatch that is certified.
    pub fn holds(&self) -> bool {
        self.verdicts.iter().all(|verdict| verdict.holds && verdict.certified)
    }

    /// The rows of a year and quantity.
    pub fn rows_of(&self, year: i32, quantity: Quantity) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| (row.year, row.quantity) == (year, quantity))
    }

    /// What is wrong in a year, in words; `None` if it holds.
    pub fn failure(&self, verdict: &Verdict) -> Option<String> {
        if verdict.holds && verdict.certified {
            return None;
        }
        let mut said = Vec::new();
        if verdict.largest_unserved_share > TOLERANCE {
            let share = percent(verdict.largest_unserved_share);
            said.push(format!("up to {share} of a demand goes unserved"));
        }
        if verdict.largest_excess > TOLERANCE {
            said.push(format!("a cap is broken by {}", percent(verdict.largest_excess)));
        }
        if !verdict.certified {
            said.push("the dispatch is not certified".to_owned());
        }
        Some(said.join(", "))
    }

    /// The table of all figures.
    pub fn sheet(&self) -> Sheet<'_> {
        const COLUMNS: &[Column] = &[
            col::REGION,
            Column { key: "quantity", meaning: "what is compared" },
            Column { key: "of", meaning: "class of processes, storage or cap" },
            col::COMMODITY,
            Column { key: "unit", meaning: "unit of `plan` and `hours`" },
            col::YEAR,
            Column { key: "plan", meaning: "in the plan; empty where that is not compared" },
            Column { key: "hours", meaning: "over all hours of the year" },
        ];
        let mut sheet = Sheet::new("hours", "The plan held against every hour", COLUMNS);
        for row in &self.rows {
            sheet.row([
                text(row.region.as_str()),
                text(row.quantity.name()),
                text(row.of.as_str()),
                text(row.commodity.as_str()),
                text(row.unit.as_str()),
                Cell::Year(row.year),
                row.plan.map_or(text(""), Cell::Number),
                Cell::Number(row.hours),
            ]);
        }
        sheet
    }
}

/// A share in percent, two digits of it.
pub(crate) fn percent(share: f64) -> String {
    let value = 100.0 * share;
    let decimals = if value >= 10.0 {
        0
    } else if value >= 1.0 {
        1
    } else {
        2
    };
    format!("{value:.decimals$} %")
}
