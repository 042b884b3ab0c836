//! Constraints in the modeller's own terms, for the summary.

use std::collections::BTreeMap;

use kzleap_accounts::Accounts;
use serde::{Deserialize, Serialize};

use crate::tables::constraints::price_unit;

/// What a plan makes of a rule of a constraint.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConstraintRule {
    /// Name of the constraint.
    pub name: String,
    /// As people read it.
    pub label: String,
    /// What it is called there: `at_most`, `growth` …
    pub rule: String,
    /// What its terms add up to, and the bound, are in.
    pub unit: String,
    /// What its price is in.
    pub price_unit: String,
    /// By milestone year, or `horizon`.
    pub values: BTreeMap<String, ConstraintValues>,
}

/// A constraint in a year, or over the horizon.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConstraintValues {
    /// What its terms add up to.
    pub sum: f64,
    /// What that is compared with.
    pub bound: f64,
    /// What one unit less strict would save; of `equal`, what one unit more would cost.
    pub price: f64,
}

/// Every rule, in the order of the model.
pub(crate) fn constraint_rules(accounts: &Accounts<'_>) -> Vec<ConstraintRule> {
    let model = accounts.model;
    let mut rules: Vec<ConstraintRule> = Vec::new();
    for one in accounts.constrained() {
        let same = |rule: &ConstraintRule| {
            (rule.name.as_str(), rule.rule.as_str()) == (one.name, one.rule)
        };
        if !rules.last().is_some_and(same) {
            rules.push(ConstraintRule {
                name: one.name.to_owned(),
                label: one.label.to_owned(),
                rule: one.rule.to_owned(),
                unit: one.stated.unit.clone(),
                price_unit: price_unit(model, &one.stated.unit),
                values: BTreeMap::new(),
            });
        }
        let year = one.stated.year.map(|y| model.time.years[y].milestone.to_string());
        let values = ConstraintValues { sum: one.sum, bound: one.bound, price: one.price };
        if let Some(rule) = rules.last_mut() {
            rule.values.insert(year.unwrap_or_else(|| "horizon".to_owned()), values);
        }
    }
    rules
}
