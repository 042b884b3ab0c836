//! The base year and the horizon.

use kzleap_diagnostics::Diagnostic;

use super::Check;
use crate::registry::{finance, root, time};

pub(super) fn check(check: &mut Check<'_, '_>) {
    let base = check.model().finance.base_year;
    let Some(first) = check.model().time.years.iter().next().map(|year| year.first) else {
        return;
    };
    let Some(last) = check.model().time.years.iter().last().map(|year| year.last) else {
        return;
    };
    if check.has(&root::FINANCE.key(), finance::BASE_YEAR) && (base < first - 20 || base > last)
    {
        let place = check.place(&root::FINANCE.key(), finance::BASE_YEAR);
        let message =
            format!("present values are of {base}, the model runs from {first} to {last}");
        check.implausible(
            Diagnostic::warning("base-year-far", message, place, "")
                .hint("usually it is the first milestone year, or the year of the currency"),
        );
    }
    if last - first > 150 {
        let place = check.place(&root::TIME.key(), time::HORIZON_END);
        let message =
            format!("the horizon runs over {} years, from {first} to {last}", last - first + 1);
        check.implausible(
            Diagnostic::warning("long-horizon", message, place, "")
                .hint("check `years` and `horizon_end`"),
        );
    }
}
