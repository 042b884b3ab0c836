//! A plan held against every hour of its years: what `run --check-hours` and `dispatch` share.

use kzleap_model::Model;
use kzleap_report::hours::{HourCheck, Planned, Quantity, Row, Verdict};
use kzleap_study::{Dispatched, NotOperated, Round};

use crate::exit::WrongArguments;

use super::say::{cost, list};

/// Milestone years separated by commas; none for all of them.
#[derive(Clone, Debug)]
pub(crate) struct CheckedYears(pub(crate) Vec<i32>);

impl std::str::FromStr for CheckedYears {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let year = |word: &str| {
            let year = word.trim().parse();
            year.map_err(|_| format!("`{word}` is not a year; write 2030 or 2030,2060"))
        };
        let words = text.split(',').filter(|word| !word.is_empty());
        words.map(year).collect::<Result<_, String>>().map(Self)
    }
}

/// What is said where a model has no hours.
pub(crate) const NO_HOURS: &str = "the model has no hourly tables: it says nothing of single hours\nname them under [hourly] \
                                   in the model";

/// Refuses years that the model does not have, and models without hours.
pub(crate) fn can_be_looked_at(model: &Model, years: &[i32]) -> Result<(), WrongArguments> {
    if model.time.calendar.is_empty() {
        return Err(WrongArguments(NO_HOURS.to_owned()));
    }
    let known = |year: &&i32| model.time.years.iter().any(|known| known.milestone == **year);
    match years.iter().find(|year| !known(year)) {
        Some(year) => {
            Err(WrongArguments(format!("{year} is not a milestone year of the model")))
        }
        None => Ok(()),
    }
}

/// A year that cannot be operated, as an error of the command.
pub(crate) fn not_operated(none: NotOperated) -> anyhow::Error {
    let NotOperated { year, error, rules } = none;
    let mut context = format!("the hours of {year}");
    if !rules.is_empty() {
        context.push_str(": with the capacities of the plan these rules cannot be kept");
        list(&mut context, &rules);
    }
    anyhow::Error::new(error).context(context)
}

/// What the hours of some years make of a plan.
pub(crate) fn check(
    dispatched: &[Dispatched],
    rounds: &[Round],
    planned: &Planned,
) -> HourCheck {
    let round = |round: &Round| {
        let Round { slices, planned, operated, holds } = *round;
        kzleap_report::hours::Round { slices, planned, operated, holds }
    };
    let rounds = rounds.iter().map(round).collect();
    let mut check = HourCheck { rounds, ..HourCheck::default() };
    for hours in dispatched {
        check.add(hours.year, &hours.accounts(), hours.certified, &hours.caps, planned);
    }
    check
}

/// A line for each year that fails, and one for those that hold.
pub(crate) fn verdicts(check: &HourCheck) -> Vec<String> {
    let failure = |verdict: &Verdict| {
        let why = check.failure(verdict)?;
        Some(format!("  hours      {} DOES NOT HOLD over all hours: {why}", verdict.year))
    };
    let mut lines: Vec<String> = check.verdicts.iter().filter_map(failure).collect();
    let holds = check.verdicts.iter().filter(|verdict| check.failure(verdict).is_none());
    let holds: Vec<String> = holds.map(|verdict| verdict.year.to_string()).collect();
    if !holds.is_empty() {
        lines.push(format!("  hours      holds over all hours of {}", holds.join(", ")));
    }
    if !check.rounds.is_empty() {
        let costs = check.rounds.iter().map(|round| cost(round.operated)).collect::<Vec<_>>();
        let plural = if costs.len() == 1 { "plan" } else { "plans" };
        lines.push(format!(
            "  refined    {} {plural}, which cost once they are operated {}: the last is given",
            costs.len(),
            costs.join(", ")
        ));
    }
    lines
}

/// The figures of each year in a few lines.
pub(crate) fn text(check: &HourCheck) -> String {
    let mut text = String::new();
    for verdict in &check.verdicts {
        let year = verdict.year;
        text.push_str(&format!("{year}\n"));
        for quantity in [Quantity::Unserved, Quantity::UnservedHours] {
            for Row { hours, unit, region, commodity, .. } in check.rows_of(year, quantity) {
                let name = quantity.name();
                text.push_str(&format!(
                    "  {name:<14} {hours:>12.1} {unit}  {region} {commodity}\n"
                ));
            }
        }
        let limits = check.rows_of(year, Quantity::Limit);
        for (row, limit) in check.rows_of(year, Quantity::Emissions).zip(limits) {
            let Row { hours, unit, of, .. } = row;
            let limit = limit.hours;
            text.push_str(&format!(
                "  emissions      {hours:>12.3} {unit} beside {limit:.3} of cap {of}\n"
            ));
        }
        text.push_str(&changed(check, year));
        text.push_str(&format!(
            "  unused         {:>12.1} % of what wind, sun and rivers could make\n",
            100.0 * verdict.unused_share
        ));
        let line = match check.failure(verdict) {
            None => "holds over all hours".to_owned(),
            Some(why) => format!("DOES NOT HOLD over all hours: {why}"),
        };
        text.push_str(&format!("  the plan of {year} {line}\n"));
    }
    text
}

/// The classes whose generation differs most from that of the plan.
fn changed(check: &HourCheck, year: i32) -> String {
    const SHOWN: usize = 8;
    let by = |row: &Row| (row.hours - row.plan.unwrap_or_default()).abs();
    let mut changed: Vec<&Row> = check
        .rows_of(year, Quantity::Generation)
        .filter(|row| by(row) > 0.005 * row.hours.abs())
        .collect();
    changed.sort_by(|a, b| by(b).total_cmp(&by(a)));
    let line = |row: &&Row| {
        let Row { hours, unit, region, of, commodity, .. } = row;
        let plan = row.plan.unwrap_or_default();
        format!(
            "  generation     {hours:>12.0} {unit}, in the plan {plan:.0}: {region} {of} of \
             {commodity}\n"
        )
    };
    changed.iter().take(SHOWN).map(line).collect()
}
