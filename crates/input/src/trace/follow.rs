//! Values that are not written but follow from what is: those of milestone years between given
//! ones, and what formulas come to.

use super::{Evaluated, Traced, collect};
use crate::numbers::{interpolate, shown};
use crate::reader::Reader;
use crate::registry::{Located, OF_EACH_CLASS, locate, process, root};
use crate::scenario::Changed;
use crate::tree::{Node, Table, join};
use crate::units::parse;

/// What values follow from: a model that was read.
pub(crate) struct Following<'f, 'a> {
    pub(crate) rd: &'f Reader<'a>,
    pub(crate) changes: &'f [Changed],
}

/// Whether a path at which nothing is written may lead to a value all the same: one of a year, of
/// a region or of a slice.
pub(crate) fn may_follow(tree: &Table, path: &str) -> bool {
    let Some((_, last)) = path.rsplit_once('.') else { return false };
    if root::PROFILES.key().leads(path) || of_process(tree, path).is_some() {
        return true; // a series of an hourly table, or what a class does not say itself
    }
    let regions = tree.get(&root::REGIONS.key()).and_then(Node::table);
    let steps: Vec<&str> = path.split('.').collect();
    let mut above = (1..=steps.len()).map(|end| &steps[..end]);
    let of_quantity = above.any(|steps| matches!(locate(steps), Located::Quantity));
    of_quantity
        || last.parse::<i32>().is_ok()
        || regions.is_some_and(|regions| regions.get(last).is_some())
}

/// Where a class would have what it does not say itself, with the path of its process.
fn of_process(tree: &Table, path: &str) -> Option<(String, String)> {
    let steps: Vec<&str> = path.split('.').collect();
    let [collection, process, classes, _, field, ..] = steps[..] else { return None };
    let is_class = collection == root::PROCESSES.name() && classes == process::CLASSES.name();
    let process = join(collection, process);
    let of_each = OF_EACH_CLASS.iter().any(|key| **key == *field);
    let above = steps[4..].iter().fold(process.clone(), |path, step| join(&path, step));
    let is_there =
        steps[..4].iter().try_fold(tree, |table, step| table.get(step)?.table()).is_some();
    (is_class && is_there && !of_each).then_some((above, process))
}

/// A path at which nothing is written: one that is, and what is asked of it.
struct Asked<'p> {
    /// The longest beginning of the path with values at or under it.
    above: &'p str,
    of: Qualified<'p>,
}

/// The region, slice and year at the end of a path.
#[derive(Clone, Copy, Default)]
struct Qualified<'p> {
    region: Option<&'p str>,
    slice: Option<&'p str>,
    year: Option<i32>,
}

impl Following<'_, '_> {
    /// Adds to the values at a path what formulas among them come to; where nothing is written at
    /// the path, the values it has all the same, each followed by those it comes from.
    pub(crate) fn complete(
        &self,
        path: &str,
        values: &mut Vec<Traced>,
        known: &mut Vec<String>,
    ) {
        if values.is_empty() {
            values.extend(self.in_series(path));
        }
        let asked = values.is_empty().then(|| self.asked(path)).flatten();
        let of = asked.as_ref().map_or_else(Qualified::default, |asked| asked.of);
        if let Some(asked) = &asked {
            let years = &self.rd.sets.years;
            if of.year.is_some_and(|year| !years.contains(&year)) {
                *known = years.iter().map(ToString::to_string).collect();
                return;
            }
            *values = self.answer(path, asked);
        }
        if values.is_empty() {
            values.extend(self.default_at(path));
        }
        if let (true, Some((above, process))) =
            (values.is_empty(), of_process(self.rd.root, path))
        {
            *values = self.given(&above);
            self.complete(&above, values, known);
            let rule = format!("as {process} has it");
            let own = values.first().map(|value| value.derived(path.to_owned(), rule));
            values.splice(0..0, own);
            return;
        }
        if let [only] = values.as_slice()
            && only.is_quantity()
            && (only.path == path || asked.is_some())
            && self.rd.sets.profiles.contains_key(&only.value)
        {
            let profile = root::PROFILES.key().path(&only.value);
            let (follows, in_series) = match of.slice {
                Some(slice) => {
                    let of = Qualified { slice: Some(slice), ..Qualified::default() };
                    let path = join(&profile, slice);
                    let series = self.in_series(&path);
                    (self.answer(&path, &Asked { above: &profile, of }), series)
                }
                None => (self.given(&profile), self.in_series(&profile)),
            };
            values.extend(follows);
            values.extend(in_series);
        }
        for value in values {
            value.evaluated = self.evaluated(value, of);
        }
    }

