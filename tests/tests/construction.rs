//! Lead times, spending before service, and when what is built begins to serve; each solved by hand.

use kzleap_accounts::Accounts;
use kzleap_accounts::costs::CostKind;
use kzleap_report::tables;
use kzleap_study::Plan;
use kzleap_study::model::Model;
use kzleap_tests::by_hand::{DEMAND, GW_YEAR, ONE_YEAR, plant, solved};
use kzleap_tests::{assert_close, capacity};

/// Three periods of five years from 2030 on, without discounting.
const TIME: &str = "[time]\nyears = [2030, 2035, 2040]\nhorizon_end = 2044\n[finance]\n\
     discount_rate = 0.0\n";

/// A plant that is paid 1000 USD/kW over 20 years.
fn built(more: &str) -> String {
    format!(
        "[processes.new]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
         capital_cost = 1000\nlife = 20\n{more}\n"
    )
}

fn of_kind(model: &Model, plan: &Plan, kind: CostKind) -> (f64, f64) {
    let accounts = Accounts::new(model, &plan.solution);
    let costs = accounts.costs().iter().filter(|cost| cost.kind == kind);
    costs.fold((0.0, 0.0), |sum, cost| (sum.0 + cost.amount, sum.1 + cost.present_value))
}

/// At 10 % a quarter spent four years before, a half two years before and a quarter at the start of
/// service is 0.25 × 1.4641 + 0.5 × 1.21 + 0.25 = 1.221025 of the overnight cost when service begins.
#[test]
fn interest_during_construction() {
    let capital = "cost_of_capital = 0.1\n";
    let (model, plan) = solved(&[ONE_YEAR, DEMAND, &built(capital)]);
    let overnight = plan.solution.objective;
    assert_close("none", of_kind(&model, &plan, CostKind::ConstructionInterest).1, 0.0);
    let spending = format!("{capital}spending = {{ 4 = 0.25, 2 = 0.5, 0 = 0.25 }}");
    let (model, plan) = solved(&[ONE_YEAR, DEMAND, &built(&spending)]);
    assert_close("cost", plan.solution.objective, 1.221_025 * overnight);
    let (spent, paid) = of_kind(&model, &plan, CostKind::Investment);
    let (interest, paid_of_it) = of_kind(&model, &plan, CostKind::ConstructionInterest);
    assert_close("overnight", spent, 1000.0);
    assert_close("paid for that", paid, overnight);
    assert_close("interest", interest, 221.025);
    assert_close("paid for interest", paid_of_it, 0.221_025 * overnight);
    let annual = tables::annual_costs::sheet(&Accounts::new(&model, &plan.solution)).to_csv();
    assert!(annual.contains("construction_interest,system,land,new,"), "{annual}");
}

/// What is decided at the start of 2030 and takes six years cannot be ready for the period that begins
/// with 2035, but for that of 2040. Until then the old plant runs at 5, and 0.25 GW under way from
/// 2035 on are free to run.
#[test]
fn nothing_is_ready_before_its_time() {
    let with = |lead_time: f64| {
        let more = format!(
            "lead_time = {lead_time}\nresidual_capacity = {{ 2030 = 0, 2034 = 0, 2035 = 0.25 }}"
        );
        let (model, plan) = solved(&[TIME, DEMAND, &built(&more), &plant("old", 1.0, 5.0, "")]);
        [0, 1, 2].map(|y| capacity(&model, &plan, "new", y).0)
    };
    for (lead_time, in_service) in
        [(0.0, [1.0, 1.25, 1.25]), (5.0, [0.0, 1.0, 1.0]), (6.0, [0.0, 0.25, 1.0])]
    {
        for (found, expected) in with(lead_time).into_iter().zip(in_service) {
            assert_close("in service", found, expected);
        }
    }
}

/// What is built for 2035 serves all five years of its period and none before: its annuities of 50
/// MUSD a year begin with 2035, and the old plant at 5 makes the power of five years.
#[test]
fn what_is_built_for_a_year_serves_from_its_start() {
    let (model, plan) =
        solved(&[TIME, DEMAND, &built("lead_time = 5"), &plant("old", 1.0, 5.0, "")]);
    assert_close("cost", plan.solution.objective, 5.0 * GW_YEAR * 5.0 + 10.0 * 50.0);
    assert_close("built for 2035", capacity(&model, &plan, "new", 1).1, 1.0);
}
