//! One colour for each category, the same in every chart, and the order in which they stack.

use std::collections::BTreeMap;

/// Words that belong together, and their colour.
type Family = (&'static [&'static str], &'static str);

/// Words within a category's name, with the colour of their family; the first that fits counts,
/// and its place is the place in the stack from the bottom.
const FAMILIES: &[Family] = &[
    (&["nuclear", "uranium", "smr"], "#8e63b3"),
    (&["lignite"], "#7b6149"),
    (&["coal"], "#3f3b38"),
    (&["biomass", "biogas", "bio", "wood", "waste"], "#6f9a4c"),
    (&["ccgt", "ocgt", "gas", "methane"], "#de8a45"),
    (&["crude"], "#7a3b69"),
    (
        &[
            "oil",
            "diesel",
            "mazut",
            "petroleum",
            "gasoline",
            "petrol",
            "kerosene",
            "jet",
            "lpg",
        ],
        "#93453f",
    ),
    (&["geothermal"], "#b07a4f"),
    (&["hydro", "river", "water"], "#4179b8"),
    (&["wind", "onshore", "offshore"], "#3fa39a"),
    (&["solar", "pv", "csp"], "#efc541"),
    (&["pump", "heatpump", "electric", "electricity", "boiler", "p2h"], "#6fb0d6"),
    (&["heat", "steam"], "#c76b5a"),
    (&["hydrogen", "h2", "electrolysis", "electrolyser"], "#9be3d6"),
    (&["battery", "storage", "pumped", "accumulator"], "#c9709f"),
    (&["net"], "#b5a8dc"),
    (&["grid", "network", "import", "imports", "export", "link", "trade"], "#8494b3"),
    (&["dac", "capture", "removal", "sink", "lulucf", "forest"], "#1f5c3f"),
    (&["exogenous"], "#ddc890"),
    (&["surplus"], "#e9e4d4"),
    (&["unserved"], "#d8383a"),
];

/// Colours of categories no family knows.
const OTHERS: &[&str] =
    &["#5b8c9e", "#a5854a", "#7f7fb2", "#8fae6b", "#b56f6f", "#2f6f73", "#d3a6cf", "#9a9a6a"];

/// Words within the name of a sector, with its colour and place in the stack.
const SECTORS: &[Family] = &[
    (&["power"], "#4b4b55"),
    (&["chp"], "#92877f"),
    (&["heat"], "#c76b5a"),
    (&["refineries", "refinery", "coke", "ovens"], "#a0522d"),
    (&["mining", "mines", "coal"], "#1f1d1c"),
    (&["leaks", "oil", "gas"], "#e0912f"),
    (&["own"], "#e8c547"),
    (&["industry", "manufacturing"], "#2f8f8a"),
    (&["transport", "traffic"], "#b23a48"),
    (&["households", "residential", "dwellings"], "#4179b8"),
    (&["services", "commercial", "public"], "#8e63b3"),
    (&["agriculture", "forestry"], "#7ba642"),
    (&["farming"], "#c3e08a"),
    (&["non"], "#d98bb0"),
    (&["waste"], "#5e6b2f"),
    (&["processes", "process"], "#6fc3d8"),
    (&["removal", "capture", "sink"], "#1f5c3f"),
    (&["export", "import", "bunkers"], "#b5a8dc"),
    (&["exogenous"], "#ddc890"),
];

/// Colours as distinct as so many can be, for things without a colour of their own.
pub(crate) const LINES: &[&str] = &[
    "#4179b8", "#de8a45", "#3fa39a", "#8e63b3", "#c0392b", "#6f9a4c", "#c9709f", "#efc541",
    "#7b6149", "#6fb0d6", "#3f3b38", "#93453f", "#b5a8dc", "#bcd79a", "#1f5c6f",
];

/// The colour of what has none of its own: small series together.
const GATHERED: &str = "#d5d8dc";

/// The colours and stacking order of the categories of a model.
#[derive(Clone, Debug, Default)]
pub struct Colours {
    of: BTreeMap<String, (usize, String)>,
}

