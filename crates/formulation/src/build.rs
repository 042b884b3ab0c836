//! The whole LP of a model, with what is needed to read the optimum back.

use std::collections::BTreeSet;

use kzleap_lp::{Col, Lp, Row, mps};
use kzleap_model::units::Unit;
use kzleap_model::{CapacityIx, LinkIx, Model, NodeIx, YearIx};

use crate::balances::{Balance, Flow, balances};
use crate::columns::{self, ColumnKey, Variables};
use crate::families::{self, RowKey};
use crate::row::LpRow;
use crate::surplus::free_to_waste;

/// An LP and what its columns and rows mean.
pub struct Formulation<'m> {
    /// The model it was made from.
    pub model: &'m Model,
    /// The numbers.
    pub lp: Lp,
    /// Where the columns of every family stand.
    pub vars: Variables,
    /// Every balance in which anything happens.
    pub balances: Vec<Balance<'m>>,
    /// What each row stands for, and its unit.
    pub(crate) row_keys: Vec<(RowKey, &'static str)>,
    /// Links that were given a choice of direction.
    pub(crate) held: BTreeSet<(LinkIx, NodeIx, YearIx)>,
}

/// Writes a model as a linear program.
pub fn formulate(model: &Model) -> Formulation<'_> {
    let mut lp = Lp::default();
    let balances = balances(model);
    let wasters = free_to_waste(model, &balances);
    let vars = columns::add(model, &balances, &wasters, &mut lp);
    let mut rows = Rows {
        model,
        vars: &vars,
        balances: &balances,
        wasters: &wasters,
        lp,
        keys: Vec::new(),
    };
    families::add(&mut rows);
    let Rows { lp, keys, .. } = rows;
    Formulation { model, lp, vars, balances, row_keys: keys, held: BTreeSet::new() }
}

/// The rows so far, and what the families need to write more.
pub(crate) struct Rows<'a, 'm> {
    pub(crate) model: &'m Model,
    pub(crate) vars: &'a Variables,
    pub(crate) balances: &'a [Balance<'m>],
    /// For each balance in which not everything may be thrown away, who may have made what is.
    pub(crate) wasters: &'a [Option<Vec<&'a Flow<'m>>>],
    lp: Lp,
    keys: Vec<(RowKey, &'static str)>,
}

impl Rows<'_, '_> {
    /// Begins the row of `key`; one of the comparisons must end it.
    pub(crate) fn begin<U: Unit>(&mut self, key: RowKey) -> LpRow<'_, U> {
        debug_assert_eq!(self.keys.len(), self.lp.num_rows(), "the row before was ended");
        self.keys.push((key, U::NAME));
        LpRow::new(&mut self.lp)
    }
}

impl Formulation<'_> {
    /// What a row stands for.
    pub fn row_key(&self, row: Row) -> RowKey {
        self.row_keys[row.get()].0
    }

    /// The unit of a row, that of the types it is written with.
    pub fn row_unit(&self, row: Row) -> &'static str {
        self.row_keys[row.get()].1
    }

    /// By how much the bound of a row moves for one unit more of a capacity; `None` if it is not in it.
    pub(crate) fn moved_by(&self, row: Row, k: CapacityIx, y: YearIx) -> Option<f64> {
        let capacity = self.vars.capacity(k, y)?.col;
        let mut terms = self.lp.row(row);
        terms.find(|(col, _)| *col == capacity).map(|(_, factor)| -factor)
    }

    /// What a column stands for.
    pub fn column_key(&self, col: Col) -> ColumnKey {
        self.vars.keys[col.get()]
    }

    /// Every row with its key, in order.
    pub fn rows(&self) -> impl Iterator<Item = (Row, RowKey)> + '_ {
        self.row_keys.iter().zip(0..).map(|((key, _), row)| (Row(row), *key))
    }

    /// Every column with its key, in order.
    pub fn columns(&self) -> impl Iterator<Item = (Col, ColumnKey)> + '_ {
        self.vars.keys.iter().zip(0..).map(|(key, col)| (Col(col), *key))
    }
}

impl mps::Names for Formulation<'_> {
    fn column(&self, col: Col) -> String {
        self.column_key(col).name(self.model)
    }

    fn row(&self, row: Row) -> String {
        self.row_key(row).name(self.model)
    }
}
