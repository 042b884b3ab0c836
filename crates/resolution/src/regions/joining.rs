//! Items of a set that become one, and the set that is left.

use std::collections::BTreeMap;

use kzleap_model::{Capacity, Fields, Ix, Model, Process, RegionIx, Set, Storage};

use super::places::Places;
use crate::sums::add_sizes;

/// What is in a region under a name.
pub(super) trait Standing: Fields + Clone {
    fn region(&self) -> RegionIx;
    fn name(&self) -> &str;
    /// Adds to its name and its label.
    fn rename(&mut self, name: &str, label: &str);
}

/// Where each old item is now; those left out are nowhere.
pub(super) struct NewPlaces<T>(Vec<Option<Ix<T>>>);

impl<T> NewPlaces<T> {
    pub(super) fn of(&self, old: Ix<T>) -> Option<Ix<T>> {
        self.0[old.get()]
    }
}

/// Which items of a set become one.
pub(super) struct Joining<T> {
    /// The first of those that each becomes one with; `None` for what is left out.
    first: Vec<Option<Ix<T>>>,
}

impl<T: Standing> Joining<T> {
    pub(super) fn new(set: &Set<T>) -> Self {
        Self { first: set.ixs().map(Some).collect() }
    }

    /// Each of `others` becomes one with the item of `firsts` at its place.
    pub(super) fn join(&mut self, firsts: &[Ix<T>], others: &[Ix<T>]) {
        for (first, other) in firsts.iter().zip(others) {
            self.first[other.get()] = Some(*first);
        }
    }

    pub(super) fn leave_out(&mut self, item: Ix<T>) {
        self.first[item.get()] = None;
    }

    /// The set that is left, with all it says of others still as it was: each item at the place of
    /// the first that became it, with the sum of their sizes. Items of one name that stay apart in
    /// one region have the regions they come from in their names.
    pub(super) fn apply(
        &self,
        model: &Model,
        places: &Places,
        set: &Set<T>,
    ) -> (Set<T>, NewPlaces<T>) {
        let mut from: Vec<Vec<RegionIx>> = vec![Vec::new(); set.len()];
        for (old, item) in set.iter_ix() {
            if let Some(first) = self.first[old.get()] {
                from[first.get()].push(item.region());
            }
        }
        let mut namesakes: BTreeMap<(RegionIx, &str), usize> = BTreeMap::new();
        for (old, item) in set.iter_ix().filter(|(old, _)| self.is_first(*old)) {
            debug_assert!(!from[old.get()].is_empty(), "at least itself");
            *namesakes.entry((places.of(item.region()), item.name())).or_default() += 1;
        }
        let mut left = Set::new();
        let mut to = vec![None; set.len()];
        for (old, item) in set.iter_ix().filter(|(old, _)| self.is_first(*old)) {
            let place = places.of(item.region());
            let regions = || from[old.get()].iter().map(|region| &model.regions[*region]);
            let (mut name, mut label) = (String::new(), String::new());
            if namesakes[&(place, item.name())] > 1 {
                let names: Vec<&str> = regions().map(|region| region.name.as_str()).collect();
                let labels: Vec<&str> = regions().map(|region| region.label.as_str()).collect();
                name = format!("@{}", names.join("+"));
                label = format!(", {}", labels.join(", "));
            }
            let mut item = item.clone();
            item.rename(&name, &label);
            to[old.get()] = Some(left.push(item));
        }
        for (old, item) in set.iter_ix().filter(|(old, _)| !self.is_first(*old)) {
            to[old.get()] = self.first[old.get()].and_then(|first| to[first.get()]);
            if let Some(sum) = to[old.get()] {
                add_sizes(&mut left[sum], item);
            }
        }
        (left, NewPlaces(to))
    }

    fn is_first(&self, item: Ix<T>) -> bool {
        self.first[item.get()] == Some(item)
    }
}

impl Standing for Capacity {
    fn region(&self) -> RegionIx {
        self.region
    }
    fn name(&self) -> &str {
        &self.name
    }
    fn rename(&mut self, name: &str, _: &str) {
        self.name.push_str(name);
    }
}

impl Standing for Storage {
    fn region(&self) -> RegionIx {
        self.region
    }
    fn name(&self) -> &str {
        &self.name
    }
    fn rename(&mut self, name: &str, _: &str) {
        self.name.push_str(name);
    }
}

impl Standing for Process {
    fn region(&self) -> RegionIx {
        self.region
    }
    fn name(&self) -> &str {
        &self.name
    }
    fn rename(&mut self, name: &str, label: &str) {
        self.name.push_str(name);
        self.label.push_str(label);
    }
}
