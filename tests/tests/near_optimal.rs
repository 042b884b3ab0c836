//! Ranges of indicators in plans that cost a little more: by hand, and beside studies solved apart
//! from us (`../shared/oracles/studies`, T01 to T05), where they lie. Their TWh are our PJ, and so
//! their USD/MWh our USD/GJ.

use kzleap_study::model::Model;
use kzleap_study::solver::Options;
use kzleap_study::{Events, NearOptimal, near_optimal};
use kzleap_tests::by_hand::read;
use kzleap_tests::outside::{close, oracles};
use serde_json::Value;

/// The positions of all indicators.
fn indicators(model: &Model) -> Vec<usize> {
    let rows = model.user_rows.iter().enumerate();
    rows.filter(|(_, row)| row.is_indicator()).map(|(at, _)| at).collect()
}

fn near(model: &Model, within: &[f64]) -> NearOptimal {
    let (options, events) = (Options::default(), Events::default());
    let all = indicators(model);
    near_optimal(model, &all, within, &options, &events).expect("there is a plan")
}

/// The least and the most of an indicator in a year by position, within the budget at a position.
fn range(model: &Model, near: &NearOptimal, name: &str, budget: usize) -> (f64, f64) {
    let of_name =
        near.ranges.iter().filter(|range| model.user_rows[range.indicator].name == name);
    let range = of_name.collect::<Vec<_>>()[budget];
    assert!(range.least.certified && range.most.certified, "{name}");
    (range.least.value, range.most.value)
}

/// A year with a demand of 10 PJ, and what all of them make, each an indicator.
fn one_year(plants: &[(&str, f64, Option<f64>)]) -> String {
    let mut text = "[time]\nyears = [2030]\n[finance]\ndiscount_rate = 0.0\n\
                    [commodities.electricity]\nbalance = \"exact\"\n[demands.electricity]\n\
                    land = { annual = 10 }\n"
        .to_owned();
    for (name, cost, most) in plants {
        text += &format!(
            "[processes.{name}]\noutput = \"electricity\"\nvariable_cost = {cost}\n\
             [indicators.{name}]\nunit = \"PJ\"\n\
             terms.all = {{ quantity = \"activity\", processes = [\"{name}\"] }}\n"
        );
        if let Some(most) = most {
            let limit = format!("max_activity = {{ value = {most}, unit = \"PJ\" }}\n");
            text = text.replace(
                &format!("variable_cost = {cost}\n[indicators.{name}]"),
                &format!("variable_cost = {cost}\n{limit}[indicators.{name}]"),
            );
        }
    }
    text
}

/// Coal at 40 makes 7 of 10 PJ, hydro at 10 the rest; gas costs 50. Within 0 % nothing moves. 1 % of 310
/// is 3.1: 0.31 PJ of coal become gas. So the plans of gas cost all of the budget.
#[test]
fn within_nothing_there_is_the_plan_and_within_a_per_cent_a_little() {
    let plants = [("hydro", 10.0, Some(3.0)), ("coal", 40.0, None), ("gas", 50.0, None)];
    let model = read(&[&one_year(&plants)]);
    let near = near(&model, &[0.0, 0.01]);
    assert!(near.certified && close(near.cost, 310.0), "{}", near.cost);
    for (name, planned, least) in [("coal", 7.0, 6.69), ("gas", 0.0, 0.0)] {
        let at = indicators(&model).iter().position(|at| model.user_rows[*at].name == name);
        assert!(close(near.planned[at.expect("there")], planned), "{name}");
        let (low, high) = range(&model, &near, name, 0);
        assert!(close(low, planned) && close(high, planned), "{name}: {low} to {high}");
        assert!(close(range(&model, &near, name, 1).0, least), "{name}");
    }
    let gas = near.ranges.iter().rfind(|range| model.user_rows[range.indicator].name == "gas");
    let most = gas.expect("there").most;
    assert!(close(most.value, 0.31) && close(most.cost, 313.1), "{most:?}");
}

