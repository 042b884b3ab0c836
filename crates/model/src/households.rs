//! Groups of households, such as fifths by income: who pays the bill of a sector, and who is given what the
//! public receives.

use crate::CommodityIx;
use crate::fields::{Field, Fields};
use crate::series::ByYear;

/// A group of households. It is in accounts alone: no row of the program knows it.
#[derive(Clone, Debug)]
pub struct Households {
    /// Short unique name.
    pub name: String,
    /// The name shown to people.
    pub label: String,
    /// The sector whose bill it pays a part of, as rows of the energy balance name it.
    pub sector: String,
    /// Its share of the people.
    pub heads: f64,
    /// What it has in a year, millions by milestone year, if that is said.
    pub income: Option<ByYear>,
    /// Its share of what the sector uses of a commodity; of what is not here it has `heads`.
    pub uses: Vec<(CommodityIx, f64)>,
    /// What it is given of what the public receives for emissions, a share.
    pub given_back: f64,
}

impl Households {
    /// What a model folder calls the collection of them.
    pub const COLLECTION: &'static str = "households";

    /// Its share of what the sector uses of a commodity.
    pub fn share_of(&self, commodity: CommodityIx) -> f64 {
        let known = self.uses.iter().find(|(of, _)| *of == commodity);
        known.map_or(self.heads, |(_, share)| *share)
    }
}

impl Fields for Households {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        // of the whole country
        let Self { name: _, label: _, sector: _, heads: _, income, uses: _, given_back: _ } =
            self;
        income.iter_mut().for_each(|income| see(Field::Rate(income)));
    }
}
