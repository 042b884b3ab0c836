//! The exact curve of the least cost against the limits of caps on emissions, moved together.
//!
//! Along a line of right-hand sides the least cost is convex and made of straight lines. The cost and
//! the duals of a plan are a line that supports the curve. Two such lines cross at the one corner
//! between their points, or below the curve: then the point of the curve there has a line that lies
//! between (Cohon, Church and Sheer 1979, Water Resources Research 15, 1001). So a curve of `n`
//! corners takes about `2 n` programs, each from the basis of the nearest.

use kzleap_formulation::{ColumnKey, Formulation, RowKey, RuleKind, formulate};
use kzleap_lp::mps::Names as _;
use kzleap_lp::{Bounds, Lp, Row};
use kzleap_model::policy::{CapWindow, EmissionCapIx};
use kzleap_model::{Model, Solution, YearIx};
use kzleap_solver::{Basis, Control, Options, SolveError, solve};

use crate::plan::fits;
use crate::{Event, Events};

mod measures;

pub use measures::{Measure, MeasureKind, measures};

/// What two costs may differ by and be the same, relative to all costs and earnings.
const SAME: f64 = 1e-9;

/// A limit on emissions that is moved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MovedLimit {
    /// Of which cap.
    pub cap: EmissionCapIx,
    /// In which milestone year; `None` is a budget over years.
    pub year: Option<YearIx>,
    /// What it is at the beginning, in the unit of the cap: a year, or in all of a budget.
    pub from: f64,
    /// What it is at the end.
    pub to: f64,
}

/// A point of the curve: a corner, or one of its ends.
#[derive(Clone, Debug)]
pub struct Breakpoint {
    /// How much of the way from the first limits to the last is gone, from 0 to 1.
    pub part: f64,
    /// The least cost there, millions of the base year.
    pub cost: f64,
    /// A plan of that cost. Between two breakpoints any mixture of their plans is one of least cost.
    pub solution: Solution,
}

/// The least cost by limits that are moved together.
#[derive(Clone, Debug)]
pub struct CostCurve {
    /// The limits that are moved.
    pub moved: Vec<MovedLimit>,
    /// Both ends and every corner between, in the order of the way; straight lines join them.
    pub breakpoints: Vec<Breakpoint>,
    /// How many programs were solved.
    pub solves: usize,
    /// How far below the lines the least cost may be, millions; 0 where the curve is exact.
    pub error: f64,
    /// Whether every plan is certified to be of least cost.
    pub certified: bool,
}

/// Why there is no curve.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoCurve {
    /// What is moved is not the right-hand side of a cap alone, in words.
    #[error("{0}")]
    NotOfLimits(String),
    /// There is no plan at the beginning (0) or at the end (1) of the way.
    #[error("{1}")]
    AtEnd(usize, SolveError),
    /// The solver was stopped between.
    #[error(transparent)]
    Stopped(SolveError),
}

impl MovedLimit {
    /// The limit after a part of the way.
    pub fn at(&self, part: f64) -> f64 {
        between(self.from, self.to, part)
    }

    /// What one unit less of the limit costs where the least cost has a slope, in millions for the
    /// whole way. Of a year in money of that year, of a budget as present value.
    pub fn marginal_cost(&self, model: &Model, slope: f64) -> f64 {
        let region = RuleKind::EmissionCap(self.cap, self.year).discounted_in(model);
        let a_year = self.year.map_or(1.0, |y| model.flow_present_value(region, y));
        -slope / (self.to - self.from) / a_year
    }
}

impl CostCurve {
    /// The slope between each breakpoint and the next, millions of the base year for the whole way.
    pub fn slopes(&self) -> Vec<f64> {
        let slope =
            |pair: &[Breakpoint]| (pair[1].cost - pair[0].cost) / (pair[1].part - pair[0].part);
        self.breakpoints.windows(2).map(slope).collect()
    }
}

