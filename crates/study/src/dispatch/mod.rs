//! A plan held against the hours of a year: what its capacities do in each of them.
//!
//! Capacities are those of the plan; everything else is decided anew, for all hours of one
//! milestone year, with storages on the calendar and limits on emissions and activity as yearly
//! budgets: all hours together, or in a large system week by week ([`weeks`]). Demand may go
//! unserved, and caps may be broken, at prices that only failing plans pay.

mod weeks;

use kzleap_accounts::Accounts;
use kzleap_accounts::operation::{CapKept, Unserved};
use kzleap_model::policy::{CapWindow, EmissionCap, EmissionCapIx, EmissionTerm};
use kzleap_model::{
    ByYear, DecidedBy, Demand, Mode, Model, PartOf, Process, ProcessIx, Series, Set, Solution,
    Standing, Tier, UserRow, YearIx,
};
use kzleap_resolution::only_year;
use kzleap_solver::{Control, SolveError};

use crate::explain::{Rule, RuleKind, explain};
use crate::{Event, Events, RunSpec, Ties, optimise_with};

/// What a PJ of demand costs that goes unserved, where the model does not say: 10,000 USD/MWh, in
/// MUSD/PJ. Values of lost load in use are 3,000 to 15,000 USD/MWh.
const UNSERVED: f64 = 10_000.0 / 3.6;
/// How many times as much, where a commodity is balanced by the year: there is time to make it, and a
/// tonne of aluminium or methane stands for several above a cap.
const BY_THE_YEAR: f64 = 100.0;
/// What a tonne above a cap costs, USD: more than a plan would pay, and less than a dark hour.
const ABOVE_CAP: f64 = 2_000.0;

/// A year of a plan, hour by hour.
#[derive(Debug)]
pub struct Dispatched {
    /// The calendar year.
    pub year: i32,
    /// The model of that year alone, with the capacities of the plan.
    pub model: Model,
    /// What happens in it.
    pub solution: Solution,
    /// Whether the dispatch is certified to be of least cost.
    pub certified: bool,
    /// What is above each cap, in its unit, by name, with the limit.
    pub caps: Vec<CapKept>,
}

/// A year that cannot be operated hour by hour.
#[derive(Debug)]
pub struct NotOperated {
    /// The calendar year.
    pub year: i32,
    /// What the solver says.
    pub error: SolveError,
    /// The rules that cannot be kept together, each in a line; empty where they were not looked for,
    /// as in a system that is too large for it.
    pub rules: Vec<String>,
}

/// Dispatches the capacities of a plan over the hours of one of its years.
///
/// `model` has the hours of the year as slices; `standing` is what is in service.
///
/// # Errors
/// [`NotOperated`], if a rule other than caps cannot be kept hour by hour.
pub fn dispatch(
    model: &Model,
    standing: &Standing,
    year: YearIx,
    spec: &RunSpec,
    events: &Events<'_>,
) -> Result<Dispatched, NotOperated> {
    events.happens(Event::Solving);
    let mut one = only_year(model, year);
    hold(&mut one, standing, year);
    cap_schemes(&mut one, model, standing, year);
    serve_by_the_hour(&mut one);
    may_go_unserved(&mut one);
    let above = may_break_caps(&mut one);
    let log = |line: &str| events.happens(Event::Log(line));
    let control = Control { stop: events.stop, log: events.watch.is_some().then_some(&log) };
    let options = spec.solving.options();
    let found = if weeks::is_large(&one) {
        weeks::by_weeks(&one, &options, control)
    } else {
        let plan = optimise_with(&one, &options, control, Ties::AsFound);
        plan.map(|plan| {
            let certified = plan.certified();
            (plan.solution, certified)
        })
    };
    let year = model.time.years[year].milestone;
    let (solution, certified) = found.map_err(|error| {
        let rules = conflict(&one, &error, control);
        NotOperated { year, error, rules }
    })?;
    let caps = caps(&one, &solution, &above);
    Ok(Dispatched { year, certified, caps, model: one, solution })
}

