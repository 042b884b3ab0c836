//! Three OSeMOSYS models of our own, solved by hand under OSeMOSYS's accounting: investment at the
//! start of the year, running costs in its middle, salvage at the end of the last year.

use std::fs;

use kzleap_study::diagnostics::{Diagnostics, Sources};
use kzleap_study::osemosys::{Data, Imported, Options, read, results, to_model};
use kzleap_tests::{assert_close, repository, solve};

fn import(name: &str) -> (Data, Imported) {
    let path = repository().join("models/osemosys").join(name);
    let (mut sources, mut findings) = (Sources::default(), Diagnostics::default());
    let data = read(&path, &Options::default(), &mut sources, &mut findings)
        .expect("the file is there");
    for finding in &findings {
        println!("{}\n", kzleap_study::diagnostics::render(finding, &sources));
    }
    let data = data.expect("the data are sound");
    let imported = to_model(&data);
    (data, imported)
}

/// By day the sun is free; the night needs 10 units. The charger takes 1.25 units by day for
/// every unit of content, so 12.5 units of sun fill what the night takes. A rate of 10 / 0.5 a
/// year for `DaySplit` = 0.00137 of a year is 0.0274 units of content a day: at 500 a unit the
/// store costs 13.7, at the start of the only year and without salvage (its life is one year).
/// Diesel would cost 10 · 10 / 1.05^0.5 = 97.6.
#[test]
fn storage() {
    let (_, Imported { model, .. }) = import("storage.txt");
    let plan = solve(&model);
    assert_close("cost", plan.solution.objective, 500.0 * 10.0 / 0.5 * 0.00137);
    let store = model.capacities.position(|k| k.name == "STORE").expect("there is a store");
    assert_close("size", plan.solution.new_capacity[(store.get(), 0)], 0.0274);
}

/// The west makes 15 a year at 2, in 2030 with half a unit of CO2 each at a penalty of 4, so at
/// 2 + 2; the east at 7. Trade is free, so the west runs full: 2030 needs 20, 15 · 4 + 5 · 7 = 95;
/// 2031 needs 30, 15 · 2 + 15 · 7 = 135. Both in the middle of their year at 10%:
/// 95 / 1.1^0.5 + 135 / 1.1^1.5.
#[test]
fn trade() {
    let (data, Imported { model, map }) = import("trade.txt");
    let plan = solve(&model);
    let expected = 95.0 / 1.1_f64.powf(0.5) + 135.0 / 1.1_f64.powf(1.5);
    assert_close("cost", plan.solution.objective, expected);

    let folder = std::env::temp_dir().join(format!("kzleap-trade-{}", std::process::id()));
    results::write(&folder, (&data, &map), (&model, &plan.solution))
        .expect("it can be written");
    let table =
        |name: &str| fs::read_to_string(folder.join(name)).expect("every table is written");
    // the west keeps 10 and sends 5 in both years
    assert_eq!(
        table("Trade.csv"),
        "REGION,REGION,TIMESLICE,FUEL,YEAR,VALUE\n\
         WEST,EAST,ALL,ELC,2030,5\nWEST,EAST,ALL,ELC,2031,5\n\
         EAST,WEST,ALL,ELC,2030,-5\nEAST,WEST,ALL,ELC,2031,-5\n"
    );
    assert_eq!(table("AnnualEmissions.csv"), "REGION,EMISSION,YEAR,VALUE\nWEST,CO2,2030,7.5\n");
    fs::remove_dir_all(folder).expect("it can be removed");
}

/// A block of 5 costs 50 at the start of 2030; of its four years two are left at the end of 2031,
/// so half comes back: 50 - 25 / 1.1^2 = 29.34. The first block saves 5 · 8 = 40 a year; the second
/// one only 2 · 8 = 16 a year, worth 16 / 1.1^0.5 + 16 / 1.1^1.5 = 29.12: less than it costs. So
/// one block and 2 units of diesel a year. In any size, 7 units for 7 · 5.868 = 41.1 would be
/// cheaper than that: the whole numbers bind.
#[test]
fn whole_units() {
    let (_, Imported { model, .. }) = import("whole-units.txt");
    let plan = solve(&model);
    let running = 16.0 / 1.1_f64.powf(0.5) + 16.0 / 1.1_f64.powf(1.5);
    assert_close("cost", plan.solution.objective, 50.0 - 25.0 / 1.21 + running);
    let block = model.capacities.position(|k| k.name == "BLOCK").expect("there are blocks");
    assert_close("built in 2030", plan.solution.new_capacity[(block.get(), 0)], 5.0);
    assert_close("built in 2031", plan.solution.new_capacity[(block.get(), 1)], 0.0);
}
