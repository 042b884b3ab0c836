//! What a scenario changes, in words.

use kzleap_model::{ChangedValue, GivenValue, ScenarioStep, StepDoes};
use kzleap_report::changes::{deed, values};

fn given(text: &str, unit: &str) -> GivenValue {
    let unit = Some(unit.to_owned()).filter(|unit| !unit.is_empty());
    GivenValue { text: text.to_owned(), unit }
}

fn step(path: &str, does: StepDoes, values: Vec<ChangedValue>) -> ScenarioStep {
    ScenarioStep {
        scenario: "expensive".to_owned(),
        path: path.to_owned(),
        does,
        reason: "steel".to_owned(),
        source: None,
        file: "scenarios/expensive.toml".to_owned(),
        line: 2,
        values,
    }
}

/// Values of five plants, each with another cost before and after, some of them not there.
fn plants(old: Option<&str>, new: Option<&str>) -> Vec<ChangedValue> {
    let of = |at: usize| {
        let side = |unit: Option<&str>| unit.map(|unit| given(&(at * 10).to_string(), unit));
        ChangedValue { path: format!("processes.p{at}.cost"), old: side(old), new: side(new) }
    };
    (1..=5).map(of).collect()
}

#[test]
fn few_values_are_shown_and_many_counted() {
    let few = |path: &str, old: Option<GivenValue>, new: Option<GivenValue>| {
        let value = ChangedValue { path: "caps.c.limit.2030".to_owned(), old, new };
        values(&step(path, StepDoes::Set, vec![value]))
    };
    let (nine, ten) = (Some(given("9", "Mt/a")), Some(given("10", "kt/a")));
    assert_eq!(few("caps.c.limit", nine.clone(), nine.clone()), "2030: 9 → 9 Mt/a");
    assert_eq!(few("caps.c.limit.2030", nine.clone(), ten), "9 Mt/a → 10 kt/a");
    assert_eq!(few("caps.*.limit", nine.clone(), None), "caps.c.limit.2030: 9 Mt/a → nothing");
    assert_eq!(few("caps.c", None, nine), "limit.2030: nothing → 9 Mt/a");
    let many =
        |old, new| values(&step("processes.*.cost", StepDoes::Scale(1.5), plants(old, new)));
    assert_eq!(many(Some("USD"), Some("USD")), "5 values: 10 to 50 → 10 to 50 USD");
    assert_eq!(many(Some("USD"), Some("EUR")), "5 values: 10 to 50 USD → 10 to 50 EUR");
    assert_eq!(many(None, Some("USD")), "5 values added");
    assert_eq!(many(Some("USD"), None), "5 values taken out");
    assert_eq!(
        values(&step("processes.*.cost", StepDoes::Scale(1.0), Vec::new())),
        "nothing is changed by it"
    );
    let mut mixed = plants(Some("USD"), Some("USD"));
    mixed[1].new = Some(given("wind", ""));
    assert_eq!(values(&step("processes.*.cost", StepDoes::Set, mixed)), "5 values");
    assert_eq!(deed(&step("a", StepDoes::Scale(1.5), Vec::new())), "× 1.5");
}
