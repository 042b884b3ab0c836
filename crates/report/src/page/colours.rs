//! One colour for each thing, the same in every chart, and the order in which they stack.

use std::collections::BTreeMap;

use kzleap_accounts::emissions::EXOGENOUS;
use kzleap_model::{Family, Model, SectorKind};

use super::shade::shade;

/// Colours of things of which nothing is known.
const OTHERS: &[&str] =
    &["#5b8c9e", "#a5854a", "#7f7fb2", "#8fae6b", "#b56f6f", "#2f6f73", "#d3a6cf", "#9a9a6a"];

/// Colours as distinct as so many can be, for things without a colour of their own.
pub(crate) const LINES: &[&str] = &[
    "#4179b8", "#de8a45", "#3fa39a", "#8e63b3", "#c0392b", "#6f9a4c", "#c9709f", "#efc541",
    "#7b6149", "#6fb0d6", "#3f3b38", "#93453f", "#b5a8dc", "#bcd79a", "#1f5c6f",
];

/// The colour of what has none of its own: small series together.
const GATHERED: &str = "#d5d8dc";

/// What gives a thing its colour and its place in the stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// What it works with.
    Family(Family),
    /// The sector it is.
    Sector(SectorKind),
    /// What is exchanged over links.
    Trade,
    /// What comes from outside the model.
    Exogenous,
    /// What is made and not used.
    Surplus,
    /// Demand that is not served.
    Unserved,
}

impl Group {
    /// Its place in the stack, from the bottom, and its colour. Groups of one place share it.
    const fn of(self) -> (usize, &'static str) {
        match self {
            Self::Family(family) => Self::of_family(family),
            Self::Sector(kind) => Self::of_sector(kind),
            Self::Trade => (15, "#b5a8dc"),
            Self::Exogenous => (19, "#ddc890"),
            Self::Surplus => (20, "#e9e4d4"),
            Self::Unserved => (21, "#d8383a"),
        }
    }

    const fn of_family(family: Family) -> (usize, &'static str) {
        match family {
            Family::Nuclear => (0, "#8e63b3"),
            Family::Lignite => (1, "#7b6149"),
            Family::Coal | Family::CoalGas => (2, "#3f3b38"),
            Family::Biomass | Family::Biogas | Family::Biofuel | Family::Waste => {
                (3, "#6f9a4c")
            }
            Family::Gas => (4, "#de8a45"),
            Family::CrudeOil => (5, "#7a3b69"),
            Family::Oil => (6, "#93453f"),
            Family::Geothermal => (7, "#b07a4f"),
            Family::Hydro => (8, "#4179b8"),
            Family::Wind | Family::WindOnshore | Family::WindOffshore => (9, "#3fa39a"),
            Family::Solar | Family::SolarPv | Family::SolarThermal => (10, "#efc541"),
            Family::Electric => (11, "#6fb0d6"),
            Family::Heat => (12, "#c76b5a"),
            Family::Hydrogen => (13, "#9be3d6"),
            Family::Storage => (14, "#c9709f"),
            Family::Network => (16, "#8494b3"),
            Family::Removal => (17, "#1f5c3f"),
        }
    }

    const fn of_sector(kind: SectorKind) -> (usize, &'static str) {
        match kind {
            SectorKind::Power => (0, "#4b4b55"),
            SectorKind::Chp => (1, "#92877f"),
            SectorKind::HeatPlants => (2, "#c76b5a"),
            SectorKind::Refining => (3, "#a0522d"),
            SectorKind::Mining => (4, "#1f1d1c"),
            SectorKind::Fugitive => (5, "#e0912f"),
            SectorKind::OwnUse => (6, "#e8c547"),
            SectorKind::Industry => (7, "#2f8f8a"),
            SectorKind::Transport => (8, "#b23a48"),
            SectorKind::Residential => (9, "#4179b8"),
            SectorKind::Commercial => (10, "#8e63b3"),
            SectorKind::Agriculture => (11, "#7ba642"),
            SectorKind::Farming => (12, "#c3e08a"),
            SectorKind::NonEnergyUse => (13, "#d98bb0"),
            SectorKind::Waste => (14, "#5e6b2f"),
            SectorKind::Processes => (15, "#6fc3d8"),
            SectorKind::Removal => (16, "#1f5c3f"),
            SectorKind::Trade => (17, "#b5a8dc"),
            SectorKind::Network => (18, "#8494b3"),
        }
    }

    /// The place of what belongs to none: between what is made here and what comes from elsewhere.
    const NONE: usize = 12;
}

/// A thing that is to have a colour.
#[derive(Clone, Debug)]
pub struct Thing<'a> {
    /// The name of its series.
    pub name: &'a str,
    /// What people read.
    pub label: String,
    /// What gives it its colour, if that is known.
    pub group: Option<Group>,
    /// The colour it is to have, if it has one of its own.
    pub colour: Option<&'a str>,
}

impl<'a> Thing<'a> {
    /// A thing of which a name and perhaps a group are known.
    pub fn new(name: &'a str, group: Option<Group>) -> Self {
        Self { name, label: title(name), group, colour: None }
    }

