//! The plan beside statistics, and demand in rows of the balance.

use insta::assert_snapshot;
use kzleap_accounts::Accounts;
use kzleap_accounts::calibration::Comparison;
use kzleap_model::statistics::{Measured, Statistic};
use kzleap_model::{Demand, Ix, Model};
use kzleap_report::tables;

use crate::fixture::{NORTH, SOUTH, model, solution};

fn statistic(name: &str, of: Measured, value: f64, unit: &str, factor: f64) -> Statistic {
    Statistic {
        name: name.to_owned(),
        label: name.replace('_', " "),
        of,
        regions: vec![Ix::new(NORTH), Ix::new(SOUTH)],
        year: Ix::new(1),
        value,
        unit: unit.to_owned(),
        factor,
        tolerance: 0.02,
    }
}

/// A model that is held to numbers of 2030: 106 PJ of coal, 42.4 PJ of electricity from it, 16 PJ
/// from the sun, 10.6 Mt of CO2, 1.6 of 2 GW of coal plants left.
fn with_statistics() -> Model {
    let mut model = model();
    let (coal, electricity) = (Ix::new(0), Ix::new(1));
    let supply = |flows: &[&str], commodity| Measured::Supply {
        commodities: vec![commodity],
        flows: flows.iter().map(|flow| (*flow).to_owned()).collect(),
    };
    let used = Measured::Use { commodities: vec![coal], flows: vec!["transformation".into()] };
    let made =
        Measured::Generation { commodities: vec![electricity], processes: vec![Ix::new(1)] };
    // what a battery gives back is not made
    let all = (0..4).map(Ix::new).collect();
    let every = Measured::Generation { commodities: vec![electricity], processes: all };
    let emitted = Measured::Emissions {
        emission: Ix::new(0),
        processes: vec![Ix::new(1)],
        rows: Vec::new(),
    };
    let stands = Measured::Capacity { capacities: vec![Ix::new(0)] };
    model.statistics = vec![
        statistic("coal_mined", supply(&["production"], coal), 104.0, "PJ", 1.0),
        statistic("coal_burnt", used, 100.0, "PJ", 1.0),
        statistic("border", supply(&["import", "export"], electricity), 2.0, "PJ", 1.0),
        statistic("from_coal", made, 11.9, "TWh", 1.0 / 3.6),
        statistic("all", every, 58.4, "PJ", 1.0),
        statistic("co2", emitted, 10_500.0, "kt", 1000.0),
        Statistic { tolerance: 0.0, ..statistic("plants", stands, 1600.0, "MW", 1000.0) },
        statistic("nothing", supply(&["bunkers"], coal), 0.0, "PJ", 1.0),
    ];
    model
}

#[test]
fn the_plan_stands_beside_each_statistic_in_its_unit() {
    let model = with_statistics();
    let sheet = tables::calibration::sheet(&Accounts::new(&model, &solution(&model))).to_csv();
    assert_snapshot!(sheet, @"
    statistic,label,quantity,unit,year,statistics,plan,difference,tolerance,within
    coal_mined,coal mined,supply,PJ,2030,104,106,0.019230769230769232,0.02,yes
    coal_burnt,coal burnt,use,PJ,2030,100,106,0.06,0.02,no
    border,border,supply,PJ,2030,2,2,0,0.02,yes
    from_coal,from coal,generation,TWh,2030,11.9,11.77777777777778,-0.010270774976657144,0.02,yes
    all,all,generation,PJ,2030,58.4,58.400000000000006,0,0.02,yes
    co2,co2,emissions,kt,2030,10500,10600.000000000002,0.009523809523809696,0.02,yes
    plants,plants,capacity,MW,2030,1600,1600,0,0,yes
    nothing,nothing,supply,PJ,2030,0,0,,0.02,yes
    ");
}

#[test]
fn a_difference_within_the_tolerance_is_allowed_and_one_beyond_is_not() {
    let mut model = with_statistics();
    let rows = |model: &Model| -> Vec<bool> {
        let solution = solution(model);
        let accounts = Accounts::new(model, &solution);
        accounts.calibration().iter().map(Comparison::is_within).collect()
    };
    assert!(!rows(&model)[1], "106 PJ are 6% more than 100");
    model.statistics[1].tolerance = 0.06;
    assert!(rows(&model)[1]);
    // nothing may be off a statistic that is exact, but for the noise of a solver
    model.statistics[6].value = 1600.001;
    assert!(rows(&model)[6]);
    model.statistics[6].value = 1601.0;
    assert!(!rows(&model)[6]);
}

/// Half of the 20 PJ of the south are those of homes; 2 PJ of the 20 go unserved in 2030.
#[test]
fn demand_of_a_branch_stands_in_its_row() {
    let mut model = model();
    let south = &mut model.demands[1];
    south.annual = vec![10.0; 2];
    let homes = Demand { flow: "final/households".into(), ..south.clone() };
    model.demands.push(homes);
    let sheet = tables::balance::sheet(&Accounts::new(&model, &solution(&model))).to_csv();
    let finals: Vec<&str> = sheet
        .lines()
        .filter(|line| line.contains("final/") && line.starts_with("south"))
        .collect();
    assert_eq!(
        finals,
        [
            "south,final/demand,electricity,PJ/a,2025,-10",
            "south,final/households,electricity,PJ/a,2025,-10",
            "south,final/demand,electricity,PJ/a,2030,-9",
            "south,final/households,electricity,PJ/a,2030,-9",
        ]
    );
}
