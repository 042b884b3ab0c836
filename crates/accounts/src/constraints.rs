//! What is counted under constraints.

use kzleap_model::UserRow;
use kzleap_model::rounding::unless_rounding;
use kzleap_model::user_rows::{Quantity, UserTerm};

use crate::Accounts;

impl Accounts<'_> {
    /// The sum of a constraint, and what it is compared with, in its unit.
    pub fn under_constraint(&self, row: &UserRow) -> (f64, f64) {
        let sum = |terms: &[UserTerm]| {
            let (mut sum, mut size) = (0.0, 0.0);
            for counted in terms.iter().map(|term| self.counted(term)) {
                sum += counted;
                size += counted.abs();
            }
            unless_rounding(sum, size)
        };
        let other = row.against.as_ref().map_or(0.0, |other| other.ratio * sum(&other.terms));
        (sum(&row.terms), other + row.right_hand_side)
    }

    fn counted(&self, term: &UserTerm) -> f64 {
        let (model, solution) = (self.model, self.solution);
        let y = term.year.get();
        match term.quantity {
            Quantity::InService(k) => term.plain_weight() * solution.capacity[(k.get(), y)],
            Quantity::New(k) => term.plain_weight() * solution.new_capacity[(k.get(), y)],
            Quantity::Emissions(e, r) => {
                term.plain_weight() * solution.emissions[(e.get(), r.get(), y)]
            }
            Quantity::Activity(p, _)
            | Quantity::ActivityInSlice(p, _, _)
            | Quantity::Output(p, _)
            | Quantity::Input(p, _)
            | Quantity::EmissionsOf(p, _) => {
                let activity = solution.activity[p.get()].indexed_iter();
                let of_year = activity.filter(|((_, _, of), _)| *of == y);
                of_year
                    .filter_map(|((mode, node, _), amount)| {
                        Some(term.of_activity(model, mode, node)? * amount)
                    })
                    .sum()
            }
            Quantity::Flow(link, direction) => {
                let tier = model.commodities[model.links[link].commodity].tier;
                let flow = solution.flow[link.get()].indexed_iter();
                flow.filter(|((way, _, of), _)| (*way, *of) == (direction, y))
                    .map(|((_, node, _), amount)| {
                        model.time.mean_at(&term.weight, tier, node, term.year) * amount
                    })
                    .sum()
            }
        }
    }
}
