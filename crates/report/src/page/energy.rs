//! Charts of one commodity: what makes it, with which capacity, at which price.

use kzleap_accounts::flows::{Balance, Side};
use kzleap_accounts::{Accounts, owners};
use kzleap_model::{CapacityUnit, CommodityIx, Mode, Model, Process, RowKind, Solution, Tier};

use kzleap_page::{ChartSpec, Unit};

use super::chart::{ByPeriod, Values, by_period, name_total};
use super::colours::{Colours, Group, LINES, Thing, title};
use crate::kinds::Kind;

/// The name of the series of net trade over links.
pub(super) const TRADE: &str = "net imports";
/// The colour of demand.
pub(super) const DEMAND: &str = "#17212b";
/// The name of the series of unserved demand.
pub(super) const UNSERVED: &str = "unserved";
/// The name of the series of what is made and not used.
pub(super) const NOT_USED: &str = "surplus, not used";

/// How amounts of a commodity are shown.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    /// Which commodity.
    pub(crate) commodity: CommodityIx,
    /// Its name for people.
    pub(crate) label: String,
    /// What one of its unit (PJ) is in the unit shown.
    pub(crate) factor: f64,
    /// The unit shown, such as `TWh`.
    pub(crate) unit: String,
    /// The unit of capacity, such as `GW`.
    pub(crate) power: CapacityUnit,
    /// Unit of price, and what one MUSD/PJ is in it.
    pub(crate) price: (String, f64),
    /// Whether technologies are shown one by one, which serve end users, and not their categories.
    by_technology: bool,
}

impl Shown {
    /// What a technology is called in its charts.
    const fn name<'a>(&self, label: &'a str, category: &'a str) -> &'a str {
        if self.by_technology { label } else { category }
    }
}

/// Every commodity that processes make and that is balanced by slice, and materials and services
/// that end users need, in the order of the model.
///
/// Where most of its capacity is in GW it is shown in TWh, else in its own unit.
pub(crate) fn shown(model: &Model) -> Vec<Shown> {
    model
        .commodities
        .iter_ix()
        .filter(|(c, commodity)| commodity.tier == Tier::Slice || is_service(model, *c))
        .filter(|(c, _)| is_made(model, *c))
        .map(|(c, commodity)| {
            let yearly = commodity.amount.filter(|_| commodity.is_other());
            let power = power_unit(model, c).unwrap_or_else(|| {
                yearly.map_or(CapacityUnit::Gigawatt, CapacityUnit::PerYear)
            });
            let electric = power == CapacityUnit::Gigawatt && commodity.is_energy();
            let (unit, factor) =
                if electric { ("TWh", 1.0 / 3.6) } else { (commodity.unit(), 1.0) };
            let price = if electric {
                (format!("{}/MWh", model.currency), 3.6)
            } else if commodity.is_energy() {
                (format!("{}/GJ", model.currency), 1.0)
            } else {
                (crate::tables::price_unit(model, c), 1.0)
            };
            Shown {
                commodity: c,
                label: commodity.label.clone(),
                factor,
                unit: unit.to_owned(),
                power,
                price,
                by_technology: false,
            }
        })
        .collect()
}

/// Whether any process makes it.
fn is_made(model: &Model, c: CommodityIx) -> bool {
    let mut modes = model.processes.iter().flat_map(|process| &process.modes);
    modes.any(|mode| mode.outputs.iter().any(|(made, _)| *made == c))
}

/// Whether a plant makes it of something else: not a network alone, nor a device.
fn is_generated(model: &Model, c: CommodityIx) -> bool {
    let kind = Kind::of(model, c);
    let makes = |mode: &Mode| {
        mode.outputs.iter().any(|(made, _)| *made == c)
            && mode.inputs.iter().all(|(used, _)| *used == c || Kind::of(model, *used) != kind)
    };
    let is_plant = |process: &&Process| {
        let row = RowKind::of(&model.flow_of(process));
        matches!(row, Some(RowKind::Transformation | RowKind::Production))
    };
    model.processes.iter().filter(is_plant).flat_map(|process| &process.modes).any(makes)
}

