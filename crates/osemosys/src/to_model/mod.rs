//! From OSeMOSYS data to a [`Model`] with OSeMOSYS's accounting.
//!
//! What the parameters mean is that of `osemosys_fast.txt`; where the published variants of the
//! equations differ, the intended meaning is taken (a renewable target in energy, no energy from
//! fuels without a producer, emissions of either sign).

mod capacity;
mod demand;
mod extensions;
mod policy;
mod process;
mod series;
mod storage;
mod storage_calendar;
mod time;
mod trade;

use kzleap_model::finance::Depreciation;
use kzleap_model::{
    Balance, CapacityIx, Commodity, CommodityIx, Convention, Emission, Finance, Input, LinkIx,
    Model, ProcessIx, Region, RegionIx, Set, StorageIx, Tier,
};

pub(crate) use capacity::in_gigawatts;
pub(crate) use process::mean_availability;
pub(crate) use series::upper_limit;
pub(crate) use storage::at_work as storages_at_work;
pub(crate) use storage_calendar::Calendar;

use crate::data::Data;
use crate::parameters::{P, SetId};

/// A model made from OSeMOSYS data, and where its parts come from.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The model.
    pub model: Model,
    /// Which part of the model stands for which technology, storage and trade route.
    pub map: Map,
}

/// Which part of the model stands for which part of the data.
#[derive(Clone, Debug, Default)]
pub struct Map {
    /// Technologies of every region, region by region in the order of the sets.
    pub technologies: Vec<Technology>,
    /// Storages of every region, region by region; `None` if nothing fills or empties it.
    pub storages: Vec<Option<StorageIx>>,
    /// Links, with the positions of their two regions and their fuel.
    pub links: Vec<(LinkIx, [usize; 3])>,
}

/// What stands for one technology in one region.
#[derive(Clone, Debug, Default)]
pub struct Technology {
    /// Its process; `None` if it cannot run.
    pub process: Option<ProcessIx>,
    /// Its capacity; `None` if nothing depends on how much of it there is.
    pub capacity: Option<CapacityIx>,
    /// For each mode of the process, the position of the mode in the data.
    pub modes: Vec<usize>,
}

impl Map {
    /// What stands for a technology in a region.
    pub fn technology(&self, data: &Data, region: usize, technology: usize) -> &Technology {
        &self.technologies[region * data.count(SetId::Technology) + technology]
    }

    /// What stands for a storage in a region.
    pub fn storage(&self, data: &Data, region: usize, storage: usize) -> Option<StorageIx> {
        self.storages[region * data.count(SetId::Storage) + storage]
    }
}

/// Makes a model of the data.
pub fn to_model(data: &Data) -> Imported {
    let mut making = Making { data, model: empty(data), map: Map::default() };
    making.map.storages = storage::places(data);
    for r in 0..data.count(SetId::Region) {
        for t in 0..data.count(SetId::Technology) {
            let technology = process::add(&mut making, r, t);
            making.map.technologies.push(technology);
        }
    }
    storage::add(&mut making);
    trade::add(&mut making);
    demand::add(&mut making);
    policy::add(&mut making);
    extensions::add(&mut making);
    Imported { model: making.model, map: making.map }
}

/// A model under way.
struct Making<'d> {
    data: &'d Data,
    model: Model,
    map: Map,
}

impl Making<'_> {
    fn name(&self, set: SetId, at: usize) -> &str {
        &self.data.set(set).names()[at]
    }

    fn technology(&self, r: usize, t: usize) -> &Technology {
        self.map.technology(self.data, r, t)
    }
}

fn region(r: usize) -> RegionIx {
    RegionIx::new(r)
}

fn commodity(f: usize) -> CommodityIx {
    CommodityIx::new(f)
}

/// The model with its sets, but nothing in them that decides.
fn empty(data: &Data) -> Model {
    let regions: Set<Region> = names(data, SetId::Region)
        .map(|name| Region { label: name.clone(), name, domestic: true })
        .collect();
    let commodities = names(data, SetId::Fuel)
        .map(|name| Commodity {
            label: name.clone(),
            name,
            tier: Tier::Slice,
            just_in_time: false,
            balance: Balance::Surplus,
            unserved_cost: None,
            kind: None,
            family: None,
            colour: None,
            amount: None,
            heat_value: None,
        })
        .collect();
    let emissions = names(data, SetId::Emission)
        .enumerate()
        .map(|(e, name)| Emission {
            label: name.clone(),
            name,
            gas: None,
            unit: None,
            part_of: None,
            exogenous: by_region(data, P::AnnualExogenousEmission, e),
            price: by_region(data, P::EmissionsPenalty, e),
            damage: Vec::new(),
            damage_in_cost: false,
        })
        .collect();
    let method = |r: usize| {
        if data.get(P::DepreciationMethod, &[r]) > 1.5 {
            Depreciation::StraightLine
        } else {
            Depreciation::SinkingFund
        }
    };
    let every_region = || 0..data.count(SetId::Region);
    let finance = Finance {
        convention: Convention::Osemosys {
            depreciation: every_region().map(method).collect(),
            own_rate: Vec::new(),
            own_depreciation: Vec::new(),
        },
        base_year: data.years().first().copied().unwrap_or(0),
        discount_rate: every_region().map(|r| data.get(P::DiscountRate, &[r])).collect(),
    };
    Model {
        description: "imported from OSeMOSYS".to_owned(),
        regions,
        commodities,
        emissions,
        inputs: notes(data),
        ..Model::empty(&data.name, "", finance, time::time(data))
    }
}

/// What was assumed, for those who ask where numbers come from.
fn notes(data: &Data) -> Vec<Input> {
    let absent = data.absent.iter().map(|absent| Input {
        path: absent.parameter.to_owned(),
        value: absent.taken(),
        note: Some("not given".to_owned()),
        ..Input::default()
    });
    let notes = data.notes.iter().map(|note| Input {
        path: data.name.clone(),
        note: Some(note.clone()),
        ..Input::default()
    });
    absent.chain(notes).collect()
}

fn names(data: &Data, set: SetId) -> impl Iterator<Item = String> + '_ {
    data.set(set).names().iter().cloned()
}

/// The values of a parameter of emissions for each region that has any.
fn by_region(data: &Data, p: P, e: usize) -> Vec<(RegionIx, Vec<f64>)> {
    (0..data.count(SetId::Region))
        .map(|r| (region(r), data.along(p, &[r, e])))
        .filter(|(_, by_year)| by_year.iter().any(|value| *value != 0.0))
        .collect()
}
