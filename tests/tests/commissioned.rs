//! Existing capacity by the year in which its service began; each solved by hand.

use kzleap_study::model::{Model, RegionGroup, RegionIx, StorageIx};
use kzleap_study::resolution::merge_regions;
use kzleap_tests::by_hand::{DEMAND, GW_YEAR, folder, plant, read, read_with_findings, solved};
use kzleap_tests::{assert_close, capacity, solve};

/// Three periods of five years from 2030 on, without discounting.
const TIME: &str = "[time]\nyears = [2030, 2035, 2040]\nhorizon_end = 2044\n[finance]\n\
     discount_rate = 0.0\n";

/// Half a GW of 2000 and half a GW of 2010, which serve for 32 years: to the end of 2031 and of 2041.
/// In the period from 2030 on 0.5 x 2 / 5 GW of the first are in service and all of the second, then
/// all of the second, then 0.5 x 2 / 5 GW of it.
const COAL: &str = "[commodities.coal]\n[resources.coal_mine]\ncommodity = \"coal\"\ncost = 3\n\
     [processes.coal_plant]\nlabel = \"Coal\"\ncategory = \"coal\"\ninput = \"coal\"\noutput = \"electricity\"\n\
     efficiency = { built = { 2000 = 0.3, 2010 = 0.4 } }\ncapacity = \"GW\"\nlife = 32\n\
     commissioned = { 2000 = 0.5, 2010 = 0.5 }\n";

/// What the rest is made with, at 20 USD/GJ.
fn rest() -> String {
    plant("rest", 1.0, 20.0, "")
}

fn cost(parts: &[&str]) -> f64 {
    solved(&[&[TIME, DEMAND], parts].concat()).1.solution.objective
}

/// A GJ of power costs 3 / 0.3 and 3 / 0.4 USD: in the three periods 0.2 x 10 + 0.5 x 7.5 + 0.3 x 20,
/// then 0.5 x 7.5 + 0.5 x 20, then 0.2 x 7.5 + 0.8 x 20, in each year of five.
const OF_FUEL: f64 = 5.0 * GW_YEAR * (11.75 + 13.75 + 17.5);

#[test]
fn each_year_runs_as_it_was_built_and_is_gone_after_its_life() {
    let (model, plan) = solved(&[TIME, DEMAND, COAL, &rest()]);
    assert_close("cost", plan.solution.objective, OF_FUEL);
    for (name, in_service) in
        [("coal_plant.2000", [0.2, 0.0, 0.0]), ("coal_plant.2010", [0.5, 0.5, 0.2])]
    {
        for (y, expected) in in_service.into_iter().enumerate() {
            assert_close(name, capacity(&model, &plan, name, y).0, expected);
        }
    }
    let names: Vec<(&str, &str)> =
        model.processes.iter().map(|p| (p.label.as_str(), p.category.as_str())).collect();
    let of_coal = [("Coal, 2000", "coal"), ("Coal, 2010", "coal")];
    assert_eq!(names[..2], of_coal, "nothing else of it, as none can be built");
}

/// Keeping 20 USD/kW of 2000 and 10 of 2010: 0.2 x 20 + 0.5 x 10, then 5, then 2 MUSD a year. Where
/// the former cost 400 they save less than that, 0.2 x (20 - 10) x 31.536 = 63 of 80, and close.
#[test]
fn keeping_is_of_the_year_too_and_the_plan_closes_what_is_not_worth_it() {
    let kept = "fixed_cost = { built = { 2000 = 20, 2010 = 10 } }\n";
    assert_close("kept", cost(&[COAL, kept, &rest()]), OF_FUEL + 5.0 * (9.0 + 5.0 + 2.0));
    let costly =
        "fixed_cost = { built = { 2000 = 400, 2010 = 10 } }\nearly_retirement = true\n";
    let closed = 5.0 * (0.2 * 10.0 * GW_YEAR + 5.0 + 5.0 + 2.0);
    assert_close("closed", cost(&[COAL, costly, &rest()]), OF_FUEL + closed);
}

