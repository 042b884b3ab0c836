//! Conflicts that show without a solve: what must be is more than may be.

use kzleap_model::policy::{ActivityLimit, ActivityWindow, CapWindow, EmissionCap};
use kzleap_model::{CapacityIx, Model, Tier, YearIx};

use super::RuleKind;
use super::places::place;
use super::repair::digits;

/// A share of its size within which a number counts as kept.
const NEARLY: f64 = 1e-6;

/// What cannot be kept in any plan, a sentence for each: a least above its most, or above what its
/// capacity can make; more standing capacity than may be; more emissions from outside than a cap
/// allows.
pub fn plain_conflicts(model: &Model) -> Vec<String> {
    let mut found = Vec::new();
    for k in model.capacities.ixs() {
        capacity(model, k, &mut found);
    }
    for (at, limit) in model.activity_limits.iter().enumerate() {
        activity(model, at, limit, &mut found);
    }
    for (at, cap) in model.emission_caps.iter_ix() {
        let CapWindow::EachYear(limits) = &cap.window else { continue };
        if removes(model, cap) {
            continue;
        }
        for (y, limit) in limits.iter().enumerate() {
            let (y, Some(limit)) = (YearIx::new(y), *limit) else { continue };
            let outside = exogenous(model, cap, y);
            if outside > above(limit) {
                let named = name(model, RuleKind::EmissionCap(at, Some(y)), false);
                found.push(format!(
                    "{named} allows {}, but {} come from outside the model",
                    digits(limit, 6),
                    digits(outside, 6)
                ));
            }
        }
    }
    found
}

fn above(most: f64) -> f64 {
    most + NEARLY * most.abs().max(1e-3)
}

/// The parameter or the field, in quotes.
fn name(model: &Model, kind: RuleKind, least: bool) -> String {
    let path = place(model, kind, least).path;
    format!(
        "`{}`",
        path.unwrap_or_else(|| {
            kind.facts(model).map(|facts| facts.word).unwrap_or_default().to_owned()
        })
    )
}

fn capacity(model: &Model, k: CapacityIx, found: &mut Vec<String>) {
    let capacity = &model.capacities[k];
    for y in model.time.years.ixs() {
        let (at, kind) = (y.get(), RuleKind::Capacity(k, y));
        let (lower, upper) = (capacity.lower[at], capacity.upper[at]);
        if lower > above(upper) {
            found.push(contradiction(model, kind, lower, upper));
        } else if capacity.residual[at] > above(upper) && !capacity.early_retirement {
            found.push(format!(
                "{} allows {}, but {} of it exist already",
                name(model, kind, false),
                digits(upper, 6),
                digits(capacity.residual[at], 6)
            ));
        }
        let Some(investment) = &capacity.investment else { continue };
        let (lower, upper) = (investment.lower[at], investment.upper[at]);
        if lower > above(upper) {
            found.push(contradiction(model, RuleKind::NewCapacity(k, y), lower, upper));
        }
    }
}

fn contradiction(model: &Model, kind: RuleKind, lower: f64, upper: f64) -> String {
    format!(
        "{} asks for {}, but {} allows {}",
        name(model, kind, true),
        digits(lower, 6),
        name(model, kind, false),
        digits(upper, 6)
    )
}

fn activity(model: &Model, at: usize, limit: &ActivityLimit, found: &mut Vec<String>) {
    let ActivityWindow::EachYear { lower, upper } = &limit.window else { return };
    for y in model.time.years.ixs() {
        let kind = RuleKind::ActivityLimit(at, Some(y));
        let (lower, upper) = (lower[y.get()], upper[y.get()]);
        let can = most_activity(model, limit, y);
        if lower > above(upper) {
            found.push(contradiction(model, kind, lower, upper));
        } else if lower > above(can) {
            found.push(format!(
                "{} asks for {}, but the most capacity there can be makes {}",
                name(model, kind, true),
                digits(lower, 6),
                digits(can, 6)
            ));
        }
    }
}

/// Most activity of the members in a year, by what is allowed of their capacity.
fn most_activity(model: &Model, limit: &ActivityLimit, y: YearIx) -> f64 {
    let nodes = model.time.nodes(Tier::Annual);
    let Some(year) = nodes.first() else { return f64::INFINITY };
    let most = |process: &kzleap_model::Process| {
        let Some(k) = process.capacity else { return f64::INFINITY };
        let (capacity, years) = (&model.capacities[k], &model.time.years);
        let buildable = (years.ixs().take_while(|v| *v <= y)).any(|v| {
            capacity.by_conversion
                || capacity.can_build(v) && capacity.share_alive(years, v, y) > 0.0
        });
        let limited = capacity.upper[y.get()];
        let stands = if buildable { limited } else { limited.min(capacity.residual[y.get()]) };
        let mean = model.time.node_mean(&process.availability, year, y);
        let annual = process.annual_availability.as_ref().map_or(1.0, |share| share[y.get()]);
        let uses = process.modes.iter().map(|mode| mode.capacity_use);
        let use_of_one = uses.fold(f64::INFINITY, f64::min);
        let most = stands * process.capacity_to_activity * mean.min(annual) / use_of_one;
        // what nothing limits, or nothing is said of
        if most.is_nan() { f64::INFINITY } else { most }
    };
    limit.processes.iter().map(|(p, _)| most(&model.processes[*p])).sum()
}

fn exogenous(model: &Model, cap: &EmissionCap, y: YearIx) -> f64 {
    (cap.terms.iter())
        .flat_map(|term| term.regions.iter().map(move |region| (term, *region)))
        .map(|(term, region)| term.weight * model.exogenous_emissions(term.emission, region, y))
        .sum()
}

/// Whether any process or link takes off what the cap counts.
fn removes(model: &Model, cap: &EmissionCap) -> bool {
    let modes = model.processes.iter().flat_map(|process| &process.modes);
    let of_processes = modes.flat_map(|mode| &mode.emissions);
    let of_links = model.links.iter().flat_map(|link| &link.emissions);
    let mut factors = of_processes.chain(of_links);
    factors.any(|(emission, factor)| {
        cap.terms.iter().any(|term| term.emission == *emission) && factor.range().0 < 0.0
    })
}
