//! The families that commodities are gathered into: coal with its products, oil with its.

use kzleap_model::{CommodityKind, Family};

/// A family of commodities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fuel {
    /// Coal, lignite, peat, coke and the gases of coke ovens.
    Coal,
    /// Crude oil, condensate and products of refineries.
    Oil,
    /// Natural gas.
    Gas,
    /// Heat of reactors.
    Nuclear,
    /// Hydropower.
    Hydro,
    /// Wind.
    Wind,
    /// Sun.
    Solar,
    /// Wood, waste and what is made of them.
    Biomass,
    /// Electricity as such.
    Electricity,
    /// Heat as such.
    Heat,
    /// Anything else.
    Other,
}

impl Fuel {
    /// The families in the order of charts and tables.
    pub const ALL: &[Self] = &[
        Self::Coal,
        Self::Oil,
        Self::Gas,
        Self::Nuclear,
        Self::Hydro,
        Self::Wind,
        Self::Solar,
        Self::Biomass,
        Self::Electricity,
        Self::Heat,
        Self::Other,
    ];

    /// That of a commodity of a kind and family, as far as they are said.
    pub fn new(kind: Option<CommodityKind>, family: Option<Family>) -> Self {
        match (kind, family) {
            (Some(CommodityKind::Electricity), _) => Self::Electricity,
            (Some(CommodityKind::Heat), _) => Self::Heat,
            (_, Some(family)) => Self::of_family(family),
            _ => Self::Other,
        }
    }

    const fn of_family(family: Family) -> Self {
        match family {
            Family::Coal | Family::Lignite | Family::CoalGas => Self::Coal,
            Family::Oil | Family::CrudeOil => Self::Oil,
            Family::Gas => Self::Gas,
            Family::Nuclear => Self::Nuclear,
            Family::Hydro => Self::Hydro,
            Family::Wind | Family::WindOnshore | Family::WindOffshore => Self::Wind,
            Family::Solar | Family::SolarPv | Family::SolarThermal => Self::Solar,
            Family::Biomass | Family::Biogas | Family::Biofuel | Family::Waste => Self::Biomass,
            _ => Self::Other,
        }
    }

    /// The family of the same colour.
    pub const fn family(self) -> Option<Family> {
        Some(match self {
            Self::Coal => Family::Coal,
            Self::Oil => Family::Oil,
            Self::Gas => Family::Gas,
            Self::Nuclear => Family::Nuclear,
            Self::Hydro => Family::Hydro,
            Self::Wind => Family::Wind,
            Self::Solar => Family::Solar,
            Self::Biomass => Family::Biomass,
            Self::Electricity => Family::Electric,
            Self::Heat => Family::Heat,
            Self::Other => return None,
        })
    }

    /// Its name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Coal => "coal",
            Self::Oil => "oil",
            Self::Gas => "gas",
            Self::Nuclear => "nuclear",
            Self::Hydro => "hydro",
            Self::Wind => "wind",
            Self::Solar => "solar",
            Self::Biomass => "biomass",
            Self::Electricity => "electricity",
            Self::Heat => "heat",
            Self::Other => "other",
        }
    }

    /// Whether it counts as the electricity that is made of it.
    pub const fn is_direct(self) -> bool {
        matches!(self, Self::Hydro | Self::Wind | Self::Solar)
    }

    /// Whether nature renews it.
    pub const fn is_renewable(self) -> bool {
        self.is_direct() || matches!(self, Self::Biomass)
    }
}