impl Colours {
    /// Colours for these categories. Those of one family get shades of its colour: the plainest
    /// name (`coal` before `coal CHP`) the colour itself, others in the order given, such that they
    /// can be told from all colours before them, as long as there are such shades.
    pub fn new<'a>(categories: impl IntoIterator<Item = &'a str>) -> Self {
        let mut categories: Vec<&str> = categories.into_iter().collect();
        categories.sort_by_key(|category| (words(category).len(), place_in_family(category)));
        Self::by_family(&categories, FAMILIES)
    }

    /// Colours for sectors, distinguished by what they are and not by what they burn. Sectors of the
    /// same kind (`agriculture`, `farming`) get shades.
    pub fn of_sectors<'a>(sectors: impl IntoIterator<Item = &'a str>) -> Self {
        let mut sectors: Vec<&str> = sectors.into_iter().collect();
        sectors.sort_unstable();
        Self::by_family(&sectors, SECTORS)
    }

    /// Colours for names that have nothing to do with one another, in the order given; what is
    /// gathered has none of its own.
    pub(super) fn apart<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let names = names.into_iter().filter(|name| *name != super::chart::OTHER);
        let entry = |(rank, name): (usize, &str)| {
            (name.to_owned(), (rank, LINES[rank % LINES.len()].to_owned()))
        };
        Self { of: names.enumerate().map(entry).collect() }
    }

    fn by_family(categories: &[&str], families: &[Family]) -> Self {
        let mut colours = Self::default();
        let mut members = vec![0_usize; families.len()];
        let mut others = 0;
        let present = categories.iter().filter_map(|category| family(category, families));
        let mut taken: Vec<String> = present.map(|at| families[at].1.to_owned()).collect();
        taken.push(GATHERED.to_owned());
        for category in categories {
            if colours.of.contains_key(*category) {
                continue;
            }
            let (rank, colour) = if let Some(family) = family(category, families) {
                members[family] += 1;
                let base = families[family].1;
                let first = members[family] == 1;
                let colour = if first { base.to_owned() } else { shade(base, &taken) };
                (family * 100 + members[family], colour)
            } else {
                others += 1;
                // between what is made here and what comes from elsewhere
                (1250 + others, shade(OTHERS[(others - 1) % OTHERS.len()], &taken))
            };
            taken.push(colour.clone());
            colours.of.insert((*category).to_owned(), (rank, colour));
        }
        colours
    }

    /// Colours that are given, in the order they stack.
    pub(super) fn fixed(colours: &[(&str, &str)]) -> Self {
        let entry = |(rank, (name, colour)): (usize, &(&str, &str))| {
            ((*name).to_owned(), (rank, (*colour).to_owned()))
        };
        Self { of: colours.iter().enumerate().map(entry).collect() }
    }

    /// The colour of a category.
    pub fn of(&self, category: &str) -> &str {
        self.of.get(category).map_or(GATHERED, |(_, colour)| colour)
    }

    /// Its place in the stack, from the bottom.
    pub fn rank(&self, category: &str) -> usize {
        self.of.get(category).map_or(usize::MAX, |(rank, _)| *rank)
    }
}

fn words(category: &str) -> Vec<String> {
    let lower = category.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// Where in the list of its family's words a category's word stands.
fn place_in_family(category: &str) -> usize {
    let words = words(category);
    let Some(family) = family(category, FAMILIES) else { return 0 };
    let names = FAMILIES[family].0;
    names.iter().position(|name| words.iter().any(|word| word == name)).unwrap_or(0)
}

fn family(category: &str, families: &[Family]) -> Option<usize> {
    let words = words(category);
    families
        .iter()
        .position(|(names, _)| names.iter().any(|name| words.iter().any(|word| word == name)))
}

/// A lighter, darker or tinted shade of a colour that can be told from those taken; where none can,
/// the one farthest from them.
fn shade(base: &str, taken: &[String]) -> String {
    const FAR: f64 = 70.0;
    const WHITE: [u32; 3] = [255; 3];
    const BLACK: [u32; 3] = [0; 3];
    const BLUE: [u32; 3] = [40, 60, 200];
    const RED: [u32; 3] = [200, 30, 90];
    const GREEN: [u32; 3] = [20, 150, 60];
    const MIX: [([u32; 3], u32); 13] = [
        (WHITE, 0),
        (WHITE, 42),
        (BLACK, 36),
        (WHITE, 66),
        (WHITE, 24),
        (BLACK, 20),
        (WHITE, 54),
        (BLACK, 48),
        (BLUE, 30),
        (RED, 30),
        (GREEN, 30),
        (WHITE, 33),
        (WHITE, 76),
    ];
    let own = channels(base);
    let mixed = |(towards, percent): ([u32; 3], u32)| {
        [0, 1, 2].map(|at| (own[at] * (100 - percent) + towards[at] * percent) / 100)
    };
    let apart = |colour: [u32; 3]| {
        taken
            .iter()
            .map(|other| distance(colour, channels(other)))
            .fold(f64::INFINITY, f64::min)
    };
    let mut best = ([0; 3], -1.0);
    for colour in MIX.map(mixed) {
        let apart = apart(colour);
        if apart > best.1 {
            best = (colour, apart);
        }
        if apart >= FAR {
            break;
        }
    }
    let [red, green, blue] = best.0;
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// Red, green and blue of `#rrggbb`, 0 to 255.
fn channels(colour: &str) -> [u32; 3] {
    [1, 3, 5].map(|at| u32::from_str_radix(&colour[at..at + 2], 16).unwrap_or(128))
}

/// How far apart two colours look, 0 to 765: the distance of their channels, each weighted by how
/// well eyes tell it.
fn distance(a: [u32; 3], b: [u32; 3]) -> f64 {
    let [red, green, blue] = [0, 1, 2].map(|at| f64::from(a[at].abs_diff(b[at])));
    let reddish = f64::from(a[0] + b[0]) / 512.0;
    ((2.0 + reddish) * red * red + 4.0 * green * green + (3.0 - reddish) * blue * blue).sqrt()
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
