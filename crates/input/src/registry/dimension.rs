//! Dimensions of quantities: the units they may be written in, and the one the model keeps.

use super::{Amount, CapacityUnit};
use crate::units::Spelled;

/// What kind of quantity it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dimension {
    Ratio,
    Hours,
    Days,
    Years,
    /// A calendar year.
    CalendarYear,
    /// One money in another.
    MoneyWorth,
    Capacity,
    CapacityPerYear,
    CostPerCapacity,
    CostPerCapacityYear,
    Content,
    ContentPerYear,
    CostPerContent,
    CostPerContentYear,
    CostPerAmount,
    /// An amount of what the item makes, uses or carries.
    Amount,
    AmountPerYear,
    /// The first for each unit of the second, which is another.
    Flow(Amount, Amount),
    EmissionPerAmount,
    /// Energy for each unit of mass, of volume or for each barrel.
    HeatValue,
    Emission,
    EmissionPerYear,
    CostPerEmission,
    MoneyPerYear,
    /// Whatever the unit of the item itself measures.
    Own,
}

impl Dimension {
    /// Whether a value needs a unit beside it.
    pub(crate) const fn needs_unit(self) -> bool {
        !matches!(
            self,
            Self::Ratio
                | Self::Hours
                | Self::Days
                | Self::Years
                | Self::CalendarYear
                | Self::MoneyWorth
                | Self::Own
        )
    }

    /// Whether it is a capacity, or one a year.
    pub(crate) const fn is_capacity(self) -> bool {
        matches!(self, Self::Capacity | Self::CapacityPerYear)
    }

    /// The unit of what is always written in the same one, such as years of life; empty for others.
    pub(crate) fn natural(self) -> String {
        match self {
            Self::Hours | Self::Days | Self::Years => self.usual(),
            _ => String::new(),
        }
    }

    /// The unit it is usually written in, for what is counted in energy.
    pub(crate) fn usual(self) -> String {
        let units = self.units(Amount::Energy, CapacityUnit::Gigawatt);
        units.into_iter().next().map_or_else(String::new, |(usual, _)| usual)
    }

    /// Units of the dimensions it may be written in, the usual one first, each with the one the
    /// model keeps. `USD` stands for the model's currency.
    pub(crate) fn units(self, amount: Amount, capacity: CapacityUnit) -> Vec<(String, String)> {
        let (unit, one) = (amount.unit(), amount.one());
        let is_energy = amount == Amount::Energy;
        let rated = capacity.text().to_owned();
        let (usual, per_usual) = match capacity.amount() {
            Some(Amount::Energy) | None => ("GW".to_owned(), "kW".to_owned()),
            Some(other) => (rated.clone(), format!("({}/a)", other.one())),
        };
        let per_rated = match capacity {
            CapacityUnit::Gigawatt => rated.clone(),
            _ => format!("({rated})"),
        };
        let (content, per_content) = if is_energy { ("GWh", "kWh") } else { (unit, one) };
        let same = |unit: &str| (unit.to_owned(), unit.to_owned());
        match self {
            Self::Ratio | Self::MoneyWorth => vec![same("1")],
            Self::Own => Vec::new(), // the item says it
            Self::Hours => vec![same("h")],
            Self::Days => vec![same("d")],
            Self::Years | Self::CalendarYear => vec![same("a")],
            Self::Capacity => vec![(usual, rated)],
            Self::CapacityPerYear => {
                vec![(format!("{usual}/a"), format!("{rated}/a")), (usual, rated)]
            }
            Self::CostPerCapacity => {
                vec![(format!("USD/{per_usual}"), format!("MUSD/{per_rated}"))]
            }
            Self::CostPerCapacityYear => {
                vec![(format!("USD/{per_usual}/a"), format!("MUSD/{per_rated}/a"))]
            }
            Self::Content => vec![same(content)],
            Self::ContentPerYear => vec![same(&format!("{content}/a")), same(content)],
            Self::CostPerContent => {
                vec![(format!("USD/{per_content}"), format!("MUSD/{content}"))]
            }
            Self::CostPerContentYear => {
                vec![(format!("USD/{per_content}/a"), format!("MUSD/{content}/a"))]
            }
            Self::CostPerAmount => vec![(format!("USD/{one}"), format!("MUSD/{unit}"))],
            Self::Amount => vec![same(unit)],
            Self::AmountPerYear => vec![same(&format!("{unit}/a")), same(unit)],
            Self::Flow(of, per) => {
                vec![(of.for_each(per), format!("{}/{}", of.unit(), per.unit()))]
            }
            Self::EmissionPerAmount => {
                vec![(amount.emissions().to_owned(), format!("Mt/{unit}"))]
            }
            Self::HeatValue => vec![
                ("GJ/t".to_owned(), "PJ/Mt".to_owned()),
                ("MJ/m3".to_owned(), "PJ/bcm".to_owned()),
                ("GJ/bbl".to_owned(), "PJ/(million bbl)".to_owned()),
            ],
            Self::Emission => vec![same("Mt")],
            Self::EmissionPerYear => vec![same("Mt/a"), same("Mt")],
            Self::CostPerEmission => vec![("USD/t".to_owned(), "MUSD/Mt".to_owned())],
            Self::MoneyPerYear => {
                vec![
                    ("USD/a".to_owned(), "MUSD/a".to_owned()),
                    ("USD".to_owned(), "MUSD".to_owned()),
                ]
            }
        }
    }

