//! What a plan must respect besides physics: limits, shares, reserves, caps.

use crate::fields::{Field, Fields};
use crate::series::ByYear;
use crate::units::{HOURS_PER_YEAR, PJ_PER_GWH};
use crate::{
    CapacityIx, CommodityIx, Demand, EmissionIx, Ix, LinkIx, Model, ProcessIx, RegionIx,
    Series, SliceIx, YearIx,
};

/// Which way a rule binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// No more than.
    AtMost,
    /// No less than.
    AtLeast,
    /// Just as much as.
    Equal,
}

/// A limit on the activity of processes together.
#[derive(Clone, Debug)]
pub struct ActivityLimit {
    /// Name, for reports.
    pub name: String,
    /// The processes, each with the mode that counts (`None` for all modes).
    pub processes: Vec<(ProcessIx, Option<usize>)>,
    /// When it holds.
    pub window: ActivityWindow,
}

impl ActivityLimit {
    /// What a model folder calls the collection of them.
    pub const COLLECTION: &'static str = "activity_limits";
}

impl Fields for ActivityLimit {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self { name: _, processes, window } = self;
        see(Field::Processes(processes));
        match window {
            ActivityWindow::EachYear { lower, upper } => {
                see(Field::Size(lower));
                see(Field::Size(upper));
            }
            ActivityWindow::Horizon { lower, upper } => {
                see(Field::SizeOfHorizon(lower));
                see(Field::SizeOfHorizon(upper));
            }
        }
    }
}

/// When an [`ActivityLimit`] holds.
#[derive(Clone, Debug)]
pub enum ActivityWindow {
    /// In each milestone year, PJ a year; unlimited where infinite.
    EachYear {
        /// Least activity.
        lower: ByYear,
        /// Most activity.
        upper: ByYear,
    },
    /// Over all calendar years of the horizon together, PJ.
    Horizon {
        /// Least activity.
        lower: f64,
        /// Most activity.
        upper: f64,
    },
}

/// A limit on several capacities together, by year.
#[derive(Clone, Debug)]
pub struct CapacityLimit {
    /// Name, for reports.
    pub name: String,
    /// The capacities.
    pub capacities: Vec<CapacityIx>,
    /// Whether capacity in service or capacity built for the period is meant.
    pub of: CapacityKind,
    /// Least, by year.
    pub lower: ByYear,
    /// Most, by year; infinite where there is no limit.
    pub upper: ByYear,
}

impl CapacityLimit {
    /// What a model folder calls the collection of them.
    pub const COLLECTION: &'static str = "capacity_limits";
}

impl Fields for CapacityLimit {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self { name: _, capacities, of: _, lower, upper } = self;
        see(Field::Capacities(capacities));
        see(Field::Size(lower));
        see(Field::Size(upper));
    }
}

/// What a [`CapacityLimit`] speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CapacityKind {
    /// Capacity in service.
    InService,
    /// Capacity built for the period.
    New,
    /// Capacity converted for the period by the retrofit of the limit's name.
    Converted,
}

/// A rule on the share some processes have in the making of a commodity.
#[derive(Clone, Debug)]
pub struct Share {
    /// Name, for reports.
    pub name: String,
    /// What counts: output of a commodity by a process, with its weight (usually 1).
    pub part: Vec<(ProcessIx, CommodityIx, ByYear)>,
    /// What it is a share of.
    pub whole: Vec<(ProcessIx, CommodityIx)>,
    /// Which way it binds.
    pub sense: Sense,
    /// The share by year; `None` where there is no rule.
    pub share: Vec<Option<f64>>,
    /// Whether it counts what is made or what is used of it.
    pub counts: Counted,
}

impl Share {
    /// What a model folder calls the collection of them.
    pub const COLLECTION: &'static str = "shares";
}

impl Fields for Share {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self { name: _, part, whole, sense: _, share, counts: _ } = self;
        see(Field::Rule(share));
        see(Field::Processes(part));
        see(Field::Processes(whole));
    }
}

/// What a [`Share`] counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// All that is made, used or not (OSeMOSYS, NEMO).
    Made,
    /// What is made of one commodity, less what is thrown away.
    Used,
}

