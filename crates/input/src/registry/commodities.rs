//! Fields of commodities and emissions.

use kzleap_model::{Balance, CommodityKind, Family, Gas, MassUnit, Tier};

use super::Default::{None as Absent, Words};
use super::{
    ByYear, Choice, Dimension, FIXED, Flag, Map, Number, Of, Quantity, RY, RYS, Text, Y,
    by_year, choice, flag, map, number, shared, table, text,
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
        const DAMAGE: Field<ByYear> = by_year(
            "damage",
            Quantity::new(Dimension::CostPerEmission, "emission_damage", RY)
                .soft(0.0, 1_000_000.0),
            Absent,
            "what the emissions of processes and of demand do harm, to health or harvests: reported",
        );
        const DAMAGE_IN_COST: Field<Flag> = flag(
            "damage_in_cost",
            Words("`false`"),
            "the damage is minimised with the costs",
        );
    }
}
