//! Which rules bind and what they cost, beside hand calculation, prices said elsewhere, and the
//! sensitivity of the cost to the same numbers.

use std::collections::BTreeMap;
use std::path::Path;

use kzleap_accounts::Accounts;
use kzleap_study::model::policy::CapWindow;
use kzleap_study::model::{Binding, Model, YearIx};
use kzleap_study::{Events, Given, Plan, RunSpec, sensitivities};
use kzleap_tests::by_hand::{DEMAND, GW_YEAR, ONE_YEAR, TWO_DECADES, plant, solved};
use kzleap_tests::{assert_close, solve};

/// The rule of a kind and name that binds in a year.
fn rule<'p>(plan: &'p Plan, kind: &str, name: &str, year: usize) -> &'p Binding {
    let all = &plan.solution.binding;
    let is_it = |rule: &&Binding| {
        rule.kind == kind && rule.name == name && rule.year == Some(YearIx::new(year))
    };
    all.iter().find(is_it).unwrap_or_else(|| panic!("{kind} {name} is not among {all:#?}"))
}

/// Limit, price and worth.
fn assert_binds(plan: &Plan, of: (&str, &str, usize), [limit, price, worth]: [f64; 3]) {
    let found = rule(plan, of.0, of.1, of.2);
    assert_close(&format!("limit of {of:?}"), found.limit, limit);
    assert_close(&format!("price of {of:?}"), found.price, price);
    assert_close(&format!("worth of {of:?}"), found.worth, worth);
}

/// Wind makes no more than 4 of 31.536 PJ, gas the rest at 50 MUSD/PJ. One PJ more of wind saves 50, all
/// that it makes 200: what demand pays at marginal cost is the cost and this rent.
#[test]
fn a_limit_on_activity_is_worth_its_rent() {
    let wind = "[processes.wind]\noutput = \"electricity\"\n\
                max_activity = { value = 4, unit = \"PJ/a\" }\nfree = \"it blows\"\n";
    let gas = "[processes.gas]\noutput = \"electricity\"\nvariable_cost = 50\n";
    let (_, plan) = solved(&[ONE_YEAR, DEMAND, wind, gas]);
    assert_binds(&plan, ("activity_limit", "wind", 0), [4.0, 50.0, 200.0]);
    assert_eq!(plan.solution.binding.len(), 1);
    let found = &plan.solution.binding[0];
    assert_eq!(found.path.as_deref(), Some("processes.wind.max_activity"));
    assert!(!found.least && found.region.is_some(), "{found:?}");
    assert_close("cost", plan.solution.objective, 50.0 * GW_YEAR - found.worth);
}

/// 30% must be green at 90 where coal costs 50: a share larger by one costs 31.536 · 40. Without the rule
/// binding, at 30% of what is green anyway, nothing is said.
#[test]
fn a_share_costs_what_it_is_a_share_of() {
    let coal = "[processes.coal]\noutput = \"electricity\"\nvariable_cost = 50\n";
    let share = "[shares.green]\ncommodity = \"electricity\"\nprocesses = [\"green\"]\n\
                 at_least = { value = 30, unit = \"%\" }\n";
    let green = |cost: i32| {
        format!("[processes.green]\noutput = \"electricity\"\nvariable_cost = {cost}\n")
    };
    let (_, plan) = solved(&[ONE_YEAR, DEMAND, coal, &green(90), share]);
    let worth = 0.3 * GW_YEAR * 40.0;
    assert_binds(&plan, ("share", "green", 0), [0.3, GW_YEAR * 40.0, worth]);
    let found = rule(&plan, "share", "green", 0);
    assert!(found.least, "{found:?}");
    assert_eq!(found.unit, "");
    let (_, more) = solved(&[ONE_YEAR, DEMAND, coal, &green(90), &share.replace("30", "31")]);
    let rise = more.solution.objective - plan.solution.objective;
    assert_close("solved again", rise, 0.01 * found.price);
    let (_, free) = solved(&[ONE_YEAR, DEMAND, coal, &green(10), share]);
    assert_eq!(free.solution.binding, []);
}

/// The expensive plant of 1 GW must run at 30%, at 5 in place of 1: a share of one more costs 4 GW-years.
/// A line of 0.25 GW brings what costs 2 less: a GW more saves 2 GW-years.
#[test]
fn minimum_loads_and_lines() {
    let expensive = plant("expensive", 1.0, 5.0, "minimum_load = 0.3");
    let (_, plan) = solved(&[ONE_YEAR, DEMAND, &expensive, &plant("cheap", 2.0, 1.0, "")]);
    let price = 4.0 * GW_YEAR;
    assert_binds(&plan, ("minimum_load", "expensive", 0), [0.3, price, 0.3 * price]);

    let plants = "[processes.here]\noutput = \"electricity\"\nregions = [\"land\"]\n\
                variable_cost = 3\n[processes.there]\noutput = \"electricity\"\n\
                regions = [\"hills\"]\nvariable_cost = 1\n";
    let line = "[regions.hills]\n[links.line]\ncommodity = \"electricity\"\nfrom = \"hills\"\n\
                to = \"land\"\ncapacity = \"GW\"\nresidual_capacity = 0.25\n";
    let (model, plan) = solved(&[line, ONE_YEAR, DEMAND, plants]);
    let price = 2.0 * GW_YEAR;
    assert_binds(&plan, ("link_capacity", "line", 0), [0.25, price, 0.25 * price]);
    let (_, more) = solved(&[&line.replace("0.25", "0.35"), ONE_YEAR, DEMAND, plants]);
    let saved = plan.solution.objective - more.solution.objective;
    assert_close("solved again", saved, 0.1 * price);
    let found = rule(&plan, "link_capacity", "line", 0);
    assert_eq!(model.regions[found.region.expect("its beginning")].name, "hills");
}

