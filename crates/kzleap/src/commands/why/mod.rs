//! `kzleap why`: what a technology earns and pays, and what it would have to cost to be built.

mod figures;
mod said;

use kzleap_model::{CapacityIx, Model, YearIx};
use kzleap_output::{Holds, OutputFolder};
use kzleap_solver::SolveError;
use kzleap_study::{Earnings, Event, Events, Given, Kind, RunSpec, earnings};

use crate::args::{self, Typed};
use crate::exit::{Code, WrongArguments};
use crate::output::print;
use crate::progress::{Progress, stop_flag};

use super::earlier::Earlier;
use super::info::input_files;
use super::kind::{of_one, of_source};
use super::read::{Printed, tell_all};
use super::run::study_folder;

/// The table of all terms.
const TABLE: &str = "why.csv";

/// Solves the model, prints what the technology earns and pays, and writes it down.
pub(crate) fn why(args: &args::Why, typed: &Typed<'_>) -> anyhow::Result<Code> {
    let spec = match Earlier::find(&args.source.model)? {
        Some(earlier) => earlier.spec,
        None => {
            of_source(&args.source, typed, "why", &[Kind::Folder, Kind::Osemosys])?;
            of_one(RunSpec { solving: args.solving.wanted(), ..args.source.spec() }, "why")?
        }
    };
    let read = Given::open(&spec).read(&spec);
    tell_all(&read, args.quiet, &mut Printed::default());
    let Some(model) = &read.model else { return Ok(Code::BadInput) };
    let capacities = asked(model, &args.technology, args.region.as_deref())?;
    let year = asked_year(model, args.year)?;
    let out = study_folder(args.out.as_ref(), &spec, "why");
    let mut folder = OutputFolder::begin(&out, Holds::Why)?;
    folder.made_by(&serde_json::to_value(&spec)?, &input_files(&read.input));
    let mut found = solved(args, model, &capacities, &spec)?;
    if let Some(y) = year {
        found.units.retain(|unit| unit.year == y);
        found.fleets.retain(|fleet| fleet.year == y);
    }
    folder.add(TABLE, |out| figures::sheet(model, &found).write_csv(out))?;
    folder.commit(env!("CARGO_PKG_VERSION"))?;
    if args.json {
        print(&format!("{:#}\n", figures::json(model, &found)))?;
    } else if !args.quiet {
        print(&said::text(model, &found))?;
        print(&format!("results in {}\n", out.join(TABLE).display()))?;
    }
    Ok(if found.certified { Code::Done } else { Code::NotCertified })
}

fn solved(
    args: &args::Why,
    model: &Model,
    capacities: &[CapacityIx],
    spec: &RunSpec,
) -> Result<Earnings, SolveError> {
    let progress = Progress::new(args.quiet, args.solving.log);
    let watch = |event: Event<'_>| progress.event(event);
    let events = Events { stop: Some(stop_flag()), watch: Some(&watch) };
    let found = earnings(model, capacities, &spec.solving, &events);
    progress.done();
    found
}

/// The capacities of a technology, with its classes and what was commissioned in a year of it.
fn asked(model: &Model, name: &str, region: Option<&str>) -> anyhow::Result<Vec<CapacityIx>> {
    let in_region = |k: CapacityIx| {
        region.is_none_or(|region| model.regions[model.capacities[k].region].name == region)
    };
    let of_storage = |k: CapacityIx| {
        let capacity = &model.capacities[k];
        let is_part = |part: &str| matches!(part, "energy" | "charge");
        capacity.name.rsplit_once('.').is_some_and(|(_, part)| is_part(part))
            && model.storages.iter().any(|storage| {
                capacity.name.starts_with(&storage.name) && storage.region == capacity.region
            })
    };
    let is_it = |k: CapacityIx| {
        let rest = model.capacities[k].name.strip_prefix(name);
        rest.is_some_and(|rest| rest.is_empty() || (rest.starts_with('.') && !of_storage(k)))
    };
    let of_name: Vec<CapacityIx> = model.capacities.ixs().filter(|k| is_it(*k)).collect();
    let known = || model.capacities.iter().map(|capacity| capacity.name.as_str());
    if of_name.is_empty() {
        let hint = kzleap_input::nearest(name, known());
        let hint = hint.map_or_else(String::new, |name| format!("; did you mean `{name}`?"));
        let what = format!("no capacity is called `{name}`{hint}");
        return Err(WrongArguments(what).into());
    }
    let found: Vec<CapacityIx> = of_name.into_iter().filter(|k| in_region(*k)).collect();
    if found.is_empty() {
        let region = region.unwrap_or_default();
        let what = format!("there is no capacity `{name}` in a region `{region}`");
        return Err(WrongArguments(what).into());
    }
    Ok(found)
}

/// The milestone year asked for.
fn asked_year(model: &Model, year: Option<i32>) -> anyhow::Result<Option<YearIx>> {
    let Some(year) = year else { return Ok(None) };
    let mut years = model.time.years.iter_ix();
    if let Some((y, _)) = years.find(|(_, one)| one.milestone == year) {
        return Ok(Some(y));
    }
    let years = model.time.years.iter().map(|one| one.milestone.to_string());
    let years = years.collect::<Vec<_>>().join(", ");
    Err(WrongArguments(format!("{year} is no milestone year; there are {years}")).into())
}
