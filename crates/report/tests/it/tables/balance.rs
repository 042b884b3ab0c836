//! The energy balance.

use std::collections::BTreeMap;

use insta::assert_snapshot;
use kzleap_report::sheet::{Cell, Sheet};
use kzleap_report::tables;

use super::csv;
use crate::fixture::{model, solution};

#[test]
fn balance() {
    assert_snapshot!(csv(tables::balance::sheet), @r#"
    region,commodity,item,unit,year,value
    north,coal,made,PJ/a,2025,150
    north,coal,discharged,PJ/a,2025,0
    north,coal,imported,PJ/a,2025,0
    north,coal,unserved,PJ/a,2025,0
    north,coal,demand,PJ/a,2025,0
    north,coal,used,PJ/a,2025,150
    north,coal,charged,PJ/a,2025,0
    north,coal,exported,PJ/a,2025,0
    north,coal,surplus,PJ/a,2025,0
    north,coal,link_losses,PJ/a,2025,0
    north,coal,storage_losses,PJ/a,2025,0
    north,coal,made,PJ/a,2030,106
    north,coal,discharged,PJ/a,2030,0
    north,coal,imported,PJ/a,2030,0
    north,coal,unserved,PJ/a,2030,0
    north,coal,demand,PJ/a,2030,0
    north,coal,used,PJ/a,2030,106
    north,coal,charged,PJ/a,2030,0
    north,coal,exported,PJ/a,2030,0
    north,coal,surplus,PJ/a,2030,0
    north,coal,link_losses,PJ/a,2030,0
    north,coal,storage_losses,PJ/a,2030,0
    north,electricity,made,PJ/a,2025,60
    north,electricity,discharged,PJ/a,2025,0
    north,electricity,imported,PJ/a,2025,5
    north,electricity,unserved,PJ/a,2025,0
    north,electricity,demand,PJ/a,2025,40
    north,electricity,used,PJ/a,2025,0
    north,electricity,charged,PJ/a,2025,0
    north,electricity,exported,PJ/a,2025,25
    north,electricity,surplus,PJ/a,2025,0
    north,electricity,link_losses,PJ/a,2025,0
    north,electricity,storage_losses,PJ/a,2025,0
    north,electricity,made,PJ/a,2030,42.400000000000006
    north,electricity,discharged,PJ/a,2030,0
    north,electricity,imported,PJ/a,2030,3.5999999999999996
    north,electricity,unserved,PJ/a,2030,0
    north,electricity,demand,PJ/a,2030,40
    north,electricity,used,PJ/a,2030,0
    north,electricity,charged,PJ/a,2030,0
    north,electricity,exported,PJ/a,2030,6
    north,electricity,surplus,PJ/a,2030,0
    north,electricity,link_losses,PJ/a,2030,0.4
    north,electricity,storage_losses,PJ/a,2030,0
    south,electricity,made,PJ/a,2025,0
    south,electricity,discharged,PJ/a,2025,0
    south,electricity,imported,PJ/a,2025,20
    south,electricity,unserved,PJ/a,2025,0
    south,electricity,demand,PJ/a,2025,20
    south,electricity,used,PJ/a,2025,0
    south,electricity,charged,PJ/a,2025,0
    south,electricity,exported,PJ/a,2025,0
    south,electricity,surplus,PJ/a,2025,0
    south,electricity,link_losses,PJ/a,2025,5
    south,electricity,storage_losses,PJ/a,2025,0
    south,electricity,made,PJ/a,2030,16
    south,electricity,discharged,PJ/a,2030,3.2
    south,electricity,imported,PJ/a,2030,4.800000000000001
    south,electricity,unserved,PJ/a,2030,2
    south,electricity,demand,PJ/a,2030,20
    south,electricity,used,PJ/a,2030,0
    south,electricity,charged,PJ/a,2030,4
    south,electricity,exported,PJ/a,2030,2
    south,electricity,surplus,PJ/a,2030,0
    south,electricity,link_losses,PJ/a,2030,1.2000000000000002
    south,electricity,storage_losses,PJ/a,2030,0.7999999999999998
    abroad,electricity,made,PJ/a,2025,0
    abroad,electricity,discharged,PJ/a,2025,0
    abroad,electricity,imported,PJ/a,2025,0
    abroad,electricity,unserved,PJ/a,2025,0
    abroad,electricity,demand,PJ/a,2025,0
    abroad,electricity,used,PJ/a,2025,0
    abroad,electricity,charged,PJ/a,2025,0
    abroad,electricity,exported,PJ/a,2025,5
    abroad,electricity,surplus,PJ/a,2025,-5
    abroad,electricity,link_losses,PJ/a,2025,0
    abroad,electricity,storage_losses,PJ/a,2025,0
    abroad,electricity,made,PJ/a,2030,0
    abroad,electricity,discharged,PJ/a,2030,0
    abroad,electricity,imported,PJ/a,2030,0
    abroad,electricity,unserved,PJ/a,2030,0
    abroad,electricity,demand,PJ/a,2030,0
    abroad,electricity,used,PJ/a,2030,0
    abroad,electricity,charged,PJ/a,2030,0
    abroad,electricity,exported,PJ/a,2030,2
    abroad,electricity,surplus,PJ/a,2030,-2
    abroad,electricity,link_losses,PJ/a,2030,0
    abroad,electricity,storage_losses,PJ/a,2030,0
    "#);
}

/// The value of one item of each balance.
fn by_item(sheet: &Sheet<'_>) -> BTreeMap<(String, String), f64> {
    sheet
        .rows()
        .map(|row| {
            let text = |at: usize| match &row[at] {
                Cell::Text(text) => text.to_string(),
                Cell::Year(year) => year.to_string(),
                Cell::Number(number) => number.to_string(),
            };
            let Cell::Number(value) = row[5] else { panic!("the last cell is the number") };
            ((format!("{} {} {}", text(0), text(1), text(4)), text(2)), value)
        })
        .collect()
}

#[test]
fn balances_close() {
    let model = model();
    let solution = solution(&model);
    let items = by_item(&tables::balance::sheet(&model, &solution));
    let balances: Vec<&String> = items.keys().map(|(balance, _)| balance).collect();
    for balance in balances {
        let item = |name: &str| items[&(balance.clone(), name.to_owned())];
        let sources = item("made") + item("discharged") + item("imported") + item("unserved");
        let uses = item("demand") + item("used") + item("charged") + item("exported");
        assert!((sources - uses - item("surplus")).abs() < 1e-9, "{balance}");
        // abroad has no balance of its own: what it sends comes from outside the model
        if !balance.starts_with("abroad") {
            assert!(item("surplus").abs() < 1e-9, "{balance}: {}", item("surplus"));
        }
    }
}
