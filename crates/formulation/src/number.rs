//! The numbers of a model that may give way where there is no plan, in the words of a modeller.
//!
//! The families of rows and of columns say which of these they hold, and what is known of it.

use kzleap_model::finance::Convention;
use kzleap_model::{CapacityIx, Model, ProcessIx, RegionIx, YearIx, stated};

/// How a number enters a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Enters {
    /// It sets the bound, which moves by so much for each unit of the number.
    Bound(f64),
    /// It multiplies columns.
    Factor,
}

/// What is said of a number as a least, and as a most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sides<T> {
    /// As a least.
    pub least: T,
    /// As a most.
    pub most: T,
}

impl<T: Clone> Sides<T> {
    /// The same as both.
    pub fn both(said: T) -> Self {
        Self { least: said.clone(), most: said }
    }

    /// As one of them.
    pub fn of(self, least: bool) -> T {
        if least { self.least } else { self.most }
    }
}

/// What is known of a number.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// A word for it, for programs that read the answer.
    pub word: &'static str,
    /// Its name, as in `emission cap national 2060`.
    pub name: String,
    /// The number as the model keeps it: building by calendar year, margins and shares as ratios.
    pub value: Sides<f64>,
    /// How far it may give way: the smallest and the largest that make sense.
    pub range: (f64, f64),
    /// Whether it is a ratio, which says nothing by how much it changes.
    pub ratio: bool,
    /// Whether there may be a least and a most of it.
    pub two_sides: bool,
    /// Whether it is of building, by calendar year also where its unit does not say so.
    pub building: bool,
    /// The unit the model keeps it in; empty for a ratio.
    pub unit: String,
    /// Of which region it is said.
    pub region: Option<RegionIx>,
    /// Of which milestone year it is said.
    pub year: Option<YearIx>,
    /// Paths at which it may stand in the files, the likeliest first.
    pub paths: Sides<Vec<String>>,
    /// The parameter of OSeMOSYS or NEMO that holds it in an imported model, with its members but
    /// for the year; `None` where several could.
    pub parameter: Sides<Option<(String, String)>>,
}

/// Calendar years for which capacity is built, where limits on building are by calendar year.
pub(crate) fn years_of_building(model: &Model, y: YearIx) -> f64 {
    match model.finance.convention {
        Convention::Annuity => model.time.years[y].length(),
        Convention::Osemosys { .. } | Convention::Nemo(_) => 1.0,
    }
}

/// The unit of limits on building a capacity of this unit.
pub(crate) fn building_unit(model: &Model, unit: &str) -> String {
    match model.finance.convention {
        Convention::Annuity => format!("{unit}/a"),
        Convention::Osemosys { .. } | Convention::Nemo(_) => unit.to_owned(),
    }
}

/// A capacity, for people.
pub(crate) fn capacity_text(model: &Model, k: CapacityIx) -> String {
    let capacity = &model.capacities[k];
    format!("{} in {}", capacity.name, model.regions[capacity.region].name)
}

/// A process, for people.
pub(crate) fn process_text(model: &Model, p: ProcessIx) -> String {
    let process = &model.processes[p];
    format!("{} in {}", process.name, model.regions[process.region].name)
}

/// The collections that name processes and capacities.
const OWNERS: [&str; 4] =
    [stated::PROCESSES, stated::STORAGES, stated::RESOURCES, stated::LINKS];

/// Paths of a field of a process, a storage, a resource or a link of this name.
pub(crate) fn owned_paths(name: &str, field: &str) -> Vec<String> {
    // of merged regions, what differs keeps its region: `boiler@north`
    let name = name.split_once('@').map_or(name, |(name, _)| name);
    let class = name.split_once('.').map(|(process, class)| {
        format!("{}.{process}.{}.{class}.{field}", stated::PROCESSES, stated::CLASSES)
    });
    let own = OWNERS.iter().map(|owner| format!("{owner}.{name}.{field}"));
    // what was commissioned in a year is said where its process is
    let process = name.rsplit_once('.').filter(|(_, year)| year.parse::<i32>().is_ok());
    let process = process.map(|(process, _)| owned_paths(process, field)).unwrap_or_default();
    class
        .into_iter()
        .chain(own)
        .chain(process)
        .chain([format!("{}.{field}", stated::DEFAULTS)])
        .collect()
}

/// Paths of a field of a capacity, which is called otherwise where it is of the energy of a storage, or of
/// the power that charges it.
pub(crate) fn capacity_paths(
    model: &Model,
    k: CapacityIx,
    [field, of_energy, of_charge]: [&str; 3],
) -> Vec<String> {
    let name = &model.capacities[k].name;
    let storage = |name: &str| model.storages.iter().any(|storage| storage.name == name);
    // what a storage holds, and what charges it, may be capacities of their own
    match name.split_once('.') {
        Some((owner, "energy")) if storage(owner) => {
            vec![format!("{}.{owner}.{of_energy}", stated::STORAGES)]
        }
        Some((owner, "charge")) if storage(owner) => {
            vec![format!("{}.{owner}.{of_charge}", stated::STORAGES)]
        }
        _ => owned_paths(name, field),
    }
}

/// The members of a parameter of OSeMOSYS or NEMO on a capacity; `None` for storages and lines,
/// which have parameters of their own.
pub(crate) fn technology(model: &Model, k: CapacityIx) -> Option<String> {
    let capacity = &model.capacities[k];
    let technology = model.processes.iter().any(|process| process.capacity == Some(k));
    let home = &model.regions[model.network.home(capacity.region)].name;
    technology.then(|| format!("{home},{}", capacity.name))
}
