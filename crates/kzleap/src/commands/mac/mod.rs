//! `kzleap mac`: the exact curve of the least cost by the limits of caps on emissions.

mod tables;

use kzleap_model::Model;
use kzleap_output::{Holds, OutputFolder};
use kzleap_solver::{Control, SolveError};
use kzleap_study::{
    CostCurve, Event, Events, Given, Kind, Measure, MeasureKind, NoCurve, Read, RunSpec,
    cost_curve, explain,
};
use serde_json::json;

use crate::args::{self, Typed};
use crate::exit::{Code, WrongArguments};
use crate::output::{print, tell};
use crate::progress::{Progress, stop_flag};

use super::infeasible::infeasible;
use super::info::input_files;
use super::kind::{of_one, of_source};
use super::read::{Printed, several, tell_all};
use super::run::study_folder;
use super::say::{cost, short};

/// All of it, for programs.
const JSON: &str = "mac.json";
/// How many changes of each kind are printed.
const PRINTED: usize = 3;

/// Finds the curve, prints it, and writes it down.
pub(crate) fn mac(args: &args::Mac, typed: &Typed<'_>) -> anyhow::Result<Code> {
    of_source(&args.source, typed, "mac", &[Kind::Folder])?;
    let run = RunSpec { solving: args.solving.wanted(), ..of_one(args.source.spec(), "mac")? };
    let quiet = args.quiet || args.json;
    let given = Given::open(&run);
    let mut printed = Printed::default();
    let [from, to] = [0, 1].map(|end| read_end(&given, &run, args, end));
    [&from, &to].into_iter().for_each(|read| tell_all(read, quiet, &mut printed));
    let (Some(from_model), Some(to_model)) = (&from.model, &to.model) else {
        return Ok(Code::BadInput);
    };
    let out = study_folder(args.out.as_ref(), &run, "mac");
    let mut folder = OutputFolder::begin(&out, Holds::Mac)?;
    let moved: Vec<_> = args
        .params
        .iter()
        .map(|param| json!({ "path": param.path, "ends": param.values }))
        .collect();
    let spec = json!({ "run": run, "moved": moved, "unit": args.unit });
    folder.made_by(&spec, &input_files(&from.input));
    let progress = Progress::new(quiet, args.solving.log);
    let watch = |event: Event<'_>| progress.event(event);
    let events = Events { stop: Some(stop_flag()), watch: Some(&watch) };
    let ends = [from_model, to_model];
    let found = cost_curve(ends, args.most as usize, &run.solving.options(), &events);
    progress.done();
    let curve = match found {
        Ok(curve) => curve,
        Err(error) => return without(ends, error),
    };
    let measures = tables::segments(from_model, &curve);
    let json = format!("{:#}\n", tables::json(from_model, &curve, &measures));
    let sheets = [tables::points(from_model, &curve), tables::changes(from_model, &measures)];
    for sheet in &sheets {
        folder.add(format!("{}.csv", sheet.name), |out| sheet.write_csv(out))?;
    }
    folder.add_text(JSON, &json)?;
    folder.commit(env!("CARGO_PKG_VERSION"))?;
    if args.json {
        print(&json)?;
    } else if !quiet {
        print(&said(from_model, &curve, &measures))?;
        print(&format!("results in {}\n", out.join(JSON).display()))?;
    }
    Ok(if curve.certified { Code::Done } else { Code::NotCertified })
}

/// The model at one end of the way.
fn read_end(given: &Given, run: &RunSpec, args: &args::Mac, end: usize) -> Read {
    let moved = args.params.iter();
    let changes = moved.map(|param| param.change(param.values[end], args.unit.as_ref()));
    given.read(&RunSpec { changes: changes.collect(), ..run.clone() })
}

/// Says why there is no curve.
fn without(ends: [&Model; 2], error: NoCurve) -> anyhow::Result<Code> {
    match error {
        NoCurve::NotOfLimits(why) => Err(WrongArguments(why).into()),
        NoCurve::AtEnd(end, SolveError::Infeasible) => {
            let control = Control { stop: Some(stop_flag()), log: None };
            let which = ["from", "to"][end];
            let why = infeasible(ends[end], &explain(ends[end], control)?);
            tell(&format!("with the limits at `{which}`: {why}"));
            Ok(Code::Infeasible)
        }
        NoCurve::AtEnd(_, error) | NoCurve::Stopped(error) => Err(error.into()),
    }
}

/// What people read: a line for each corner, and what changes from one to the next.
fn said(model: &Model, curve: &CostCurve, measures: &[Vec<Measure>]) -> String {
    let mut out = format!(
        "least cost by the limits, million {}, present value of {}\n",
        model.currency, model.finance.base_year
    );
    let slopes = curve.slopes();
    for (at, point) in curve.breakpoints.iter().enumerate() {
        let place = match curve.moved[..] {
            [limit] => {
                format!("{} {}", tables::named(model, &limit), cost(limit.at(point.part)))
            }
            _ => format!("{}% of the way", cost(100.0 * point.part)),
        };
        out += &format!("  {place}: {}\n", cost(point.cost));
        let (Some(slope), Some(measures)) = (slopes.get(at), measures.get(at)) else {
            continue;
        };
        let marginal = match tables::marginal_cost(model, curve, *slope) {
            Some((value, unit)) => format!("{} {unit}", short(value)),
            None => format!("{} for the whole way", cost(*slope)),
        };
        out += &format!("    {marginal}: {}\n", in_words(model, measures));
    }
    out += &format!("{} solved", several(curve.solves, "program"));
    if curve.error > 0.0 {
        out += &format!("; the least cost may be up to {} below the lines", cost(curve.error));
    }
    out + "\n"
}

/// The largest changes of each kind.
fn in_words(model: &Model, measures: &[Measure]) -> String {
    let kinds = [MeasureKind::Emissions, MeasureKind::Activity, MeasureKind::Capacity];
    let of_kind = kinds.into_iter().filter_map(|kind| {
        let of_kind = measures.iter().filter(|measure| measure.kind == kind).take(PRINTED);
        let said: Vec<String> = of_kind
            .map(|one| {
                let sign = if one.change > 0.0 { "+" } else { "" };
                let year = model.time.years[one.year].milestone;
                format!("{} {year} {sign}{} {}", one.name, short(one.change), one.unit)
            })
            .collect();
        (!said.is_empty()).then(|| format!("{} {}", kind.text(), said.join(", ")))
    });
    let said: Vec<String> = of_kind.collect();
    if said.is_empty() { "nothing changes".to_owned() } else { said.join("; ") }
}
