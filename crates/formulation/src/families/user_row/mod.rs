#![doc = include_str!("page.md")]

use kzleap_lp::Col;
use kzleap_lp::Row;
use kzleap_model::policy::Sense;
use kzleap_model::user_rows::{Number, Quantity, Stated, UserTerm};
use kzleap_model::{Model, Solution, UserRow};

use crate::Formulation;
use crate::Variables;
use crate::build::Rows;
use crate::families::{Earning, Family, RowKey, RuleKind};
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
        let UserRow { name, sense, stated, .. } = &names.0.user_rows[self.at];
        match stated {
            Some(stated) => {
                let when = stated.year.map(|y| names.year(y).to_string());
                let when = when.as_deref().unwrap_or("horizon");
                format!("user_row[{name},{},{when}]", stated.word(*sense))
            }
            None => format!("user_row[{name}]"),
        }
    }

    fn number(&self, formulation: &Formulation<'_>, _: Row) -> Option<(RuleKind, Enters)> {
        let stated = formulation.model.user_rows[self.at].stated.as_ref();
        let enters = match stated.map(|stated| stated.number) {
            Some(Number::Ratio) => Enters::Factor,
            Some(Number::Growth(_, times) | Number::Decline(_, times)) => Enters::Bound(times),
            Some(Number::Bound | Number::Nothing) | None => Enters::Bound(1.0),
        };
        Some((RuleKind::UserRow(self.at), enters))
    }

    fn earning(&self, names: Names<'_>) -> Option<(Earning, String)> {
        Some((Earning::Limit, names.0.user_rows[self.at].name.clone()))
    }

    /// What one unit more on the right adds to the cost, in money of the year of the rule.
    fn read_back(&self, dual: f64, formulation: &Formulation<'_>, solution: &mut Solution) {
        let model = formulation.model;
        let row = &model.user_rows[self.at];
        let worth = match row.stated.as_ref().and_then(|stated| stated.year) {
            Some(y) => model.flow_present_value(region(model, row), y),
            None => 1.0,
        };
        solution.rule_price[self.at] = dual / worth;
    }
}

/// The region whose rate of discount counts: that of the first term.
pub(crate) fn region(model: &Model, row: &UserRow) -> kzleap_model::RegionIx {
    let first = row.all_terms().next().map(|term| match term.quantity {
        Quantity::InService(k) | Quantity::New(k) => model.capacities[k].region,
        Quantity::Flow(link, _) => model.links[link].from,
        Quantity::Emissions(_, region) => region,
        Quantity::Activity(p, _)
        | Quantity::ActivityInSlice(p, _, _)
        | Quantity::Output(p, _)
        | Quantity::Input(p, _)
        | Quantity::EmissionsOf(p, _) => model.processes[p].region,
    });
    first.unwrap_or_else(|| kzleap_model::RegionIx::new(0))
}

/// Adds the rows. Their unit is what the modeller makes of it, so terms are plain numbers.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars) = (rows.model, rows.vars);
    for (at, rule) in model.user_rows.iter().enumerate().filter(|(_, row)| !row.is_indicator())
    {
        let mut row = rows.begin::<f64>(RowKey::UserRow(Key { at }));
        for (col, weight) in rule.terms.iter().flat_map(|term| columns(model, vars, term)) {
            row += weight * Var::<f64>::new(col);
        }
        if let Some(against) = &rule.against {
            let columns = against.terms.iter().flat_map(|term| columns(model, vars, term));
            for (col, weight) in columns {
                row -= (against.ratio * weight) * Var::<f64>::new(col);
            }
        }

        // Σ weight · quantity - ratio · Σ weight · other ≤, = or ≥ right-hand side
        match rule.sense {
            Sense::AtMost => row.at_most(rule.right_hand_side),
            Sense::AtLeast => row.at_least(rule.right_hand_side),
            Sense::Equal => row.equals(rule.right_hand_side),
        }
    }
}

