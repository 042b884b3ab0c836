//! Who pays whom in a year: what each sector buys and sells at marginal cost, what it spends itself, what it
//! pays for emissions and is given, and what the public receives.

use std::collections::BTreeMap;

use kzleap_model::rounding::unless_rounding;
use kzleap_model::trading::Claim;
use kzleap_model::{
    CapacityIx, CommodityIx, EmissionIx, Model, RegionIx, SchemeIx, Series, SliceIx, Tier,
    YearIx,
};
use ndarray::Array2;

use crate::Accounts;
use crate::annual_costs::falls_due;
use crate::costs::{Cost, CostGroup, CostKind, CostOwner};
use crate::emissions::{Emitted, Source};
use crate::flows::Side;
use crate::owners::{LINK, storage_process};
use crate::sectors::{of_process, of_row};
use crate::tiers::Tiers;

/// Who pays or receives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Party<'a> {
    /// A sector ([`crate::sectors`]).
    Sector(&'a str),
    /// Demand that goes unserved: what it costs, and what is not bought for it.
    Unserved,
    /// Whoever keeps, moves and offsets allowances of a scheme.
    Scheme(SchemeIx),
    /// The public budget.
    Public,
}

/// What is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    /// Commodities that are sold, at marginal cost.
    Sold,
    /// Commodities that are bought, at marginal cost.
    Bought,
    /// Costs of its own, which are no purchase of a commodity of the model.
    Resources,
    /// Taxes on emissions.
    Tax,
    /// Allowances for all emissions that are covered, given or not, at their price.
    Allowances,
    /// Allowances that are given, at their price.
    Given,
    /// Revenue of auctions.
    Auction,
    /// Revenue of allowances beyond those issued.
    Sales,
    /// Penalties for emissions without allowances.
    Penalties,
    /// Subsidies.
    Subsidy,
}

impl Item {
    /// Its name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sold => "sold",
            Self::Bought => "bought",
            Self::Resources => "resources",
            Self::Tax => "tax",
            Self::Allowances => "allowances",
            Self::Given => "given",
            Self::Auction => "auction",
            Self::Sales => "sales",
            Self::Penalties => "penalties",
            Self::Subsidy => "subsidy",
        }
    }
}

/// What somebody pays or receives in a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Payment<'a> {
    /// Where; `None` for the public and schemes.
    pub region: Option<RegionIx>,
    /// Who.
    pub party: Party<'a>,
    /// For what.
    pub item: Item,
    /// Of what: name of a commodity, an emission or a scheme; kind of cost.
    pub of: &'a str,
    /// Position of the milestone year.
    pub year: usize,
    /// MUSD a year in money of the year; below zero what is paid.
    pub value: f64,
}

type Key<'a> = (Option<RegionIx>, Party<'a>, Item, &'a str, usize);

/// Sums with the sizes of what was added.
struct Book<'a>(BTreeMap<Key<'a>, [f64; 2]>);

impl<'a> Book<'a> {
    fn add(&mut self, key: Key<'a>, value: f64) {
        let sum = self.0.entry(key).or_default();
        sum[0] += value;
        sum[1] += value.abs();
    }
}

