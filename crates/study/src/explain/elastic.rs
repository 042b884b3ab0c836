//! The program in which numbers of the model may give way at a price.

use std::collections::BTreeMap;

use kzleap_formulation::{Enters, Formulation, RowKey, RuleKind};
use kzleap_lp::{Bounds, Col, Lp, Row};
use kzleap_model::Model;
use kzleap_model::policy::ReserveRequirement;
use kzleap_solver::{Basis, Control, Optimum, Options, SolveError, solve};

use super::factors::{Slope, slopes};
use super::rules;

/// Numbers are divided so that none is larger: beyond it a solver's tolerances hide what is small.
const LARGEST: f64 = 1e6;
/// A share of its size below which a number counts as kept, and a dual as none.
pub(super) const ROUNDING: f64 = 1e-7;
/// The price of a demand against that of other rules.
const DEMAND: f64 = 10.0;

/// What may give way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// The rules that a modeller states.
    Rules,
    /// Physics too: for a model that has no plan even without rules.
    Everything,
}

/// A number that may give way, with its column.
#[derive(Clone, Debug)]
pub(super) struct Slack {
    pub(super) kind: RuleKind,
    /// Whether it is a least, which falls; a most rises.
    pub(super) least: bool,
    pub(super) col: Col,
    /// The number as it is.
    pub(super) number: f64,
    /// What one of the column moves it by; for a factor, at one unit of what it multiplies.
    pub(super) step: f64,
    /// What breaking it by its size costs.
    pub(super) weight: f64,
    /// Rows of this program it is in, with its coefficient.
    pub(super) places: Vec<(Row, f64)>,
    /// For a factor: the rows of the model, and what they change by for one unit of the number.
    pub(super) slopes: Vec<(Row, Slope)>,
    /// For a bound: rows or columns of the model, with what they move by for one of the number.
    pub(super) bounds: Vec<(Target, f64)>,
}

/// Whose bound a number sets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Target {
    Row(Row),
    Column(Col),
}

/// The program of a model with slacks; its columns come first, in their order.
#[derive(Clone)]
pub(super) struct Elastic {
    pub(super) lp: Lp,
    pub(super) slacks: Vec<Slack>,
    /// By what all bounds and columns are divided, a power of two.
    pub(super) unit: f64,
    at: BTreeMap<(RuleKind, bool), usize>,
    slopes: BTreeMap<Row, Slope>,
}

impl Elastic {
    pub(super) fn new(formulation: &Formulation<'_>, scope: Scope) -> Self {
        let lp = &formulation.lp;
        let sides = lp.row_bounds.iter().chain(&lp.col_bounds).flat_map(|b| [b.lower, b.upper]);
        let largest =
            sides.filter(|side| side.is_finite()).fold(1.0_f64, |a, b| a.max(b.abs()));
        let unit = (largest / LARGEST).max(1.0).log2().ceil().exp2();
        let (at, slopes) = (BTreeMap::new(), slopes(formulation));
        let mut elastic = Self { lp: Lp::default(), slacks: Vec::new(), unit, at, slopes };
        let mut bounded = Vec::new();
        for (col, key) in formulation.columns() {
            let bounds = lp.col_bounds[col.get()];
            let whole = lp.integers.binary_search(&col).is_ok();
            let states = bounds.lower > 0.0 || bounds.upper < f64::INFINITY;
            let own = key.number(formulation.model).filter(|_| states);
            let physics = || (RuleKind::Bounds(col), Enters::Bound(1.0));
            let rule =
                own.or_else(|| (scope == Scope::Everything && states && !whole).then(physics));
            let kept = match &rule {
                Some(_) if bounds.lower < 0.0 => Bounds::FREE,
                Some(_) => Bounds::NON_NEGATIVE,
                // whole numbers stay what they are
                None if whole => bounds,
                None => Bounds::between(bounds.lower / unit, bounds.upper / unit),
            };
            if whole {
                elastic.lp.add_integer_col(0.0, kept);
            } else {
                elastic.lp.add_col(0.0, kept);
            }
            bounded.extend(rule.map(|rule| (col, bounds, rule)));
        }
        let whole = |col: &Col| lp.integers.binary_search(col).is_ok();
        for (row, key) in formulation.rows() {
            let physics = || (RuleKind::Row(row), Enters::Bound(1.0));
            let rule = key
                .number(formulation, row)
                .or_else(|| (scope == Scope::Everything).then(physics));
            let mut terms: Vec<_> = (lp.row(row))
                .map(|(col, value)| (col, if whole(&col) { value / unit } else { value }))
                .collect();
            let burnt = elastic.burnt(formulation, key);
            terms.extend(burnt.iter().map(|(at, value)| (elastic.slacks[*at].col, *value)));
            let bounds = lp.row_bounds[row.get()];
            elastic.finish(formulation, &terms, bounds, rule, Target::Row(row));
            let last = Row(u32::try_from(elastic.lp.num_rows() - 1).unwrap_or(u32::MAX));
            for (at, value) in burnt {
                elastic.slacks[at].places.push((last, value));
            }
        }
        for (col, bounds, rule) in bounded {
            let term = (col, if whole(&col) { 1.0 / unit } else { 1.0 });
            elastic.finish(formulation, &[term], bounds, Some(rule), Target::Column(col));
        }
        elastic
    }

