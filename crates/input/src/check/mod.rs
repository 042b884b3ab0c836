//! Rules across tables, one file each: what is wrong with the model as a whole.

mod availability;
mod building;
mod capacities;
mod caps;
mod confidence;
mod constrained;
mod demands;
mod efficiency;
mod emissions;
mod enough;
mod factors;
mod flows;
mod free;
mod given_years;
mod kinds;
mod limits;
mod movers;
mod network;
mod open;
mod oversized;
mod profiles;
mod reach;
mod reachable;
mod regions;
mod reserves;
mod shares;
mod stated;
mod storages;
mod time;
mod trading;

use kzleap_diagnostics::{Diagnostic, Span};
use kzleap_model::policy::CapacityLimit;
use kzleap_model::{
    CapacityIx, CommodityIx, Mode, Model, Process, ProcessIx, RegionIx, Series, YearIx,
};

use self::open::Open;
use crate::build::Build;
use crate::named::Named;
use crate::reader::Reader;
use crate::registry::{CapacityFields, Key, VALUE, process};
use crate::tree::{Entry, Node, join};

/// The model with its tree: what a rule looks at, and where it reports.
pub(crate) struct Check<'c, 'a> {
    rd: &'c mut Reader<'a>,
    build: &'c Build,
    /// What a model with mistakes may have beside what could be read.
    open: Open,
    start: Span,
    /// What the base and all scenarios name: another may use what this one does not.
    named: &'c Named,
    /// Who makes and who uses each commodity, in the order of the model.
    makers: Vec<Vec<ProcessIx>>,
    users: Vec<Vec<ProcessIx>>,
    /// The limits of groups that each capacity is in.
    groups: Vec<Vec<&'c CapacityLimit>>,
}

/// Runs every rule.
pub(crate) fn check(rd: &mut Reader<'_>, build: &Build, start: Span, named: &Named) {
    let open = Open::new(rd, build);
    let model = &build.model;
    let mut groups = vec![Vec::new(); model.capacities.len()];
    for limit in &model.capacity_limits {
        limit.capacities.iter().for_each(|ix| groups[ix.get()].push(limit));
    }
    let makers = by_commodity(model, |mode| &mode.outputs);
    let users = by_commodity(model, |mode| &mode.inputs);
    let mut check = Check { rd, build, open, start, named, makers, users, groups };
    time::check(&mut check);
    confidence::check(&mut check);
    profiles::check(&mut check);
    kinds::check(&mut check);
    regions::check(&mut check);
    capacities::check(&mut check);
    given_years::check(&mut check);
    oversized::check(&mut check);
    building::check(&mut check);
    availability::check(&mut check);
    efficiency::check(&mut check);
    storages::check(&mut check);
    demands::check(&mut check);
    emissions::check(&mut check);
    factors::check(&mut check);
    free::check(&mut check);
    movers::check(&mut check);
    flows::check(&mut check);
    reach::check(&mut check);
    enough::check(&mut check);
    caps::check(&mut check);
    trading::check(&mut check);
    shares::check(&mut check);
    limits::check(&mut check);
    reserves::check(&mut check);
}

/// The processes with each commodity on one of their sides.
fn by_commodity(model: &Model, side: Side) -> Vec<Vec<ProcessIx>> {
    let mut all: Vec<Vec<ProcessIx>> = vec![Vec::new(); model.commodities.len()];
    for (ix, process) in model.processes.iter_ix() {
        for (commodity, _) in process.modes.iter().flat_map(side) {
            let of_it = &mut all[commodity.get()];
            if of_it.last() != Some(&ix) {
                of_it.push(ix);
            }
        }
    }
    all
}

/// What a mode uses, or what it makes.
type Side = fn(&Mode) -> &Vec<(CommodityIx, Series)>;

impl<'c, 'a> Check<'c, 'a> {
    /// Processes that make a commodity; a storage makes nothing: what it gives was made before.
    fn makers(&self, commodity: CommodityIx) -> impl Iterator<Item = (ProcessIx, &'c Process)> {
        self.of(&self.makers, commodity).filter(|(_, process)| !process.is_storage())
    }

