//! The linear program of several futures.

use std::collections::BTreeMap;

use kzleap_formulation::Formulation;
use kzleap_lp::{Bounds, Col, Lp, Row};

use super::{Criterion, FirstDecisions, decided_before};

/// The program of all futures, and where its parts stand.
pub(super) struct Program {
    pub(super) lp: Lp,
    /// Columns of first decisions, by name.
    first: BTreeMap<String, Col>,
    /// The row of the cost of each future, where the criterion needs one.
    cost_rows: Vec<Row>,
    /// The row that limits risk.
    limit: Option<Row>,
    /// The share of the objective that the criterion gives to probabilities.
    on_probability: f64,
}

impl Program {
    pub(super) fn new(
        formulations: &[Formulation<'_>],
        probability: &[f64],
        known: i32,
        criterion: &Criterion,
    ) -> Self {
        let on_probability = match criterion {
            Criterion::Expected | Criterion::RiskLimit { .. } => 1.0,
            Criterion::Risk { weight, .. } => 1.0 - weight,
            Criterion::LargestRegret { .. } | Criterion::LargestCost => 0.0,
        };
        let (lp, first) = (Lp::default(), BTreeMap::new());
        let mut program =
            Self { lp, first, cost_rows: Vec::new(), limit: None, on_probability };
        program.add_first(formulations, known);
        let mut costs = Vec::new();
        for (formulation, p) in formulations.iter().zip(probability) {
            costs.push(program.add_future(formulation, p * on_probability));
        }
        program.add_criterion(criterion, probability, &costs);
        program
    }

    /// One column for each first decision. What a future does not offer cannot be decided, and the
    /// narrowest bounds hold.
    fn add_first(&mut self, formulations: &[Formulation<'_>], known: i32) {
        let mut offered: BTreeMap<String, (Bounds, bool, usize)> = BTreeMap::new();
        for of in formulations {
            for (col, key) in of.columns() {
                if decided_before(of.model, &key, known) {
                    let bounds = of.lp.col_bounds[col.get()];
                    let whole = of.lp.integers.binary_search(&col).is_ok();
                    let known = offered.entry(key.name(of.model)).or_insert((bounds, whole, 0));
                    known.0.lower = known.0.lower.max(bounds.lower);
                    known.0.upper = known.0.upper.min(bounds.upper);
                    known.1 |= whole;
                    known.2 += 1;
                }
            }
        }
        for (name, (mut bounds, whole, count)) in offered {
            if count < formulations.len() {
                bounds = Bounds::exactly(0.0);
            }
            let col = match whole {
                true => self.lp.add_integer_col(0.0, bounds),
                false => self.lp.add_col(0.0, bounds),
            };
            self.first.insert(name, col);
        }
    }

    /// The columns and rows of a future, whose cost counts with a weight; returns its cost as terms
    /// and an offset.
    fn add_future(&mut self, of: &Formulation<'_>, weight: f64) -> (Vec<(Col, f64)>, f64) {
        let mut place = Vec::with_capacity(of.lp.num_cols());
        for (col, key) in of.columns() {
            let shared = self.first.get(&key.name(of.model));
            place.push(match shared {
                Some(shared) => *shared,
                None if of.lp.integers.binary_search(&col).is_ok() => {
                    self.lp.add_integer_col(0.0, of.lp.col_bounds[col.get()])
                }
                None => self.lp.add_col(0.0, of.lp.col_bounds[col.get()]),
            });
        }
        for (row, bounds) in (0..).map(Row).zip(&of.lp.row_bounds) {
            for (col, factor) in of.lp.row(row) {
                self.lp.push_term(place[col.get()], factor);
            }
            self.lp.finish_row(*bounds);
        }
        let cost: Vec<(Col, f64)> = (place.into_iter())
            .zip(of.lp.cost.iter().copied())
            .filter(|(_, cost)| *cost != 0.0)
            .collect();
        cost.iter().for_each(|(col, cost)| self.lp.cost[col.get()] += weight * cost);
        self.lp.cost_offset += weight * of.lp.cost_offset;
        (cost, of.lp.cost_offset)
    }

    fn add_criterion(
        &mut self,
        criterion: &Criterion,
        probability: &[f64],
        costs: &[(Vec<(Col, f64)>, f64)],
    ) {
        let free = Bounds::FREE;
        match criterion {
            Criterion::Expected => {}
            Criterion::Risk { level, weight } => {
                let tail = self.tail(*level, probability, costs);
                tail.iter().for_each(|(col, each)| self.lp.cost[col.get()] += weight * each);
            }
            Criterion::RiskLimit { level, most } => {
                let tail = self.tail(*level, probability, costs);
                tail.iter().for_each(|(col, each)| self.lp.push_term(*col, *each));
                self.limit = Some(self.lp.finish_row(Bounds::at_most(*most)));
            }
            Criterion::LargestRegret { best } => {
                let largest = self.lp.add_col(1.0, free);
                for ((terms, offset), best) in costs.iter().zip(best) {
                    self.cost_row(terms, &[largest], best - offset);
                }
            }
            Criterion::LargestCost => {
                let largest = self.lp.add_col(1.0, free);
                for (terms, offset) in costs {
                    self.cost_row(terms, &[largest], -offset);
                }
            }
        }
    }

    /// The conditional value at risk as terms: a level of cost, and how far each future is above
    /// it.
    fn tail(
        &mut self,
        level: f64,
        probability: &[f64],
        costs: &[(Vec<(Col, f64)>, f64)],
    ) -> Vec<(Col, f64)> {
        let at = self.lp.add_col(0.0, Bounds::FREE);
        let mut tail = vec![(at, 1.0)];
        for ((terms, offset), p) in costs.iter().zip(probability) {
            let above = self.lp.add_col(0.0, Bounds::NON_NEGATIVE);
            tail.push((above, p / (1.0 - level)));
            self.cost_row(terms, &[at, above], -offset);
        }
        tail
    }

    /// The cost of a future is no more than these columns and a number.
    fn cost_row(&mut self, terms: &[(Col, f64)], less: &[Col], most: f64) {
        terms.iter().for_each(|(col, cost)| self.lp.push_term(*col, *cost));
        less.iter().for_each(|col| self.lp.push_term(*col, -1.0));
        self.cost_rows.push(self.lp.finish_row(Bounds::at_most(most)));
    }

    /// The first decisions of a plan.
    pub(super) fn first(&self, columns: &[f64]) -> FirstDecisions {
        self.first.iter().map(|(name, col)| (name.clone(), columns[col.get()])).collect()
    }

    /// How much each future counts, and what the limit on risk costs.
    pub(super) fn weights(&self, duals: &[f64], probability: &[f64]) -> (Vec<f64>, f64) {
        let of_row = |at: usize| self.cost_rows.get(at).map_or(0.0, |row| -duals[row.get()]);
        let weight = |(at, p): (usize, &f64)| self.on_probability * p + of_row(at);
        let price = self.limit.map_or(0.0, |row| -duals[row.get()]);
        let weights: Vec<f64> = probability.iter().enumerate().map(weight).collect();
        (weights, price)
    }
}
