//! Links that carry both ways at once, only to lose what is too much.

use kzleap_lp::{Bounds, Col};
use kzleap_model::units::{Energy, Unit};
use kzleap_model::{Link, LinkIx, Node, NodeIx, YearIx};

use crate::Formulation;
use crate::columns::{ColumnKey, direction};
use crate::expressions::full_load;
use crate::families::{RowKey, one_way};
use crate::surplus::may_cost;

/// What flows back is noise below this share of what flows both ways.
const NOISE: f64 = 1e-6;
/// Where nothing says how large a link can be, it carries at most so many times what it carries
/// while it wastes energy.
const BEYOND_ANY_NEED: f64 = 1000.0;

impl Formulation<'_> {
    /// Whether a link could lose energy that it would cost something to have left over.
    pub fn may_burn(&self) -> bool {
        self.model.links.iter().any(|link| self.burns(link))
    }

    fn burns(&self, link: &Link) -> bool {
        let both_ways = [0, 1].iter().all(|d| link.availability(*d).range().1 > 0.0);
        link.loss > 0.0 && both_ways && may_cost(self.model, link.commodity)
    }

    /// Gives each link a choice of direction ([`one_way`]) wherever it
    /// carries both ways in a plan, whose value of each column is given. How many choices came in.
    pub fn hold_one_way(&mut self, columns: &[f64]) -> usize {
        let mut found = Vec::new();
        for (l, link) in self.model.links.iter_ix().filter(|(_, link)| self.burns(link)) {
            let nodes = self.model.time.nodes(self.model.commodities[link.commodity].tier);
            for y in self.model.time.years.ixs() {
                for (n, node) in nodes.iter().enumerate() {
                    let flows = [0, 1].map(|d| self.vars.flow(l, d, n, y).map(|var| var.col));
                    let [Some(there), Some(back)] = flows else { continue };
                    let (sent, returned) = (columns[there.get()], columns[back.get()]);
                    let both = sent + returned;
                    if sent.min(returned) > NOISE * both && !self.held.contains(&(l, n, y)) {
                        found.push(([there, back], (l, n, y), self.most(l, node, y, both)));
                    }
                }
            }
        }
        for (flows, at, most) in &found {
            self.hold(*flows, *at, *most);
        }
        found.len()
    }

    /// What a link can carry in a node, in each direction.
    fn most(&self, l: LinkIx, node: &Node, y: YearIx, both: f64) -> [f64; 2] {
        let link = &self.model.links[l];
        let capacity = link.capacity.map_or(f64::INFINITY, |k| {
            let capacity = &self.model.capacities[k];
            let built = capacity.investment.as_ref().map_or(0.0, |investment| {
                let before = self.model.time.years.ixs().filter(|built| *built <= y);
                before.map(|built| investment.upper[built.get()]).sum()
            });
            capacity.upper[y.get()].min(capacity.residual[y.get()] + built)
        });
        let full = full_load(self.model, link.capacity_to_activity, node, y).get();
        [0, 1].map(|direction| {
            let available = self.model.time.node_mean(link.availability(direction), node, y);
            (full * available * capacity).min(BEYOND_ANY_NEED * both)
        })
    }

    /// flow ≤ most · forward, flow back ≤ most · (1 - forward)
    fn hold(&mut self, flows: [Col; 2], (l, n, y): (LinkIx, NodeIx, YearIx), most: [f64; 2]) {
        self.held.insert((l, n, y));
        let forward = self.lp.add_integer_col(0.0, direction::BOUNDS);
        let key = direction::Key { link: l, node: n, year: y };
        self.vars.keys.push(ColumnKey::Direction(key));
        for direction in [0, 1] {
            let (factor, bound) =
                if direction == 0 { (-most[0], 0.0) } else { (most[1], most[1]) };
            self.lp.push_term(flows[direction], 1.0);
            self.lp.push_term(forward, factor);
            self.lp.finish_row(Bounds::at_most(bound));
            let key = one_way::Key { link: l, direction, node: n, year: y };
            self.row_keys.push((RowKey::OneWay(key), Energy::NAME));
        }
    }
}
