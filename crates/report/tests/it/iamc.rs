//! The table for scenario databases.

use kzleap_accounts::Accounts;

use insta::assert_snapshot;

use crate::fixture::{info, model, solution};

fn table() -> String {
    let model = model();
    let mut out = Vec::new();
    let solution = solution(&model);
    kzleap_report::iamc::write(&Accounts::new(&model, &solution), &info(), &mut out)
        .expect("memory can be written");
    String::from_utf8(out).expect("text")
}

#[test]
fn the_whole_area_first() {
    let table = table();
    let area: Vec<&str> = table
        .lines()
        .filter(|line| line.starts_with("Model") || line.contains(",Two-plants,"))
        .map(|line| line.strip_prefix("KZLEAP 0.1.0,cap,").unwrap_or(line))
        .collect();
    assert_snapshot!(area.join("\n"), @r#"
    Model,Scenario,Region,Variable,Unit,2025,2030
    Two-plants,Capacity Additions|Electricity,GW/yr,0,0.25
    Two-plants,Capacity Additions|Electricity|Non-Biomass Renewables,GW/yr,0,0.25
    Two-plants,Capacity Additions|Electricity|Solar,GW/yr,0,0.25
    Two-plants,Capacity Additions|Electricity|Solar|PV,GW/yr,0,0.25
    Two-plants,Capacity|Electricity,GW,3,4.1
    Two-plants,Capacity|Electricity|Coal,GW,3,1.6
    Two-plants,Capacity|Electricity|Coal|w/o CCS,GW,3,1.6
    Two-plants,Capacity|Electricity|Fossil,GW,3,1.6
    Two-plants,Capacity|Electricity|Fossil|w/o CCS,GW,3,1.6
    Two-plants,Capacity|Electricity|Non-Biomass Renewables,GW,0,2.5
    Two-plants,Capacity|Electricity|Solar,GW,0,2.5
    Two-plants,Capacity|Electricity|Solar|PV,GW,0,2.5
    Two-plants,Emissions|CO2,Mt CO2/yr,16,11.6
    Two-plants,Emissions|CO2|Energy|Supply,Mt CO2/yr,15,10.600000000000001
    Two-plants,Final Energy,EJ/yr,0.06,0.057999999999999996
    Two-plants,Final Energy (w/o bunkers),EJ/yr,0.06,0.057999999999999996
    Two-plants,Final Energy|Electricity,EJ/yr,0.06,0.057999999999999996
    Two-plants,Investment|Energy Supply,billion USD_2022/yr,0,0.19499999999999998
    Two-plants,Investment|Energy Supply|Electricity,billion USD_2022/yr,0,0.19499999999999998
    Two-plants,Investment|Energy Supply|Electricity|Solar,billion USD_2022/yr,0,0.175
    Two-plants,Investment|Energy Supply|Electricity|Storage,billion USD_2022/yr,0,0.02
    Two-plants,Price|Carbon,USD_2022/t CO2,0,47
    Two-plants,Price|Final Energy|Electricity,USD_2022/GJ,3,101.34886402952371
    Two-plants,Price|Secondary Energy|Electricity,USD_2022/GJ,3,90.43391212718193
    Two-plants,Primary Energy,EJ/yr,0.155,0.124
    Two-plants,Primary Energy|Coal,EJ/yr,0.15,0.106
    Two-plants,Primary Energy|Fossil,EJ/yr,0.15,0.106
    Two-plants,Primary Energy|Non-Biomass Renewables,EJ/yr,0,0.016
    Two-plants,Primary Energy|Secondary Energy Trade,EJ/yr,0.005000000000000001,0.002
    Two-plants,Primary Energy|Solar,EJ/yr,0,0.016
    Two-plants,Secondary Energy|Electricity,EJ/yr,0.06,0.05840000000000001
    Two-plants,Secondary Energy|Electricity|Coal,EJ/yr,0.06,0.04240000000000001
    Two-plants,Secondary Energy|Electricity|Coal|w/o CCS,EJ/yr,0.06,0.04240000000000001
    Two-plants,Secondary Energy|Electricity|Fossil,EJ/yr,0.06,0.04240000000000001
    Two-plants,Secondary Energy|Electricity|Fossil|w/o CCS,EJ/yr,0.06,0.04240000000000001
    Two-plants,Secondary Energy|Electricity|Non-Biomass Renewables,EJ/yr,0,0.016
    Two-plants,Secondary Energy|Electricity|Solar,EJ/yr,0,0.016
    Two-plants,Secondary Energy|Electricity|Solar|PV,EJ/yr,0,0.016
    Two-plants,Trade|Secondary Energy|Electricity [Volume],EJ/yr,-0.005000000000000001,-0.002
    Two-plants,kzleap|Annual Cost,billion USD_2022/yr,0.1925,1.917114300590213
    Two-plants,kzleap|Annual Cost|capital,billion USD_2022/yr,0,0.19111430059021284
    Two-plants,kzleap|Annual Cost|fixed,billion USD_2022/yr,0.03,0.016000000000000004
    Two-plants,kzleap|Annual Cost|transport,billion USD_2022/yr,0.0125,0.003999999999999999
    Two-plants,kzleap|Annual Cost|unserved,billion USD_2022/yr,0,1.6
    Two-plants,kzleap|Annual Cost|variable,billion USD_2022/yr,0.15,0.106
    Two-plants,kzleap|Annual Transfers,billion USD_2022/yr,0,0.02849816659099835
    Two-plants,kzleap|Annual Transfers|emission_price,billion USD_2022/yr,0,0.053
    Two-plants,kzleap|Annual Transfers|subsidy,billion USD_2022/yr,0,-0.02450183340900165
    Two-plants,kzleap|Capacity Additions|Storage|battery,GW/yr,0,0.05
    Two-plants,kzleap|Capacity|Link|north_south,GW,1,1
    Two-plants,kzleap|Capacity|Storage|battery,GW,0,0.5
    Two-plants,kzleap|Investment,billion USD_2022/yr,0,0.19499999999999998
    Two-plants,kzleap|Losses|Electricity,EJ/yr,0.005,0.0024
    Two-plants,kzleap|Price|coal,USD_2022/GJ,1,1
    Two-plants,kzleap|Price|electricity,USD_2022/GJ,3,116.58333333333333
    "#);
}

#[test]
fn no_row_stands_twice_and_none_is_empty() {
    let table = table();
    let mut seen = std::collections::BTreeSet::new();
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!(cells.len(), 7, "{line}");
        assert!(cells.iter().all(|cell| !cell.is_empty()), "{line}");
        assert!(seen.insert(cells[..5].to_vec()), "twice: {line}");
    }
}

#[test]
fn neighbours_are_left_out() {
    assert!(!table().contains("Abroad"));
}