/// The curve between two models that differ in limits of caps alone, with at most so many solves
/// (two or more).
///
/// # Errors
/// [`NoCurve`]: the models differ in something else, there are whole units, or there is no plan.
pub fn cost_curve(
    ends: [&Model; 2],
    most_solves: usize,
    options: &Options,
    events: &Events<'_>,
) -> Result<CostCurve, NoCurve> {
    events.happens(Event::Solving);
    let mut formulation = formulate(ends[0]);
    let to = formulate(ends[1]);
    let moved = moved(&formulation, &to).map_err(NoCurve::NotOfLimits)?;
    let bounds = [formulation.lp.row_bounds.clone(), to.lp.row_bounds];
    let way =
        Way { bounds, rows: moved.iter().map(|(row, _)| *row).collect(), options, events };
    let mut points = Vec::new();
    for end in [0, 1] {
        fits(&formulation).map_err(|error| NoCurve::AtEnd(end, error))?;
        let start = points.first().and_then(|first: &Point| first.basis.clone());
        let found = way.solve(&mut formulation, end as f64, start);
        points.push(found.map_err(|error| error.at_end(end))?);
    }
    let error = loop {
        let (gap, crossing) = widest(&points);
        let Some(crossing) = crossing.filter(|_| points.len() < most_solves) else { break gap };
        let pair = &points[crossing.after..crossing.after + 2];
        let nearer = usize::from(crossing.part - pair[0].part > pair[1].part - crossing.part);
        let start = pair[nearer].basis.clone();
        let point = way.solve(&mut formulation, crossing.part, start)?;
        points.insert(crossing.after + 1, point);
        events.happens(Event::Log(&format!("{} points of the curve", points.len())));
    };
    let certified = points.iter().all(|point| point.certified);
    let solves = points.len();
    let read_back = |point: Point| Breakpoint {
        part: point.part,
        cost: point.cost,
        solution: formulation.read_back(point.cost, &point.columns, &point.row_duals),
    };
    let breakpoints = corners(points).into_iter().map(read_back).collect();
    let moved = moved.into_iter().map(|(_, limit)| limit).collect();
    Ok(CostCurve { moved, breakpoints, solves, error, certified })
}

/// Rows whose right-hand sides differ between two programs, with what they are limits of; in words,
/// if anything else differs.
fn moved(
    from: &Formulation<'_>,
    to: &Formulation<'_>,
) -> Result<Vec<(Row, MovedLimit)>, String> {
    if !from.lp.integers.is_empty() {
        return Err(
            "the model builds in whole units, with which the least cost is no curve of \
                    straight lines: `kzleap sweep` shows it point by point"
                .to_owned(),
        );
    }
    if !same_but_right_hand_sides(from, to) {
        return Err(
            "more than limits of caps on emissions is moved: `kzleap sweep` shows the cost \
                    point by point"
                .to_owned(),
        );
    }
    let mut moved = Vec::new();
    for (row, key) in from.rows() {
        let (old, new) = (from.lp.row_bounds[row.get()], to.lp.row_bounds[row.get()]);
        if old == new {
            continue;
        }
        let RowKey::EmissionCap(key) = key else {
            return Err(format!(
                "`{}` is moved, which is no limit of `emission_caps`: `kzleap sweep` shows the \
                 cost point by point",
                from.row(row)
            ));
        };
        let limit = |model: &Model| match (&model.emission_caps[key.cap].window, key.year) {
            (CapWindow::EachYear(limits), Some(y)) => limits[y.get()].unwrap_or(0.0),
            (CapWindow::Budget { limit, .. }, _) => *limit,
            (CapWindow::EachYear(_), None) => 0.0,
        };
        let (from, to) = (limit(from.model), limit(to.model));
        moved.push((row, MovedLimit { cap: key.cap, year: key.year, from, to }));
    }
    if moved.is_empty() {
        return Err(
            "no limit of a cap on emissions is moved: from and to are the same".to_owned()
        );
    }
    Ok(moved)
}

fn same_but_right_hand_sides(from: &Formulation<'_>, to: &Formulation<'_>) -> bool {
    let columns =
        |of: &Formulation<'_>| -> Vec<ColumnKey> { of.columns().map(|(_, key)| key).collect() };
    let rows =
        |of: &Formulation<'_>| -> Vec<RowKey> { of.rows().map(|(_, key)| key).collect() };
    let (a, b) = (&from.lp, &to.lp);
    a.cost == b.cost
        && a.cost_offset.to_bits() == b.cost_offset.to_bits()
        && a.col_bounds == b.col_bounds
        && a.starts == b.starts
        && a.cols == b.cols
        && a.values == b.values
        && columns(from) == columns(to)
        && rows(from) == rows(to)
}

