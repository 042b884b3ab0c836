//! Rules across parameters: what no single value can show.

use kzleap_diagnostics::{Diagnostic, Sources, Span};

use crate::builder::Builder;
use crate::data::{Data, Dialect};
use crate::parameters::{P, SetId};
use crate::possible;
use crate::raw::Raw;
use crate::to_model::{in_gigawatts, storages_at_work};

/// Adds to the diagnostics what contradicts itself, and to the notes what looks odd.
pub(crate) fn check(data: &mut Data, raws: &[Option<Raw>], builder: &mut Builder<'_>) {
    let at = Places { raws, sources: builder.sources, whole: builder.whole };
    years(data, builder);
    if data.years().len() != data.count(SetId::Year) {
        return;
    }
    year_split(data, &at, builder);
    profiles(data);
    lives(data, &at, builder);
    annuities(data, &at, builder);
    limits(data, &at, builder);
    possible::check(data, &at, builder);
    trade(data);
    storage_sets(data, builder);
    unused(data, &at, builder);
    units(data);
}

/// The unit of capacities that is taken from their `CapacityToActivityUnit`.
fn units(data: &mut Data) {
    let (regions, technologies) = (data.count(SetId::Region), data.count(SetId::Technology));
    let all = (0..regions).flat_map(|r| (0..technologies).map(move |t| (r, t)));
    let found = all.filter(|(r, t)| in_gigawatts(data, *r, *t)).count();
    if found == 0 {
        return;
    }
    data.notes.push(format!(
        "capacity is taken to be in GW, and energy in PJ, where `CapacityToActivityUnit` is 31.536 \
         ({found} of {} technologies): files state no units; other capacities are shown without one",
        regions * technologies
    ));
}

/// Where values are written.
pub(crate) struct Places<'a> {
    raws: &'a [Option<Raw>],
    sources: &'a Sources,
    whole: Span,
}

impl Places<'_> {
    /// Where a parameter begins.
    fn parameter(&self, p: P) -> Span {
        self.raws[p as usize].as_ref().map_or(self.whole, |raw| raw.span)
    }

    /// The place of one value, or of the parameter if it is a default, if it is given at all.
    pub(crate) fn of(&self, data: &Data, p: P, at: &[usize]) -> Span {
        let Some(raw) = &self.raws[p as usize] else { return self.whole };
        let key = at
            .iter()
            .zip(p.spec().indices)
            .fold(0, |key, (at, set)| key * data.count(*set) as u64 + *at as u64);
        raw.place(key, self.sources)
    }
}

fn years(data: &Data, builder: &mut Builder<'_>) {
    for name in data.set(SetId::Year).names() {
        if name.parse::<i32>().is_err() {
            let span = builder.set_spans[SetId::Year as usize].unwrap_or(builder.whole);
            builder.report(
                Diagnostic::error(
                    "bad-year",
                    format!("`{name}` is not a calendar year"),
                    span,
                    "in this set",
                )
                .hint("members of `YEAR` are whole numbers such as 2030"),
            );
        }
    }
}

fn year_split(data: &mut Data, at: &Places<'_>, builder: &mut Builder<'_>) {
    let slices = data.count(SetId::Timeslice);
    for (y, year) in data.years().into_iter().enumerate() {
        let sum: f64 = (0..slices).map(|l| data.get(P::YearSplit, &[l, y])).sum();
        let off = (sum - 1.0).abs();
        if off > 0.01 {
            let span = at.of(data, P::YearSplit, &[0, y]);
            builder.report(
                Diagnostic::error(
                    "year-split",
                    format!("the time slices of {year} take {sum:.6} of the year"),
                    span,
                    "one of them",
                )
                .hint("the values of `YearSplit` of a year must add up to 1"),
            );
        } else if off > 1e-4 {
            data.notes.push(format!(
                "the time slices of {year} take {sum:.6} of the year, not all of it"
            ));
        }
    }
}

