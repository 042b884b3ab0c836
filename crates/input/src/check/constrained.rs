//! What constraints leave of what processes can make.

use kzleap_model::policy::Sense;
use kzleap_model::user_rows::Quantity;
use kzleap_model::{CommodityIx, Model, ProcessIx, Series, UserRow, YearIx};

/// What a process makes of a commodity.
pub(super) type Made = (ProcessIx, CommodityIx);

/// `Σ counted · made ≤ right + Σ credited · made`: a constraint that speaks of outputs alone.
pub(super) struct Constrained<'m> {
    /// The constraint.
    pub row: &'m UserRow,
    right: f64,
    counted: Vec<(Made, f64)>,
    credited: Vec<(Made, f64)>,
}

impl<'m> Constrained<'m> {
    /// Those of a year, read both ways where they are equations.
    pub(super) fn all(model: &'m Model, year: YearIx) -> Vec<Self> {
        let rows = model.user_rows.iter().filter(|row| !row.is_indicator());
        let ways = rows.flat_map(|row| match row.sense {
            Sense::AtMost => vec![(row, 1.0)],
            Sense::AtLeast => vec![(row, -1.0)],
            Sense::Equal => vec![(row, 1.0), (row, -1.0)],
        });
        ways.filter_map(|(row, sign)| Self::new(row, sign, year)).collect()
    }

    /// `None` where it speaks of anything else than outputs in the year, or counts them by slice.
    fn new(row: &'m UserRow, sign: f64, year: YearIx) -> Option<Self> {
        let mut sums: Vec<(Made, f64)> = Vec::new();
        let ratio = row.against.as_ref().map_or(0.0, |against| against.ratio);
        let against = row.against.iter().flat_map(|against| &against.terms);
        let left = row.terms.iter().map(|term| (term, sign));
        for (term, times) in left.chain(against.map(|term| (term, -sign * ratio))) {
            let (Quantity::Output(p, c), Series::Constant(weight)) =
                (term.quantity, &term.weight)
            else {
                return None;
            };
            if term.year != year {
                return None;
            }
            match sums.iter_mut().find(|(made, _)| *made == (p, c)) {
                Some((_, sum)) => *sum += times * weight,
                None => sums.push(((p, c), times * weight)),
            }
        }
        let (counted, others): (Vec<_>, Vec<_>) = sums.into_iter().partition(|(_, w)| *w > 0.0);
        let credited = others.into_iter().map(|(made, weight)| (made, -weight)).collect();
        Some(Self { row, right: sign * row.right_hand_side, counted, credited })
    }

    /// The most of one that it leaves, if the others can make as much as this; `None` if it does
    /// not count it.
    pub(super) fn leaves(&self, made: Made, most: impl Fn(Made) -> f64) -> Option<f64> {
        let (_, weight) = self.counted.iter().find(|(counted, _)| *counted == made)?;
        let credit: f64 = (self.credited.iter())
            .map(|(made, weight)| if *weight > 0.0 { weight * most(*made) } else { 0.0 })
            .sum();
        Some(((self.right + credit) / weight).max(0.0))
    }
}
