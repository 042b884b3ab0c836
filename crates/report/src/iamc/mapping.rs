//! From our names to those of the IAMC variable list.
//!
//! The names are those of IAMconsortium/common-definitions (CC0), commit d877b5f of 2026-06-24.
//! What has no name there goes under `kzleap|…`.

use kzleap_model::{Model, Process};

/// Words within a category or commodity name, and the energy source they mean; the first that
/// fits counts. The last column is a finer name that the list has for electricity only.
const SOURCES: &[(&str, &str, Option<&str>)] = &[
    ("biomass", "Biomass", None),
    ("biogas", "Biomass", None),
    ("bio", "Biomass", None),
    ("wood", "Biomass", None),
    ("coal", "Coal", None),
    ("lignite", "Coal", None),
    ("nuclear", "Nuclear", None),
    ("uranium", "Nuclear", None),
    ("smr", "Nuclear", None),
    ("geothermal", "Geothermal", None),
    ("hydro", "Hydro", None),
    ("offshore", "Wind", Some("Offshore")),
    ("onshore", "Wind", Some("Onshore")),
    ("wind", "Wind", None),
    ("csp", "Solar", Some("CSP")),
    ("pv", "Solar", Some("PV")),
    ("solar", "Solar", None),
    ("hydrogen", "Hydrogen", None),
    ("h2", "Hydrogen", None),
    ("gas", "Gas", None),
    ("ccgt", "Gas", None),
    ("ocgt", "Gas", None),
    ("oil", "Oil", None),
    ("diesel", "Oil", None),
    ("mazut", "Oil", None),
    ("petroleum", "Oil", None),
];

/// Words within a category or commodity name that mean electricity as a source.
const ELECTRIC: &[&str] = &["electric", "electricity", "heatpump", "pump", "p2h"];

/// Words within a category that mean trade with the outside, not production.
const TRADE: &[&str] = &["import", "imports", "export", "exports", "trade"];

/// Whether a process stands for trade with the outside.
pub(super) fn is_trade(process: &Process) -> bool {
    words(&process.category).any(|word| TRADE.contains(&word.as_str()))
}

/// Sources whose energy counts as primary when electricity or heat is made of it.
pub(super) const DIRECT: &[&str] = &["Hydro", "Wind", "Solar", "Geothermal", "Nuclear"];

/// Sources that count as primary energy where they are mined, grown or bought.
pub(super) const FUELS: &[&str] = &["Coal", "Oil", "Gas", "Biomass"];

/// What the list knows each carrier to be made of.
const MADE_OF: &[(&str, &[&str])] = &[
    (
        "Electricity",
        &[
            "Biomass",
            "Coal",
            "Gas",
            "Geothermal",
            "Hydro",
            "Hydrogen",
            "Nuclear",
            "Oil",
            "Solar",
            "Wind",
        ],
    ),
    (
        "Heat",
        &[
            "Biomass",
            "Coal",
            "Electricity",
            "Gas",
            "Geothermal",
            "Hydrogen",
            "Nuclear",
            "Oil",
            "Solar",
        ],
    ),
    ("Hydrogen", &["Biomass", "Coal", "Electricity", "Gas", "Nuclear", "Oil", "Solar"]),
];

/// Commodities the list knows as secondary energy.
const CARRIERS: &[(&str, &str)] =
    &[("electricity", "Electricity"), ("heat", "Heat"), ("hydrogen", "Hydrogen")];

/// Emissions: our name, that of the list, its unit, and what one of our Mt is in it.
const EMISSIONS: &[(&str, &str, &str, f64)] = &[
    ("co2", "CO2", "Mt CO2/yr", 1.0),
    ("ch4", "CH4", "Mt CH4/yr", 1.0),
    ("n2o", "N2O", "kt N2O/yr", 1000.0),
    ("nox", "NOx", "Mt NO2/yr", 1.0),
    ("so2", "Sulfur", "Mt SO2/yr", 1.0),
    ("ghg", "Kyoto Gases", "Mt CO2-equiv/yr", 1.0),
    ("co2e", "Kyoto Gases", "Mt CO2-equiv/yr", 1.0),
];

