//! The rules that hold a plan back, each over all its years.

use std::collections::BTreeMap;

use kzleap_accounts::Accounts;
use kzleap_model::Binding;
use serde::{Deserialize, Serialize};

use crate::tables::binding::side;
use crate::tables::constraints::price_unit;

/// How many rules are listed; the table has all.
const MOST: usize = 30;

/// A rule that binds in some years.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BindingRule {
    /// What kind of rule, such as `emission_cap`.
    pub kind: String,
    /// Its name in the files.
    pub rule: String,
    /// The same as people read it.
    pub label: String,
    /// `least` or `most`.
    pub side: String,
    /// Its region; empty where it is of none, or of several.
    pub region: String,
    /// Its part of the year; empty for the whole year.
    pub slice: String,
    /// Where its number is in the files; empty where that is not known.
    pub path: String,
    /// The unit of limits; empty for a ratio.
    pub unit: String,
    /// The unit of prices.
    pub price_unit: String,
    /// By milestone year in which it binds.
    pub years: BTreeMap<i32, AtLimit>,
    /// Where it holds over the horizon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub horizon: Option<AtLimit>,
    /// Price times limit over all years, millions of money as present value.
    pub worth: f64,
}

/// A number that the plan is at.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct AtLimit {
    /// The number.
    pub limit: f64,
    /// What one unit less strict would save in a year, in money of that year; over the horizon as
    /// present value.
    pub price: f64,
}

/// The rules of most worth.
pub(crate) fn binding_rules(accounts: &Accounts<'_>) -> Vec<BindingRule> {
    let (model, rules) = (accounts.model, &accounts.solution.binding);
    let mut groups: BTreeMap<_, Vec<&Binding>> = BTreeMap::new();
    for rule in rules {
        let Binding { kind, name, least, region, node, unit, .. } = rule;
        groups.entry((kind, name, least, region, node, unit)).or_default().push(rule);
    }
    let said = |group: Vec<&Binding>| {
        let first = *group.first()?;
        let at_limit = |rule: &Binding| AtLimit { limit: rule.limit, price: rule.price };
        let of_year =
            |rule: &&Binding| Some((model.time.years[rule.year?].milestone, at_limit(rule)));
        Some(BindingRule {
            kind: first.kind.to_owned(),
            rule: first.name.clone(),
            label: first.label.clone(),
            side: side(first).to_owned(),
            region: first.region.map_or_else(String::new, |r| model.regions[r].name.clone()),
            slice: first.node.clone().unwrap_or_default(),
            path: first.path.clone().unwrap_or_default(),
            unit: first.unit.clone(),
            price_unit: price_unit(model, &first.unit),
            years: group.iter().filter_map(of_year).collect(),
            horizon: group.iter().find(|rule| rule.year.is_none()).map(|rule| at_limit(rule)),
            worth: group.iter().map(|rule| rule.worth).sum(),
        })
    };
    let mut all: Vec<BindingRule> = groups.into_values().filter_map(said).collect();
    all.sort_by(|one, other| other.worth.total_cmp(&one.worth));
    all.truncate(MOST);
    all
}
