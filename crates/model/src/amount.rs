//! What commodities, capacities and emissions are counted in, and the unit the model keeps of each.
//!
//! A rule that needs to know what a number measures matches one of these types; the spelling of a
//! unit is for people.

use crate::units::{HOURS_PER_YEAR, PJ_PER_GWH};
use crate::words;

/// What an amount of a commodity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Amount {
    /// PJ.
    Energy,
    /// Mt.
    Mass,
    /// Passenger-kilometres, Gpkm.
    PassengerKm,
    /// Tonne-kilometres, Gtkm.
    TonneKm,
    /// Vehicle-kilometres, Gvkm.
    VehicleKm,
    /// Floor area, Mm2.
    Area,
    /// Dwellings, heads, vehicles.
    Things,
}

impl Amount {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Energy,
        Self::Mass,
        Self::PassengerKm,
        Self::TonneKm,
        Self::VehicleKm,
        Self::Area,
        Self::Things,
    ];

    /// The unit the model keeps.
    pub const fn unit(self) -> &'static str {
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

    /// The unit the model keeps of a rate: of so much each year.
    pub const fn yearly(self) -> &'static str {
        match self {
            Self::Energy => "PJ/a",
            Self::Mass => "Mt/a",
            Self::PassengerKm => "Gpkm/a",
            Self::TonneKm => "Gtkm/a",
            Self::VehicleKm => "Gvkm/a",
            Self::Area => "Mm2/a",
            Self::Things => "million/a",
        }
    }

    /// The unit in which people write what is said for each one of it.
    pub const fn one(self) -> &'static str {
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
    pub const fn noun(self) -> &'static str {
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
    pub const fn emissions(self) -> &'static str {
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
    pub fn for_each(self, other: Self) -> String {
        let own = match (self, other) {
            (Self::Energy, Self::PassengerKm | Self::TonneKm | Self::VehicleKm) => "MJ",
            (Self::Energy, _) => "GJ",
            _ => self.one(),
        };
        let one = if other == Self::Energy { "GJ" } else { other.one() };
        format!("{own}/{one}")
    }
}

/// What one unit of a capacity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CapacityUnit {
    /// A GW of power.
    Gigawatt,
    /// The unit of an amount each year: `PJ/a`, `Mt/a`.
    PerYear(Amount),
    /// What a storage holds: a GWh of energy, else the unit of the amount.
    Content(Amount),
    /// A whole transmission line, as imported models count them.
    Line,
    /// Whatever an imported model means: it names no unit.
    Unknown,
}

impl CapacityUnit {
    /// As reports write it; empty if it is not known.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Gigawatt => "GW",
            Self::PerYear(amount) => amount.yearly(),
            Self::Content(Amount::Energy) => "GWh",
            Self::Content(amount) => amount.unit(),
            Self::Line => "line",
            Self::Unknown => "",
        }
    }

    /// What it is a capacity to make or to hold, as far as that is known.
    pub const fn amount(self) -> Option<Amount> {
        match self {
            Self::Gigawatt => Some(Amount::Energy),
            Self::PerYear(amount) | Self::Content(amount) => Some(amount),
            Self::Line | Self::Unknown => None,
        }
    }

    /// Activity of one unit running all year, in the unit kept of it.
    pub fn to_activity(self) -> f64 {
        match self {
            Self::Gigawatt => PJ_PER_GWH * HOURS_PER_YEAR,
            Self::PerYear(_) | Self::Content(_) | Self::Line | Self::Unknown => 1.0,
        }
    }
}

words! {
    /// A unit of mass that an emission may be kept in.
    MassUnit {
        /// Gigatonnes.
        Gt = "Gt",
        /// Megatonnes.
        Mt = "Mt",
        /// Kilotonnes.
        Kt = "kt",
        /// Tonnes.
        T = "t",
        /// Kilogrammes.
        Kg = "kg",
        /// Grammes.
        G = "g",
        /// Milligrammes.
        Mg = "mg",
    }
}

impl MassUnit {
    /// Those that emissions may be kept in.
    pub const OF_EMISSIONS: &[&str] = Self::WORDS.split_at(1).1;

    /// How many of it are one Mt.
    pub const fn in_one_megatonne(self) -> f64 {
        match self {
            Self::Gt => 1e-3,
            Self::Mt => 1.0,
            Self::Kt => 1e3,
            Self::T => 1e6,
            Self::Kg => 1e9,
            Self::G => 1e12,
            Self::Mg => 1e15,
        }
    }
}
