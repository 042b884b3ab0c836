//! Situations of other people's bug reports, each a small model with the answer it must have
//! (`CASE` picks some by the beginning of their name).
//!
//! They stand beside the repository, in `../shared/oracles/cases`; where they do not, the test
//! says so and passes.

use std::collections::BTreeSet;
use std::path::Path;

use kzleap_study::optimise;
use kzleap_study::solver::SolveError;
use kzleap_tests::outside::{close, migrated, oracles};
use serde_json::Value;

/// What cases say with the nearest there was when they were written, and what is meant.
const MEANT: &[(&str, &str, &str)] = &[
    ("a25", "minimum_load", "annual_minimum_load"),
    (
        "a26",
        "capital_cost = { formula = \"6000 USD/kW * idc\", source = \"overnight and interest\" }",
        "capital_cost = { value = 6000, unit = \"USD/kW\" }\nspending = { 3 = 0.5, 1 = 0.5 }",
    ),
    (
        "a29",
        "[storages.flexible_load]\ncommodity = \"electricity\"\ncycle = \"day\"\n\
         residual_capacity = 1\navailability = \"shiftable\"\nenergy_residual_capacity = 100\n\
         [demands.electricity]\nland = { annual = 8.76, profile = \"load\" }",
        "[demands.electricity]\nland = { annual = 8.76, profile = \"load\", \
         shift = { share = 0.2, cycle = \"day\" } }",
    ),
    (
        "a31",
        "efficiency = { 2025 = 0.4, 2040 = 0.6 }",
        "efficiency = { built = { 2025 = 0.4, 2039 = 0.4, 2040 = 0.6 } }",
    ),
    (
        "a39",
        "[capacity_limits.land]\nprocesses = [\"wind\", \"solar\"]\nmax = 5",
        "[constraints.land]\nunit = \"Mm2\"\nat_most = 1000\n\
         terms.wind = { quantity = \"capacity\", processes = [\"wind\"], weight = { value = 0.2, \
         unit = \"Mm2/MW\" } }\nterms.solar = { quantity = \"capacity\", processes = \
         [\"solar\"], weight = { value = 0.025, unit = \"Mm2/MW\" } }",
    ),
    ("b09", "cycle = \"year\"", "cycle = \"week\""),
];

/// Scenarios that were only wishes when the cases were written: each has the cost of the way around.
const WISHES: &[(&str, &str, &str)] = &[("b11", "wish", "second-gas")];

/// Present value of 1 a year, in the middle of each year.
fn middle(rate: f64, first: i32, last: i32, base: i32) -> f64 {
    (first..=last).map(|year| (1.0 + rate).powf(-(f64::from(year - base) + 0.5))).sum()
}

/// The payment in the middle of each of `years` that is worth 1 at their start.
fn payment(rate: f64, years: i32) -> f64 {
    rate / (1.0 - (1.0 + rate).powi(-years)) / (1.0 + rate).sqrt()
}

/// The cost of a case with interest on what is built.
///
/// Their `expected.json` has payments for the ends of years, discounted from their middle; these
/// are the statements of their `derive.py` with payments that are in the middle, as ours.
fn calculated_anew(case: &str, scenario: &str) -> Option<f64> {
    let r = 0.05;
    let (p, m) = (payment, middle);
    Some(match (case, scenario) {
        // each vintage pays its own annuity in its years within the horizon
        ("a01", "base") => {
            1000.0 * p(r, 20) * m(r, 2025, 2044, 2025)
                + 1500.0 * p(r, 20) * m(r, 2035, 2044, 2025)
        }
        // 4.38 GW of PV from 2025 on serve the days, the grid the nights
        ("a04", "base") => {
            (4.38 * 100.0 + 4.38 * 500.0 * p(0.001, 20)) * m(0.001, 2025, 2049, 2025)
        }
        // 10 payments, 25 years of fixed cost
        ("a05", "base") => {
            1000.0 * p(0.08, 10) * m(r, 2025, 2034, 2025) + 50.0 * m(r, 2025, 2049, 2025)
        }
        // 1.25 GW once, 12 GWh twice
        ("a06", "base") => {
            let energy = 100.0 * m(r, 2025, 2034, 2025) + 60.0 * m(r, 2035, 2044, 2025);
            1.25 * 200.0 * p(r, 20) * m(r, 2025, 2044, 2025) + 12.0 * p(r, 10) * energy
        }
        // shares alive two fifths of a period: 1, 0.6, 0.76 GW
        ("a07", "base") => {
            let built = [(1.0, 2025, 2031), (0.6, 2030, 2036), (0.76, 2035, 2039)];
            let paid = built.map(|(gw, first, last)| gw * m(r, first, last, 2025));
            1000.0 * p(r, 7) * paid.iter().sum::<f64>()
        }
        // 1 GW in 2025, 2032, 2039
        ("a07", "annual") => {
            let built = [(2025, 2031), (2032, 2038), (2039, 2039)];
            let paid = built.map(|(first, last)| m(r, first, last, 2025));
            1000.0 * p(r, 7) * paid.iter().sum::<f64>()
        }
        // half of it 3 years, half 1 year before service; at equal rates what it is worth then
        ("a26", "base") => 6000.0 * (0.5 * 1.07_f64.powi(3) + 0.5 * 1.07),
        // 1 GW, then another
        ("a30", _) => {
            let paid = m(r, 2030, 2049, 2030) + m(r, 2040, 2049, 2030);
            1000.0 * p(r, 25) * paid
                + 8.76 * 30.0 * m(r, 2030, 2039, 2030)
                + 17.52 * 30.0 * m(r, 2040, 2049, 2030)
        }
        // 1000 at 15 % is less a year than 1900 at 6 %; both discounted at 3 %
        ("a32", "base") => 1000.0 * p(0.15, 20) * m(0.03, 2025, 2064, 2025),
        // coal leaves in 2035; its annuities stay
        ("a35", "base") => {
            (40.0 + 0.5 * 8.76 * (20.0 + 16.0)) * m(r, 2030, 2034, 2030)
                + 0.5 * 100.0 * p(r, 20) * m(r, 2030, 2049, 2030)
                + 8.76 * 30.0 * m(r, 2035, 2054, 2030)
        }
        // 0.2 GW of peakers
        ("b01", "base") => (17.52 * 50.0 + 0.2 * 400.0 * p(r, 25)) * 1.05_f64.powf(-0.5),
        // boilers of 8760 / 4920 GW
        ("b07", "follow") => {
            (8.76 * 52.0 + 8760.0 / 4920.0 * 100.0 * p(r, 18)) * 1.05_f64.powf(-0.5)
        }
        _ => return None,
    })
}

