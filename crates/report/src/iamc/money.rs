//! Prices, investment and yearly cost, in the model's own money and its year: the list wants USD of
//! 2010, for which a model has no deflator.

use std::collections::BTreeMap;

use kzleap_accounts::Accounts;
use kzleap_accounts::costs::{CostGroup, CostKind, CostOwner};
use kzleap_accounts::owners::{Owner, OwnerKind};
use kzleap_model::{CommodityIx, Gas, Model, RegionIx, RowKind, Solution, YearIx};

use super::capacity::generates;
use super::frame::Frame;
use super::made::Conversion;
use super::mapping::{self, Carrier, money};
use crate::kinds::{Form, Kind, Source};

/// Adds all variables of prices, investment and cost.
pub(super) fn add(accounts: &Accounts<'_>, frame: &mut Frame<'_>) {
    let model = accounts.model;
    prices(accounts, frame);
    carbon(model, accounts.solution, frame);
    investment(accounts, frame);
    let unit = format!("billion {}/yr", money(&model.currency));
    for cost in accounts.annual_costs() {
        let group = match cost.kind.group() {
            CostGroup::System => "Cost",
            CostGroup::Transfer => "Transfers",
            CostGroup::Forgone => "Worth Forgone",
            CostGroup::External => "External Cost",
        };
        for level in ["", &format!("|{}", cost.name())] {
            let variable = format!("kzleap|Annual {group}{level}");
            frame.add(cost.region, &variable, &unit, cost.year, cost.value / 1000.0);
        }
    }
}

/// Marginal cost of each commodity, and of secondary and final energy in the words of the list:
/// means weighted by what is made and taken.
fn prices(accounts: &Accounts<'_>, frame: &mut Frame<'_>) {
    let model = accounts.model;
    let mut means = Means::new(model);
    // of each region, with the nodes in it
    let mut marginal: BTreeMap<(RegionIx, CommodityIx, usize), (f64, f64)> = BTreeMap::new();
    for balance in accounts.balances() {
        let commodity = &model.commodities[balance.commodity];
        if !commodity.is_energy() && !commodity.is_other() {
            continue;
        }
        let unit = match commodity.is_energy() {
            true => format!("{}/GJ", money(&model.currency)),
            false => format!("million {}/{}", money(&model.currency), commodity.unit()),
        };
        let region = model.network.home(balance.region);
        for (y, cost) in balance.mean_price.iter().enumerate() {
            let Some(cost) = *cost else { continue };
            let weight: f64 =
                (0..balance.demand.nrows()).map(|node| balance.uses(node, y)).sum();
            let variable = format!("kzleap|Price|{}", commodity.name);
            means.add(region, &variable, &unit, y, cost, weight);
            let sum = marginal.entry((region, balance.commodity, y)).or_default();
            *sum = (sum.0 + cost * weight, sum.1 + weight);
        }
    }
    let unit = format!("{}/GJ", money(&model.currency));
    for entry in accounts.energy_balance() {
        let (Some(region), Some(kind)) = (entry.region, Kind::of(model, entry.commodity))
        else {
            continue;
        };
        let cost = marginal.get(&(region, entry.commodity, entry.year));
        let Some(cost) = cost.filter(|(_, weight)| *weight > 0.0).map(|(sum, w)| sum / w)
        else {
            continue;
        };
        let variable = match (RowKind::of(&entry.flow), kind) {
            (Some(RowKind::Production | RowKind::Transformation), kind)
                if entry.value > 0.0 =>
            {
                match Carrier::of(kind) {
                    Some(carrier) => format!("Price|Secondary Energy|{}", carrier.name()),
                    None => continue,
                }
            }
            (Some(RowKind::Final), kind) if entry.value < 0.0 => {
                match mapping::final_carrier(kind).0 {
                    "Other" => continue,
                    carrier => format!("Price|Final Energy|{carrier}"),
                }
            }
            _ => continue,
        };
        means.add(region, &variable, &unit, entry.year, cost, entry.value.abs());
    }
    means.write(frame);
}

/// Means in the making, by variable, unit, place (0 for the whole area) and year.
#[derive(Debug)]
struct Means<'a> {
    model: &'a Model,
    sums: BTreeMap<(String, String, usize, usize), (f64, f64)>,
}

impl<'a> Means<'a> {
    const fn new(model: &'a Model) -> Self {
        Self { model, sums: BTreeMap::new() }
    }

    /// Adds a value of a domestic region with its weight.
    fn add(
        &mut self,
        region: RegionIx,
        variable: &str,
        unit: &str,
        year: usize,
        value: f64,
        weight: f64,
    ) {
        if !self.model.regions[region].domestic {
            return;
        }
        for place in [0, region.get() + 1] {
            let key = (variable.to_owned(), unit.to_owned(), place, year);
            let sum = self.sums.entry(key).or_default();
            *sum = (sum.0 + value * weight, sum.1 + weight);
        }
    }

    fn write(self, frame: &mut Frame<'_>) {
        for ((variable, unit, place, year), (sum, weight)) in self.sums {
            if weight > 0.0 {
                let region = place.checked_sub(1).map(RegionIx::new);
                frame.set(region, &variable, &unit, year, sum / weight);
            }
        }
    }
}

