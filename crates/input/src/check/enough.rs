//! Demands larger than all that can ever be made or brought of the commodity.
//!
//! What can be had of a commodity in a region in a year is bounded by what can be made of it and
//! brought to it: by capacities, limits on activity, links, and in turn by what can be had of what
//! it is made of. Starting from no bound at all, each round tightens the bounds; every round's are
//! valid, so the search may end at any.

use std::collections::BTreeSet;

use kzleap_diagnostics::{Diagnostic, Span};
use kzleap_model::policy::ActivityWindow;
use kzleap_model::{
    CapacityIx, CommodityIx, Demand, Link, LinkIx, Mode, Model, Process, ProcessIx, RegionIx,
    Series, SliceIx, Tier, YearIx,
};
use ndarray::Array2;

use super::Check;
use super::constrained::{Constrained, Made};
use super::limits;
use super::oversized::FAR_BEYOND;
use super::stated::Stated;
use crate::registry::{demand, root};

/// Demands this much above what can be had are refused: less may be rounding.
const ROUNDING: f64 = 1e-6;

/// Longest chain of processes and links that is followed.
const ROUNDS: usize = 12;

/// Most that can be had in a year, in units of the commodity, shape `[commodity, region]`.
type Bounds = Array2<f64>;

/// A commodity in a region.
type At = (CommodityIx, RegionIx);

pub(super) fn check(check: &mut Check<'_, '_>) {
    let model = check.model();
    let mut reported = BTreeSet::new();
    for year in model.time.years.ixs() {
        let bounded = Bounded::new(check, year);
        let bounds = bounded.bounds();
        for demand in &model.demands {
            let key = (demand.commodity, demand.region);
            let most = bounds[(demand.commodity.get(), demand.region.get())];
            let needed: f64 =
                same(model, demand).map(|(_, same)| model.must_be_served(same, year)).sum();
            // where nothing at all can be had, that has been said
            let too_large = most > 0.0 && needed > most * (1.0 + ROUNDING);
            if too_large && reported.insert(key) {
                too_little(check, demand, (needed, most), &bounded, &bounds);
            }
        }
    }
}

/// All demands for the same in the same region, with their positions.
fn same<'m>(model: &'m Model, as_this: &Demand) -> impl Iterator<Item = (usize, &'m Demand)> {
    let (commodity, region) = (as_this.commodity, as_this.region);
    let all = model.demands.iter().enumerate();
    all.filter(move |(_, demand)| demand.commodity == commodity && demand.region == region)
}

/// What bounds processes and links by themselves, in one year.
struct Bounded<'m> {
    model: &'m Model,
    year: YearIx,
    /// Most activity of each process by its capacity, as if each mode took up as much.
    by_capacity: Vec<f64>,
    /// Most activity of each process by limits on it.
    by_limit: Vec<f64>,
    /// What each link can bring, to its end and back to its start.
    links: Vec<[f64; 2]>,
    /// What may be made by parts that could not be read.
    open: Vec<CommodityIx>,
    /// Constraints on what is made.
    constrained: Vec<Constrained<'m>>,
}

