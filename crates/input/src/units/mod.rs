//! Units as text: their dimension, and the factor to the unit the model keeps.
//!
//! A factor is a mantissa and a power of ten, so that `USD/kW` is exactly `MUSD/GW` and powers of
//! a thousand bring no error of their own.

mod hint;

use std::collections::BTreeMap;

use hint::{hint, slip};

/// Powers of energy, time, money, mass, passenger-km, tonne-km, vehicle-km, floor area, things,
/// volume and barrels: a barrel is a measure of trade, and a fuel has a heat value of its own for it.
pub(crate) type Powers = [i8; 11];

const NONE: Powers = [0; 11];
const ENERGY: Powers = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
const POWER: Powers = [1, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0];
const TIME: Powers = [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0];
const MONEY: Powers = [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0];
const MASS: Powers = [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0];
const PASSENGER_KM: Powers = [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0];
const TONNE_KM: Powers = [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0];
const VEHICLE_KM: Powers = [0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0];
const AREA: Powers = [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0];
const THINGS: Powers = [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0];
const VOLUME: Powers = [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0];
const BARRELS: Powers = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];

/// What is counted, with its name; the names of energy and mass stand in sentences as they are.
const COUNTED: &[(Powers, &str)] = &[
    (ENERGY, "energy"),
    (MASS, "mass"),
    (PASSENGER_KM, "passenger-km"),
    (TONNE_KM, "tonne-km"),
    (VEHICLE_KM, "vehicle-km"),
    (AREA, "floor area"),
    (THINGS, "a number of things"),
    (VOLUME, "volume"),
    (BARRELS, "barrels"),
];

// by reference: Rust 1.95.0 compiles comparisons of such arrays handed over by value wrongly
const fn product(a: &Powers, b: &Powers, sign: i8) -> Powers {
    let mut powers = *a;
    let mut at = 0;
    while at < powers.len() {
        powers[at] += sign * b[at];
        at += 1;
    }
    powers
}

/// A unit: `mantissa · 10^exponent` of PJ, years, millions of the model's currency, Mt, Gpkm,
/// Gtkm, Gvkm, Mm2, millions, bcm and million barrels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Unit {
    pub(crate) powers: Powers,
    pub(crate) spelled: Spelled,
    mantissa: f64,
    exponent: i32,
}

/// What a unit was put together from: a capacity for a year is energy, so powers alone cannot
/// distinguish `USD/kW/a` from `USD/kWh`, nor `GW` from `PJ/a`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Spelled {
    /// A year is in it: `a`.
    pub(crate) year: bool,
    /// A power is in it: `kW`.
    pub(crate) power: bool,
}

/// From a number in one unit to the number in another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Conversion {
    mantissa: f64,
    exponent: i32,
}

impl Conversion {
    /// Nothing to do.
    pub(crate) const SAME: Self = Self { mantissa: 1.0, exponent: 0 };

    /// The number in the other unit.
    pub(crate) fn apply(self, value: f64) -> f64 {
        let value = value * self.mantissa;
        // dividing by a whole power of ten is exact where multiplying by its inverse is not
        if self.exponent < 0 {
            value / power_of_ten(-self.exponent)
        } else {
            value * power_of_ten(self.exponent)
        }
    }
}

fn power_of_ten(exponent: i32) -> f64 {
    (0..exponent).fold(1.0, |product, _| product * 10.0)
}

impl Unit {
    /// A plain number.
    pub(crate) const RATIO: Self = Self::new(NONE, 1.0, 0);

    /// The unit of a dimension in which the model calculates: PJ, years, millions of money and so on.
    pub(crate) const fn base(powers: Powers) -> Self {
        Self::new(powers, 1.0, 0)
    }

    const fn new(powers: Powers, mantissa: f64, exponent: i32) -> Self {
        Self { powers, spelled: Spelled { year: false, power: false }, mantissa, exponent }
    }

    /// So many of it.
    pub(crate) const fn multiple(self, number: f64) -> Self {
        Self { mantissa: self.mantissa * number, ..self }
    }

    const fn year(mut self) -> Self {
        self.spelled.year = true;
        self
    }

    const fn power(mut self) -> Self {
        self.spelled.power = true;
        self
    }

    /// The conversion to another unit of the same dimension.
    pub(crate) fn to(self, other: Self) -> Conversion {
        Conversion {
            mantissa: self.mantissa / other.mantissa,
            exponent: self.exponent - other.exponent,
        }
    }

    /// Their product, or with a sign of -1 the first for each of the second.
    pub(crate) fn times(self, other: Self, sign: i8) -> Self {
        let powers = product(&self.powers, &other.powers, sign);
        let spelled = Spelled {
            year: self.spelled.year || other.spelled.year,
            power: self.spelled.power || other.spelled.power,
        };
        if sign > 0 {
            let mantissa = self.mantissa * other.mantissa;
            Self { powers, spelled, mantissa, exponent: self.exponent + other.exponent }
        } else {
            let mantissa = self.mantissa / other.mantissa;
            Self { powers, spelled, mantissa, exponent: self.exponent - other.exponent }
        }
    }