fn profiles(data: &mut Data) {
    let slices = data.count(SetId::Timeslice);
    let mut odd = 0;
    let mut first = None;
    let demands: Vec<_> = data.table(P::SpecifiedAnnualDemand).entries().collect();
    for (at, demand) in demands {
        if demand <= 0.0 {
            continue;
        }
        let sum: f64 = (0..slices)
            .map(|l| data.get(P::SpecifiedDemandProfile, &[at[0], at[1], l, at[2]]))
            .sum();
        if (sum - 1.0).abs() > 1e-3 {
            odd += 1;
            first.get_or_insert((at, sum));
        }
    }
    if let Some((at, sum)) = first {
        let (r, f, y) = (SetId::Region, SetId::Fuel, SetId::Year);
        let place = format!(
            "{},{},{}",
            data.set(r).names()[at[0]],
            data.set(f).names()[at[1]],
            data.set(y).names()[at[2]]
        );
        data.notes.push(format!(
            "`SpecifiedDemandProfile` does not add up to 1 for {odd} demands (the first: \
             {place}, {sum:.6}); each slice is taken as written"
        ));
    }
}

fn lives(data: &Data, at: &Places<'_>, builder: &mut Builder<'_>) {
    if data.tags == Dialect::Clews {
        return; // there, a life of zero means that nothing can be built
    }
    for r in 0..data.count(SetId::Region) {
        for t in 0..data.count(SetId::Technology) {
            if data.get(P::OperationalLife, &[r, t]) <= 0.0 {
                let span = at.of(data, P::OperationalLife, &[r, t]);
                let name = &data.set(SetId::Technology).names()[t];
                builder.report(
                    Diagnostic::error(
                        "bad-value",
                        format!("`OperationalLife` of `{name}` is zero"),
                        span,
                        "this value",
                    )
                    .hint("a life is a number of years, at least one"),
                );
                if builder.has_enough() {
                    return;
                }
            }
        }
    }
}

/// A file that brings what an investment costs in all brings both factors.
fn annuities(data: &mut Data, at: &Places<'_>, builder: &mut Builder<'_>) {
    let (factor, annuity) = (P::CapitalRecoveryFactor, P::PvAnnuity);
    let given = |p: P| data.table(p).given();
    let (there, missing) = match (given(factor), given(annuity)) {
        (false, false) => return,
        (true, true) => {
            data.notes.push(
                "`CapitalRecoveryFactor` and `PvAnnuity` are those of the files; \
                 `DiscountRateIdv` and `OperationalLife` do not enter into them"
                    .to_owned(),
            );
            return;
        }
        (true, false) => (factor, annuity),
        (false, true) => (annuity, factor),
    };
    let message = format!("`{}` is given without `{}`", there.name(), missing.name());
    let span = at.parameter(there);
    builder.report(Diagnostic::error("one-of-two", message, span, "this one").hint(format!(
        "an investment costs its overnight cost times both: give `{}` too, or leave both \
             out, and they are calculated from `DiscountRateIdv` and `OperationalLife`",
        missing.name()
    )));
}

/// Upper limits below what must be: no plan can respect them.
fn limits(data: &Data, at: &Places<'_>, builder: &mut Builder<'_>) {
    let pairs = [
        (P::TotalAnnualMaxCapacityInvestment, P::TotalAnnualMinCapacityInvestment),
        (P::TotalAnnualMaxCapacity, P::TotalAnnualMinCapacity),
        (P::TotalAnnualMaxCapacity, P::ResidualCapacity),
        (
            P::TotalTechnologyAnnualActivityUpperLimit,
            P::TotalTechnologyAnnualActivityLowerLimit,
        ),
        (
            P::TotalTechnologyModelPeriodActivityUpperLimit,
            P::TotalTechnologyModelPeriodActivityLowerLimit,
        ),
    ];
    for (upper, lower) in pairs {
        let default = data.table(lower).default();
        let of_default =
            (default > 0.0).then(|| data.table(upper).entries().collect::<Vec<_>>());
        let written = data.table(lower).entries();
        for (key, least) in
            written.chain(of_default.into_iter().flatten().map(|(key, _)| (key, default)))
        {
            let most = data.get(upper, &key);
            if most < 0.0 || least <= most * (1.0 + 1e-9) + 1e-9 {
                continue;
            }
            let span = at.of(data, upper, &key);
            let members = member_names(data, upper, &key);
            let (upper, lower) = (upper.name(), lower.name());
            builder.report(
                Diagnostic::error(
                    "contradictory-limits",
                    format!("`{upper}[{members}]` is {most}, below `{lower}` of {least}"),
                    span,
                    "upper limit",
                )
                .hint(format!("raise `{upper}`, lower `{lower}`, or write -1 for no limit")),
            );
            if builder.has_enough() {
                return;
            }
        }
    }
}

