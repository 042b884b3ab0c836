//! Which rules hold a plan back, and what each costs.
//!
//! A number `n` of a rule changes the least cost at the rate `dual · (∂bound/∂n − Σ ∂a/∂n · x)` of its row
//! (Milgrom and Segal 2002, Econometrica 70, 583), and a bound of a column at that of its reduced cost.
//! Several rows of one number add up.

use std::collections::BTreeMap;

use kzleap_accounts::owners::{Owner, owners};
use kzleap_formulation::{Enters, Formulation, Full, RowKey, RuleKind};
use kzleap_lp::{Col, Row};
use kzleap_model::finance::Convention;
use kzleap_model::{Binding, CapacityIx, Link, NodeIx, ProcessIx, RegionIx, YearIx, stated};

use crate::explain::factors::{self, Slope};
use crate::explain::places::place;

/// A dual or reduced cost this small beside what it could be is rounding.
const ROUNDING: f64 = 1e-9;

/// By row, what a number that multiplies columns does to it.
pub(crate) type Slopes = BTreeMap<Row, Slope>;

/// What a rule that binds is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Subject {
    /// A number that the modeller states.
    Number(RuleKind),
    /// What can do no more.
    Full(Full),
}

/// What numbers do to the rows they are factors of, where one of these binds.
pub(crate) fn slopes(formulation: &Formulation<'_>, row_duals: &[f64]) -> Slopes {
    let is_factor = |(row, key): (Row, RowKey)| {
        row_duals[row.get()] != 0.0
            && matches!(key.number(formulation, row), Some((_, Enters::Factor)))
    };
    if formulation.rows().any(is_factor) { factors::slopes(formulation) } else { Slopes::new() }
}

/// Every rule that the plan is at, most worth first. Balances of commodities and the capacity of plants
/// have their prices elsewhere.
pub(crate) fn binding(
    formulation: &Formulation<'_>,
    slopes: &Slopes,
    columns: &[f64],
    row_duals: &[f64],
) -> Vec<Binding> {
    let owners = owners(formulation.model);
    let found = Found { formulation, owners, slopes, columns, row_duals };
    let mut all: Vec<Binding> = (found.rates().into_iter())
        .map(|((subject, year), rate)| found.said(subject, year, rate))
        .collect();
    all.sort_by(|one, other| {
        other.worth.total_cmp(&one.worth).then(other.price.total_cmp(&one.price))
    });
    all
}

struct Found<'a, 'm> {
    formulation: &'a Formulation<'m>,
    /// Whose each capacity is.
    owners: Vec<Owner<'m>>,
    slopes: &'a Slopes,
    columns: &'a [f64],
    row_duals: &'a [f64],
}

/// What one unit more of a number adds to the cost, MUSD as present value.
type Rates = BTreeMap<(Subject, Option<YearIx>), f64>;

impl Found<'_, '_> {
    fn rates(&self) -> Rates {
        let mut rates = Rates::new();
        let largest = self.row_duals.iter().fold(0.0_f64, |most, dual| most.max(dual.abs()));
        for (row, key) in self.formulation.rows() {
            let dual = self.row_duals[row.get()];
            if dual.abs() <= ROUNDING * largest {
                continue;
            }
            if let Some((subject, year, moves)) = self.of_row(row, key) {
                *rates.entry((subject, year)).or_default() += dual * moves;
            }
        }
        for (of, rate) in self.of_columns() {
            *rates.entry(of).or_default() += rate;
        }
        rates.retain(|_, rate| *rate != 0.0);
        rates
    }

    /// What a row is a rule of, when, and by how much its bound moves for one unit of the number.
    fn of_row(&self, row: Row, key: RowKey) -> Option<(Subject, Option<YearIx>, f64)> {
        let model = self.formulation.model;
        if let Some((kind, enters)) = key.number(self.formulation, row) {
            let moves = match enters {
                Enters::Bound(per) => per,
                Enters::Factor => {
                    let slope = self.slopes.get(&row)?;
                    slope.bound - self.sum(slope.terms.iter().copied())
                }
            };
            let year = kind.facts(model)?.year; // of none: one number for all years
            let stated = !matches!(kind, RuleKind::Demand(..));
            return stated.then_some((Subject::Number(kind), year, moves));
        }
        let (full, year, moved) = key.full(self.formulation, row)?;
        Some((Subject::Full(full), Some(year), moved))
    }

