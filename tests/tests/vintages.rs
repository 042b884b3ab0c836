//! Values by year of building, ageing and survival, each in a model solved by hand.

use std::collections::BTreeMap;

use kzleap_accounts::Accounts;
use kzleap_accounts::costs::CostKind;
use kzleap_report::tables;
use kzleap_study::formulation::formulate;
use kzleap_study::model::{Model, RegionGroup, RegionIx, Standing, YearIx};
use kzleap_study::osemosys::export;
use kzleap_study::resolution::merge_regions;
use kzleap_study::{Plan, RunSpec, dispatch};
use kzleap_tests::by_hand::{DEMAND, GW_YEAR, ONE_YEAR, read, solved};
use kzleap_tests::{activity, assert_close, capacity, solve};

/// Two periods of ten years, without discounting; gas at 10 USD/GJ.
const TIME: &str = "[time]\nyears = [2030, 2040]\nhorizon_end = 2049\n[finance]\n\
     discount_rate = 0.0\n";
const GAS: &str = "[commodities.gas]\ntier = \"annual\"\nemissions = { co2 = 50 }\n\
     [emissions.co2]\n[resources.gas_import]\ncommodity = \"gas\"\ncost = 10\n";
/// 1 GW of electricity in 2030, 2 GW in 2040.
const MORE: &str = "[commodities.electricity]\n[demands.electricity]\nland = { profile = \"flat\", \
     annual = { 2030 = 31.536, 2039 = 31.536, 2040 = 63.072 } }\n";

/// A gas plant that is paid 400 MUSD a year for each GW, too much to replace one that is still there.
fn gas_plant(more: &str) -> String {
    format!(
        "[processes.plant]\ninput = \"gas\"\noutput = \"electricity\"\ncapacity = \"GW\"\n\
         capital_cost = 16000\nlife = 40\n{more}\n"
    )
}

/// A plant without fuel that is paid 20 MUSD a year for each GW.
fn plant(life: u32, more: &str) -> String {
    format!(
        "[processes.plant]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
         capital_cost = {}\nlife = {life}\n{more}\n",
        20 * life
    )
}

fn of_kind(model: &Model, plan: &Plan, kind: CostKind) -> f64 {
    let accounts = Accounts::new(model, &plan.solution);
    let costs = accounts.costs().iter().filter(|cost| cost.kind == kind);
    costs.map(|cost| cost.present_value).sum()
}

const BY_VINTAGE: &str = "efficiency = { built = { 2030 = 0.4, 2040 = 0.5 } }";

/// What is built in 2030 turns 40 % of the gas into power to the end of its life, what is built in 2040
/// 50 %: two decades of 31.536 / 0.4 PJ a year, and one of 31.536 / 0.5. By calendar year, all turns
/// 50 % in 2040.
#[test]
fn a_plant_keeps_the_efficiency_of_its_year_of_building() {
    let (model, plan) = solved(&[TIME, GAS, MORE, &gas_plant(BY_VINTAGE)]);
    let (old, new) = (GW_YEAR / 0.4, GW_YEAR / 0.5);
    let paid = 400.0 * (10.0 + 20.0);
    assert_close("cost", plan.solution.objective, 100.0 * (2.0 * old + new) + paid);
    assert_close("made", activity(&model, &plan, "plant", "land", 1), 2.0 * GW_YEAR);
    let emitted: Vec<f64> = plan.solution.emissions.iter().copied().collect();
    assert_close("emitted in 2030", emitted[0], old * 0.05);
    assert_close("emitted in 2040", emitted[1], (old + new) * 0.05);
    let by_calendar = gas_plant("efficiency = { 2030 = 0.4, 2040 = 0.5 }");
    let (_, plan) = solved(&[TIME, GAS, MORE, &by_calendar]);
    assert_close("all of it", plan.solution.objective, 100.0 * (old + 2.0 * new) + paid);
}

/// Half a GW exists, at 35 %; the other half is built in 2030, at 40 %. Where what exists is not
/// said, it is as what is built for 2030.
#[test]
fn what_exists_already_has_a_value_of_its_own() {
    let cost = |efficiency: &str| {
        let half = format!("residual_capacity = 0.5\nefficiency = {efficiency}");
        solved(&[TIME, GAS, DEMAND, &gas_plant(&half)]).1.solution.objective
    };
    let half = |efficiency: f64| 200.0 * 0.5 * GW_YEAR / efficiency;
    let paid = 400.0 * 20.0 * 0.5;
    assert_close(
        "said",
        cost("{ residual = 0.35, built = { 2030 = 0.4, 2040 = 0.5 } }"),
        half(0.35) + half(0.4) + paid,
    );
    assert_close(
        "not said",
        cost("{ built = { 2030 = 0.4, 2040 = 0.5 } }"),
        half(0.4) + half(0.4) + paid,
    );
}

