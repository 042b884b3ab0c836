//! Names of the things that columns and rows are of; the arguments are those of the book.

use kzleap_model::policy::ShareIx;
use kzleap_model::vintage::vintage_name;
use kzleap_model::{
    CapacityIx, CommodityIx, LinkIx, Model, NodeIx, ProcessIx, RegionIx, SliceIx, StorageIx,
    Tier, YearIx,
};

use crate::expressions::Users;

/// The names of a model.
#[derive(Clone, Copy)]
pub(crate) struct Names<'m>(pub(crate) &'m Model);

impl<'m> Names<'m> {
    pub(crate) fn region(self, r: RegionIx) -> &'m str {
        &self.0.regions[r].name
    }
    pub(crate) fn commodity(self, c: CommodityIx) -> &'m str {
        &self.0.commodities[c].name
    }
    pub(crate) fn process(self, p: ProcessIx) -> String {
        let process = &self.0.processes[p];
        format!("{},{}", self.region(process.region), process.name)
    }
    /// A process, with the name of a part of its capacity if only that is meant.
    pub(crate) fn process_part(self, (p, part): Users) -> String {
        let part = part.map(|at| self.0.processes[p].parts[at].of.name(&self.0.time.years));
        part.map_or_else(|| self.process(p), |part| format!("{},{part}", self.process(p)))
    }
    /// A mode of a process, with the part of its capacity that runs so.
    pub(crate) fn mode(self, p: ProcessIx, mode: usize) -> String {
        let process = &self.0.processes[p];
        let mode = &process.modes[mode];
        let part = (!process.parts.is_empty()).then_some(mode.part);
        format!("{},{}", self.process_part((p, part)), mode.name)
    }
    pub(crate) fn process_at(self, of: Users, node: NodeIx, y: YearIx) -> String {
        let node = self.node(self.0.processes[of.0].tier, node);
        format!("{},{node},{}", self.process_part(of), self.year(y))
    }
    pub(crate) fn capacity(self, k: CapacityIx) -> String {
        let capacity = &self.0.capacities[k];
        format!("{},{}", self.region(capacity.region), capacity.name)
    }
    pub(crate) fn storage(self, z: StorageIx) -> String {
        let storage = &self.0.storages[z];
        format!("{},{}", self.region(storage.region), storage.name)
    }
    pub(crate) fn storage_point(self, z: StorageIx, point: usize) -> String {
        format!("{},{}", self.storage(z), self.0.storages[z].chronology.points[point])
    }
    pub(crate) fn year(self, y: YearIx) -> i32 {
        self.0.time.years[y].milestone
    }
    pub(crate) fn slice(self, s: SliceIx) -> &'m str {
        &self.0.time.slices[s].name
    }
    pub(crate) fn node(self, tier: Tier, node: NodeIx) -> &'m str {
        self.0.time.node_name(tier, node)
    }
    pub(crate) fn vintage(self, v: Option<YearIx>) -> String {
        vintage_name(&self.0.time.years, v)
    }
    /// A share rule in a region, at a node of what it is a share of.
    pub(crate) fn share_at(self, at: ShareIx, r: RegionIx, node: NodeIx, y: YearIx) -> String {
        let share = &self.0.shares[at];
        let tier =
            share.whole.first().map_or(Tier::Slice, |(_, c)| self.0.commodities[*c].tier);
        let (region, node) = (self.region(r), self.node(tier, node));
        format!("{},{region},{node},{}", share.name, self.year(y))
    }
    /// A commodity in a region, at a node of its tier.
    pub(crate) fn balance(
        self,
        r: RegionIx,
        c: CommodityIx,
        node: NodeIx,
        y: YearIx,
    ) -> String {
        let node = self.node(self.0.commodities[c].tier, node);
        format!("{},{},{node},{}", self.region(r), self.commodity(c), self.year(y))
    }
    pub(crate) fn subsidy(self, at: usize) -> String {
        self.capacity(self.0.support.subsidies[at].capacity)
    }
    pub(crate) fn link_node(self, l: LinkIx, node: NodeIx) -> &'m str {
        self.node(self.0.commodities[self.0.links[l].commodity].tier, node)
    }
    /// A process in a slice, at whatever tier it runs.
    pub(crate) fn process_in(self, of: Users, s: SliceIx, y: YearIx) -> String {
        format!("{},{},{}", self.process_part(of), self.slice(s), self.year(y))
    }
    /// A link in a direction and a slice, whatever the tier of what it carries.
    pub(crate) fn link_in(self, l: LinkIx, direction: usize, s: SliceIx, y: YearIx) -> String {
        let way = if direction == 0 { "forward" } else { "back" };
        format!("{},{way},{},{}", self.0.links[l].name, self.slice(s), self.year(y))
    }
    /// A link in a direction, at a node of what it carries.
    pub(crate) fn link_at(
        self,
        l: LinkIx,
        direction: usize,
        node: NodeIx,
        y: YearIx,
    ) -> String {
        let way = if direction == 0 { "forward" } else { "back" };
        let link = &self.0.links[l].name;
        format!("{link},{way},{},{}", self.link_node(l, node), self.year(y))
    }
}
