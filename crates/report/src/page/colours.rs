//! One colour for each thing, the same in every chart, and the order in which they stack.

use std::collections::BTreeMap;
use std::sync::LazyLock;

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

/// A row of the palette: of what, its name, its place in the stack from the bottom, its colour.
type Row = (&'static str, &'static str, usize, &'static str);

/// The colours of families and sectors, as data: those that follow one another differ for
/// colour-blind readers too.
pub fn palette() -> &'static [Row] {
    static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
        let row = |line: &'static str| {
            let mut cells = line.split(',');
            let (of, name) = (cells.next()?, cells.next()?);
            Some((of, name, cells.next()?.parse().ok()?, cells.next()?))
        };
        include_str!("../../assets/palette.csv").lines().filter_map(row).collect()
    });
    &ROWS
}

impl Group {
    /// Its place in the stack, from the bottom, and its colour. Groups of one place share it.
    fn of(self) -> (usize, &'static str) {
        let (of, name) = match self {
            Self::Family(family) => ("family", family.text()),
            Self::Sector(kind) => ("sector", kind.text()),
            Self::Trade => ("other", "trade"),
            Self::Exogenous => ("other", "exogenous"),
            Self::Surplus => ("other", "surplus"),
            Self::Unserved => ("other", "unserved"),
        };
        let row = palette().iter().find(|row| (row.0, row.1) == (of, name));
        row.map_or((Self::NONE, OTHERS[0]), |row| (row.2, row.3))
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
