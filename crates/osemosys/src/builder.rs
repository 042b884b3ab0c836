//! Collects what a reader finds, and makes [`Data`] of it: sorted, complete and in range.

use kzleap_diagnostics::{Diagnostic, Diagnostics, Sources, Span};

use crate::checks;
use crate::data::{Absent, Data, Dialect, Members, Table};
use crate::family;
use crate::parameters::{Missing, P, Range, SetId};
use crate::raw::Raw;
use crate::read::Options;
use crate::trace::Written;

/// How many problems are reported in one run.
const MOST_PROBLEMS: usize = 50;

/// The sets first, then the parameters over them.
pub(crate) struct Builder<'a> {
    pub(crate) sources: &'a Sources,
    pub(crate) diagnostics: &'a mut Diagnostics,
    pub(crate) sets: Vec<Members>,
    pub(crate) set_spans: Vec<Option<Span>>,
    pub(crate) notes: Vec<String>,
    absent: Vec<Absent>,
    /// Whether the set of fuels is called `COMMODITY`.
    pub(crate) commodity: bool,
    raws: Vec<Option<Raw>>,
    problems: usize,
    /// Where to point when something is missing altogether; `None` if it is a folder.
    pub(crate) file: Option<Span>,
    pub(crate) whole: Span,
    /// Unknown sets and parameters to pass over, and whether each was met.
    ignored: Vec<(String, bool)>,
}

impl<'a> Builder<'a> {
    /// Nothing read yet; `whole` is where to point when something is missing altogether.
    pub(crate) fn new(
        sources: &'a Sources,
        diagnostics: &'a mut Diagnostics,
        whole: Span,
        options: &Options,
    ) -> Self {
        Self {
            sources,
            diagnostics,
            sets: vec![Members::default(); SetId::ALL.len()],
            set_spans: vec![None; SetId::ALL.len()],
            notes: Vec::new(),
            absent: Vec::new(),
            commodity: false,
            raws: P::ALL.iter().map(|_| None).collect(),
            problems: 0,
            file: Some(whole),
            whole,
            ignored: options.ignore.iter().map(|name| (name.clone(), false)).collect(),
        }
    }

    /// Reports a problem, unless too many were reported already.
    pub(crate) fn report(&mut self, problem: Diagnostic) {
        self.problems += 1;
        if self.problems <= MOST_PROBLEMS {
            self.diagnostics.push(problem);
        }
    }

    /// Whether there is no use in looking for more.
    pub(crate) const fn has_enough(&self) -> bool {
        self.problems > MOST_PROBLEMS
    }

    /// Whether the user asked for an unknown set or parameter to be passed over.
    pub(crate) fn ignores(&mut self, name: &str) -> bool {
        let Some((_, met)) = self.ignored.iter_mut().find(|(other, _)| other == name) else {
            return false;
        };
        if !*met {
            *met = true;
            self.notes.push(format!("`{name}` is passed over, as `--ignore` asks"));
        }
        true
    }

    /// What was to be passed over must be there, and unknown.
    fn check_ignored(&mut self) {
        for (name, met) in std::mem::take(&mut self.ignored) {
            let known = P::named(&name).is_some() || SetId::named(&name).is_some();
            let why = if known {
                "is a set or parameter of OSeMOSYS, and acts"
            } else if !met {
                "is not in the files as an unknown set or parameter"
            } else {
                continue;
            };
            let message = format!("`--ignore {name}`: `{name}` {why}");
            self.report(
                Diagnostic::error_overall("nothing-to-ignore", message)
                    .hint("`--ignore` passes over what is refused as unknown"),
            );
        }
    }

    /// Adds what was read of a parameter.
    pub(crate) fn add(&mut self, raw: Raw) {
        let name = raw.parameter.name();
        if let Some(earlier) = &self.raws[raw.parameter as usize] {
            let earlier = earlier.span;
            self.report(
                Diagnostic::error(
                    "duplicate-parameter",
                    format!("`{name}` is given twice"),
                    raw.span,
                    "second time",
                )
                .also(earlier, "first time")
                .hint("join the two statements into one"),
            );
            return;
        }
        let slot = raw.parameter as usize;
        self.raws[slot] = Some(raw);
    }

