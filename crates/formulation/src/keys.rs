//! What each column and row of the LP stands for, and its name.

use kzleap_model::policy::{EmissionCapIx, ReserveIx, ShareIx};
use kzleap_model::{
    CapacityIx, CommodityIx, EmissionIx, LinkIx, Model, NodeIx, ProcessIx, RegionIx, SliceIx,
    StorageIx, Tier, YearIx,
};

/// What a column stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKey {
    /// Energy a process makes (or uses) in a mode, PJ a year.
    Activity {
        /// Who.
        process: ProcessIx,
        /// How.
        mode: usize,
        /// When in the year.
        node: NodeIx,
        /// When.
        year: YearIx,
    },
    /// Capacity in service.
    Capacity(CapacityIx, YearIx),
    /// Capacity built for the period.
    NewCapacity(CapacityIx, YearIx),
    /// Whole units built for the period.
    NewUnits(CapacityIx, YearIx),
    /// Capacity of a vintage (`None`: residual capacity) taken out of service at a year.
    Retirement(CapacityIx, Option<YearIx>, YearIx),
    /// Content of a storage at a point of its chronology, PJ.
    Level(StorageIx, usize, YearIx),
    /// Energy sent over a link, PJ a year; direction 0 is from its start to its end.
    Flow {
        /// Which link.
        link: LinkIx,
        /// Which way.
        direction: usize,
        /// When in the year.
        node: NodeIx,
        /// When.
        year: YearIx,
    },
    /// Net emissions in a region, Mt a year.
    Emissions(EmissionIx, RegionIx, YearIx),
    /// Demand left unserved, PJ a year.
    Unserved(RegionIx, CommodityIx, NodeIx, YearIx),
    /// What is made and not used, where it matters who made it, PJ a year.
    Surplus(RegionIx, CommodityIx, NodeIx, YearIx),
    /// The part of it that a share rule does not attribute to others, PJ a year.
    Wasted(ShareIx, RegionIx, NodeIx, YearIx),
    /// Subsidy taken for capacity built for the period, MUSD; by position of the subsidy.
    Subsidy(usize, YearIx),
    /// Voltage angle of a region, radians.
    Angle(RegionIx, NodeIx, YearIx),
    /// Whether a link may carry from its start to its end (1) or back (0), and others with it.
    Direction(LinkIx, NodeIx, YearIx),
}

/// What a row stands for. Each variant is the family of the same name in `constraints/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKey {
    /// A commodity in a region, at a node of its tier.
    CommodityBalance(RegionIx, CommodityIx, NodeIx, YearIx),
    /// The same over the year, where some demand may be met at any time.
    AnnualBalance(RegionIx, CommodityIx, YearIx),
    /// What is thrown away was made by those who may do so.
    MustBeUsed(RegionIx, CommodityIx, NodeIx, YearIx),
    /// No process runs beyond its capacity.
    CapacityAdequacy(ProcessIx, NodeIx, YearIx),
    /// The same over the year.
    AnnualAvailability(ProcessIx, YearIx),
    /// A process must run at least so much.
    MinimumLoad(ProcessIx, NodeIx, YearIx),
    /// Capacity follows from what was built and retired.
    CapacityTransfer(CapacityIx, YearIx),
    /// No more is retired of a vintage than was built.
    Retirement(CapacityIx, Option<YearIx>),
    /// Capacity is built in whole units.
    WholeUnits(CapacityIx, YearIx),
    /// Building speeds up no faster than allowed.
    GrowthLimit(CapacityIx, YearIx),
    /// Activity of processes together, by position in the model; `None` is the whole horizon.
    ActivityLimit(usize, Option<YearIx>),
    /// Capacities together, by position in the model.
    CapacityLimit(usize, YearIx),
    /// The share of some processes.
    Share(ShareIx, YearIx),
    /// What is thrown away in a region beyond what others make, by share rule.
    ShareWaste(ShareIx, RegionIx, NodeIx, YearIx),
    /// Firm capacity; by slice where it follows production.
    ReserveMargin(ReserveIx, Option<SliceIx>, YearIx),
    /// Content of a storage follows from that before; by position of the step.
    StorageLevel(StorageIx, usize, YearIx),
    /// Content stays below the size; by point.
    StorageSize(StorageIx, usize, YearIx),
    /// Content stays above its minimum; by point.
    StorageMinimum(StorageIx, usize, YearIx),
    /// Content stays below the size between points; by position of the check.
    StorageCheckSize(StorageIx, usize, YearIx),
    /// Content stays above its minimum between points; by position of the check.
    StorageCheckMinimum(StorageIx, usize, YearIx),
    /// Output rises no faster than allowed into this slice.
    RampUp(ProcessIx, SliceIx, YearIx),
    /// Output falls no faster than allowed into this slice.
    RampDown(ProcessIx, SliceIx, YearIx),
    /// No link carries more than its capacity; direction 0 is from its start to its end.
    LinkCapacity(LinkIx, usize, NodeIx, YearIx),
    /// Emissions are those of the processes and the exogenous ones.
    EmissionAccounting(EmissionIx, RegionIx, YearIx),
    /// Emissions stay below the cap; `None` is a budget over years.
    EmissionCap(EmissionCapIx, Option<YearIx>),
    /// A rule in the modeller's own terms, by position in the model.
    UserRow(usize),
    /// No more is taken of a subsidy than what is built gives a right to; by its position.
    SubsidyLimit(usize, YearIx),
    /// No more is taken of subsidies than their budget has; by its position.
    SubsidyBudget(usize, YearIx),
    /// A mode rises no faster than allowed into this slice; by position of the limit.
    StepRampUp(usize, usize, SliceIx, YearIx),
    /// A mode falls no faster than allowed into this slice; by position of the limit.
    StepRampDown(usize, usize, SliceIx, YearIx),
    /// Flow follows from voltage angles, up to (0) and from (1) the value they give; by position
    /// of the line.
    DcFlow(usize, usize, NodeIx, YearIx),
    /// A link carries one way only; direction 0 is from its start to its end.
    OneWay(LinkIx, usize, NodeIx, YearIx),
}

