//! Subsidies: money that lowers the cost of building, and the budgets it comes from.

use crate::CapacityIx;
use crate::fields::{Field, Fields};
use crate::series::ByYear;

/// Subsidies on building and their budgets.
///
/// The plan takes no more than a budget gives; what it takes lowers the cost of the capacity, and
/// its financing and salvage with it. Subsidies are money from outside the plan.
#[derive(Clone, Debug, Default)]
pub struct Support {
    /// What may be paid.
    pub subsidies: Vec<Subsidy>,
    /// What is there to be paid from.
    pub budgets: Vec<Budget>,
}

/// A subsidy on building a capacity.
#[derive(Clone, Debug)]
pub struct Subsidy {
    /// Which capacity.
    pub capacity: CapacityIx,
    /// The most for each unit built, MUSD per unit, by milestone year; below its overnight cost.
    pub rate: ByYear,
}

impl Fields for Subsidy {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self { capacity, rate } = self;
        see(Field::Rate(rate));
        see(Field::Capacity(capacity));
    }
}

/// A budget that several subsidies share.
#[derive(Clone, Debug)]
pub struct Budget {
    /// Name, for reports.
    pub name: String,
    /// Positions in [`Support::subsidies`].
    pub subsidies: Vec<usize>,
    /// The most that is paid for each milestone year, MUSD; `None` where there is no limit.
    pub limit: Vec<Option<f64>>,
}

impl Fields for Budget {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self { name: _, subsidies, limit } = self; // one budget for all it pays
        see(Field::Rule(limit));
        see(Field::Subsidies(subsidies));
    }
}
