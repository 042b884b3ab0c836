//! Nobody is paid for making what is thrown away: models solved by hand. 1 GW is needed all year.

use kzleap_tests::by_hand::{DEMAND, GW_YEAR, ONE_YEAR, plant, solved};
use kzleap_tests::{activity, assert_close};

fn cost(parts: &[&str]) -> f64 {
    solved(parts).1.solution.objective
}

/// Abroad pays 1 a PJ for taking up to 2 GW of power: 1 GW can be used. A plant that must run is
/// spilled instead, and a line to a place that needs nothing brings nothing more.
#[test]
fn imports_at_a_price_below_zero() {
    let import = plant("import", 2.0, -1.0, "");
    assert_close("cost", cost(&[ONE_YEAR, DEMAND, &import]), -GW_YEAR);
    let nuclear = plant("nuclear", 0.5, 0.0, "minimum_load = 1");
    assert_close("cost", cost(&[ONE_YEAR, DEMAND, &import, &nuclear]), -GW_YEAR);
    let sea = "[regions.sea]\ndomestic = false\n[links.line]\nfrom = \"land\"\nto = \"sea\"\n\
               commodity = \"electricity\"\ncapacity = \"GW\"\nresidual_capacity = 3\n";
    assert_close("cost", cost(&[ONE_YEAR, DEMAND, &import, sea]), -GW_YEAR);
}

/// Coal power costs 1 and emits 0.1 Mt a PJ, of which 1 Mt is allowed: 10 PJ. Growing wood takes
/// up what burning it gives off, 2 PJ of wood at 0.5 each make a PJ of power for another 2. Wood
/// that is grown and left lying would let all power be made of coal.
#[test]
fn growth_counts_as_far_as_it_is_burnt() {
    let coal = plant("coal", 2.0, 1.0, "emissions = { co2 = 100 }");
    let wood = "[emissions.co2]\n[emission_caps.land]\nemissions = { co2 = 1 }\nlimit = 1\n\
                [processes.growth]\noutput = \"wood\"\nvariable_cost = 0.5\n\
                emissions = { co2 = -100 }\n";
    let by_hand = 10.0 * 1.0 + (GW_YEAR - 10.0) * 3.0;
    let burnt = "[commodities.wood]\nemissions = { co2 = 100 }\n[processes.wood_plant]\n\
                 input = \"wood\"\noutput = \"electricity\"\nefficiency = 0.5\nvariable_cost = 2\n";
    assert_close("cost", cost(&[ONE_YEAR, DEMAND, &coal, wood, burnt]), by_hand);
    // nor may pellets be made and left lying
    let pellets = burnt
        .replace("[commodities.wood]", "[commodities.wood]\n[commodities.pellets]")
        .replace("input = \"wood\"", "input = \"pellets\"")
        + "[processes.mill]\ninput = \"wood\"\noutput = \"pellets\"\nefficiency = 1\n";
    assert_close("cost", cost(&[ONE_YEAR, DEMAND, &coal, wood, &pellets]), by_hand);
}

/// Each PJ of power at 1 and 2 PJ of coal at 0.5 catches 0.18 Mt of CO2, and the store takes 0.9
/// Mt a year: 5 PJ. What is caught is not let go; the rest is clean power at 10.
#[test]
fn what_is_captured_must_be_stored() {
    let model = "[emissions.co2]\ngas = \"co2\"\nprice = 1\n[commodities.coal]\nemissions = { co2 = 100 }\n\
                 [commodities.caught]\nunit = \"Mt\"\n[resources.mine]\ncommodity = \"coal\"\n\
                 cost = 0.5\n[processes.capturing]\ncapture = 0.9\nvariable_cost = 1\n\
                 inputs = { coal = 2 }\n\
                 outputs = { electricity = 1, caught = { value = 180, unit = \"kt/PJ\" } }\n\
                 [processes.store]\ninput = \"caught\"\nactivity_of = \"input\"\n\
                 max_activity = { value = 0.9, unit = \"Mt/a\" }\n";
    let (model, plan) = solved(&[ONE_YEAR, DEMAND, model, &plant("clean", 1.0, 10.0, "")]);
    assert_close("power with capture", activity(&model, &plan, "capturing", "land", 0), 5.0);
    let emitted = 5.0 * 0.02;
    let by_hand = 5.0 * 2.0 + (GW_YEAR - 5.0) * 10.0 + emitted;
    assert_close("cost", plan.solution.objective, by_hand);
}

/// What nothing uses only counts what is done: 2 Mt taken from the air at 60 where 150 are paid.
#[test]
fn an_output_that_only_counts() {
    let removal = "[emissions.co2]\nprice = 150\n[commodities.removal]\nunit = \"Mt\"\n\
                   [processes.air]\noutput = \"removal\"\n\
                   variable_cost = { value = 60, unit = \"USD/t\" }\n\
                   emissions = { co2 = { value = -1, unit = \"t/t\" } }\n\
                   max_activity = { value = 2, unit = \"Mt/a\" }\n";
    let by_hand = GW_YEAR - 2.0 * (150.0 - 60.0);
    assert_close(
        "cost",
        cost(&[ONE_YEAR, DEMAND, &plant("old", 1.0, 1.0, ""), removal]),
        by_hand,
    );
}

/// By night 3 GW of wind are free, by day gas makes the power; half of all power may be wind. No
/// more is sent into the grid than the users behind it take.
#[test]
fn a_share_is_not_met_behind_the_grid() {
    let time = "[time]\nyears = [2030]\n[time.blocks]\nnight = 12\nday = 12\n[finance]\n\
                discount_rate = 0.0\n";
    let behind = "[commodities.electricity]\n[commodities.final]\n[demands.final]\n\
                  land = { annual = 31.536, profile = \"flat\" }\n[processes.grid]\n\
                  input = \"electricity\"\noutput = \"final\"\nefficiency = 1\n";
    let wind = plant("wind", 3.0, 0.0, "availability = { night = 1, day = 0 }");
    let gas = plant("gas", 2.0, 10.0, "");
    // what is bought for 100 a PJ makes up for what wind cannot do: 0.1 of 1 GW-year
    let solar = "[processes.solar]\noutput = \"electricity\"\nvariable_cost = 100\n";
    let rule = "[shares.rule]\ncommodity = \"electricity\"\nprocesses = [\"wind\", \"solar\"]\n\
                at_least = 0.6\n";
    let by_hand = GW_YEAR * (0.4 * 10.0 + 0.1 * 100.0);
    assert_close("cost", cost(&[time, behind, &wind, &gas, solar, rule]), by_hand);
}
