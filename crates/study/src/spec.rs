//! A run as data: all that decides its results.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use kzleap_input::Change;
use kzleap_nemo::NemoOptions;
use kzleap_osemosys::Options as Reading;
use kzleap_resolution::Resolution;
use kzleap_solver::{Method, Options};
use serde::{Deserialize, Serialize};

use crate::{Read, Settled, Ties};

/// More slices than a year has hours: all of them.
const ALL_HOURS: usize = 8784;

/// What is run: which model, how it is changed and simplified, how it is solved, and what else is
/// wanted of it. The command makes one of its arguments, a result folder keeps it, and the same
/// description gives the same results.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RunSpec {
    /// The folder or file of the model.
    pub model: PathBuf,
    /// The scenario; `None` for the model as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scenario: Option<String>,
    /// Changes on top of the scenario.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// How finely a model folder is solved.
    #[serde(skip_serializing_if = "is_default")]
    pub resolution: Resolution,
    /// How an OSeMOSYS model is read.
    #[serde(skip_serializing_if = "is_default")]
    pub osemosys: Reading,
    /// What a NEMO database is calculated for.
    #[serde(skip_serializing_if = "is_default")]
    pub nemo: NemoOptions,
    /// How it is solved.
    #[serde(skip_serializing_if = "is_default")]
    pub solving: Solving,
    /// Which of several plans that cost the same.
    #[serde(skip_serializing_if = "is_default")]
    pub ties: Ties,
    /// Whether to find out what may differ in another plan of the same cost.
    #[serde(skip_serializing_if = "is_default")]
    pub alternatives: bool,
    /// Milestone years over whose hours the plan is held, all if none is named; `None` to hold it
    /// over none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check_hours: Option<Vec<i32>>,
    /// Whether periods are chosen again by what the hours show, until the plan holds.
    #[serde(skip_serializing_if = "is_default")]
    pub refine: bool,
    /// How far below their limits yearly caps on emissions are planned, by cap and milestone year, in
    /// the unit of the cap: by what every hour of an earlier plan was above them.
    #[serde(skip_serializing_if = "is_default")]
    pub below_caps: BelowCaps,
    /// What rules that follow the plan have settled at.
    #[serde(skip_serializing_if = "is_default")]
    pub settled: Settled,
    /// Whether to look for the reason where there is no plan.
    #[serde(skip_serializing_if = "is_default")]
    pub explain: bool,
}

/// Amounts by name of a cap and milestone year, in the unit of the cap.
pub type BelowCaps = BTreeMap<String, BTreeMap<i32, f64>>;

/// How a program is solved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Solving {
    /// The algorithm.
    #[serde(skip_serializing_if = "is_default")]
    pub method: Method,
    /// How many threads; `None` leaves it to the solver.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub threads: Option<u32>,
    /// When to give up, seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_limit_seconds: Option<u64>,
}

impl RunSpec {
    /// The scenario by its name, `base` if none is asked for.
    pub fn scenario_name(&self) -> &str {
        self.scenario.as_deref().unwrap_or("base")
    }

    /// The run with what was chosen in reading or refining it: how hours are cut into slices. It
    /// gives the same model without choosing again.
    pub fn with_periods(&self, read: &Read) -> Self {
        let periods = read.resolution.periods.clone();
        let resolution = Resolution { periods, ..self.resolution.clone() };
        Self { resolution, refine: false, ..self.clone() }
    }

    /// The run on every hour of the year, where the model has them, under its caps as they are.
    pub fn on_all_hours(&self) -> Self {
        let resolution =
            Resolution { slices: Some(ALL_HOURS), periods: None, ..self.resolution.clone() };
        Self { resolution, below_caps: BelowCaps::new(), ..self.clone() }
    }

    /// What the solver is asked for.
    pub fn options(&self) -> Options {
        Options { alternatives: self.alternatives, ..self.solving.options() }
    }
}

impl Solving {
    /// What the solver is asked for.
    pub fn options(&self) -> Options {
        Options {
            method: self.method,
            threads: self.threads,
            time_limit: self.time_limit_seconds.map(Duration::from_secs),
            ..Options::default()
        }
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
