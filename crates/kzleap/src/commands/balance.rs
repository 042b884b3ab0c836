//! `kzleap balance`: energy balance analysis.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::Context;
use kzleap_analytics::{
    Analysis, Drivers, Emissions, Kinds, Known, Table, emissions, plants, sheets, text,
};
use kzleap_diagnostics::Diagnostics;
use kzleap_input::Files;
use kzleap_output::{Holds, InputFile, OutputFolder};
use kzleap_report::{PAGE, SUMMARY, Summary};
use kzleap_study::{Given, Kind, RunSpec};
use serde_json::json;

use crate::args::Balance;
use crate::exit::{Code, WrongArguments};
use crate::output::{print, tell};
use crate::progress::Progress;

use super::earlier::Earlier;
use super::info::{input_files, of_files};
use super::kind::one_of;
use super::read::{Printed, count, tell_all};
use super::run::{model_name, run_again};

/// The table of a run that is read.
const TABLE: &str = "tables/balance.csv";
/// Those beside it that say what plants make, and what they use.
const PLANTS: [&str; 2] = ["generation_annual.csv", "use.csv"];

/// Two years, the earlier first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Between(i32, i32);

impl FromStr for Between {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let years = text.split_once(':').and_then(|(from, to)| {
            Some(Self(from.trim().parse().ok()?, to.trim().parse().ok()?))
        });
        match years {
            Some(Self(from, to)) if from < to => Ok(Self(from, to)),
            _ => Err("two years are written as 2013:2023, the earlier first".to_owned()),
        }
    }
}

/// What is looked at, and where its companions are.
struct Subject {
    /// What people call it.
    title: String,
    /// The tables that are read as one.
    tables: Vec<PathBuf>,
    /// Where results go by default.
    out: PathBuf,
    /// What the commodities and rows are.
    kinds: Option<PathBuf>,
    drivers: Option<PathBuf>,
    factors: Option<PathBuf>,
    countries: Option<PathBuf>,
    /// The table of emissions of a run.
    emissions: Option<PathBuf>,
    /// The tables of a run that say what plants make and use.
    plants: Option<[PathBuf; 2]>,
    /// Files of a model that was solved for this.
    inputs: Vec<InputFile>,
    /// Where that was done, to be cleared.
    _scratch: Option<tempfile::TempDir>,
}

/// Says it on the screen, and in a page and tables.
pub(crate) fn balance(args: &Balance) -> anyhow::Result<Code> {
    let Some(subject) = subject(args)? else { return Ok(Code::BadInput) };
    let (mut files, mut diags) = (Files::default(), Diagnostics::default());
    let tables: Vec<&Path> = subject.tables.iter().map(PathBuf::as_path).collect();
    let kinds = subject.kinds.as_ref();
    let kinds = kinds.and_then(|path| Kinds::read(path, &mut files, &mut diags));
    let kinds = kinds.unwrap_or_default();
    let mut table = kzleap_analytics::read(&tables, &kinds, &mut files, &mut diags);
    if let (Some(table), Some([made, used])) = (&mut table, &subject.plants) {
        plants::tell(table, made, used, &mut files, &mut diags);
    }
    let region = table.as_ref().map(|table| region(table, args)).transpose()?;
    let known = known(args, &subject, (table.as_ref(), &kinds), region, &mut files, &mut diags);
    diags.sort(&files.sources);
    Printed::default().findings(&diags, &files.sources, args.quiet || args.json);
    let (Some(table), Some(region)) = (&table, region) else { return Ok(bad(&diags)) };
    if diags.has_errors() {
        return Ok(bad(&diags));
    }
    let out = args.out.as_ref().unwrap_or(&subject.out);
    let mut folder = OutputFolder::begin(out, Holds::Balance)?;
    let balance = kzleap_analytics::Balance::new(table, region);
    let between = args.between.map(|Between(from, to)| (from, to));
    let analysis = Analysis::new(&balance, &known, between).map_err(WrongArguments)?;
    let places = analysis.places(&files);
    for sheet in sheets(&analysis, &balance, &places) {
        folder.add(format!("tables/{}.csv", sheet.name), |out| sheet.write_csv(out))?;
    }
    let version = env!("CARGO_PKG_VERSION");
    let page =
        kzleap_analytics::page::render(&analysis, &balance, &subject.title, &places, version);
    folder.add_text(PAGE, &page.context("making the page")?)?;
    let mut summary = serde_json::to_value(&analysis).context("writing the summary")?;
    summary["title"] = json!(subject.title);
    let json = format!("{summary:#}\n");
    folder.add_text(SUMMARY, &json)?;
    let inputs = if subject.inputs.is_empty() { of_files(&files.read) } else { subject.inputs };
    folder.made_by(&json!(command(args)), &inputs);
    folder.commit(version)?;
    if args.json {
        print(&json)?;
    } else if !args.quiet {
        let text = text(&analysis, &subject.title, &places);
        print(&format!("{text}\npage and tables in {}\n", out.join(PAGE).display()))?;
    }
    Ok(Code::Done)
}

