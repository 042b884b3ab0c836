//! Tables as they are written, and what is wrong with them.

use kzleap_analytics::table::Kind;
use kzleap_analytics::{Balance, read};
use kzleap_diagnostics::Diagnostics;
use kzleap_input::Files;

use crate::{SMALL, Scratch, said, table};

#[test]
fn energy_of_any_unit_becomes_petajoules_and_the_rest_stays() {
    let table = table(
        "flow,commodity,year,value,unit\n\
         production,coal,2020,1000,TJ\n\
         generation,hydro,2020,1,TWh\n\
         production,coal,2020,5.5,Mt\n\
         import,oil,2020,1,PJ/a\n",
    );
    let values: Vec<(f64, &str)> =
        table.entries.iter().map(|entry| (entry.value, entry.unit.as_str())).collect();
    assert_eq!(values, [(1.0, "PJ"), (3.6, "PJ"), (5.5, "Mt"), (1.0, "PJ")]);
    assert_eq!(table.kind, Kind::Statistics);
}

#[test]
fn the_unit_may_stand_in_the_name_of_the_column_and_empty_cells_are_unknown() {
    let table = table("flow,commodity,value_tj,year\nimport,gas,2000,2021\nimport,oil,,2021\n");
    let [entry] = table.entries.as_slice() else { panic!("{table:?}") };
    assert_eq!((entry.value, entry.unit.as_str(), entry.year), (2.0, "PJ", 2021));
}

/// A plan writes use below zero; both layouts come to the same balance.
#[test]
fn plans_and_statistics_come_to_the_same() {
    let plan = SMALL
        .lines()
        .map(|line| match line.strip_prefix("final/") {
            Some(_) => {
                let cells: Vec<&str> = line.split(',').collect();
                format!("{},{},{},-{},{}", cells[0], cells[1], cells[2], cells[3], cells[4])
            }
            None => line.to_owned(),
        })
        .collect::<Vec<_>>()
        .join("\n");
    let (plan, statistics) = (table(&plan), table(SMALL));
    assert_eq!(plan.kind, Kind::Plan);
    let values = |table: &kzleap_analytics::Table| -> Vec<f64> {
        table.entries.iter().map(|entry| entry.value).collect()
    };
    assert_eq!(values(&plan), values(&statistics));
    assert_eq!(
        Balance::new(&plan, "").final_use(2020),
        Balance::new(&statistics, "").final_use(2020)
    );
}

#[test]
fn everything_wrong_is_said_at_once_with_its_place() {
    let scratch = Scratch::new();
    let path = scratch.write(
        "broken.csv",
        "flow,commodity,year,value,unit\n\
         production,coal,20x0,100,PJ\n\
         import,coal,2020,1.234,5,PJ\n\
         export,,2020,\"1,5\",PJ\n\
         losses,coal,2020,nan,\n",
    );
    let (mut files, mut diags) = (Files::default(), Diagnostics::default());
    assert!(read(&[&path], &crate::kinds(), &mut files, &mut diags).is_none());
    insta::assert_snapshot!(said(&diags, &files, &scratch));
}

#[test]
fn missing_columns_and_files_are_named() {
    let scratch = Scratch::new();
    let path =
        scratch.write("columns.csv", "row,commodity,jahr,value\nproduction,coal,2020,1\n");
    let empty = scratch.write("empty.csv", "\n");
    let gone = scratch.0.path().join("gone.csv");
    let (mut files, mut diags) = (Files::default(), Diagnostics::default());
    assert!(read(&[&path, &empty, &gone], &crate::kinds(), &mut files, &mut diags).is_none());
    insta::assert_snapshot!(said(&diags, &files, &scratch));
}

#[test]
fn the_source_with_most_years_is_used_and_others_only_beside_it() {
    let table = table(
        "flow,commodity,year,value,unit,source\n\
         primary use,coal,2000,10,PJ,A\n\
         primary use,coal,2001,11,PJ,A\n\
         primary use,coal,2001,19,PJ,B\n\
         primary use,coal,2002,12,PJ,C\n",
    );
    let balance = Balance::new(&table, "");
    let used: Vec<(i32, &str)> =
        balance.entries.iter().map(|entry| (entry.year, entry.source.as_str())).collect();
    assert_eq!(used, [(2000, "A"), (2001, "A"), (2002, "C")]);
    let [pair] = balance.set_aside.as_slice() else { panic!("{balance:?}") };
    assert_eq!((pair.kept.value, pair.other.value), (11.0, 19.0));
}
