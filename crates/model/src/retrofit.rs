//! Retrofits: capacity that becomes capacity of another kind, or of the same for longer.

use crate::fields::{Field, Fields};
use crate::finance::annuities_present_value;
use crate::series::ByYear;
use crate::{CapacityIx, Model, Set, Vintage, Year, YearIx};

/// How a capacity may be converted: into that of another process of its region, or, for longer
/// service, of the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Retrofit {
    /// Name, the same in all regions.
    pub name: String,
    /// What is converted; its vintages keep their age.
    pub from: CapacityIx,
    /// What it becomes.
    pub to: CapacityIx,
    /// Units of `to` that one unit of `from` becomes.
    pub kept: f64,
    /// Overnight cost by the milestone year of conversion, MUSD per unit of `from`.
    pub overnight_cost: ByYear,
    /// Years over which it is paid.
    pub economic_life: f64,
    /// Rate at which it is financed, a ratio a year.
    pub cost_of_capital: f64,
    /// Interest during construction, as a share of the overnight cost.
    pub interest: f64,
    /// Years from the decision to the conversion: none is ready before that, counted from the start of
    /// the first milestone year.
    pub lead_time: f64,
    /// Years in service from the conversion on; `None`: as long as it would have been unconverted.
    pub life: Option<f64>,
}

impl Fields for Retrofit {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self {
            name: _,
            from,
            to,
            kept: _,
            overnight_cost,
            economic_life: _,
            cost_of_capital: _,
            interest: _,
            lead_time: _,
            life: _,
        } = self;
        see(Field::Capacity(from));
        see(Field::Capacity(to));
        see(Field::Rate(overnight_cost));
    }
}

/// Units of a vintage that a retrofit converts at a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conversion {
    /// Position of the retrofit in the model.
    pub retrofit: usize,
    /// Which vintage of what is converted.
    pub vintage: Vintage,
    /// In which milestone year.
    pub year: YearIx,
}

impl Retrofit {
    /// Whether a conversion that is decided at the start of the first milestone year is ready for another.
    pub fn is_ready(&self, years: &Set<Year>, year: YearIx) -> bool {
        let first = years.iter().next().map_or(0, |first| first.first);
        f64::from(years[year].first - first) >= self.lead_time
    }
}

impl Model {
    /// What is converted of one unit of a vintage: the share of it that is still in service then.
    pub fn converted_share(&self, conversion: Conversion) -> f64 {
        let Conversion { retrofit, vintage, year } = conversion;
        let from = &self.capacities[self.retrofits[retrofit].from];
        from.share_left(&self.time.years, vintage, year, year)
    }

    /// What one unit of a conversion is of the new capacity in a year, in its unit.
    pub fn arrived(&self, conversion: Conversion, in_service: YearIx) -> f64 {
        let Conversion { retrofit, vintage, year } = conversion;
        if in_service < year {
            return 0.0;
        }
        let (retrofit, years) = (&self.retrofits[retrofit], &self.time.years);
        let from = &self.capacities[retrofit.from];
        let share = match retrofit.life {
            None => from.share_left(years, vintage, year, in_service),
            Some(life) => {
                let (begun, period) = (&years[year], &years[in_service]);
                let end = (f64::from(begun.first) + life).min(f64::from(period.last + 1));
                let alive = (end - f64::from(period.first)).max(0.0) / period.length();
                alive * from.share_left(years, vintage, year, year)
            }
        };
        retrofit.kept * share
    }

    /// Present value of what one unit of a conversion costs, MUSD.
    pub fn conversion_present_value(&self, conversion: Conversion) -> f64 {
        let retrofit = &self.retrofits[conversion.retrofit];
        let region = self.capacities[retrofit.from].region;
        let terms = (retrofit.cost_of_capital, retrofit.economic_life);
        let overnight = retrofit.overnight_cost[conversion.year.get()];
        let overnight = overnight * (1.0 + retrofit.interest);
        self.converted_share(conversion)
            * annuities_present_value(self, region, terms, (overnight, conversion.year))
    }
}
