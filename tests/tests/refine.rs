//! Periods chosen again by what the hours show: a plan that misses a lull sees it the next time.
//!
//! A load of 1 GW in every hour. There are 2 GW of wind, which blows in all hours but 100 in a row, from
//! the 1001st. Gas costs 500 USD/kW over 20 years without interest and 1 USD/MWh. The best plan has
//! 1 GW of gas, which runs in the calm hours: 25 + 0.1 = 25.1 MUSD a year.

use std::fmt::Write as _;
use std::fs;

use kzleap_study::model::policy::CapWindow;
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
variable_cost = { value = 1, unit = "USD/MWh" }
MORE
[demands.power]
home = { annual = { value = 8.76, unit = "TWh" }, profile = "flat" }
"#;

/// The run of two slices; `more` is what else is said, of gas first.
fn refined(more: &str) -> (RunSpec, Held) {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        fs::write(folder.path().join(name), text).expect("written");
    };
    write("model.toml", &MODEL.replace("MORE", more));
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
    let held = solve_and_hold(&given, read, &spec, &Default::default());
    let held = held.expect("demand may go unserved");
    let again = given.read(&held.spec);
    let slices =
        |read: &kzleap_study::Read| format!("{:?}", read.model.as_ref().map(|m| &m.time));
    assert_eq!(slices(&again), slices(&held.read), "the run is not described by its spec");
    (spec, held)
}

/// With two slices the lull is lost in a mean: nothing is built, the plan costs nothing, and 100 GWh
/// go unserved at 10,000 USD/MWh. Of the three days that are calm all day the first, the 43rd of the
/// year, is kept. With it as one of two slices the gas is built, though the plan sees 24 of its 100
/// hours: it costs 25 + 0.024 MUSD, and once it is operated what the best plan costs.
#[test]
fn a_lull_that_a_plan_misses_is_kept() {
    let (_, held) = refined("");
    let periods = held.read.resolution.periods.as_ref().expect("hours in fewer slices");
    let kind = periods.calendar[42];
    let days: Vec<usize> = (0..365).filter(|day| periods.calendar[*day] == kind).collect();
    assert_eq!(days, [42]);
    let [first, second] = held.rounds[..] else { panic!("{:?}", held.rounds) };
    assert!(!first.holds && second.holds);
    assert_eq!((first.slices, second.slices), (2, 2));
    assert_close("first plan", first.planned, 0.0);
    assert_close("first plan, operated", first.operated, 1000.0);
    assert_close("second plan", second.planned, 25.024);
    assert_close("second plan, operated", second.operated, 25.1);
    let Outcome::Plan(plan) = &held.outcome else { panic!("no plan") };
    assert_close("its cost", plan.solution.objective, 25.024);
    assert!(held.hours.iter().all(|year| year.holds(1e-4)));
}

/// If no more than 0.4 GW of gas may be built, no plan with the day kept serves it: the plan of the
/// first round is given, and it does not hold.
#[test]
fn where_no_plan_can_hold_the_best_is_given() {
    let (_, held) = refined("max_capacity = { value = 0.4, unit = \"GW\" }");
    assert_eq!(held.rounds.len(), 1, "{:?}", held.rounds);
    assert!(!held.rounds[0].holds);
    assert!(matches!(held.outcome, Outcome::Plan(_)));
}

/// 0.5 GW of old gas at 0.4 t/MWh and 0.5 USD/MWh, and a cap of 10 kt. The new plant is clean. The first plan sees
/// no calm hour and builds nothing: in 100 hours 50 GWh of old gas emit 20 kt, 10 above the cap, and 50 GWh go
/// unserved. The cap is planned 10 kt lower: at nothing, and a calm day is kept, so that 1 GW of the clean
/// plant is built for it. In the hours old gas makes the 25 GWh that the cap allows, the new plant 75
/// GWh: 25 + 0.0125 + 0.075 MUSD.
#[test]
fn caps_are_planned_lower_by_what_the_hours_were_above_them() {
    let (_, held) = refined(
        r#"[processes.old]
output = "power"
capacity = "GW"
residual_capacity = { value = 0.5, unit = "GW" }
variable_cost = { value = 0.5, unit = "USD/MWh" }
emissions = { co2 = { value = 0.4, unit = "t/MWh" } }
[emissions.co2]
gas = "co2"
[emission_caps.of_old]
emissions = { co2 = 1 }
limit = { value = 10, unit = "kt" }
"#,
    );
    let [first, second] = held.rounds[..] else { panic!("{:?}", held.rounds) };
    assert!(!first.holds && second.holds);
    assert_close("second plan", second.planned, 25.024);
    assert_close("second plan, operated", second.operated, 25.0875);
    assert_close("cap planned lower", held.spec.below_caps["of_old"][&2030], 0.010);
    let said = held.read.input.defaults.iter().find(|one| one.path.contains("of_old"));
    assert!(said.is_some_and(|one| one.value.contains("planned lower by 0.010")));
    // the hours are held to the cap as it is
    let cap = &held.hours[0].caps[0];
    assert_close("limit", cap.limit, 0.010);
    assert_close("emitted", cap.emitted, 0.010);
}

/// Old gas may emit 10 kt, and a plan of few slices stays 4 below. On all hours the cap is what it is.
#[test]
fn a_model_may_say_how_far_below_a_cap_it_is_planned() {
    let cap = |more: &str| {
        format!(
            r#"[processes.old]
output = "power"
capacity = "GW"
residual_capacity = {{ value = 0.5, unit = "GW" }}
variable_cost = {{ value = 0.5, unit = "USD/MWh" }}
emissions = {{ co2 = {{ value = 0.4, unit = "t/MWh" }} }}
[emissions.co2]
gas = "co2"
[emission_caps.of_old]
emissions = {{ co2 = 1 }}
{more}
planned_below = {{ value = 4, unit = "kt" }}
"#
        )
    };
    let folder = tempfile::tempdir().expect("a folder");
    let limits = |more: &str, slices: usize| {
        let write = |name: &str, text: &str| {
            fs::write(folder.path().join(name), text).expect("written");
        };
        write("model.toml", &MODEL.replace("MORE", &cap(more)));
        let hours: String = (0..8760).map(|hour| format!("{hour},{}\n", hour % 2)).collect();
        write("hours.csv", &format!("hour,wind\n{hours}"));
        let mut spec = RunSpec { model: folder.path().to_owned(), ..RunSpec::default() };
        spec.resolution.slices = Some(slices);
        let read = Given::open(&spec).read(&spec);
        let model = read.model.ok_or_else(|| format!("{:?}", read.input.diagnostics))?;
        match &model.emission_caps.iter().next().expect("a cap").window {
            // with what was taken off, which the screen says beside the cap
            CapWindow::EachYear(limits) => {
                let below = model.time.cutting.below_caps.get("of_old");
                Ok((limits[0].expect("a cap"), below.and_then(|by_year| by_year[0])))
            }
            CapWindow::Budget { .. } => Err("a budget".to_owned()),
        }
    };
    let limit = "limit = { value = 10, unit = \"kt\" }";
    let (planned, below) = limits(limit, 4).expect("read");
    assert_close("planned", planned, 0.006);
    assert_close("below", below.expect("it is said"), 0.004);
    let (by_the_hour, below) = limits(limit, 8760).expect("read");
    assert_close("by the hour", by_the_hour, 0.010);
    assert_eq!(below, None);
    let refused = limits("budget = { value = 10, unit = \"kt\" }", 4).expect_err("refused");
    assert!(refused.contains("`planned_below` goes with `limit`"), "{refused}");
}
