//! Money.

use insta::assert_snapshot;
use kzleap_report::sheet::Cell;
use kzleap_report::tables;

use super::csv;
use crate::fixture::{model, solution};

#[test]
fn costs() {
    assert_snapshot!(csv(tables::costs::sheet), @r#"
    kind,region,name,category,item,unit,year,value
    investment,south,solar,solar_pv,amount,MUSD2022,2030,1750
    investment,south,solar,solar_pv,present_value,MUSD2022 (present value 2025),2030,1105.0235756788363
    investment,south,battery,battery,amount,MUSD2022,2030,200
    investment,south,battery,battery,present_value,MUSD2022 (present value 2025),2030,126.2884086490099
    fixed,north,coal_plant,coal,amount,MUSD2022,2025,30
    fixed,north,coal_plant,coal,present_value,MUSD2022 (present value 2025),2025,133.09180285897418
    fixed,north,coal_plant,coal,amount,MUSD2022,2030,16
    fixed,north,coal_plant,coal,present_value,MUSD2022 (present value 2025),2030,99.19345695745389
    variable,north,coal_mine,coal,amount,MUSD2022,2025,150
    variable,north,coal_mine,coal,present_value,MUSD2022 (present value 2025),2025,665.4590142948708
    variable,north,coal_mine,coal,amount,MUSD2022,2030,106
    variable,north,coal_mine,coal,present_value,MUSD2022 (present value 2025),2030,657.156652343132
    transport,north,north_south,link,amount,MUSD2022,2025,12.5
    transport,north,north_south,link,present_value,MUSD2022 (present value 2025),2025,55.454917857905905
    transport,north,north_south,link,amount,MUSD2022,2030,4
    transport,north,north_south,link,present_value,MUSD2022 (present value 2025),2030,24.798364239363472
    unserved,south,electricity,unserved,amount,MUSD2022,2030,1600
    unserved,south,electricity,unserved,present_value,MUSD2022 (present value 2025),2030,9919.34569574539
    "#);
}

#[test]
fn annual_costs() {
    assert_snapshot!(csv(tables::annual_costs::sheet), @r#"
    kind,region,category,unit,year,value
    capital,south,battery,MUSD2022/a,2030,20.370441764630115
    capital,south,solar_pv,MUSD2022/a,2030,178.2413654405135
    fixed,north,coal,MUSD2022/a,2025,30
    fixed,north,coal,MUSD2022/a,2030,16
    variable,north,coal,MUSD2022/a,2025,150
    variable,north,coal,MUSD2022/a,2030,106
    transport,north,link,MUSD2022/a,2025,12.5
    transport,north,link,MUSD2022/a,2030,4
    unserved,south,unserved,MUSD2022/a,2030,1600
    "#);
}

#[test]
fn costs_add_up_to_the_objective() {
    let model = model();
    let solution = solution(&model);
    let sheet = tables::costs::sheet(&model, &solution);
    let present = |row: &&[Cell<'_>]| row[4] == Cell::Text("present_value".into());
    let sum: f64 = sheet
        .rows()
        .filter(present)
        .map(|row| if let Cell::Number(value) = row[7] { value } else { 0.0 })
        .sum();
    assert!((sum / solution.objective - 1.0).abs() < 1e-12);
}

#[test]
fn subsidies() {
    assert_snapshot!(csv(tables::subsidies::sheet), @r#"
    region,name,category,item,unit,year,value
    south,solar,solar_pv,taken,MUSD2022,2030,250
    ,green fund,,limit,MUSD2022,2030,300
    "#);
}
