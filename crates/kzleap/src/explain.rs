//! Why no plan respects all constraints together, and what would mend it.
//!
//! The rules that a modeller states (demands, caps, limits, shares, margins, obligations) are
//! made elastic: each may be broken at a price relative to its size, while physics (capacity,
//! storage, losses) stays. The cheapest break is the smallest repair. The rules whose dual value
//! is not zero in that program are those that conflict: together with physics they prove that
//! there is no plan (Farkas' lemma on the program without costs).

use std::collections::BTreeMap;

use kzleap_formulation::{ColumnKey, Formulation, RowKey, formulate};
use kzleap_lp::{Bounds, Col, Lp, Row};
use kzleap_model::{Model, YearIx};
use kzleap_solver::{Control, Options, SolveError, solve};

/// What stands in the way of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// Rules that cannot hold together, most telling first.
    pub conflict: Vec<String>,
    /// The cheapest repair first, then an alternative that leaves its rules alone.
    pub repairs: Vec<Vec<Repair>>,
}

/// One rule that would have to give way.
#[derive(Clone, Debug, PartialEq)]
pub struct Repair {
    /// The rule, as in `emission_cap national 2060`.
    pub rule: String,
    /// Whether its number would have to rise (a limit) or fall (a demand, an obligation).
    pub raise: bool,
    /// By how much, in the unit of the rule.
    pub by: f64,
    /// The number as it stands, where the rule has one.
    pub from: Option<f64>,
    /// The unit of `by` and `from`.
    pub unit: &'static str,
    /// What that means for the program: bounds of rows and columns that move, and by how much.
    pub moves: Vec<Move>,
}

/// A bound of the program that a [`Repair`] moves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Move {
    /// The upper (if raised) or lower bound of a row.
    Row(Row, f64),
    /// The upper (if raised) or lower bound of a column.
    Column(Col, f64),
}

impl Repair {
    /// Moves the bounds of a program as the repair says.
    pub fn apply(&self, lp: &mut Lp) {
        for change in &self.moves {
            let (bounds, by) = match change {
                Move::Row(row, by) => (&mut lp.row_bounds[row.get()], by),
                Move::Column(col, by) => (&mut lp.col_bounds[col.get()], by),
            };
            let equal = bounds.lower == bounds.upper;
            if self.raise || equal {
                bounds.upper += by;
            }
            if !self.raise || equal {
                bounds.lower -= by;
            }
        }
    }

    /// The repair as a sentence.
    pub fn text(&self) -> String {
        let verb = if self.raise { "raise" } else { "lower" };
        let to = self.from.map_or_else(String::new, |from| {
            let to = if self.raise { from + self.by } else { from - self.by };
            format!(" from {} to {}", short(from), short(to))
        });
        format!("{verb} {} by {} {}{to}", self.rule, short(self.by), self.unit)
    }
}

fn short(value: f64) -> String {
    let digits = if value.abs() >= 100.0 {
        1
    } else if value.abs() >= 1.0 {
        3
    } else {
        6
    };
    let text = format!("{value:.digits$}");
    match text.trim_end_matches('0').trim_end_matches('.') {
        "-0" => "0".to_owned(),
        short => short.to_owned(),
    }
}

/// Explains an infeasible model.
///
/// # Errors
/// [`SolveError`] if the elastic program cannot be solved either; [`SolveError::Infeasible`] then
/// means that physics alone has no plan.
pub fn explain(model: &Model, control: Control<'_>) -> Result<Explanation, SolveError> {
    let formulation = formulate(model);
    let mut elastic = Elastic::new(&formulation);
    let (conflict, first) = elastic.solve(control)?;
    let mut repairs = vec![first];
    // an alternative: leave the rules of the cheapest repair alone
    let used: Vec<String> = repairs[0].iter().map(|repair| repair.rule.clone()).collect();
    for slack in &mut elastic.slacks {
        if used.contains(&slack.rule) {
            elastic.lp.cost[slack.col.get()] *= 1e4;
        }
    }
    let (_, second) = elastic.solve(control)?;
    let other = second.iter().all(|repair| !used.contains(&repair.rule));
    if other && !second.is_empty() {
        repairs.push(second);
    }
    Ok(Explanation { conflict, repairs })
}

/// A column by which a rule may be broken.
struct Slack {
    col: Col,
    rule: String,
    raise: bool,
    number: f64,
    unit: &'static str,
    /// What it moves in the program: a row, or a column's bound.
    of: Target,
}

#[derive(Clone, Copy)]
enum Target {
    Row(Row),
    Column(Col),
}

