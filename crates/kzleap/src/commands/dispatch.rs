//! `kzleap dispatch`: the capacities of a run held against the hours of its years.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context, bail};
use kzleap_input::Change;
use kzleap_model::units::PJ_PER_GWH;
use kzleap_model::{Amount, CommodityIx, Model};
use kzleap_output::{Holds, OutputFolder};
use kzleap_report::tables;
use kzleap_study::{Dispatched, Event, Events, dispatch as over_hours};
use serde::Serialize;

use crate::args::Dispatch;
use crate::exit::{Code, WrongArguments};
use crate::output::print;
use crate::progress::{Progress, stop_flag};

use super::earlier::Earlier;

/// More slices than a year has hours: all of them.
const ALL_HOURS: usize = 8784;
/// Up to this share of its whole, demand may go unserved and a cap may be broken: what a plan of
/// fewer slices cannot see and an operator can mend.
const TOLERANCE: f64 = 1e-4;
/// The table of results.
const TABLE: &str = "dispatch.csv";
/// The verdict.
const VERDICT: &str = "dispatch.json";

/// One figure of the plan beside what the hours make of it.
#[derive(Debug, Serialize)]
struct Row {
    year: i32,
    region: String,
    /// What is compared: `unserved`, `curtailed`, `surplus`, `generation`, `emissions` under a cap.
    quantity: &'static str,
    /// Of which commodity, process or cap.
    of: String,
    unit: String,
    /// In the plan; empty where its tables do not say.
    plan: Option<f64>,
    /// Over the hours.
    hours: f64,
}

/// A year in one line.
#[derive(Debug, Serialize)]
struct Verdict {
    year: i32,
    /// Whether all demand is met and every cap is kept.
    holds: bool,
    certified: bool,
    /// Most demand of a commodity in a region that goes unserved, as a share.
    largest_unserved_share: f64,
    /// Share of what wind, sun and rivers could have made that is curtailed or thrown away.
    unused_share: f64,
    /// Largest excess over a cap, as a share of the cap.
    largest_excess: f64,
}

/// Dispatches each year, prints what was found, and writes it down.
pub(crate) fn dispatch(args: &Dispatch) -> anyhow::Result<Code> {
    let Some(mut earlier) = Earlier::find(&args.run)? else {
        let why = format!("`{}` is not the folder of a run", args.run.display());
        return Err(WrongArguments(why).into());
    };
    earlier.spec.resolution.slices = Some(ALL_HOURS);
    earlier.spec.resolution.periods = None;
    if let Some(year) = args.weather_year {
        earlier.spec.changes.push(Change::set("time.weather_year", f64::from(year)));
    }
    let Some(read) = earlier.read()? else { return Ok(Code::BadInput) };
    let Some(model) = read.model else { return Ok(Code::BadInput) };
    if model.time.calendar.is_empty() {
        bail!(
            "the model of this run has no hourly tables: it says nothing of single hours\nname them \
             under [hourly] in the model"
        );
    }
    let capacity = tables::capacity::read(&earlier.text("tables/capacity.csv")?, &model);
    let capacity = match capacity {
        Ok(capacity) => capacity.rows().into_iter().map(|row| row.to_vec()).collect::<Vec<_>>(),
        Err(why) => bail!("tables/capacity.csv in `{}`: {why}", earlier.folder.display()),
    };
    let planned = planned(&earlier.text("tables/generation_annual.csv")?)?;
    let known = |year: &i32| model.time.years.iter().any(|known| known.milestone == *year);
    if let Some(unknown) = args.years.iter().find(|year| !known(year)) {
        let why = format!("{unknown} is not a milestone year of the model");
        return Err(WrongArguments(why).into());
    }
    let out = args.out.clone().unwrap_or_else(|| beside(&earlier.folder));
    let mut folder = OutputFolder::begin(&out, Holds::Dispatch)?;
    folder.made_by(&serde_json::to_value(&earlier.spec)?, &earlier.manifest.inputs);
    let progress = Progress::new(args.json, args.solving.log);
    let watch = |event: Event<'_>| progress.event(event);
    let events = Events { stop: Some(stop_flag()), watch: Some(&watch) };
    let spec = kzleap_study::RunSpec { solving: args.solving.wanted(), ..earlier.spec.clone() };
    let (mut rows, mut verdicts) = (Vec::new(), Vec::new());
    for (y, year) in model.time.years.iter_ix() {
        if !args.years.is_empty() && !args.years.contains(&year.milestone) {
            continue;
        }
        let hours = over_hours(&model, &capacity, y, &spec, &events)
            .with_context(|| format!("the hours of {}", year.milestone))?;
        rows.extend(rows_of(&hours, &planned));
        verdicts.push(verdict(&hours));
    }
    progress.done();
    let mut table = csv::Writer::from_writer(Vec::new());
    for row in &rows {
        table.serialize(row)?;
    }
    folder.add_text(TABLE, &String::from_utf8(table.into_inner()?)?)?;
    folder.add_text(VERDICT, &(serde_json::to_string_pretty(&verdicts)? + "\n"))?;
    folder.commit(env!("CARGO_PKG_VERSION"))?;
    if args.json {
        print(&(serde_json::to_string_pretty(&verdicts)? + "\n"))?;
    } else {
        print(&text(&rows, &verdicts))?;
        print(&format!("results in {}\n", out.join(TABLE).display()))?;
    }
    let holds = verdicts.iter().all(|verdict| verdict.holds && verdict.certified);
    Ok(if holds { Code::Done } else { Code::NotCertified })
}

