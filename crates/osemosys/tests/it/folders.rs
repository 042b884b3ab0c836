//! otoole folders: reading, writing, and what is wrong with them.

use std::fs;
use std::path::Path;

use kzleap_diagnostics::{Diagnostics, Sources, render};
use kzleap_osemosys::parameters::{P, SetId};
use kzleap_osemosys::{Data, Options, export, read, to_model};
use proptest::prelude::*;

use crate::support::{oracles, read_path, read_text, solve};

fn model(text: &str) -> Data {
    read_text(text).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The data after a way through a folder.
fn through_folder(data: &Data) -> Data {
    let folder = tempfile::tempdir().expect("a folder");
    export::write(data, folder.path()).expect("it can be written");
    read_path(folder.path())
}

fn assert_same(a: &Data, b: &Data) {
    for set in SetId::ALL {
        assert_eq!(a.set(set).names(), b.set(set).names(), "{set}");
    }
    for p in P::ALL {
        let entries = |data: &Data| data.table(p).entries().collect::<Vec<_>>();
        let limit = matches!(p, P::StorageMaxChargeRate | P::StorageMaxDischargeRate);
        if !a.table(p).by_region() && !limit {
            assert_eq!(entries(a), entries(b), "{}", p.name());
            assert_eq!(a.table(p).default().to_bits(), b.table(p).default().to_bits());
        }
    }
}

#[test]
fn a_data_file_and_its_folder_are_the_same_model() {
    for text in [
        include_str!("models/day_and_night.txt"),
        include_str!("models/two_regions.txt"),
        include_str!("models/whole_units.txt"),
    ] {
        let data = model(text);
        let again = through_folder(&data);
        assert_same(&data, &again);
        let objective = |data: &Data| solve(&to_model(data).model).expect("a plan").objective;
        assert!((objective(&data) - objective(&again)).abs() < 1e-9);
    }
}

#[test]
fn other_peoples_models_go_through_a_folder_unchanged() {
    let Some(root) = oracles() else { return };
    for name in ["utopia", "atlantis_bau", "simplicity", "tz_full_electricity"] {
        let data = read_path(&root.join(name).join("data.txt"));
        assert_same(&data, &through_folder(&data));
    }
}

#[test]
fn a_model_without_storage_is_written_and_read_back_with_the_same_optimum() {
    for text in [include_str!("models/two_regions.txt"), include_str!("models/whole_units.txt")]
    {
        assert_exports(&model(text));
    }
    let Some(root) = oracles() else { return };
    for name in ["super_simple", "otoole_validation", "tests_ls_3", "tz_full_electricity"] {
        assert_exports(&read_path(&root.join(name).join("data.txt")));
    }
}

fn assert_exports(data: &Data) {
    let model = to_model(data).model;
    let exported = export::from_model(&model).unwrap_or_else(|what| panic!("{what:?}"));
    let again = to_model(&through_folder(&exported)).model;
    let (before, after) = (solve(&model).expect("a plan"), solve(&again).expect("a plan"));
    let off = (before.objective - after.objective).abs();
    assert!(
        off <= 1e-7 * before.objective.abs(),
        "{} and {}",
        before.objective,
        after.objective
    );
}

#[test]
fn what_osemosys_cannot_say_is_named() {
    let storage = to_model(&model(include_str!("models/day_and_night.txt"))).model;
    let refused = export::from_model(&storage).expect_err("refused").join("\n");
    assert!(refused.contains("storages"), "{refused}");
}

/// Writes the folder of a model, changes one file, and gives back what the reader says.
fn damaged(file: &str, change: impl Fn(String) -> String) -> Result<Data, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let inner = folder.path().join("data");
    export::write(&model(include_str!("models/two_regions.txt")), &inner).expect("written");
    let path = inner.join(file);
    let text = fs::read_to_string(&path).unwrap_or_default();
    fs::write(&path, change(text)).expect("written");
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let data =
        read(&inner, &Options::default(), &mut sources, &mut diagnostics).expect("files");
    let shown: Vec<String> = diagnostics.iter().map(|d| render(d, &sources)).collect();
    data.ok_or_else(|| shown.join("\n"))
}

