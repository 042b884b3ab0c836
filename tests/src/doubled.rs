//! Two equal countries beside each other.

use kzleap_study::model::{CapacityIx, Model, RegionIx, StorageIx};

/// The model beside a copy of itself in another region.
pub fn doubled(one: &Model) -> Model {
    let mut two = one.clone();
    let mut region = one.regions[RegionIx::new(0)].clone();
    region.name = "twin".to_owned();
    let twin = two.regions.push(region);
    two.finance.discount_rate.push(one.finance.discount_rate[0]);
    let (capacities, storages) = (one.capacities.len(), one.storages.len());
    for capacity in &one.capacities {
        let mut copy = capacity.clone();
        copy.region = twin;
        two.capacities.push(copy);
    }
    let moved = |k: CapacityIx| CapacityIx::new(k.get() + capacities);
    for storage in &one.storages {
        let mut copy = storage.clone();
        copy.region = twin;
        copy.capacity = moved(copy.capacity);
        two.storages.push(copy);
    }
    for process in &one.processes {
        let mut copy = process.clone();
        copy.region = twin;
        copy.capacity = copy.capacity.map(moved);
        for mode in &mut copy.modes {
            for (z, _) in mode.charges.iter_mut().chain(&mut mode.discharges) {
                *z = StorageIx::new(z.get() + storages);
            }
        }
        two.processes.push(copy);
    }
    for demand in &one.demands {
        let mut copy = demand.clone();
        copy.region = twin;
        two.demands.push(copy);
    }
    for reserve in &one.reserves {
        let mut copy = reserve.clone();
        copy.members.iter_mut().for_each(|(k, _)| *k = moved(*k));
        two.reserves.push(copy);
    }
    for cap in &one.emission_caps {
        let mut copy = cap.clone();
        copy.terms.iter_mut().for_each(|term| term.regions = vec![twin]);
        two.emission_caps.push(copy);
    }
    two
}