/// Availability falls by 0.01 a year: in its period from 2035 on a plant of 2010 is 25 to 30 years old,
/// 0.725 of it runs. `residual` says so of all of it, whatever its age.
#[test]
fn ages_are_known() {
    let aging = |residual: &str| {
        format!("availability = {{ built = 1, by_age = {{ 0 = 1, 50 = 0.5 }}{residual} }}\n")
    };
    let made = |aging: &str| {
        let (model, plan) = solved(&[TIME, DEMAND, COAL, aging, &rest()]);
        kzleap_tests::activity(&model, &plan, "coal_plant.2010", "land", 1)
    };
    assert_close("aged", made(&aging("")), 0.5 * 0.725 * GW_YEAR);
    assert_close("given", made(&aging(", residual = 0.6")), 0.5 * 0.6 * GW_YEAR);
}

/// Of what is still there by its age, the mean over the period counts: from 1 at 20 to 0.5 at 30 years
/// it is 0.875 for a plant of 2010 in the first period, then 0.625. In the two years after 30 that
/// are left, half of it is there.
#[test]
fn survival_thins_it_out() {
    let survival = "survival = { 0 = 1, 20 = 1, 30 = 0.5 }\n";
    let (model, plan) = solved(&[TIME, DEMAND, COAL, survival, &rest()]);
    for (y, expected) in [0.5 * 0.875, 0.5 * 0.625, 0.5 * 0.4 * 0.5].into_iter().enumerate() {
        assert_close("2010", capacity(&model, &plan, "coal_plant.2010", y).0, expected);
    }
    assert_close("2000", capacity(&model, &plan, "coal_plant.2000", 0).0, 0.5 * 0.4 * 0.5);
}

/// What is under way serves from its year on: of the period from 2035 on three years of 2037. New ones
/// are `coal_plant` itself, and a rule by that name counts all.
#[test]
fn what_is_under_way_and_what_is_built_stand_beside() {
    let coal = COAL.replace("2010 = 0.5 }\n", "2010 = 0.5, 2037 = 0.5 }\ncapital_cost = 100\n");
    let limit = |most: f64| {
        format!(
            "[capacity_limits.l]\nprocesses = [\"coal_plant\"]\nmax = {{ value = {most}, unit = \"GW\" }}\n"
        )
    };
    let (model, plan) = solved(&[TIME, DEMAND, &coal, &rest(), &limit(0.9)]);
    let of = |model: &Model, name: &str, y| capacity(model, &plan, name, y).0;
    for (y, expected) in [0.0, 0.3, 0.5].into_iter().enumerate() {
        assert_close("2037", of(&model, "coal_plant.2037", y), expected);
    }
    assert_close("new", of(&model, "coal_plant", 0), 0.1);
}

/// A retrofit of the plant converts what was commissioned, of each year by its own life: 0.2 and 0.5
/// GW become gas units at no cost but fuel of 5 USD/GJ, and go when coal would have gone.
#[test]
fn a_retrofit_converts_what_was_commissioned() {
    let gas = "[processes.gas]\noutput = \"electricity\"\ncapacity = \"GW\"\nvariable_cost = 5\n\
               [retrofits.to_gas]\nfrom = \"coal_plant\"\nto = \"gas\"\ncapital_cost = 0\neconomic_life = 10\n";
    let made = 5.0 * GW_YEAR * ((0.7 + 0.5 + 0.2) * 5.0 + (0.3 + 0.5 + 0.8) * 20.0);
    assert_close("cost", cost(&[COAL, &rest(), gas]), made);
}

/// The same from a table, and both of two regions as one.
#[test]
fn it_may_stand_in_a_table_and_regions_may_be_merged() {
    let coal = COAL.replace("commissioned = { 2000 = 0.5, 2010 = 0.5 }\n", "");
    let two = DEMAND.replace(
        "[demands.electricity]\n",
        "[regions.sea]\n[demands.electricity]\nsea = { annual = 31.536 }\n",
    );
    let folder = folder(&[TIME, &two, &coal, &rest()]);
    let rows = "process,region,year,value,unit\ncoal_plant,land,2000,500,MW\n\
                coal_plant,land,2010,0.5,GW\ncoal_plant,sea,2000,0.5,GW\ncoal_plant,sea,2010,0.5,GW\n";
    std::fs::write(folder.path().join("commissioned.csv"), rows).expect("it can be written");
    let model = kzleap_study::input::read(folder.path(), None).model.expect("no errors");
    assert_close("two", solve(&model).solution.objective, 2.0 * OF_FUEL);
    let members = vec![RegionIx::new(0), RegionIx::new(1)];
    let group = RegionGroup { name: "one".to_owned(), label: "One".to_owned(), members };
    let merged = merge_regions(&model, &[group]).expect("they are alike");
    assert_close("one", solve(&merged).solution.objective, 2.0 * OF_FUEL);
    let of_2010 = merged.processes.iter().filter(|p| p.name == "coal_plant.2010").count();
    assert_eq!(of_2010, 1);
}

