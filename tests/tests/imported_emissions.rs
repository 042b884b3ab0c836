//! What arrives over a link counts as emitted where it arrives, solved by hand.

use kzleap_accounts::Accounts;
use kzleap_report::tables;
use kzleap_study::model::{Model, RegionGroup, RegionIx};
use kzleap_study::resolution::merge_regions;
use kzleap_tests::by_hand::{ONE_YEAR, read, solved};
use kzleap_tests::{assert_close, solve};

/// 10 PJ are needed at home. Abroad makes a PJ for 20 MUSD; gas at home for 45, at 40 kt.
const MODEL: &str = "\
[regions.abroad]
domestic = false
[commodities.electricity]
[demands.electricity]
land = { annual = 10 }
[emissions.co2]
[processes.power_abroad]
output = \"electricity\"
regions = [\"abroad\"]
variable_cost = 20
[processes.gas]
output = \"electricity\"
regions = [\"land\"]
variable_cost = 45
emissions = { co2 = 40 }
[links.border]
from = \"abroad\"
to = \"land\"
commodity = \"electricity\"
";
const CAP: &str =
    "[emission_caps.land]\nregions = [\"land\"]\nemissions = { co2 = 1 }\nlimit = 0.5\n";

/// 80 kt count for a PJ that arrives. With 0.5 Mt in all, 2.5 PJ are imported: 0.2 + 0.3 Mt. One Mt less
/// takes 25 PJ from the border to gas, each 25 MUSD more.
#[test]
fn imports_count_under_a_cap_where_they_arrive() {
    let link = "emissions = { co2 = 80 }\n";
    let (model, plan) = solved(&[ONE_YEAR, MODEL, link, CAP]);
    assert_close("cost", plan.solution.objective, 2.5 * 20.0 + 7.5 * 45.0);
    assert_close("price", plan.solution.emission_price[0][0], 25.0 / 0.04);
    let accounts = Accounts::new(&model, &plan.solution);
    assert_close(
        "at home",
        accounts.domestic_emissions(model.emissions.ixs().next().unwrap())[0],
        0.5,
    );
    let table = tables::emissions::sheet(&accounts).to_csv();
    assert!(table.contains("\nco2,land,border,link,Mt/a,2030,0.1999"), "{table}");
}

/// A tenth is lost: what arrives counts, so that 2.5 PJ still arrive, and 2.5 / 0.9 are sent.
#[test]
fn what_is_lost_on_the_way_does_not_count() {
    let link = "emissions = { co2 = 80 }\nloss = 0.1\n";
    let (_, plan) = solved(&[ONE_YEAR, MODEL, link, CAP]);
    assert_close("cost", plan.solution.objective, 2.5 / 0.9 * 20.0 + 7.5 * 45.0);
}

/// A tax of 200 USD/t adds 16 to imports, and 8 to gas: 36 against 53. One of 700 adds 56 and 28.
#[test]
fn imports_pay_a_tax() {
    let link = "emissions = { co2 = 80 }\n[emissions.co2]\nprice = 200\n";
    let model = MODEL.replace("[emissions.co2]\n", "");
    let (_, plan) = solved(&[ONE_YEAR, &model, link]);
    assert_close("imports", plan.solution.objective, 360.0);
    let (_, plan) = solved(&[ONE_YEAR, &model, &link.replace("200", "700")]);
    assert_close("gas", plan.solution.objective, 730.0);
}

/// The line goes both ways, and the other country counts its own: what is sent there is none of the cap at
/// home.
#[test]
fn exports_count_at_the_other_end() {
    let abroad = MODEL
        .replace("land = { annual = 10 }", "abroad = { annual = 10 }")
        .replace("variable_cost = 20", "variable_cost = 90");
    let link = "emissions = { co2 = 80 }\n";
    let (model, plan) = solved(&[ONE_YEAR, &abroad, link, CAP]);
    // gas at home makes all of it: 0.4 Mt
    assert_close("cost", plan.solution.objective, 450.0);
    let counted = |region: usize| plan.solution.emissions[(0, region, 0)];
    assert_close("at home", counted(0), 0.4);
    assert_close("abroad", counted(1), 0.8);
    assert_eq!(model.regions[RegionIx::new(1)].name, "abroad");
}

/// A line between what becomes one region stays where something is counted on it.
#[test]
fn the_law_of_merging_keeps_what_is_counted() {
    let link = "emissions = { co2 = 80 }\n";
    let model = MODEL.replace("domestic = false\n", "");
    let both = CAP.replace("regions = [\"land\"]\n", "");
    let model = read(&[ONE_YEAR, &model, link, &both]);
    let group = RegionGroup {
        name: "all".to_owned(),
        label: "all".to_owned(),
        members: model.regions.ixs().collect(),
    };
    let merged = merge_regions(&model, &[group]).expect("they may be one");
    assert_eq!((merged.regions.len(), merged.links.len()), (1, 1));
    let cost = |model: &Model| solve(model).solution.objective;
    // power freely moves within the region, and the line is not used any more
    assert_close("together", cost(&merged), 200.0);
    assert_close("apart", cost(&model), 387.5);
}
