//! What a command says to people about a plan, or about why there is none.

use std::fmt::Write;
use std::path::Path;

use kzleap_accounts::Accounts;
use kzleap_accounts::circulation::Circulation;
use kzleap_accounts::costs::CostKind;
use kzleap_accounts::flows::Balance;
use kzleap_accounts::reserves::PeakExceeded;
use kzleap_accounts::trading::TradingYear;
use kzleap_model::emission_units::price_shown;
use kzleap_model::policy::CapWindow;
use kzleap_model::{Commodity, CommodityIx, Model, YearIx};
use kzleap_report::tables::constraints::price_unit;
use kzleap_report::{RunInfo, Seconds};
use kzleap_study::Plan;

/// The plan in a few lines.
pub(crate) fn summary(model: &Model, plan: &Plan, info: &RunInfo, dir: &Path) -> String {
    let accounts = Accounts::new(model, &plan.solution);
    let resolution = match info.resolution.text() {
        Some(text) => format!(", {text}"),
        None => String::new(),
    };
    let mut lines = vec![format!("{}, scenario {}{resolution}", model.name, model.scenario)];
    lines.extend(money(&accounts));
    lines.extend(unserved(&accounts));
    lines.extend(circles(&accounts));
    lines.extend(peaks(&accounts));
    lines.extend(caps(&accounts));
    lines.extend(schemes(&accounts));
    lines.extend(constraints(&accounts));
    for (e, emission) in model.emissions.iter_ix() {
        let domestic = accounts.domestic_emissions(e);
        let unit = in_brackets(emission.unit_text());
        let by_year = by_year(model, |y| domestic[y.get()]);
        lines.push(format!("  {:<10} {by_year}{unit}", emission.label));
    }
    lines.extend(program(plan, info));
    lines.push(certified(info));
    lines.extend(info.hours.iter().flat_map(super::hours::verdicts));
    lines.extend(unique(info));
    lines.push(format!("  results in {}", dir.join(kzleap_report::PAGE).display()));
    lines.join("\n") + "\n"
}

/// What the plan costs, with the transfers in it.
fn money(accounts: &Accounts<'_>) -> Vec<String> {
    let model = accounts.model;
    let money = match model.currency.as_str() {
        "" => String::new(), // an imported model does not say
        currency => format!(" million {currency}"),
    };
    let mut lines = vec![format!(
        "  cost       {}{money} (total discounted system cost, present value of {})",
        cost(accounts.system_cost()),
        model.finance.base_year
    )];
    let transfers = accounts.transfers();
    if !transfers.is_empty() {
        let of_kind = |(kind, value): &(CostKind, f64)| {
            format!("{} {}{money}", kind.name(), cost(*value))
        };
        let kinds: Vec<String> = transfers.iter().map(of_kind).collect();
        lines.push(format!("  transfers  {} (taxes, subsidies)", kinds.join(", ")));
    }
    let answer = accounts.answer();
    if let Some(answer) = answer {
        lines.push(format!(
            "  forgone    {}{money} (worth of demand not served; that of what is served of its steps: \
             {})",
            cost(answer.forgone),
            cost(answer.served)
        ));
    }
    if !transfers.is_empty() || answer.is_some() {
        let parts = match (transfers.is_empty(), answer) {
            (_, None) => "system cost + transfers",
            (true, Some(_)) => "system cost + worth forgone: compare plans by this",
            (false, Some(_)) => "system cost + transfers + worth forgone",
        };
        lines.push(format!(
            "  minimised  {}{money} ({parts})",
            cost(accounts.solution.objective)
        ));
    }
    lines
}