/// The rules that have no dispatch together, unless the system is too large to look for them.
fn conflict(one: &Model, error: &SolveError, control: Control<'_>) -> Vec<String> {
    if !matches!(error, SolveError::Infeasible) || weeks::is_large(one) {
        return Vec::new();
    }
    // the year cannot be operated, whether or not the reason is found
    let Ok(explanation) = explain(one, control) else { return Vec::new() };
    // demand may go unserved here, so it is never why
    let held = |rule: &&Rule| !matches!(rule.kind, RuleKind::Demand(..));
    let rules = explanation.conflict.iter().filter(held).map(Rule::text);
    rules.chain(explanation.besides.iter().cloned()).collect()
}

/// The same for several years, by milestone; for all of them if none is named.
///
/// # Errors
/// That of the first year that has one.
pub fn dispatch_years(
    model: &Model,
    standing: &Standing,
    years: &[i32],
    spec: &RunSpec,
    events: &Events<'_>,
) -> Result<Vec<Dispatched>, NotOperated> {
    let wanted = |milestone: i32| years.is_empty() || years.contains(&milestone);
    (model.time.years.iter_ix())
        .filter(|(_, year)| wanted(year.milestone))
        .map(|(y, _)| dispatch(model, standing, y, spec, events))
        .collect()
}

/// What takes away the emissions above a cap: the cap, what of it, and the process that does.
type AboveCap = (EmissionCapIx, EmissionTerm, ProcessIx);

/// What is emitted under each cap, with all that was taken away as above it or above another cap.
fn caps(one: &Model, solution: &Solution, above: &[AboveCap]) -> Vec<CapKept> {
    let accounts = Accounts::new(one, solution);
    let of = |(at, ..): &AboveCap| {
        let cap = &one.emission_caps[*at];
        let CapWindow::EachYear(limit) = &cap.window else { return None };
        let limit = limit.first().copied().flatten()?;
        let taken_away = above.iter().flat_map(|(_, from, process)| {
            let region = one.processes[*process].region;
            let counts = move |term: &&EmissionTerm| {
                term.emission == from.emission && term.regions.contains(&region)
            };
            let amount: f64 = solution.activity[process.get()].sum();
            cap.terms.iter().filter(counts).map(move |term| term.weight * amount)
        });
        let emitted = accounts.under_cap(cap)[0] + taken_away.sum::<f64>();
        let gross = cap.terms.iter().flat_map(|term| {
            let counts = |region| term.regions.contains(&region);
            let all = accounts.emitted_of(term.emission).filter(move |one| counts(one.region));
            all.map(move |one| (term.weight * one.by_year[0]).max(0.0))
        });
        Some(CapKept { name: cap.name.clone(), limit, emitted, gross: gross.sum() })
    };
    above.iter().filter_map(of).collect()
}

/// Capacities are what they are; rules on building have been kept.
fn hold(one: &mut Model, standing: &Standing, year: YearIx) {
    for ((p, part), by_year) in &standing.parts {
        one.processes[*p].parts[*part].of = PartOf::Given(vec![by_year[year.get()]]);
    }
    for (held, by_year) in one.capacities.iter_mut().zip(&standing.capacity) {
        held.fixed_cost_of_new.clear();
        held.residual = vec![by_year[year.get()]];
        held.investment = None;
        held.lower = vec![0.0];
        held.upper = vec![f64::INFINITY];
        held.early_retirement = false;
        held.decommissioning_cost = None;
    }
    for (at, demand) in one.demands.iter_mut().enumerate() {
        answered(demand, standing.forgone.range((at, 0)..(at + 1, 0)), year);
    }
    one.capacity_limits.clear();
    one.user_rows.retain(UserRow::is_of_operation);
    one.retrofits.clear();
    one.reserves = Set::new();
    one.shares = Set::new();
    one.support.subsidies.clear();
    one.support.budgets.clear();
}

/// A scheme is a cap on what there is to surrender for in that year of the plan.
fn cap_schemes(one: &mut Model, model: &Model, standing: &Standing, year: YearIx) {
    for (scheme, allowed) in model.trading.iter().zip(&standing.allowed) {
        let limit = allowed[year.get()];
        if limit.is_finite() {
            let window = CapWindow::EachYear(vec![Some(limit)]);
            let (name, terms) = (scheme.name.clone(), scheme.terms.clone());
            one.emission_caps.push(EmissionCap { name, terms, window });
        }
    }
}

