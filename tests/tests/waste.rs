//! What is thrown away counts for nothing and earns nothing: models solved by hand.
//!
//! 1 GW is needed day and night. By night up to 3 GW of wind are free, gas makes the rest at 10.

use kzleap_study::solver::SolveError;
use kzleap_tests::by_hand::{GW_YEAR, plant, read, solved};
use kzleap_tests::{activity, assert_close, capacity, price};

const TIME: &str = "[time]\nyears = [2030]\n[time.blocks]\nnight = 12\nday = 12\n[finance]\n\
     discount_rate = 0.0\n";
const DEMAND: &str = "[commodities.electricity]\n[demands.electricity]\n\
     land = { annual = 31.536, profile = \"flat\" }\n";
/// 1 GW of it stores 0.8 GW of 12 hours for the other 12, and costs 300 MUSD a year.
const BATTERY: &str = "[storages.battery]\ncommodity = \"electricity\"\ncharge_efficiency = 0.8\n\
     cycle = \"day\"\nhours = 12\ncapital_cost = 3000\nlife = 10\n";
const HALF: f64 = GW_YEAR / 2.0;

fn wind() -> String {
    plant("wind", 3.0, 0.0, "availability = { night = 1, day = 0 }")
}

fn gas() -> String {
    plant("gas", 2.0, 10.0, "")
}

fn rule(process: &str, rule: &str) -> String {
    format!("[shares.rule]\ncommodity = \"electricity\"\nprocesses = [\"{process}\"]\n{rule}\n")
}

fn has_no_plan(parts: &[&str]) {
    let outcome = kzleap_study::optimise(&read(parts), &Default::default(), Default::default());
    assert_eq!(outcome.map(|plan| plan.solution.objective), Err(SolveError::Infeasible));
}

/// 60% of what is used must be wind. Of c GW of batteries the night uses 1 + c GW of wind, and
/// the day gets 0.8 c of it: 1 + c = 0.6 (2 + 0.2 c), so c = 0.2 / 0.88.
const BATTERIES: f64 = 0.2 / 0.88;

fn cost_with_batteries() -> f64 {
    BATTERIES * 300.0 + (1.0 - 0.8 * BATTERIES) * HALF * 10.0
}

#[test]
fn a_share_counts_what_is_used() {
    let at_least = rule("wind", "at_least = 0.6");
    let (model, plan) = solved(&[TIME, DEMAND, &wind(), &gas(), BATTERY, &at_least]);
    assert_close("cost", plan.solution.objective, cost_with_batteries());
    assert_close("built", capacity(&model, &plan, "battery", 0).1, BATTERIES);
    // one GW of batteries less saves what it costs beyond the gas it replaces, and takes 0.88 of
    // half a GW-year of wind from what the rule asks for: the worth of a certificate
    let certificate = (300.0 - 0.8 * HALF * 10.0) / (0.88 * HALF);
    // use by night takes wind that counts, and raises what is asked for by 0.6
    let by_night = price(&model, &plan, "electricity", "land", 0, 0);
    assert_close("price by night", by_night, -0.4 * certificate);
    let by_day = price(&model, &plan, "electricity", "land", 1, 0);
    assert_close("price by day", by_day, 10.0 + 0.6 * certificate);
}

/// "At most 40% gas" is the same rule where there is nothing else, and where all must be used the
/// plan is the same too.
#[test]
fn at_most_and_exact_say_the_same() {
    let (at_least, at_most) = (rule("wind", "at_least = 0.6"), rule("gas", "at_most = 0.4"));
    let exact = DEMAND.replace("electricity]\n[dem", "electricity]\nbalance = \"exact\"\n[dem");
    for (demand, rule) in [(DEMAND, &at_most), (&*exact, &at_least), (&*exact, &at_most)] {
        let (_, plan) = solved(&[TIME, demand, &wind(), &gas(), BATTERY, rule]);
        assert_close("cost", plan.solution.objective, cost_with_batteries());
    }
}