fn trade(data: &mut Data) {
    let one_way: Vec<Vec<usize>> = data
        .table(P::TradeRoute)
        .entries()
        .filter(|(at, _)| data.get(P::TradeRoute, &[at[1], at[0], at[2], at[3]]) <= 0.0)
        .map(|(at, _)| at)
        .collect();
    if let Some(at) = one_way.first() {
        let place = member_names(data, P::TradeRoute, at);
        data.notes.push(format!(
            "`TradeRoute` goes one way only for {} entries (the first: {place}); trade is \
             possible both ways",
            one_way.len()
        ));
    }
}

/// Storage needs a calendar of seasons, day types and brackets.
fn storage_sets(data: &mut Data, builder: &mut Builder<'_>) {
    if data.count(SetId::Storage) == 0 {
        return;
    }
    let calendar = [SetId::Season, SetId::DayType, SetId::Bracket];
    if !storages_at_work(data) {
        if calendar.iter().any(|set| data.set(*set).is_empty()) {
            data.notes.push(format!(
                "nothing fills or empties the storages ({}): they are passed over",
                data.set(SetId::Storage).names().join(", ")
            ));
        }
        return;
    }
    for set in calendar {
        if data.set(set).is_empty() {
            let span = builder.set_spans[set as usize].unwrap_or(builder.whole);
            builder.report(
                Diagnostic::error(
                    "empty-set",
                    format!("set `{set}` is empty, but the model has storages"),
                    span,
                    "no members",
                )
                .hint("storage levels follow seasons, day types and daily time brackets"),
            );
            continue;
        }
        let numbers: Option<Vec<i64>> =
            data.set(set).names().iter().map(|name| name.parse().ok()).collect();
        if numbers.is_none_or(|numbers| numbers.windows(2).any(|pair| pair[1] != pair[0] + 1)) {
            data.notes.push(format!(
                "members of `{set}` are not consecutive numbers; they follow one another as \
                 written"
            ));
        }
    }
}

/// A technology that must run but has nothing to run on.
fn unused(data: &Data, at: &Places<'_>, builder: &mut Builder<'_>) {
    for p in [
        P::TotalTechnologyAnnualActivityLowerLimit,
        P::TotalTechnologyModelPeriodActivityLowerLimit,
    ] {
        for (key, least) in data.table(p).entries() {
            let (r, t) = (key[0], key[1]);
            if least > 0.0 && data.count(SetId::Mode) > 0 && !acts(data, r, t) {
                let span = at.of(data, p, &key);
                let name = &data.set(SetId::Technology).names()[t];
                builder.report(
                    Diagnostic::error(
                        "idle-technology",
                        format!(
                            "`{name}` must run, but has no input, output, emission or storage"
                        ),
                        span,
                        "must run this much",
                    )
                    .hint("give it an `OutputActivityRatio`, or remove the limit"),
                );
                return;
            }
        }
    }
}

fn acts(data: &Data, r: usize, t: usize) -> bool {
    [
        P::InputActivityRatio,
        P::OutputActivityRatio,
        P::EmissionActivityRatio,
        P::TechnologyToStorage,
        P::TechnologyFromStorage,
        P::VariableCost,
    ]
    .iter()
    .any(|p| data.table(*p).any(&[r, t]))
}

pub(crate) fn member_names(data: &Data, p: P, at: &[usize]) -> String {
    let names: Vec<&str> = p
        .spec()
        .indices
        .iter()
        .zip(at)
        .map(|(set, at)| data.set(*set).names()[*at].as_str())
        .collect();
    names.join(",")
}
