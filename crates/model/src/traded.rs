//! What a plan does with the allowances of trading schemes.

use crate::series::ByYear;
use crate::trading::{Penalty, Scheme, SchemeIx};
use crate::{Model, Solution, YearIx};

/// What a plan does with the allowances of a scheme, by milestone year: in a year what is said of
/// a year, at the end of the period what is held and owed.
#[derive(Clone, Debug, Default)]
pub struct Traded {
    /// What one more would save, MUSD in money of the year.
    pub price: ByYear,
    /// What one more offset within the quota would save, MUSD in money of the year.
    pub quota_price: ByYear,
    /// Held.
    pub bank: ByYear,
    /// Owed.
    pub debt: ByYear,
    /// Not sold, for their price would be below the floor.
    pub withheld: ByYear,
    /// Sold beyond those issued, by tranche.
    pub sold: Vec<ByYear>,
    /// Surrendered in place of allowances, by step.
    pub offsets: Vec<ByYear>,
    /// Emissions that nothing covers.
    pub short: ByYear,
}

impl Traded {
    /// Of a scheme of which nothing is known yet, in so many years.
    pub fn zeros(scheme: &Scheme, years: usize) -> Self {
        let zeros = || vec![0.0; years];
        let steps = scheme.offsets.as_ref().map_or(0, |offsets| offsets.steps.len());
        Self {
            price: zeros(),
            quota_price: zeros(),
            bank: zeros(),
            debt: zeros(),
            withheld: zeros(),
            sold: vec![zeros(); scheme.tranches.len()],
            offsets: vec![zeros(); steps],
            short: zeros(),
        }
    }
}

impl Solution {
    /// Emissions of a year for which there is something to surrender under a scheme, in its unit a year:
    /// allowances of the year and of others, offsets, and what a penalty is paid for. Infinite before
    /// the scheme begins.
    pub fn allowed(&self, model: &Model, at: SchemeIx, year: YearIx) -> f64 {
        let (scheme, y) = (&model.trading[at], year.get());
        let Some(issued) = scheme.issued(year) else { return f64::INFINITY };
        let traded = &self.trading[at.get()];
        let years = model.time.years[year].length();
        let all = |steps: &[ByYear]| steps.iter().map(|step| step[y]).sum::<f64>();
        let mut held = scheme.first(year) - traded.bank[y] + traded.debt[y];
        if let Some(before) = scheme.before(year) {
            let (kept, owed) = scheme.growth(model, year);
            held += kept * traded.bank[before.get()] - owed * traded.debt[before.get()];
            if let Some(Penalty { make_good: true, .. }) = &scheme.penalty {
                held -= model.time.years[before].length() * traded.short[before.get()];
            }
        }
        let links = model.trading_links.iter().zip(&self.allowances_moved);
        let moved = links.map(|(link, moved)| match (link.from == at, link.to == at) {
            (true, _) => -moved[y],
            (_, true) => link.ratio * moved[y],
            _ => 0.0,
        });
        issued + held / years - traded.withheld[y]
            + all(&traded.sold)
            + all(&traded.offsets)
            + traded.short[y]
            + moved.sum::<f64>()
    }
}