/// A line to a place where nobody needs anything, inside the rule or abroad, helps nothing.
#[test]
fn a_share_is_not_met_by_sending_away() {
    let at_least = rule("wind", "at_least = 0.6");
    for domestic in [true, false] {
        let sea =
            format!("[regions.sea]\ndomestic = {domestic}\n[regions.ice]\ndomestic = false\n");
        let line = |name: &str, from: &str, to: &str| {
            format!(
                "[links.{name}]\nfrom = \"{from}\"\nto = \"{to}\"\ncommodity = \"electricity\"\n\
                 capacity = \"GW\"\nresidual_capacity = 3\n"
            )
        };
        let (one, other) = (line("one", "land", "sea"), line("other", "sea", "ice"));
        let parts = [TIME, &sea, DEMAND, &wind(), &gas(), BATTERY, &at_least, &one, &other];
        let (_, plan) = solved(&parts);
        // wind and gas at sea serve land as well, but no better
        assert_close("cost", plan.solution.objective, cost_with_batteries());
    }
}

/// Half a GW that must run by night is what is spilled, so that all wind of 1 GW is used: half of
/// all there is. More than half is not to be had.
#[test]
fn what_must_run_may_be_spilled() {
    let nuclear = plant("nuclear", 0.5, 0.0, "minimum_load = 1");
    let model = |rule: &str| [TIME, DEMAND, &wind(), &gas(), &nuclear, rule].map(str::to_owned);
    let half = model(&rule("wind", "at_least = 0.5"));
    let (model_of_half, plan) = solved(&half.each_ref().map(String::as_str));
    assert_close("cost", plan.solution.objective, 0.5 * HALF * 10.0);
    let wind = activity(&model_of_half, &plan, "wind", "land", 0);
    assert!(wind > HALF * (1.0 - 1e-9), "{wind} PJ");
    // seen from the others: they have the other half
    let others = "[shares.rule]\ncommodity = \"electricity\"\nprocesses = [\"nuclear\", \"gas\"]\n\
                  at_most = 0.5\n";
    let (_, plan) = solved(&model(others).each_ref().map(String::as_str));
    assert_close("cost", plan.solution.objective, 0.5 * HALF * 10.0);
    has_no_plan(&model(&rule("wind", "at_least = 0.51")).each_ref().map(String::as_str));
}

/// A rule on what must run does not count what of it is spilled: by night there is wind.
#[test]
fn what_must_run_counts_as_far_as_it_is_used() {
    let nuclear = plant(
        "nuclear",
        2.0,
        0.0,
        "minimum_load = { night = 1, day = 0 }\navailability = { night = 1, day = 0 }",
    );
    let with = |rule: &str| [TIME, DEMAND, &nuclear, &gas(), rule].map(str::to_owned);
    let (_, plan) =
        solved(&with(&rule("nuclear", "at_least = 0.5")).each_ref().map(String::as_str));
    assert_close("cost", plan.solution.objective, HALF * 10.0);
    has_no_plan(&with(&rule("nuclear", "at_least = 0.6")).each_ref().map(String::as_str));
}

/// Half a GW-year of demand may be met at any time, and is met by night: of three parts wind makes
/// two.
#[test]
fn demand_at_any_time_uses_what_it_takes() {
    let cars = "[branches.cars]\ncommodity = \"electricity\"\nannual = 15.768\n\
                profile = \"flexible\"\n";
    let with = |rule: &str| [TIME, DEMAND, cars, &wind(), &gas(), rule].map(str::to_owned);
    let two_thirds = with(&rule("wind", "at_least = 0.66"));
    let (_, plan) = solved(&two_thirds.each_ref().map(String::as_str));
    assert_close("cost", plan.solution.objective, HALF * 10.0);
    has_no_plan(&with(&rule("wind", "at_least = 0.67")).each_ref().map(String::as_str));
}
