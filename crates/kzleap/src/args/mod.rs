//! The command line.

mod export;
mod studies;
mod study;

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

pub(crate) use export::{Export, ExportModel, ExportRuns};
pub(crate) use studies::{CompareInstruments, Foresight, Mac, Ranges, Sensitivity, Sweep, Why};
pub(crate) use study::{Engine, Study, StudyOf, StudyPlan, StudyRobust, StudySubmit};

/// Least-cost capacity expansion of national energy systems.
///
/// Exit codes: 0 done and certified, 1 failed, 2 wrong arguments, 3 the model has errors,
/// 4 infeasible, 5 unbounded, 6 the solver stopped, 7 not certified, 130 stopped by Ctrl-C.
#[derive(Debug, Parser)]
#[command(version, about, long_about = None, verbatim_doc_comment)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Find the least-cost plan and write its results.
    Run(Run),
    /// Report everything wrong with a model and its scenarios, without solving it.
    Check(Check),
    /// Print the linear program with its names, or write it as MPS.
    Lp(LpArgs),
    /// Solve a model many times, as a study file says: on one machine, or in pieces on many.
    #[command(subcommand)]
    Study(Study),
    /// Parametric sweep: the study of one number, or several, varied over a range.
    Sweep(Sweep),
    /// Abatement cost curve: find the exact curve of the least cost by the limits of caps on
    /// emissions, with what changes between its corners.
    Mac(Mac),
    /// Compare instruments of policy: a tax, a trading scheme, a standard, a share and a subsidy, each
    /// as strict as one target for emissions needs.
    CompareInstruments(CompareInstruments),
    /// Plan years in windows, each knowing only its own, and compare the path with perfect foresight.
    Foresight(Foresight),
    /// Find how far the indicators of a model may be from their values where a plan may cost a little
    /// more than the least.
    Ranges(Ranges),
    /// Find how much the least cost moves with each number of a model.
    Sensitivity(Sensitivity),
    /// Say what a technology earns and pays in the plan, and what it would have to cost to be built.
    Why(Why),
    /// Solve with a second, independent solver and compare; or verify the results of a run with it.
    Verify(Verify),
    /// Hold the capacities of a run against every hour of its years: unserved energy, curtailment,
    /// what each process makes, emissions beside their caps.
    Dispatch(Dispatch),
    /// Make the results of a run again and compare them byte by byte.
    Reproduce(Reproduce),
    /// Read another tool's model, list what was assumed, and write it in its normal format.
    Import(Import),
    /// Write a model in another tool's format, or the tables of runs in one file.
    #[command(subcommand)]
    Export(Export),
    /// Rewrite a model folder of an earlier format version, with its comments and order kept.
    Migrate(Migrate),
    /// Show where numbers of a model stand and where they come from.
    Trace(Trace),
    /// Analyse an energy balance: plausibility, indicators, international comparison,
    /// decomposition of emissions, correlations, projections.
    Balance(Balance),
    /// Write the JSON Schemas of the model format, for editors.
    Schemas(Schemas),
    /// Time each phase on generated national models, and how it grows with their size.
    Bench(Bench),
}

/// The options that were typed, as clap knows them: no list of ours can forget one.
pub(crate) struct Typed<'m>(Option<&'m clap::ArgMatches>);

impl<'m> Typed<'m> {
    /// Those of the command that was given, or of the command within it.
    pub(crate) fn of(matches: &'m clap::ArgMatches) -> Self {
        let within =
            |matches: &&'m clap::ArgMatches| matches.subcommand().map(|(_, within)| within);
        Self(std::iter::successors(within(&matches), within).last())
    }