/// Where all vintages are alike, the program is that of the plain value; a ratio of inputs is the
/// other side of an efficiency.
#[test]
fn vintages_that_are_alike_are_none() {
    let digest = |of: &str| {
        let half = format!("residual_capacity = 0.5\n{of}");
        formulate(&read(&[TIME, GAS, MORE, &gas_plant(&half)])).lp.digest()
    };
    let plain = digest("efficiency = 0.4\nfixed_cost = 3\navailability = 0.9");
    for same in ["0.4", "{ 2030 = 0.4, 2040 = 0.4 }"] {
        let same = format!(
            "efficiency = {{ built = {same} }}\nfixed_cost = {{ built = 3 }}\n\
             availability = {{ residual = 0.9, built = {{ value = 0.9 }} }}"
        );
        assert_eq!(digest(&same), plain, "{same}");
    }
    let cost = |of: &str| {
        let flows = gas_plant("").replace("input = \"gas\"\noutput = \"electricity\"", of);
        let model = read(&[TIME, GAS, MORE, &flows]);
        assert_eq!(model.processes.iter().map(|process| process.parts.len()).max(), Some(3));
        solve(&model).solution.objective
    };
    let by_inputs = "outputs = { electricity = 1 }\n\
                     inputs = { gas = { residual = 4, built = { 2030 = 2.5, 2040 = 2 } } }";
    let by_efficiency = "input = \"gas\"\noutput = \"electricity\"\n\
                         efficiency = { residual = 0.25, built = { 2030 = 0.4, 2040 = 0.5 } }";
    assert_close("inputs", cost(by_inputs), cost(by_efficiency));
}

/// What exists costs 60 a year to keep; what is built in 2030 costs 10 and from its tenth year on five
/// times that, and what is built in 2040 costs 2. So the standing GW leaves in 2030 for a new one
/// (20 + 10), which leaves in 2040, still to be paid (20), for another (20 + 2).
#[test]
fn fixed_cost_and_early_retirement_by_vintage() {
    let fixed = "residual_capacity = 1\nearly_retirement = true\n\
                 fixed_cost = { residual = 60, built = { 2030 = 10, 2040 = 2 }, by_age = { 0 = 1, \
                 10 = 1, 20 = 9 } }";
    let (model, plan) = solved(&[TIME, DEMAND, &plant(20, fixed)]);
    assert_close("cost", plan.solution.objective, 300.0 + 200.0 + 220.0);
    assert_close("kept", of_kind(&model, &plan, CostKind::Fixed), 100.0 + 20.0);
    assert_close("built", capacity(&model, &plan, "plant", 1).1, 1.0);
    assert_close("in service", capacity(&model, &plan, "plant", 1).0, 1.0);
}

/// Of 1 GW that exists half can run, 40 % must, and each GJ costs 5; what is built can run whole, need
/// not run, and costs 1 and 20 for each GW. So what exists makes 40 %, and 0.6 GW are built.
#[test]
fn availability_minimum_load_and_variable_cost_by_vintage() {
    let more = "residual_capacity = 1\navailability = { residual = 0.5, built = 1 }\n\
                minimum_load = { residual = 0.4, built = 0 }\n\
                variable_cost = { residual = 5, built = 1 }";
    let (model, plan) = solved(&[ONE_YEAR, DEMAND, &plant(10, more)]);
    let made = 0.4 * GW_YEAR * 5.0 + 0.6 * GW_YEAR;
    assert_close("cost", plan.solution.objective, made + 0.6 * 20.0);
    assert_close("built", capacity(&model, &plan, "plant", 0).1, 0.6);
    // over the year what exists can run for a tenth at most, and need not
    let more = "residual_capacity = 1\nannual_availability = { residual = 0.1, built = 0.5 }\n\
                variable_cost = { residual = 0, built = 1 }";
    let (_, plan) = solved(&[ONE_YEAR, DEMAND, &plant(10, more)]);
    assert_close("by the year", plan.solution.objective, 0.9 * GW_YEAR + 1.8 * 20.0);
}

/// From half when new to 0.4 after 20 years: 0.475 in the first decade and 0.425 in the second.
#[test]
fn a_plant_ages() {
    let ages = "efficiency = { built = 0.5, by_age = { 0 = 1, 20 = 0.8 } }";
    let (_, plan) = solved(&[TIME, GAS, DEMAND, &gas_plant(ages)]);
    let gas = 100.0 * GW_YEAR * (1.0 / 0.475 + 1.0 / 0.425);
    assert_close("cost", plan.solution.objective, gas + 400.0 * 20.0);
}