/// The columns that the left side of a rule adds up, or an indicator, with what one of each counts.
pub fn sum(formulation: &Formulation<'_>, at: usize) -> Vec<(Col, f64)> {
    let Formulation { model, vars, .. } = formulation;
    let terms = &model.user_rows[at].terms;
    terms.iter().flat_map(|term| columns(model, vars, term)).collect()
}

/// The columns that make up a term, with what one of each counts; none if the plan does not have
/// it.
fn columns(model: &Model, vars: &Variables, term: &UserTerm) -> Vec<(Col, f64)> {
    let y = term.year;
    let plain = |col: Option<Col>| -> Vec<(Col, f64)> {
        col.into_iter().map(|col| (col, term.plain_weight())).collect()
    };
    match term.quantity {
        Quantity::InService(k) => plain(vars.capacity(k, y).map(|var| var.col)),
        Quantity::New(k) => plain(vars.new_capacity(k, y).map(|var| var.col)),
        Quantity::Emissions(e, r) => plain(vars.emissions(e, r, y).map(|var| var.col)),
        Quantity::ActivityInSlice(p, mode, slice) => {
            plain(vars.activity(p, mode, slice.get(), y).map(|var| var.col))
        }
        Quantity::Activity(p, _)
        | Quantity::Output(p, _)
        | Quantity::Input(p, _)
        | Quantity::EmissionsOf(p, _) => {
            let process = &model.processes[p];
            let nodes = model.time.node_count(process.tier);
            (0..process.modes.len())
                .flat_map(|mode| (0..nodes).map(move |node| (mode, node)))
                .filter_map(|(mode, node)| {
                    let var = vars.activity(p, mode, node, y)?;
                    Some((var.col, term.of_activity(model, mode, node)?))
                })
                .collect()
        }
        Quantity::Flow(link, direction) => {
            let tier = model.commodities[model.links[link].commodity].tier;
            (0..model.time.node_count(tier))
                .filter_map(|node| {
                    let var = vars.flow(link, direction, node, y)?;
                    Some((var.col, model.time.mean_at(&term.weight, tier, node, y)))
                })
                .collect()
        }
    }
}

/// The number that a rule in the modeller's own terms states, or its right-hand side.
pub(crate) fn facts(model: &Model, at: usize) -> Facts {
    let row = &model.user_rows[at];
    let stated = row.stated.as_ref();
    let number = stated.map_or(Number::Bound, |stated| stated.number);
    let value = match number {
        Number::Bound | Number::Nothing => row.right_hand_side,
        Number::Ratio => row.against.as_ref().map_or(0.0, |against| against.ratio),
        Number::Growth(seed, _) | Number::Decline(seed, _) => seed,
    };
    let least =
        if matches!(number, Number::Bound | Number::Ratio) { f64::NEG_INFINITY } else { 0.0 };
    Facts {
        word: if stated.is_some() { "constraint" } else { "user_row" },
        name: match stated {
            Some(stated) => name(model, row, stated),
            None => format!("rule {}", row.name),
        },
        value: Sides::both(value),
        range: (least, f64::INFINITY),
        ratio: number == Number::Ratio,
        two_sides: row.sense == Sense::Equal || stated.is_none(),
        building: false,
        unit: match stated {
            Some(stated) if number != Number::Ratio => stated.unit.clone(),
            _ => String::new(),
        },
        region: None,
        year: stated.and_then(|stated| stated.year),
        paths: Sides::both(
            stated
                .map(|stated| {
                    let field = stated.field(row.sense);
                    format!("{}.{}.{field}", UserRow::COLLECTION, row.name)
                })
                .into_iter()
                .collect(),
        ),
        parameter: Sides::both(None),
    }
}

fn name(model: &Model, row: &UserRow, stated: &Stated) -> String {
    let when = stated.year.map(|y| model.time.years[y].milestone.to_string());
    let when = when.as_deref().unwrap_or("over the horizon");
    let what = match stated.number {
        Number::Bound | Number::Ratio | Number::Nothing => "",
        Number::Growth(..) => "growth seed of ",
        Number::Decline(..) => "decline seed of ",
    };
    format!("{what}constraint {} {when}", row.name)
}