fn bad(diags: &Diagnostics) -> Code {
    tell(&count(diags.error_count(), diags.warning_count()));
    Code::BadInput
}

/// What the paths name; `None` if a model has errors or no plan, which was then reported.
fn subject(args: &Balance) -> anyhow::Result<Option<Subject>> {
    let first = &args.paths[0];
    let is_table = |path: &PathBuf| {
        path.is_file() && path.extension().is_some_and(|end| end.eq_ignore_ascii_case("csv"))
    };
    if args.paths.iter().all(is_table) {
        return Ok(Some(of_tables(args)));
    }
    if args.paths.len() > 1 {
        let why =
            "several paths must all be tables (CSV files); a run or a model is read alone";
        return Err(WrongArguments(why.to_owned()).into());
    }
    if let Some(run) = Earlier::find(first)? {
        let name = run.folder.canonicalize().unwrap_or_else(|_| run.folder.clone());
        let mut beside = name.file_name().unwrap_or(OsStr::new("run")).to_owned();
        beside.push("-balance");
        let out = run.folder.parent().unwrap_or(Path::new("")).join(beside);
        return Ok(Some(of_run(args, &run.folder, out)?));
    }
    of_model(args, first)
}

/// A file that was named, or one of this name beside the table, if it is there.
fn companion(named: Option<&PathBuf>, beside: &Path, name: &str) -> Option<PathBuf> {
    let default = beside.with_file_name(name);
    named.cloned().or_else(|| default.is_file().then_some(default))
}

fn of_tables(args: &Balance) -> Subject {
    let first = &args.paths[0];
    let name = model_name(first);
    let mut title = name.to_string_lossy().into_owned();
    if args.paths.len() > 1 {
        title = format!("{title} and {} more", args.paths.len() - 1);
    }
    Subject {
        title,
        tables: args.paths.clone(),
        out: Path::new("runs").join(name).join("balance"),
        kinds: companion(args.kinds.as_ref(), first, "kinds.csv"),
        drivers: companion(args.drivers.as_ref(), first, "drivers.csv"),
        factors: companion(args.factors.as_ref(), first, "emission_factors.csv"),
        countries: companion(args.countries.as_ref(), first, "countries.csv"),
        emissions: None,
        plants: None,
        inputs: Vec::new(),
        _scratch: None,
    }
}

fn of_run(args: &Balance, folder: &Path, out: PathBuf) -> anyhow::Result<Subject> {
    let path = folder.join(SUMMARY);
    let summary = std::fs::read_to_string(&path)
        .with_context(|| format!("reading {}", path.display()))
        .and_then(|text| {
            Summary::from_json(&text).with_context(|| path.display().to_string())
        })?;
    let table = folder.join(TABLE);
    let plants = PLANTS.map(|name| table.with_file_name(name));
    Ok(Subject {
        title: format!("{}, {}", summary.model, summary.scenario),
        kinds: companion(args.kinds.as_ref(), &table, "kinds.csv"),
        drivers: companion(args.drivers.as_ref(), &table, "drivers.csv"),
        // a plan accounts for its emissions itself
        factors: args.factors.clone(),
        countries: args.countries.clone(),
        emissions: args.factors.is_none().then(|| table.with_file_name("emissions.csv")),
        plants: plants.iter().all(|path| path.is_file()).then_some(plants),
        tables: vec![table],
        out,
        inputs: Vec::new(),
        _scratch: None,
    })
}