    /// Those of a group, as they are written.
    pub(crate) fn among<G: clap::Args>(&self) -> Vec<String> {
        let group = G::augment_args(clap::Command::new(""));
        let typed = |id: &clap::Id| {
            self.0.is_some_and(|matches| {
                matches.value_source(id.as_str())
                    == Some(clap::parser::ValueSource::CommandLine)
            })
        };
        (group.get_arguments())
            .filter(|argument| typed(argument.get_id()))
            .filter_map(|argument| argument.get_long().map(|long| format!("--{long}")))
            .collect()
    }
}

/// The tools whose models are read and written.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Tool {
    /// OSeMOSYS: a GNU MathProg data file, or an otoole folder of CSV files.
    Osemosys,
}

/// How to read an OSeMOSYS model.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Osemosys {
    /// Whose `UDCTag` and rules of storages an OSeMOSYS model means; derived from the data, and
    /// reported, if left out.
    #[arg(long, value_enum)]
    pub(crate) dialect: Option<Dialect>,
    /// otoole's configuration; looked for in the folder and beside it if left out.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// A set or parameter that an OSeMOSYS model has and OSeMOSYS has not, to pass over; may be
    /// given several times.
    #[arg(long, value_name = "NAME")]
    pub(crate) ignore: Vec<String>,
}

/// How finely a model folder is solved.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Resolution {
    /// Model folder: level of regions, one that the model names in `region_levels` (default: the
    /// regions as written).
    #[arg(long, value_name = "LEVEL")]
    pub(crate) regions: Option<String>,
    /// Model folder: most time slices; neighbours are merged where that loses least (default: the
    /// slices as written).
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) slices: Option<u32>,
}

