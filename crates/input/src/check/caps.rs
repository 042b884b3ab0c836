//! Caps: something emits, and what comes from outside fits under them.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::policy::{CapWindow, EmissionCap, EmissionTerm};
use kzleap_model::rounding::exceeds;
use kzleap_model::{Demand, EmissionIx, MassUnit, RegionIx, Series, YearIx};

use super::Check;
use crate::numbers::shown;
use crate::registry::{Key, emission, emission_cap, root};

pub(super) fn check(check: &mut Check<'_, '_>) {
    let caps: Vec<EmissionCap> = check.model().emission_caps.iter().cloned().collect();
    for cap in &caps {
        let path = root::EMISSION_CAPS.key().path(&cap.name);
        if check.failed(&path) {
            continue;
        }
        emitters(check, &cap.terms, (&path, emission_cap::EMISSIONS.key()));
        match &cap.window {
            CapWindow::EachYear(limits) => each_year(check, cap, limits, &path),
            CapWindow::Budget { first, last, limit, exogenous } => {
                budget(check, cap, (*first, *last), (*limit, *exogenous), &path);
            }
        }
    }
    unemitted(check);
}

/// Least emissions that the cap counts in a year: those from outside, less what can be removed.
fn exogenous(check: &Check<'_, '_>, cap: &EmissionCap, year: YearIx) -> f64 {
    cap.terms
        .iter()
        .flat_map(|term| term.regions.iter().map(move |region| (term, *region)))
        .map(|(term, region)| {
            term.weight * check.model().exogenous_emissions(term.emission, region, year)
        })
        .sum()
}

/// Least emissions of demand that the cap counts in a year: of what must be served.
fn of_demand(check: &Check<'_, '_>, cap: &EmissionCap, year: YearIx) -> f64 {
    let model = check.model();
    let served = |demand: &Demand| {
        let factor = |term: &EmissionTerm| demand.emission_factor(term.emission, year);
        // what takes up more than it emits is not counted on
        match cap.terms.iter().any(|term| factor(term) < 0.0) {
            true => demand.annual[year.get()],
            false => model.must_be_served(demand, year),
        }
    };
    let demands = model.demands.iter().map(|demand| (demand, served(demand)));
    demands
        .flat_map(|of| cap.terms.iter().map(move |term| (of, term)))
        .filter(|((demand, _), term)| term.regions.contains(&demand.region))
        .map(|((demand, served), term)| {
            let factor = demand.emission_factor(term.emission, year);
            term.weight * factor * served
        })
        .sum()
}

/// Whether any demand that is burnt emits in a region.
fn demand_emits(check: &Check<'_, '_>, emission: EmissionIx, region: Option<RegionIx>) -> bool {
    check.model().demands.iter().any(|demand| {
        region.is_none_or(|region| region == demand.region)
            && demand.emissions.iter().any(|(e, _)| *e == emission)
    })
}

/// Whether any process or link emits in a region, or removes.
fn emits(
    check: &Check<'_, '_>,
    emission: EmissionIx,
    region: Option<RegionIx>,
    counts: fn(f64) -> bool,
) -> bool {
    let is_it = |(e, factor): &(EmissionIx, Series)| {
        let (low, high) = factor.range();
        *e == emission && (counts(low) || counts(high))
    };
    let by_process = check.model().processes.iter().any(|process| {
        region.is_none_or(|region| region == process.region)
            && process.modes.iter().flat_map(|mode| &mode.emissions).any(is_it)
    });
    by_process
        || check.model().links.iter().any(|link| {
            region.is_none_or(|region| region == link.from || region == link.to)
                && link.emissions.iter().any(is_it)
        })
}

/// Warns of a cap or a scheme under which nothing emits.
pub(super) fn emitters(
    check: &mut Check<'_, '_>,
    terms: &[EmissionTerm],
    (path, field): (&str, Key),
) {
    let counted = terms.iter().any(|term| {
        term.regions.iter().any(|region| {
            emits(check, term.emission, Some(*region), |factor| factor.abs() > 0.0)
                || demand_emits(check, term.emission, Some(*region))
        })
    });
    if counted || emitters_unknown(check) {
        return;
    }
    let place = check.place(path, field);
    let message = format!("nothing in its regions emits what `{path}` counts");
    check.report(
        Diagnostic::warning("cap-on-nothing", message, place, "").hint(
            "give commodities `emissions`, or check `regions` and the names in `emissions`",
        ),
    );
}

/// Whether what emits may be among what could not be read.
fn emitters_unknown(check: &Check<'_, '_>) -> bool {
    let emitting = [root::COMMODITIES, root::PROCESSES, root::EMISSIONS, root::EMISSION_CAPS];
    emitting.iter().any(|collection| check.open.may_hold(*collection))
}

fn removable(check: &Check<'_, '_>, cap: &EmissionCap) -> bool {
    cap.terms.iter().any(|term| {
        term.regions
            .iter()
            .any(|region| emits(check, term.emission, Some(*region), |factor| factor < 0.0))
    })
}