    fn sum(&self, terms: impl Iterator<Item = (Col, f64)>) -> f64 {
        terms.map(|(col, value)| value * self.columns[col.get()]).sum()
    }

    /// Bounds of columns that numbers of the model set.
    fn of_columns(&self) -> Vec<((Subject, Option<YearIx>), f64)> {
        let lp = &self.formulation.lp;
        let mut reduced = lp.cost.clone();
        let mut sizes: Vec<f64> = lp.cost.iter().map(|cost| cost.abs()).collect();
        for (row, dual) in (0..).map(Row).zip(self.row_duals).filter(|(_, dual)| **dual != 0.0)
        {
            for (col, factor) in lp.row(row) {
                reduced[col.get()] -= factor * dual;
                sizes[col.get()] += (factor * dual).abs();
            }
        }
        let mut found = Vec::new();
        for (col, key) in self.formulation.columns() {
            let (cost, bounds) = (reduced[col.get()], lp.col_bounds[col.get()]);
            let at_bound =
                if cost > 0.0 { bounds.lower > 0.0 } else { bounds.upper < f64::INFINITY };
            if cost.abs() <= ROUNDING * sizes[col.get()] || !at_bound {
                continue;
            }
            let Some((kind, Enters::Bound(per))) = key.number(self.formulation.model) else {
                continue;
            };
            let year = kind.facts(self.formulation.model).and_then(|facts| facts.year);
            found.push(((Subject::Number(kind), year), cost * per));
        }
        found
    }

    /// What is said of a rule: a number that costs something the larger it is, is a least.
    fn said(&self, subject: Subject, year: Option<YearIx>, rate: f64) -> Binding {
        let model = self.formulation.model;
        let least = rate > 0.0;
        let Stated { kind, limit, unit, path } = self.stated(subject, year, least);
        let Named { name, label, region, node, discounted_in } = self.named(subject);
        let a_year = year.map_or(1.0, |y| model.flow_present_value(discounted_in, y));
        Binding {
            kind,
            name,
            label,
            least,
            region,
            node,
            year,
            limit: limit + 0.0,
            unit,
            price: rate.abs() / a_year,
            worth: rate.abs() * limit.abs(),
            path,
        }
    }

    fn stated(&self, subject: Subject, year: Option<YearIx>, least: bool) -> Stated {
        let model = self.formulation.model;
        let at = year.map_or(0, YearIx::get);
        let folder = matches!(model.finance.convention, Convention::Annuity);
        let of_capacity = |kind, k: CapacityIx, path: String| Stated {
            kind,
            limit: year
                .and_then(|y| self.formulation.vars.capacity(k, y))
                .map_or(0.0, |var| self.columns[var.col.get()]),
            unit: model.capacities[k].unit.text().to_owned(),
            path: folder.then_some(path),
        };
        match subject {
            Subject::Number(kind) => {
                let facts = kind.facts(model);
                Stated {
                    kind: facts.as_ref().map_or("", |facts| facts.word),
                    limit: facts.as_ref().map_or(0.0, |facts| facts.value.of(least)),
                    unit: facts.map_or_else(String::new, |facts| facts.unit),
                    path: place(model, kind, least).path,
                }
            }
            Subject::Full(Full::Link(l, _)) => {
                let Link { name, capacity, .. } = &model.links[l];
                let path = format!("{}.{name}", stated::LINKS);
                let k = capacity.unwrap_or_else(|| CapacityIx::new(0));
                of_capacity("link_capacity", k, path)
            }
            Subject::Full(Full::Storage(z)) => {
                let storage = &model.storages[z];
                let path = format!("{}.{}", stated::STORAGES, storage.name);
                of_capacity("storage_size", storage.capacity, path)
            }
            Subject::Full(Full::SubsidyBudget(budget)) => Stated {
                kind: "subsidy_budget",
                limit: model.support.budgets[budget].limit[at].unwrap_or(0.0),
                unit: format!("M{}", model.currency),
                path: None,
            },
        }
    }

