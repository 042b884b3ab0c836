//! Long stores: charging and giving back sized apart, cushion gas, losses; each solved by hand.

use kzleap_study::Repair;
use kzleap_study::model::{RegionGroup, RegionIx};
use kzleap_study::resolution::merge_regions;
use kzleap_tests::by_hand::{folder, read, solved};
use kzleap_tests::{assert_close, capacity, solve};

/// Two seasons of half a year: sun makes 3 GW in summer and nothing in winter, and 1 GW is needed in both.
const SEASONS: &str = "\
[time]
years = [2030]
[[time.seasons]]
name = \"summer\"
days = 182.5
[[time.seasons]]
name = \"winter\"
days = 182.5
[finance]
discount_rate = 0.0
[commodities.hydrogen]
[demands.hydrogen]
land = { annual = 31.536 }
[processes.sun]
output = \"hydrogen\"
capacity = \"GW\"
residual_capacity = 3
availability = { summer = 1, winter = 0 }
variable_cost = 1
";

/// A cavern whose power of giving back costs 100 USD/kW, of charging 300, and whose volume costs
/// 0.1 USD/kWh, all over 20 years.
const CAVERN: &str = "\
[storages.cavern]
commodity = \"hydrogen\"
cycle = \"year\"
capital_cost = 100
life = 20
charge_capital_cost = { value = 300, unit = \"USD/kW\" }
charge_fixed_cost = { value = 2, unit = \"USD/kW/a\" }
charge_efficiency = 0.8
energy_capital_cost = { value = 0.1, unit = \"USD/kWh\" }
";

/// Winter takes 1 GW x 4380 h = 4380 GWh out. Charging 1 / 0.8 = 1.25 GW all summer puts that in, and
/// the sun makes 2.25 GW. Volume costs 4380 x 0.1 / 20 = 21.9 MUSD a year, giving back 5, charging
/// 1.25 x (300 / 20 + 2) = 21.25; the sun costs 2.25 GW x 15.768 Ms at 1 USD/GJ = 35.478.
const AS_IT_IS: f64 = 21.9 + 5.0 + 21.25 + 35.478;

#[test]
fn charging_and_giving_back_are_sized_apart() {
    let (model, plan) = solved(&[SEASONS, CAVERN]);
    assert_close("cost", plan.solution.objective, AS_IT_IS);
    for (name, size) in [("cavern", 1.0), ("cavern.charge", 1.25), ("cavern.energy", 4380.0)] {
        assert_close(name, capacity(&model, &plan, name, 0).0, size);
    }
}

/// With 30 % of cushion gas the volume is 4380 / 0.7 GWh, 21.9 / 0.7 MUSD a year; what fills it costs
/// 0.05 USD/kWh of 30 %: 4380 / 0.7 x 0.3 x 0.05 / 20 more. Tied to 6000 hours of power it is the same
/// for each GWh: 6000 GWh for 1 GW, of which 4200 can be used, so power is 4380 / 4200 GW.
#[test]
fn cushion_gas_is_bought_and_stays() {
    let cushion = "minimum_level = 0.3\ncushion_cost = { value = 0.05, unit = \"USD/kWh\" }\n";
    let (model, plan) = solved(&[SEASONS, CAVERN, cushion]);
    let filling = 4380.0 / 0.7 * 0.3 * 0.05 / 20.0;
    assert_close("cost", plan.solution.objective, AS_IT_IS - 21.9 + 21.9 / 0.7 + filling);
    assert_close("size", capacity(&model, &plan, "cavern.energy", 0).0, 4380.0 / 0.7);
    let tied = CAVERN.replace(
        "energy_capital_cost = { value = 0.1, unit = \"USD/kWh\" }",
        &format!("hours = 6000\n{cushion}"),
    );
    let (model, plan) = solved(&[SEASONS, &tied]);
    let power = 4380.0 / 4200.0;
    let filling = power * 6000.0 * 0.3 * 0.05 / 20.0;
    assert_close("cost", plan.solution.objective, AS_IT_IS - 26.9 + 5.0 * power + filling);
    assert_close("power", capacity(&model, &plan, "cavern", 0).0, power);
}

/// What charges is not what gives back: a limit on the storage holds the latter alone, one on
/// `cavern.charge` the former. 1.1 GW of charging put in 0.88 GW of what winter needs; the rest is
/// bought at 9 USD/GJ.
#[test]
fn a_rule_counts_the_power_of_giving_back() {
    let bought = "[processes.import]\noutput = \"hydrogen\"\nvariable_cost = 9\n";
    let limit = |name: &str, most: f64| {
        format!(
            "[capacity_limits.l]\nprocesses = [\"{name}\"]\nmax = {{ value = {most}, unit = \"GW\" }}\n"
        )
    };
    let cost = |limit: &str| solved(&[SEASONS, CAVERN, bought, limit]).1.solution.objective;
    assert_close("loose", cost(&limit("cavern", 1.0)), AS_IT_IS);
    let part = 0.88;
    let summer = 15.768;
    let held = AS_IT_IS - summer
        + (summer - AS_IT_IS) * (1.0 - part)
        + summer
        + (1.0 - part) * summer * 9.0;
    assert_close("charging", cost(&limit("cavern.charge", 1.1)), held);
    assert_close("giving back", cost(&limit("cavern", 0.88)), held);
}

/// A potential of charging that is too small is named where it is written.
#[test]
fn a_limit_on_charging_is_named() {
    let limit = "charge_max_capacity = { value = 1, unit = \"GW\" }\n";
    let model = read(&[SEASONS, CAVERN, limit]);
    let explanation = kzleap_study::explain(&model, Default::default()).expect("a reason");
    let written = "storages.cavern.charge_max_capacity";
    let named = |repair: &Repair| {
        repair.rule.path.as_deref() == Some(written) && repair.text().contains("from 1 to 1.25")
    };
    assert!(explanation.repairs.iter().flatten().any(named), "{:?}", explanation.repairs);
}

/// Two regions with the same cavern, as one: twice of all.
#[test]
fn merged_regions_charge_and_give_back_together() {
    let two = SEASONS.replace(
        "[demands.hydrogen]\n",
        "[regions.sea]\n[demands.hydrogen]\nsea = { annual = 31.536 }\n",
    );
    let model = read(&[&two, CAVERN]);
    let members = vec![RegionIx::new(0), RegionIx::new(1)];
    let group = RegionGroup { name: "one".to_owned(), label: "One".to_owned(), members };
    let merged = merge_regions(&model, &[group]).expect("they are alike");
    let plan = solve(&merged);
    assert_close("cost", plan.solution.objective, 2.0 * AS_IT_IS);
    assert_close("charging", capacity(&merged, &plan, "cavern.charge", 0).0, 2.5);
}

/// A rule may name what charges only where that is sized on its own.
#[test]
fn what_charges_has_a_name_only_where_it_is_sized() {
    let tied = "[storages.tank]\ncommodity = \"hydrogen\"\ncycle = \"year\"\nhours = 100\n\
                capital_cost = 1\nlife = 20\n[capacity_limits.l]\n\
                processes = [\"tank.charge\"]\nmax = { value = 1, unit = \"GW\" }\n";
    let input = kzleap_study::input::read(folder(&[SEASONS, tied]).path(), None);
    let codes: Vec<&str> = input.diagnostics.iter().map(|one| one.code).collect();
    assert!(codes.contains(&"unknown-name"), "{codes:?}");
}
