//! What a scenario changes, in a few words a step.

use kzleap_model::{ChangedValue, GivenValue, Model, ScenarioStep, StepDoes};
use serde::{Deserialize, Serialize};

/// A step of a scenario in words, as pages and summaries have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Where, as it is written.
    pub path: String,
    /// What it does there.
    pub does: String,
    /// The values before and after it.
    pub values: String,
    /// Why.
    pub reason: String,
    /// Where what is new comes from; empty if that is not said.
    pub source: String,
    /// File and line.
    pub place: String,
}

/// All steps of the scenario, and of those it builds on, in their order.
pub fn steps(model: &Model) -> Vec<Step> {
    let step = |step: &ScenarioStep| Step {
        path: step.path.clone(),
        does: deed(step),
        values: values(step),
        reason: step.reason.clone(),
        source: step.source.clone().unwrap_or_default(),
        place: format!("{}:{}", step.file, step.line),
    };
    model.changes.iter().map(step).collect()
}

/// Up to how many values are shown one by one.
const SHOWN: usize = 4;

/// What a step does: `set`, `× 1.1`.
pub fn deed(step: &ScenarioStep) -> String {
    match step.does {
        StepDoes::Set => "set".to_owned(),
        StepDoes::Scale(factor) => format!("× {factor}"),
        StepDoes::Add(amount) => format!("+ {amount}"),
        StepDoes::Remove => "removed".to_owned(),
    }
}

/// The values before and after a step, one by one if they are few, else their number and range.
pub fn values(step: &ScenarioStep) -> String {
    let all = &step.values;
    match all.len() {
        0 => "nothing is changed by it".to_owned(),
        few if few <= SHOWN => {
            all.iter().map(|value| one(step, value)).collect::<Vec<_>>().join("; ")
        }
        many if all.iter().all(|value| value.old.is_none()) => format!("{many} values added"),
        many if all.iter().all(|value| value.new.is_none()) => {
            format!("{many} values taken out")
        }
        many => match (range(all, |value| &value.old), range(all, |value| &value.new)) {
            (Some((old, unit)), Some((new, now))) if unit == now => {
                format!("{many} values: {old} → {new}{unit}")
            }
            (Some((old, unit)), Some((new, now))) => {
                format!("{many} values: {old}{unit} → {new}{now}")
            }
            _ => format!("{many} values"),
        },
    }
}

/// `2030: 450 → 495 USD/kW`, after the part of the path that the step does not name.
fn one(step: &ScenarioStep, value: &ChangedValue) -> String {
    let rest = value.path.strip_prefix(&step.path).map(|rest| rest.trim_start_matches('.'));
    let key = match rest {
        Some("") => String::new(),
        Some(rest) => format!("{rest}: "),
        None => format!("{}: ", value.path),
    };
    match (&value.old, &value.new) {
        (Some(old), Some(new)) if old.unit == new.unit => {
            format!("{key}{} → {}{}", old.text, new.text, unit_of(new))
        }
        (old, new) => format!("{key}{} → {}", written(old.as_ref()), written(new.as_ref())),
    }
}

fn written(value: Option<&GivenValue>) -> String {
    value.map_or("nothing".to_owned(), |value| format!("{}{}", value.text, unit_of(value)))
}

fn unit_of(value: &GivenValue) -> String {
    value.unit.as_ref().map_or_else(String::new, |unit| format!(" {unit}"))
}

/// The smallest and the largest number, with their unit; `None` if not all are numbers of one unit.
fn range(
    all: &[ChangedValue],
    side: impl Fn(&ChangedValue) -> &Option<GivenValue>,
) -> Option<(String, String)> {
    let mut numbers: Vec<(f64, &GivenValue)> = Vec::new();
    for value in all {
        let given = side(value).as_ref()?;
        numbers.push((given.text.parse().ok()?, given));
    }
    numbers.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    let ((_, low), (_, high)) = (numbers.first()?, numbers.last()?);
    let unit = unit_of(low);
    let one_unit = numbers.iter().all(|(_, value)| unit_of(value) == unit);
    let text = match low.text == high.text {
        true => low.text.clone(),
        false => format!("{} to {}", low.text, high.text),
    };
    one_unit.then_some((text, unit))
}
