//! What is said of a capacity, whatever stands behind it.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::{Capacity, Growth, Investment, RegionIx};

use super::Build;
use crate::reader::{Item, Reader};
use crate::registry::{Amount, CapacityUnit, Kind};
use crate::units::UnitError;

/// Which of an item's fields speak of the capacity.
pub(super) struct Which<'s> {
    /// Name of the capacity.
    pub(super) name: &'s str,
    /// The region that pays.
    pub(super) payer: RegionIx,
    /// The region its values are for; `None` where they do not vary by region.
    pub(super) region: Option<&'s str>,
    /// Its unit, for reports.
    pub(super) unit: CapacityUnit,
    /// What stands before the names of its fields: nothing, or `energy_`.
    pub(super) prefix: &'static str,
}

/// Reads the unit of `capacity` into the item; `false` if it is no unit of capacity.
pub(super) fn read_unit<'a>(rd: &mut Reader<'a>, item: &mut Item<'a>) -> bool {
    let place = item.value_place("capacity");
    let Some(text) = rd.text(item, "capacity") else { return false };
    let unit = rd.parse_unit(text);
    // an amount that could not be read has been reported: a capacity of any will do
    let all = item.amount.map_or(Amount::ALL.to_vec(), |amount| vec![amount]);
    let made = all.into_iter().find(|amount| {
        let own = rd.own_unit(CapacityUnit::PerYear(*amount).text());
        unit.as_ref().is_ok_and(|unit| own.is_some_and(|own| own.powers == unit.powers))
    });
    if let Some(amount) = made {
        let is_a_year = unit.is_ok_and(|unit| unit.spelled.year);
        item.unit = if amount == Amount::Energy && !is_a_year {
            CapacityUnit::Gigawatt
        } else {
            CapacityUnit::PerYear(amount)
        };
        item.written_unit = Some((text, place));
        return true;
    }
    let problem = match unit {
        Ok(unit) => {
            let of = match item.amount {
                Some(amount) if amount != Amount::Energy => format!("{} a year", amount.noun()),
                _ => "the unit of a capacity".to_owned(),
            };
            let message = format!("`capacity` takes {of}, but `{text}` is {}", unit.noun());
            Diagnostic::error("wrong-unit", message, place, "")
        }
        Err(UnitError::Unknown { hint: None, .. } | UnitError::Syntax) => Diagnostic::error(
            "unknown-unit",
            format!("`capacity` takes the unit of a capacity, not `{text}`"),
            place,
            "",
        ),
        Err(error) => rd.unit_error(text, place, &error),
    };
    let problem = if problem.hint.is_some() {
        problem
    } else {
        problem.hint(match item.amount {
            Some(amount) if amount != Amount::Energy => format!("write `{}`", usual(item)),
            _ => "write `GW`, `MW`, `PJ/a` or `Gcal/h`".to_owned(),
        })
    };
    rd.fail(item, problem);
    // what is said in it cannot be read either
    item.written_unit = Some(("", place));
    if let Some(amount) = item.amount.filter(|amount| *amount != Amount::Energy) {
        item.unit = CapacityUnit::PerYear(amount);
    }
    false
}

/// The unit in which the capacity of an item is usually written.
pub(super) fn usual(item: &Item<'_>) -> String {
    match item.amount {
        Some(amount) if amount != Amount::Energy => {
            CapacityUnit::PerYear(amount).text().to_owned()
        }
        _ => CapacityUnit::Gigawatt.text().to_owned(),
    }
}

/// Reads a capacity.
pub(super) fn read<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    item: &Item<'a>,
    which: &Which<'_>,
) -> Capacity {
    let named = |field: &str| format!("{}{field}", which.prefix);
    let zero = || build.every_year(0.0);
    let infinite = || build.every_year(f64::INFINITY);
    let region = which.region;
    let residual = rd.by_year(item, &named("residual_capacity"), region);
    if !item.has(&named("residual_capacity")) && item.has(&named("capital_cost")) {
        let value = rd.in_usual_unit(item, &named("residual_capacity"), 0.0);
        let reason = "not given: nothing is in service before it is built";
        rd.default_used(item.path_of(&named("residual_capacity")), value, reason);
    }
    let fixed_cost = rd.by_year(item, &named("fixed_cost"), region);
    if !item.has(&named("fixed_cost")) && item.has(&named("capital_cost")) {
        let reason = "not given: what costs something to build costs nothing to keep";
        let value = rd.in_usual_unit(item, &named("fixed_cost"), 0.0);
        rd.default_used(item.path_of(&named("fixed_cost")), value, reason);
    }
    let lower = rd.by_year(item, &named("min_capacity"), region);
    let upper = rd.by_year(item, &named("max_capacity"), region);
    let early = rd.flag(item, "early_retirement");
    Capacity {
        name: which.name.to_owned(),
        region: which.payer,
        unit: which.unit,
        residual: residual.unwrap_or_else(zero),
        investment: investment(rd, build, item, which),
        fixed_cost: fixed_cost.unwrap_or_else(zero),
        lower: lower.unwrap_or_else(zero),
        upper: upper.unwrap_or_else(infinite),
        early_retirement: early.unwrap_or(false),
    }
}

