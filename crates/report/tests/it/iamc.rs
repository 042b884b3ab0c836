//! The table for scenario databases.

use insta::assert_snapshot;

use crate::fixture::{info, model, solution};

fn table() -> String {
    let model = model();
    let mut out = Vec::new();
    kzleap_report::iamc::write(&model, &solution(&model), &info(), &mut out)
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
    Two-plants,Capacity Additions|Electricity|Coal,GW/yr,0,0
    Two-plants,Capacity Additions|Electricity|Coal|w/o CCS,GW/yr,0,0
    Two-plants,Capacity Additions|Electricity|Fossil,GW/yr,0,0
    Two-plants,Capacity Additions|Electricity|Fossil|w/o CCS,GW/yr,0,0
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
    Two-plants,Emissions|CO2|Energy|Supply|Electricity,Mt CO2/yr,15,10.600000000000001
    Two-plants,Final Energy|Electricity,EJ/yr,0.06,0.057999999999999996
    Two-plants,Primary Energy,EJ/yr,0.15,0.122
    Two-plants,Primary Energy|Coal,EJ/yr,0.15,0.106
    Two-plants,Primary Energy|Solar,EJ/yr,0,0.016
    Two-plants,Secondary Energy|Electricity,EJ/yr,0.06,0.0584
    Two-plants,Secondary Energy|Electricity|Coal,EJ/yr,0.06,0.0424
    Two-plants,Secondary Energy|Electricity|Coal|w/o CCS,EJ/yr,0.06,0.0424
    Two-plants,Secondary Energy|Electricity|Fossil,EJ/yr,0.06,0.0424
    Two-plants,Secondary Energy|Electricity|Fossil|w/o CCS,EJ/yr,0.06,0.0424
    Two-plants,Secondary Energy|Electricity|Non-Biomass Renewables,EJ/yr,0,0.016
    Two-plants,Secondary Energy|Electricity|Solar,EJ/yr,0,0.016
    Two-plants,Secondary Energy|Electricity|Solar|PV,EJ/yr,0,0.016
    Two-plants,kzleap|Annual Cost,billion USD2022/yr,0.1925,1.9326124671812113
    Two-plants,kzleap|Annual Cost|capital,billion USD2022/yr,0,0.19111430059021284
    Two-plants,kzleap|Annual Cost|emission_price,billion USD2022/yr,0,0.04
    Two-plants,kzleap|Annual Cost|fixed,billion USD2022/yr,0.03,0.016
    Two-plants,kzleap|Annual Cost|subsidy,billion USD2022/yr,0,-0.02450183340900165
    Two-plants,kzleap|Annual Cost|transport,billion USD2022/yr,0.0125,0.004
    Two-plants,kzleap|Annual Cost|unserved,billion USD2022/yr,0,1.6
    Two-plants,kzleap|Annual Cost|variable,billion USD2022/yr,0.15,0.106
    Two-plants,kzleap|Capacity Additions|Link|north_south,GW/yr,0,0
    Two-plants,kzleap|Capacity Additions|Storage|battery,GW/yr,0,0.05
    Two-plants,kzleap|Capacity|Link|north_south,GW,1,1
    Two-plants,kzleap|Capacity|Storage|battery,GW,0,0.5
    Two-plants,kzleap|Investment|Energy Supply,billion USD2022/yr,0,0.19499999999999998
    Two-plants,kzleap|Investment|Energy Supply|Electricity,billion USD2022/yr,0,0.19499999999999998
    Two-plants,kzleap|Investment|Energy Supply|Electricity|Solar,billion USD2022/yr,0,0.175
    Two-plants,kzleap|Investment|Energy Supply|Electricity|Storage,billion USD2022/yr,0,0.02
    Two-plants,kzleap|Price|Carbon|power,USD2022/t CO2,0,42
    Two-plants,kzleap|Price|Secondary Energy|Electricity,USD2022/GJ,3,108.24749163879599
    Two-plants,kzleap|Price|coal,USD2022/GJ,1,1
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