/// An indicator over the horizon counts every calendar year, one of building what is built; its
/// table has what the plan does, and nothing of it holds the plan.
#[test]
fn indicators_are_shown_and_hold_nothing() {
    let text = "[time]\nyears = [2030, 2040]\nhorizon_end = 2049\n[finance]\ndiscount_rate = 0.0\n\
                [commodities.electricity]\n[demands.electricity]\nland = { annual = 10 }\n\
                [processes.gas]\noutput = \"electricity\"\nvariable_cost = 50\n";
    let shown = "[indicators.all]\nunit = \"TWh\"\nover = \"horizon\"\n\
                 terms.gas = { quantity = \"output\", commodity = \"electricity\" }\n\
                 [indicators.year]\nterms.gas = { quantity = \"activity\", processes = [\"gas\"] }\n";
    let plain = read(&[text]);
    let model = read(&[text, shown]);
    let (of_plain, plan) = (kzleap_tests::solve(&plain), kzleap_tests::solve(&model));
    assert!(close(of_plain.solution.objective, plan.solution.objective));
    let accounts = kzleap_study::accounts::Accounts::new(&model, &plan.solution);
    let table = kzleap_report::tables::indicators::sheet(&accounts).to_csv();
    // 20 years of 10 PJ are 55.6 TWh
    let lines: Vec<&str> = table.lines().collect();
    let years = ["year,PJ/a,2030,10", "year,PJ/a,2040,10"];
    assert_eq!((lines[0], &lines[2..]), ("indicator,unit,year,value", &years[..]));
    let all = lines[1].strip_prefix("all,TWh,horizon,").and_then(|value| value.parse().ok());
    assert!(close(all.expect("a number"), 200.0 / 3.6), "{}", lines[1]);
    assert!(kzleap_report::tables::constraints::sheet(&accounts).is_empty());
}

/// Nothing limits what costs nothing and may be thrown away.
#[test]
fn what_nothing_limits_has_no_end() {
    let text = one_year(&[("gas", 50.0, None)])
        + "[commodities.heat]\nbalance = \"surplus\"\n\
           [processes.sun]\noutput = \"heat\"\nfree = \"it shines\"\n[indicators.sun]\nunit = \"PJ\"\n\
           terms.sun = { quantity = \"activity\", processes = [\"sun\"] }\n";
    let model = read(&[&text]);
    let near = near(&model, &[0.01]);
    assert_eq!(range(&model, &near, "sun", 0), (0.0, f64::INFINITY));
}

