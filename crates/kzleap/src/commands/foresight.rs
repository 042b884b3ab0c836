//! `kzleap foresight`: a path whose years are planned in windows, beside perfect foresight.

use anyhow::anyhow;
use kzleap_accounts::Accounts;
use kzleap_output::{Holds, OutputFolder};
use kzleap_report::sheet::{Cell, Column, Sheet, text};
use kzleap_solver::Control;
use kzleap_study::{
    Events, Given, Kind, NoWindow, RunSpec, Window, WindowedPlan, Windows, optimise,
    optimise_windows, settled,
};

use crate::args::{Foresight, Typed};
use crate::exit::{Code, WrongArguments};
use crate::output::{print, tell};
use crate::progress::{Progress, stop_flag};

use super::info::input_files;
use super::kind::{of_one, of_source};
use super::read::read;
use super::run::study_folder;
use super::say::cost;

/// The table of windows.
const TABLE: &str = "windows.csv";

const COLUMNS: &[Column] = &[
    Column { key: "first", meaning: "first milestone year of the window" },
    Column { key: "last", meaning: "its last milestone year" },
    Column {
        key: "cost",
        meaning: "what is minimised of the years up to its end, as it planned them, millions of the base year",
    },
    Column { key: "certified", meaning: "`yes` where it is certified to be the least" },
];

/// Plans the path, compares it, and writes it down.
pub(crate) fn foresight(args: &Foresight, typed: &Typed<'_>) -> anyhow::Result<Code> {
    of_source(&args.source, typed, "foresight", &[Kind::Folder])?;
    let one = of_one(args.source.spec(), "foresight")?;
    let spec = RunSpec { solving: args.solving.wanted(), ..one };
    let windows = Windows { length: args.window as usize, kept: args.keep as usize };
    if windows.kept > windows.length {
        let why = "a window keeps no more years than it sees: `--keep` is above `--window`";
        return Err(WrongArguments(why.to_owned()).into());
    }
    let read = read(&spec, args.quiet);
    let (read, spec) = settled(&Given::open(&spec), read, &spec, &Events::default());
    let Some(model) = &read.model else { return Ok(Code::BadInput) };
    if !model.trading.is_empty() {
        return Err(anyhow!(
            "`trading` schemes hold years together that a window does not see: take them out, or say \
             them as `emission_caps`"
        ));
    }
    let out = study_folder(args.out.as_ref(), &spec, "foresight");
    let mut folder = OutputFolder::begin(&out, Holds::Foresight)?;
    folder.made_by(&serde_json::to_value(&spec)?, &input_files(&read.input));
    let progress = Progress::new(args.quiet, args.solving.log);
    progress.say("planning windows");
    let control = Control { stop: Some(stop_flag()), log: None };
    let options = spec.solving.options();
    let path = optimise_windows(model, windows, &options, control);
    progress.say("planning with perfect foresight");
    let perfect = optimise(model, &options, control);
    progress.done();
    let path = match path {
        Ok(path) => path,
        Err(NoWindow { first, last, error }) => {
            tell(&format!("the window from {first} to {last} has no plan: {error}"));
            return Ok(Code::of_solve(&error));
        }
    };
    let perfect = perfect?;
    folder.add(TABLE, |out| sheet(&path.windows).write_csv(out))?;
    let accounts = Accounts::new(model, &path.solution);
    for table in kzleap_report::tables::ALL {
        let sheet = table(&accounts);
        folder.add(format!("tables/{}.csv", sheet.name), |out| sheet.write_csv(out))?;
    }
    folder.commit(env!("CARGO_PKG_VERSION"))?;
    if !args.quiet {
        print(&said(&path, perfect.solution.objective, &model.currency))?;
        print(&format!("results in {}\n", out.display()))?;
    }
    let certified = perfect.certified() && path.windows.iter().all(|window| window.certified);
    Ok(if certified { Code::Done } else { Code::NotCertified })
}

fn sheet(windows: &[Window]) -> Sheet<'static> {
    let mut sheet = Sheet::new("windows", "Windows", COLUMNS);
    for window in windows {
        sheet.row([
            Cell::Year(window.first),
            Cell::Year(window.last),
            Cell::Number(window.cost),
            text(if window.certified { "yes" } else { "no" }),
        ]);
    }
    sheet
}

/// What people read.
fn said(path: &WindowedPlan, perfect: f64, currency: &str) -> String {
    let seen = path.windows.iter().map(|window| format!("{} to {}", window.first, window.last));
    format!(
        "windows: {}\n  the path           {} million {currency}\n  perfect foresight  {}\n  \
         limited foresight costs {} more\n",
        seen.collect::<Vec<_>>().join("; "),
        cost(path.cost),
        cost(perfect),
        cost((path.cost - perfect).max(0.0))
    )
}
