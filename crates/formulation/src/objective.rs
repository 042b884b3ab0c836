//! What each column costs, as present value of the base year.
//!
//! The objective is the sum of investment in new capacity, the cost of keeping capacity, of
//! activity, of flows, the price of emissions and of demand left unserved, less subsidies; every
//! coefficient is multiplied by what its convention makes of it ([`kzleap_model::finance`]). What
//! reports say of costs is calculated elsewhere, from the model and not from these coefficients, so
//! that a mistake here is seen.

use kzleap_model::{CapacityIx, EmissionIx, LinkIx, Model, Node, ProcessIx, RegionIx, YearIx};

use crate::balances::Balance;

/// Building one unit of capacity, MUSD per unit.
pub fn investment_cost(model: &Model, k: CapacityIx, y: YearIx) -> f64 {
    model.investment_present_value(k, y)
}

/// Keeping one unit of capacity through the period, MUSD per unit.
pub fn capacity_cost(model: &Model, k: CapacityIx, y: YearIx) -> f64 {
    model.keeping_cost_present_value(k, y)
}

/// Running a process for one PJ in each year of the period, MUSD per PJ a year.
pub fn activity_cost(model: &Model, p: ProcessIx, mode: usize, node: &Node, y: YearIx) -> f64 {
    let process = &model.processes[p];
    let cost = &process.modes[mode].variable_cost;
    model.running_cost_present_value(process.region, y, |y| model.time.node_mean(cost, node, y))
}

/// Sending one PJ over a link in each year of the period, MUSD per PJ a year.
pub fn flow_cost(model: &Model, l: LinkIx, node: &Node, y: YearIx) -> f64 {
    let link = &model.links[l];
    model.time.node_mean(&link.variable_cost, node, y) * model.flow_present_value(link.from, y)
}

/// Emitting one Mt in each year of the period, MUSD per Mt a year.
pub fn emission_cost(model: &Model, e: EmissionIx, r: RegionIx, y: YearIx) -> f64 {
    model.emission_price(e, r, y) * model.flow_present_value(r, y)
}

/// Leaving one PJ of demand unserved in each year of the period, MUSD per PJ a year; `None` if
/// it must be served or there is none.
pub fn unserved_cost(model: &Model, balance: &Balance<'_>, y: YearIx) -> Option<f64> {
    if balance.demands.iter().all(|demand| demand.annual[y.get()] <= 0.0) {
        return None;
    }
    let price = model.commodities[balance.commodity].unserved_cost.as_ref()?;
    Some(price[y.get()] * model.flow_present_value(balance.region, y))
}

/// Taking one MUSD of a subsidy for capacity built for a period: what it saves is below zero.
pub fn subsidy_cost(model: &Model, k: CapacityIx, y: YearIx) -> f64 {
    let overnight = (model.capacities[k].investment.as_ref())
        .map_or(0.0, |investment| investment.overnight_cost[y.get()]);
    if overnight > 0.0 { -investment_cost(model, k, y) / overnight } else { 0.0 }
}