/// Whether end users need it, and, of energy, nobody else does: useful heat, not fuel.
pub(super) fn is_service(model: &Model, c: CommodityIx) -> bool {
    let demanded = model.demands.iter().any(|demand| demand.commodity == c);
    let mut modes = model.processes.iter().flat_map(|process| &process.modes);
    let mut used = || modes.any(|mode| mode.inputs.iter().any(|(used, _)| *used == c));
    demanded && (model.commodities[c].is_other() || !used())
}

/// Which commodities have a section of their own, and which share one.
pub(crate) struct Outlook {
    /// Electricity, heat, or all where there are few.
    pub(crate) main: Vec<Shown>,
    /// What end users need, each with the part of demand it belongs to.
    pub(super) services: Vec<(String, Shown)>,
    /// The others.
    pub(super) carriers: Vec<(String, Shown)>,
}

impl Outlook {
    /// Where there are more than this, only electricity and heat have sections of their own.
    const FEW: usize = 4;

    pub(crate) fn new(model: &Model) -> Self {
        let mut rest = shown(model);
        if rest.len() <= Self::FEW {
            return Self { main: rest, services: Vec::new(), carriers: Vec::new() };
        }
        let mut main = Vec::new();
        for kind in [Kind::Electricity, Kind::Heat] {
            let is = |one: &Shown| Kind::of(model, one.commodity) == Some(kind);
            // that of plants, before what networks make of it and useful heat
            let first = |one: &Shown| is(one) && is_generated(model, one.commodity);
            let found = rest.iter().position(first).or_else(|| rest.iter().position(is));
            main.extend(found.map(|at| rest.remove(at)));
        }
        let (services, carriers): (Vec<_>, Vec<_>) =
            rest.into_iter().partition(|one| is_service(model, one.commodity));
        let mut services: Vec<_> = services
            .into_iter()
            .map(|one| {
                let part = part_of_demand(model, one.commodity);
                (part, Shown { by_technology: true, ..one })
            })
            .collect();
        // the parts of demand in the order of their section
        let parts = super::demand::parts(model);
        let place = |root: &Option<usize>| parts.iter().position(|part| Some(*part) == *root);
        services.sort_by_key(|(root, _)| place(root).unwrap_or(usize::MAX));
        let branches = &model.demand_tree.branches;
        let group =
            |root: Option<usize>| root.map_or("", |root| &branches[root].label).to_owned();
        Self {
            main,
            services: services.into_iter().map(|(root, one)| (group(root), one)).collect(),
            carriers: carriers.into_iter().map(|one| (String::new(), one)).collect(),
        }
    }
}

impl Outlook {
    /// The heading of a section: of several kinds of electricity and heat just that.
    pub(super) fn heading(&self, model: &Model, one: &Shown) -> String {
        let is_short = self.services.is_empty() && self.carriers.is_empty();
        match Kind::of(model, one.commodity) {
            _ if is_short => title(&one.label),
            Some(Kind::Electricity) => "Electricity".to_owned(),
            Some(Kind::Heat) => "Heat".to_owned(),
            _ => title(&one.label),
        }
    }
}

/// The part of demand that first needs a commodity.
fn part_of_demand(model: &Model, c: CommodityIx) -> Option<usize> {
    let branches = &model.demand_tree.branches;
    let first = branches.iter().position(|branch| branch.commodity == Some(c))?;
    Some(super::demand::root(branches, first))
}

/// The unit most of the capacity that makes a commodity is in.
fn power_unit(model: &Model, commodity: CommodityIx) -> Option<CapacityUnit> {
    let mut count = std::collections::BTreeMap::<CapacityUnit, usize>::new();
    for process in model.processes.iter() {
        if owners::main_output(process) == Some(commodity)
            && let Some(k) = process.capacity
        {
            *count.entry(model.capacities[k].unit).or_default() += 1;
        }
    }
    count.into_iter().max_by_key(|(_, n)| *n).map(|(unit, _)| unit)
}

