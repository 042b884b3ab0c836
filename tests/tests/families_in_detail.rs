//! What in a family of rows the other models solved by hand leave open. Each was found by
//! changing the builder of the program and seeing no test fail.

use kzleap_accounts::Accounts;
use kzleap_accounts::costs::CostKind;
use kzleap_tests::by_hand::{DEMAND, ONE_YEAR, TWO_DECADES, plant, solved};
use kzleap_tests::{activity, assert_close, capacity};

const DAY: &str = "[time]\nyears = [2030]\n[time.blocks]\nnight = 12\nday = 12\n[finance]\n\
     discount_rate = 0.0\n[commodities.electricity]\n[demands.electricity]\n\
     land = { annual = 31.536, profile = \"flat\" }\n[processes.solar]\n\
     output = \"electricity\"\ncapacity = \"GW\"\nresidual_capacity = 4\nvariable_cost = 1\n\
     availability = { night = 0, day = 1 }\n";

/// A battery for the night of 12 GWh; 8 hours of its power.
fn battery(more: &str) -> String {
    format!(
        "[storages.battery]\ncommodity = \"electricity\"\ncharge_efficiency = 0.8\n\
         discharge_efficiency = 1\ncycle = \"day\"\nhours = 8\ncapital_cost = 10\nlife = 10\n{more}\n"
    )
}

/// A fifth of the battery stays full: 12 / 0.8 / 8 GW hold the 12 GWh of the night.
#[test]
fn a_minimum_level() {
    let (model, plan) = solved(&[DAY, &battery("minimum_level = 0.2")]);
    assert_close("battery", capacity(&model, &plan, "battery", 0).1, 1.875);
    assert_close("solar", activity(&model, &plan, "solar", "land", 0), 15.768 * (1.0 + 1.25));
}

/// Its `hours` are those of all it holds: of 8 hours with a fifth kept in it 6.4 can be used, so
/// 12 / 6.4 GW give the 12 GWh of the night. A tenth is lost on the way out, which its content is
/// larger by: 15.768 / 0.9 PJ are taken out, and those / 0.8 charged.
#[test]
fn hours_count_what_the_minimum_level_keeps() {
    let lossy = battery("minimum_level = 0.2")
        .replace("discharge_efficiency = 1\n", "discharge_efficiency = 0.9\n");
    let (model, plan) = solved(&[DAY, &lossy]);
    assert_close("battery", capacity(&model, &plan, "battery", 0).1, 12.0 / 6.4);
    let charged = 15.768 / 0.9 / 0.8;
    assert_close("solar", activity(&model, &plan, "solar", "land", 0), 15.768 + charged);
}

/// What a battery loses while it waits must be charged on top of what comes out of it.
#[test]
fn self_discharge() {
    let (model, plan) = solved(&[DAY, &battery("self_discharge = 0.01")]);
    let charged = activity(&model, &plan, "solar", "land", 0) - 15.768;
    assert!(0.8 * charged > 1.05 * 15.768, "{charged} PJ charged for 15.768 PJ");
}

/// The cheap region cannot send against the one way of the line. (A second commodity, so that the
/// balances of two regions and two commodities are distinguished.)
#[test]
fn a_link_one_way() {
    let two = "[regions.sea]\n[commodities.electricity]\n[commodities.water]\n[demands.electricity]\n\
               land = { annual = 10 }\nsea = { annual = 10 }\n[processes.plant]\n\
               output = \"electricity\"\ncapacity = \"GW\"\nresidual_capacity = 2\n\
               variable_cost = { land = 5, sea = 1 }\n[links.line]\nfrom = \"land\"\n\
               to = \"sea\"\ncommodity = \"electricity\"\ncapacity = \"GW\"\n\
               residual_capacity = 1\n";
    let (_, both) = solved(&[ONE_YEAR, two]);
    assert_close("cost, both ways", both.solution.objective, 20.0);
    let (_, one) = solved(&[ONE_YEAR, two, "two_way = false\n"]);
    assert_close("cost, one way", one.solution.objective, 60.0);
}

