//! What a solved group leaves to the next.

use kzleap_accounts::Accounts;
use kzleap_model::CapacityIx;

use crate::carried::Carried;
use crate::costs::activity;
use crate::course::Group;
use crate::data::Data;
use crate::parameters::Dimension;
use crate::to_model::points;

/// Adds the results of a group to what is carried on.
pub(crate) fn hand_over(data: &Data, group: &Group, carried: &mut Carried) {
    let (map, solution) = (&group.imported.map, &group.solution);
    let Some(last) = group.period.years.len().checked_sub(1) else { return };
    let calendar: Vec<i32> = group.period.years.iter().map(|y| data.years[*y]).collect();
    let built = |k: CapacityIx| -> Vec<(i32, f64)> {
        let new = solution.new_capacity.row(k.get());
        calendar
            .iter()
            .copied()
            .zip(new.iter().copied())
            .filter(|(_, new)| *new > 0.0)
            .collect()
    };
    let accounts = Accounts::new(&group.imported.model, solution);
    let technologies = data.count(Dimension::Technology);
    for (at, technology) in map.technologies.iter().enumerate() {
        let key = (at / technologies, at % technologies);
        if let Some(k) = technology.capacity {
            carried.new_capacity.entry(key).or_default().extend(built(k));
            carried.capacity.insert(key, solution.capacity[(k.get(), last)]);
        }
        for m in 0..data.count(Dimension::Mode) {
            let activity = activity(&accounts, technology, m, last);
            if activity != 0.0 {
                carried.activity.insert((key.0, key.1, m), activity);
            } else {
                carried.activity.remove(&(key.0, key.1, m));
            }
        }
        carried.penalty.insert(key, group.costs.technologies[at].penalty[last]);
    }
    let points = points(data, &map.slices);
    let storages = data.count(Dimension::Storage);
    for (at, storage) in map.storages.iter().enumerate() {
        let (r, s) = (at / storages, at % storages);
        if let Some(k) = storage.capacity {
            carried.new_storage.entry((r, s)).or_default().extend(built(k));
        }
        for place in &storage.places {
            let content = solution.level(place.storage)[(points.end, last)];
            match place.node {
                None => carried.content.insert((r, s), content),
                Some(n) => carried.content_at_node.insert((n, s), content),
            };
        }
    }
    for (at, line) in map.lines.iter().enumerate() {
        let Some(line) = line else { continue };
        if data.lines[at].built_in.is_none() {
            carried.built.entry(at).or_default().extend(built(line.capacity));
        }
        carried.exists.insert(at, solution.capacity[(line.capacity.get(), last)]);
        carried.carrying.insert(at, group.costs.lines[at].variable[last]);
    }
    for e in 0..data.count(Dimension::Emission) {
        for r in 0..data.count(Dimension::Region) {
            if map.accounted[e][r][last] {
                carried.emissions.insert((r, e), solution.emissions[(e, r, last)]);
            }
        }
    }
    carried.year = calendar.last().copied();
}
