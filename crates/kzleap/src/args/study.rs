//! Studies: a model solved many times.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

use super::Solving;

#[derive(Debug, Subcommand)]
pub(crate) enum Study {
    /// List the runs of a study, each with the name that all it depends on gives it.
    Plan(StudyPlan),
    /// Solve the runs that have no answer yet: all of them, or those of an index.
    Run(StudyRun),
    /// Make the tables of all runs that are there, and list those that are not.
    Collect(StudyPlan),
    /// Hold plans against every run of a study as a future: the plan of least expected cost, that of
    /// least largest regret, and those of each future alone.
    Robust(StudyRobust),
    /// Give the runs of a study to a cluster: a job for the pieces, and one for the tables.
    Submit(StudySubmit),
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

#[derive(Debug, clap::Args)]
pub(crate) struct StudyRobust {
    #[command(flatten)]
    pub(crate) of: StudyOf,
    /// The milestone year from which it is known which future it is: what is built before is the
    /// same in all of them (default: it is never known).
    #[arg(long, value_name = "YEAR")]
    pub(crate) known: Option<i32>,
    /// The level of the conditional value at risk: the mean of the worst share of 1 - level.
    #[arg(long, value_name = "LEVEL", default_value_t = 0.9, value_parser = crate::commands::level)]
    pub(crate) risk: f64,
}

/// Schedulers that a study is given to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Engine {
    /// Slurm: an array of jobs by `sbatch`, and a job that depends on it.
    Slurm,
    /// Kubernetes: the manifest of an indexed job, to be applied by hand.
    Kubernetes,
}

#[derive(Debug, clap::Args)]
pub(crate) struct StudySubmit {
    #[command(flatten)]
    pub(crate) of: StudyOf,
    /// The scheduler.
    #[arg(long, value_enum)]
    pub(crate) engine: Engine,
    /// Runs of a piece.
    #[arg(long, value_name = "K", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) chunk: u32,
    /// The most pieces that run at the same time.
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) at_most: u32,
    /// Partition of the cluster (Slurm; default: that of the cluster).
    #[arg(long, value_name = "NAME")]
    pub(crate) partition: Option<String>,
    /// Image that holds kzleap (Kubernetes).
    #[arg(long, value_name = "IMAGE", default_value = "kzleap")]
    pub(crate) image: String,
    /// Write the scripts, and send nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
}
