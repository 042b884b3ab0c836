//! The figures of a year of hours, each beside that of the plan.

use std::collections::BTreeMap;

use kzleap_accounts::Accounts;
use kzleap_accounts::operation::CapKept;
use kzleap_model::units::PJ_PER_GWH;
use kzleap_model::{Amount, CommodityIx, Model, RegionIx, Tier, YearIx};

use super::{Planned, Quantity, Row};

/// A year while its rows are made.
struct Year<'a> {
    rows: &'a mut Vec<Row>,
    model: &'a Model,
    year: i32,
}

/// Where and of what a row is: region, class or storage or cap, commodity.
type Of<'a> = (Option<RegionIx>, &'a str, Option<CommodityIx>);

/// Adds the rows of a year.
pub(super) fn add(
    rows: &mut Vec<Row>,
    year: i32,
    hours: &Accounts<'_>,
    caps: &[CapKept],
    planned: &Planned,
) {
    let mut year = Year { rows, model: hours.model, year };
    year.unserved(hours);
    year.emissions(caps, planned);
    year.generation(hours, planned);
    year.unused(hours);
    year.markets(hours);
    year.cycles(hours);
}

/// The one year of the accounts.
fn one() -> YearIx {
    YearIx::new(0)
}

impl Year<'_> {
    fn push(
        &mut self,
        quantity: Quantity,
        (region, of, commodity): Of<'_>,
        unit: String,
        (plan, hours): (Option<f64>, f64),
    ) {
        let region = region.map_or(String::new(), |r| self.model.regions[r].name.clone());
        let commodity =
            commodity.map_or(String::new(), |c| self.model.commodities[c].name.clone());
        let (of, year) = (of.to_owned(), self.year);
        self.rows.push(Row { year, region, quantity, of, commodity, unit, plan, hours });
    }

    fn unserved(&mut self, hours: &Accounts<'_>) {
        for unserved in hours.unserved(one()) {
            let of = (Some(unserved.region), "", Some(unserved.commodity));
            let (factor, unit) = shown(self.model, unserved.commodity);
            let amount = (None, unserved.amount * factor);
            self.push(Quantity::Unserved, of, unit, amount);
            let in_hours = (None, unserved.hours);
            self.push(Quantity::UnservedHours, of, "h/a".to_owned(), in_hours);
        }
    }

    fn emissions(&mut self, caps: &[CapKept], planned: &Planned) {
        for cap in caps {
            let model = self.model;
            let known = model.emission_caps.iter().find(|known| known.name == cap.name);
            let scheme = model.trading.iter().find(|known| known.name == cap.name);
            let unit = known.map(|known| known.unit_text(model));
            let unit = unit.or_else(|| Some(scheme?.unit_text(model))).unwrap_or_default();
            let (of, unit) = ((None, cap.name.as_str(), None), format!("{unit}/a"));
            let emitted = (planned.emitted(&cap.name, self.year), cap.emitted);
            self.push(Quantity::Emissions, of, unit.clone(), emitted);
            self.push(Quantity::Limit, of, unit, (Some(cap.limit), cap.limit));
        }
    }

    /// What each class makes of what is balanced within the year.
    fn generation(&mut self, hours: &Accounts<'_>, planned: &Planned) {
        let model = self.model;
        let mut sums: BTreeMap<(RegionIx, CommodityIx, &str), f64> = BTreeMap::new();
        for (p, commodity, amount) in hours.made(one()) {
            let process = &hours.model.processes[p];
            if model.commodities[commodity].tier != Tier::Annual {
                let key = (process.region, commodity, process.category.as_str());
                *sums.entry(key).or_default() += amount;
            }
        }
        for ((region, commodity, class), amount) in sums {
            let name = &model.commodities[commodity].name;
            let plan = planned.made(&model.regions[region].name, class, name, self.year);
            let (factor, unit) = shown(model, commodity);
            let both = (Some(plan * factor), amount * factor);
            self.push(Quantity::Generation, (Some(region), class, Some(commodity)), unit, both);
        }
    }

    fn unused(&mut self, hours: &Accounts<'_>) {
        let mut sums: BTreeMap<(RegionIx, &str), f64> = BTreeMap::new();
        for curtailed in hours.curtailed(one()) {
            let process = &hours.model.processes[curtailed.process];
            let key = (process.region, process.category.as_str());
            *sums.entry(key).or_default() += curtailed.amount;
        }
        for ((region, class), amount) in sums {
            let both = (None, amount / PJ_PER_GWH);
            let of = (Some(region), class, None);
            self.push(Quantity::Curtailed, of, "GWh/a".to_owned(), both);
        }
        for (region, commodity, amount) in hours.surplus(one()) {
            let (factor, unit) = shown(self.model, commodity);
            let of = (Some(region), "", Some(commodity));
            self.push(Quantity::Surplus, of, unit, (None, amount * factor));
        }
    }

    fn markets(&mut self, hours: &Accounts<'_>) {
        let money = match self.model.currency.as_str() {
            "" => "money",
            currency => currency,
        };
        for market in hours.markets(one()) {
            let of = (Some(market.region), "", Some(market.commodity));
            self.push(Quantity::Peak, of, "GW".to_owned(), (None, market.peak));
            let quantities = [Quantity::PriceLow, Quantity::PriceMean, Quantity::PriceHigh];
            for (quantity, price) in quantities.into_iter().zip(market.prices) {
                // a million per PJ is 3.6 per MWh
                let each = (None, price * PJ_PER_GWH * 1e3);
                self.push(quantity, of, format!("{money}/MWh"), each);
            }
        }
    }

    fn cycles(&mut self, hours: &Accounts<'_>) {
        for (storage, cycles) in hours.cycles(one()) {
            let storage = &hours.model.storages[storage];
            let of = (Some(storage.region), storage.name.as_str(), None);
            self.push(Quantity::Cycles, of, "1/a".to_owned(), (None, cycles));
        }
    }
}

/// How a yearly amount is shown: energy in GWh, all else in the unit of the model.
fn shown(model: &Model, commodity: CommodityIx) -> (f64, String) {
    let commodity = &model.commodities[commodity];
    match commodity.amount {
        Some(Amount::Energy) => (1.0 / PJ_PER_GWH, "GWh/a".to_owned()),
        _ => (1.0, format!("{}/a", commodity.unit())),
    }
}
