//! A pollutant of which little is emitted: on the screen, in the results, for another solver.

use crate::support::{change, run, summary, text, two_plants};

/// `models/two-plants` with 100 and 57.6 mg/PJ for 100 and 57.6 kt/PJ, and a cap of 6.8 g: as many
/// 1e-15 parts of a megatonne as there were thousandths.
fn milligrammes(unit: &str) {
    let temp = tempfile::tempdir().unwrap();
    let (model, out) = (two_plants(temp.path()), temp.path().join("out"));
    let file = model.join("model.toml");
    change(&file, "value = 100, unit = \"kt/PJ\"", "value = 100, unit = \"mg/PJ\"");
    change(&file, "value = 57.6, unit = \"kt/PJ\"", "value = 57.6, unit = \"mg/PJ\"");
    change(&file, "limit = { 2030 = 6.8 }", "limit = { value = 6.8, unit = \"g/a\" }");
    if unit != "Mt" {
        change(&file, "[emissions.co2]", &format!("[emissions.co2]\nunit = \"{unit}\""));
    }
    let (code, stdout, stderr) = run(&["run", text(&model), "--out", text(&out)]);
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert!(stdout.contains("\n  certified  "), "{stdout}");
    // a gramme less costs what a megatonne did: 46.875 million
    let (cap, price) = match unit {
        "Mt" => ("6.80e-12 [Mt]", "46875000000000 [USD2022/t]"),
        _ => ("6.8 [g]", "46875000 [USD2022/g]"),
    };
    assert!(stdout.contains(&format!("cap        land: 2030 {cap}\n")), "{stdout}");
    assert!(stdout.contains(&format!("its price  2030 {price}\n")), "{stdout}");
    assert_eq!(summary(&out)["cap_units"]["land"], unit);
    let emissions = std::fs::read_to_string(out.join("tables/emissions.csv")).unwrap();
    assert_eq!(emissions.lines().count(), 3, "{emissions}");
    for what in [&model, &out] {
        let (code, stdout, stderr) = run(&["verify", text(what)]);
        assert_eq!(code, 0, "{stdout}{stderr}");
        assert!(stdout.ends_with("agreed\n"), "{stdout}");
    }
}

#[test]
fn milligrammes_counted_in_megatonnes() {
    milligrammes("Mt");
}

#[test]
fn milligrammes_counted_in_grammes() {
    milligrammes("g");
}
