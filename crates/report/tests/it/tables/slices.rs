//! The length of the time slices.

use insta::assert_snapshot;
use kzleap_report::tables;

use super::csv;

/// Two seasons of one type of day with a night and a day: each slice is a quarter of the year.
#[test]
fn hours_and_shares() {
    let all = csv(tables::slices::sheet);
    let first: Vec<&str> =
        all.lines().filter(|line| !line.contains(",2030,")).take(7).collect();
    assert_snapshot!(first.join("\n"), @r"
    slice,season,day_type,item,unit,year,value
    winter.night,winter,day,hours,h/a,2025,2190
    winter.night,winter,day,share,1,2025,0.25
    winter.night,winter,day,hours_a_day,h,2025,12
    winter.night,winter,day,days,d/a,2025,182.5
    winter.night,winter,day,season_days,d/a,2025,182.5
    winter.night,winter,day,day_type_share,1,2025,1
    ");
}
