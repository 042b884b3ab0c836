//! Prices, and emissions with their caps.

use insta::assert_snapshot;
use kzleap_report::tables;

use super::csv;

#[test]
fn price() {
    assert_snapshot!(csv(tables::price::sheet), @r#"
    region,commodity,slice,unit,year,value
    north,coal,year,MUSD2022/PJ,2025,1
    north,coal,year,MUSD2022/PJ,2030,1
    north,electricity,winter.night,MUSD2022/PJ,2025,3
    north,electricity,winter.night,MUSD2022/PJ,2030,13
    north,electricity,winter.day,MUSD2022/PJ,2025,3
    north,electricity,winter.day,MUSD2022/PJ,2030,2
    north,electricity,summer.night,MUSD2022/PJ,2025,3
    north,electricity,summer.night,MUSD2022/PJ,2030,13
    north,electricity,summer.day,MUSD2022/PJ,2025,3
    north,electricity,summer.day,MUSD2022/PJ,2030,2
    south,electricity,winter.night,MUSD2022/PJ,2025,3
    south,electricity,winter.night,MUSD2022/PJ,2030,800
    south,electricity,winter.day,MUSD2022/PJ,2025,3
    south,electricity,winter.day,MUSD2022/PJ,2030,1
    south,electricity,summer.night,MUSD2022/PJ,2025,3
    south,electricity,summer.night,MUSD2022/PJ,2030,800
    south,electricity,summer.day,MUSD2022/PJ,2025,3
    south,electricity,summer.day,MUSD2022/PJ,2030,1
    "#);
}

#[test]
fn price_annual() {
    assert_snapshot!(csv(tables::price::annual_sheet), @r#"
    region,commodity,unit,year,value
    north,coal,MUSD2022/PJ,2025,1
    north,coal,MUSD2022/PJ,2030,1
    north,electricity,MUSD2022/PJ,2025,3
    north,electricity,MUSD2022/PJ,2030,8.217391304347826
    south,electricity,MUSD2022/PJ,2025,3
    south,electricity,MUSD2022/PJ,2030,308.3076923076923
    "#);
}

#[test]
fn emissions() {
    assert_snapshot!(csv(tables::emissions::sheet), @r#"
    emission,region,process,category,unit,year,value
    co2,north,coal_plant,coal,Mt/a,2025,15
    co2,north,coal_plant,coal,Mt/a,2030,10.600000000000001
    co2,north,,exogenous,Mt/a,2025,1
    co2,north,,exogenous,Mt/a,2030,1
    "#);
}

#[test]
fn emission_caps() {
    assert_snapshot!(csv(tables::emission_caps::sheet), @r#"
    cap,item,unit,year,value
    power,limit,Mt/a,2030,11.6
    power,actual,Mt/a,2030,11.6
    power,price,MUSD2022/Mt,2030,42
    "#);
}

#[test]
fn binding() {
    assert_snapshot!(csv(tables::binding::sheet), @r#"
    kind,rule,side,region,slice,path,item,unit,year,value
    emission_cap,power,most,,,emission_caps.power.limit,limit,Mt/a,2030,11.6
    emission_cap,power,most,,,emission_caps.power.limit,price,MUSD2022/(Mt/a),2030,42
    emission_cap,power,most,,,emission_caps.power.limit,worth,MUSD2022 (present value 2025),2030,3020.440764354471
    "#);
}
