//! What published models add to OSeMOSYS: rules by mode, user-defined constraints, fuel that
//! capacity uses, emissions of change.

use kzleap_model::policy::{ActivityLimit, ActivityWindow, Sense};
use kzleap_model::user_rows::{Quantity, UserRow, UserTerm};
use kzleap_model::{ProcessIx, Series, YearIx};

use super::series::by_year;
use super::{Making, Technology};
use crate::data::Data;
use crate::parameters::{P, SetId};

/// Adds everything.
pub(super) fn add(making: &mut Making<'_>) {
    for r in 0..making.data.count(SetId::Region) {
        for t in 0..making.data.count(SetId::Technology) {
            let technology = making.technology(r, t).clone();
            if let Some(process) = technology.process {
                for (mode, m) in technology.modes.iter().enumerate() {
                    limits_by_mode(making, process, mode, [r, t, *m]);
                    growth_by_mode(making, process, mode, [r, t, *m]);
                }
                emissions_of_change(making, process, &technology, r, t);
                share_of_possible(making, process, r, t);
            }
        }
        user_constraints(making, r);
        for f in 0..making.data.count(SetId::Fuel) {
            fuel_of_capacity(making, r, f);
        }
        for e in 0..making.data.count(SetId::Emission) {
            caps_with_change(making, r, e);
        }
    }
}

fn label(making: &Making<'_>, r: usize, t: usize) -> String {
    format!("{}.{}", making.name(SetId::Region, r), making.name(SetId::Technology, t))
}

fn limits_by_mode(making: &mut Making<'_>, process: ProcessIx, mode: usize, at: [usize; 3]) {
    let data = making.data;
    let lower = data.along(P::TechnologyActivityByModeLowerLimit, &at);
    // here, zero is no limit
    let upper: Vec<f64> = data
        .along(P::TechnologyActivityByModeUpperLimit, &at)
        .into_iter()
        .map(|most| if most > 0.0 { most } else { f64::INFINITY })
        .collect();
    if lower.iter().any(|least| *least > 0.0) || upper.iter().any(|most| most.is_finite()) {
        let name = format!("{}.mode{}", label(making, at[0], at[1]), at[2] + 1);
        making.model.activity_limits.push(ActivityLimit {
            name,
            processes: vec![(process, Some(mode))],
            window: ActivityWindow::EachYear { lower, upper },
        });
    }
}

/// `act[y] <= (1 + g[y-1]) · act[y-1]` and `act[y] >= (1 - g[y-1]) · act[y-1]`; no rule at 0.
fn growth_by_mode(making: &mut Making<'_>, process: ProcessIx, mode: usize, at: [usize; 3]) {
    let data = making.data;
    let years = data.years();
    for (p, sign, sense, word) in [
        (P::TechnologyActivityIncreaseByModeLimit, 1.0, Sense::AtMost, "growth"),
        (P::TechnologyActivityDecreaseByModeLimit, -1.0, Sense::AtLeast, "decline"),
    ] {
        let rates = data.along(p, &at);
        for y in 1..years.len() {
            let rate = rates[y - 1];
            if rate == 0.0 || years[y] - years[y - 1] != 1 {
                continue;
            }
            let quantity = Quantity::Activity(process, Some(mode));
            let name = format!("{}.mode{}.{word}", label(making, at[0], at[1]), at[2] + 1);
            making.model.user_rows.push(UserRow::new(
                name,
                vec![
                    UserTerm::new(quantity, YearIx::new(y), 1.0),
                    UserTerm::new(quantity, YearIx::new(y - 1), -(1.0 + sign * rate)),
                ],
                sense,
                0.0,
            ));
        }
    }
}

/// Activity of a year between two shares of what the capacity could do in it.
fn share_of_possible(making: &mut Making<'_>, process: ProcessIx, r: usize, t: usize) {
    let data = making.data;
    let Some(capacity) = making.technology(r, t).capacity else { return };
    let (mean, to_activity) = (
        super::process::mean_availability(data, r, t),
        data.get(P::CapacityToActivityUnit, &[r, t]),
    );
    for (p, sense, word) in [
        (P::TempUpperLimit, Sense::AtMost, "most"),
        (P::TempLowerLimit, Sense::AtLeast, "least"),
    ] {
        for (y, share) in data.along(p, &[r, t]).into_iter().enumerate() {
            let idle = match sense {
                Sense::AtMost => share >= 1.0,
                Sense::AtLeast | Sense::Equal => share <= 0.0,
            };
            if idle {
                continue;
            }
            let year = YearIx::new(y);
            let possible = share * mean[y] * to_activity;
            making.model.user_rows.push(UserRow::new(
                format!("{}.{word}", label(making, r, t)),
                vec![
                    UserTerm::new(Quantity::Activity(process, None), year, 1.0),
                    UserTerm::new(Quantity::InService(capacity), year, -possible),
                ],
                sense,
                0.0,
            ));
        }
    }
}

