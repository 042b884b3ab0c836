//! Trading schemes: what makes a cap void, what cannot hold, and loops of links.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::policy::EmissionTerm;
use kzleap_model::{Scheme, SchemeIx, TradingLink, YearIx};

use super::{Check, caps};
use crate::numbers::shown;
use crate::registry::{auction, bank, offsets, penalty, root, scheme, trading_link};
use crate::tree::join;

pub(super) fn check(check: &mut Check<'_, '_>) {
    for scheme in &check.model().trading {
        let path = root::TRADING.key().path(&scheme.name);
        if check.failed(&path) {
            continue;
        }
        name_of_a_cap(check, scheme, &path);
        caps::emitters(check, &scheme.terms, (&path, scheme::EMISSIONS.key()));
        phases(check, scheme, &path);
        floor_without_auction(check, scheme, &path);
        ceiling_below_floor(check, scheme, &path);
        void_by_offsets(check, scheme, &path);
        penalty_beside_bank(check, scheme, &path);
    }
    gases(check);
    loops(check);
}

/// An allowance stands for the same emissions, by the same weights, on both sides of a link.
fn gases(check: &mut Check<'_, '_>) {
    let model = check.model();
    let weights = |at: SchemeIx| {
        let counted = |term: &EmissionTerm| {
            let of = &model.emissions[term.emission];
            (of.part_of.map_or(&*of.name, |whole| &*model.emissions[whole].name), term.weight)
        };
        let mut all: Vec<(&str, f64)> = model.trading[at].terms.iter().map(counted).collect();
        all.sort_by(|one, other| one.0.cmp(other.0).then(one.1.total_cmp(&other.1)));
        all.dedup();
        all
    };
    let differ: Vec<(String, String)> = (model.trading_links.iter())
        .filter(|link| weights(link.from) != weights(link.to))
        .map(|link| {
            let [from, to] = [link.from, link.to].map(|at| {
                let said =
                    weights(at).into_iter().map(|(name, of)| format!("{} {name}", shown(of)));
                format!(
                    "`{}` counts {}",
                    model.trading[at].name,
                    said.collect::<Vec<_>>().join(" + ")
                )
            });
            (link.name.clone(), format!("`{}`: {from}, {to}", link.name))
        })
        .collect();
    for (name, what) in differ {
        let path = root::TRADING_LINKS.key().path(&name);
        let place = check.place(&path, trading_link::FROM);
        let message = format!("allowances of different things cannot be traded over {what}");
        let diagnostic = Diagnostic::error("links-mix-gases", message, place, "");
        check.report(
            diagnostic.hint("let both schemes cover the same emissions with the same weights"),
        );
    }
}

/// Reports count a scheme beside caps, by its name.
fn name_of_a_cap(check: &mut Check<'_, '_>, scheme: &Scheme, path: &str) {
    if check.model().emission_caps.iter().any(|cap| cap.name == scheme.name) {
        let message = format!("a cap and a trading scheme are named `{}`", scheme.name);
        let place = check.item_place(path);
        let diagnostic = Diagnostic::error("name-taken", message, place, "");
        check.report(diagnostic.hint("give one of them another name"));
    }
}

/// The path of an option of a scheme.
fn within(path: &str, option: &str) -> String {
    join(path, option)
}

