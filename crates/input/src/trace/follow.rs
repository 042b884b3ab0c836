//! Values that are not written but follow from what is: those of milestone years between given
//! ones, and what formulas come to.

use super::{Evaluated, Traced, collect};
use crate::numbers::{interpolate, shown};
use crate::reader::Reader;
use crate::registry::{Located, locate, root};
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
    let regions = tree.get(&root::REGIONS.key()).and_then(Node::table);
    let steps: Vec<&str> = path.split('.').collect();
    let mut above = (1..steps.len()).map(|end| &steps[..end]);
    let of_quantity = above.any(|steps| matches!(locate(steps), Located::Quantity));
    of_quantity
        || last.parse::<i32>().is_ok()
        || regions.is_some_and(|regions| regions.get(last).is_some())
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
        let mut only = None;
        if values.is_empty() {
            *values = self.in_slice(path);
        }
        if values.is_empty() {
            let (parent, year) = match path.rsplit_once('.') {
                Some((parent, last)) => match last.parse::<i32>() {
                    Ok(year) => (parent, Some(year)),
                    Err(_) => (path, None),
                },
                None => return,
            };
            let mut given = self.given(parent);
            if given.is_empty() {
                // what does not differ by region is that of each
                given = match parent.rsplit_once('.') {
                    Some((parent, region)) if self.is_region(region) => self.given(parent),
                    _ => return,
                };
            }
            let years = &self.rd.sets.years;
            match year {
                None => *values = given.into_iter().filter(Traced::is_quantity).collect(),
                Some(year) if years.contains(&year) => {
                    *values = self.in_year(path, year, given);
                    only = Some(year);
                }
                Some(_) => *known = years.iter().map(ToString::to_string).collect(),
            }
        }
        if let [only] = values.as_slice()
            && only.path == path
            && only.is_quantity()
            && self.rd.sets.profiles.contains_key(&only.value)
        {
            let profile = self.given(&root::PROFILES.key().path(&only.value));
            values.extend(profile);
        }
        for value in values {
            value.evaluated = self.evaluated(value, only);
        }
    }

    /// The value of a slice that is given for its season, before that one; or that of all slices,
    /// before the profile it may name. Nothing if the path does not end in the name of a slice.
    fn in_slice(&self, path: &str) -> Vec<Traced> {
        let covers = &self.rd.sets.covers;
        let ends = path.match_indices('.').map(|(at, _)| at);
        let split = ends.map(|at| (&path[..at], &path[at + 1..]));
        let mut split = split.filter_map(|(above, slice)| Some((above, covers.get(slice)?)));
        let Some((above, slice)) = split.next() else { return Vec::new() };
        let mut values = Vec::new();
        for given in self.given(above).into_iter().filter(|v| v.is_quantity() || v.is_profile())
        {
            if given.path == above {
                values.push(given);
                continue;
            }
            let Some(season) = given.above().strip_prefix(above) else { continue };
            let season = season.trim_start_matches('.');
            let holds =
                covers.get(season).is_some_and(|all| slice.iter().all(|s| all.contains(s)));
            if holds {
                let rule = Some(format!("that of {season}"));
                let (source, confidence, note, changed) = (None, None, None, None);
                let own = Traced {
                    path: path.to_owned(),
                    rule,
                    source,
                    confidence,
                    note,
                    changed,
                    ..given.clone()
                };
                values.extend([own, given]);
            }
        }
        if let [only] = values.as_slice()
            && self.rd.sets.profiles.contains_key(&only.value)
        {
            let slice = &path[above.len() + 1..];
            let of_profile = join(&root::PROFILES.key().path(&only.value), slice);
            let mut written = self.given(&of_profile);
            if written.is_empty() {
                written = self.in_slice(&of_profile);
            }
            values.extend(written);
        }
        values
    }

    fn given(&self, path: &str) -> Vec<Traced> {
        collect(self.rd.root, path, &self.rd.file_units, self.changes).0
    }

    fn is_region(&self, name: &str) -> bool {
        self.rd.sets.regions.iter().any(|(region, _)| region == name)
    }

    /// The values of one year: one that is given for all years as it is, those given by year
    /// each with the given ones around it.
    fn in_year(&self, path: &str, year: i32, given: Vec<Traced>) -> Vec<Traced> {
        if let [one] = given.as_slice()
            && one.year().is_none()
        {
            let holds = one.is_quantity() || !self.evaluated(one, None).is_empty();
            return if holds { given } else { Vec::new() };
        }
        let mut values = Vec::new();
        for run in given.chunk_by(|one, next| one.above() == next.above()) {
            let above = run[0].above();
            let mut points: Vec<(i32, &Traced)> =
                run.iter().filter_map(|value| Some((value.year()?, value))).collect();
            if points.is_empty() || points.len() < run.len() {
                let is_formula = |value: &&Traced| !self.evaluated(value, None).is_empty();
                values.extend(run.iter().filter(is_formula).cloned());
                continue;
            }
            points.sort_by_key(|(year, _)| *year);
            // a region that was asked for, and by which the value does not differ, stays
            let is_above = path.strip_prefix(above).is_some_and(|rest| rest.starts_with('.'));
            let own = if is_above { path.to_owned() } else { join(above, &year.to_string()) };
            values.extend(self.between(own, year, above, &points).unwrap_or_default());
        }
        values
    }

    /// The value on the line between given years, or held from one, before those it comes from.
    fn between(
        &self,
        path: String,
        year: i32,
        above: &str,
        points: &[(i32, &Traced)],
    ) -> Option<Vec<Traced>> {
        let after = points.partition_point(|(given, _)| *given < year);
        let around = match (after.checked_sub(1).map(|at| points[at]), points.get(after)) {
            (_, Some(there)) if there.0 == year => return Some(vec![there.1.clone()]),
            (Some(before), Some(after)) => vec![before, *after],
            (Some(only), None) => vec![only],
            (None, Some(only)) => vec![*only],
            (None, None) => return None,
        };
        let (first, start) = around[0];
        let numbers: Option<Vec<(i32, f64)>> = (around.iter())
            .map(|(year, value)| Some((*year, self.in_unit_of(value, start)?)))
            .collect();
        let value = shown(interpolate(&numbers?, year));
        let (value, unit, rule) = match around.as_slice() {
            [_, (last, _)] => {
                (value, start.unit.clone(), format!("on the line between {first} and {last}"))
            }
            _ if first < year => {
                (value, start.unit.clone(), format!("held from {first}, the last given year"))
            }
            _ if self.rd.begin_with_first.contains(above) => {
                let rule = format!("nothing holds before {first}, the first given year");
                ("none".to_owned(), None, rule)
            }
            _ => {
                (value, start.unit.clone(), format!("held from {first}, the first given year"))
            }
        };
        let own = Traced {
            path,
            value,
            unit,
            place: start.place,
            source: None,
            confidence: None,
            note: None,
            changed: None,
            evaluated: Vec::new(),
            rule: Some(rule),
        };
        Some(
            [own]
                .into_iter()
                .chain(around.into_iter().map(|(_, given)| given.clone()))
                .collect(),
        )
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

    /// What a formula comes to, in one year or in all.
    fn evaluated(&self, value: &Traced, only: Option<i32>) -> Vec<Evaluated> {
        let mut found: Vec<Evaluated> = Vec::new();
        for (_, one) in self.rd.evaluated.iter().filter(|(place, _)| *place == value.place) {
            if !found.contains(one) {
                found.push(one.clone());
            }
        }
        if found.windows(2).all(|pair| pair[0].values == pair[1].values) {
            found.truncate(1);
            // one that stands for a region by its path says so
            found.iter_mut().for_each(|one| one.region = None);
        }
        for one in &mut found {
            one.values.retain(|(year, _)| only.is_none_or(|only| *year == only));
        }
        found
    }
}

impl Traced {
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
