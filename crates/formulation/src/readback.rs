//! From the numbers of a solver to the words of the model.

use std::collections::BTreeMap;

use kzleap_model::rounding::unless_rounding;
use kzleap_model::solution::BalanceResult;
use kzleap_model::{CommodityIx, RegionIx, Solution, Traded};
use ndarray::{Array2, Array3};

use crate::Formulation;

impl Formulation<'_> {
    /// The optimum in the words of the model.
    ///
    /// `columns` and `row_duals` are what a solver gave for [`Formulation::lp`], one number for
    /// each column and row, with the dual of a row at its lower bound not negative.
    pub fn read_back(&self, objective: f64, columns: &[f64], row_duals: &[f64]) -> Solution {
        let mut solution = self.empty_solution(objective);
        for (col, key) in self.columns() {
            key.read_back(columns[col.get()], self, &mut solution);
        }
        self.read_emissions(&mut solution);
        for (row, key) in self.rows() {
            key.read_back(row_duals[row.get()], self, &mut solution);
        }
        solution
    }

    fn empty_solution(&self, objective: f64) -> Solution {
        let model = self.model;
        let years = model.time.years.len();
        let standing_by = &self.vars.standing_by.processes;
        let zeros = || Array2::zeros((model.capacities.len(), years));
        Solution {
            objective,
            activity: (model.processes.iter())
                .map(|process| {
                    let nodes = model.time.node_count(process.tier);
                    Array3::zeros((process.modes.len(), nodes, years))
                })
                .collect(),
            capacity: zeros(),
            new_capacity: zeros(),
            early_retirement: zeros(),
            left: BTreeMap::new(),
            converted: BTreeMap::new(),
            forgone: BTreeMap::new(),
            flow: (model.links.iter())
                .map(|link| {
                    let tier = model.commodities[link.commodity].tier;
                    Array3::zeros((2, model.time.node_count(tier), years))
                })
                .collect(),
            level: (model.storages.iter())
                .map(|storage| Array2::zeros((storage.chronology.points.len(), years)))
                .collect(),
            emissions: Array3::zeros((model.emissions.len(), model.regions.len(), years)),
            balances: (self.balances.iter())
                .map(|balance| {
                    let tier = model.commodities[balance.commodity].tier;
                    let shape = (model.time.node_count(tier), years);
                    BalanceResult {
                        region: balance.region,
                        commodity: balance.commodity,
                        price: Array2::zeros(shape),
                        unserved_lots: vec![Array2::zeros(shape); balance.lots.len()],
                    }
                })
                .collect(),
            emission_price: vec![vec![0.0; years]; model.emission_caps.len()],
            trading: (model.trading.iter())
                .map(|scheme| Traded::zeros(scheme, years))
                .collect(),
            allowances_moved: vec![vec![0.0; years]; model.trading_links.len()],
            rule_price: vec![0.0; model.user_rows.len()],
            reserve_price: (model.reserves.iter())
                .map(|reserve| {
                    let by_slice = reserve.requirement.is_by_slice();
                    let rows = if by_slice { model.time.slices.len() } else { 1 };
                    Array2::zeros((rows, years))
                })
                .collect(),
            standby: (model.processes.iter_ix())
                .map(|(p, process)| {
                    let slices = model.time.slices.len();
                    let there = standing_by.contains(&p);
                    let shape =
                        if there { (process.modes.len(), slices, years) } else { (0, 0, 0) };
                    Array3::zeros(shape)
                })
                .collect(),
            fuel_price: (self.vars.standing_by.fuels.iter())
                .map(|place| (*place, Array2::zeros((model.time.slices.len(), years))))
                .collect(),
            subsidy: Array2::zeros((model.support.subsidies.len(), years)),
            angle: match model.network.lines.len() {
                0 => Array3::zeros((0, 0, 0)),
                _ => Array3::zeros((model.regions.len(), model.time.slices.len(), years)),
            },
            binding: Vec::new(), // needs more than columns and duals
            alternative: None,
        }
    }

    /// Position of the balance of a commodity in a region.
    pub(crate) fn balance_position(
        &self,
        region: RegionIx,
        commodity: CommodityIx,
    ) -> Option<usize> {
        self.balances
            .binary_search_by_key(&(region, commodity), |b| (b.region, b.commodity))
            .ok()
    }

    /// From activities and demand, so that emissions nobody caps are reported too.
    fn read_emissions(&self, solution: &mut Solution) {
        let model = self.model;
        let mut sizes: Array3<f64> = Array3::zeros(solution.emissions.raw_dim());
        for (p, process) in model.processes.iter_ix() {
            for y in model.time.years.ixs() {
                for (e, amount) in solution.process_emissions(model, p, y) {
                    let region = model.network.home(process.region);
                    solution.emissions[(e.get(), region.get(), y.get())] += amount;
                    sizes[(e.get(), region.get(), y.get())] += amount.abs();
                }
            }
        }
        for l in model.links.ixs() {
            for y in model.time.years.ixs() {
                for (e, region, amount) in solution.link_emissions(model, l, y) {
                    let at = (e.get(), model.network.home(region).get(), y.get());
                    solution.emissions[at] += amount;
                    sizes[at] += amount.abs();
                }
            }
        }
        for (demand, served) in model.demands.iter().zip(solution.served(model)) {
            let region = model.network.home(demand.region).get();
            for (e, factors) in &demand.emissions {
                for (y, (factor, served)) in factors.iter().zip(&served).enumerate() {
                    solution.emissions[(e.get(), region, y)] += factor * served;
                    sizes[(e.get(), region, y)] += (factor * served).abs();
                }
            }
        }
        for e in model.emissions.ixs() {
            for r in model.regions.ixs() {
                for y in model.time.years.ixs() {
                    let outside = model.exogenous_emissions(e, r, y);
                    let at = (e.get(), r.get(), y.get());
                    let net = solution.emissions[at] + outside;
                    solution.emissions[at] = unless_rounding(net, sizes[at] + outside.abs());
                }
            }
        }
    }
}
