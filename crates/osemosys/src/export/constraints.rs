//! Constraints in the modeller's own terms, and limits on several processes or capacities, as
//! user-defined constraints of OSeMOSYS: sums by region and year of capacity, new capacity and
//! activity.

use std::borrow::Cow;

use kzleap_model::policy::{ActivityLimit, ActivityWindow, CapacityKind, CapacityLimit, Sense};
use kzleap_model::user_rows::{Number, Quantity, Stated, UserTerm};
use kzleap_model::{
    CapacityIx, CommodityIx, EmissionIx, Model, Process, ProcessIx, Series, UserRow, YearIx,
};

use super::UNLIMITED;
use super::from_model::Export;
use crate::parameters::{P, SetId};

/// The rows of a rule.
pub(super) struct Rule<'m> {
    pub(super) name: String,
    /// What the model calls it.
    of: String,
    sense: Sense,
    rows: Vec<Cow<'m, UserRow>>,
}

/// What a term is there.
enum Counted {
    InService(CapacityIx),
    New(CapacityIx),
    /// Activity, with how much each unit of it counts.
    Activity(ProcessIx, f64),
}

/// The rules of a model, each with all its years, named for the set of OSeMOSYS.
pub(super) fn rules<'m>(export: &mut Export<'m>) -> Vec<Rule<'m>> {
    let model = export.model;
    let mut rules: Vec<Rule<'m>> = Vec::new();
    for row in model.user_rows.iter().filter(|row| !row.is_indicator()) {
        let Some(stated) = &row.stated else {
            export.refuse(format!("`{}`: a rule of another tool", row.name));
            continue;
        };
        let name = format!("{}_{}", row.name, stated.word(row.sense));
        match rules.last_mut().filter(|rule| rule.name == name) {
            Some(rule) => rule.rows.push(Cow::Borrowed(row)),
            None => {
                let of = format!("constraint `{}`", row.name);
                rules.push(Rule { name, of, sense: row.sense, rows: vec![Cow::Borrowed(row)] });
            }
        }
    }
    rules.extend(limits(model).into_iter().chain(least_use(model)));
    rules
}

/// Limits on several capacities, or several processes, as sums.
fn limits<'m>(model: &Model) -> Vec<Rule<'m>> {
    let mut rules = Vec::new();
    for limit in &model.capacity_limits {
        let count = match limit.of {
            CapacityKind::InService => Quantity::InService,
            CapacityKind::New => Quantity::New,
            CapacityKind::Converted => continue, // said of all retrofits
        };
        let quantities: Vec<Quantity> = limit.capacities.iter().copied().map(count).collect();
        let name = (CapacityLimit::COLLECTION, &*limit.name);
        rules.extend(between(model, name, &quantities, (&limit.lower, &limit.upper)));
    }
    for limit in model.activity_limits.iter().filter(|limit| limit.processes.len() > 1) {
        if let ActivityWindow::EachYear { lower, upper } = &limit.window {
            let quantity = |(p, mode): &(ProcessIx, _)| Quantity::Activity(*p, *mode);
            let quantities: Vec<Quantity> = limit.processes.iter().map(quantity).collect();
            let name = (ActivityLimit::COLLECTION, &*limit.name);
            rules.extend(between(model, name, &quantities, (lower, upper)));
        }
    }
    rules
}

/// A sum between two bounds.
fn between<'m>(
    model: &Model,
    (collection, name): (&str, &str),
    quantities: &[Quantity],
    (lower, upper): (&[f64], &[f64]),
) -> Vec<Rule<'m>> {
    let of_sense = |(sense, bounds): (Sense, &[f64])| {
        let rows = model.time.years.ixs().filter_map(|y| {
            let bound = bounds[y.get()];
            let says_nothing = bound.is_infinite() || (sense == Sense::AtLeast && bound <= 0.0);
            let term = |quantity: &Quantity| UserTerm::new(*quantity, y, 1.0);
            let terms = quantities.iter().map(term).collect();
            (!says_nothing).then(|| row(name, y, terms, (sense, bound)))
        });
        let rows: Vec<Cow<'m, UserRow>> = rows.map(Cow::Owned).collect();
        let word = if sense == Sense::AtMost { "at_most" } else { "at_least" };
        let (of, name) = (format!("`{name}`"), format!("{collection}_{name}_{word}"));
        (!rows.is_empty()).then_some(Rule { name, of, sense, rows })
    };
    [(Sense::AtMost, upper), (Sense::AtLeast, lower)].into_iter().filter_map(of_sense).collect()
}

