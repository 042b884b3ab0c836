//! `balance`: tables, runs and models, and what is refused.

use std::fs;
use std::path::Path;

use crate::support::{json, names, run, summary, text};

const CLOSED: &str = "\
flow,commodity,year,value,unit
production,coal,2020,100,PJ
final/industry,coal,2020,100,PJ
";

fn findings(folder: &Path) -> usize {
    summary(folder)["findings"].as_array().unwrap().len()
}

#[test]
fn a_table_is_read_and_a_folder_written_whole() {
    let temp = tempfile::tempdir().unwrap();
    let out = temp.path().join("out");
    let (code, stdout, stderr) =
        run(&["balance", "data/energy_balance_2023.csv", "--out", text(&out)]);
    assert_eq!((code, &*stderr), (0, ""));
    assert!(stdout.starts_with("energy_balance_2023, 2023\n\n5 findings\n"), "{stdout}");
    assert_eq!(names(&out), ["index.html", "manifest.json", "summary.json", "tables"]);
    assert_eq!(findings(&out), 5);
    let manifest = json(&out.join("manifest.json"));
    assert_eq!(manifest["holds"], "balance");
    assert_eq!(
        manifest["spec"],
        serde_json::json!(["balance", "data/energy_balance_2023.csv"])
    );
    let inputs: Vec<&str> = manifest["inputs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|i| i["path"].as_str().unwrap())
        .collect();
    assert_eq!(
        inputs,
        [
            "data/kinds.csv",
            "data/energy_balance_2023.csv",
            "data/drivers.csv",
            "data/emission_factors.csv",
            "data/countries.csv"
        ]
    );
    // the same again gives the same bytes, in the place of the first
    let before = fs::read(out.join("summary.json")).unwrap();
    let (code, stdout, _) =
        run(&["balance", "data/energy_balance_2023.csv", "--json", "-o", text(&out)]);
    assert_eq!(code, 0);
    assert_eq!(stdout.as_bytes(), before);
    // and a run does not go there
    let (code, _, stderr) = run(&["run", "models/two-plants", "--out", text(&out)]);
    assert_eq!(code, 1);
    assert!(stderr.contains("holds the analytics of a balance"), "{stderr}");
}

#[test]
fn the_plans_of_models_have_no_findings() {
    let temp = tempfile::tempdir().unwrap();
    for model in ["heat-and-power", "two-regions", "steel-and-travel", "storage-day"] {
        let (path, plan) = (format!("models/{model}"), temp.path().join(model));
        assert_eq!(run(&["run", &path, "--quiet", "--out", text(&plan)]).0, 0);
        let (code, stdout, stderr) = run(&["balance", text(&plan)]);
        assert_eq!((code, &*stderr), (0, ""), "{model}");
        assert!(stdout.contains("no findings"), "{stdout}");
        let beside = temp.path().join(format!("{model}-balance"));
        assert_eq!(findings(&beside), 0, "{model}");
        // the model itself comes to the same
        let solved = temp.path().join("solved");
        assert_eq!(run(&["balance", &path, "--quiet", "--out", text(&solved)]).0, 0);
        let table =
            |folder: &Path| fs::read_to_string(folder.join("tables/balance.csv")).unwrap();
        assert_eq!(table(&solved), table(&beside), "{model}");
    }
}

/// Coal makes 32 PJ of electricity and uses 2 of them itself, wind makes 10; grids lose 4 of 40;
/// 9 of the 36 that arrive pass on to works.
const PLAN: &str = r#"
format = 2
name = "small"
currency = "USD2023"
source = "made up for a test"
[time]
years = [2030]
[finance]
discount_rate = 0.0
[units]
variable_cost = "USD/GJ"
max_activity = "PJ/a"
annual = "PJ"
cost = "USD/GJ"
[drivers.gdp]
kind = "gdp"
unit = "bnUSD2023"
value = { 2030 = 45 }
[regions.land]
[commodities.coal]
kind = "fuel"
family = "coal"
tier = "annual"
[commodities.electricity]
kind = "electricity"
[commodities.electricity_final]
kind = "electricity"
[commodities.electricity_works]
kind = "electricity"
[categories]
wind = { family = "wind" }
[resources.coal_mine]
commodity = "coal"
steps.1.cost = 2
[processes.coal_plant]
category = "coal"
flow = "transformation/power plants"
inputs = { coal = 2.5, electricity = 0.0625 }
outputs = { electricity = 1 }
[processes.wind_farm]
category = "wind"
output = "electricity"
max_activity = 10
[processes.distribution]
category = "grid"
flow = "losses"
input = "electricity"
output = "electricity_final"
efficiency = 0.9
[processes.supply_to_works]
category = "grid"
flow = "transformation/supply to works"
input = "electricity_final"
output = "electricity_works"
efficiency = 1
[demands.electricity_final]
land = { annual = 27 }
[demands.electricity_works]
land = { annual = 9 }
"#;

/// The same as statistics would have it, with own use of grids apart from what they lose.
const OFFICIAL: &str = "\
flow,commodity,year,value_pj
production,coal,2030,80
production,wind,2030,10
transformation/power plants,coal,2030,-80
transformation/power plants,wind,2030,-10
transformation/power plants,electricity,2030,42
own use/power plants,electricity,2030,-2
own use/grids,electricity,2030,-1
losses,electricity,2030,-3
final/industry,electricity,2030,9
final/households,electricity,2030,27
";

/// What its names are.
const KINDS: &str = "\
of,name,kind,family
commodity,coal,fuel,coal
commodity,wind,natural,wind
commodity,electricity,electricity,
commodity,heat,heat,
sector,grids,network,
";

#[test]
fn a_plan_and_the_official_table_of_the_same_year_agree() {
    let temp = tempfile::tempdir().unwrap();
    let (model, plan) = (temp.path().join("small"), temp.path().join("plan"));
    fs::create_dir(&model).unwrap();
    fs::write(model.join("model.toml"), PLAN).unwrap();
    assert_eq!(run(&["run", text(&model), "-q", "--out", text(&plan)]).0, 0);
    let (code, stdout, stderr) = run(&["balance", text(&plan)]);
    assert_eq!((code, &*stderr), (0, ""));
    assert!(stdout.contains("no findings"), "{stdout}");
    let table = temp.path().join("table.csv");
    fs::write(&table, OFFICIAL).unwrap();
    fs::write(temp.path().join("kinds.csv"), KINDS).unwrap();
    let official = temp.path().join("official");
    assert_eq!(run(&["balance", text(&table), "-qo", text(&official)]).0, 0);
    let value = |folder: &Path, key: &str| -> Option<f64> {
        let summary = summary(folder);
        let known = summary["indicators"]["known"].as_array().unwrap();
        known.iter().find(|one| one["key"] == key)?["values"]["2030"].as_f64()
    };
    let by_hand = [
        ("primary_energy", 90.0),
        ("final_use", 36.0),
        ("generation", 42.0 / 3.6),
        ("production", 90.0),
        ("self_sufficiency", 100.0),
        ("transformation_efficiency", 100.0 * 32.0 / 80.0),
        ("plant_efficiency", 100.0 * 32.0 / 80.0),
        ("grid_losses", 100.0 * 4.0 / 42.0),
        ("renewable_share", 100.0 * 10.0 / 90.0),
        ("renewable_electricity", 100.0 * 10.0 / 42.0),
        ("primary_share_coal", 100.0 * 80.0 / 90.0),
        ("primary_share_wind", 100.0 * 10.0 / 90.0),
    ];
    for folder in [&temp.path().join("plan-balance"), &official] {
        for (key, by_hand) in by_hand {
            let found = value(folder, key);
            let near = found.is_some_and(|found| (found - by_hand).abs() < 1e-6);
            assert!(near, "{key} in {}: {found:?}, by hand {by_hand}", folder.display());
        }
    }
    // GDP in the money of the model serves
    let intensity = value(&temp.path().join("plan-balance"), "energy_intensity");
    assert!(intensity.is_some_and(|found| (found - 2.0).abs() < 1e-6), "{intensity:?}");
    assert!(stdout.contains("MJ/USD2023"), "{stdout}");
}

#[test]
fn the_page_of_a_history_shows_totals_and_says_what_they_hold() {
    let temp = tempfile::tempdir().unwrap();
    let (table, out) = (temp.path().join("history.csv"), temp.path().join("out"));
    let rows: Vec<String> =
        (2001..=2014).map(|year| format!("final use,all,{year},100\n")).collect();
    let header = "flow,commodity,year,value_pj\n";
    let parts = "final use,coal,2014,30\nfinal use,heat,2014,20\n";
    fs::write(&table, format!("{header}{}{parts}", rows.concat())).unwrap();
    fs::write(temp.path().join("kinds.csv"), KINDS).unwrap();
    assert_eq!(run(&["balance", text(&table), "-qo", text(&out)]).0, 0);
    let page = fs::read_to_string(out.join("index.html")).unwrap();
    assert!(page.contains(r#"data-chart="final""#));
    assert!(
        page.contains("The source names coal, heat since 2014; all else is not specified.")
    );
    assert!(page.contains("12 of 14 years; all of them are in the table as CSV."));
}

#[test]
fn one_region_of_several() {
    let temp = tempfile::tempdir().unwrap();
    let (table, out) = (temp.path().join("countries.csv"), temp.path().join("out"));
    let text_of = "region,flow,commodity,year,value_pj\n\
                   A,primary use,coal,2020,1\nB,primary use,coal,2020,2\n";
    fs::write(&table, text_of).unwrap();
    let (code, _, stderr) = run(&["balance", text(&table), "--out", text(&out)]);
    assert_eq!(code, 2);
    assert!(
        stderr.contains("`--region` must say which region; the table has the regions A, B")
    );
    let (code, _, stderr) = run(&["balance", text(&table), "--region", "C", "-o", text(&out)]);
    assert_eq!(code, 2);
    assert!(stderr.contains("there is no region `C`; the table has the regions A, B"));
    assert_eq!(run(&["balance", text(&table), "--region", "B", "-qo", text(&out)]).0, 0);
    let primary = &summary(&out)["indicators"]["known"][0]["values"]["2020"];
    assert_eq!(primary.as_f64(), Some(2.0));
}

#[test]
fn what_cannot_be_read_leaves_no_folder() {
    let temp = tempfile::tempdir().unwrap();
    let (table, out) = (temp.path().join("table.csv"), temp.path().join("out"));
    fs::write(&table, CLOSED.replace("2020,100,PJ\nfinal", "2020,many,PJ\nfinal")).unwrap();
    let (code, stdout, stderr) = run(&["balance", text(&table), "--out", text(&out)]);
    assert_eq!((code, &*stdout), (3, ""));
    assert!(stderr.contains("error[bad-number]: `many` is no number"), "{stderr}");
    assert!(stderr.contains("table.csv:2:22"), "{stderr}");
    assert!(stderr.ends_with("1 error, 0 warnings\n"), "{stderr}");
    assert!(!out.exists());
    fs::write(&table, CLOSED).unwrap();
    let asked = ["balance", text(&table), "--between", "2010:2020", "--out", text(&out)];
    let (code, _, stderr) = run(&asked);
    assert_eq!(code, 2);
    assert!(stderr.contains("no emissions are known"), "{stderr}");
    assert!(!out.exists());
    let (code, _, stderr) = run(&["balance", text(&table), "--between", "2020:2010"]);
    assert_eq!(code, 2);
    assert!(stderr.contains("two years are written as 2013:2023"), "{stderr}");
    let (code, _, stderr) = run(&["balance", text(&table), "models/two-plants"]);
    assert_eq!(code, 2);
    assert!(stderr.contains("several paths must all be tables"), "{stderr}");
    assert_eq!(run(&["balance", text(&temp.path().join("gone.csv"))]).0, 3);
}

#[test]
fn several_tables_are_one() {
    let temp = tempfile::tempdir().unwrap();
    let (a, b) = (temp.path().join("a.csv"), temp.path().join("b.csv"));
    let out = temp.path().join("out");
    fs::write(&a, CLOSED).unwrap();
    fs::write(&b, CLOSED.replace("2020", "2021")).unwrap();
    assert_eq!(run(&["balance", text(&a), text(&b), "-qo", text(&out)]).0, 0);
    let found = summary(&out);
    assert_eq!(found["title"], "a and 1 more");
    assert_eq!(found["years"], serde_json::json!([2020, 2021]));
}
