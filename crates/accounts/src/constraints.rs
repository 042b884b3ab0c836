//! What is counted under constraints.

use kzleap_model::UserRow;
use kzleap_model::policy::Sense;
use kzleap_model::rounding::unless_rounding;
use kzleap_model::user_rows::{Number, Quantity, Stated, UserTerm};

use crate::Accounts;

/// What a plan makes of a rule of a constraint in a year, or over the horizon.
#[derive(Clone, Copy, Debug)]
pub struct Constrained<'a> {
    /// Name of the constraint.
    pub name: &'a str,
    /// As people read it.
    pub label: &'a str,
    /// What it is called there: `at_most`, `growth` …
    pub rule: &'static str,
    /// When, and in which unit.
    pub stated: &'a Stated,
    /// What its terms add up to, in its unit.
    pub sum: f64,
    /// What that is compared with, in its unit.
    pub bound: f64,
    /// What one unit less strict would save, in millions of money of its year, or of the base year over
    /// the horizon; of `equal`, what one unit more would cost.
    pub price: f64,
}

/// Up to this share of it a sum differs from its bound by rounding.
const ROUNDING: f64 = 1e-6;

impl Constrained<'_> {
    /// Whether it is at its bound and another bound would change the cost.
    pub fn binds(&self) -> bool {
        let size = self.sum.abs().max(self.bound.abs());
        self.price.abs() > 0.0 && (self.sum - self.bound).abs() <= ROUNDING * size
    }
}

impl<'a> Accounts<'a> {
    /// Every rule of every constraint that the modeller states.
    pub fn constrained(&self) -> Vec<Constrained<'a>> {
        let rows = self.model.user_rows.iter().zip(&self.solution.rule_price);
        let of = |(row, price): (&'a UserRow, &f64)| {
            let stated = row.stated.as_ref().filter(|_| !row.is_indicator())?;
            let (sum, bound) = self.under_constraint(row);
            // a decline is written the other way round
            let sign = if matches!(stated.number, Number::Decline(..)) { -1.0 } else { 1.0 };
            let eased = if row.sense == Sense::AtMost { -price } else { *price };
            Some(Constrained {
                name: &row.name,
                label: &row.label,
                rule: stated.word(row.sense),
                stated,
                sum: sign * sum + 0.0,
                bound: sign * bound + 0.0,
                price: eased + 0.0,
            })
        };
        rows.filter_map(of).collect()
    }

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
