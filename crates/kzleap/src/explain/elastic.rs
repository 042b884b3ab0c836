//! The program in which rules may be broken at a price.

use std::collections::BTreeMap;

use kzleap_formulation::{Formulation, RowKey};
use kzleap_lp::{Bounds, Col, Lp, Row};
use kzleap_solver::{Control, Options, SolveError, solve};

use super::rules::{Rule, Scope, of_bounds, of_row};
use super::{Move, Repair};

/// Numbers are divided so that none is larger: beyond it a solver's tolerances hide what is small.
const LARGEST: f64 = 1e6;
/// The size of a rule whose number is zero.
const OF_ZERO: f64 = 1e-3;
/// A share of its size below which a rule counts as kept, and a dual as none.
const ROUNDING: f64 = 1e-7;

/// A column by which a rule may be broken: in shares of its size.
#[derive(Clone)]
pub(super) struct Slack {
    pub(super) col: Col,
    pub(super) rule: Rule,
    raise: bool,
    number: f64,
    size: f64,
    /// What it moves in the program.
    of: Target,
    /// Rows of emissions that a lower demand moves with it, each with Mt for one of its unit.
    emits: Vec<(Row, f64)>,
}

#[derive(Clone, Copy)]
enum Target {
    Row(Row),
    Column(Col),
}

/// The program of a model with slacks; its columns come first, in their order.
#[derive(Clone)]
pub(super) struct Elastic {
    pub(super) lp: Lp,
    pub(super) slacks: Vec<Slack>,
    /// The rule of each row that has one.
    rules: Vec<Option<String>>,
    /// By what all bounds are divided, a power of two.
    unit: f64,
}

impl Elastic {
    pub(super) fn new(formulation: &Formulation<'_>, scope: Scope) -> Self {
        let lp = &formulation.lp;
        let sides = lp.row_bounds.iter().chain(&lp.col_bounds).flat_map(|b| [b.lower, b.upper]);
        let largest =
            sides.filter(|side| side.is_finite()).fold(1.0_f64, |a, b| a.max(b.abs()));
        let unit = (largest / LARGEST).max(1.0).log2().ceil().exp2();
        let (slacks, rules) = (Vec::new(), Vec::new());
        let mut elastic = Self { lp: Lp::default(), slacks, rules, unit };
        let mut bounded = Vec::new();
        for (col, key) in formulation.columns() {
            let bounds = lp.col_bounds[col.get()];
            let whole = lp.integers.binary_search(&col).is_ok();
            let rule = of_bounds(formulation, col, key, scope);
            let kept = match &rule {
                Some(_) if bounds.lower < 0.0 => Bounds::FREE,
                Some(_) => Bounds::NON_NEGATIVE,
                // whole numbers stay what they are
                None if whole => bounds,
                None => elastic.divided(bounds),
            };
            if whole {
                elastic.lp.add_integer_col(0.0, kept);
            } else {
                elastic.lp.add_col(0.0, kept);
            }
            bounded.extend(rule.map(|rule| (col, bounds, rule)));
        }
        for (row, key) in formulation.rows() {
            for (col, value) in lp.row(row) {
                let whole = lp.integers.binary_search(&col).is_ok();
                elastic.lp.push_term(col, if whole { value / unit } else { value });
            }
            elastic.couple_demand(formulation, row, key);
            let rule = of_row(formulation, row, key, scope);
            elastic.finish(lp.row_bounds[row.get()], rule, Target::Row(row));
        }
        for (col, bounds, rule) in bounded {
            let whole = lp.integers.binary_search(&col).is_ok();
            elastic.lp.push_term(col, if whole { 1.0 / unit } else { 1.0 });
            elastic.finish(bounds, Some(rule), Target::Column(col));
        }
        elastic
    }

    /// Demand that is lowered burns less: what its slacks take off a row of emissions.
    fn couple_demand(&mut self, formulation: &Formulation<'_>, row: Row, key: RowKey) {
        let RowKey::EmissionAccounting(e, r, y) = key else { return };
        for slack in self.slacks.iter_mut().filter(|slack| !slack.raise) {
            let Target::Row(balance) = slack.of else { continue };
            let (place, c) = match formulation.row_key(balance) {
                RowKey::CommodityBalance(place, c, _, year) if year == y => (place, c),
                RowKey::AnnualBalance(place, c, year) if year == y => (place, c),
                _ => continue,
            };
            if formulation.model.network.home(place) != r {
                continue;
            }
            let found =
                formulation.balances.iter().find(|b| (b.region, b.commodity) == (place, c));
            let Some(found) = found else { continue };
            // over the year, where a row of the year holds all demand
            let in_year = found.demand_at_any_time(formulation.model, y) > 0.0;
            let is_year = matches!(formulation.row_key(balance), RowKey::AnnualBalance(..));
            let all = found.emissions_of_demand(e, y);
            if all != 0.0 && in_year == is_year {
                let factor = all / found.demand_of_year(y);
                self.lp.push_term(slack.col, factor * slack.size / self.unit);
                slack.emits.push((row, factor));
            }
        }
    }

    fn divided(&self, bounds: Bounds) -> Bounds {
        Bounds::between(bounds.lower / self.unit, bounds.upper / self.unit)
    }

