//! Emissions trading schemes: what they cover, how many allowances there are, and what may be done
//! with them.

use crate::fields::{Field, Fields};
use crate::policy::EmissionTerm;
use crate::series::ByYear;
use crate::{EmissionIx, Ix, MassUnit, Model, ProcessIx, YearIx};

/// An emissions trading scheme. Without any of its options it is a cap on emissions of every year.
///
/// Amounts are in the unit of its first emission (Mt), those of a year in it a year, and prices in
/// millions for one of it, in money of the year.
#[derive(Clone, Debug)]
pub struct Scheme {
    /// Short unique name.
    pub name: String,
    /// The name shown to people.
    pub label: String,
    /// What it covers: emissions in regions, each with its weight.
    pub terms: Vec<EmissionTerm>,
    /// Allowances that are issued in a year; `None` before the scheme begins.
    pub allowances: Vec<Option<f64>>,
    /// What is not used may be kept; `None` if it may not.
    pub bank: Option<Bank>,
    /// Allowances of the next period may be used before; `None` if they may not.
    pub borrowing: Option<Borrowing>,
    /// How what is not given away is sold.
    pub auction: Auction,
    /// What is sold beyond the allowances that are issued.
    pub tranches: Vec<Step>,
    /// What may be surrendered in place of allowances; `None` if nothing may.
    pub offsets: Option<Offsets>,
    /// What is paid for emissions that nothing covers; `None` if all must be covered.
    pub penalty: Option<Penalty>,
    /// Who is given allowances.
    pub allocations: Vec<Allocation>,
    /// A reserve that follows what is held; `None` if there is none.
    pub stability: Option<Stability>,
}

/// Which scheme.
pub type SchemeIx = Ix<Scheme>;

/// What is not used may be kept.
#[derive(Clone, Debug)]
pub struct Bank {
    /// What is held when the scheme begins, Mt.
    pub first: f64,
    /// The most that is held at the end of a period, Mt; infinite without a limit.
    pub limit: ByYear,
    /// Last calendar years of phases: what is left then is void.
    pub phases: Vec<i32>,
    /// What is left of one kept for a year.
    pub kept: f64,
}

/// Allowances of the next period may be used before.
#[derive(Clone, Debug)]
pub struct Borrowing {
    /// The most that is owed at the end of a period, Mt; infinite without a limit.
    pub limit: ByYear,
    /// The same as a share of what is issued in the next period; infinite without a limit.
    pub share_of_next: f64,
    /// What is owed more for each year.
    pub interest: f64,
}

/// How allowances are sold.
#[derive(Clone, Debug, Default)]
pub struct Auction {
    /// Share of the allowances that is sold at least; `None` if nothing is said of it.
    pub share: Option<ByYear>,
    /// The price below which none is sold: what nobody wants at it is withheld; `None` where there
    /// is no such price.
    pub floor: Option<Vec<Option<f64>>>,
}

/// Some that may be had at a price: a tranche, or a step of offsets.
#[derive(Clone, Debug)]
pub struct Step {
    /// Name, for reports.
    pub name: String,
    /// What one costs, MUSD.
    pub price: ByYear,
    /// The most in a year; infinite without a limit.
    pub max: ByYear,
}

/// What may be surrendered in place of allowances.
#[derive(Clone, Debug)]
pub struct Offsets {
    /// How much of them; `None` for as much as there is.
    pub quota: Option<Quota>,
    /// What they cost, the cheapest first.
    pub steps: Vec<Step>,
}

/// How much may be surrendered in place of allowances.
#[derive(Clone, Debug)]
pub enum Quota {
    /// A share of the emissions that are covered.
    OfEmissions(ByYear),
    /// A share of the allowances that are issued.
    OfAllowances(ByYear),
}

/// What is paid for emissions that nothing covers.
#[derive(Clone, Debug)]
pub struct Penalty {
    /// What one costs, MUSD.
    pub price: ByYear,
    /// Whether it must be covered in the next period all the same.
    pub make_good: bool,
}

/// Allowances that some are given.
#[derive(Clone, Debug)]
pub struct Allocation {
    /// Name, for reports.
    pub name: String,
    /// Who is given them.
    pub processes: Vec<ProcessIx>,
    /// How many they may claim.
    pub claim: Claim,
}

/// How many allowances somebody may claim.
#[derive(Clone, Debug)]
pub enum Claim {
    /// So many a year, whatever the plan is: by past output or past emissions.
    Given(Vec<Option<f64>>),
    /// For what they make: an emission below zero counts it, and its price is the credit.
    ForOutput {
        /// What counts it.
        emission: EmissionIx,
        /// Whether the credit is the price of the plan itself, which is found in rounds.
        at_own_price: bool,
    },
}

