//! NEMO's convention: only some calendar years are calculated, and the years between follow.
//!
//! A calculated year ends an interval of calendar years. What is invested in it is spread evenly
//! over the interval; a yearly cost moves in a straight line from the quantity of the calculated
//! year before to its own, at its own price. What follows the last calculated year stays as it
//! is. So a quantity is paid for in two intervals: its own and the next one.
//!
//! Source: NEMO 2.6, `selected_years.md`, `parameters_costs.md`; restated.

use super::{Convention, Depreciation};
use crate::{CapacityIx, Model, YearIx};

/// What NEMO's convention needs to know besides the discount rates.
#[derive(Clone, Debug, PartialEq)]
pub struct Nemo {
    /// First calendar year of the scenario; present values are of its beginning.
    pub first: i32,
    /// Last calendar year of the scenario, at whose end salvage is taken.
    pub last: i32,
    /// How many calendar years the interval of each milestone year has, itself included.
    pub intervals: Vec<i32>,
    /// Whether the interval of the first milestone year opens the scenario, so that nothing was
    /// calculated before it.
    pub opening: bool,
    /// Whether the calendar years after the last milestone year are paid for too.
    pub closing: bool,
    /// How salvage is calculated, by region.
    pub depreciation: Vec<Depreciation>,
    /// Terms of each capacity.
    pub terms: Vec<Terms>,
}

/// On which terms a capacity is paid for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Terms {
    /// Rate of interest on what is invested, by milestone year of building; a ratio a year.
    pub interest: Vec<f64>,
    /// Whether it comes in one piece: paid in the year it is built for, and kept as it was
    /// through the interval that follows.
    pub at_once: bool,
}

/// How a yearly cost moves through an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Path {
    /// In a straight line; before the first calculated year it is what it is then.
    FromItself,
    /// In a straight line; before the first calculated year it is what was there already.
    FromExisting,
    /// As it was until the calculated year before the next change.
    Steps,
}

/// Present value of one MUSD a year, as it falls to the two ends of an interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// Of the quantity of the year that ends the interval.
    pub own: f64,
    /// Of the quantity of the calculated year before.
    pub before: f64,
}

impl Nemo {
    /// How the interval of a milestone year is paid for.
    pub fn weights(&self, rate: f64, milestones: &[i32], y: usize, path: Path) -> Weights {
        let (n, year) = (self.intervals[y], milestones[y]);
        let middle =
            |t: i32| libm::pow(1.0 + rate, -(f64::from(t) - f64::from(self.first) + 0.5));
        let mut weights = Weights { own: middle(year), before: 0.0 };
        for i in 1..n {
            let share = match path {
                Path::Steps => 0.0,
                Path::FromItself | Path::FromExisting => f64::from(n - i) / f64::from(n),
            };
            weights.own += share * middle(year - i);
            weights.before += (1.0 - share) * middle(year - i);
        }
        if path == Path::FromItself && y == 0 && self.opening {
            weights = Weights { own: weights.own + weights.before, before: 0.0 };
        }
        if self.closing && y + 1 == milestones.len() {
            weights.own += (year + 1..=self.last).map(middle).sum::<f64>();
        }
        weights
    }

    /// What one MUSD invested costs in all, with its interest, at the time of building.
    pub fn financed(&self, rate: f64, k: CapacityIx, built: usize, life: f64) -> f64 {
        let interest = self.terms[k.get()].interest.get(built).copied().unwrap_or(0.0);
        if interest == 0.0 {
            return 1.0;
        }
        let payment = super::capital_recovery_factor(interest, life);
        let annuity = 1.0 / super::capital_recovery_factor(rate, life);
        1.0 + (payment - 1.0 / life) * annuity
    }

    /// Present value of one MUSD invested (interest included) for a milestone year.
    pub fn spread(&self, rate: f64, milestones: &[i32], k: CapacityIx, built: usize) -> f64 {
        let start = |t: i32| libm::pow(1.0 + rate, -f64::from(t - self.first));
        let (n, year) = (self.intervals[built], milestones[built]);
        if self.terms[k.get()].at_once {
            return start(year);
        }
        (0..n).map(|i| start(year - i) / f64::from(n)).sum()
    }

