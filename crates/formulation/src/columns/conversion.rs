//! Capacity converted by a retrofit, in units of the vintage that is converted (GW).

use kzleap_lp::Bounds;
use kzleap_model::retrofit::Conversion;
use kzleap_model::units::Power;
use kzleap_model::{CapacityIx, Model, Solution, YearIx};

use super::capacity::{cost_beyond, cost_of_another_vintage};
use super::{ColumnKey, Columns, Family, Variables};
use crate::Formulation;
use crate::families::RuleKind;
use crate::names::Names;
use crate::number::Enters;
use crate::row::Var;

/// A vintage that a retrofit converts at a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(pub Conversion);

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let Conversion { retrofit, vintage, year } = self.0;
        let retrofit = &names.0.retrofits[retrofit];
        format!(
            "conversion[{},{},{},{}]",
            names.capacity(retrofit.from),
            retrofit.name,
            names.vintage(vintage),
            names.year(year)
        )
    }

    fn number(&self, _: &Model) -> Option<(RuleKind, Enters)> {
        None
    }

    fn read_back(&self, value: f64, formulation: &Formulation<'_>, solution: &mut Solution) {
        if value != 0.0 {
            let Conversion { retrofit, vintage, year } = self.0;
            let from = formulation.model.retrofits[retrofit].from;
            *solution.left.entry((from, vintage, year)).or_default() += value;
            solution.converted.insert(self.0, value);
        }
    }
}

/// Converting one unit of a vintage: what is paid for it, and what keeping it costs beyond that of
/// residual capacity, before and after; MUSD.
pub fn cost(model: &Model, conversion: Conversion) -> f64 {
    let Conversion { retrofit, vintage, year } = conversion;
    let (from, to) = (model.retrofits[retrofit].from, model.retrofits[retrofit].to);
    let kept = |y| model.arrived(conversion, y);
    let taken_down = model.arrived(conversion, year)
        * model.decommissioning_present_value(to, year)
        - model.converted_share(conversion) * model.decommissioning_present_value(from, year);
    model.conversion_present_value(conversion) + taken_down
        - cost_beyond(model, from, vintage, year)
        + cost_of_another_vintage(model, to, Some(year), year, kept)
}

impl Variables {
    /// Conversions into a capacity.
    pub fn conversions(
        &self,
        to: CapacityIx,
    ) -> impl Iterator<Item = (Conversion, Var<Power>)> + '_ {
        let into = self.conversion.iter().filter(move |(k, ..)| *k == to);
        into.map(|(_, conversion, col)| (*conversion, Var::new(*col)))
    }
}

/// Adds the columns, beside the retirements of what is converted.
pub(super) fn add(columns: &mut Columns<'_, '_>) {
    let model = columns.model;
    let years = &model.time.years;
    for (at, retrofit) in model.retrofits.iter().enumerate() {
        let from = &model.capacities[retrofit.from];
        for year in years.ixs().filter(|year| retrofit.is_ready(years, *year)) {
            let possible = from.may_stand(years, year);
            let residual = (possible && from.residual[year.get()] > 0.0).then_some(None);
            let built =
                |v: &YearIx| from.can_build(*v) && from.share_alive(years, *v, year) > 0.0;
            let built = years.ixs().take_while(|v| *v < year).filter(built);
            for vintage in residual.into_iter().chain(built.map(Some)) {
                let conversion = Conversion { retrofit: at, vintage, year };
                let key = ColumnKey::Conversion(Key(conversion));
                let col = columns.add(key, cost(model, conversion), Bounds::NON_NEGATIVE);
                columns.vars.conversion.push((retrofit.to, conversion, col));
                columns.vars.retirement[retrofit.from.get()].push((vintage, year, col));
            }
        }
    }
}