fn each_year(check: &mut Check<'_, '_>, cap: &EmissionCap, limits: &[Option<f64>], path: &str) {
    if removable(check, cap) || check.open.may_remove(check.build) {
        return;
    }
    for (y, limit) in limits.iter().enumerate() {
        let Some(limit) = limit else { continue };
        let outside = exogenous(check, cap, YearIx::new(y));
        if !exceeds(outside, *limit) {
            continue;
        }
        let place = check.place(path, emission_cap::LIMIT);
        let message = format!(
            "`{path}` allows {} in {}, but {} come from outside the model",
            amount(check, cap, *limit),
            check.year(y),
            amount(check, cap, outside),
        );
        check.report(report_exogenous(check, cap, message, place));
        return;
    }
    for (y, limit) in limits.iter().enumerate() {
        let Some(limit) = limit else { continue };
        let year = YearIx::new(y);
        let (outside, demand) = (exogenous(check, cap, year), of_demand(check, cap, year));
        if exceeds(outside + demand, *limit) {
            let when = format!("in {}", check.year(y));
            below_demand(
                check,
                cap,
                path,
                (emission_cap::LIMIT.key(), &when),
                (*limit, demand, outside),
            );
            return;
        }
    }
}

/// A warning: a run tells what would have to give way.
fn below_demand(
    check: &mut Check<'_, '_>,
    cap: &EmissionCap,
    path: &str,
    (field, when): (Key, &str),
    (allowed, demand, outside): (f64, f64, f64),
) {
    let more = if outside > 0.0 {
        format!(" and {} come from outside the model", amount(check, cap, outside))
    } else {
        String::new()
    };
    let message = format!(
        "`{path}` allows {} {when}, but the fuel that `[demands]` and `[branches]` ask for \
         emits {}{more}",
        amount(check, cap, allowed),
        amount(check, cap, demand),
    );
    let hint = "no plan can keep this: raise the cap, let demand be met in other ways (a device \
                that makes a service of the fuel), or say that it is not burnt: \
                `non_energy_use = true`";
    let place = check.place(path, field);
    check.report(Diagnostic::warning("cap-below-demand", message, place, "").hint(hint));
}

fn budget(
    check: &mut Check<'_, '_>,
    cap: &EmissionCap,
    (first, last): (i32, i32),
    (limit, outside_counts): (f64, bool),
    path: &str,
) {
    if removable(check, cap) || check.open.may_remove(check.build) {
        return;
    }
    let over = |of_year: &dyn Fn(YearIx) -> f64| -> f64 {
        let years = check.model().time.years.iter_ix();
        let each = years.map(|(ix, year)| {
            let years = (year.last.min(last) - year.first.max(first) + 1).max(0);
            f64::from(years) * of_year(ix)
        });
        each.sum()
    };
    let outside = if outside_counts { over(&|y| exogenous(check, cap, y)) } else { 0.0 };
    let demand = over(&|y| of_demand(check, cap, y));
    if exceeds(outside, limit) {
        let place = check.place(path, emission_cap::BUDGET);
        let message = format!(
            "`{path}` allows {} from {first} to {last}, but {} come from outside the model",
            amount(check, cap, limit),
            amount(check, cap, outside),
        );
        check.report(report_exogenous(check, cap, message, place));
    } else if exceeds(outside + demand, limit) {
        let when = format!("from {first} to {last}");
        below_demand(
            check,
            cap,
            path,
            (emission_cap::BUDGET.key(), &when),
            (limit, demand, outside),
        );
    }
}

/// An amount that checks know in Mt, in the unit that people use for a cap.
fn amount(check: &Check<'_, '_>, cap: &EmissionCap, megatonnes: f64) -> String {
    let unit = cap.unit(check.model());
    let each = unit.map_or(1.0, MassUnit::in_one_megatonne);
    format!("{} {}", shown(megatonnes * each), unit.map_or("", MassUnit::text))
}

fn report_exogenous(
    check: &Check<'_, '_>,
    cap: &EmissionCap,
    message: String,
    place: kzleap_diagnostics::Span,
) -> Diagnostic {
    let mut diagnostic = Diagnostic::error("cap-below-exogenous", message, place, "");
    let giving = cap
        .terms
        .iter()
        .map(|term| &check.model().emissions[term.emission])
        .find(|e| !e.exogenous.is_empty());
    if let Some(emission) = giving {
        let other =
            check.place(&root::EMISSIONS.key().path(&emission.name), emission::EXOGENOUS);
        diagnostic = diagnostic.also(other, "from outside");
    }
    diagnostic.hint("no plan can keep this: raise the cap, or model what removes emissions")
}

/// Emissions that nothing emits.
fn unemitted(check: &mut Check<'_, '_>) {
    if emitters_unknown(check) {
        return;
    }
    let emissions: Vec<(EmissionIx, String)> =
        check.model().emissions.iter_ix().map(|(ix, e)| (ix, e.name.clone())).collect();
    for (ix, name) in emissions {
        let from_outside = !check.model().emissions[ix].exogenous.is_empty();
        let emitted = emits(check, ix, None, |factor| factor.abs() > 0.0);
        if from_outside || emitted || demand_emits(check, ix, None) {
            continue;
        }
        let place = check.item_place(&root::EMISSIONS.key().path(&name));
        let message = format!("nothing emits `{name}`");
        check.report(
            Diagnostic::warning("unused-emission", message, place, "")
                .hint("give commodities or processes `emissions`, or take it out"),
        );
    }
}
