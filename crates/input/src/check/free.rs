//! Energy from nothing, for nothing, without end.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::policy::{ActivityWindow, CapacityKind, Sense};
use kzleap_model::user_rows::Quantity;
use kzleap_model::{CapacityIx, Process, ProcessIx, UserRow, YearIx};

use super::Check;
use crate::registry::{process, resource, root};

pub(super) fn check(check: &mut Check<'_, '_>) {
    // a limit that could not be read may be the one that is missed
    if [root::ACTIVITY_LIMITS, root::CAPACITY_LIMITS, root::CONSTRAINTS]
        .iter()
        .any(|rules| check.open.may_hold(*rules))
    {
        return;
    }
    for (ix, process) in check.processes() {
        let path = check.path_of(ix);
        if process.is_storage() || check.failed(&path) || is_excused(check, &path) {
            continue;
        }
        let from_nothing = process.modes.iter().any(|mode| {
            !mode.outputs.is_empty()
                && mode.inputs.iter().all(|(_, ratio)| ratio.is_zero())
                && mode.variable_cost.range().0 <= 0.0
        });
        if from_nothing && !is_limited(check, ix, process) {
            report(check, process, &path);
        }
    }
}

fn is_excused(check: &Check<'_, '_>, path: &str) -> bool {
    // a step is excused with its resource
    let owner: Vec<&str> = path.splitn(3, '.').take(2).collect();
    [path, &owner.join(".")]
        .into_iter()
        .any(|path| check.has(path, process::FREE) || check.has(path, resource::FREE))
}

fn is_limited(check: &Check<'_, '_>, ix: ProcessIx, process: &Process) -> bool {
    let by_activity = check.model().activity_limits.iter().any(|limit| {
        let upper = match &limit.window {
            ActivityWindow::EachYear { upper, .. } => {
                upper.iter().all(|value| value.is_finite())
            }
            ActivityWindow::Horizon { upper, .. } => upper.is_finite(),
        };
        upper && limit.processes.iter().any(|(member, _)| *member == ix)
    });
    let counts = |quantity: Quantity| match quantity {
        Quantity::EmissionsOf(..) => false, // there may be none
        other => other.process() == Some(ix),
    };
    by_activity
        || by_constraint(check, counts)
        || process.capacity.is_some_and(|capacity| costs_or_ends(check, capacity))
}

/// Whether capacity costs something, or cannot be had without end.
fn costs_or_ends(check: &Check<'_, '_>, ix: CapacityIx) -> bool {
    let capacity = &check.model().capacities[ix];
    let Some(investment) = &capacity.investment else { return true };
    let costs = investment.overnight_cost.iter().all(|cost| *cost > 0.0)
        || capacity.fixed_cost.iter().all(|cost| *cost > 0.0);
    let ends = investment.upper.iter().all(|upper| upper.is_finite())
        || capacity.upper.iter().all(|upper| upper.is_finite());
    let by_rule = check.model().capacity_limits.iter().any(|limit| {
        matches!(limit.of, CapacityKind::InService | CapacityKind::New)
            && limit.capacities.contains(&ix)
            && limit.upper.iter().all(|upper| upper.is_finite())
    });
    let counts =
        |quantity| matches!(quantity, Quantity::InService(k) | Quantity::New(k) if k == ix);
    costs || ends || by_rule || by_constraint(check, counts)
}

/// Whether a sum of which nothing is taken off, and which counts this, has a most in every year or
/// over all of them.
fn by_constraint(check: &Check<'_, '_>, counts: impl Fn(Quantity) -> bool) -> bool {
    let model = check.model();
    let ends = |row: &&UserRow| {
        row.sense != Sense::AtLeast
            && !row.is_indicator()
            && row.against.is_none()
            && row.terms.iter().all(|term| term.weight.range().0 >= 0.0)
    };
    let counted = |year: YearIx, row: &UserRow| {
        let mut of_year = row.terms.iter().filter(|term| term.year == year);
        of_year.any(|term| counts(term.quantity) && term.weight.range().0 > 0.0)
    };
    let rows = || model.user_rows.iter().filter(ends);
    model.time.years.ixs().all(|y| rows().any(|row| counted(y, row)))
}

fn report(check: &mut Check<'_, '_>, process: &Process, path: &str) {
    let below_zero = process.modes.iter().any(|mode| mode.variable_cost.range().0 < 0.0);
    let is_resource = root::RESOURCES.key().leads(path);
    let cost = if is_resource { resource::COST } else { process::VARIABLE_COST };
    let place = check.place(path, cost);
    let (code, message) = if below_zero {
        ("paid-and-unlimited", format!("`{path}` is paid to run and has no limit"))
    } else {
        let made = process.modes.iter().find_map(|mode| mode.outputs.first());
        let made = made.map(|(c, _)| &check.model().commodities[*c]);
        let what = match made {
            Some(other) if !other.is_energy() => format!("`{}`", other.name),
            _ => "energy".to_owned(),
        };
        ("free-and-unlimited", format!("`{path}` makes {what} for nothing and without limit"))
    };
    let hint = if is_resource {
        "give `cost`, `max` or `reserve`, or say why not: `free = \"…\"`"
    } else if process.capacity.is_some() {
        "give `capital_cost`, `max_capacity` or `max_new_capacity`, or say why not: `free = \"…\"`"
    } else {
        "give `variable_cost`, `max_activity` or a `capacity`, or say why not: `free = \"…\"`"
    };
    check.report(Diagnostic::error(code, message, place, "").hint(hint));
}
