//! Materials and services in reports: each in its own unit, and none among the energy.

use kzleap_accounts::Accounts;
use kzleap_report::{RunInfo, Summary, iamc, tables};
use kzleap_tests::{model, solve};

#[test]
fn tables_state_the_unit_of_each() {
    let model = model("steel-and-travel", None);
    let plan = solve(&model);
    let csv = |table: tables::Table| table(&Accounts::new(&model, &plan.solution)).to_csv();
    let price = csv(tables::price::annual_sheet);
    assert!(price.contains("land,steel,MUSD2022/Mt,2030,385"), "{price}");
    assert!(price.contains("land,travel,MUSD2022/Gpkm,2030,130"), "{price}");
    let made = csv(tables::generation::annual_sheet);
    assert!(
        made.contains("land,blast_furnace,blast furnace,steel,made,Mt/a,2030,7\n"),
        "{made}"
    );
    let capacity = csv(tables::capacity::sheet);
    assert!(capacity.contains("land,electric_car,process,electric cars,Gpkm/a,2030,5\n"));
    let summary = Summary::new(&Accounts::new(&model, &plan.solution), &RunInfo::default());
    assert_eq!(summary.units["steel"], "Mt");
    assert_eq!(summary.shown["steel"].unit, "Mt");
    assert!(!summary.shown.contains_key("coal"), "coal is balanced over the year, and energy");
}

/// Primary energy is 126 PJ of coal, 30 of petrol and 8.5 of electricity from abroad; the 11.2 Mt
/// of ore are none.
#[test]
fn energy_in_the_iamc_table_is_energy() {
    let model = model("steel-and-travel", None);
    let plan = solve(&model);
    let mut out = Vec::new();
    iamc::write(&Accounts::new(&model, &plan.solution), &RunInfo::default(), &mut out).unwrap();
    let table = String::from_utf8(out).unwrap();
    let row = |variable: &str| {
        let row = table.lines().find(|line| line.contains(&format!(",{variable},")));
        row.unwrap_or_else(|| panic!("no {variable} in {table}")).to_owned()
    };
    assert!(row("Primary Energy").ends_with(",EJ/yr,0.1645"));
    assert!(row("Primary Energy|Coal").ends_with(",EJ/yr,0.126"));
    assert!(row("Primary Energy|Oil").ends_with(",EJ/yr,0.03"));
    assert!(row("kzleap|Production|steel").ends_with(",Mt/yr,10"));
    assert!(row("kzleap|Price|steel").ends_with(",million USD_2022/Mt,385"));
    assert!(row("kzleap|Capacity|travel|electric cars").ends_with(",Gpkm/yr,5"));
    assert!(row("kzleap|Investment|steel").ends_with(",1.5"));
}

/// 20 Gpkm are asked for, and 8 can be had: what must give way is reported as the files have
/// it.
#[test]
fn a_conflict_names_the_unit() {
    // such data are refused when they are read: a plan may still meet it by its own limits
    let mut model = model("steel-and-travel", None);
    for k in model.capacities.ixs() {
        let capacity = &mut model.capacities[k];
        match capacity.name.as_str() {
            "petrol_car" => capacity.residual.fill(0.0),
            "electric_car" => capacity.upper.fill(8.0),
            _ => {}
        }
    }
    let plan = kzleap_study::optimise(&model, &Default::default(), Default::default());
    assert!(plan.is_err(), "20 Gpkm cannot be had from 8");
    let explanation = kzleap_study::explain(&model, Default::default()).unwrap();
    let texts: Vec<Vec<String>> = (explanation.repairs.iter())
        .map(|repair| repair.iter().map(kzleap_study::Repair::text).collect())
        .collect();
    let lower = "lower demand of travel in land 2030 by 12000 Mpkm/a from 20000 to 8000";
    let raise = "raise capacity limit of electric_car in land 2030 by 12 Gpkm/a from 8 to 20";
    assert!(texts.iter().any(|repair| repair == &[lower]), "{texts:?}");
    assert!(texts.iter().any(|repair| repair == &[raise]), "{texts:?}");
}
