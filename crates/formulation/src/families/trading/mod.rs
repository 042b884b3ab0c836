#![doc = include_str!("page.md")]

use kzleap_lp::Row;
use kzleap_model::trading::{Penalty, Quota, Scheme, SchemeIx};
use kzleap_model::units::Emissions;
use kzleap_model::{Model, Solution, YearIx, stated};

use crate::build::Rows;
use crate::columns::allowances::{Of, home, offset_steps};
use crate::families::{Family, RowKey, RuleKind};
use crate::names::Names;
use crate::number::{Enters, Facts, Sides};
use crate::row::LpRow;
use crate::{Formulation, Variables};

/// A scheme in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Which of its rows.
    pub row: Which,
    /// Which scheme.
    pub scheme: SchemeIx,
    /// In which milestone year.
    pub year: YearIx,
}

/// Which row of a scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// All that is covered has allowances.
    Cover,
    /// Offsets stay within their quota.
    Quota,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let row = match self.row {
            Which::Cover => "cover",
            Which::Quota => "quota",
        };
        let scheme = &names.0.trading[self.scheme].name;
        format!("trading[{scheme},{row},{}]", names.year(self.year))
    }

    fn number(&self, _: &Formulation<'_>, _: Row) -> Option<(RuleKind, Enters)> {
        match self.row {
            Which::Cover => {
                Some((RuleKind::Allowances(self.scheme, self.year), Enters::Bound(1.0)))
            }
            Which::Quota => None, // no plan need have offsets
        }
    }

    fn read_back(&self, dual: f64, formulation: &Formulation<'_>, solution: &mut Solution) {
        let model = formulation.model;
        let home = home(&model.trading[self.scheme]);
        let traded = &mut solution.trading[self.scheme.get()];
        let price = match self.row {
            Which::Cover => &mut traded.price,
            Which::Quota => &mut traded.quota_price,
        };
        price[self.year.get()] = -dual / model.flow_present_value(home, self.year);
    }
}

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let model = rows.model;
    for (s, scheme) in model.trading.iter_ix() {
        for y in model.time.years.ixs() {
            if let Some(issued) = scheme.issued(y) {
                cover(rows, (s, scheme), issued, y);
                quota(rows, (s, scheme), issued, y);
            }
        }
    }
}

fn cover(rows: &mut Rows<'_, '_>, (s, scheme): (SchemeIx, &Scheme), issued: f64, y: YearIx) {
    let (model, vars) = (rows.model, rows.vars);
    let years = model.time.years[y].length();
    let key = Key { row: Which::Cover, scheme: s, year: y };
    let mut row = rows.begin::<Emissions>(RowKey::Trading(key));
    emissions(vars, scheme, y, 1.0, &mut row);
    let mut add = |of: Of, at: YearIx, factor: f64| {
        if let Some(some) = vars.allowances(of, at) {
            row += factor * some;
        }
    };
    // what is held and owed is of the end of a period, all else of a year
    add(Of::Bank(s), y, 1.0 / years);
    add(Of::Debt(s), y, -1.0 / years);
    add(Of::Withheld(s), y, 1.0);
    (0..scheme.tranches.len()).for_each(|at| add(Of::Sold(s, at), y, -1.0));
    (0..offset_steps(scheme).len()).for_each(|at| add(Of::Offsets(s, at), y, -1.0));
    add(Of::Short(s), y, -1.0);
    for (at, link) in model.trading_links.iter().enumerate() {
        if link.from == s {
            add(Of::Moved(at), y, 1.0);
        }
        if link.to == s {
            add(Of::Moved(at), y, -link.ratio);
        }
    }
    if let Some(before) = scheme.before(y) {
        let (kept, owed) = scheme.growth(model, y);
        add(Of::Bank(s), before, -kept / years);
        add(Of::Debt(s), before, owed / years);
        if let Some(Penalty { make_good: true, .. }) = &scheme.penalty {
            add(Of::Short(s), before, model.time.years[before].length() / years);
        }
    }

    // Σ weight · emissions + bank / n - debt / n + … ≤ allowances + what is held at first / n
    row.at_most(issued + scheme.first(y) / years);
}

fn quota(rows: &mut Rows<'_, '_>, (s, scheme): (SchemeIx, &Scheme), issued: f64, y: YearIx) {
    let vars = rows.vars;
    let quota = scheme.offsets.as_ref().and_then(|offsets| offsets.quota.as_ref());
    let Some(quota) = quota else { return };
    let key = Key { row: Which::Quota, scheme: s, year: y };
    let mut row = rows.begin::<Emissions>(RowKey::Trading(key));
    for at in 0..offset_steps(scheme).len() {
        if let Some(surrendered) = vars.allowances(Of::Offsets(s, at), y) {
            row += 1.0 * surrendered;
        }
    }

    // Σ offsets ≤ quota · Σ weight · emissions, or quota · allowances
    match quota {
        Quota::OfEmissions(share) => {
            emissions(vars, scheme, y, -share[y.get()], &mut row);
            row.at_most(0.0);
        }
        Quota::OfAllowances(share) => row.at_most(share[y.get()] * issued),
    }
}

/// Adds what is covered, times a factor.
fn emissions(
    vars: &Variables,
    scheme: &Scheme,
    y: YearIx,
    factor: f64,
    row: &mut LpRow<'_, Emissions>,
) {
    for term in &scheme.terms {
        for r in &term.regions {
            if let Some(emissions) = vars.emissions(term.emission, *r, y) {
                *row += (factor * term.weight) * emissions;
            }
        }
    }
}

/// Allowances that are issued in a year.
pub(crate) fn facts(model: &Model, at: SchemeIx, y: YearIx) -> Facts {
    let scheme = &model.trading[at];
    let (field, when) = (stated::ALLOWANCES, model.time.years[y].milestone);
    Facts {
        word: "allowances",
        name: format!("allowances of {} {when}", scheme.name),
        value: Sides::both(scheme.allowances[y.get()].unwrap_or(0.0)),
        range: (f64::NEG_INFINITY, f64::INFINITY),
        ratio: false,
        two_sides: false,
        building: false,
        unit: scheme.unit_text(model).to_owned(),
        region: None,
        year: Some(y),
        paths: Sides::both(vec![format!("{}.{}.{field}", Scheme::COLLECTION, scheme.name)]),
        parameter: Sides::both(None),
    }
}
