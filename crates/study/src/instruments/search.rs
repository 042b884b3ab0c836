//! How strict an instrument must be: its one number in each year of the target.
//!
//! Emissions fall without jumps as a share, a standard or a promoted amount becomes stricter, in pieces
//! between changes of the basis. The Illinois method finds where they are the target; years are found in
//! turn, again and again until all hold (Dahlquist and Björck 1974, Numerical Methods, section 6.2).

use std::collections::BTreeMap;

use kzleap_accounts::Accounts;
use kzleap_accounts::flows::Side;
use kzleap_model::{Amount, Model, ProcessIx, YearIx};
use kzleap_solver::SolveError;

use super::{
    Compared, Instrument, InstrumentKind, Instruments, NotCompared, TOLERANCE, emissions,
    for_people,
};
use crate::Plan;

/// Most programs for one year in one turn, and most turns.
const MOST: usize = 60;
const TURNS: usize = 20;
/// Where the stricter side has no plan, the way to it is known this well at the end.
const EDGE: f64 = 1e-4;

/// Who makes a commodity without policy, and what they emit: where the search begins.
#[derive(Default)]
pub(super) struct Start {
    /// The unit of the commodity in the model.
    unit: String,
    /// What a million for that unit is as people say it.
    for_people: f64,
    /// Names of those that make it and emit something, by emission of the target.
    makers: BTreeMap<String, Vec<String>>,
    /// The strictness that holds nothing, and the strictest there is, by year.
    ends: Vec<[f64; 2]>,
    /// What the makers emit, by year.
    emitted: Vec<f64>,
}

impl Start {
    pub(super) fn of(instrument: &Instrument, none: &Compared) -> Self {
        let Compared { model, plan, .. } = none;
        let Some(c) = instrument
            .commodity
            .as_ref()
            .and_then(|name| model.commodities.position(|commodity| commodity.name == *name))
        else {
            return Self::default();
        };
        let accounts = Accounts::new(model, &plan.solution);
        let years = model.time.years.len();
        let (mut all, mut promoted) = (vec![0.0; years], vec![0.0; years]);
        let mut makers: Vec<ProcessIx> = Vec::new();
        for (p, process) in model.processes.iter_ix() {
            let makes = |of: &(kzleap_model::CommodityIx, _)| of.0 == c;
            let stores = process.modes.iter().any(|mode| !mode.discharges.is_empty());
            if !stores && process.modes.iter().any(|mode| mode.outputs.iter().any(makes)) {
                makers.push(p);
            }
        }
        for (flow, amount) in accounts.annual_flows(Side::Outputs) {
            if flow.commodity == c && makers.contains(&flow.process) {
                all[flow.year] += amount;
                if instrument.names(model, flow.process) {
                    promoted[flow.year] += amount;
                }
            }
        }
        let emitted = makers_emit(&accounts, &makers);
        let ends = (0..years).map(|y| match instrument.kind {
            InstrumentKind::Share => [promoted[y] / all[y].max(f64::MIN_POSITIVE), 1.0],
            InstrumentKind::Standard => [emitted[y] / all[y].max(f64::MIN_POSITIVE), 0.0],
            _ => [promoted[y], all[y]],
        });
        let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for process in makers.iter().map(|p| &model.processes[*p]) {
            for (e, _) in process.modes.iter().flat_map(|mode| &mode.emissions) {
                let of_emission = names.entry(model.emissions[*e].name.clone()).or_default();
                if !of_emission.contains(&process.name) {
                    of_emission.push(process.name.clone());
                }
            }
        }
        let amount = model.commodities[c].amount;
        let unit = amount.map_or("PJ", Amount::unit).to_owned();
        let (for_people, ends) = (for_people(amount), ends.collect());
        Self { unit, for_people, makers: names, ends, emitted }
    }
}

/// What some emit that counts under the target, by year.
fn makers_emit(accounts: &Accounts<'_>, makers: &[ProcessIx]) -> Vec<f64> {
    let mut by_year = vec![0.0; accounts.model.time.years.len()];
    let Ok(cap) = super::changes::cap(accounts.model) else { return by_year };
    for (one, weight) in accounts.counted_under(cap) {
        if matches!(one.source, kzleap_accounts::emissions::Source::Process(p) if makers.contains(&p))
        {
            by_year.iter_mut().zip(&one.by_year).for_each(|(sum, mt)| *sum += weight * mt);
        }
    }
    by_year
}

