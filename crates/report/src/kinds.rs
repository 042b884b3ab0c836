//! What commodities and technologies are in the words of energy statistics: the one place where
//! a name decides what the IAMC table and the sections of the page take for electricity or coal.
//!
//! A model says of a commodity its unit and its tier, and of a process the row of the energy
//! balance it belongs to, but not which commodity is electricity and which is coal. Until it
//! declares that, it is told from names here: whatever needs it asks [`Kind::of`],
//! [`category_source`], [`captures`] or [`sector`]. What is not recognised is [`Kind::Unknown`],
//! counts in totals and stands under `Other`.

use kzleap_model::{CommodityIx, Model, Process};

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
    /// Energy that names do not tell.
    Unknown,
}

impl Kind {
    /// Of a commodity; `None` where it is not energy, or not known to be.
    pub fn of(model: &Model, commodity: CommodityIx) -> Option<Self> {
        let commodity = &model.commodities[commodity];
        commodity.is_energy().then(|| Self::of_name(&commodity.name))
    }

    fn of_name(name: &str) -> Self {
        let words: Vec<String> = words(name).collect();
        let any = |of: &[&str]| words.iter().any(|word| of.contains(&word.as_str()));
        if words.iter().any(|word| word.starts_with("electric")) {
            return Self::Electricity;
        }
        if any(&["heat", "steam"]) {
            return Self::Heat;
        }
        let Some((source, _)) = find(&words) else { return Self::Unknown };
        match source {
            Source::Hydrogen => Self::Hydrogen,
            direct if direct.is_direct() => Self::Direct(direct),
            source if any(&["crude", "condensate"]) => Self::Fuel(source, Form::Crude),
            Source::Oil => Self::Fuel(Source::Oil, Form::Liquids),
            source if source == Source::Gas || any(GASES) => Self::Fuel(source, Form::Gases),
            source if any(LIQUIDS) => Self::Fuel(source, Form::Liquids),
            source => Self::Fuel(source, Form::Solids),
        }
    }
}

const GASES: &[&str] = &["gas", "methane", "biogas", "biomethane", "syngas", "lng", "cng"];
const LIQUIDS: &[&str] = &["biodiesel", "biofuel", "biofuels", "ethanol", "methanol", "liquid"];

/// Words within a name, the source they mean, and a finer name of it; the first that fits counts.
const SOURCES: &[(&str, Source, Option<&str>)] = &[
    ("biomass", Source::Biomass, None),
    ("biogas", Source::Biomass, None),
    ("biomethane", Source::Biomass, None),
    ("biodiesel", Source::Biomass, None),
    ("biofuel", Source::Biomass, None),
    ("biofuels", Source::Biomass, None),
    ("ethanol", Source::Biomass, None),
    ("bio", Source::Biomass, None),
    ("wood", Source::Biomass, None),
    ("straw", Source::Biomass, None),
    ("coal", Source::Coal, None),
    ("coking", Source::Coal, None),
    ("coke", Source::Coal, None),
    ("lignite", Source::Coal, None),
    ("peat", Source::Coal, None),
    ("nuclear", Source::Nuclear, None),
    ("uranium", Source::Nuclear, None),
    ("smr", Source::Nuclear, None),
    ("geothermal", Source::Geothermal, None),
    ("hydro", Source::Hydro, None),
    ("river", Source::Hydro, None),
    ("offshore", Source::Wind, Some("Offshore")),
    ("onshore", Source::Wind, Some("Onshore")),
    ("wind", Source::Wind, None),
    ("csp", Source::Solar, Some("CSP")),
    ("pv", Source::Solar, Some("PV")),
    ("solar", Source::Solar, None),
    ("sun", Source::Solar, None),
    ("hydrogen", Source::Hydrogen, None),
    ("h2", Source::Hydrogen, None),
    ("crude", Source::Oil, None),
    ("condensate", Source::Oil, None),
    ("oil", Source::Oil, None),
    ("gasoline", Source::Oil, None),
    ("petrol", Source::Oil, None),
    ("diesel", Source::Oil, None),
    ("kerosene", Source::Oil, None),
    ("jet", Source::Oil, None),
    ("lpg", Source::Oil, None),
    ("naphtha", Source::Oil, None),
    ("mazut", Source::Oil, None),
    ("petroleum", Source::Oil, None),
    ("bitumen", Source::Oil, None),
    ("gas", Source::Gas, None),
    ("methane", Source::Gas, None),
    ("lng", Source::Gas, None),
    ("cng", Source::Gas, None),
    ("ccgt", Source::Gas, None),
    ("ocgt", Source::Gas, None),
];