/// Solves a model into a folder that nobody keeps.
fn of_model(args: &Balance, path: &Path) -> anyhow::Result<Option<Subject>> {
    let kinds = [Kind::Folder, Kind::Osemosys];
    one_of(path, "balance", &kinds)?;
    let progress = Progress::new(args.quiet || args.json, false);
    progress.say(format!("solving {}", path.display()));
    let spec = RunSpec {
        model: path.to_owned(),
        alternatives: true,
        explain: true,
        ..RunSpec::default()
    };
    let read = Given::open(&spec).read(&spec);
    if read.model.is_none() {
        progress.done();
        tell_all(&read, false, &mut Printed::default());
        return Ok(None);
    }
    let inputs = input_files(&read.input);
    let scratch = tempfile::tempdir().context("making a folder for the plan")?;
    let folder = scratch.path().join("plan");
    let solved = run_again(&spec, read, &folder)?;
    progress.done();
    if solved.is_none() {
        return Ok(None);
    }
    let out = Path::new("runs").join(model_name(path)).join("balance");
    let subject = of_run(args, &folder, out)?;
    Ok(Some(Subject { inputs, _scratch: Some(scratch), ..subject }))
}

/// The region that is looked at: that asked for, all together, or the only one.
fn region<'a>(table: &'a Table, args: &Balance) -> anyhow::Result<&'a str> {
    let all = table.regions();
    let wrong = |what: String| {
        WrongArguments(format!("{what}; the table has the regions {}", all.join(", ")))
    };
    match &args.region {
        Some(wanted) => match all.iter().find(|region| *region == wanted) {
            Some(region) => Ok(region),
            None => Err(wrong(format!("there is no region `{wanted}`")).into()),
        },
        None => match all.as_slice() {
            [] => Ok(""),
            [only] => Ok(only),
            several => match several.iter().find(|region| **region == kzleap_analytics::ALL) {
                Some(together) => Ok(together),
                None => Err(wrong("`--region` must say which region".to_owned()).into()),
            },
        },
    }
}

/// Drivers, emissions and other countries, as far as they are there.
fn known(
    args: &Balance,
    subject: &Subject,
    (table, kinds): (Option<&Table>, &Kinds),
    region: Option<&str>,
    files: &mut Files,
    diags: &mut Diagnostics,
) -> Known {
    let region = region.unwrap_or_default();
    let drivers = subject.drivers.as_ref();
    let drivers = drivers.and_then(|path| Drivers::read(path, kinds, region, files, diags));
    let factors = subject.factors.as_ref();
    let factors = factors.and_then(|path| emissions::read_factors(path, files, diags));
    let countries = subject.countries.as_ref().filter(|path| {
        // a table of countries is not set beside itself
        args.countries.is_some() || !subject.tables.contains(path)
    });
    let countries =
        countries.and_then(|path| kzleap_analytics::read(&[path], kinds, files, diags));
    let Some(table) = table else { return Known::default() };
    let balance = kzleap_analytics::Balance::new(table, region);
    let regions = if region == kzleap_analytics::ALL { table.regions() } else { vec![region] };
    let mut of_run = || {
        let path = subject.emissions.as_ref().filter(|path| path.is_file())?;
        Emissions::of_run(path, kinds, &regions, files, diags)
    };
    let emissions = Emissions::given(&balance)
        .or_else(&mut of_run)
        .or_else(|| Emissions::calculated(&balance, factors.as_ref()?));
    let mut drivers = drivers.unwrap_or_default();
    if drivers.population.is_empty() {
        drivers.population = Drivers::given(&balance).population;
    }
    Known { drivers, emissions, countries }
}

/// The arguments that make it again, without those that say where to and how much to print.
fn command(args: &Balance) -> Vec<String> {
    let mut command = vec!["balance".to_owned()];
    command.extend(args.paths.iter().map(|path| path.display().to_string()));
    let mut add = |option: &str, value: Option<String>| {
        if let Some(value) = value {
            command.extend([option.to_owned(), value]);
        }
    };
    let path = |path: &Option<PathBuf>| path.as_ref().map(|path| path.display().to_string());
    add("--region", args.region.clone());
    add("--between", args.between.map(|Between(from, to)| format!("{from}:{to}")));
    add("--kinds", path(&args.kinds));
    add("--drivers", path(&args.drivers));
    add("--factors", path(&args.factors));
    add("--countries", path(&args.countries));
    command
}
