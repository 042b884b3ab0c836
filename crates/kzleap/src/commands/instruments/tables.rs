//! Figures of instruments side by side.

use std::collections::BTreeMap;

use kzleap_accounts::Accounts;
use kzleap_accounts::payments::Party;
use kzleap_model::emission_units::price_shown;
use kzleap_model::policy::EmissionCap;
use kzleap_model::{Amount, CommodityIx, Model, YearIx};
use kzleap_report::sheet::{Cell, Column, Sheet, text};
use kzleap_study::{Compared, InstrumentComparison, InstrumentKind, TARGET_CAP, for_people};

const COLUMNS: &[Column] = &[
    Column {
        key: "instrument",
        meaning: "its name in the file; `none` is the model without any",
    },
    Column {
        key: "item",
        meaning: "`strength`: the price of a tax or a scheme, emissions for a unit of a standard, a \
                  share, what a subsidy is paid for; `rate`: what a subsidy pays for a unit, or a \
                  tonne costs under a standard; `system_cost` without transfers, in a year, or \
                  over the horizon as present value; `budget` of the public; `price`: mean \
                  marginal cost; `emissions` of the target, and of each sector; `risen`: what sectors \
                  emit more than without policy; `pays`: what a sector or somebody else is left \
                  with, below zero what it pays in all",
    },
    Column { key: "of", meaning: "commodity, sector, scheme or `public`; empty for all" },
    Column { key: "unit", meaning: "unit of `value`" },
    Column { key: "year", meaning: "milestone year, or `horizon`" },
    Column { key: "value", meaning: "the figure" },
];

/// Figures of a year.
pub(super) struct Year<'a> {
    /// System cost in the year, millions.
    pub(super) system_cost: f64,
    /// What the public receives less what it pays, millions.
    pub(super) budget: f64,
    /// Emissions of the target.
    pub(super) emissions: f64,
    /// What sectors emit more than without policy.
    pub(super) risen: f64,
    sectors: BTreeMap<String, f64>,
    pays: BTreeMap<(&'static str, &'a str), f64>,
}

impl<'a> Year<'a> {
    /// Of an instrument, beside the model without any.
    pub(super) fn of(one: &'a Compared, none: &Compared, y: YearIx) -> Self {
        let accounts = Accounts::new(&one.model, &one.plan.solution);
        let (mut pays, mut all) = (BTreeMap::new(), 0.0);
        for payment in one.payments(&accounts).iter().filter(|of| of.year == y.get()) {
            let who = match payment.party {
                Party::Sector(name) => ("sector", name),
                Party::Unserved => ("unserved", ""),
                Party::Scheme(s) => ("scheme", one.model.trading[s].name.as_str()),
                Party::Public => ("public", ""),
            };
            *pays.entry(who).or_insert(0.0) += payment.value;
            all += payment.value;
        }
        let (sectors, without) = (by_sector(one, y), by_sector(none, y));
        let more = |(name, mt): (&String, &f64)| {
            (mt - without.get(name).copied().unwrap_or_default()).max(0.0)
        };
        Self {
            system_cost: -all,
            budget: pays.get(&("public", "")).copied().unwrap_or_default(),
            emissions: one.emissions[y.get()],
            risen: sectors.iter().map(more).sum(),
            sectors,
            pays,
        }
    }
}

/// Emissions of the target by sector.
fn by_sector(one: &Compared, y: YearIx) -> BTreeMap<String, f64> {
    let accounts = Accounts::new(&one.model, &one.plan.solution);
    let mut sums = BTreeMap::new();
    for (emitted, weight) in cap(one).into_iter().flat_map(|cap| accounts.counted_under(cap)) {
        let sector = accounts.sector_of(emitted).to_owned();
        *sums.entry(sector).or_insert(0.0) += weight * emitted.by_year[y.get()];
    }
    sums
}

/// What counts the target.
fn cap(one: &Compared) -> Option<&EmissionCap> {
    one.model.emission_caps.iter().find(|cap| cap.name == TARGET_CAP)
}

/// The name of an instrument.
pub(super) fn name(one: &Compared) -> &str {
    one.instrument.as_ref().map_or("none", |of| of.name.as_str())
}

/// Years of the target.
pub(super) fn years(comparison: &InstrumentComparison, model: &Model) -> Vec<YearIx> {
    let of_target =
        |milestone: i32| comparison.target.limit.contains_key(&milestone.to_string());
    let years = model.time.years.iter_ix();
    years.filter(|(_, year)| of_target(year.milestone)).map(|(y, _)| y).collect()
}

