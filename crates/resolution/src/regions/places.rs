//! Where each region goes.

use kzleap_model::{Model, Region, RegionGroup, RegionIx, Set};

/// The new regions, each at the place of the first of its members.
pub(super) struct Places {
    /// The new regions.
    pub(super) regions: Set<Region>,
    /// The new region of each old one.
    to: Vec<RegionIx>,
    /// How many old regions each new one has.
    sizes: Vec<usize>,
}

impl Places {
    pub(super) fn new(model: &Model, groups: &[RegionGroup]) -> Self {
        let mut regions = Set::new();
        let mut to: Vec<RegionIx> = Vec::new();
        let mut sizes = Vec::new();
        for (old, region) in model.regions.iter_ix() {
            let group = groups.iter().find(|group| group.members.contains(&old));
            let earlier = group
                .and_then(|group| group.members.iter().filter(|member| **member < old).min())
                .map(|first| to[first.get()]);
            let place = earlier.unwrap_or_else(|| {
                sizes.push(0);
                regions.push(match group {
                    Some(group) => Region {
                        name: group.name.clone(),
                        label: group.label.clone(),
                        domestic: region.domestic,
                    },
                    None => region.clone(),
                })
            });
            sizes[place.get()] += 1;
            to.push(place);
        }
        Self { regions, to, sizes }
    }

    /// The new region of an old one.
    pub(super) fn of(&self, region: RegionIx) -> RegionIx {
        self.to[region.get()]
    }

    /// Whether an old region is aggregated with others.
    pub(super) fn is_merged(&self, region: RegionIx) -> bool {
        self.sizes[self.of(region).get()] > 1
    }

    /// The first old region of each new one.
    pub(super) fn firsts(&self) -> impl Iterator<Item = usize> + '_ {
        self.regions.ixs().filter_map(|place| self.to.iter().position(|to| *to == place))
    }
}