impl Instrument {
    /// Whether it names a process, or its category.
    pub(super) fn names(&self, model: &Model, p: ProcessIx) -> bool {
        let process = &model.processes[p];
        let of_name = |name: &String| {
            let rest = process.name.strip_prefix(name.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        self.processes.iter().any(of_name) || self.categories.contains(&process.category)
    }
}

/// One end of where the number of a year is: how much of the way, and by how much emissions are above the
/// target; `None` where there is no plan.
type End = (f64, Option<f64>);

impl Instruments<'_> {
    /// Searches for the strictness that makes emissions the target.
    pub(super) fn searched(
        &mut self,
        instrument: &Instrument,
        start: &Start,
    ) -> Result<Compared, NotCompared> {
        let years: Vec<YearIx> = self.none.limits.keys().copied().collect();
        let mut parts: BTreeMap<YearIx, f64> = years.iter().map(|y| (*y, 0.0)).collect();
        let mut found = None;
        for _ in 0..TURNS {
            for y in &years {
                let at = self.year(instrument, start, (&mut parts, *y))?;
                found = at.or(found);
            }
            let Some((model, plan)) = &found else { break };
            let emitted = emissions(model, plan)?;
            let off = |y: &YearIx| self.above(*y, &emitted, &parts).abs();
            if years.iter().all(|y| off(y) <= TOLERANCE * self.wanted(*y).max(1.0)) {
                break;
            }
        }
        let (model, plan) = match found {
            Some(found) => found,
            None => self.at(instrument, start, &parts)?,
        };
        self.with_rate(instrument, start, &parts, (model, plan))
    }

    /// By how much emissions are above the target; not where the instrument holds nothing and need not.
    fn above(&self, y: YearIx, emitted: &[f64], parts: &BTreeMap<YearIx, f64>) -> f64 {
        let above = emitted[y.get()] - self.wanted(y);
        if parts[&y] == 0.0 { above.max(0.0) } else { above }
    }

    fn strictness(start: &Start, parts: &BTreeMap<YearIx, f64>) -> BTreeMap<YearIx, f64> {
        let of = |(y, part): (&YearIx, &f64)| {
            let [from, to] = start.ends.get(y.get()).copied().unwrap_or_default();
            (*y, from + (to - from) * part)
        };
        parts.iter().map(of).collect()
    }

    fn at(
        &mut self,
        instrument: &Instrument,
        start: &Start,
        parts: &BTreeMap<YearIx, f64>,
    ) -> Result<(Model, Plan), NotCompared> {
        let strictness = Self::strictness(start, parts);
        let change = self.strict(instrument, (&start.unit, &start.makers), &strictness);
        self.solve(&[self.slack(), change])
    }

    /// Finds the number of one year, all others as they are; the plan there, if it had to look.
    fn year(
        &mut self,
        instrument: &Instrument,
        start: &Start,
        (parts, y): (&mut BTreeMap<YearIx, f64>, YearIx),
    ) -> Result<Option<(Model, Plan)>, NotCompared> {
        let wanted = self.wanted(y);
        let tolerance = TOLERANCE * wanted.max(1.0);
        let without = self.none.emissions[y.get()] - wanted;
        if without <= tolerance {
            return Ok(None);
        }
        let mut low: End = (0.0, Some(without));
        let mut high: Option<End> = None;
        let emitted = start.emitted.get(y.get()).copied().unwrap_or_default();
        let mut part = match parts[&y] {
            0.0 => (without / emitted.max(without)).clamp(0.01, 0.9),
            before => before,
        };
        let mut lowest = f64::INFINITY;
        for _ in 0..MOST {
            parts.insert(y, part);
            let off = match self.at(instrument, start, parts) {
                Ok((model, plan)) => {
                    let off = emissions(&model, &plan)?[y.get()] - wanted;
                    lowest = lowest.min(off + wanted);
                    if off.abs() <= tolerance {
                        return Ok(Some((model, plan)));
                    }
                    Some(off)
                }
                Err(NotCompared::NoPlan(SolveError::Infeasible)) => None,
                Err(other) => return Err(other),
            };
            let stuck = part >= 1.0 && off.is_some_and(|off| off > 0.0);
            next(&mut low, &mut high, (part, off));
            let edge = high.is_some_and(|(at, off)| off.is_none() && at - low.0 < EDGE);
            let narrow = high.is_some_and(|(at, _)| at - low.0 < 1e-13);
            if stuck || edge || narrow {
                break;
            }
            part = between(low, high);
        }
        Err(NotCompared::NotReached { year: self.none.years[y.get()], lowest })
    }

    /// With what certificates cost, or what a subsidy pays.
    fn with_rate(
        &self,
        instrument: &Instrument,
        start: &Start,
        parts: &BTreeMap<YearIx, f64>,
        (model, plan): (Model, Plan),
    ) -> Result<Compared, NotCompared> {
        let mut rate = vec![0.0; self.none.years.len()];
        for row in Accounts::new(&model, &plan.solution).constrained() {
            if let Some(y) = row.stated.year.filter(|_| row.name == instrument.name) {
                rate[y.get()] = row.price;
            }
        }
        if let Some(given) = instrument.rate {
            let given = given / start.for_people;
            for y in self.none.limits.keys() {
                let least = rate[y.get()];
                if given < least * (1.0 - TOLERANCE) {
                    let (year, least) = (self.none.years[y.get()], least * start.for_people);
                    return Err(NotCompared::RateTooLow { year, least });
                }
            }
            rate.fill(given);
        }
        let mut strength = vec![0.0; rate.len()];
        for (y, value) in Self::strictness(start, parts) {
            strength[y.get()] = value;
        }
        if instrument.kind == InstrumentKind::Share {
            rate.clear();
        }
        self.compared(instrument, (model, plan), &strength, &rate)
    }
}

/// Takes a point in place of the end on its side; a side that stays counts half (Illinois).
fn next(low: &mut End, high: &mut Option<End>, (part, off): End) {
    match off {
        Some(off) if off > 0.0 => {
            *low = (part, Some(off));
            if let Some((_, Some(other))) = high {
                *other *= 0.5;
            }
        }
        _ => {
            *high = Some((part, off));
            if let (Some(_), (_, Some(other))) = (off, low) {
                *other *= 0.5;
            }
        }
    }
}

/// Where to look next.
fn between(low: End, high: Option<End>) -> f64 {
    match (low, high) {
        ((at, _), None) => (2.0 * at).min(1.0),
        ((from, Some(above)), Some((to, Some(below)))) => {
            from + (to - from) * above / (above - below)
        }
        ((from, _), Some((to, _))) => 0.5 * (from + to),
    }
}