impl<'m> Bounded<'m> {
    fn new(check: &Check<'m, '_>, year: YearIx) -> Self {
        let model = check.model();
        let y = year.get();
        let yearly = |p: &Process| {
            let Some(capacity) = p.capacity else { return f64::INFINITY };
            let time = &model.time;
            let whole = time.nodes(Tier::Annual).into_iter().next();
            let mean = whole.map_or(1.0, |whole| time.node_mean(&p.availability, &whole, year));
            let share =
                p.annual_availability.as_ref().map_or(mean, |annual| annual[y].min(mean));
            times(check.most_capacity(capacity, y), p.capacity_to_activity * share)
        };
        let mut by_limit = vec![f64::INFINITY; model.processes.len()];
        for limit in &model.activity_limits {
            let ActivityWindow::EachYear { upper, .. } = &limit.window else { continue };
            for (p, mode) in &limit.processes {
                if mode.is_none() {
                    by_limit[p.get()] = by_limit[p.get()].min(upper[y]);
                }
            }
        }
        let carried = |link: &Link| {
            let most = |availability: &Series| {
                let share = range(model, availability, year).1;
                let capacity =
                    link.capacity.map_or(f64::INFINITY, |k| check.most_capacity(k, y));
                times(capacity, link.capacity_to_activity * share)
            };
            [most(&link.availability), most(&link.reverse_availability)]
        };
        Self {
            model,
            year,
            by_capacity: model.processes.iter().map(yearly).collect(),
            by_limit,
            links: model.links.iter().map(carried).collect(),
            open: (model.commodities.ixs())
                .filter(|c| check.open.may_make(check.build, *c))
                .collect(),
            constrained: Constrained::all(model, year),
        }
    }

    fn bounds(&self) -> Bounds {
        let shape = (self.model.commodities.len(), self.model.regions.len());
        let mut bounds = Bounds::from_elem(shape, f64::INFINITY);
        for _ in 0..ROUNDS {
            let mut tighter = Bounds::zeros(shape);
            for c in &self.open {
                tighter.row_mut(c.get()).fill(f64::INFINITY);
            }
            for (p, process) in self.model.processes.iter_ix() {
                let made: BTreeSet<CommodityIx> = process
                    .modes
                    .iter()
                    .flat_map(|m| m.outputs.iter().map(|(c, _)| *c))
                    .collect();
                for c in made {
                    tighter[(c.get(), process.region.get())] += self.made(p, c, &bounds);
                }
            }
            for (link, [there, back]) in self.model.links.iter().zip(&self.links) {
                let c = link.commodity.get();
                let (from, to) = ((c, link.from.get()), (c, link.to.get()));
                tighter[to] += there.min(bounds[from]);
                tighter[from] += back.min(bounds[to]);
            }
            if tighter == bounds {
                break;
            }
            bounds = tighter;
        }
        bounds
    }

    /// Most that a process can make of a commodity.
    fn made(&self, p: ProcessIx, commodity: CommodityIx, bounds: &Bounds) -> f64 {
        let alone = self.made_alone((p, commodity), bounds);
        let left = self.left((p, commodity), bounds).map_or(f64::INFINITY, |(left, _)| left);
        alone.min(left)
    }

    /// What the tightest constraint on it leaves, and which.
    fn left(&self, made: Made, bounds: &Bounds) -> Option<(f64, &Constrained<'m>)> {
        let most = |other| self.made_alone(other, bounds);
        let left =
            self.constrained.iter().filter_map(|row| Some((row.leaves(made, most)?, row)));
        left.min_by(|(a, _), (b, _)| a.total_cmp(b))
    }

    /// Most that a process can make, constraints aside.
    fn made_alone(&self, (p, commodity): Made, bounds: &Bounds) -> f64 {
        let process = &self.model.processes[p];
        if gives_back(process, commodity) {
            return 0.0; // it returns what it took, and over a year no more
        }
        let (mut by_inputs, mut by_capacity, mut best) = (0.0, 0.0_f64, 0.0_f64);
        for mode in &process.modes {
            let ratio = self.ratio(mode, commodity);
            let running = times(self.by_capacity[p.get()], 1.0 / mode.capacity_use);
            let fed = self.fed(mode, process, bounds).map_or(f64::INFINITY, |(fed, _)| fed);
            by_inputs += times(fed.min(running), ratio);
            by_capacity = by_capacity.max(times(running, ratio));
            best = best.max(ratio);
        }
        by_inputs.min(by_capacity).min(times(self.by_limit[p.get()], best))
    }

