#![doc = include_str!("user_row.md")]

use kzleap_lp::Col;
use kzleap_model::Model;
use kzleap_model::policy::Sense;
use kzleap_model::user_rows::{Quantity, UserTerm};

use crate::Variables;
use crate::build::Rows;
use crate::keys::RowKey;
use crate::row::Var;

/// Adds the rows. Their unit is what the modeller makes of it, so terms are plain numbers.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars) = (rows.model, rows.vars);
    for (at, rule) in model.user_rows.iter().enumerate() {
        let mut row = rows.begin::<f64>(RowKey::UserRow(at));
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
