//! What commodities and technologies are in the words of energy statistics, as the model says it:
//! what the IAMC table and the sections of the page take for electricity or coal.
//!
//! What a model does not say is [`Kind::Unknown`], counts in totals and is listed under `Other`.

use kzleap_model::{
    CommodityIx, CommodityKind, EmissionIx, Family, Gas, Model, Process, SectorKind,
};

/// A source of energy in the words of statistics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// Wood, straw, waste of plants, and what is made of them.
    Biomass,
    /// Coal, lignite, coke and the gases made of them.
    Coal,
    /// Crude oil and its products.
    Oil,
    /// Natural gas.
    Gas,
    /// Uranium.
    Nuclear,
    /// Rivers.
    Hydro,
    /// Wind.
    Wind,
    /// The sun.
    Solar,
    /// Heat of the earth.
    Geothermal,
    /// Hydrogen, where something else is made of it.
    Hydrogen,
    /// Electricity, where something else is made of it.
    Electricity,
    /// Anything else.
    Other,
}

impl Source {
    /// All of them.
    pub(crate) const ALL: [Self; 12] = [
        Self::Biomass,
        Self::Coal,
        Self::Oil,
        Self::Gas,
        Self::Nuclear,
        Self::Hydro,
        Self::Wind,
        Self::Solar,
        Self::Geothermal,
        Self::Hydrogen,
        Self::Electricity,
        Self::Other,
    ];

    /// The family whose colour it has.
    pub(crate) const fn family(self) -> Option<Family> {
        Some(match self {
            Self::Biomass => Family::Biomass,
            Self::Coal => Family::Coal,
            Self::Oil => Family::Oil,
            Self::Gas => Family::Gas,
            Self::Nuclear => Family::Nuclear,
            Self::Hydro => Family::Hydro,
            Self::Wind => Family::Wind,
            Self::Solar => Family::Solar,
            Self::Geothermal => Family::Geothermal,
            Self::Hydrogen => Family::Hydrogen,
            Self::Electricity | Self::Other => return None,
        })
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Biomass => "Biomass",
            Self::Coal => "Coal",
            Self::Oil => "Oil",
            Self::Gas => "Gas",
            Self::Nuclear => "Nuclear",
            Self::Hydro => "Hydro",
            Self::Wind => "Wind",
            Self::Solar => "Solar",
            Self::Geothermal => "Geothermal",
            Self::Hydrogen => "Hydrogen",
            Self::Electricity => "Electricity",
            Self::Other => "Other",
        }
    }

    /// Whether its energy counts as primary in the form of what is made of it: there is no fuel,
    /// or none whose heat is measured alike everywhere (direct equivalent).
    pub const fn is_direct(self) -> bool {
        matches!(
            self,
            Self::Nuclear | Self::Hydro | Self::Wind | Self::Solar | Self::Geothermal
        )
    }

    /// Whether it is a fossil fuel.
    pub const fn is_fossil(self) -> bool {
        matches!(self, Self::Coal | Self::Oil | Self::Gas)
    }
}

/// The form of a fuel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// Coal, coke, wood.
    Solids,
    /// Oil products, biofuels.
    Liquids,
    /// Natural gas, biogas.
    Gases,
    /// Oil before the refinery.
    Crude,
}

/// What a commodity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Electricity at any voltage.
    Electricity,
    /// Heat in networks; and useful heat, which only devices in rows of final use make.
    Heat,
    /// Hydrogen.
    Hydrogen,
    /// A fuel that is mined, grown, traded or made of others.
    Fuel(Source, Form),
    /// What plants take from nature or by its energy content: water of a river, wind, uranium.
    Direct(Source),
    /// Energy of which the model does not say what it is.
    Unknown,
}

impl Kind {
    /// Of a commodity; `None` where it is not energy, or not known to be.
    pub fn of(model: &Model, commodity: CommodityIx) -> Option<Self> {
        let commodity = &model.commodities[commodity];
        commodity.is_energy().then(|| match commodity.kind {
            Some(CommodityKind::Electricity) => Self::Electricity,
            Some(CommodityKind::Heat) => Self::Heat,
            None | Some(CommodityKind::Fuel | CommodityKind::Natural) => {
                commodity.family.map_or(Self::Unknown, Self::of_family)
            }
            Some(_) => Self::Unknown,
        })
    }

    fn of_family(family: Family) -> Self {
        let Some((source, _)) = source(family) else { return Self::Unknown };
        let form = match family {
            Family::Lignite | Family::Coal | Family::Biomass => Form::Solids,
            Family::Biofuel | Family::Oil => Form::Liquids,
            Family::CoalGas | Family::Biogas | Family::Gas => Form::Gases,
            Family::CrudeOil => Form::Crude,
            Family::Hydrogen => return Self::Hydrogen,
            _ => return Self::Direct(source),
        };
        Self::Fuel(source, form)
    }
}

/// The source that a family is of, with a finer name of it such as `PV`.
const fn source(family: Family) -> Option<(Source, Option<&'static str>)> {
    Some(match family {
        Family::Nuclear => (Source::Nuclear, None),
        Family::Lignite | Family::Coal | Family::CoalGas => (Source::Coal, None),
        Family::Biomass | Family::Biogas | Family::Biofuel => (Source::Biomass, None),
        Family::Gas => (Source::Gas, None),
        Family::CrudeOil | Family::Oil => (Source::Oil, None),
        Family::Geothermal => (Source::Geothermal, None),
        Family::Hydro => (Source::Hydro, None),
        Family::Wind => (Source::Wind, None),
        Family::WindOnshore => (Source::Wind, Some("Onshore")),
        Family::WindOffshore => (Source::Wind, Some("Offshore")),
        Family::Solar => (Source::Solar, None),
        Family::SolarPv => (Source::Solar, Some("PV")),
        Family::SolarThermal => (Source::Solar, Some("CSP")),
        Family::Hydrogen => (Source::Hydrogen, None),
        Family::Waste
        | Family::Electric
        | Family::Heat
        | Family::Storage
        | Family::Network
        | Family::Removal => return None,
    })
}

/// The source that a family is of.
pub(crate) fn source_of(family: Family) -> Option<Source> {
    source(family).map(|(source, _)| source)
}

/// The source that the family of a technology names, with a finer name such as `PV`; for what
/// takes no commodity that tells.
pub(crate) fn named_source(process: &Process) -> Option<(Source, Option<&'static str>)> {
    process.family.and_then(source)
}

/// Whether a technology keeps carbon from the air: it captures that of its inputs, or takes out
/// what grew in them.
pub(crate) fn captures(model: &Model, process: &Process) -> bool {
    let is_co2 = |e: EmissionIx| model.emissions[e].gas == Some(Gas::Co2);
    let mut own = process.modes.iter().flat_map(|mode| &mode.emissions);
    process.captures || own.any(|(e, factor)| is_co2(*e) && factor.range().0 < 0.0)
}

/// Who takes what end users take, in the words of statistics: the sector of a row of final use,
/// such as `final/industry/steel`.
pub(crate) fn sector(model: &Model, row: &str) -> Option<SectorKind> {
    model.sector(kzleap_accounts::sectors::of_final_use(row)?)?.kind
}
