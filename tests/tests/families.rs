//! One model for each family of rows that the textbook models do not bind, solved by hand.
//!
//! One region, mostly one slice. Costs are in MUSD/PJ, so that a price is read off directly;
//! without discounting unless a test says so.

use kzleap_accounts::Accounts;
use kzleap_accounts::costs::CostKind;
use kzleap_study::Plan;
use kzleap_study::model::Model;
use kzleap_tests::by_hand::{
    DEMAND, GW_YEAR, ONE_YEAR, TWO_DECADES, plant, power_price, solved,
};
use kzleap_tests::{activity, assert_close, capacity, price};

/// The cheap plant of 2 GW may run a quarter of the year: half a GW-year; the expensive one does the
/// rest and sets the price.
#[test]
fn annual_availability() {
    let cheap = plant("cheap", 2.0, 1.0, "annual_availability = 0.25");
    let (model, plan) = solved(&[ONE_YEAR, DEMAND, &cheap, &plant("expensive", 2.0, 3.0, "")]);
    assert_close("cost", plan.solution.objective, GW_YEAR / 2.0 * (1.0 + 3.0));
    assert_close("price", power_price(&model, &plan, 0), 3.0);
}

/// The expensive plant of 1 GW must run at 30% at least, the cheap one does the rest.
#[test]
fn minimum_load() {
    let expensive = plant("expensive", 1.0, 5.0, "minimum_load = 0.3");
    let (model, plan) = solved(&[ONE_YEAR, DEMAND, &expensive, &plant("cheap", 2.0, 1.0, "")]);
    assert_close("cost", plan.solution.objective, GW_YEAR * (0.3 * 5.0 + 0.7));
    assert_close("price", power_price(&model, &plan, 0), 1.0);
}

/// 1 GW of sun makes 0.6 GW by day; a nuclear plant that the plan builds serves the night of 1 GW
/// and must run at 80% over the year, so at 0.6 GW by day, where 0.4 would do: 100 MUSD a year for
/// 3000 USD/kW over 30 years, and 0.8 GW-years at 2 MUSD/PJ. In each slice it may be below 80%.
#[test]
fn annual_minimum_load() {
    let day = "[time]\nyears = [2030]\n[time.blocks]\nnight = 12\nday = 12\n[finance]\n\
               discount_rate = 0.0\n";
    let sun = plant("sun", 1.0, 0.0, "availability = { night = 0, day = 0.6 }");
    let nuclear = "[processes.nuclear]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
                   capital_cost = 3000\nlife = 30\nvariable_cost = 2\n";
    let (_, free) = solved(&[day, DEMAND, &sun, nuclear]);
    assert_close("without it", free.solution.objective, 100.0 + 0.7 * GW_YEAR * 2.0);
    let (model, plan) = solved(&[day, DEMAND, &sun, nuclear, "annual_minimum_load = 0.8\n"]);
    assert_close("cost", plan.solution.objective, 100.0 + 0.8 * GW_YEAR * 2.0);
    assert_close("built", capacity(&model, &plan, "nuclear", 0).1, 1.0);
    assert_close("used", activity(&model, &plan, "nuclear", "land", 0), 0.8 * GW_YEAR);
}

/// Night needs 0.2 GW, day 1 GW, 12 hours each. 5% of 1 GW an hour is 0.6 GW over the 12 hours
/// between the centres, so the night runs at 0.4 GW and wastes half: (0.4 + 1) / 2 GW-years.
#[test]
fn ramp() {
    let day = "[time]\nyears = [2030]\n[time.blocks]\nnight = 12\nday = 12\n[finance]\n\
               discount_rate = 0.0\n[commodities.electricity]\n[demands.electricity]\n\
               land = { annual = 18.9216, profile = \"load\" }\n[profiles.load]\nnight = 0.2\n\
               day = 1.0\n";
    let (model, plan) =
        solved(&[day, &plant("slow", 1.0, 1.0, "ramp = 0.05"), &plant("fast", 1.0, 10.0, "")]);
    assert_close("cost", plan.solution.objective, 0.7 * GW_YEAR);
    assert_close("fast", activity(&model, &plan, "fast", "land", 0), 0.0);
}