    /// Demand that gives way burns less, or more: the numbers of demand in a row of emissions, each
    /// with its coefficient.
    fn burnt(&self, formulation: &Formulation<'_>, key: RowKey) -> Vec<(usize, f64)> {
        let RowKey::EmissionAccounting(key) = key else { return Vec::new() };
        let (e, r, y) = (key.emission, key.region, key.year);
        let home = |region| formulation.model.network.home(region);
        let mut found = Vec::new();
        for balance in formulation.balances.iter().filter(|b| home(b.region) == r) {
            let all = balance.emissions_of_demand(e, y);
            if all == 0.0 {
                continue;
            }
            let factor = all / balance.demand_of_year(y);
            for least in [true, false] {
                let kind = RuleKind::Demand(balance.region, balance.commodity, y);
                if let Some(at) = self.at.get(&(kind, least)) {
                    let sign = if least { 1.0 } else { -1.0 };
                    found.push((*at, sign * factor * self.slacks[*at].step / self.unit));
                }
            }
        }
        found
    }

    /// Adds a row with the slacks of its rule: one row where its sides agree, else one for each.
    fn finish(
        &mut self,
        formulation: &Formulation<'_>,
        terms: &[(Col, f64)],
        bounds: Bounds,
        rule: Option<(RuleKind, Enters)>,
        of: Target,
    ) {
        let unit = self.unit;
        let add = |lp: &mut Lp, bounds: Bounds, slacks: &[(Col, f64)]| {
            for (col, value) in terms.iter().chain(slacks) {
                lp.push_term(*col, *value);
            }
            lp.finish_row(Bounds::between(bounds.lower / unit, bounds.upper / unit))
        };
        let Some((kind, stands)) = rule else {
            add(&mut self.lp, bounds, &[]);
            return;
        };
        let given = [(true, bounds.lower), (false, bounds.upper)];
        let mut slacks: Vec<(usize, Col, f64)> = Vec::new();
        for (least, side) in given {
            // a least of nothing says nothing
            let idle = least && side <= 0.0 && matches!(of, Target::Column(_));
            if !side.is_finite() || idle {
                continue;
            }
            if let Some((at, value)) = self.slack(formulation, (kind, least), stands, of) {
                let value = if least { value } else { -value };
                slacks.push((at, self.slacks[at].col, value));
            }
        }
        if bounds.lower <= bounds.upper {
            let added: Vec<_> = slacks.iter().map(|(_, col, value)| (*col, *value)).collect();
            let row = add(&mut self.lp, bounds, &added);
            for (at, _, value) in slacks {
                self.slacks[at].places.push((row, value));
            }
            return;
        }
        for bounds in [Bounds::at_least(bounds.lower), Bounds::at_most(bounds.upper)] {
            let least = bounds.lower.is_finite();
            let own = slacks.iter().find(|(at, ..)| self.slacks[*at].least == least).copied();
            let added: Vec<_> = own.iter().map(|(_, col, value)| (*col, *value)).collect();
            let row = add(&mut self.lp, bounds, &added);
            if let Some((at, _, value)) = own {
                self.slacks[at].places.push((row, value));
            }
        }
    }

