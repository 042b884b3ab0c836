//! Studies solved apart from us, said in our format: vintages, retrofits, constraints, growth and
//! decline. `STUDY` picks one by its name, such as `T29`.
//!
//! They lie beside the repository, in `../shared/oracles/studies`; where they do not, the test
//! says so and passes. Their TWh are our PJ, and so their USD/MWh our USD/GJ: all figures hold.

use kzleap_tests::by_hand::solved;
use kzleap_tests::outside::{close, oracles};
use kzleap_tests::{activity, capacity};
use serde_json::Value;

/// A case of a study as our model.
struct Case {
    study: &'static str,
    name: &'static str,
    model: String,
    /// What columns of theirs add up to.
    figures: &'static [Sum],
    /// What the objective is more than theirs, by the values of their columns: where our years count
    /// another number of times.
    more: &'static [(&'static str, f64)],
}

/// Columns of theirs, and a figure of a process of ours in a year by position.
type Sum = (&'static [&'static str], Figure, &'static str, usize);

#[derive(Clone, Copy)]
enum Figure {
    Activity,
    Built,
    Capacity,
}

/// Years without discounting, with a demand of electricity.
fn years(years: &str, end: i32, demand: &str) -> String {
    format!(
        "[time]\nyears = [{years}]\nhorizon_end = {end}\n[finance]\ndiscount_rate = 0.0\n\
         [commodities.electricity]\n[demands.electricity]\nland = {{ annual = {demand} }}\n"
    )
}

/// Fuel at 20. What is built in 2031 is paid one of its two years.
fn vintages(price: u32) -> String {
    years("2030, 2031", 2031, "{ 2030 = 10, 2031 = 11 }")
        + &format!(
            "[commodities.fuel]\ntier = \"annual\"\n[resources.fuel]\ncommodity = \"fuel\"\ncost = 20\n\
             [emissions.co2]\nprice = {price}\n\
             [processes.old]\ninput = \"fuel\"\noutput = \"electricity\"\nefficiency = 0.5\n\
             capacity = \"PJ/a\"\nresidual_capacity = {{ 2030 = 10, 2031 = 6, unit = \"PJ/a\" }}\n\
             emissions = {{ co2 = 800 }}\n\
             [processes.new]\noutputs = {{ electricity = 1 }}\ncapacity = \"PJ/a\"\nlife = 2\n\
             inputs = {{ fuel = {{ built = {{ 2030 = 1.2, 2031 = 1.0 }} }} }}\n\
             emissions = {{ co2 = {{ built = {{ 2030 = 500, 2031 = 400 }} }} }}\n\
             capital_cost = {{ 2030 = 60, 2031 = 64, unit = \"MUSD/(PJ/a)\" }}\n"
        )
}

const OF_VINTAGES: &[Sum] = &[
    (&["old_2030"], Figure::Activity, "old", 0),
    (&["old_2031"], Figure::Activity, "old", 1),
    (&["v30_2030"], Figure::Activity, "new", 0),
    (&["v30_2031", "v31_2031"], Figure::Activity, "new", 1),
    (&["new_2030"], Figure::Built, "new", 0),
    (&["new_2031"], Figure::Built, "new", 1),
];

fn retrofit(price: u32) -> String {
    years("2030, 2031", 2031, "10")
        + &format!(
            "[emissions.co2]\nprice = {price}\n\
             [processes.coal]\noutput = \"electricity\"\ncapacity = \"PJ/a\"\n\
             residual_capacity = {{ 2030 = 8, 2031 = 4, unit = \"PJ/a\" }}\nvariable_cost = 40\n\
             emissions = {{ co2 = 1000 }}\n\
             [processes.kept]\noutput = \"electricity\"\ncapacity = \"PJ/a\"\nvariable_cost = 50\n\
             emissions = {{ co2 = 100 }}\n\
             [processes.gas]\noutput = \"electricity\"\nvariable_cost = 90\n\
             [retrofits.capture]\nfrom = \"coal\"\nto = \"kept\"\nkept = 0.8\neconomic_life = 2\n\
             capital_cost = {{ value = 30, unit = \"MUSD/(PJ/a)\" }}\n"
        )
}