fn study(id: &str) -> Option<Value> {
    let folder = oracles("studies")?;
    let text = std::fs::read_to_string(folder.join("oracles.json")).expect("it can be read");
    let all: Value = serde_json::from_str(&text).expect("it is JSON");
    let found = all["oracles"].as_array().expect("a list").iter().find(|one| one["id"] == id);
    Some(found.expect("the study").clone())
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

/// The plants of a study of one year, from its program of least cost.
fn plants(study: &Value) -> Vec<(String, f64, Option<f64>)> {
    let columns = study["cases"]["least_cost"]["lp"]["columns"].as_object().expect("columns");
    let one = |(name, of): (&String, &Value)| {
        (name.clone(), number(&of["cost"]), of["upper"].as_f64())
    };
    columns.iter().map(one).collect()
}

/// Holds the range of an indicator to `least_NAME` and `largest_NAME`, as far as they are there.
fn compare(study: &Value, model: &Model, near: &NearOptimal, name: &str, year: usize) {
    let (least, most) = range(model, near, name, year);
    let id = &study["id"];
    let suffix = if year == 0 { name.to_owned() } else { format!("{name}_{year}") };
    for (end, found, sign) in [("least", least, 1.0), ("largest", most, -1.0)] {
        let case = &study["cases"][format!("{end}_{suffix}")]["expected"]["objective"];
        if let Some(wanted) = case.as_f64() {
            assert!(close(found, sign * wanted), "{id} {end} {suffix}: {found}, {wanted}");
        }
    }
}

/// T01 and T03: plants of one year; sums of several too, with weights.
#[test]
fn one_year_agrees_with_what_was_solved_apart_from_us() {
    for (id, within) in [("T01", 0.1), ("T03", 0.05)] {
        let Some(study) = study(id) else { return };
        let plants = plants(&study);
        let known: Vec<(&str, f64, Option<f64>)> =
            plants.iter().map(|(name, cost, most)| (name.as_str(), *cost, *most)).collect();
        let sum = |name: &str, of: &[(&str, &str)]| {
            let term = |(name, weight): &(&str, &str)| {
                format!(
                    "terms.{name} = {{ quantity = \"activity\", processes = [\"{name}\"], \
                     weight = {weight} }}\n"
                )
            };
            let terms: String = of.iter().map(term).collect();
            format!("[indicators.{name}]\nunit = \"PJ\"\n{terms}")
        };
        let sums = match id {
            "T01" => sum("co2", &[("coal", "1"), ("gas", "0.4")]),
            _ => sum("of_both", &[("wind", "1"), ("solar", "1")]),
        };
        let model = read(&[&one_year(&known), &sums]);
        let near = near(&model, &[within]);
        let cost = &study["cases"]["least_cost"]["expected"]["objective"];
        assert!(close(near.cost, number(cost)), "{id}: {}", near.cost);
        for (name, ..) in &plants {
            compare(&study, &model, &near, name, 0);
        }
        if id == "T01" {
            compare(&study, &model, &near, "co2", 0);
            continue;
        }
        let ends = [("least_of_both", 1.0), ("most_of_both", -1.0)];
        let wanted = ends
            .map(|(case, sign)| sign * number(&study["cases"][case]["expected"]["objective"]));
        let found = range(&model, &near, "of_both", 0);
        assert!(close(found.0, wanted[0]) && close(found.1, wanted[1]), "{found:?} {wanted:?}");
        // the corners of the two are what each can be
        let corners = study["procedures"]["shadow"]["expected"]["corners"].as_array();
        for (at, name) in ["wind", "solar"].into_iter().enumerate() {
            let of = corners.expect("corners").iter().map(|corner| number(&corner[at]));
            let (low, high) = of.fold((f64::MAX, f64::MIN), |(low, high), value| {
                (low.min(value), high.max(value))
            });
            let found = range(&model, &near, name, 0);
            assert!(close(found.0, low) && close(found.1, high), "{name}: {found:?}");
        }
    }
}

/// T02: wind built in two years with annuities, 1 % more of the whole present value.
#[test]
fn two_years_agree_with_what_was_solved_apart_from_us() {
    let Some(study) = study("T02") else { return };
    let model = read(&["[time]\nyears = [2030, 2031]\nhorizon_end = 2031\n[finance]\n\
        discount_rate = 0.1025\nbase_year = 2030\n\
        [commodities.electricity]\n[demands.electricity]\nland = { annual = 10 }\n\
        [processes.gas]\noutput = \"electricity\"\nvariable_cost = 60\n\
        [processes.wind]\noutput = \"electricity\"\ncapacity = \"PJ/a\"\nlife = 2\n\
        capital_cost = { value = 100, unit = \"MUSD/(PJ/a)\" }\n\
        max_new_capacity = { value = 3, unit = \"(PJ/a)/a\" }\n\
        [indicators.wind]\nunit = \"PJ/a\"\n\
        terms.wind = { quantity = \"new_capacity\", processes = [\"wind\"], \
        weight = { value = 1, unit = \"a\" } }\n\
        [indicators.capacity]\nunit = \"PJ/a\"\n\
        terms.wind = { quantity = \"capacity\", processes = [\"wind\"] }\n\
        [indicators.gas]\nunit = \"PJ\"\n\
        terms.gas = { quantity = \"activity\", processes = [\"gas\"] }\n"]);
    let near = near(&model, &[0.01]);
    let wanted = |case: &str| number(&study["cases"][case]["expected"]["objective"]);
    assert!(close(near.cost, wanted("least_cost")), "{}", near.cost);
    let found = |name, year| range(&model, &near, name, year);
    for (found, case) in [
        (found("wind", 0).0, "least_wind_2030"),
        (found("wind", 1).0, "least_wind_2031"),
        (found("capacity", 1).0, "least_capacity_2031"),
        (-found("gas", 0).1, "largest_gas_2030"),
    ] {
        assert!(close(found, wanted(case)), "{case}: {found}, {}", wanted(case));
    }
}

/// T05: units are whole, and so the budget is on the least cost with whole units.
#[test]
fn whole_units_agree_with_what_was_solved_apart_from_us() {
    let Some(study) = study("T05") else { return };
    let model = read(&["[time]\nyears = [2030]\n[finance]\ndiscount_rate = 0.0\n\
        [commodities.electricity]\n[demands.electricity]\nland = { annual = 10 }\n\
        [processes.gas]\noutput = \"electricity\"\nvariable_cost = 40\n\
        [processes.nuclear]\noutput = \"electricity\"\ncapacity = \"PJ/a\"\nvariable_cost = 5\n\
        unit_size = { value = 4, unit = \"PJ/a\" }\ncapital_cost = 0\n\
        fixed_cost = { value = 25, unit = \"MUSD/(PJ/a)/a\" }\nlife = 40\n\
        [indicators.units]\nunit = \"1\"\n\
        terms.nuclear = { quantity = \"capacity\", processes = [\"nuclear\"], \
        weight = { value = 0.25, unit = \"1/(PJ/a)\" } }\n"]);
    let near = near(&model, &[0.1]);
    let wanted = |which: &str| number(&study["procedures"][which]["expected"]["objective"]);
    assert!(close(near.cost, wanted("least_cost")), "{}", near.cost);
    let (least, most) = range(&model, &near, "units", 0);
    assert!(close(least, wanted("least_within")), "{least}");
    assert!(close(-most, wanted("largest_within")), "{most}");
}
