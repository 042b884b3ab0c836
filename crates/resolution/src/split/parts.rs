//! Where each region goes, and what each part has of it.

use kzleap_model::{
    CommodityIx, Model, OwnerShare, Region, RegionIx, RegionPart, RegionSplit, Set,
};

/// The new regions, the parts of each at its place.
pub(super) struct Parts<'s> {
    /// The new regions.
    pub(super) regions: Set<Region>,
    /// The pieces of each old region.
    pieces: Vec<Vec<Piece<'s>>>,
}

/// A new region, seen from the old one that it comes from.
#[derive(Clone, Copy)]
pub(super) struct Piece<'s> {
    /// The new region.
    pub(super) region: RegionIx,
    /// Which part it is; `None` for a region that stays as it is.
    part: Option<&'s RegionPart>,
}

impl Piece<'_> {
    /// Its share of what is named nowhere.
    pub(super) fn share(&self) -> f64 {
        self.part.map_or(1.0, |part| part.share)
    }

    /// Its share of the demand for a commodity.
    pub(super) fn demand(&self, commodity: CommodityIx) -> f64 {
        self.part.map_or(1.0, |part| part.demand(commodity))
    }

    /// Its share of a process, a storage or a resource.
    pub(super) fn owner(&self, name: &str) -> OwnerShare {
        let whole = OwnerShare { limits: 1.0, residual: 1.0 };
        self.part.map_or(whole, |part| part.owner(name))
    }
}

impl<'s> Parts<'s> {
    pub(super) fn new(model: &Model, split: &'s RegionSplit) -> Self {
        let mut regions = Set::new();
        let mut pieces = Vec::new();
        for (old, region) in model.regions.iter_ix() {
            let parts: Vec<&RegionPart> =
                split.parts.iter().filter(|part| part.region == old).collect();
            let mut of_region = Vec::new();
            for part in &parts {
                let region = regions.push(Region {
                    name: part.name.clone(),
                    label: part.label.clone(),
                    domestic: region.domestic,
                });
                of_region.push(Piece { region, part: Some(part) });
            }
            if parts.is_empty() {
                of_region.push(Piece { region: regions.push(region.clone()), part: None });
            }
            pieces.push(of_region);
        }
        Self { regions, pieces }
    }

    /// What an old region becomes.
    pub(super) fn of(&self, region: RegionIx) -> &[Piece<'s>] {
        &self.pieces[region.get()]
    }

    /// Whether an old region has parts.
    pub(super) fn is_split(&self, region: RegionIx) -> bool {
        self.of(region).iter().any(|piece| piece.part.is_some())
    }

    /// The part of an old region that links lead to.
    pub(super) fn hub(&self, region: RegionIx) -> RegionIx {
        self.of(region)[0].region
    }

    /// The old region of each new one.
    pub(super) fn origins(&self) -> impl Iterator<Item = usize> + '_ {
        let each = self.pieces.iter().enumerate();
        each.flat_map(|(old, pieces)| pieces.iter().map(move |_| old))
    }
}