#[test]
fn damaged_folders_are_refused_with_file_and_line() {
    /// A file, how it is changed, and what is then said.
    type Case = (&'static str, fn(String) -> String, &'static str);
    let cases: [Case; 11] = [
        ("VariableCost.csv", |text| text.replace(",2\n", ",two\n"), "is not a number"),
        ("VariableCost.csv", |text| text.replace("PLANT", "PLANK"), "is not in set"),
        ("VariableCost.csv", |text| text.replace("YEAR,", "YAER,"), "column `YAER`"),
        ("VariableCost.csv", |text| text.replace(",2\n", "\n"), "this row has"),
        ("VariableCost.csv", |text| format!("{text}CHEAP,PLANT,1,2030,2\n"), "is given twice"),
        ("VariableCost.csv", |text| text.replace(",2\n", ",1e999\n"), "larger than any number"),
        ("REGION.csv", |_| "VALUE\n".to_owned(), "set `REGION` is empty"),
        ("REGION.csv", |text| format!("{text}CHEAP\n"), "is in `REGION` twice"),
        (
            "Prices.csv",
            |_| "REGION,VALUE\nCHEAP,1\n".to_owned(),
            "no set or parameter `Prices`",
        ),
        ("config.yaml", |text| text.replace("VariableCost", "VariablCost"), "`VariablCost`"),
        ("config.yaml", |text| text.replace("default: 0\n", "default: [x\n"), "no YAML"),
    ];
    for (file, change, expected) in cases {
        let shown = damaged(file, change).expect_err(expected);
        assert!(shown.contains(expected), "{expected} is not in\n{shown}");
        assert!(shown.contains(&format!("--> {file}:")), "{file} is not in\n{shown}");
    }
}

#[test]
fn a_missing_file_means_defaults_and_is_noted() {
    let folder = tempfile::tempdir().expect("a folder");
    export::write(&model(include_str!("models/two_regions.txt")), folder.path())
        .expect("written");
    fs::remove_file(folder.path().join("FixedCost.csv")).expect("removed");
    let data = read_path(folder.path());
    assert!(data.notes.iter().any(|note| note.contains("no file `FixedCost.csv`")));
}

/// Folders of older otoole have no configuration but a table of defaults, and headers without
/// the second region over tables without rows.
#[test]
fn older_folders_are_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, text: &str| {
        fs::write(folder.path().join(name), text).expect("written");
    };
    export::write(&model(include_str!("models/two_regions.txt")), folder.path())
        .expect("written");
    fs::remove_file(folder.path().join("config.yaml")).expect("removed");
    put("TradeRoute.csv", "REGION,FUEL,YEAR,VALUE\n");
    put("FixedCost.csv", "");
    put("default_values.csv", "name,default_value\nFixedCost,3.5\nTradeRoute,0.0\n");
    let data = read_path(folder.path());
    assert!((data.table(P::FixedCost).default() - 3.5).abs() < 1e-12);
    assert!(data.table(P::TradeRoute).is_empty());
}

#[test]
fn the_configuration_may_stand_beside_the_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let inner = folder.path().join("data");
    export::write(&model(include_str!("models/two_regions.txt")), &inner).expect("written");
    let config = Path::new("config.yaml");
    fs::rename(inner.join(config), folder.path().join(config)).expect("moved");
    assert_eq!(read_path(&inner).years(), [2030, 2031]);
}

