//! From the tree to a `Model`: one file for each kind of table.

mod answers;
mod basics;
mod branches;
mod calendar;
mod capacity;
mod caps;
mod classes;
mod commissioned;
mod commodities;
mod constraint_members;
mod constraint_terms;
mod constraints;
mod construction;
mod covered;
mod cutting;
mod declare;
mod demands;
mod extremes;
mod finance;
mod flow;
mod hourly;
mod households;
mod kinds;
mod limits;
mod links;
mod modes;
mod power_flow;
mod processes;
mod profiles;
mod region_levels;
mod region_parts;
mod reserves;
mod resources;
mod rest;
mod retrofits;
mod shares;
mod shifts;
mod statistics;
mod storages;
mod subsidies;
mod time;
mod trading;
mod trading_options;
mod used;

use std::collections::{BTreeMap, BTreeSet};

use kzleap_diagnostics::Span;
use kzleap_model::{
    Capacity, CapacityIx, Convention, Demand, Finance, Mode, Model, Process, ProcessIx, Region,
    RegionIx, Series,
};

use crate::reader::{Item, Reader};
use crate::registry::{Amount, CapacityFields, CapacityUnit, Field, Members, Names, root};
use crate::units::Unit;

/// A model being built, with the place in the tree each part comes from.
pub(crate) struct Build {
    pub(crate) model: Model,
    /// Path of the table behind each process.
    pub(crate) process_paths: Vec<String>,
    /// What the activity of each process is counted in.
    pub(crate) activity: Vec<Option<Amount>>,
    /// The heat value of the fuel that it is counted in, where there is one.
    heat: Vec<Option<Unit>>,
    /// Path of the table behind each capacity, and its fields.
    pub(crate) capacity_paths: Vec<(String, &'static CapacityFields)>,
    /// Path of the table behind each demand.
    pub(crate) demand_paths: Vec<String>,
    /// Firm share of each process's capacity, where it has one.
    capacity_credit: Vec<Vec<f64>>,
    /// Cost of capital where a process says nothing, by region.
    cost_of_capital: Vec<f64>,
    /// Emission factors of commodities, by commodity and region.
    factors: BTreeMap<(usize, usize), Vec<(usize, Series)>>,
    /// Where each category is in the model.
    categories: BTreeMap<String, usize>,
    /// The processes of each name; all steps of a resource under its name too.
    by_name: BTreeMap<String, Vec<ProcessIx>>,
    /// The processes of each category.
    by_category: BTreeMap<String, Vec<ProcessIx>>,
}

/// Builds the model, as far as it could be read.
pub(crate) fn build(rd: &mut Reader<'_>, start: Span, scenario: &str) -> Build {
    let root = Item {
        kind: &root::TABLE,
        table: rd.root,
        base: None,
        name: "",
        path: String::new(),
        owner: String::new(),
        place: start,
        amount: Some(Amount::Energy),
        heat: None,
        region: None,
        unit: CapacityUnit::Gigawatt,
        written_unit: None,
    };
    let (name, label, description) = basics::read(rd, &root);
    basics::check_units(rd);
    let time = time::read(rd, &root);
    let regions = declare::regions(rd);
    for table in [root::FINANCE.listed, root::COMMODITIES.listed] {
        if !root.has(table) {
            rd.missing(&root, table);
        }
    }
    basics::check_defaults(rd, &root, &regions);
    declare::names(rd);
    profiles::read(rd, &root);
    let region_levels = region_levels::read(rd, &regions);
    let finance = finance::read(rd, &root, &time, &regions);
    let currency = format!("{}{}", rd.currency.code, rd.currency.year);
    let present_value = Finance {
        convention: Convention::Annuity,
        base_year: finance.base_year,
        discount_rate: finance.discount_rate,
    };
    let mut build = Build {
        cost_of_capital: finance.cost_of_capital,
        model: Model {
            label,
            scenario: scenario.to_owned(),
            description,
            regions,
            region_levels,
            ..Model::empty(&name, &currency, present_value, time)
        },
        process_paths: Vec::new(),
        activity: Vec::new(),
        heat: Vec::new(),
        capacity_paths: Vec::new(),
        demand_paths: Vec::new(),
        capacity_credit: Vec::new(),
        factors: BTreeMap::new(),
        categories: BTreeMap::new(),
        by_name: BTreeMap::new(),
        by_category: BTreeMap::new(),
    };
    commodities::read(rd, &mut build);
    kinds::read(rd, &mut build);
    processes::read(rd, &mut build);
    resources::read(rd, &mut build);
    storages::read(rd, &mut build);
    build.index_processes();
    retrofits::read(rd, &mut build);
    links::read(rd, &mut build);
    demands::read(rd, &mut build);
    branches::read(rd, &mut build);
    cutting::read(rd, &mut build, &root);
    extremes::read(rd, &mut build, &root);
    caps::read(rd, &mut build);
    trading::read(rd, &mut build);
    shares::read(rd, &mut build);
    limits::activity_limits(rd, &mut build);
    limits::capacity_limits(rd, &mut build);
    constraints::read(rd, &mut build);
    subsidies::read(rd, &mut build);
    reserves::read(rd, &mut build);
    statistics::read(rd, &mut build);
    households::read(rd, &mut build);
    used::mark(rd, &mut build);
    rest::read(rd, &build);
    build
}

impl Build {
    /// Length of each period in calendar years.
    fn lengths(&self) -> Vec<f64> {
        self.model.time.years.iter().map(kzleap_model::Year::length).collect()
    }

