//! What is made and used, by every combination of place, time and maker that NEMO reports.

use std::collections::BTreeMap;

use kzleap_accounts::flows::Side;

use super::{Context, Key, Sheet, Variable};
use crate::parameters::{Dimension, P};

/// Which flows count.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// All.
    Any,
    /// Balanced in a region.
    Region,
    /// Balanced at a node.
    Node,
}

/// What is added up.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Measure {
    /// Energy of a slice.
    Energy,
    /// Energy of a slice as a rate: over the share of the year.
    Rate,
    /// Energy of the year.
    Annual,
}

/// Which production counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Only {
    /// All.
    All,
    /// Not what comes out of storages.
    Generation,
    /// The same, as far as it is renewable.
    Renewable,
}

/// One flow of the plan: a process, in a mode, makes or uses a fuel in a slice.
#[derive(Clone, Copy)]
pub(super) struct Flow {
    pub(super) r: usize,
    pub(super) t: usize,
    pub(super) m: usize,
    pub(super) f: usize,
    /// Position of the year in the group, and in the scenario.
    pub(super) at: usize,
    pub(super) y: usize,
    /// The slice of the scenario; `None` for a process that runs by the year.
    pub(super) l: Option<usize>,
    /// The node at which it is balanced; `None` for the region.
    pub(super) node: Option<usize>,
    /// Whether it is balanced anywhere: NEMO leaves out what a technology without nodes makes of
    /// a fuel that is balanced at nodes.
    pub(super) counts: bool,
    pub(super) energy: f64,
}

/// Visits every flow that is not zero.
pub(super) fn each(context: &Context<'_>, made: bool, mut visit: impl FnMut(Flow)) {
    let map = &context.group.imported.map;
    let side = if made { Side::Outputs } else { Side::Inputs };
    let years: Vec<(usize, usize)> = context.years().collect();
    for (at, r, t) in context.in_regions(Dimension::Technology) {
        let technology = &map.technologies[at];
        for process in &technology.processes {
            for flow in context.accounts.flows_of(side, process.process) {
                let (m, f) = (process.modes[flow.mode], flow.commodity.get());
                for ((slice, at), energy) in flow.entries() {
                    let (_, y) = years[at];
                    let nodal = context.nodal(r, f, at);
                    let l = technology.sliced.then(|| map.slices[slice]);
                    let node = process.node.filter(|_| nodal);
                    let counts = !(made && nodal && process.node.is_none());
                    visit(Flow { r, t, m, f, at, y, l, node, counts, energy });
                }
            }
        }
    }
}

/// How a variable is made of flows.
struct Sum {
    made: bool,
    place: Place,
    measure: Measure,
    only: Only,
}

fn fill(context: &Context<'_>, sheet: &mut Sheet<'_>, sum: &Sum, columns: &[&str]) {
    let mut sums: BTreeMap<Vec<usize>, f64> = BTreeMap::new();
    let by_technology = columns.contains(&"t");
    each(context, sum.made, |flow| {
        let wanted = match sum.place {
            Place::Any => true,
            Place::Region => flow.node.is_none() && flow.counts,
            Place::Node => flow.node.is_some(),
        };
        if !wanted {
            return;
        }
        let mut value = flow.energy;
        match sum.only {
            Only::All => {}
            Only::Generation | Only::Renewable if empties(context, flow) => return,
            Only::Generation => {}
            Only::Renewable => {
                value *= context.data.or_zero(P::RETagTechnology, &[flow.r, flow.t, flow.y]);
            }
        }
        if sum.measure != Measure::Annual {
            // fuels that are not time-sliced have no balance in a slice
            let (Some(l), true) = (flow.l, by_technology || context.data.timesliced[flow.f])
            else {
                return;
            };
            if sum.measure == Measure::Rate {
                let split = context.split(l, flow.y);
                value = if split > 0.0 { value / split } else { 0.0 };
            }
        }
        let key = columns.iter().map(|column| position(flow, column)).collect();
        *sums.entry(key).or_insert(0.0) += value;
    });
    for (key, value) in sums {
        let key: Vec<Key<'_>> = columns
            .iter()
            .zip(&key)
            .map(|(column, at)| Key::Of(dimension(column), *at))
            .collect();
        sheet.push(&key, value);
    }
}

