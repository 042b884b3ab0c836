//! Storages with their capacities and charging rates.

use kzleap_model::finance::{Convention, Depreciation};
use kzleap_model::policy::Sense;
use kzleap_model::user_rows::{Quantity, UserRow, UserTerm};
use kzleap_model::{
    Capacity, CapacityIx, CapacityUnit, Investment, SliceIx, Storage, StorageIx, YearIx,
};

use super::capacity::years_of_service;
use super::storage_calendar::{Calendar, Every};
use super::{Making, region};
use crate::data::{Data, Dialect};
use crate::parameters::{P, SetId};

/// The position every storage will have in the model; none if nothing fills or empties it and
/// it need not hold anything.
pub(super) fn places(data: &Data) -> Vec<Option<StorageIx>> {
    let mut places = Vec::new();
    let mut count = 0;
    for r in 0..data.count(SetId::Region) {
        for s in 0..data.count(SetId::Storage) {
            let linked = [P::TechnologyToStorage, P::TechnologyFromStorage].iter().any(|p| {
                (0..data.count(SetId::Technology)).any(|t| data.table(*p).any(&[r, t, s]))
            });
            let kept = linked || data.get(P::StorageLevelStart, &[r, s]) > 0.0;
            places.push(kept.then(|| StorageIx::new(count)));
            count += usize::from(kept);
        }
    }
    places
}

/// Whether any storage does anything.
pub(crate) fn at_work(data: &Data) -> bool {
    places(data).iter().any(Option::is_some)
}

/// Adds every storage that [`places`] keeps.
pub(super) fn add(making: &mut Making<'_>) {
    let data = making.data;
    if making.map.storages.iter().all(Option::is_none) {
        return;
    }
    let calendar = Calendar::new(data);
    let named = |set: SetId, s: usize| {
        let name = &data.set(SetId::Storage).names()[s];
        data.set(set).position(name).is_some()
    };
    for r in 0..data.count(SetId::Region) {
        for s in 0..data.count(SetId::Storage) {
            let Some(storage) = making.map.storage(data, r, s) else { continue };
            let every =
                Every { day: named(SetId::IntraDay, s), year: named(SetId::IntraYear, s) };
            let capacity = add_capacity(making, r, s);
            let added = making.model.storages.push(Storage {
                name: making.name(SetId::Storage, s).to_owned(),
                region: region(r),
                capacity,
                content_per_capacity: 1.0,
                minimum_level: data.along(P::MinStorageCharge, &[r, s]),
                chronology: calendar.chronology(data.get(P::StorageLevelStart, &[r, s]), every),
            });
            debug_assert_eq!(added, storage, "storages are added in the order of their places");
            add_rates(making, &calendar, r, s);
        }
    }
}

fn add_capacity(making: &mut Making<'_>, r: usize, s: usize) -> CapacityIx {
    let data = making.data;
    let at = [r, s];
    let years = data.count(SetId::Year);
    let life = data.get(P::OperationalLifeStorage, &at);
    let investment = (life > 0.0).then(|| Investment {
        overnight_cost: data.along(P::CapitalCostStorage, &at),
        technical_life: years_of_service(life),
        survival: None,
        interest: 0.0,
        economic_life: life,
        cost_of_capital: data.get(P::DiscountRate, &[r]),
        lower: vec![0.0; years],
        upper: vec![f64::INFINITY; years],
        growth: None,
        unit_size: None,
    });
    let capacity = making.model.capacities.push(Capacity {
        name: making.name(SetId::Storage, s).to_owned(),
        region: region(r),
        unit: CapacityUnit::Unknown,
        residual: data.along(P::ResidualStorageCapacity, &at),
        investment,
        fixed_cost: vec![0.0; years],
        fixed_cost_of_new: Vec::new(),
        lower: vec![0.0; years],
        upper: vec![f64::INFINITY; years],
        early_retirement: false,
        decommissioning_cost: None,
        early_retirement_cost: None,
        by_conversion: false,
    });
    let rate = data.get(P::DiscountRateStorage, &at);
    if let Convention::Osemosys { own_rate, own_depreciation, .. } =
        &mut making.model.finance.convention
    {
        if (rate - data.get(P::DiscountRate, &[r])).abs() > 0.0 {
            own_rate.push((capacity, rate));
        }
        // the CLEWs interface writes storages off in a straight line, whatever the region says
        if data.storages == Dialect::Clews {
            own_depreciation.push((capacity, Depreciation::StraightLine));
        }
    }
    capacity
}

/// Charging and discharging rates of every bracket stay below their limits (SC5, SC6).
fn add_rates(making: &mut Making<'_>, calendar: &Calendar, r: usize, s: usize) {
    let data = making.data;
    if data.storages == Dialect::Clews {
        return;
    }
    for (limit, factors, word) in [
        (P::StorageMaxChargeRate, P::TechnologyToStorage, "charge"),
        (P::StorageMaxDischargeRate, P::TechnologyFromStorage, "discharge"),
    ] {
        let most = data.get(limit, &[r, s]);
        if !most.is_finite() || most >= 1e20 {
            continue;
        }
        for (at, slices) in calendar.brackets().enumerate() {
            for y in 0..data.count(SetId::Year) {
                let mut terms = Vec::new();
                for t in 0..data.count(SetId::Technology) {
                    let technology = making.technology(r, t);
                    let Some(process) = technology.process else { continue };
                    for (mode, m) in technology.modes.iter().enumerate() {
                        let factor = data.get(factors, &[r, t, s, *m]);
                        for l in slices.iter().filter(|_| factor > 0.0) {
                            let share = data.get(P::YearSplit, &[*l, y]);
                            terms.extend((share > 0.0).then(|| {
                                UserTerm::new(
                                    Quantity::ActivityInSlice(process, mode, SliceIx::new(*l)),
                                    YearIx::new(y),
                                    factor / share,
                                )
                            }));
                        }
                    }
                }
                if !terms.is_empty() {
                    let name = making.name(SetId::Storage, s);
                    making.model.user_rows.push(UserRow::new(
                        format!("{name}.{word}.{}", at + 1),
                        terms,
                        Sense::AtMost,
                        most,
                    ));
                }
            }
        }
    }
}
