//! Shares that cannot hold together.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::ProcessIx;
use kzleap_model::policy::{Sense, Share};

use super::Check;
use crate::numbers::shown;
use crate::registry::{root, share};

pub(super) fn check(check: &mut Check<'_, '_>) {
    let shares = check.model().shares.iter();
    let shares: Vec<Share> = shares
        .filter(|share| !check.failed(&root::SHARES.key().path(&share.name)))
        .cloned()
        .collect();
    for share in &shares {
        everything(check, share);
    }
    for (at, one) in shares.iter().enumerate() {
        for other in &shares[at + 1..] {
            pair(check, one, other);
        }
    }
}

fn members(share: &Share) -> Vec<ProcessIx> {
    share.part.iter().map(|(process, _, _)| *process).collect()
}

/// A rule whose part is the whole.
fn everything(check: &mut Check<'_, '_>, share: &Share) {
    if share.part.len() < share.whole.len() || check.open.may_hold(root::PROCESSES) {
        return;
    }
    let path = root::SHARES.key().path(&share.name);
    let field =
        if check.has(&path, share::PROCESSES) { share::PROCESSES } else { share::CATEGORIES };
    let place = check.place(&path, field);
    let message =
        format!("`{path}` names everything that makes the commodity, so its share is 1");
    check.report(
        Diagnostic::warning("share-of-everything", message, place, "")
            .hint("name only the processes the rule is about"),
    );
}

/// Two rules on the same whole.
fn pair(check: &mut Check<'_, '_>, one: &Share, other: &Share) {
    if one.whole != other.whole {
        return;
    }
    let (a, b) = (members(one), members(other));
    let apart = a.iter().all(|process| !b.contains(process));
    let same = a == b;
    let years = one.share.iter().zip(&other.share).enumerate();
    for (y, (x, z)) in years {
        let (Some(x), Some(z)) = (x, z) else { continue };
        let message = match (one.sense, other.sense) {
            (Sense::AtLeast, Sense::AtLeast) if apart && x + z > 1.0 + 1e-9 => format!(
                "`shares.{}` and `shares.{}` together ask for {} of the whole in {}",
                one.name,
                other.name,
                shown(x + z),
                check.year(y),
            ),
            (Sense::AtLeast, Sense::AtMost) if same && x > z => {
                contradiction(check, one, other, y, *x, *z)
            }
            (Sense::AtMost, Sense::AtLeast) if same && z > x => {
                contradiction(check, other, one, y, *z, *x)
            }
            _ => continue,
        };
        let field = |share: &Share| match share.sense {
            Sense::AtMost => share::AT_MOST,
            _ => share::AT_LEAST,
        };
        let place = check.place(&root::SHARES.key().path(&other.name), field(other));
        let first = check.place(&root::SHARES.key().path(&one.name), field(one));
        check.report(
            Diagnostic::error("shares-contradict", message, place, "")
                .also(first, "")
                .hint("no plan can keep both"),
        );
        return;
    }
}

fn contradiction(
    check: &Check<'_, '_>,
    least: &Share,
    most: &Share,
    year: usize,
    low: f64,
    high: f64,
) -> String {
    format!(
        "`shares.{}` asks for at least {}, `shares.{}` for at most {} in {}",
        least.name,
        shown(low),
        most.name,
        shown(high),
        check.year(year),
    )
}