/// An energy source in the words of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Source {
    /// Such as `Coal`.
    pub(super) name: &'static str,
    /// A finer name, such as `PV`.
    pub(super) finer: Option<&'static str>,
    /// Whether carbon is captured; `None` where the list does not ask.
    pub(super) captured: Option<bool>,
}

impl Source {
    /// The source of what a process makes: from its category, or else from its first input.
    pub(super) fn of(model: &Model, process: &Process, carrier: &str) -> Option<Self> {
        let captures = words(&process.category).chain(words(&process.name)).any(|w| w == "ccs");
        let inputs = process.modes.iter().filter_map(|mode| mode.inputs.first());
        let input =
            inputs.map(|(commodity, _)| model.commodities[*commodity].name.as_str()).next();
        let allowed = MADE_OF.iter().find(|(made, _)| *made == carrier)?.1;
        let known = |source: &(&'static str, _)| allowed.contains(&source.0);
        let from =
            |name: &str| find(name).filter(known).or_else(|| electric(name).filter(known));
        let (name, finer) = from(&process.category).or_else(|| from(input?))?;
        let burns = matches!(name, "Coal" | "Gas" | "Oil" | "Biomass");
        Some(Self { name, finer, captured: burns.then_some(captures) })
    }

    /// The source a fuel is, by its name.
    pub(super) fn of_fuel(commodity: &str) -> Option<&'static str> {
        find(commodity).map(|(name, _)| name)
    }

    /// Every variable below `stem` that this source counts under, as far as the list has them.
    pub(super) fn variables(
        self,
        stem: &str,
        electricity: bool,
        with_capture: bool,
    ) -> Vec<String> {
        let mut all = vec![format!("{stem}|{}", self.name)];
        if let Some(finer) = self.finer.filter(|_| electricity) {
            all.push(format!("{stem}|{}|{finer}", self.name));
        }
        let family = match self.name {
            "Coal" | "Gas" | "Oil" => Some("Fossil"),
            "Hydro" | "Solar" | "Wind" | "Geothermal" if electricity => {
                Some("Non-Biomass Renewables")
            }
            _ => None,
        };
        all.extend(family.map(|family| format!("{stem}|{family}")));
        if let Some(captured) = self.captured.filter(|_| with_capture) {
            let capture = if captured { "w/ CCS" } else { "w/o CCS" };
            all.push(format!("{stem}|{}|{capture}", self.name));
            all.extend(
                family
                    .filter(|family| *family == "Fossil")
                    .map(|family| format!("{stem}|{family}|{capture}")),
            );
        }
        all
    }
}

/// The list's name of a commodity that is secondary energy.
pub(super) fn carrier(commodity: &str) -> Option<&'static str> {
    let words: Vec<String> = words(commodity).collect();
    CARRIERS.iter().find(|(word, _)| words.iter().any(|w| w == word)).map(|(_, name)| *name)
}

/// The list's name of an emission, its unit, and what one of our Mt is in it.
pub(super) fn emission(name: &str) -> Option<(&'static str, &'static str, f64)> {
    let name = name.to_lowercase();
    EMISSIONS
        .iter()
        .find(|(ours, ..)| *ours == name)
        .map(|(_, theirs, unit, factor)| (*theirs, *unit, *factor))
}

fn find(name: &str) -> Option<(&'static str, Option<&'static str>)> {
    let words: Vec<String> = words(name).collect();
    SOURCES
        .iter()
        .find(|(word, ..)| words.iter().any(|w| w == word))
        .map(|(_, source, finer)| (*source, *finer))
}

fn electric(name: &str) -> Option<(&'static str, Option<&'static str>)> {
    words(name).any(|w| ELECTRIC.contains(&w.as_str())).then_some(("Electricity", None))
}

/// The words of a name such as `solar_pv` or `Gas CCGT`, in lower case.
fn words(name: &str) -> impl Iterator<Item = String> + '_ {
    name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase)
}
