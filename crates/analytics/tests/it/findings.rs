//! What looks wrong: each rule on a table made to break it, and none where nothing is wrong.

use kzleap_analytics::{Balance, Table};

use crate::{SMALL, data_table, messages, table};

/// The small balance with one line in place of another.
fn changed(line: &str, by: &str) -> Table {
    assert!(SMALL.contains(line));
    table(&SMALL.replace(line, by))
}

fn of(table: &Table) -> Vec<String> {
    messages(&Balance::new(table, ""))
}

#[test]
fn a_closed_balance_has_no_findings() {
    assert_eq!(of(&table(SMALL)), Vec::<String>::new());
}

#[test]
fn a_column_that_does_not_close() {
    let without = changed("final/industry,coal,2020,10,PJ", "final/industry,coal,2020,7,PJ");
    assert_eq!(
        of(&without),
        [
            "not-closed: coal, 2020: supply less use is 3 PJ, no statistical difference is given; 3 \
          PJ are unexplained"
        ]
    );
    let explained = "final/industry,coal,2020,7,PJ\nstatistical difference,coal,2020,3,PJ";
    assert_eq!(of(&changed("final/industry,coal,2020,10,PJ", explained)), Vec::<String>::new());
}

#[test]
fn a_large_statistical_difference() {
    let large = "final/industry,coal,2020,4,PJ\nstatistical difference,coal,2020,6,PJ";
    assert_eq!(
        of(&changed("final/industry,coal,2020,10,PJ", large)),
        [
            "large-difference: coal, 2020: the statistical difference is 6 PJ, 7.5% of the supply of \
          80 PJ"
        ]
    );
}

#[test]
fn wrong_signs_and_final_use_below_zero() {
    let exported = of(&changed("export,coal,2020,-20,PJ", "export,coal,2020,20,PJ"));
    assert_eq!(
        exported,
        [
            "not-closed: coal, 2020: supply less use is 40 PJ, no statistical difference is given; \
             40 PJ are unexplained",
            "wrong-sign: export, coal, 2020: 20 PJ, but it should be below zero"
        ]
    );
    let given_back =
        "final/households,electricity,2020,24,PJ\nfinal/services,electricity,2020,-1,PJ";
    assert_eq!(
        of(&changed("final/households,electricity,2020,23,PJ", given_back)),
        ["negative-final: final/services, electricity, 2020: final use is -1 PJ"]
    );
}

#[test]
fn efficiencies_that_no_plant_can_have() {
    let power = "transformation/power plants,coal,2020,-40,PJ\nfinal/services,coal,2020,30,PJ";
    assert_eq!(
        of(&changed("transformation/power plants,coal,2020,-70,PJ", power)),
        [
            "efficiency: transformation/power plants, 2020: 28 PJ from 40 PJ is an efficiency of 70%; \
          power plants give 65% at most"
        ]
    );
    let boilers = |heat: f64| {
        let more = format!(
            "import,natural gas,2020,30,PJ\n\
             transformation/heat plants,natural gas,2020,-10,PJ\n\
             transformation/heat plants,heat,2020,{heat},PJ\n\
             final/services,heat,2020,{heat},PJ"
        );
        of(&changed("import,natural gas,2020,20,PJ", &more))
    };
    assert_eq!(boilers(9.0), Vec::<String>::new());
    assert_eq!(
        boilers(10.5),
        [
            "efficiency: transformation/heat plants, 2020: 10.5 PJ from 10 PJ is an efficiency of \
          105%; boilers give 100% at most"
        ]
    );
    assert_eq!(
        boilers(2.0),
        [
            "efficiency: transformation/heat plants, 2020: 2 PJ from 10 PJ is an efficiency of 20%; \
          boilers give 30% at least"
        ]
    );
}

