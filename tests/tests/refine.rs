//! Periods chosen again by what the hours show: a plan that misses a lull sees it the next time.
//!
//! A load of 1 GW in every hour. There are 2 GW of wind, which blows in all hours but 100 in a row, from
//! the 1001st. Gas costs 500 USD/kW over 20 years without interest and 50 USD/MWh. The best plan has
//! 1 GW of gas, which runs in the calm hours: 25 + 5 = 30 MUSD a year.

use std::fmt::Write as _;
use std::fs;

use kzleap_study::{Given, Held, Outcome, RunSpec, solve_and_hold};
use kzleap_tests::assert_close;

const MODEL: &str = r#"
format = 2
name = "calm"
currency = "USD2025"
[time]
years = [2030]
[hourly.weather]
file = "hours.csv"
[finance]
discount_rate = 0
[regions.home]
[commodities.power]
kind = "electricity"
[processes.wind]
output = "power"
capacity = "GW"
residual_capacity = { value = 2, unit = "GW" }
availability = "wind"
[processes.gas]
output = "power"
capacity = "GW"
capital_cost = { value = 500, unit = "USD/kW" }
life = 20
variable_cost = { value = 50, unit = "USD/MWh" }
MOST
[demands.power]
home = { annual = { value = 8.76, unit = "TWh" }, profile = "flat" }
"#;

/// The run of two slices; `most` is what is said of how much gas there may be.
fn refined(most: &str) -> Held {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        fs::write(folder.path().join(name), text).expect("written");
    };
    write("model.toml", &MODEL.replace("MOST", most));
    let mut hours = "hour,wind\n".to_owned();
    for hour in 0..8760 {
        writeln!(hours, "{hour},{}", i32::from(!(1000..1100).contains(&hour))).expect("a text");
    }
    write("hours.csv", &hours);
    let mut spec = RunSpec { model: folder.path().to_owned(), ..RunSpec::default() };
    spec.resolution.slices = Some(2);
    spec.check_hours = Some(Vec::new());
    spec.refine = true;
    let given = Given::open(&spec);
    let read = given.read(&spec);
    solve_and_hold(&given, read, &spec, &Default::default()).expect("demand may go unserved")
}

/// With two slices the lull is lost in a mean: nothing is built, the plan costs nothing, and 100 GWh
/// go unserved at 10,000 USD/MWh. Of the three days that are calm all day the first, the 43rd of the
/// year, is kept. With it as one of two slices the gas is built, though the plan sees 24 of its 100
/// hours: it costs 25 + 1.2 MUSD, and once it is operated what the best plan costs.
#[test]
fn a_lull_that_a_plan_misses_is_kept() {
    let held = refined("");
    let periods = held.read.resolution.periods.as_ref().expect("hours in fewer slices");
    let kind = periods.calendar[42];
    let days: Vec<usize> = (0..365).filter(|day| periods.calendar[*day] == kind).collect();
    assert_eq!(days, [42]);
    let [first, second] = held.rounds[..] else { panic!("{:?}", held.rounds) };
    assert!(!first.holds && second.holds);
    assert_eq!((first.slices, second.slices), (2, 2));
    assert_close("first plan", first.planned, 0.0);
    assert_close("first plan, operated", first.operated, 1000.0);
    assert_close("second plan", second.planned, 26.2);
    assert_close("second plan, operated", second.operated, 30.0);
    let Outcome::Plan(plan) = &held.outcome else { panic!("no plan") };
    assert_close("its cost", plan.solution.objective, 26.2);
    assert!(held.hours.iter().all(|year| year.holds(1e-4)));
}

/// If no more than 0.4 GW of gas may be built, no plan with the day kept serves it: the plan of the
/// first round is given, and it does not hold.
#[test]
fn where_no_plan_can_hold_the_best_is_given() {
    let held = refined("max_capacity = { value = 0.4, unit = \"GW\" }");
    assert_eq!(held.rounds.len(), 1, "{:?}", held.rounds);
    assert!(!held.rounds[0].holds);
    assert!(matches!(held.outcome, Outcome::Plan(_)));
}