/// A solved point with the line that supports the curve there.
struct Point {
    part: f64,
    cost: f64,
    slope: f64,
    /// What counts as no difference of costs.
    same: f64,
    columns: Vec<f64>,
    row_duals: Vec<f64>,
    basis: Option<Basis>,
    certified: bool,
}

/// Where two supporting lines cross.
struct Crossing {
    /// The position of the point before it.
    after: usize,
    part: f64,
}

/// The way from one program to another.
struct Way<'w> {
    /// Bounds of all rows at both ends.
    bounds: [Vec<Bounds>; 2],
    rows: Vec<Row>,
    options: &'w Options,
    events: &'w Events<'w>,
}

impl Way<'_> {
    /// Solves the program after a part of the way.
    fn solve(
        &self,
        formulation: &mut Formulation<'_>,
        part: f64,
        start: Option<Basis>,
    ) -> Result<Point, NoCurve> {
        self.move_to(&mut formulation.lp, part);
        let log = |line: &str| self.events.happens(Event::Log(line));
        let control = Control {
            stop: self.events.stop,
            log: self.events.watch.is_some().then_some(&log),
        };
        let options = Options { start, alternatives: false, ..self.options.clone() };
        let optimum = solve(&formulation.lp, &options, control).map_err(NoCurve::Stopped)?;
        if formulation.hold_one_way(&optimum.columns) > 0 {
            return Err(NoCurve::NotOfLimits(
                "a link with losses would carry both ways and needs a choice, with which the least \
                 cost is no curve of straight lines: `kzleap sweep` shows it point by point"
                    .to_owned(),
            ));
        }
        let [from, to] = &self.bounds;
        let slope = |row: &Row| {
            optimum.row_duals[row.get()] * (to[row.get()].upper - from[row.get()].upper)
        };
        Ok(Point {
            part,
            cost: optimum.objective,
            slope: self.rows.iter().map(slope).sum(),
            same: SAME * optimum.certificate.costs,
            certified: optimum.certificate.certified,
            columns: optimum.columns,
            row_duals: optimum.row_duals,
            basis: optimum.basis,
        })
    }

    fn move_to(&self, lp: &mut Lp, part: f64) {
        let [from, to] = &self.bounds;
        for row in &self.rows {
            let upper = between(from[row.get()].upper, to[row.get()].upper, part);
            lp.row_bounds[row.get()] = Bounds::at_most(upper);
        }
    }
}

/// How far the curve may be below the lines between the points, and where that is; nowhere if it
/// is not below them.
fn widest(points: &[Point]) -> (f64, Option<Crossing>) {
    let mut widest = (0.0, None);
    for (after, pair) in points.windows(2).enumerate() {
        let [left, right] = pair else { continue };
        let (way, rise) = (right.part - left.part, right.cost - left.cost);
        // each point above the line of the other
        let (above_left, above_right) = (rise - left.slope * way, right.slope * way - rise);
        if above_left.min(above_right) <= left.same.max(right.same) {
            continue; // the line of one goes through the other
        }
        let both = above_left + above_right;
        let (gap, part) =
            (above_left * above_right / both, left.part + way * above_right / both);
        if gap > widest.0 && part > left.part && part < right.part {
            widest = (gap, Some(Crossing { after, part }));
        }
    }
    widest
}

impl NoCurve {
    fn at_end(self, end: usize) -> Self {
        match self {
            Self::Stopped(error) => Self::AtEnd(end, error),
            other => other,
        }
    }
}

/// The ends, and the points that are below the line from one to the other side of them.
fn corners(points: Vec<Point>) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::new();
    let mut points = points.into_iter().peekable();
    while let Some(point) = points.next() {
        let is_corner = match (kept.last(), points.peek()) {
            (Some(before), Some(after)) => {
                let way = (point.part - before.part) / (after.part - before.part);
                between(before.cost, after.cost, way) - point.cost > point.same
            }
            _ => true,
        };
        if is_corner {
            kept.push(point);
        }
    }
    kept
}

/// So much of the way from one number to another; exact at both ends.
fn between(from: f64, to: f64, part: f64) -> f64 {
    if part < 1.0 { from + (to - from) * part } else { to }
}
