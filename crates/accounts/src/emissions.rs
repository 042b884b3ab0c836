//! Who emits what.

use kzleap_model::{EmissionIx, Model, ProcessIx, RegionIx, Solution};
use ndarray::Array1;

/// The category of emissions outside the processes of the model.
pub const EXOGENOUS: &str = "exogenous";

/// Emissions of demand that is burnt, Mt a year: where, in which row of the energy balance, and by
/// year.
pub fn of_demands<'a>(
    model: &'a Model,
    solution: &Solution,
    emission: EmissionIx,
) -> Vec<(RegionIx, &'a str, Vec<f64>)> {
    let mut sums: Vec<(RegionIx, &str, Vec<f64>)> = Vec::new();
    for (demand, served) in model.demands.iter().zip(solution.served(model)) {
        let Some((_, factors)) = demand.emissions.iter().find(|(e, _)| *e == emission) else {
            continue;
        };
        let (region, row) = (model.network.home(demand.region), demand.flow.as_str());
        let emitted = served.iter().zip(factors).map(|(served, factor)| served * factor);
        match sums.iter_mut().find(|(r, of, _)| (*r, *of) == (region, row)) {
            Some((.., sum)) => sum.iter_mut().zip(emitted).for_each(|(sum, mt)| *sum += mt),
            None => sums.push((region, row, emitted.collect())),
        }
    }
    sums
}

/// Emissions of a process by year, Mt a year; `None` if it emits none of this.
pub fn of_process(
    model: &Model,
    solution: &Solution,
    emission: EmissionIx,
    process: ProcessIx,
) -> Option<Array1<f64>> {
    let data = &model.processes[process];
    let mut sum: Option<Array1<f64>> = None;
    let nodes = model.time.nodes(data.tier);
    for (m, mode) in data.modes.iter().enumerate() {
        for (_, factor) in mode.emissions.iter().filter(|(e, _)| *e == emission) {
            let by_year = sum.get_or_insert_with(|| Array1::zeros(model.time.years.len()));
            for y in model.time.years.ixs() {
                for (n, node) in nodes.iter().enumerate() {
                    by_year[y.get()] += solution.activity[process.get()][(m, n, y.get())]
                        * model.time.node_mean(factor, node, y);
                }
            }
        }
    }
    sum
}
