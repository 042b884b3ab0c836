//! A folder is read once: all else is made of the tree.

use kzleap_input::{Change, Input, Tree, read};

use crate::support::Files;

/// A model whole, to be compared.
fn whole(input: &Input) -> String {
    format!("{:?}", input.model.as_ref().expect("a model"))
}

/// The capital cost of wind in the first year.
fn cost(input: &Input) -> f64 {
    let model = input.model.as_ref().expect("a model");
    let wind = model.capacities.iter().find(|one| one.name == "wind").expect("wind");
    wind.investment.as_ref().expect("it can be built").overnight_cost[0]
}

/// Scenarios, changes and traces of a model whose folder is gone are those of the folder.
#[test]
fn nothing_is_read_a_second_time() {
    let files = Files::right().add("scenarios/cheap.toml", "[[set]]\npath = \"processes.wind.capital_cost\"\nvalue = 1000\nunit = \"USD/kW\"\nreason = \"auctions\"\n");
    let folder = files.written();
    let (base, cheap) = (read(folder.path(), None), read(folder.path(), Some("cheap")));
    let tree = Tree::read(folder.path());
    folder.close().expect("the folder is removed");

    assert_eq!(tree.scenarios().len(), 2);
    assert_eq!(whole(&tree.input()), whole(&base));
    let other = tree.clone().scenario(Some("cheap")).input();
    assert_eq!(whole(&other), whole(&cheap));
    assert_eq!(other.files, cheap.files);
    assert_eq!(tree.input().files, base.files, "a scenario that is not used is no input");
    assert_eq!(cost(&other), 1000.0, "1000 USD/kW are 1000 MUSD/GW");
    // both years that are given, and the milestone year between them
    assert_eq!(tree.trace("processes.wind.capital_cost").values.len(), 2);
    assert!(tree.trace("processes.wnd").values.is_empty());
}

/// The change of a value is that of the scenario that says the same; a factor and an amount change
/// every number below a path.
#[test]
fn changes_are_values() {
    let files = Files::right();
    let folder = files.written();
    let tree = Tree::read(folder.path());
    let path = "processes.wind.capital_cost";
    let before = cost(&tree.input());
    let with = |change: Change| tree.with(&[change]).input();
    let kilowatt = with(Change::set_in(path, 1000.0, Some("USD/kW".to_owned())));
    let megawatt = with(Change::set_in(path, 1.0, Some("MUSD/MW".to_owned())));
    assert_eq!(cost(&kilowatt), cost(&megawatt));
    let half = with(Change::multiply(path, 0.5));
    assert!((cost(&half) - before / 2.0).abs() < 1e-9 * before);
    let more = with(Change::add(path, 10.0));
    assert!((cost(&more) - before - 10.0).abs() < 1e-9 * before, "10 MUSD/GW are 10 USD/kW");
    // a number without a unit is in the unit of what is there: that of the file, or its own
    assert_eq!(cost(&with(Change::set_in(path, 1000.0, None))), cost(&kilowatt));
    let own = "capital_cost = { value = 1.3, unit = \"MUSD/MW\" }";
    let own =
        Files::right().replace("capital_cost = { 2025 = 1300, 2040 = 1000 }", own).written();
    let own = Tree::read(own.path()).with(&[Change::set_in(path, 1.0, None)]).input();
    assert_eq!(cost(&own), cost(&kilowatt), "1 MUSD/MW, not 1 USD/kW");
    // the tree itself stays as it was
    assert!((cost(&tree.input()) - before).abs() < 1e-12);
}

/// A change says where it is wrong, in its own words.
#[test]
fn a_wrong_change_is_shown() {
    let files = Files::right();
    let folder = files.written();
    let tree = Tree::read(folder.path());
    for (change, said) in [
        (Change::set("processes.wnd.capital_cost", 5.0), "`processes.wnd` does not exist"),
        (
            Change::multiply("regions.north.label", 2.0),
            "there is no number at `regions.north.label` to multiply",
        ),
        (
            Change::add("processes.wind.capital_cot", 2.0),
            "`processes.wind` has no field `capital_cot`",
        ),
    ] {
        let input = tree.with(&[change]).input();
        let texts: Vec<String> = input
            .diagnostics
            .iter()
            .map(|one| kzleap_diagnostics::render(one, &input.sources))
            .collect();
        let text = texts.join("\n");
        assert!(
            input.model.is_none()
                && text.contains(said)
                && text.contains("(given with the command):1:1"),
            "{text}"
        );
    }
}

/// Written as JSON, as a server or a manifest has it, and read back.
#[test]
fn changes_are_read_back_from_json() {
    let json = r#"[{"path":"a.b","set":{"value":1.5,"unit":"PJ/a"}},{"path":"time.years","set":{"value":[2023.0,2025.0]}},{"path":"a","multiply":0.5},{"path":"a","add":-2.0}]"#;
    let changes: Vec<Change> = serde_json::from_str(json).expect("changes");
    let years = Change::set("time.years", [2023.0, 2025.0]);
    let unit = Some("PJ/a".to_owned());
    let same = [
        Change::set_in("a.b", 1.5, unit),
        years,
        Change::multiply("a", 0.5),
        Change::add("a", -2.0),
    ];
    assert_eq!(changes, same);
    assert_eq!(serde_json::to_string(&changes).expect("text"), json);
}
