#![doc = include_str!("page.md")]

use kzleap_lp::Row;
use kzleap_model::policy::{ActivityLimit, ActivityWindow};
use kzleap_model::units::Energy;
use kzleap_model::{Model, ProcessIx, Solution, YearIx, stated};

use crate::Formulation;
use crate::build::Rows;
use crate::families::{Earning, Family, RowKey, RuleKind};
use crate::names::Names;
use crate::number::{Enters, Facts, Sides, owned_paths};
use crate::row::LpRow;

/// A limit in a year, or over the horizon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Position of the limit in the model.
    pub at: usize,
    /// In which milestone year; `None` is the whole horizon.
    pub year: Option<YearIx>,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let limit = &names.0.activity_limits[self.at].name;
        let when = self.year.map(|y| names.year(y).to_string());
        format!("activity_limit[{limit},{}]", when.as_deref().unwrap_or("horizon"))
    }

    fn number(&self, _: &Formulation<'_>, _: Row) -> Option<(RuleKind, Enters)> {
        Some((RuleKind::ActivityLimit(self.at, self.year), Enters::Bound(1.0)))
    }

    fn earning(&self, names: Names<'_>) -> Option<(Earning, String)> {
        Some((Earning::Limit, names.0.activity_limits[self.at].name.clone()))
    }

    fn read_back(&self, _: f64, _: &Formulation<'_>, _: &mut Solution) {}
}

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let model = rows.model;
    let years = &model.time.years;
    for (at, limit) in model.activity_limits.iter().enumerate() {
        match &limit.window {
            ActivityWindow::EachYear { lower, upper } => {
                for y in years.ixs() {
                    let (lower, upper) = (lower[y.get()], upper[y.get()]);
                    if lower <= 0.0 && upper == f64::INFINITY {
                        continue;
                    }
                    let (model, vars) = (rows.model, rows.vars);
                    let mut row =
                        rows.begin::<Energy>(RowKey::ActivityLimit(Key { at, year: Some(y) }));
                    add_year(model, vars, limit, y, 1.0, &mut row);

                    // lower ≤ Σ_p Σ_s activity[p,s,y] ≤ upper
                    row.between(if lower > 0.0 { lower } else { f64::NEG_INFINITY }, upper);
                }
            }
            ActivityWindow::Horizon { lower, upper } => {
                let (model, vars) = (rows.model, rows.vars);
                let mut row =
                    rows.begin::<Energy>(RowKey::ActivityLimit(Key { at, year: None }));
                for y in years.ixs() {
                    add_year(model, vars, limit, y, years[y].length(), &mut row);
                }

                // lower ≤ Σ_y years[y] · Σ_p Σ_s activity[p,s,y] ≤ upper
                row.between(if *lower > 0.0 { *lower } else { f64::NEG_INFINITY }, *upper);
            }
        }
    }
}

fn add_year(
    model: &Model,
    vars: &crate::Variables,
    limit: &ActivityLimit,
    year: YearIx,
    factor: f64,
    row: &mut LpRow<'_, Energy>,
) {
    for (p, only_mode) in &limit.processes {
        let process = &model.processes[*p];
        for mode in (0..process.modes.len()).filter(|m| only_mode.is_none_or(|only| only == *m))
        {
            for node in 0..model.time.node_count(process.tier) {
                if let Some(activity) = vars.activity(*p, mode, node, year) {
                    *row += factor * activity;
                }
            }
        }
    }
}

/// Activity of processes together.
pub(crate) fn facts(model: &Model, at: usize, y: Option<YearIx>) -> Facts {
    let ActivityLimit { name, processes, window } = &model.activity_limits[at];
    let value = match (window, y) {
        (ActivityWindow::EachYear { lower, upper }, Some(y)) => {
            Sides { least: lower[y.get()], most: upper[y.get()] }
        }
        (ActivityWindow::Horizon { lower, upper }, _) => Sides { least: *lower, most: *upper },
        (ActivityWindow::EachYear { .. }, None) => Sides::both(0.0),
    };
    let when = y.map(|y| model.time.years[y].milestone.to_string());
    let first = processes.first().map(|(p, _)| *p);
    Facts {
        word: "activity_limit",
        name: format!(
            "activity limit {name} {}",
            when.as_deref().unwrap_or("over the horizon")
        ),
        value,
        range: (0.0, f64::INFINITY),
        ratio: false,
        two_sides: true,
        building: false,
        unit: first.map(|p| activity_unit(model, p)).unwrap_or_default(),
        region: first.map(|p| model.processes[p].region),
        year: y,
        paths: Sides { least: paths(model, at, true), most: paths(model, at, false) },
        parameter: Sides {
            least: parameter(model, at, y, "Lower"),
            most: parameter(model, at, y, "Upper"),
        },
    }
}

/// The unit of a process's activity: that of the flow whose ratio is 1.
fn activity_unit(model: &Model, p: ProcessIx) -> String {
    let first = model.processes[p].modes.iter().find_map(|mode| {
        let mut flows = mode.outputs.iter().chain(&mode.inputs);
        flows.find(|(_, ratio)| ratio.range() == (1.0, 1.0))
    });
    first.map_or(String::new(), |(c, _)| model.commodities[*c].unit().to_owned())
}

fn paths(model: &Model, at: usize, least: bool) -> Vec<String> {
    let limit = &model.activity_limits[at];
    let total = matches!(limit.window, ActivityWindow::Horizon { .. });
    let (own, of_process, of_resource) = match (total, least) {
        (true, _) => (stated::MAX_TOTAL, stated::MAX_TOTAL_ACTIVITY, stated::RESERVE),
        (false, true) => (stated::MIN, stated::MIN_ACTIVITY, stated::MIN),
        (false, false) => (stated::MAX, stated::MAX_ACTIVITY, stated::MAX),
    };
    let name = &limit.name;
    // a step of a resource has a name of two parts
    let step = match name.split_once('.') {
        Some((resource, step)) => {
            format!("{}.{resource}.{}.{step}", stated::RESOURCES, stated::STEPS)
        }
        None => format!("{}.{name}", stated::RESOURCES),
    };
    let mut paths = vec![format!("{}.{name}.{own}", ActivityLimit::COLLECTION)];
    paths.push(format!("{step}.{of_resource}"));
    paths.extend(owned_paths(name, of_process));
    paths
}

fn parameter(
    model: &Model,
    at: usize,
    y: Option<YearIx>,
    side: &str,
) -> Option<(String, String)> {
    let [(p, mode)] = model.activity_limits[at].processes[..] else { return None };
    let process = &model.processes[p];
    let home = &model.regions[model.network.home(process.region)].name;
    let of = format!("{home},{}", process.name);
    Some(match (mode, y) {
        (Some(mode), _) => (
            format!("TechnologyActivityByMode{side}Limit"),
            format!("{of},{}", process.modes[mode].name),
        ),
        (None, Some(_)) => (format!("TotalTechnologyAnnualActivity{side}Limit"), of),
        (None, None) => (format!("TotalTechnologyModelPeriodActivity{side}Limit"), of),
    })
}
