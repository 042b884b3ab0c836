//! What demand follows and what it is made of; for reports, since the program knows only its sum.

use crate::fields::{Field, Fields};
use crate::kind::DriverKind;
use crate::series::ByYear;
use crate::{CommodityIx, RegionIx};

/// Drivers and branches of demand. Empty for models that give their demands directly.
#[derive(Clone, Debug, Default)]
pub struct DemandTree {
    /// What demand follows.
    pub drivers: Vec<Driver>,
    /// The parts of demand; a parent is anywhere in the list.
    pub branches: Vec<Branch>,
}

/// What demand follows: people, homes, income, output.
#[derive(Clone, Debug)]
pub struct Driver {
    /// Short name, as formulas have it.
    pub name: String,
    /// The name shown to people.
    pub label: String,
    /// What it is, if that is said.
    pub kind: Option<DriverKind>,
    /// Unit of its values; empty for a plain number.
    pub unit: String,
    /// Whether the values of regions add up.
    pub extensive: bool,
    /// Its values by milestone year, for each region or once for none.
    pub values: Vec<(Option<RegionIx>, ByYear)>,
}

impl Fields for Driver {
    fn fields(&mut self, _: &mut dyn FnMut(Field<'_>)) {
        // values that do not add up cannot be merged: merged and split regions keep all apart
        let Self { name: _, label: _, kind: _, unit: _, extensive: _, values: _ } = self;
    }
}

/// A part of demand.
#[derive(Clone, Debug)]
pub struct Branch {
    /// Short name.
    pub name: String,
    /// The name shown to people.
    pub label: String,
    /// Position of the branch it is a part of.
    pub parent: Option<usize>,
    /// What it needs; `None` if it only gathers others.
    pub commodity: Option<CommodityIx>,
    /// Whether it is not burnt: feedstock, bitumen, lubricants.
    pub non_energy_use: bool,
    /// How much a year, by milestone year, in the unit of the commodity.
    pub annual: Vec<(RegionIx, ByYear)>,
}

impl Fields for Branch {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self { name: _, label: _, parent: _, commodity: _, non_energy_use: _, annual } =
            self;
        see(Field::Sizes(annual));
    }
}