/// Each phase has allowances, and ends with a period.
fn phases(check: &mut Check<'_, '_>, scheme: &Scheme, path: &str) {
    let Some(of) = scheme.bank.as_ref().filter(|bank| !bank.phases.is_empty()) else { return };
    let place = check.place(&within(path, scheme::BANK.name()), bank::PHASES);
    let years = &check.model().time.years;
    for end in &of.phases {
        let period = years.iter().find(|year| (year.first..=year.last).contains(end));
        let message = match period {
            None => {
                format!("the phase of `{path}` ends in {end}, which is no year of the model")
            }
            Some(period) if period.last != *end => format!(
                "the phase of `{path}` ends in {end}, within the period {} to {}",
                period.first, period.last
            ),
            Some(_) => continue,
        };
        let diagnostic = Diagnostic::warning("phase-end", message, place, "");
        check.report(
            diagnostic.hint("what is left is void at the end of a period: name its last year"),
        );
    }
    let mut ends: Vec<i32> = of.phases.clone();
    ends.push(i32::MAX);
    ends.sort_unstable();
    let mut after = i32::MIN;
    for end in ends {
        let within = |last: i32| last > after && last <= end;
        let issued = years.iter().zip(&scheme.allowances);
        let issued: Vec<f64> = issued
            .filter(|(year, _)| within(year.last))
            .filter_map(|(_, issued)| *issued)
            .collect();
        if !issued.is_empty() && issued.iter().all(|issued| *issued <= 0.0) {
            let when = if end == i32::MAX {
                "last phase".to_owned()
            } else {
                format!("phase to {end}")
            };
            let message = format!("no allowances are issued in the {when} of `{path}`");
            let diagnostic =
                Diagnostic::warning("phase-without-allowances", message, place, "");
            check.report(diagnostic.hint(
                "what was kept before is void then, so that nothing may be emitted: issue some, or \
                 let the phase end later",
            ));
        }
        after = end;
    }
}

/// A floor holds by what is not sold, so something must be.
fn floor_without_auction(check: &mut Check<'_, '_>, scheme: &Scheme, path: &str) {
    let Some(floor) = &scheme.auction.floor else { return };
    for (y, floor) in floor.iter().enumerate() {
        let (Some(floor), Some(issued)) = (floor, scheme.allowances[y]) else { continue };
        if *floor <= 0.0 || issued - scheme.given(YearIx::new(y)) > 0.0 {
            continue;
        }
        let place = check.place(&within(path, scheme::AUCTION.name()), auction::FLOOR);
        let message =
            format!("the floor of `{path}` cannot hold in {}: nothing is sold", check.year(y));
        let diagnostic = Diagnostic::warning("floor-without-auction", message, place, "");
        check.report(diagnostic.hint(
            "a floor holds by allowances that are not sold: give less away, or take it out",
        ));
        return;
    }
}

/// Where allowances may be bought, or a penalty paid, for less than the floor, one would be paid for
/// doing both.
fn ceiling_below_floor(check: &mut Check<'_, '_>, scheme: &Scheme, path: &str) {
    let Some(floor) = &scheme.auction.floor else { return };
    let tranches = scheme.tranches.iter().map(|step| {
        let what = format!("`{}.{}`", scheme::TRANCHES, step.name);
        (what, scheme::TRANCHES.key(), &step.price)
    });
    let ends = scheme.penalty.as_ref().filter(|penalty| !penalty.make_good);
    let penalty = ends.map(|of| ("the penalty".to_owned(), scheme::PENALTY.key(), &of.price));
    let all: Vec<_> = tranches.chain(penalty).collect();
    for (what, field, price) in all {
        for (y, floor) in floor.iter().enumerate() {
            let Some(floor) = floor.filter(|floor| price[y] < *floor) else { continue };
            let place = check.place(path, field);
            let message = format!(
                "{what} of `{path}` costs {} in {}, less than the floor of {}",
                shown(price[y]),
                check.year(y),
                shown(floor)
            );
            let diagnostic = Diagnostic::error("ceiling-below-floor", message, place, "");
            check.report(diagnostic.hint("a ceiling is above the floor"));
            break;
        }
    }
}

