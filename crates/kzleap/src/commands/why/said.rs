//! What a technology earns and pays, in words and in a table on the screen.

use std::fmt::Write;

use kzleap_model::Model;
use kzleap_study::{Earnings, FleetEarnings, UnitEarnings};

use super::super::say::cost;
use super::figures::{per_output, per_unit};

/// Less of a unit than this is nothing built but for rounding.
const BUILT: f64 = 1e-9;
/// A share of what is paid below which a sum is zero but for rounding.
const ROUNDING: f64 = 1e-6;

/// All units, then all fleets.
pub(super) fn text(model: &Model, found: &Earnings) -> String {
    let mut out = String::new();
    for one in &found.units {
        // writing to a string cannot fail
        let _ = writeln!(out, "{}\n{}", unit(model, one), terms_of_unit(model, one));
    }
    for fleet in &found.fleets {
        let _ = writeln!(out, "{}", in_service(model, fleet));
    }
    if found.units.is_empty() && found.fleets.is_empty() {
        out.push_str("it can be built in no year, and none is in service\n");
    }
    out
}

/// Why one unit is built or not, in a few sentences.
pub(super) fn unit(model: &Model, one: &UnitEarnings) -> String {
    let capacity = &model.capacities[one.capacity];
    let (money, worth) = per_unit(model, capacity.unit);
    let a_year = |amount: f64| cost(amount * worth / one.years_present_value);
    let (earned, paid) = sides(one);
    let year = model.time.years[one.year].milestone;
    let place = format!("{} in {}, {year}", capacity.name, model.regions[capacity.region].name);
    let mut text = if one.built > BUILT {
        format!("{place}: the plan builds {} {}.", cost(one.built), capacity.unit.text())
    } else {
        format!("{place}: the plan builds none.")
    };
    let verb = if one.built > BUILT { "earns" } else { "would earn" };
    let _ = write!(text, " It {verb} {} {money} a year", a_year(earned));
    if let Some(most) = one.terms.iter().max_by(|a, b| a.amount.total_cmp(&b.amount))
        && most.amount > 0.0
    {
        let _ = write!(text, ", most of it as {}", of(most.word.text(), &most.of));
    }
    let _ = write!(text, ", and pays {}.", a_year(paid));
    let limits: f64 = (one.terms.iter())
        .filter(|term| term.word == kzleap_study::Word::Limit)
        .map(|term| term.amount)
        .sum();
    if -limits > ROUNDING * paid {
        let _ = write!(text, " Limits that bind take {} of that.", a_year(-limits));
    }
    if limits > ROUNDING * earned {
        let _ = write!(text, " It is held up by a least: {} a year.", a_year(limits));
    }
    if let Some(break_even) = one.break_even.filter(|_| one.overnight > 0.0) {
        let change = 100.0 * (break_even / one.overnight - 1.0);
        let (costs, would) = (cost(one.overnight * worth), cost(break_even * worth));
        let _ = match change {
            _ if change.abs() < 100.0 * ROUNDING => {
                write!(text, " At {costs} {money} it just pays.")
            }
            _ if break_even < 0.0 => write!(
                text,
                " It costs {costs} {money}, and would not pay at any capital cost."
            ),
            ..0.0 => write!(
                text,
                " It costs {costs} {money}, and would pay by itself at {would}, {:.1}% less.",
                -change
            ),
            _ => write!(
                text,
                " It costs {costs} {money}, and would pay by itself up to {would}, {change:.1}% more."
            ),
        };
    }
    text
}

/// What is earned, and what is paid.
fn sides(one: &UnitEarnings) -> (f64, f64) {
    let earned = one.terms.iter().map(|term| term.amount.max(0.0)).sum();
    let paid = one.terms.iter().map(|term| (-term.amount).max(0.0)).sum();
    (earned, paid)
}

fn of(word: &str, name: &str) -> String {
    if name.is_empty() { word.to_owned() } else { format!("{word} {name}") }
}

/// The terms, largest first, and their sum.
fn terms_of_unit(model: &Model, one: &UnitEarnings) -> String {
    let (money, worth) = per_unit(model, model.capacities[one.capacity].unit);
    let output = per_output(model, one);
    let mut out = String::new();
    let in_output = output.as_ref().map_or("", |(money, _)| money);
    let head = format!("{money}/a");
    let _ = writeln!(out, "    {:32}{head:>16}{in_output:>16}", "");
    let mut row = |what: String, amount: f64| {
        let by_output = output.as_ref().map_or_else(String::new, |(_, by)| cost(amount * by));
        let a_year = cost(amount * worth / one.years_present_value);
        let _ = writeln!(out, "    {what:32}{a_year:>16}{by_output:>16}");
    };
    let mut terms: Vec<_> = one.terms.iter().collect();
    terms.sort_by(|a, b| b.amount.total_cmp(&a.amount));
    for term in terms {
        row(of(term.word.text(), &term.of), term.amount);
    }
    let (_, paid) = sides(one);
    let net = if one.net.abs() <= ROUNDING * paid { 0.0 } else { one.net };
    row("net".to_owned(), net);
    out
}

/// What all of it earns and pays in a year, in a line.
fn in_service(model: &Model, fleet: &FleetEarnings) -> String {
    let capacity = &model.capacities[fleet.capacity];
    let terms = fleet
        .terms
        .iter()
        .map(|term| format!("{} {}", of(term.word.text(), &term.of), cost(term.amount)));
    format!(
        "{} in {}, {}: {} {} in service; M{}/a: {}; left for capital {}",
        capacity.name,
        model.regions[capacity.region].name,
        model.time.years[fleet.year].milestone,
        cost(fleet.in_service),
        capacity.unit.text(),
        model.currency,
        terms.collect::<Vec<_>>().join(", "),
        cost(fleet.left),
    )
}