/// A margin of 20% over the peak of 1 GW: 0.2 GW of the cheapest firm capacity, 100 USD/kW over
/// ten years without interest, that is 10 MUSD a year and GW, which is the price of capacity.
#[test]
fn reserve_margin() {
    let peaker = "[processes.peaker]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
                  capital_cost = 100\nvariable_cost = 9\nlife = 10\n[reserve_margins.land]\n\
                  commodity = \"electricity\"\nmargin = 0.2\npeak = 1\n";
    let (model, plan) = solved(&[ONE_YEAR, DEMAND, &plant("old", 1.0, 1.0, ""), peaker]);
    assert_close("cost", plan.solution.objective, GW_YEAR + 0.2 * 10.0);
    assert_close("built", capacity(&model, &plan, "peaker", 0).1, 0.2);
    assert_close("price of capacity", plan.solution.reserve_price[0][(0, 0)], 10.0);
}

/// A quarter must be wind at 4, the rest is coal at 1; one more unit of demand brings a quarter
/// more wind: 1.75.
#[test]
fn share() {
    let rule = "[shares.wind]\ncommodity = \"electricity\"\nprocesses = [\"wind\"]\n\
                at_least = { 2030 = 0.25 }\n";
    let (wind, coal) = (plant("wind", 2.0, 4.0, ""), plant("coal", 2.0, 1.0, ""));
    let (model, plan) = solved(&[ONE_YEAR, DEMAND, &wind, &coal, rule]);
    assert_close("cost", plan.solution.objective, GW_YEAR * 1.75);
    assert_close("price", power_price(&model, &plan, 0), 1.75);
}

