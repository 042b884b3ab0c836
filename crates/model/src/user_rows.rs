//! Rules in the modeller's own terms: a weighted sum of what the plan decides, against a number or
//! another sum.

use crate::fields::{Field, Fields};
use crate::members::{Members, Said};
use crate::policy::Sense;
use crate::{
    ByYear, Capacity, CapacityIx, CommodityIx, EmissionIx, Ix, Link, LinkIx, Model, NodeIx,
    Process, ProcessIx, Region, RegionIx, Series, SliceIx, YearIx, stated,
};

/// `Σ weight · quantity[year]`, compared with a number, or with that and so many times another sum.
#[derive(Clone, Debug)]
pub struct UserRow {
    /// Name, for tables and for reading the LP.
    pub name: String,
    /// As people read it.
    pub label: String,
    /// What is summed; a quantity that the plan does not have counts as zero.
    pub terms: Vec<UserTerm>,
    /// Which way it binds.
    pub sense: Sense,
    /// What the sum is compared with, beside `against`.
    pub right_hand_side: f64,
    /// Another sum that it is compared with.
    pub against: Option<Against>,
    /// Which number of a model folder it holds; `None` in models of other tools.
    pub stated: Option<Stated>,
}

impl UserRow {
    /// What a model folder calls the collection of them.
    pub const COLLECTION: &'static str = "constraints";
    /// What a model folder calls the collection of those that are compared with nothing.
    pub const INDICATORS: &'static str = "indicators";

    /// A sum against a number, with its name as its label.
    pub fn new(name: String, terms: Vec<UserTerm>, sense: Sense, right_hand_side: f64) -> Self {
        let label = name.clone();
        Self { name, label, terms, sense, right_hand_side, against: None, stated: None }
    }

    /// The terms of both sums.
    pub fn all_terms(&self) -> impl Iterator<Item = &UserTerm> {
        self.terms.iter().chain(self.against.iter().flat_map(|against| &against.terms))
    }

    /// Whether the number it holds is the ratio to another sum.
    pub fn is_ratio(&self) -> bool {
        self.stated.as_ref().is_some_and(|stated| matches!(stated.number, Number::Ratio))
    }

    /// Whether it is an indicator: a sum that nothing holds, which results only show.
    pub fn is_indicator(&self) -> bool {
        self.stated.as_ref().is_some_and(|stated| matches!(stated.number, Number::Nothing))
    }

    /// Whether it speaks of what is done with capacity, not of building it and having it alone.
    pub fn is_of_operation(&self) -> bool {
        let of_building = |term: &UserTerm| matches!(term.quantity, Quantity::New(_));
        let of_capacity = |term: &UserTerm| matches!(term.quantity, Quantity::InService(_));
        !self.all_terms().any(of_building) && !self.all_terms().all(of_capacity)
    }
}

impl Fields for UserRow {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self { name: _, label: _, terms, sense: _, right_hand_side: _, against, stated: _ } =
            self;
        terms_of(terms, see);
        if let Some(Against { ratio: _, terms }) = against {
            terms_of(terms, see);
        }
    }
}

fn terms_of(terms: &mut Vec<UserTerm>, see: &mut dyn FnMut(Field<'_>)) {
    see(Field::Capacities(terms));
    see(Field::Processes(terms));
    see(Field::Links(terms));
    see(Field::Regions(terms));
    terms.iter_mut().for_each(|term| see(Field::Mean(&mut term.weight)));
}

/// Another sum, of which so many times is on the right of a [`UserRow`].
#[derive(Clone, Debug)]
pub struct Against {
    /// How many times.
    pub ratio: f64,
    /// What is summed.
    pub terms: Vec<UserTerm>,
}

/// Which number of a model folder a [`UserRow`] holds.
#[derive(Clone, Debug)]
pub struct Stated {
    /// In which milestone year; `None` is the whole horizon.
    pub year: Option<YearIx>,
    /// The number.
    pub number: Number,
    /// What the sum is counted in.
    pub unit: String,
}

/// A number that a constraint states.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// What the sum is compared with.
    Bound,
    /// The ratio to another sum.
    Ratio,
    /// What it may always grow by in a year: that, and how often it counts in this row.
    Growth(f64, f64),
    /// What it may always decline by in a year, likewise; both sides of the row have the other sign.
    Decline(f64, f64),
    /// None: it is compared with nothing.
    Nothing,
}

