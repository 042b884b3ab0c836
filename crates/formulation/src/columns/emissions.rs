//! Net emissions in a region, where somebody caps, prices or minimises them: Mt a year.

use kzleap_lp::Bounds;
use kzleap_model::units::Emissions;
use kzleap_model::user_rows::Quantity;
use kzleap_model::{ByYear, EmissionIx, Model, RegionIx, Solution, UserRow, YearIx};

use super::{ColumnKey, Columns, Family, Variables, at};
use crate::Formulation;
use crate::families::RuleKind;
use crate::names::Names;
use crate::number::Enters;
use crate::row::Var;

/// An emission in a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Of what.
    pub emission: EmissionIx,
    /// In which region.
    pub region: RegionIx,
    /// In which milestone year.
    pub year: YearIx,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let Self { emission, region, year } = *self;
        let emission = &names.0.emissions[emission].name;
        format!("emissions[{emission},{},{}]", names.region(region), names.year(year))
    }

    fn number(&self, _: &Model) -> Option<(RuleKind, Enters)> {
        None
    }

    /// Emissions are calculated from activities, those that nobody caps too.
    fn read_back(&self, _: f64, _: &Formulation<'_>, _: &mut Solution) {}
}

/// Emitting one Mt in each year of the period, MUSD per Mt a year: its price, and its damage where that
/// is minimised.
pub fn cost(model: &Model, e: EmissionIx, r: RegionIx, y: YearIx) -> f64 {
    let each = model.emission_price(e, r, y) + model.damage_minimised(e, r, y);
    each * model.flow_present_value(r, y)
}

impl Variables {
    /// Net emissions in a region; `None` where nobody does.
    pub fn emissions(
        &self,
        emission: EmissionIx,
        region: RegionIx,
        year: YearIx,
    ) -> Option<Var<Emissions>> {
        at(self.emissions[emission.get()][region.get()][year.get()], 0)
    }
}

/// Adds the columns.
pub(super) fn add(columns: &mut Columns<'_, '_>) {
    let model = columns.model;
    for (e, emission) in model.emissions.iter_ix() {
        let mut by_region = Vec::new();
        for r in model.regions.ixs() {
            let counts =
                |rates: &[(RegionIx, ByYear)]| rates.iter().any(|(region, _)| *region == r);
            let priced = counts(&emission.price)
                || (emission.damage_in_cost && counts(&emission.damage));
            let capped = (model.counted_terms())
                .any(|term| term.emission == e && term.regions.contains(&r));
            let in_rule = (model.user_rows.iter().flat_map(UserRow::all_terms))
                .any(|term| term.quantity == Quantity::Emissions(e, r));
            let mut by_year = Vec::new();
            for year in model.time.years.ixs() {
                by_year.push((priced || capped || in_rule).then(|| {
                    let cost = cost(model, e, r, year);
                    columns.lp.cost_offset -= cost * model.exogenous_emissions(e, r, year);
                    let key = ColumnKey::Emissions(Key { emission: e, region: r, year });
                    columns.add(key, cost, Bounds::FREE)
                }));
            }
            by_region.push(by_year);
        }
        columns.vars.emissions.push(by_region);
    }
}
