//! Fields of commodities, demands and emissions.

use kzleap_model::kind::DriverKind;
use kzleap_model::{Balance, CommodityKind, Family, Gas, MassUnit, Tier, stated};

use super::Default::{None as Absent, Required, Words};
use super::{
    BySlice, ByYear, Choice, Dimension, FIXED, Flag, Kind, Map, Name, Names, Number, Of,
    Quantity, RY, RYS, S, Text, Y, by_slice, by_year, choice, flag, map, name, names, number,
    shared, table, text,
};

/// Emissions of burning a fuel, or of running a process.
pub(super) const EMISSION_FACTOR: Quantity =
    Quantity::new(Dimension::EmissionPerAmount, "emission_factor", RYS)
        .any()
        .soft(-200.0, 150.0);

pub(crate) mod commodity {
    use super::*;

    table! {
        title: "Commodities",
        written: "[commodities.NAME]",
        doc: "An energy carrier, a material or a service.",
        open: None;

        const LABEL: Field<Text> = shared::LABEL;
        const KIND: Field<Choice> = choice(
            "kind",
            CommodityKind::WORDS,
            Words("not known: no rule of a kind applies"),
            "what it is, whatever it is called: see [kinds](format.md#what-things-are)",
        );
        const FAMILY: Field<Choice> =
            choice("family", Family::WORDS, Absent, "which fuel it is, or what of nature");
        const COLOUR: Field<Text> = shared::COLOUR;
        const UNIT: Field<Text> = text(
            "unit",
            Words("energy, `PJ`"),
            "what it is counted in: energy `PJ`, mass `Mt`, passenger-km `Gpkm`, tonne-km `Gtkm`, \
             vehicle-km `Gvkm`, floor area `Mm2`, or things `million`",
        );
        const TIER: Field<Choice> = choice(
            "tier",
            Tier::WORDS,
            Words("slice"),
            "how finely it is balanced",
        );
        const JUST_IN_TIME: Field<Flag> = flag(
            "just_in_time",
            Words("false: balanced by season or year, it is in store"),
            "whether plants burn it as it is delivered, so that those that stand by for a \
             [reserve](format.md#demands-emissions-rules) count only as far as it can be delivered; where it is \
             balanced by slice they always do",
        );
        const BALANCE: Field<Choice> = choice(
            "balance",
            Balance::WORDS,
            Words("surplus"),
            "whether more may be made than is used",
        );
        const EMISSIONS: Field<Map> = map(
            "emissions",
            Of::Emissions,
            Quantity { varies: RY, ..EMISSION_FACTOR },
            Absent,
            "of burning it; counted where a process uses it or a demand takes it, unless it is exported, \
             bunkered or lost",
        );
        const HEAT_VALUE: Field<Number> = number(
            "heat_value",
            Quantity::new(Dimension::HeatValue, "heat_value", FIXED)
                .hard(2.0, 145.0)
                .possible(f64::MIN_POSITIVE, f64::INFINITY),
            Absent,
            "lower heating value of a fuel, for tables in tonnes or cubic metres: `GJ/t` or \
             `MJ/m3`; hydrogen has most, 120 GJ/t",
        );
        const UNSERVED_COST: Field<ByYear> = by_year(
            "unserved_cost",
            Quantity::new(Dimension::CostPerAmount, "unserved_cost", Y),
            Words("demand must be served"),
            "price at which demand may go unserved",
        );
    }
}

pub(crate) mod demands {
    use super::*;

    table! {
        title: "Demands",
        written: "[demands.COMMODITY]",
        doc: "A table for each region.",
        open: Some((Of::Regions, &Kind::Table(&demand::TABLE)));
    }
}

pub(crate) mod demand {
    use super::*;

