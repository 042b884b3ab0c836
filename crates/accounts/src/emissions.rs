//! Who emits what.

use kzleap_model::{EmissionIx, LinkIx, Model, ProcessIx, RegionIx, Series, Solution};

use crate::Accounts;

/// The category of emissions outside the processes of the model.
pub const EXOGENOUS: &str = "exogenous";

/// What one source emits of one emission.
#[derive(Clone, Debug)]
pub struct Emitted<'a> {
    /// Of what.
    pub emission: EmissionIx,
    /// Where: the region of a process, the region around a demand or at the end of a link.
    pub region: RegionIx,
    /// Who.
    pub source: Source<'a>,
    /// The unit of the emission (Mt) a year, by milestone year; below zero for removals.
    pub by_year: Vec<f64>,
}

/// Who emits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source<'a> {
    /// A process.
    Process(ProcessIx),
    /// A link that brings what counts as emitted where it arrives.
    Link(LinkIx),
    /// Demand that is burnt, by its row of the energy balance.
    Demand(&'a str),
    /// What is outside the processes and demand of the model.
    Exogenous,
}

impl<'a> Accounts<'a> {
    /// Who emits one of the emissions.
    pub fn emitted_of(&self, emission: EmissionIx) -> impl Iterator<Item = &Emitted<'a>> {
        let all = self.emissions();
        let begin = all.partition_point(|one| one.emission < emission);
        all[begin..].iter().take_while(move |one| one.emission == emission)
    }

    /// What a mode of a process emits, in the unit of each emission (Mt) a year, by milestone year.
    pub fn emitted_by_mode(
        &self,
        process: ProcessIx,
        mode: usize,
    ) -> Vec<(EmissionIx, Vec<f64>)> {
        let (model, solution) = (self.model, self.solution);
        let emissions = model.processes[process].modes[mode].emissions.iter();
        let of = |(emission, factor): &(EmissionIx, Series)| {
            let mut by_year = vec![0.0; model.time.years.len()];
            add_mode(model, solution, (process, mode), factor, &mut by_year);
            (*emission, by_year)
        };
        emissions.map(of).collect()
    }

    /// Emissions of all domestic regions together, in the unit of the emission (Mt) a year, by
    /// milestone year.
    pub fn domestic_emissions(&self, emission: EmissionIx) -> Vec<f64> {
        let (model, emitted) = (self.model, &self.solution.emissions);
        let domestic = || model.regions.iter_ix().filter(|(_, region)| region.domestic);
        let of_year = |y: usize| {
            domestic().fold(0.0, |sum, (r, _)| sum + emitted[(emission.get(), r.get(), y)])
        };
        (0..model.time.years.len()).map(of_year).collect()
    }
}

/// Emissions by source, emission by emission.
pub(crate) fn emissions<'a>(model: &'a Model, solution: &Solution) -> Vec<Emitted<'a>> {
    let served = solution.served(model);
    let mut all = Vec::new();
    for (e, emission) in model.emissions.iter_ix() {
        for (p, process) in model.processes.iter_ix() {
            if let Some(by_year) = of_process(model, solution, e, p) {
                let (region, source) = (process.region, Source::Process(p));
                all.push(Emitted { emission: e, region, source, by_year });
            }
        }
        for l in model.links.ixs() {
            all.extend(of_link(model, solution, e, l));
        }
        let begin = all.len();
        for (demand, served) in model.demands.iter().zip(&served) {
            let Some((_, factors)) = demand.emissions.iter().find(|(of, _)| *of == e) else {
                continue;
            };
            let region = model.network.home(demand.region);
            let source = Source::Demand(&demand.flow);
            let emitted = served.iter().zip(factors).map(|(served, factor)| served * factor);
            let of_demands = &mut all[begin..];
            match of_demands.iter_mut().find(|one| (one.region, one.source) == (region, source))
            {
                Some(one) => {
                    one.by_year.iter_mut().zip(emitted).for_each(|(sum, mt)| *sum += mt);
                }
                None => {
                    let by_year = emitted.collect();
                    all.push(Emitted { emission: e, region, source, by_year });
                }
            }
        }
        for (region, by_year) in &emission.exogenous {
            let (region, by_year) = (*region, by_year.clone());
            all.push(Emitted { emission: e, region, source: Source::Exogenous, by_year });
        }
    }
    all
}

/// Emissions of a process by year; `None` if it emits none of this.
fn of_process(
    model: &Model,
    solution: &Solution,
    emission: EmissionIx,
    process: ProcessIx,
) -> Option<Vec<f64>> {
    let modes = model.processes[process].modes.iter().enumerate();
    let mut factors = modes
        .flat_map(|(m, mode)| mode.emissions.iter().map(move |(e, factor)| (m, *e, factor)))
        .filter(|(_, e, _)| *e == emission)
        .peekable();
    factors.peek()?;
    let mut by_year = vec![0.0; model.time.years.len()];
    for (mode, _, factor) in factors {
        add_mode(model, solution, (process, mode), factor, &mut by_year);
    }
    Some(by_year)
}

/// What a link brings by year, at each of its ends where it brings any.
fn of_link<'a>(
    model: &Model,
    solution: &Solution,
    emission: EmissionIx,
    link: LinkIx,
) -> Vec<Emitted<'a>> {
    let mut ends: Vec<Emitted<'a>> = Vec::new();
    for y in model.time.years.ixs() {
        for (e, region, amount) in solution.link_emissions(model, link, y) {
            if e != emission {
                continue;
            }
            let region = model.network.home(region);
            let at = ends.iter().position(|end| end.region == region).unwrap_or_else(|| {
                let by_year = vec![0.0; model.time.years.len()];
                ends.push(Emitted { emission, region, source: Source::Link(link), by_year });
                ends.len() - 1
            });
            ends[at].by_year[y.get()] += amount;
        }
    }
    ends.retain(|end| end.by_year.iter().any(|amount| amount.abs() > 0.0));
    ends
}

/// Adds what a mode of a process emits to the emissions of each year.
fn add_mode(
    model: &Model,
    solution: &Solution,
    (process, mode): (ProcessIx, usize),
    factor: &Series,
    by_year: &mut [f64],
) {
    let nodes = model.time.nodes(model.processes[process].tier);
    let activity = &solution.activity[process.get()];
    for y in model.time.years.ixs() {
        for (n, node) in nodes.iter().enumerate() {
            by_year[y.get()] +=
                activity[(mode, n, y.get())] * model.time.node_mean(factor, node, y);
        }
    }
}
