//! Other ways to write the text of a model that must mean the same.

use std::collections::BTreeMap;

/// Units of one kind of quantity, with their size in the first of them. What the euro and the
/// tenge are worth is in the model.
const KINDS: &[&[(&str, f64)]] = &[
    &[("%", 1.0), ("", 100.0)],
    &[("GW", 1.0), ("MW", 1e-3), ("kW", 1e-6), ("TWh/a", 1.0 / 8.76), ("PJ/a", 1.0 / 31.536)],
    &[("GWh", 1.0), ("MWh", 1e-3), ("TJ", 1.0 / 3.6), ("PJ", 1e3 / 3.6)],
    &[
        ("PJ/a", 1.0),
        ("TWh", 3.6),
        ("ktoe/a", 0.041868),
        ("Mtce", 29.3076),
        ("Gcal", 4.1868e-6),
    ],
    &[("PJ", 1.0), ("TWh", 3.6), ("Mtoe", 41.868), ("GJ", 1e-6)],
    &[("Mt/a", 1.0), ("kt/a", 1e-3), ("t/a", 1e-6), ("Gt/a", 1e3)],
    &[("kt/PJ", 1.0), ("kg/GJ", 1.0), ("t/toe", 1.0 / 0.041868), ("g/kWh", 1.0 / 3.6)],
    &[("kg/t", 1.0), ("t/t", 1e3), ("kt/Mt", 1.0)],
    &[("GJ/t", 1.0), ("PJ/Mt", 1.0), ("MWh/t", 3.6), ("toe/t", 41.868)],
    &[
        ("USD2022/kW", 1.0),
        ("MUSD2022/MW", 1e3),
        ("bnUSD2022/GW", 1e3),
        ("EUR2022/kW", 1.07),
        ("MKZT2022/kW", 2170.0),
    ],
    &[("USD2022/kW/a", 1.0), ("MUSD2022/MW/a", 1e3), ("EUR2022/W/a", 1070.0)],
    &[
        ("USD2022/MWh", 1.0),
        ("USD2022/GJ", 3.6),
        ("MUSD2022/PJ", 3.6),
        ("EUR2022/toe", 1.07 / 11.63),
        ("KZT2022/kWh", 2.17),
    ],
    &[("USD2022/GJ", 1.0), ("USD2022/tce", 1.0 / 29.3076), ("EUR2022/Gcal", 1.07 / 4.1868)],
    &[("USD2022/kWh", 1.0), ("MUSD2022/GWh", 1.0), ("EUR2022/GJ", 1.07 * 0.0036)],
    &[
        ("USD2022/t", 1.0),
        ("MUSD2022/Mt", 1.0),
        ("EUR2022/kt", 1.07e-3),
        ("KZT2022/t", 0.00217),
    ],
    &[("USD2022/(t/a)", 1.0), ("bnUSD2022/(Mt/a)", 1e3), ("EUR2022/(kt/a)", 1.07e-3)],
    &[("USD2022/(t/a)/a", 1.0), ("EUR2022/(kt/a)/a", 1.07e-3)],
];

/// The text with each quantity that has a unit changed by `change`: from its unit to the new unit
/// and by what its numbers are multiplied.
fn each_quantity(text: &str, mut change: impl FnMut(&str) -> (String, f64)) -> String {
    let mut written = String::new();
    let mut rest = text;
    while let Some(end) = rest.find('}') {
        let (before, after) = rest.split_at(end);
        let start = before.rfind('{').map_or(0, |brace| brace + 1);
        written += &before[..start];
        written += &quantity(&before[start..], &mut change);
        written.push('}');
        rest = &after[1..];
    }
    written + rest
}

/// The inside of one inline table.
fn quantity(table: &str, change: &mut impl FnMut(&str) -> (String, f64)) -> String {
    let Some((values, unit)) = table.split_once(", unit = ") else { return table.to_owned() };
    let (unit, factor) = change(unit.trim().trim_matches('"'));
    let values = values.split(',').map(|entry| {
        let (key, value) = entry.split_once('=').expect("an entry is a key and a value");
        let value: f64 = value.trim().parse().expect("a quantity is a number");
        format!("{key}= {}", value * factor)
    });
    let mut table = values.collect::<Vec<_>>().join(",");
    if !unit.is_empty() {
        table += &format!(", unit = \"{unit}\"");
    }
    table + " "
}

/// Another model: every quantity is multiplied by the next of the factors.
pub(crate) fn varied(text: &str, factors: &[f64]) -> String {
    let mut factors = factors.iter().cycle();
    each_quantity(text, |unit| {
        let factor = if unit == "%" { 1.0 } else { *factors.next().expect("a cycle") };
        (unit.to_owned(), factor)
    })
}

/// The same model in other units: of each kind the one that the next of the draws says.
pub(crate) fn in_other_units(text: &str, draws: &[usize]) -> String {
    let mut draws = draws.iter().cycle();
    each_quantity(text, |unit| {
        let kind = KINDS.iter().find(|kind| kind[0].0 == unit).expect("a kind begins with it");
        let (unit, size) = kind[draws.next().expect("a cycle") % kind.len()];
        (unit.to_owned(), 1.0 / size)
    })
}

/// Each word of the text that has a new name under that name.
pub(crate) fn renamed(text: &str, names: &BTreeMap<&str, &str>) -> String {
    let inside = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let mut written = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let word = rest.find(|c| !inside(c)).unwrap_or(rest.len());
        let (name, after) = rest.split_at(word.max(1).min(rest.len()));
        // what a thing is, is no name
        let is_kind = ["kind = \"", "family = \"", "gas = \""];
        let is_kind = is_kind.iter().any(|before| written.ends_with(before))
            || after.starts_with(" = \"co2\"");
        let new = names.get(name).filter(|_| !is_kind);
        written += new.copied().unwrap_or(name);
        rest = after;
    }
    written
}

/// The tables of the text, from `[` at the beginning of a line to the next, in the order of the
/// weights; and the two blocks of a day in the other order.
pub(crate) fn reordered(text: &str, weights: &[u32]) -> String {
    let (head, tables) = text.split_once("\n[").expect("a model has tables");
    let mut tables: Vec<_> = tables.split("\n[").zip(weights.iter().cycle()).collect();
    tables.sort_by_key(|(_, weight)| **weight);
    let mut written = head.to_owned();
    for (table, _) in tables {
        written += "\n[";
        written += table.trim_end();
    }
    written.replace("dark = 8\nlight = 16", "light = 16\ndark = 8") + "\n"
}