    /// What a rule is of, with its label and region.
    fn named(&self, subject: Subject) -> Named {
        let model = self.formulation.model;
        let of = |name: &str, label: &str, region: Option<RegionIx>, rate: RegionIx| Named {
            name: name.to_owned(),
            label: label.to_owned(),
            region,
            node: None,
            discounted_in: rate,
        };
        let of_process = |p: ProcessIx, node: Option<NodeIx>| {
            let process = &model.processes[p];
            let node = node.map(|node| model.time.node_name(process.tier, node).to_owned());
            let region = process.region;
            Named { node, ..of(&process.name, &process.label, Some(region), region) }
        };
        let of_capacity = |k: CapacityIx| {
            let (capacity, label) = (&model.capacities[k], self.owners[k.get()].label);
            of(&capacity.name, label, Some(capacity.region), capacity.region)
        };
        match subject {
            Subject::Number(kind) => {
                let rate = kind.discounted_in(model);
                let rule = |name: &str| of(name, name, None, rate);
                match kind {
                    RuleKind::MinimumLoad(p, node, _) => of_process(p, node),
                    RuleKind::AnnualMinimumLoad(p, _) | RuleKind::Ramp(p) => {
                        of_process(p, None)
                    }
                    RuleKind::GrowthSeed(k)
                    | RuleKind::Capacity(k, _)
                    | RuleKind::NewCapacity(k, _) => of_capacity(k),
                    RuleKind::ActivityLimit(at, _) => {
                        let limit = &model.activity_limits[at];
                        let processes =
                            || limit.processes.iter().map(|(p, _)| &model.processes[*p]);
                        let one = processes().all(|process| process.region == rate);
                        let own = processes().find(|process| process.name == limit.name);
                        let label = own.map_or(limit.name.as_str(), |process| &process.label);
                        of(&limit.name, label, one.then_some(rate), rate)
                    }
                    RuleKind::CapacityLimit(at, _) => rule(&model.capacity_limits[at].name),
                    RuleKind::Share(at, _) => rule(&model.shares[at].name),
                    RuleKind::ReserveMargin(at, _) => rule(&model.reserves[at].name),
                    RuleKind::EmissionCap(at, _) => rule(&model.emission_caps[at].name),
                    RuleKind::Allowances(at, _) => {
                        let scheme = &model.trading[at];
                        of(&scheme.name, &scheme.label, None, rate)
                    }
                    RuleKind::UserRow(at) => rule(&model.user_rows[at].name),
                    RuleKind::Demand(_, c, _) => rule(&model.commodities[c].name),
                    RuleKind::Row(_) | RuleKind::Bounds(_) => rule(""),
                }
            }
            Subject::Full(Full::Link(l, direction)) => {
                let link = &model.links[l];
                let from = if direction == 0 { link.from } else { link.to };
                of(&link.name, &link.name, Some(from), link.from)
            }
            Subject::Full(Full::Storage(z)) => of_capacity(model.storages[z].capacity),
            Subject::Full(Full::SubsidyBudget(at)) => {
                let budget = &model.support.budgets[at];
                let of_first = budget.subsidies.first().map(|at| &model.support.subsidies[*at]);
                let rate = of_first.map(|first| model.capacities[first.capacity].region);
                of(&budget.name, &budget.name, None, rate.unwrap_or_else(|| RegionIx::new(0)))
            }
        }
    }
}

/// A number, in the unit the model keeps.
struct Stated {
    kind: &'static str,
    limit: f64,
    unit: String,
    path: Option<String>,
}

struct Named {
    name: String,
    label: String,
    region: Option<RegionIx>,
    node: Option<String>,
    discounted_in: RegionIx,
}