/// The folder beside that of a run.
fn beside(run: &std::path::Path) -> PathBuf {
    let name =
        run.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    run.with_file_name(format!("{name}-hours"))
}

/// What the plan makes of commodities a year, by region, process, commodity and year.
fn planned(text: &str) -> anyhow::Result<BTreeMap<(String, String, String, String), f64>> {
    let mut planned = BTreeMap::new();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    for row in reader.records() {
        let row = row.context("tables/generation_annual.csv")?;
        let cell = |at: usize| row.get(at).unwrap_or_default().to_owned();
        let amount: f64 = cell(7).parse().context("tables/generation_annual.csv")?;
        *planned.entry((cell(0), cell(1), cell(3), cell(6))).or_insert(0.0) += amount;
    }
    Ok(planned)
}

fn rows_of(
    hours: &Dispatched,
    planned: &BTreeMap<(String, String, String, String), f64>,
) -> Vec<Row> {
    let model = &hours.model;
    let year = hours.year;
    let region = |r: kzleap_model::RegionIx| model.regions[r].name.clone();
    let mut rows = Vec::new();
    for unserved in hours.unserved() {
        let (factor, unit) = shown(model, unserved.commodity);
        let of = model.commodities[unserved.commodity].name.clone();
        let region = region(unserved.region);
        let amount = unserved.amount * factor;
        let row = |quantity, unit: String, hours| Row {
            year,
            region: region.clone(),
            quantity,
            of: of.clone(),
            unit,
            plan: None,
            hours,
        };
        rows.push(row("unserved", format!("{unit}/a"), amount));
        rows.push(row("unserved_hours", "h/a".to_owned(), unserved.hours));
    }
    for curtailed in hours.curtailed() {
        let process = &model.processes[curtailed.process];
        rows.push(Row {
            year,
            region: region(process.region),
            quantity: "curtailed",
            of: process.name.clone(),
            unit: "GWh/a".to_owned(),
            plan: None,
            hours: curtailed.amount / PJ_PER_GWH,
        });
    }
    for (r, commodity, amount) in hours.surplus() {
        let (factor, unit) = shown(model, commodity);
        rows.push(Row {
            year,
            region: region(r),
            quantity: "surplus",
            of: model.commodities[commodity].name.clone(),
            unit: format!("{unit}/a"),
            plan: None,
            hours: amount * factor,
        });
    }
    for (p, commodity, amount) in hours.made() {
        let process = &model.processes[p];
        if model.commodities[commodity].tier == kzleap_model::Tier::Annual {
            continue;
        }
        let (factor, unit) = shown(model, commodity);
        let name = model.commodities[commodity].name.clone();
        let key =
            (region(process.region), process.name.clone(), name.clone(), year.to_string());
        rows.push(Row {
            year,
            region: region(process.region),
            quantity: "generation",
            of: format!("{} of {name}", process.name),
            unit: format!("{unit}/a"),
            plan: Some(planned.get(&key).copied().unwrap_or(0.0) * factor),
            hours: amount * factor,
        });
    }
    for cap in &hours.caps {
        let of = model.emission_caps.iter().find(|known| known.name == cap.name);
        let unit = of.map_or("", |of| of.unit_text(model));
        rows.push(Row {
            year,
            region: String::new(),
            quantity: "emissions",
            of: cap.name.clone(),
            unit: format!("{unit}/a"),
            plan: Some(cap.limit),
            hours: cap.emitted,
        });
    }
    rows
}

