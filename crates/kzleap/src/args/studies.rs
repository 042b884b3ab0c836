//! Commands that solve a model many times.

use std::path::PathBuf;

use super::{Solving, Source};

#[derive(Debug, clap::Args)]
pub(crate) struct Sweep {
    #[command(flatten)]
    pub(crate) source: Source,
    /// A number and its values, such as emission_caps.power.limit.2060=100:0:11; or factors of all
    /// numbers below a path, such as processes.wind.capital_cost=*0.6:*1.4:9. Several are crossed.
    #[arg(
        long = "param", value_name = "PATH=from:to:n", required = true,
        value_parser = crate::commands::swept_parameter
    )]
    pub(crate) params: Vec<kzleap_study::Parameter>,
    /// Unit of the values (default: that of what is at the path).
    #[arg(long)]
    pub(crate) unit: Option<String>,
    /// A table of results to keep of every run, beside `capacity` and `generation_annual`.
    #[arg(long = "table", value_name = "NAME")]
    pub(crate) tables: Vec<String>,
    /// Folder for the results; a sweep that was stopped goes on there.
    #[arg(long, short)]
    pub(crate) out: PathBuf,
    /// Runs solved at the same time (default: the number of cores).
    #[arg(long, short)]
    pub(crate) jobs: Option<usize>,
    /// Print errors only.
    #[arg(long, short)]
    pub(crate) quiet: bool,
    #[command(flatten)]
    pub(crate) solving: Solving,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Mac {
    #[command(flatten)]
    pub(crate) source: Source,
    /// A limit of a cap on emissions and its ends, such as emission_caps.power.limit.2030=350:250, or
    /// factors, such as emission_caps.power.limit=*1:*0.7. Several are moved together.
    #[arg(
        long = "param", value_name = "PATH=from:to", required = true,
        value_parser = crate::commands::moved_parameter
    )]
    pub(crate) params: Vec<kzleap_study::Parameter>,
    /// Unit of the ends (default: that of what is at the path).
    #[arg(long)]
    pub(crate) unit: Option<String>,
    /// The most programs that are solved; what the curve may then be off by is said.
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(2..))]
    pub(crate) most: u32,
    /// Folder for the results (default: runs/MODEL/SCENARIO-mac).
    #[arg(long, short)]
    pub(crate) out: Option<PathBuf>,
    /// Print mac.json.
    #[arg(long)]
    pub(crate) json: bool,
    /// Print errors only.
    #[arg(long, short)]
    pub(crate) quiet: bool,
    #[command(flatten)]
    pub(crate) solving: Solving,
}

#[derive(Debug, clap::Args)]
pub(crate) struct CompareInstruments {
    #[command(flatten)]
    pub(crate) source: Source,
    /// A file with a target for emissions and the instruments that are to reach it.
    #[arg(long, value_name = "FILE")]
    pub(crate) by: PathBuf,
    /// Folder for the results (default: runs/MODEL/SCENARIO-instruments).
    #[arg(long, short)]
    pub(crate) out: Option<PathBuf>,
    /// Print errors only.
    #[arg(long, short)]
    pub(crate) quiet: bool,
    #[command(flatten)]
    pub(crate) solving: Solving,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Foresight {
    #[command(flatten)]
    pub(crate) source: Source,
    /// Milestone years that a window sees.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) window: u32,
    /// Milestone years that are kept of a window: with fewer than it sees, windows overlap.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) keep: u32,
    /// Folder for the results (default: runs/MODEL/SCENARIO-foresight).
    #[arg(long, short)]
    pub(crate) out: Option<PathBuf>,
    /// Print errors only.
    #[arg(long, short)]
    pub(crate) quiet: bool,
    #[command(flatten)]
    pub(crate) solving: Solving,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Ranges {
    #[command(flatten)]
    pub(crate) source: Source,
    /// How much more plans may cost than the least-cost plan, in per cent of what is minimised.
    #[arg(
        long, value_name = "PERCENT", value_delimiter = ',', default_values = ["1", "2", "5"],
        value_parser = crate::commands::budget
    )]
    pub(crate) within: Vec<f64>,
    /// Indicators to look at, separated by commas (default: all of the model).
    #[arg(long = "of", value_name = "NAMES", value_delimiter = ',')]
    pub(crate) indicators: Vec<String>,
    /// Milestone years to look at, separated by commas (default: all, and sums over the horizon).
    #[arg(long, value_name = "YEARS", value_delimiter = ',')]
    pub(crate) years: Vec<i32>,
    /// Folder for the results (default: runs/MODEL/SCENARIO-ranges).
    #[arg(long, short)]
    pub(crate) out: Option<PathBuf>,
    /// Print errors only.
    #[arg(long, short)]
    pub(crate) quiet: bool,
    #[command(flatten)]
    pub(crate) solving: Solving,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Sensitivity {
    #[command(flatten)]
    pub(crate) source: Source,
    /// How many of the largest are printed; all are written down.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) top: usize,
    /// Folder for the results (default: runs/MODEL/SCENARIO-sensitivity).
    #[arg(long, short)]
    pub(crate) out: Option<PathBuf>,
    /// Print errors only.
    #[arg(long, short)]
    pub(crate) quiet: bool,
    #[command(flatten)]
    pub(crate) solving: Solving,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Why {
    #[command(flatten)]
    pub(crate) source: Source,
    /// Name of a process, storage or link with a capacity; its classes go with it.
    pub(crate) technology: String,
    /// The region to look at (default: all it is in).
    #[arg(long, value_name = "NAME")]
    pub(crate) region: Option<String>,
    /// The milestone year to look at (default: all).
    #[arg(long)]
    pub(crate) year: Option<i32>,
    /// Print it for programs.
    #[arg(long)]
    pub(crate) json: bool,
    /// Folder for the results (default: runs/MODEL/SCENARIO-why).
    #[arg(long, short)]
    pub(crate) out: Option<PathBuf>,
    /// Print errors only.
    #[arg(long, short)]
    pub(crate) quiet: bool,
    #[command(flatten)]
    pub(crate) solving: Solving,
}
