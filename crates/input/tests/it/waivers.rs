//! Reasons for what looks wrong: where they are for nothing, and what they cannot make right.

use crate::support::{Files, messages};

/// A reason where nothing looks wrong is said to be for nothing, once, at its line; it is not where
/// a scenario is read, whose values it may be for.
#[test]
fn a_waiver_without_need_is_warned_of() {
    let files = Files::right()
        .replace("efficiency = 0.4", "efficiency = 0.4\nplausible = \"measured\"");
    let found = messages(&files.read(None));
    assert_eq!(found.matches("waiver-without-need").count(), 1, "{found}");
    let message =
        "`processes.coal_plant` says why it is plausible, but nothing here is implausible";
    assert!(found.contains(message), "{found}");
    assert!(found.contains("system.toml:"), "{found}");
    let scenario = "[set]\n\"processes.coal_plant.efficiency\" = 0.41\n";
    let other = files.add("scenarios/better.toml", &format!("reason = \"new\"\n{scenario}"));
    assert!(!messages(&other.read(Some("better"))).contains("waiver-without-need"));
}

/// What is refused as out of its range but could be is taken with a reason; what cannot be is not.
#[test]
fn a_range_can_be_waived_where_the_value_is_possible() {
    let why = "plausible = \"an inflation of 130 %\"";
    let rate = |rate: &str, why: &str| {
        let with = format!("discount_rate = {rate}\n{why}");
        Files::right().replace("discount_rate = 0.05", &with).read(None)
    };
    let refused = messages(&rate("1.3", ""));
    assert!(refused.contains("error[out-of-range]"), "{refused}");
    let waived = rate("1.3", why);
    assert_eq!(messages(&waived), "");
    assert!(waived.model.is_some());
    assert!(waived.defaults.iter().any(|used| used.path == "finance.plausible"));
    assert!(messages(&rate("-0.6", why)).contains("error[out-of-range]"));
    // a share above one and an efficiency below zero cannot be
    for (field, impossible) in
        [("availability = 0.85", "availability = 1.2"), ("efficiency = 0.4", "efficiency = -1")]
    {
        let with = format!("{impossible}\nplausible = \"measured\"");
        let found = messages(&Files::right().replace(field, &with).read(None));
        assert!(found.contains("error[out-of-range]"), "{found}");
    }
    // a life of 300 years, and none at all
    let life = |life: &str| {
        let with = format!("life = {life}\nplausible = \"a dam\"");
        messages(&Files::right().replace("life = 40", &with).read(None))
    };
    assert_eq!(life("300"), "");
    let refused = messages(&Files::right().replace("life = 40", "life = 300").read(None));
    assert!(refused.contains("say why with `plausible`"), "{refused}");
    assert!(life("0").contains("error[out-of-range]"));
}
