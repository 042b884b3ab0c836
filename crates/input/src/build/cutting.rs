//! How the hours of a year are cut into slices, where a model says it.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::Periods;

use super::Build;
use crate::hourly::year::date_of;
use crate::reader::{Item, Reader};
use crate::registry::{root, time};

/// Takes the profiles by which hours are alike, and the numbers of the slices that hours are in.
pub(super) fn read<'a>(rd: &mut Reader<'a>, build: &mut Build, root: &Item<'a>) {
    let Some(item) = root.inner(root::TIME) else { return };
    // that both are of hourly tables alone was said when time was read
    if build.model.time.calendar.is_empty() {
        return;
    }
    if item.has(time::ALIKE) {
        for (name, _) in rd.names(&item, time::ALIKE).unwrap_or_default() {
            if let Some(values) = rd.sets.profiles.get(name) {
                build.model.time.cutting.alike.push(values.clone());
                rd.sets.used_profiles.insert(name.to_owned());
            }
        }
    }
    if item.has(time::PERIODS) {
        build.model.time.cutting.periods = periods(rd, build, &item);
    }
}

/// The periods behind a series of numbers, one for each hour.
fn periods<'a>(rd: &mut Reader<'a>, build: &Build, item: &Item<'a>) -> Option<Periods> {
    let place = item.value_place(time::PERIODS);
    if item.has(time::SLICES) {
        let message = "`slices` beside `periods`";
        let diagnostic = Diagnostic::error("both-given", message, place, "")
            .hint("the series says which slices there are: take one of the two out");
        rd.fail(item, diagnostic);
        return None;
    }
    let name = item.get(time::PERIODS)?.text().unwrap_or_default().to_owned();
    if rd.sets.failed_profiles.contains(&name) {
        rd.fail_silently(item);
        return None;
    }
    rd.name(item, time::PERIODS)?;
    let values = rd.sets.profiles.get(&name)?;
    let in_order: Vec<f64> =
        rd.sets.hours_in_order.iter().map(|slice| values[*slice]).collect();
    rd.sets.used_profiles.insert(name.clone());
    let when = |hour: usize| {
        let (month, day) = date_of(hour / 24);
        format!("{month:02}-{day:02} {:02}:00", hour % 24)
    };
    let is_number = |value: f64| value >= 1.0 && value.fract() == 0.0 && value <= 8760.0;
    if let Some(hour) = in_order.iter().position(|value| !is_number(*value)) {
        let value = crate::numbers::shown(in_order[hour]);
        let message = format!("`{name}` is {value} at {}: no number of a slice", when(hour));
        let diagnostic = Diagnostic::error("not-periods", message, place, "")
            .hint("each hour has the number of its slice: 1, 2, 3 …");
        rd.fail(item, diagnostic);
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole numbers from 1 to 8760"
    )]
    let numbers: Vec<usize> = in_order.into_iter().map(|value| value as usize).collect();
    let time = &build.model.time;
    let seasons: Vec<usize> =
        time.calendar.iter().map(|kind| time.day_types[*kind].season).collect();
    match Periods::of_numbers(&numbers, &seasons) {
        Ok(periods) => Some(periods),
        Err(twice) => {
            let [first, again] = twice.hours.map(when);
            let number = twice.number;
            let message = format!(
                "`{name}` has {number} at {first}, and again at {again} for another slice"
            );
            let diagnostic = Diagnostic::error("not-periods", message, place, "").hint(
                "a slice is hours in a row of a kind of day, all days of a kind have the same \
                 numbers, and a slice is of one season",
            );
            rd.fail(item, diagnostic);
            None
        }
    }
}
