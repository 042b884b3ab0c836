//! What a model says of where its numbers come from.

use kzleap_study::input::Tree;
use kzleap_study::model::Model;

/// The numbers of a model without a source or a confidence, and assumptions without their reasoning,
/// each with its place. Formulas and names of profiles follow from numbers; a ratio of 1 is what
/// others are of; what a scenario sets has the scenario's reason.
pub fn missing(model: &Model) -> Vec<String> {
    let is_number = |value: &str| {
        let last = |piece: &str| piece.rsplit(": ").next().unwrap_or("").parse::<f64>().is_ok();
        value.split("; ").all(last)
    };
    let of_its_own =
        |path: &str, value: &str| path == "format" || path.starts_with("time.") || value == "1";
    let mut missing = Vec::new();
    for input in &model.inputs {
        let reason = input.scenario.as_ref().is_some_and(|(_, reason)| !reason.is_empty());
        if !is_number(&input.value) || of_its_own(&input.path, &input.value) || reason {
            continue;
        }
        let reasoned =
            input.confidence.as_deref() != Some("assumption") || input.note.is_some();
        if input.source.is_none() || input.confidence.is_none() || !reasoned {
            missing.push(format!(
                "{} = {} ({}:{})",
                input.path, input.value, input.file, input.line
            ));
        }
    }
    missing
}

/// Asserts that a model of the repository can be read without a finding in every scenario.
///
/// # Panics
/// If it cannot, or if there is another number of scenarios, the base with them.
pub fn every_scenario_is_sound(name: &str, scenarios: usize) {
    let folder = crate::repository().join("models").join(name);
    let names = Tree::read(&folder).scenarios();
    assert_eq!(names.len(), scenarios, "{names:?}");
    for scenario in names.iter().map(|scenario| scenario.name.as_str()) {
        let input = kzleap_study::input::read(&folder, Some(scenario));
        let findings: Vec<String> = input
            .diagnostics
            .iter()
            .map(|finding| kzleap_study::diagnostics::render(finding, &input.sources))
            .collect();
        assert!(findings.is_empty(), "{scenario}: {}", findings.join("\n"));
        assert!(input.model.is_some());
    }
}