    /// Who gives most of a commodity in a region, and how much.
    fn largest(&self, (c, region): At, bounds: &Bounds) -> Option<(Maker, f64)> {
        let here = self.model.processes.iter_ix().filter(|(_, p)| p.region == region);
        let made = here.map(|(p, _)| (Maker::Process(p), self.made(p, c, bounds)));
        let links = self.model.links.iter_ix().filter(|(_, link)| link.commodity == c);
        let brought = links.filter_map(|(ix, link)| {
            let [there, back] = self.links[ix.get()];
            let (from, carries) = if link.to == region {
                (link.from, there)
            } else if link.from == region {
                (link.to, back)
            } else {
                return None;
            };
            Some((Maker::Link(ix, from), carries.min(bounds[(c.get(), from.get())])))
        });
        made.chain(brought)
            .filter(|(_, most)| *most > 0.0)
            .max_by(|(_, a), (_, b)| a.total_cmp(b))
    }

    /// What keeps the largest maker of a commodity from making more, followed through what it is
    /// made of to the limit that is written somewhere.
    fn held_down(
        &self,
        check: &Check<'m, '_>,
        at: At,
        bounds: &Bounds,
        unit: &Stated,
    ) -> Vec<(Span, String)> {
        let mut found = Vec::new();
        let mut at = at;
        for step in 0..ROUNDS {
            let Some((maker, most)) = self.largest(at, bounds) else { break };
            let gives = |what: &str| match step {
                0 => format!("gives up to {}{what}", unit.text(most)),
                _ => format!("gives no more of `{}`{what}", self.model.commodities[at.0].name),
            };
            match self.why(check, maker, at, most, bounds) {
                Why::Lacks(next) => {
                    let input = &self.model.commodities[next.0].name;
                    found
                        .push((maker.place(check), gives(&format!(", as it lacks `{input}`"))));
                    if next == at {
                        break;
                    }
                    at = next;
                }
                Why::Limits(limits) => {
                    found.push((maker.place(check), gives("")));
                    found.extend(limits);
                    break;
                }
            }
        }
        found
    }

    /// Why a maker gives no more than this.
    fn why(
        &self,
        check: &Check<'m, '_>,
        maker: Maker,
        (c, _): At,
        most: f64,
        bounds: &Bounds,
    ) -> Why {
        let year = self.year.get();
        let of_capacity = |ix: Option<CapacityIx>| {
            ix.map_or_else(Vec::new, |ix| check.held_down_by(ix, year))
        };
        let p = match maker {
            Maker::Link(ix, from) => {
                let brings = bounds[(c.get(), from.get())];
                return if brings <= most {
                    Why::Lacks((c, from))
                } else {
                    Why::Limits(of_capacity(self.model.links[ix].capacity))
                };
            }
            Maker::Process(p) => p,
        };
        let process = &self.model.processes[p];
        let best = (process.modes.iter()).map(|mode| self.ratio(mode, c)).fold(0.0, f64::max);
        if times(self.by_limit[p.get()], best) <= most {
            return Why::Limits(limits::most_allowed(check, p, year));
        }
        if let Some((left, constrained)) = self.left((p, c), bounds)
            && left <= most
        {
            let path = root::CONSTRAINTS.key().path(&constrained.row.name);
            let says = format!("leaves it no more in {}", check.year(year));
            return Why::Limits(vec![(check.item_place(&path), says)]);
        }
        let scarce = process.modes.iter().filter(|mode| self.ratio(mode, c) > 0.0);
        let scarce = scarce.filter_map(|mode| {
            let running = times(self.by_capacity[p.get()], 1.0 / mode.capacity_use);
            self.fed(mode, process, bounds)
                .filter(|(fed, _)| *fed < running)
                .map(|(_, input)| (input, process.region))
        });
        match { scarce }.next() {
            Some(input) => Why::Lacks(input),
            None => Why::Limits(of_capacity(process.capacity)),
        }
    }

