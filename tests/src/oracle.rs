//! Linear programs of others with their answers, said as our models.
//!
//! Their TWh are our PJ, and so their USD/MWh our USD/GJ: all figures hold.

use std::path::Path;

use kzleap_accounts::Accounts;
use kzleap_study::Plan;
use kzleap_study::model::{Model, YearIx};
use serde_json::Value;

use crate::by_hand::solved;
use crate::outside::close;
use crate::{activity, price};

/// A number, which they write as one or as a fraction.
///
/// # Panics
/// If it is neither.
pub fn number(value: &Value) -> f64 {
    let read = |text: &str| text.parse::<f64>().expect("a number");
    match value.as_str() {
        Some(text) => match text.split_once('/') {
            Some((above, below)) => read(above) / read(below),
            None => read(text),
        },
        None => value.as_f64().expect("a number"),
    }
}

/// One of the oracles in a folder.
///
/// # Panics
/// If there is none of that name.
pub fn oracle(folder: &Path, name: &str) -> Value {
    let text = std::fs::read_to_string(folder.join("oracles.json")).expect("it can be read");
    let mut all: Value = serde_json::from_str(&text).expect("it is JSON");
    let all = all["oracles"].as_array_mut().expect("a list");
    let at = all.iter().position(|oracle| oracle["id"] == name);
    all.swap_remove(at.unwrap_or_else(|| panic!("no oracle {name}")))
}

/// What a plan of ours says, in the names of their program.
#[derive(Default)]
pub struct Answer {
    /// What is minimised.
    pub objective: f64,
    /// Columns that add up to a figure of ours.
    pub columns: Vec<(Vec<String>, f64)>,
    /// What one unit more on the right of their rows adds to the cost.
    pub duals: Vec<(String, f64)>,
}

impl Answer {
    /// Holds it to theirs. What of theirs it does not speak of has
    /// a part of its name in `left_out`.
    ///
    /// # Panics
    /// If it is another, or speaks of too little.
    pub fn agrees(&self, which: &str, expected: &Value, left_out: &[&str]) {
        let wanted = number(&expected["objective"]);
        let found = self.objective;
        assert!(close(found, wanted), "{which}: it costs {found}, must be {wanted}");
        for (columns, found) in &self.columns {
            let names: Vec<&str> = columns.iter().map(String::as_str).collect();
            within(which, expected, ("columns", "ranges"), &names, *found);
        }
        for (row, found) in &self.duals {
            within(which, expected, ("duals", "dual_ranges"), &[row], *found);
        }
        let said = self.columns.iter().flat_map(|(columns, _)| columns);
        let said: Vec<&String> = said.chain(self.duals.iter().map(|(row, _)| row)).collect();
        for kind in ["columns", "duals", "ranges", "dual_ranges"] {
            for name in expected[kind].as_object().into_iter().flatten().map(|(name, _)| name) {
                let spoken_of = said.contains(&name);
                let left_out = left_out.iter().any(|part| name.contains(part));
                assert!(spoken_of != left_out, "{which}: `{name}` is said, or left out");
            }
        }
    }
}

/// Holds a figure to the sum of theirs, of which some are one of many.
fn within(which: &str, expected: &Value, kinds: (&str, &str), names: &[&str], found: f64) {
    let bounds = |name: &&str| match expected[kinds.1][*name].as_array() {
        Some(range) => (
            range[0].as_f64().unwrap_or(f64::NEG_INFINITY),
            range[1].as_f64().unwrap_or(f64::INFINITY),
        ),
        None => (number(&expected[kinds.0][*name]), number(&expected[kinds.0][*name])),
    };
    let both = names.iter().map(bounds);
    let (low, high) = both.fold((0.0, 0.0), |(low, high), (from, to)| (low + from, high + to));
    let inside = (low..=high).contains(&found) || close(found, low) || close(found, high);
    assert!(inside, "{which}: {names:?} {found}, must be {low} to {high}");
}

/// A plan with discounting of `rate` a year from the middle of the first year on, as they count.
pub struct Read<'a> {
    /// The model.
    pub model: &'a Model,
    /// Its plan.
    pub plan: &'a Plan,
    /// Of discounting.
    pub rate: f64,
}