/// A reserve that takes allowances where many are held, and gives them back where few are. What it
/// moves follows the plan, so it is found in rounds.
#[derive(Clone, Debug)]
pub struct Stability {
    /// It takes where more is held at the end of the period before, Mt.
    pub above: f64,
    /// The share of that which it takes in a year.
    pub take: f64,
    /// It gives where less is held, Mt.
    pub below: f64,
    /// What it gives in a year, Mt, as long as it has it.
    pub give: f64,
    /// What it has when the scheme begins, Mt.
    pub first: f64,
    /// What it takes of the allowances of a year (below zero: gives), Mt: zero until that is found.
    pub moved: ByYear,
}

/// Allowances of one scheme that count in another.
#[derive(Clone, Debug)]
pub struct TradingLink {
    /// Name, for reports.
    pub name: String,
    /// Whose allowances.
    pub from: SchemeIx,
    /// Where they count.
    pub to: SchemeIx,
    /// What one of them counts there.
    pub ratio: f64,
    /// The most that goes over it in a year, in the unit of `from`; infinite without a limit.
    pub max: ByYear,
    /// Whether it also goes back, at the same ratio.
    pub two_way: bool,
}

impl Scheme {
    /// What a model folder calls the collection of them.
    pub const COLLECTION: &'static str = "trading";

    /// The unit of what counts, and of allowances: that of its first emission.
    pub fn unit(&self, model: &Model) -> Option<MassUnit> {
        let first = self.terms.first();
        first.map_or(Some(MassUnit::Mt), |term| model.emissions[term.emission].unit)
    }

    /// That unit as it is written; empty if it is not known.
    pub fn unit_text(&self, model: &Model) -> &'static str {
        self.unit(model).map_or("", MassUnit::text)
    }

    /// Counts everything in a unit of which there are so many in a megatonne.
    pub(crate) fn counted_in(&mut self, unit: f64) {
        let more = |values: &mut ByYear| values.iter_mut().for_each(|value| *value *= unit);
        let less = |values: &mut ByYear| values.iter_mut().for_each(|value| *value /= unit);
        self.allowances.iter_mut().flatten().for_each(|issued| *issued *= unit);
        if let Some(bank) = &mut self.bank {
            bank.first *= unit;
            more(&mut bank.limit);
        }
        self.borrowing.iter_mut().for_each(|borrowing| more(&mut borrowing.limit));
        let floor = self.auction.floor.iter_mut().flatten().flatten();
        floor.for_each(|floor| *floor /= unit);
        let steps = self.offsets.iter_mut().flat_map(|offsets| &mut offsets.steps);
        for step in self.tranches.iter_mut().chain(steps) {
            more(&mut step.max);
            less(&mut step.price);
        }
        self.penalty.iter_mut().for_each(|penalty| less(&mut penalty.price));
        if let Some(Stability { above, take: _, below, give, first, moved }) =
            &mut self.stability
        {
            [above, below, give, first].into_iter().for_each(|amount| *amount *= unit);
            more(moved);
        }
        for allocation in &mut self.allocations {
            if let Claim::Given(by_year) = &mut allocation.claim {
                by_year.iter_mut().flatten().for_each(|claim| *claim *= unit);
            }
        }
    }

    /// Allowances of a year, less what the stability reserve takes; `None` before the scheme begins.
    pub fn issued(&self, year: YearIx) -> Option<f64> {
        let moved = self.stability.as_ref().map_or(0.0, |reserve| reserve.moved[year.get()]);
        self.allowances[year.get()].map(|stated| stated - moved)
    }

    /// The period before, if the scheme has begun then.
    pub fn before(&self, year: YearIx) -> Option<YearIx> {
        let before = year.get().checked_sub(1)?;
        self.allowances[before].map(|_| YearIx::new(before))
    }

    /// Whether anything may be held or owed from a period to the next: not at the end of a phase, nor at that
    /// of the horizon.
    pub fn carries_over(&self, model: &Model, year: YearIx) -> bool {
        let period = &model.time.years[year];
        let phases = self.bank.iter().flat_map(|bank| &bank.phases);
        let mut ends = phases.filter(|end| (period.first..=period.last).contains(*end));
        year.get() + 1 < model.time.years.len() && ends.next().is_none()
    }

    /// What is held when a period begins that nothing was kept for: Mt.
    pub fn first(&self, year: YearIx) -> f64 {
        let begins = self.before(year).is_none();
        self.bank.as_ref().filter(|_| begins).map_or(0.0, |bank| bank.first)
    }

    /// What becomes of one kept, and of one owed, from the period before to this.
    pub fn growth(&self, model: &Model, year: YearIx) -> (f64, f64) {
        let before = YearIx::new(year.get().saturating_sub(1));
        let years = model.time.years[year].first - model.time.years[before].first;
        let kept = self.bank.as_ref().map_or(1.0, |bank| bank.kept);
        let owed = self.borrowing.as_ref().map_or(1.0, |of| 1.0 + of.interest);
        (power(kept, years), power(owed, years))
    }

    /// Allowances that are given away whatever the plan is: claims, cut alike where they are more
    /// than what is not to be sold.
    pub fn given(&self, year: YearIx) -> f64 {
        let claims = self.claims(year);
        let pool = self.pool(year);
        if self.allocations.is_empty() { pool } else { claims.min(pool) }
    }

    /// What of each claim is granted: below one where they are more than what is not to be sold.
    pub fn correction(&self, year: YearIx) -> f64 {
        let (claims, pool) = (self.claims(year), self.pool(year));
        if claims > pool { pool / claims } else { 1.0 }
    }

    /// Allowances that need not be sold.
    fn pool(&self, year: YearIx) -> f64 {
        let issued = self.issued(year).unwrap_or(0.0);
        match &self.auction.share {
            Some(share) => issued * (1.0 - share[year.get()]),
            None if self.allocations.is_empty() => 0.0,
            None => issued,
        }
    }

    /// Allowances that are claimed whatever the plan is.
    fn claims(&self, year: YearIx) -> f64 {
        let given = |allocation: &Allocation| match &allocation.claim {
            Claim::Given(by_year) => by_year[year.get()].unwrap_or(0.0),
            Claim::ForOutput { .. } => 0.0,
        };
        self.allocations.iter().map(given).sum()
    }
}