struct Elastic {
    lp: Lp,
    slacks: Vec<Slack>,
    /// The rule of each row that has one.
    rules: Vec<Option<String>>,
}

impl Elastic {
    fn new(formulation: &Formulation<'_>) -> Self {
        let mut elastic = Self { lp: Lp::default(), slacks: Vec::new(), rules: Vec::new() };
        elastic.add_columns(formulation);
        elastic.add_rows(formulation);
        elastic.add_bounds(formulation);
        elastic
    }

    fn add_columns(&mut self, formulation: &Formulation<'_>) {
        for (col, key) in formulation.columns() {
            let bounds = formulation.lp.col_bounds[col.get()];
            let bounds = if is_capacity(key) { Bounds::NON_NEGATIVE } else { bounds };
            self.lp.add_col(0.0, bounds);
        }
        // slack columns come after, so that columns keep their positions
        for (row, key) in formulation.rows() {
            let bounds = formulation.lp.row_bounds[row.get()];
            if let Some((rule, unit, weight)) = rule_of(formulation.model, key) {
                self.add_slacks(&rule, unit, weight, bounds, Target::Row(row));
            }
        }
        for (col, key) in formulation.columns().filter(|(_, key)| is_capacity(*key)) {
            let bounds = formulation.lp.col_bounds[col.get()];
            if let Some((rule, unit)) = bound_rule(formulation.model, key, bounds) {
                self.add_slacks(&rule, unit, 1.0, bounds, Target::Column(col));
            }
        }
    }

    fn add_slacks(
        &mut self,
        rule: &str,
        unit: &'static str,
        weight: f64,
        bounds: Bounds,
        of: Target,
    ) {
        for (number, raise) in [(bounds.lower, false), (bounds.upper, true)] {
            if number.is_finite() {
                let cost = weight / number.abs().max(1e-3);
                let col = self.lp.add_col(cost, Bounds::NON_NEGATIVE);
                let rule = rule.to_owned();
                self.slacks.push(Slack { col, rule, raise, number, unit, of });
            }
        }
    }

    fn add_rows(&mut self, formulation: &Formulation<'_>) {
        let mut slack = 0;
        for (row, key) in formulation.rows() {
            for (col, value) in formulation.lp.row(row) {
                self.lp.push_term(col, value);
            }
            let bounds = formulation.lp.row_bounds[row.get()];
            let rule = rule_of(formulation.model, key).map(|(rule, ..)| rule);
            if rule.is_some() {
                slack = self.push_slacks(slack, bounds);
            }
            self.lp.finish_row(bounds);
            self.rules.push(rule);
        }
    }

    fn add_bounds(&mut self, formulation: &Formulation<'_>) {
        let mut slack = self.slacks.len();
        // the slacks of bounds are the last ones
        let rules: Vec<_> = formulation
            .columns()
            .filter(|(_, key)| is_capacity(*key))
            .filter_map(|(col, key)| {
                let bounds = formulation.lp.col_bounds[col.get()];
                let (rule, _) = bound_rule(formulation.model, key, bounds)?;
                Some((col, bounds, rule))
            })
            .collect();
        for (_, bounds, _) in &rules {
            slack -=
                usize::from(bounds.lower.is_finite()) + usize::from(bounds.upper.is_finite());
        }
        for (col, bounds, rule) in rules {
            self.lp.push_term(col, 1.0);
            slack = self.push_slacks(slack, bounds);
            self.lp.finish_row(bounds);
            self.rules.push(Some(rule));
        }
    }

    fn push_slacks(&mut self, mut slack: usize, bounds: Bounds) -> usize {
        for (number, sign) in [(bounds.lower, 1.0), (bounds.upper, -1.0)] {
            if number.is_finite() {
                self.lp.push_term(self.slacks[slack].col, sign);
                slack += 1;
            }
        }
        slack
    }

