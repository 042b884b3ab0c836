//! What a plan does with the allowances of trading schemes, what is paid for them, and who is given
//! some.

use std::ops::Add;

use kzleap_model::rounding::unless_rounding;
use kzleap_model::trading::{Allocation, Claim};
use kzleap_model::{
    EmissionIx, Model, ProcessIx, RegionIx, Scheme, SchemeIx, Solution, YearIx,
};

use crate::Accounts;
use crate::costs::{Cost, CostKind, CostOwner};

/// A scheme in a milestone year: amounts in its unit a year, but for what is held and owed at the end of
/// the period.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TradingYear {
    /// Emissions that must have allowances.
    pub covered: f64,
    /// Allowances issued, without what the stability reserve takes.
    pub issued: f64,
    /// What the stability reserve takes; below zero it gives.
    pub reserved: f64,
    /// What of them is sold, or would be but for the floor.
    pub auctioned: f64,
    /// What of them is given.
    pub free: f64,
    /// What of those auctioned nobody wants at the floor.
    pub withheld: f64,
    /// Sold beyond those issued.
    pub sold: f64,
    /// Surrendered in place of allowances.
    pub offsets: f64,
    /// Emissions that nothing covers.
    pub short: f64,
    /// Allowances that came from other schemes, as they count here.
    pub moved_in: f64,
    /// Allowances that went to other schemes.
    pub moved_out: f64,
    /// Held at the end of the period.
    pub bank: f64,
    /// Owed at the end of the period.
    pub debt: f64,
    /// Emissions for which there is something to surrender.
    pub allowed: f64,
    /// What one more would save, MUSD in money of the year.
    pub price: f64,
    /// What the auction brings in, MUSD a year.
    pub auction_revenue: f64,
    /// What is paid for those beyond the ones issued, MUSD a year.
    pub sales_revenue: f64,
    /// What is paid for emissions that nothing covers, MUSD a year.
    pub penalties: f64,
    /// What offsets cost, MUSD a year.
    pub offset_cost: f64,
}

impl TradingYear {
    /// Allowances that nobody uses, and that are void.
    pub fn unused(&self) -> f64 {
        (self.allowed - self.covered).max(0.0)
    }
}

/// What a group is given of the allowances of a scheme in a milestone year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Allocated<'a> {
    /// Name of the group; `None` is all that is covered and in no group.
    pub group: Option<&'a str>,
    /// What it emits, in the unit of the scheme a year.
    pub emissions: f64,
    /// What it claims.
    pub claimed: f64,
    /// What it is given.
    pub given: f64,
    /// What of its claim is granted.
    pub correction: f64,
    /// What one more allowance would save, MUSD in money of the year.
    pub price: f64,
}

