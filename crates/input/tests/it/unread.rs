//! What is said of words of the trade, and of files that are not read.

use crate::support::{Files, messages};

fn codes(files: &Files) -> Vec<String> {
    let input = files.read(None);
    input.diagnostics.iter().map(|d| format!("{}: {}", d.code, d.message)).collect()
}

#[test]
fn data_that_is_not_read_is_warned_of_once() {
    let files = Files::right()
        .add("prices.xlsx", "x")
        .add("loads.tsv", "x")
        .add("Scenarios/green.toml", "label = \"Green\"\n")
        .add("old/profiles.csv", "profile,slice,value\n")
        .add("pictures/map.png", "x")
        .add("scenarios/high/green.toml", "label = \"Green\"\n")
        .add("scenarios/loads.csv", "profile,slice,value\n")
        .add("scenarios/Blue.TOML", "label = \"Blue\"\n")
        .add("scenarios/why.md", "x")
        .add("_kept/profiles.csv", "profile,slice,value\n")
        .add("NOTES.md", "x");
    assert_eq!(
        codes(&files),
        [
            "unread: the file `loads.tsv` is not read",
            "unread: the file `prices.xlsx` is not read",
            "unread: the file `scenarios/Blue.TOML` is not read",
            "unread: the file `scenarios/loads.csv` is not read",
            "unread: the folder `Scenarios` is not read",
            "unread: the folder `old` is not read",
            "unread: the folder `scenarios/high` is not read",
        ]
    );
    assert!(files.read(None).model.is_some(), "these are warnings");
}

#[test]
fn words_of_the_trade_are_told_the_field_and_read_on() {
    let files = Files::right()
        .replace("capital_cost = 1900", "capex = 1900")
        .replace("life = 40", "lifetime = 400");
    let text = messages(&files.read(None));
    assert!(text.contains("here it is called `capital_cost`"), "{text}");
    assert!(text.contains("here it is called `life`"), "{text}");
    assert!(text.contains("`life` is 400 years"), "{text}");
}

#[test]
fn a_profile_that_some_scenario_uses_is_used() {
    let files = Files::right().add("profiles.csv", "sea,winter,0.6\nsea,summer,0.5\n");
    assert_eq!(codes(&files), ["unused-profile: nothing uses the profile `sea`"]);
    let sea = "[[set]]\npath = \"processes.wind.availability\"\nvalue = \"sea\"\n\
               reason = \"offshore\"\n";
    let files =
        files.add("scenarios/sea.toml", sea).add("scenarios/other.toml", "label = \"Other\"\n");
    // with `sea` nothing uses the profile that the base has in its place
    for scenario in [None, Some("other"), Some("sea")] {
        assert_eq!(messages(&files.read(scenario)), "", "{scenario:?}");
    }
}

/// A file system may write `й` of a name as two signs where a keyboard writes one, or the other
/// way round.
#[test]
fn scenarios_are_found_in_whichever_way_their_letters_are_written() {
    let (one, two) = ("ветренный\u{439}", "ветренный\u{438}\u{306}");
    let scenario = |parent: &str| {
        format!(
            "parent = \"{parent}\"\n[[set]]\npath = \"processes.wind.life\"\nvalue = 30\n\
             reason = \"longer\"\n"
        )
    };
    for (file, typed) in [(one, two), (two, one), (one, one), (two, two)] {
        let files =
            Files::right().add(&format!("scenarios/{file}.toml"), &scenario("base")).add(
                "scenarios/child.toml",
                "parent = \"PARENT\"\n".replace("PARENT", typed).as_str(),
            );
        for name in [typed, "child"] {
            let input = files.read(Some(name));
            assert_eq!(messages(&input), "", "{file:?} asked for as {typed:?}");
            assert_eq!(input.changes.len(), 1, "{name}");
        }
    }
}
