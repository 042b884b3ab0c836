//! Laws of resolution for models that say more than plants and demand. A region in parts, where
//! everything moves freely, costs what it did, and so does it as one again. So do slices that are alike,
//! aggregated.

use std::collections::BTreeMap;

use kzleap_study::model::{Model, RegionGroup, RegionIx, RegionPart, RegionSplit};
use kzleap_study::resolution::{merge_regions, merge_slices, split_regions};
use kzleap_tests::by_hand::read;
use kzleap_tests::solve;

/// Two periods of ten years; day and night are alike.
const SYSTEM: &str = "\
[time]
years = [2030, 2040]
horizon_end = 2049
[[time.seasons]]
name = \"summer\"
days = 182.5
[[time.seasons]]
name = \"winter\"
days = 182.5
[time.blocks]
night = 12
day = 12
[finance]
discount_rate = 0.05
[commodities.electricity]
[emissions.co2]
price = 20
[processes.gas]
output = \"electricity\"
capacity = \"GW\"
residual_capacity = 3
variable_cost = 12
emissions = { co2 = 110 }
";
const DEMAND: &str = "[demands.electricity.land]\nannual = 31.536\n";

const CLASSES: &str = "\
[processes.wind]
output = \"electricity\"
capacity = \"GW\"
capital_cost = 1000
life = 20
[processes.wind.classes.coast]
availability = { summer = 0.4, winter = 0.6 }
max_capacity = 0.7
connection_cost = { value = 200, unit = \"USD/kW\" }
[processes.wind.classes.plain]
availability = { summer = 0.3, winter = 0.4 }
";

const COMMISSIONED: &str = "\
[processes.coal]
output = \"electricity\"
capacity = \"GW\"
life = 40
variable_cost = { built = { 1980 = 9, 2010 = 5 } }
fixed_cost = { built = { 1980 = 60, 2010 = 20 } }
early_retirement = true
commissioned = { 1992 = 0.5, 2003 = 0.4 }
";

const RETROFIT: &str = "\
[processes.coal]
output = \"electricity\"
capacity = \"GW\"
residual_capacity = { 2030 = 0.8, 2040 = 0.6 }
variable_cost = 4
emissions = { co2 = 300 }
[processes.captured]
output = \"electricity\"
capacity = \"GW\"
variable_cost = 5
emissions = { co2 = 30 }
[retrofits.capture]
from = \"coal\"
to = \"captured\"
kept = 0.8
economic_life = 15
lead_time = 3
spending = { 2 = 0.5, 1 = 0.5 }
capital_cost = { value = 700, unit = \"USD/kW\" }
max_converted = { value = 0.04, unit = \"GW/a\" }
";

/// Hydrogen of the summer for the winter.
const CAVERN: &str = "\
[commodities.hydrogen]
[demands.hydrogen]
land = { annual = 10 }
[processes.electrolyser]
input = \"electricity\"
output = \"hydrogen\"
efficiency = 0.7
capacity = \"GW\"
residual_capacity = 3
[processes.sun]
output = \"electricity\"
capacity = \"GW\"
capital_cost = 500
life = 25
availability = { summer = 0.5, winter = 0.1 }
[storages.cavern]
commodity = \"hydrogen\"
cycle = \"year\"
capital_cost = 100
life = 20
charge_capital_cost = { value = 200, unit = \"USD/kW\" }
energy_capital_cost = { value = 0.05, unit = \"USD/kWh\" }
minimum_level = 0.3
cushion_cost = { value = 0.02, unit = \"USD/kWh\" }
";

/// Coal, of which so much must stand beside wind, and may not grow fast; it is scrubbed.
const CONSTRAINTS: &str = "\
[emissions.so2]
price = 900
[commodities.coal]
tier = \"annual\"
emissions = { co2 = { value = 95, unit = \"kt/PJ\" }, so2 = { value = 1, unit = \"kt/PJ\" } }
[resources.mine]
commodity = \"coal\"
steps.1 = { cost = 1, max = { value = 40, unit = \"PJ/a\" } }
steps.2 = { cost = 2 }
[processes.coal]
input = \"coal\"
output = \"electricity\"
efficiency = 0.4
capacity = \"GW\"
capital_cost = 1500
life = 30
removal = { so2 = 0.9 }
[constraints.coal]
unit = \"TWh\"
at_most = { 2030 = 3, 2040 = 5 }
terms.coal = { quantity = \"output\", processes = [\"coal\"], commodity = \"electricity\" }
[constraints.pace]
unit = \"GW\"
growth = { rate = 0.05, seed = 0.01 }
start = 0.2
terms.coal = { quantity = \"capacity\", processes = [\"coal\"] }
";

/// What each word is, and a model of it.
fn models() -> Vec<(&'static str, Model)> {
    let of = |parts: &[&str]| read(&[&[SYSTEM], parts].concat());
    let elastic = DEMAND.to_owned()
        + "steps.works = { share = 0.4, worth = 13 }\nsteps.baths = { share = 0.1, worth = 15 }\n";
    let curve = DEMAND.to_owned() + "elasticity = 0.4\nreference_price = 13\n";
    vec![
        ("classes", of(&[DEMAND, CLASSES])),
        ("commissioned", of(&[DEMAND, COMMISSIONED])),
        ("retrofits", of(&[DEMAND, RETROFIT])),
        ("long stores", of(&[DEMAND, CAVERN])),
        ("constraints", of(&[DEMAND, CONSTRAINTS])),
        ("demand in steps", of(&[&elastic])),
        ("elastic demand", of(&[&curve])),
    ]
}

fn objective(model: &Model) -> f64 {
    solve(model).solution.objective
}

fn assert_equal(what: &str, one: f64, other: f64) {
    assert!((one / other - 1.0).abs() < 1e-9, "{what}: {one}, as it was {other}");
}

#[test]
fn a_region_in_parts_costs_what_it_did_and_so_does_it_together_again() {
    for (what, model) in models() {
        let cost = objective(&model);
        let part = |(name, share): (&str, f64)| RegionPart {
            region: RegionIx::new(0),
            name: name.to_owned(),
            label: name.to_owned(),
            share,
            demands: BTreeMap::new(),
            owners: BTreeMap::new(),
        };
        let parts = [("hub", 0.5), ("hill", 0.3), ("shore", 0.2)].map(part).to_vec();
        let apart = split_regions(&model, &RegionSplit { parts, local: Vec::new() });
        let apart = apart.unwrap_or_else(|found| panic!("{what}: {found:?}"));
        assert_equal(what, objective(&apart), cost);
        let members = apart.regions.ixs().collect();
        let group = RegionGroup { name: "land".to_owned(), label: "land".to_owned(), members };
        let again = merge_regions(&apart, &[group]);
        let again = again.unwrap_or_else(|found| panic!("{what}: {found:?}"));
        assert_eq!(again.regions.len(), 1);
        assert_equal(what, objective(&again), cost);
    }
}

/// So that no law holds of a word that does nothing.
#[test]
fn every_word_is_felt_by_the_plan() {
    let without = objective(&read(&[SYSTEM, DEMAND]));
    for (what, model) in models() {
        let with = objective(&model);
        assert!(
            (with / without - 1.0).abs() > 1e-3,
            "{what}: {with}, and {without} without it"
        );
    }
}

#[test]
fn slices_that_are_alike_cost_what_they_did_as_one() {
    for (what, model) in models() {
        let merged =
            merge_slices(&model, 2).unwrap_or_else(|found| panic!("{what}: {found:?}"));
        assert_eq!((model.time.slices.len(), merged.time.slices.len()), (4, 2), "{what}");
        assert_equal(what, objective(&merged), objective(&model));
    }
}