/// Two plants together may have half a GW of the cheap kind in service, though 1 GW may be built.
#[test]
fn capacity_limit() {
    let cheap = "[processes.cheap]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
                 capital_cost = 10\nlife = 10\n[capacity_limits.cheap]\nprocesses = [\"cheap\"]\n\
                 max = 0.5\n";
    let (model, plan) = solved(&[ONE_YEAR, DEMAND, cheap, &plant("expensive", 1.0, 2.0, "")]);
    // 10 / 10 MUSD a year and GW
    assert_close("cost", plan.solution.objective, 0.5 * 1.0 + GW_YEAR / 2.0 * 2.0);
    assert_close("in service", capacity(&model, &plan, "cheap", 0).0, 0.5);
}

/// Of two plants the expensive one must make 5 PJ a year at least, and half a GW of a kind that nobody
/// needs must be built: 10 / 10 MUSD a year and GW.
#[test]
fn minima() {
    let rules = "[activity_limits.expensive]\nprocesses = [\"expensive\"]\n\
                 min = { value = 5, unit = \"PJ/a\" }\n[capacity_limits.idle]\n\
                 processes = [\"idle\"]\nmin = { value = 0.5, unit = \"GW\" }\n\
                 [processes.idle]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
                 capital_cost = 10\nlife = 10\nvariable_cost = 9\n";
    let (cheap, expensive) = (plant("cheap", 1.0, 1.0, ""), plant("expensive", 1.0, 3.0, ""));
    let (model, plan) = solved(&[ONE_YEAR, DEMAND, &cheap, &expensive, rules]);
    assert_close("expensive", activity(&model, &plan, "expensive", "land", 0), 5.0);
    assert_close("idle", capacity(&model, &plan, "idle", 0).0, 0.5);
    assert_close("cost", plan.solution.objective, GW_YEAR - 5.0 + 5.0 * 3.0 + 0.5);
}

/// 2 GW cost 10 MUSD a year and GW to keep, 1 GW is needed: the other is retired.
#[test]
fn early_retirement() {
    let old = plant("old", 2.0, 0.0, "fixed_cost = 10\nearly_retirement = true");
    let (model, plan) = solved(&[ONE_YEAR, DEMAND, &old]);
    assert_close("cost", plan.solution.objective, 10.0);
    assert_close("kept", capacity(&model, &plan, "old", 0).0, 1.0);
    assert_close("retired", plan.solution.early_retirement[(0, 0)], 1.0);
}

/// Periods 2025-2029 and 2030-2039, a life of ten years: what is built for 2025 stands for half of
/// the second period, so half a GW is built for 2030. Each is paid over its ten years, 10 MUSD a
/// year and GW: 100 + 50.
#[test]
fn a_life_that_ends_within_a_period() {
    let time =
        "[time]\nyears = [2025, 2030]\nhorizon_end = 2039\n[finance]\ndiscount_rate = 0.0\n";
    let plant = "[processes.plant]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
                 capital_cost = 100\nlife = 10\n";
    let (model, plan) = solved(&[time, DEMAND, plant]);
    assert_close("cost", plan.solution.objective, 150.0);
    assert_close("built in 2030", capacity(&model, &plan, "plant", 1).1, 0.5);
    assert_close("in service in 2030", capacity(&model, &plan, "plant", 1).0, 1.0);
}

/// Periods of 2, 3 and 5 years; building may always be 0.1 GW a year, and grow by 10% a year:
/// 0.1, then 1.1² · 0.1 + 0.1 = 0.221, then 1.1³ · 0.221 + 0.1 = 0.394151 GW a year.
#[test]
fn growth_limit() {
    let time = "[time]\nyears = [2030, 2032, 2035]\nhorizon_end = 2039\n[finance]\n\
                discount_rate = 0.0\n[commodities.electricity]\n[demands.electricity]\n\
                land = { annual = 315.36 }\n";
    let new = "[processes.new]\noutput = \"electricity\"\ncapacity = \"GW\"\ncapital_cost = 1\n\
               life = 50\ngrowth = { rate = 0.1, seed = { value = 0.1, unit = \"GW/a\" } }\n";
    let (model, plan) = solved(&[time, new, &plant("old", 10.0, 5.0, "")]);
    for (year, expected) in [0.1 * 2.0, 0.221 * 3.0, 0.394_151 * 5.0].into_iter().enumerate() {
        assert_close("built", capacity(&model, &plan, "new", year).1, expected);
    }
}

/// 150 PJ of gas at 1, after that a backstop at 3; 10 PJ a year for twenty years. What is saved
/// early is worth more, so the first decade takes 100 PJ and the second 50. The rent is the same
/// in present value everywhere: 2 in the second decade, 2 · 1.05^-10 in the first.
#[test]
fn a_reserve_over_the_horizon() {
    let gas = "[commodities.gas]\ntier = \"annual\"\n[demands.gas]\nland = { annual = 10 }\n\
               [resources.well]\ncommodity = \"gas\"\nsteps.1 = { cost = 1, reserve = 150 }\n\
               [resources.backstop]\ncommodity = \"gas\"\nsteps.1 = { cost = 3 }\n";
    let (model, plan) = solved(&[TWO_DECADES, gas]);
    assert_close("first decade", activity(&model, &plan, "well.1", "land", 0), 10.0);
    assert_close("second decade", activity(&model, &plan, "well.1", "land", 1), 5.0);
    let gas_price = |year| price(&model, &plan, "gas", "land", 0, year);
    assert_close("price, second decade", gas_price(1), 3.0);
    assert_close("price, first decade", gas_price(0), 1.0 + 2.0 * 1.05_f64.powi(-10));
}

const COAL: &str = "[commodities.coal]\ntier = \"annual\"\n\
     emissions = { co2 = { value = 100, unit = \"kt/PJ\" } }\n[resources.mine]\n\
     commodity = \"coal\"\nsteps.1.cost = 1\n[emissions.co2]\ngas = \"co2\"\n";

/// A coal plant of efficiency 1 (0.1 Mt/PJ at a cost of 1) and a clean one at 3; 10 PJ are needed.
fn coal_or_clean(time: &str, policy: &str, capture: &str) -> (Model, Plan) {
    let plants = format!(
        "[commodities.electricity]\n[demands.electricity]\nland = {{ annual = 10 }}\n\
         [processes.coal_plant]\ninputs = {{ coal = 1.0 }}\noutputs = {{ electricity = 0.5 }}\n\
         {capture}\n"
    );
    let plants = plants.replace(
        "inputs = { coal = 1.0 }\noutputs = { electricity = 0.5 }",
        "inputs = { coal = 2.0 }\noutputs = { electricity = 1 }\ncapacity = \"GW\"\nresidual_capacity = 1",
    );
    solved(&[time, COAL, &plants, &plant("clean", 1.0, 6.0, ""), policy])
}

/// Coal power burns 2 PJ of coal a PJ: cost 2, 0.2 Mt. The cap of 2 Mt holds 1.5 Mt from outside,
/// so 0.5 Mt are left: 2.5 PJ of coal power, 7.5 PJ of clean power at 6. One Mt is worth
/// (6 - 2) / 0.2 = 20 USD/t.
#[test]
fn exogenous_emissions_count_under_a_cap() {
    let cap = "[emission_caps.land]\nemissions = { co2 = 1 }\nlimit = { 2030 = 2 }\n";
    let outside = "[emissions.co2.exogenous]\nland = 1.5\n";
    let (_, plan) = coal_or_clean(ONE_YEAR, &format!("{outside}{cap}"), "");
    assert_close("cost", plan.solution.objective, 2.5 * 2.0 + 7.5 * 6.0);
    assert_close("price", plan.solution.emission_price[0][0], 20.0);
    assert_close("emissions", plan.solution.emissions[(0, 0, 0)], 2.0);
}

/// A price of 10 USD/t makes coal power cost 2 + 2 = 4, still below 6; what comes from outside is
/// not priced. At 30 USD/t clean power is cheaper.
#[test]
fn a_price_on_emissions() {
    let policy = |price: f64| {
        format!(
            "[emissions.co2.exogenous]\nland = 1.5\n[emissions.co2.price]\nland = {price}\n"
        )
    };
    let (_, cheap) = coal_or_clean(ONE_YEAR, &policy(10.0), "");
    assert_close("cost at 10", cheap.solution.objective, 40.0);
    let (_, expensive) = coal_or_clean(ONE_YEAR, &policy(30.0), "");
    assert_close("cost at 30", expensive.solution.objective, 60.0);
    // over the years, the price is discounted like what it is paid beside
    let (_, free) = coal_or_clean(TWO_DECADES, "", "");
    let (_, priced) = coal_or_clean(TWO_DECADES, &policy(10.0), "");
    assert_close("cost", priced.solution.objective, 2.0 * free.solution.objective);
}

/// Capturing 90% leaves 0.02 Mt a PJ.
#[test]
fn capture() {
    let (_, plan) = coal_or_clean(ONE_YEAR, "", "capture = 0.9");
    assert_close("emissions", plan.solution.emissions[(0, 0, 0)], 10.0 * 0.02);
}

/// Coal bears 2 kt of sulphur dioxide a PJ, of which a scrubber leaves a twentieth; CO2 stays as it is.
#[test]
fn removal_of_another_gas() {
    let coal = COAL.replace(
        "100, unit = \"kt/PJ\" }",
        "100, unit = \"kt/PJ\" }, so2 = { value = 2, unit = \"kt/PJ\" }",
    );
    let plant = "[emissions.so2]\ngas = \"so2\"\n[commodities.electricity]\n\
                 [demands.electricity]\nland = { annual = 10 }\n[processes.coal_plant]\n\
                 inputs = { coal = 2 }\noutputs = { electricity = 1 }\nremoval = { so2 = 0.95 }\n";
    let (_, plan) = solved(&[ONE_YEAR, &coal, plant]);
    assert_close("CO2", plan.solution.emissions[(0, 0, 0)], 2.0);
    assert_close("SO2", plan.solution.emissions[(1, 0, 0)], 20.0 * 0.002 * 0.05);
    // one of two ways of running has the scrubber off, for a price: nobody pays for it
    let modes = "modes.on = { inputs = { coal = 2 }, outputs = { electricity = 1 }, \
                 removal = { so2 = 0.95 }, variable_cost = 1 }\n\
                 modes.off = { inputs = { coal = 2 }, outputs = { electricity = 1 } }\n";
    let plant = plant.split("inputs").next().expect("its head").to_owned() + modes;
    let (_, plan) = solved(&[ONE_YEAR, &coal, &plant]);
    assert_close("SO2", plan.solution.emissions[(1, 0, 0)], 20.0 * 0.002);
}

/// Twenty years of coal power would emit 40 Mt; the budget is 30. The 10 Mt are saved late, as
/// that costs less in present value: 5 PJ a year in the second decade. A tonne is worth 20 USD
/// then, and 20 · 1.05^-10 in the first decade: the price grows with the discount rate.
#[test]
fn a_budget_over_the_years() {
    let budget =
        "[emission_caps.land]\nemissions = { co2 = 1 }\nbudget = 30\nfrom = 2030\nto = 2049\n";
    let (model, plan) = coal_or_clean(TWO_DECADES, budget, "");
    assert_close("clean power", activity(&model, &plan, "clean", "land", 1), 5.0);
    assert_close("price, second decade", plan.solution.emission_price[0][1], 20.0);
    let first = plan.solution.emission_price[0][0];
    assert_close("price, first decade", first, 20.0 * 1.05_f64.powi(-10));
}

/// Half of the demand finds no plant and goes unserved at 5.
#[test]
fn unserved_demand() {
    let demand =
        DEMAND.replace("electricity]\n[demands", "electricity]\nunserved_cost = 5\n[demands");
    let (model, plan) = solved(&[ONE_YEAR, &demand, &plant("old", 0.5, 1.0, "")]);
    assert_close("cost", plan.solution.objective, GW_YEAR / 2.0 * (1.0 + 5.0));
    assert_close("price", power_price(&model, &plan, 0), 5.0);
}

/// Each PJ of power from the back-pressure plant brings 2 PJ of heat. Where heat must be used, 10
/// PJ of heat allow 5 PJ of such power; where it may be thrown away, all 20 PJ come from it.
#[test]
fn an_exact_balance() {
    let model = |balance: &str| {
        format!(
            "[commodities.electricity]\n[commodities.heat]\nbalance = \"{balance}\"\n\
             [demands.electricity]\nland = {{ annual = 20 }}\n[demands.heat]\n\
             land = {{ annual = 10 }}\n[processes.chp]\noutputs = {{ electricity = 1, heat = 2 }}\n\
             capacity = \"GW\"\nresidual_capacity = 1\nvariable_cost = 1\n"
        )
    };
    let other = plant("other", 1.0, 5.0, "");
    let (_, exact) = solved(&[ONE_YEAR, &model("exact"), &other]);
    assert_close("cost", exact.solution.objective, 5.0 * 1.0 + 15.0 * 5.0);
    let (_, surplus) = solved(&[ONE_YEAR, &model("surplus"), &other]);
    assert_close("cost", surplus.solution.objective, 20.0);
}

/// A plant of life 40 may be in service to 2039 and not after. What is built for 2025 would still
/// stand in 2040 and cannot be retired early, so nothing may be built at all: the backup at 2
/// serves both periods. Where it may be retired early it is built (20 / 40 MUSD a year and GW) for
/// the first fifteen years and paid to the end of the horizon, and the backup serves the last ten.
#[test]
fn a_limit_of_zero_in_a_later_year() {
    let time =
        "[time]\nyears = [2025, 2040]\nhorizon_end = 2049\n[finance]\ndiscount_rate = 0.0\n";
    let plant = |early: bool| {
        format!(
            "[processes.plant]\noutput = \"electricity\"\ncapacity = \"GW\"\ncapital_cost = 20\n\
             life = 40\nearly_retirement = {early}\nmax_capacity = {{ 2025 = 2, 2039 = 2, 2040 = 0 }}\n\
             [processes.backup]\noutput = \"electricity\"\nvariable_cost = 2\n"
        )
    };
    let (model, plan) = solved(&[time, DEMAND, &plant(false)]);
    assert_close("built", capacity(&model, &plan, "plant", 0).1, 0.0);
    assert_close("cost", plan.solution.objective, 25.0 * GW_YEAR * 2.0);
    let (model, plan) = solved(&[time, DEMAND, &plant(true)]);
    assert_close("built", capacity(&model, &plan, "plant", 0).1, 1.0);
    let k = model.capacities.position(|k| k.name == "plant").expect("there is a plant");
    assert_close("retired", plan.solution.early_retirement[(k.get(), 1)], 1.0);
    assert_close("cost", plan.solution.objective, 25.0 * 0.5 + 10.0 * GW_YEAR * 2.0);
}

#[test]
fn a_subsidy_with_a_budget() {
    // gas costs 25 · 31.536 = 788.4 a GW and year, wind 1000, with the subsidy 600; each GW of
    // wind costs the fund 400, so its 100 a year make 0.25 GW
    let (model, plan) = solved(&[
        ONE_YEAR,
        DEMAND,
        &plant("gas", 1.0, 25.0, ""),
        "[processes.wind]\noutput = \"electricity\"\ncapacity = \"GW\"\ncapital_cost = 1000\nlife = 1\n\
         [subsidies.fund]\nprocesses = [\"wind\"]\nrate = { value = 400, unit = \"USD/kW\" }\n\
         annual_budget = { value = 100, unit = \"MUSD/a\" }\n",
    ]);
    assert_close("wind", capacity(&model, &plan, "wind", 0).1, 0.25);
    assert_close("taken", plan.solution.subsidy[(0, 0)], 100.0);
    assert_close("cost", plan.solution.objective, 0.25 * 600.0 + 0.75 * 788.4);
    let accounts = Accounts::new(&model, &plan.solution);
    let paid = |kind| -> f64 {
        let of_kind = accounts.costs().iter().filter(|cost| cost.kind == kind);
        of_kind.map(|cost| cost.amount).sum()
    };
    assert_close("paid for wind", paid(CostKind::Investment), 0.25 * 1000.0);
    assert_close("of which the fund", paid(CostKind::Subsidy), -100.0);
}
