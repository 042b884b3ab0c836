//! Fields of storages and links.

use super::Default::{None as Absent, Number, Required, Words};
use super::kinds::LABEL;
use super::processes::{
    AVAILABILITY_FIELD, CAPACITY_CREDIT, CAPITAL_COST, CATEGORY, COST_OF_CAPITAL_FIELD,
    EARLY_RETIREMENT_FIELD, ECONOMIC_LIFE_FIELD, FIXED_COST, GROWTH_FIELD, LIFE, LIFE_FIELD,
    MAX_CAPACITY, MAX_NEW_CAPACITY, MIN_CAPACITY, MIN_NEW_CAPACITY, REGIONS, RESIDUAL_CAPACITY,
    UNIT_SIZE, VARIABLE_COST,
};
use super::{Dimension, FIXED, Kind, Of, Quantity, R, RY, TableKind, YS, field};

const EFFICIENCY: Kind = Kind::Quantity(Quantity::share(R).hard(f64::MIN_POSITIVE, 1.0));

const fn content() -> Kind {
    Kind::Quantity(Quantity::new(Dimension::Content, "energy_capacity", RY).partial())
}

const fn new_content() -> Kind {
    Kind::Quantity(Quantity::new(Dimension::ContentPerYear, "energy_capacity", RY).partial())
}

pub(crate) static STORAGE: TableKind = TableKind {
    title: "Storages",
    written: "[storages.NAME]",
    doc: "What carries energy from one time to another. It is sized by `hours` of its power, or \
          by the `energy_…` fields.",
    fields: &[
        LABEL,
        CATEGORY,
        REGIONS,
        field("commodity", Kind::Name(Of::Commodities), Required, "what it keeps"),
        field(
            "capacity",
            Kind::CapacityUnit,
            Words("GW; else the unit a year"),
            "unit of its power, both ways",
        ),
        field("charge_efficiency", EFFICIENCY, Number(1.0), "content for each unit taken in"),
        field(
            "discharge_efficiency",
            EFFICIENCY,
            Number(1.0),
            "output for each unit of content",
        ),
        field(
            "self_discharge",
            Kind::Quantity(Quantity::share(R).hard(0.0, 0.999).soft(0.0, 0.05)),
            Words("0"),
            "share of the content lost in an hour",
        ),
        field(
            "minimum_level",
            Kind::Quantity(Quantity::share(RY).hard(0.0, 0.999)),
            Words("0"),
            "share of the size below which the content must not fall",
        ),
        field(
            "cycle",
            Kind::Choice(&["day", "season", "year"]),
            Required,
            "after which time it ends as it began",
        ),
        field(
            "hours",
            Kind::Quantity(
                Quantity::new(Dimension::Hours, "", R)
                    .hard(f64::MIN_POSITIVE, 1e5)
                    .soft(0.1, 8760.0),
            ),
            Absent,
            "hours it gives its full power from full to empty, where energy is tied to power: its content \
             is `hours` times the power over `discharge_efficiency`",
        ),
        field(
            "energy_capital_cost",
            Kind::Quantity(
                Quantity::new(Dimension::CostPerContent, "energy_capital_cost", RY)
                    .hard(0.0, 100_000.0)
                    .possible(0.0, f64::INFINITY)
                    .soft(0.0, 5000.0),
            ),
            Words("no new energy can be built"),
            "overnight cost of its energy, by year of building",
        ),
        field(
            "energy_fixed_cost",
            Kind::Quantity(Quantity::new(
                Dimension::CostPerContentYear,
                "energy_fixed_cost",
                RY,
            )),
            Words("0"),
            "cost of keeping its energy for a year",
        ),
        field("energy_life", LIFE, Words("the life"), "years its energy is in service"),
        field("energy_residual_capacity", content(), Words("none"), "energy already built"),
        field("energy_min_capacity", content(), Absent, "least energy in service"),
        field("energy_max_capacity", content(), Absent, "most energy in service"),
        field(
            "energy_min_new_capacity",
            new_content(),
            Absent,
            "least energy built, per calendar year",
        ),
        field(
            "energy_max_new_capacity",
            new_content(),
            Absent,
            "most energy built, per calendar year",
        ),
        CAPITAL_COST,
        FIXED_COST,
        VARIABLE_COST,
        LIFE_FIELD,
        ECONOMIC_LIFE_FIELD,
        COST_OF_CAPITAL_FIELD,
        RESIDUAL_CAPACITY,
        AVAILABILITY_FIELD,
        MIN_CAPACITY,
        MAX_CAPACITY,
        MIN_NEW_CAPACITY,
        MAX_NEW_CAPACITY,
        GROWTH_FIELD,
        EARLY_RETIREMENT_FIELD,
        CAPACITY_CREDIT,
    ],
    open: None,
};

pub(crate) static LINK: TableKind = TableKind {
    title: "Links",
    written: "[links.NAME]",
    doc: "What carries a commodity between two regions. Its values do not vary by region; the \
          region it starts from pays.",
    fields: &[
        LABEL,
        field("from", Kind::Name(Of::Regions), Required, "the end it starts from"),
        field("to", Kind::Name(Of::Regions), Required, "the other end"),
        field("commodity", Kind::Name(Of::Commodities), Required, "what it carries"),
        field(
            "capacity",
            Kind::CapacityUnit,
            Words("no capacity, unlimited"),
            "unit of its capacity",
        ),
        field(
            "loss",
            Kind::Quantity(Quantity::share(FIXED).hard(0.0, 0.999).soft(0.0, 0.3)),
            Words("0"),
            "share lost on the way",
        ),
        field("two_way", Kind::Flag, Words("true"), "whether it carries both ways"),
        AVAILABILITY_FIELD,
        field(
            "reverse_availability",
            Kind::Quantity(Quantity::share(YS)),
            Words("availability"),
            "share of the capacity that can carry back",
        ),
        field(
            "reactance",
            Kind::Quantity(
                Quantity::new(Dimension::Ratio, "", FIXED)
                    .hard(f64::MIN_POSITIVE, f64::INFINITY)
                    .soft(1e-4, 10.0),
            ),
            Words("it carries what is sent"),
            "reactance of a line of alternating current, per unit on a base of 100 MVA: what it \
             carries follows from voltage angles",
        ),
        VARIABLE_COST,
        CAPITAL_COST,
        FIXED_COST,
        LIFE_FIELD,
        ECONOMIC_LIFE_FIELD,
        COST_OF_CAPITAL_FIELD,
        RESIDUAL_CAPACITY,
        MIN_CAPACITY,
        MAX_CAPACITY,
        MIN_NEW_CAPACITY,
        MAX_NEW_CAPACITY,
        GROWTH_FIELD,
        UNIT_SIZE,
        EARLY_RETIREMENT_FIELD,
    ],
    open: None,
};