/// Writes names of keys; the arguments are those of the book.
struct Namer<'a>(&'a Model);

impl Namer<'_> {
    fn region(&self, r: RegionIx) -> &str {
        &self.0.regions[r].name
    }
    fn commodity(&self, c: CommodityIx) -> &str {
        &self.0.commodities[c].name
    }
    fn process(&self, p: ProcessIx) -> String {
        let process = &self.0.processes[p];
        format!("{},{}", self.region(process.region), process.name)
    }
    fn capacity(&self, k: CapacityIx) -> String {
        let capacity = &self.0.capacities[k];
        format!("{},{}", self.region(capacity.region), capacity.name)
    }
    fn storage(&self, z: StorageIx) -> String {
        let storage = &self.0.storages[z];
        format!("{},{}", self.region(storage.region), storage.name)
    }
    fn year(&self, y: YearIx) -> i32 {
        self.0.time.years[y].milestone
    }
    fn slice(&self, s: SliceIx) -> &str {
        &self.0.time.slices[s].name
    }
    fn node(&self, tier: Tier, node: NodeIx) -> &str {
        match tier {
            Tier::Annual => "year",
            Tier::Season => &self.0.time.seasons[node].name,
            Tier::Slice => self.slice(SliceIx::new(node)),
        }
    }
    fn process_node(&self, p: ProcessIx, node: NodeIx) -> &str {
        self.node(self.0.processes[p].tier, node)
    }
    fn vintage(&self, v: Option<YearIx>) -> String {
        v.map_or_else(|| "residual".to_owned(), |v| self.year(v).to_string())
    }
    fn of_share(&self, at: ShareIx, r: RegionIx, node: NodeIx, y: YearIx) -> String {
        let share = &self.0.shares[at];
        let tier =
            share.whole.first().map_or(Tier::Slice, |(_, c)| self.0.commodities[*c].tier);
        let (region, node) = (self.region(r), self.node(tier, node));
        format!("{},{region},{node},{}", share.name, self.year(y))
    }
    fn of_balance(&self, r: RegionIx, c: CommodityIx, node: NodeIx, y: YearIx) -> String {
        let node = self.node(self.0.commodities[c].tier, node);
        format!("{},{},{node},{}", self.region(r), self.commodity(c), self.year(y))
    }
    fn subsidy(&self, at: usize) -> String {
        self.capacity(self.0.support.subsidies[at].capacity)
    }
    fn link(&self, k: LinkIx, direction: usize) -> String {
        let way = if direction == 0 { "forward" } else { "back" };
        format!("{},{way}", self.0.links[k].name)
    }
    fn link_node(&self, k: LinkIx, node: NodeIx) -> &str {
        self.node(self.0.commodities[self.0.links[k].commodity].tier, node)
    }
}