    /// What it measures, in words, for messages.
    pub(crate) fn noun(self) -> String {
        let of_capacity = self.spelled.year;
        let rate = |powers: &Powers| product(powers, &TIME, -1);
        let per = |powers: &Powers| product(&self.powers, powers, 1);
        let fixed = match self.powers {
            NONE => "a ratio",
            POWER => {
                if of_capacity {
                    "energy a year"
                } else {
                    "a capacity"
                }
            }
            TIME => "a time",
            MONEY => "money",
            MASS => "a mass",
            powers if powers == rate(&MASS) => "a mass a year",
            powers if powers == rate(&POWER) => "capacity a year",
            _ => "",
        };
        if !fixed.is_empty() {
            return fixed.to_owned();
        }
        for (powers, name) in COUNTED {
            if self.powers == *powers {
                return (*name).to_owned();
            }
            if self.powers == rate(powers) {
                return format!("{name} a year");
            }
            if per(&rate(powers)) == MONEY {
                return "money for each unit of capacity".to_owned();
            }
            if per(powers) == MONEY && of_capacity {
                return "money for each unit of capacity and year".to_owned();
            }
            if per(powers) == MONEY {
                return format!("money for each unit of {name}");
            }
            for (counted, first) in COUNTED {
                if per(powers) == *counted {
                    let first = if *first == "mass" { "a mass" } else { first };
                    return format!("{first} for each unit of {name}");
                }
            }
        }
        "something else".to_owned()
    }
}

/// Money other than the model's: what one unit is worth in the model's currency.
#[derive(Clone, Debug, Default)]
pub(crate) struct Currency {
    /// The model's own, such as `USD`.
    pub(crate) code: String,
    /// The year its amounts are of, such as `2022`; may be empty.
    pub(crate) year: String,
    /// Worth of other money, by code and year.
    pub(crate) others: BTreeMap<String, f64>,
}

impl Currency {
    /// Splits `USD2022`; `None` if it is not three capital letters and perhaps a year.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (code, year) = split_money(text)?;
        Some(Self { code: code.to_owned(), year: year.to_owned(), others: BTreeMap::new() })
    }

    fn worth(&self, code: &str, year: &str) -> Result<f64, UnitError> {
        if code == self.code && (year.is_empty() || year == self.year) {
            return Ok(1.0);
        }
        let year = if year.is_empty() { self.year.as_str() } else { year };
        let name = format!("{code}{year}");
        self.others
            .get(&name)
            .or_else(|| self.others.get(code).filter(|_| year == self.year))
            .copied()
            .ok_or(UnitError::Money { name })
    }
}

/// Why a text is not a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum UnitError {
    /// There is nothing, or a sign without something beside it.
    Syntax,
    /// A part that is no unit, and what may have been meant.
    Unknown { part: String, hint: Option<String> },
    /// Money whose worth the model does not say.
    Money { name: String },
}

/// Parses `USD2022/kW/a`, `kt/PJ`, `MUSD/(PJ/a)`, `%`.
pub(crate) fn parse(text: &str, currency: &Currency) -> Result<Unit, UnitError> {
    let mut parser = Parser { rest: text.trim(), depth: 0, currency };
    let unit = parser.product()?;
    if parser.rest.is_empty() { Ok(unit) } else { Err(UnitError::Syntax) }
}

/// Brackets within brackets that a unit may have.
const DEEPEST: u32 = 8;

struct Parser<'a> {
    rest: &'a str,
    depth: u32,
    currency: &'a Currency,
}

impl Parser<'_> {
    fn product(&mut self) -> Result<Unit, UnitError> {
        let mut unit = self.factor()?;
        loop {
            let rest = self.rest.trim_start();
            let sign = match rest.chars().next() {
                Some('/') => -1,
                Some('*' | '·') => 1,
                _ => {
                    self.rest = rest;
                    return Ok(unit);
                }
            };
            self.rest = rest.strip_prefix(['/', '*', '·']).unwrap_or(rest);
            unit = unit.times(self.factor()?, sign);
        }
    }

    fn factor(&mut self) -> Result<Unit, UnitError> {
        let rest = self.rest.trim_start();
        if let Some(inner) = rest.strip_prefix('(') {
            if self.depth == DEEPEST {
                return Err(UnitError::Syntax);
            }
            self.rest = inner;
            self.depth += 1;
            let unit = self.product()?;
            self.depth -= 1;
            self.rest = self.rest.strip_prefix(')').ok_or(UnitError::Syntax)?;
            return Ok(unit);
        }
        let (count, rest) = count(rest);
        let end = rest.find(['/', '*', '·', '(', ')', ' ']).unwrap_or(rest.len());
        let (part, rest) = rest.split_at(end);
        self.rest = rest;
        match (part, count) {
            ("", None) => Err(UnitError::Syntax),
            ("", Some(count)) => Ok(count),
            (part, None) => atom(part, self.currency),
            (part, Some(count)) => Ok(count.times(atom(part, self.currency)?, 1)),
        }
    }
}

