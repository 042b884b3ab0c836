//! Load that may be used at another time: a storage without losses that takes it away from some slices
//! and adds it to others.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::chronology::{Cycle, repeating};
use kzleap_model::units::HOURS_PER_YEAR;
use kzleap_model::{
    Amount, ByYear, Capacity, CapacityIx, CapacityUnit, DecidedBy, Demand, Family, Mode,
    Process, ProcessIx, Series, Storage, StorageIx, Tier,
};

use super::answers::ROUNDING;
use super::{Build, kinds};
use crate::numbers::shown;
use crate::reader::{Item, Reader};
use crate::registry::{AnswerFields, OF_POWER, shift};

/// What reports gather it under.
const CATEGORY: &str = "shifted demand";

/// Which way load is moved.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Taken away from a slice: as if a storage gave it.
    Away,
    /// Added to a slice: as if a storage took it.
    Added,
}

/// What is said of a part of a demand that may be used at another time.
pub(super) struct Shift<'a> {
    item: Item<'a>,
    share: ByYear,
    cycle: Cycle,
    hours: Option<f64>,
    most: Option<Series>,
}

/// Such a part.
struct Part<'a> {
    /// Its table.
    item: Item<'a>,
    /// What it uses in a year, by milestone year, in the unit of the commodity.
    annual: ByYear,
    /// Its storage.
    storage: StorageIx,
    unit: CapacityUnit,
}

/// Reads what may be shifted of a demand.
pub(super) fn read<'a>(
    rd: &mut Reader<'a>,
    item: &Item<'a>,
    fields: AnswerFields,
    region: &str,
) -> Option<Shift<'a>> {
    let item = item.inner(fields.shift)?;
    let share = rd.by_year(&item, shift::SHARE, Some(region));
    let cycle = rd.choice(&item, shift::CYCLE).and_then(Cycle::named);
    let hours = rd.number(&item, shift::HOURS, Some(region));
    let most = rd.series(&item, shift::MOST, Some(region));
    Some(Shift { share: share?, cycle: cycle?, hours, most, item })
}

impl Shift<'_> {
    /// Gives a demand the storage that shifts it.
    pub(super) fn of(self, rd: &mut Reader<'_>, build: &mut Build, demand: &mut Demand) {
        let Self { item, share, cycle, hours, most } = self;
        let Some(profile) = &demand.profile else {
            let message =
                format!("`{}` may be met at any time of the year already", demand.name);
            let hint = "leave `shift` out, or give a `profile` that it is shifted from";
            let diagnostic = Diagnostic::error("nothing-to-shift", message, item.place, "");
            rd.fail(&item, diagnostic.hint(hint));
            return;
        };
        // as multiples of its mean over the year
        let load = profile.with(&build.model.time.year_split, |part, of_year| {
            if of_year > 0.0 { part / of_year } else { 0.0 }
        });
        let room = match most {
            None => load.clone(),
            Some(most) => most.with(&load, |most, load| (most - load).max(0.0)),
        };
        if room.is_zero() {
            let message = "there is no time at which it may use more than it does";
            let place = item.place_of(shift::MOST);
            let diagnostic = Diagnostic::error("nothing-to-shift", message, place, "");
            rd.fail(
                &item,
                diagnostic.hint("`most` is a multiple of its mean load over the year"),
            );
            return;
        }
        if !apart(rd, &item, &share, demand) {
            return;
        }
        let unit = match build.model.commodities[demand.commodity].amount {
            Some(Amount::Energy) | None => CapacityUnit::Gigawatt,
            Some(amount) => CapacityUnit::PerYear(amount),
        };
        let annual: ByYear =
            share.iter().zip(&demand.annual).map(|(share, all)| share * all).collect();
        if annual.iter().all(|annual| *annual <= 0.0) {
            return; // none of it in any year
        }
        let storage = StorageIx::new(build.model.storages.len());
        let part = Part { item, annual, storage, unit };
        let (away, capacity) = process(rd, build, &part, demand, (Way::Away, load));
        let (added, _) = process(rd, build, &part, demand, (Way::Added, room));
        let hours = hours.unwrap_or(match cycle {
            Cycle::Day => 24.0,
            Cycle::Week => 7.0 * 24.0,
            Cycle::Season | Cycle::Year => HOURS_PER_YEAR,
        });
        let name = build.model.processes[away].name.clone();
        build.model.storages.push(Storage {
            name,
            region: demand.region,
            capacity,
            content_per_capacity: hours * unit.to_activity() / HOURS_PER_YEAR,
            minimum_level: build.every_year(0.0),
            chronology: repeating(&build.model.time, cycle, 0.0),
        });
        demand.shift = vec![away, added];
    }
}