    /// What is left at the end of one MUSD invested (interest included), not discounted.
    pub fn left(&self, rate: f64, region: usize, built: i32, life: f64) -> f64 {
        let used = f64::from(self.last - built + 1);
        if life <= used {
            return 0.0;
        }
        if self.depreciation[region] == Depreciation::StraightLine || rate == 0.0 {
            1.0 - used / life
        } else {
            1.0 - (libm::pow(1.0 + rate, used) - 1.0) / (libm::pow(1.0 + rate, life) - 1.0)
        }
    }

    /// Present value of one MUSD at the end of the scenario.
    pub fn end(&self, rate: f64) -> f64 {
        libm::pow(1.0 + rate, -f64::from(1 + self.last - self.first))
    }
}

/// Present value of building one unit, before salvage.
pub(super) fn investment(model: &Model, nemo: &Nemo, k: CapacityIx, built: YearIx) -> f64 {
    let (capacity, y) = (&model.capacities[k], built.get());
    let Some(investment) = &capacity.investment else { return 0.0 };
    let rate = model.finance.discount_rate[capacity.region.get()];
    investment.overnight_cost[y]
        * nemo.financed(rate, k, y, investment.economic_life)
        * nemo.spread(rate, &milestones(model), k, y)
}

/// Present value of what one unit is still worth at the end.
pub(super) fn salvage(model: &Model, nemo: &Nemo, k: CapacityIx, built: YearIx) -> f64 {
    let (capacity, y) = (&model.capacities[k], built.get());
    let Some(investment) = &capacity.investment else { return 0.0 };
    let region = capacity.region.get();
    let rate = model.finance.discount_rate[region];
    let year = model.time.years[built].milestone;
    investment.overnight_cost[y]
        * nemo.financed(rate, k, y, investment.economic_life)
        * nemo.left(rate, region, year, investment.economic_life)
        * nemo.end(rate)
}

/// Present value of a yearly cost that follows one unit of a quantity of `year`.
pub(super) fn following(
    model: &Model,
    nemo: &Nemo,
    rate: f64,
    year: YearIx,
    path: Path,
    cost: impl Fn(YearIx) -> f64,
) -> f64 {
    let milestones = milestones(model);
    let own = nemo.weights(rate, &milestones, year.get(), path).own * cost(year);
    let next = year.get() + 1;
    if next >= milestones.len() {
        return own;
    }
    own + nemo.weights(rate, &milestones, next, path).before * cost(YearIx::new(next))
}

/// How the cost of keeping a capacity moves.
pub(super) fn path_of(nemo: &Nemo, k: CapacityIx) -> Path {
    if nemo.terms[k.get()].at_once { Path::Steps } else { Path::FromExisting }
}

fn milestones(model: &Model) -> Vec<i32> {
    model.time.years.iter().map(|year| year.milestone).collect()
}

impl Convention {
    /// What NEMO's convention needs, where that is the one in use.
    pub const fn as_nemo(&self) -> Option<&Nemo> {
        match self {
            Self::Nemo(nemo) => Some(nemo),
            Self::Annuity | Self::Osemosys { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Nemo, Path};

    /// 2020 and 2025 are calculated, the scenario ends in 2027; nothing is discounted.
    fn nemo() -> Nemo {
        Nemo {
            first: 2020,
            last: 2027,
            intervals: vec![1, 5],
            opening: true,
            closing: true,
            depreciation: Vec::new(),
            terms: Vec::new(),
        }
    }

    #[test]
    fn an_interval_is_shared_between_its_ends() {
        let w = nemo().weights(0.0, &[2020, 2025], 1, Path::FromItself);
        // 2021 … 2024 count 1/5 … 4/5, 2025 to 2027 count once
        assert!((w.own - 5.0).abs() < 1e-12, "{w:?}");
        assert!((w.before - 2.0).abs() < 1e-12, "{w:?}");
        let w = nemo().weights(0.0, &[2020, 2025], 1, Path::Steps);
        assert!((w.own - 3.0).abs() < 1e-12 && (w.before - 4.0).abs() < 1e-12, "{w:?}");
    }

    #[test]
    fn the_first_interval_is_filled_back() {
        let late = Nemo { intervals: vec![3], ..nemo() };
        let w = late.weights(0.0, &[2022], 0, Path::FromItself);
        assert!((w.own - 8.0).abs() < 1e-12 && w.before == 0.0, "{w:?}");
        let w = late.weights(0.0, &[2022], 0, Path::FromExisting);
        assert!((w.own - 7.0).abs() < 1e-12 && (w.before - 1.0).abs() < 1e-12, "{w:?}");
    }
}
