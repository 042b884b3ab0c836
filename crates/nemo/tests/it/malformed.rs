//! Broken databases: what is wrong is said, and the file stays as it is.

use kzleap_diagnostics::Diagnostics;
use kzleap_nemo::to_model::to_model;
use kzleap_nemo::{Carried, NemoOptions, check_writable, periods, read};
use rusqlite::Connection;

use crate::changes::change;
use crate::scenario::{Scenario, hash};

/// The codes of what is found after a change, and the text of it all.
fn findings(sql: &str) -> (Vec<&'static str>, String) {
    let scenario = Scenario::with_plant();
    scenario.execute(sql);
    let before = hash(&scenario.path);
    let reading = read(&scenario.path);
    assert!(reading.data.is_none(), "this is not read: {sql}");
    assert_eq!(hash(&scenario.path), before, "the file is unchanged: {sql}");
    let found = &reading.diagnostics;
    (
        found.iter().map(|d| d.code).collect(),
        found.iter().map(|d| d.message.clone()).collect::<Vec<_>>().join("\n"),
    )
}

#[track_caller]
fn expect(sql: &str, code: &str, words: &[&str]) {
    let (codes, text) = findings(sql);
    assert!(codes.contains(&code), "{codes:?}: {text}");
    for word in words {
        assert!(text.contains(word), "{word:?} is not in: {text}");
    }
}

#[test]
fn a_table_is_missing() {
    expect(
        "drop table FixedCost; drop table STORAGE;",
        "missing-table",
        &["`FixedCost`", "`STORAGE`"],
    );
}

#[test]
fn a_column_is_missing() {
    expect(
        "drop table FixedCost; create table FixedCost (id, r, t, val)",
        "missing-column",
        &["`FixedCost`", "`y`"],
    );
}

#[test]
fn a_name_is_not_known() {
    expect(
        "insert into FixedCost values (77, 'here', 'plnat', '2020', 1)",
        "unknown-name",
        &["`FixedCost` row 77", "`plnat`", "technology"],
    );
}

#[test]
fn text_stands_where_a_number_belongs() {
    expect(
        "update CapitalCost set val = 'expensive' where y = '2021'",
        "not-a-number",
        &["`CapitalCost` row 2", "`expensive`"],
    );
}

#[test]
fn a_year_is_outside_the_range() {
    expect(
        "insert into FixedCost values (9, 'here', 'plant', '2035', 1)",
        "unknown-year",
        &["`FixedCost` row 9", "`2035`"],
    );
    expect("insert into YEAR values ('soon')", "bad-year", &["`soon`"]);
}

#[test]
fn a_key_is_there_twice() {
    expect(
        "insert into FixedCost values (null, 'here', 'plant', '2020', 4)",
        "duplicate-key",
        &["`FixedCost`", "t = plant", "y = 2020"],
    );
}

#[test]
fn the_schema_is_old() {
    expect("update Version set version = 10", "old-schema", &["10", "12"]);
}

#[test]
fn rules_across_tables_are_checked() {
    expect(
        "insert into TechnologySubsidy values (null, 'here', 'plant', '2020', 100)",
        "subsidy-above-cost",
        &["100"],
    );
    expect(
        "update FUEL set timesliced = 0;
         insert into ReserveMargin values (null, 'here', 'power', '2020', 1.15)",
        "not-time-sliced",
        &["`power`", "reserve margin"],
    );
    expect(
        "delete from DefaultParams where tablename = 'DiscountRate'",
        "no-discount-rate",
        &["`here`"],
    );
}

#[test]
fn everything_is_said_at_once() {
    let (codes, _) = findings(
        "insert into FixedCost values (9, 'here', 'plant', '2035', 1);
         update CapitalCost set val = 'expensive' where y = '2021'",
    );
    assert!(codes.contains(&"unknown-year") && codes.contains(&"not-a-number"), "{codes:?}");
}