    /// Ends a row with the slacks of its rule.
    fn finish(&mut self, bounds: Bounds, rule: Option<Rule>, of: Target) {
        if let Some(rule) = &rule {
            if bounds.lower > bounds.upper {
                return self.finish_contradiction(bounds, rule, of);
            }
            for (number, raise) in [(bounds.lower, false), (bounds.upper, true)] {
                if !number.is_finite() {
                    continue;
                }
                let (col, share) = self.slack(rule, (number, raise), of);
                self.lp.push_term(col, if raise { -share } else { share });
            }
        }
        let bounds = self.divided(bounds);
        self.lp.finish_row(bounds);
        self.rules.push(rule.map(|rule| rule.name));
    }

    /// A column for breaking one side of a rule, and what one unit of it moves.
    fn slack(&mut self, rule: &Rule, (number, raise): (f64, bool), of: Target) -> (Col, f64) {
        let size = number.abs().max(OF_ZERO);
        let col = self.lp.add_col(rule.weight, Bounds::NON_NEGATIVE);
        let (rule, emits) = (rule.clone(), Vec::new());
        self.slacks.push(Slack { col, rule, raise, number, size, of, emits });
        (col, size / self.unit)
    }

    /// Ends a row that is to be at least one number and at most a smaller one.
    ///
    /// With `v` the sum of its terms: `v = lower - below + above`, and
    /// `below - above + excess ≥ lower - upper`, where `below` and `excess` break a side each.
    fn finish_contradiction(&mut self, bounds: Bounds, rule: &Rule, of: Target) {
        let (below, share_below) = self.slack(rule, (bounds.lower, false), of);
        let (excess, share_excess) = self.slack(rule, (bounds.upper, true), of);
        let above = self.lp.add_col(0.0, Bounds::NON_NEGATIVE);
        self.lp.push_term(below, share_below);
        self.lp.push_term(above, -1.0);
        let lower = bounds.lower / self.unit;
        self.lp.finish_row(Bounds::between(lower, lower));
        self.lp.push_term(below, share_below);
        self.lp.push_term(above, -1.0);
        self.lp.push_term(excess, share_excess);
        let gap = (bounds.lower - bounds.upper) / self.unit;
        self.lp.finish_row(Bounds::between(gap, f64::INFINITY));
        self.rules.extend([Some(rule.name.clone()), Some(rule.name.clone())]);
    }

    /// The same without whole numbers.
    pub(super) fn relaxed(&self) -> Self {
        let mut relaxed = self.clone();
        relaxed.lp.integers.clear();
        relaxed
    }

    /// Makes some rules so dear that others are broken first.
    pub(super) fn make_dear(&mut self, rules: &[String]) {
        for slack in &self.slacks {
            if rules.contains(&slack.rule.name) {
                self.lp.cost[slack.col.get()] *= 1e4;
            }
        }
    }

    /// The rules that conflict, and the cheapest repair.
    pub(super) fn solve(
        &self,
        control: Control<'_>,
    ) -> Result<(Vec<String>, Vec<Repair>), SolveError> {
        let optimum = solve(&self.lp, &Options::default(), control)?;
        let mut weight_of_rule: BTreeMap<&str, f64> = BTreeMap::new();
        for (row, rule) in self.rules.iter().enumerate() {
            let Some(rule) = rule else { continue };
            let dual = optimum.row_duals[row];
            let bounds = self.lp.row_bounds[row];
            let side = if dual > 0.0 { bounds.lower } else { bounds.upper };
            if dual.abs() * side.abs().max(OF_ZERO) > ROUNDING {
                *weight_of_rule.entry(rule).or_default() += (dual * side).abs();
            }
        }
        let mut conflict: Vec<_> = weight_of_rule.into_iter().collect();
        conflict.sort_by(|a, b| b.1.total_cmp(&a.1));
        let conflict = conflict.into_iter().map(|(rule, _)| rule.to_owned()).collect();
        Ok((conflict, self.repair(&optimum.columns)))
    }

    /// The rules that a solution breaks.
    pub(super) fn repair(&self, columns: &[f64]) -> Vec<Repair> {
        let mut repairs: Vec<Repair> = Vec::new();
        for slack in &self.slacks {
            let share = columns[slack.col.get()];
            if share <= ROUNDING {
                continue;
            }
            let by = share * slack.size;
            let mut changes = vec![match slack.of {
                Target::Row(row) => Move::Row(row, by),
                Target::Column(col) => Move::Column(col, by),
            }];
            changes
                .extend(slack.emits.iter().map(|(row, factor)| Move::Row(*row, factor * by)));
            let name = &slack.rule.name;
            match repairs.iter_mut().find(|r| r.rule == *name && r.raise == slack.raise) {
                // several slices of one demand: their sum
                Some(repair) => {
                    repair.by += by;
                    repair.from = repair.from.map(|from| from + slack.number);
                    repair.moves.extend(changes);
                }
                None => repairs.push(Repair {
                    rule: name.clone(),
                    raise: slack.raise,
                    by,
                    from: Some(slack.number),
                    unit: slack.rule.unit.clone(),
                    moves: changes,
                }),
            }
        }
        for repair in &mut repairs {
            if repair.rule.starts_with("demand") {
                repair.from = None; // the slices that are short are not the whole demand
            }
        }
        repairs
    }
}
