//! Fields of storages and links.

use kzleap_model::chronology::Cycle;
use kzleap_model::stated;

use super::Default::{None as Absent, Required, Value, Words};
use super::{
    BySlice, ByYear, Choice, Dimension, FIXED, Flag, Map, Name, Names, Number, Of, OneTable,
    Quantity, R, RY, Text, UnitOfCapacity, YS, by_slice, by_year, choice, flag, map, name,
    number, shared, table, unit_of_capacity,
};

use super::commodities::EMISSION_FACTOR;

const EFFICIENCY: Quantity = Quantity::share(R).hard(f64::MIN_POSITIVE, 1.0);

const fn content() -> Quantity {
    Quantity::new(Dimension::Content, "energy_capacity", RY).partial()
}

const fn new_content() -> Quantity {
    Quantity::new(Dimension::ContentPerYear, "energy_capacity", RY).partial()
}

const fn charge() -> Quantity {
    Quantity::new(Dimension::Capacity, "capacity", RY).partial()
}

const fn new_charge() -> Quantity {
    Quantity::new(Dimension::CapacityPerYear, "capacity", RY).partial()
}

pub(crate) mod storage {
    use super::*;

    table! {
        title: "Storages",
        written: "[storages.NAME]",
        doc: "What carries energy from one time to another. It is sized by `hours` of its power, or \
              by the `energy_…` fields.",
        open: None;

        const LABEL: Field<Text> = shared::LABEL;
        const CATEGORY: Field<Text> = shared::CATEGORY;
        const REGIONS: Field<Names> = shared::REGIONS;
        const COMMODITY: Field<Name> =
            name("commodity", Of::Commodities, Required, "what it keeps");
        const CAPACITY: Field<UnitOfCapacity> = unit_of_capacity(
            "capacity",
            Words("GW; else the unit a year"),
            "unit of its power: both ways, or of giving back where charging is sized on its own",
        );
        const CHARGE_EFFICIENCY: Field<Number> = number(
            "charge_efficiency",
            EFFICIENCY,
            Value(1.0),
            "content for each unit taken in",
        );
        const DISCHARGE_EFFICIENCY: Field<Number> = number(
            "discharge_efficiency",
            EFFICIENCY,
            Value(1.0),
            "output for each unit of content",
        );
        const SELF_DISCHARGE: Field<Number> = number(
            "self_discharge",
            Quantity::share(R).hard(0.0, 0.999).soft(0.0, 0.05),
            Words("0"),
            "share of the content lost in an hour",
        );
        const MINIMUM_LEVEL: Field<ByYear> = by_year(
            "minimum_level",
            Quantity::share(RY).hard(0.0, 0.999),
            Words("0"),
            "share of the size below which the content must not fall; what is below cannot be used",
        );
        const CYCLE: Field<Choice> = choice(
            "cycle",
            Cycle::WORDS,
            Required,
            "after which time it ends as it began",
        );
        const HOURS: Field<Number> = number(
            "hours",
            Quantity::new(Dimension::Hours, "", R)
                .hard(f64::MIN_POSITIVE, 1e5)
                .soft(0.1, 8760.0),
            Absent,
            "hours its whole content would last at full power, where energy is tied to power: its content \
             is `hours` times the power over `discharge_efficiency`. What `minimum_level` keeps in it \
             is part of that: it gives full power for `hours` times 1 - `minimum_level`",
        );
        const ENERGY_CAPITAL_COST: Field<ByYear> = by_year(
            "energy_capital_cost",
            Quantity::new(Dimension::CostPerContent, "energy_capital_cost", RY)
                .hard(0.0, 100_000.0)
                .possible(0.0, f64::INFINITY)
                .soft(0.0, 5000.0),
            Words("no new energy can be built"),
            "overnight cost of its energy, by year of building",
        );
        const ENERGY_FIXED_COST: Field<ByYear> = by_year(
            "energy_fixed_cost",
            Quantity::new(Dimension::CostPerContentYear, "energy_fixed_cost", RY),
            Words("0"),
            "cost of keeping its energy for a year",
        );
        const ENERGY_LIFE: Field<Number> =
            number("energy_life", shared::YEARS_OF_LIFE, Words("the life"), "years its energy is in service");
        const ENERGY_RESIDUAL_CAPACITY: Field<ByYear> = by_year(
            "energy_residual_capacity",
            content(),
            Words("none"),
            "energy already built",
        );
        const ENERGY_COMMISSIONED: Field<ByYear> = by_year(
            "energy_commissioned",
            content(),
            Absent,
            "in place of that: energy by the year in which its service began; it serves for its \
             `energy_life`, or `life`",
        );
        const ENERGY_MIN_CAPACITY: Field<ByYear> =
            by_year(stated::ENERGY_MIN_CAPACITY, content(), Absent, "least energy in service");
        const ENERGY_MAX_CAPACITY: Field<ByYear> =
            by_year(stated::ENERGY_MAX_CAPACITY, content(), Absent, "most energy in service");
        const ENERGY_MIN_NEW_CAPACITY: Field<ByYear> = by_year(
            stated::ENERGY_MIN_NEW_CAPACITY,
            new_content(),
            Absent,
            "least energy built, per calendar year",
        );
        const ENERGY_MAX_NEW_CAPACITY: Field<ByYear> = by_year(
            stated::ENERGY_MAX_NEW_CAPACITY,
            new_content(),
            Absent,
            "most energy built, per calendar year",
        );
        const CUSHION_COST: Field<ByYear> = by_year(
            "cushion_cost",
            Quantity::new(Dimension::CostPerContent, "energy_capital_cost", RY),
            Words("0"),
            "cost of what fills it up to `minimum_level` when it is built, for each unit of that",
        );
        const CHARGE_CAPITAL_COST: Field<ByYear> = by_year(
            "charge_capital_cost",
            Quantity::new(Dimension::CostPerCapacity, "capital_cost", RY),
            Words("no new power of charging can be built"),
            "overnight cost of the power that charges it, by year of building; with it or another \
             `charge_…` field that power is sized on its own",
        );
        const CHARGE_FIXED_COST: Field<ByYear> = by_year(
            "charge_fixed_cost",
            Quantity::new(Dimension::CostPerCapacityYear, "fixed_cost", RY),
            Words("0"),
            "cost of keeping that power for a year",
        );
        const CHARGE_RESIDUAL_CAPACITY: Field<ByYear> =
            by_year("charge_residual_capacity", charge(), Words("none"), "that power already built");
        const CHARGE_COMMISSIONED: Field<ByYear> = by_year(
            "charge_commissioned",
            charge(),
            Absent,
            "in place of that: by the year in which its service began; it serves for its `life`",
        );
        const CHARGE_MIN_CAPACITY: Field<ByYear> =
            by_year(stated::CHARGE_MIN_CAPACITY, charge(), Absent, "least of that power in service");
        const CHARGE_MAX_CAPACITY: Field<ByYear> =
            by_year(stated::CHARGE_MAX_CAPACITY, charge(), Absent, "most of that power in service");
        const CHARGE_MIN_NEW_CAPACITY: Field<ByYear> = by_year(
            stated::CHARGE_MIN_NEW_CAPACITY,
            new_charge(),
            Absent,
            "least of that power built, per calendar year",
        );
        const CHARGE_MAX_NEW_CAPACITY: Field<ByYear> = by_year(
            stated::CHARGE_MAX_NEW_CAPACITY,
            new_charge(),
            Absent,
            "most of that power built, per calendar year",
        );
        const CAPITAL_COST: Field<ByYear> = shared::CAPITAL_COST;
        const FIXED_COST: Field<ByYear> = shared::FIXED_COST;
        const VARIABLE_COST: Field<BySlice> = shared::VARIABLE_COST;
        const LIFE: Field<Number> = shared::LIFE;
        const ECONOMIC_LIFE: Field<Number> = shared::ECONOMIC_LIFE;
        const COST_OF_CAPITAL: Field<Number> = shared::COST_OF_CAPITAL;
        const LEAD_TIME: Field<Number> = shared::LEAD_TIME;
        const SPENDING: Field<Map> = shared::SPENDING;
        const RESIDUAL_CAPACITY: Field<ByYear> = shared::RESIDUAL_CAPACITY;
        const COMMISSIONED: Field<ByYear> = shared::COMMISSIONED;
        const AVAILABILITY: Field<BySlice> = shared::AVAILABILITY;
        const MIN_CAPACITY: Field<ByYear> = shared::MIN_CAPACITY;
        const MAX_CAPACITY: Field<ByYear> = shared::MAX_CAPACITY;
        const MIN_NEW_CAPACITY: Field<ByYear> = shared::MIN_NEW_CAPACITY;
        const MAX_NEW_CAPACITY: Field<ByYear> = shared::MAX_NEW_CAPACITY;
        const GROWTH: Field<OneTable> = shared::GROWTH;
        const EARLY_RETIREMENT: Field<Flag> = shared::EARLY_RETIREMENT;
        const CAPACITY_CREDIT: Field<ByYear> = shared::CAPACITY_CREDIT;
    }
}

