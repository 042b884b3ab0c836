//! The plan, in the words of the model: the one thing every report is made from.

use std::collections::BTreeMap;

use ndarray::{Array2, Array3};

use crate::retrofit::Conversion;
use crate::series::ByYear;
use crate::{
    Binding, CapacityIx, CommodityIx, EmissionIx, LinkIx, Model, PartOf, ProcessIx, RegionIx,
    Series, StorageIx, Traded, Vintage, YearIx,
};

/// What the optimum says. Flows are per year of the milestone year's period; money is in MUSD.
#[derive(Clone, Debug, Default)]
pub struct Solution {
    /// What is minimised, MUSD of the base year: the present value of system cost, transfers and worth
    /// of demand forgone.
    pub objective: f64,
    /// Activity of each process, PJ a year, shape `[mode, node, year]` with the nodes of its tier.
    pub activity: Vec<Array3<f64>>,
    /// Capacity in service, in the unit of the capacity, shape `[capacity, year]`.
    pub capacity: Array2<f64>,
    /// Capacity built for the period, shape `[capacity, year]`.
    pub new_capacity: Array2<f64>,
    /// Capacity taken out of service early at this year, shape `[capacity, year]`.
    pub early_retirement: Array2<f64>,
    /// What leaves by capacity, vintage and year, retired or converted: units of what was built, of
    /// which some may have worn out.
    pub left: BTreeMap<(CapacityIx, Vintage, YearIx), f64>,
    /// What of that is converted, in the same units.
    pub converted: BTreeMap<Conversion, f64>,
    /// What is not served of the steps of demand that are decided once a year, in its unit a year, by
    /// milestone year: by positions of the demand and of the step.
    pub forgone: BTreeMap<(usize, usize), ByYear>,
    /// Energy sent over each link, PJ a year, shape `[direction, node, year]`; direction 0 is
    /// from its start to its end.
    pub flow: Vec<Array3<f64>>,
    /// Content of each storage, PJ, shape `[point, year]`.
    pub level: Vec<Array2<f64>>,
    /// Net emissions with the exogenous ones, Mt a year, shape `[emission, region, year]`.
    pub emissions: Array3<f64>,
    /// Balances with what they say about price and demand left unserved.
    pub balances: Vec<BalanceResult>,
    /// What one unit less under each emission cap would cost, MUSD/Mt (USD/t) of that year, by
    /// year. A budget has the price of each year it covers.
    pub emission_price: Vec<Vec<f64>>,
    /// What is done with the allowances of each trading scheme, and their price.
    pub trading: Vec<Traded>,
    /// What goes over each link of schemes in a year, by milestone year: in the unit of the scheme it
    /// begins in; below zero it goes back.
    pub allowances_moved: Vec<ByYear>,
    /// What one unit more on the right of each user row adds to the cost, MUSD for one of its unit:
    /// in money of its year, or as present value where it is of several.
    pub rule_price: Vec<f64>,
    /// What one unit more of each reserve would cost, MUSD per unit and year, shape
    /// `[slice, year]`, or `[1, year]` where it holds once a year.
    pub reserve_price: Vec<Array2<f64>>,
    /// What processes that stand by could do for reserves that follow the load, PJ a year, shape
    /// `[mode, slice, year]`; empty for all others. It is not done: see [`Solution::activity`].
    pub standby: Vec<Array3<f64>>,
    /// By fuel that must be delivered to what is on standby: what the ability to deliver one PJ a year
    /// less in a slice would save, MUSD a year, shape `[slice, year]`.
    pub fuel_price: BTreeMap<(RegionIx, CommodityIx), Array2<f64>>,
    /// Subsidies taken, MUSD, shape `[subsidy, year]`.
    pub subsidy: Array2<f64>,
    /// Voltage angles, radians, shape `[region, slice, year]`; empty without power flow.
    pub angle: Array3<f64>,
    /// Rules that the plan is held back by, most worth first.
    pub binding: Vec<Binding>,
    /// Numbers that differ from these wherever another plan of the same cost may have others; not
    /// a plan itself. `None` if that was not looked into.
    pub alternative: Option<Box<Self>>,
}

/// One commodity's balance in one region.
#[derive(Clone, Debug)]
pub struct BalanceResult {
    /// Where.
    pub region: RegionIx,
    /// Of what.
    pub commodity: CommodityIx,
    /// Price, MUSD/PJ of that year, shape `[node, year]` with the nodes of the commodity's tier.
    pub price: Array2<f64>,
    /// Demand left unserved, PJ a year, the same shape: by lot of [`Model::lots`].
    pub unserved_lots: Vec<Array2<f64>>,
}

impl BalanceResult {
    /// Demand left unserved, PJ a year, shape `[node, year]`.
    pub fn unserved(&self) -> Array2<f64> {
        let mut all = Array2::zeros(self.price.raw_dim());
        self.unserved_lots.iter().for_each(|lot| all += lot);
        all
    }
}