    /// The same value in every milestone year.
    fn every_year(&self, value: f64) -> Vec<f64> {
        vec![value; self.model.time.years.len()]
    }

    fn region(&self, ix: RegionIx) -> &Region {
        &self.model.regions[ix]
    }

    /// Adds a demand and what goes with it.
    fn push_demand(&mut self, demand: Demand, path: &str) {
        self.demand_paths.push(path.to_owned());
        self.model.demands.push(demand);
    }

    /// Adds a process and what goes with it.
    fn push_process(
        &mut self,
        process: Process,
        item: &Item<'_>,
        credit: Vec<f64>,
    ) -> ProcessIx {
        self.process_paths.push(item.path.clone());
        self.activity.push(item.amount);
        self.heat.push(item.heat);
        self.capacity_credit.push(credit);
        self.model.processes.push(process)
    }

    /// Adds a capacity and what goes with it.
    fn push_capacity(
        &mut self,
        capacity: Capacity,
        path: &str,
        fields: &'static CapacityFields,
    ) -> CapacityIx {
        self.capacity_paths.push((path.to_owned(), fields));
        self.model.capacities.push(capacity)
    }

    /// The regions an item names, or all domestic ones.
    fn regions_of<'a>(
        &self,
        rd: &mut Reader<'a>,
        item: &Item<'a>,
        field: Field<Names>,
    ) -> Vec<RegionIx> {
        if item.has(field) {
            let before = rd.mistakes;
            let names = rd.names(item, field).unwrap_or_default();
            if rd.mistakes > before {
                rd.unplaced.insert(item.owner.clone());
            }
            let regions = self.model.regions.iter_ix();
            let regions: Vec<RegionIx> = regions
                .filter(|(_, region)| names.iter().any(|(name, _)| *name == region.name))
                .map(|(ix, _)| ix)
                .collect();
            // where none is known, what it says is still read
            if !regions.is_empty() {
                return regions;
            }
        }
        self.model.regions.iter_ix().filter(|(_, r)| r.domestic).map(|(ix, _)| ix).collect()
    }

    /// The processes an item names by `processes` or `categories`, in the regions it names.
    fn members<'a>(
        &self,
        rd: &mut Reader<'a>,
        item: &Item<'a>,
        fields: &Members,
    ) -> Option<Vec<ProcessIx>> {
        let regions = self.regions_of(rd, item, fields.regions);
        let by_name = item.has(fields.processes);
        if by_name && item.has(fields.categories) {
            let diagnostic = kzleap_diagnostics::Diagnostic::error(
                "both-given",
                format!("`{}` has both `processes` and `categories`", item.path),
                item.place_of(fields.categories),
                "",
            )
            .also(item.place_of(fields.processes), "")
            .hint("give one of the two");
            rd.fail(item, diagnostic);
            return None;
        }
        if !by_name && !item.has(fields.categories) {
            rd.fail_missing(
                item,
                kzleap_diagnostics::Diagnostic::error(
                    "missing-field",
                    format!("`{}` names no processes", item.path),
                    item.place,
                    "",
                )
                .hint("add `processes = [\"…\"]` or `categories = [\"…\"]`"),
            );
            return None;
        }
        let names = rd.names(item, fields.written(item))?;
        let index = if by_name { &self.by_name } else { &self.by_category };
        let named = names.iter().filter_map(|(name, _)| index.get(*name)).flatten();
        let named = named.filter(|ix| regions.contains(&self.model.processes[**ix].region));
        // in the order of the model, each once
        let members: Vec<ProcessIx> =
            named.copied().collect::<BTreeSet<ProcessIx>>().into_iter().collect();
        if members.is_empty() {
            // a process with a mistake may be missing here: no further message about it
            let built = |name: &str| {
                self.by_name.contains_key(name) || self.by_category.contains_key(name)
            };
            let unplaced = |name: &str| {
                rd.unplaced.iter().any(|path| path.rsplit('.').next() == Some(name))
            };
            let lost = names.iter().any(|(name, _)| {
                rd.damage.may_hold(name)
                    || unplaced(name)
                    || (rd.may_lack(name) && !built(name))
            });
            if !lost && !rd.unplaced.contains(&item.owner) {
                let field = fields.written(item);
                let message = format!("none of these are in the regions of `{}`", item.path);
                let diagnostic = kzleap_diagnostics::Diagnostic::error(
                    "rule-without-process",
                    message,
                    item.value_place(field),
                    "",
                )
                .hint("check `regions`: left out, it means all domestic regions");
                rd.fail(item, diagnostic);
            }
            return None;
        }
        Some(members)
    }
}

