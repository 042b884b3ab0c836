//! `kzleap ranges`: how far indicators may be from their values in plans that cost a little more.

use kzleap_model::{Model, UserRow};
use kzleap_output::{Holds, OutputFolder};
use kzleap_report::sheet::{Cell, Column, Sheet, number, text};
use kzleap_study::{Event, Events, Given, Kind, NearOptimal, RunSpec, near_optimal, settled};

use crate::args::{Ranges, Typed};
use crate::exit::{Code, WrongArguments};
use crate::output::print;
use crate::progress::{Progress, stop_flag};

use super::info::input_files;
use super::kind::{of_one, of_source};
use super::read::read;
use super::run::study_folder;
use super::say::{cost, short};

/// The table of all ranges.
const TABLE: &str = "ranges.csv";

const COLUMNS: &[Column] = &[
    Column { key: "indicator", meaning: "name of the indicator" },
    Column { key: "unit", meaning: "unit of `planned`, `least` and `most`" },
    Column { key: "year", meaning: "milestone year, or `horizon`" },
    Column {
        key: "within",
        meaning: "how much more a plan may cost than the least-cost plan, of what is minimised",
    },
    Column { key: "planned", meaning: "what it is in the least-cost plan" },
    Column { key: "least", meaning: "the least it may be; empty where nothing limits it" },
    Column { key: "most", meaning: "the most it may be; empty where nothing limits it" },
    Column { key: "cost_of_least", meaning: "what the plan of the least costs, millions" },
    Column { key: "cost_of_most", meaning: "what the plan of the most costs, millions" },
    Column {
        key: "certified",
        meaning: "`yes` where it is certified that no plan within the budget goes further",
    },
];

/// Reads a budget in per cent, as a ratio.
///
/// # Errors
/// In words, if it is none.
pub(crate) fn budget(typed: &str) -> Result<f64, String> {
    let percent = typed.trim().trim_end_matches('%').parse::<f64>();
    match percent {
        Ok(percent) if (0.0..=100.0).contains(&percent) => Ok(percent / 100.0),
        _ => Err("a number of per cent from 0 to 100 is needed, such as 0.5".to_owned()),
    }
}

/// Finds the ranges, prints them, and writes them down.
pub(crate) fn ranges(args: &Ranges, typed: &Typed<'_>) -> anyhow::Result<Code> {
    of_source(&args.source, typed, "ranges", &[Kind::Folder])?;
    let one = of_one(args.source.spec(), "ranges")?;
    let spec = RunSpec { solving: args.solving.wanted(), ..one };
    let read = read(&spec, args.quiet);
    let (read, spec) = settled(&Given::open(&spec), read, &spec, &Events::default());
    let Some(model) = &read.model else { return Ok(Code::BadInput) };
    let indicators = wanted(model, args).map_err(WrongArguments)?;
    let mut within = args.within.clone();
    within.sort_by(f64::total_cmp);
    within.dedup();
    let out = study_folder(args.out.as_ref(), &spec, "ranges");
    let mut folder = OutputFolder::begin(&out, Holds::Ranges)?;
    folder.made_by(&serde_json::to_value(&spec)?, &input_files(&read.input));
    let progress = Progress::new(args.quiet, args.solving.log);
    let watch = |event: Event<'_>| progress.event(event);
    let events = Events { stop: Some(stop_flag()), watch: Some(&watch) };
    let found = near_optimal(model, &indicators, &within, &spec.solving.options(), &events);
    progress.done();
    let found = found?;
    folder.add(TABLE, |out| sheet(model, &found).write_csv(out))?;
    folder.commit(env!("CARGO_PKG_VERSION"))?;
    if !args.quiet {
        print(&said(model, &found))?;
        print(&format!("results in {}\n", out.join(TABLE).display()))?;
    }
    let ends = found.ranges.iter().flat_map(|range| [range.least, range.most]);
    let certified = found.certified && ends.into_iter().all(|end| end.certified);
    Ok(if certified { Code::Done } else { Code::NotCertified })
}