impl ColumnKey {
    /// The name, as in `activity[north,wind,all,winter.night,2030]`; spaces become `_`.
    pub fn name(&self, model: &Model) -> String {
        let n = Namer(model);
        let name = match *self {
            Self::Activity { process, mode, node, year } => format!(
                "activity[{},{},{},{}]",
                n.process(process),
                model.processes[process].modes[mode].name,
                n.process_node(process, node),
                n.year(year)
            ),
            Self::Capacity(k, y) => format!("capacity[{},{}]", n.capacity(k), n.year(y)),
            Self::NewCapacity(k, y) => format!("new_capacity[{},{}]", n.capacity(k), n.year(y)),
            Self::NewUnits(k, y) => format!("new_units[{},{}]", n.capacity(k), n.year(y)),
            Self::Retirement(k, v, y) => {
                format!("retirement[{},{},{}]", n.capacity(k), n.vintage(v), n.year(y))
            }
            Self::Level(z, point, y) => format!(
                "level[{},{},{}]",
                n.storage(z),
                model.storages[z].chronology.points[point],
                n.year(y)
            ),
            Self::Flow { link, direction, node, year } => format!(
                "flow[{},{},{}]",
                n.link(link, direction),
                n.link_node(link, node),
                n.year(year)
            ),
            Self::Emissions(e, r, y) => {
                format!("emissions[{},{},{}]", model.emissions[e].name, n.region(r), n.year(y))
            }
            Self::Unserved(r, c, node, y) => {
                format!("unserved[{}]", n.of_balance(r, c, node, y))
            }
            Self::Surplus(r, c, node, y) => format!("surplus[{}]", n.of_balance(r, c, node, y)),
            Self::Wasted(at, r, node, y) => format!("wasted[{}]", n.of_share(at, r, node, y)),
            Self::Subsidy(at, y) => format!("subsidy[{},{}]", n.subsidy(at), n.year(y)),
            Self::Angle(r, node, y) => {
                let slice = n.slice(SliceIx::new(node));
                format!("angle[{},{slice},{}]", n.region(r), n.year(y))
            }
            Self::Direction(k, node, y) => {
                let link = &model.links[k].name;
                format!("direction[{link},{},{}]", n.link_node(k, node), n.year(y))
            }
        };
        name.replace(' ', "_")
    }
}

