//! Studies: a model solved many times.

use std::path::PathBuf;

use clap::Subcommand;

use super::Solving;

#[derive(Debug, Subcommand)]
pub(crate) enum Study {
    /// List the runs of a study, each with the name that all it depends on gives it.
    Plan(StudyPlan),
    /// Solve the runs that have no answer yet: all of them, or those of an index.
    Run(StudyRun),
    /// Make the tables of all runs that are there, and list those that are not.
    Collect(StudyPlan),
}

/// Which study, and where it is kept.
#[derive(Debug, clap::Args)]
pub(crate) struct StudyOf {
    /// The study file.
    pub(crate) study: PathBuf,
    /// Folder for the runs and tables (default: runs/STUDY, STUDY being the name of the file).
    #[arg(long, short)]
    pub(crate) out: Option<PathBuf>,
    /// A table of results to keep of every run, beside `capacity` and `generation_annual`.
    #[arg(long = "table", value_name = "NAME")]
    pub(crate) tables: Vec<String>,
    /// Print errors only.
    #[arg(long, short)]
    pub(crate) quiet: bool,
    #[command(flatten)]
    pub(crate) solving: Solving,
}

#[derive(Debug, clap::Args)]
pub(crate) struct StudyPlan {
    #[command(flatten)]
    pub(crate) of: StudyOf,
}

#[derive(Debug, clap::Args)]
pub(crate) struct StudyRun {
    #[command(flatten)]
    pub(crate) of: StudyOf,
    /// Solve the piece of this number alone, from 0 (default: that which the cluster gives, such as
    /// SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX; without one all runs).
    #[arg(long, value_name = "N")]
    pub(crate) index: Option<usize>,
    /// Runs of a piece.
    #[arg(long, value_name = "K", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) chunk: u32,
    /// Runs solved at the same time (default: the number of cores).
    #[arg(long, short)]
    pub(crate) jobs: Option<usize>,
}
