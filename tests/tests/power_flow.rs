//! A ring of three regions whose lines obey voltage angles, solved by hand.
//!
//! Power is cheap in the west (10 USD/GJ) and expensive in the east (30), where 1.2 GW are needed all
//! year. All three lines have a reactance of 0.1, so two thirds of what the west sends to the
//! east take the line between them, which carries 0.4 GW; one third goes round by the north.

use kzleap_study::Plan;
use kzleap_study::model::Model;
use kzleap_tests::{activity, assert_close, price, solve};

/// PJ that 1 GW makes in a year.
const GW_YEAR: f64 = 31.536;

/// The ring, with the reactance of its lines and what else there is.
fn ring(reactance: &str, more: &str) -> (Model, Plan) {
    let line = |from: &str, to: &str, gw: f64| {
        format!(
            "[links.{from}_{to}]\nfrom = \"{from}\"\nto = \"{to}\"\n\
             commodity = \"electricity\"\ncapacity = \"GW\"\nresidual_capacity = {gw}\n{reactance}\n"
        )
    };
    let text = [
        r#"
format = 2
name = "ring"
currency = "USD2022"
[units]
variable_cost = "USD/GJ"
capital_cost = "USD/kW"
residual_capacity = "GW"
unit_size = "GW"
annual = "PJ"
[time]
years = [2030]
[finance]
discount_rate = 0.0
[regions.west]
[regions.north]
[regions.east]
[commodities.electricity]
[demands.electricity]
east = { annual = 37.8432 }
[processes.plant]
regions = ["west", "east"]
output = "electricity"
capacity = "GW"
residual_capacity = 2
variable_cost = { west = 10, east = 30 }
"#
        .to_owned(),
        line("west", "east", 0.4),
        line("west", "north", 1.0),
        line("north", "east", 1.0),
        more.to_owned(),
    ]
    .concat();
    let folder = tempfile::tempdir().expect("a folder can be made");
    std::fs::write(folder.path().join("model.toml"), text).expect("it can be written");
    let input = kzleap_study::input::read(folder.path(), None);
    for finding in &input.diagnostics {
        println!("{}\n", kzleap_study::diagnostics::render(finding, &input.sources));
    }
    let model = input.model.expect("the model has no errors");
    let plan = solve(&model);
    (model, plan)
}

fn made(model: &Model, plan: &Plan) -> (f64, f64) {
    let of = |region| activity(model, plan, "plant", region, 0) / GW_YEAR;
    (of("west"), of("east"))
}

#[test]
fn power_takes_every_way_there_is() {
    let (model, plan) = ring("reactance = 0.1", "");
    let (west, east) = made(&model, &plan);
    assert_close("west", west, 0.6);
    assert_close("east", east, 0.6);
    // one GJ more in the north: of the 0.4 GW that are full it takes a third, which frees half of
    // what a GJ from the west would take
    for (region, expected) in [("west", 10.0), ("north", 20.0), ("east", 30.0)] {
        assert_close(region, price(&model, &plan, "electricity", region, 0, 0), expected);
    }
}

#[test]
fn without_reactance_power_goes_where_it_is_sent() {
    let (model, plan) = ring("", "");
    assert_close("west", made(&model, &plan).0, 1.2);
}

#[test]
fn a_second_line_is_built_whole_and_shares_the_power() {
    // beside the first it takes 0.4 of what the west sends, as that does: 1 GW comes through
    let (model, plan) = ring(
        "reactance = 0.1",
        r#"
[links.second]
from = "east"
to = "west"
commodity = "electricity"
capacity = "GW"
capital_cost = 100
life = 1
unit_size = 0.4
reactance = 0.1
"#,
    );
    let (west, east) = made(&model, &plan);
    assert_close("west", west, 1.0);
    assert_close("east", east, 0.2);
    assert_close("cost", plan.solution.objective, GW_YEAR * (10.0 + 0.2 * 30.0) + 0.4 * 100.0);
}

#[test]
fn a_second_line_that_does_not_pay_binds_nothing() {
    let (model, plan) = ring(
        "reactance = 0.1",
        r#"
[links.second]
from = "west"
to = "east"
commodity = "electricity"
capacity = "GW"
capital_cost = 10000
life = 1
unit_size = 0.4
reactance = 0.1
"#,
    );
    assert_close("west", made(&model, &plan).0, 0.6);
}