#[test]
fn the_file_is_no_database() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.sqlite");
    std::fs::write(&path, "these are notes, and long enough to be looked at as a database")
        .unwrap();
    let before = hash(&path);
    let reading = read(&path);
    assert_eq!(reading.diagnostics.iter().next().unwrap().code, "not-a-database");
    assert_eq!(hash(&path), before);
    let absent = read(&folder.path().join("absent.sqlite"));
    assert_eq!(absent.diagnostics.iter().next().unwrap().code, "no-database");
    assert!(!folder.path().join("absent.sqlite").exists(), "looking makes no file");
}

#[test]
fn another_program_has_locked_the_file() {
    let scenario = Scenario::with_plant();
    let before = hash(&scenario.path);
    let other = Connection::open(&scenario.path).unwrap();
    other.execute_batch("begin exclusive").unwrap();
    let finding = check_writable(&scenario.path).unwrap_err();
    assert_eq!(finding.code, "locked");
    assert_eq!(read(&scenario.path).diagnostics.iter().next().unwrap().code, "locked");
    other.execute_batch("rollback").unwrap();
    check_writable(&scenario.path).unwrap();
    assert_eq!(hash(&scenario.path), before);
}

/// Whatever is done to the cells, a database gives data or findings, and data gives a program.
#[test]
fn any_cells_changed() {
    let mut state = 1_u64;
    let mut byte = || {
        // Knuth's generator, whose high bits are good enough here
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        state.to_be_bytes()[0]
    };
    let mut whole = 0;
    let right = Scenario::with_plant();
    let path = right.path.with_extension("changed");
    for case in 0..300 {
        std::fs::copy(&right.path, &path).unwrap();
        let connection = Connection::open(&path).unwrap();
        // nobody needs it after a power cut
        connection.execute_batch("pragma synchronous = off").unwrap();
        for _ in 0..=case % 4 {
            let _ = connection.execute_batch(&change(&[byte(), byte(), byte(), byte()]));
        }
        drop(connection);
        let reading = read(&path);
        let Some(data) = reading.data else {
            assert!(reading.diagnostics.has_errors());
            continue;
        };
        whole += 1;
        let (options, mut findings) = (NemoOptions::default(), Diagnostics::default());
        let Ok(groups) = periods(&data, &options.calcyears, &mut findings) else { continue };
        for period in groups {
            let carried = Carried::default();
            let imported = to_model(&data, &period, &carried, &options, &mut findings);
            let _ = kzleap_study::formulation::formulate(&imported.model);
        }
    }
    assert!(whole > 50, "{whole} of 300 could be read");
}

/// Limits that contradict each other are warned about: the year may not be calculated.
#[test]
fn limits_that_no_plan_keeps_are_told() {
    for (sql, words) in [
        (
            "insert into TotalAnnualMinCapacity values (1, 'here', 'plant', '2020', 9);
             insert into TotalAnnualMaxCapacity values (1, 'here', 'plant', '2020', 5);",
            "`TotalAnnualMaxCapacity` of here, plant, 2020 is 5, below `TotalAnnualMinCapacity` of 9",
        ),
        (
            "insert into EMISSION (val) values ('co2');
             insert into AnnualEmissionLimit values (1, 'here', 'co2', '2020', 2);
             insert into AnnualExogenousEmission values (1, 'here', 'co2', '2020', 3);",
            "`AnnualEmissionLimit` of here, co2, 2020 is 2, below `AnnualExogenousEmission` of 3",
        ),
    ] {
        let scenario = Scenario::with_plant();
        scenario.execute(sql);
        let reading = read(&scenario.path);
        assert!(reading.data.is_some(), "{sql}");
        let shown = reading.diagnostics.iter().any(|found| found.message == words);
        assert!(shown, "{:?}", reading.diagnostics);
    }
}

#[test]
fn a_database_of_another_tool_is_named() {
    expect(
        "drop table Version; create table alternative (id); create table entity (id);
         create table parameter_definition (id); create table parameter_value (id);",
        "not-nemo",
        &["a database of Spine"],
    );
}