/// Whether what is shifted and what the plan may do without are parts of their own: what nobody uses
/// cannot be used at another time. What goes unserved slice by slice pays for what it gives away.
fn apart(rd: &mut Reader<'_>, item: &Item<'_>, share: &[f64], demand: &Demand) -> bool {
    let both = share.iter().enumerate().map(|(y, share)| {
        let by_year = demand.steps.iter().filter(|step| step.by == DecidedBy::Year);
        let steps: f64 = by_year.map(|step| step.share[y]).sum();
        if *share > 0.0 && steps > 0.0 { share + steps } else { 0.0 }
    });
    let most = both.fold(0.0, f64::max);
    if most <= 1.0 + ROUNDING {
        return true;
    }
    let message = format!(
        "what is shifted of `{}` and its steps are {} of it together, and what is not served \
         cannot be shifted",
        demand.name,
        shown(most)
    );
    let diagnostic =
        Diagnostic::error("shares-above-one", message, item.place_of(shift::SHARE), "").hint(
            "lower one of the shares: what is shifted is of the demand that is in no step",
        );
    rd.fail(item, diagnostic);
    false
}

/// The process that moves it one way: as much of it as there is then, or as much as there is room.
fn process(
    rd: &mut Reader<'_>,
    build: &mut Build,
    part: &Part<'_>,
    demand: &Demand,
    (way, load): (Way, Series),
) -> (ProcessIx, CapacityIx) {
    let word = match way {
        Way::Away => "shift",
        Way::Added => "added",
    };
    let name = format!("{}.{word}", demand.name);
    let here = build.model.processes.iter().filter(|process| process.region == demand.region);
    if here.into_iter().any(|process| process.name == name) {
        let message =
            format!("shifted load of `{}` would be a second process `{name}`", demand.name);
        let hint = "give the branch a name that no commodity or resource has";
        let diagnostic = Diagnostic::error("name-taken", message, part.item.place, "");
        rd.fail(&part.item, diagnostic.hint(hint));
    }
    let highest = load.range().1;
    let category = kinds::like(build, CATEGORY, Family::Storage);
    let to_activity = part.unit.to_activity();
    let residual = part.annual.iter().map(|annual| annual / to_activity * highest).collect();
    let capacity = build.push_capacity(
        Capacity {
            name: name.clone(),
            region: demand.region,
            unit: part.unit,
            residual,
            investment: None,
            fixed_cost: build.every_year(0.0),
            fixed_cost_of_new: Vec::new(),
            lower: build.every_year(0.0),
            upper: build.every_year(f64::INFINITY),
            early_retirement: false,
            decommissioning_cost: None,
            early_retirement_cost: None,
            by_conversion: false,
        },
        &part.item.path,
        &OF_POWER,
    );
    let mut mode = Mode::new(word);
    let flow = (demand.commodity, Series::Constant(1.0));
    match way {
        Way::Away => {
            mode.outputs.push(flow);
            mode.discharges.push((part.storage, 1.0));
        }
        Way::Added => {
            mode.inputs.push(flow);
            mode.charges.push((part.storage, 1.0));
        }
    }
    let process = Process {
        name: name.clone(),
        label: name,
        category: category.name.clone(),
        family: category.family,
        captures: false,
        flow: None,
        region: demand.region,
        tier: Tier::Slice,
        modes: vec![mode],
        capacity: Some(capacity),
        capacity_to_activity: to_activity,
        parts: Vec::new(),
        availability: load.map(|load| load / highest),
        annual_availability: None,
        annual_minimum_load: None,
        minimum_load: None,
        ramp_per_hour: None,
    };
    (build.push_process(process, &part.item, Vec::new()), capacity)
}
