//! What the caller knows of a run besides the model and its solution.

use std::collections::BTreeMap;

use kzleap_output::InputFile;
use serde::{Deserialize, Serialize};

use crate::Summary;
use crate::hours::HourCheck;

/// Facts about a run: program, solver, sizes, times, certificate, inputs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RunInfo {
    /// Version of KZLEAP, such as `0.1.0`.
    pub version: String,
    /// What describes the run, so that it can be repeated; for the manifest.
    #[serde(default)]
    pub spec: serde_json::Value,
    /// Name of the scenario.
    pub scenario: String,
    /// At which resolution the model was solved.
    #[serde(default)]
    pub resolution: Resolution,
    /// How the solve ended, such as `optimal`.
    pub status: String,
    /// When the run began, as text for people; empty to leave it out.
    pub started: String,
    /// Size of the linear program.
    pub lp: LpSize,
    /// SHA-256 of its numbers: the same for the same program.
    #[serde(default)]
    pub lp_digest: String,
    /// Wall-clock times.
    pub seconds: Seconds,
    /// Largest resident memory of the program, MB; 0 if not known.
    pub peak_memory_mb: f64,
    /// Who solved it, and how.
    pub solver: SolverInfo,
    /// What was checked of the answer, apart from the solver.
    pub certificate: Certificate,
    /// The files read, with their digests.
    pub inputs: Vec<InputFile>,
    /// Values that the model files left out.
    pub defaults: Vec<DefaultUsed>,
    /// How much of each table is the same in every plan of the same cost, filled in when the
    /// tables are made; empty if that was not looked into.
    pub unique: BTreeMap<String, Unique>,
    /// What the scenario is about; empty if nobody says.
    #[serde(default)]
    pub description: String,
    /// The names of the model in other languages.
    #[serde(skip)]
    pub words: Vec<kzleap_page::Name>,
    /// The run to compare with, where several are made together.
    #[serde(skip)]
    pub reference: Option<Box<Summary>>,
    /// What every hour of some years makes of the plan; `None` if that was not looked at.
    #[serde(default)]
    pub hours: Option<HourCheck>,
}

/// How much of a table is the same in every plan of the same cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unique {
    /// Its rows.
    pub rows: usize,
    /// Those that are the same in every plan; the others may differ.
    pub unique: usize,
}

/// At which resolution a model was solved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolution {
    /// The level of regions; `None` for the regions as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regions: Option<String>,
    /// Whether that level takes regions apart; else it takes them together.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub split: bool,
    /// How many time slices are left of more; `None` for the slices as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slices: Option<usize>,
    /// Whether these are made of the hours of a year, which are more than a plan is made with.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub of_hours: bool,
}

impl Resolution {
    /// Whether nothing was merged.
    pub const fn is_as_written(&self) -> bool {
        self.regions.is_none() && self.slices.is_none()
    }

    /// In words, such as `regions national, 4 slices`; `None` if nothing was merged.
    pub fn text(&self) -> Option<String> {
        let regions = self.regions.as_ref().map(|level| format!("regions {level}"));
        let slices = self.slices.map(|number| match number {
            1 => "1 slice".to_owned(),
            number => format!("{number} slices"),
        });
        let parts: Vec<String> = regions.into_iter().chain(slices).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// Whether regions or slices were merged, which makes a plan too cheap.
    pub const fn is_coarser(&self) -> bool {
        self.slices.is_some() || (self.regions.is_some() && !self.split)
    }

    /// What a reader must know of figures at this resolution, in one sentence; `None` for the
    /// model as written.
    pub const fn heading(&self) -> Option<&'static str> {
        match (self.is_coarser(), self.split) {
            (true, false) => Some("Coarse resolution: costs are underestimated."),
            (true, true) => {
                Some("Finer regions, merged hours: costs are neither a lower bound nor exact.")
            }
            (false, true) => Some("Finer resolution than the model is written in."),
            (false, false) => None,
        }
    }

    /// Why, and what to do about it; `None` for the model as written.
    pub fn explanation(&self) -> Option<String> {
        let solved = format!("Solved with {}", self.text()?);
        let apart = "Each region is disaggregated into its parts, with its costs, profiles and \
                     prices: that is never cheaper than the model as written";
        Some(match (self.regions.is_some(), self.slices.is_some(), self.split) {
            (_, true, true) => format!(
                "{solved}. {apart}. Merging hours hides low-wind evenings, which lowers costs. \
                 Compare it with a run of the same --slices without --regions."
            ),
            (_, false, true) => {
                format!(
                    "{solved}. {apart}. What else distinguishes the parts is not in the model."
                )
            }
            (regions, slices, false) => {
                let merged = match (regions, slices) {
                    (true, true) => {
                        "regions and hours hides grid congestion and low-wind evenings"
                    }
                    (true, false) => "regions hides grid congestion",
                    (false, _) => "hours hides low-wind evenings",
                };
                let options = match (regions, slices) {
                    (true, true) => "--regions and --slices",
                    (true, false) => "--regions",
                    (false, _) => "--slices",
                };
                let what = if self.of_hours && !regions {
                    "made of the hours of a year"
                } else {
                    "not as the model is written"
                };
                let better = if self.of_hours {
                    "--check-hours says what they hide".to_owned()
                } else {
                    format!("Use it to explore; quote figures from a run without {options}")
                };
                format!("{solved}, {what}: merging {merged}. {better}.")
            }
        })
    }
}

/// Size of a linear program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LpSize {
    /// Rows (constraints).
    pub rows: usize,
    /// Columns (decisions).
    pub columns: usize,
    /// Coefficients that are not zero.
    pub nonzeros: usize,
}

/// Wall-clock times of the phases of a run, seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Seconds {
    /// Reading and checking the model files.
    pub read: f64,
    /// Building the linear program.
    pub build: f64,
    /// Solving it.
    pub solve: f64,
    /// Turning the optimum into the words of the model, with the certificate.
    pub extract: f64,
    /// Making and writing the results.
    pub report: f64,
    /// From start to end.
    pub total: f64,
}

/// Who solved the linear program, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SolverInfo {
    /// Name and version, such as `HiGHS 1.11.0`.
    pub name: String,
    /// Options that differ from the solver's own, each as `name = value`.
    pub options: Vec<String>,
}

/// What was checked of the answer, calculated from the model's own data and not by the solver.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Certificate {
    /// Largest violation of a row or bound, in the unit of the row.
    pub primal: f64,
    /// Largest violation of a reduced cost, MUSD per unit.
    pub dual: f64,
    /// Gap between primal and dual objective, relative to the objective.
    pub gap: f64,
    /// Difference between the objective and the sum of the reported costs, relative to the
    /// objective.
    pub objective_components: f64,
    /// In a model with whole units, how far the cost may be from that of the best number of
    /// units, relative: the bound is the solver's. All else holds for the units as built.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub integer_gap: Option<f64>,
    /// Whether all of these are within their tolerances.
    pub certified: bool,
}

/// A value that the model files left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefaultUsed {
    /// Place of the value in the model, such as `processes.wind.life`.
    pub path: String,
    /// The value used instead, with its unit.
    pub value: String,
}
