//! Values by season and slice, and profiles named in their place.

use kzleap_diagnostics::{Diagnostic, Span};
use kzleap_model::Series;

use crate::names::suggest;
use crate::numbers::{combine, range_text};
use crate::reader::Reader;
use crate::registry::Of;
use crate::tree::{Entry, join};
use crate::values::{At, UnitText};

impl<'a> Reader<'a> {
    pub(crate) fn slices(
        &mut self,
        at: &At<'_, 'a>,
        entries: &[&'a Entry],
        unit: Option<UnitText<'a>>,
        path: &str,
    ) -> Option<Series> {
        if !at.quantity.varies.slice {
            self.cannot_vary(at, "season or slice", entries[0]);
            return None;
        }
        let mut values: Vec<Option<(Series, &Entry)>> = vec![None; self.sets.slices.len()];
        let before = self.mistakes;
        for entry in entries {
            let value = self.value(at, &entry.node, unit, None, &join(path, &entry.key));
            let value = value.unwrap_or(Series::Constant(0.0));
            let covers = self.sets.covers.get(&entry.key).cloned().unwrap_or_default();
            for s in covers {
                if let Some((_, first)) = &values[s] {
                    let message = format!(
                        "slice `{}` is covered by both `{}` and `{}`",
                        self.sets.slices[s].0, first.key, entry.key
                    );
                    let diagnostic =
                        Diagnostic::error("overlapping-slices", message, entry.key_span, "")
                            .also(first.key_span, "covered here already");
                    self.fail(at.item, diagnostic);
                    return None;
                }
                values[s] = Some((value.clone(), *entry));
            }
        }
        let lacking: Vec<&str> = values
            .iter()
            .zip(&self.sets.slices)
            .filter_map(|(value, (slice, _))| value.is_none().then_some(slice.as_str()))
            .collect();
        if self.sets.slices_unknown {
            self.fail_silently(at.item);
            return None;
        }
        if let Some(first) = lacking.first() {
            if self.damage.may_complete(&at.item.path) {
                self.fail_silently(at.item);
                return None;
            }
            let more = match lacking.len() {
                1 => String::new(),
                n => format!(" and {} more", n - 1),
            };
            let message = format!("`{path}` says nothing for slice `{first}`{more}");
            let hint = "give every slice, or every season";
            let diagnostic =
                Diagnostic::error("missing-slice", message, entries[0].key_span, "").hint(hint);
            self.fail(at.item, diagnostic);
            return None;
        }
        if self.mistakes > before {
            return None;
        }
        let values: Vec<Series> =
            values.into_iter().flatten().map(|(value, _)| value).collect();
        Some(combine(&values, self.sets.years.len()))
    }

    /// The profile a text names, or what is wrong with the text.
    pub(crate) fn profile(
        &mut self,
        at: &At<'_, 'a>,
        text: &str,
        place: Span,
    ) -> Option<Series> {
        let lost = self.sets.failed_profiles.contains(text)
            || (!self.sets.profiles.contains_key(text) && self.damage.may_hold(text));
        if at.quantity.varies.slice && lost {
            self.fail_silently(at.item);
            return None;
        }
        if at.quantity.varies.slice && self.sets.profiles.contains_key(text) {
            self.sets.used_profiles.insert(text.to_owned());
            let values = self.sets.profiles[text].clone();
            let (low, high) = at.quantity.hard;
            let wrong = values.iter().position(|value| *value < low || *value > high);
            if let Some(slice) = wrong {
                let (value, name) = (values[slice], &self.sets.slices[slice].0);
                let message = format!(
                    "profile `{text}` has the value {value} in `{name}`, but `{}` must be {}",
                    at.field,
                    range_text(low, high, "")
                );
                let diagnostic = Diagnostic::error("profile-out-of-range", message, place, "");
                let can_be_cut = value > high && self.sets.hourly_series.contains_key(text);
                let diagnostic = if can_be_cut {
                    diagnostic.hint(format!(
                        "make a profile of it that is cut off: `of = \"{text}\"` with \
                         `at_most = {high}`"
                    ))
                } else {
                    diagnostic
                };
                self.fail(at.item, diagnostic);
                return None;
            }
            return Some(Series::BySlice(values));
        }
        let looks_numeric = text.starts_with(|c: char| c.is_ascii_digit() || c == '-');
        let diagnostic = if at.quantity.varies.slice && !looks_numeric {
            let known: Vec<&str> = self.known(Of::Profiles);
            let message = format!("there is no profile `{text}`");
            let diagnostic = Diagnostic::error("unknown-name", message, place, "not declared");
            match suggest(text, known) {
                Some(hint) => diagnostic.hint(hint),
                None => diagnostic.hint("profiles are in `profiles.csv`"),
            }
        } else {
            let message = format!("`{}` takes a number, not the text `{text}`", at.field);
            let diagnostic = Diagnostic::error("not-a-number", message, place, "");
            let number = text.trim_end_matches(|c: char| !c.is_ascii_digit());
            let unit = text[number.len()..].trim();
            if number.parse::<f64>().is_ok() && !unit.is_empty() {
                diagnostic.hint(format!("write `{{ value = {number}, unit = \"{unit}\" }}`"))
            } else if looks_numeric {
                diagnostic.hint("write it without quotes, with `.` as the decimal point")
            } else {
                diagnostic
            }
        };
        self.fail(at.item, diagnostic);
        None
    }
}