    /// The rules that conflict, and the cheapest repair.
    fn solve(&self, control: Control<'_>) -> Result<(Vec<String>, Vec<Repair>), SolveError> {
        let optimum = solve(&self.lp, &Options::default(), control)?;
        let mut weight_of_rule: BTreeMap<&str, f64> = BTreeMap::new();
        for (row, rule) in self.rules.iter().enumerate() {
            let dual = optimum.row_duals[row];
            if let Some(rule) = rule.as_ref().filter(|_| dual.abs() > 1e-9) {
                let bounds = self.lp.row_bounds[row];
                let side = if dual > 0.0 { bounds.lower } else { bounds.upper };
                *weight_of_rule.entry(rule).or_default() += (dual * side).abs();
            }
        }
        let mut conflict: Vec<_> = weight_of_rule.into_iter().collect();
        conflict.sort_by(|a, b| b.1.total_cmp(&a.1));
        let conflict = conflict.into_iter().map(|(rule, _)| rule.to_owned()).collect();

        let mut repairs: Vec<Repair> = Vec::new();
        for slack in &self.slacks {
            let by = optimum.columns[slack.col.get()];
            if by <= 1e-7 * (1.0 + slack.number.abs()) {
                continue;
            }
            let change = match slack.of {
                Target::Row(row) => Move::Row(row, by),
                Target::Column(col) => Move::Column(col, by),
            };
            match repairs.iter_mut().find(|r| r.rule == slack.rule && r.raise == slack.raise) {
                // several slices of one demand: their sum
                Some(repair) => {
                    repair.by += by;
                    repair.from = repair.from.map(|from| from + slack.number);
                    repair.moves.push(change);
                }
                None => repairs.push(Repair {
                    rule: slack.rule.clone(),
                    raise: slack.raise,
                    by,
                    from: Some(slack.number),
                    unit: slack.unit,
                    moves: vec![change],
                }),
            }
        }
        for repair in &mut repairs {
            if repair.rule.starts_with("demand") {
                repair.from = None; // the slices that are short are not the whole demand
            }
        }
        Ok((conflict, repairs))
    }
}

const fn is_capacity(key: ColumnKey) -> bool {
    matches!(key, ColumnKey::Capacity(..) | ColumnKey::NewCapacity(..))
}

/// The rule a bound of a capacity states, with its unit; `None` if it states none.
fn bound_rule(model: &Model, key: ColumnKey, bounds: Bounds) -> Option<(String, &'static str)> {
    if bounds.lower <= 0.0 && bounds.upper == f64::INFINITY {
        return None;
    }
    let (what, k, y) = match key {
        ColumnKey::Capacity(k, y) => ("capacity", k, y),
        ColumnKey::NewCapacity(k, y) => ("new capacity", k, y),
        _ => return None,
    };
    let capacity = &model.capacities[k];
    let region = &model.regions[capacity.region].name;
    let year = model.time.years[y].milestone;
    Some((format!("{what} limit of {} in {region} {year}", capacity.name), "GW"))
}

/// The rule a row states, its unit, and the price of breaking it by its own size; `None` if the
/// row is physics.
fn rule_of(model: &Model, key: RowKey) -> Option<(String, &'static str, f64)> {
    let year = |y: YearIx| model.time.years[y].milestone;
    let process = |p: kzleap_model::ProcessIx| {
        let process = &model.processes[p];
        format!("{} in {}", process.name, model.regions[process.region].name)
    };
    Some(match key {
        RowKey::CommodityBalance(r, c, _, y) | RowKey::AnnualBalance(r, c, y) => {
            let (r, c) = (&model.regions[r].name, &model.commodities[c].name);
            (format!("demand of {c} in {r} {}", year(y)), "PJ", 10.0)
        }
        RowKey::MinimumLoad(p, _, y) => {
            (format!("minimum load of {} {}", process(p), year(y)), "PJ", 1.0)
        }
        RowKey::RampUp(p, _, y) | RowKey::RampDown(p, _, y) => {
            (format!("ramp of {} {}", process(p), year(y)), "PJ/h", 1.0)
        }
        RowKey::GrowthLimit(k, y) => {
            let name = &model.capacities[k].name;
            let region = &model.regions[model.capacities[k].region].name;
            (format!("growth limit of {name} in {region} {}", year(y)), "GW/a", 1.0)
        }
        RowKey::ActivityLimit(at, y) => {
            let name = &model.activity_limits[at].name;
            let when = y.map_or_else(|| "over the horizon".to_owned(), |y| year(y).to_string());
            (format!("activity limit {name} {when}"), "PJ", 1.0)
        }
        RowKey::CapacityLimit(at, y) => (
            format!("capacity limit {} {}", model.capacity_limits[at].name, year(y)),
            "GW",
            1.0,
        ),
        RowKey::Share(at, y) => {
            (format!("share {} {}", model.shares[at].name, year(y)), "PJ", 1.0)
        }
        RowKey::ReserveMargin(at, _, y) => {
            (format!("reserve margin {} {}", model.reserves[at].name, year(y)), "GW", 1.0)
        }
        RowKey::EmissionCap(at, y) => {
            let when = y.map_or_else(|| "budget".to_owned(), |y| year(y).to_string());
            (format!("emission cap {} {when}", model.emission_caps[at].name), "Mt", 1.0)
        }
        RowKey::UserRow(at) => (format!("rule {}", model.user_rows[at].name), "", 1.0),
        _ => return None,
    })
}
