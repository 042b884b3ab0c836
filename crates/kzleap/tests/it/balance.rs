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
        manifest["command"],
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