impl Share {
    /// The share that what is used must keep in a year; `None` where no rule says so, or one that
    /// any plan keeps.
    pub fn of_use(&self, year: YearIx) -> Option<f64> {
        let share = self.share[year.get()].filter(|_| self.counts == Counted::Used)?;
        let kept_anyway = match self.sense {
            Sense::AtLeast => share <= 0.0,
            Sense::AtMost => share >= 1.0,
            Sense::Equal => false,
        };
        (!kept_anyway).then_some(share)
    }
}

/// Firm capacity that must stand by.
#[derive(Clone, Debug)]
pub struct Reserve {
    /// Name, for reports.
    pub name: String,
    /// What counts as firm, with the share of each unit that does (its capacity credit).
    pub members: Vec<(CapacityIx, ByYear)>,
    /// How much is needed.
    pub requirement: ReserveRequirement,
}

impl Reserve {
    /// What a model folder calls the collection of them.
    pub const COLLECTION: &'static str = "reserve_margins";
}

impl Fields for Reserve {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self { name: _, members, requirement } = self;
        see(Field::Capacities(members));
        match requirement {
            ReserveRequirement::Firm { load, peak, margin } => {
                load.fields(see);
                see(Field::Size(peak));
                see(Field::Rate(margin));
            }
            ReserveRequirement::Load {
                load,
                margin,
                available,
                storages,
                counts_arriving: _,
            } => {
                load.fields(see);
                see(Field::Rate(margin));
                see(Field::Capacities(available));
                available.iter_mut().for_each(|(_, share)| see(Field::Mean(share)));
                see(Field::Processes(storages));
            }
            ReserveRequirement::Production { outputs, factor } => {
                see(Field::Rate(factor));
                see(Field::Processes(outputs));
            }
        }
    }
}

/// How much firm capacity a [`Reserve`] needs.
#[derive(Clone, Debug)]
pub enum ReserveRequirement {
    /// `(1 + margin) · peak` in each year.
    Firm {
        /// What the peak is of, to compare it with that of the plan.
        load: Load,
        /// Peak demand, in the unit of the capacities.
        peak: ByYear,
        /// Firm capacity beyond it, a share of it.
        margin: ByYear,
    },
    /// In each slice, `1 + margin` times the load of the plan, GW.
    Load {
        /// What the load is of.
        load: Load,
        /// Firm capacity beyond it, a share of it.
        margin: ByYear,
        /// What counts beside the members by what can run in the slice: GW for one unit of each.
        available: Vec<(CapacityIx, Series)>,
        /// Processes of storages, which count by what they could give and take in the slice.
        storages: Vec<ProcessIx>,
        /// Whether what arrives from regions of another rule of this kind is taken off the load:
        /// it is in the load of that rule.
        counts_arriving: bool,
    },
    /// In each slice, `factor` times the rate at which processes make commodities (OSeMOSYS).
    Production {
        /// The outputs that count.
        outputs: Vec<(ProcessIx, CommodityIx)>,
        /// One plus the margin, by year; no rule where it is zero.
        factor: ByYear,
    },
}

impl ReserveRequirement {
    /// Firm capacity that is needed in a year, where it is known beforehand.
    pub fn needed(&self, year: YearIx) -> Option<f64> {
        match self {
            Self::Firm { peak, margin, .. } => {
                Some((1.0 + margin[year.get()]) * peak[year.get()])
            }
            Self::Load { .. } | Self::Production { .. } => None,
        }
    }

    /// Whether it holds in each slice; else once a year.
    pub const fn is_by_slice(&self) -> bool {
        matches!(self, Self::Load { .. } | Self::Production { .. })
    }
}

/// The load of a commodity in regions: what demand and processes take at a time, without what fills
/// storages, and what links take out of the regions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Load {
    /// Of what.
    pub commodity: CommodityIx,
    /// Where; empty if the regions as they are now cannot say it.
    pub regions: Vec<RegionIx>,
}

impl Fields for Load {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self { commodity: _, regions } = self;
        see(Field::Regions(regions));
    }
}

