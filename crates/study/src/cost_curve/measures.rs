//! What differs between two plans of a curve of costs.

use std::collections::BTreeMap;

use kzleap_accounts::Accounts;
use kzleap_accounts::emissions::{EXOGENOUS, Source};
use kzleap_accounts::owners::{LINK, main_output};
use kzleap_model::policy::CapWindow;
use kzleap_model::{Model, RegionIx, Solution, YearIx};

use super::MovedLimit;

/// Less than this of the largest of its kind is rounding.
const ROUNDING: f64 = 1e-9;

/// What a measure is a change of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MeasureKind {
    /// What a category emits that counts under the moved caps.
    Emissions,
    /// What a process does.
    Activity,
    /// What is in service.
    Capacity,
}

/// A difference between a plan and another.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// Of what.
    pub kind: MeasureKind,
    /// Name of the category, process or capacity.
    pub name: String,
    /// Where; of emissions all regions of the cap together.
    pub region: Option<RegionIx>,
    /// When.
    pub year: YearIx,
    /// What the other plan has more, in `unit`.
    pub change: f64,
    /// Its unit.
    pub unit: String,
}

impl MeasureKind {
    /// As tables write it.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Emissions => "emissions",
            Self::Activity => "activity",
            Self::Capacity => "capacity",
        }
    }
}

/// What is the same in both plans, with the amounts of each.
type Amounts = BTreeMap<(MeasureKind, String, Option<RegionIx>, YearIx, String), [f64; 2]>;

/// What differs between two plans: by kind, the largest changes first.
pub fn measures(model: &Model, moved: &[MovedLimit], plans: [&Solution; 2]) -> Vec<Measure> {
    let mut amounts = Amounts::new();
    for (at, plan) in plans.into_iter().enumerate() {
        add_emissions(&mut amounts, model, moved, plan, at);
        add_work(&mut amounts, model, plan, at);
    }
    let mut largest = BTreeMap::<(MeasureKind, String), f64>::new();
    for ((kind, .., unit), values) in &amounts {
        let most = largest.entry((*kind, unit.clone())).or_default();
        *most = values.iter().fold(*most, |most, value| most.max(value.abs()));
    }
    let mut found = Vec::new();
    for ((kind, name, region, year, unit), [before, after]) in amounts {
        let change = after - before;
        if change.abs() > ROUNDING * largest[&(kind, unit.clone())] {
            found.push(Measure { kind, name, region, year, change, unit });
        }
    }
    found.sort_by(|one, other| {
        one.kind.cmp(&other.kind).then(other.change.abs().total_cmp(&one.change.abs()))
    });
    found
}

/// Emissions that count under the moved caps, in the years of the moved limits.
fn add_emissions(
    amounts: &mut Amounts,
    model: &Model,
    moved: &[MovedLimit],
    plan: &Solution,
    at: usize,
) {
    let accounts = Accounts::new(model, plan);
    for limit in moved {
        let cap = &model.emission_caps[limit.cap];
        let unit = format!("{}/a", cap.unit_text(model));
        let counts = |y: YearIx| match (limit.year, &cap.window) {
            (Some(year), _) => y == year,
            (None, CapWindow::Budget { first, last, .. }) => {
                let year = &model.time.years[y];
                year.first <= *last && year.last >= *first
            }
            (None, CapWindow::EachYear(_)) => false,
        };
        for (emitted, weight) in accounts.counted_under(cap) {
            let category = match emitted.source {
                Source::Process(p) => &model.processes[p].category,
                Source::Link(_) => LINK,
                Source::Demand(row) => row,
                Source::Exogenous => EXOGENOUS,
            };
            for y in model.time.years.ixs().filter(|y| counts(*y)) {
                let key = (MeasureKind::Emissions, category.to_owned(), None, y, unit.clone());
                amounts.entry(key).or_default()[at] += weight * emitted.by_year[y.get()];
            }
        }
    }
}

/// What processes do, and what is in service.
fn add_work(amounts: &mut Amounts, model: &Model, plan: &Solution, at: usize) {
    let accounts = Accounts::new(model, plan);
    for y in model.time.years.ixs() {
        for (p, process) in model.processes.iter_ix() {
            let of_mode = |mode| accounts.activity(p, mode, y.get());
            let activity: f64 = (0..process.modes.len()).map(of_mode).sum();
            let used = || process.modes.iter().find_map(|mode| mode.inputs.first());
            let of = main_output(process).or_else(|| used().map(|(commodity, _)| *commodity));
            let unit = of.map_or("PJ", |c| model.commodities[c].unit());
            let unit = format!("{unit}/a");
            let key =
                (MeasureKind::Activity, process.name.clone(), Some(process.region), y, unit);
            amounts.entry(key).or_default()[at] += activity;
        }
        for (k, capacity) in model.capacities.iter_ix() {
            let unit = capacity.unit.text().to_owned();
            let key =
                (MeasureKind::Capacity, capacity.name.clone(), Some(capacity.region), y, unit);
            amounts.entry(key).or_default()[at] += plan.capacity[(k.get(), y.get())];
        }
    }
}