/// What goes unserved of each commodity; its worth is in the cost.
fn unserved(accounts: &Accounts<'_>) -> Vec<String> {
    let model = accounts.model;
    let line = |(c, commodity): (CommodityIx, &Commodity)| {
        let mut all = vec![0.0; model.time.years.len()];
        let balances = accounts.balances().iter().filter(|balance| balance.commodity == c);
        for balance in balances.filter(|balance| model.regions[balance.region].domestic) {
            for (y, sum) in all.iter_mut().enumerate() {
                *sum += Balance::annual(&balance.unserved, y);
            }
        }
        let unit = match commodity.unit() {
            "" => String::new(),
            unit => in_brackets(&format!("{unit}/a")),
        };
        all.iter().any(|amount| *amount > 0.0).then(|| {
            let amounts = by_year(model, |y| all[y.get()]);
            format!(
                "  unserved   {}: {amounts}{unit} (its worth is in the cost)",
                commodity.name
            )
        })
    };
    model.commodities.iter_ix().filter_map(line).collect()
}

/// The size of the program, and how long each phase took.
fn program(plan: &Plan, info: &RunInfo) -> Vec<String> {
    let (smallest, largest) = plan.matrix_range.unwrap_or((1.0, 1.0));
    let mut lines = vec![format!(
        "  program    {} rows, {} columns, {} nonzeros from {smallest:.0e} to {largest:.0e}",
        info.lp.rows, info.lp.columns, info.lp.nonzeros
    )];
    if largest > 1e12 * smallest {
        let text = "such a range makes solving slow and inexact: look at the units";
        lines.push(format!("             {text}"));
    }
    let Seconds { read, build, solve, extract, report, total } = info.seconds;
    lines.push(format!(
        "  seconds    read {read:.2}, build {build:.2}, solve {solve:.2}, extract {extract:.2}, \
         report {report:.2}, total {total:.2}"
    ));
    lines
}

fn certified(info: &RunInfo) -> String {
    let certificate = &info.certificate;
    let to_a_gap = certificate
        .integer_gap
        .map_or_else(String::new, |gap| format!(" to a gap of {gap:.0e} in whole units;"));
    format!(
        "  {}{to_a_gap}  primal {:.0e}, dual {:.0e}, gap {:.0e}",
        if certificate.certified { "certified" } else { "NOT CERTIFIED" },
        certificate.primal,
        certificate.dual,
        certificate.gap
    )
}

/// How many figures are the same in every plan of this cost.
fn unique(info: &RunInfo) -> Vec<String> {
    let marks: Vec<_> = ["new_capacity", "capacity", "generation", "price"]
        .into_iter()
        .filter_map(|table| Some((table, info.unique.get(table)?)))
        .collect();
    let shares = marks
        .iter()
        .map(|(table, marks)| format!("{table} {} of {}", marks.unique, marks.rows))
        .collect::<Vec<_>>();
    let mut lines = Vec::new();
    if !shares.is_empty() {
        lines.push(format!("  unique     {} figures", shares.join(", ")));
    }
    if marks.iter().any(|(_, marks)| marks.unique < marks.rows) {
        let text = "the others may differ in another plan of the same cost";
        lines.push(format!("             {text}"));
    }
    lines
}

/// A warning for each given peak that the load of the plan is above.
fn peaks(accounts: &Accounts<'_>) -> Vec<String> {
    let model = accounts.model;
    let warning = |found: PeakExceeded| {
        format!(
            "  WARNING    the load reaches {} GW in {} of {}, above the `peak` of {} GW of the \
             reserve margin `{}`",
            three_digits(found.load),
            model.time.slices[found.slice].name,
            model.time.years[found.year].milestone,
            three_digits(found.peak),
            model.reserves[found.reserve].name
        )
    };
    accounts.peaks_exceeded().into_iter().map(warning).collect()
}

/// A warning for each circle of links that loses energy.
fn circles(accounts: &Accounts<'_>) -> Vec<String> {
    let model = accounts.model;
    let warning = |circle: Circulation| {
        let commodity = &model.commodities[circle.commodity];
        let links: Vec<&str> =
            circle.links.iter().map(|l| model.links[*l].name.as_str()).collect();
        format!(
            "  WARNING    {} {}{} are lost in {} by sending {} round in a circle: {}",
            three_digits(circle.lost),
            commodity.unit(),
            if commodity.unit().is_empty() { "" } else { "/a" },
            model.time.years[circle.year].milestone,
            commodity.name,
            links.join(", ")
        )
    };
    accounts.circulations().into_iter().map(warning).collect()
}

