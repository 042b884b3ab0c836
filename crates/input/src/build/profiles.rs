//! Profiles: values by slice, under a name.

use kzleap_diagnostics::{Diagnostic, Span};
use kzleap_model::Series;

use super::demands::WORDS;
use crate::names::suggest;
use crate::reader::{Item, Reader};
use crate::registry::{profile, root};
use crate::values::is_reserved;

/// Reads every profile into the reader: those of hourly tables, then those that may be made of
/// them.
pub(super) fn read<'a>(rd: &mut Reader<'a>, root: &Item<'a>) {
    super::hourly::read(rd, root);
    for item in rd.items(root::PROFILES) {
        let name = item.name.to_owned();
        if !is_free(rd, &name, &item) {
            continue;
        }
        let changes = [profile::SCALE.key(), profile::SHIFT.key(), profile::AT_MOST.key()];
        let values = if item.has(profile::OF) {
            changed(rd, &item)
        } else if let Some(field) = item.first_of(&changes) {
            let message = format!("`{field}` is of hourly series, and `of` names none");
            let place = item.place_of(field);
            let diagnostic = Diagnostic::error("no-series", message, place, "")
                .hint("add `of = \"…\"`, or write the values themselves");
            rd.fail(&item, diagnostic);
            None
        } else {
            match rd.profile_values(&item) {
                Some(Series::BySlice(values)) => Some(values),
                Some(Series::Constant(value)) => Some(vec![value; rd.sets.slices.len()]),
                _ => None,
            }
        };
        match values {
            Some(values) => {
                rd.sets.profiles.insert(name, values);
            }
            None => {
                rd.sets.failed_profiles.insert(name);
            }
        }
    }
}

/// What is wrong with the name of a profile that means something else.
pub(super) fn reserved(name: &str, place: Span) -> Option<Diagnostic> {
    let message = format!("a profile cannot be named `{name}`");
    let hint = "`flat` and `flexible` are words of demands: even over the year, and at any time \
                of it";
    WORDS
        .contains(&name)
        .then(|| Diagnostic::error("reserved-name", message, place, "").hint(hint))
}

/// Whether a profile may have a name; says why not.
fn is_free(rd: &mut Reader<'_>, name: &str, item: &Item<'_>) -> bool {
    if let Some(diagnostic) = reserved(name, item.place) {
        rd.fail(item, diagnostic);
    }
    if rd.sets.hourly_series.contains_key(name) {
        let message = format!("`{name}` is a series of an hourly table already");
        let diagnostic = Diagnostic::error("duplicate", message, item.place, "")
            .hint("name one of them otherwise");
        rd.fail(item, diagnostic);
        return false;
    }
    true
}

/// A series scaled, shifted and cut off.
fn changed<'a>(rd: &mut Reader<'a>, item: &Item<'a>) -> Option<Vec<f64>> {
    let of = rd.text(item, profile::OF)?;
    let fields =
        [profile::OF.key(), profile::SCALE.key(), profile::SHIFT.key(), profile::AT_MOST.key()];
    let value = item.table.iter().find(|entry| {
        !fields.iter().any(|field| field.name() == entry.key) && !is_reserved(&entry.key)
    });
    if let Some(entry) = value {
        let message = format!("`{}` beside `of`", entry.key);
        let diagnostic = Diagnostic::error("values-twice", message, entry.key_span, "")
            .hint("a profile is made of a series, or has values of its own");
        rd.fail(item, diagnostic);
        return None;
    }
    let scale = rd.number(item, profile::SCALE, None).unwrap_or(1.0);
    let shift = rd.number(item, profile::SHIFT, None).unwrap_or(0.0);
    let at_most = rd.number(item, profile::AT_MOST, None).unwrap_or(f64::INFINITY);
    if rd.sets.failed_profiles.contains(of) {
        rd.fail_silently(item);
        return None;
    }
    if !rd.sets.hourly_series.contains_key(of) {
        let message = format!("there is no hourly series `{of}`");
        let place = item.value_place(profile::OF);
        let mut diagnostic = Diagnostic::error("unknown-name", message, place, "not declared");
        let known = rd.sets.hourly_series.keys().map(String::as_str);
        if let Some(hint) = suggest(of, known) {
            diagnostic = diagnostic.hint(hint);
        }
        rd.fail(item, diagnostic);
        return None;
    }
    rd.sets.used_profiles.insert(of.to_owned());
    let values = rd.sets.profiles.get(of)?;
    // on the calendar, hours follow each other; slices stand season by season
    let order = &rd.sets.hours_in_order;
    let ring = i64::try_from(order.len()).ok()?;
    let mut changed = vec![0.0; values.len()];
    for (hour, slice) in order.iter().enumerate() {
        #[expect(clippy::cast_possible_truncation, reason = "the registry bounds it to a year")]
        let from = (i64::try_from(hour).ok()? - shift as i64).rem_euclid(ring);
        let value = values[order[usize::try_from(from).ok()?]];
        changed[*slice] = (scale * value).min(at_most);
    }
    Some(changed)
}
