//! A small model of version 1, rewritten: what changes, what stays, and what is refused.

#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use std::fs;
use std::path::Path;

use kzleap_migrate::{Problem, migrate, write_in_place, write_to};

const MODEL: &str = r#"# A valley.
format = 1 # of this file
name = "valley"
currency = "USD2022"

[time]
years = [2030]

[finance]
discount_rate = 0.05

[regions.valley]

# what is made and used
[commodities.coal] # from the north
tier = "annual"
emissions = { co2 = { value = 95, unit = "kt/PJ" } }
[commodities.electricity]
label = "Power"
kind = "service" # as we see it
[commodities]
heat = { label = "Heat" }
steel = { unit = "Mt" }

[emissions.co2]

[resources.coal]
commodity = "coal"
cost = { value = 2, unit = "USD/GJ" }

[processes.chp]
category = "coal CHP"
flow = "transformation/CHP"
input = "coal"
output = "electricity"
efficiency = 0.4

[processes.roof]
category = "plants"
output = "electricity"
free = "a test"
# the end
"#;

const MORE: &str = r#"[demands.electricity]
valley = { annual = { value = 5, unit = "PJ" } }

[branches.homes]
flow = "final/households"

[processes.solar_pv]
category = "plants"
output = "electricity"
free = "a test"
"#;

const SCENARIO: &str = r#"label = "With gas"
[[set]] # new
path = "commodities.gas"
value = { tier = "annual" }
reason = "a field is found"
"#;

/// The model in a folder of its own.
fn model(folder: &Path) {
    fs::create_dir_all(folder.join("scenarios")).unwrap();
    fs::write(folder.join("model.toml"), MODEL).unwrap();
    fs::write(folder.join("more.toml"), MORE).unwrap();
    fs::write(folder.join("scenarios/gas.toml"), SCENARIO).unwrap();
    fs::write(folder.join("profiles.csv"), "profile,slice,value\n").unwrap();
}

/// Every file of the model, one after the other.
fn text(folder: &Path) -> String {
    let files = ["model.toml", "more.toml", "scenarios/gas.toml", "profiles.csv"];
    let each = files
        .map(|file| format!("--- {file}\n{}", fs::read_to_string(folder.join(file)).unwrap()));
    each.concat()
}

#[test]
fn kinds_are_added_and_all_else_stays() {
    let temp = tempfile::tempdir().unwrap();
    model(temp.path());
    let files = migrate(temp.path()).unwrap();
    write_in_place(temp.path(), &files).unwrap();
    let once = text(temp.path());
    insta::assert_snapshot!(once);
    // nothing is taken out: what was there is there in the same order
    let mut left = once.lines();
    for line in MODEL.lines().chain(MORE.lines()).chain(SCENARIO.lines()) {
        let old = line.replace("format = 1", "format = 2");
        let start = old.trim_end_matches([' ', '}']).to_owned();
        assert!(left.any(|new| new.starts_with(&start)), "lost: {line}");
    }
    // migrating again changes nothing
    assert_eq!(migrate(temp.path()).unwrap(), []);
    assert_eq!(text(temp.path()), once);
}

/// What was stopped half-way, with `model.toml` still of version 1, ends as it would have.
#[test]
fn half_a_migration_can_be_ended() {
    let temp = tempfile::tempdir().unwrap();
    model(temp.path());
    let files = migrate(temp.path()).unwrap();
    assert_eq!(files.last().unwrap().path, Path::new("model.toml"));
    let whole = tempfile::tempdir().unwrap();
    model(whole.path());
    write_in_place(whole.path(), &files).unwrap();
    write_in_place(temp.path(), &files[..files.len() - 1]).unwrap();
    write_in_place(temp.path(), &migrate(temp.path()).unwrap()).unwrap();
    assert_eq!(text(temp.path()), text(whole.path()));
}

#[test]
fn a_copy_leaves_the_model_as_it_is() {
    let temp = tempfile::tempdir().unwrap();
    let (old, new) = (temp.path().join("old"), temp.path().join("new"));
    model(&old);
    let before = text(&old);
    write_to(&old, &migrate(&old).unwrap(), &new).unwrap();
    assert_eq!(text(&old), before);
    assert!(text(&new).contains("format = 2"));
    let again = write_to(&old, &migrate(&old).unwrap(), &new);
    assert!(matches!(again, Err(Problem::Exists(_))), "{again:?}");
}

#[test]
fn what_is_no_model_of_ours_is_refused() {
    let temp = tempfile::tempdir().unwrap();
    let refused = |text: Option<&str>| {
        if let Some(text) = text {
            fs::write(temp.path().join("model.toml"), text).unwrap();
        }
        let folder = temp.path().display().to_string();
        migrate(temp.path()).unwrap_err().to_string().replace(&folder, "MODEL")
    };
    assert_eq!(refused(None), "MODEL is no model folder: it has no model.toml");
    assert_eq!(
        refused(Some("format = 7\n")),
        "MODEL/model.toml: `format` is 7; version 1 can be migrated to version 2"
    );
    assert!(refused(Some("format = [\n")).starts_with("MODEL/model.toml: TOML parse error at"));
    // the file that cannot be read is as it was
    assert_eq!(fs::read_to_string(temp.path().join("model.toml")).unwrap(), "format = [\n");
}