const OF_RETROFITS: &[Sum] = &[
    (&["coal_2030"], Figure::Activity, "coal", 0),
    (&["coal_2031"], Figure::Activity, "coal", 1),
    (&["kept_2030"], Figure::Activity, "kept", 0),
    (&["kept_2031"], Figure::Activity, "kept", 1),
    (&["gas_2030"], Figure::Activity, "gas", 0),
    (&["gas_2031"], Figure::Activity, "gas", 1),
];

/// Four plants of one year under a constraint.
fn constrained(constraint: &str) -> String {
    let plant = |(name, cost, most): (&str, u32, u32)| {
        format!(
            "[processes.{name}]\noutput = \"electricity\"\nvariable_cost = {cost}\n\
             max_activity = {{ value = {most}, unit = \"PJ\" }}\n"
        )
    };
    let plants = [("coal", 30, 10), ("gas", 55, 10), ("wind", 50, 6), ("solar", 65, 6)];
    years("2030", 2030, "10") + &plants.map(plant).concat() + constraint
}

/// A sum of activities with weights.
fn terms(weights: &[(&str, &str)]) -> String {
    let term = |(name, weight): &(&str, &str)| {
        format!(
            "terms.{name} = {{ quantity = \"activity\", processes = [\"{name}\"], weight = {weight} }}\n"
        )
    };
    weights.iter().map(term).collect()
}

fn few_coal(most: u32) -> String {
    format!("[constraints.few_coal]\nunit = \"PJ\"\nat_most = {most}\n")
        + &terms(&[("coal", "1")])
}

const OF_ONE_YEAR: &[Sum] = &[
    (&["coal"], Figure::Activity, "coal", 0),
    (&["gas"], Figure::Activity, "gas", 0),
    (&["wind"], Figure::Activity, "wind", 0),
    (&["solar"], Figure::Activity, "solar", 0),
];

fn constraints() -> Vec<(&'static str, String)> {
    let weights = ["0.9", "0.2", "0.05", "0.1"];
    // a GJ of ours is a MWh of theirs
    let weights = weights.map(|weight| format!("{{ value = {weight}, unit = \"m3/GJ\" }}"));
    let names = ["coal", "gas", "wind", "solar"];
    let weighted: Vec<(&str, &str)> =
        names.into_iter().zip(weights.iter().map(String::as_str)).collect();
    let water = "[constraints.water]\nunit = \"m3/a\"\nat_most = 3e6\n".to_owned();
    let backup = "[constraints.backup]\nat_least = 0.5\n".to_owned()
        + &terms(&[("gas", "1")])
        + "relative_to.weather = { quantity = \"activity\", processes = [\"wind\", \"solar\"] }\n";
    let two_to_one = "[constraints.two_to_one]\nunit = \"PJ\"\nequal = 0\n".to_owned()
        + &terms(&[("wind", "1"), ("solar", "-2")]);
    vec![
        ("water", constrained(&(water + &terms(&weighted)))),
        ("backup", constrained(&(backup + &few_coal(1)))),
        ("two_to_one", constrained(&(two_to_one + &few_coal(4)))),
    ]
}

/// Stocks that cost a sum each year, used or not.
fn stocks(of: &str, end: i32) -> String {
    years(of, end, "10")
        + "[processes.coal]\noutput = \"electricity\"\ncapacity = \"PJ/a\"\n\
           fixed_cost = { value = 40, unit = \"MUSD/(PJ/a)/a\" }\nearly_retirement = true\n\
           residual_capacity = { value = 9.5, unit = \"PJ/a\" }\n\
           [processes.wind]\noutput = \"electricity\"\ncapacity = \"PJ/a\"\nlife = 40\n\
           fixed_cost = { value = 20, unit = \"MUSD/(PJ/a)/a\" }\ncapital_cost = 0\n\
           [constraints.up]\nunit = \"PJ/a\"\nstart = 1\ngrowth = { rate = 0.2, seed = 1 }\n\
           terms.wind = { quantity = \"capacity\", processes = [\"wind\"] }\n\
           [constraints.down]\nunit = \"PJ/a\"\ndecline = { rate = 0.1 }\n\
           terms.coal = { quantity = \"capacity\", processes = [\"coal\"] }\n"
}

