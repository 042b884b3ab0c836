//! Retrofits that take time, bear interest and are limited by year; each solved by hand.

use kzleap_accounts::Accounts;
use kzleap_accounts::costs::CostKind;
use kzleap_study::Repair;
use kzleap_study::model::{RegionGroup, RegionIx};
use kzleap_study::resolution::merge_regions;
use kzleap_tests::by_hand::{read, solved};
use kzleap_tests::{activity, assert_close, capacity, solve};

/// Two years without discounting. Coal, 40 USD/GJ and 1 Mt/PJ at 60 USD/t, is 8 PJ a year in 2030, of
/// which half is gone in 2031. A PJ a year of it becomes 0.8 with capture, 50 USD/GJ and 0.1 Mt/PJ. Gas
/// at 90 USD/GJ makes what else is needed, so coal does not run.
const PLANTS: &str = "\
[time]
years = [2030, 2031]
horizon_end = 2031
[finance]
discount_rate = 0.0
[commodities.electricity]
[emissions.co2]
price = 60
[processes.coal]
output = \"electricity\"
capacity = \"PJ/a\"
residual_capacity = { 2030 = 8, 2031 = 4, unit = \"PJ/a\" }
variable_cost = 40
emissions = { co2 = 1000 }
[processes.captured]
output = \"electricity\"
capacity = \"PJ/a\"
variable_cost = 50
emissions = { co2 = 100 }
";
const NEED: &str = "[demands.electricity]\nland = { annual = 10 }\n";
const GAS: &str = "[processes.gas]\noutput = \"electricity\"\nvariable_cost = 90\n";
const RETROFIT: &str = "[retrofits.capture]\nfrom = \"coal\"\nto = \"captured\"\nkept = 0.8\n\
     economic_life = 2\ncapital_cost = { value = 30, unit = \"MUSD/(PJ/a)\" }\n";

fn cost(more: &str) -> f64 {
    solved(&[PLANTS, NEED, GAS, RETROFIT, more]).1.solution.objective
}

/// 10 PJ of gas in both years.
const OF_GAS: f64 = 1800.0;
/// A PJ a year that is converted in 2030 makes 0.8 and then 0.4 PJ at 56 in place of 90, and costs 30.
const IN_2030: f64 = 1.2 * 34.0 - 30.0;
/// One that is left in 2031 makes 0.8 PJ and costs 15 within the horizon.
const IN_2031: f64 = 0.8 * 34.0 - 15.0;

/// Decided at the start of 2030 and ready a year later: the 4 PJ a year that are left.
#[test]
fn none_is_ready_before_its_time() {
    assert_close("at once", cost(""), OF_GAS - 8.0 * IN_2030);
    assert_close("in a year", cost("lead_time = 1"), OF_GAS - 4.0 * IN_2031);
    assert_close("in half a year", cost("lead_time = 0.5"), OF_GAS - 4.0 * IN_2031);
}

/// At 10 % half of the cost a year before and half at the end is 1.05 times the overnight cost, paid in
/// two annuities in the middle of the years.
#[test]
fn interest_is_paid_until_it_serves() {
    let annuity = 0.1 / (1.0 - 1.1_f64.powi(-2)) / 1.1_f64.sqrt();
    let spent = "cost_of_capital = 0.1\nspending = { 1 = 0.5, 0 = 0.5 }";
    let (model, plan) = solved(&[PLANTS, NEED, GAS, RETROFIT, spent]);
    let paid = 30.0 * 2.0 * annuity;
    assert_close("cost", plan.solution.objective, OF_GAS - 8.0 * (1.2 * 34.0 - 1.05 * paid));
    let accounts = Accounts::new(&model, &plan.solution);
    let of = |kind: CostKind| {
        let costs = accounts.costs().iter().filter(|cost| cost.kind == kind);
        costs.fold((0.0, 0.0), |sum, one| (sum.0 + one.amount, sum.1 + one.present_value))
    };
    let (overnight, investment) = of(CostKind::Investment);
    let (added, interest) = of(CostKind::ConstructionInterest);
    assert_close("overnight", overnight, 240.0);
    assert_close("paid for it", investment, 8.0 * paid);
    assert_close("interest", added, 12.0);
    assert_close("paid for that", interest, 8.0 * 0.05 * paid);
}

/// At most 3 PJ a year in each year: 3, and of what is left then 2.5. At most 2: 2 and 2.
#[test]
fn no_more_is_converted_than_can_be() {
    let most = |most: f64| format!("max_converted = {{ value = {most}, unit = \"PJ/a/a\" }}");
    assert_close("3", cost(&most(3.0)), OF_GAS - 3.0 * IN_2030 - 2.5 * IN_2031);
    assert_close("2", cost(&most(2.0)), OF_GAS - 2.0 * IN_2030 - 2.0 * IN_2031);
}

/// What is commissioned in several years is converted under one limit.
#[test]
fn one_limit_holds_for_all_years_of_commissioning() {
    let plants = PLANTS.replace(
        "residual_capacity = { 2030 = 8, 2031 = 4, unit = \"PJ/a\" }",
        "commissioned = { 2000 = 4, 2001 = 4, unit = \"PJ/a\" }\nlife = 31",
    );
    let most = "max_converted = { value = 3, unit = \"PJ/a/a\" }";
    // what is of 2001 serves both years, 1.6 PJ: 3 of it first, then the rest of it
    let (model, plan) = solved(&[&plants, NEED, GAS, RETROFIT, most]);
    assert_eq!(model.retrofits.len(), 2);
    let objective = OF_GAS - 3.0 * (1.6 * 34.0 - 30.0) - IN_2031;
    assert_close("cost", plan.solution.objective, objective);
    assert_close("captured", activity(&model, &plan, "captured", "land", 1), 3.2);
}

/// Without gas and with no coal 8 PJ a year must be converted at once, of which 3 may be.
#[test]
fn a_limit_that_is_too_low_is_named() {
    let need = "[demands.electricity]\nland = { annual = { 2030 = 6.4, 2031 = 3.2 } }\n";
    let most = "max_converted = { value = 3, unit = \"PJ/a/a\" }\n";
    let no_coal = "[constraints.no_coal]\nunit = \"PJ\"\nat_most = 0\n\
                   terms.coal = { quantity = \"activity\", processes = [\"coal\"] }\n";
    let model = read(&[PLANTS, need, RETROFIT, most, no_coal]);
    let explanation = kzleap_study::explain(&model, Default::default()).expect("a reason");
    let named = |repair: &Repair| {
        repair.rule.path.as_deref() == Some("retrofits.capture.max_converted")
            && repair.text().contains("from 3 to 8")
    };
    assert!(explanation.repairs.iter().flatten().any(named), "{:?}", explanation.repairs);
}

/// The limit is of all regions together: 3 in both, of which each has as much to gain.
#[test]
fn a_limit_counts_its_regions_together_also_merged() {
    let need =
        "[regions.sea]\n[demands.electricity]\nland = { annual = 10 }\nsea = { annual = 10 }\n";
    let most = "max_converted = { value = 3, unit = \"PJ/a/a\" }";
    let model = read(&[PLANTS, need, GAS, RETROFIT, most]);
    let two = 2.0 * OF_GAS - 3.0 * IN_2030 - 3.0 * IN_2031;
    assert_close("two", solve(&model).solution.objective, two);
    let members = vec![RegionIx::new(0), RegionIx::new(1)];
    let group = RegionGroup { name: "one".to_owned(), label: "One".to_owned(), members };
    let merged = merge_regions(&model, &[group]).expect("they are alike");
    let plan = solve(&merged);
    assert_close("one", plan.solution.objective, two);
    assert_close("captured", capacity(&merged, &plan, "captured", 0).0, 2.4);
}
