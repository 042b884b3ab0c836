//! From the numbers of a solver to the words of the model.

use kzleap_model::policy::CapWindow;
use kzleap_model::rounding::unless_rounding;
use kzleap_model::solution::BalanceResult;
use kzleap_model::{Model, RegionIx, Solution};
use ndarray::{Array2, Array3};

use crate::Formulation;
use crate::keys::{ColumnKey, RowKey};

impl Formulation<'_> {
    /// The optimum in the words of the model.
    ///
    /// `columns` and `row_duals` are what a solver gave for [`Formulation::lp`], one number for
    /// each column and row, with the dual of a row at its lower bound not negative.
    pub fn read_back(&self, objective: f64, columns: &[f64], row_duals: &[f64]) -> Solution {
        let mut solution = self.empty_solution(objective);
        for (col, key) in self.columns() {
            self.put(&mut solution, key, columns[col.get()]);
        }
        self.read_emissions(&mut solution);
        self.read_prices(&mut solution, row_duals);
        solution
    }

    fn empty_solution(&self, objective: f64) -> Solution {
        let model = self.model;
        let years = model.time.years.len();
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
                        unserved: Array2::zeros(shape),
                    }
                })
                .collect(),
            emission_price: vec![vec![0.0; years]; model.emission_caps.len()],
            reserve_price: vec![vec![0.0; years]; model.reserves.len()],
            subsidy: Array2::zeros((model.support.subsidies.len(), years)),
            angle: match model.network.lines.len() {
                0 => Array3::zeros((0, 0, 0)),
                _ => Array3::zeros((model.regions.len(), model.time.slices.len(), years)),
            },
            alternative: None,
        }
    }

    fn put(&self, solution: &mut Solution, key: ColumnKey, value: f64) {
        match key {
            ColumnKey::Activity { process, mode, node, year } => {
                solution.activity[process.get()][(mode, node, year.get())] = value;
            }
            ColumnKey::Capacity(k, y) => solution.capacity[(k.get(), y.get())] = value,
            ColumnKey::NewCapacity(k, y) => solution.new_capacity[(k.get(), y.get())] = value,
            ColumnKey::Retirement(k, _, y) => {
                solution.early_retirement[(k.get(), y.get())] += value;
            }
            ColumnKey::Level(z, point, y) => solution.level[z.get()][(point, y.get())] = value,
            ColumnKey::Flow { link, direction, node, year } => {
                solution.flow[link.get()][(direction, node, year.get())] = value;
            }
            ColumnKey::Unserved(r, c, node, y) => {
                if let Some(balance) = self.balance_position(r, c) {
                    solution.balances[balance].unserved[(node, y.get())] = value;
                }
            }
            ColumnKey::Subsidy(at, y) => solution.subsidy[(at, y.get())] = value,
            ColumnKey::Angle(r, node, y) => solution.angle[(r.get(), node, y.get())] = value,
            // follow from others
            ColumnKey::NewUnits(..)
            | ColumnKey::Emissions(..)
            | ColumnKey::Surplus(..)
            | ColumnKey::Wasted(..)
            | ColumnKey::Direction(..) => {}
        }
    }

    fn balance_position(
        &self,
        region: RegionIx,
        commodity: kzleap_model::CommodityIx,
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

    fn read_prices(&self, solution: &mut Solution, row_duals: &[f64]) {
        let model = self.model;
        for (row, key) in self.rows() {
            let dual = row_duals[row.get()];
            match key {
                RowKey::CommodityBalance(r, c, node, y) => {
                    if let Some(balance) = self.balance_position(r, c) {
                        solution.balances[balance].price[(node, y.get())] +=
                            dual / model.flow_present_value(r, y);
                    }
                }
                // one unit more at any time also counts in the year
                RowKey::AnnualBalance(r, c, y) => {
                    if let Some(balance) = self.balance_position(r, c) {
                        let price = dual / model.flow_present_value(r, y);
                        for value in solution.balances[balance].price.column_mut(y.get()) {
                            *value += price;
                        }
                    }
                }
                RowKey::EmissionCap(cap, year) => {
                    let region = model.emission_caps[cap]
                        .terms
                        .iter()
                        .find_map(|term| term.regions.first())
                        .copied()
                        .unwrap_or_else(|| RegionIx::new(0));
                    match year {
                        Some(y) => {
                            solution.emission_price[cap.get()][y.get()] =
                                -dual / model.flow_present_value(region, y);
                        }
                        None => spread_budget_price(model, region, cap, -dual, solution),
                    }
                }
                RowKey::ReserveMargin(reserve, _, y) => {
                    let region = (model.reserves[reserve].members.first())
                        .map_or_else(|| RegionIx::new(0), |(k, _)| model.capacities[*k].region);
                    solution.reserve_price[reserve.get()][y.get()] +=
                        dual / model.flow_present_value(region, y);
                }
                _ => {}
            }
        }
    }
}

/// The price of a budget in each year: what one Mt less in that year is worth in its money.
fn spread_budget_price(
    model: &Model,
    region: RegionIx,
    cap: kzleap_model::policy::EmissionCapIx,
    dual: f64,
    solution: &mut Solution,
) {
    let CapWindow::Budget { first, last, .. } = model.emission_caps[cap].window else { return };
    for (y, year) in model.time.years.iter_ix() {
        let overlap = f64::from(year.last.min(last) - year.first.max(first) + 1);
        if overlap > 0.0 {
            solution.emission_price[cap.get()][y.get()] =
                dual * overlap / model.flow_present_value(region, y);
        }
    }
}