    /// Processes and storages that use a commodity.
    fn users(&self, commodity: CommodityIx) -> impl Iterator<Item = (ProcessIx, &'c Process)> {
        self.of(&self.users, commodity)
    }

    fn of<'i>(
        &self,
        index: &'i [Vec<ProcessIx>],
        commodity: CommodityIx,
    ) -> impl Iterator<Item = (ProcessIx, &'c Process)> + use<'i, 'c, 'a> {
        let model = self.model();
        index[commodity.get()].iter().map(move |ix| (*ix, &model.processes[*ix]))
    }

    fn model(&self) -> &'c Model {
        &self.build.model
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.rd.diags.push(diagnostic);
    }

    /// Reports what looks wrong and may be right.
    fn implausible(&mut self, diagnostic: Diagnostic) {
        self.rd.implausible(diagnostic);
    }

    /// Whether something is wrong already with the item at a path.
    fn failed(&self, path: &str) -> bool {
        let mut dots = path.match_indices('.').skip(1);
        let owner = dots.next().map_or(path, |(end, _)| &path[..end]);
        let failed = &self.rd.failed;
        failed.contains(owner) || failed.contains(path) || self.rd.damage.may_complete(owner)
    }

    fn entry(&self, path: &str) -> Option<&'a Entry> {
        let mut table = self.rd.root;
        let mut found = None;
        for part in path.split('.') {
            let entry: &'a Entry = table.entry(part)?;
            if let Some(inner) = entry.node.table() {
                table = inner;
            }
            found = Some(entry);
        }
        found
    }

    /// Whether the item at a path gives a field.
    fn has(&self, path: &str, field: impl Into<Key>) -> bool {
        self.node(path, field).is_some()
    }

    fn node(&self, path: &str, field: impl Into<Key>) -> Option<&'a Node> {
        Some(&self.field(path, &field.into())?.node)
    }

    /// A field of the item at a path; of a class that does not give it, that of its process.
    fn field(&self, path: &str, field: &str) -> Option<&'a Entry> {
        let own = self.entry(path)?.node.table()?.entry(field);
        let process = || {
            let steps: Vec<&str> = path.split('.').collect();
            let [collection, process, classes, _] = steps[..] else { return None };
            let of_class = classes == process::CLASSES.name();
            self.field(of_class.then(|| join(collection, process))?.as_str(), field)
        };
        own.or_else(process)
    }

    /// Where the item at a path is, or else the model.
    fn item_place(&self, path: &str) -> Span {
        self.entry(path).map_or_else(|| self.start(), |entry| entry.key_span)
    }

    /// Where a field of the item at a path is, or else the item, or else the model.
    fn place(&self, path: &str, field: impl Into<Key>) -> Span {
        let entry = self.field(path, &field.into());
        entry.map_or_else(|| self.item_place(path), |entry| entry.key_span)
    }

    /// Where the value of a field is: for one region, if it varies by region.
    fn value_place(&self, path: &str, field: impl Into<Key>, region: RegionIx) -> Span {
        let field: Key = field.into();
        let Some(node) = self.node(path, field) else { return self.place(path, field) };
        let inner = node.table().and_then(|table| table.get(&VALUE)).unwrap_or(node);
        let name = self.model().regions[region].name.as_str();
        if let Some(entry) = inner.table().and_then(|table| table.entry(name)) {
            return entry.key_span;
        }
        // a table over several lines: its key shows better
        if inner.table().is_some() { self.place(path, field) } else { inner.span }
    }

    /// The beginning of the first file, for what is nowhere.
    const fn start(&self) -> Span {
        self.start
    }

    fn path_of(&self, process: ProcessIx) -> String {
        self.build.process_paths[process.get()].clone()
    }

    fn capacity_path(&self, capacity: CapacityIx) -> (String, &'static CapacityFields) {
        self.build.capacity_paths[capacity.get()].clone()
    }

    fn region_name(&self, region: RegionIx) -> &'c str {
        &self.model().regions[region].name
    }

    fn year(&self, year: usize) -> i32 {
        self.model().time.years[YearIx::new(year)].milestone
    }

    fn processes(&self) -> Vec<(ProcessIx, &'c Process)> {
        self.model().processes.iter_ix().collect()
    }
}