impl TradingLink {
    /// What a model folder calls the collection of them.
    pub const COLLECTION: &'static str = "trading_links";
}

impl Stability {
    /// What it moves in each year for what is held at the end of each period, Mt: of a period of
    /// several years as if it took every year, spread evenly.
    pub fn moves(&self, scheme: &Scheme, model: &Model, bank: &[f64]) -> ByYear {
        let mut has = self.first;
        let of_year = |(y, period): (YearIx, &crate::Year)| {
            let Some(issued) = scheme.allowances[y.get()] else { return 0.0 };
            let years = period.length();
            let before = scheme.before(y).map(|before| bank[before.get()]);
            let before = before.unwrap_or_else(|| scheme.first(y));
            let moved = if before > self.above {
                let left = power(1.0 - self.take, period.last - period.first + 1);
                (before * (1.0 - left) / years).min(issued)
            } else if before < self.below {
                -self.give.min(has / years)
            } else {
                0.0
            };
            has += moved * years;
            moved
        };
        model.time.years.iter_ix().map(of_year).collect()
    }
}

/// The same on every machine.
fn power(each: f64, years: i32) -> f64 {
    (0..years).fold(1.0, |product, _| product * each)
}

impl Fields for Scheme {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self {
            name: _,
            label: _,
            terms,
            allowances,
            bank,
            borrowing,
            auction: Auction { share, floor },
            tranches,
            offsets,
            penalty,
            allocations,
            stability,
        } = self; // one scheme over all its regions
        see(Field::Rule(allowances));
        for EmissionTerm { emission: _, regions, weight: _ } in terms {
            see(Field::Regions(regions));
        }
        if let Some(Bank { first: _, limit, phases: _, kept: _ }) = bank {
            see(Field::Rate(limit));
        }
        if let Some(Borrowing { limit, share_of_next: _, interest: _ }) = borrowing {
            see(Field::Rate(limit));
        }
        share.iter_mut().for_each(|share| see(Field::Rate(share)));
        floor.iter_mut().for_each(|floor| see(Field::Rule(floor)));
        tranches.fields(see);
        if let Some(Offsets { quota, steps }) = offsets {
            if let Some(Quota::OfEmissions(share) | Quota::OfAllowances(share)) = quota {
                see(Field::Rate(share));
            }
            steps.fields(see);
        }
        if let Some(Penalty { price, make_good: _ }) = penalty {
            see(Field::Rate(price));
        }
        allocations.fields(see);
        if let Some(Stability { above: _, take: _, below: _, give: _, first: _, moved }) =
            stability
        {
            see(Field::Rate(moved));
        }
    }
}

impl Fields for Step {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self { name: _, price, max } = self; // of the whole scheme
        see(Field::Rate(price));
        see(Field::Rate(max));
    }
}

impl Fields for Allocation {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self { name: _, processes, claim } = self;
        see(Field::Processes(processes));
        match claim {
            Claim::Given(by_year) => see(Field::Rule(by_year)),
            Claim::ForOutput { .. } => {}
        }
    }
}

impl Fields for TradingLink {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self { name: _, from: _, to: _, ratio: _, max, two_way: _ } = self;
        see(Field::Rate(max));
    }
}