impl Read<'_> {
    /// What is minimised: we count from the beginning of the first year.
    pub fn objective(&self) -> f64 {
        self.plan.solution.objective * (1.0 + self.rate).sqrt()
    }

    /// What money of a year is worth there.
    pub fn worth(&self, year: usize) -> f64 {
        let years = &self.model.time.years;
        let [now, first] = [year, 0].map(|y| years[YearIx::new(y)].milestone);
        (1.0 + self.rate).powi(first - now)
    }

    /// Where a column or a row is: the end of its name is a year, a region or a slice, or it has none.
    fn place<'n>(&self, name: &'n str) -> (&'n str, String, usize, Option<usize>) {
        let model = self.model;
        let first = model.regions.iter().next().expect("a region").name.clone();
        let Some((before, end)) = name.rsplit_once('_') else { return (name, first, 0, None) };
        let end = end.to_lowercase();
        let year = model.time.years.iter().position(|year| year.milestone.to_string() == end);
        if let Some(year) = year {
            return (before, first, year, None);
        }
        if let Some(region) = model.regions.iter().find(|region| region.name == end) {
            return (before, region.name.clone(), 0, None);
        }
        match model.time.slices.iter().position(|slice| slice.name == end) {
            Some(slice) => (before, first, 0, Some(slice)),
            None => (name, first, 0, None),
        }
    }

    /// What a column of a trading scheme is, of the first scheme with such a one: `bank`, below zero
    /// where it is owed, `withheld`, `extra` (of the first tranche), `short`, `offset1` (of the first
    /// step); of the first link `B_to_A`.
    fn allowances(&self, name: &str) -> Option<f64> {
        let (column, _, year, _) = self.place(name);
        let solution = &self.plan.solution;
        let traded = solution.trading.first()?;
        Some(match column {
            "bank" => traded.bank[year] - traded.debt[year],
            "withheld" => traded.withheld[year],
            "extra" => traded.sold.first()?[year],
            "short" => traded.short[year],
            "offset1" => traded.offsets.first()?[year],
            _ if name == "B_to_A" => solution.allowances_moved.first()?[year],
            _ => return None,
        })
    }

    /// Activity of processes of the names of their columns, with the end of the name saying where; or
    /// what it is of a trading scheme.
    pub fn column(&self, name: &str) -> f64 {
        if let Some(allowances) = self.allowances(name) {
            return allowances;
        }
        let whole = name.to_lowercase();
        if let Some(own) = self.model.processes.iter().find(|own| own.name == whole) {
            let region = &self.model.regions[own.region].name;
            return activity(self.model, self.plan, &whole, region, 0);
        }
        let (process, region, year, slice) = self.place(name);
        let process = process.to_lowercase();
        let Some(slice) = slice else {
            return activity(self.model, self.plan, &process, &region, year);
        };
        let p = self.model.processes.position(|p| p.name == process).expect("a process");
        let all = &self.plan.solution.activity[p.get()];
        (0..all.dim().0).map(|mode| all[(mode, slice, year)]).sum()
    }

    /// What one unit more of demand costs, as present value.
    pub fn demand(&self, row: &str, commodity: &str) -> f64 {
        let (_, region, year, slice) = self.place(row);
        let node = slice.or_else(|| self.place(&format!("x_{row}")).3).unwrap_or(0);
        self.worth(year) * price(self.model, self.plan, commodity, &region, node, year)
    }

    /// What one tonne more allowed in a year, under all caps and schemes of a region, saves.
    pub fn caps(&self, row: &str) -> f64 {
        let (_, region, year, _) = self.place(row);
        let here = self.model.regions.position(|of| of.name == region).expect("a region");
        let caps = self.model.emission_caps.iter().zip(&self.plan.solution.emission_price);
        let caps = caps
            .filter(|(cap, _)| cap.terms.iter().any(|term| term.regions.contains(&here)))
            .map(|(_, prices)| prices[year]);
        let schemes = self.model.trading.iter().zip(&self.plan.solution.trading);
        let schemes = schemes
            .filter(|(of, _)| of.terms.iter().any(|term| term.regions.contains(&here)))
            .map(|(_, traded)| traded.price[year]);
        -self.worth(year) * (caps.sum::<f64>() + schemes.sum::<f64>())
    }

    /// What one unit more on the right of a constraint of the first year adds to the cost.
    pub fn constraint(&self, name: &str) -> f64 {
        let at = self.model.user_rows.iter().position(|row| row.name == name);
        self.plan.solution.rule_price[at.expect("a constraint")]
    }

    /// What is served of a step of demand by its name.
    pub fn served(&self, step: &str) -> f64 {
        let accounts = Accounts::new(self.model, &self.plan.solution);
        let steps = accounts.steps_served();
        let demands = self.model.demands.iter().flat_map(|demand| &demand.steps);
        let at = demands.zip(&steps).find(|(own, _)| own.name == step);
        at.expect("a step").1.served[0]
    }
}

/// Holds a model, with its rate of discounting, to a case: every column by its process, what is used by
/// the steps of demand, and every row by the balance of electricity, by caps, or by the constraint of
/// its name. What has no counterpart has a part of its name in `left_out`.
///
/// # Panics
/// If it has no plan, or another.
pub fn compare(
    which: &str,
    (text, rate): (&str, f64),
    case: &Value,
    left_out: &[&str],
    constraints: &[&str],
) {
    let (model, plan) = solved(&[text]);
    agrees(which, &Read { model: &model, plan: &plan, rate }, case, left_out, constraints);
}

/// The same of a plan.
///
/// # Panics
/// If it is another.
pub fn agrees(
    which: &str,
    read: &Read<'_>,
    case: &Value,
    left_out: &[&str],
    constraints: &[&str],
) {
    let objective = read.objective() + worth_of_all(case);
    let mut answer = Answer { objective, ..Answer::default() };
    let expected = &case["expected"];
    let names = |kind: &str| {
        let all = expected[kind].as_object().into_iter().flatten().map(|(name, _)| name);
        all.filter(|name| !left_out.iter().any(|part| name.contains(part)))
            .cloned()
            .collect::<Vec<String>>()
    };
    for name in names("columns") {
        let used = name.starts_with(USED);
        let found = if used { read.served(&name) } else { read.column(&name) };
        answer.columns.push((vec![name], found));
    }
    for name in [names("duals"), names("dual_ranges")].concat() {
        let found = match &*name {
            one if constraints.contains(&one) => read.constraint(one),
            "balance" | "day" | "night" => read.demand(&name, "electricity"),
            "quota" => -read.plan.solution.trading[0].quota_price[0],
            one if one.starts_with("demand") => read.demand(one, "electricity"),
            one => read.caps(one),
        };
        answer.duals.push((name, found));
    }
    answer.agrees(which, expected, left_out);
}

/// How columns of steps of demand begin.
const USED: &str = "use";

/// What is served is worth something to them, and what is forgone costs us something: what they have
/// less, the worth of all steps.
fn worth_of_all(case: &Value) -> f64 {
    let columns = case["lp"]["columns"].as_object().expect("columns");
    let used = columns.iter().filter(|(name, _)| name.starts_with(USED));
    used.map(|(_, of)| number(&of["cost"]) * number(&of["upper"])).sum()
}