    /// The slack of a number, and what one of its column moves this side by; `None` where the
    /// number is not in the row.
    fn slack(
        &mut self,
        formulation: &Formulation<'_>,
        key: (RuleKind, bool),
        stands: Enters,
        of: Target,
    ) -> Option<(usize, f64)> {
        let (kind, least) = key;
        let slope = match (stands, of) {
            (Enters::Factor, Target::Row(row)) => Some((row, self.slopes.get(&row)?.clone())),
            _ => None,
        };
        let at = match self.at.get(&key) {
            Some(at) => *at,
            None => {
                let at = self.add(formulation, kind, least);
                self.at.insert(key, at);
                at
            }
        };
        let slack = &mut self.slacks[at];
        let amount = match (stands, slope) {
            (Enters::Bound(per), _) => {
                slack.bounds.push((of, per));
                per
            }
            (Enters::Factor, Some((row, slope))) => {
                let amount = slope.amount();
                slack.slopes.push((row, slope));
                amount
            }
            (Enters::Factor, None) => return None,
        };
        Some((at, slack.step * amount / self.unit))
    }

    fn add(&mut self, formulation: &Formulation<'_>, kind: RuleKind, least: bool) -> usize {
        let number = rules::number(formulation, kind, least);
        let range = rules::range(formulation.model, kind);
        let step = step(formulation.model, kind, number);
        let weight = if matches!(kind, RuleKind::Demand(..)) { DEMAND } else { 1.0 };
        let (slopes, bounds, places) = (Vec::new(), Vec::new(), Vec::new());
        let factor = match kind {
            RuleKind::Share(..)
            | RuleKind::MinimumLoad(..)
            | RuleKind::AnnualMinimumLoad(..)
            | RuleKind::Ramp(..) => true,
            RuleKind::UserRow(at) => formulation.model.user_rows[at].is_ratio(),
            RuleKind::ReserveMargin(at, _) => {
                formulation.model.reserves[at].requirement.is_by_slice()
            }
            _ => false,
        };
        let room = if least { number - range.0 } else { range.1 - number };
        // how much a factor moves depends on what it multiplies
        let most = if factor { f64::INFINITY } else { (room / step).max(0.0) };
        let col = self.lp.add_col(weight, Bounds::between(0.0, most));
        let slack = Slack { kind, least, col, number, step, weight, places, slopes, bounds };
        self.slacks.push(slack);
        self.slacks.len() - 1
    }

    /// Sets what breaking each number by its size costs: `sizes` in steps of its column.
    pub(super) fn set_sizes(&mut self, sizes: &BTreeMap<usize, f64>) {
        for (at, size) in sizes {
            self.slacks[*at].weight /= size;
            self.lp.cost[self.slacks[*at].col.get()] = self.slacks[*at].weight;
        }
    }

    /// The same without whole numbers.
    pub(super) fn relaxed(&self) -> Self {
        let mut relaxed = self.clone();
        relaxed.lp.integers.clear();
        relaxed
    }

    /// The same with some of its rows.
    pub(super) fn with_rows(&self, kept: impl Fn(Row) -> bool) -> Self {
        let mut lp = Lp::default();
        for (cost, bounds) in self.lp.cost.iter().zip(&self.lp.col_bounds) {
            lp.add_col(*cost, *bounds);
        }
        let mut rows: BTreeMap<Row, Row> = BTreeMap::new();
        for (row, bounds) in
            (0..).map(Row).zip(&self.lp.row_bounds).filter(|(row, _)| kept(*row))
        {
            self.lp.row(row).for_each(|(col, value)| lp.push_term(col, value));
            rows.insert(row, lp.finish_row(*bounds));
        }
        let mut some = Self { lp, ..self.clone() };
        for slack in &mut some.slacks {
            slack.places = (slack.places.iter())
                .filter_map(|(row, value)| Some((*rows.get(row)?, *value)))
                .collect();
        }
        some
    }

