//! What a trading scheme allows beside its allowances, and who is given some.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::trading::{
    Allocation, Auction, Bank, Borrowing, Claim, Offsets, Penalty, Quota, Stability, Step,
};
use kzleap_model::{ByYear, Emission, EmissionIx, MassUnit, ProcessIx, Series};

use super::constraints::within;
use super::time::list_of_years;
use super::{Build, limits};
use crate::reader::{Item, Reader};
use crate::registry::{
    ByYear as OfYears, Field, Items, OneTable, allocation, auction, bank, borrowing, offsets,
    penalty, priced_step, scheme, stability,
};

/// The table of an option, if it is given; what is no table is reported elsewhere.
fn option<'a>(item: &Item<'a>, field: Field<OneTable>) -> Option<Item<'a>> {
    let OneTable(kind) = field.holds;
    item.within(kind, item.path_of(field), item.entry(field)?)
}

/// A most by year; infinite without one.
pub(super) fn no_more_than<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    item: &Item<'a>,
    field: Field<OfYears>,
) -> ByYear {
    let most = if item.has(field) { rd.by_year(item, field, None) } else { None };
    most.unwrap_or_else(|| build.every_year(f64::INFINITY))
}

pub(super) fn bank<'a>(rd: &mut Reader<'a>, build: &Build, item: &Item<'a>) -> Option<Bank> {
    let of = option(item, scheme::BANK)?;
    let first = match of.has(bank::FIRST) {
        true => rd.number(&of, bank::FIRST, None),
        false => Some(0.0),
    };
    let limit = no_more_than(rd, build, &of, bank::LIMIT);
    let phases = list_of_years(rd, &of, bank::PHASES);
    let kept = rd.number(&of, bank::KEPT, None);
    Some(Bank { first: first?, limit, phases, kept: kept? })
}

pub(super) fn borrowing<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    item: &Item<'a>,
) -> Option<Borrowing> {
    let of = option(item, scheme::BORROWING)?;
    let mut number = |field, otherwise| match of.has(field) {
        true => rd.number(&of, field, None),
        false => Some(otherwise),
    };
    let share_of_next = number(borrowing::SHARE_OF_NEXT, f64::INFINITY);
    let interest = number(borrowing::INTEREST, 0.0);
    let limit = no_more_than(rd, build, &of, borrowing::LIMIT);
    Some(Borrowing { limit, share_of_next: share_of_next?, interest: interest? })
}

pub(super) fn auction<'a>(rd: &mut Reader<'a>, item: &Item<'a>) -> Auction {
    let Some(of) = option(item, scheme::AUCTION) else { return Auction::default() };
    let has = of.has(auction::SHARE);
    let share = if has { rd.by_year(&of, auction::SHARE, None) } else { None };
    let has = of.has(auction::FLOOR);
    let floor = if has { rd.since_first_year(&of, auction::FLOOR) } else { None };
    Auction { share, floor }
}

/// What may be had at a price: tranches, or steps of offsets.
pub(super) fn steps<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    item: &Item<'a>,
    field: Field<Items>,
) -> Vec<Step> {
    let mut steps = Vec::new();
    for of in within(item, field) {
        super::declare::is_good_name(rd, of.name, of.place);
        let price = rd.by_year(&of, priced_step::PRICE, None);
        let max = no_more_than(rd, build, &of, priced_step::MAX);
        let name = of.name.to_owned();
        steps.extend(price.map(|price| Step { name, price, max }));
    }
    steps
}

pub(super) fn offsets<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    item: &Item<'a>,
) -> Option<Offsets> {
    let of = option(item, scheme::OFFSETS)?;
    let (emissions, allowances) = (offsets::SHARE_OF_EMISSIONS, offsets::SHARE_OF_ALLOWANCES);
    let quota = match (of.has(emissions), of.has(allowances)) {
        (true, false) => Some(Quota::OfEmissions(rd.by_year(&of, emissions, None)?)),
        (false, true) => Some(Quota::OfAllowances(rd.by_year(&of, allowances, None)?)),
        (false, false) => None,
        (true, true) => {
            let message = format!("`{}` has two quotas", of.path);
            let place = of.place_of(allowances);
            let diagnostic = Diagnostic::error("both-given", message, place, "")
                .also(of.place_of(emissions), "")
                .hint("give one: a share of emissions, or of allowances");
            rd.fail(&of, diagnostic);
            return None;
        }
    };
    if !of.has(offsets::STEPS) {
        rd.missing(&of, offsets::STEPS);
    }
    let steps = steps(rd, build, &of, offsets::STEPS);
    Some(Offsets { quota, steps })
}

pub(super) fn penalty<'a>(rd: &mut Reader<'a>, item: &Item<'a>) -> Option<Penalty> {
    let of = option(item, scheme::PENALTY)?;
    let price = rd.by_year(&of, penalty::PRICE, None);
    let make_good = rd.flag(&of, penalty::MAKE_GOOD);
    Some(Penalty { price: price?, make_good: make_good? })
}