impl RowKey {
    /// The name, as in `commodity_balance[north,electricity,winter.night,2030]`; spaces become `_`.
    pub fn name(&self, model: &Model) -> String {
        let n = Namer(model);
        let storage_point = |z: StorageIx, point: usize| {
            format!("{},{}", n.storage(z), model.storages[z].chronology.points[point])
        };
        let storage_check = |z: StorageIx, check: usize| {
            format!("{},{}", n.storage(z), model.storages[z].chronology.checks[check].name)
        };
        let arguments = match *self {
            Self::CommodityBalance(r, c, node, y) | Self::MustBeUsed(r, c, node, y) => {
                n.of_balance(r, c, node, y)
            }
            Self::AnnualBalance(r, c, y) => {
                format!("{},{},{}", n.region(r), n.commodity(c), n.year(y))
            }
            Self::CapacityAdequacy(p, node, y) | Self::MinimumLoad(p, node, y) => {
                format!("{},{},{}", n.process(p), n.process_node(p, node), n.year(y))
            }
            Self::AnnualAvailability(p, y) => format!("{},{}", n.process(p), n.year(y)),
            Self::CapacityTransfer(k, y) | Self::WholeUnits(k, y) | Self::GrowthLimit(k, y) => {
                format!("{},{}", n.capacity(k), n.year(y))
            }
            Self::Retirement(k, v) => format!("{},{}", n.capacity(k), n.vintage(v)),
            Self::ActivityLimit(limit, y) => format!(
                "{},{}",
                model.activity_limits[limit].name,
                y.map_or_else(|| "horizon".to_owned(), |y| n.year(y).to_string())
            ),
            Self::CapacityLimit(limit, y) => {
                format!("{},{}", model.capacity_limits[limit].name, n.year(y))
            }
            Self::Share(share, y) => format!("{},{}", model.shares[share].name, n.year(y)),
            Self::ShareWaste(at, r, node, y) => n.of_share(at, r, node, y),
            Self::ReserveMargin(reserve, slice, y) => {
                let slice = slice.map_or(String::new(), |s| format!("{},", n.slice(s)));
                format!("{},{slice}{}", model.reserves[reserve].name, n.year(y))
            }
            Self::StorageLevel(z, step, y) => {
                let to = model.storages[z].chronology.steps[step].to;
                format!("{},{step},{}", storage_point(z, to), n.year(y))
            }
            Self::StorageSize(z, point, y) | Self::StorageMinimum(z, point, y) => {
                format!("{},{}", storage_point(z, point), n.year(y))
            }
            Self::StorageCheckSize(z, check, y) | Self::StorageCheckMinimum(z, check, y) => {
                format!("{},{}", storage_check(z, check), n.year(y))
            }
            Self::RampUp(p, s, y) | Self::RampDown(p, s, y) => {
                format!("{},{},{}", n.process(p), n.slice(s), n.year(y))
            }
            Self::LinkCapacity(k, direction, node, y) | Self::OneWay(k, direction, node, y) => {
                format!("{},{},{}", n.link(k, direction), n.link_node(k, node), n.year(y))
            }
            Self::EmissionAccounting(e, r, y) => {
                format!("{},{},{}", model.emissions[e].name, n.region(r), n.year(y))
            }
            Self::UserRow(row) => model.user_rows[row].name.clone(),
            Self::SubsidyLimit(at, y) => format!("{},{}", n.subsidy(at), n.year(y)),
            Self::SubsidyBudget(at, y) => {
                format!("{},{}", model.support.budgets[at].name, n.year(y))
            }
            Self::StepRampUp(at, mode, s, y) | Self::StepRampDown(at, mode, s, y) => {
                let p = model.step_ramps[at].process;
                let mode = &model.processes[p].modes[mode].name;
                format!("{},{mode},{},{}", n.process(p), n.slice(s), n.year(y))
            }
            Self::DcFlow(at, side, node, y) => {
                let link = model.network.lines[at].link;
                let name = &model.links[link].name;
                format!("{name},{side},{},{}", n.link_node(link, node), n.year(y))
            }
            Self::EmissionCap(cap, y) => format!(
                "{},{}",
                model.emission_caps[cap].name,
                y.map_or_else(|| "budget".to_owned(), |y| n.year(y).to_string())
            ),
        };
        format!("{}[{arguments}]", self.family()).replace(' ', "_")
    }

    /// The name of the family, which is also that of its file and page.
    pub const fn family(&self) -> &'static str {
        match self {
            Self::CommodityBalance(..) => "commodity_balance",
            Self::AnnualBalance(..) => "annual_balance",
            Self::MustBeUsed(..) => "must_be_used",
            Self::CapacityAdequacy(..) => "capacity_adequacy",
            Self::AnnualAvailability(..) => "annual_availability",
            Self::MinimumLoad(..) => "minimum_load",
            Self::CapacityTransfer(..) => "capacity_transfer",
            Self::Retirement(..) => "retirement",
            Self::WholeUnits(..) => "whole_units",
            Self::GrowthLimit(..) => "growth_limit",
            Self::ActivityLimit(..) => "activity_limit",
            Self::CapacityLimit(..) => "capacity_limit",
            Self::Share(..) => "share",
            Self::ShareWaste(..) => "share_waste",
            Self::ReserveMargin(..) => "reserve_margin",
            Self::StorageLevel(..) => "storage_level",
            Self::StorageSize(..) => "storage_size",
            Self::StorageMinimum(..) => "storage_minimum",
            Self::StorageCheckSize(..) => "storage_check_size",
            Self::StorageCheckMinimum(..) => "storage_check_minimum",
            Self::RampUp(..) => "ramp_up",
            Self::RampDown(..) => "ramp_down",
            Self::LinkCapacity(..) => "link_capacity",
            Self::EmissionAccounting(..) => "emission_accounting",
            Self::EmissionCap(..) => "emission_cap",
            Self::UserRow(..) => "user_row",
            Self::SubsidyLimit(..) => "subsidy_limit",
            Self::SubsidyBudget(..) => "subsidy_budget",
            Self::StepRampUp(..) => "step_ramp_up",
            Self::StepRampDown(..) => "step_ramp_down",
            Self::DcFlow(..) => "dc_flow",
            Self::OneWay(..) => "one_way",
        }
    }
}
