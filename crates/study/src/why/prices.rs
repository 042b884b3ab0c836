//! What the columns of a technology earn and pay at the prices of a plan.

use std::collections::BTreeMap;

use kzleap_formulation::columns::{capacity, new_capacity};
use kzleap_formulation::{ColumnKey, Earning, Formulation};
use kzleap_lp::{Col, Row};

use super::Word;
use super::technology::Technology;

/// A dual or reduced cost this small beside what it is made of is rounding.
const ROUNDING: f64 = 1e-9;

/// Terms of one unit of a column: what it earns, and below zero what it pays, MUSD as present value.
pub(super) type Terms = BTreeMap<(Word, String), f64>;

/// The own columns of a technology with their terms, and the rows that hold it together.
pub(super) struct Priced {
    pub(super) columns: Vec<(Col, Terms)>,
    pub(super) rows: Vec<Row>,
}

impl Priced {
    pub(super) fn new(
        formulation: &Formulation<'_>,
        technology: &Technology,
        row_duals: &[f64],
    ) -> Self {
        let mut priced: BTreeMap<Col, Terms> = formulation
            .columns()
            .filter(|(_, key)| technology.owns(*key))
            .map(|(col, key)| (col, costs(formulation, col, key)))
            .collect();
        let mut reduced: BTreeMap<Col, (f64, f64)> = BTreeMap::new();
        let mut rows = Vec::new();
        for (row, key) in formulation.rows() {
            let lp = &formulation.lp;
            let mut own = lp.row(row).filter(|(col, _)| priced.contains_key(col)).peekable();
            if own.peek().is_none() {
                continue;
            }
            let own: Vec<(Col, f64)> = own.collect();
            let dual = row_duals[row.get()];
            for (col, factor) in &own {
                let (sum, size) = reduced.entry(*col).or_default();
                *sum += dual * factor;
                *size += (dual * factor).abs();
            }
            let earning = key.earning(formulation.model).filter(|(earning, _)| {
                // content that others fill and empty too has a price
                *earning != Earning::Content || own.len() < lp.row(row).count()
            });
            let Some((earning, name)) = earning else {
                rows.push(row);
                continue;
            };
            for (col, factor) in own.iter().filter(|_| dual != 0.0) {
                let word = Word::of(earning, *factor);
                if let Some(terms) = priced.get_mut(col) {
                    *terms.entry((word, name.clone())).or_default() += dual * factor;
                }
            }
        }
        for (col, terms) in &mut priced {
            let (earned, size) = reduced.get(col).copied().unwrap_or_default();
            add_bound(formulation, *col, earned, size, terms);
        }
        Self { columns: priced.into_iter().collect(), rows }
    }
}

/// What a column pays at a bound that a number of the model sets: what it has to spare beyond its rows.
fn add_bound(
    formulation: &Formulation<'_>,
    col: Col,
    earned: f64,
    size: f64,
    terms: &mut Terms,
) {
    let (key, lp) = (formulation.column_key(col), &formulation.lp);
    let (cost, bounds) = (lp.cost[col.get()], lp.col_bounds[col.get()]);
    let reduced = cost - earned;
    let at_bound =
        if reduced > 0.0 { bounds.lower > 0.0 } else { bounds.upper < f64::INFINITY };
    let kind = key.number(formulation.model).map(|(kind, _)| kind);
    if let (Some(kind), true) =
        (kind, at_bound && reduced.abs() > ROUNDING * (size + cost.abs()))
    {
        let name = kind.facts(formulation.model).map_or("", |facts| facts.word);
        *terms.entry((Word::Limit, name.to_owned())).or_default() += reduced;
    }
}

/// What one unit of a column costs by itself, by kind.
fn costs(formulation: &Formulation<'_>, col: Col, key: ColumnKey) -> Terms {
    let model = formulation.model;
    let all = formulation.lp.cost[col.get()];
    let (parts, rest) = match key {
        ColumnKey::NewCapacity(new_capacity::Key { capacity: k, year }) => {
            let salvage = model.salvage_present_value(k, year);
            let capital = model.investment_present_value(k, year) + salvage;
            let beyond = capacity::cost_beyond(model, k, Some(year), year);
            let parts = vec![
                (Word::Capital, capital),
                (Word::Salvage, -salvage),
                (Word::Fixed, beyond),
            ];
            (parts, Word::Decommissioning)
        }
        ColumnKey::Capacity(capacity::Key { capacity: k, year }) => {
            (vec![(Word::Fixed, capacity::cost(model, k, year))], Word::Decommissioning)
        }
        ColumnKey::Retirement(_) => (Vec::new(), Word::Decommissioning),
        ColumnKey::Subsidy(_) => (Vec::new(), Word::Subsidy),
        _ => (Vec::new(), Word::Variable),
    };
    let said: f64 = parts.iter().map(|(_, cost)| cost).sum();
    let rest = (rest, if (all - said).abs() > ROUNDING * all.abs() { all - said } else { 0.0 });
    let all = parts.into_iter().chain([rest]).filter(|(_, cost)| *cost != 0.0);
    all.map(|(word, cost)| ((word, String::new()), -cost)).collect()
}