    /// What a path asks for beyond what is written; nothing if it ends in anything but a region, a
    /// slice and a year.
    fn asked<'p>(&self, path: &'p str) -> Option<Asked<'p>> {
        let dots: Vec<usize> = path.match_indices('.').map(|(at, _)| at).collect();
        dots.into_iter().rev().find_map(|at| {
            let (above, (before, of)) = (&path[..at], self.qualified(&path[at + 1..]));
            // a whole collection is no value
            let leads = before.is_empty() && above.contains('.');
            (leads && !self.given(above).is_empty()).then_some(Asked { above, of })
        })
    }

    /// The region, slice and year at the end of a part of a path, and what is before them.
    fn qualified<'p>(&self, part: &'p str) -> (&'p str, Qualified<'p>) {
        let (mut before, mut of) = (part, Qualified::default());
        loop {
            let ends =
                before.match_indices('.').map(|(at, _)| (&before[..at], &before[at + 1..]));
            let ends =
                [("", before)].into_iter().chain(ends).filter(|(_, end)| !end.is_empty());
            let found = ends.into_iter().find_map(|(rest, end)| {
                let year: Option<i32> = end.parse().ok();
                let year = year.filter(|year| (1900..=2200).contains(year));
                let next = if year.is_some() && of.year.is_none() {
                    Qualified { year, ..of }
                } else if of.region.is_none() && self.is_region(end) {
                    Qualified { region: Some(end), ..of }
                } else if of.slice.is_none() && self.rd.sets.covers.contains_key(end) {
                    Qualified { slice: Some(end), ..of }
                } else {
                    return None;
                };
                Some((rest, next))
            });
            match found {
                Some((rest, next)) => (before, of) = (rest, next),
                None => return (before, of),
            }
        }
    }

    /// The values that hold where a path asks, each followed by those it comes from.
    fn answer(&self, path: &str, asked: &Asked<'_>) -> Vec<Traced> {
        let Asked { above, of } = *asked;
        let given = self.given(above);
        let parts: Vec<(&str, Qualified<'_>)> = given
            .iter()
            .map(|value| {
                let rest = value.path.strip_prefix(above).unwrap_or_default();
                self.qualified(rest.trim_start_matches('.'))
            })
            .collect();
        let is_exact = given.iter().all(|v| v.is_quantity() || v.is_profile())
            && parts.iter().all(|(before, _)| before.is_empty());
        let fits = |own: Qualified<'_>| {
            let of_region = own.region.is_none_or(|own| of.region.is_none_or(|of| of == own));
            of_region
                && own.slice.is_none_or(|own| of.slice.is_none_or(|of| self.holds(own, of)))
        };
        let fitting: Vec<(&Traced, (&str, Qualified<'_>))> =
            given.iter().zip(parts).filter(|(_, (_, own))| fits(*own)).collect();
        if fitting.is_empty() && is_exact {
            return self.not_given(path, of, &given);
        }
        let mut values = Vec::new();
        let alike = |(_, (one, a)): &(&Traced, (&str, Qualified<'_>)),
                     (_, (other, b)): &(&Traced, (&str, Qualified<'_>))| {
            (one, a.region, a.slice) == (other, b.region, b.slice)
        };
        for run in fitting.chunk_by(alike) {
            let (first, (before, own)) = run[0];
            let run: Vec<&Traced> = run.iter().map(|(value, _)| *value).collect();
            let by_year = run.iter().all(|value| value.year().is_some());
            let is_formula = !self.evaluated(first, Qualified::default()).is_empty();
            let is_value = first.is_quantity() || first.is_profile() || is_formula;
            // of an item, a year asks for what is given by year
            if !is_value && !by_year
                || !is_exact && of.year.is_some() && !by_year && !is_formula
            {
                continue;
            }
            let season = own.slice.filter(|own| of.slice.is_some_and(|of| of != *own));
            let season = season.map(|season| format!("that of {season}"));
            let at = |year: Option<i32>| {
                let year = year.map(|year| year.to_string());
                let steps = [
                    (!before.is_empty()).then_some(before),
                    of.region.or(own.region),
                    of.slice.or(own.slice),
                    year.as_deref(),
                ];
                steps
                    .into_iter()
                    .flatten()
                    .fold(above.to_owned(), |path, step| join(&path, step))
            };
            match of.year.filter(|_| by_year) {
                Some(year) => {
                    let values_of_year = self.between(at(Some(year)), year, &run, season);
                    values.extend(values_of_year.unwrap_or_default());
                }
                None => values.extend(run.iter().flat_map(|value| {
                    let rule = season.clone();
                    let derived = rule.map(|rule| value.derived(at(value.year()), rule));
                    derived.into_iter().chain([(*value).clone()])
                })),
            }
        }
        values
    }

    /// Whether what is given for a season or slice holds in all of another.
    fn holds(&self, given: &str, asked: &str) -> bool {
        let covers = &self.rd.sets.covers;
        match (covers.get(given), covers.get(asked)) {
            (Some(given), Some(asked)) => asked.iter().all(|s| given.contains(s)),
            _ => false,
        }
    }

    /// A limit or an amount of a region for which none is given, before those of others.
    fn not_given(&self, path: &str, of: Qualified<'_>, given: &[Traced]) -> Vec<Traced> {
        let (Some(region), Some(first)) = (of.region, given.first()) else { return Vec::new() };
        let rule = format!("not given for {region}: it has none");
        let none = Traced {
            value: "none".to_owned(),
            unit: None,
            ..first.derived(path.to_owned(), rule)
        };
        [none].into_iter().chain(given.iter().cloned()).collect()
    }

    /// The default that was used where nothing is given.
    fn default_at(&self, path: &str) -> Option<Traced> {
        let mut defaults = self.rd.defaults.iter();
        let used = defaults.find(|used| {
            let rest = path.strip_prefix(&used.path);
            rest.is_some_and(|rest| {
                let rest = rest.strip_prefix('.').or(rest.is_empty().then_some(""));
                rest.is_some_and(|rest| self.qualified(rest).0.is_empty())
            })
        })?;
        let (item, _) = used.path.rsplit_once('.')?;
        let beside = self.given(item).into_iter().next()?;
        let rule = format!("default: {}", used.reason);
        let value = used.value.clone();
        Some(Traced { value, unit: None, ..beside.derived(path.to_owned(), rule) })
    }

    pub(super) fn given(&self, path: &str) -> Vec<Traced> {
        collect(self.rd.root, path, &self.rd.file_units, self.changes).0
    }

    fn is_region(&self, name: &str) -> bool {
        self.rd.sets.regions.iter().any(|(region, _)| region == name)
    }

    /// The value on the line between given years, or held from one, before those it comes from.
    fn between(
        &self,
        path: String,
        year: i32,
        run: &[&Traced],
        season: Option<String>,
    ) -> Option<Vec<Traced>> {
        let mut points: Vec<(i32, &Traced)> =
            run.iter().filter_map(|value| Some((value.year()?, *value))).collect();
        points.sort_by_key(|(year, _)| *year);
        let after = points.partition_point(|(given, _)| *given < year);
        let around = match (after.checked_sub(1).map(|at| points[at]), points.get(after)) {
            (_, Some(there)) if there.0 == year => {
                let derived = season.map(|rule| there.1.derived(path, rule));
                return Some(derived.into_iter().chain([there.1.clone()]).collect());
            }
            (Some(before), Some(after)) => vec![before, *after],
            (Some(only), None) => vec![only],
            (None, Some(only)) => vec![*only],
            (None, None) => return None,
        };
        let (first, start) = around[0];
        let numbers: Option<Vec<(i32, f64)>> = (around.iter())
            .map(|(year, value)| Some((*year, self.in_unit_of(value, start)?)))
            .collect();
        let mut value = shown(interpolate(&numbers?, year));
        let mut unit = start.unit.clone();
        let rule = match around.as_slice() {
            [_, (last, _)] => format!("on the line between {first} and {last}"),
            _ if first < year => format!("held from {first}, the last given year"),
            _ if self.rd.begin_with_first.contains(start.above()) => {
                (value, unit) = ("none".to_owned(), None);
                format!("nothing holds before {first}, the first given year")
            }
            _ => format!("held from {first}, the first given year"),
        };
        let rule = season.map_or(rule.clone(), |season| format!("{season}, {rule}"));
        let own = Traced { value, unit, ..start.derived(path, rule) };
        let given = around.into_iter().map(|(_, given)| given.clone());
        Some([own].into_iter().chain(given).collect())
    }

    /// A value in the unit of another; `None` if they measure different things.
    fn in_unit_of(&self, value: &Traced, other: &Traced) -> Option<f64> {
        let number: f64 = value.value.parse().ok()?;
        if value.unit == other.unit {
            return Some(number);
        }
        let parsed = |of: &Traced| parse(of.unit.as_deref()?, &self.rd.currency).ok();
        let (from, to) = (parsed(value)?, parsed(other)?);
        (from.powers == to.powers).then(|| from.to(to).apply(number))
    }

    /// What a formula comes to: in one year or in all, in one region or in all.
    fn evaluated(&self, value: &Traced, of: Qualified<'_>) -> Vec<Evaluated> {
        let mut found: Vec<Evaluated> = Vec::new();
        for (_, one) in self.rd.evaluated.iter().filter(|(place, _)| *place == value.place) {
            let elsewhere = one
                .region
                .as_deref()
                .is_some_and(|own| of.region.is_some_and(|region| region != own));
            if !elsewhere && !found.contains(one) {
                found.push(one.clone());
            }
        }
        if found.windows(2).all(|pair| pair[0].values == pair[1].values) {
            found.truncate(1);
            // one that stands for a region by its path says so
            found.iter_mut().for_each(|one| one.region = None);
        }
        for one in &mut found {
            one.values.retain(|(year, _)| of.year.is_none_or(|only| *year == only));
        }
        found
    }
}

impl Traced {
    /// The same value at another path, where it holds by a rule; only the given one has a source.
    fn derived(&self, path: String, rule: String) -> Self {
        Self {
            path,
            value: self.value.clone(),
            unit: self.unit.clone(),
            place: self.place,
            source: None,
            confidence: None,
            note: None,
            changed: None,
            evaluated: Vec::new(),
            rule: Some(rule),
        }
    }

    fn is_profile(&self) -> bool {
        root::PROFILES.key().leads(&self.path)
    }

    fn is_quantity(&self) -> bool {
        let steps: Vec<&str> = self.path.split('.').collect();
        matches!(locate(&steps), Located::Quantity)
    }

    /// The year at the end of its path.
    fn year(&self) -> Option<i32> {
        self.path.rsplit_once('.')?.1.parse().ok()
    }

    /// Its path without that year.
    fn above(&self) -> &str {
        match self.path.rsplit_once('.') {
            Some((above, year)) if year.parse::<i32>().is_ok() => above,
            _ => &self.path,
        }
    }
}