/// What counts under each cap of every year, and what a unit less would cost.
fn caps(accounts: &Accounts<'_>) -> Vec<String> {
    let Accounts { model, solution, .. } = *accounts;
    let mut lines = Vec::new();
    for (c, cap) in model.emission_caps.iter_ix() {
        if !matches!(cap.window, CapWindow::EachYear(_)) {
            continue;
        }
        let unit = cap.unit(model);
        let shown = in_brackets(cap.unit_text(model));
        let (counted, prices) = (accounts.under_cap(cap), &solution.emission_price[c.get()]);
        let counted = by_year(model, |y| counted[y.get()]);
        lines.push(format!("  cap        {}: {counted}{shown}", cap.name));
        if let Some(below) = model.time.cutting.below_caps.get(&cap.name) {
            let planned = below.iter().zip(&model.time.years);
            let planned = planned.filter_map(|(below, year)| {
                Some(format!("{} {}", year.milestone, three_digits((*below)?)))
            });
            let planned = planned.collect::<Vec<_>>().join("  ");
            lines.push(format!(
                "             planned below its limit, for the hours: {planned}{shown}"
            ));
        }
        if prices.iter().any(|price| *price > 0.0) {
            let (unit, factor) = price_shown(&model.currency, unit);
            let prices = by_year(model, |y| prices[y.get()] * factor);
            lines.push(format!("  its price  {prices}{}", in_brackets(&unit)));
        }
    }
    lines
}

/// What each trading scheme covers, and the price of its allowances.
fn schemes(accounts: &Accounts<'_>) -> Vec<String> {
    let model = accounts.model;
    let mut lines = Vec::new();
    for (s, scheme) in model.trading.iter_ix() {
        let years = accounts.trading(s);
        let of = |y: YearIx, figure: fn(&TradingYear) -> f64| {
            years[y.get()].as_ref().map_or(0.0, figure)
        };
        let covered = by_year(model, |y| of(y, |of| of.covered));
        let shown = in_brackets(scheme.unit_text(model));
        lines.push(format!("  scheme     {}: {covered}{shown}", scheme.name));
        let (unit, factor) = price_shown(&model.currency, scheme.unit(model));
        let prices = by_year(model, |y| of(y, |of| of.price) * factor);
        lines.push(format!("  allowance  {prices}{}", in_brackets(&unit)));
    }
    lines
}

/// The price of each constraint that binds, and the names of those that do not.
fn constraints(accounts: &Accounts<'_>) -> Vec<String> {
    let model = accounts.model;
    let (mut lines, mut idle): (Vec<String>, Vec<&str>) = (Vec::new(), Vec::new());
    let all = accounts.constrained();
    for rules in all.chunk_by(|one, next| (one.name, one.rule) == (next.name, next.rule)) {
        let binding = rules.iter().filter(|one| one.binds());
        let prices: Vec<String> = binding
            .map(|one| match one.stated.year {
                Some(y) => {
                    format!("{} {}", model.time.years[y].milestone, three_digits(one.price))
                }
                None => three_digits(one.price),
            })
            .collect();
        let Some(first) = rules.first().filter(|_| !prices.is_empty()) else {
            idle.extend(rules.first().map(|one| one.name));
            continue;
        };
        let unit = in_brackets(&price_unit(model, &first.stated.unit));
        lines.push(format!(
            "  constraint {}, {}: its price {}{unit}",
            first.name,
            first.rule,
            prices.join("  ")
        ));
    }
    idle.dedup();
    if !idle.is_empty() {
        lines.push(format!("  constraint {}: not binding", idle.join(", ")));
    }
    lines
}

/// A value for each milestone year, three digits of it.
fn by_year(model: &Model, value: impl Fn(YearIx) -> f64) -> String {
    let years = model.time.years.iter_ix();
    in_years(&years.map(|(y, year)| (year.milestone, value(y))).collect::<Vec<_>>())
}