/// The rules of the model that are the indicators asked for, in the years asked for.
fn wanted(model: &Model, args: &Ranges) -> Result<Vec<usize>, String> {
    let rows = || model.user_rows.iter().enumerate().filter(|(_, row)| row.is_indicator());
    let mut known: Vec<&str> = rows().map(|(_, row)| row.name.as_str()).collect();
    known.dedup();
    if known.is_empty() {
        return Err(
            "the model has no indicators: say with `[indicators.NAME]` what to look at"
                .to_owned(),
        );
    }
    for name in &args.indicators {
        if !known.contains(&name.as_str()) {
            return Err(format!("no indicator `{name}`; known: {}", known.join(", ")));
        }
    }
    let years: Vec<i32> = model.time.years.iter().map(|year| year.milestone).collect();
    for year in &args.years {
        if !years.contains(year) {
            let known: Vec<String> = years.iter().map(ToString::to_string).collect();
            let known = known.join(", ");
            return Err(format!("{year} is no milestone year; there are {known}"));
        }
    }
    let year_of = |row: &UserRow| {
        let year = row.stated.as_ref().and_then(|stated| stated.year);
        year.map(|year| model.time.years[year].milestone)
    };
    let is_wanted = |row: &UserRow| {
        let named = args.indicators.is_empty() || args.indicators.contains(&row.name);
        let in_year = args.years.is_empty()
            || year_of(row).is_some_and(|year| args.years.contains(&year));
        named && in_year
    };
    Ok(rows().filter(|(_, row)| is_wanted(row)).map(|(at, _)| at).collect())
}

/// The unit of an indicator, and when it is.
fn unit_and_time(model: &Model, at: usize) -> (String, Option<i32>) {
    let stated = model.user_rows[at].stated.as_ref();
    let year = stated.and_then(|stated| stated.year);
    let unit = stated.map_or_else(String::new, |stated| stated.unit.clone());
    (unit, year.map(|year| model.time.years[year].milestone))
}

fn sheet<'a>(model: &'a Model, found: &NearOptimal) -> Sheet<'a> {
    let mut sheet = Sheet::new("ranges", "Ranges of indicators", COLUMNS);
    let budgets = found.ranges.len() / found.planned.len().max(1);
    for (at, range) in found.ranges.iter().enumerate() {
        let (unit, year) = unit_and_time(model, range.indicator);
        let certified = range.least.certified && range.most.certified;
        sheet.row([
            text(&model.user_rows[range.indicator].name),
            text(unit),
            year.map_or_else(|| text("horizon"), Cell::Year),
            Cell::Number(range.within),
            Cell::Number(found.planned[at / budgets]),
            Cell::Number(range.least.value),
            Cell::Number(range.most.value),
            Cell::Number(range.least.cost),
            Cell::Number(range.most.cost),
            text(if certified { "yes" } else { "no" }),
        ]);
    }
    sheet
}

/// What people read: a line for each indicator and year, with the ranges of all budgets.
fn said(model: &Model, found: &NearOptimal) -> String {
    let mut out = format!(
        "least cost {} million {}; of plans within so much more, each end is of a plan of its own\n",
        cost(found.cost),
        model.currency
    );
    let budgets = found.ranges.len() / found.planned.len().max(1);
    for (ranges, planned) in found.ranges.chunks(budgets.max(1)).zip(&found.planned) {
        let (unit, year) = unit_and_time(model, ranges[0].indicator);
        let name = &model.user_rows[ranges[0].indicator].name;
        let when = year.map_or_else(|| "horizon".to_owned(), |year| year.to_string());
        let of_budget = ranges.iter().map(|range| {
            let (least, most) = (short(range.least.value), short(range.most.value));
            format!("{}%: {least} to {most}", number(100.0 * range.within))
        });
        let of_budget: Vec<String> = of_budget.collect();
        let planned = short(*planned);
        out += &format!("  {name} {when}: {planned} {unit}; {}\n", of_budget.join("; "));
    }
    out
}
