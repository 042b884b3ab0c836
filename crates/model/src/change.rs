//! What a scenario changes in a model, value by value.

/// One step of a scenario, or of a change from outside: what it does at a path, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct ScenarioStep {
    /// The scenario that says so.
    pub scenario: String,
    /// Where, as it is written: `*` stands for any name.
    pub path: String,
    /// What it does there.
    pub does: StepDoes,
    /// Why.
    pub reason: String,
    /// Where what is new comes from.
    pub source: Option<String>,
    /// The file that says so, seen from the folder of the model.
    pub file: String,
    /// The line of the file, from 1.
    pub line: usize,
    /// The values that are not what they were before the step, in the order of the files.
    pub values: Vec<ChangedValue>,
}

/// What a step does at its path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum StepDoes {
    /// Puts values.
    Set,
    /// Multiplies what is there.
    Scale(f64),
    /// Adds to what is there.
    Add(f64),
    /// Takes out what is there.
    Remove,
}

/// A value before and after a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedValue {
    /// Its place in the model, such as `processes.wind.capital_cost.2030`.
    pub path: String,
    /// What it was; `None` if it was not there.
    pub old: Option<GivenValue>,
    /// What it is; `None` if it is not there any more.
    pub new: Option<GivenValue>,
}

/// A value as it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenValue {
    /// As it is written.
    pub text: String,
    /// Its unit, where it has one.
    pub unit: Option<String>,
}