impl Stated {
    /// The field that states it, within its constraint.
    pub fn field(&self, sense: Sense) -> String {
        match (self.number, sense) {
            (Number::Growth(..), _) => format!("{}.{}", stated::GROWTH, stated::SEED),
            (Number::Decline(..), _) => format!("{}.{}", stated::DECLINE, stated::SEED),
            (Number::Nothing, _) => stated::TERMS.to_owned(),
            (_, Sense::AtLeast) => stated::AT_LEAST.to_owned(),
            (_, Sense::AtMost) => stated::AT_MOST.to_owned(),
            (_, Sense::Equal) => stated::EQUAL.to_owned(),
        }
    }

    /// What a person calls the rule: its field, or how it speaks of the year before.
    pub const fn word(&self, sense: Sense) -> &'static str {
        match (self.number, sense) {
            (Number::Growth(..), _) => stated::GROWTH,
            (Number::Decline(..), _) => stated::DECLINE,
            (Number::Nothing, _) => stated::TERMS,
            (_, Sense::AtLeast) => stated::AT_LEAST,
            (_, Sense::AtMost) => stated::AT_MOST,
            (_, Sense::Equal) => stated::EQUAL,
        }
    }
}

/// One term of a [`UserRow`].
#[derive(Clone, Debug, PartialEq)]
pub struct UserTerm {
    /// What is counted.
    pub quantity: Quantity,
    /// When.
    pub year: YearIx,
    /// How much one unit of it counts, by slice where that matters; the same for all years.
    pub weight: Series,
}

impl UserTerm {
    /// A term whose weight does not vary.
    pub const fn new(quantity: Quantity, year: YearIx, weight: f64) -> Self {
        Self { quantity, year, weight: Series::Constant(weight) }
    }

    /// How much one unit counts of what has no slices.
    pub fn plain_weight(&self) -> f64 {
        self.weight.at(SliceIx::new(0), self.year)
    }

    /// How much one unit of activity of a mode counts at a node of its process; `None` if it does
    /// not, as where the term is not of processes.
    pub fn of_activity(&self, model: &Model, mode: usize, node: NodeIx) -> Option<f64> {
        let process = &model.processes[self.quantity.process()?];
        let mean = |series: &Series| model.time.mean_at(series, process.tier, node, self.year);
        let flow = |flows: &[(CommodityIx, Series)], commodity| {
            let own = flows.iter().filter(|(of, _)| *of == commodity);
            own.map(|(_, ratio)| mean(ratio)).fold(0.0, |sum, ratio| sum + ratio)
        };
        let data = &process.modes[mode];
        let each = match self.quantity {
            Quantity::Activity(_, only) => {
                f64::from(u8::from(only.is_none_or(|only| only == mode)))
            }
            Quantity::ActivityInSlice(_, only, slice) => {
                f64::from(u8::from(only == mode && slice.get() == node))
            }
            Quantity::Output(_, commodity) => flow(&data.outputs, commodity),
            Quantity::Input(_, commodity) => flow(&data.inputs, commodity),
            Quantity::EmissionsOf(_, emission) => {
                let own = data.emissions.iter().filter(|(of, _)| *of == emission);
                own.map(|(_, factor)| mean(factor)).fold(0.0, |sum, factor| sum + factor)
            }
            Quantity::InService(_)
            | Quantity::New(_)
            | Quantity::Flow(..)
            | Quantity::Emissions(..) => 0.0,
        };
        (each != 0.0).then(|| each * mean(&self.weight))
    }
}

/// What a plan decides, and a [`UserRow`] may speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// Capacity in service, in its own unit.
    InService(CapacityIx),
    /// Capacity built for the period, in its own unit.
    New(CapacityIx),
    /// Activity over the year, PJ; of one mode, or of all.
    Activity(ProcessIx, Option<usize>),
    /// Activity of a mode in one slice, PJ a year; the process runs at slices.
    ActivityInSlice(ProcessIx, usize, SliceIx),
    /// What a process makes of a commodity over the year, PJ, used or not.
    Output(ProcessIx, CommodityIx),
    /// What a process uses of a commodity over the year, PJ.
    Input(ProcessIx, CommodityIx),
    /// Energy sent over a link over the year, PJ; direction 0 is from its start to its end.
    Flow(LinkIx, usize),
    /// Emissions of a region over the year, those from outside included, Mt.
    Emissions(EmissionIx, RegionIx),
    /// Emissions of a process over the year, Mt.
    EmissionsOf(ProcessIx, EmissionIx),
}

