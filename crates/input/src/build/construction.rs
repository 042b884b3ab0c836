//! Construction: what cannot be ready yet, and interest on what is spent before service begins.

use kzleap_diagnostics::Diagnostic;

use super::Build;
use crate::numbers::shown;
use crate::reader::{Item, Reader};
use crate::registry::{CapacityFields, Field, Key, Map, Number};

/// Up to this, shares add up to 1 but for rounding.
const ROUNDING: f64 = 1e-6;

/// Builds nothing for a milestone year before it can be ready: the first decision falls on the start of
/// the first milestone year, and what is built for another serves from the start of that.
pub(super) fn not_before<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    item: &Item<'a>,
    fields: &CapacityFields,
    lead_time: Option<f64>,
    (lower, upper): (&[f64], &mut [f64]),
) {
    let Some(lead_time) = lead_time else { return };
    let years = &build.model.time.years;
    let Some(first) = years.iter().next().map(|year| year.first) else { return };
    for (y, year) in years.iter().enumerate() {
        if f64::from(year.first - first) >= lead_time {
            continue;
        }
        if lower[y] > 0.0 {
            let message = format!(
                "`{}` must be built for {}, but takes {} years from {first} on",
                item.path,
                year.milestone,
                shown(lead_time)
            );
            let place = item.place_of(fields.min_new);
            let hint = format!(
                "what is under way is `{}` from the year in which it is ready",
                fields.residual
            );
            let diagnostic = Diagnostic::error("not-ready", message, place, "")
                .also(item.place_of(fields.lead_time), "its years")
                .hint(hint);
            rd.fail(item, diagnostic);
            return;
        }
        upper[y] = 0.0;
    }
    never_ready(rd, build, item, (fields.lead_time, lead_time), fields.residual.key());
}

/// Warns of what can be ready in no period.
pub(super) fn never_ready<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    item: &Item<'a>,
    (field, lead_time): (Field<Number>, f64),
    under_way: Key,
) {
    let years = &build.model.time.years;
    let Some(first) = years.iter().next().map(|year| year.first) else { return };
    let last = years.iter().last().map_or(first, |year| year.first);
    if f64::from(last - first) < lead_time {
        let message = format!(
            "`{}` takes {} years from {first} on, and the last period begins in {last}: none of it \
             is ever built",
            item.path,
            shown(lead_time)
        );
        let place = item.place_of(field);
        let diagnostic = Diagnostic::warning("never-ready", message, place, "");
        rd.diags.push(
            diagnostic.hint(format!("what is under way is `{under_way}`; check `{field}`")),
        );
    }
}

/// Interest until service begins on what is spent before, as a share of the overnight cost: at the
/// cost of capital, compounded over the years before service.
pub(super) fn interest<'a>(
    rd: &mut Reader<'a>,
    item: &Item<'a>,
    (field, spending): (Field<Number>, Field<Map>),
    lead_time: Option<f64>,
    cost_of_capital: f64,
) -> f64 {
    let Some((spending, place)) = rd.curve(item, spending) else { return 0.0 };
    let shares: f64 = spending.points().iter().map(|(_, share)| share).sum();
    if (shares - 1.0).abs() > ROUNDING {
        let message = format!("`{}` spends {} of its cost", item.path, shown(shares));
        let diagnostic = Diagnostic::error("spending-not-whole", message, place, "");
        let hint =
            "give shares that add up to 1, by years before service: `{ 3 = 0.4, 1 = 0.6 }`";
        rd.fail(item, diagnostic.hint(hint));
        return 0.0;
    }
    let earliest = spending.points().iter().map(|(years, _)| *years).fold(0.0, f64::max);
    if let Some(lead_time) = lead_time.filter(|lead_time| earliest > *lead_time) {
        let message = format!(
            "`{}` is decided {} years before its service and spends {} years before",
            item.path,
            shown(lead_time),
            shown(earliest)
        );
        let diagnostic = Diagnostic::error("spent-before-decided", message, place, "")
            .also(item.place_of(field), "its years")
            .hint("nothing is spent before it is decided: check both");
        rd.fail(item, diagnostic);
    }
    let grown = |(years, share): &(f64, f64)| share * libm::pow(1.0 + cost_of_capital, *years);
    spending.points().iter().map(grown).sum::<f64>() - 1.0
}
