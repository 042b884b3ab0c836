//! What a technology earns and pays as a table, and for programs.

use kzleap_model::{CapacityUnit, Model};
use kzleap_report::sheet::{Cell, Column, Sheet, text};
use kzleap_study::{Earnings, FleetEarnings, UnitEarnings};
use serde_json::{Value, json};

const COLUMNS: &[Column] = &[
    Column {
        key: "of",
        meaning: "`unit`: one unit of new capacity over its life; `fleet`: all capacity in \
                  service, in one year of the period",
    },
    Column { key: "technology", meaning: "name of the capacity" },
    Column { key: "region", meaning: "name of the region" },
    Column { key: "year", meaning: "milestone year, of building for a unit" },
    Column {
        key: "term",
        meaning: "what is earned, or paid where it is below zero: `sold` and `bought` at marginal \
                  cost, `reserve`, `share`, `emissions`, `variable`, `fixed`, `capital`, `limit` \
                  (rent of what binds) …; `net`: their sum, below zero for what is not built; of a \
                  fleet `left` for capital. `built` and `in_service`; `overnight` and `break_even` \
                  cost",
    },
    Column { key: "name", meaning: "the commodity, emission, reserve or rule of the term" },
    Column { key: "unit", meaning: "unit of `value`" },
    Column { key: "value", meaning: "the quantity" },
];

/// Money for one unit of a capacity, and what a million for one of the model's is in it.
pub(super) fn per_unit(model: &Model, unit: CapacityUnit) -> (String, f64) {
    match (unit, model.currency.as_str()) {
        (CapacityUnit::Gigawatt, currency) if !currency.is_empty() => {
            (format!("{currency}/kW"), 1.0)
        }
        (unit, "") => (format!("money/({})", unit.text()), 1.0),
        (unit, currency) => (format!("M{currency}/({})", unit.text()), 1.0),
    }
}

/// Money for one unit of what is made, and what a million for one of the model's is in it.
pub(super) fn per_output(model: &Model, unit: &UnitEarnings) -> Option<(String, f64)> {
    let (commodity, made) = unit.output?;
    let commodity = &model.commodities[commodity];
    let (currency, of) = (&model.currency, commodity.unit());
    Some(match (commodity.is_energy(), currency.as_str()) {
        (true, currency) if !currency.is_empty() => (format!("{currency}/MWh"), 3.6 / made),
        _ => (format!("M{currency}/{of}"), 1.0 / made),
    })
}

/// All terms.
pub(super) fn sheet<'a>(model: &'a Model, found: &'a Earnings) -> Sheet<'a> {
    let mut sheet = Sheet::new("why", "What technologies earn and pay", COLUMNS);
    for unit in &found.units {
        add_unit(&mut sheet, model, unit);
    }
    for fleet in &found.fleets {
        add_fleet(&mut sheet, model, fleet);
    }
    sheet
}

fn add_unit<'a>(sheet: &mut Sheet<'a>, model: &'a Model, unit: &'a UnitEarnings) {
    let capacity = &model.capacities[unit.capacity];
    let mut add = |term: &'static str, name: &'a str, in_unit: String, value: f64| {
        sheet.row([
            text("unit"),
            text(&capacity.name),
            text(&model.regions[capacity.region].name),
            Cell::Year(model.time.years[unit.year].milestone),
            text(term),
            text(name),
            text(in_unit),
            Cell::Number(value),
        ]);
    };
    let (money, worth) = per_unit(model, capacity.unit);
    let present = format!("{money} (present value {})", model.finance.base_year);
    let output = per_output(model, unit);
    let terms = unit.terms.iter().map(|term| (term.word.text(), term.of.as_str(), term.amount));
    for (term, of, amount) in terms.chain([("net", "", unit.net)]) {
        add(term, of, present.clone(), amount * worth);
        add(term, of, format!("{money}/a"), amount * worth / unit.years_present_value);
        if let Some((money, worth)) = &output {
            add(term, of, money.clone(), amount * worth);
        }
    }
    add("built", "", capacity.unit.text().to_owned(), unit.built);
    add("overnight", "", money.clone(), unit.overnight * worth);
    if let Some(cost) = unit.break_even {
        add("break_even", "", money, cost * worth);
    }
}

fn add_fleet<'a>(sheet: &mut Sheet<'a>, model: &'a Model, fleet: &'a FleetEarnings) {
    let capacity = &model.capacities[fleet.capacity];
    let money = format!("M{}/a", model.currency);
    let mut add = |term: &'static str, name: &'a str, unit: &str, value: f64| {
        sheet.row([
            text("fleet"),
            text(&capacity.name),
            text(&model.regions[capacity.region].name),
            Cell::Year(model.time.years[fleet.year].milestone),
            text(term),
            text(name),
            text(unit.to_owned()),
            Cell::Number(value),
        ]);
    };
    for term in &fleet.terms {
        add(term.word.text(), &term.of, &money, term.amount);
    }
    add("left", "", &money, fleet.left);
    add("in_service", "", capacity.unit.text(), fleet.in_service);
}

/// All of it, for programs.
pub(super) fn json(model: &Model, found: &Earnings) -> Value {
    let named = |k, y| {
        let capacity: &kzleap_model::Capacity = &model.capacities[k];
        json!({
            "technology": capacity.name,
            "region": model.regions[capacity.region].name,
            "year": model.time.years[y].milestone,
            "capacity_unit": capacity.unit.text(),
        })
    };
    let with = |mut value: Value, more: Value| {
        if let (Some(object), Value::Object(more)) = (value.as_object_mut(), more) {
            object.extend(more);
        }
        value
    };
    let unit = |unit: &UnitEarnings| {
        let (money, worth) = per_unit(model, model.capacities[unit.capacity].unit);
        let output = per_output(model, unit);
        let term = |word: &str, of: &str, amount: f64| {
            json!({
                "term": word,
                "name": of,
                "present_value": amount * worth,
                "a_year": amount * worth / unit.years_present_value,
                "by_output": output.as_ref().map(|(_, worth)| amount * worth),
            })
        };
        let terms = unit.terms.iter().map(|one| term(one.word.text(), &one.of, one.amount));
        let more = json!({
            "built": unit.built,
            "money": money,
            "money_by_output": output.as_ref().map(|(money, _)| money),
            "terms": terms.collect::<Vec<_>>(),
            "net": term("net", "", unit.net),
            "overnight": unit.overnight * worth,
            "break_even": unit.break_even.map(|cost| cost * worth),
            "text": super::said::unit(model, unit),
        });
        with(named(unit.capacity, unit.year), more)
    };
    let fleet = |fleet: &FleetEarnings| {
        let terms = fleet.terms.iter().map(
            |one| json!({ "term": one.word.text(), "name": one.of, "amount": one.amount }),
        );
        let more = json!({
            "in_service": fleet.in_service,
            "money": format!("M{}/a", model.currency),
            "terms": terms.collect::<Vec<_>>(),
            "left": fleet.left,
        });
        with(named(fleet.capacity, fleet.year), more)
    };
    json!({
        "certified": found.certified,
        "units": found.units.iter().map(unit).collect::<Vec<_>>(),
        "fleets": found.fleets.iter().map(fleet).collect::<Vec<_>>(),
    })
}