/// Offsets without a limit set a price, and no cap.
fn void_by_offsets(check: &mut Check<'_, '_>, scheme: &Scheme, path: &str) {
    use kzleap_model::trading::Quota;
    let Some(of) = &scheme.offsets else { return };
    let path_of = within(path, scheme::OFFSETS.name());
    let (field, quota) = match &of.quota {
        Some(Quota::OfEmissions(share)) => (offsets::SHARE_OF_EMISSIONS.key(), Some(share)),
        Some(Quota::OfAllowances(_)) => return,
        None => (offsets::STEPS.key(), None),
    };
    let all = |share: &Vec<f64>| share.iter().any(|share| *share >= 1.0);
    let unlimited = of.steps.iter().any(|step| step.max.iter().all(|most| most.is_infinite()));
    if quota.is_none_or(all) && unlimited {
        let message =
            format!("offsets may stand for all that `{path}` covers, so that its cap is void");
        let place = check.place(&path_of, field);
        let diagnostic = Diagnostic::warning("quota-voids-cap", message, place, "");
        check.report(diagnostic.hint(
            "give a quota below 1, or `max` of each step; as it is, they only set a highest price",
        ));
    }
}

/// Where a penalty ends it, allowances are kept and the penalty is paid.
fn penalty_beside_bank(check: &mut Check<'_, '_>, scheme: &Scheme, path: &str) {
    let ends_it = scheme.penalty.as_ref().is_some_and(|penalty| !penalty.make_good);
    if ends_it && scheme.bank.is_some() {
        let message = format!(
            "`{path}` lets a penalty stand for an allowance, which may then be kept in the bank"
        );
        let place = check.place(&within(path, scheme::PENALTY.name()), penalty::MAKE_GOOD);
        let diagnostic = Diagnostic::warning("penalty-beside-bank", message, place, "");
        check.report(diagnostic.hint(
            "the penalty is paid early and the allowance used later: emissions rise. With \
             `make_good = true` it must be surrendered all the same",
        ));
    }
}

/// One way over a link: from where, where to, at which ratio, and by which link.
type Way<'m> = (SchemeIx, SchemeIx, f64, &'m TradingLink);

/// How much above one a product of ratios is more than rounding.
const ROUNDING: f64 = 1e-9;

/// Allowances that come back as more than they were void every cap on their way.
fn loops(check: &mut Check<'_, '_>) {
    let model = check.model();
    let mut ways: Vec<Way<'_>> = Vec::new();
    for link in &model.trading_links {
        ways.push((link.from, link.to, link.ratio, link));
        if link.two_way {
            ways.push((link.to, link.from, 1.0 / link.ratio, link));
        }
    }
    let Some((product, around)) = gaining(model.trading.len(), &ways) else { return };
    let names: Vec<&str> =
        around.iter().map(|(from, ..)| model.trading[*from].name.as_str()).collect();
    let first = names.first().copied().unwrap_or_default();
    let message = format!(
        "allowances that go round {} → {first} become {} of one: every cap on the way is void",
        names.join(" → "),
        shown(product)
    );
    let Some((.., link)) = around.last() else { return };
    let path = root::TRADING_LINKS.key().path(&link.name);
    let place = check.place(&path, trading_link::RATIO);
    let diagnostic = Diagnostic::error("links-make-allowances", message, place, "");
    check.report(diagnostic.hint("let the ratios around it multiply to no more than 1"));
}

/// A way round that comes back as more than it was, with its product.
fn gaining<'m>(schemes: usize, ways: &[Way<'m>]) -> Option<(f64, Vec<Way<'m>>)> {
    for start in 0..schemes {
        // the most that comes of one from here, and the last way to there
        let mut best: Vec<Option<(f64, Vec<Way<'m>>)>> = vec![None; schemes];
        best[start] = Some((1.0, Vec::new()));
        for _ in 0..schemes {
            for way in ways {
                let Some((had, by)) = best[way.0.get()].clone() else { continue };
                let passes = by.iter().any(|(from, ..)| *from == way.1);
                let to = way.1.get();
                let gets = had * way.2;
                if to == start {
                    if gets > 1.0 + ROUNDING {
                        return Some((gets, [by, vec![*way]].concat()));
                    }
                } else if !passes && best[to].as_ref().is_none_or(|(most, _)| gets > *most) {
                    best[to] = Some((gets, [by, vec![*way]].concat()));
                }
            }
        }
    }
    None
}
