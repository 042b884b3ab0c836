//! Every form the language has for the same values.

use kzleap_osemosys::parameters::{P, SetId};
use kzleap_osemosys::{Absent, Data};

use crate::support::read_text;

fn data(rest: &str) -> Data {
    let text = format!(
        "data;\nset REGION := R;\nset TECHNOLOGY := COAL WIND;\nset FUEL := ELC HEAT;\n\
         set MODE_OF_OPERATION := 1;\nset TIMESLICE := ALL;\nset YEAR := 2030 2040;\n\
         param YearSplit default 1 := ;\n{rest}\nend;\n"
    );
    read_text(&text).unwrap_or_else(|problems| panic!("{problems}"))
}

/// Coal costs 1 and 2, wind 3 and (by default) 9.
fn assert_costs(rest: &str) {
    let data = data(rest);
    let costs: Vec<Vec<f64>> = (0..2).map(|t| data.along(P::CapitalCost, &[0, t])).collect();
    assert_eq!(costs, [[1.0, 2.0], [3.0, 9.0]], "{rest}");
}

#[test]
fn lists_tables_and_templates_say_the_same() {
    for form in [
        "param CapitalCost default 9 := R COAL 2030 1 R COAL 2040 2 R WIND 2030 3;",
        "param CapitalCost default 9 R COAL 2030 1, R COAL 2040 2, R WIND 2030 3;",
        "param CapitalCost default 9 := R,COAL,2030 1 R,COAL,2040,2 'R' \"WIND\" 2030 3;",
        "param CapitalCost default 9 := [R,*,*] : 2030 2040 := COAL 1 2 WIND 3 .;",
        "param CapitalCost default 9 := [R,*,*] (tr) : COAL WIND := 2030 1 3 2040 2 .;",
        "param CapitalCost default 9 := [*,*,2030] : COAL WIND := R 1 3 [*,*,2040] : COAL := R 2;",
        "param CapitalCost default 9 := [R,COAL,*] 2030 1 2040 2 [R,WIND,*] 2030 3;",
        "param CapitalCost default 9 := [R,COAL,2030] 1 [R,COAL,2040] 2 [R,WIND,2030] 3;",
        "param CapitalCost default 9\n:= [R , * , *]:2030 2040:=COAL 1 2 # and\nWIND 3 9;",
        "param CapitalCost default 9 := [R,*,*] : 2030 := COAL 1 WIND 3 : 2040 := COAL 2 WIND .;",
        "param default 9 : CapitalCost := R COAL 2030 1 R COAL 2040 2 R WIND 2030 3;",
        "param default 9 : CapitalCost FixedCost := R COAL 2030 1 0 R COAL 2040 2 0 R WIND 2030 3 0;",
        "param CapitalCost default 9 := R COAL 2030.0 1e0 R COAL 2.04e3 +2 R WIND 2030 .3e1;",
        "param CapitalCost /* all */ default 9 := R COAL 2030 1 R COAL 2040 2 R WIND 2030 3;;",
    ] {
        assert_costs(form);
    }
}

#[test]
fn sets_may_stand_after_what_uses_them_and_in_tables() {
    let text = "param default 0 : YearSplit := ALL 2030 1;\nset TIMESLICE := ALL;\n\
                set REGION := R; set TECHNOLOGY := T; set MODE_OF_OPERATION := 1;\n\
                param : FUEL : := ELC HEAT;\nset YEAR 2030";
    let data = read_text(&format!("{text};")).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(data.set(SetId::Fuel).names(), ["ELC", "HEAT"]);
    assert_eq!(data.years(), [2030]);
}

#[test]
fn years_are_put_in_order_and_other_sets_keep_theirs() {
    let text = "set REGION := R; set TECHNOLOGY := Z A; set FUEL := F; set TIMESLICE := ALL;\n\
                set MODE_OF_OPERATION := 1; set YEAR := 2040 2030;\n\
                param YearSplit default 1 := ; param ResidualCapacity default 0 := R Z 2030 4;";
    let data = read_text(text).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(data.years(), [2030, 2040]);
    assert_eq!(data.set(SetId::Technology).names(), ["Z", "A"]);
    assert_eq!(data.along(P::ResidualCapacity, &[0, 0]), [4.0, 0.0]);
}

#[test]
fn what_a_file_does_not_say_is_noted() {
    let data = data("param FixedCost := R COAL 2030 1; param ResultsPath := \"here\";");
    let has = |text: &str| data.notes.iter().any(|note| note.contains(text));
    assert!(has("`FixedCost` has no default; 3 values"), "{:?}", data.notes);
    let taken = |data: &Data, name: &str| {
        let absent = data.absent.iter().find(|absent| absent.parameter == name);
        absent.map(Absent::taken)
    };
    assert_eq!(taken(&data, "CapitalCost").as_deref(), Some("0"));
    assert!(has("set `SEASON` is not given"));
    assert!(has("`ResultsPath` is passed over"));

    let stored = read_text(include_str!("models/day_and_night.txt"));
    let stored = stored.unwrap_or_else(|problems| panic!("{problems}"));
    let rate = taken(&stored, "DiscountRateStorage");
    assert_eq!(rate.as_deref(), Some("the discount rate of the region"));
    let most = taken(&stored, "StorageMaxChargeRate");
    assert_eq!(most.as_deref(), Some("without limit"));
}

#[test]
fn names_in_other_alphabets_and_encodings_are_read() {
    let text = "set REGION := Қазақстан; set TECHNOLOGY := Уголь; set FUEL := ELC;\n\
                set TIMESLICE := ALL; set MODE_OF_OPERATION := 1; set YEAR := 2030;\r\n\
                param YearSplit default 1 := ;\nparam ResidualCapacity default 0 := Қазақстан Уголь 2030 4;";
    let data = read_text(text).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(data.along(P::ResidualCapacity, &[0, 0]), [4.0]);

    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("model.txt");
    let latin: Vec<u8> = include_str!("models/whole_units.txt")
        .replace("Plants", "M\u{20ac} Plants")
        .chars()
        .map(|c| if c.is_ascii() { c as u8 } else { 0x80 })
        .collect();
    std::fs::write(&path, latin).expect("a file");
    assert_eq!(crate::support::read_path(&path).years(), [2030]);
}
