//! Numbers that multiply what the plan decides: shares, minimum loads, ramps.

use std::collections::BTreeMap;

use kzleap_formulation::{Enters, Formulation, RuleKind, formulate};
use kzleap_lp::{Col, Row};
use kzleap_model::Model;
use kzleap_model::policy::{ReserveIx, ReserveRequirement, Sense};

use super::rules;

/// What a row in which a number multiplies columns changes by for one unit of that number.
#[derive(Clone, Debug)]
pub(crate) struct Slope {
    /// On its left.
    pub(crate) terms: Vec<(Col, f64)>,
    /// Its bound: what the number multiplies beside columns.
    pub(crate) bound: f64,
}

impl Slope {
    /// How much it multiplies where every column is one.
    pub(crate) fn amount(&self) -> f64 {
        self.terms.iter().map(|(_, value)| value.abs()).sum::<f64>() + self.bound.abs()
    }
}

/// The slopes of all such rows: the difference between the program and one with other numbers.
pub(crate) fn slopes(formulation: &Formulation<'_>) -> BTreeMap<Row, Slope> {
    let mut slopes = BTreeMap::new();
    let rows: Vec<(Row, RuleKind)> = formulation
        .rows()
        .filter_map(|(row, key)| match key.number(formulation, row)? {
            (kind, Enters::Factor) => Some((row, kind)),
            (_, Enters::Bound(_)) => None,
        })
        .collect();
    if rows.is_empty() {
        return slopes;
    }
    let other = with_other_factors(formulation.model);
    let other = formulate(&other).lp;
    for (row, kind) in rows {
        let number = rules::number(formulation, kind, true);
        let change = match kind {
            RuleKind::Share(at, _) => {
                other_share(formulation.model.shares[at].sense, number) - number
            }
            RuleKind::ReserveMargin(at, _) if follows_load(formulation.model, at) => 1.0,
            // a ratio of zero asks for something too
            RuleKind::UserRow(_) => 1.0,
            _ => -number / 2.0,
        };
        if change == 0.0 {
            continue; // nothing of it is asked for
        }
        let mut terms: BTreeMap<Col, f64> = other.row(row).collect();
        for (col, value) in formulation.lp.row(row) {
            *terms.entry(col).or_default() -= value;
        }
        let terms: Vec<_> = (terms.into_iter())
            .filter(|(_, value)| value.abs() > 1e-12)
            .map(|(col, value)| (col, value / change))
            .collect();
        let lower = |lp: &kzleap_lp::Lp| Some(lp.row_bounds[row.get()].lower);
        let finite = |lp| lower(lp).filter(|lower| lower.is_finite()).unwrap_or(0.0);
        let bound = (finite(&other) - finite(&formulation.lp)) / change;
        slopes.insert(row, Slope { terms, bound });
    }
    slopes
}

fn follows_load(model: &Model, at: ReserveIx) -> bool {
    matches!(model.reserves[at].requirement, ReserveRequirement::Load { .. })
}

/// Another share with which a rule says something too, if it says anything.
fn other_share(sense: Sense, share: f64) -> f64 {
    let idle = match sense {
        Sense::AtLeast => share <= 0.0,
        Sense::AtMost => share >= 1.0,
        Sense::Equal => false,
    };
    match share {
        _ if idle => share,
        0.75.. => share / 2.0,
        _ => f64::midpoint(1.0, share),
    }
}

/// The model with other shares, and every other factor half as large; ratios, and margins on the load,
/// larger by one.
fn with_other_factors(model: &Model) -> Model {
    let mut other = model.clone();
    for at in other.shares.ixs() {
        let rule = &mut other.shares[at];
        let sense = rule.sense;
        rule.share.iter_mut().flatten().for_each(|share| *share = other_share(sense, *share));
    }
    for p in other.processes.ixs() {
        let process = &mut other.processes[p];
        let parts = process.parts.iter_mut().map(|part| &mut part.minimum_load);
        for load in parts.chain([&mut process.minimum_load]).flatten() {
            *load = load.map(|share| share / 2.0);
        }
        let parts = process.parts.iter_mut().map(|part| &mut part.annual_minimum_load);
        for share in parts.chain([&mut process.annual_minimum_load]).flatten().flatten() {
            *share /= 2.0;
        }
        process.ramp_per_hour = process.ramp_per_hour.map(|ramp| ramp / 2.0);
    }
    for row in other.user_rows.iter_mut().filter(|row| row.is_ratio()) {
        row.against.iter_mut().for_each(|against| against.ratio += 1.0);
    }
    for at in other.reserves.ixs() {
        match &mut other.reserves[at].requirement {
            ReserveRequirement::Production { factor, .. } => {
                factor.iter_mut().for_each(|factor| *factor /= 2.0);
            }
            // a margin of zero asks for something too
            ReserveRequirement::Load { margin, .. } => {
                margin.iter_mut().for_each(|margin| *margin += 1.0);
            }
            ReserveRequirement::Firm { .. } => {}
        }
    }
    other
}
