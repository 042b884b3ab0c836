//! OSeMOSYS data under way.

use std::collections::BTreeMap;

use crate::data::{Data, Dialect, Members, Table};
use crate::parameters::{Missing, P, SetId};

/// Values so far, over sets that are complete.
pub(super) struct Draft {
    sets: Vec<Members>,
    values: Vec<BTreeMap<u64, f64>>,
}

impl Draft {
    /// No values yet.
    pub(super) fn new() -> Self {
        Self {
            sets: vec![Members::default(); SetId::ALL.len()],
            values: P::ALL.iter().map(|_| BTreeMap::new()).collect(),
        }
    }

    /// Gives a set its members.
    pub(super) fn set(&mut self, set: SetId, names: impl IntoIterator<Item = String>) {
        self.sets[set as usize] = Members::new(names);
    }

    /// The position of a member; the set has it.
    pub(super) fn position(&self, set: SetId, name: &str) -> usize {
        self.sets[set as usize].position(name).unwrap_or(0)
    }

    fn key(&self, p: P, at: &[usize]) -> u64 {
        let sizes = p.spec().indices.iter().map(|set| self.sets[*set as usize].len());
        at.iter().zip(sizes).fold(0, |key, (at, size)| key * size as u64 + *at as u64)
    }

    /// Whether there is a value already.
    pub(super) fn has(&self, p: P, at: &[usize]) -> bool {
        self.values[p as usize].contains_key(&self.key(p, at))
    }

    /// Sets one value.
    pub(super) fn put(&mut self, p: P, at: &[usize], value: f64) {
        let key = self.key(p, at);
        self.values[p as usize].insert(key, value);
    }

    /// Adds to a value, which is zero so far where there is none.
    pub(super) fn add(&mut self, p: P, at: &[usize], value: f64) {
        let key = self.key(p, at);
        *self.values[p as usize].entry(key).or_insert(0.0) += value;
    }

    /// Sets the values along the last index.
    pub(super) fn put_row(&mut self, p: P, at: &[usize], values: &[f64]) {
        for (last, value) in values.iter().enumerate() {
            self.put(p, &[at, &[last]].concat(), *value);
        }
    }

    /// The data, with defaults elsewhere.
    pub(super) fn finish(self, name: String, rates: &[f64]) -> Data {
        let Self { sets, values } = self;
        let tables = P::ALL
            .into_iter()
            .zip(values)
            .map(|(p, values)| {
                let spec = p.spec();
                let sizes = spec.indices.iter().map(|set| sets[*set as usize].len()).collect();
                let (default, by_region) = match spec.default {
                    Missing::Is(default) => (default, None),
                    Missing::RegionRate => (0.0, Some(rates.to_vec())),
                };
                let differs = |value: f64| by_region.is_some() || (value - default).abs() > 0.0;
                let given = spec.current || !values.is_empty();
                let (keys, values) =
                    values.into_iter().filter(|(_, value)| differs(*value)).unzip();
                Table::new(sizes, default, by_region, keys, values, given)
            })
            .collect();
        let (tags, storages) = (Dialect::MathProg, Dialect::MathProg);
        let (notes, absent) = (Vec::new(), Vec::new());
        Data { name, tags, storages, notes, absent, sets, tables }
    }
}
