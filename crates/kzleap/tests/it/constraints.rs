//! Constraints and retrofits on the screen and on the page.

use std::fs;

use serde_json::json;

use crate::support::{change, run, summary, text, two_plants};

/// A section of a page without its marks.
fn section(page: &str, id: &str) -> String {
    let from = page.split(&format!("<section id=\"{id}\">")).nth(1).expect("the section");
    let section = from.split("</section>").next().expect("its end");
    let plain =
        section.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    let plain = plain.collect::<Vec<_>>().join(" ").replace("&#x2f;", "/");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Coal makes a TWh for 20 MUSD, gas for 50. With 3 TWh of gas at least one TWh less saves 30.
#[test]
fn a_constraint_that_binds_has_its_price() {
    let temp = tempfile::tempdir().unwrap();
    let (model, out) = (two_plants(temp.path()), temp.path().join("out"));
    let file = model.join("model.toml");
    let mut with = fs::read_to_string(&file).unwrap();
    with += "[constraints.some_gas]\nlabel = \"Gas for works\"\nunit = \"TWh\"\nat_least = 3\n\
             terms.gas = { quantity = \"activity\", processes = [\"gas_plant\"] }\n\
             [constraints.much_coal]\nunit = \"TWh\"\nat_most = 20\n\
             terms.coal = { quantity = \"activity\", processes = [\"coal_plant\"] }\n";
    fs::write(&file, with).unwrap();
    let no_cap = ["-s", "no-cap", "--out", text(&out)];
    let (code, stdout, stderr) = run(&[&["run", text(&model)], &no_cap[..]].concat());
    assert_eq!(code, 0, "{stdout}{stderr}");
    for said in [
        "  constraint some_gas, at_least: its price 2030 30.0 [MUSD2022/TWh]\n",
        "  constraint much_coal: not binding\n",
    ] {
        assert!(stdout.contains(said), "{stdout}");
    }
    let page = fs::read_to_string(out.join("index.html")).unwrap();
    let said = section(&page, "constraints");
    for row in [
        "Gas for works Sum TWh 3 at_least TWh 3 Price MUSD2022/TWh 30",
        "Much coal Sum TWh 7 at_most TWh 20 Price MUSD2022/TWh does not bind",
    ] {
        assert!(said.contains(row), "{said}");
    }
    let rule = &summary(&out)["constraints"][0];
    assert_eq!(rule["label"], json!("Gas for works"));
    for (item, by_hand) in [("sum", 3.0), ("bound", 3.0), ("price", 30.0)] {
        let found = rule["values"]["2030"][item].as_f64().unwrap();
        assert!((found - by_hand).abs() < 1e-9, "{item}: {found}");
    }
    assert_eq!((&rule["unit"], &rule["price_unit"]), (&json!("TWh"), &json!("MUSD2022/TWh")));
    let kinds = fs::read_to_string(out.join("tables/kinds.csv")).unwrap();
    assert!(kinds.contains("constraint,some_gas,Gas for works,,,TWh"), "{kinds}");
}

/// What a retrofit makes is most of the money here: 1 GW of coal becomes 0.8 GW for 1000 MUSD.
#[test]
fn a_retrofit_is_among_what_is_built() {
    let temp = tempfile::tempdir().unwrap();
    let (model, out) = (two_plants(temp.path()), temp.path().join("out"));
    let file = model.join("model.toml");
    change(
        &file,
        "[demands.electricity]",
        "[processes.old]\noutput = \"electricity\"\ncapacity = \"GW\"\nvariable_cost = 90\n\
         residual_capacity = { value = 1, unit = \"GW\" }\n\
         [processes.renewed]\nlabel = \"Renewed\"\noutput = \"electricity\"\ncapacity = \"GW\"\n\
         free = \"as good as new\"\n[retrofits.renewal]\nfrom = \"old\"\nto = \"renewed\"\n\
         kept = 0.8\neconomic_life = 20\ncapital_cost = { value = 1000, unit = \"USD/kW\" }\n\
         [demands.electricity]",
    );
    let arguments = ["run", text(&model), "-s", "no-cap", "--quiet", "--out", text(&out)];
    let (code, _, stderr) = run(&arguments);
    assert_eq!(code, 0, "{stderr}");
    let page = fs::read_to_string(out.join("index.html")).unwrap();
    let said = section(&page, "built");
    assert!(said.contains("Renewal GW 0.8 1 000"), "{said}");
}
