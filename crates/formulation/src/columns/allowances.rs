//! What is done with allowances of trading schemes: held and owed at the end of a period, Mt; all else
//! Mt a year.

use kzleap_lp::Bounds;
use kzleap_model::trading::{Scheme, SchemeIx, Step};
use kzleap_model::units::Emissions;
use kzleap_model::{Model, RegionIx, Solution, YearIx};

use super::{ColumnKey, Columns, Family, Variables};
use crate::Formulation;
use crate::families::RuleKind;
use crate::names::Names;
use crate::number::Enters;
use crate::row::Var;

/// Some allowances in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// Which.
    pub of: Of,
    /// In which milestone year.
    pub year: YearIx,
}

/// What is done with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Of {
    /// Held at the end of the period.
    Bank(SchemeIx),
    /// Owed at the end of the period.
    Debt(SchemeIx),
    /// Not sold at the floor.
    Withheld(SchemeIx),
    /// Sold beyond those issued, of the tranche at this position.
    Sold(SchemeIx, usize),
    /// Surrendered in place of them, of the step at this position.
    Offsets(SchemeIx, usize),
    /// Lacking.
    Short(SchemeIx),
    /// Moved over the link at this position in the model.
    Moved(usize),
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let model = names.0;
        let scheme = |at: SchemeIx| &model.trading[at].name;
        let what = match self.of {
            Of::Bank(s) => format!("{},bank", scheme(s)),
            Of::Debt(s) => format!("{},debt", scheme(s)),
            Of::Withheld(s) => format!("{},withheld", scheme(s)),
            Of::Sold(s, at) => {
                format!("{},sold,{}", scheme(s), model.trading[s].tranches[at].name)
            }
            Of::Offsets(s, at) => {
                format!("{},offsets,{}", scheme(s), offset_steps(&model.trading[s])[at].name)
            }
            Of::Short(s) => format!("{},short", scheme(s)),
            Of::Moved(link) => format!("{},moved", model.trading_links[link].name),
        };
        format!("allowances[{what},{}]", names.year(self.year))
    }

    fn number(&self, _: &Model) -> Option<(RuleKind, Enters)> {
        None // each makes it easier to keep a scheme
    }

    fn read_back(&self, value: f64, _: &Formulation<'_>, solution: &mut Solution) {
        let y = self.year.get();
        let of_scheme = &mut solution.trading;
        *match self.of {
            Of::Bank(s) => &mut of_scheme[s.get()].bank[y],
            Of::Debt(s) => &mut of_scheme[s.get()].debt[y],
            Of::Withheld(s) => &mut of_scheme[s.get()].withheld[y],
            Of::Sold(s, at) => &mut of_scheme[s.get()].sold[at][y],
            Of::Offsets(s, at) => &mut of_scheme[s.get()].offsets[at][y],
            Of::Short(s) => &mut of_scheme[s.get()].short[y],
            Of::Moved(link) => &mut solution.allowances_moved[link][y],
        } = value;
    }
}

/// The steps of the offsets of a scheme.
pub(crate) fn offset_steps(scheme: &Scheme) -> &[Step] {
    scheme.offsets.as_ref().map_or(&[], |offsets| &offsets.steps)
}

/// The region in whose money a scheme counts.
pub(crate) fn home(scheme: &Scheme) -> RegionIx {
    let region = scheme.terms.iter().find_map(|term| term.regions.first()).copied();
    region.unwrap_or_else(|| RegionIx::new(0))
}

impl Variables {
    /// Some allowances in a year; `None` where there can be none.
    pub fn allowances(&self, of: Of, year: YearIx) -> Option<Var<Emissions>> {
        self.allowances.get(&Key { of, year }).copied().map(Var::new)
    }
}

/// Adds the columns.
pub(super) fn add(columns: &mut Columns<'_, '_>) {
    let model = columns.model;
    for (s, scheme) in model.trading.iter_ix() {
        for year in model.time.years.ixs() {
            if let Some(issued) = scheme.issued(year) {
                of_year(columns, (s, scheme), issued, year);
            }
        }
    }
    for (at, link) in model.trading_links.iter().enumerate() {
        for year in model.time.years.ixs() {
            let holds =
                |scheme: SchemeIx| model.trading[scheme].allowances[year.get()].is_some();
            if holds(link.from) && holds(link.to) {
                let most = link.max[year.get()];
                let least = if link.two_way { -most } else { 0.0 };
                push(columns, Of::Moved(at), year, 0.0, (least, most));
            }
        }
    }
}

fn of_year(
    columns: &mut Columns<'_, '_>,
    (s, scheme): (SchemeIx, &Scheme),
    issued: f64,
    year: YearIx,
) {
    let (model, y) = (columns.model, year.get());
    let money = model.flow_present_value(home(scheme), year);
    if scheme.carries_over(model, year) {
        if let Some(bank) = &scheme.bank {
            push(columns, Of::Bank(s), year, 0.0, (0.0, bank.limit[y]));
        }
        if let Some(borrowing) = &scheme.borrowing {
            let next = YearIx::new(y + 1);
            let to_come = scheme.issued(next).unwrap_or(0.0);
            let to_come = to_come * model.time.years[next].length();
            let share = match borrowing.share_of_next {
                share if share.is_finite() => share * to_come,
                _ => f64::INFINITY,
            };
            push(columns, Of::Debt(s), year, 0.0, (0.0, share.min(borrowing.limit[y])));
        }
    }
    if let Some(floor) = scheme.auction.floor.as_ref().and_then(|floor| floor[y]) {
        let auctioned = issued - scheme.given(year);
        push(columns, Of::Withheld(s), year, -floor * money, (0.0, auctioned.max(0.0)));
    }
    for (at, tranche) in scheme.tranches.iter().enumerate() {
        let bounds = (0.0, tranche.max[y]);
        push(columns, Of::Sold(s, at), year, tranche.price[y] * money, bounds);
    }
    for (at, step) in offset_steps(scheme).iter().enumerate() {
        let bounds = (0.0, step.max[y]);
        push(columns, Of::Offsets(s, at), year, step.price[y] * money, bounds);
    }
    if let Some(penalty) = &scheme.penalty {
        // what must be made good needs a period in which it is
        if !penalty.make_good || y + 1 < model.time.years.len() {
            let bounds = (0.0, f64::INFINITY);
            push(columns, Of::Short(s), year, penalty.price[y] * money, bounds);
        }
    }
}

fn push(
    columns: &mut Columns<'_, '_>,
    of: Of,
    year: YearIx,
    cost: f64,
    (lower, upper): (f64, f64),
) {
    let key = Key { of, year };
    let col = columns.add(ColumnKey::Allowances(key), cost, Bounds::between(lower, upper));
    columns.vars.allowances.insert(key, col);
}