#[test]
fn situations_of_public_reports_have_the_right_answer() {
    let Some(folder) = oracles("cases") else { return };
    let text = std::fs::read_to_string(folder.join("expected.json")).expect("it can be read");
    let all: Value = serde_json::from_str(&text).expect("it is JSON");
    let picked = std::env::var("CASE").unwrap_or_default();
    let (mut right, mut wrong) = (BTreeSet::new(), BTreeSet::new());
    for (case, scenarios) in all.as_object().expect("cases") {
        let short = case.split('_').next().unwrap_or(case);
        if !case.starts_with(&picked) {
            continue;
        }
        right.insert(short);
        let model = migrated(&folder.join(case));
        let model = model.path().join("model");
        say_what_is_meant(short, &model.join("model.toml"));
        let written = scenarios.as_object().expect("scenarios").iter();
        let wishes = WISHES.iter().filter(|(of, ..)| *of == short);
        let wishes = wishes.map(|(_, wish, around)| (*wish, &scenarios[*around]));
        for (scenario, wanted) in
            written.map(|(name, wanted)| (name.as_str(), wanted)).chain(wishes)
        {
            let anew = calculated_anew(short, scenario);
            if let Err(found) = run(&model, scenario, wanted, anew) {
                println!("{case} {scenario}: {found}");
                wrong.insert(short);
            }
        }
    }
    assert!(wrong.is_empty(), "not as they must be: {wrong:?}");
    assert!(!picked.is_empty() || right.len() > 45, "only {} cases", right.len());
}

/// Puts what is meant in place of the nearest there was.
fn say_what_is_meant(case: &str, file: &Path) {
    for (_, nearest, meant) in MEANT.iter().filter(|(of, ..)| *of == case) {
        let text = std::fs::read_to_string(file).expect("it can be read");
        assert!(text.contains(nearest), "{case} does not say {nearest}");
        std::fs::write(file, text.replace(nearest, meant)).expect("it can be written");
    }
}

/// Runs a scenario; what is found instead of what must be.
fn run(model: &Path, scenario: &str, wanted: &Value, anew: Option<f64>) -> Result<(), String> {
    let scenario = (scenario != "base").then_some(scenario);
    let input = kzleap_study::input::read(model, scenario);
    let mut said: String =
        input.diagnostics.iter().map(|finding| format!("{} ", finding.code)).collect();
    let found = match &input.model {
        None => Err(3),
        Some(model) => match optimise(model, &Default::default(), Default::default()) {
            Ok(plan) if plan.certified() => Ok(plan.solution.objective),
            Ok(_) => Err(7),
            Err(SolveError::Infeasible) => {
                if wanted["says"].is_array() {
                    said += &smallest_repair(model);
                }
                Err(4)
            }
            Err(SolveError::Unbounded) => Err(5),
            Err(error) => return Err(error.to_string()),
        },
    };
    let as_wanted = match (found, wanted["cost"].as_f64(), wanted["exit"].as_i64()) {
        (Ok(cost), Some(wanted), _) => close(cost, anew.unwrap_or(wanted)),
        (Err(code), None, Some(wanted)) => code == wanted,
        _ => false,
    };
    let words = wanted["says"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let missing: Vec<&str> = words.filter(|word| !said.contains(word)).collect();
    if as_wanted && missing.is_empty() {
        return Ok(());
    }
    let anew = anew.map_or_else(String::new, |cost| format!(", cost {cost}"));
    Err(format!("{found:?} (a cost, or an exit code), must be {wanted}{anew}; said {said}"))
}

/// The smallest repair in the words of the command.
fn smallest_repair(model: &kzleap_study::model::Model) -> String {
    let explanation = kzleap_study::explain(model, Default::default()).expect("a repair");
    let steps = explanation.repairs.first().into_iter().flatten();
    steps.fold("smallest repair:".to_owned(), |text, step| text + "\n    " + &step.text())
}