/// What one more tonne of CO2 costs where it is emitted: the shadow prices of all caps and schemes that
/// count it, each times its weight, and the tax on it. For the whole area where it is the same in every
/// region.
fn carbon(model: &Model, solution: &Solution, frame: &mut Frame<'_>) {
    let of = |gas| model.emissions.position(|emission| emission.gas == Some(gas));
    let Some(carbon) = of(Gas::Co2).or_else(|| of(Gas::GreenhouseGases)) else { return };
    let Some(mass) = mapping::megatonnes(model.emissions[carbon].unit) else { return };
    let unit = format!("{}/t CO2", money(&model.currency));
    for y in model.time.years.ixs() {
        let price = |region: RegionIx| {
            let caps = model.emission_caps.iter().zip(&solution.emission_price);
            let caps = caps.map(|(cap, price)| (&cap.terms, price[y.get()]));
            let schemes = model.trading.iter().zip(&solution.trading);
            let schemes = schemes.map(|(scheme, of)| (&scheme.terms, of.price[y.get()]));
            let caps = caps.chain(schemes).flat_map(|(terms, price)| {
                let terms = terms.iter();
                let counts = move |term: &&kzleap_model::policy::EmissionTerm| {
                    term.emission == carbon && term.regions.contains(&region)
                };
                terms.filter(counts).map(move |term| term.weight * price)
            });
            (caps.sum::<f64>() + model.emission_price(carbon, region, y)) / mass
        };
        let domestic = model
            .regions
            .iter_ix()
            .filter(|(r, region)| region.domestic && model.network.home(*r) == *r);
        let prices: Vec<(RegionIx, f64)> = domestic.map(|(r, _)| (r, price(r))).collect();
        for (region, price) in &prices {
            frame.set(Some(*region), "Price|Carbon", &unit, y.get(), *price);
        }
        let Some((_, first)) = prices.first() else { continue };
        if prices.iter().all(|(_, price)| (price - first).abs() <= 1e-9 * first.abs()) {
            frame.set(None, "Price|Carbon", &unit, y.get(), *first);
        }
    }
}

/// Money spent on building, billions a year of the period.
fn investment(accounts: &Accounts<'_>, frame: &mut Frame<'_>) {
    let model = accounts.model;
    let unit = format!("billion {}/yr", money(&model.currency));
    for cost in accounts.costs().iter().filter(|cost| cost.kind == CostKind::Investment) {
        let k = match cost.owner {
            CostOwner::Capacity(k) => k,
            CostOwner::Retrofit(at) => model.retrofits[at].to,
            _ => continue,
        };
        let year = YearIx::new(cost.year);
        let value = cost.amount / model.time.years[year].length() / 1000.0;
        let mut add = |variable: &str| {
            frame.add(model.network.home(cost.region), variable, &unit, cost.year, value);
        };
        add("kzleap|Investment");
        invested_in(accounts, &accounts.owners()[k.get()], year)
            .iter()
            .for_each(|variable| add(variable));
    }
}

/// The variables that money spent on a capacity counts under.
fn invested_in(accounts: &Accounts<'_>, owner: &Owner<'_>, year: YearIx) -> Vec<String> {
    const SUPPLY: &str = "Investment|Energy Supply";
    let model = accounts.model;
    let kind = owner.commodity.and_then(|commodity| Kind::of(model, commodity));
    let is_electric = kind == Some(Kind::Electricity);
    let below = |carrier: &str, what: Option<&str>| {
        let mut all = vec![SUPPLY.to_owned(), format!("{SUPPLY}|{carrier}")];
        all.extend(what.map(|what| format!("{SUPPLY}|{carrier}|{what}")));
        all
    };
    let process = owner.process.map(|p| &model.processes[p]);
    let is_storage = match process {
        Some(process) => process.is_storage() && !generates(accounts, process),
        None => owner.kind == OwnerKind::Storage,
    };
    if owner.kind == OwnerKind::Link || is_storage {
        return match (is_electric, is_storage) {
            (true, true) => below("Electricity", Some("Storage")),
            (true, false) => below("Electricity", Some("Transmission and Distribution")),
            _ => vec![SUPPLY.to_owned()],
        };
    }
    let Some(process) = process else { return Vec::new() };
    if let Some(made) = owner.commodity.map(|c| &model.commodities[c]).filter(|c| c.is_other())
    {
        let stem = format!("kzleap|Investment|{}", made.name);
        return vec![format!("{stem}|{}", process.category), stem];
    }
    let row = RowKind::of(&model.flow_of(process));
    for carrier in Carrier::ALL.into_iter().filter(|carrier| carrier.counts_in(row)) {
        for mode in &process.modes {
            let conversion = Conversion::of_mode(model, mode, year);
            if conversion.generation(model, carrier) <= 0.0 {
                continue;
            }
            let sources = conversion.sources(model, process, carrier);
            let largest = sources.into_iter().max_by(|a, b| a.2.total_cmp(&b.2));
            let source = largest.map_or(Source::Other, |(source, ..)| source);
            return below(carrier.name(), Some(source.name()));
        }
    }
    if row == Some(RowKind::Final) {
        return vec!["kzleap|Investment|Final Use".to_owned()];
    }
    match kind {
        Some(Kind::Electricity) => below("Electricity", Some("Transmission and Distribution")),
        Some(Kind::Fuel(source, form)) if source.is_fossil() && form != Form::Liquids => {
            // the list has no sum of extraction
            vec![SUPPLY.to_owned(), format!("{SUPPLY}|Extraction|{}", source.name())]
        }
        Some(_) => vec![SUPPLY.to_owned()],
        None => vec!["kzleap|Investment|Other".to_owned()],
    }
}
