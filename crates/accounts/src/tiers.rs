//! Amounts in the nodes of one tier of the year, as amounts in those of another.

use kzleap_model::{Model, Node, SliceIx, Tier, YearIx};

/// Which nodes of one tier make up a node of another.
#[derive(Clone, Debug)]
pub(crate) struct Tiers<'a> {
    model: &'a Model,
    nodes: [Vec<Node>; 3],
}

impl<'a> Tiers<'a> {
    /// The tiers of a model.
    pub(crate) fn new(model: &'a Model) -> Self {
        let nodes =
            [Tier::Annual, Tier::Season, Tier::Slice].map(|tier| model.time.nodes(tier));
        Self { model, nodes }
    }

    /// The nodes of `to` that an amount in a node of `from` belongs to, with its share in each.
    ///
    /// The share is 1 in the one node of a coarser tier, or the same; over the nodes of a finer
    /// tier an amount is spread evenly by hours.
    pub(crate) fn shares(
        &self,
        from: Tier,
        node: usize,
        to: Tier,
        year: YearIx,
    ) -> impl Iterator<Item = (usize, f64)> + '_ {
        let whole =
            if from < to { self.share(&self.nodes[from as usize][node], year) } else { 1.0 };
        let range = if from < to {
            self.model.time.nodes_within(to, from, node)
        } else {
            let around = self.node_around(from, node, to);
            around..around + 1
        };
        range.map(move |target| {
            let part = if from < to {
                self.share(&self.nodes[to as usize][target], year)
            } else {
                1.0
            };
            (target, part / whole)
        })
    }

    fn share(&self, node: &Node, year: YearIx) -> f64 {
        self.model.time.node_share(node, year)
    }

    /// The node of a coarser tier (or the same) that `node` of `tier` lies in.
    fn node_around(&self, tier: Tier, node: usize, coarser: Tier) -> usize {
        if tier == coarser {
            return node;
        }
        if coarser == Tier::Annual {
            return 0;
        }
        let slice = SliceIx::new(self.nodes[tier as usize][node].slices.start);
        self.model.time.day_types[self.model.time.slices[slice].day_type].season
    }
}
