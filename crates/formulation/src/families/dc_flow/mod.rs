#![doc = include_str!("page.md")]

use kzleap_lp::Row;
use kzleap_model::network::Line;
use kzleap_model::units::{Energy, Per, Power};
use kzleap_model::{NodeIx, SliceIx, Solution, YearIx};

use crate::Formulation;
use crate::build::Rows;
use crate::families::{Earning, Family, RowKey, RuleKind};
use crate::names::Names;
use crate::number::Enters;

/// A line in a slice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Position of the line in the network.
    pub at: usize,
    /// Up to (0), or from (1), what the voltage angles give.
    pub side: usize,
    /// In which slice.
    pub node: NodeIx,
    /// In which milestone year.
    pub year: YearIx,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let Self { at, side, node, year } = *self;
        let link = names.0.network.lines[at].link;
        let name = &names.0.links[link].name;
        format!("dc_flow[{name},{side},{},{}]", names.link_node(link, node), names.year(year))
    }

    fn number(&self, _: &Formulation<'_>, _: Row) -> Option<(RuleKind, Enters)> {
        None // what a line can do
    }

    fn earning(&self, names: Names<'_>) -> Option<(Earning, String)> {
        Some((Earning::Limit, names.0.links[names.0.network.lines[self.at].link].name.clone()))
    }

    fn read_back(&self, _: f64, _: &Formulation<'_>, _: &mut Solution) {}
}

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let model = rows.model;
    for (at, line) in model.network.lines.iter().enumerate() {
        for y in model.time.years.ixs() {
            for s in model.time.slices.ixs() {
                if line.present.at(s, y) > 0.0 {
                    add_slice(rows, at, line, s, y);
                }
            }
        }
    }
}

fn add_slice(rows: &mut Rows<'_, '_>, at: usize, line: &Line, s: SliceIx, y: YearIx) {
    let (model, vars, n) = (rows.model, rows.vars, s.get());
    let link = &model.links[line.link];
    let (Some(start), Some(end)) = (vars.angle(link.from, n, y), vars.angle(link.to, n, y))
    else {
        return;
    };
    let (Some(flow), Some(back)) =
        (vars.flow(line.link, 0, n, y), vars.flow(line.link, 1, n, y))
    else {
        return;
    };
    let power_to_energy = line.power_to_energy * model.time.year_split.at(s, y);
    let per_angle = Per::<Energy, f64>::new(power_to_energy / line.reactance);
    let sides: &[f64] = if line.candidate.is_some() { &[1.0, -1.0] } else { &[1.0] };
    for (side, sign) in sides.iter().enumerate() {
        let mut row = rows.begin::<Energy>(RowKey::DcFlow(Key { at, side, node: n, year: y }));
        row += *sign * flow;
        row -= *sign * back;
        row -= per_angle * *sign * start;
        row += per_angle * *sign * end;
        match line.candidate {
            // flow - back = (angle[from] - angle[to]) / reactance, as energy
            None => row.equals(0.0),
            // ±(flow - back - (angle[from] - angle[to]) / reactance) ≤ large · (1 - standing)
            Some(candidate) => {
                let large = power_to_energy * candidate.most_power;
                if let Some(capacity) = link.capacity.and_then(|k| vars.capacity(k, y)) {
                    row += Per::<Energy, Power>::new(large / candidate.capacity) * capacity;
                }
                row.at_most(large);
            }
        }
    }
}