    /// Whether its unit follows that of what an item makes, uses or carries.
    pub(crate) const fn follows_amount(self) -> bool {
        matches!(
            self,
            Self::Capacity
                | Self::CapacityPerYear
                | Self::CostPerCapacity
                | Self::CostPerCapacityYear
                | Self::Content
                | Self::ContentPerYear
                | Self::CostPerContent
                | Self::CostPerContentYear
                | Self::CostPerAmount
                | Self::Amount
                | Self::AmountPerYear
                | Self::EmissionPerAmount
        )
    }

    /// The largest number any energy system has, in the first unit it is written in. Money may be
    /// of a currency of which a dollar buys tens of thousands.
    pub(crate) const fn most(self) -> f64 {
        match self {
            Self::CalendarYear | Self::Capacity | Self::CapacityPerYear => 1e6,
            Self::Hours | Self::Days | Self::Years => 1e5,
            Self::EmissionPerAmount => 1e6,
            Self::AmountPerYear | Self::EmissionPerYear => 1e7,
            // profiles may be of power in any unit
            Self::Ratio
            | Self::MoneyWorth
            | Self::CostPerCapacity
            | Self::CostPerCapacityYear
            | Self::Content
            | Self::ContentPerYear
            | Self::CostPerContent
            | Self::CostPerContentYear
            | Self::CostPerAmount
            | Self::Amount
            | Self::Flow(..)
            | Self::HeatValue
            | Self::Emission => 1e9,
            // a poison is priced by the gramme
            Self::CostPerEmission | Self::MoneyPerYear | Self::Own => 1e15,
        }
    }

    /// Whether a unit of the right powers is also spelled right ([`Spelled`]).
    pub(crate) const fn takes(self, spelled: Spelled) -> bool {
        match self {
            Self::CostPerCapacityYear => spelled.year,
            Self::CostPerAmount => !spelled.year,
            Self::AmountPerYear => spelled.year || !spelled.power,
            _ => true,
        }
    }

    /// What it is, for messages: `expected …`.
    pub(crate) fn noun(self, amount: Amount) -> String {
        let rate = format!("{} a year", amount.noun());
        let other = amount != Amount::Energy;
        let noun = match self {
            Self::Capacity if other => return rate,
            Self::CostPerCapacity if other => return format!("a cost for each unit of {rate}"),
            Self::CostPerCapacityYear if other => {
                return format!("a cost for each unit of {rate}, and year");
            }
            Self::AmountPerYear => return rate,
            Self::Ratio => "a ratio",
            Self::Hours => "hours",
            Self::Days => "days",
            Self::Years => "years",
            Self::CalendarYear => "a calendar year",
            Self::MoneyWorth => "the worth of one money in another",
            Self::Capacity => "a capacity",
            Self::CapacityPerYear => "capacity a year",
            Self::CostPerCapacity => "a cost for each unit of capacity",
            Self::CostPerCapacityYear => "a cost for each unit of capacity and year",
            Self::Content => return format!("a content of {}", amount.noun()),
            Self::ContentPerYear => return format!("content of {} a year", amount.noun()),
            Self::CostPerContent => "a cost for each unit of content",
            Self::CostPerContentYear => "a cost for each unit of content and year",
            Self::CostPerAmount => return format!("a cost for each unit of {}", amount.noun()),
            Self::Amount => amount.noun(),
            Self::Flow(of, per) => {
                return format!("{} for each unit of {}", of.noun(), per.noun());
            }
            Self::EmissionPerAmount => {
                return format!("emissions for each unit of {}", amount.noun());
            }
            Self::HeatValue => "energy for each unit of mass or of volume",
            Self::Emission => "emissions",
            Self::EmissionPerYear => "emissions a year",
            Self::CostPerEmission => "a price for each tonne",
            Self::MoneyPerYear => "money a year",
            Self::Own => "what its unit measures",
        };
        noun.to_owned()
    }
}