/// Σ multipliers · (capacity, new capacity, activity) against a constant, by year.
fn user_constraints(making: &mut Making<'_>, r: usize) {
    let data = making.data;
    for u in 0..data.count(SetId::Udc) {
        let Some(sense) = data.tags.sense(data.get(P::UDCTag, &[r, u])) else { continue };
        let constants = data.along(P::UDCConstant, &[r, u]);
        for (y, constant) in constants.iter().enumerate() {
            let mut right_hand_side = *constant;
            for f in 0..data.count(SetId::Fuel) {
                let multiplier = data.get(P::UDCMultiplierDemand, &[r, f, u, y]);
                if multiplier != 0.0 {
                    right_hand_side -= multiplier * super::demand::specified(data, r, f, y);
                }
            }
            let mut terms = Vec::new();
            for t in 0..data.count(SetId::Technology) {
                let technology = making.technology(r, t);
                let at = [r, t, u, y];
                let mut term = |quantity: Quantity, weight: f64| {
                    if weight != 0.0 {
                        terms.push(UserTerm::new(quantity, YearIx::new(y), weight));
                    }
                };
                let of_capacity = data.get(P::UDCMultiplierTotalCapacity, &at);
                if let Some(capacity) = technology.capacity {
                    term(Quantity::InService(capacity), of_capacity);
                    let of_new = data.get(P::UDCMultiplierNewCapacity, &at);
                    term(Quantity::New(capacity), of_new);
                } else {
                    right_hand_side -= of_capacity * data.get(P::ResidualCapacity, &[r, t, y]);
                }
                if let Some(process) = technology.process {
                    let of_activity = data.get(P::UDCMultiplierActivity, &at);
                    term(Quantity::Activity(process, None), of_activity);
                }
            }
            let trivial = match sense {
                Sense::AtMost => right_hand_side >= 0.0,
                Sense::AtLeast => right_hand_side <= 0.0,
                Sense::Equal => right_hand_side == 0.0,
            };
            if terms.is_empty() && trivial {
                continue;
            }
            let name =
                format!("{}.{}", making.name(SetId::Region, r), making.name(SetId::Udc, u));
            making.model.user_rows.push(UserRow::new(name, terms, sense, right_hand_side));
        }
    }
}

/// The annual balance of a fuel, with what new and standing capacity uses of it.
fn fuel_of_capacity(making: &mut Making<'_>, r: usize, f: usize) {
    let data = making.data;
    let ratios = [P::InputToNewCapacityRatio, P::InputToTotalCapacityRatio];
    let technologies = 0..data.count(SetId::Technology);
    if !technologies.clone().any(|t| ratios.iter().any(|p| data.table(*p).any(&[r, t, f]))) {
        return;
    }
    let demand = data.along(P::AccumulatedAnnualDemand, &[r, f]);
    for (y, demand) in demand.iter().enumerate() {
        let year = YearIx::new(y);
        let mut terms = Vec::new();
        let mut add = |quantity: Quantity, weight: f64| {
            if weight != 0.0 {
                terms.push(UserTerm::new(quantity, year, weight));
            }
        };
        for t in technologies.clone() {
            let technology = making.technology(r, t);
            if let Some(process) = technology.process {
                for (mode, m) in technology.modes.iter().enumerate() {
                    let at = [r, t, f, *m, y];
                    let net = data.get(P::OutputActivityRatio, &at)
                        - data.get(P::InputActivityRatio, &at);
                    add(Quantity::Activity(process, Some(mode)), net);
                }
            }
            if let Some(capacity) = technology.capacity {
                let at = [r, t, f, y];
                add(Quantity::New(capacity), -data.get(P::InputToNewCapacityRatio, &at));
                add(
                    Quantity::InService(capacity),
                    -data.get(P::InputToTotalCapacityRatio, &at),
                );
            }
        }
        for (link, [a, b, fuel]) in &making.map.links {
            if *fuel == f && (*a == r || *b == r) {
                let leaving = usize::from(*b == r);
                add(Quantity::Flow(*link, leaving), -1.0);
                add(Quantity::Flow(*link, 1 - leaving), 1.0);
            }
        }
        let name = format!("{}.{}", making.name(SetId::Region, r), making.name(SetId::Fuel, f));
        making.model.user_rows.push(UserRow::new(
            format!("{name}.with_capacity"),
            terms,
            Sense::AtLeast,
            *demand,
        ));
    }
}

