//! Costs that NEMO holds above zero: with a price below zero they limit what is run or kept.

use kzleap_model::policy::Sense;
use kzleap_model::user_rows::{Quantity, UserTerm};

use super::Making;
use crate::parameters::{Dimension, P};

/// Adds a row wherever a price below zero would take a year's cost of a technology below zero.
pub(super) fn add(making: &mut Making<'_>) {
    let data = making.data;
    for (r, t) in making.in_regions(Dimension::Technology) {
        for (at, y) in making.years() {
            let price = |m: usize| data.or_zero(P::VariableCost, &[r, t, m, y]);
            let below = (0..data.count(Dimension::Mode)).any(|m| price(m) < 0.0);
            let fixed = data.or_zero(P::FixedCost, &[r, t, y]);
            if !below && fixed >= 0.0 {
                continue;
            }
            let technology = making.name(Dimension::Technology, t);
            making.warn(
                "cost-below-zero",
                format!("`{technology}` earns by running or standing; its cost of a year is held at zero or above"),
                "NEMO does so too, which limits how much it runs; `--correct` does not",
            );
            let running = making.activity_terms((r, t), at, price);
            let name = |what: &str| {
                let technology = making.name(Dimension::Technology, t);
                format!("{what}.{technology}.{}", making.calendar(y))
            };
            let (variable, operating) = (name("variable_cost"), name("operating_cost"));
            if below {
                making.rule(variable, running.clone(), Sense::AtLeast, 0.0);
            }
            if let (true, Some(k)) = (fixed < 0.0, making.map.technology(data, r, t).capacity) {
                let quantity = Quantity::InService(k);
                let mut terms = running;
                terms.push(UserTerm::new(quantity, at, fixed));
                making.rule(operating, terms, Sense::AtLeast, 0.0);
            }
        }
    }
}
