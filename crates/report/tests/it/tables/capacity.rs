//! Capacity and what becomes of it.

use insta::assert_snapshot;
use kzleap_report::tables;

use super::csv;

#[test]
fn capacity() {
    assert_snapshot!(csv(tables::capacity::sheet), @r#"
    region,name,kind,category,unit,year,value
    north,coal_plant,process,coal,GW,2025,3
    north,coal_plant,process,coal,GW,2030,1.6
    south,solar,process,solar_pv,GW,2030,2.5
    south,battery,process,battery,GW,2030,0.5
    north,north_south,link,link,GW,2025,1
    north,north_south,link,link,GW,2030,1
    "#);
}

#[test]
fn new_capacity() {
    assert_snapshot!(csv(tables::new_capacity::sheet), @r#"
    region,name,kind,category,addition,unit,year,value
    south,solar,process,solar_pv,built,GW,2030,2.5
    south,battery,process,battery,built,GW,2030,0.5
    "#);
}

#[test]
fn retirement() {
    assert_snapshot!(csv(tables::retirement::sheet), @r#"
    region,name,kind,category,retirement,unit,year,value
    north,coal_plant,process,coal,natural,GW,2030,1
    north,coal_plant,process,coal,early,GW,2030,0.4
    "#);
}

#[test]
fn reserves() {
    assert_snapshot!(csv(tables::reserves::sheet), @r#"
    reserve,item,slice,unit,year,value
    firm,required,,GW,2025,1.5
    firm,firm,,GW,2025,2.7
    firm,price,,MUSD2022/(GW a),2025,0
    firm,required,,GW,2030,1.6
    firm,firm,,GW,2030,1.6900000000000002
    firm,price,,MUSD2022/(GW a),2030,25.5
    "#);
}

#[test]
fn investment() {
    assert_snapshot!(csv(tables::investment::sheet), @r#"
    region,name,category,item,unit,year,value
    south,solar,solar_pv,overnight,MUSD2022,2030,1750
    south,solar,solar_pv,per_calendar_year,MUSD2022/a,2030,175
    south,battery,battery,overnight,MUSD2022,2030,200
    south,battery,battery,per_calendar_year,MUSD2022/a,2030,20
    "#);
}