    /// How large each index of a parameter is.
    pub(crate) fn sizes(&self, parameter: P) -> Vec<usize> {
        parameter.spec().indices.iter().map(|set| self.sets[*set as usize].len()).collect()
    }

    /// The model with the places of its values, unless something is wrong with it.
    pub(crate) fn finish(
        mut self,
        name: String,
        dialect: Option<Dialect>,
    ) -> Option<(Data, Written)> {
        self.check_sets();
        self.check_ignored();
        let mut raws = std::mem::take(&mut self.raws);
        for raw in raws.iter_mut().flatten() {
            raw.sort();
            self.check_entries(raw);
        }
        if self.problems > 0 {
            return None;
        }
        let tables = self.tables(&raws);
        let notes = std::mem::take(&mut self.notes);
        let absent = std::mem::take(&mut self.absent);
        let sets = std::mem::take(&mut self.sets);
        let (tags, storages) = (Dialect::MathProg, Dialect::MathProg);
        let mut data = Data { name, tags, storages, notes, absent, sets, tables };
        family::decide(&mut data, &raws, &mut self, dialect);
        if self.problems > 0 {
            return None;
        }
        let before = self.problems;
        checks::check(&mut data, &raws, &mut self);
        (self.problems == before).then_some((data, Written { raws }))
    }

    fn check_sets(&mut self) {
        for set in SetId::ALL {
            let span = self.set_spans[set as usize];
            let empty = self.sets[set as usize].is_empty();
            if set.required() && empty {
                let (message, label) = match span {
                    Some(_) => (format!("set `{set}` is empty"), "no members"),
                    None => (format!("set `{set}` is missing"), "not in here"),
                };
                let hint = format!("a model needs at least one member of `{set}`");
                self.report(match span.or(self.file) {
                    Some(span) => {
                        Diagnostic::error("empty-set", message, span, label).hint(hint)
                    }
                    None => Diagnostic::error_overall("empty-set", message)
                        .hint(format!("{hint}: add `{set}.csv`, with the one column `VALUE`")),
                });
            } else if span.is_none()
                && matches!(
                    set,
                    SetId::Emission
                        | SetId::Season
                        | SetId::DayType
                        | SetId::Bracket
                        | SetId::Storage
                )
            {
                self.notes.push(format!("set `{set}` is not given; taken as empty"));
            }
        }
    }

    /// Duplicates, and values that make no sense.
    fn check_entries(&mut self, raw: &Raw) {
        let spec = raw.parameter.spec();
        for (entry, pair) in raw.keys.windows(2).enumerate() {
            if pair[0] == pair[1] {
                let (a, b) = (raw.places[entry], raw.places[entry + 1]);
                let (first, second) =
                    if a < b { (entry, entry + 1) } else { (entry + 1, entry) };
                let members = self.names(raw.parameter, pair[0]);
                self.report(
                    Diagnostic::error(
                        "duplicate-entry",
                        format!("`{}[{members}]` is given twice", spec.name),
                        raw.place_of(second, self.sources),
                        "second value",
                    )
                    .also(raw.place_of(first, self.sources), "first value")
                    .hint("remove one of the two"),
                );
                if self.has_enough() {
                    return;
                }
            }
        }
        if let Some(default) = raw.default
            && let Err(rule) = in_range(spec.range, raw.parameter, default)
        {
            self.report(
                Diagnostic::error(
                    "bad-value",
                    format!(
                        "the default of `{}` is {default}, but it must be {rule}",
                        spec.name
                    ),
                    raw.span,
                    "this parameter",
                )
                .hint("correct the default"),
            );
        }
        for (entry, value) in raw.values.iter().enumerate() {
            if let Err(rule) = in_range(spec.range, raw.parameter, *value) {
                let members = self.names(raw.parameter, raw.keys[entry]);
                self.report(
                    Diagnostic::error(
                        "bad-value",
                        format!("`{}[{members}]` is {value}, but it must be {rule}", spec.name),
                        raw.place_of(entry, self.sources),
                        "this value",
                    )
                    .hint(hint_for(raw.parameter)),
                );
                if self.has_enough() {
                    return;
                }
            }
        }
    }

