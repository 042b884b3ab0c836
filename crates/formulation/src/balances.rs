//! Who makes, uses, sends and needs each commodity in each region.

use kzleap_model::demand::Lot;
use kzleap_model::series::ByYear;
use kzleap_model::{
    CommodityIx, Demand, EmissionIx, LinkIx, Model, Node, ProcessIx, RegionIx, Series, Tier,
    YearIx,
};

/// A mode of a process that makes or uses the commodity.
#[derive(Clone, Debug)]
pub struct Flow<'m> {
    /// Which process.
    pub process: ProcessIx,
    /// Which of its modes.
    pub mode: usize,
    /// PJ for one PJ of activity.
    pub ratio: &'m Series,
    /// The share of it that counts in this balance, by milestone year; `None` if all does.
    pub share: Option<ByYear>,
}

/// One commodity in one region, with everything that touches it.
#[derive(Debug)]
pub struct Balance<'m> {
    /// Where.
    pub region: RegionIx,
    /// Of what.
    pub commodity: CommodityIx,
    /// Who makes it.
    pub made: Vec<Flow<'m>>,
    /// Who uses it.
    pub used: Vec<Flow<'m>>,
    /// Links that bring it, with the direction in which they do.
    pub arriving: Vec<(LinkIx, usize)>,
    /// Links that take it away, with the direction in which they do.
    pub leaving: Vec<(LinkIx, usize)>,
    /// What end users need of it, with positions in the model.
    pub demands: Vec<(usize, &'m Demand)>,
    /// What of that may go unserved, slice by slice.
    pub lots: Vec<Lot>,
}

impl Balance<'_> {
    /// Demand tied to the slices of a node, PJ a year.
    pub fn demand_of_node(&self, node: &Node, year: YearIx) -> f64 {
        let part = |(_, demand): &(usize, &Demand)| {
            demand.annual[year.get()] * demand.part_in(Tier::Slice, node, year)
        };
        self.demands.iter().filter(|(_, demand)| demand.profile.is_some()).map(part).sum()
    }

    /// Demand that may be met at any time of the year, PJ a year.
    ///
    /// For a commodity balanced once a year the moment means nothing, and all demand counts.
    pub fn demand_at_any_time(&self, model: &Model, year: YearIx) -> f64 {
        let annual = model.commodities[self.commodity].tier == Tier::Annual;
        self.demands
            .iter()
            .filter(|(_, demand)| demand.profile.is_none() && !annual)
            .map(|(_, demand)| demand.annual[year.get()])
            .sum()
    }

    /// All demand, PJ a year.
    pub fn demand_of_year(&self, year: YearIx) -> f64 {
        self.demands.iter().map(|(_, demand)| demand.annual[year.get()]).sum()
    }

    /// What demand emits, Mt a year, if all of it is served.
    pub fn emissions_of_demand(&self, emission: EmissionIx, year: YearIx) -> f64 {
        let each = self.demands.iter();
        each.map(|(_, demand)| {
            demand.emission_factor(emission, year) * demand.annual[year.get()]
        })
        .sum()
    }

    /// Most of a lot that can be needed at a node, PJ a year.
    pub fn most_of(&self, model: &Model, lot: &Lot, node: &Node, year: YearIx) -> f64 {
        let tier = model.commodities[self.commodity].tier;
        let amounts = lot.of.iter().map(|(at, share)| {
            let demand = &model.demands[*at];
            let annual = share[year.get()] * demand.annual[year.get()];
            let at_any_time = demand.profile.is_none() && tier != Tier::Annual;
            if at_any_time {
                (0.0, annual)
            } else {
                (annual * demand.part_in(tier, node, year), 0.0)
            }
        });
        let (then, at_any_time): (Vec<f64>, Vec<f64>) = amounts.unzip();
        then.iter().sum::<f64>() + at_any_time.iter().sum::<f64>()
    }

    /// Mt of an emission for each PJ of a lot that is served: the mean of its demands.
    pub fn factor_of(
        &self,
        model: &Model,
        lot: &Lot,
        emission: EmissionIx,
        year: YearIx,
    ) -> f64 {
        let y = year.get();
        let emitted = lot.of.iter().map(|(at, share)| {
            let demand = &model.demands[*at];
            demand.emission_factor(emission, year) * (share[y] * demand.annual[y])
        });
        emitted.sum::<f64>() / lot.annual(model, year)
    }

    /// What the balance of a node must reach, PJ a year.
    pub fn right_hand_side(&self, model: &Model, node: &Node, year: YearIx) -> f64 {
        if model.commodities[self.commodity].tier == Tier::Annual {
            self.demand_of_year(year)
        } else {
            self.demand_of_node(node, year)
        }
    }
}

/// Every balance in which anything happens, by region and then commodity.
pub fn balances(model: &Model) -> Vec<Balance<'_>> {
    let mut all: Vec<Balance<'_>> = model
        .regions
        .ixs()
        .flat_map(|region| model.commodities.ixs().map(move |commodity| (region, commodity)))
        .map(|(region, commodity)| Balance {
            region,
            commodity,
            made: Vec::new(),
            used: Vec::new(),
            arriving: Vec::new(),
            leaving: Vec::new(),
            demands: Vec::new(),
            lots: Vec::new(),
        })
        .collect();
    let commodities = model.commodities.len();
    let place =
        |region: RegionIx, commodity: CommodityIx| region.get() * commodities + commodity.get();
    for (process, data) in model.processes.iter_ix() {
        for (mode, flows) in data.modes.iter().enumerate() {
            for (commodity, ratio) in &flows.outputs {
                for (region, share) in places(model, data.region, *commodity, false) {
                    let flow = Flow { process, mode, ratio, share };
                    all[place(region, *commodity)].made.push(flow);
                }
            }
            for (commodity, ratio) in &flows.inputs {
                for (region, share) in places(model, data.region, *commodity, true) {
                    let flow = Flow { process, mode, ratio, share };
                    all[place(region, *commodity)].used.push(flow);
                }
            }
        }
    }
    for (link, data) in model.links.iter_ix() {
        for (direction, (from, to)) in
            [(data.from, data.to), (data.to, data.from)].iter().enumerate()
        {
            all[place(*from, data.commodity)].leaving.push((link, direction));
            all[place(*to, data.commodity)].arriving.push((link, direction));
        }
    }
    for (at, demand) in model.demands.iter().enumerate() {
        all[place(demand.region, demand.commodity)].demands.push((at, demand));
    }
    all.retain(|balance| {
        !(balance.made.is_empty()
            && balance.used.is_empty()
            && balance.arriving.is_empty()
            && balance.demands.is_empty())
    });
    for balance in &mut all {
        balance.lots = model.lots(balance.region, balance.commodity);
    }
    all
}

/// Where what a process in `region` makes or uses of a commodity is balanced, and how much of it.
fn places(
    model: &Model,
    region: RegionIx,
    commodity: CommodityIx,
    used: bool,
) -> Vec<(RegionIx, Option<ByYear>)> {
    let home = model.network.home(region);
    let Some(nodal) = model.network.nodal(home, commodity) else {
        return vec![(home, None)];
    };
    let when = |at_nodes: bool| -> ByYear {
        nodal.years.iter().map(|is| f64::from(u8::from(*is == at_nodes))).collect()
    };
    let mut found = Vec::new();
    if home != region {
        found.push((region, Some(when(true))));
    } else if used {
        found.extend(nodal.uses.iter().map(|(node, share)| (*node, Some(share.clone()))));
    }
    if nodal.years.contains(&false) {
        found.push((home, Some(when(false))));
    }
    found
}
