//! Lines that lose energy are no way to get rid of it: models solved by hand.
//!
//! 1.5 GW must run in `land`, where 1 GW is needed; `sea` needs 0.1 GW. Getting rid of power in
//! `land` costs 1 a PJ.

use kzleap_accounts::Accounts;
use kzleap_study::Plan;
use kzleap_study::model::Model;
use kzleap_study::solver::SolveError;
use kzleap_tests::by_hand::{GW_YEAR, ONE_YEAR, read, solved};
use kzleap_tests::{assert_close, solve};

const SYSTEM: &str = "[regions.sea]\n[commodities.electricity]\nbalance = \"exact\"\n\
    [demands.electricity]\nland = { annual = 31.536 }\nsea = { annual = 3.1536 }\n\
    [processes.nuclear]\nregions = [\"land\"]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
    residual_capacity = 1.5\nminimum_load = 1\n[processes.dump]\nregions = [\"land\"]\n\
    input = \"electricity\"\nactivity_of = \"input\"\nvariable_cost = 1\n\
    [processes.small]\nregions = [\"sea\"]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
    residual_capacity = 0.1\nvariable_cost = 80\n";

fn line(name: &str, more: &str) -> String {
    format!(
        "[links.{name}]\nfrom = \"land\"\nto = \"sea\"\ncommodity = \"electricity\"\n\
         capacity = \"GW\"\nloss = 0.1\n{more}\n"
    )
}

fn one_way_only(model: &Model, plan: &Plan) {
    for (l, _) in model.links.iter_ix() {
        let flow = &plan.solution.flow[l.get()];
        let ways = [0, 1].map(|way| flow.index_axis(ndarray::Axis(0), way));
        let both = ways[0].iter().zip(ways[1].iter());
        for (there, back) in both {
            assert_eq!(there.min(*back), 0.0, "{there} PJ forward, {back} PJ back");
        }
    }
}

/// 0.1 / 0.9 GW go to the sea; 0.5 - 0.1 / 0.9 GW are got rid of. Sent to and fro, a line of 5 GW
/// would lose all of it for nothing.
#[test]
fn a_line_does_not_burn_what_is_too_much() {
    let by_hand = (0.5 - 0.1 / 0.9) * GW_YEAR;
    for size in [
        "residual_capacity = 5",
        "capital_cost = 0.001\nlife = 1",
        "residual_capacity = 2\nmax_capacity = 2",
    ] {
        let (model, plan) = solved(&[ONE_YEAR, SYSTEM, &line("line", size)]);
        one_way_only(&model, &plan);
        let built = if size.starts_with("capital") { 0.1 / 0.9 * 0.001 } else { 0.0 };
        assert_close("cost", plan.solution.objective, by_hand + built);
        assert!(plan.integer_gap.is_some());
    }
    // a link that has no capacity
    let free = line("line", "").replace("capacity = \"GW\"\n", "");
    let (model, plan) = solved(&[ONE_YEAR, SYSTEM, &free]);
    one_way_only(&model, &plan);
    assert_close("cost", plan.solution.objective, by_hand);
}

/// Where nothing is too much, no whole numbers come in: 0.5 GW more are used in `land`.
#[test]
fn nothing_is_asked_where_nothing_burns() {
    let model = SYSTEM.replace("land = { annual = 31.536 }", "land = { annual = 47.304 }");
    let small = 0.1 * GW_YEAR * 80.0;
    let (_, plan) = solved(&[ONE_YEAR, &model, &line("line", "residual_capacity = 5")]);
    assert_close("cost", plan.solution.objective, small);
    assert_eq!(plan.integer_gap, None);
}

/// Power that may be thrown away is not worth burning.
#[test]
fn a_surplus_is_thrown_away_for_nothing() {
    let model = SYSTEM.replace("balance = \"exact\"\n", "");
    let (_, plan) = solved(&[ONE_YEAR, &model, &line("line", "residual_capacity = 5")]);
    assert_close("cost", plan.solution.objective, 0.0);
    assert_eq!(plan.integer_gap, None);
}

/// By night 3 GW of wind are free, by day there is gas at 10; 60% of what is used is to be wind,
/// or bought for 100. What a line loses counts as used: to the sea and back by night it would make
/// up for the 0.1 GW-years that must be bought.
#[test]
fn a_share_is_not_met_by_losses_to_and_fro() {
    let time = "[time]\nyears = [2030]\n[time.blocks]\nnight = 12\nday = 12\n[finance]\n\
                discount_rate = 0.0\n";
    let system = "[regions.sea]\n[commodities.electricity]\n[demands.electricity]\n\
        land = { annual = 31.536, profile = \"flat\" }\n[processes.wind]\nregions = [\"land\"]\n\
        output = \"electricity\"\ncapacity = \"GW\"\nresidual_capacity = 3\n\
        availability = { night = 1, day = 0 }\n[processes.gas]\nregions = [\"land\"]\n\
        output = \"electricity\"\nvariable_cost = 10\n[processes.bought]\nregions = [\"land\"]\n\
        output = \"electricity\"\nvariable_cost = 100\n[shares.rule]\n\
        commodity = \"electricity\"\nprocesses = [\"wind\", \"bought\"]\nat_least = 0.6\n";
    let (model, plan) = solved(&[time, system, &line("line", "residual_capacity = 5")]);
    one_way_only(&model, &plan);
    assert_close("cost", plan.solution.objective, GW_YEAR * (0.4 * 10.0 + 0.1 * 100.0));
    assert!(plan.integer_gap.is_some(), "without a choice of direction the line would burn");
    // the same again: which links are held does not hang on anything but the model
    assert_eq!(solve(&model).solution.flow, plan.solution.flow);
}

/// Where nothing takes what is too much but the line, there is no plan, and the line is named.
#[test]
fn a_model_that_must_burn_has_no_plan() {
    let start = SYSTEM.find("[processes.dump]").expect("it is there");
    let end = SYSTEM.find("[processes.small]").expect("it is there");
    let model = read(&[
        ONE_YEAR,
        &SYSTEM[..start],
        &SYSTEM[end..],
        &line("line", "residual_capacity = 5"),
    ]);
    let outcome = kzleap_study::optimise(&model, &Default::default(), Default::default());
    assert_eq!(outcome.map(|plan| plan.solution.objective), Err(SolveError::Infeasible));
    let explanation =
        kzleap_study::explain(&model, Default::default()).expect("it can be explained");
    let conflict = explanation.besides.join("; ");
    assert!(conflict.contains("one direction at a time over line"), "{conflict}");
}

/// Three lines of 5 GW in a triangle, one way each: of 1 GW sent, 0.1 is lost on each leg, so
/// 1 - 0.9³ = 0.271 come to nothing on the way round. The sea gets its 0.1 GW over the same line.
/// 0.5 GW are too much: all that the sea does not take goes round, at no cost, and is reported.
#[test]
fn what_is_sent_round_over_three_lines_is_told() {
    let leg = |from: &str, to: &str| {
        format!(
            "[links.{from}_{to}]\nfrom = \"{from}\"\nto = \"{to}\"\n\
             commodity = \"electricity\"\ncapacity = \"GW\"\nresidual_capacity = 5\n\
             loss = 0.1\ntwo_way = false\n"
        )
    };
    let legs = [leg("land", "sea"), leg("sea", "isle"), leg("isle", "land")].concat();
    let isle = "[regions.isle]\n";
    let (model, plan) = solved(&[ONE_YEAR, SYSTEM, isle, &legs]);
    assert_close("cost", plan.solution.objective, 0.0);
    let circles = Accounts::new(&model, &plan.solution).circulations();
    let [circle] = circles.as_slice() else { panic!("{circles:?}") };
    let names: Vec<&str> = circle.links.iter().map(|l| model.links[*l].name.as_str()).collect();
    assert_eq!(names, ["land_sea", "sea_isle", "isle_land"]);
    // what is made and not used, less what the line to the sea loses of the sea's own
    let by_hand = (0.5 - 0.1 / 0.9) * GW_YEAR;
    assert_close("lost", circle.lost, by_hand);
    // without the last leg there is no circle, and the rest is got rid of at its cost
    let open = [leg("land", "sea"), leg("sea", "isle")].concat();
    let (model, plan) = solved(&[ONE_YEAR, SYSTEM, isle, &open]);
    assert_close("cost", plan.solution.objective, by_hand);
    assert_eq!(Accounts::new(&model, &plan.solution).circulations(), []);
}