/// Least use of capacity over the year: activity less a share of what the capacity could do.
fn least_use<'m>(model: &Model) -> Vec<Rule<'m>> {
    let rule = |(p, process): (ProcessIx, &Process)| {
        let (shares, k) = (process.annual_minimum_load.as_ref()?, process.capacity?);
        let row_of = |y: YearIx| {
            let could = shares[y.get()] * process.capacity_to_activity;
            let terms = vec![
                UserTerm::new(Quantity::Activity(p, None), y, 1.0),
                UserTerm::new(Quantity::InService(k), y, -could),
            ];
            Cow::Owned(row(&process.name, y, terms, (Sense::AtLeast, 0.0)))
        };
        let region = &model.regions[process.region].name;
        Some(Rule {
            name: format!("least_use_{region}_{}", process.name),
            of: format!("`{}`: its minimum load", process.name),
            sense: Sense::AtLeast,
            rows: model.time.years.ixs().map(row_of).collect(),
        })
    };
    model.processes.iter_ix().filter_map(rule).collect()
}

/// A row of one year.
fn row(name: &str, y: YearIx, terms: Vec<UserTerm>, (sense, bound): (Sense, f64)) -> UserRow {
    let mut row = UserRow::new(name.to_owned(), terms, sense, bound);
    row.stated = Some(Stated { year: Some(y), number: Number::Bound, unit: String::new() });
    row
}

/// Writes every rule, or says what OSeMOSYS lacks for it.
pub(super) fn add(export: &mut Export<'_>, rules: &[Rule<'_>]) {
    for (u, rule) in rules.iter().enumerate() {
        if let Err(why) = one(export, u, rule) {
            export.refuse(format!("{}: {why}", rule.of));
        }
    }
}

fn one(export: &mut Export<'_>, u: usize, rule: &Rule<'_>) -> Result<(), String> {
    let years = export.model.time.years.len();
    if rule.sense == Sense::Equal && rule.rows.len() < years {
        return Err("`equal` in some of the years".to_owned());
    }
    let region = region_of(export, rule)?;
    // a year without the rule has one that says nothing
    let idle = if rule.sense == Sense::AtLeast { -UNLIMITED } else { UNLIMITED };
    let mut constants = vec![idle; years];
    for row in &rule.rows {
        let stated = row.stated.as_ref();
        let year = stated.and_then(|stated| stated.year);
        let year = year.ok_or("a sum over the horizon")?;
        let paced = stated.is_some_and(|stated| {
            matches!(stated.number, Number::Growth(..) | Number::Decline(..))
        });
        if paced {
            return Err("a pace against the year before".to_owned());
        }
        constants[year.get()] = row.right_hand_side;
        for term in &row.terms {
            count(export, [region, u], term, 1.0)?;
        }
        for term in row.against.iter().flat_map(|other| &other.terms) {
            let ratio = row.against.as_ref().map_or(0.0, |other| other.ratio);
            count(export, [region, u], term, -ratio)?;
        }
    }
    let tag = match rule.sense {
        Sense::Equal => 0.0,
        Sense::AtLeast => 1.0,
        Sense::AtMost => 2.0,
    };
    export.draft.put(P::UDCTag, &[region, u], tag);
    export.draft.put_row(P::UDCConstant, &[region, u], &constants);
    Ok(())
}

/// The one region that a rule speaks of.
fn region_of(export: &Export<'_>, rule: &Rule<'_>) -> Result<usize, String> {
    let model = export.model;
    let mut found = None;
    for term in rule.rows.iter().flat_map(|row| row.all_terms()) {
        let region = match term.quantity {
            Quantity::InService(k) | Quantity::New(k) => model.capacities[k].region,
            Quantity::Flow(..) => return Err("what links carry".to_owned()),
            Quantity::Emissions(..) => return Err("all emissions of a region".to_owned()),
            of => match of.process() {
                Some(p) => model.processes[p].region,
                None => continue,
            },
        };
        if *found.get_or_insert(region) != region {
            return Err("a sum over regions".to_owned());
        }
    }
    found.map(kzleap_model::RegionIx::get).ok_or_else(|| "it counts nothing".to_owned())
}

