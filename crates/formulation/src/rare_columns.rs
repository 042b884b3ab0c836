//! Columns of families that few models have: surplus, subsidies, voltage angles, directions.

use std::collections::BTreeMap;

use kzleap_lp::{Bounds, Col};
use kzleap_model::LinkIx;

use crate::balances::{Balance, Flow};
use crate::keys::ColumnKey;
use crate::objective;
use crate::surplus::places;
use crate::variables::Adder;

impl Adder<'_> {
    /// What is thrown away, where it matters who made it; no column where it is nobody.
    pub(crate) fn add_surplus(
        &mut self,
        balances: &[Balance<'_>],
        wasters: &[Option<Vec<&Flow<'_>>>],
    ) {
        let model = self.model;
        let years = model.time.years.len();
        self.vars.surplus = vec![vec![None; years]; balances.len()];
        for (at, wasters) in wasters.iter().enumerate() {
            if wasters.as_ref().is_some_and(|wasters| !wasters.is_empty()) {
                let Balance { region, commodity, .. } = balances[at];
                let nodes = 0..model.time.node_count(model.commodities[commodity].tier);
                for y in model.time.years.ixs() {
                    let key = |n| ColumnKey::Surplus(region, commodity, n, y);
                    self.vars.surplus[at][y.get()] = self.free_cols(nodes.clone().map(key));
                }
            }
        }
        for (share, rule) in model.shares.iter_ix() {
            let mut wasted = BTreeMap::new();
            for place in places(model, balances, rule) {
                let at = place.balance;
                if wasters[at].as_ref().is_some_and(Vec::is_empty) {
                    continue;
                }
                let region = balances[at].region;
                let tier = model.commodities[balances[at].commodity].tier;
                let nodes = 0..model.time.node_count(tier);
                let mut by_year = vec![None; years];
                for y in model.time.years.ixs().filter(|y| rule.of_use(*y).is_some()) {
                    if !place.others.is_empty() {
                        let key = |n| ColumnKey::Wasted(share, region, n, y);
                        by_year[y.get()] = self.free_cols(nodes.clone().map(key));
                    }
                }
                wasted.insert(at, by_year);
            }
            self.vars.wasted.push(wasted);
        }
    }

    /// Columns that cost nothing; gives the first.
    fn free_cols(&mut self, keys: impl Iterator<Item = ColumnKey>) -> Option<Col> {
        keys.map(|key| self.col(key, 0.0, Bounds::NON_NEGATIVE)).reduce(|first, _| first)
    }

    pub(crate) fn add_subsidies(&mut self) {
        let model = self.model;
        for (at, subsidy) in model.support.subsidies.iter().enumerate() {
            let mut by_year = Vec::new();
            for y in model.time.years.ixs() {
                let new = self.vars.new_capacity(subsidy.capacity, y);
                by_year.push(new.filter(|_| subsidy.rate[y.get()] > 0.0).map(|_| {
                    let cost = objective::subsidy_cost(model, subsidy.capacity, y);
                    self.col(ColumnKey::Subsidy(at, y), cost, Bounds::NON_NEGATIVE)
                }));
            }
            self.vars.subsidy.push(by_year);
        }
    }

    /// Angles between -π and π: no node is the reference, since only differences count.
    pub(crate) fn add_angles(&mut self) {
        let model = self.model;
        let slices = model.time.slices.len();
        for r in model.regions.ixs() {
            let wanted = model.network.has_angle(&model.links, r);
            let mut by_year = Vec::new();
            for y in model.time.years.ixs() {
                let mut first: Option<Col> = None;
                for node in (0..slices).filter(|_| wanted) {
                    let bounds = Bounds::between(-std::f64::consts::PI, std::f64::consts::PI);
                    let col = self.col(ColumnKey::Angle(r, node, y), 0.0, bounds);
                    first = first.or(Some(col));
                }
                by_year.push(first);
            }
            self.vars.angle.push(by_year);
        }
    }

    pub(crate) fn add_directions(&mut self) {
        let model = self.model;
        for one_way in &model.network.one_way {
            let (first_link, _) = one_way.links[0];
            let tier = model.commodities[model.links[first_link].commodity].tier;
            let mut by_year = Vec::new();
            for y in model.time.years.ixs() {
                let mut first: Option<Col> = None;
                let carries =
                    |(link, _): &(LinkIx, bool)| self.vars.flow(*link, 0, 0, y).is_some();
                let said = one_way.years[y.get()] && one_way.links.iter().any(carries);
                for node in (0..model.time.node_count(tier)).filter(|_| said) {
                    self.vars.keys.push(ColumnKey::Direction(first_link, node, y));
                    let col = self.lp.add_integer_col(0.0, Bounds::between(0.0, 1.0));
                    first = first.or(Some(col));
                }
                by_year.push(first);
            }
            self.vars.direction.push(by_year);
        }
    }
}
