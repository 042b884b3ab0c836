//! Kinds of amounts that commodities are counted in, and the unit the model keeps of each.

/// What an amount of a commodity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Amount {
    Energy,
    Mass,
    PassengerKm,
    TonneKm,
    VehicleKm,
    Area,
    /// Dwellings, heads, vehicles.
    Things,
}

impl Amount {
    /// All of them.
    pub(crate) const ALL: [Self; 7] = [
        Self::Energy,
        Self::Mass,
        Self::PassengerKm,
        Self::TonneKm,
        Self::VehicleKm,
        Self::Area,
        Self::Things,
    ];

    /// The unit the model keeps.
    pub(crate) const fn unit(self) -> &'static str {
        match self {
            Self::Energy => "PJ",
            Self::Mass => "Mt",
            Self::PassengerKm => "Gpkm",
            Self::TonneKm => "Gtkm",
            Self::VehicleKm => "Gvkm",
            Self::Area => "Mm2",
            Self::Things => "million",
        }
    }

    /// The unit in which people write what is said for each one of it.
    pub(crate) const fn one(self) -> &'static str {
        match self {
            Self::Energy => "MWh",
            Self::Mass => "t",
            Self::PassengerKm => "pkm",
            Self::TonneKm => "tkm",
            Self::VehicleKm => "vkm",
            Self::Area => "m2",
            Self::Things => "unit",
        }
    }

    /// What it is, for messages.
    pub(crate) const fn noun(self) -> &'static str {
        match self {
            Self::Energy => "energy",
            Self::Mass => "mass",
            Self::PassengerKm => "passenger-km",
            Self::TonneKm => "tonne-km",
            Self::VehicleKm => "vehicle-km",
            Self::Area => "floor area",
            Self::Things => "a number of things",
        }
    }

    /// The unit in which people write emissions of one of it.
    pub(crate) const fn emissions(self) -> &'static str {
        match self {
            Self::Energy => "kt/PJ",
            Self::Mass => "t/t",
            Self::PassengerKm => "g/pkm",
            Self::TonneKm => "g/tkm",
            Self::VehicleKm => "g/vkm",
            Self::Area => "kg/m2",
            Self::Things => "t/unit",
        }
    }

    /// The unit in which people write how much of it goes with one of another.
    pub(crate) fn for_each(self, other: Self) -> String {
        let own = match (self, other) {
            (Self::Energy, Self::PassengerKm | Self::TonneKm | Self::VehicleKm) => "MJ",
            (Self::Energy, _) => "GJ",
            _ => self.one(),
        };
        let one = if other == Self::Energy { "GJ" } else { other.one() };
        format!("{own}/{one}")
    }
}

/// In what the model keeps the capacity of one process, storage or link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CapacityUnit {
    /// GW of energy.
    Gigawatt,
    /// The unit of an amount each year.
    PerYear(Amount),
}

impl CapacityUnit {
    /// As reports write it.
    pub(crate) fn text(self) -> String {
        match self {
            Self::Gigawatt => "GW".to_owned(),
            Self::PerYear(amount) => format!("{}/a", amount.unit()),
        }
    }

    /// The unit that reports write so.
    pub(crate) fn named(text: &str) -> Self {
        let amount =
            Amount::ALL.into_iter().find(|amount| Self::PerYear(*amount).text() == text);
        amount.map_or(Self::Gigawatt, Self::PerYear)
    }

    /// What it is a capacity to make.
    pub(crate) const fn amount(self) -> Amount {
        match self {
            Self::Gigawatt => Amount::Energy,
            Self::PerYear(amount) => amount,
        }
    }

    /// Activity of one unit running all year, in the unit kept of it.
    pub(crate) fn to_activity(self) -> f64 {
        match self {
            Self::Gigawatt => {
                kzleap_model::units::PJ_PER_GWH * kzleap_model::units::HOURS_PER_YEAR
            }
            Self::PerYear(_) => 1.0,
        }
    }
}