impl Solution {
    /// What of a vintage of a capacity is in service in a year, in the unit of the capacity.
    pub fn in_service(&self, model: &Model, k: CapacityIx, vintage: Vintage, y: YearIx) -> f64 {
        let (capacity, years) = (&model.capacities[k], &model.time.years);
        let left = |from| capacity.share_left(years, vintage, from, y);
        let built = match vintage {
            Some(v) if v > y => return 0.0,
            Some(v) => left(v) * self.new_capacity[(k.get(), v.get())],
            None => capacity.residual[y.get()],
        };
        let first = YearIx::new(0);
        let left_at = self.left.range((k, vintage, first)..=(k, vintage, y));
        let leaving: f64 = left_at.map(|((_, _, at), units)| left(*at) * units).sum();
        built - leaving + self.arrived(model, k, vintage, y)
    }

    /// What conversions of a milestone year have made of a capacity that is in service in another.
    fn arrived(&self, model: &Model, to: CapacityIx, year: Vintage, y: YearIx) -> f64 {
        let into = self.converted.iter().filter(|(conversion, _)| {
            model.retrofits[conversion.retrofit].to == to && Some(conversion.year) == year
        });
        into.map(|(conversion, units)| model.arrived(*conversion, y) * units).sum()
    }

    /// What conversions of a year take from a capacity and bring to it, in its unit.
    pub fn conversions(&self, model: &Model, k: CapacityIx, y: YearIx) -> (f64, f64) {
        let (mut out, mut brought) = (0.0, 0.0);
        for (conversion, units) in self.converted.iter().filter(|(of, _)| of.year == y) {
            let retrofit = &model.retrofits[conversion.retrofit];
            if retrofit.from == k {
                out += model.converted_share(*conversion) * units;
            }
            if retrofit.to == k {
                brought += model.arrived(*conversion, y) * units;
            }
        }
        (out, brought)
    }

    /// What of a part of the capacity of a process is in service in a year; 0 without a capacity.
    pub fn part_in_service(&self, model: &Model, p: ProcessIx, part: usize, y: YearIx) -> f64 {
        let process = &model.processes[p];
        match (process.capacity, &process.parts[part].of) {
            (Some(k), PartOf::Built(vintages)) => {
                vintages.iter().map(|v| self.in_service(model, k, *v, y)).sum()
            }
            (Some(_), PartOf::Given(size)) => size[y.get()],
            (None, _) => 0.0,
        }
    }

    /// The content of a storage, PJ, shape `[point, year]`.
    pub fn level(&self, storage: StorageIx) -> &Array2<f64> {
        &self.level[storage.get()]
    }

    /// What is not served of the steps of a demand that are decided once a year, in its unit a year.
    pub fn forgone(&self, demand: usize, year: YearIx) -> f64 {
        let steps = self.forgone.range((demand, 0)..(demand + 1, 0));
        steps.map(|(_, by_year)| by_year[year.get()]).sum()
    }

    /// What is served of each demand, in its unit a year, by position of the demand and of the
    /// milestone year. What is unserved of a lot is unserved of all demands in it alike.
    pub fn served(&self, model: &Model) -> Vec<ByYear> {
        let years = model.time.years.ixs();
        let all = vec![1.0; model.time.years.len()];
        let mut shares: Vec<ByYear> = vec![all; model.demands.len()];
        for result in &self.balances {
            let lots = model.lots(result.region, result.commodity);
            for (lot, unserved) in lots.iter().zip(&result.unserved_lots) {
                for y in years.clone() {
                    let (lacking, all) = (unserved.column(y.get()).sum(), lot.annual(model, y));
                    if all > 0.0 {
                        for (at, share) in &lot.of {
                            shares[*at][y.get()] -= share[y.get()] * (lacking / all);
                        }
                    }
                }
            }
        }
        let of = |(at, demand): (usize, &crate::Demand)| {
            let served =
                |y: YearIx| demand.annual[y.get()] * shares[at][y.get()] - self.forgone(at, y);
            years.clone().map(served).collect()
        };
        model.demands.iter().enumerate().map(of).collect()
    }

    /// What counts as emitted where the flow of a link arrives, Mt a year: one entry for each factor and
    /// direction.
    pub fn link_emissions(
        &self,
        model: &Model,
        l: LinkIx,
        y: YearIx,
    ) -> Vec<(EmissionIx, RegionIx, f64)> {
        let link = &model.links[l];
        let tier = model.commodities[link.commodity].tier;
        let of = |(e, factor): &(EmissionIx, Series), direction: usize| {
            let sent = |n: usize| self.flow[l.get()][(direction, n, y.get())];
            let emitted = |n| model.time.mean_at(factor, tier, n, y) * sent(n);
            let all: f64 = (0..model.time.node_count(tier)).map(emitted).sum();
            (*e, link.arrives_in(direction), (1.0 - link.loss) * all)
        };
        link.emissions.iter().flat_map(|one| [of(one, 0), of(one, 1)]).collect()
    }

    /// Emissions of one process in one year, Mt: one entry for each factor of each mode.
    pub fn process_emissions(
        &self,
        model: &Model,
        p: ProcessIx,
        y: YearIx,
    ) -> Vec<(EmissionIx, f64)> {
        let process = &model.processes[p];
        let activity = &self.activity[p.get()];
        let mut totals = Vec::new();
        for (m, mode) in process.modes.iter().enumerate() {
            for (e, factor) in &mode.emissions {
                let amount = (0..model.time.node_count(process.tier))
                    .map(|n| {
                        model.time.mean_at(factor, process.tier, n, y)
                            * activity[(m, n, y.get())]
                    })
                    .sum();
                totals.push((*e, amount));
            }
        }
        totals
    }
}
