//! Least activity beyond what the most capacity could do: no plan can respect it.
//!
//! OSeMOSYS's own file has such a check beside those of one limit against another.

use kzleap_diagnostics::Diagnostic;

use crate::builder::Builder;
use crate::checks::{Places, member_names};
use crate::data::Data;
use crate::parameters::{P, SetId};
use crate::to_model::{mean_availability, upper_limit};

/// How far beyond, relative, counts: what is closer may be met within the tolerance of a solver.
const ROUNDING: f64 = 1e-6;

/// Compares the least activity of every technology, of a year and of the whole period, with what
/// the capacity it may have could do; and what emissions from outside leave under a limit.
pub(crate) fn check(data: &Data, at: &Places<'_>, builder: &mut Builder<'_>) {
    for r in 0..data.count(SetId::Region) {
        for t in 0..data.count(SetId::Technology) {
            activity(data, at, builder, r, t);
            if builder.has_enough() {
                return;
            }
        }
        for e in 0..data.count(SetId::Emission) {
            outside(data, at, builder, r, e);
        }
    }
}

fn activity(data: &Data, at: &Places<'_>, builder: &mut Builder<'_>, r: usize, t: usize) {
    let yearly = P::TotalTechnologyAnnualActivityLowerLimit;
    let in_all = P::TotalTechnologyModelPeriodActivityLowerLimit;
    let least = data.along(yearly, &[r, t]);
    let least_in_all = data.get(in_all, &[r, t]);
    if least_in_all <= 0.0 && least.iter().all(|least| *least <= 0.0) {
        return;
    }
    let to_activity = data.get(P::CapacityToActivityUnit, &[r, t]);
    let capacity = most_capacity(data, r, t);
    let possible: Vec<f64> = capacity
        .iter()
        .zip(mean_availability(data, r, t))
        .map(|(most, mean)| if most.is_finite() { most * mean * to_activity } else { *most })
        .collect();
    for (y, least) in least.iter().enumerate() {
        if *least > possible[y] + ROUNDING * (1.0 + possible[y]) {
            let key = [r, t, y];
            let shown = format!(
                "`{}[{}]` is {least}, but the most capacity there can be, {}, makes {}",
                yearly.name(),
                member_names(data, yearly, &key),
                rounded(capacity[y]),
                rounded(possible[y])
            );
            let span = at.of(data, yearly, &key);
            builder.report(
                Diagnostic::error("beyond-capacity", shown, span, "least activity").hint(HINT),
            );
        }
    }
    let upper = upper_limit(data.along(P::TotalTechnologyAnnualActivityUpperLimit, &[r, t]));
    let sum: f64 = possible.iter().zip(&upper).map(|(most, upper)| most.min(*upper)).sum();
    if least_in_all > sum + ROUNDING * (1.0 + sum) {
        let shown = format!(
            "`{}[{}]` is {least_in_all}, but the years can make {} together",
            in_all.name(),
            member_names(data, in_all, &[r, t]),
            rounded(sum)
        );
        let span = at.of(data, in_all, &[r, t]);
        builder.report(
            Diagnostic::error("beyond-capacity", shown, span, "least activity").hint(HINT),
        );
    }
}

const HINT: &str = "raise `TotalAnnualMaxCapacity`, `TotalAnnualMaxCapacityInvestment` or \
                    `ResidualCapacity`, see `CapacityFactor` and `AvailabilityFactor`, or lower \
                    the least activity";

/// The most capacity of a technology by year: what is there and what may be built and still
/// is in service, as far as the limit on all of it lets it.
fn most_capacity(data: &Data, r: usize, t: usize) -> Vec<f64> {
    let at = [r, t];
    let years = data.years();
    let life = data.get(P::OperationalLife, &at);
    let new = upper_limit(data.along(P::TotalAnnualMaxCapacityInvestment, &at));
    let all = upper_limit(data.along(P::TotalAnnualMaxCapacity, &at));
    let there = data.along(P::ResidualCapacity, &at);
    (0..years.len())
        .map(|y| {
            let stands = |v: &usize| f64::from(years[y] - years[*v]) < life;
            let built: f64 = (0..=y).filter(stands).map(|v| new[v]).sum();
            (there[y] + built).min(all[y])
        })
        .collect()
}

/// Emissions from outside that alone exceed a limit which nothing can offset.
fn outside(data: &Data, at: &Places<'_>, builder: &mut Builder<'_>, r: usize, e: usize) {
    let offsets = [P::EmissionActivityRatio, P::EmissionToActivityChangeRatio]
        .iter()
        .any(|p| data.table(*p).entries().any(|(key, ratio)| key[2] == e && ratio < 0.0));
    if offsets || data.table(P::EmissionToActivityChangeRatio).given() {
        return;
    }
    let limits = data.along(P::AnnualEmissionLimit, &[r, e]);
    let given = data.along(P::AnnualExogenousEmission, &[r, e]);
    let mut shown = |p: P, key: &[usize], limit: f64, outside: f64, other: P| {
        let message = format!(
            "`{}[{}]` is {limit}, below `{}` of {outside}, and nothing takes emissions back",
            p.name(),
            member_names(data, p, key),
            other.name()
        );
        let span = at.of(data, p, key);
        builder.report(
            Diagnostic::error("contradictory-limits", message, span, "limit")
                .hint("raise the limit, or lower the emissions from outside"),
        );
    };
    let exceeds = |limit: f64, outside: f64| {
        (limit + 1.0).abs() > ROUNDING && outside > limit + ROUNDING * (1.0 + limit.abs())
    };
    for (y, (limit, outside)) in limits.iter().zip(&given).enumerate() {
        if exceeds(*limit, *outside) && *outside > 0.0 {
            shown(
                P::AnnualEmissionLimit,
                &[r, e, y],
                *limit,
                *outside,
                P::AnnualExogenousEmission,
            );
        }
    }
    let limit = data.get(P::ModelPeriodEmissionLimit, &[r, e]);
    let outside = data.get(P::ModelPeriodExogenousEmission, &[r, e]);
    if exceeds(limit, outside) && outside > 0.0 {
        let other = P::ModelPeriodExogenousEmission;
        shown(P::ModelPeriodEmissionLimit, &[r, e], limit, outside, other);
    }
}

/// A number as short as it may be shown.
fn rounded(value: f64) -> String {
    let short = format!("{value:.6}");
    short.trim_end_matches('0').trim_end_matches('.').to_owned()
}
