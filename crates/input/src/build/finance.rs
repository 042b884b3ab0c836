//! Rates and the base year.

use kzleap_model::{Region, Set, Time};

use crate::reader::{Item, Reader};
use crate::registry::Kind;

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
    let Some(entry) = root.table.entry("finance") else { return rates };
    let Kind::Table(kind) = Reader::field(root, "finance").kind else { return rates };
    let Some(item) = Item::new(kind, "finance".to_owned(), entry) else { return rates };
    for (ix, region) in regions.iter_ix() {
        let rate = rd.number(&item, "discount_rate", Some(&region.name)).unwrap_or(0.0);
        rates.discount_rate[ix.get()] = rate;
        rates.cost_of_capital[ix.get()] = if item.has("cost_of_capital") {
            rd.number(&item, "cost_of_capital", Some(&region.name)).unwrap_or(rate)
        } else {
            rd.default_used(item.path_of("cost_of_capital"), rate, "the discount rate");
            rate
        };
    }
    if item.has("base_year") {
        #[expect(clippy::cast_possible_truncation, reason = "the registry bounds it to years")]
        if let Some(year) = rd.number(&item, "base_year", None) {
            rates.base_year = year as i32;
        }
    } else {
        rd.default_used(item.path_of("base_year"), first, "the first milestone year");
    }
    rates
}
