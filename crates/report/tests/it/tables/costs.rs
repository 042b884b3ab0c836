//! Money.

use insta::assert_snapshot;
use kzleap_accounts::Accounts;
use kzleap_report::sheet::Cell;
use kzleap_report::tables;

use super::csv;
use crate::fixture::{model, solution};

#[test]
fn costs() {
    assert_snapshot!(csv(tables::costs::sheet), @r#"
    kind,group,region,name,category,item,unit,year,value
    fixed,system,north,coal_plant,coal,amount,MUSD2022,2025,30
    fixed,system,north,coal_plant,coal,present_value,MUSD2022 (present value 2025),2025,133.09180285897418
    fixed,system,north,coal_plant,coal,amount,MUSD2022,2030,16.000000000000004
    fixed,system,north,coal_plant,coal,present_value,MUSD2022 (present value 2025),2030,99.1934569574539
    investment,system,south,solar,solar_pv,amount,MUSD2022,2030,1750
    investment,system,south,solar,solar_pv,present_value,MUSD2022 (present value 2025),2030,1063.3094314650984
    investment,system,south,battery,battery,amount,MUSD2022,2030,200
    investment,system,south,battery,battery,present_value,MUSD2022 (present value 2025),2030,121.52107788172555
    variable,system,north,coal_mine,coal,amount,MUSD2022,2025,150
    variable,system,north,coal_mine,coal,present_value,MUSD2022 (present value 2025),2025,665.4590142948708
    variable,system,north,coal_mine,coal,amount,MUSD2022,2030,106
    variable,system,north,coal_mine,coal,present_value,MUSD2022 (present value 2025),2030,657.156652343132
    transport,system,north,north_south,link,amount,MUSD2022,2025,12.5
    transport,system,north,north_south,link,present_value,MUSD2022 (present value 2025),2025,55.454917857905905
    transport,system,north,north_south,link,amount,MUSD2022,2030,3.9999999999999996
    transport,system,north,north_south,link,present_value,MUSD2022 (present value 2025),2030,24.798364239363472
    emission_price,transfer,north,co2,emission_price,amount,MUSD2022,2030,53
    emission_price,transfer,north,co2,emission_price,present_value,MUSD2022 (present value 2025),2030,328.578326171566
    unserved,system,south,electricity,unserved,amount,MUSD2022,2030,1600
    unserved,system,south,electricity,unserved,present_value,MUSD2022 (present value 2025),2030,9919.34569574539
    subsidy,transfer,south,solar,solar_pv,amount,MUSD2022,2030,-250
    subsidy,transfer,south,solar,solar_pv,present_value,MUSD2022 (present value 2025),2030,-151.90134735215693
    "#);
}

#[test]
fn annual_costs() {
    assert_snapshot!(csv(tables::annual_costs::sheet), @r#"
    kind,group,region,category,unit,year,value
    capital,system,south,battery,MUSD2022/a,2030,19.60146672720132
    capital,system,south,solar_pv,MUSD2022/a,2030,171.51283386301154
    fixed,system,north,coal,MUSD2022/a,2025,30
    fixed,system,north,coal,MUSD2022/a,2030,16.000000000000004
    variable,system,north,coal,MUSD2022/a,2025,150
    variable,system,north,coal,MUSD2022/a,2030,106
    transport,system,north,link,MUSD2022/a,2025,12.5
    transport,system,north,link,MUSD2022/a,2030,3.9999999999999996
    unserved,system,south,unserved,MUSD2022/a,2030,1600
    emission_price,transfer,north,emission_price,MUSD2022/a,2030,53
    subsidy,transfer,south,solar_pv,MUSD2022/a,2030,-24.501833409001648
    "#);
}

#[test]
fn costs_add_up_to_the_objective() {
    let model = model();
    let solution = solution(&model);
    let accounts = Accounts::new(&model, &solution);
    let sheet = tables::costs::sheet(&accounts);
    let sum = |group: &[&str]| -> f64 {
        let text = |text: &str| Cell::Text(text.to_owned().into());
        let present = |row: &&[Cell<'_>]| {
            row[5] == text("present_value") && group.iter().any(|group| row[1] == text(group))
        };
        let value =
            |row: &[Cell<'_>]| if let Cell::Number(value) = row[8] { value } else { 0.0 };
        sheet.rows().filter(present).map(value).sum()
    };
    let close = |a: f64, b: f64| (a / b - 1.0).abs() < 1e-12;
    assert!(close(sum(&["system", "transfer"]), solution.objective));
    assert!(close(sum(&["system"]), accounts.system_cost()));
    let transfers: f64 = accounts.transfers().iter().map(|(_, value)| value).sum();
    assert!(close(sum(&["transfer"]), transfers));
    assert!(close(accounts.system_cost() + transfers, solution.objective));
}

#[test]
fn subsidies() {
    assert_snapshot!(csv(tables::subsidies::sheet), @r#"
    region,name,category,item,unit,year,value
    south,solar,solar_pv,taken,MUSD2022,2030,250
    ,green fund,,limit,MUSD2022,2030,300
    "#);
}
