//! The part of a surplus that a share rule does not put down to others: PJ a year.

use std::collections::BTreeMap;

use kzleap_model::policy::ShareIx;
use kzleap_model::units::Energy;
use kzleap_model::{Model, NodeIx, RegionIx, Solution, YearIx};

use super::{ColumnKey, Columns, Family, Variables, at};
use crate::Formulation;
use crate::families::RuleKind;
use crate::names::Names;
use crate::number::Enters;
use crate::row::Var;
use crate::surplus::places;

/// A share rule in a region, at a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Which rule.
    pub share: ShareIx,
    /// In which region.
    pub region: RegionIx,
    /// At which node of the tier of what it is a share of.
    pub node: NodeIx,
    /// In which milestone year.
    pub year: YearIx,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let Self { share, region, node, year } = *self;
        format!("wasted[{}]", names.share_at(share, region, node, year))
    }

    fn number(&self, _: &Model) -> Option<(RuleKind, Enters)> {
        None
    }

    fn read_back(&self, _: f64, _: &Formulation<'_>, _: &mut Solution) {}
}

impl Variables {
    /// What a share rule does not put down to others of the surplus in the balance at this
    /// position; `None` where there are no others.
    pub fn wasted(
        &self,
        share: ShareIx,
        balance: usize,
        node: NodeIx,
        year: YearIx,
    ) -> Option<Var<Energy>> {
        at(self.wasted[share.get()].get(&balance)?[year.get()], node)
    }
}

/// Adds the columns.
pub(super) fn add(columns: &mut Columns<'_, '_>) {
    let (model, balances) = (columns.model, columns.balances);
    for (share, rule) in model.shares.iter_ix() {
        let mut wasted = BTreeMap::new();
        for place in places(model, balances, rule) {
            let at = place.balance;
            if columns.wasters[at].as_ref().is_some_and(Vec::is_empty) {
                continue;
            }
            let region = balances[at].region;
            let tier = model.commodities[balances[at].commodity].tier;
            let nodes = 0..model.time.node_count(tier);
            let mut by_year = vec![None; model.time.years.len()];
            for year in model.time.years.ixs().filter(|y| rule.of_use(*y).is_some()) {
                if !place.others.is_empty() {
                    let key = |node| ColumnKey::Wasted(Key { share, region, node, year });
                    by_year[year.get()] = columns.add_free(nodes.clone().map(key));
                }
            }
            wasted.insert(at, by_year);
        }
        columns.vars.wasted.push(wasted);
    }
}
