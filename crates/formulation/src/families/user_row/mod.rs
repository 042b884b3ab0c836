#![doc = include_str!("page.md")]

use kzleap_lp::Col;
use kzleap_lp::Row;
use kzleap_model::policy::Sense;
use kzleap_model::user_rows::{Quantity, UserTerm};
use kzleap_model::{Model, Solution};

use crate::Formulation;
use crate::Variables;
use crate::build::Rows;
use crate::families::{Family, RowKey, RuleKind};
use crate::names::Names;
use crate::number::{Enters, Facts, Sides};
use crate::row::Var;

/// A rule of the modeller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Position of the rule in the model.
    pub at: usize,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        format!("user_row[{}]", names.0.user_rows[self.at].name)
    }

    fn number(&self, _: &Formulation<'_>, _: Row) -> Option<(RuleKind, Enters)> {
        Some((RuleKind::UserRow(self.at), Enters::Bound(1.0)))
    }

    fn read_back(&self, _: f64, _: &Formulation<'_>, _: &mut Solution) {}
}

/// Adds the rows. Their unit is what the modeller makes of it, so terms are plain numbers.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars) = (rows.model, rows.vars);
    for (at, rule) in model.user_rows.iter().enumerate() {
        let mut row = rows.begin::<f64>(RowKey::UserRow(Key { at }));
        for term in &rule.terms {
            for col in columns(model, vars, term) {
                row += term.weight * Var::<f64>::new(col);
            }
        }

        // Σ weight · quantity ≤, = or ≥ right-hand side
        match rule.sense {
            Sense::AtMost => row.at_most(rule.right_hand_side),
            Sense::AtLeast => row.at_least(rule.right_hand_side),
            Sense::Equal => row.equals(rule.right_hand_side),
        }
    }
}

/// The columns that make up a quantity; none if the plan does not have it.
fn columns(model: &Model, vars: &Variables, term: &UserTerm) -> Vec<Col> {
    let year = term.year;
    match term.quantity {
        Quantity::InService(k) => {
            vars.capacity(k, year).map(|var| var.col).into_iter().collect()
        }
        Quantity::New(k) => vars.new_capacity(k, year).map(|var| var.col).into_iter().collect(),
        Quantity::Activity(p, only_mode) => {
            let process = &model.processes[p];
            let nodes = model.time.node_count(process.tier);
            (0..process.modes.len())
                .filter(|mode| only_mode.is_none_or(|only| only == *mode))
                .flat_map(|mode| (0..nodes).map(move |node| (mode, node)))
                .filter_map(|(mode, node)| vars.activity(p, mode, node, year))
                .map(|var| var.col)
                .collect()
        }
        Quantity::ActivityInSlice(p, mode, slice) => {
            vars.activity(p, mode, slice.get(), year).map(|var| var.col).into_iter().collect()
        }
        Quantity::Emissions(e, r) => {
            vars.emissions(e, r, year).map(|var| var.col).into_iter().collect()
        }
        Quantity::Flow(link, direction) => {
            let tier = model.commodities[model.links[link].commodity].tier;
            (0..model.time.node_count(tier))
                .filter_map(|node| vars.flow(link, direction, node, year))
                .map(|var| var.col)
                .collect()
        }
    }
}

/// The right-hand side of a rule in the modeller's own terms.
pub(crate) fn facts(model: &Model, at: usize) -> Facts {
    let rule = &model.user_rows[at];
    Facts {
        word: "user_row",
        name: format!("rule {}", rule.name),
        value: Sides::both(rule.right_hand_side),
        range: (f64::NEG_INFINITY, f64::INFINITY),
        ratio: false,
        two_sides: true,
        building: false,
        unit: String::new(),
        region: None,
        year: None,
        paths: Sides::both(Vec::new()),
        parameter: Sides::both(None),
    }
}
