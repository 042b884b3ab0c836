//! What version 1 read from names. Nothing else reads a name to know what a thing is.

/// Words within the name of a commodity or a category, the family they mean, and a finer one that
/// a second word makes of it; the first that fits counts.
const FAMILIES: &[(&str, &str)] = &[
    ("biomass", "biomass"),
    ("biogas", "biogas"),
    ("biomethane", "biogas"),
    ("biodiesel", "biofuel"),
    ("biofuel", "biofuel"),
    ("biofuels", "biofuel"),
    ("ethanol", "biofuel"),
    ("bio", "biomass"),
    ("wood", "biomass"),
    ("straw", "biomass"),
    ("lignite", "lignite"),
    ("coal", "coal"),
    ("coking", "coal"),
    ("coke", "coal"),
    ("peat", "coal"),
    ("nuclear", "nuclear"),
    ("uranium", "nuclear"),
    ("smr", "nuclear"),
    ("geothermal", "geothermal"),
    ("hydro", "hydro"),
    ("river", "hydro"),
    ("offshore", "wind_offshore"),
    ("onshore", "wind_onshore"),
    ("wind", "wind"),
    ("csp", "solar_thermal"),
    ("pv", "solar_pv"),
    ("solar", "solar"),
    ("sun", "solar"),
    ("hydrogen", "hydrogen"),
    ("h2", "hydrogen"),
    ("crude", "crude_oil"),
    ("condensate", "crude_oil"),
    ("oil", "oil"),
    ("gasoline", "oil"),
    ("petrol", "oil"),
    ("diesel", "oil"),
    ("kerosene", "oil"),
    ("jet", "oil"),
    ("lpg", "oil"),
    ("naphtha", "oil"),
    ("mazut", "oil"),
    ("petroleum", "oil"),
    ("bitumen", "oil"),
    ("gas", "gas"),
    ("methane", "gas"),
    ("lng", "gas"),
    ("cng", "gas"),
    ("ccgt", "gas"),
    ("ocgt", "gas"),
];

const GASES: &[&str] = &["gas", "methane", "biogas", "biomethane", "syngas", "lng", "cng"];
const LIQUIDS: &[&str] = &["biodiesel", "biofuel", "biofuels", "ethanol", "methanol", "liquid"];

/// Further words within the name of a category.
const OF_CATEGORIES: &[(&str, &[&str])] = &[
    ("waste", &["waste"]),
    ("electric", &["pump", "heatpump", "electric", "electricity", "boiler", "p2h"]),
    ("heat", &["heat", "steam"]),
    ("hydrogen", &["electrolysis", "electrolyser"]),
    ("storage", &["battery", "storage", "pumped", "accumulator"]),
    ("network", &["grid", "network", "import", "imports", "export", "link", "trade"]),
    ("removal", &["dac", "capture", "removal", "sink", "lulucf", "forest"]),
];

/// What sectors of final use are called.
const FINAL: &[(&str, &str)] = &[
    ("industry", "industry"),
    ("households", "residential"),
    ("residential", "residential"),
    ("services", "commercial"),
    ("commercial", "commercial"),
    ("transport", "transport"),
    ("transportation", "transport"),
    ("agriculture", "agriculture"),
    ("non-energy use", "non_energy_use"),
];

/// Words within the name of any sector.
const SECTORS: &[(&str, &[&str])] = &[
    ("power", &["power"]),
    ("chp", &["chp"]),
    ("heat_plants", &["heat"]),
    ("refining", &["refineries", "refinery", "coke", "ovens"]),
    ("mining", &["mining", "mines", "coal"]),
    ("fugitive", &["leaks", "oil", "gas"]),
    ("own_use", &["own"]),
    ("industry", &["industry", "manufacturing"]),
    ("transport", &["transport", "traffic"]),
    ("residential", &["households", "residential", "dwellings"]),
    ("commercial", &["services", "commercial", "public"]),
    ("agriculture", &["agriculture", "forestry"]),
    ("farming", &["farming"]),
    ("non_energy_use", &["non"]),
    ("waste", &["waste"]),
    ("processes", &["processes", "process"]),
    ("removal", &["removal", "capture", "sink"]),
    ("trade", &["export", "import", "bunkers"]),
];

/// Names of emissions, and the gas they mean.
const GAS_NAMES: &[(&str, &str)] = &[
    ("co2", "co2"),
    ("ch4", "ch4"),
    ("n2o", "n2o"),
    ("sf6", "sf6"),
    ("co", "co"),
    ("nh3", "nh3"),
    ("nox", "nox"),
    ("so2", "so2"),
    ("voc", "voc"),
    ("ghg", "greenhouse_gases"),
    ("co2e", "greenhouse_gases"),
];

