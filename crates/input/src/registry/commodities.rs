//! Fields of commodities, demands and emissions.

use kzleap_model::kind::DriverKind;

use super::Default::{None as Absent, Required, Words};
use super::kinds::{COLOUR, FAMILY, GAS, KIND, LABEL};
use super::{Dimension, FIXED, Kind, Of, Quantity, RY, RYS, S, TableKind, Y, field};

/// Emissions of burning a fuel, or of running a process.
pub(crate) const EMISSION_FACTOR: Quantity =
    Quantity::new(Dimension::EmissionPerAmount, "emission_factor", RYS)
        .any()
        .soft(-200.0, 150.0);

pub(crate) static COMMODITY: TableKind = TableKind {
    title: "Commodities",
    written: "[commodities.NAME]",
    doc: "An energy carrier, a material or a service.",
    fields: &[
        LABEL,
        KIND,
        FAMILY,
        COLOUR,
        field(
            "unit",
            Kind::Text,
            Words("energy, `PJ`"),
            "what it is counted in: energy `PJ`, mass `Mt`, passenger-km `Gpkm`, tonne-km `Gtkm`, \
             vehicle-km `Gvkm`, floor area `Mm2`, or things `million`",
        ),
        field(
            "tier",
            Kind::Choice(&["annual", "season", "slice"]),
            Words("slice"),
            "how finely it is balanced",
        ),
        field(
            "balance",
            Kind::Choice(&["surplus", "exact"]),
            Words("surplus"),
            "whether more may be made than is used",
        ),
        field(
            "emissions",
            Kind::Map(Of::Emissions, Quantity { varies: RY, ..EMISSION_FACTOR }),
            Absent,
            "of burning it; counted where a process uses it or a demand takes it, unless it is exported, \
             bunkered or lost",
        ),
        field(
            "heat_value",
            Kind::Quantity(
                Quantity::new(Dimension::HeatValue, "heat_value", FIXED)
                    .hard(2.0, 145.0)
                    .possible(f64::MIN_POSITIVE, f64::INFINITY),
            ),
            Absent,
            "lower heating value of a fuel, for tables in tonnes or cubic metres: `GJ/t` or \
             `MJ/m3`; hydrogen has most, 120 GJ/t",
        ),
        field(
            "unserved_cost",
            Kind::Quantity(Quantity::new(Dimension::CostPerAmount, "unserved_cost", Y)),
            Words("demand must be served"),
            "price at which demand may go unserved",
        ),
    ],
    open: None,
};

pub(crate) static DEMANDS: TableKind = TableKind {
    title: "Demands",
    written: "[demands.COMMODITY]",
    doc: "A table for each region.",
    fields: &[],
    open: Some((Of::Regions, &Kind::Table(&DEMAND))),
};

pub(crate) static DEMAND: TableKind = TableKind {
    title: "Demand in a region",
    written: "REGION = { annual = … }",
    doc: "What end users need of a commodity in a region.",
    fields: &[
        field(
            "annual",
            Kind::Quantity(Quantity::new(Dimension::AmountPerYear, "demand", Y)),
            Required,
            "the amount a year",
        ),
        field(
            "profile",
            Kind::Quantity(Quantity::new(Dimension::Ratio, "", S)),
            Words("`flat`"),
            "when: the name of a profile, `flat` (even over the year) or `flexible` (at any time \
             of it)",
        ),
        field(
            "non_energy_use",
            Kind::Flag,
            Words("false"),
            "whether it is not burnt (feedstock, bitumen, lubricants), so that the `emissions` of \
             the commodity do not count",
        ),
    ],
    open: None,
};

pub(crate) static DRIVER: TableKind = TableKind {
    title: "Drivers",
    written: "[drivers.NAME]",
    doc: "What demand follows: people, homes, income, output. Formulas name it.",
    fields: &[
        LABEL,
        field(
            "kind",
            Kind::Choice(DriverKind::WORDS),
            Words("something else"),
            "whether it is what indicators are per capita of, or per unit of output",
        ),
        field(
            "unit",
            Kind::Text,
            Words("a plain number"),
            "unit, such as `million` or `m2/head`",
        ),
        field(
            "value",
            Kind::Quantity(Quantity::new(Dimension::Own, "", RY).any()),
            Required,
            "its value, or a formula",
        ),
    ],
    open: None,
};

pub(crate) static BRANCH: TableKind = TableKind {
    title: "Branches of demand",
    written: "[branches.NAME]",
    doc: "A part of demand in a tree. What the branches of a commodity need in a region is added \
          to its demand; a branch without a commodity gathers others.",
    fields: &[
        LABEL,
        field("parent", Kind::Name(Of::Branches), Absent, "the branch it is a part of"),
        field(
            "flow",
            Kind::Text,
            Words("that of its parent, else `final/demand`"),
            "row of the energy balance it stands in, such as `final/households`",
        ),
        field("commodity", Kind::Name(Of::Commodities), Absent, "what it needs"),
        field(
            "regions",
            Kind::Names(Of::Regions),
            Words("all domestic regions"),
            "where it needs it",
        ),
        field(
            "annual",
            Kind::Quantity(Quantity::new(Dimension::AmountPerYear, "demand", RY).partial()),
            Words("must be given where `commodity` is"),
            "the amount a year, mostly a formula",
        ),
        field(
            "profile",
            Kind::Quantity(Quantity::new(Dimension::Ratio, "", S)),
            Words("`flat`"),
            "when: the name of a profile, `flat` (even over the year) or `flexible` (at any time \
             of it)",
        ),
        field(
            "non_energy_use",
            Kind::Flag,
            Words("false"),
            "whether it is not burnt (feedstock, bitumen, lubricants), so that the `emissions` of \
             the commodity do not count",
        ),
    ],
    open: None,
};

pub(crate) static EMISSION: TableKind = TableKind {
    title: "Emissions",
    written: "[emissions.NAME]",
    doc: "A pollutant that is counted.",
    fields: &[
        LABEL,
        GAS,
        field(
            "unit",
            Kind::Choice(&["Mt", "kt", "t", "kg", "g", "mg"]),
            Words("`Mt`"),
            "what results and the program count it in; a cap on several is in the unit of the first",
        ),
        field(
            "exogenous",
            Kind::Quantity(Quantity::new(Dimension::EmissionPerYear, "emissions", RY).any()),
            Absent,
            "emissions from outside the model, by region",
        ),
        field(
            "price",
            Kind::Quantity(
                Quantity::new(Dimension::CostPerEmission, "emission_price", RY)
                    .soft(0.0, 5000.0),
            ),
            Absent,
            "price on the emissions of processes and of demand",
        ),
    ],
    open: None,
};
