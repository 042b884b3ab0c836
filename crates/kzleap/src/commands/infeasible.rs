//! What a command says where no plan respects all constraints: to people, and to programs.

use std::fmt::Write;

use kzleap_model::Model;
use kzleap_study::{Explanation, Repair, Rule};
use serde_json::{Value, json};

use super::say::list;

/// What to tell people.
pub(crate) fn infeasible(model: &Model, explanation: &Explanation) -> String {
    let mut text = format!(
        "infeasible: in scenario {} no plan respects all constraints together\n  these rules conflict",
        model.scenario
    );
    text.push_str(match (explanation.one_of_several, explanation.minimal) {
        (false, true) => ":",
        (true, true) => " (one conflict of several):",
        (_, false) => " (some may not be needed: there was no time to leave them out):",
    });
    let mut lines: Vec<String> = explanation.conflict.iter().map(Rule::text).collect();
    lines.extend(explanation.besides.iter().cloned());
    list(&mut text, &lines);
    for (at, repair) in explanation.repairs.iter().enumerate() {
        // writing to a string cannot fail
        let _ = write!(text, "\n  {}:", if at == 0 { "smallest repair" } else { "or else" });
        list(&mut text, &repair.iter().map(Repair::text).collect::<Vec<_>>());
    }
    text
}

/// The same, whole, for programs.
pub(crate) fn infeasible_json(model: &Model, explanation: &Explanation) -> Value {
    let repairs = explanation.repairs.iter().map(|repair| {
        repair
            .iter()
            .map(|step| {
                let mut value = rule(&step.rule);
                let change = if step.rule.least { "lower" } else { "raise" };
                for (key, more) in [
                    ("change", json!(change)),
                    ("from", json!(step.rule.value)),
                    ("to", json!(step.to)),
                    ("by", json!(step.by)),
                    ("text", json!(step.text())),
                ] {
                    value[key] = more;
                }
                value
            })
            .collect::<Vec<_>>()
    });
    json!({
        "scenario": model.scenario,
        "status": "infeasible",
        "conflict": explanation.conflict.iter().map(rule).collect::<Vec<_>>(),
        "besides": explanation.besides,
        "minimal": explanation.minimal,
        "one_of_several": explanation.one_of_several,
        "repairs": repairs.collect::<Vec<_>>(),
    })
}

fn rule(rule: &Rule) -> Value {
    let (file, line) = rule.line.clone().unzip();
    json!({
        "rule": rule.name,
        "kind": rule.word,
        "side": if rule.least { "least" } else { "most" },
        "value": rule.value,
        "unit": rule.unit,
        "path": rule.path,
        "file": file,
        "line": line,
    })
}