pub(crate) mod link {
    use super::*;

    table! {
        title: "Links",
        written: "[links.NAME]",
        doc: "What carries a commodity between two regions. Its values do not vary by region; the \
              region it starts from pays.",
        open: None;

        const LABEL: Field<Text> = shared::LABEL;
        const FROM: Field<Name> = name("from", Of::Regions, Required, "the end it starts from");
        const TO: Field<Name> = name("to", Of::Regions, Required, "the other end");
        const COMMODITY: Field<Name> =
            name("commodity", Of::Commodities, Required, "what it carries");
        const CAPACITY: Field<UnitOfCapacity> = unit_of_capacity(
            "capacity",
            Words("no capacity, unlimited"),
            "unit of its capacity",
        );
        const LOSS: Field<Number> = number(
            "loss",
            Quantity::share(FIXED).hard(0.0, 0.999).soft(0.0, 0.3),
            Words("0"),
            "share lost on the way",
        );
        const TWO_WAY: Field<Flag> =
            flag("two_way", Words("true"), "whether it carries both ways");
        const AVAILABILITY: Field<BySlice> = shared::AVAILABILITY;
        const REVERSE_AVAILABILITY: Field<BySlice> = by_slice(
            "reverse_availability",
            Quantity::share(YS),
            Words("availability"),
            "share of the capacity that can carry back",
        );
        const REACTANCE: Field<Number> = number(
            "reactance",
            Quantity::new(Dimension::Ratio, "", FIXED)
                .hard(f64::MIN_POSITIVE, f64::INFINITY)
                .soft(1e-4, 10.0),
            Words("it carries what is sent"),
            "reactance of a line of alternating current, per unit on a base of 100 MVA: what it \
             carries follows from voltage angles",
        );
        const VARIABLE_COST: Field<BySlice> = shared::VARIABLE_COST;
        const EMISSIONS: Field<Map> = map(
            "emissions",
            Of::Emissions,
            Quantity { varies: YS, ..EMISSION_FACTOR },
            Absent,
            "what counts as emitted where it arrives, per amount that arrives: of imports",
        );
        const CAPITAL_COST: Field<ByYear> = shared::CAPITAL_COST;
        const FIXED_COST: Field<ByYear> = shared::FIXED_COST;
        const LIFE: Field<Number> = shared::LIFE;
        const ECONOMIC_LIFE: Field<Number> = shared::ECONOMIC_LIFE;
        const COST_OF_CAPITAL: Field<Number> = shared::COST_OF_CAPITAL;
        const LEAD_TIME: Field<Number> = shared::LEAD_TIME;
        const SPENDING: Field<Map> = shared::SPENDING;
        const RESIDUAL_CAPACITY: Field<ByYear> = shared::RESIDUAL_CAPACITY;
        const COMMISSIONED: Field<ByYear> = shared::COMMISSIONED;
        const MIN_CAPACITY: Field<ByYear> = shared::MIN_CAPACITY;
        const MAX_CAPACITY: Field<ByYear> = shared::MAX_CAPACITY;
        const MIN_NEW_CAPACITY: Field<ByYear> = shared::MIN_NEW_CAPACITY;
        const MAX_NEW_CAPACITY: Field<ByYear> = shared::MAX_NEW_CAPACITY;
        const GROWTH: Field<OneTable> = shared::GROWTH;
        const UNIT_SIZE: Field<Number> = shared::UNIT_SIZE;
        const EARLY_RETIREMENT: Field<Flag> = shared::EARLY_RETIREMENT;
    }
}