/// A model of two regions and two years with a coal and a wind technology.
fn small_model() -> impl Strategy<Value = String> {
    let number = |top: u32| (1..top).prop_map(|n| f64::from(n) / 4.0);
    (
        (number(80), number(80), number(400), number(400)),
        (number(40), number(40), 1..40_u32, 0..2_u32, 0..3_u32),
    )
        .prop_map(|((demand, grown, coal, wind), (fuel, price, life, route, limit))| {
            let method = 1 + route;
            let cap = if limit == 0 { -1.0 } else { demand * f64::from(limit) };
            format!(
                "set REGION := A B; set TECHNOLOGY := COAL WIND; set FUEL := ELC;\n\
                 set EMISSION := CO2; set MODE_OF_OPERATION := 1; set TIMESLICE := S W;\n\
                 set YEAR := 2030 2031; param YearSplit default 0.5 := ;\n\
                 param DepreciationMethod default {method} := ;\n\
                 param SpecifiedAnnualDemand default 0 := [B,ELC,*] 2030 {demand} 2031 {grown};\n\
                 param AccumulatedAnnualDemand default 0 := A ELC 2031 {grown};\n\
                 param SpecifiedDemandProfile default 0.5 := ;\n\
                 param OutputActivityRatio default 0 := [A,*,ELC,1,*] : 2030 2031 := COAL 1 1 WIND 1 1\n\
                 [B,*,ELC,1,*] : 2030 2031 := COAL 1 1 WIND 1 1;\n\
                 param EmissionActivityRatio default 0 := [*,COAL,CO2,1,*] : 2030 2031 := A 1 1 B 1 1;\n\
                 param AnnualEmissionLimit default -1 := B CO2 2031 {cap};\n\
                 param EmissionsPenalty default 0 := A CO2 2030 {price};\n\
                 param CapacityFactor default 1 := [B,WIND,*,*] : 2030 2031 := S 0.3 0.3 W 0.6 0.6;\n\
                 param AvailabilityFactor default 1 := [*,COAL,*] : 2030 2031 := A 0.8 0.8 B 0.9 0.9;\n\
                 param CapitalCost default 0 := [A,*,*] : 2030 2031 := COAL {coal} {coal} WIND {wind} {wind}\n\
                 [B,*,*] : 2030 2031 := COAL {coal} {coal} WIND {wind} {wind};\n\
                 param VariableCost default 0 := [*,COAL,1,*] : 2030 2031 := A {fuel} {fuel} B {fuel} {fuel};\n\
                 param OperationalLife default {life} := ;\n\
                 param DiscountRateIdv default 0.08 := ;\n\
                 param REMinProductionTarget default 0 := B 2031 0.25;\n\
                 param RETagTechnology default 0 := [*,WIND,*] : 2030 2031 := A 1 1 B 1 1;\n\
                 param RETagFuel default 0 := [*,ELC,*] : 2030 2031 := A 1 1 B 1 1;\n\
                 param ReserveMarginTagFuel default 0 := B ELC 2031 1;\n\
                 param ReserveMarginTagTechnology default 0 := [B,*,2031] COAL 1 WIND 0.2;\n\
                 param ReserveMargin default 1.15 := ;\n\
                 param TradeRoute default 0 := A B ELC 2031 {route} B A ELC 2031 {route};\n"
            )
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    /// Import of the export of a model has the same optimum.
    #[test]
    fn export_and_import_keep_the_optimum(text in small_model()) {
        assert_exports(&model(&text));
    }
}

/// What `default_values.csv` says holds for parameters without a file too.
#[test]
fn defaults_of_older_folders_hold_without_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    export::write(&model(include_str!("models/two_regions.txt")), folder.path())
        .expect("written");
    for name in ["config.yaml", "DiscountRate.csv", "DepreciationMethod.csv"] {
        fs::remove_file(folder.path().join(name)).expect("removed");
    }
    let defaults = "name,default_value\nDiscountRate,0.1\nDepreciationMethod,2\n";
    let path = folder.path().join("default_values.csv");
    fs::write(&path, defaults).expect("written");
    let data = read_path(folder.path());
    assert_eq!(data.get(P::DiscountRate, &[1]), 0.1);
    assert_eq!(data.get(P::DepreciationMethod, &[0]), 2.0);
    assert!(data.notes.iter().any(|note| note.contains("those of `default_values.csv`")));
    assert!(!data.notes.iter().any(|note| note.contains("is passed over")), "{:?}", data.notes);
    fs::write(&path, format!("{defaults}DiscountRates,0.2\n")).expect("written");
    let shown = refusal(folder.path(), &Options::default());
    assert!(shown.contains("no parameter `DiscountRates`"), "{shown}");
}

fn refusal(folder: &Path, options: &Options) -> String {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let data = read(folder, options, &mut sources, &mut diagnostics).expect("files");
    assert!(data.is_none(), "accepted");
    let shown: Vec<String> = diagnostics.iter().map(|d| render(d, &sources)).collect();
    shown.join("\n")
}

/// Files of other tools in YAML beside the folder or in it are no configuration of otoole, even
/// where they are called like one; a damaged configuration is still one.
#[test]
fn other_yaml_files_are_no_configuration() {
    let folder = tempfile::tempdir().expect("a folder");
    let inner = folder.path().join("data");
    export::write(&model(include_str!("models/two_regions.txt")), &inner).expect("written");
    let own = fs::read_to_string(inner.join("config.yaml")).expect("written");
    fs::remove_file(inner.join("config.yaml")).expect("removed");
    let foreign = [
        (inner.join("config.yaml"), "scenario: low\ntype: set\nYEAR: [2030, 2031]\n"),
        (folder.path().join("validate.yaml"), "codes:\n  - name: type\nschema:\n  FUEL: []\n"),
        (folder.path().join("snakemake.yml"), "DiscountRate: 0.1\nresults:\n  type: param\n"),
    ];
    for (path, text) in &foreign {
        fs::write(path, text).expect("written");
    }
    let data = read_path(&inner);
    for name in ["config.yaml", "validate.yaml", "snakemake.yml"] {
        let shown =
            data.notes.iter().any(|note| note.starts_with(&format!("`{name}` is passed")));
        assert!(shown, "{name}: {:?}", data.notes);
    }
    fs::write(folder.path().join("otoole.yaml"), &own).expect("written");
    assert!(!read_path(&inner).notes.iter().any(|note| note.contains("there is no `config")));
    fs::write(folder.path().join("second.yaml"), &own).expect("written");
    assert!(refusal(&inner, &Options::default()).contains("--config FILE"));
    fs::remove_file(folder.path().join("second.yaml")).expect("removed");
    fs::write(folder.path().join("otoole.yaml"), own.replace("default: 0\n", "default: [x\n"))
        .expect("written");
    assert!(refusal(&inner, &Options::default()).contains("no YAML"));
}

#[test]
fn a_folder_that_lacks_a_set_is_told_which() {
    let folder = tempfile::tempdir().expect("a folder");
    export::write(&model(include_str!("models/two_regions.txt")), folder.path())
        .expect("written");
    fs::remove_file(folder.path().join("REGION.csv")).expect("removed");
    assert!(kzleap_osemosys::looks_like_osemosys(folder.path()));
    let shown = refusal(folder.path(), &Options::default());
    assert!(shown.contains("set `REGION` is missing"), "{shown}");
    assert!(shown.contains("add `REGION.csv`"), "{shown}");
}

/// What OSeMOSYS does not have is refused by name, and passed over by name.
#[test]
fn unknown_sets_and_parameters_are_passed_over_by_name_only() {
    let folder = tempfile::tempdir().expect("a folder");
    export::write(&model(include_str!("models/two_regions.txt")), folder.path())
        .expect("written");
    fs::write(folder.path().join("LandUse.csv"), "REGION,VALUE\n").expect("written");
    let text = "set REGION := R; set TECHNOLOGY := T; set FUEL := F; set MODE_OF_OPERATION := 1;\n\
                set TIMESLICE := L; set YEAR := 2030; set LAND := A; set LandUse := B;\n\
                param YearSplit default 1 := ; param LandUsed default 0 := R A 1; end;";
    let ignoring = |names: &[&str]| Options {
        ignore: names.iter().map(|name| (*name).to_owned()).collect(),
        ..Options::default()
    };
    assert!(refusal(folder.path(), &Options::default()).contains("--ignore LandUse"));
    let mut sources = Sources::default();
    let data =
        read(folder.path(), &ignoring(&["LandUse"]), &mut sources, &mut Diagnostics::default());
    let data = data.expect("files").expect("passed over");
    assert!(data.notes.iter().any(|note| note.contains("`LandUse` is passed over")));
    for (names, expected) in [
        (vec![], "there is no set `LAND`"),
        (vec!["LAND", "LandUse"], "there is no parameter `LandUsed`"),
        (vec!["LAND", "LandUse", "LandUsed", "Sea"], "`Sea` is not in the files"),
        (vec!["LAND", "LandUse", "LandUsed", "YearSplit"], "`YearSplit` is a set or parameter"),
    ] {
        let shown = crate::support::read_with(text, &ignoring(&names)).expect_err(expected);
        assert!(shown.contains(expected), "{expected} is not in\n{shown}");
    }
    crate::support::read_with(text, &ignoring(&["LAND", "LandUse", "LandUsed"]))
        .expect("passed over");
}