const OF_YEARS: &[Sum] = &[
    (&["coal_2030"], Figure::Capacity, "coal", 0),
    (&["coal_2031"], Figure::Capacity, "coal", 1),
    (&["coal_2032"], Figure::Capacity, "coal", 2),
    (&["wind_2030"], Figure::Capacity, "wind", 0),
    (&["wind_2031"], Figure::Capacity, "wind", 1),
    (&["wind_2032"], Figure::Capacity, "wind", 2),
];

const OF_FIVE_YEARS: &[Sum] = &[
    (&["coal_2030"], Figure::Capacity, "coal", 0),
    (&["coal_2035"], Figure::Capacity, "coal", 1),
    (&["wind_2030"], Figure::Capacity, "wind", 0),
    (&["wind_2035"], Figure::Capacity, "wind", 1),
];

/// 2030 is one year there, and with us a period of five.
const FOUR_YEARS_MORE: &[(&str, f64)] = &[("coal_2030", 4.0 * 40.0), ("wind_2030", 4.0 * 20.0)];

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    let mut add = |study, name, model, figures, more| {
        cases.push(Case { study, name, model, figures, more });
    };
    add("T29", "no_price", vintages(0), OF_VINTAGES, &[]);
    add("T29", "price_50", vintages(50), OF_VINTAGES, &[]);
    for (name, price) in [("price_0", 0), ("price_40", 40), ("price_60", 60)] {
        add("T30", name, retrofit(price), OF_RETROFITS, &[]);
    }
    for (name, model) in constraints() {
        add("T33", name, model, OF_ONE_YEAR, &[]);
    }
    add("T34", "yearly", stocks("2030, 2031, 2032", 2033), OF_YEARS, &[]);
    add("T34", "five_years", stocks("2030, 2035", 2039), OF_FIVE_YEARS, FOUR_YEARS_MORE);
    cases
}

#[test]
fn studies_agree_with_what_was_solved_apart_from_us() {
    let Some(folder) = oracles("studies") else { return };
    let text = std::fs::read_to_string(folder.join("oracles.json")).expect("it can be read");
    let all: Value = serde_json::from_str(&text).expect("it is JSON");
    let picked = std::env::var("STUDY").ok();
    for case in cases() {
        if picked.as_deref().is_some_and(|picked| picked != case.study) {
            continue;
        }
        let oracles = all["oracles"].as_array().expect("a list");
        let oracle = oracles.iter().find(|oracle| oracle["id"] == case.study);
        let expected = &oracle.expect("the study")["cases"][case.name]["expected"];
        compare(&case, expected);
    }
}

/// Holds our plan to the objective and the columns, of which some are one of many.
fn compare(case: &Case, expected: &Value) {
    let number = |value: &Value| value.as_f64().expect("a number");
    let column = |name: &str| number(&expected["columns"][name]);
    let (model, plan) = solved(&[&case.model]);
    let more: f64 = case.more.iter().map(|(name, times)| times * column(name)).sum();
    let wanted = number(&expected["objective"]) + more;
    let which = format!("{} {}", case.study, case.name);
    let found = plan.solution.objective;
    assert!(close(found, wanted), "{which}: it costs {found}, must be {wanted}");
    for (columns, figure, process, year) in case.figures {
        let found = match figure {
            Figure::Activity => activity(&model, &plan, process, "land", *year),
            Figure::Capacity => capacity(&model, &plan, process, *year).0,
            Figure::Built => capacity(&model, &plan, process, *year).1,
        };
        let range = |name: &&str| match expected["ranges"][*name].as_array() {
            Some(range) => (number(&range[0]), number(&range[1])),
            None => (column(name), column(name)),
        };
        let (low, high) = columns
            .iter()
            .map(range)
            .fold((0.0, 0.0), |(low, high), (from, to)| (low + from, high + to));
        let inside = (low..=high).contains(&found) || close(found, low) || close(found, high);
        assert!(inside, "{which}: {columns:?} {found}, must be {low} to {high}");
    }
}
