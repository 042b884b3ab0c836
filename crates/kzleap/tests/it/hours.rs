//! A plan held against the hours of its years: `run --check-hours`.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{run, summary, text};

const MODEL: &str = r#"
format = 2
name = "calm"
currency = "USD2025"
[units]
capital_cost = "USD/kW"
[time]
years = [2025, 2030]
horizon_end = 2034
[hourly.weather]
file = "hours.csv"
[finance]
discount_rate = 0.05
[regions.home]
[commodities.power]
kind = "electricity"
[processes.wind]
output = "power"
capacity = "GW"
residual_capacity = { value = 2, unit = "GW" }
availability = "wind"
[processes.gas]
output = "power"
capacity = "GW"
capital_cost = 500
life = 20
variable_cost = { value = 1, unit = "USD/MWh" }
[demands.power]
home = { annual = { value = 8.76, unit = "TWh" }, profile = "flat" }
"#;

/// 1 GW of load; 2 GW of wind, which blows in all hours but 100 in a row.
pub(crate) fn calm(folder: &Path) -> PathBuf {
    let model = folder.join("calm");
    fs::create_dir(&model).unwrap();
    fs::write(model.join("model.toml"), MODEL).unwrap();
    let mut hours = "hour,wind\n".to_owned();
    for hour in 0..8760 {
        writeln!(hours, "{hour},{}", i32::from(!(1000..1100).contains(&hour))).unwrap();
    }
    fs::write(model.join("hours.csv"), hours).unwrap();
    model
}

/// With two slices the calm hours are lost in a mean, nothing is built, and 100 GWh go unserved in
/// each year that is looked at. With three slices one is the calm hours, and gas is built.
#[test]
fn a_plan_that_does_not_hold_is_marked_wherever_it_is_seen() {
    let temp = tempfile::tempdir().unwrap();
    let (model, out) = (calm(temp.path()), temp.path().join("out"));
    let checked = |slices: &str, years: &str| {
        let arguments = ["run", text(&model), "--slices", slices, "--out", text(&out)];
        run(&[arguments.as_slice(), &["--check-hours", years]].concat())
    };
    let (code, stdout, stderr) = checked("2", "2030");
    assert_eq!(code, 7, "{stdout}{stderr}");
    let line =
        "hours      2030 DOES NOT HOLD over all hours: up to 1.1 % of a demand goes unserved\n";
    assert!(stdout.contains(line), "{stdout}");
    let verdict = summary(&out)["hours"][0].clone();
    assert_eq!((&verdict["year"], &verdict["holds"]), (&2030.into(), &false.into()));
    let share = verdict["largest_unserved_share"].as_f64().unwrap();
    assert!((share - 100.0 / 8760.0).abs() < 1e-9, "{share}");
    let page = fs::read_to_string(out.join("index.html")).unwrap();
    assert!(page.contains("DOES NOT HOLD hour by hour in 2030"), "the page does not say so");
    let table = fs::read_to_string(out.join("tables/hours.csv")).unwrap();
    assert!(table.contains("home,unserved_hours,,power,h/a,2030,,100\n"), "{table}");
    let (code, stdout, stderr) = run(&["reproduce", text(&out)]);
    assert_eq!(code, 0, "{stdout}{stderr}");

    let (code, stdout, stderr) = checked("3", "");
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert!(stdout.contains("hours      holds over all hours of 2025, 2030\n"), "{stdout}");
    let page = fs::read_to_string(out.join("index.html")).unwrap();
    assert!(page.contains("Holds hour by hour in 2025, 2030"), "the page does not say so");
}

/// Two slices lose the lull; the worst day is kept whole, and the second plan holds. The run says
/// which periods it came to, so it is repeated without refining.
#[test]
fn a_refined_run_holds_and_is_reproduced() {
    let temp = tempfile::tempdir().unwrap();
    let (model, out) = (calm(temp.path()), temp.path().join("out"));
    let arguments = ["run", text(&model), "--slices", "2", "--refine", "--out", text(&out)];
    let (code, stdout, stderr) = run(&[&arguments[..], &["--check-hours", "2030"]].concat());
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert!(stdout.contains("hours      holds over all hours of 2030\n"), "{stdout}");
    assert!(stdout.contains("refined    2 plans, "), "{stdout}");
    let refined = summary(&out)["refined"].clone();
    let holds = refined.as_array().unwrap().iter().map(|round| round["holds"] == true);
    assert_eq!(holds.collect::<Vec<bool>>(), [false, true]);
    let (code, stdout, stderr) = run(&["reproduce", text(&out)]);
    assert_eq!(code, 0, "{stdout}{stderr}");

    // the table of periods, put into the model, gives the plan again
    fs::copy(out.join("tables/periods.csv"), model.join("periods.csv")).unwrap();
    let file = "file = \"hours.csv\"\n";
    let with = MODEL
        .replace("horizon_end = 2034\n", "horizon_end = 2034\nperiods = \"number\"\n")
        .replace(file, &format!("{file}[hourly.periods]\nfile = \"periods.csv\"\n"));
    fs::write(model.join("model.toml"), with).unwrap();
    let again = temp.path().join("again");
    let (code, stdout, stderr) =
        run(&["run", text(&model), "--check-hours", "2030", "--out", text(&again)]);
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert_eq!(summary(&again)["objective"], summary(&out)["objective"]);
    assert_eq!(summary(&again)["lp_digest"], summary(&out)["lp_digest"]);
}

#[test]
fn years_that_cannot_be_looked_at_are_refused_before_the_solve() {
    let temp = tempfile::tempdir().unwrap();
    let (model, out) = (calm(temp.path()), temp.path().join("out"));
    let refused = |model: &str, years: &str| {
        let arguments = ["run", model, "--out", text(&out), "--check-hours", years];
        let (code, _, stderr) = run(&arguments);
        assert_eq!(code, 2, "{stderr}");
        stderr
    };
    assert!(refused(text(&model), "2050").contains("2050 is not a milestone year"));
    assert!(refused(text(&model), "soon").contains("`soon` is not a year"));
    assert!(refused("models/two-plants", "2030").contains("has no hourly tables"));
    let trade = refused("models/osemosys/trade.txt", "2030");
    assert!(trade.contains("`--check-hours` is for"), "{trade}");
    assert!(!out.exists());
}

/// Pumps must run in all hours, and 100 hours are calm: the slices lose the lull in a mean, and what
/// they build is too small. Demand may go unserved, but pumps are no demand.
#[test]
fn a_rule_that_no_dispatch_keeps_is_named() {
    let temp = tempfile::tempdir().unwrap();
    let (model, out) = (calm(temp.path()), temp.path().join("out"));
    let pumps = "[commodities.water]\ntier = \"annual\"\n[processes.pumps]\ninput = \"power\"\n\
                 output = \"water\"\nefficiency = 1\ncapacity = \"GW\"\n\
                 residual_capacity = { value = 1, unit = \"GW\" }\n\
                 min_activity = { value = 8.76, unit = \"TWh\" }\n";
    fs::write(model.join("pumps.toml"), pumps).unwrap();
    let arguments = ["run", text(&model), "--slices", "2", "--check-hours", "2030"];
    let (code, stdout, stderr) = run(&[&arguments[..], &["--out", text(&out)]].concat());
    assert_eq!(code, 4, "{stdout}{stderr}");
    let named = "the hours of 2030: with the capacities of the plan these rules cannot be kept\n    \
                 activity limit pumps 2030 (least): 8.76 TWh (pumps.toml:9): no plan";
    assert!(stderr.contains(named), "{stderr}");
    assert!(!out.exists());
}