fn investment<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    item: &Item<'a>,
    which: &Which<'_>,
) -> Option<Investment> {
    let named = |field: &str| format!("{}{field}", which.prefix);
    let region = which.region;
    let cost = named("capital_cost");
    if !item.has(&cost) {
        let builds = [named("min_new_capacity"), named("max_new_capacity")].into_iter().chain(
            ["growth", "unit_size"]
                .map(ToOwned::to_owned)
                .into_iter()
                .filter(|_| which.prefix.is_empty()),
        );
        for field in builds {
            if item.has(&field) {
                let message = format!("`{}` has `{field}` but no `{cost}`", item.path);
                let diagnostic = Diagnostic::error(
                    "building-without-cost",
                    message,
                    item.place_of(&field),
                    "",
                )
                .hint(format!(
                    "without `{cost}` nothing new is built; write `{cost} = 0` if it is free"
                ));
                rd.fail_missing(item, diagnostic);
                break;
            }
        }
        return None;
    }
    let overnight_cost = rd.by_year(item, &cost, region);
    let life = life(rd, item, which)?;
    let economic_life = economic_life(rd, item, which, life);
    let cost_of_capital = match rd.number(item, "cost_of_capital", region) {
        Some(rate) => rate,
        None => build.cost_of_capital[which.payer.get()],
    };
    let per_period = |values: Option<Vec<f64>>, otherwise: f64| -> Vec<f64> {
        let values = values.unwrap_or_else(|| build.every_year(otherwise));
        values.iter().zip(build.lengths()).map(|(value, length)| value * length).collect()
    };
    let lower = rd.by_year(item, &named("min_new_capacity"), region);
    let upper = rd.by_year(item, &named("max_new_capacity"), region);
    let (growth, unit_size) = if which.prefix.is_empty() {
        let has_units = item.kind.field("unit_size").is_some();
        (growth(rd, item), if has_units { rd.number(item, "unit_size", None) } else { None })
    } else {
        (None, None)
    };
    Some(Investment {
        overnight_cost: overnight_cost.unwrap_or_else(|| build.every_year(0.0)),
        technical_life: life,
        economic_life,
        cost_of_capital,
        lower: per_period(lower, 0.0),
        upper: per_period(upper, f64::INFINITY),
        growth,
        unit_size: unit_size.map(|size| build.every_year(size)),
    })
}

fn life<'a>(rd: &mut Reader<'a>, item: &Item<'a>, which: &Which<'_>) -> Option<f64> {
    if !which.prefix.is_empty() && item.has("energy_life") {
        return rd.number(item, "energy_life", which.region);
    }
    if rd.node(item, "life").is_none() {
        let message = format!("`{}` can be built but has no `life`", item.path);
        let place = item.place_of(&format!("{}capital_cost", which.prefix));
        let diagnostic = Diagnostic::error("missing-field", message, place, "").hint(
            "add `life`, the years a new unit stays in service, or give it in [defaults]",
        );
        rd.fail_missing(item, diagnostic);
        return None;
    }
    rd.number(item, "life", which.region)
}

fn economic_life<'a>(
    rd: &mut Reader<'a>,
    item: &Item<'a>,
    which: &Which<'_>,
    life: f64,
) -> f64 {
    let own_life = !which.prefix.is_empty() && item.has("energy_life");
    if !own_life && rd.node(item, "economic_life").is_some() {
        return rd.number(item, "economic_life", which.region).unwrap_or(life);
    }
    if !own_life {
        let value = rd.in_usual_unit(item, "economic_life", life);
        rd.default_used(item.path_of("economic_life"), value, "the life");
    }
    life
}

fn growth<'a>(rd: &mut Reader<'a>, item: &Item<'a>) -> Option<Growth> {
    let entry = item.table.entry("growth")?;
    let Kind::Table(kind) = Reader::field(item, "growth").kind else { return None };
    let inner = item.within(kind, item.path_of("growth"), entry)?;
    let (rate, seed) = (rd.number(&inner, "rate", None), rd.number(&inner, "seed", None));
    Some(Growth { rate: rate?, seed: seed? })
}