/// Adds a term to the multipliers of its technology.
fn count(
    export: &mut Export<'_>,
    [region, u]: [usize; 2],
    term: &UserTerm,
    factor: f64,
) -> Result<(), String> {
    let model = export.model;
    if term.weight.varies_by_slice() {
        return Err("a weight that differs between slices".to_owned());
    }
    let (p, name, weight) = match counted(export, term)? {
        Counted::InService(k) => {
            (P::UDCMultiplierTotalCapacity, &model.capacities[k].name, 1.0)
        }
        Counted::New(k) => (P::UDCMultiplierNewCapacity, &model.capacities[k].name, 1.0),
        Counted::Activity(process, each) => {
            (P::UDCMultiplierActivity, &model.processes[process].name, each)
        }
    };
    let technology = export.draft.position(SetId::Technology, name);
    let at = [region, technology, u, term.year.get()];
    export.draft.add(p, &at, factor * term.plain_weight() * weight);
    Ok(())
}

fn counted(export: &Export<'_>, term: &UserTerm) -> Result<Counted, String> {
    let model = export.model;
    let of_activity = |p: ProcessIx, ratio: &dyn Fn(usize) -> f64| {
        let process = &model.processes[p];
        let first = ratio(0);
        let alike = (0..process.modes.len()).all(|mode| (ratio(mode) - first).abs() <= 0.0);
        match alike {
            true => Ok(Counted::Activity(p, first)),
            false => Err(format!("modes of `{}` that count differently", process.name)),
        }
    };
    match term.quantity {
        Quantity::InService(k) => Ok(Counted::InService(k)),
        Quantity::New(k) => Ok(Counted::New(k)),
        Quantity::Activity(p, None) => Ok(Counted::Activity(p, 1.0)),
        Quantity::Output(p, commodity) => {
            let ratio = of_modes(&model.processes[p], term.year, Flow::Made(commodity))?;
            of_activity(p, &|mode| ratio[mode])
        }
        Quantity::Input(p, commodity) => {
            let ratio = of_modes(&model.processes[p], term.year, Flow::Used(commodity))?;
            of_activity(p, &|mode| ratio[mode])
        }
        Quantity::EmissionsOf(p, emission) => {
            let ratio = of_modes(&model.processes[p], term.year, Flow::Emitted(emission))?;
            of_activity(p, &|mode| ratio[mode])
        }
        Quantity::Activity(..) | Quantity::ActivityInSlice(..) => {
            Err("activity of one mode".to_owned())
        }
        Quantity::Flow(..) | Quantity::Emissions(..) => {
            Err("what no technology does".to_owned())
        }
    }
}

/// What of a process is counted.
#[derive(Clone, Copy)]
enum Flow {
    Made(CommodityIx),
    Used(CommodityIx),
    Emitted(EmissionIx),
}

/// How much of it one unit of activity is, by mode.
fn of_modes(process: &Process, year: YearIx, flow: Flow) -> Result<Vec<f64>, String> {
    let sum = |found: Vec<&Series>| -> Result<f64, String> {
        if found.iter().any(|ratio| ratio.varies_by_slice()) {
            return Err(format!("flows of `{}` that differ between slices", process.name));
        }
        Ok(found.iter().map(|ratio| ratio.at(kzleap_model::SliceIx::new(0), year)).sum())
    };
    let of_mode = |mode: &kzleap_model::Mode| match flow {
        Flow::Made(wanted) => sum(pick(&mode.outputs, &wanted)),
        Flow::Used(wanted) => sum(pick(&mode.inputs, &wanted)),
        Flow::Emitted(wanted) => sum(pick(&mode.emissions, &wanted)),
    };
    process.modes.iter().map(of_mode).collect()
}

fn pick<'a, T: PartialEq>(flows: &'a [(T, Series)], wanted: &T) -> Vec<&'a Series> {
    flows.iter().filter(|(of, _)| of == wanted).map(|(_, ratio)| ratio).collect()
}