/// Values with their years, three digits of each; what is only rounding beside the largest of them
/// is zero.
fn in_years(values: &[(i32, f64)]) -> String {
    const ROUNDING: f64 = 1e-12;
    let largest = values.iter().map(|(_, value)| value.abs()).fold(0.0, f64::max);
    let shown = values.iter().map(|(year, value)| {
        let value = if value.abs() <= ROUNDING * largest { 0.0 } else { *value };
        format!("{year} {}", three_digits(value))
    });
    shown.collect::<Vec<_>>().join("  ")
}

fn in_brackets(unit: &str) -> String {
    if unit.is_empty() { String::new() } else { format!(" [{unit}]") }
}

/// A cost in millions: to the hundred thousand, three digits of what is less.
pub(crate) fn cost(millions: f64) -> String {
    if millions.abs() < 10.0 { three_digits(millions) } else { fixed(millions, 1) }
}

/// A number with three digits, or that there is no limit.
pub(crate) fn short(value: f64) -> String {
    if !value.is_finite() {
        return "no limit".to_owned();
    }
    let digits = 2 - value.abs().max(1e-9).log10().floor().clamp(-9.0, 2.0) as i32;
    let text = format!("{value:.*}", digits.clamp(0, 4) as usize);
    if text.trim_matches(['-', '0', '.']).is_empty() { "0".to_owned() } else { text }
}

/// Three digits of a number, and no fewer before the point than it has.
fn three_digits(value: f64) -> String {
    let size = value.abs();
    match size {
        99.95.. => fixed(value, 0),
        0.9995.. => fixed(value, 1),
        0.1.. => fixed(value, 3),
        1e-6.. => {
            let zeros = (1..6).take_while(|n| size * 10_f64.powi(*n) < 0.9995).count();
            fixed(value, zeros + 3)
        }
        _ if size > 0.0 => format!("{value:.2e}"),
        _ => "0.0".to_owned(),
    }
}

/// A number with so many decimals; what rounds to zero has no sign.
fn fixed(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    match text.strip_prefix('-') {
        Some(digits) if digits.chars().all(|digit| matches!(digit, '0' | '.')) => {
            digits.to_owned()
        }
        _ => text,
    }
}

/// What to tell whose cost has no end; `what` falls without limit.
pub(crate) fn unbounded(what: &str, named: &[String]) -> String {
    let mut text = format!("unbounded: {what} can fall without limit");
    list(&mut text, named);
    text
}

pub(super) fn list(text: &mut String, lines: &[String]) {
    const SHOWN: usize = 12;
    for line in lines.iter().take(SHOWN) {
        // writing to a string cannot fail
        let _ = write!(text, "\n    {line}");
    }
    if lines.len() > SHOWN {
        let _ = write!(text, "\n    and {} more: `--json` has them all", lines.len() - SHOWN);
    }
}

#[cfg(test)]
mod tests {
    use super::{fixed, in_years, three_digits};

    /// A cap of zero that is kept to the last digit of a sum of hundreds.
    #[test]
    fn rounding_beside_hundreds_is_zero() {
        assert_eq!(in_years(&[(2055, 48.3), (2060, -2.13e-14)]), "2055 48.3  2060 0.0");
        assert_eq!(in_years(&[(2055, 4.2e-11), (2060, 1e-12)]), "2055 4.20e-11  2060 1.00e-12");
    }

    #[test]
    fn three_digits_are_enough() {
        let shown = [342.4, 99.96, 99.94, 0.0975, 0.99951, -20.0, 0.0, 1e-9].map(three_digits);
        assert_eq!(shown, ["342", "100", "99.9", "0.0975", "1.0", "-20.0", "0.0", "1.00e-9"]);
        let small = [0.1234, 0.01234, 0.001234, 2.03125e-6, -4.2e-8].map(three_digits);
        assert_eq!(small, ["0.123", "0.0123", "0.00123", "0.00000203", "-4.20e-8"]);
    }

    #[test]
    fn what_rounds_to_zero_has_no_sign() {
        let shown = [-0.0, -0.04, -0.05001, 0.04, -12.0].map(|value| fixed(value, 1));
        assert_eq!(shown, ["0.0", "0.0", "-0.1", "0.0", "-12.0"]);
    }
}
