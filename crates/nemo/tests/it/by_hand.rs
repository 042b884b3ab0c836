//! A scenario whose optimum is worked out by hand.
//!
//! One GW (31.536 PJ a year) is needed in 2020 and two in 2022; both years are calculated, and
//! 2021 lies half-way between them. Nothing is discounted; salvage falls in a straight line over
//! ten years, and the scenario ends with 2022.
//!
//! - Building 1 GW for 2020 costs 100, of which 7 of 10 years are left at the end: 30. Building
//!   the second for 2022 costs 100, of which 9 of 10 are left: 10.
//! - Keeping: 3 in 2020, 3 · 1.5 in 2021, 3 · 2 in 2022: 13.5.
//! - Running: 2 · (31.536 + 47.304 + 63.072) = 283.824.
//!
//! Together 337.324: 30 + 3 + 63.072 = 96.072 for 2020, the rest for the interval of 2022.

use kzleap_nemo::{NemoOptions, check_writable, read, write_results};

use crate::scenario::Scenario;
use crate::solving::solve;

const TOTAL: f64 = 337.324;

fn solved(scenario: &Scenario, calcyears: &[&[i32]], vars: &[&str]) -> f64 {
    let options = NemoOptions {
        calcyears: calcyears.iter().map(|group| group.to_vec()).collect(),
        vars: vars.iter().map(|&name| name.to_owned()).collect(),
        ..NemoOptions::default()
    };
    let reading = read(&scenario.path);
    let findings: Vec<_> = reading.diagnostics.iter().map(|d| d.message.clone()).collect();
    let data = reading.data.unwrap_or_else(|| panic!("{findings:?}"));
    let outcome = solve(&data, &options).unwrap();
    check_writable(&scenario.path).unwrap();
    let unknown = write_results(&scenario.path, &data, &outcome, &options).unwrap();
    assert!(unknown.is_empty(), "{unknown:?}");
    outcome.total_discounted_cost()
}

fn assert_close(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-6, "{found}, expected {expected}");
}

#[test]
fn the_years_between_are_paid_for() {
    let scenario = Scenario::with_plant();
    assert_close(solved(&scenario, &[&[2020, 2022]], &[]), TOTAL);
    assert_close(
        scenario.value("select val from vtotaldiscountedcost where r = 'here' and y = '2020'"),
        96.072,
    );
    assert_close(
        scenario.value("select val from vtotaldiscountedcost where y = '2022'"),
        TOTAL - 96.072,
    );
    assert_close(
        scenario.value("select val from vnewcapacity where t = 'plant' and y = '2022'"),
        1.0,
    );
    assert_close(
        scenario.value(
            "select val from vproductionbytechnologyannual where f = 'power' and y = '2022'",
        ),
        63.072,
    );
    // zeros are left out, and the moment of solving is there
    assert_close(scenario.value("select count(*) from vusenn"), 0.0);
    assert_close(
        scenario.value("select count(*) from vnewcapacity where length(solvedtm) = 23"),
        2.0,
    );
}

#[test]
fn groups_of_years_hand_on_what_they_leave() {
    // neither year would be planned otherwise if it knew of the other
    let scenario = Scenario::with_plant();
    assert_close(solved(&scenario, &[&[2020], &[2022]], &[]), TOTAL);
    assert_close(scenario.value("select sum(val) from vnewcapacity"), 2.0);
}

#[test]
fn the_price_is_that_of_one_unit_more() {
    // one PJ more in 2022 counts half in 2021: it costs 2 · 1.5 to run, and needs 1 / 31.536 GW,
    // which costs 10 to build and 3 · 1.5 to keep; a yearly MUSD weighs 1.5 in all
    let scenario = Scenario::with_plant();
    solved(&scenario, &[&[2020, 2022]], &["vfuelprice", "vfuelpriceannualreceived"]);
    let expected = (3.0 + (10.0 + 4.5) / 31.536) / 1.5;
    for variable in ["vfuelprice", "vfuelpriceannualreceived"] {
        let sql = format!("select val from {variable} where y = '2022'");
        assert_close(scenario.value(&sql), expected);
    }
}

#[test]
fn results_of_an_earlier_run_are_replaced() {
    let scenario = Scenario::with_plant();
    solved(&scenario, &[&[2020, 2022]], &["vnewcapacity", "vtrade"]);
    solved(&scenario, &[&[2020, 2022]], &["vtotalcapacityannual"]);
    assert_close(
        scenario.value(
            "select count(*) from sqlite_master where name in ('vnewcapacity', 'vtrade')",
        ),
        0.0,
    );
    assert_close(scenario.value("select sum(val) from vtotalcapacityannual"), 3.0);
}

#[test]
fn prices_below_zero_do_not_make_costs_below_zero() {
    // every PJ would earn 1, but the year's running cost stays at zero: nothing may run
    let scenario = Scenario::with_plant();
    scenario.execute("update VariableCost set val = -1");
    let data = read(&scenario.path).data.unwrap();
    let outcome = solve(&data, &NemoOptions::default());
    assert!(outcome.is_err(), "there is demand, and nothing may run");
}