impl Accounts<'_> {
    /// A scheme by milestone year; `None` before it begins.
    pub fn trading(&self, at: SchemeIx) -> Vec<Option<TradingYear>> {
        let scheme = &self.model.trading[at];
        let covered = self.weighted(&scheme.terms, true);
        let years = self.model.time.years.ixs();
        years
            .map(|y| {
                let issued = scheme.issued(y)?;
                Some(self.trading_year(at, y, (issued, covered[y.get()])))
            })
            .collect()
    }

    fn trading_year(
        &self,
        at: SchemeIx,
        year: YearIx,
        (issued, covered): (f64, f64),
    ) -> TradingYear {
        let (model, y) = (self.model, year.get());
        let scheme = &model.trading[at];
        let traded = &self.solution.trading[at.get()];
        let all = |steps: &[Vec<f64>]| steps.iter().map(|step| step[y]).fold(0.0, f64::add);
        let paid = |steps: &[kzleap_model::trading::Step], amounts: &[Vec<f64>]| {
            let each = steps.iter().zip(amounts);
            each.map(|(step, amount)| step.price[y] * amount[y]).fold(0.0, f64::add)
        };
        let free = scheme.given(year) + self.given_for_output(scheme, year);
        let (auctioned, withheld) = ((issued - free).max(0.0), traded.withheld[y]);
        let (moved_in, moved_out) = self.moved(at, year);
        TradingYear {
            covered,
            issued,
            reserved: scheme.stability.as_ref().map_or(0.0, |reserve| reserve.moved[y]),
            auctioned,
            free,
            withheld,
            sold: all(&traded.sold),
            offsets: all(&traded.offsets),
            short: traded.short[y],
            moved_in,
            moved_out,
            bank: traded.bank[y],
            debt: traded.debt[y],
            allowed: self.solution.allowed(model, at, year),
            price: traded.price[y],
            auction_revenue: traded.price[y] * (auctioned - withheld),
            sales_revenue: paid(&scheme.tranches, &traded.sold),
            penalties: scheme.penalty.as_ref().map_or(0.0, |of| of.price[y] * traded.short[y]),
            offset_cost: (scheme.offsets.as_ref())
                .map_or(0.0, |offsets| paid(&offsets.steps, &traded.offsets)),
        }
    }

    /// What came from other schemes in a year, and what went to them.
    fn moved(&self, at: SchemeIx, year: YearIx) -> (f64, f64) {
        let (mut moved_in, mut moved_out) = (0.0, 0.0);
        let links = self.model.trading_links.iter().zip(&self.solution.allowances_moved);
        for (link, moved) in links {
            let there = moved[year.get()].max(0.0);
            let back = (-moved[year.get()]).max(0.0);
            if link.from == at {
                moved_out += there;
                moved_in += back;
            }
            if link.to == at {
                moved_in += link.ratio * there;
                moved_out += link.ratio * back;
            }
        }
        (moved_in, moved_out)
    }

    /// What is given for output, as the plan has it.
    fn given_for_output(&self, scheme: &Scheme, year: YearIx) -> f64 {
        let given = |allocation: &Allocation| match allocation.claim {
            Claim::ForOutput { emission, .. } => self.for_output(emission, year),
            Claim::Given(_) => 0.0,
        };
        scheme.allocations.iter().map(given).sum()
    }

    fn for_output(&self, emission: EmissionIx, year: YearIx) -> f64 {
        let regions = self.model.regions.ixs();
        let at = |r: RegionIx| (emission.get(), r.get(), year.get());
        -regions.map(|r| self.solution.emissions[at(r)]).sum::<f64>()
    }

    /// What the groups of a scheme are given in a year, and last what all others emit that are covered, if any;
    /// nothing before it begins.
    pub fn allocated(&self, at: SchemeIx, year: YearIx) -> Vec<Allocated<'_>> {
        let scheme = &self.model.trading[at];
        let Some(issued) = scheme.issued(year) else { return Vec::new() };
        let price = self.solution.trading[at.get()].price[year.get()];
        let mut all: Vec<Allocated<'_>> = Vec::new();
        for allocation in &scheme.allocations {
            let (claimed, correction) = match &allocation.claim {
                Claim::Given(by_year) => {
                    (by_year[year.get()].unwrap_or(0.0), scheme.correction(year))
                }
                Claim::ForOutput { emission, .. } => (self.for_output(*emission, year), 1.0),
            };
            let emitted = allocation.processes.iter();
            all.push(Allocated {
                group: Some(&allocation.name),
                emissions: emitted.map(|p| self.covered_of(scheme, *p, year)).sum(),
                claimed,
                given: correction * claimed,
                correction,
                price,
            });
        }
        let covered = self.trading_year(
            at,
            year,
            (issued, self.weighted(&scheme.terms, true)[year.get()]),
        );
        let in_groups: f64 = all.iter().map(|one| one.emissions).sum();
        let emissions = unless_rounding(covered.covered - in_groups, covered.covered);
        if emissions != 0.0 {
            let (group, claimed, given, correction) = (None, 0.0, 0.0, 1.0);
            all.push(Allocated { group, emissions, claimed, given, correction, price });
        }
        all
    }

    /// What of the emissions of a process a scheme counts.
    fn covered_of(&self, scheme: &Scheme, p: ProcessIx, year: YearIx) -> f64 {
        let region = self.model.network.home(self.model.processes[p].region);
        let emitted = self.solution.process_emissions(self.model, p, year);
        let counted = |(emission, amount): &(EmissionIx, f64)| -> f64 {
            let terms = scheme.terms.iter();
            let of_it =
                terms.filter(|t| t.emission == *emission && t.regions.contains(&region));
            of_it.map(|term| term.weight * amount).sum()
        };
        emitted.iter().map(counted).sum()
    }
}

/// Costs of schemes: offsets use resources; what allowances are sold for beyond those issued, what is
/// withheld earns, and penalties are transfers.
pub(crate) fn costs(model: &Model, solution: &Solution) -> Vec<Cost> {
    let accounts = Accounts::new(model, solution);
    let mut costs = Vec::new();
    for (at, scheme) in model.trading.iter_ix() {
        let first = scheme.terms.iter().find_map(|term| term.regions.first()).copied();
        let region = first.unwrap_or_else(|| RegionIx::new(0));
        for (year, of) in accounts.trading(at).into_iter().enumerate() {
            let Some(of) = of else { continue };
            let y = YearIx::new(year);
            let floor = scheme.auction.floor.as_ref().and_then(|floor| floor[year]);
            let withheld = floor.unwrap_or(0.0) * of.withheld;
            let transfers = of.sales_revenue + of.penalties - withheld;
            for (kind, amount) in
                [(CostKind::Offsets, of.offset_cost), (CostKind::Allowances, transfers)]
            {
                if amount != 0.0 {
                    let present_value = amount * model.flow_present_value(region, y);
                    let (owner, region) = (CostOwner::Scheme(at), model.network.home(region));
                    costs.push(Cost { kind, owner, region, year, amount, present_value });
                }
            }
        }
    }
    costs
}
