//! Studies solved apart from us, said in our format: vintages, retrofits, constraints, growth and
//! decline. `STUDY` picks one by its name, such as `T29`.
//!
//! They lie beside the repository, in `../shared/oracles/studies`; where they do not, the test
//! says so and passes. Their TWh are our PJ, and so their USD/MWh our USD/GJ: all figures hold.

use kzleap_study::model::YearIx;
use kzleap_tests::by_hand::{ONE_YEAR, read, solved};
use kzleap_tests::oracle::{Answer, Read, number, oracle};
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
    /// Rows and columns of theirs that have no counterpart.
    left_out: &'static [&'static str],
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
    let water = "[constraints.water]\nunit = \"million m3/a\"\n\
                 at_most = { value = 3e6, unit = \"m3/a\" }\n"
        .to_owned();
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
    let mut add = |study, name, model, figures, more, left_out| {
        cases.push(Case { study, name, model, figures, more, left_out });
    };
    add("T29", "no_price", vintages(0), OF_VINTAGES, &[], &["_size"][..]);
    add("T29", "price_50", vintages(50), OF_VINTAGES, &[], &["_size"]);
    for (name, price) in
        [("price_0", 0), ("price_40", 40), ("price_60", 60), ("price_240", 240)]
    {
        add("T30", name, retrofit(price), OF_RETROFITS, &[], &["_size", "retrofit_"]);
    }
    for (name, model) in constraints() {
        add("T33", name, model, OF_ONE_YEAR, &[], &[]);
    }
    let paces = &["up_", "down_", "d20"][..];
    add("T34", "yearly", stocks("2030, 2031, 2032", 2033), OF_YEARS, &[], paces);
    let model = stocks("2030, 2035", 2039);
    add("T34", "five_years", model, OF_FIVE_YEARS, FOUR_YEARS_MORE, paces);
    cases
}

#[test]
fn studies_agree_with_what_was_solved_apart_from_us() {
    let Some(folder) = oracles("studies") else { return };
    let picked = std::env::var("STUDY").ok();
    for case in cases() {
        if picked.as_deref().is_none_or(|picked| picked == case.study) {
            let expected = &oracle(&folder, case.study)["cases"][case.name]["expected"];
            compare(&case, expected);
        }
    }
}

/// Demand of three steps under a cap: prices, amounts and what is served, with all numbers theirs. We
/// count the worth that is forgone, they the worth that is served.
#[test]
fn demand_in_steps_agrees_with_what_was_solved_apart_from_us() {
    let Some(folder) = oracles("studies") else { return };
    let oracle = oracle(&folder, "T31");
    for (name, case) in oracle["cases"].as_object().expect("cases") {
        let (columns, rows) = (&case["lp"]["columns"], &case["lp"]["rows"]);
        let of = |column: &str, what: &str| number(&columns[column][what]);
        let (mut steps, mut wanted, mut worth) = (String::new(), 0.0, 0.0);
        for step in ["s1", "s2", "s3"] {
            let (amount, each) = (of(step, "upper"), -of(step, "cost"));
            steps += &format!("steps.{step} = {{ amount = {amount}, worth = {each} }}\n");
            (wanted, worth) = (wanted + amount, worth + amount * each);
        }
        let plants = ["coal", "gas"].map(|plant| {
            format!(
                "[processes.{plant}]\noutput = \"electricity\"\nvariable_cost = {}\n\
                 emissions = {{ co2 = {} }}\nmax_activity = {{ value = {}, unit = \"PJ\" }}\n",
                of(plant, "cost"),
                1000.0 * number(&rows["cap"]["terms"][plant]),
                of(plant, "upper")
            )
        });
        let text = format!(
            "{ONE_YEAR}[commodities.electricity]\n[demands.electricity.land]\n\
             annual = {wanted}\n{steps}[emissions.co2]\n{}[emission_caps.all]\n\
             emissions = {{ co2 = 1 }}\nlimit = {}\n",
            plants.concat(),
            number(&rows["cap"]["rhs"])
        );
        let (model, plan) = solved(&[&text]);
        let read = Read { model: &model, plan: &plan, rate: 0.0 };
        let own = ["coal", "gas"].map(|plant| (vec![plant.to_owned()], read.column(plant)));
        let steps = ["s1", "s2", "s3"].map(|step| (vec![step.to_owned()], read.served(step)));
        let answer = Answer {
            objective: read.objective() - worth,
            columns: own.into_iter().chain(steps).collect(),
            duals: vec![
                ("balance".to_owned(), read.demand("balance", "electricity")),
                ("cap".to_owned(), read.caps("cap")),
            ],
        };
        answer.agrees(&format!("T31 {name}"), &case["expected"], &[]);
    }
}

