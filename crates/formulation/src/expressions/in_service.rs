//! What of a capacity is in service: all of it, or one of the parts of its process.

use kzleap_model::units::{Per, Power};
use kzleap_model::{CapacityIx, Model, PartOf, Vintage, YearIx};

use crate::Variables;
use crate::row::{LpRow, Var};

/// Capacity in service in a year, in columns and beside them.
#[derive(Debug)]
pub struct InService {
    terms: Vec<(f64, Var<Power>)>,
    /// What is in service whatever the plan does, in the unit of the capacity.
    given: f64,
}

impl InService {
    /// All of a capacity, or a part of it; `None` where there can be none.
    pub fn new(
        model: &Model,
        vars: &Variables,
        k: CapacityIx,
        of: Option<&PartOf>,
        y: YearIx,
    ) -> Option<Self> {
        let all = vars.capacity(k, y)?;
        let mut found = Self { terms: Vec::new(), given: 0.0 };
        match of {
            None => found.terms.push((1.0, all)),
            Some(PartOf::Given(size)) => found.given = size[y.get()],
            Some(PartOf::Built(vintages)) => {
                for vintage in vintages.iter().filter(|v| v.is_none_or(|v| v <= y)) {
                    found.add(model, vars, (k, *vintage), y);
                }
            }
        }
        (found.given > 0.0 || !found.terms.is_empty()).then_some(found)
    }

    /// What was built of a vintage and still lives, less what was retired early.
    fn add(
        &mut self,
        model: &Model,
        vars: &Variables,
        (k, vintage): (CapacityIx, Vintage),
        y: YearIx,
    ) {
        let (capacity, years) = (&model.capacities[k], &model.time.years);
        match vintage {
            None => self.given += capacity.residual[y.get()],
            Some(v) => {
                let alive = capacity.share_alive(years, v, y);
                if let (true, Some(new)) = (alive > 0.0, vars.new_capacity(k, v)) {
                    self.terms.push((alive, new));
                }
            }
        }
        for (conversion, converted) in vars.conversions(k) {
            let arrived = model.arrived(conversion, y);
            if Some(conversion.year) == vintage && arrived > 0.0 {
                self.terms.push((arrived, converted));
            }
        }
        for (of, at, retired) in vars.retirements(k).filter(|(_, at, _)| *at <= y) {
            let left = capacity.share_left(years, of, at, y);
            if of == vintage && left > 0.0 {
                self.terms.push((-left, retired));
            }
        }
    }

    /// Subtracts `factor` times what the columns give from a row.
    pub fn subtract<U>(&self, factor: Per<U, Power>, row: &mut LpRow<'_, U>) {
        for (share, var) in &self.terms {
            *row -= factor * *share * *var;
        }
    }

    /// `factor` times what is in service whatever the plan does: the right-hand side.
    pub fn given<U>(&self, factor: Per<U, Power>) -> f64 {
        factor.get() * self.given
    }
}
