//! Nodes within regions, and the laws by which electricity flows between them.

use crate::fields::{Field, Fields};
use crate::series::ByYear;
use crate::{CommodityIx, LinkIx, RegionIx, Series};

/// Nodes within regions, and how flows between them are bound. Empty for most models.
///
/// A node is a [`crate::Region`] of its own. A process that is at a node is balanced there
/// for the commodities that are nodal, and in the region around it for all others.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// Each node with the region it is in.
    pub nodes: Vec<(RegionIx, RegionIx)>,
    /// Commodities that are balanced at nodes.
    pub nodal: Vec<Nodal>,
    /// Links whose flow follows from voltage angles (linearised power flow).
    pub lines: Vec<Line>,
    /// Links that never carry both ways at once.
    pub one_way: Vec<OneWay>,
}

/// A commodity of a region that is balanced at the region's nodes.
#[derive(Clone, Debug)]
pub struct Nodal {
    /// The region around the nodes.
    pub region: RegionIx,
    /// What is balanced at its nodes.
    pub commodity: CommodityIx,
    /// In which milestone years; in the others it is balanced in the region.
    pub years: Vec<bool>,
    /// The share each node has in what processes of the region, at none of its nodes, use.
    pub uses: Vec<(RegionIx, ByYear)>,
}

/// A link whose flow follows from the voltage angles at its ends.
#[derive(Clone, Debug)]
pub struct Line {
    /// The link; what it carries is balanced by slice.
    pub link: LinkIx,
    /// Angle between its ends for one unit of power, radians per unit of power.
    pub reactance: f64,
    /// Energy one unit of power carries in a year.
    pub power_to_energy: f64,
    /// Where it is in use at all, 1 or 0, by slice and year.
    pub present: Series,
    /// For a line that may be missing: what says whether it is built. `None` for one that always
    /// does.
    pub candidate: Option<Candidate>,
}

impl Fields for Line {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self { link, reactance: _, power_to_energy: _, present, candidate: _ } = self;
        see(Field::Link(link));
        see(Field::Mean(present));
    }
}

/// A line that may be missing: its link has the capacity of the whole line, or none.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// Capacity of the link once the line is built.
    pub capacity: f64,
    /// Power that no angle at its ends asks for, in units of power.
    pub most_power: f64,
}

/// Links that never carry both ways at once; a choice (a whole number) for each slice.
#[derive(Clone, Debug)]
pub struct OneWay {
    /// Links that share the choice, each with whether it is turned round against the first.
    pub links: Vec<(LinkIx, bool)>,
    /// In which milestone years this is said.
    pub years: Vec<bool>,
    /// The most capacity each can have.
    pub most: f64,
    /// Whether voltage angles decide what they carry.
    pub by_angle: bool,
}

impl Network {
    /// The region around a node; a region that is no node is its own.
    pub fn home(&self, region: RegionIx) -> RegionIx {
        self.nodes.iter().find(|(node, _)| *node == region).map_or(region, |(_, home)| *home)
    }

    /// How a commodity of a region is balanced at nodes, if it is.
    pub fn nodal(&self, region: RegionIx, commodity: CommodityIx) -> Option<&Nodal> {
        self.nodal.iter().find(|nodal| nodal.region == region && nodal.commodity == commodity)
    }

    /// Regions whose voltage angle matters.
    pub fn has_angle(&self, links: &crate::Set<crate::Link>, region: RegionIx) -> bool {
        self.lines
            .iter()
            .map(|line| &links[line.link])
            .any(|link| link.from == region || link.to == region)
    }
}
