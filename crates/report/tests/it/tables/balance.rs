//! The energy balance.

use std::collections::BTreeMap;

use insta::assert_snapshot;
use kzleap_accounts::Accounts;
use kzleap_accounts::balance::Entry;
use kzleap_model::{Balance, RowKind, Series};
use kzleap_report::tables;

use super::csv;
use crate::fixture::{model, solution};

/// Coal is mined and burnt, sun needs no fuel, the border brings electricity; the battery and the
/// line between north and south lose some, 2 PJ go unserved in 2030.
#[test]
fn rows_are_flows_and_columns_commodities() {
    assert_snapshot!(csv(tables::balance::sheet), @r#"
    region,flow,commodity,unit,year,value
    *,production,coal,PJ/a,2025,150
    *,import,electricity,PJ/a,2025,5
    *,transformation/coal,coal,PJ/a,2025,-150
    *,transformation/coal,electricity,PJ/a,2025,60
    *,losses/links,electricity,PJ/a,2025,-5
    *,statistical difference,coal,PJ/a,2025,0
    *,statistical difference,electricity,PJ/a,2025,0
    *,final/demand,electricity,PJ/a,2025,-60
    *,production,coal,PJ/a,2030,106
    *,production,electricity,PJ/a,2030,16
    *,import,electricity,PJ/a,2030,2
    *,transformation/coal,coal,PJ/a,2030,-106
    *,transformation/coal,electricity,PJ/a,2030,42.400000000000006
    *,losses/links,electricity,PJ/a,2030,-1.6
    *,losses/storage,electricity,PJ/a,2030,-0.7999999999999998
    *,statistical difference,coal,PJ/a,2030,0
    *,statistical difference,electricity,PJ/a,2030,0
    *,final/demand,electricity,PJ/a,2030,-58
    north,production,coal,PJ/a,2025,150
    north,import,electricity,PJ/a,2025,5
    north,exchange,electricity,PJ/a,2025,-25
    north,transformation/coal,coal,PJ/a,2025,-150
    north,transformation/coal,electricity,PJ/a,2025,60
    north,statistical difference,coal,PJ/a,2025,0
    north,statistical difference,electricity,PJ/a,2025,0
    north,final/demand,electricity,PJ/a,2025,-40
    north,production,coal,PJ/a,2030,106
    north,import,electricity,PJ/a,2030,2
    north,exchange,electricity,PJ/a,2030,-4
    north,transformation/coal,coal,PJ/a,2030,-106
    north,transformation/coal,electricity,PJ/a,2030,42.400000000000006
    north,losses/links,electricity,PJ/a,2030,-0.4
    north,statistical difference,coal,PJ/a,2030,0
    north,statistical difference,electricity,PJ/a,2030,0
    north,final/demand,electricity,PJ/a,2030,-40
    south,exchange,electricity,PJ/a,2025,25
    south,losses/links,electricity,PJ/a,2025,-5
    south,statistical difference,electricity,PJ/a,2025,0
    south,final/demand,electricity,PJ/a,2025,-20
    south,production,electricity,PJ/a,2030,16
    south,exchange,electricity,PJ/a,2030,4
    south,losses/links,electricity,PJ/a,2030,-1.2000000000000002
    south,losses/storage,electricity,PJ/a,2030,-0.7999999999999998
    south,statistical difference,electricity,PJ/a,2030,0
    south,final/demand,electricity,PJ/a,2030,-18
    "#);
}

/// Sums by region, year and commodity.
fn columns(entries: &[Entry]) -> BTreeMap<(Option<usize>, usize, usize), f64> {
    let mut sums = BTreeMap::new();
    for entry in entries {
        let key = (entry.region.map(kzleap_model::Ix::get), entry.year, entry.commodity.get());
        *sums.entry(key).or_insert(0.0) += entry.value;
    }
    sums
}

#[test]
fn columns_close_and_the_whole_is_the_sum_of_its_regions() {
    let model = model();
    let solution = solution(&model);
    let accounts = Accounts::new(&model, &solution);
    let entries = accounts.energy_balance();
    for (column, sum) in columns(entries) {
        assert!(sum.abs() < 1e-9, "{column:?}: {sum}");
    }
    let mut parts: BTreeMap<(String, usize, usize), f64> = BTreeMap::new();
    for entry in entries {
        let key = (entry.flow.clone(), entry.year, entry.commodity.get());
        let sign = if entry.region.is_some() { 1.0 } else { -1.0 };
        *parts.entry(key).or_insert(0.0) += sign * entry.value;
    }
    for (row, difference) in parts {
        assert!(difference.abs() < 1e-9, "{row:?}: {difference}");
    }
}

/// A plan that uses 10 PJ of electricity more than it makes is one that breaks its rows: that
/// shows, and is not called a surplus. One that makes 10 PJ more has a surplus where that may be
/// thrown away, and a difference where it may not.
#[test]
fn a_plan_that_does_not_close_shows_it() {
    let rest = |demand: f64, kind: Balance| {
        let mut model = model();
        for c in model.commodities.ixs() {
            model.commodities[c].balance = kind;
        }
        model.demands[0].annual[0] += demand;
        let solution = solution(&model);
        let accounts = Accounts::new(&model, &solution);
        let entries = accounts.energy_balance();
        let of = |flow: &str| -> f64 {
            let here = |entry: &&Entry| entry.flow == flow && entry.region.is_none();
            entries.iter().filter(here).map(|entry| entry.value).sum()
        };
        (of(RowKind::Surplus.text()), of(RowKind::Difference.text()))
    };
    let near = |found: (f64, f64), expected: (f64, f64)| {
        let off = (found.0 - expected.0).abs() + (found.1 - expected.1).abs();
        assert!(off < 1e-9, "{found:?}, expected {expected:?}");
    };
    near(rest(10.0, Balance::Surplus), (0.0, 10.0));
    near(rest(-10.0, Balance::Surplus), (-10.0, 0.0));
    near(rest(-10.0, Balance::Exact), (0.0, -10.0));
}

#[test]
fn the_row_of_a_process_follows_from_what_it_does() {
    let mut model = model();
    let row = |model: &kzleap_model::Model, name: &str| {
        let process = model.processes.iter().find(|p| p.name == name).expect("a process");
        model.flow_of(process).into_owned()
    };
    assert_eq!(row(&model, "coal_mine"), "production");
    assert_eq!(row(&model, "solar"), "production");
    assert_eq!(row(&model, "coal_plant"), "transformation/coal");
    let plant = model.processes.position(|p| p.name == "coal_plant").expect("the plant");
    model.processes[plant].flow = Some("transformation/power plants".to_owned());
    assert_eq!(row(&model, "coal_plant"), "transformation/power plants");
    // what makes a service uses energy at last
    model.processes[plant].flow = None;
    let electricity = model.processes[plant].modes[0].outputs[0].0;
    model.commodities[electricity].amount = Some(kzleap_model::Amount::PassengerKm);
    assert_eq!(row(&model, "coal_plant"), "final/coal");
    model.processes[plant].modes[0].outputs.clear();
    model.processes[plant].modes[0].inputs[0].1 = Series::Constant(1.0);
    assert_eq!(row(&model, "coal_plant"), "final/other");
}
