//! Which family a model is of: by signs that agree, reported, and never by one name alone.

use kzleap_osemosys::{Data, Dialect, Options, export, to_model};
use proptest::prelude::*;

use crate::support::{read_path, read_text, read_with, solve};

const BATTERY: &str = include_str!("models/day_and_night.txt");

/// 8 PJ from coal at 2 or sun at 5, with a rule on the activity of coal.
fn ruled(fuels: &str, tag: &str, constant: f64, more: &str) -> String {
    format!(
        "set REGION := R; set TECHNOLOGY := COAL SUN; set {fuels} := ELC;\n\
         set MODE_OF_OPERATION := 1; set TIMESLICE := ALL; set YEAR := 2030; set UDC := CAP;\n\
         param YearSplit default 1 := ; param SpecifiedDemandProfile default 1 := ;\n\
         param SpecifiedAnnualDemand default 8 := ; param OutputActivityRatio default 1 := ;\n\
         param VariableCost default 0 := R COAL 1 2030 2 R SUN 1 2030 5;\n\
         param UDCMultiplierActivity default 0 := R COAL CAP 2030 1;\n\
         param UDCConstant default {constant} := ; param UDCTag {tag} ;\n{more}\nend;\n"
    )
}

fn stated(dialect: Dialect) -> Options {
    Options { dialect: Some(dialect), ..Options::default() }
}

fn data(text: &str, options: &Options) -> Data {
    read_with(text, options).unwrap_or_else(|problems| panic!("{problems}"))
}

fn optimum(data: &Data) -> f64 {
    solve(&to_model(data).model).expect("a plan").objective
}

/// The optimum after a way through a folder, which is read without any hint.
fn through_folder(data: &Data) -> f64 {
    let folder = tempfile::tempdir().expect("a folder");
    export::write(data, folder.path()).expect("it can be written");
    optimum(&read_path(folder.path()))
}

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-8 * (1.0 + expected.abs()), "{found}, {expected}");
}

fn mid_year(amount: f64) -> f64 {
    amount / 1.05_f64.sqrt()
}

/// The limit on charging holds whatever the set of fuels is called: 5 + 3/0.8 of sun and 2 of
/// gas, and cells for the 3 PJ of a year at 100 for each PJ a day.
#[test]
fn the_name_of_a_set_changes_no_storage() {
    let limited = BATTERY.replace("end;", "param StorageMaxChargeRate default 6 := ; end;");
    let expected = 100.0 * 3.0 / 365.0 + mid_year(5.0 + 3.0 / 0.8 + 2.0 * 5.0);
    near(optimum(&data(&limited, &Options::default())), expected);
    let renamed = limited.replace("set FUEL", "set COMMODITY");
    let renamed = data(&renamed, &Options::default());
    near(optimum(&renamed), expected);
    let shown = renamed.notes.join("\n");
    assert!(shown.contains("--dialect clews"), "{shown}");
}

/// Coal of at most 6 leaves 2 for sun: 12 + 10. Coal of exactly 3 leaves 5: 6 + 25.
#[test]
fn tags_mean_what_their_family_means() {
    for (fuels, tag, constant, expected) in [
        ("COMMODITY", "default 0 :=", 6.0, 22.0),
        ("COMMODITY", "default 2 := R CAP 1", 3.0, 31.0),
        ("FUEL", "default 2 :=", 6.0, 22.0),
        ("FUEL", "default 2 := R CAP 0", 3.0, 31.0),
    ] {
        let read = data(&ruled(fuels, tag, constant, ""), &Options::default());
        near(optimum(&read), mid_year(expected));
        near(through_folder(&read), mid_year(expected));
        assert!(read.notes.iter().any(|note| note.contains("`UDCTag`")), "{:?}", read.notes);
    }
}