/// Whether some technology emits by the change of its activity.
pub(super) fn changes_emission(data: &Data, r: usize, e: usize) -> bool {
    let table = data.table(P::EmissionToActivityChangeRatio);
    (0..data.count(SetId::Technology)).any(|t| table.any(&[r, t, e]))
}

/// The price of emissions that go with `act[y] - act[y-1]`, as costs of the two activities.
///
/// The change is linear in the activities, so its price is a variable cost of the later year
/// and a credit in the earlier one, brought to that year's money.
fn emissions_of_change(
    making: &mut Making<'_>,
    process: ProcessIx,
    technology: &Technology,
    r: usize,
    t: usize,
) {
    let data = making.data;
    let years = data.years();
    let rate = data.get(P::DiscountRate, &[r]);
    for (at, ratios) in data.table(P::EmissionToActivityChangeRatio).rows(&[r, t]) {
        let Some(mode) = technology.modes.iter().position(|m| *m == at[1]) else { continue };
        let price = data.along(P::EmissionsPenalty, &[r, at[0]]);
        let mut extra = vec![0.0; years.len()];
        for y in 1..years.len() {
            if years[y] - years[y - 1] == 1 {
                extra[y] += ratios[y] * price[y];
                extra[y - 1] -= ratios[y] * price[y] / (1.0 + rate);
            }
        }
        if extra.iter().any(|cost| *cost != 0.0) {
            let cost = &mut making.model.processes[process].modes[mode].variable_cost;
            let summed = extra.iter().enumerate().map(|(y, extra)| extra + yearly(cost, y));
            *cost = by_year(summed.collect());
        }
    }
}

fn yearly(series: &Series, y: usize) -> f64 {
    series.at(kzleap_model::SliceIx::new(0), YearIx::new(y))
}

/// Limits on emissions of which some go with the change of activity.
fn caps_with_change(making: &mut Making<'_>, r: usize, e: usize) {
    let data = making.data;
    if !changes_emission(data, r, e) {
        return;
    }
    let years = data.years();
    let mut all = Vec::new();
    let name = format!("{}.{}", making.name(SetId::Region, r), making.name(SetId::Emission, e));
    let limits = data.along(P::AnnualEmissionLimit, &[r, e]);
    let exogenous = data.along(P::AnnualExogenousEmission, &[r, e]);
    for y in 0..years.len() {
        let mut terms = Vec::new();
        for t in 0..data.count(SetId::Technology) {
            let technology = making.technology(r, t);
            let Some(process) = technology.process else { continue };
            for (mode, m) in technology.modes.iter().enumerate() {
                let at = [r, t, e, *m, y];
                let quantity = Quantity::Activity(process, Some(mode));
                let follows = y > 0 && years[y] - years[y - 1] == 1;
                let change =
                    if follows { data.get(P::EmissionToActivityChangeRatio, &at) } else { 0.0 };
                let now = data.get(P::EmissionActivityRatio, &at) + change;
                if now != 0.0 {
                    terms.push(UserTerm::new(quantity, YearIx::new(y), now));
                }
                if change != 0.0 {
                    let year = YearIx::new(y - 1);
                    terms.push(UserTerm::new(quantity, year, -change));
                }
            }
        }
        if let Some(limit) = super::policy::limit(limits[y]) {
            making.model.user_rows.push(UserRow::new(
                format!("{name}.annual"),
                terms.clone(),
                Sense::AtMost,
                limit - exogenous[y],
            ));
        }
        all.extend(terms);
    }
    if let Some(limit) = super::policy::limit(data.get(P::ModelPeriodEmissionLimit, &[r, e])) {
        making.model.user_rows.push(UserRow::new(
            format!("{name}.period"),
            all,
            Sense::AtMost,
            limit - data.get(P::ModelPeriodExogenousEmission, &[r, e]),
        ));
    }
}