/// Of ten years, sun of 1000 USD/kW over 10 years may be built at 50 MW a year: 0.5 GW of the 1 GW that is
/// needed, gas makes the rest at 10 MUSD/PJ. 1 GW of sun in place of gas saves in each of its ten years
/// 10 GW-years and costs an annuity; one GW a year more is ten of them.
#[test]
fn building_by_year_with_discounting() {
    let sun = "[processes.sun]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
               capital_cost = 1000\nlife = 10\n\
               max_new_capacity = { value = 50, unit = \"MW/a\" }\n";
    let gas = "[processes.gas]\noutput = \"electricity\"\nvariable_cost = 10\n";
    let (model, plan) = solved(&[TWO_DECADES, DEMAND, sun, gas]);
    let (year, region) = (YearIx::new(0), kzleap_study::model::RegionIx::new(0));
    let due = model.flow_present_value(region, year);
    let k = kzleap_study::model::CapacityIx::new(0);
    let saved = 10.0 * GW_YEAR * due - model.investment_present_value(k, year);
    let price = 10.0 * saved / due;
    assert_binds(&plan, ("new_capacity", "sun", 0), [0.05, price, 0.5 * saved]);
    let (_, more) = solved(&[TWO_DECADES, DEMAND, &sun.replace("50", "60"), gas]);
    let saved = plan.solution.objective - more.solution.objective;
    let both = [0, 1].map(|y| {
        let due = model.flow_present_value(region, YearIx::new(y));
        0.01 * rule(&plan, "new_capacity", "sun", y).price * due
    });
    assert_close("solved again", saved, both.iter().sum());
}

/// Prices of caps, of reserves and of constraints are said elsewhere too: they are the same, and what has no
/// price there does not bind.
#[test]
fn it_agrees_with_the_tables_of_caps_and_constraints() {
    let mut compared = 0;
    for name in ["two-plants", "valley", "milestone-periods", "dolina", "island", "two-regions"]
    {
        let model = kzleap_tests::model(name, None);
        let plan = solve(&model);
        compared += assert_same_prices(&model, &plan);
    }
    assert!(compared > 3, "{compared}");
}

fn assert_same_prices(model: &Model, plan: &Plan) -> usize {
    let mut compared = 0;
    let found = |kind: &str, name: &str, year: Option<YearIx>| {
        let is_it = |one: &&Binding| one.kind == kind && one.name == *name && one.year == year;
        plan.solution.binding.iter().find(is_it).map_or(0.0, |one| one.price)
    };
    for (c, cap) in model.emission_caps.iter_ix() {
        if let CapWindow::EachYear(limits) = &cap.window {
            for y in model.time.years.ixs().filter(|y| limits[y.get()].is_some()) {
                let wanted = plan.solution.emission_price[c.get()][y.get()];
                assert_close(&cap.name, found("emission_cap", &cap.name, Some(y)), wanted);
                compared += usize::from(wanted != 0.0);
            }
        }
    }
    for one in Accounts::new(model, &plan.solution).constrained() {
        let price = found("constraint", one.name, one.stated.year);
        assert_close(one.name, price, one.price.abs());
        compared += usize::from(price != 0.0);
    }
    compared
}

/// A number that is 1% larger changes the cost by 1% of what it is worth, a most down and a least up: what
/// `kzleap sensitivity` says of the same path.
#[test]
fn it_agrees_with_the_sensitivity_of_the_cost() {
    let mut compared = 0;
    for name in ["two-plants", "valley", "milestone-periods", "dolina", "island"] {
        compared += assert_same_worth(&kzleap_tests::repository().join("models").join(name));
    }
    assert!(compared > 5, "{compared}");
}

fn assert_same_worth(folder: &Path) -> usize {
    let spec = RunSpec { model: folder.to_owned(), ..RunSpec::default() };
    let given = Given::open(&spec);
    let read = given.read(&spec);
    let model = read.model.as_ref().expect("it has no errors");
    let plan = solve(model);
    let mut worth: BTreeMap<&str, f64> = BTreeMap::new();
    for rule in &plan.solution.binding {
        // these name the thing whose capacity is full, no number
        if let Some(path) = rule.path.as_deref().filter(|_| !of_capacity(rule)) {
            *worth.entry(path).or_default() +=
                if rule.least { rule.worth } else { -rule.worth };
        }
    }
    let found = sensitivities(&given, &read, &spec, &Events::default()).expect("a plan");
    let mut changes: BTreeMap<&str, f64> = BTreeMap::new();
    for one in &found.inputs {
        *changes.entry(&model.inputs[one.input].path).or_default() +=
            one.change.unwrap_or(f64::NAN);
    }
    for (path, worth) in &worth {
        let change = changes[path] * 100.0;
        let size = worth.abs().max(1e-6 * plan.solution.objective.abs());
        assert!(
            (change - worth).abs() <= 1e-5 * size,
            "{}: {path} {change} {worth}",
            folder.display()
        );
    }
    worth.len()
}

fn of_capacity(rule: &Binding) -> bool {
    ["link_capacity", "storage_size"].contains(&rule.kind)
}
