//! What the keys of a value's table say it varies by.

use kzleap_diagnostics::Diagnostic;

use crate::names::suggest;
use crate::reader::Reader;
use crate::registry::{Of, PROVENANCE, UNIT, VALUE};
use crate::tree::Entry;
use crate::values::At;

/// What a value varies by.
pub(crate) enum Keys {
    Years(Vec<i32>),
    Regions,
    Slices,
}

/// What one key is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Key {
    Year,
    Region,
    Slice,
    Unknown,
}

impl Key {
    const fn noun(self) -> &'static str {
        match self {
            Self::Year => "a year",
            Self::Region => "a region",
            Self::Slice => "a season or slice",
            Self::Unknown => "known",
        }
    }
}

impl<'a> Reader<'a> {
    /// What all keys are; reports those that do not fit the others.
    pub(crate) fn classify(&mut self, at: &At<'_, 'a>, entries: &[&'a Entry]) -> Option<Keys> {
        let keys: Vec<Key> = entries.iter().map(|entry| self.key(&entry.key)).collect();
        let number = |kind: Key| keys.iter().filter(|key| **key == kind).count();
        let numbers = [Key::Year, Key::Region, Key::Slice].map(|kind| (kind, number(kind)));
        let count = |kind: Key| {
            numbers.iter().find(|(known, _)| *known == kind).map_or(0, |(_, number)| *number)
        };
        // where as many are one thing as another, the first one written says what is meant
        let meant = keys
            .iter()
            .copied()
            .filter(|key| *key != Key::Unknown)
            .reduce(|best, key| if count(key) > count(best) { key } else { best })
            .unwrap_or(Key::Unknown);
        if entries.iter().any(|entry| self.sets.ambiguous.contains(&entry.key)) {
            self.fail_silently(at.item);
            return None;
        }
        let is_odd = |key: Key| key != meant || meant == Key::Unknown;
        let Some(odd) = keys.iter().position(|key| is_odd(*key)) else {
            return Some(match meant {
                Key::Year => {
                    Keys::Years(entries.iter().filter_map(|e| e.key.parse().ok()).collect())
                }
                Key::Region => Keys::Regions,
                _ => Keys::Slices,
            });
        };
        let unknown = entries.iter().zip(&keys).filter(|(_, key)| **key == Key::Unknown);
        for (entry, _) in unknown {
            let unread = self.sets.regions_unknown || self.sets.slices_unknown;
            if unread || self.damage.may_hold(&entry.key) {
                self.fail_silently(at.item);
            } else {
                let diagnostic = self.unknown_key(entry, meant);
                self.fail(at.item, diagnostic);
            }
        }
        if keys[odd] != Key::Unknown {
            let first = keys.iter().position(|key| *key == meant).map(|at| entries[at])?;
            let message = format!(
                "`{}` varies by `{}` and by `{}` in one table",
                at.field, first.key, entries[odd].key
            );
            let place = entries[odd].key_span;
            let diagnostic = Diagnostic::error("mixed-keys", message, place, keys[odd].noun())
                .also(first.key_span, meant.noun())
                .hint("regions come first: `{ north = { 2025 = …, 2050 = … } }`");
            self.fail(at.item, diagnostic);
        }
        None
    }

    fn key(&self, key: &str) -> Key {
        if key.parse::<i32>().is_ok() {
            Key::Year
        } else if self.sets.regions.iter().any(|(region, _)| region == key) {
            Key::Region
        } else if self.sets.covers.contains_key(key) {
            Key::Slice
        } else {
            Key::Unknown
        }
    }

    /// Where there is the name of a block or kind of day that only slices have: how to write one.
    fn in_a_season(&self, key: &str) -> Option<String> {
        let part = |slice: &&str| slice.split('.').any(|part| part == key);
        let slice = self.known(Of::Slices).iter().copied().find(part)?;
        Some(format!("name the whole slice, in quotes: `\"{slice}\" = …`"))
    }

    fn unknown_key(&self, entry: &Entry, meant: Key) -> Diagnostic {
        let (regions, slices) = (self.known(Of::Regions), self.known(Of::Slices));
        let (message, known) = match meant {
            Key::Unknown => (
                format!("`{}` is neither a year, a region, a season nor a slice", entry.key),
                [regions, slices].concat(),
            ),
            Key::Region => (format!("there is no region `{}`", entry.key), regions),
            Key::Slice => (format!("there is no season or slice `{}`", entry.key), slices),
            Key::Year => (format!("`{}` is not a year", entry.key), Vec::new()),
        };
        let diagnostic = Diagnostic::error("unknown-key", message, entry.key_span, "");
        if let Some(removed) = self.removed.get(&entry.key) {
            return diagnostic.also(*removed, "removed here").hint(crate::fields::REMOVED);
        }
        let reserved =
            [VALUE.name(), UNIT.name()].into_iter().chain(PROVENANCE.iter().copied());
        let hint =
            crate::names::did_you_mean(&entry.key, known.iter().copied().chain(reserved))
                .or_else(|| self.in_a_season(&entry.key))
                .or_else(|| suggest(&entry.key, known));
        match hint {
            Some(hint) => diagnostic.hint(hint),
            None => diagnostic,
        }
    }
}