/// How many of a unit: `1000 m3` and `thousand m3` are one unit, of which gas has a price.
fn count(text: &str) -> (Option<Unit>, &str) {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits > 0 {
        let (number, rest) = text.split_at(digits);
        let significant = number.trim_end_matches('0');
        // short enough to be exact, and not nothing
        let exponent = i32::try_from(number.len() - significant.len());
        if let (Ok(mantissa @ 1..=999_999), Ok(exponent)) =
            (significant.parse::<u32>(), exponent)
        {
            return (Some(Unit::new(NONE, f64::from(mantissa), exponent)), rest.trim_start());
        }
    }
    for (word, exponent) in [("thousand ", 3), ("million ", 6), ("billion ", 9)] {
        let rest = text.strip_prefix(word).map(str::trim_start);
        if let Some(rest) = rest.filter(|rest| rest.starts_with(char::is_alphabetic)) {
            return (Some(Unit::new(NONE, 1.0, exponent)), rest);
        }
    }
    (None, text)
}

const PREFIXES: &[(&str, i32)] =
    &[("k", 3), ("M", 6), ("G", 9), ("T", 12), ("P", 15), ("E", 18)];

/// Units that take prefixes. A cal is the international one, so that a toe is 10 Gcal.
const SCALED: &[(&str, Unit)] = &[
    ("J", Unit::new(ENERGY, 1.0, -15)),
    ("Wh", Unit::new(ENERGY, 3.6, -12)),
    ("cal", Unit::new(ENERGY, 4.1868, -15)),
    ("toe", Unit::new(ENERGY, 41.868, -6)),
    ("tce", Unit::new(ENERGY, 29.3076, -6)),
    ("W", Unit::new(POWER, 3.1536, -8).power()),
    ("t", Unit::new(MASS, 1.0, -6)),
    ("g", Unit::new(MASS, 1.0, -12)),
    ("pkm", Unit::new(PASSENGER_KM, 1.0, -9)),
    ("tkm", Unit::new(TONNE_KM, 1.0, -9)),
    ("vkm", Unit::new(VEHICLE_KM, 1.0, -9)),
];

/// Units that take none. A year has 8760 hours, as in the slices. A `km2` would be a square
/// kilometre to some and a thousand square metres to others, so there is none.
const PLAIN: &[(&str, Unit)] = &[
    ("mg", Unit::new(MASS, 1.0, -15)),
    ("h", Unit::new(TIME, 1.0 / 8.76, -3)),
    ("d", Unit::new(TIME, 1.0 / 3.65, -2)),
    ("a", Unit::new(TIME, 1.0, 0).year()),
    ("%", Unit::new(NONE, 1.0, -2)),
    ("m2", Unit::new(AREA, 1.0, -6)),
    ("Mm2", Unit::new(AREA, 1.0, 0)),
    ("m3", Unit::new(VOLUME, 1.0, -9)),
    ("bcm", Unit::new(VOLUME, 1.0, 0)),
    ("bbl", Unit::new(BARRELS, 1.0, -6)),
    // a million British thermal units of the international table
    ("MMBtu", Unit::new(ENERGY, 1.055_055_852_62, -6)),
    ("unit", Unit::new(THINGS, 1.0, -6)),
    ("head", Unit::new(THINGS, 1.0, -6)),
    ("dwelling", Unit::new(THINGS, 1.0, -6)),
    ("vehicle", Unit::new(THINGS, 1.0, -6)),
    ("thousand", Unit::new(THINGS, 1.0, -3)),
    ("million", Unit::new(THINGS, 1.0, 0)),
];

fn atom(part: &str, currency: &Currency) -> Result<Unit, UnitError> {
    if let Some((_, unit)) = PLAIN.iter().chain(SCALED).find(|(name, _)| *name == part) {
        return Ok(*unit);
    }
    for (prefix, exponent) in PREFIXES {
        let Some(rest) = part.strip_prefix(prefix) else { continue };
        if let Some((_, unit)) = SCALED.iter().find(|(name, _)| *name == rest) {
            return Ok(Unit { exponent: unit.exponent + exponent, ..*unit });
        }
    }
    let mut unknown_money = None;
    for (prefix, exponent) in [("", -6), ("k", -3), ("M", 0), ("bn", 3), ("G", 3)] {
        let money = part.strip_prefix(prefix).and_then(split_money);
        if let Some((code, year)) = money {
            match currency.worth(code, year) {
                Ok(worth) => return Ok(Unit::new(MONEY, worth, exponent)),
                Err(error) => unknown_money = Some(error),
            }
        }
    }
    // `GWH` and `TOE` have the form of a currency, but are a slip of the shift key
    match unknown_money.filter(|_| slip(part, currency).is_none()) {
        Some(error) => Err(error),
        None => Err(UnitError::Unknown { part: part.to_owned(), hint: hint(part, currency) }),
    }
}

/// `USD2022` as `USD` and `2022`.
fn split_money(text: &str) -> Option<(&str, &str)> {
    let (code, year) = text.split_at_checked(3)?;
    let is_code = code.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_year =
        year.is_empty() || (year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()));
    (is_code && is_year).then_some((code, year))
}

#[cfg(test)]
mod tests;