/// Whether a plan is held against the hours of its years.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Hours {
    /// Model folder with hourly tables: operate the plan over all hours of its years, or of those
    /// named (2030,2060), and say whether it holds.
    #[arg(
        long, value_name = "YEARS", num_args = 0..=1, default_missing_value = "",
    )]
    pub(crate) check_hours: Option<crate::commands::CheckedYears>,
    /// Model folder with hourly tables: choose the periods again by what the hours show, and plan
    /// again, until the plan holds over all hours of its years (or of those of `--check-hours`).
    #[arg(long)]
    pub(crate) refine: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Dialect {
    /// OSeMOSYS in GNU MathProg: `UDCTag` 0 is `=`, 1 is `>=`, 2 is `<=`.
    Mathprog,
    /// The CLEWs interface (MUIO) and its family: `UDCTag` 0 is `<=`, 1 is `=`; storages begin
    /// every year empty.
    Clews,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Import {
    /// Which tool it comes from.
    pub(crate) tool: Tool,
    /// The file or folder.
    pub(crate) path: PathBuf,
    /// Folder to write it to in its normal form (for OSeMOSYS an otoole folder).
    #[arg(long, short)]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) osemosys: Osemosys,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Migrate {
    /// Folder of the model.
    pub(crate) model: PathBuf,
    /// Folder to write the model to (default: in place).
    #[arg(long, short)]
    pub(crate) out: Option<PathBuf>,
}

/// Which model, which scenario.
#[derive(Debug, clap::Args)]
pub(crate) struct Source {
    /// Folder of the model, or an OSeMOSYS model: a data file or an otoole folder (`check`: or a
    /// NEMO scenario database; `verify` and `why`: or the folder of a run).
    pub(crate) model: PathBuf,
    /// Scenario, or several together (one+other), `*` for any letters; the base model if left out (`check`: the base
    /// model and every scenario).
    #[arg(long, short)]
    pub(crate) scenario: Option<String>,
    #[command(flatten)]
    pub(crate) resolution: Resolution,
    #[command(flatten)]
    pub(crate) osemosys: Osemosys,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Run {
    /// Folder of the model; an OSeMOSYS model (a data file or an otoole folder); a NEMO scenario
    /// database.
    pub(crate) model: PathBuf,
    /// Scenario, or several together (one+other); `*` stands for any letters, so that 'tax-*+gas-*'
    /// runs every pair. May be given several times. The base model if left out.
    #[arg(long = "scenario", short, value_name = "NAME")]
    pub(crate) scenarios: Vec<String>,
    /// Folder for the results (default: runs/MODEL/SCENARIO, MODEL being the name of the model's
    /// folder or file). With several scenarios, one folder within it for each, and a comparison.
    #[arg(long, short)]
    pub(crate) out: Option<PathBuf>,
    /// Print summary.json; of several scenarios, a list of them.
    #[arg(long)]
    pub(crate) json: bool,
    /// Print errors only.
    #[arg(long, short)]
    pub(crate) quiet: bool,
    /// Of several plans that cost the same, give the one with the least activity and building: the
    /// same on every machine, whatever the algorithm.
    #[arg(long)]
    pub(crate) tie_break: bool,
    /// Write the results of an OSeMOSYS model as otoole's files too: `--results otoole DIR`.
    #[arg(long, num_args = 2, value_names = ["FORMAT", "DIR"])]
    pub(crate) results: Vec<String>,
    #[command(flatten)]
    pub(crate) resolution: Resolution,
    #[command(flatten)]
    pub(crate) hours: Hours,
    #[command(flatten)]
    pub(crate) osemosys: Osemosys,
    #[command(flatten)]
    pub(crate) nemo: Nemo,
    #[command(flatten)]
    pub(crate) solving: Solving,
}

/// How to solve a NEMO scenario database.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Nemo {
    /// NEMO database: years to calculate, as 2020,2025; groups for limited foresight as
    /// 2021,2022;2025,2029.
    #[arg(long, value_name = "YEARS")]
    pub(crate) calcyears: Option<crate::commands::CalcYears>,
    /// NEMO database: variables to save, separated by commas.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(crate) vars: Vec<String>,
    /// NEMO database: candidate lines may be built in part.
    #[arg(long)]
    pub(crate) continuous_transmission: bool,
    /// NEMO database: values of zero are saved too.
    #[arg(long)]
    pub(crate) report_zeros: bool,
    /// NEMO database: our own formulation where NEMO's is loose (storages, limits, availability).
    #[arg(long)]
    pub(crate) correct: bool,
    /// NEMO database: NEMO's configuration file; looked for beside the database if left out.
    #[arg(long, value_name = "FILE")]
    pub(crate) nemo_config: Option<PathBuf>,
}

/// How to solve.
#[derive(Debug, clap::Args)]
pub(crate) struct Solving {
    /// Algorithm: simplex for small models, for large ones simplex and interior point side by
    /// side if left to `auto`.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) solver: Solver,
    /// Threads for the solver; with 1 the methods of `auto` run one after the other.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=1024))]
    pub(crate) threads: Option<u32>,
    /// Stop after this many seconds.
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) time_limit: Option<u64>,
    /// Show the solver's log.
    #[arg(long)]
    pub(crate) log: bool,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum Solver {
    /// Dual simplex for small programs; for large ones IPX beside it on a second thread. Counted
    /// steps decide whose optimum is taken, so it is the same on every machine.
    #[default]
    Auto,
    /// Dual simplex.
    Simplex,
    /// Interior point IPX with crossover.
    Ipx,
    /// Interior point HiPO with crossover; IPX where HiGHS was built without HiPO.
    Hipo,
    /// Two on a core each (simplex and IPX, or IPX and HiPO for large programs); the first to end
    /// stops the other, so the clock decides whose optimum is taken.
    Race,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) source: Source,
    /// Print the findings as JSON: a list, or with `--defaults` or `--changes` an object with the
    /// lists `findings`, `defaults` and `changes`.
    #[arg(long)]
    pub(crate) json: bool,
    /// List the defaults that were used too.
    #[arg(long)]
    pub(crate) defaults: bool,
    /// List what scenarios change too, with what was there before.
    #[arg(long)]
    pub(crate) changes: bool,
    /// Count the names in Russian and Kazakh (`words.csv`), and list those that are missing.
    #[arg(long, conflicts_with = "json")]
    pub(crate) words: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Trace {
    /// Folder of the model, or an OSeMOSYS model.
    pub(crate) model: PathBuf,
    /// A path of the model, such as `processes.wind` or `drivers.population.value.2030`; the name
    /// alone of a process, commodity, driver or branch, as tables of results have it, serves too.
    /// Of an OSeMOSYS model a parameter, such as `CapitalCost[R,WIND,2030]` (`*` for any index), or
    /// a member of a set.
    pub(crate) path: String,
    /// Scenario; the base model if left out.
    #[arg(long, short)]
    pub(crate) scenario: Option<String>,
    /// Print the values as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) osemosys: Osemosys,
}

#[derive(Debug, clap::Args)]
pub(crate) struct LpArgs {
    #[command(flatten)]
    pub(crate) source: Source,
    /// Write the program to this file in free MPS format.
    #[arg(long, value_name = "FILE")]
    pub(crate) mps: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Verify {
    #[command(flatten)]
    pub(crate) source: Source,
    #[command(flatten)]
    pub(crate) solving: Solving,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Dispatch {
    /// Folder of a run of a model with hourly tables.
    pub(crate) run: PathBuf,
    /// A milestone year to look at; may be given several times (default: all of them).
    #[arg(long = "year", value_name = "YEAR")]
    pub(crate) years: Vec<i32>,
    /// The year that is taken from the hourly tables (default: that of the run).
    #[arg(long, value_name = "YEAR")]
    pub(crate) weather_year: Option<i32>,
    /// Folder for the results (default: the run's folder with `-hours` after its name).
    #[arg(long, short)]
    pub(crate) out: Option<PathBuf>,
    /// Print the result as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) solving: Solving,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Reproduce {
    /// `manifest.json` of a run, or its folder.
    pub(crate) manifest: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Bench {
    /// Sizes: regions, seasons, blocks of a day, milestone years; a fifth number for so many
    /// variants of each plant.
    #[arg(value_name = "SIZE", default_values = ["2x4x4x6", "3x4x4x8", "3x4x8x8"])]
    pub(crate) sizes: Vec<kzleap_generator::Size>,
    /// The same seed gives the same models.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Print the measurements as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) solving: Solving,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Balance {
    /// Balance tables (CSV), read together as one; or the folder of a run; or a model, which is
    /// solved first.
    #[arg(required = true, value_name = "FILE|RUN|MODEL")]
    pub(crate) paths: Vec<PathBuf>,
    /// Region of the table (default: all together, or the only one).
    #[arg(long)]
    pub(crate) region: Option<String>,
    /// Years between which emissions are decomposed (default: the first and the last known).
    #[arg(long, value_name = "YEAR:YEAR")]
    pub(crate) between: Option<crate::commands::Between>,
    /// What the commodities, rows and drivers are (default: `kinds.csv` beside the table, or that
    /// of the run).
    #[arg(long, value_name = "FILE")]
    pub(crate) kinds: Option<PathBuf>,
    /// Population and GDP (default: `drivers.csv` beside the table, or that of the run).
    #[arg(long, value_name = "FILE")]
    pub(crate) drivers: Option<PathBuf>,
    /// Emission factors (default: `emission_factors.csv` beside the table).
    #[arg(long, value_name = "FILE")]
    pub(crate) factors: Option<PathBuf>,
    /// Balances of other countries (default: `countries.csv` beside the table).
    #[arg(long, value_name = "FILE")]
    pub(crate) countries: Option<PathBuf>,
    /// Folder for the page and the tables (default: runs/NAME/balance, NAME being the name of the
    /// first table or of the model; for a run, the folder RUN-balance beside it).
    #[arg(long, short)]
    pub(crate) out: Option<PathBuf>,
    /// Print everything as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    /// Print errors only.
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Schemas {
    /// Folder to write them into.
    pub(crate) out: PathBuf,
}
