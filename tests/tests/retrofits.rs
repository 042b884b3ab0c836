//! Retrofits, each in a model solved by hand.

use kzleap_accounts::Accounts;
use kzleap_accounts::costs::CostKind;
use kzleap_report::tables;
use kzleap_study::model::{Model, RegionGroup, RegionIx};
use kzleap_study::osemosys::export;
use kzleap_study::resolution::merge_regions;
use kzleap_tests::by_hand::{DEMAND, GW_YEAR, read, solved};
use kzleap_tests::{activity, assert_close, capacity, solve};

const DECADES: &str = "[time]\nyears = [2030, 2040]\nhorizon_end = 2049\n[finance]\n\
     discount_rate = 0.0\n";

/// Two years without discounting; 10 PJ a year. Coal, 40 USD/GJ and 1 Mt/PJ, is 8 PJ a year in 2030,
/// of which half is worn out in 2031. A PJ a year of it becomes 0.8 with capture, 50 USD/GJ and
/// 0.1 Mt/PJ, for 15 MUSD in each year from then on. Gas is 90 USD/GJ.
fn capture(price: f64) -> String {
    format!(
        "[time]\nyears = [2030, 2031]\nhorizon_end = 2031\n[finance]\ndiscount_rate = 0.0\n\
         [commodities.electricity]\n[demands.electricity]\nland = {{ annual = 10 }}\n\
         [emissions.co2]\nprice = {price}\n\
         [processes.coal]\noutput = \"electricity\"\ncapacity = \"PJ/a\"\n\
         residual_capacity = {{ 2030 = 8, 2031 = 4, unit = \"PJ/a\" }}\nvariable_cost = 40\n\
         emissions = {{ co2 = 1000 }}\n\
         [processes.captured]\noutput = \"electricity\"\ncapacity = \"PJ/a\"\nvariable_cost = 50\n\
         emissions = {{ co2 = 100 }}\n\
         [processes.gas]\noutput = \"electricity\"\nvariable_cost = 90\n\
         [retrofits.capture]\nfrom = \"coal\"\nto = \"captured\"\nkept = 0.8\neconomic_life = 2\n\
         capital_cost = {{ value = 30, unit = \"MUSD/(PJ/a)\" }}\n"
    )
}

/// A retrofit of 2031 earns 0.8 (40 - 0.1 t) - 15 against gas, one of 2030 earns 1.2 (40 - 0.1 t) - 30
/// over both years, half of it being gone in 2031; coal earns 50 - t a year. So at 0 coal runs on
/// (12 x 40 + 8 x 90), at 40 what is left of it is converted in 2031, at 60 all of it in 2030, and at
/// 240 neither pays.
#[test]
fn what_is_converted_keeps_its_remaining_life() {
    for (price, cost, captured) in [
        (0.0, 1200.0, [0.0, 0.0]),
        (40.0, 1664.8, [0.0, 3.2]),
        (60.0, 1713.6, [6.4, 3.2]),
        (240.0, 1800.0, [0.0, 0.0]),
    ] {
        let (model, plan) = solved(&[&capture(price)]);
        assert_close(&format!("cost at {price}"), plan.solution.objective, cost);
        for (year, wanted) in captured.into_iter().enumerate() {
            let found = activity(&model, &plan, "captured", "land", year);
            assert_close(&format!("captured at {price}"), found, wanted);
        }
    }
}

/// 1 GW wears out in 2040. For 5 a year it serves until 2049; a new one would cost 15 in the second
/// decade alone.
#[test]
fn a_life_is_extended() {
    let plant = "[processes.plant]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
                 residual_capacity = { 2039 = 1, 2040 = 0 }\ncapital_cost = 300\nlife = 20\n\
                 [retrofits.longer]\nfrom = \"plant\"\nto = \"plant\"\ncapital_cost = 100\n\
                 life = 20\n";
    let (model, plan) = solved(&[DECADES, DEMAND, plant]);
    assert_close("cost", plan.solution.objective, 5.0 * 20.0);
    assert_close("in 2030", capacity(&model, &plan, "plant", 0).0, 1.0);
    assert_close("in 2040", capacity(&model, &plan, "plant", 1).0, 1.0);
}