    table! {
        title: "Demand in a region",
        written: "REGION = { annual = … }",
        doc: "What end users need of a commodity in a region.",
        open: None;

        const ANNUAL: Field<ByYear> = by_year(
            stated::ANNUAL,
            Quantity::new(Dimension::AmountPerYear, "demand", Y),
            Required,
            "the amount a year",
        );
        const PROFILE: Field<BySlice> = by_slice(
            "profile",
            Quantity::new(Dimension::Ratio, "", S),
            Words("`flat`"),
            "when: the name of a profile, `flat` (even over the year) or `flexible` (at any time \
             of it)",
        );
        const NON_ENERGY_USE: Field<Flag> = flag(
            "non_energy_use",
            Words("false"),
            "whether it is not burnt (feedstock, bitumen, lubricants), so that the `emissions` of \
             the commodity do not count",
        );
    }
}

pub(crate) mod driver {
    use super::*;

    table! {
        title: "Drivers",
        written: "[drivers.NAME]",
        doc: "What demand follows: people, homes, income, output. Formulas name it.",
        open: None;

        const LABEL: Field<Text> = shared::LABEL;
        const KIND: Field<Choice> = choice(
            "kind",
            DriverKind::WORDS,
            Words("something else"),
            "whether it is what indicators are per capita of, or per unit of output",
        );
        const UNIT: Field<Text> =
            text("unit", Words("a plain number"), "unit, such as `million` or `m2/head`");
        const EXTENSIVE: Field<Flag> = flag(
            "extensive",
            Words("`true` of a driver with a kind, else `false`"),
            "whether the values of regions add up: people do, income per capita does not",
        );
        const VALUE: Field<ByYear> = by_year(
            "value",
            Quantity::new(Dimension::Own, "", RY).any(),
            Required,
            "its value, or a formula",
        );
    }
}

pub(crate) mod branch {
    use super::*;

    table! {
        title: "Branches of demand",
        written: "[branches.NAME]",
        doc: "A part of demand in a tree. What the branches of a commodity need in a region is added \
              to its demand; a branch without a commodity gathers others.",
        open: None;

        const LABEL: Field<Text> = shared::LABEL;
        const PARENT: Field<Name> =
            name("parent", Of::Branches, Absent, "the branch it is a part of");
        const FLOW: Field<Text> = text(
            "flow",
            Words("that of its parent, else `final/demand`"),
            "its row of the energy balance, such as `final/households`",
        );
        const COMMODITY: Field<Name> =
            name("commodity", Of::Commodities, Absent, "what it needs");
        const REGIONS: Field<Names> =
            names("regions", Of::Regions, Words("all domestic regions"), "where it needs it");
        const ANNUAL: Field<ByYear> = by_year(
            stated::ANNUAL,
            Quantity::new(Dimension::AmountPerYear, "demand", RY).partial(),
            Words("must be given where `commodity` is"),
            "the amount a year, mostly a formula",
        );
        const PROFILE: Field<BySlice> = by_slice(
            "profile",
            Quantity::new(Dimension::Ratio, "", S),
            Words("`flat`"),
            "when: the name of a profile, `flat` (even over the year) or `flexible` (at any time \
             of it)",
        );
        const NON_ENERGY_USE: Field<Flag> = flag(
            "non_energy_use",
            Words("false"),
            "whether it is not burnt (feedstock, bitumen, lubricants), so that the `emissions` of \
             the commodity do not count",
        );
    }
}

pub(crate) mod emission {
    use super::*;

    table! {
        title: "Emissions",
        written: "[emissions.NAME]",
        doc: "A pollutant that is counted.",
        open: None;

        const LABEL: Field<Text> = shared::LABEL;
        const GAS: Field<Choice> = choice(
            "gas",
            Gas::WORDS,
            Words("something else"),
            "what it is: `capture` is of `co2`, and scenario databases name them",
        );
        const UNIT: Field<Choice> = choice(
            "unit",
            MassUnit::OF_EMISSIONS,
            Words("`Mt`"),
            "what results and the program count it in; a cap on several is in the unit of the first",
        );
        const EXOGENOUS: Field<ByYear> = by_year(
            "exogenous",
            Quantity::new(Dimension::EmissionPerYear, "emissions", RY).any(),
            Absent,
            "emissions from outside the model, by region",
        );
        const PRICE: Field<ByYear> = by_year(
            "price",
            Quantity::new(Dimension::CostPerEmission, "emission_price", RY).soft(0.0, 5000.0),
            Absent,
            "price on the emissions of processes and of demand",
        );
    }
}
