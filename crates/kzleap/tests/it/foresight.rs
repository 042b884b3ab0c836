//! `kzleap foresight`: a path planned in windows.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{names, run, text};

/// Ten PJ a year. Coal makes 10 in 2030 and 4 in 2031; clean power is built at 4 a year at most, costs
/// 60 a year and stays; what is missing costs 500.
fn tightening(folder: &Path, missing: &str) -> PathBuf {
    let model = "format = 2\nname = \"tightening\"\ncurrency = \"USD2022\"\n[units]\n\
        variable_cost = \"USD/GJ\"\nannual = \"PJ\"\n[regions.land]\n\
        [time]\nyears = [2030, 2031]\nhorizon_end = 2031\n[finance]\ndiscount_rate = 0.0\n\
        [commodities.electricity]\nbalance = \"exact\"\n\
        [demands.electricity]\nland = { annual = 10 }\n\
        [processes.coal]\noutput = \"electricity\"\nvariable_cost = 30\n\
        max_activity = { value = { 2030 = 10, 2031 = 4 }, unit = \"PJ\" }\n\
        [processes.clean]\noutput = \"electricity\"\ncapacity = \"PJ/a\"\nlife = 40\n\
        capital_cost = { value = 0, unit = \"MUSD/(PJ/a)\" }\n\
        fixed_cost = { value = 60, unit = \"MUSD/(PJ/a)/a\" }\n\
        max_new_capacity = { value = 4, unit = \"(PJ/a)/a\" }\n";
    let path = folder.join("model");
    fs::create_dir(&path).unwrap();
    fs::write(path.join("model.toml"), format!("{model}{missing}")).unwrap();
    path
}

/// With foresight 2 are built in 2030: 360 and 480. A window of one year builds none then, and 4 in
/// 2031: 300, and 360 with 2 missing at 1,000.
#[test]
fn a_window_that_sees_too_little_costs_more() {
    let temp = tempfile::tempdir().unwrap();
    let missing = "[processes.missing]\noutput = \"electricity\"\nvariable_cost = 500\n";
    let model = tightening(temp.path(), missing);
    let out = temp.path().join("out");
    let arguments = ["foresight", text(&model), "--window", "1", "--out", text(&out)];
    let (code, stdout, stderr) = run(&arguments);
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert!(stdout.starts_with("windows: 2030 to 2030; 2031 to 2031\n"), "{stdout}");
    assert!(stdout.contains("the path           1660.0 million USD2022\n"), "{stdout}");
    assert!(stdout.contains("perfect foresight  840.0\n"), "{stdout}");
    assert!(stdout.contains("costs 820.0 more\n"), "{stdout}");
    assert_eq!(names(&out), ["manifest.json", "tables", "windows.csv"]);
    let windows = fs::read_to_string(out.join("windows.csv")).unwrap();
    assert_eq!(windows, "first,last,cost,certified\n2030,2030,300,yes\n2031,2031,1660,yes\n");
    let built = fs::read_to_string(out.join("tables/new_capacity.csv")).unwrap();
    assert!(built.lines().any(|line| line.contains("2031") && line.ends_with(",4")), "{built}");
    let (_, stdout, _) =
        run(&["foresight", text(&model), "--window", "2", "--out", text(&out)]);
    assert!(stdout.contains("limited foresight costs 0.0 more\n"), "{stdout}");
}

/// Where nothing may be missing the window of 2031 has no plan, and is named.
#[test]
fn a_window_without_a_plan_is_named() {
    let temp = tempfile::tempdir().unwrap();
    let model = tightening(temp.path(), "");
    let (code, _, stderr) = run(&["foresight", text(&model), "--window", "1"]);
    assert_eq!(code, 4, "{stderr}");
    assert!(stderr.contains("the window from 2031 to 2031 has no plan"), "{stderr}");
    let (code, _, stderr) = run(&["foresight", text(&model), "--window", "1", "--keep", "2"]);
    assert_eq!(code, 2, "{stderr}");
}
