//! What is made, used, carried and stored.

use insta::assert_snapshot;
use kzleap_report::tables;

use super::csv;

#[test]
fn generation() {
    assert_snapshot!(csv(tables::generation::sheet), @r#"
    region,process,category,commodity,origin,slice,unit,year,value
    north,coal_mine,coal,coal,made,year,PJ/a,2025,150
    north,coal_mine,coal,coal,made,year,PJ/a,2030,106
    north,coal_plant,coal,electricity,made,winter.night,PJ/a,2025,15
    north,coal_plant,coal,electricity,made,winter.night,PJ/a,2030,12
    north,coal_plant,coal,electricity,made,winter.day,PJ/a,2025,15
    north,coal_plant,coal,electricity,made,winter.day,PJ/a,2030,9.2
    north,coal_plant,coal,electricity,made,summer.night,PJ/a,2025,15
    north,coal_plant,coal,electricity,made,summer.night,PJ/a,2030,12
    north,coal_plant,coal,electricity,made,summer.day,PJ/a,2025,15
    north,coal_plant,coal,electricity,made,summer.day,PJ/a,2030,9.2
    south,solar,solar_pv,electricity,made,winter.day,PJ/a,2030,8
    south,solar,solar_pv,electricity,made,summer.day,PJ/a,2030,8
    south,battery,battery,electricity,storage,winter.night,PJ/a,2030,1.6
    south,battery,battery,electricity,storage,summer.night,PJ/a,2030,1.6
    "#);
}

#[test]
fn generation_annual() {
    assert_snapshot!(csv(tables::generation::annual_sheet), @r#"
    region,process,category,commodity,origin,unit,year,value
    north,coal_mine,coal,coal,made,PJ/a,2025,150
    north,coal_mine,coal,coal,made,PJ/a,2030,106
    north,coal_plant,coal,electricity,made,PJ/a,2025,60
    north,coal_plant,coal,electricity,made,PJ/a,2030,42.400000000000006
    south,solar,solar_pv,electricity,made,PJ/a,2030,16
    south,battery,battery,electricity,storage,PJ/a,2030,3.2
    "#);
}

#[test]
fn inputs() {
    assert_snapshot!(csv(tables::inputs::sheet), @r#"
    region,process,category,commodity,purpose,unit,year,value
    north,coal_plant,coal,coal,used,PJ/a,2025,150
    north,coal_plant,coal,coal,used,PJ/a,2030,106
    south,battery,battery,electricity,storage,PJ/a,2030,4
    "#);
}

#[test]
fn flow() {
    assert_snapshot!(csv(tables::flow::sheet), @r#"
    link,from,to,commodity,slice,unit,year,value
    north_south,north,south,electricity,winter.night,PJ/a,2025,6.25
    north_south,north,south,electricity,winter.night,PJ/a,2030,3
    north_south,north,south,electricity,winter.day,PJ/a,2025,6.25
    north_south,north,south,electricity,summer.night,PJ/a,2025,6.25
    north_south,north,south,electricity,summer.night,PJ/a,2030,3
    north_south,north,south,electricity,summer.day,PJ/a,2025,6.25
    north_south,south,north,electricity,winter.day,PJ/a,2030,1
    north_south,south,north,electricity,summer.day,PJ/a,2030,1
    border,abroad,north,electricity,winter.night,PJ/a,2025,1.25
    border,abroad,north,electricity,winter.night,PJ/a,2030,1
    border,abroad,north,electricity,winter.day,PJ/a,2025,1.25
    border,abroad,north,electricity,summer.night,PJ/a,2025,1.25
    border,abroad,north,electricity,summer.night,PJ/a,2030,1
    border,abroad,north,electricity,summer.day,PJ/a,2025,1.25
    "#);
}

#[test]
fn flow_annual() {
    assert_snapshot!(csv(tables::flow::annual_sheet), @r#"
    link,from,to,commodity,item,unit,year,value
    north_south,north,south,electricity,sent,PJ/a,2025,25
    north_south,north,south,electricity,received,PJ/a,2025,20
    north_south,north,south,electricity,loading,1,2025,0.7927447995941146
    north_south,north,south,electricity,sent,PJ/a,2030,6
    north_south,north,south,electricity,received,PJ/a,2030,4.800000000000001
    north_south,north,south,electricity,loading,1,2030,0.1902587519025875
    north_south,south,north,electricity,sent,PJ/a,2030,2
    north_south,south,north,electricity,received,PJ/a,2030,1.6
    north_south,south,north,electricity,loading,1,2030,0.06341958396752917
    border,abroad,north,electricity,sent,PJ/a,2025,5
    border,abroad,north,electricity,received,PJ/a,2025,5
    border,abroad,north,electricity,sent,PJ/a,2030,2
    border,abroad,north,electricity,received,PJ/a,2030,2
    "#);
}

#[test]
fn storage() {
    assert_snapshot!(csv(tables::storage::sheet), @r#"
    region,storage,point,unit,year,value
    south,battery,winter.day.start,PJ,2025,0
    south,battery,winter.day.start,PJ,2030,0.007
    south,battery,winter.night.day,PJ,2025,0
    south,battery,winter.night.day,PJ,2030,0.007
    south,battery,winter.day.day,PJ,2025,0
    south,battery,winter.day.day,PJ,2030,0.007
    south,battery,summer.day.start,PJ,2025,0
    south,battery,summer.day.start,PJ,2030,0.007
    south,battery,summer.night.day,PJ,2025,0
    south,battery,summer.night.day,PJ,2030,0.007
    south,battery,summer.day.day,PJ,2025,0
    south,battery,summer.day.day,PJ,2030,0.007
    "#);
}

#[test]
fn unserved() {
    assert_snapshot!(csv(tables::unserved::sheet), @r#"
    region,commodity,slice,unit,year,value
    south,electricity,winter.night,PJ/a,2030,1
    south,electricity,summer.night,PJ/a,2030,1
    "#);
}