impl Build {
    /// Without what only charges a storage, unless that is named itself: a capacity that a rule counts of
    /// a storage is that of giving back.
    fn giving<'a>(
        &self,
        rd: &mut Reader<'a>,
        item: &Item<'a>,
        field: Field<Names>,
        mut members: Vec<ProcessIx>,
    ) -> Vec<ProcessIx> {
        let only_charges = |process: &Process| {
            let mut modes = process.modes.iter();
            process.is_storage() && modes.all(|mode| mode.discharges.is_empty())
        };
        let model = &self.model;
        if members.iter().any(|p| only_charges(&model.processes[*p])) {
            let names = rd.names(item, field).unwrap_or_default();
            let named = |p: &Process| names.iter().any(|(name, _)| *name == p.name);
            let counts = |p: &Process| !only_charges(p) || named(p);
            members.retain(|p| counts(&model.processes[*p]));
        }
        members
    }

    /// Keeps which processes a rule can mean by a name or a category, once all are read.
    fn index_processes(&mut self) {
        for (ix, process) in self.model.processes.iter_ix() {
            let (name, category) = (&process.name, &process.category);
            self.by_name.entry(name.clone()).or_default().push(ix);
            // a step, a class, or a year of commissioning, by what it is of too
            for (end, _) in name.match_indices('.') {
                self.by_name.entry(name[..end].to_owned()).or_default().push(ix);
            }
            self.by_category.entry(category.clone()).or_default().push(ix);
        }
    }

    /// Emission factors of a commodity in a region.
    pub(crate) fn factors_of(
        &self,
        commodity: kzleap_model::CommodityIx,
        region: RegionIx,
    ) -> impl Iterator<Item = &(usize, Series)> {
        self.factors.get(&(commodity.get(), region.get())).into_iter().flatten()
    }

    /// Whether a commodity is a fuel: its emissions are stated, if only as zero, or its heat value.
    pub(crate) fn is_fuel(
        &self,
        commodity: kzleap_model::CommodityIx,
        region: RegionIx,
    ) -> bool {
        self.factors_of(commodity, region).next().is_some()
            || self.model.commodities[commodity].heat_value.is_some()
    }

    /// Whether a mode of a process burns what it takes in.
    pub(crate) fn burns(&self, process: &Process, mode: &Mode) -> bool {
        flow::burns(&self.model, process.flow.as_deref(), !mode.outputs.is_empty())
    }

    /// Whether using some commodity takes emissions out of the air.
    pub(crate) fn removes_by_fuel(&self) -> bool {
        self.factors.values().flatten().any(|(_, factor)| factor.range().0 < 0.0)
    }

    /// An emission that both commodities bear.
    pub(crate) fn shared_emission(
        &self,
        one: kzleap_model::CommodityIx,
        other: kzleap_model::CommodityIx,
        region: RegionIx,
    ) -> Option<usize> {
        let bears = |commodity, emission: usize| {
            self.factors_of(commodity, region)
                .any(|(e, factor)| *e == emission && factor.range().1 > 0.0)
        };
        self.factors_of(one, region)
            .map(|(emission, _)| *emission)
            .find(|emission| bears(one, *emission) && bears(other, *emission))
    }
}
