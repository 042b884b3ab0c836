//! What each field of a model is: an index, extensive, intensive, or the same at any resolution.
//!
//! Every struct of the model says it beside its fields, by a pattern without `..`; whatever changes
//! the resolution of a model (merged regions, split regions, merged slices) says what becomes of
//! each kind of field, by a match without `_`. So a new field does not compile until it is known
//! what becomes of it.

use crate::members::Members;
use crate::{
    ByYear, Capacity, CapacityIx, Chronology, Link, LinkIx, Process, Region, RegionIx, Series,
    Set, StorageIx,
};

/// A field that changes with the resolution.
pub enum Field<'a> {
    /// The region an item is in.
    Region(&'a mut RegionIx),
    /// The capacity of an item, in the same region.
    Capacity(&'a mut CapacityIx),
    /// A storage of an item, in the same region.
    Storage(&'a mut StorageIx),
    /// The link of a line.
    Link(&'a mut LinkIx),
    /// What a rule speaks of: regions.
    Regions(&'a mut dyn Members<Region>),
    /// What a rule speaks of: capacities.
    Capacities(&'a mut dyn Members<Capacity>),
    /// What a rule speaks of: processes.
    Processes(&'a mut dyn Members<Process>),
    /// What a rule speaks of: links.
    Links(&'a mut dyn Members<Link>),
    /// Positions of the subsidies of a budget.
    Subsidies(&'a mut Vec<usize>),
    /// Extensive: it adds up over regions.
    Size(&'a mut ByYear),
    /// Extensive, one for the whole horizon.
    SizeOfHorizon(&'a mut f64),
    /// Extensive, of capacity in service already.
    Standing(&'a mut ByYear),
    /// Intensive.
    Rate(&'a mut ByYear),
    /// A rule that speaks of all it counts together, in the years in which it holds.
    Rule(&'a mut Vec<Option<f64>>),
    /// Extensive, with the region of each.
    Sizes(&'a mut Vec<(RegionIx, ByYear)>),
    /// Intensive, with the region of each.
    Rates(&'a mut Vec<(RegionIx, ByYear)>),
    /// Intensive, one for each region of the model.
    RateOfRegions(&'a mut Vec<f64>),
    /// Intensive over the hours of slices.
    Mean(&'a mut Series),
    /// A part of the year's amount in each slice: it adds up over slices.
    PartOfYear(&'a mut Series),
    /// How the content of a storage moves from slice to slice.
    Chronology(&'a mut Chronology),
}

impl<'a> Field<'a> {
    /// Its numbers, if it is extensive and each item has its own.
    pub fn size(self) -> Option<&'a mut [f64]> {
        match self {
            Self::Size(values) | Self::Standing(values) => Some(values),
            Self::SizeOfHorizon(value) => Some(std::slice::from_mut(value)),
            Self::Region(_)
            | Self::Capacity(_)
            | Self::Storage(_)
            | Self::Link(_)
            | Self::Regions(_)
            | Self::Capacities(_)
            | Self::Processes(_)
            | Self::Links(_)
            | Self::Subsidies(_)
            | Self::Sizes(_)
            | Self::Rates(_)
            | Self::Rate(_)
            | Self::Rule(_)
            | Self::RateOfRegions(_)
            | Self::Mean(_)
            | Self::PartOfYear(_)
            | Self::Chronology(_) => None,
        }
    }
}

/// A part of a model whose fields say what they are.
pub trait Fields {
    /// Shows every field that changes with the resolution, always in the same order.
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>));
}

impl<T: Fields> Fields for Vec<T> {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        self.iter_mut().for_each(|item| item.fields(see));
    }
}

impl<T: Fields> Fields for Set<T> {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        self.iter_mut().for_each(|item| item.fields(see));
    }
}