/// Half of what is built is gone after 20 years, evenly: of each GW 0.875 serve in its first decade
/// and 0.625 in its second. 1 / 0.875 GW are built in 2030, and in 2040 what is lacking.
#[test]
fn what_is_built_dies_out() {
    let dies = plant(40, "survival = { 0 = 1, 20 = 0.5 }");
    let (model, plan) = solved(&[TIME, DEMAND, &dies]);
    let first = 1.0 / 0.875;
    let then = (1.0 - 0.625 * first) / 0.875;
    assert_close("2030", capacity(&model, &plan, "plant", 0).1, first);
    assert_close("2040", capacity(&model, &plan, "plant", 1).1, then);
    assert_close("cost", plan.solution.objective, 20.0 * (20.0 * first + 10.0 * then));
}

/// The same in periods of five years, and of two regions that become one.
#[test]
fn periods_and_regions_mean_nothing() {
    let efficiency = "efficiency = { built = { 2030 = 0.4, 2039 = 0.4, 2040 = 0.5 } }\n\
                      residual_capacity = 0.2";
    let cost =
        |time: &str| solved(&[time, GAS, MORE, &gas_plant(efficiency)]).1.solution.objective;
    let finer = TIME.replace("[2030, 2040]", "[2030, 2035, 2040, 2045]");
    assert_close("in halves", cost(&finer), cost(TIME));

    let two = format!("[regions.sea]\n{MORE}sea = {{ annual = 10 }}\n");
    let two = read(&[TIME, GAS, &two, &gas_plant(efficiency)]);
    let members = (0..2).map(RegionIx::new).collect();
    let group = RegionGroup { name: "one".to_owned(), label: "One".to_owned(), members };
    let one = merge_regions(&two, &[group]).expect("they are alike");
    assert_eq!((one.processes.len(), two.processes.len()), (2, 4), "the plant and the import");
    assert_close("together", solve(&one).solution.objective, solve(&two).solution.objective);
}

/// The table has what is in service of each vintage and what it burns, and reads back as what a dispatch
/// holds: 1 GW at 40 % and 1 GW at 50 %, through 2040.
#[test]
fn the_table_of_vintages_and_the_dispatch_of_a_plan() {
    let (model, plan) = solved(&[TIME, GAS, MORE, &gas_plant(BY_VINTAGE)]);
    let accounts = Accounts::new(&model, &plan.solution);
    let csv = tables::vintages::sheet(&accounts).to_csv();
    let rows = [
        "land,plant,plant,residual+2030,capacity,,GW,2040,1",
        "land,plant,plant,2040,capacity,,GW,2040,1",
        "land,plant,plant,residual+2030,input,gas,PJ/a,2040,78.84",
        "land,plant,plant,2040,output,electricity,PJ/a,2040,31.536",
    ];
    for row in rows {
        assert!(csv.lines().any(|line| close_row(line, row)), "{row} in\n{csv}");
    }
    let standing = Standing::new(&model, &plan.solution);
    let read_back = tables::vintages::read(&csv, &model).expect("its own table");
    let rounded = |parts: &BTreeMap<_, Vec<f64>>| -> Vec<i64> {
        parts.values().flatten().map(|gw| (gw * 1e6).round() as i64).collect()
    };
    assert_eq!(rounded(&read_back), rounded(&standing.parts));
    let year =
        dispatch(&model, &standing, YearIx::new(1), &RunSpec::default(), &Default::default())
            .expect("it can be operated");
    let burnt = GW_YEAR / 0.4 + GW_YEAR / 0.5;
    assert_close("operated", year.solution.objective, 100.0 * burnt);
}

/// Whether the texts of two rows are the same, and their last numbers close.
fn close_row(found: &str, wanted: &str) -> bool {
    let split = |row: &str| {
        let (texts, number) = row.rsplit_once(',').expect("cells");
        (texts.to_owned(), number.parse::<f64>().unwrap_or(f64::NAN))
    };
    let ((found, a), (wanted, b)) = (split(found), split(wanted));
    found == wanted && (a - b).abs() < 1e-6
}

/// OSeMOSYS has no vintages: the export says so.
#[test]
fn what_other_tools_cannot_say() {
    let model = read(&[TIME, GAS, MORE, &gas_plant(BY_VINTAGE)]);
    let refusal = export::from_model(&model).err().unwrap_or_default().join("\n");
    assert!(refusal.contains("`plant`: values by year of building"), "{refusal}");
    let fixed = plant(20, "fixed_cost = { built = { 2030 = 10, 2040 = 2 } }");
    let model = read(&[TIME, MORE, &fixed]);
    let refusal = export::from_model(&model).err().unwrap_or_default().join("\n");
    assert!(refusal.contains("`plant`: a fixed cost by year of building"), "{refusal}");
}