    /// How much of a commodity a mode makes at best.
    fn ratio(&self, mode: &Mode, commodity: CommodityIx) -> f64 {
        let of_it = mode.outputs.iter().filter(|(c, _)| *c == commodity);
        of_it.map(|(_, ratio)| range(self.model, ratio, self.year).1).sum()
    }

    /// How long a mode can run on what can be had of its scarcest input.
    fn fed(
        &self,
        mode: &Mode,
        process: &Process,
        bounds: &Bounds,
    ) -> Option<(f64, CommodityIx)> {
        let fed = mode.inputs.iter().filter_map(|(c, ratio)| {
            let least = range(self.model, ratio, self.year).0;
            let there = bounds[(c.get(), process.region.get())];
            (least > 0.0).then(|| (there / least, *c))
        });
        fed.min_by(|(a, _), (b, _)| a.total_cmp(b))
    }
}

/// Who makes or brings a commodity.
#[derive(Clone, Copy)]
enum Maker {
    Process(ProcessIx),
    /// A link, from the region it brings it from.
    Link(LinkIx, RegionIx),
}

impl Maker {
    fn place(self, check: &Check<'_, '_>) -> Span {
        match self {
            Self::Process(ix) => check.item_place(&check.path_of(ix)),
            Self::Link(ix, _) => {
                let name = &check.model().links[ix].name;
                check.item_place(&root::LINKS.key().path(name))
            }
        }
    }
}

/// Why something gives no more.
enum Why {
    /// It lacks what it is made of, or brings.
    Lacks(At),
    /// Limits that are written, each with what it allows.
    Limits(Vec<(Span, String)>),
}

/// Whether a process only keeps a commodity from one time to another.
fn gives_back(process: &Process, commodity: CommodityIx) -> bool {
    let takes = |mode: &Mode| mode.inputs.iter().any(|(c, _)| *c == commodity);
    let mut filling = process.modes.iter().filter(|mode| !mode.charges.is_empty());
    process.is_storage() && filling.all(takes)
}

/// Least and greatest value of a year.
fn range(model: &Model, series: &Series, year: YearIx) -> (f64, f64) {
    // what is the same in all slices is looked at once, as there may be thousands of them
    let slices = if series.varies_by_slice() { model.time.slices.len() } else { 1 };
    let values = (0..slices).map(|s| series.at(SliceIx::new(s), year));
    values.fold((f64::INFINITY, 0.0), |(low, high), value| (low.min(value), high.max(value)))
}

/// A product in which nothing of something without a bound is nothing.
fn times(bound: f64, factor: f64) -> f64 {
    if factor > 0.0 { bound * factor } else { 0.0 }
}

fn too_little(
    check: &mut Check<'_, '_>,
    demand: &Demand,
    (needed, most): (f64, f64),
    bounded: &Bounded<'_>,
    bounds: &Bounds,
) {
    let model = check.model();
    let year = bounded.year;
    let size = |(_, demand): &(usize, &Demand)| demand.annual[year.get()];
    let largest = same(model, demand).max_by(|a, b| size(a).total_cmp(&size(b)));
    let path = largest.map_or("", |(at, _)| &check.build.demand_paths[at]);
    let unit = check.demand_unit(demand.commodity, path);
    let message = format!(
        "the demand for `{}` in `{}` in {} is {}, but no more than {} can be had",
        model.commodities[demand.commodity].name,
        check.region_name(demand.region),
        check.year(year.get()),
        unit.text(needed),
        unit.text(most),
    );
    let hint = if needed > most * FAR_BEYOND {
        "check the unit of the demand: so far beyond what makes it, it is likely another than meant"
    } else {
        "check the number and its unit, and what exists and may be built of what makes it, and of \
         what that is made of"
    };
    let place = check.place(path, demand::ANNUAL);
    let error = Diagnostic::error("demand-cannot-be-served", message, place, "");
    let held = bounded.held_down(check, (demand.commodity, demand.region), bounds, &unit);
    check.report(error.also_all(held).hint(hint));
}