/// All charts of a commodity but the dispatch.
pub(super) fn charts(
    accounts: &Accounts<'_>,
    colours: &Colours,
    shown: &Shown,
) -> Vec<ChartSpec> {
    let model = accounts.model;
    let of_technologies = shown.by_technology.then(|| {
        let makes = |process: &&Process| {
            let mut made = process.modes.iter().flat_map(|mode| &mode.outputs);
            made.any(|(c, _)| *c == shown.commodity)
        };
        let technologies = model.processes.iter().filter(makes);
        let technologies =
            technologies.map(|p| Thing::new(&p.label, p.family.map(Group::Family)));
        let own =
            [(TRADE, Group::Trade), (UNSERVED, Group::Unserved), (NOT_USED, Group::Surplus)];
        Colours::new(technologies.chain(own.map(|(name, group)| Thing::new(name, Some(group)))))
    });
    let colours = of_technologies.as_ref().unwrap_or(colours);
    let mut charts = vec![
        generation(accounts, colours, shown),
        capacity(accounts, colours, shown),
        changes_of_capacity(accounts, colours, shown),
        price(accounts, shown),
    ];
    for chart in &mut charts {
        chart.query.clone_from(&shown.label);
    }
    charts
}

fn generation(accounts: &Accounts<'_>, colours: &Colours, shown: &Shown) -> ChartSpec {
    let Accounts { model, solution, .. } = *accounts;
    let years = model.time.years.len();
    let mut values = Values::new(model, years);
    let mut demand = Values::new(model, years);
    for (flow, amount) in accounts.annual_flows(Side::Outputs) {
        let process = &model.processes[flow.process];
        if flow.commodity == shown.commodity && !flow.storage {
            let name = shown.name(&process.label, &process.category);
            values.add(model, name, process.region, flow.year, *amount);
        }
    }
    for balance in
        accounts.balances().iter().filter(|balance| balance.commodity == shown.commodity)
    {
        for y in 0..years {
            let annual = |part| Balance::annual(part, y);
            let net = annual(&balance.imported) - annual(&balance.exported);
            values.add_to(TRADE, balance.region.get() + 1, y, net);
            values.add(model, UNSERVED, balance.region, y, annual(&balance.unserved));
            demand.add(model, "demand", balance.region, y, annual(&balance.demand));
            values.add(model, NOT_USED, balance.region, y, -balance.surplus(y));
        }
    }
    for (y, net) in border_trade(model, solution, shown.commodity).into_iter().enumerate() {
        values.add_to(TRADE, 0, y, net);
    }
    let name = title(&shown.label);
    let unit = Unit::amount_a_year(&shown.unit);
    let id = format!("generation-{}", slug(model, shown));
    let mut chart = by_period(model, id, format!("{name}: supply"), unit);
    name_total(&mut chart, "Total supply");
    chart.note = "What is made in a year, with net imports over links; what of it is not used \
         is below zero. Storage is left out: it only moves energy in time."
        .to_owned();
    chart.csv = "tables/generation_annual.csv";
    chart.stack(model, &values, colours, shown.factor);
    if demand.totals().iter().any(|value| value.abs() > 0.0) {
        chart.limit(model, "Demand", DEMAND, |place| {
            demand.at("demand", place).iter().map(|value| Some(value * shown.factor)).collect()
        });
        chart.note.push_str(" The line across each bar is the demand of end users.");
    }
    chart
}

/// Net arrivals over links from neighbours into domestic regions, by year.
fn border_trade(model: &Model, solution: &Solution, commodity: CommodityIx) -> Vec<f64> {
    let mut net = vec![0.0; model.time.years.len()];
    for (l, link) in model.links.iter_ix().filter(|(_, link)| link.commodity == commodity) {
        let (from, to) = (model.regions[link.from].domestic, model.regions[link.to].domestic);
        if from == to {
            continue;
        }
        for (y, net) in net.iter_mut().enumerate() {
            let sent = |direction: usize| {
                solution.flow[l.get()].slice(ndarray::s![direction, .., y]).sum()
            };
            let (leaving, arriving) = if from { (0, 1) } else { (1, 0) };
            *net += sent(arriving) * (1.0 - link.loss) - sent(leaving);
        }
    }
    net
}