/// A curve is cut into their steps at their prices.
#[test]
fn a_curve_is_cut_as_they_cut_it() {
    let Some(folder) = oracles("studies") else { return };
    let oracle = oracle(&folder, "T32");
    for (name, procedure) in oracle["procedures"].as_object().expect("procedures") {
        let (data, expected) = (&procedure["data"], &procedure["expected"]);
        let prices = data["prices"].as_array().expect("prices").iter().map(number);
        let reference = number(&data["p0"]);
        let cuts: Vec<String> = prices.map(|price| format!("{}", price / reference)).collect();
        let model = read(&[
            ONE_YEAR,
            &format!(
                "[commodities.electricity]\n[demands.electricity.land]\nannual = {}\n\
                 elasticity = {}\nreference_price = {reference}\ncuts = [{}]\n\
                 [processes.any]\noutput = \"electricity\"\nvariable_cost = 1\n",
                number(&data["q0"]),
                number(&data["elasticity"]),
                cuts.join(", ")
            ),
        ]);
        let demand = &model.demands[0];
        let first = demand.firm_share(YearIx::new(0)) * demand.annual[0];
        assert!(close(first, number(&expected["first"])), "{name}: {first} are firm");
        let steps = expected["steps"].as_array().expect("steps");
        assert_eq!(demand.steps.len(), steps.len(), "{name}");
        for (own, wanted) in demand.steps.iter().zip(steps) {
            let width = own.share[0] * demand.annual[0];
            assert!(close(width, number(&wanted["width"])), "{name}: {width}, {wanted}");
            let height = own.worth[0];
            assert!(close(height, number(&wanted["height"])), "{name}: {height}, {wanted}");
        }
    }
}

/// Holds our plan to the objective and the columns.
fn compare(case: &Case, expected: &Value) {
    let (model, plan) = solved(&[&case.model]);
    let column = |name: &str| number(&expected["columns"][name]);
    let more: f64 = case.more.iter().map(|(name, times)| times * column(name)).sum();
    let mut answer = Answer { objective: plan.solution.objective - more, ..Answer::default() };
    for (columns, figure, process, year) in case.figures {
        let found = match figure {
            Figure::Activity => activity(&model, &plan, process, "land", *year),
            Figure::Capacity => capacity(&model, &plan, process, *year).0,
            Figure::Built => capacity(&model, &plan, process, *year).1,
        };
        answer.columns.push((columns.iter().map(|name| (*name).to_owned()).collect(), found));
    }
    let read = Read { model: &model, plan: &plan, rate: 0.0 };
    for row in ["duals", "dual_ranges"].map(|kind| expected[kind].as_object()) {
        for row in row.into_iter().flatten().map(|(row, _)| row) {
            if case.left_out.iter().any(|part| row.contains(part)) {
                continue;
            }
            let found = match row.strip_prefix("d20") {
                Some(year) => read.demand(&format!("d_20{year}"), "electricity"),
                None if row == "demand" => read.demand(row, "electricity"),
                None => read.constraint(row),
            };
            answer.duals.push((row.clone(), found));
        }
    }
    answer.agrees(&format!("{} {}", case.study, case.name), expected, case.left_out);
}
