//! Emissions trading schemes: what they cover, how many allowances there are, and their links.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::policy::EmissionTerm;
use kzleap_model::{EmissionIx, ProcessIx, RegionIx, Scheme, SchemeIx, TradingLink};

use super::Build;
use super::covered::{Covered, weights};
use super::declare::{given, label};
use super::trading_options as options;
use crate::names::suggest;
use crate::reader::{Item, Reader};
use crate::registry::{root, scheme, trading_link};

/// Reads every scheme, and the links between them.
pub(super) fn read(rd: &mut Reader<'_>, build: &mut Build) {
    for item in rd.items(root::TRADING) {
        let before = rd.mistakes;
        let terms = terms(rd, build, &item);
        if !item.has(scheme::ALLOWANCES) {
            rd.missing(&item, scheme::ALLOWANCES);
        }
        let allowances = rd.since_first_year(&item, scheme::ALLOWANCES);
        let bank = options::bank(rd, build, &item);
        let borrowing = options::borrowing(rd, build, &item);
        let auction = options::auction(rd, &item);
        let tranches = options::steps(rd, build, &item, scheme::TRANCHES);
        let offsets = options::offsets(rd, build, &item);
        let penalty = options::penalty(rd, &item);
        let stability = options::stability(rd, build, &item);
        let first = terms.as_ref().and_then(|terms| terms.first());
        let unit = first.and_then(|term| build.model.emissions[term.emission].unit);
        let allocations = options::allocations(rd, build, &item, unit);
        let (Some(terms), Some(allowances), true) = (terms, allowances, rd.mistakes == before)
        else {
            continue;
        };
        build.model.trading.push(Scheme {
            name: item.name.to_owned(),
            label: label(rd, &item, scheme::LABEL),
            terms,
            allowances,
            bank,
            borrowing,
            auction,
            tranches,
            offsets,
            penalty,
            allocations,
            stability,
        });
    }
    links(rd, build);
}

/// What a scheme covers.
fn terms<'a>(
    rd: &mut Reader<'a>,
    build: &mut Build,
    item: &Item<'a>,
) -> Option<Vec<EmissionTerm>> {
    let regions = build.regions_of(rd, item, scheme::REGIONS);
    let label = given(rd, item, scheme::LABEL).unwrap_or(item.name);
    if !item.has(scheme::EMISSIONS) {
        rd.missing(item, scheme::EMISSIONS);
        return None;
    }
    let weights = weights(rd, item, scheme::EMISSIONS);
    let (weights, regions): (Vec<(EmissionIx, f64)>, Vec<RegionIx>) =
        if item.has(scheme::PROCESSES) || item.has(scheme::CATEGORIES) {
            let members = build.members(rd, item, &scheme::MEMBERS)?;
            let members = shares(rd, build, item, members)?;
            let covered = Covered { item, label, members };
            let weights = covered.apart(rd, build, &weights, scheme::EMISSIONS)?;
            // elsewhere nobody is covered
            (weights, build.model.regions.ixs().collect())
        } else {
            if item.has(scheme::COVERED_SHARE) {
                let message = "`covered_share` goes with `processes` or `categories`";
                let place = item.place_of(scheme::COVERED_SHARE);
                let diagnostic = Diagnostic::error("missing-field", message, place, "")
                    .hint("name those that the scheme covers, or take it out");
                rd.fail(item, diagnostic);
            }
            (weights, regions)
        };
    let term = |(emission, weight)| EmissionTerm { emission, regions: regions.clone(), weight };
    Some(weights.into_iter().map(term).collect())
}

/// The members of a scheme, each with the share of its emissions that is covered.
fn shares<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    item: &Item<'a>,
    members: Vec<ProcessIx>,
) -> Option<Vec<(ProcessIx, f64)>> {
    let mut members = super::covered::in_full(members);
    if !item.has(scheme::COVERED_SHARE) {
        return Some(members);
    }
    let by_name = item.has(scheme::PROCESSES);
    let named = rd.names(item, scheme::MEMBERS.written(item))?;
    let index = if by_name { &build.by_name } else { &build.by_category };
    for (name, place, share) in rd.open_map(item, scheme::COVERED_SHARE, None)? {
        let share = share?.range().0;
        if !named.iter().any(|(known, _)| *known == name) {
            let what = scheme::MEMBERS.written(item);
            let message = format!("`{name}` is not in `{what}` of `{}`", item.path);
            let mut diagnostic = Diagnostic::error("unknown-name", message, place, "");
            if let Some(hint) = suggest(&name, named.iter().map(|(known, _)| *known)) {
                diagnostic = diagnostic.hint(hint);
            }
            rd.fail(item, diagnostic);
            return None;
        }
        let of_it = index.get(&name).map_or(&[][..], Vec::as_slice);
        for (p, covered) in &mut members {
            if of_it.contains(p) {
                *covered = share;
            }
        }
    }
    Some(members)
}

/// Reads the links between schemes.
fn links(rd: &mut Reader<'_>, build: &mut Build) {
    for item in rd.items(root::TRADING_LINKS) {
        given(rd, &item, trading_link::LABEL);
        let before = rd.mistakes;
        let from = rd.name(&item, trading_link::FROM);
        let to = rd.name(&item, trading_link::TO);
        let ratio = rd.number(&item, trading_link::RATIO, None);
        let max = options::no_more_than(rd, build, &item, trading_link::MAX);
        let two_way = item.has(trading_link::TWO_WAY)
            && rd.flag(&item, trading_link::TWO_WAY) == Some(true);
        let schemes = &build.model.trading;
        let scheme = |at: usize| -> Option<SchemeIx> {
            schemes.position(|scheme| scheme.name == rd.sets.schemes[at])
        };
        let (Some((from, _)), Some((to, _)), Some(ratio)) = (from, to, ratio) else { continue };
        if from == to {
            let message = format!("`{}` leads from a scheme to itself", item.path);
            let place = item.value_place(trading_link::TO);
            let diagnostic = Diagnostic::error("link-to-itself", message, place, "");
            rd.fail(&item, diagnostic.hint("name two schemes"));
        } else if let (Some(from), Some(to)) = (scheme(from), scheme(to)) {
            if rd.mistakes == before {
                let name = item.name.to_owned();
                build.model.trading_links.push(TradingLink {
                    name,
                    from,
                    to,
                    ratio,
                    max,
                    two_way,
                });
            }
        } else {
            rd.fail_silently(&item); // a scheme with a mistake
        }
    }
}
