//! Periods of a year as files have them, and their place in the hours of a model.

use kzleap_diagnostics::{Diagnostic, Diagnostics};
use kzleap_model::Periods;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Hours, Kind};
use crate::only;

/// Numbers in a line each.
#[derive(Serialize, Deserialize)]
struct Written {
    calendar: String,
    kinds: Vec<String>,
}

impl From<&Periods> for Written {
    fn from(periods: &Periods) -> Self {
        let line = |numbers: &[usize]| {
            numbers.iter().map(usize::to_string).collect::<Vec<_>>().join(" ")
        };
        Self {
            calendar: line(&periods.calendar),
            kinds: periods.kinds.iter().map(|edges| line(edges)).collect(),
        }
    }
}

impl From<Written> for Periods {
    fn from(written: Written) -> Self {
        // what is no number fits no year, which is said where the periods are used
        let numbers = |line: &str| -> Vec<usize> {
            line.split(' ').map(|number| number.parse().unwrap_or(usize::MAX)).collect()
        };
        Self {
            calendar: numbers(&written.calendar),
            kinds: written.kinds.iter().map(|line| numbers(line)).collect(),
        }
    }
}

/// Writes the periods that were chosen, if any.
pub(crate) fn serialize<S: Serializer>(
    periods: &Option<Periods>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    periods.as_ref().map(Written::from).serialize(serializer)
}

/// Reads them.
pub(crate) fn deserialize<'d, D: Deserializer<'d>>(
    deserializer: D,
) -> Result<Option<Periods>, D::Error> {
    Ok(Option::<Written>::deserialize(deserializer)?.map(Periods::from))
}

/// The kinds of the hours of a model.
///
/// # Errors
/// If they are no periods of its year.
pub(super) fn kinds(periods: &Periods, hours: &Hours) -> Result<Vec<Kind>, Diagnostics> {
    fitted(periods, hours).ok_or_else(|| {
        let message = "the periods that a run has written down are not those of this year";
        only(
            Diagnostic::error_overall("other-periods", message)
                .hint("run the model again: they are then chosen anew"),
        )
    })
}

fn fitted(periods: &Periods, hours: &Hours) -> Option<Vec<Kind>> {
    let mut kinds = Vec::new();
    for edges in &periods.kinds {
        let rising = edges.first() == Some(&0) && edges.is_sorted_by(|a, b| a < b);
        let whole_days = edges.last()? % 24 == 0 && edges.len() > 1;
        if !rising || !whole_days {
            return None;
        }
        let segments = edges.windows(2).map(|pair| pair[0]..pair[1]).collect();
        kinds.push(Kind { periods: Vec::new(), segments });
    }
    let mut start = 0;
    for of in &periods.calendar {
        let kind = kinds.get_mut(*of)?;
        let end = start + kind.length();
        let seasons = hours.seasons.get(start / 24..end / 24)?;
        let season = kind.periods.first().map_or(seasons[0], |hour| hours.seasons[hour / 24]);
        if seasons.iter().any(|other| *other != season) {
            return None;
        }
        kind.periods.push(start);
        start = end;
    }
    let all_come = kinds.iter().all(|kind| !kind.periods.is_empty());
    (start == hours.values.len() && all_come).then_some(kinds)
}