impl Quantity {
    /// The process it is of.
    pub const fn process(self) -> Option<ProcessIx> {
        match self {
            Self::Activity(p, _)
            | Self::ActivityInSlice(p, _, _)
            | Self::Output(p, _)
            | Self::Input(p, _)
            | Self::EmissionsOf(p, _) => Some(p),
            Self::InService(_) | Self::New(_) | Self::Flow(..) | Self::Emissions(..) => None,
        }
    }

    /// The emission it is of.
    pub const fn emission(self) -> Option<EmissionIx> {
        match self {
            Self::Emissions(e, _) | Self::EmissionsOf(_, e) => Some(e),
            _ => None,
        }
    }
}

/// What may be of one of a kind.
trait OfOne<T>: Copy {
    /// Which one.
    fn one(self) -> Option<Ix<T>>;
    /// The same of another.
    fn of_other(self, ix: Ix<T>) -> Self;
}

impl OfOne<Process> for Quantity {
    fn one(self) -> Option<ProcessIx> {
        self.process()
    }
    fn of_other(self, p: ProcessIx) -> Self {
        match self {
            Self::Activity(_, mode) => Self::Activity(p, mode),
            Self::ActivityInSlice(_, mode, slice) => Self::ActivityInSlice(p, mode, slice),
            Self::Output(_, commodity) => Self::Output(p, commodity),
            Self::Input(_, commodity) => Self::Input(p, commodity),
            Self::EmissionsOf(_, emission) => Self::EmissionsOf(p, emission),
            other => other,
        }
    }
}

impl OfOne<Capacity> for Quantity {
    fn one(self) -> Option<CapacityIx> {
        match self {
            Self::InService(k) | Self::New(k) => Some(k),
            _ => None,
        }
    }
    fn of_other(self, k: CapacityIx) -> Self {
        match self {
            Self::InService(_) => Self::InService(k),
            Self::New(_) => Self::New(k),
            other => other,
        }
    }
}

impl OfOne<Link> for Quantity {
    fn one(self) -> Option<LinkIx> {
        match self {
            Self::Flow(link, _) => Some(link),
            _ => None,
        }
    }
    fn of_other(self, link: LinkIx) -> Self {
        match self {
            Self::Flow(_, direction) => Self::Flow(link, direction),
            other => other,
        }
    }
}

impl OfOne<Region> for Quantity {
    fn one(self) -> Option<RegionIx> {
        match self {
            Self::Emissions(_, region) => Some(region),
            _ => None,
        }
    }
    fn of_other(self, region: RegionIx) -> Self {
        match self {
            Self::Emissions(emission, _) => Self::Emissions(emission, region),
            other => other,
        }
    }
}

/// The same of what each became, of several that became one once.
fn become_others<T>(terms: &mut Vec<UserTerm>, to: &dyn Fn(Ix<T>) -> Vec<Ix<T>>)
where
    Quantity: OfOne<T>,
{
    let mut became: Vec<(Option<Ix<T>>, UserTerm)> = Vec::new();
    for old in &*terms {
        let Some(ix) = old.quantity.one() else {
            became.push((None, old.clone()));
            continue;
        };
        for new in to(ix) {
            let new = UserTerm { quantity: old.quantity.of_other(new), ..old.clone() };
            let is_same = |(from, other): &(Option<Ix<T>>, UserTerm)| {
                from.is_some_and(|from| from != ix) && *other == new
            };
            if !became.iter().any(is_same) {
                became.push((Some(ix), new));
            }
        }
    }
    *terms = became.into_iter().map(|(_, new)| new).collect();
}

fn said<T>(terms: &[UserTerm]) -> Vec<(Ix<T>, Said)>
where
    Quantity: OfOne<T>,
{
    let said = |term: &UserTerm| {
        let ix = term.quantity.one()?;
        let anyone = term.quantity.of_other(Ix::new(0));
        Some((ix, Said::of_term(UserTerm { quantity: anyone, ..term.clone() })))
    };
    terms.iter().filter_map(said).collect()
}

macro_rules! speaks_of {
    ($($Kind:ty),*) => {
        $(impl Members<$Kind> for Vec<UserTerm> {
            fn change(&mut self, to: &dyn Fn(Ix<$Kind>) -> Vec<Ix<$Kind>>) {
                become_others(self, to);
            }
            fn said(&self) -> Vec<(Ix<$Kind>, Said)> {
                said(self)
            }
            /// Each weight is of one year.
            fn weights(&mut self, _: &mut dyn FnMut(&mut ByYear)) {}
        })*
    };
}
speaks_of!(Process, Capacity, Link, Region);