fn empties(context: &Context<'_>, flow: Flow) -> bool {
    (0..context.data.count(Dimension::Storage)).any(|s| {
        context.data.get(P::TechnologyFromStorage, &[flow.r, flow.t, s, flow.m]) == Some(1.0)
    })
}

fn position(flow: Flow, column: &str) -> usize {
    match column {
        "r" => flow.r,
        "t" => flow.t,
        "m" => flow.m,
        "f" => flow.f,
        "y" => flow.y,
        "l" => flow.l.unwrap_or(0),
        _ => flow.node.unwrap_or(0),
    }
}

fn dimension(column: &str) -> Dimension {
    match column {
        "r" => Dimension::Region,
        "t" => Dimension::Technology,
        "m" => Dimension::Mode,
        "f" => Dimension::Fuel,
        "y" => Dimension::Year,
        "l" => Dimension::Slice,
        _ => Dimension::Node,
    }
}

macro_rules! flows {
    ($($name:literal $columns:expr, $made:expr, $place:ident $measure:ident $only:ident;)*) => {
        /// The variables of this file.
        pub(super) const VARIABLES: &[Variable] = &[$(Variable {
            name: $name,
            columns: $columns,
            fill: |context, sheet| {
                let sum = Sum {
                    made: $made,
                    place: Place::$place,
                    measure: Measure::$measure,
                    only: Only::$only,
                };
                fill(context, sheet, &sum, $columns);
            },
        }),*];
    };
}

const RLTFY: &[&str] = &["r", "l", "t", "f", "y"];
const RLTMFY: &[&str] = &["r", "l", "t", "m", "f", "y"];
const NLTFY: &[&str] = &["n", "l", "t", "f", "y"];
const RTFY: &[&str] = &["r", "t", "f", "y"];
const RLFY: &[&str] = &["r", "l", "f", "y"];
const NLFY: &[&str] = &["n", "l", "f", "y"];
const RFY: &[&str] = &["r", "f", "y"];
const NFY: &[&str] = &["n", "f", "y"];

flows! {
    "vproductionbytechnology" RLTFY, true, Any Energy All;
    "vproductionbytechnologyannual" RTFY, true, Any Annual All;
    "vproductionnn" RLFY, true, Region Energy All;
    "vproductionnodal" NLFY, true, Node Energy All;
    "vproductionannualnn" RFY, true, Region Annual All;
    "vproductionannualnodal" NFY, true, Node Annual All;
    "vrateofproduction" RLFY, true, Any Rate All;
    "vrateofproductionnn" RLFY, true, Region Rate All;
    "vrateofproductionnodal" NLFY, true, Node Rate All;
    "vrateofproductionbytechnologybymodenn" RLTMFY, true, Region Rate All;
    "vrateofproductionbytechnologynn" RLTFY, true, Region Rate All;
    "vrateofproductionbytechnologynodal" NLTFY, true, Node Rate All;
    "vgenerationannualnn" RFY, true, Region Annual Generation;
    "vgenerationannualnodal" NFY, true, Node Annual Generation;
    "vregenerationannualnn" RFY, true, Region Annual Renewable;
    "vregenerationannualnodal" NFY, true, Node Annual Renewable;
    "vusebytechnology" RLTFY, false, Any Energy All;
    "vusebytechnologyannual" RTFY, false, Any Annual All;
    "vusenn" RLFY, false, Region Energy All;
    "vusenodal" NLFY, false, Node Energy All;
    "vuseannualnn" RFY, false, Region Annual All;
    "vuseannualnodal" NFY, false, Node Annual All;
    "vrateofuse" RLFY, false, Any Rate All;
    "vrateofusenn" RLFY, false, Region Rate All;
    "vrateofusenodal" NLFY, false, Node Rate All;
    "vrateofusebytechnologybymodenn" RLTMFY, false, Region Rate All;
    "vrateofusebytechnologynn" RLTFY, false, Region Rate All;
    "vrateofusebytechnologynodal" NLTFY, false, Node Rate All;
}