    /// Sets the range within which a number may give way, in steps of its column.
    pub(super) fn hold(&mut self, at: usize, most: f64) {
        let col = self.slacks[at].col.get();
        self.lp.col_bounds[col] = Bounds::between(0.0, most);
    }

    /// Solves it, from a basis of a program with the same rows where there is one.
    pub(super) fn solve(
        &self,
        start: Option<&Basis>,
        control: Control<'_>,
    ) -> Result<Optimum, SolveError> {
        let options = Options { start: start.cloned(), ..Options::default() };
        solve(&self.lp, &options, control)
    }

    /// The numbers that give way in a solution.
    pub(super) fn broken(&self, columns: &[f64]) -> Vec<usize> {
        let breaks = |at: &usize| columns[self.slacks[*at].col.get()] > ROUNDING;
        (0..self.slacks.len()).filter(breaks).collect()
    }

    /// The numbers that have a part in the price of a solution, least part first: with physics
    /// they prove that no plan keeps them all (Farkas' lemma).
    pub(super) fn support(&self, row_duals: &[f64]) -> Vec<usize> {
        let mut parts: Vec<(usize, f64)> = Vec::new();
        for (at, slack) in self.slacks.iter().enumerate() {
            let cost = self.lp.cost[slack.col.get()];
            if cost <= 0.0 {
                continue; // it may give way for nothing
            }
            let part: f64 =
                slack.places.iter().map(|(row, value)| row_duals[row.get()] * value).sum();
            if part > ROUNDING * cost {
                parts.push((at, part / cost));
            }
        }
        parts.sort_by(|a, b| a.1.total_cmp(&b.1));
        parts.into_iter().map(|(at, _)| at).collect()
    }

    /// What a number must become for a solution to keep it.
    pub(super) fn needed(&self, lp: &Lp, slack: &Slack, columns: &[f64]) -> f64 {
        if slack.slopes.is_empty() {
            let by = columns[slack.col.get()] * slack.step;
            return if slack.least { slack.number - by } else { slack.number + by };
        }
        let value = |terms: &mut dyn Iterator<Item = (Col, f64)>| -> f64 {
            terms.map(|(col, value)| value * columns[col.get()] * self.unit).sum()
        };
        let mut needed = slack.number;
        for (row, slope) in &slack.slopes {
            let slope = value(&mut slope.terms.iter().copied()) - slope.bound;
            let bounds = lp.row_bounds[row.get()];
            let side = if slack.least { bounds.lower } else { bounds.upper };
            let missing = side - value(&mut lp.row(*row));
            let broken = if slack.least { missing > 0.0 } else { missing < 0.0 };
            if broken && slope != 0.0 {
                let number = slack.number + missing / slope;
                needed = if slack.least { needed.min(number) } else { needed.max(number) };
            }
        }
        needed
    }
}

/// What a number counts as at first: its own size, or one of its unit if it is zero. A margin
/// counts as the firm capacity it asks for.
fn step(model: &Model, kind: RuleKind, number: f64) -> f64 {
    match kind {
        RuleKind::ReserveMargin(at, y) => match &model.reserves[at].requirement {
            ReserveRequirement::Firm { margin, .. }
            | ReserveRequirement::Load { margin, .. } => 1.0 + margin[y.get()],
            ReserveRequirement::Production { .. } => number,
        },
        // of so little a cap, what would be emitted without it is the size
        kind if kind.is_of_emissions() && number.abs() < 1e-3 => 1.0,
        _ if number == 0.0 => 1.0,
        _ => number.abs(),
    }
}
