//! Capacities: what can be built, kept and retired, whether of a process, a link or a storage.

use crate::fields::{Field, Fields};
use crate::series::ByYear;
use crate::{ByAge, CapacityUnit, Ix, RegionIx, Set, Vintage, Year, YearIx};

/// What is behind a process, a link or a storage: the thing money is invested in.
#[derive(Clone, Debug, PartialEq)]
pub struct Capacity {
    /// Name of its owner, unique together with `region`.
    pub name: String,
    /// The region that pays for it.
    pub region: RegionIx,
    /// What one unit of it is: `GW`, `PJ/a`, `GWh`.
    pub unit: CapacityUnit,
    /// Capacity built before the first milestone year and still there, by year.
    pub residual: ByYear,
    /// How new capacity may be built; `None` if it may not.
    pub investment: Option<Investment>,
    /// Cost of keeping one unit for a year, MUSD per unit and year, by milestone year; of residual
    /// capacity alone where vintages differ.
    pub fixed_cost: ByYear,
    /// The same of what is built for each milestone year; empty where it is as `fixed_cost`.
    pub fixed_cost_of_new: Vec<ByYear>,
    /// Least capacity in service, by year.
    pub lower: ByYear,
    /// Most capacity in service, by year; infinite where there is no limit.
    pub upper: ByYear,
    /// Whether it may be taken out of service before the end of its life.
    pub early_retirement: bool,
    /// Cost of taking down what goes out of service, MUSD per unit, by milestone year.
    pub decommissioning_cost: Option<ByYear>,
    /// Cost of retiring before the end of its life beside that, MUSD per unit, by milestone year.
    pub early_retirement_cost: Option<ByYear>,
    /// Whether a retrofit may make other capacity into it.
    pub by_conversion: bool,
}

impl Fields for Capacity {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self {
            name: _,
            region,
            unit: _,
            residual,
            investment,
            fixed_cost,
            fixed_cost_of_new,
            lower,
            upper,
            early_retirement: _,
            decommissioning_cost,
            early_retirement_cost,
            by_conversion: _,
        } = self;
        see(Field::Region(region));
        see(Field::Standing(residual));
        see(Field::Rate(fixed_cost));
        fixed_cost_of_new.iter_mut().for_each(|cost| see(Field::Rate(cost)));
        investment.iter_mut().for_each(|investment| investment.fields(see));
        see(Field::Size(lower));
        see(Field::Size(upper));
        decommissioning_cost.iter_mut().for_each(|cost| see(Field::Rate(cost)));
        early_retirement_cost.iter_mut().for_each(|cost| see(Field::Rate(cost)));
    }
}

/// How new capacity may be built.
#[derive(Clone, Debug, PartialEq)]
pub struct Investment {
    /// Overnight cost by the milestone year of building, MUSD per unit.
    pub overnight_cost: ByYear,
    /// Years a new unit stays in service; a part of a year counts as that part.
    pub technical_life: f64,
    /// Share of what was built that is still there by its age, within its life; all of it where
    /// that is `None`.
    pub survival: Option<ByAge>,
    /// Years over which it is paid; of the last, a part may be.
    pub economic_life: f64,
    /// Rate at which it is financed, a ratio a year.
    pub cost_of_capital: f64,
    /// Interest during construction, as a share of the overnight cost.
    pub interest: f64,
    /// Least capacity built for each period.
    pub lower: ByYear,
    /// Most capacity built for each period; infinite where there is no limit.
    pub upper: ByYear,
    /// How fast building may speed up.
    pub growth: Option<Growth>,
    /// Size of one unit by the year of building, where capacity is built in whole units only;
    /// zero in years in which any amount may be built.
    pub unit_size: Option<ByYear>,
}

impl Fields for Investment {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self {
            overnight_cost,
            technical_life: _,
            survival: _,
            economic_life: _,
            cost_of_capital: _,
            interest: _,
            lower,
            upper,
            growth,
            unit_size, // one unit is as large wherever it is
        } = self;
        see(Field::Rate(overnight_cost));
        unit_size.iter_mut().for_each(|size| see(Field::Rate(size)));
        see(Field::Size(lower));
        see(Field::Size(upper));
        if let Some(Growth { rate: _, seed }) = growth {
            see(Field::SizeOfHorizon(seed));
        }
    }
}

/// A limit on how fast building may speed up from one period to the next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Growth {
    /// Most growth of the yearly building rate, a ratio a year.
    pub rate: f64,
    /// Yearly building rate that is always allowed, in units a year.
    pub seed: f64,
}

/// The share of a period during which what began to serve with a calendar year is in service, by its
/// life in years and its survival, if that is not all of it.
pub fn share_alive(period: &Year, built: i32, (life, survival): (f64, Option<&ByAge>)) -> f64 {
    let begin = f64::from(period.first.max(built));
    let end = f64::from(period.last + 1).min(f64::from(built) + life);
    let in_life = (end - begin).max(0.0) / period.length();
    match survival {
        Some(curve) if in_life > 0.0 => {
            let age = |time: f64| time - f64::from(built);
            in_life * curve.mean(age(begin), age(end))
        }
        _ => in_life,
    }
}

/// Which capacity.
pub type CapacityIx = Ix<Capacity>;

impl Capacity {
    /// The share of year `in_service`'s period during which capacity built for `built` is in
    /// service.
    ///
    /// Between 0 and 1: a life that ends within the period counts for the years it covers, so
    /// that splitting a period changes nothing (TIMES calls this `COEF_CPT`).
    pub fn share_alive(&self, years: &Set<Year>, built: YearIx, in_service: YearIx) -> f64 {
        let Some(investment) = &self.investment else { return 0.0 };
        let survival = investment.survival.as_ref();
        let life = (investment.technical_life, survival);
        share_alive(&years[in_service], years[built].first, life)
    }

    /// Of one unit of a vintage (of residual capacity: one that is there at `from`), the share that is
    /// in service in a year, if nothing is retired.
    pub fn share_left(
        &self,
        years: &Set<Year>,
        vintage: Vintage,
        from: YearIx,
        in_service: YearIx,
    ) -> f64 {
        match vintage {
            Some(built) => self.share_alive(years, built, in_service),
            None => self.residual[in_service.get()] / self.residual[from.get()],
        }
    }

    /// Whether capacity that was built may still stand in this year, whatever its limit says.
    ///
    /// A limit of zero does not make it go away: it forbids building what would still stand.
    pub fn may_stand(&self, years: &Set<Year>, year: YearIx) -> bool {
        self.residual[year.get()] > 0.0
            || self.by_conversion
            || years
                .ixs()
                .take_while(|&v| v <= year)
                .any(|v| self.can_build(v) && self.share_alive(years, v, year) > 0.0)
    }

    /// Whether there can be any capacity in this year at all.
    pub fn possible(&self, years: &Set<Year>, year: YearIx) -> bool {
        self.upper[year.get()] > 0.0 && self.may_stand(years, year)
    }

    /// Whether new capacity can be built for this year's period.
    pub fn can_build(&self, year: YearIx) -> bool {
        self.investment.as_ref().is_some_and(|investment| investment.upper[year.get()] > 0.0)
    }
}