/// The source that the category of a technology names, with a finer name such as `PV`; for what
/// takes no commodity that tells.
pub(crate) fn category_source(process: &Process) -> Option<(Source, Option<&'static str>)> {
    find(&words(&process.category).collect::<Vec<_>>())
        .or_else(|| find(&words(&process.name).collect::<Vec<_>>()))
}

/// Whether a technology keeps its carbon from the air.
pub(crate) fn captures(process: &Process) -> bool {
    words(&process.category).chain(words(&process.name)).any(|word| word == "ccs")
}

/// Who takes what end users take, in the words of statistics: the second word of a row of final
/// use, such as `final/industry/steel`.
pub(crate) fn sector(row: &str) -> Option<Sector> {
    let mut parts = row.split('/');
    if parts.next() != Some("final") {
        return None;
    }
    let name = parts.next()?.to_lowercase();
    SECTORS.iter().find(|(word, _)| name == *word).map(|(_, sector)| *sector)
}

/// A sector of final use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sector {
    Industry,
    Residential,
    Commercial,
    Transportation,
    Agriculture,
    NonEnergyUse,
}

const SECTORS: &[(&str, Sector)] = &[
    ("industry", Sector::Industry),
    ("households", Sector::Residential),
    ("residential", Sector::Residential),
    ("services", Sector::Commercial),
    ("commercial", Sector::Commercial),
    ("transport", Sector::Transportation),
    ("transportation", Sector::Transportation),
    ("agriculture", Sector::Agriculture),
    ("non-energy use", Sector::NonEnergyUse),
];

fn find(words: &[String]) -> Option<(Source, Option<&'static str>)> {
    SOURCES
        .iter()
        .find(|(word, ..)| words.iter().any(|w| w == word))
        .map(|(_, source, finer)| (*source, *finer))
}

/// The words of a name such as `solar_pv` or `Gas CCGT`, in lower case.
fn words(name: &str) -> impl Iterator<Item = String> + '_ {
    name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_kinds() {
        let oil = |form| Kind::Fuel(Source::Oil, form);
        for (name, kind) in [
            ("electricity_final", Kind::Electricity),
            ("room_heat_flats", Kind::Heat),
            ("hydrogen", Kind::Hydrogen),
            ("crude", oil(Form::Crude)),
            ("fuel_oil", oil(Form::Liquids)),
            ("lpg", oil(Form::Liquids)),
            ("coking_coal", Kind::Fuel(Source::Coal, Form::Solids)),
            ("coke_gas", Kind::Fuel(Source::Coal, Form::Gases)),
            ("associated_gas", Kind::Fuel(Source::Gas, Form::Gases)),
            ("biogas", Kind::Fuel(Source::Biomass, Form::Gases)),
            ("ethanol", Kind::Fuel(Source::Biomass, Form::Liquids)),
            ("biomass", Kind::Fuel(Source::Biomass, Form::Solids)),
            ("uranium", Kind::Direct(Source::Nuclear)),
            ("river", Kind::Direct(Source::Hydro)),
            ("machinery", Kind::Unknown),
        ] {
            assert_eq!(Kind::of_name(name), kind, "{name}");
        }
    }

    #[test]
    fn rows_tell_sectors() {
        assert_eq!(sector("final/industry/steel"), Some(Sector::Industry));
        assert_eq!(sector("final/households"), Some(Sector::Residential));
        assert_eq!(sector("final/demand"), None);
        assert_eq!(sector("transformation/industry"), None);
    }
}
