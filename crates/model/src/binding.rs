//! Rules that hold a plan back.

use crate::{RegionIx, YearIx};

/// A number of a rule that the plan is at, and what it costs.
///
/// By the envelope theorem the least cost rises with a number at the rate of the dual value of its
/// row times what the number does to that row.
#[derive(Clone, Debug, PartialEq)]
pub struct Binding {
    /// What kind of rule: `emission_cap`, `share`, `new_capacity` …
    pub kind: &'static str,
    /// The rule, or what it is a rule of, by its name in the files.
    pub name: String,
    /// The same as people read it.
    pub label: String,
    /// Whether the number is a least; else it is a most.
    pub least: bool,
    /// Of which region it is; `None` where it is of none, or of several.
    pub region: Option<RegionIx>,
    /// Of which part of the year; `None` for a whole year and more.
    pub node: Option<String>,
    /// In which milestone year; `None` is the whole horizon, also of a number that has no years.
    pub year: Option<YearIx>,
    /// The number, in [`Binding::unit`].
    pub limit: f64,
    /// The unit the model keeps it in; empty for a ratio.
    pub unit: String,
    /// What one unit less strict would save, MUSD: in one year of the period, in money of that year; over
    /// the horizon as present value.
    pub price: f64,
    /// Price times the size of the number over the whole period, MUSD as present value.
    pub worth: f64,
    /// Where the number is in the files, or the parameter of another tool's model.
    pub path: Option<String>,
}
