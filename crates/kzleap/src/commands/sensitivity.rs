//! `kzleap sensitivity`: how much the least cost moves with each number of a model.

use kzleap_model::Model;
use kzleap_output::{Holds, OutputFolder};
use kzleap_report::sheet::{Cell, Column, Sheet, text};
use kzleap_study::{
    Event, Events, Given, Kind, RunSpec, Sensitivities, Sensitivity, sensitivities, settled,
};

use crate::args::{self, Typed};
use crate::exit::Code;
use crate::output::print;
use crate::progress::{Progress, stop_flag};

use super::info::input_files;
use super::kind::of_source;
use super::read::{Printed, tell_all};
use super::run::study_folder;
use super::say::cost;

/// The table of all inputs.
const TABLE: &str = "sensitivity.csv";

const COLUMNS: &[Column] = &[
    Column {
        key: "path",
        meaning: "place in the model, such as `processes.wind.capital_cost`",
    },
    Column { key: "value", meaning: "as it is written, with what it varies by" },
    Column { key: "unit", meaning: "its unit, where it has one" },
    Column { key: "source", meaning: "where it comes from" },
    Column { key: "confidence", meaning: "`high`, `medium`, `low` or `assumption`" },
    Column {
        key: "change",
        meaning: "what is minimised rises by if it were 1% larger, millions of the base year; \
                  empty where it cannot be moved alone",
    },
];

/// Finds what each number does to the cost, prints the largest, and writes all down.
pub(crate) fn sensitivity(args: &args::Sensitivity, typed: &Typed<'_>) -> anyhow::Result<Code> {
    of_source(&args.source, typed, "sensitivity", &[Kind::Folder])?;
    let spec = RunSpec { solving: args.solving.wanted(), ..args.source.spec() };
    let given = Given::open(&spec);
    let read = given.read(&spec);
    tell_all(&read, args.quiet, &mut Printed::default());
    let (read, spec) = settled(&given, read, &spec, &Events::default());
    let Some(model) = &read.model else { return Ok(Code::BadInput) };
    let out = study_folder(args.out.as_ref(), &spec, "sensitivity");
    let mut folder = OutputFolder::begin(&out, Holds::Sensitivity)?;
    folder.made_by(&serde_json::to_value(&spec)?, &input_files(&read.input));
    let progress = Progress::new(args.quiet, args.solving.log);
    let watch = |event: Event<'_>| progress.event(event);
    let events = Events { stop: Some(stop_flag()), watch: Some(&watch) };
    let found = sensitivities(&given, &read, &spec, &events);
    progress.done();
    let Sensitivities { certified, inputs: mut found } = found?;
    let size = |one: &Sensitivity| one.change.map_or(-1.0, f64::abs);
    found.sort_by(|one, other| size(other).total_cmp(&size(one)));
    folder.add(TABLE, |out| sheet(model, &found).write_csv(out))?;
    folder.commit(env!("CARGO_PKG_VERSION"))?;
    if !args.quiet {
        print(&said(model, &found[..found.len().min(args.top)]))?;
        print(&format!("results in {}\n", out.join(TABLE).display()))?;
    }
    Ok(if certified { Code::Done } else { Code::NotCertified })
}

fn sheet<'a>(model: &'a Model, found: &[Sensitivity]) -> Sheet<'a> {
    let mut sheet = Sheet::new("sensitivity", "Sensitivity of the cost", COLUMNS);
    for one in found {
        let input = &model.inputs[one.input];
        let or_empty = |value: &'a Option<String>| text(value.as_deref().unwrap_or_default());
        sheet.row([
            text(&input.path),
            text(&input.value),
            or_empty(&input.unit),
            or_empty(&input.source),
            or_empty(&input.confidence),
            Cell::Number(one.change.unwrap_or(f64::NAN)),
        ]);
    }
    sheet
}

/// What people read: the inputs with the largest effect.
fn said(model: &Model, found: &[Sensitivity]) -> String {
    let mut out = format!(
        "what is minimised rises by, if a number were 1% larger, million {}\n",
        model.currency
    );
    for one in found {
        let input = &model.inputs[one.input];
        let change = one.change.map_or_else(|| "not alone".to_owned(), cost);
        let confidence = input.confidence.as_deref().unwrap_or("no confidence given");
        out += &format!("  {change:>10}  {} ({confidence})\n", input.path);
    }
    out
}
