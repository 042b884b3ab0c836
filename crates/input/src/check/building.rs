//! Building: limits for each year, lives, growth, unit sizes.

use kzleap_diagnostics::{Diagnostic, Span};
use kzleap_model::rounding::exceeds;
use kzleap_model::units::{HOURS_PER_YEAR, PJ_PER_GWH};
use kzleap_model::{Capacity, CapacityIx, Investment};

use super::Check;
use crate::numbers::shown;
use crate::registry::{CapacityFields, Field, Number};

pub(super) fn check(check: &mut Check<'_, '_>) {
    let capacities: Vec<CapacityIx> = check.model().capacities.ixs().collect();
    for ix in capacities {
        let (path, fields) = check.capacity_path(ix);
        let capacity = &check.model().capacities[ix];
        let Some(investment) = &capacity.investment else { continue };
        bounds(check, (ix, capacity), investment, &path, fields);
        lives(check, investment, &path, fields);
        if let Some(field) = fields.growth {
            growth(check, capacity, investment, check.place(&path, field), &path);
        }
        if let Some(field) = fields.unit_size {
            unit_size(check, (ix, capacity), investment, field, &path);
        }
        costs(check, capacity, investment, &path, fields);
    }
}

fn bounds(
    check: &mut Check<'_, '_>,
    (ix, capacity): (CapacityIx, &Capacity),
    investment: &Investment,
    path: &str,
    fields: &CapacityFields,
) {
    let pairs = investment.lower.iter().zip(&investment.upper);
    let Some(year) = pairs.clone().position(|(lower, upper)| exceeds(*lower, *upper)) else {
        return;
    };
    let length =
        check.model().time.years.iter().nth(year).map_or(1.0, kzleap_model::Year::length);
    let place = check.value_place(path, fields.min_new, capacity.region);
    let other = check.value_place(path, fields.max_new, capacity.region);
    let unit = check.capacity_unit(ix, fields.min_new);
    let message = format!(
        "in {} at least {} of `{path}` must be built a year, and at most {}",
        check.year(year),
        unit.a_year(investment.lower[year] / length),
        unit.a_year(investment.upper[year] / length),
    );
    check.report(
        Diagnostic::error("min-new-above-max-new", message, place, "at least")
            .also(other, "at most"),
    );
}

fn lives(
    check: &mut Check<'_, '_>,
    investment: &Investment,
    path: &str,
    fields: &CapacityFields,
) {
    if investment.economic_life <= investment.technical_life || fields.own_life.is_some() {
        return;
    }
    let place = check.place(path, fields.economic_life);
    let other = check.place(path, fields.life);
    let message = format!(
        "`{path}` is paid for over {} years but in service for {}",
        investment.economic_life, investment.technical_life
    );
    check.report(
        Diagnostic::warning("paid-after-its-life", message, place, "")
            .also(other, "its life")
            .hint("`economic_life` is usually no longer than `life`"),
    );
}

fn growth(
    check: &mut Check<'_, '_>,
    capacity: &Capacity,
    investment: &Investment,
    place: Span,
    path: &str,
) {
    let Some(growth) = investment.growth else { return };
    if growth.seed <= 0.0 && investment.lower.iter().all(|lower| *lower <= 0.0) {
        let message = format!("building of `{path}` grows from nothing, so it never starts");
        check.report(Diagnostic::warning("growth-never-starts", message, place, "").hint(
            format!(
                "give `seed` more than 0: {} that may always be built in a year",
                capacity.unit.text()
            ),
        ));
    }
}

/// Below this share of the largest demand whole numbers of units say nothing: a solver counts to
/// 1e9 at most.
const SMALLEST_UNIT: f64 = 1e-9;

fn unit_size(
    check: &mut Check<'_, '_>,
    (ix, capacity): (CapacityIx, &Capacity),
    investment: &Investment,
    field: Field<Number>,
    path: &str,
) {
    let Some(sizes) = &investment.unit_size else { return };
    let (place, unit) = (check.place(path, field), check.capacity_unit(ix, field));
    let size = sizes.iter().copied().fold(0.0, f64::max);
    if size <= 0.0 {
        let message = format!("a unit of `{path}` has no size");
        let hint = "leave `unit_size` out where capacity may be built in any amount";
        check.report(Diagnostic::error("unit-of-no-size", message, place, "").hint(hint));
        return;
    }
    let annual = check.model().demands.iter().flat_map(|demand| &demand.annual);
    let largest = annual.fold(0.0_f64, |most, annual| most.max(*annual));
    if size < SMALLEST_UNIT * largest / (PJ_PER_GWH * HOURS_PER_YEAR) {
        let message = format!("a unit of `{path}` is {}", unit.text(size));
        let hint = "what is built in units below a billionth of the demand may be built in any \
                    amount: leave `unit_size` out";
        check.report(Diagnostic::error("unit-of-no-size", message, place, "").hint(hint));
        return;
    }
    let most = investment.upper.iter().copied().fold(0.0, f64::max);
    let most = most.min(capacity.upper.iter().copied().fold(0.0, f64::max));
    if most > 0.0 && most < size {
        let message = format!(
            "one unit of `{path}` is {}, but no period allows more than {}",
            unit.text(size),
            unit.text(most),
        );
        check.report(
            Diagnostic::warning("unit-larger-than-limit", message, place, "")
                .hint("so none is ever built: raise the limit, or make the unit smaller"),
        );
    }
}

/// Costs that change so fast that a digit is likelier wrong than the market.
fn costs(
    check: &mut Check<'_, '_>,
    capacity: &Capacity,
    investment: &Investment,
    path: &str,
    fields: &CapacityFields,
) {
    let cost = &investment.overnight_cost;
    let years: Vec<i32> = check.model().time.years.iter().map(|year| year.milestone).collect();
    for y in 1..cost.len() {
        let (before, after) = (cost[y - 1], cost[y]);
        let span = f64::from(years[y] - years[y - 1]);
        if before <= 0.0 || after <= 0.0 {
            continue;
        }
        let a_year = libm::pow(after / before, 1.0 / span);
        if (0.75..=1.25).contains(&a_year) {
            continue;
        }
        let place = check.value_place(path, fields.capital_cost, capacity.region);
        let message = format!(
            "the capital cost of `{path}` goes from {} to {} between {} and {}",
            shown(before),
            shown(after),
            years[y - 1],
            years[y]
        );
        check.implausible(
            Diagnostic::warning("cost-jumps", message, place, "")
                .hint("check for a digit too many or too few"),
        );
        return;
    }
}
