//! Trade routes as links without capacity, loss or cost.

use kzleap_model::{Link, Series};

use super::series::by_year;
use super::{Making, commodity, region};
use crate::parameters::{P, SetId};

/// Adds a link for every pair of regions and fuel that has a route in some year.
pub(super) fn add(making: &mut Making<'_>) {
    let data = making.data;
    let table = data.table(P::TradeRoute);
    if table.is_empty() && table.default() <= 0.0 {
        return;
    }
    for a in 0..data.count(SetId::Region) {
        for b in a + 1..data.count(SetId::Region) {
            for f in 0..data.count(SetId::Fuel) {
                let open: Vec<f64> = table
                    .along(&[a, b, f])
                    .into_iter()
                    .zip(table.along(&[b, a, f]))
                    .map(|(there, back)| there.max(back))
                    .collect();
                if open.iter().all(|open| *open <= 0.0) {
                    continue;
                }
                let (from, to) = (making.name(SetId::Region, a), making.name(SetId::Region, b));
                let name = format!("{}.{from}-{to}", making.name(SetId::Fuel, f));
                let link = making.model.links.push(Link {
                    name,
                    from: region(a),
                    to: region(b),
                    commodity: commodity(f),
                    capacity: None,
                    capacity_to_activity: 1.0,
                    availability: by_year(open.clone()),
                    reverse_availability: by_year(open),
                    loss: 0.0,
                    variable_cost: Series::Constant(0.0),
                    emissions: Vec::new(),
                });
                making.map.links.push((link, [a, b, f]));
            }
        }
    }
}