/// Commodities that instruments are for, each once.
pub(super) fn commodities(comparison: &InstrumentComparison) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    let all = comparison.instruments.iter().filter_map(|of| of.commodity.as_deref());
    for name in all.chain(comparison.prices.iter().map(String::as_str)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The unit of the target in the model, a year.
pub(super) fn emission_unit(one: &Compared) -> String {
    cap(one).map_or_else(String::new, |cap| format!("{}/a", cap.unit_text(&one.model)))
}

/// Mean marginal cost of a commodity over the domestic regions, weighted by what is used, with its
/// unit.
pub(super) fn price(one: &Compared, commodity: &str, y: YearIx) -> Option<(f64, String)> {
    let accounts = Accounts::new(&one.model, &one.plan.solution);
    let c = one.model.commodities.position(|of| of.name == commodity)?;
    let (mut paid, mut used) = (0.0, 0.0);
    for balance in accounts.balances().iter().filter(|balance| balance.commodity == c) {
        let home = one.model.network.home(balance.region);
        let Some(price) = balance.mean_price[y.get()] else { continue };
        if one.model.regions[home].domestic {
            let uses: f64 = (0..balance.demand.nrows()).map(|n| balance.uses(n, y.get())).sum();
            paid += price * uses;
            used += uses;
        }
    }
    (used > 0.0).then(|| of_a_unit(one, c, paid / used))
}

/// A million for a unit of a commodity as people say it: for a MWh, a t.
fn of_a_unit(one: &Compared, c: CommodityIx, value: f64) -> (f64, String) {
    let (currency, amount) = (&one.model.currency, one.model.commodities[c].amount);
    let unit = match amount {
        Some(Amount::Energy | Amount::Mass) => format!("{currency}/{}", one_of(amount)),
        _ => format!("M{currency}/{}", one_of(amount)),
    };
    (value * for_people(amount), unit)
}

/// The unit of which that is.
fn one_of(amount: Option<Amount>) -> &'static str {
    match amount {
        Some(amount @ (Amount::Energy | Amount::Mass)) => amount.one(),
        Some(amount) => amount.unit(),
        None => "unit",
    }
}

/// The price of a tonne, with its unit.
fn of_a_tonne(one: &Compared, value: f64) -> (f64, String) {
    let unit = cap(one).and_then(|cap| cap.unit(&one.model));
    let (unit, shown) = price_shown(&one.model.currency, unit);
    (value * shown, unit)
}

/// How strict an instrument is in a year, with its unit; and its rate.
fn measures(one: &Compared, y: YearIx) -> [Option<(f64, String)>; 2] {
    let Some(instrument) = &one.instrument else { return [None, None] };
    let (strength, rate) = (one.strength.get(&y).copied(), one.rate.get(&y).copied());
    let c = (instrument.commodity.as_ref())
        .and_then(|name| one.model.commodities.position(|of| of.name == *name));
    let amount = c.and_then(|c| one.model.commodities[c].amount);
    match instrument.kind {
        InstrumentKind::Tax | InstrumentKind::Trading => {
            [strength.map(|value| of_a_tonne(one, value)), None]
        }
        InstrumentKind::Standard => [
            strength.map(|value| (value * for_people(amount), format!("t/{}", one_of(amount)))),
            rate.map(|value| of_a_tonne(one, value)),
        ],
        InstrumentKind::Share => [strength.map(|value| (value, "1".to_owned())), None],
        InstrumentKind::Subsidy => [
            strength.map(|value| (value, amount.map_or("units/a", Amount::yearly).to_owned())),
            c.zip(rate).map(|(c, value)| of_a_unit(one, c, value)),
        ],
    }
}

/// The same for people.
pub(super) fn strength(one: &Compared, y: YearIx) -> String {
    let [strength, rate] = measures(one, y);
    let said = |(value, unit): (f64, String)| match unit.as_str() {
        "1" => format!("{}%", super::short(100.0 * value)),
        unit => format!("{} {unit}", super::short(value)),
    };
    let rate = rate.map_or_else(String::new, |rate| format!(" at {}", said(rate)));
    strength.map(said).unwrap_or_default() + &rate
}

/// All figures of all instruments.
pub(super) fn sheet<'a>(
    comparison: &'a InstrumentComparison,
    compared: &'a [Compared],
) -> Sheet<'a> {
    let mut sheet = Sheet::new("instruments", "Instruments side by side", COLUMNS);
    let Some(none) = compared.first() else { return sheet };
    for one in compared {
        let accounts = Accounts::new(&one.model, &one.plan.solution);
        let money = format!("M{}", one.model.currency);
        let transfers: f64 = accounts.transfers().iter().map(|(_, value)| value).sum();
        let mut add = |item: &'static str, of: &str, unit: String, year: Cell<'a>, value| {
            sheet.row([
                text(name(one)),
                text(item),
                text(of.to_owned()),
                text(unit),
                year,
                Cell::Number(value),
            ]);
        };
        add("system_cost", "", money.clone(), text("horizon"), accounts.system_cost());
        add("transfers", "", money.clone(), text("horizon"), transfers);
        for y in years(comparison, &one.model) {
            let year = || Cell::Year(one.model.time.years[y].milestone);
            let [strength, rate] = measures(one, y);
            for (item, measure) in [("strength", strength), ("rate", rate)] {
                if let Some((value, unit)) = measure {
                    add(item, "", unit, year(), value);
                }
            }
            let found = Year::of(one, none, y);
            let (mt, yearly) = (emission_unit(one), format!("{money}/a"));
            add("system_cost", "", yearly.clone(), year(), found.system_cost);
            add("budget", "", yearly.clone(), year(), found.budget);
            for commodity in commodities(comparison) {
                if let Some((value, unit)) = price(one, commodity, y) {
                    add("price", commodity, unit, year(), value);
                }
            }
            add("emissions", "", mt.clone(), year(), found.emissions);
            add("risen", "", mt.clone(), year(), found.risen);
            for (sector, value) in &found.sectors {
                add("emissions", sector, mt.clone(), year(), *value);
            }
            for ((kind, of), value) in &found.pays {
                let of = if of.is_empty() { kind } else { of };
                add("pays", of, yearly.clone(), year(), *value);
            }
        }
    }
    sheet
}