/// Water, wind and sun count as the electricity they make; electricity may drive heat pumps; a
/// row may make nothing from nothing.
#[test]
fn water_and_heat_pumps_are_allowed_and_nothing_comes_from_nothing() {
    let hydro = "production,hydro,2020,20,PJ\n\
                 transformation/power plants,hydro,2020,-20,PJ\n\
                 transformation/power plants,electricity,2020,48,PJ\n\
                 final/services,electricity,2020,20,PJ";
    let line = "transformation/power plants,electricity,2020,28,PJ";
    assert_eq!(of(&changed(line, hydro)), Vec::<String>::new());
    let pumps = "final/households,electricity,2020,13,PJ\n\
                 transformation/heat pumps,electricity,2020,-10,PJ\n\
                 transformation/heat pumps,heat,2020,35,PJ\n\
                 final/households,heat,2020,35,PJ";
    let line = "final/households,electricity,2020,23,PJ";
    assert_eq!(of(&changed(line, pumps)), Vec::<String>::new());
    let magic = "import,natural gas,2020,20,PJ\n\
                 transformation/other,biomass,2020,5,PJ\n\
                 final/households,biomass,2020,5,PJ";
    assert_eq!(
        of(&changed("import,natural gas,2020,20,PJ", magic)),
        ["efficiency: transformation/other, 2020: makes 5 PJ of biomass from nothing"]
    );
}

#[test]
fn what_nobody_supplies() {
    let named_otherwise =
        of(&changed("import,natural gas,2020,20,PJ", "import,gas,2020,20,PJ"));
    assert_eq!(
        named_otherwise[2],
        "never-supplied: natural gas, 2020: 20 PJ are used (first by `final/households`), and no \
         row produces, imports or makes any"
    );
}

#[test]
fn numbers_given_twice_and_sources_that_differ() {
    let twice = table(
        "flow,commodity,year,value,unit,source\n\
         primary use,coal,2000,10,PJ,A\n\
         primary use,coal,2000,12,PJ,A\n\
         primary use,coal,2000,11,PJ,B\n",
    );
    assert_eq!(
        of(&twice),
        [
            "duplicate: primary use, coal, 2000: 10 PJ and again 12 PJ",
            "sources-differ: primary use, coal: 10 PJ in 2000 by A, 11 by B (+10%, the furthest of 1 \
             year)"
        ]
    );
}

/// Ten steady years with one that leaps, one missing.
#[test]
fn jumps_and_missing_years() {
    let value = |year: i32| match year {
        2012 => 250.0,
        _ => 100.0 * 1.02_f64.powi(year - 2000) * if year % 2 == 0 { 1.01 } else { 0.99 },
    };
    let mut text = "flow,commodity,year,value,unit\n".to_owned();
    for year in (2000..2016).filter(|year| *year != 2014) {
        text += &format!("primary use,coal,{year},{:.1},PJ\n", value(year));
    }
    assert_eq!(
        of(&table(&text)),
        [
            "missing-year: primary use, coal: nothing for 2014, between 128.1 PJ in 2013 and 133.2 PJ \
             in 2015",
            "jump: primary use, coal: 123.1 PJ in 2011, 250 PJ in 2012 (+103.1%; usual 0%, z-score \
             12.2)",
            "jump: primary use, coal: 250 PJ in 2012, 128.1 PJ in 2013 (-48.8%; usual 0%, z-score \
             -11.5)"
        ]
    );
}

#[test]
fn rows_that_are_no_part_of_a_balance() {
    let misspelt =
        of(&changed("losses,electricity,2020,-3,PJ", "lossses,electricity,2020,-3,PJ"));
    assert_eq!(
        misspelt[1],
        "unknown-row: lossses, electricity, 2020: -3 PJ; did you mean `losses`?"
    );
}

/// The official balance, as it is: what `data/README.md` says of it is what is found, and no more.
#[test]
fn the_official_balance_of_kazakhstan() {
    let table = data_table("energy_balance_2023.csv");
    insta::assert_snapshot!(messages(&Balance::new(&table, "")).join("\n"));
}
