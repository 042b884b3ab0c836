//! Dimensions of quantities: the units they may be written in, and the one the model keeps.

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
    CostPerEnergy,
    Energy,
    EnergyPerYear,
    EmissionPerEnergy,
    Emission,
    EmissionPerYear,
    CostPerEmission,
    MoneyPerYear,
}

/// In what the model keeps the capacity of one process, storage or link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CapacityUnit {
    Gigawatt,
    PetajoulePerYear,
}

impl CapacityUnit {
    /// As reports write it.
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::Gigawatt => "GW",
            Self::PetajoulePerYear => "PJ/a",
        }
    }

    /// Activity of one unit running all year, PJ.
    pub(crate) fn to_activity(self) -> f64 {
        match self {
            Self::Gigawatt => {
                kzleap_model::units::PJ_PER_GWH * kzleap_model::units::HOURS_PER_YEAR
            }
            Self::PetajoulePerYear => 1.0,
        }
    }
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
        )
    }

    /// Units of the dimensions it may be written in, the usual one first. `USD` stands for the
    /// model's currency.
    pub(crate) const fn written(self) -> &'static [&'static str] {
        match self {
            Self::Ratio | Self::MoneyWorth => &["1"],
            Self::Hours => &["h"],
            Self::Days => &["d"],
            Self::Years | Self::CalendarYear => &["a"],
            Self::Capacity => &["GW"],
            Self::CapacityPerYear => &["GW/a", "GW"],
            Self::CostPerCapacity => &["USD/kW"],
            Self::CostPerCapacityYear => &["USD/kW/a"],
            Self::Content => &["GWh"],
            Self::ContentPerYear => &["GWh/a", "GWh"],
            Self::CostPerContent => &["USD/kWh"],
            Self::CostPerContentYear => &["USD/kWh/a"],
            Self::CostPerEnergy => &["USD/MWh"],
            Self::Energy => &["PJ"],
            Self::EnergyPerYear => &["PJ/a", "PJ"],
            Self::EmissionPerEnergy => &["kt/PJ"],
            Self::Emission => &["Mt"],
            Self::EmissionPerYear => &["Mt/a", "Mt"],
            Self::CostPerEmission => &["USD/t"],
            Self::MoneyPerYear => &["USD/a", "USD"],
        }
    }

    /// The unit the model keeps, for each of [`Dimension::written`].
    pub(crate) const fn kept(self, capacity: CapacityUnit) -> &'static [&'static str] {
        match (self, capacity) {
            (Self::Capacity, CapacityUnit::PetajoulePerYear) => &["PJ/a"],
            (Self::CapacityPerYear, CapacityUnit::PetajoulePerYear) => &["PJ/a/a", "PJ/a"],
            (Self::CostPerCapacity, CapacityUnit::Gigawatt) => &["MUSD/GW"],
            (Self::CostPerCapacity, CapacityUnit::PetajoulePerYear) => &["MUSD/(PJ/a)"],
            (Self::CostPerCapacityYear, CapacityUnit::Gigawatt) => &["MUSD/GW/a"],
            (Self::CostPerCapacityYear, CapacityUnit::PetajoulePerYear) => &["MUSD/(PJ/a)/a"],
            (Self::CostPerContent, _) => &["MUSD/GWh"],
            (Self::CostPerContentYear, _) => &["MUSD/GWh/a"],
            (Self::CostPerEnergy, _) => &["MUSD/PJ"],
            (Self::EmissionPerEnergy, _) => &["Mt/PJ"],
            (Self::CostPerEmission, _) => &["MUSD/Mt"],
            (Self::MoneyPerYear, _) => &["MUSD/a", "MUSD"],
            _ => self.written(),
        }
    }

    /// The largest number any energy system has, in the first unit it is written in. Money may be
    /// of a currency of which a dollar buys tens of thousands.
    pub(crate) const fn most(self) -> f64 {
        match self {
            Self::CalendarYear | Self::Capacity | Self::CapacityPerYear => 1e6,
            Self::Hours | Self::Days | Self::Years => 1e5,
            Self::EmissionPerEnergy => 1e6,
            Self::EnergyPerYear | Self::EmissionPerYear => 1e7,
            // profiles may be of power in any unit
            Self::Ratio
            | Self::MoneyWorth
            | Self::CostPerCapacity
            | Self::CostPerCapacityYear
            | Self::Content
            | Self::ContentPerYear
            | Self::CostPerContent
            | Self::CostPerContentYear
            | Self::CostPerEnergy
            | Self::CostPerEmission
            | Self::Energy
            | Self::Emission => 1e9,
            Self::MoneyPerYear => 1e15,
        }
    }

    /// Whether a unit of the right powers also reads right: a capacity for a year is energy, so
    /// powers alone cannot tell `USD/kW/a` from `USD/kWh`, nor `GW` from `PJ/a`.
    pub(crate) fn takes(self, unit: &str) -> bool {
        match self {
            Self::CostPerCapacityYear => unit.contains("/a"),
            Self::CostPerEnergy => !unit.contains("/a"),
            Self::EnergyPerYear => unit.contains('/') || !unit.ends_with('W'),
            _ => true,
        }
    }

    /// What it is, for messages: `expected …`.
    pub(crate) const fn noun(self) -> &'static str {
        match self {
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
            Self::Content => "a content of energy",
            Self::ContentPerYear => "content of energy a year",
            Self::CostPerContent => "a cost for each unit of content",
            Self::CostPerContentYear => "a cost for each unit of content and year",
            Self::CostPerEnergy => "a cost for each unit of energy",
            Self::Energy => "energy",
            Self::EnergyPerYear => "energy a year",
            Self::EmissionPerEnergy => "emissions for each unit of energy",
            Self::Emission => "emissions",
            Self::EmissionPerYear => "emissions a year",
            Self::CostPerEmission => "a price for each tonne",
            Self::MoneyPerYear => "money a year",
        }
    }
}
