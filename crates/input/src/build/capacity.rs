//! What is said of a capacity, whatever is behind it.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::{ByAge, Capacity, Growth, Investment, RegionIx};

use super::{Build, commissioned, construction, retrofits};
use crate::reader::{Item, Reader};
use crate::registry::{
    Amount, CapacityFields, CapacityUnit, Field, Map, Number, OneTable, UnitOfCapacity, growth,
    process,
};
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
    /// Its fields.
    pub(super) fields: &'static CapacityFields,
}

/// Reads the unit of capacity into the item; `false` if it is no unit of capacity.
pub(super) fn read_unit<'a>(
    rd: &mut Reader<'a>,
    item: &mut Item<'a>,
    field: Field<UnitOfCapacity>,
) -> bool {
    let place = item.value_place(field);
    let Some(text) = rd.text_of(item, field.listed) else { return false };
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
        item.written_unit = Some((text.into(), place));
        return true;
    }
    let problem = match unit {
        Ok(unit) => {
            let of = match item.amount {
                Some(amount) if amount != Amount::Energy => format!("{} a year", amount.noun()),
                _ => "the unit of a capacity".to_owned(),
            };
            let message = format!("`{field}` takes {of}, but `{text}` is {}", unit.noun());
            Diagnostic::error("wrong-unit", message, place, "")
        }
        Err(UnitError::Unknown { hint: None, .. } | UnitError::Syntax) => Diagnostic::error(
            "unknown-unit",
            format!("`{field}` takes the unit of a capacity, not `{text}`"),
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
    item.written_unit = Some(("".into(), place));
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
    let zero = || build.every_year(0.0);
    let infinite = || build.every_year(f64::INFINITY);
    let (fields, region) = (which.fields, which.region);
    let residual = match commissioned::residual(rd, build, item, fields, region) {
        Some(left) => Some(left),
        None => rd.by_year(item, fields.residual, region),
    };
    let commissioned = fields.commissioned.unwrap_or(process::COMMISSIONED);
    let exists = item.has(fields.residual) || item.has(commissioned);
    if !exists && item.has(fields.capital_cost) {
        let value = rd.in_usual_unit(item, fields.residual, 0.0);
        let reason = "not given: nothing is in service before it is built";
        rd.default_used(item.path_of(fields.residual), value, reason);
    }
    let (fixed_cost, differ) = rd.by_vintage(|rd| rd.by_year(item, fields.fixed_cost, region));
    if !item.has(fields.fixed_cost) && item.has(fields.capital_cost) {
        let reason = "not given: what costs something to build costs nothing to keep";
        let value = rd.in_usual_unit(item, fields.fixed_cost, 0.0);
        rd.default_used(item.path_of(fields.fixed_cost), value, reason);
    }
    let lower = rd.by_year(item, fields.min, region);
    let upper = rd.by_year(item, fields.max, region);
    let early = rd.flag(item, fields.early_retirement);
    let investment = investment(rd, build, item, which);
    let mut fixed_cost_of_new = Vec::new();
    if differ && (investment.is_some() || retrofits::makes(rd, which.name)) {
        for built in build.model.time.years.ixs() {
            let of = rd.of_vintage(built, |rd| rd.by_year(item, fields.fixed_cost, region));
            fixed_cost_of_new.extend(of);
        }
    }
    let fixed_cost = fixed_cost.unwrap_or_else(zero);
    if fixed_cost_of_new.iter().all(|of_new| *of_new == fixed_cost) {
        fixed_cost_of_new.clear();
    }
    Capacity {
        name: which.name.to_owned(),
        region: which.payer,
        unit: which.unit,
        residual: residual.unwrap_or_else(zero),
        investment,
        fixed_cost,
        fixed_cost_of_new,
        lower: lower.unwrap_or_else(zero),
        upper: upper.unwrap_or_else(infinite),
        early_retirement: early.unwrap_or(false),
        decommissioning_cost: None,
        early_retirement_cost: None,
        by_conversion: false, // said by retrofits
    }
}

fn investment<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    item: &Item<'a>,
    which: &Which<'_>,
) -> Option<Investment> {
    let (fields, region) = (which.fields, which.region);
    let cost = fields.capital_cost;
    if !item.has(cost) {
        let builds = [
            fields.connection_cost.map(|field| field.key()),
            Some(fields.min_new.key()),
            Some(fields.max_new.key()),
            Some(fields.lead_time.key()),
            Some(fields.spending.key()),
            fields.growth.map(|field| field.key()),
            fields.unit_size.map(|field| field.key()),
        ];
        for field in builds.into_iter().flatten() {
            if item.has(field) {
                let message = format!("`{}` has `{field}` but no `{cost}`", item.path);
                let diagnostic = Diagnostic::error(
                    "building-without-cost",
                    message,
                    item.place_of(field),
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
    let mut overnight_cost = rd.by_year(item, cost, region);
    let connection = fields.connection_cost.and_then(|field| rd.by_year(item, field, region));
    if let (Some(overnight), Some(connection)) = (&mut overnight_cost, connection) {
        overnight.iter_mut().zip(connection).for_each(|(cost, more)| *cost += more);
    }
    let life = life(rd, item, which)?;
    let economic_life = economic_life(rd, item, which, life);
    let cost_of_capital = match rd.number(item, fields.cost_of_capital, region) {
        Some(rate) => rate,
        None => build.cost_of_capital[which.payer.get()],
    };
    let per_period = |values: Option<Vec<f64>>, otherwise: f64| -> Vec<f64> {
        let values = values.unwrap_or_else(|| build.every_year(otherwise));
        values.iter().zip(build.lengths()).map(|(value, length)| value * length).collect()
    };
    let lower = per_period(rd.by_year(item, fields.min_new, region), 0.0);
    let mut upper = per_period(rd.by_year(item, fields.max_new, region), f64::INFINITY);
    let lead_time = rd.number(item, fields.lead_time, region);
    construction::not_before(rd, build, item, fields, lead_time, (&lower, &mut upper));
    let interest = construction::interest(
        rd,
        item,
        (fields.lead_time, fields.spending),
        lead_time,
        cost_of_capital,
    );
    let growth = fields.growth.and_then(|field| growth(rd, item, field));
    let unit_size = fields.unit_size.and_then(|field| rd.number(item, field, None));
    Some(Investment {
        overnight_cost: overnight_cost.unwrap_or_else(|| build.every_year(0.0)),
        technical_life: life,
        survival: fields.survival.and_then(|field| survival(rd, item, field)),
        economic_life,
        cost_of_capital,
        interest,
        lower,
        upper,
        growth,
        unit_size: unit_size.map(|size| build.every_year(size)),
    })
}

/// The field of a life of its own that is given.
fn own_life(item: &Item<'_>, which: &Which<'_>) -> Option<Field<Number>> {
    which.fields.own_life.filter(|field| item.has(*field))
}

fn life<'a>(rd: &mut Reader<'a>, item: &Item<'a>, which: &Which<'_>) -> Option<f64> {
    if let Some(own) = own_life(item, which) {
        return rd.number(item, own, which.region);
    }
    let life = which.fields.life;
    if rd.node(item, life).is_none() {
        let message = format!("`{}` can be built but has no `{life}`", item.path);
        let place = item.place_of(which.fields.capital_cost);
        let hint = format!(
            "add `{life}`, the years a new unit stays in service, or give it in [defaults]"
        );
        let diagnostic = Diagnostic::error("missing-field", message, place, "").hint(hint);
        rd.fail_missing(item, diagnostic);
        return None;
    }
    rd.number(item, life, which.region)
}

/// The share of what was built that is still there by its age: all of it at first, and never more
/// than before.
pub(super) fn survival<'a>(
    rd: &mut Reader<'a>,
    item: &Item<'a>,
    field: Field<Map>,
) -> Option<ByAge> {
    let (curve, place) = rd.curve(item, field)?;
    let mut points = curve.points().to_vec();
    if points[0].0 > 0.0 {
        points.insert(0, (0.0, 1.0));
    }
    let begins = (points[0].1 - 1.0).abs() <= 0.0;
    let rises = points.windows(2).find(|pair| pair[1].1 > pair[0].1);
    if let (true, None) = (begins, rises) {
        return ByAge::new(points);
    }
    let message = match rises {
        Some(pair) => format!("more is there after {} years than before", pair[1].0),
        None => format!("only {} of what is built is there at first", points[0].1),
    };
    let diagnostic = Diagnostic::error("no-survival", message, place, "").hint(format!(
        "`{field}` begins with 1 at an age of 0 and falls: `{{ 0 = 1, 15 = 0.9, 25 = 0.4 }}`"
    ));
    rd.fail(item, diagnostic);
    None
}

fn economic_life<'a>(
    rd: &mut Reader<'a>,
    item: &Item<'a>,
    which: &Which<'_>,
    life: f64,
) -> f64 {
    let field = which.fields.economic_life;
    if own_life(item, which).is_some() {
        return life;
    }
    if rd.node(item, field).is_some() {
        return rd.number(item, field, which.region).unwrap_or(life);
    }
    let value = rd.in_usual_unit(item, field, life);
    rd.default_used(item.path_of(field), value, "the life");
    life
}

fn growth<'a>(rd: &mut Reader<'a>, item: &Item<'a>, field: Field<OneTable>) -> Option<Growth> {
    let inner = item.within(&growth::TABLE, item.path_of(field), item.entry(field)?)?;
    let rate = rd.number(&inner, growth::RATE, None);
    let seed = rd.number(&inner, growth::SEED, None);
    Some(Growth { rate: rate?, seed: seed? })
}