    /// A category of a model.
    pub(super) fn of_category(model: &'a Model, name: &'a str) -> Self {
        let Some(category) = model.category(name) else { return Self::new(name, None) };
        Self {
            name,
            label: title(&category.label),
            group: category.family.map(Group::Family),
            colour: category.colour.as_deref(),
        }
    }

    /// A sector that emits or takes energy: of the model's sectors, a category where a process
    /// has no row of its own, or one of ours.
    pub(super) fn of_sector(model: &'a Model, name: &'a str) -> Self {
        if name == EXOGENOUS {
            return Self::new(name, Some(Group::Exogenous));
        }
        if let Some(sector) = model.sector(name) {
            return Self {
                name,
                label: title(&sector.label),
                group: sector.kind.map(Group::Sector),
                colour: sector.colour.as_deref(),
            };
        }
        match name {
            kzleap_accounts::sectors::OWN_USE => {
                Self::new(name, Some(Group::Sector(SectorKind::OwnUse)))
            }
            _ => Self::of_category(model, name),
        }
    }
}

/// The colours, labels and stacking order of things.
#[derive(Clone, Debug, Default)]
pub struct Colours {
    of: BTreeMap<String, Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    rank: usize,
    colour: String,
    label: String,
}

impl Colours {
    /// Colours for these things. The first of a group gets its colour, the others shades of it,
    /// such that they can be distinguished from all colours before them, as long as there are such
    /// shades.
    pub fn new<'a>(things: impl IntoIterator<Item = Thing<'a>>) -> Self {
        let things: Vec<Thing<'_>> = things.into_iter().collect();
        let own = things.iter().filter_map(|thing| thing.colour);
        let of_groups = things.iter().filter_map(|thing| thing.group.map(|group| group.of().1));
        let mut taken: Vec<String> =
            of_groups.chain(own).chain([GATHERED]).map(str::to_owned).collect();
        let mut colours = Self::default();
        let mut members: BTreeMap<usize, usize> = BTreeMap::new();
        let mut others = 0;
        for thing in things {
            if colours.of.contains_key(thing.name) {
                continue;
            }
            let (rank, colour) = match thing.group.map(Group::of) {
                Some((place, base)) => {
                    let member = members.entry(place).or_insert(0);
                    *member += 1;
                    let first = *member == 1;
                    (
                        place * 100 + *member,
                        if first { base.to_owned() } else { shade(base, &taken) },
                    )
                }
                None => {
                    others += 1;
                    let rank = Group::NONE * 100 + 50 + others;
                    (rank, shade(OTHERS[(others - 1) % OTHERS.len()], &taken))
                }
            };
            let colour = thing.colour.map_or(colour, str::to_owned);
            taken.push(colour.clone());
            let entry = Entry { rank, colour, label: thing.label };
            colours.of.insert(thing.name.to_owned(), entry);
        }
        colours
    }

    /// Colours for names that have nothing to do with one another, in the order given; what is
    /// gathered has none of its own.
    pub(super) fn apart<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let names = names.into_iter().filter(|name| *name != super::chart::OTHER);
        let given: Vec<(&str, &str)> = names.zip(LINES.iter().copied().cycle()).collect();
        Self::fixed(&given)
    }

    /// Colours that are given, in the order they stack.
    pub(super) fn fixed(colours: &[(&str, &str)]) -> Self {
        let entry = |(rank, (name, colour)): (usize, &(&str, &str))| {
            let entry = Entry { rank, colour: (*colour).to_owned(), label: title(name) };
            ((*name).to_owned(), entry)
        };
        Self { of: colours.iter().enumerate().map(entry).collect() }
    }

    /// The colour of a thing.
    pub fn of(&self, name: &str) -> &str {
        self.of.get(name).map_or(GATHERED, |entry| &entry.colour)
    }

    /// What people read for a name.
    pub fn label(&self, name: &str) -> String {
        self.of.get(name).map_or_else(|| title(name), |entry| entry.label.clone())
    }

    /// Its place in the stack, from the bottom.
    pub fn rank(&self, name: &str) -> usize {
        self.of.get(name).map_or(usize::MAX, |entry| entry.rank)
    }
}

/// What people read: the label, or what can be made of the name.
pub(crate) fn shown(label: &str, name: &str) -> String {
    if label.is_empty() { title(name) } else { label.to_owned() }
}

/// A name for people: `gas_ccgt` becomes `Gas ccgt`, short words that are abbreviations stay.
pub fn title(name: &str) -> String {
    const SHORT: &[&str] =
        &["chp", "pv", "csp", "ccs", "ccgt", "ocgt", "dac", "smr", "co2", "ch4", "n2o", "ghg"];
    let words: Vec<String> = name
        .split(['_', ' '])
        .filter(|word| !word.is_empty())
        .enumerate()
        .map(|(at, word)| {
            if SHORT.contains(&word.to_lowercase().as_str()) {
                word.to_uppercase()
            } else if at == 0 {
                let mut letters = word.chars();
                let first = letters.next().into_iter().flat_map(char::to_uppercase);
                first.chain(letters).collect()
            } else {
                word.to_owned()
            }
        })
        .collect();
    words.join(" ").replace("CO2", "CO₂").replace("CH4", "CH₄").replace("N2O", "N₂O")
}
