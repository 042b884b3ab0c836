//! What may have been meant by a text that is no unit.

use super::{Currency, PLAIN, PREFIXES, SCALED, atom};
use crate::names::did_you_mean;

/// All names of units.
fn known(currency: &Currency) -> Vec<String> {
    let mut known: Vec<String> = PLAIN.iter().map(|(name, _)| (*name).to_owned()).collect();
    for (name, _) in SCALED {
        known.push((*name).to_owned());
        known.extend(PREFIXES.iter().map(|(prefix, _)| format!("{prefix}{name}")));
    }
    known.extend(["", "k", "M", "bn"].map(|prefix| format!("{prefix}{}", currency.code)));
    known
}

/// The unit that differs in capitals only: `gw`, `Kw`, `pj`.
pub(super) fn slip(part: &str, currency: &Currency) -> Option<String> {
    known(currency).into_iter().find(|name| name.eq_ignore_ascii_case(part))
}

pub(super) fn hint(part: &str, currency: &Currency) -> Option<String> {
    if let Some(meant) = power_for_a_year(part) {
        return Some(meant);
    }
    let meant = match part {
        "yr" | "y" | "year" | "years" => Some("a"),
        "hr" | "hour" | "hours" => Some("h"),
        "tonne" | "tonnes" | "ton" | "tCO2" | "tCO2e" => Some("t"),
        "ktCO2" | "ktCO2e" | "Gg" => Some("kt"),
        "MtCO2" | "MtCO2e" | "Tg" => Some("Mt"),
        "$" | "usd" | "US$" => Some("USD"),
        "тыс" | "тыс." | "мың" => Some("thousand"),
        "mln" | "mln." | "mn" | "млн" | "млн." => Some("million"),
        "bn" | "mlrd" | "mlrd." | "bln" | "млрд" | "млрд." => Some("billion"),
        // it counts units only; `million` is near by letters, not by size
        "billion" => Some("1000 million"),
        "€" => Some("EUR"),
        "km2" => Some("Mm2"),
        "m³" | "Nm3" | "nm3" | "cm" => Some("m3"),
        "m²" => Some("m2"),
        "mcm" | "tcm" => Some("million m3"),
        "barrel" | "barrels" | "BBL" => Some("bbl"),
        "mmbtu" | "mmBtu" | "MMBTU" | "MBtu" => Some("MMBtu"),
        _ => None,
    };
    if let Some(meant) = meant {
        return Some(format!("write `{meant}`"));
    }
    if let Some(meant) = in_latin(part).or_else(|| unmarked(part)) {
        return Some(format!("write `{meant}`"));
    }
    if let Some(name) = slip(part, currency) {
        return Some(format!("did you mean `{name}`? capitals matter"));
    }
    did_you_mean(part, known(currency).iter().map(String::as_str))
}

/// The energy of a power that runs for a year: `GWa` is no unit here, since `GW/a` is near.
fn power_for_a_year(part: &str) -> Option<String> {
    let power = ["a", "y", "yr", "-year"].iter().find_map(|year| part.strip_suffix(year))?;
    let (energy, joules) = match power {
        "kW" => ("8.76 MWh", "31.536 GJ"),
        "MW" => ("8.76 GWh", "31.536 TJ"),
        "GW" => ("8.76 TWh", "31.536 PJ"),
        "TW" => ("8760 TWh", "31.536 EJ"),
        _ => return None,
    };
    Some(format!("1 {power} over a year is {energy}, or {joules}: convert the number"))
}

/// The unit of a Russian or Kazakh abbreviation: `МВт` is `MW`, `т` is `t`.
fn in_latin(part: &str) -> Option<String> {
    const PREFIXES: &[(&str, &str)] =
        &[("", ""), ("к", "k"), ("М", "M"), ("Г", "G"), ("Т", "T"), ("П", "P")];
    const UNITS: &[(&str, &str)] = &[
        ("Вт", "W"),
        ("Втч", "Wh"),
        ("Дж", "J"),
        ("кал", "cal"),
        ("тнэ", "toe"),
        ("тут", "tce"),
        ("т", "t"),
        ("г", "g"),
        ("ч", "h"),
        ("год", "a"),
        ("м3", "m3"),
        ("м2", "m2"),
        ("долл", "USD"),
        ("тенге", "KZT"),
        ("тг", "KZT"),
        ("руб", "RUB"),
    ];
    let plain: String = part.chars().filter(|c| !matches!(c, '.' | '-' | '⋅')).collect();
    PREFIXES.iter().find_map(|(prefix, latin)| {
        let rest = plain.strip_prefix(prefix)?;
        let (_, unit) = UNITS.iter().find(|(name, _)| *name == rest)?;
        Some(format!("{latin}{unit}"))
    })
}

/// The unit without a mark of what it is of: `GJ_th` is `GJ`, `MWe` is `MW`.
fn unmarked(part: &str) -> Option<String> {
    let marks = ["_th", "_el", "_e", "_t", "th", "el", "e"];
    let bare = marks.iter().find_map(|mark| part.strip_suffix(mark))?;
    atom(bare, &Currency::default()).is_ok().then(|| bare.to_owned())
}