impl<'a> Accounts<'a> {
    /// What everybody pays and receives, by region, party, item, thing and year. All together is what the
    /// system costs in the year, below zero: every other payment is one between two.
    ///
    /// What is bought and sold has its marginal cost, whoever is paid that in truth. Certificates of shares and
    /// constraints, reserves and caps without a scheme pay nobody here.
    pub fn payments(&self) -> Vec<Payment<'a>> {
        let mut book = Book(BTreeMap::new());
        let prices = self.prices();
        self.add_processes(&mut book, &prices);
        self.add_links(&mut book, &prices);
        self.add_demands(&mut book, &prices);
        self.add_costs(&mut book);
        self.add_taxes(&mut book);
        self.model.trading.ixs().for_each(|s| self.add_scheme(&mut book, s));
        let all = book.0.into_iter().map(|((region, party, item, of, year), [sum, size])| {
            Payment { region, party, item, of, year, value: unless_rounding(sum, size) }
        });
        all.filter(|payment| payment.value != 0.0).collect()
    }

    /// Marginal costs of each commodity in each region, MUSD/PJ, shape `[node, year]`.
    fn prices(&self) -> BTreeMap<(RegionIx, CommodityIx), &'a Array2<f64>> {
        let all = self.solution.balances.iter();
        all.map(|balance| ((balance.region, balance.commodity), &balance.price)).collect()
    }

    fn add_processes(&self, book: &mut Book<'a>, prices: &Prices<'a>) {
        let (model, tiers) = (self.model, Tiers::new(self.model));
        for (side, sign, item) in
            [(Side::Inputs, -1.0, Item::Bought), (Side::Outputs, 1.0, Item::Sold)]
        {
            for flow in self.flows(side) {
                let process = &model.processes[flow.process];
                let Some(price) = prices.get(&(process.region, flow.commodity)) else {
                    continue;
                };
                let commodity = &model.commodities[flow.commodity];
                let party = Party::Sector(of_process(model, process));
                let home = Some(model.network.home(process.region));
                for ((node, year), amount) in flow.entries() {
                    let y = YearIx::new(year);
                    let nodes = tiers.shares(process.tier, node, commodity.tier, y);
                    let mean: f64 = nodes.map(|(at, share)| share * price[(at, year)]).sum();
                    let key = (home, party, item, commodity.name.as_str(), year);
                    book.add(key, sign * amount * mean);
                }
            }
        }
    }

    /// What links take where it is cheap and bring where it is not.
    fn add_links(&self, book: &mut Book<'a>, prices: &Prices<'a>) {
        let model = self.model;
        for (l, link) in model.links.iter_ix() {
            let commodity = link.commodity;
            let name = model.commodities[commodity].name.as_str();
            for (direction, (from, to)) in
                [(link.from, link.to), (link.to, link.from)].into_iter().enumerate()
            {
                let sent = self.solution.flow[l.get()].index_axis(ndarray::Axis(0), direction);
                let left = 1.0 - link.loss;
                for (end, item, of_one) in [(from, Item::Bought, -1.0), (to, Item::Sold, left)]
                {
                    let Some(price) = prices.get(&(end, commodity)) else { continue };
                    let home = Some(model.network.home(end));
                    for ((node, year), amount) in sent.indexed_iter() {
                        let key = (home, Party::Sector(LINK), item, name, year);
                        book.add(key, of_one * amount * price[(node, year)]);
                    }
                }
            }
        }
    }

    /// Demand at the price of when it is; that which may be met at any time at the lowest. What is unserved is
    /// not bought.
    fn add_demands(&self, book: &mut Book<'a>, prices: &Prices<'a>) {
        let model = self.model;
        for (at, demand) in model.demands.iter().enumerate() {
            let Some(price) = prices.get(&(demand.region, demand.commodity)) else { continue };
            let commodity = &model.commodities[demand.commodity];
            let sector = Party::Sector(of_row(&demand.flow).unwrap_or(&demand.flow));
            let home = Some(model.network.home(demand.region));
            for y in model.time.years.ixs() {
                let of_year = price.column(y.get());
                let paid = match &demand.profile {
                    Some(profile) if commodity.tier != Tier::Annual => (0..of_year.len())
                        .map(|node| {
                            of_year[node] * share(model, profile, (commodity.tier, node), y)
                        })
                        .sum(),
                    _ => of_year.iter().copied().fold(f64::INFINITY, f64::min),
                };
                let amount = demand.annual[y.get()] - self.solution.forgone(at, y);
                let key = (home, sector, Item::Bought, commodity.name.as_str(), y.get());
                book.add(key, -amount * paid);
            }
        }
        for balance in &self.solution.balances {
            let name = model.commodities[balance.commodity].name.as_str();
            let home = Some(model.network.home(balance.region));
            for ((node, year), unserved) in balance.unserved().indexed_iter() {
                let key = (home, Party::Unserved, Item::Bought, name, year);
                book.add(key, unserved * balance.price[(node, year)]);
            }
        }
    }

    fn add_costs(&self, book: &mut Book<'a>) {
        for cost in self.costs() {
            let (group, subsidy) = (cost.kind.group(), cost.kind == CostKind::Subsidy);
            let Some(party) = self.pays(cost).filter(|_| group == CostGroup::System || subsidy)
            else {
                continue;
            };
            let item = if subsidy { Item::Subsidy } else { Item::Resources };
            for (year, value) in falls_due(self.model, cost) {
                book.add((Some(cost.region), party, item, cost.kind.name(), year), -value);
                if subsidy {
                    book.add((None, Party::Public, item, cost.kind.name(), year), value);
                }
            }
        }
    }

    /// Who spends a cost; `None` for what emissions and schemes cost.
    fn pays(&self, cost: &Cost) -> Option<Party<'a>> {
        let model = self.model;
        let sector = match cost.owner {
            CostOwner::Capacity(k) => self.sector_of_capacity(k),
            CostOwner::Retrofit(at) => self.sector_of_capacity(model.retrofits[at].to),
            CostOwner::Process(p) => of_process(model, &model.processes[p]),
            CostOwner::Link(_) => LINK,
            CostOwner::Commodity(_) => return Some(Party::Unserved),
            CostOwner::Emission(_) | CostOwner::Scheme(_) => return None,
        };
        Some(Party::Sector(sector))
    }

    fn sector_of_capacity(&self, k: CapacityIx) -> &'a str {
        let (model, owner) = (self.model, &self.owners()[k.get()]);
        let process = owner.process.map(|p| &model.processes[p]);
        let storage = || {
            let mut all = model.storages.iter_ix();
            let (z, _) = all.find(|(_, storage)| storage.capacity == k)?;
            storage_process(model, z)
        };
        process.or_else(storage).map_or(owner.category, |process| of_process(model, process))
    }

    fn add_taxes(&self, book: &mut Book<'a>) {
        let model = self.model;
        let counts_output: Vec<EmissionIx> = (model.trading.iter())
            .flat_map(|scheme| &scheme.allocations)
            .filter_map(|allocation| match allocation.claim {
                Claim::ForOutput { emission, .. } => Some(emission),
                Claim::Given(_) => None,
            })
            .collect();
        let taxed = |one: &&Emitted<'_>| {
            one.source != Source::Exogenous && !counts_output.contains(&one.emission)
        };
        for one in self.emissions().iter().filter(taxed) {
            let (party, name) = (
                Party::Sector(self.sector_of(one)),
                model.emissions[one.emission].name.as_str(),
            );
            for y in model.time.years.ixs() {
                let tax =
                    one.by_year[y.get()] * model.emission_price(one.emission, one.region, y);
                book.add((Some(one.region), party, Item::Tax, name, y.get()), -tax);
                book.add((None, Party::Public, Item::Tax, name, y.get()), tax);
            }
        }
    }

    /// Allowances: paid for and given by sector, and where the money goes. What a group of several sectors is
    /// given, and what is given to nobody by name, goes by emissions.
    fn add_scheme(&self, book: &mut Book<'a>, at: SchemeIx) {
        let model = self.model;
        let scheme = &model.trading[at];
        let name = scheme.name.as_str();
        let of_scheme = |item, year| (None, Party::Scheme(at), item, name, year);
        let of_public = |item, year| (None, Party::Public, item, name, year);
        for (year, of) in self.trading(at).into_iter().enumerate() {
            let Some(of) = of else { continue };
            let mut in_groups = 0.0;
            for allocated in self.allocated(at, YearIx::new(year)) {
                let group =
                    scheme.allocations.iter().find(|a| Some(&*a.name) == allocated.group);
                let Some(group) = group else { continue };
                in_groups += allocated.given;
                let member = |one: &Emitted<'_>| matches!(one.source, Source::Process(p) if group.processes.contains(&p));
                self.give(book, (at, year), of.price * allocated.given, &member);
            }
            self.give(book, (at, year), of.price * (of.free - in_groups), &|_| true);
            for (one, weight) in self.covered_by(scheme) {
                let value = of.price * weight * one.by_year[year];
                let party = Party::Sector(self.sector_of(one));
                book.add((Some(one.region), party, Item::Allowances, name, year), -value);
                book.add(of_scheme(Item::Allowances, year), value);
            }
            for (item, value) in [
                (Item::Auction, of.auction_revenue),
                (Item::Sales, of.sales_revenue),
                (Item::Penalties, of.penalties),
            ] {
                book.add(of_scheme(item, year), -value);
                book.add(of_public(item, year), value);
            }
            book.add(of_scheme(Item::Resources, year), -of.offset_cost);
        }
    }

    /// Gives some that are covered allowances of a value, in proportion to what they emit.
    fn give(
        &self,
        book: &mut Book<'a>,
        (at, year): (SchemeIx, usize),
        value: f64,
        member: &dyn Fn(&Emitted<'_>) -> bool,
    ) {
        let scheme = &self.model.trading[at];
        let name = scheme.name.as_str();
        let emits: Vec<(&Emitted<'a>, f64)> = (self.covered_by(scheme))
            .filter(|(one, _)| member(one))
            .map(|(one, weight)| (one, (weight * one.by_year[year]).max(0.0)))
            .collect();
        let all: f64 = emits.iter().map(|(_, amount)| amount).sum();
        if all <= 0.0 {
            // nobody emits: whoever is given them sells them
            return;
        }
        for (one, amount) in emits {
            let (party, value) = (Party::Sector(self.sector_of(one)), value * amount / all);
            book.add((Some(one.region), party, Item::Given, name, year), value);
            book.add((None, Party::Scheme(at), Item::Given, name, year), -value);
        }
    }
}

type Prices<'a> = BTreeMap<(RegionIx, CommodityIx), &'a Array2<f64>>;

/// The share of a profile at a node.
fn share(model: &Model, profile: &Series, (tier, node): (Tier, usize), year: YearIx) -> f64 {
    let slices = model.time.nodes(tier)[node].slices.clone();
    slices.map(|s| profile.at(SliceIx::new(s), year)).sum()
}