/// Coal is 1 USD/GJ until 2040 and then 100; what is built of it in 2030 (10 a year for each GW) may
/// burn something clean at 2 from 2040 on, for 5 a year for each GW and with a fifth of it lost, and
/// costs 7 a year to keep then, as what is built in 2040. Else power is 20 USD/GJ. So 1.25 GW of coal
/// are built for 1 GW from 2040 on.
const CLEAN: &str = "[processes.coal]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
     capital_cost = 400\nlife = 40\nvariable_cost = { residual = 1, built = { 2030 = 1 }, by_age = \
     { 0 = 1, 10 = 1, \"10.001\" = 100 } }\n\
     max_new_capacity = { value = { 2030 = 9, 2039 = 9, 2040 = 0 }, unit = \"GW/a\" }\n\
     [processes.clean]\noutput = \"electricity\"\ncapacity = \"GW\"\nvariable_cost = 2\n\
     fixed_cost = { residual = 0, built = { 2030 = 1, 2040 = 7 } }\n\
     [processes.contract]\noutput = \"electricity\"\nvariable_cost = 20\n\
     [retrofits.cleaner]\nfrom = \"coal\"\nto = \"clean\"\nkept = 0.8\ncapital_cost = 50\n\
     economic_life = 10\n";

#[test]
fn a_vintage_is_converted() {
    let (model, plan) = solved(&[DECADES, DEMAND, CLEAN]);
    let run = 10.0 * GW_YEAR * (1.0 + 2.0);
    let built = 1.25 * 10.0 * 20.0;
    let converted = 1.25 * 5.0 * 10.0;
    assert_close("cost", plan.solution.objective, run + built + converted + 7.0 * 10.0);
    let accounts = Accounts::new(&model, &plan.solution);
    let paid: f64 = (accounts.costs().iter())
        .filter(|cost| cost.kind == CostKind::Investment)
        .map(|cost| cost.present_value)
        .sum();
    assert_close("investment", paid, built + converted);
    // in each year of the second decade 12.5 for the coal plants and 6.25 for the retrofit
    let due: f64 = (accounts.annual_costs().iter())
        .filter(|cost| cost.kind == CostKind::Investment && cost.year == 1)
        .map(|cost| cost.value)
        .sum();
    assert_close("due in 2040", due, 12.5 + 6.25);
    assert_close("clean", capacity(&model, &plan, "clean", 1).0, 1.0);
    assert_close("coal", capacity(&model, &plan, "coal", 1).0, 0.0);
    let rows = |csv: String, kind: &str| -> Vec<(String, f64)> {
        let rows = csv.lines().filter(|line| line.contains(kind));
        rows.map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            (format!("{} {}", cells[1], cells[6]), cells[7].parse().unwrap_or(f64::NAN))
        })
        .collect()
    };
    let added = rows(tables::new_capacity::sheet(&accounts).to_csv(), ",converted,");
    let gone = rows(tables::retirement::sheet(&accounts).to_csv(), ",converted,");
    assert_eq!((added.len(), gone.len()), (1, 1), "{added:?} {gone:?}");
    assert_eq!((added[0].0.as_str(), gone[0].0.as_str()), ("clean 2040", "coal 2040"));
    assert_close("added", added[0].1, 1.0);
    assert_close("gone", gone[0].1, 1.25);
}

/// 1 GW that exists costs 60 a year to keep, a new one 20 + 10, for 20 years. Taking one down costs 100
/// in the first year it is gone: the existing one in 2030, when it is retired (for 50 more), or in
/// 2040, when it has worn out. What is in service to the end of the horizon is not taken down.
/// Retired, that is 600 for the new one and 150; kept, 600 + 300 + 100. For 400 more it is kept.
#[test]
fn closing_early_and_taking_down() {
    let of = |more: u32| {
        let plant = format!(
            "[processes.plant]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
             residual_capacity = {{ 2039 = 1, 2040 = 0 }}\nearly_retirement = true\n\
             fixed_cost = {{ residual = 60, built = 10 }}\ncapital_cost = 400\nlife = 20\n\
             decommissioning_cost = {{ value = 100, unit = \"USD/kW\" }}\n\
             early_retirement_cost = {{ value = {more}, unit = \"USD/kW\" }}\n"
        );
        solved(&[DECADES, DEMAND, &plant])
    };
    let (model, plan) = of(50);
    assert_close("retired", plan.solution.objective, 600.0 + 100.0 + 50.0);
    let accounts = Accounts::new(&model, &plan.solution);
    let spent: f64 = (accounts.costs().iter())
        .filter(|cost| cost.kind == CostKind::Decommissioning)
        .map(|cost| cost.amount)
        .sum();
    assert_close("taken down", spent, 150.0);
    let (_, plan) = of(400);
    assert_close("kept", plan.solution.objective, 600.0 + 300.0 + 100.0);
}

/// Two regions alike become one, with one retrofit; and the export says what OSeMOSYS cannot.
#[test]
fn retrofits_of_regions_that_become_one() {
    let one = capture(60.0);
    let two =
        one.replace("land = { annual = 10 }", "land = { annual = 10 }\nsea = { annual = 10 }");
    let two = read(&["[regions.sea]\n", &two]);
    let members = (0..2).map(RegionIx::new).collect();
    let group = RegionGroup { name: "one".to_owned(), label: "One".to_owned(), members };
    let merged = merge_regions(&two, &[group]).expect("they are alike");
    assert_eq!((two.retrofits.len(), merged.retrofits.len()), (2, 1));
    let cost = |model: &Model| solve(model).solution.objective;
    assert_close("together", cost(&merged), 2.0 * 1713.6);
    assert_close("each", cost(&two), 2.0 * 1713.6);
    let refusal = export::from_model(&two).err().unwrap_or_default().join("\n");
    assert!(refusal.contains("retrofits: OSeMOSYS converts no capacity"), "{refusal}");
}
