//! Rates and the base year.

use kzleap_model::{Region, Set, Time};

use crate::reader::{Item, Reader};
use crate::registry::{finance, root};

/// What `[finance]` says.
pub(super) struct Rates {
    pub(super) discount_rate: Vec<f64>,
    pub(super) cost_of_capital: Vec<f64>,
    pub(super) base_year: i32,
}

/// Reads `[finance]`.
pub(super) fn read<'a>(
    rd: &mut Reader<'a>,
    root: &Item<'a>,
    time: &Time,
    regions: &Set<Region>,
) -> Rates {
    let first = time.years.iter().next().map_or(0, |year| year.milestone);
    let mut rates = Rates {
        discount_rate: vec![0.0; regions.len()],
        cost_of_capital: vec![0.0; regions.len()],
        base_year: first,
    };
    // that it is missing has been said
    let Some(item) = root.inner(root::FINANCE) else { return rates };
    for (ix, region) in regions.iter_ix() {
        let rate = rd.number(&item, finance::DISCOUNT_RATE, Some(&region.name)).unwrap_or(0.0);
        rates.discount_rate[ix.get()] = rate;
        rates.cost_of_capital[ix.get()] = if item.has(finance::COST_OF_CAPITAL) {
            rd.number(&item, finance::COST_OF_CAPITAL, Some(&region.name)).unwrap_or(rate)
        } else {
            rd.default_used(item.path_of(finance::COST_OF_CAPITAL), rate, "the discount rate");
            rate
        };
    }
    if item.has(finance::BASE_YEAR) {
        #[expect(clippy::cast_possible_truncation, reason = "the registry bounds it to years")]
        if let Some(year) = rd.number(&item, finance::BASE_YEAR, None) {
            rates.base_year = year as i32;
        }
    } else {
        rd.default_used(item.path_of(finance::BASE_YEAR), first, "the first milestone year");
    }
    rates
}
