#![doc = include_str!("page.md")]

use kzleap_lp::Row;
use kzleap_model::units::Energy;
use kzleap_model::{CommodityIx, NodeIx, RegionIx, Solution, YearIx};

use crate::Formulation;
use crate::build::Rows;
use crate::expressions::flow_times;
use crate::families::{Earning, Family, RowKey, RuleKind};
use crate::names::Names;
use crate::number::Enters;

/// What is thrown away of a commodity at a node was made by those who may do so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// In which region.
    pub region: RegionIx,
    /// Of what.
    pub commodity: CommodityIx,
    /// At which node of its tier.
    pub node: NodeIx,
    /// In which milestone year.
    pub year: YearIx,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let Self { region, commodity, node, year } = *self;
        format!("must_be_used[{}]", names.balance(region, commodity, node, year))
    }

    fn number(&self, _: &Formulation<'_>, _: Row) -> Option<(RuleKind, Enters)> {
        None // follows from other numbers
    }

    fn earning(&self, names: Names<'_>) -> Option<(Earning, String)> {
        Some((Earning::Waste, names.commodity(self.commodity).to_owned()))
    }

    fn read_back(&self, _: f64, _: &Formulation<'_>, _: &mut Solution) {}
}

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars) = (rows.model, rows.vars);
    for (at, wasters) in rows.wasters.iter().enumerate() {
        let Some(wasters) = wasters else { continue };
        let (region, commodity) = (rows.balances[at].region, rows.balances[at].commodity);
        let tier = model.commodities[commodity].tier;
        for y in model.time.years.ixs() {
            for n in 0..model.time.node_count(tier) {
                let Some(surplus) = vars.surplus(at, n, y) else { continue };
                let mut row = rows.begin::<Energy>(RowKey::MustBeUsed(Key {
                    region,
                    commodity,
                    node: n,
                    year: y,
                }));
                row += 1.0 * surplus;
                for flow in wasters {
                    flow_times(-1.0, model, vars, flow, (tier, n, y), &mut row);
                }

                // surplus ≤ Σ made by those who may throw it away
                row.at_most(0.0);
            }
        }
    }
}