impl Load {
    /// The part of it that is demand, GW in a slice; what may be met at any time counts as even.
    pub fn of_demand(&self, model: &Model, slice: SliceIx, year: YearIx) -> f64 {
        let of_one = |(_, demand): (usize, &Demand)| {
            self.of_amount(model, demand, demand.annual[year.get()], (slice, year))
        };
        self.demands(model).map(of_one).sum()
    }

    /// The demands in it, with their positions.
    pub fn demands<'m>(
        &'m self,
        model: &'m Model,
    ) -> impl Iterator<Item = (usize, &'m Demand)> + 'm {
        model.demands.iter().enumerate().filter(|(_, demand)| {
            demand.commodity == self.commodity && self.regions.contains(&demand.region)
        })
    }

    /// The load of so much a year of a demand in it, GW in a slice.
    pub fn of_amount(
        &self,
        model: &Model,
        demand: &Demand,
        amount: f64,
        (slice, year): (SliceIx, YearIx),
    ) -> f64 {
        let hours = model.time.hours(slice, year);
        let (share, hours) = match &demand.profile {
            Some(profile) => (profile.at(slice, year), hours),
            None => (1.0, HOURS_PER_YEAR),
        };
        if hours > 0.0 { amount * share / (hours * PJ_PER_GWH) } else { 0.0 }
    }

    /// The links at its border, each with the direction in which it takes some away; the other
    /// direction brings it.
    pub fn border<'m>(
        &'m self,
        model: &'m Model,
    ) -> impl Iterator<Item = (LinkIx, usize, RegionIx)> + 'm {
        let inside = |region: RegionIx| self.regions.contains(&region);
        model.links.iter_ix().filter_map(move |(l, link)| {
            match (inside(link.from), inside(link.to)) {
                _ if link.commodity != self.commodity => None,
                (true, false) => Some((l, 0, link.to)),
                (false, true) => Some((l, 1, link.from)),
                _ => None,
            }
        })
    }

    /// Whether another rule that follows its load holds firm capacity in a region.
    pub fn is_held_by_another(&self, model: &Model, region: RegionIx) -> bool {
        model.reserves.iter().any(|reserve| match &reserve.requirement {
            ReserveRequirement::Load { load, .. } => {
                load.commodity == self.commodity && load.regions.contains(&region)
            }
            _ => false,
        })
    }
}

/// A cap on emissions.
#[derive(Clone, Debug)]
pub struct EmissionCap {
    /// Name, for reports.
    pub name: String,
    /// What counts: emissions in regions, each with its weight (such as its warming potential).
    pub terms: Vec<EmissionTerm>,
    /// When it holds, and how much is allowed.
    pub window: CapWindow,
}

impl EmissionCap {
    /// What a model folder calls the collection of them.
    pub const COLLECTION: &'static str = "emission_caps";
}

impl Fields for EmissionCap {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self { name: _, terms, window } = self; // one cap over all its regions
        if let CapWindow::EachYear(limit) = window {
            see(Field::Rule(limit));
        }
        for EmissionTerm { emission: _, regions, weight: _ } in terms {
            see(Field::Regions(regions));
        }
    }
}

/// Emissions that count under a cap.
#[derive(Clone, Debug)]
pub struct EmissionTerm {
    /// Of what.
    pub emission: EmissionIx,
    /// Where.
    pub regions: Vec<RegionIx>,
    /// Weight, such as the warming potential.
    pub weight: f64,
}

/// When an [`EmissionCap`] holds, and how much is allowed.
#[derive(Clone, Debug)]
pub enum CapWindow {
    /// In each milestone year, Mt a year; `None` where there is no cap.
    EachYear(Vec<Option<f64>>),
    /// Over the calendar years from the first to the last together, Mt.
    Budget {
        /// First calendar year that counts.
        first: i32,
        /// Last calendar year that counts.
        last: i32,
        /// Emissions allowed, Mt.
        limit: f64,
        /// Whether exogenous emissions count too.
        exogenous: bool,
    },
}

/// Which share rule.
pub type ShareIx = Ix<Share>;
/// Which emission cap.
pub type EmissionCapIx = Ix<EmissionCap>;
/// Which reserve.
pub type ReserveIx = Ix<Reserve>;
