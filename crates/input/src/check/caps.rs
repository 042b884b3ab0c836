//! Caps: something emits, and what comes from outside fits under them.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::policy::{CapWindow, EmissionCap};
use kzleap_model::{EmissionIx, RegionIx, YearIx};

use super::Check;
use crate::numbers::shown;

pub(super) fn check(check: &mut Check<'_, '_>) {
    let caps: Vec<EmissionCap> = check.model().emission_caps.iter().cloned().collect();
    for cap in &caps {
        let path = format!("emission_caps.{}", cap.name);
        emitters(check, cap, &path);
        match &cap.window {
            CapWindow::EachYear(limits) => each_year(check, cap, limits, &path),
            CapWindow::Budget { first, last, limit, exogenous } => {
                if *exogenous {
                    budget(check, cap, (*first, *last), *limit, &path);
                }
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

/// Whether any process emits in a region, or removes.
fn emits(
    check: &Check<'_, '_>,
    emission: EmissionIx,
    region: Option<RegionIx>,
    counts: fn(f64) -> bool,
) -> bool {
    check.model().processes.iter().any(|process| {
        region.is_none_or(|region| region == process.region)
            && process.modes.iter().flat_map(|mode| &mode.emissions).any(|(e, factor)| {
                let (low, high) = factor.range();
                *e == emission && (counts(low) || counts(high))
            })
    })
}

fn emitters(check: &mut Check<'_, '_>, cap: &EmissionCap, path: &str) {
    let counted = cap.terms.iter().any(|term| {
        term.regions.iter().any(|region| {
            emits(check, term.emission, Some(*region), |factor| factor.abs() > 0.0)
        })
    });
    if counted {
        return;
    }
    let place = check.place(path, "emissions");
    let message = format!("no process emits what `{path}` limits");
    check.report(
        Diagnostic::warning("cap-on-nothing", message, place, "")
            .hint("give commodities `emissions`, or check `regions` and the names in the cap"),
    );
}

fn removable(check: &Check<'_, '_>, cap: &EmissionCap) -> bool {
    cap.terms.iter().any(|term| {
        term.regions
            .iter()
            .any(|region| emits(check, term.emission, Some(*region), |factor| factor < 0.0))
    })
}

fn each_year(check: &mut Check<'_, '_>, cap: &EmissionCap, limits: &[Option<f64>], path: &str) {
    if removable(check, cap) {
        return;
    }
    for (y, limit) in limits.iter().enumerate() {
        let Some(limit) = limit else { continue };
        let outside = exogenous(check, cap, YearIx::new(y));
        if outside <= limit + 1e-9 {
            continue;
        }
        let place = check.place(path, "limit");
        let message = format!(
            "`{path}` allows {} Mt in {}, but {} Mt come from outside the model",
            shown(*limit),
            check.year(y),
            shown(outside),
        );
        check.report(report_exogenous(check, cap, message, place));
        return;
    }
}

fn budget(
    check: &mut Check<'_, '_>,
    cap: &EmissionCap,
    (first, last): (i32, i32),
    limit: f64,
    path: &str,
) {
    if removable(check, cap) {
        return;
    }
    let model = check.model();
    let outside: f64 = model
        .time
        .years
        .iter_ix()
        .map(|(ix, year)| {
            let years = (year.last.min(last) - year.first.max(first) + 1).max(0);
            f64::from(years) * exogenous(check, cap, ix)
        })
        .sum();
    if outside <= limit + 1e-9 {
        return;
    }
    let place = check.place(path, "budget");
    let message = format!(
        "`{path}` allows {} Mt from {first} to {last}, but {} Mt come from outside the model",
        shown(limit),
        shown(outside),
    );
    check.report(report_exogenous(check, cap, message, place));
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
        let other = check.place(&format!("emissions.{}", emission.name), "exogenous");
        diagnostic = diagnostic.also(other, "from outside");
    }
    diagnostic.hint("no plan can keep this: raise the cap, or model what removes emissions")
}

/// Emissions that nothing emits.
fn unemitted(check: &mut Check<'_, '_>) {
    let emissions: Vec<(EmissionIx, String)> =
        check.model().emissions.iter_ix().map(|(ix, e)| (ix, e.name.clone())).collect();
    for (ix, name) in emissions {
        let from_outside = !check.model().emissions[ix].exogenous.is_empty();
        if from_outside || emits(check, ix, None, |factor| factor.abs() > 0.0) {
            continue;
        }
        let place = check.place(&format!("emissions.{name}"), "");
        let message = format!("nothing emits `{name}`");
        check.report(
            Diagnostic::warning("unused-emission", message, place, "")
                .hint("give commodities or processes `emissions`, or take it out"),
        );
    }
}