/// Demand is what the plan serves of it; hours only decide what goes unserved in them.
fn answered<'a>(
    demand: &mut Demand,
    forgone: impl Iterator<Item = (&'a (usize, usize), &'a ByYear)>,
    year: YearIx,
) {
    let before = demand.annual[0];
    let forgone: f64 = forgone.map(|(_, by_year)| by_year[year.get()]).sum();
    let after = (before - forgone).max(0.0);
    demand.annual[0] = after;
    demand.steps.retain(|step| step.by == DecidedBy::Slice);
    for step in &mut demand.steps {
        step.share[0] = if after > 0.0 { step.share[0] * before / after } else { 0.0 };
    }
}

/// What is needed by the season is served hour by hour: nobody waits weeks for a warm room. What is
/// not itself needed stays as it is, as the water of rivers.
fn serve_by_the_hour(one: &mut Model) {
    let Model { commodities, demands, processes, .. } = one;
    for demand in demands {
        let commodity = &mut commodities[demand.commodity];
        if commodity.tier == Tier::Season {
            commodity.tier = Tier::Slice;
        }
    }
    for process in processes.iter_mut() {
        let mut flows =
            process.modes.iter().flat_map(|mode| mode.inputs.iter().chain(&mode.outputs));
        if flows.any(|(commodity, _)| commodities[*commodity].tier == Tier::Slice) {
            process.tier = Tier::Slice;
        }
    }
}

fn may_go_unserved(one: &mut Model) {
    let Model { commodities, demands, .. } = one;
    for (c, commodity) in commodities.ixs().zip(commodities.clone().iter()) {
        let is_needed = demands.iter().any(|demand| demand.commodity == c);
        if is_needed && commodity.unserved_cost.is_none() {
            let times = if commodity.tier == Tier::Slice { 1.0 } else { BY_THE_YEAR };
            commodities[c].unserved_cost = Some(vec![times * UNSERVED]);
        }
    }
}

/// A process for each cap that takes away what is above it, at a high price.
fn may_break_caps(one: &mut Model) -> Vec<AboveCap> {
    let mut above = Vec::new();
    for (at, cap) in one.emission_caps.clone().iter_ix() {
        let Some(term) = cap.terms.first() else { continue };
        let Some(region) = term.regions.first().copied() else { continue };
        let emission = &one.emissions[term.emission];
        let tonnes = emission.unit.map_or(1e6, |unit| 1e6 / unit.in_one_megatonne());
        let mut mode = Mode::new("above");
        // MUSD for one of the unit of the emission
        mode.variable_cost = Series::Constant(ABOVE_CAP * tonnes / 1e6);
        mode.emissions.push((term.emission, Series::Constant(-1.0)));
        let process = one.processes.push(Process {
            name: format!("above {}", cap.name),
            label: format!("above {}", cap.name),
            category: cap.name.clone(),
            family: None,
            captures: false,
            flow: None,
            region,
            tier: Tier::Annual,
            modes: vec![mode],
            capacity: None,
            capacity_to_activity: 1.0,
            parts: Vec::new(),
            availability: Series::Constant(1.0),
            annual_availability: None,
            annual_minimum_load: None,
            minimum_load: None,
            ramp_per_hour: None,
        });
        above.push((at, term.clone(), process));
    }
    above
}

impl Dispatched {
    /// What happens in the year; all of it is of its one milestone year.
    pub const fn accounts(&self) -> Accounts<'_> {
        Accounts::new(&self.model, &self.solution)
    }

    /// Demand that is not met, where there is any.
    pub fn unserved(&self) -> Vec<Unserved> {
        self.accounts().unserved(YearIx::new(0))
    }

    /// Whether all demand is met and every cap is kept, each to `tolerance` of its size, by a
    /// dispatch that is certified.
    pub fn holds(&self, tolerance: f64) -> bool {
        self.certified
            && self.unserved().iter().all(|unserved| unserved.share <= tolerance)
            && self.caps.iter().all(|cap| cap.is_kept(tolerance))
    }
}