/// Energy of electricity and heat is shown in GWh, all else in the unit of the model.
fn shown(model: &Model, commodity: CommodityIx) -> (f64, &'static str) {
    let commodity = &model.commodities[commodity];
    match commodity.amount {
        Some(Amount::Energy) => (1.0 / PJ_PER_GWH, "GWh"),
        _ => (1.0, commodity.unit()),
    }
}

fn verdict(hours: &Dispatched) -> Verdict {
    let largest = |values: &mut dyn Iterator<Item = f64>| values.fold(0.0, f64::max);
    let excess = |cap: &kzleap_study::CapKept| {
        (cap.emitted - cap.limit) / cap.limit.abs().max(f64::MIN_POSITIVE)
    };
    Verdict {
        year: hours.year,
        holds: hours.holds(TOLERANCE),
        certified: hours.certified,
        largest_unserved_share: largest(&mut hours.unserved().iter().map(|one| one.share)),
        unused_share: hours.unused_share(),
        largest_excess: largest(&mut hours.caps.iter().map(excess)),
    }
}

fn text(rows: &[Row], verdicts: &[Verdict]) -> String {
    let mut text = String::new();
    for verdict in verdicts {
        let of_year = || rows.iter().filter(|row| row.year == verdict.year);
        text.push_str(&format!("{}\n", verdict.year));
        for row in of_year().filter(|row| row.quantity.starts_with("unserved")) {
            text.push_str(&format!(
                "  {:<14} {:>12.1} {}  {} {}\n",
                row.quantity, row.hours, row.unit, row.region, row.of
            ));
        }
        for row in of_year().filter(|row| row.quantity == "emissions") {
            text.push_str(&format!(
                "  emissions      {:>12.3} {} beside {:.3} of cap {}\n",
                row.hours,
                row.unit,
                row.plan.unwrap_or_default(),
                row.of
            ));
        }
        let mut changed: Vec<&Row> = of_year()
            .filter(|row| row.quantity == "generation")
            .filter(|row| {
                (row.hours - row.plan.unwrap_or_default()).abs() > 0.005 * row.hours.abs()
            })
            .collect();
        let by = |row: &Row| (row.hours - row.plan.unwrap_or_default()).abs();
        changed.sort_by(|a, b| by(b).total_cmp(&by(a)));
        for row in changed.iter().take(8) {
            text.push_str(&format!(
                "  generation     {:>12.0} {}, in the plan {:.0}: {} {}\n",
                row.hours,
                row.unit,
                row.plan.unwrap_or_default(),
                row.region,
                row.of
            ));
        }
        text.push_str(&format!(
            "  unused         {:>12.1} % of what wind, sun and rivers could make\n",
            100.0 * verdict.unused_share
        ));
        let line = if verdict.holds {
            "holds over all hours"
        } else {
            "DOES NOT HOLD over all hours: demand goes unserved, or a cap is broken"
        };
        let line = if verdict.certified { line } else { "NOT CERTIFIED" };
        text.push_str(&format!("  the plan of {} {line}\n", verdict.year));
    }
    text
}