    /// The names of the members a key stands for, with commas.
    pub(crate) fn names(&self, parameter: P, key: u64) -> String {
        let mut rest = usize::try_from(key).unwrap_or(0);
        let mut names = Vec::new();
        for set in parameter.spec().indices.iter().rev() {
            let members = &self.sets[*set as usize];
            names.push(members.names()[rest % members.len().max(1)].as_str());
            rest /= members.len().max(1);
        }
        names.reverse();
        names.join(",")
    }

    fn tables(&mut self, raws: &[Option<Raw>]) -> Vec<Table> {
        let rates = {
            let raw = raws[P::DiscountRate as usize].as_ref();
            let Missing::Is(usual) = P::DiscountRate.spec().default else { return Vec::new() };
            let default = raw.and_then(|raw| raw.default).unwrap_or(usual);
            let mut rates = vec![default; self.sets[SetId::Region as usize].len()];
            if let Some(raw) = raw {
                for (key, value) in raw.keys.iter().zip(&raw.values) {
                    rates[usize::try_from(*key).unwrap_or(0)] = *value;
                }
            }
            rates
        };
        P::ALL.map(|p| self.table(p, raws[p as usize].as_ref(), &rates)).into()
    }

    fn table(&mut self, p: P, raw: Option<&Raw>, rates: &[f64]) -> Table {
        let spec = p.spec();
        let sizes = self.sizes(p);
        let combinations: u128 = sizes.iter().map(|size| *size as u128).product();
        let stated = raw.and_then(|raw| raw.default);
        let written = raw.map_or(0, |raw| raw.keys.len() as u128);
        let (default, by_first) = match (stated, spec.default) {
            (Some(stated), _) => (stated, None),
            (None, Missing::Is(usual)) => (usual, None),
            (None, Missing::RegionRate) => (0.0, Some(rates.to_vec())),
        };
        if stated.is_none() && written < combinations && spec.current {
            let taken = match spec.default {
                Missing::Is(value) => Some(value),
                Missing::RegionRate => None,
            };
            let absent = Absent { parameter: spec.name, taken };
            match raw {
                Some(_) => self.notes.push(format!(
                    "`{}` has no default; {} values that are not written: {}",
                    spec.name,
                    combinations - written,
                    absent.taken()
                )),
                None if p == P::DiscountRateIdv => {}
                None => self.absent.push(absent),
            }
        }
        let (mut keys, mut values) = (Vec::new(), Vec::new());
        if let Some(raw) = raw {
            for (key, value) in raw.keys.iter().zip(&raw.values) {
                if by_first.is_some() || (*value - default).abs() > 0.0 {
                    keys.push(*key);
                    values.push(*value);
                }
            }
        }
        Table::new(sizes, default, by_first, keys, values, raw.is_some())
    }
}

fn in_range(range: Range, parameter: P, value: f64) -> Result<(), &'static str> {
    let limit = matches!(range, Range::Limit)
        || matches!(
            parameter,
            P::AnnualEmissionLimit
                | P::ModelPeriodEmissionLimit
                | P::StorageMaxChargeRate
                | P::StorageMaxDischargeRate
                | P::TechnologyActivityByModeUpperLimit
        );
    if value.abs() > if limit { 1e30 } else { 1e20 } {
        return Err(if limit { "below 1e30 in size" } else { "below 1e20 in size" });
    }
    let one_of = |allowed: &[f64]| allowed.iter().any(|other| (value - other).abs() < 1e-12);
    match range {
        Range::NonNegative if value < 0.0 => Err("zero or more"),
        Range::Positive if value <= 0.0 => Err("more than zero"),
        Range::Binary if !one_of(&[0.0, 1.0]) => Err("0 or 1"),
        Range::Limit if value < 0.0 && !one_of(&[-1.0]) => Err("zero or more, or -1 for none"),
        Range::Method if !one_of(&[1.0, 2.0]) => Err("1 (sinking fund) or 2 (straight line)"),
        _ => Ok(()),
    }
}

const fn hint_for(parameter: P) -> &'static str {
    match parameter {
        P::OperationalLife | P::OperationalLifeStorage => "a life is a number of years",
        P::YearSplit => "the shares of all time slices of a year add up to 1",
        P::DepreciationMethod => "1 is a sinking fund, 2 a straight line",
        _ => "correct the value",
    }
}
