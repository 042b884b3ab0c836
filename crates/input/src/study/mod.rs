//! A study file: one model, solved many times.

mod read;

use std::path::PathBuf;

use kzleap_diagnostics::{Diagnostics, Sources, Span};

pub use read::read_study;

/// A study as its file says it.
#[derive(Clone, Debug, PartialEq)]
pub struct Study {
    /// Folder of the model.
    pub model: PathBuf,
    /// Scenarios that every sample is crossed with; `*` stands for any letters.
    pub scenarios: Vec<String>,
    /// Level of regions; `None` for the regions as written.
    pub regions: Option<String>,
    /// Most time slices; `None` for the slices as written.
    pub slices: Option<usize>,
    /// How values go together.
    pub sampling: Sampling,
    /// What is moved, in the order written.
    pub inputs: Vec<StudyInput>,
    /// Pairs of inputs that go together.
    pub correlations: Vec<Correlation>,
}

/// How values are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Every combination of all values.
    Grid,
    /// All as they are, then each input alone at its low and its high value.
    OneAtATime,
    /// One value from each of equally likely strata of every input.
    LatinHypercube,
    /// A sequence of low discrepancy.
    Sobol,
    /// Trajectories that move one input after the other, for elementary effects.
    Morris,
    /// Two samples and their mixtures, for shares of the variance.
    SobolIndices,
}

/// How values go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sampling {
    /// How they are chosen.
    pub method: Method,
    /// How many: see the fields of the format.
    pub size: usize,
    /// Levels of the grid of trajectories.
    pub levels: usize,
    /// Where chance begins.
    pub seed: u64,
}

/// What a value does at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    /// It is put there.
    Set,
    /// It multiplies what is there.
    Multiply,
    /// It is added to what is there.
    Add,
}

/// The values of an input, or their distribution.
#[derive(Clone, Debug, PartialEq)]
pub enum Distribution {
    /// Values, each as likely as another, in the order written.
    Values(Vec<f64>),
    /// Between two ends.
    Uniform {
        /// The least.
        least: f64,
        /// The most.
        most: f64,
    },
    /// Between two ends, most likely at a value.
    Triangular {
        /// The least.
        least: f64,
        /// The most likely.
        mode: f64,
        /// The most.
        most: f64,
    },
    /// Without ends.
    Normal {
        /// The mean.
        mean: f64,
        /// The standard deviation.
        deviation: f64,
    },
    /// Above zero.
    LogNormal {
        /// The median.
        median: f64,
        /// The standard deviation of the natural logarithm.
        deviation: f64,
    },
}

/// Something that is moved.
#[derive(Clone, Debug, PartialEq)]
pub struct StudyInput {
    /// The name that the study gives it.
    pub name: String,
    /// Where it is in the model.
    pub paths: Vec<String>,
    /// What a value does there.
    pub does: Does,
    /// Unit of the values; `None` for that of what is there.
    pub unit: Option<String>,
    /// Its values.
    pub distribution: Distribution,
    /// Where the study says it; `None` if no file does.
    pub place: Option<Span>,
}

/// Two inputs that go together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Correlation {
    /// Their positions.
    pub inputs: [usize; 2],
    /// The correlation of their ranks.
    pub rank: f64,
    /// Where the study says it.
    pub place: Span,
}

/// What reading a study file came to.
#[derive(Debug, Default)]
pub struct StudyRead {
    /// The study; `None` if there is any error.
    pub study: Option<Study>,
    /// The file as text.
    pub sources: Sources,
    /// Everything found.
    pub diagnostics: Diagnostics,
}