/// 2 GW are needed in 2030, 0.5 in 2040, 1 in 2050; 1 GW exists until 2049 and 1 is built. In
/// 2040 no more than the old GW is retired: the new one is more expensive to build again (100 / 30 a
/// year) than to keep (1 a year), and it cannot be put away in the name of the old one.
#[test]
fn no_more_is_retired_than_there_is() {
    let time = "[time]\nyears = [2030, 2040, 2050]\nhorizon_end = 2059\n[finance]\n\
                discount_rate = 0.0\n[commodities.electricity]\n[demands.electricity]\nland = { \
                annual = { 2030 = 63.072, 2039 = 63.072, 2040 = 15.768, 2049 = 15.768, 2050 = 31.536 } }\n";
    let plant = "[processes.plant]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
                 residual_capacity = { 2030 = 1, 2049 = 1, 2050 = 0 }\ncapital_cost = 100\n\
                 fixed_cost = 1\nlife = 30\nearly_retirement = true\n";
    let (model, plan) = solved(&[time, plant]);
    assert_close("in service in 2040", capacity(&model, &plan, "plant", 1).0, 1.0);
    assert_close(
        "cost",
        plan.solution.objective,
        30.0 * 100.0 / 30.0 + 10.0 * (2.0 + 1.0 + 1.0),
    );
}

/// What must be built is in service from its first period, though nobody needs it and keeping it
/// costs.
#[test]
fn nothing_is_retired_in_the_year_it_is_built() {
    let idle = "[processes.idle]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
                capital_cost = 10\nfixed_cost = 4\nlife = 10\nvariable_cost = 9\n\
                early_retirement = true\n\
                min_new_capacity = { value = 0.5, unit = \"GW\" }\n";
    let (model, plan) = solved(&[ONE_YEAR, DEMAND, &plant("old", 1.0, 1.0, ""), idle]);
    assert_close("in service", capacity(&model, &plan, "idle", 0).0, 0.5);
    assert_close("cost", plan.solution.objective, 31.536 + 0.5 * (1.0 + 4.0));
}

/// Coal power at 1 and 0.1 Mt/PJ, clean power at 3, 10 PJ a year, at most 0.5 Mt: half of each, and
/// 20 USD/t in both decades, in the money of each. With a price of 10 USD/t beside the cap, 0.5 Mt
/// cost 5 MUSD a year, and the cap is worth the other 10 USD/t.
#[test]
fn a_cap_and_a_price_over_the_years() {
    let power = "[commodities.electricity]\n[demands.electricity]\nland = { annual = 10 }\n\
                 [emissions.co2]\nprice = 10\n[emission_caps.land]\nemissions = { co2 = 1 }\n\
                 limit = 0.5\n";
    let coal = plant("coal", 1.0, 1.0, "emissions = { co2 = 100 }");
    let (model, plan) = solved(&[TWO_DECADES, power, &coal, &plant("clean", 1.0, 3.0, "")]);
    let accounts = Accounts::new(&model, &plan.solution);
    let amounts = |kind| -> Vec<f64> {
        let costs = accounts.costs().iter();
        costs.filter(|cost| cost.kind == kind).map(|cost| cost.amount).collect()
    };
    let (priced, variable) = (amounts(CostKind::EmissionPrice), amounts(CostKind::Variable));
    assert_eq!((priced.len(), variable.len()), (2, 4), "a row for each owner and year");
    for year in 0..2 {
        assert_close("price", plan.solution.emission_price[0][year], 10.0);
        assert_close("paid for emissions", priced[year], 5.0);
        assert_close("paid for coal power", variable[year], 5.0);
        assert_close("paid for clean power", variable[2 + year], 15.0);
    }
}

/// A GW of wind costs 10000 MUSD over ten years, 1000 a year, gas 788.4 a year. The fund pays 4000
/// a GW and has 1000 a year: a quarter of a GW is built, at 6000 a GW, of which a tenth is paid in
/// the one year.
#[test]
fn what_is_paid_for_building() {
    let wind = "[processes.wind]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
                capital_cost = 10000\nlife = 10\n[subsidies.fund]\nprocesses = [\"wind\"]\n\
                rate = { value = 4000, unit = \"USD/kW\" }\n\
                annual_budget = { value = 1000, unit = \"MUSD/a\" }\n";
    let (model, plan) = solved(&[ONE_YEAR, DEMAND, &plant("gas", 1.0, 25.0, ""), wind]);
    let accounts = Accounts::new(&model, &plan.solution);
    let costs = accounts.costs().iter();
    let of = |kind| costs.clone().filter(move |cost| cost.kind == kind);
    // a quarter of a GW takes the whole fund; the investment is reported whoever pays it
    let built = |kind| of(kind).map(|cost| cost.amount).sum::<f64>();
    assert_close("overnight", built(CostKind::Investment), 0.25 * 10_000.0);
    assert_close("from the fund", built(CostKind::Subsidy), -0.25 * 4000.0);
    let paid = |kind| of(kind).map(|cost| cost.present_value).sum::<f64>();
    assert_close("paid", paid(CostKind::Investment), 0.25 * 1000.0);
    assert_close("less", paid(CostKind::Subsidy), -0.25 * 400.0);
}