pub(super) fn stability<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    item: &Item<'a>,
) -> Option<Stability> {
    let of = option(item, scheme::STABILITY)?;
    if !item.has(scheme::BANK) {
        let message = format!("`{}` follows what is held, and nothing may be", of.path);
        let diagnostic = Diagnostic::error("missing-field", message, of.place, "");
        rd.fail(&of, diagnostic.hint("add `bank = {}`, or take it out"));
    }
    let mut number = |field| rd.number(&of, field, None);
    let (above, take) = (number(stability::ABOVE), number(stability::TAKE));
    let (below, give) = (number(stability::BELOW), number(stability::GIVE));
    let first = number(stability::FIRST);
    let moved = build.every_year(0.0);
    Some(Stability {
        above: above?,
        take: take?,
        below: below?,
        give: give?,
        first: first?,
        moved,
    })
}

/// Who is given allowances.
pub(super) fn allocations<'a>(
    rd: &mut Reader<'a>,
    build: &mut Build,
    item: &Item<'a>,
    unit: Option<MassUnit>,
) -> Vec<Allocation> {
    let mut all: Vec<Allocation> = Vec::new();
    for mut of in within(item, scheme::ALLOCATION) {
        super::declare::is_good_name(rd, of.name, of.place);
        let Some(processes) = build.members(rd, &of, &allocation::MEMBERS) else { continue };
        let earlier = all.iter().flat_map(|one| &one.processes);
        let twice = earlier.copied().find(|p| processes.contains(p));
        if let Some(p) = twice {
            let name = &build.model.processes[p].name;
            let message = format!("`{name}` is given allowances by two groups");
            let diagnostic = Diagnostic::error("allocated-twice", message, of.place, "");
            rd.fail(&of, diagnostic.hint("let each process be in one group of `allocation`"));
            continue;
        }
        if let Some(claim) = claim(rd, build, (item, &mut of), &processes, unit) {
            all.push(Allocation { name: of.name.to_owned(), processes, claim });
        }
    }
    all
}

fn claim<'a>(
    rd: &mut Reader<'a>,
    build: &mut Build,
    (item, of): (&Item<'a>, &mut Item<'a>),
    processes: &[ProcessIx],
    unit: Option<MassUnit>,
) -> Option<Claim> {
    let has = |field: Field<OfYears>| of.has(field);
    let given = [
        has(allocation::BENCHMARK),
        has(allocation::PAST_OUTPUT),
        has(allocation::CREDIT),
        has(allocation::PAST_EMISSIONS),
    ];
    match given {
        [false, false, false, true] => {
            rd.since_first_year(of, allocation::PAST_EMISSIONS).map(Claim::Given)
        }
        [true, true, false, false] => {
            count_in_output(rd, build, of, processes)?;
            let benchmark = rd.by_year(of, allocation::BENCHMARK, None);
            let output = rd.since_first_year(of, allocation::PAST_OUTPUT);
            let both = output?.into_iter().zip(benchmark?);
            Some(Claim::Given(
                both.map(|(output, each)| output.map(|output| each * output)).collect(),
            ))
        }
        [true, false, at_given_price, false] => {
            count_in_output(rd, build, of, processes)?;
            let benchmark = rd.by_year(of, allocation::BENCHMARK, None);
            let credit = match at_given_price {
                true => rd.by_year(of, allocation::CREDIT, None),
                false => Some(build.every_year(0.0)),
            };
            let emission =
                for_output(build, (item, of), processes, (benchmark?, credit?), unit);
            Some(Claim::ForOutput { emission, at_own_price: !at_given_price })
        }
        _ => {
            let message = format!("`{}` does not say by what allowances are given", of.path);
            let diagnostic = Diagnostic::error("missing-field", message, of.place, "").hint(
                "give `benchmark` with `past_output`, with `credit` or alone, or `past_emissions`",
            );
            rd.fail_missing(of, diagnostic);
            None
        }
    }
}

/// Reads benchmarks and output of an item in what its processes make.
fn count_in_output(
    rd: &mut Reader<'_>,
    build: &Build,
    of: &mut Item<'_>,
    processes: &[ProcessIx],
) -> Option<()> {
    let field = allocation::MEMBERS.written(of);
    of.amount = Some(limits::common(rd, build, of, processes, field)?);
    Some(())
}

/// Counts what processes are given for their output as an emission below zero, with the credit as its
/// price.
fn for_output(
    build: &mut Build,
    (item, of): (&Item<'_>, &Item<'_>),
    processes: &[ProcessIx],
    (benchmark, credit): (ByYear, ByYear),
    unit: Option<MassUnit>,
) -> EmissionIx {
    let model = &mut build.model;
    let regions: Vec<_> = model.regions.ixs().collect();
    let given = EmissionIx::new(model.emissions.len());
    let each = Series::ByYear(benchmark.iter().map(|each| -each).collect());
    for p in processes {
        for mode in &mut model.processes[*p].modes {
            if let Some((_, ratio)) = mode.outputs.first() {
                let factor = ratio.with(&each, |ratio, each| ratio * each);
                mode.emissions.push((given, factor));
            }
        }
    }
    model.emissions.push(Emission {
        name: format!("allowances.{}@{}", of.name, item.name),
        label: format!("Allowances for output, {}", of.name),
        gas: None,
        unit,
        part_of: Some(EmissionIx::new(0)),
        exogenous: Vec::new(),
        price: regions.into_iter().map(|region| (region, credit.clone())).collect(),
        damage: Vec::new(),
        damage_in_cost: false,
    });
    given
}