/// Kind and family of a commodity of energy.
pub(crate) fn commodity(name: &str) -> (Option<&'static str>, Option<&'static str>) {
    let words = words(name);
    let any = |of: &[&str]| words.iter().any(|word| of.contains(&word.as_str()));
    if words.iter().any(|word| word.starts_with("electric")) {
        return (Some("electricity"), None);
    }
    if any(&["heat", "steam"]) {
        return (Some("heat"), None);
    }
    if let Some(family) = find(&words) {
        let family = match family {
            "lignite" | "coal" if any(GASES) => "coal_gas",
            "biomass" if any(GASES) => "biogas",
            "biomass" if any(LIQUIDS) => "biofuel",
            family if any(&["crude", "condensate"]) && family != "hydrogen" => "crude_oil",
            family => family,
        };
        let kind = match family {
            "hydro" | "wind" | "wind_onshore" | "wind_offshore" | "solar" | "solar_pv"
            | "solar_thermal" | "geothermal" => "natural",
            _ => "fuel",
        };
        return (Some(kind), Some(family));
    }
    // what the checks of efficiencies took for electricity and heat
    let lower = name.to_lowercase();
    let begins = |with: &[&str]| with.iter().any(|with| lower.starts_with(with));
    let holds = |parts: &[&str]| parts.iter().any(|part| lower.contains(part));
    if lower.contains("electric") || begins(&["elec", "elc", "power"]) {
        (Some("electricity"), None)
    } else if holds(&["heat", "steam"]) {
        (Some("heat"), None)
    } else if holds(&["cold", "cool"]) {
        (Some("cold"), None)
    } else {
        (None, None)
    }
}

/// The gas that an emission is.
pub(crate) fn gas(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    GAS_NAMES.iter().find(|(known, _)| *known == name).map(|(_, gas)| *gas)
}

/// What a driver is.
pub(crate) fn driver(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    ["population", "gdp"].into_iter().find(|known| *known == name)
}

/// Whether the unit of a driver is that of an amount, so that its values of regions add up.
pub(crate) fn is_amount(unit: &str) -> bool {
    !["", "1"].contains(&unit) && !unit.contains('/')
}

/// The family of a category.
pub(crate) fn category(name: &str) -> Option<&'static str> {
    let words = words(name);
    find(&words).or_else(|| first(OF_CATEGORIES, &words))
}

/// The family that the name of a process means where its category means no source of energy, and
/// whether it is finer than the inputs of a process can be.
pub(crate) fn process(name: &str, category: &str) -> Option<(&'static str, bool)> {
    if find(&words(category)).is_some() {
        return None;
    }
    let family = find(&words(name))?;
    Some((family, family.starts_with("solar_") || family.starts_with("wind_")))
}

/// The kind of a sector; `is_final` if it is one of final use.
pub(crate) fn sector(name: &str, is_final: bool) -> Option<&'static str> {
    let lower = name.to_lowercase();
    let known = FINAL.iter().find(|(known, _)| is_final && *known == lower);
    known.map(|(_, kind)| *kind).or_else(|| first(SECTORS, &words(name)))
}

/// In which order charts stacked categories of one family: the plainest name first.
pub(crate) fn plainness(category: &str) -> usize {
    words(category).len()
}

fn find(words: &[String]) -> Option<&'static str> {
    let found = FAMILIES.iter().find(|(word, _)| words.iter().any(|other| other == word));
    found.map(|(_, family)| *family)
}

fn first(
    groups: &'static [(&'static str, &'static [&'static str])],
    words: &[String],
) -> Option<&'static str> {
    let holds = |names: &[&str]| names.iter().any(|name| words.iter().any(|word| word == name));
    groups.iter().find(|(_, names)| holds(names)).map(|(kind, _)| *kind)
}

/// The words of a name such as `solar_pv` or `Gas CCGT`, in lower case.
fn words(name: &str) -> Vec<String> {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_meant_kinds() {
        let fuel = |family| (Some("fuel"), Some(family));
        for (name, kind) in [
            ("electricity_final", (Some("electricity"), None)),
            ("elc", (Some("electricity"), None)),
            ("room_heat_flats", (Some("heat"), None)),
            ("spaceheat", (Some("heat"), None)),
            ("cooling", (Some("cold"), None)),
            ("hydrogen", fuel("hydrogen")),
            ("crude", fuel("crude_oil")),
            ("fuel_oil", fuel("oil")),
            ("lpg", fuel("oil")),
            ("coking_coal", fuel("coal")),
            ("coke_gas", fuel("coal_gas")),
            ("associated_gas", fuel("gas")),
            ("biogas", fuel("biogas")),
            ("ethanol", fuel("biofuel")),
            ("biomass", fuel("biomass")),
            ("uranium", fuel("nuclear")),
            ("river", (Some("natural"), Some("hydro"))),
            ("machinery", (None, None)),
        ] {
            assert_eq!(commodity(name), kind, "{name}");
        }
        assert_eq!(sector("households", true), Some("residential"));
        assert_eq!(sector("power plants", false), Some("power"));
        assert_eq!(sector("demand", true), None);
    }
}
