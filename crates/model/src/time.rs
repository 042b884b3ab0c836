//! Milestone years with their periods; seasons, day types and time slices.

use std::ops::Range;

use crate::{Cutting, Ix, Series, Set, words};

/// A milestone year, which stands for every calendar year of its period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Year {
    /// The calendar year it is named after.
    pub milestone: i32,
    /// First calendar year of the period.
    pub first: i32,
    /// Last calendar year of the period, included.
    pub last: i32,
}

impl Year {
    /// How many calendar years the period has.
    pub fn length(&self) -> f64 {
        f64::from(self.last - self.first + 1)
    }
}

/// A season: a run of day types.
#[derive(Clone, Debug)]
pub struct Season {
    /// Short unique name.
    pub name: String,
    /// The name shown to people.
    pub label: String,
    /// Its slices, as positions in [`Time::slices`].
    pub slices: Range<usize>,
}

/// A kind of day within a season.
#[derive(Clone, Debug)]
pub struct DayType {
    /// Short name, unique within its season.
    pub name: String,
    /// The name shown to people.
    pub label: String,
    /// Position of its season in [`Time::seasons`].
    pub season: usize,
    /// How many such days the year has; each day passes through all its slices once.
    pub passes: f64,
    /// Its slices, as positions in [`Time::slices`].
    pub slices: Range<usize>,
}

/// A time slice: the same hours of every day of one type.
#[derive(Clone, Debug)]
pub struct Slice {
    /// Short unique name.
    pub name: String,
    /// Position of its day type in [`Time::day_types`].
    pub day_type: usize,
    /// Hours of this slice in one such day.
    pub hours_per_pass: f64,
}

/// Which milestone year.
pub type YearIx = Ix<Year>;
/// Which time slice.
pub type SliceIx = Ix<Slice>;

words! {
    /// How finely a commodity is balanced or a process runs.
    Tier {
        /// One balance a year.
        Annual = "annual",
        /// One balance a season.
        Season = "season",
        /// One balance a time slice.
        Slice = "slice",
    }
}

/// A node of a tier: the slices one balance covers.
#[derive(Clone, Debug)]
pub struct Node {
    /// `year`, or the name of the season or slice.
    pub name: String,
    /// Its slices, as positions in [`Time::slices`].
    pub slices: Range<usize>,
}

/// Position of a [`Node`] within its tier.
pub type NodeIx = usize;

/// When things happen.
#[derive(Clone, Debug)]
pub struct Time {
    /// Milestone years, ascending.
    pub years: Set<Year>,
    /// Seasons in the order of the year.
    pub seasons: Vec<Season>,
    /// Day types in the order of the year; those of a season stand together.
    pub day_types: Vec<DayType>,
    /// Slices in the order of the year; those of a day type stand together.
    pub slices: Set<Slice>,
    /// Share of the year each slice takes; the shares of a year add up to 1.
    pub year_split: Series,
    /// The year as it passes, where that is known: for each of its days (or longer periods), in
    /// order, the position of its kind in [`Time::day_types`]. Empty for a model whose slices say
    /// only how often each kind of day comes.
    pub calendar: Vec<usize>,
    /// How the hours of a model of hours are cut into slices, as far as it says so.
    pub cutting: Cutting,
}

impl Time {
    /// The nodes of a tier, in the order of the year.
    pub fn nodes(&self, tier: Tier) -> Vec<Node> {
        (0..self.node_count(tier)).map(|node| self.node(tier, node)).collect()
    }

    /// One node of a tier.
    pub fn node(&self, tier: Tier, node: NodeIx) -> Node {
        let (name, slices) = match tier {
            Tier::Annual => ("year", 0..self.slices.len()),
            Tier::Season => {
                (self.seasons[node].name.as_str(), self.seasons[node].slices.clone())
            }
            Tier::Slice => (self.slices[SliceIx::new(node)].name.as_str(), node..node + 1),
        };
        Node { name: name.to_owned(), slices }
    }

    /// The node of a tier that a slice is in.
    pub fn node_of(&self, tier: Tier, slice: SliceIx) -> NodeIx {
        match tier {
            Tier::Annual => 0,
            Tier::Season => self.day_types[self.slices[slice].day_type].season,
            Tier::Slice => slice.get(),
        }
    }

    /// The name of a node of a tier; that of the whole year is `year`.
    pub fn node_name(&self, tier: Tier, node: NodeIx) -> &str {
        match tier {
            Tier::Annual => "year",
            Tier::Season => &self.seasons[node].name,
            Tier::Slice => &self.slices[SliceIx::new(node)].name,
        }
    }

    /// How many nodes a tier has.
    pub fn node_count(&self, tier: Tier) -> usize {
        match tier {
            Tier::Annual => 1,
            Tier::Season => self.seasons.len(),
            Tier::Slice => self.slices.len(),
        }
    }

    /// The nodes of `inner` (the finer tier, or the same) that make up node `outer_node` of `outer`.
    pub fn nodes_within(&self, inner: Tier, outer: Tier, outer_node: NodeIx) -> Range<NodeIx> {
        match (inner, outer) {
            (_, Tier::Annual) => 0..self.node_count(inner),
            (Tier::Slice, Tier::Season) => self.seasons[outer_node].slices.clone(),
            _ => outer_node..outer_node + 1,
        }
    }

    /// Share of the year the slices of a node take.
    pub fn node_share(&self, node: &Node, year: YearIx) -> f64 {
        node.slices.clone().map(|s| self.year_split.at(SliceIx::new(s), year)).sum()
    }

    /// The mean of `series` over a node, weighted by the length of its slices.
    pub fn node_mean(&self, series: &Series, node: &Node, year: YearIx) -> f64 {
        if !series.varies_by_slice() || node.slices.len() == 1 {
            return series.at(SliceIx::new(node.slices.start), year);
        }
        let (mut sum, mut share) = (0.0, 0.0);
        for s in node.slices.clone().map(SliceIx::new) {
            let split = self.year_split.at(s, year);
            sum += series.at(s, year) * split;
            share += split;
        }
        if share > 0.0 { sum / share } else { 0.0 }
    }

    /// The mean of `series` over one node of a tier, weighted by the length of its slices.
    pub fn mean_at(&self, series: &Series, tier: Tier, node: NodeIx, year: YearIx) -> f64 {
        if tier == Tier::Slice {
            return series.at(SliceIx::new(node), year);
        }
        if !series.varies_by_slice() {
            return series.at(SliceIx::new(0), year);
        }
        self.node_mean(series, &self.node(tier, node), year)
    }

    /// Hours of the year in one slice.
    pub fn hours(&self, slice: SliceIx, year: YearIx) -> f64 {
        self.year_split.at(slice, year) * crate::units::HOURS_PER_YEAR
    }
}