#[test]
fn signs_that_disagree_are_refused_with_the_choice() {
    let words = "param InputToNewCapacityRatio default 0 := ;";
    let text = ruled("FUEL", "default 0 :=", 6.0, words);
    let problems = read_text(&text).expect_err("not clear");
    for word in ["UDCTag", "FUEL", "InputToNewCapacityRatio", "--dialect mathprog", "clews"] {
        assert!(problems.contains(word), "`{word}` is not in\n{problems}");
    }
    near(optimum(&data(&text, &stated(Dialect::Clews))), mid_year(22.0));
    near(optimum(&data(&text, &stated(Dialect::MathProg))), mid_year(6.0 * 2.0 + 2.0 * 5.0));
    let storage = BATTERY.replace(
        "end;",
        "set STORAGEINTRADAY := CELLS; param StorageMaxChargeRate default 6 := ; end;",
    );
    let problems = read_text(&storage).expect_err("not clear");
    assert!(problems.contains("STORAGEINTRADAY"), "{problems}");
    assert!(problems.contains("StorageMaxChargeRate"), "{problems}");
}

/// At 5 % a year, two payments of 0.6 that begin at the start are worth 0.6 + 0.6 / 1.05; one of
/// 0.5 is paid in any case. What the files bring is used, in whichever family.
#[test]
fn factors_of_an_annuity_that_the_files_bring_are_used() {
    let plain = include_str!("models/whole_units.txt");
    let brought = "param CapitalRecoveryFactor default 0.6 := ;\n\
                   param PvAnnuity default 2 := ; end;";
    for fuels in ["set FUEL", "set COMMODITY"] {
        let text = plain.replace("end;", brought).replace("set FUEL", fuels);
        let read = data(&text, &Options::default());
        // two plants of 4 at 120 each beside 2 PJ at 150; three would cost 1440
        near(optimum(&read), 960.0 + mid_year(300.0));
        near(through_folder(&read), 960.0 + mid_year(300.0));
    }
    let one = plain.replace("end;", "param PvAnnuity default 2 := ; end;");
    let problems = read_text(&one).expect_err("one of two");
    assert!(
        problems.contains("`PvAnnuity` is given without `CapitalRecoveryFactor`"),
        "{problems}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    /// A folder that was written is the same model, in every family and every mixture of signs.
    #[test]
    fn a_written_folder_has_the_same_optimum(
        commodity in any::<bool>(),
        word in any::<bool>(),
        intra in 0..4_u8,
        rates in any::<bool>(),
        tag in 0..4_u8,
        multiplier in prop_oneof![Just(1.0), Just(-1.0)],
        constant in 2..12_i32,
        dialect in 0..3_u8,
    ) {
        let mut more = format!(
            "set UDC := RULE IDLE; param UDCTag default {tag} := ;\n\
             param UDCMultiplierActivity default 0 := HOME SUN RULE 2030 {multiplier};\n\
             param UDCConstant default 0 := HOME RULE 2030 {};\n",
            f64::from(constant) * multiplier
        );
        if word {
            more.push_str("param TempUpperLimit default 0.95 := ;\n");
        }
        for (bit, set) in [(1, "STORAGEINTRADAY"), (2, "STORAGEINTRAYEAR")] {
            if intra & bit > 0 {
                more.push_str(&format!("set {set} := CELLS;\n"));
            }
        }
        if rates {
            more.push_str("param StorageMaxChargeRate default 6 := ;\n");
        }
        let mut text = BATTERY.replace("end;", &format!("{more}end;"));
        if commodity {
            text = text.replace("set FUEL", "set COMMODITY");
        }
        let options = match dialect {
            0 => Options::default(),
            1 => stated(Dialect::MathProg),
            _ => stated(Dialect::Clews),
        };
        let read = match read_with(&text, &options) {
            Ok(read) => read,
            Err(problems) => {
                prop_assert!(problems.contains("error[family]"), "{}", problems);
                return Ok(());
            }
        };
        let folder = tempfile::tempdir().expect("a folder");
        export::write(&read, folder.path()).expect("it can be written");
        let again = read_path(folder.path());
        match (solve(&to_model(&read).model), solve(&to_model(&again).model)) {
            (Ok(before), Ok(after)) => {
                let (before, after) = (before.objective, after.objective);
                prop_assert!((before - after).abs() <= 1e-8 * (1.0 + before.abs()), "{before} {after}");
            }
            (before, after) => {
                prop_assert_eq!(before.err().map(|e| e.to_string()), after.err().map(|e| e.to_string()));
            }
        }
    }
}
