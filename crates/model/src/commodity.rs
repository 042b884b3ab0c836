//! Regions, commodities, emissions and links.

use crate::fields::{Field, Fields};
use crate::series::ByYear;
use crate::{
    Amount, CapacityIx, CommodityKind, Family, Gas, Ix, MassUnit, Series, Tier, words,
};

/// A place where commodities are balanced.
#[derive(Clone, Debug)]
pub struct Region {
    /// Short unique name.
    pub name: String,
    /// The name shown to people.
    pub label: String,
    /// Whether it belongs to the system under study; neighbours that only trade do not, and are
    /// left out of totals.
    pub domestic: bool,
}

/// An energy carrier, a material or a service.
#[derive(Clone, Debug)]
pub struct Commodity {
    /// Short unique name.
    pub name: String,
    /// The name shown to people.
    pub label: String,
    /// How finely it is balanced.
    pub tier: Tier,
    /// Whether plants burn it as it is delivered, though it may be balanced by season or year: it
    /// is not in store.
    pub just_in_time: bool,
    /// Whether more may be made than is used.
    pub balance: Balance,
    /// Price at which demand may go unserved that is in no step of its own, MUSD for each of its unit;
    /// `None` if that must be served.
    pub unserved_cost: Option<ByYear>,
    /// What it is, if that is said.
    pub kind: Option<CommodityKind>,
    /// Which fuel it is, or what of nature, if that is said.
    pub family: Option<Family>,
    /// Its colour in charts, `#rrggbb`, if it is to have one of its own.
    pub colour: Option<String>,
    /// What amounts of it are: energy, mass, passenger-km … Wherever the model and its solution
    /// say PJ of a commodity, or of the activity of a process that makes it, they mean its unit.
    /// `None` where an imported model does not say.
    pub amount: Option<Amount>,
    /// What it is weighed or measured in, if it is a fuel of which that is known.
    pub heat_value: Option<HeatValue>,
}

impl Fields for Commodity {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self {
            name: _,
            label: _,
            tier: _,
            just_in_time: _,
            balance: _,
            unserved_cost,
            kind: _,
            family: _,
            colour: _,
            amount: _,
            heat_value: _,
        } = self;
        unserved_cost.iter_mut().for_each(|cost| see(Field::Rate(cost)));
    }
}

impl Commodity {
    /// Whether plants that stand by need it delivered as they burn it.
    pub fn is_delivered(&self) -> bool {
        self.just_in_time || self.tier == Tier::Slice
    }
}

/// The lower heating value of a fuel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeatValue {
    /// What it is for one of.
    pub per: FuelUnit,
    /// PJ in one.
    pub petajoules: f64,
}

/// What fuels are weighed or measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FuelUnit {
    /// Million tonnes.
    Mt,
    /// Billion cubic metres.
    Bcm,
    /// Million barrels.
    MillionBarrels,
}

impl FuelUnit {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Mt, Self::Bcm, Self::MillionBarrels];

    /// As it is written.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Mt => "Mt",
            Self::Bcm => "bcm",
            Self::MillionBarrels => "million bbl",
        }
    }
}

words! {
    /// Whether more may be made of a commodity than is used.
    Balance {
        /// A surplus may be thrown away (`>=`).
        Surplus = "surplus",
        /// Everything made must be used (`=`).
        Exact = "exact",
    }
}

/// A pollutant that is counted.
#[derive(Clone, Debug)]
pub struct Emission {
    /// Short unique name.
    pub name: String,
    /// The name shown to people.
    pub label: String,
    /// What it is, for rules on carbon and for scenario databases; `None` for anything else.
    pub gas: Option<Gas>,
    /// The unit it is kept in: all that speaks of it in the model is in it. `None` where an
    /// imported model does not say.
    pub unit: Option<MassUnit>,
    /// Emissions from outside the model, its unit a year: they always count.
    pub exogenous: Vec<(RegionIx, ByYear)>,
    /// The emission of which it is a part: what some processes emit, counted apart for a rule that
    /// covers them alone.
    pub part_of: Option<EmissionIx>,
    /// Price on the emissions of processes and of demand, MUSD for each of its unit (USD/t of Mt).
    pub price: Vec<(RegionIx, ByYear)>,
    /// What the emissions of processes and of demand do harm, to health and harvests: the same.
    pub damage: Vec<(RegionIx, ByYear)>,
    /// Whether the damage is part of what is minimised; else it is only reported.
    pub damage_in_cost: bool,
}

impl Fields for Emission {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self {
            name: _,
            label: _,
            gas: _,
            unit: _,
            exogenous,
            part_of: _,
            price,
            damage,
            damage_in_cost: _,
        } = self;
        see(Field::Sizes(exogenous));
        see(Field::Rates(price));
        see(Field::Rates(damage));
    }
}

/// Transport of a commodity between two regions.
#[derive(Clone, Debug)]
pub struct Link {
    /// Short unique name.
    pub name: String,
    /// The end it starts from.
    pub from: RegionIx,
    /// The other end.
    pub to: RegionIx,
    /// What it carries.
    pub commodity: CommodityIx,
    /// What limits it; `None` if nothing does.
    pub capacity: Option<CapacityIx>,
    /// Energy one unit of capacity carries in a year.
    pub capacity_to_activity: f64,
    /// Share of the capacity that can carry from `from` to `to`.
    pub availability: Series,
    /// Share of the capacity that can carry back; zero for a one-way link.
    pub reverse_availability: Series,
    /// Share lost on the way; it is missing at the receiving end.
    pub loss: f64,
    /// Cost of carrying, MUSD/PJ sent, in either direction.
    pub variable_cost: Series,
    /// What counts as emitted where it arrives, Mt/PJ that arrives; each emission once.
    pub emissions: Vec<(EmissionIx, Series)>,
}

impl Fields for Link {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self {
            name: _,
            from,
            to,
            commodity: _,
            capacity,
            capacity_to_activity: _,
            availability,
            reverse_availability,
            loss: _,
            variable_cost,
            emissions,
        } = self;
        see(Field::Region(from));
        see(Field::Region(to));
        capacity.iter_mut().for_each(|capacity| see(Field::Capacity(capacity)));
        see(Field::Mean(availability));
        see(Field::Mean(reverse_availability));
        see(Field::Mean(variable_cost));
        emissions.iter_mut().for_each(|(_, factor)| see(Field::Mean(factor)));
    }
}

/// Which region.
pub type RegionIx = Ix<Region>;
/// Which commodity.
pub type CommodityIx = Ix<Commodity>;
/// Which emission.
pub type EmissionIx = Ix<Emission>;
/// Which link.
pub type LinkIx = Ix<Link>;

impl Link {
    /// Share of the capacity that can carry in a direction; 0 is from its start to its end.
    pub const fn availability(&self, direction: usize) -> &Series {
        if direction == 0 { &self.availability } else { &self.reverse_availability }
    }

    /// Where what is sent in a direction arrives.
    pub const fn arrives_in(&self, direction: usize) -> RegionIx {
        if direction == 0 { self.to } else { self.from }
    }
}
