//! Capacity in service: existing, the least and the most.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::CapacityIx;
use kzleap_model::rounding::exceeds;

use super::Check;
use crate::registry::process;

pub(super) fn check(check: &mut Check<'_, '_>) {
    let capacities: Vec<CapacityIx> = check.model().capacities.ixs().collect();
    for ix in capacities {
        let sound = bounds(check, ix);
        if sound {
            residual(check, ix);
            in_reach(check, ix);
        }
        nothing(check, ix);
    }
}

/// `min_capacity` is not above `max_capacity`.
fn bounds(check: &mut Check<'_, '_>, ix: CapacityIx) -> bool {
    let capacity = &check.model().capacities[ix];
    let crossed = capacity.lower.iter().zip(&capacity.upper).position(|(l, u)| exceeds(*l, *u));
    let Some(year) = crossed else { return true };
    let (path, fields) = check.capacity_path(ix);
    let place = check.value_place(&path, fields.min, capacity.region);
    let other = check.value_place(&path, fields.max, capacity.region);
    let unit = check.capacity_unit(ix, fields.min);
    let message = format!(
        "in {} at least {} of `{path}` must be in service, and at most {}",
        check.year(year),
        unit.text(capacity.lower[year]),
        unit.text(capacity.upper[year]),
    );
    check.report(
        Diagnostic::error("min-above-max", message, place, "at least")
            .also(other, "at most")
            .hint("values between the given years lie on straight lines"),
    );
    false
}

/// Existing capacity fits under `max_capacity`, and does not grow by leaps.
fn residual(check: &mut Check<'_, '_>, ix: CapacityIx) {
    let capacity = &check.model().capacities[ix];
    let (path, fields) = check.capacity_path(ix);
    let place = check.value_place(&path, fields.residual, capacity.region);
    let unit = check.capacity_unit(ix, fields.residual);
    let above =
        capacity.residual.iter().zip(&capacity.upper).position(|(r, u)| exceeds(*r, *u));
    if let Some(year) = above.filter(|_| !capacity.early_retirement) {
        let other = check.value_place(&path, fields.max, capacity.region);
        let message = format!(
            "in {} there are {} of `{path}` already, but at most {} are allowed",
            check.year(year),
            unit.text(capacity.residual[year]),
            unit.text(capacity.upper[year]),
        );
        check.report(
            Diagnostic::error("residual-above-max", message, place, "existing")
                .also(other, "allowed")
                .hint("raise the limit, or allow `early_retirement = true`"),
        );
    }
    if let Some(year) = leap(&capacity.residual) {
        let message = format!(
            "the residual capacity of `{path}` in `{}` goes from {} to {} between {} and {}",
            check.region_name(capacity.region),
            unit.text(capacity.residual[year]),
            unit.text(capacity.residual[year + 1]),
            check.year(year),
            check.year(year + 1),
        );
        check.implausible(Diagnostic::warning("residual-jumps", message, place, "").hint(
            "check for a digit too many: it is what exists already or is under construction",
        ));
    }
}

/// The year before existing capacity grows by a leap.
pub(super) fn leap(residual: &[f64]) -> Option<usize> {
    residual.windows(2).position(|pair| pair[0] > 0.0 && pair[1] > pair[0] * 5.0)
}

/// `min_capacity` can be reached.
fn in_reach(check: &mut Check<'_, '_>, ix: CapacityIx) {
    let capacity = &check.model().capacities[ix];
    for year in 0..capacity.lower.len() {
        let most = check.most_capacity(ix, year);
        if !exceeds(capacity.lower[year], most) {
            continue;
        }
        let (path, fields) = check.capacity_path(ix);
        let place = check.value_place(&path, fields.min, capacity.region);
        let unit = check.capacity_unit(ix, fields.min);
        let message = format!(
            "`{path}` must have {} in {}, but no more than {} can be there",
            unit.text(capacity.lower[year]),
            check.year(year),
            unit.text(most),
        );
        let hint = if capacity.investment.is_none() {
            format!(
                "lower `{}`, give `{}`, or correct `{}`",
                fields.min, fields.capital_cost, fields.residual
            )
        } else {
            format!("lower `{}`, or raise what holds it down", fields.min)
        };
        let error = Diagnostic::error("min-out-of-reach", message, place, "at least");
        let held = check.held_down_by(ix, year);
        check.report(error.also_all(held).hint(hint));
        return;
    }
}

/// Something that can never be there.
fn nothing(check: &mut Check<'_, '_>, ix: CapacityIx) {
    let capacity = &check.model().capacities[ix];
    let years = &check.model().time.years;
    if years.ixs().any(|year| capacity.possible(years, year)) {
        return;
    }
    let (path, fields) = check.capacity_path(ix);
    if check.failed(&path) {
        return;
    }
    // a technology that is ruled out by `max_new_capacity = 0` is ruled out on purpose
    if capacity.investment.is_some() || check.has(&path, fields.max) {
        return;
    }
    let region = check.region_name(capacity.region).to_owned();
    let place = check.place(&path, process::CAPACITY);
    let message =
        format!("`{path}` in `{region}` neither exists nor can be built, so it never runs");
    check.report(Diagnostic::warning("never-there", message, place, "").hint(format!(
        "give `{}` or `{}`, or leave `{region}` out of its `regions`",
        fields.residual, fields.capital_cost
    )));
}
