//! Where the values of a model are written, and which are defaults.

use kzleap_diagnostics::{Sources, Span};

use crate::data::{Data, unravel};
use crate::parameters::{P, SetId, nearest};
use crate::raw::Raw;

/// The places of all values of a model that was read.
#[derive(Debug)]
pub struct Written {
    pub(crate) raws: Vec<Option<Raw>>,
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// It is written.
    Value,
    /// It is the default that the files state for its parameter.
    Default,
    /// The files say nothing: it is OSeMOSYS's default.
    Usual,
}

/// One value with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Traced {
    /// Parameter and indices, such as `CapitalCost[R,COAL,2030]`; without indices, the value of
    /// all that are not written.
    pub path: String,
    /// The value.
    pub value: f64,
    /// Where it is written, or the default is stated.
    pub place: Option<Span>,
    /// Where it comes from.
    pub given: Given,
}

/// The values that `path` names: a parameter, with or without indices as in
/// `CapitalCost[R,COAL,2030]` (`*` for any; those left out at the end are any), or the name of a
/// member of a set, for everything written of it.
///
/// # Errors
/// What there is instead.
pub fn trace(
    data: &Data,
    written: &Written,
    sources: &Sources,
    path: &str,
) -> Result<Vec<Traced>, String> {
    let tracing = Tracing { data, written, sources };
    let (name, indices) = match path.strip_suffix(']').and_then(|path| path.split_once('[')) {
        Some((name, indices)) => (name, indices.split(',').map(str::trim).collect()),
        None => (path, Vec::new()),
    };
    match P::named(name) {
        Some(p) => tracing.parameter(p, &indices),
        None => tracing.member(name),
    }
}

struct Tracing<'a> {
    data: &'a Data,
    written: &'a Written,
    sources: &'a Sources,
}

impl Tracing<'_> {
    fn parameter(&self, p: P, indices: &[&str]) -> Result<Vec<Traced>, String> {
        let sets = p.spec().indices;
        if indices.len() > sets.len() {
            let names: Vec<&str> = sets.iter().map(|set| set.name()).collect();
            return Err(format!("its indices are {}", names.join(", ")));
        }
        let mut wanted = vec![None; sets.len()];
        for ((wanted, set), index) in wanted.iter_mut().zip(sets).zip(indices) {
            if *index != "*" {
                let members = self.data.set(*set);
                let found = members.position(index);
                *wanted = Some(found.ok_or_else(|| self.no_member(*set, index))?);
            }
        }
        let mut found = self.entries(p, |at| {
            wanted.iter().zip(at).all(|(wanted, at)| wanted.is_none_or(|wanted| wanted == *at))
        });
        let one: Option<Vec<usize>> = wanted.into_iter().collect();
        match one {
            Some(_) if !found.is_empty() => {}
            Some(at) => found.push(self.default(p, self.path(p, &at), self.data.get(p, &at))),
            None if self.data.table(p).by_region() => {}
            None => {
                let value = self.data.table(p).default();
                found.push(self.default(p, p.name().to_owned(), value));
            }
        }
        Ok(found)
    }

    fn no_member(&self, set: SetId, index: &str) -> String {
        let names = self.data.set(set).names().iter().map(String::as_str);
        match nearest(index, names.clone()).first() {
            Some(near) => format!("`{index}` is not in set `{set}`; did you mean `{near}`?"),
            None => {
                let names: Vec<&str> = names.take(8).collect();
                format!("`{index}` is not in set `{set}`: {}", names.join(", "))
            }
        }
    }

    /// Everything written of a member, of whichever sets it is in.
    fn member(&self, name: &str) -> Result<Vec<Traced>, String> {
        let sets: Vec<(SetId, usize)> = SetId::ALL
            .into_iter()
            .filter_map(|set| Some((set, self.data.set(set).position(name)?)))
            .collect();
        if sets.is_empty() {
            let members = SetId::ALL.iter().flat_map(|set| self.data.set(*set).names());
            let names = P::ALL.iter().map(|p| p.name()).chain(members.map(String::as_str));
            return Err(match nearest(name, names).first() {
                Some(near) => format!("did you mean `{near}`?"),
                None => "give a parameter, as `CapitalCost[R,COAL,2030]`, or a member of a set"
                    .to_owned(),
            });
        }
        let mut found = Vec::new();
        for p in P::ALL {
            let indices = p.spec().indices;
            found.extend(self.entries(p, |at| {
                let mut named = indices.iter().zip(at);
                named.any(|(index, at)| sets.contains(&(*index, *at)))
            }));
        }
        Ok(found)
    }

    /// What is written of a parameter where `wanted` is true of the positions.
    fn entries(&self, p: P, wanted: impl Fn(&[usize]) -> bool) -> Vec<Traced> {
        let Some(raw) = &self.written.raws[p as usize] else { return Vec::new() };
        let sizes: Vec<usize> =
            p.spec().indices.iter().map(|set| self.data.count(*set)).collect();
        let entries = raw.keys.iter().zip(&raw.values).enumerate();
        entries
            .map(|(entry, (key, value))| (entry, unravel(*key, &sizes), *value))
            .filter(|(_, at, _)| wanted(at))
            .map(|(entry, at, value)| Traced {
                path: self.path(p, &at),
                value,
                place: Some(raw.place_of(entry, self.sources)),
                given: Given::Value,
            })
            .collect()
    }

    fn default(&self, p: P, path: String, value: f64) -> Traced {
        let raw = self.written.raws[p as usize].as_ref();
        let stated = raw.filter(|raw| raw.default.is_some());
        Traced {
            path,
            value,
            place: stated.map(|raw| raw.span),
            given: if stated.is_some() { Given::Default } else { Given::Usual },
        }
    }

    fn path(&self, p: P, at: &[usize]) -> String {
        let indices = p.spec().indices.iter().zip(at);
        let names: Vec<&str> =
            indices.map(|(set, at)| self.data.set(*set).names()[*at].as_str()).collect();
        format!("{}[{}]", p.name(), names.join(","))
    }
}
