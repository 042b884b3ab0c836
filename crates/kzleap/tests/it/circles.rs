//! Energy that goes round over links and is lost: on the screen and in `summary.json`.

use std::fs;
use std::path::Path;

use crate::support::{run, summary, text};

/// 1.5 GW must run in `land`, where 1 GW is needed, and no surplus is thrown away.
const SYSTEM: &str = "format = 2
name = \"circle\"
currency = \"USD2022\"
[time]
years = [2030]
[finance]
discount_rate = 0
[regions.land]
[regions.sea]
[regions.isle]
[commodities.electricity]
balance = \"exact\"
[demands.electricity]
land = { annual = { value = 31.536, unit = \"PJ\" } }
[processes.nuclear]
regions = [\"land\"]
output = \"electricity\"
capacity = \"GW\"
residual_capacity = 1.5
minimum_load = 1
[processes.dump]
regions = [\"land\"]
input = \"electricity\"
activity_of = \"input\"
variable_cost = { value = 1, unit = \"USD/GJ\" }
";

/// One-way links between these regions, which lose a tenth.
fn links(ends: &[[&str; 2]]) -> String {
    let link = |[from, to]: &[&str; 2]| {
        format!(
            "[links.{from}_{to}]\nfrom = \"{from}\"\nto = \"{to}\"\n\
             commodity = \"electricity\"\ncapacity = \"GW\"\nresidual_capacity = 10\n\
             loss = 0.1\ntwo_way = false\n"
        )
    };
    ends.iter().map(link).collect()
}

/// What the run prints, and the circles of its summary.
fn solved(folder: &Path, ends: &[[&str; 2]]) -> (String, serde_json::Value) {
    let (model, out) = (folder.join("model"), folder.join("out"));
    fs::create_dir_all(&model).unwrap();
    fs::write(model.join("model.toml"), format!("{SYSTEM}{}", links(ends))).unwrap();
    let (code, stdout, stderr) = run(&["run", text(&model), "--out", text(&out)]);
    assert_eq!(code, 0, "{stdout}{stderr}");
    let circles = summary(&out)["circulations"].clone();
    (stdout + &stderr, circles)
}

/// Half a gigawatt-year, 15.768 PJ, is too much: all of it goes round, at no cost, and is lost.
fn goes_round(ends: &[[&str; 2]], names: &[&str]) {
    let temp = tempfile::tempdir().unwrap();
    let (told, circles) = solved(temp.path(), ends);
    let line = format!(
        "WARNING    15.8 PJ/a are lost in 2030 by sending electricity round in a circle: {}",
        names.join(", ")
    );
    assert!(told.contains(&line), "{told}");
    let circles = circles.as_array().expect("a list");
    assert_eq!(circles.len(), 1, "{circles:?}");
    assert_eq!(circles[0]["links"], serde_json::json!(names));
    assert_eq!(circles[0]["commodity"], "electricity");
    assert_eq!(circles[0]["year"], 2030);
    assert_eq!(circles[0]["unit"], "PJ");
    let lost = circles[0]["lost"].as_f64().expect("a number");
    assert!((lost / 15.768 - 1.0).abs() < 1e-6, "{lost}");
}

#[test]
fn three_links_in_a_circle() {
    goes_round(
        &[["land", "sea"], ["sea", "isle"], ["isle", "land"]],
        &["land_sea", "sea_isle", "isle_land"],
    );
}

/// Two one-way links against each other are a circle too.
#[test]
fn two_links_against_each_other() {
    goes_round(&[["land", "sea"], ["sea", "land"]], &["land_sea", "sea_land"]);
}

/// Without a way back nothing goes round, and nothing is said.
#[test]
fn a_link_that_leads_away() {
    let temp = tempfile::tempdir().unwrap();
    let (told, circles) = solved(temp.path(), &[["land", "sea"]]);
    assert!(!told.contains("round in a circle"), "{told}");
    assert!(circles.is_null(), "{circles}");
}
