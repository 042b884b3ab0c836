//! What is written for other tools.

use std::path::PathBuf;

use clap::Subcommand;

use super::Source;

/// What is written, and for which tool.
#[derive(Debug, Subcommand)]
pub(crate) enum Export {
    /// A model as an otoole folder of OSeMOSYS.
    Osemosys(ExportModel),
    /// The tables of runs as a SQLite database.
    Sqlite(ExportRuns),
    /// The tables of runs as a workbook, with charts.
    Xlsx(ExportRuns),
}

#[derive(Debug, clap::Args)]
pub(crate) struct ExportModel {
    #[command(flatten)]
    pub(crate) source: Source,
    /// Folder to write it to.
    #[arg(long, short)]
    pub(crate) out: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ExportRuns {
    /// Folders of runs, each of another scenario.
    #[arg(required = true)]
    pub(crate) runs: Vec<PathBuf>,
    /// File to write; one that is there is not replaced.
    #[arg(long, short)]
    pub(crate) out: PathBuf,
}
