//! What a group of years hands over to the next.

use std::collections::BTreeMap;

/// Results of earlier groups that later ones start from. Keys are positions in the scenario.
#[derive(Clone, Debug, Default)]
pub struct Carried {
    /// Capacity built: by region and technology, calendar year and amount.
    pub new_capacity: BTreeMap<(usize, usize), Vec<(i32, f64)>>,
    /// Storage capacity built, by region and storage.
    pub new_storage: BTreeMap<(usize, usize), Vec<(i32, f64)>>,
    /// Lines built, by line.
    pub built: BTreeMap<usize, Vec<(i32, f64)>>,
    /// Content of storages of regions at the end of the last year.
    pub content: BTreeMap<(usize, usize), f64>,
    /// Content of storages at nodes at the end of the last year.
    pub content_at_node: BTreeMap<(usize, usize), f64>,
    /// The calendar year of all that follows; `None` before the first group.
    pub year: Option<i32>,
    /// Capacity in service, by region and technology.
    pub capacity: BTreeMap<(usize, usize), f64>,
    /// Activity over the year, by region, technology and mode.
    pub activity: BTreeMap<(usize, usize, usize), f64>,
    /// Penalties on emissions, by region and technology.
    pub penalty: BTreeMap<(usize, usize), f64>,
    /// Emissions, by region and emission.
    pub emissions: BTreeMap<(usize, usize), f64>,
    /// How much of each line is in service.
    pub exists: BTreeMap<usize, f64>,
    /// Cost of carrying over each line.
    pub carrying: BTreeMap<usize, f64>,
}

impl Carried {
    /// Amounts built in earlier groups that still stand in a calendar year.
    pub fn standing<K: Ord>(
        built: &BTreeMap<K, Vec<(i32, f64)>>,
        key: &K,
        life: i32,
        year: i32,
    ) -> f64 {
        built.get(key).map_or(0.0, |list| {
            list.iter().filter(|(in_year, _)| year - in_year < life).map(|(_, new)| new).sum()
        })
    }
}
