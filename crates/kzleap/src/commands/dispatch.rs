//! `kzleap dispatch`: the capacities of a run held against the hours of its years.

use std::path::PathBuf;

use anyhow::bail;
use kzleap_input::Change;
use kzleap_model::{Model, Standing};
use kzleap_output::{Holds, OutputFolder};
use kzleap_report::hours::Planned;
use kzleap_report::tables;
use kzleap_study::{Event, Events, RunSpec, dispatch_years};

use crate::args::Dispatch;
use crate::exit::{Code, WrongArguments};
use crate::output::print;
use crate::progress::{Progress, stop_flag};

use super::earlier::Earlier;
use super::hours::{can_be_looked_at, check, not_operated, text};

/// The table of results.
const TABLE: &str = "dispatch.csv";
/// The verdict.
const VERDICT: &str = "dispatch.json";

/// Dispatches each year, prints what was found, and writes it down.
pub(crate) fn dispatch(args: &Dispatch) -> anyhow::Result<Code> {
    let Some(mut earlier) = Earlier::find(&args.run)? else {
        let why = format!("`{}` is not the folder of a run", args.run.display());
        return Err(WrongArguments(why).into());
    };
    earlier.spec = earlier.spec.on_all_hours();
    if let Some(year) = args.weather_year {
        earlier.spec.changes.push(Change::set("time.weather_year", f64::from(year)));
    }
    let Some(read) = earlier.read()? else { return Ok(Code::BadInput) };
    let Some(model) = read.model else { return Ok(Code::BadInput) };
    can_be_looked_at(&model, &args.years)?;
    let standing = standing(&earlier, &model)?;
    let planned = planned(&earlier, &model)?;
    let out = args.out.clone().unwrap_or_else(|| beside(&earlier.folder));
    let mut folder = OutputFolder::begin(&out, Holds::Dispatch)?;
    folder.made_by(&serde_json::to_value(&earlier.spec)?, &earlier.manifest.inputs);
    let progress = Progress::new(args.json, args.solving.log);
    let watch = |event: Event<'_>| progress.event(event);
    let events = Events { stop: Some(stop_flag()), watch: Some(&watch) };
    let spec = RunSpec { solving: args.solving.wanted(), ..earlier.spec.clone() };
    let dispatched = dispatch_years(&model, &standing, &args.years, &spec, &events);
    let check = check(&dispatched.map_err(not_operated)?, &[], &planned);
    progress.done();
    let verdicts = serde_json::to_string_pretty(&check.verdicts)? + "\n";
    folder.add(TABLE, |out| check.sheet().write_csv(out))?;
    folder.add_text(VERDICT, &verdicts)?;
    folder.commit(env!("CARGO_PKG_VERSION"))?;
    if args.json {
        print(&verdicts)?;
    } else {
        print(&text(&check))?;
        print(&format!("results in {}\n", out.join(TABLE).display()))?;
    }
    Ok(if check.holds() { Code::Done } else { Code::NotCertified })
}

/// What the tables of a run say is in service.
fn standing(earlier: &Earlier, model: &Model) -> anyhow::Result<Standing> {
    let wrong = |table: &str, why: String| {
        anyhow::anyhow!("tables/{table}.csv in `{}`: {why}", earlier.folder.display())
    };
    let capacity = tables::capacity::read(&earlier.text("tables/capacity.csv")?, model);
    let capacity = capacity.map_err(|why| wrong("capacity", why))?;
    let capacity = capacity.rows().into_iter().map(|row| row.to_vec()).collect();
    let mut standing = Standing { capacity, ..Standing::default() };
    if model.processes.iter().any(|process| !process.parts.is_empty()) {
        let parts = tables::vintages::read(&earlier.text("tables/vintages.csv")?, model);
        standing.parts = parts.map_err(|why| wrong("vintages", why))?;
    }
    if model.demands.iter().any(|demand| demand.yearly_steps().next().is_some()) {
        let steps =
            tables::demand_steps::read(&earlier.text("tables/demand_steps.csv")?, model);
        standing.forgone = steps.map_err(|why| wrong("demand_steps", why))?;
    }
    if !model.trading.is_empty() {
        let allowed =
            tables::trading::read_allowed(&earlier.text("tables/trading.csv")?, model);
        standing.allowed = allowed.map_err(|why| wrong("trading", why))?;
    }
    Ok(standing)
}

/// The folder beside that of a run.
fn beside(run: &std::path::Path) -> PathBuf {
    let name =
        run.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    run.with_file_name(format!("{name}-hours"))
}

/// What the tables of the run say.
fn planned(earlier: &Earlier, model: &Model) -> anyhow::Result<Planned> {
    let made = earlier.text("tables/generation_annual.csv")?;
    let emitted = earlier.text("tables/emission_caps.csv")?;
    let covered = match model.trading.is_empty() {
        true => String::new(),
        false => earlier.text("tables/trading.csv")?,
    };
    match Planned::read(&made, &emitted, &covered) {
        Ok(planned) => Ok(planned),
        Err(why) => bail!("the tables in `{}`: {why}", earlier.folder.display()),
    }
}