/// A plant that should be gone is said to be.
#[test]
fn what_is_past_its_life_is_warned_of() {
    let coal = COAL.replace("{ 2000 = 0.5, 2010", "{ 1990 = 0.5, 2010");
    let (model, findings) = read_with_findings(&[TIME, DEMAND, &coal, &rest()]);
    assert!(findings.contains("past-its-life") && findings.contains("in 1990"), "{findings}");
    assert!(!model.processes.iter().any(|p| p.name == "coal_plant.1990"));
    assert_eq!(read(&[TIME, DEMAND, COAL, &rest()]).processes.len(), 4);
}

/// A line between two regions, half of it of 2000 and half of 2010, with a life of 32 years: what it has
/// is the same as `residual_capacity` of 0.2 + 0.5, 0.5 and 0.2 GW. Power at its start costs 1 USD/GJ, at
/// its end 20.
#[test]
fn a_line_serves_for_its_life() {
    let line = |has: &str| {
        format!(
            "[regions.sea]\n[commodities.electricity]\n[demands.electricity]\nland = {{ annual = 31.536 }}\n\
             [processes.far]\noutput = \"electricity\"\nregions = [\"sea\"]\nvariable_cost = 1\n\
             [processes.near]\noutput = \"electricity\"\nregions = [\"land\"]\nvariable_cost = 20\n\
             [links.line]\nfrom = \"sea\"\nto = \"land\"\ncommodity = \"electricity\"\ncapacity = \"GW\"\n{has}\n"
        )
    };
    let commissioned = line("life = 32\ncommissioned = { 2000 = 0.5, 2010 = 0.5 }");
    let residual = line("residual_capacity = { 2030 = 0.7, 2035 = 0.5, 2040 = 0.2 }");
    let cost = |model: &str| solved(&[TIME, model]).1.solution.objective;
    let by_hand = |gw: f64| 5.0 * GW_YEAR * (gw + (1.0 - gw) * 20.0);
    assert_close("cost", cost(&commissioned), by_hand(0.7) + by_hand(0.5) + by_hand(0.2));
    assert_close("the same", cost(&residual), cost(&commissioned));
}

/// Power of 2020 for 30 years, energy of 2020 for 12: to the end of 2031, two years of five. A table of
/// commissioned capacity takes the storage by name too.
#[test]
fn a_storage_has_power_and_energy_of_their_own_years() {
    let battery = |power: &str| {
        format!(
            "[storages.battery]\ncommodity = \"electricity\"\ncapacity = \"GW\"\ncycle = \"day\"\n\
             life = 30\nenergy_life = 12\n{power}\
             energy_commissioned = {{ value = {{ 2020 = 2 }}, unit = \"GWh\" }}\n"
        )
    };
    let by_hand = |model: &Model, is_energy: bool, expected: [f64; 3]| {
        let storage = &model.storages[StorageIx::new(0)];
        let power = model.processes.iter().find(|process| process.name == "battery");
        let power = power.and_then(|process| process.capacity).expect("it has power");
        let capacity = &model.capacities[if is_energy { storage.capacity } else { power }];
        for (found, by_hand) in capacity.residual.iter().zip(expected) {
            assert_close(capacity.unit.text(), *found, by_hand);
        }
    };
    let rest = rest();
    let model = read(&[TIME, DEMAND, &rest, &battery("commissioned = { 2020 = 0.3 }\n")]);
    by_hand(&model, false, [0.3, 0.3, 0.3]);
    by_hand(&model, true, [2.0 * 2.0 / 5.0, 0.0, 0.0]);
    let folder = folder(&[TIME, DEMAND, &rest, &battery("")]);
    let table = "process,region,year,value,unit\nbattery,land,2020,300,MW\n";
    std::fs::write(folder.path().join("commissioned.csv"), table).expect("it can be written");
    let model = kzleap_study::input::read(folder.path(), None).model.expect("no errors");
    by_hand(&model, false, [0.3, 0.3, 0.3]);
}
