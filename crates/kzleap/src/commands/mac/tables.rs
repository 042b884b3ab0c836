//! The curve as tables and as JSON.

use kzleap_model::Model;
use kzleap_model::emission_units::price_shown;
use kzleap_model::policy::CapWindow;
use kzleap_report::sheet::{Cell, Column, Sheet, text};
use kzleap_study::{CostCurve, Measure, MovedLimit, measures};
use serde_json::{Value, json};

const POINTS: &[Column] = &[
    Column { key: "breakpoint", meaning: "from 1, in the order of the way" },
    Column {
        key: "part",
        meaning: "how much of the way from the first limits to the last is gone, from 0 to 1",
    },
    Column { key: "cap", meaning: "name of a cap whose limit is moved" },
    Column { key: "year", meaning: "milestone year; first-last for a budget over years" },
    Column { key: "limit", meaning: "its limit there" },
    Column { key: "unit", meaning: "unit of `limit`" },
    Column { key: "cost", meaning: "the least cost there, millions of the base year" },
    Column {
        key: "slope_before",
        meaning: "what the cost rises by for the whole way on the line before it, millions",
    },
    Column { key: "slope_after", meaning: "the same on the line after it" },
    Column {
        key: "marginal_cost_before",
        meaning: "what one unit less of the limit costs on the line before it, in money of the \
                  year, of a budget as present value; empty where several limits are moved",
    },
    Column { key: "marginal_cost_after", meaning: "the same on the line after it" },
    Column { key: "price_unit", meaning: "unit of the marginal costs" },
];

const CHANGES: &[Column] = &[
    Column { key: "line", meaning: "from 1: that from breakpoint 1 to breakpoint 2" },
    Column {
        key: "kind",
        meaning: "`emissions` of a category that count under the moved caps, `activity` of a \
                  process, or `capacity`",
    },
    Column { key: "name", meaning: "name of the category, process or capacity" },
    Column { key: "region", meaning: "region; of emissions all of the cap" },
    Column { key: "year", meaning: "milestone year" },
    Column { key: "unit", meaning: "unit of `change`" },
    Column { key: "change", meaning: "how much more it is at the end of the line" },
];

/// What changes on each line.
pub(super) fn segments(model: &Model, curve: &CostCurve) -> Vec<Vec<Measure>> {
    let of_pair = |pair: &[kzleap_study::Breakpoint]| {
        measures(model, &curve.moved, [&pair[0].solution, &pair[1].solution])
    };
    curve.breakpoints.windows(2).map(of_pair).collect()
}

/// A cap with its year or its years.
pub(super) fn named(model: &Model, limit: &MovedLimit) -> String {
    format!("{} {}", model.emission_caps[limit.cap].name, when(model, limit))
}

fn when(model: &Model, limit: &MovedLimit) -> String {
    match (&model.emission_caps[limit.cap].window, limit.year) {
        (_, Some(y)) => model.time.years[y].milestone.to_string(),
        (CapWindow::Budget { first, last, .. }, None) => format!("{first}-{last}"),
        (CapWindow::EachYear(_), None) => String::new(),
    }
}

/// What one unit less of the limit costs, with the unit; `None` where several are moved.
pub(super) fn marginal_cost(
    model: &Model,
    curve: &CostCurve,
    slope: f64,
) -> Option<(f64, String)> {
    let [limit] = curve.moved[..] else { return None };
    let unit = model.emission_caps[limit.cap].unit(model);
    let (unit, shown) = price_shown(&model.currency, unit);
    Some((limit.marginal_cost(model, slope) * shown, unit))
}

/// `mac`: each breakpoint, with a row for each limit that is moved.
pub(super) fn points<'a>(model: &'a Model, curve: &CostCurve) -> Sheet<'a> {
    let mut sheet = Sheet::new("mac", "Abatement cost curve", POINTS);
    let slopes = curve.slopes();
    for (at, point) in curve.breakpoints.iter().enumerate() {
        let around = [at.checked_sub(1), Some(at)].map(|at| at.and_then(|at| slopes.get(at)));
        let slope = around.map(|slope| slope.copied().unwrap_or(f64::NAN));
        let marginal = slope.map(|slope| marginal_cost(model, curve, slope));
        let unit = marginal[0].as_ref().map_or_else(String::new, |(_, unit)| unit.clone());
        let [before, after] = marginal.map(|one| one.map_or(f64::NAN, |(value, _)| value));
        for limit in &curve.moved {
            let cap = &model.emission_caps[limit.cap];
            sheet.row([
                Cell::Number((at + 1) as f64),
                Cell::Number(point.part),
                text(&cap.name),
                text(when(model, limit)),
                Cell::Number(limit.at(point.part)),
                text(limit_unit(model, limit)),
                Cell::Number(point.cost),
                Cell::Number(slope[0]),
                Cell::Number(slope[1]),
                Cell::Number(before),
                Cell::Number(after),
                text(unit.clone()),
            ]);
        }
    }
    sheet
}

fn limit_unit(model: &Model, limit: &MovedLimit) -> String {
    let unit = model.emission_caps[limit.cap].unit_text(model);
    if limit.year.is_some() { format!("{unit}/a") } else { unit.to_owned() }
}

/// `mac_measures`: what changes on each line.
pub(super) fn changes<'a>(model: &'a Model, lines: &'a [Vec<Measure>]) -> Sheet<'a> {
    let mut sheet =
        Sheet::new("mac_measures", "What changes on the lines of the curve", CHANGES);
    for (at, measures) in lines.iter().enumerate() {
        for one in measures {
            sheet.row([
                Cell::Number((at + 1) as f64),
                text(one.kind.text()),
                text(&one.name),
                text(one.region.map_or("", |r| model.regions[r].name.as_str())),
                Cell::Year(model.time.years[one.year].milestone),
                text(&one.unit),
                Cell::Number(one.change),
            ]);
        }
    }
    sheet
}

/// All of it for programs.
pub(super) fn json(model: &Model, curve: &CostCurve, lines: &[Vec<Measure>]) -> Value {
    let moved = curve.moved.iter().map(|limit| {
        json!({
            "cap": model.emission_caps[limit.cap].name,
            "year": when(model, limit),
            "unit": limit_unit(model, limit),
            "from": limit.from,
            "to": limit.to,
        })
    });
    let breakpoints = curve.breakpoints.iter().map(|point| {
        let limits: Vec<f64> = curve.moved.iter().map(|limit| limit.at(point.part)).collect();
        json!({ "part": point.part, "limits": limits, "cost": point.cost })
    });
    let lines = curve.slopes().into_iter().zip(lines).map(|(slope, measures)| {
        let (marginal, unit) = marginal_cost(model, curve, slope).unzip();
        let changes = measures.iter().map(|one| {
            json!({
                "kind": one.kind.text(),
                "name": one.name,
                "region": one.region.map(|r| &model.regions[r].name),
                "year": model.time.years[one.year].milestone,
                "unit": one.unit,
                "change": one.change,
            })
        });
        json!({
            "slope": slope,
            "marginal_cost": marginal,
            "price_unit": unit,
            "changes": changes.collect::<Vec<_>>(),
        })
    });
    json!({
        "model": model.name,
        "scenario": model.scenario,
        "currency": model.currency,
        "base_year": model.finance.base_year,
        "certified": curve.certified,
        "solves": curve.solves,
        "error": curve.error,
        "moved": moved.collect::<Vec<_>>(),
        "breakpoints": breakpoints.collect::<Vec<_>>(),
        "lines": lines.collect::<Vec<_>>(),
    })
}
