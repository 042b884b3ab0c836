//! Which family of OSeMOSYS a model is of, where the families mean different things.
//!
//! Two meanings differ: that of `UDCTag`, and the rules of storages. Each has signs of its own. A
//! meaning is taken where its signs agree, and reported; where they do not, the user decides. Where a
//! model has neither user-defined constraints nor storages at work, nothing depends on it.

use kzleap_diagnostics::Diagnostic;

use crate::builder::Builder;
use crate::data::{Data, Dialect, Members};
use crate::parameters::{P, SetId};
use crate::raw::Raw;
use crate::to_model::storages_at_work;

/// Parameters of the CLEWs interface, which models of the other family may have taken over.
const WORDS: [P; 9] = [
    P::InputToNewCapacityRatio,
    P::InputToTotalCapacityRatio,
    P::TechnologyActivityByModeLowerLimit,
    P::TechnologyActivityByModeUpperLimit,
    P::TechnologyActivityIncreaseByModeLimit,
    P::TechnologyActivityDecreaseByModeLimit,
    P::EmissionToActivityChangeRatio,
    P::TempUpperLimit,
    P::TempLowerLimit,
];

/// Sets of storages that only that family has.
const SETS: [SetId; 2] = [SetId::IntraDay, SetId::IntraYear];

/// The part of a user-defined constraint that only that family has.
const RULE: P = P::UDCMultiplierDemand;

/// A limit on charging that is none: what files write for it.
pub(crate) const NO_RATE: f64 = 99_999.0;

/// Whether a word of the CLEWs interface is in the data.
pub(crate) fn has_words(data: &Data) -> bool {
    WORDS.iter().chain([&RULE]).any(|p| data.table(*p).says_something(*p))
}

/// Decides what `UDCTag` and the rules of storages mean; `stated` is what the user says.
pub(crate) fn decide(
    data: &mut Data,
    raws: &[Option<Raw>],
    builder: &mut Builder<'_>,
    stated: Option<Dialect>,
) {
    tags(data, raws, builder, stated);
    storages(data, builder, stated);
    if data.storages == Dialect::MathProg {
        for set in SETS {
            if stated.is_some() && !data.set(set).is_empty() {
                data.notes.push(format!(
                    "set `{set}` is passed over: OSeMOSYS in GNU MathProg has no such rule"
                ));
            }
            data.sets[set as usize] = Members::default();
        }
    }
}

fn named(list: impl IntoIterator<Item = &'static str>) -> String {
    let quoted: Vec<String> = list.into_iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

fn sets_named(builder: &Builder<'_>) -> impl Iterator<Item = &'static str> {
    let named = SETS.map(|set| builder.set_spans[set as usize].map(|_| set.name()));
    named.into_iter().flatten()
}

fn tags(
    data: &mut Data,
    raws: &[Option<Raw>],
    builder: &mut Builder<'_>,
    stated: Option<Dialect>,
) {
    let given = |p: &P| raws[*p as usize].is_some();
    let own: Vec<_> = sets_named(builder).chain(given(&RULE).then_some(RULE.name())).collect();
    let decided = builder.commodity || !own.is_empty();
    let words =
        named(own.into_iter().chain(WORDS.iter().filter(|p| given(p)).map(|p| p.name())));
    let fuels = if builder.commodity { "COMMODITY" } else { "FUEL" };
    let acts = data.count(SetId::Udc) > 0;
    if let Some(stated) = stated {
        data.tags = stated;
    } else if decided || !words.is_empty() {
        data.tags = Dialect::Clews;
        if acts && !decided {
            let span = builder.set_spans[SetId::Udc as usize].unwrap_or(builder.whole);
            builder.report(
                Diagnostic::error(
                    "family",
                    "what `UDCTag` means here is not clear: OSeMOSYS in GNU MathProg has the \
                     set `FUEL`, the CLEWs interface (MUIO) the other words of this model",
                    span,
                    format!("user-defined constraints, beside `FUEL` and {words}"),
                )
                .hint(
                    "`--dialect mathprog` reads 0 as `=`, 1 as `>=`, 2 as `<=`; `--dialect \
                     clews` reads 0 as `<=`, 1 as `=`, anything else as off",
                ),
            );
            return;
        }
    }
    if !acts {
        return;
    }
    let why = match (stated, data.tags) {
        (Some(_), _) => String::new(),
        (None, Dialect::MathProg) => {
            format!(" (OSeMOSYS in GNU MathProg, by the set `{fuels}`); else `--dialect clews`")
        }
        (None, Dialect::Clews) => {
            let signs = if words.is_empty() { words } else { format!(" and {words}") };
            format!(" (the CLEWs interface, by `{fuels}`{signs}); else `--dialect mathprog`")
        }
    };
    let meaning = match data.tags {
        Dialect::MathProg => "0 is read as `=`, 1 as `>=`, 2 as `<=`",
        Dialect::Clews => "0 is read as `<=`, 1 as `=`, anything else as off",
    };
    data.notes.push(format!("user-defined constraints: `UDCTag` {meaning}{why}"));
}

fn storages(data: &mut Data, builder: &mut Builder<'_>, stated: Option<Dialect>) {
    let sets = named(sets_named(builder));
    if let Some(stated) = stated {
        data.storages = stated;
    } else if !sets.is_empty() {
        data.storages = Dialect::Clews;
        let limits = named(limits_of_mathprog(data).into_iter().map(P::name));
        if !limits.is_empty() && storages_at_work(data) {
            let span = SETS.iter().find_map(|set| builder.set_spans[*set as usize]);
            builder.report(
                Diagnostic::error(
                    "family",
                    format!(
                        "whose rules the storages follow is not clear: {sets} is of the CLEWs \
                         interface (MUIO), which knows no {limits}"
                    ),
                    span.unwrap_or(builder.whole),
                    "sets of that interface",
                )
                .hint(format!(
                    "`--dialect mathprog` keeps {limits} and passes over {sets}; `--dialect \
                     clews` does the opposite: storages begin every year empty and have no \
                     such limits"
                )),
            );
            return;
        }
    }
    if !storages_at_work(data) {
        return;
    }
    match (stated, data.storages) {
        (None, Dialect::Clews) => data.notes.push(format!(
            "storages begin every year empty, have no limits on charging and lose their value in \
             a straight line, as in the CLEWs interface (by {sets}); else `--dialect mathprog`"
        )),
        (None, Dialect::MathProg) if builder.commodity || has_words(data) => data.notes.push(
            "storages follow the rules of OSeMOSYS in GNU MathProg, as there is no set \
             `STORAGEINTRADAY` or `STORAGEINTRAYEAR`; else `--dialect clews`"
                .to_owned(),
        ),
        _ => {}
    }
}

/// Limits of storages that only OSeMOSYS in GNU MathProg heeds, where they have values.
fn limits_of_mathprog(data: &Data) -> Vec<P> {
    let every = |p: P| {
        let places = 0..data.count(SetId::Region) * data.count(SetId::Storage);
        let storages = data.count(SetId::Storage);
        places.map(move |at| data.get(p, &[at / storages, at % storages]))
    };
    let rates = [P::StorageMaxChargeRate, P::StorageMaxDischargeRate]
        .into_iter()
        .filter(|p| every(*p).any(|most| most < NO_RATE));
    let start =
        [P::StorageLevelStart].into_iter().filter(|p| every(*p).any(|level| level > 0.0));
    rates.chain(start).collect()
}
