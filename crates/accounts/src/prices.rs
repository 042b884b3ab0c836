//! Mean prices.

use kzleap_model::{Model, Solution, YearIx};

use crate::flows::Balance;

/// Mean price by year, MUSD/PJ, weighted by what is taken out in each node; by its hours where
/// nothing is. `None` where the commodity has no price.
pub(crate) fn mean_prices(
    model: &Model,
    solution: &Solution,
    balance: &Balance,
) -> Vec<Option<f64>> {
    let result = solution.balances.iter().find(|result| {
        result.region == balance.region && result.commodity == balance.commodity
    });
    let nodes = model.time.nodes(model.commodities[balance.commodity].tier);
    (0..model.time.years.len())
        .map(|y| {
            let price = &result?.price;
            let weigh = |weight: &dyn Fn(usize) -> f64| {
                let (mut sum, mut whole) = (0.0, 0.0);
                for node in 0..nodes.len() {
                    sum += price[(node, y)] * weight(node);
                    whole += weight(node);
                }
                (whole > 0.0).then(|| sum / whole)
            };
            weigh(&|node| balance.uses(node, y))
                .or_else(|| weigh(&|node| model.time.node_share(&nodes[node], YearIx::new(y))))
        })
        .collect()
}