fn capacity(accounts: &Accounts<'_>, colours: &Colours, shown: &Shown) -> ChartSpec {
    let Accounts { model, solution, .. } = *accounts;
    let mut values = Values::new(model, model.time.years.len());
    for (k, capacity, owner) in accounts.plants_and_stores() {
        if let Some(share) =
            share(model, &owner, shown).filter(|_| capacity.unit == shown.power)
        {
            for (y, _) in model.time.years.iter_ix() {
                let value = share * solution.capacity[(k.get(), y.get())];
                let name = shown.name(owner.label, owner.category);
                values.add(model, name, capacity.region, y.get(), value);
            }
        }
    }
    let id = format!("capacity-{}", slug(model, shown));
    let name = format!("{}: capacity", title(&shown.label));
    let mut chart = by_period(model, id, name, Unit::plain(shown.power.text()));
    chart.note = "Capacity in service, storage with its power. Combined heat and power counts \
                  here with the most of this product it can give."
        .to_owned();
    chart.csv = "tables/capacity.csv";
    chart.stack(model, &values, colours, 1.0);
    chart
}

/// What one unit of a capacity can give of a commodity: 1 where the process chiefly makes it; of
/// heat that comes with another product, the most that a mode gives. `None` where it gives none.
fn share(model: &Model, owner: &owners::Owner<'_>, shown: &Shown) -> Option<f64> {
    let process = &model.processes[owner.process?];
    if owner.commodity == Some(shown.commodity) {
        return Some(1.0);
    }
    let is_heat = Kind::of(model, shown.commodity) == Some(Kind::Heat);
    let given = |mode: &Mode| {
        let (_, made) = mode.outputs.iter().find(|(c, _)| *c == shown.commodity)?;
        Some(made.range().1 / mode.capacity_use)
    };
    let most = process.modes.iter().filter_map(given).fold(0.0_f64, f64::max);
    (is_heat && most > 0.0).then_some(most)
}

fn changes_of_capacity(accounts: &Accounts<'_>, colours: &Colours, shown: &Shown) -> ChartSpec {
    let model = accounts.model;
    let years = model.time.years.len();
    let mut added = Values::new(model, years);
    let mut gone = Values::new(model, years);
    for (k, capacity, owner) in accounts.plants_and_stores() {
        if let Some(share) =
            share(model, &owner, shown).filter(|_| capacity.unit == shown.power)
        {
            let name = shown.name(owner.label, owner.category);
            let changes = accounts.changes(k);
            for ((y, year), change) in model.time.years.iter_ix().zip(changes) {
                let rate = |value: f64| share * value / year.length();
                let region = capacity.region;
                let plus = rate(change.built + change.committed + change.arrived);
                added.add(model, name, region, y.get(), plus);
                let minus = -rate(change.natural + change.early + change.converted);
                gone.add(model, name, region, y.get(), minus);
            }
        }
    }
    let id = format!("changes-{}", slug(model, shown));
    let name = format!("{}: built and retired", title(&shown.label));
    let unit = Unit::change_per_year(shown.power.text());
    let mut chart = by_period(model, id, name, unit);
    chart.note =
        "Added (above zero) and taken out of service (below) in each calendar year of \
                  the period."
            .to_owned();
    chart.csv = "tables/new_capacity.csv";
    chart.stack(model, &added, colours, 1.0);
    chart.stack(model, &gone, colours, 1.0);
    chart
}

fn price(accounts: &Accounts<'_>, shown: &Shown) -> ChartSpec {
    let model = accounts.model;
    let by = if model.regions.len() > 1 { " by region" } else { "" };
    let name = format!("{}: marginal cost{by}", title(&shown.label));
    let id = format!("price-{}", slug(model, shown));
    let mut chart = by_period(model, id, name, Unit::plain(&shown.price.0));
    chart.note =
        "What one more unit would cost where it is made: the mean over the year, weighted by \
         load. It is not a tariff: it leaves out what is paid for networks, taxes and past \
         investment."
            .to_owned();
    chart.csv = "tables/price_annual.csv";
    let own = accounts.balances().iter().filter(|balance| balance.commodity == shown.commodity);
    for (n, balance) in own.enumerate() {
        let prices = &balance.mean_price;
        let label = title(&model.regions[balance.region].label);
        chart.line(model, &label, LINES[n % LINES.len()], |place| {
            let domestic = model.regions[balance.region].domestic;
            let seen = (place == 0 && domestic) || place == balance.region.get() + 1;
            let show = |price: &Option<f64>| price.filter(|_| seen).map(|p| p * shown.price.1);
            prices.iter().map(show).collect()
        });
    }
    chart
}

/// The commodity in an anchor.
pub(super) fn slug(model: &Model, shown: &Shown) -> String {
    let name = &model.commodities[shown.commodity].name;
    name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect()
}
