//! Fields of the rules a plan must keep.

use kzleap_model::stated;

use super::Default::{None as Absent, Required, Words};
use super::calendar::CALENDAR_YEAR;
use super::{
    ByYear, Dimension, FIXED, Field, Items, Map, Name, Names, Number, Of, Quantity, R, RY,
    Text, Y, by_year, map, name, names, number, root, shared, table,
};

/// The collections of rules, in the order in which they are read.
pub(crate) const RULES: &[Field<Items>] = &[
    root::EMISSION_CAPS,
    root::EMISSION_PRICES,
    root::TRADING,
    root::TRADING_LINKS,
    root::RESERVE_MARGINS,
    root::SHARES,
    root::ACTIVITY_LIMITS,
    root::CAPACITY_LIMITS,
    root::CONSTRAINTS,
    root::SUBSIDIES,
    root::RETROFITS,
];

const SHARE_VALUE: Quantity = Quantity::share(Y);

const fn a_year() -> Quantity {
    Quantity::new(Dimension::AmountPerYear, "activity", Y)
}

const fn capacity() -> Quantity {
    Quantity::new(Dimension::Capacity, "capacity", Y)
}

const fn new_capacity() -> Quantity {
    Quantity::new(Dimension::CapacityPerYear, "capacity", Y)
}

pub(super) const REGIONS: Field<Names> =
    names("regions", Of::Regions, Words("all domestic regions"), "where it holds");
pub(super) const PROCESSES: Field<Names> = names(
    "processes",
    Of::Processes,
    Absent,
    "names of processes, storages or resources it speaks of",
);
pub(super) const CATEGORIES: Field<Names> =
    names("categories", Of::Categories, Absent, "categories it speaks of");
pub(super) const COVERED: Field<Names> = names(
    "processes",
    Of::Processes,
    Words("all, with demand and what is exogenous"),
    "processes it covers alone",
);

/// The fields by which a rule names the processes it speaks of, and where.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Members {
    pub(crate) processes: Field<Names>,
    pub(crate) categories: Field<Names>,
    pub(crate) regions: Field<Names>,
}

pub(crate) mod emission_cap {
    use super::*;

    table! {
        title: "Emission caps",
        written: "[emission_caps.NAME]",
        doc: "A cap a year (`limit`), or over several years together (`budget`).",
        open: None;

        const LABEL: Field<Text> = shared::LABEL;
        const EMISSIONS: Field<Map> = map(
            "emissions",
            Of::Emissions,
            Quantity::new(Dimension::Ratio, "", FIXED),
            Required,
            "what counts, with weights such as warming potentials",
        );
        const PROCESSES: Field<Names> = COVERED;
        const CATEGORIES: Field<Names> = super::CATEGORIES;
        const REGIONS: Field<Names> = super::REGIONS;
        const LIMIT: Field<ByYear> = by_year(
            stated::LIMIT,
            Quantity::new(Dimension::EmissionPerYear, "emissions", Y).any(),
            Absent,
            "emissions allowed in a year; no cap before the first given year",
        );
        const PLANNED_BELOW: Field<ByYear> = by_year(
            "planned_below",
            Quantity::new(Dimension::EmissionPerYear, "emissions", Y),
            Absent,
            "how far below `limit` a plan of fewer slices than hours is to stay: by what its hours \
             would be above it; none before the first given year",
        );
        const BUDGET: Field<Number> = number(
            stated::BUDGET,
            Quantity::new(Dimension::Emission, "budget", FIXED).any(),
            Absent,
            "emissions allowed over the years `from` to `to`",
        );
        const FROM: Field<Number> =
            number("from", CALENDAR_YEAR, Words("first year of the horizon"), "first calendar year");
        const TO: Field<Number> =
            number("to", CALENDAR_YEAR, Words("last year of the horizon"), "last calendar year");
    }

    pub(crate) const MEMBERS: Members =
        Members { processes: PROCESSES, categories: CATEGORIES, regions: REGIONS };
}

pub(crate) mod emission_price {
    use super::*;

    table! {
        title: "Emission prices",
        written: "[emission_prices.NAME]",
        doc: "A price on what some processes emit, of one emission or of several together. A price \
              on all of an emission is its own `price`.",
        open: None;

        const LABEL: Field<Text> = shared::LABEL;
        const EMISSIONS: Field<Map> = map(
            "emissions",
            Of::Emissions,
            Quantity::new(Dimension::Ratio, "", FIXED),
            Required,
            "what is priced, with weights such as warming potentials",
        );
        const PROCESSES: Field<Names> = super::PROCESSES;
        const CATEGORIES: Field<Names> = super::CATEGORIES;
        const REGIONS: Field<Names> = super::REGIONS;
        const PRICE: Field<ByYear> = by_year(
            "price",
            Quantity::new(Dimension::CostPerEmission, "emission_price", Y).soft(0.0, 5000.0),
            Required,
            "price of one tonne that counts",
        );
    }

    pub(crate) const MEMBERS: Members =
        Members { processes: PROCESSES, categories: CATEGORIES, regions: REGIONS };
}

pub(crate) mod reserve_margin {
    use super::*;

    table! {
        title: "Reserve margins",
        written: "[reserve_margins.NAME]",
        doc: "Firm capacity that must be available.",
        open: None;

        const LABEL: Field<Text> = shared::LABEL;
        const REGIONS: Field<Names> = super::REGIONS;
        const COMMODITY: Field<Name> =
            name("commodity", Of::Commodities, Required, "what the capacity makes");
        const MARGIN: Field<ByYear> = by_year(
            stated::MARGIN,
            Quantity::new(Dimension::Ratio, "", Y)
                .hard(-1.0, 5.0)
                .possible(-1.0, f64::INFINITY)
                .soft(0.0, 1.0),
            Required,
            "firm capacity beyond the peak, a share of it",
        );
        const PEAK: Field<ByYear> = by_year(
            "peak",
            Quantity::new(Dimension::Capacity, "peak", Y),
            Words("the load of the plan, in each slice"),
            "peak demand; left out, the rule follows what demand and processes take",
        );
        const LINK_CREDIT: Field<Number> = number(
            "link_credit",
            Quantity::share(FIXED),
            Words("with `peak` 0; without it, what arrives from regions of another such rule"),
            "share of the capacity of links into the regions that counts",
        );
    }
}

pub(crate) mod share {
    use super::*;

    table! {
        title: "Shares",
        written: "[shares.NAME]",
        doc: "A rule on the share some processes have in the making of a commodity.",
        open: None;

        const LABEL: Field<Text> = shared::LABEL;
        const COMMODITY: Field<Name> =
            name("commodity", Of::Commodities, Required, "what is made");
        const REGIONS: Field<Names> = super::REGIONS;
        const PROCESSES: Field<Names> = super::PROCESSES;
        const CATEGORIES: Field<Names> = super::CATEGORIES;
        const AT_LEAST: Field<ByYear> = by_year(
            stated::AT_LEAST,
            SHARE_VALUE,
            Absent,
            "least share; no rule before the first year",
        );
        const AT_MOST: Field<ByYear> = by_year(
            stated::AT_MOST,
            SHARE_VALUE,
            Absent,
            "most share; no rule before the first year",
        );
    }

    pub(crate) const MEMBERS: Members =
        Members { processes: PROCESSES, categories: CATEGORIES, regions: REGIONS };
}

pub(crate) mod activity_limit {
    use super::*;

    table! {
        title: "Activity limits",
        written: "[activity_limits.NAME]",
        doc: "A limit on the activity of processes together.",
        open: None;

        const LABEL: Field<Text> = shared::LABEL;
        const PROCESSES: Field<Names> = super::PROCESSES;
        const CATEGORIES: Field<Names> = super::CATEGORIES;
        const REGIONS: Field<Names> = super::REGIONS;
        const MIN: Field<ByYear> = by_year(stated::MIN, a_year(), Absent, "least activity a year");
        const MAX: Field<ByYear> = by_year(stated::MAX, a_year(), Absent, "most activity a year");
        const MAX_TOTAL: Field<Number> = number(
            stated::MAX_TOTAL,
            Quantity::new(Dimension::Amount, "energy", FIXED),
            Absent,
            "most activity over the whole horizon",
        );
    }

    pub(crate) const MEMBERS: Members =
        Members { processes: PROCESSES, categories: CATEGORIES, regions: REGIONS };
}

pub(crate) mod capacity_limit {
    use super::*;

    table! {
        title: "Capacity limits",
        written: "[capacity_limits.NAME]",
        doc: "A limit on the capacities of processes together.",
        open: None;

        const LABEL: Field<Text> = shared::LABEL;
        const PROCESSES: Field<Names> = super::PROCESSES;
        const CATEGORIES: Field<Names> = super::CATEGORIES;
        const REGIONS: Field<Names> = super::REGIONS;
        const MIN: Field<ByYear> =
            by_year(stated::MIN, capacity(), Absent, "least capacity in service");
        const MAX: Field<ByYear> =
            by_year(stated::MAX, capacity(), Absent, "most capacity in service");
        const MIN_NEW: Field<ByYear> = by_year(
            stated::MIN_NEW,
            new_capacity(),
            Absent,
            "least capacity built, per calendar year",
        );
        const MAX_NEW: Field<ByYear> = by_year(
            stated::MAX_NEW,
            new_capacity(),
            Absent,
            "most capacity built, per calendar year",
        );
    }

    pub(crate) const MEMBERS: Members =
        Members { processes: PROCESSES, categories: CATEGORIES, regions: REGIONS };
}

pub(crate) mod subsidy {
    use super::*;

    table! {
        title: "Subsidies",
        written: "[subsidies.NAME]",
        doc: "Money from outside the plan that lowers the cost of building. The plan takes it where \
              it is worth most, up to the budget.",
        open: None;

        const LABEL: Field<Text> = shared::LABEL;
        const PROCESSES: Field<Names> = super::PROCESSES;
        const CATEGORIES: Field<Names> = super::CATEGORIES;
        const REGIONS: Field<Names> = super::REGIONS;
        const RATE: Field<ByYear> = by_year(
            "rate",
            Quantity::new(Dimension::CostPerCapacity, "capital_cost", Y),
            Required,
            "the most for each unit built, below its overnight cost; none before the first given \
             year",
        );
        const ANNUAL_BUDGET: Field<ByYear> = by_year(
            "annual_budget",
            Quantity::new(Dimension::MoneyPerYear, "annual_budget", Y),
            Words("no limit"),
            "the most that is paid, per calendar year; no limit before the first given year",
        );
    }

    pub(crate) const MEMBERS: Members =
        Members { processes: PROCESSES, categories: CATEGORIES, regions: REGIONS };
}

pub(crate) mod retrofit {
    use super::*;

    table! {
        title: "Retrofits",
        written: "[retrofits.NAME]",
        doc: "How capacity of a process may become that of another: a coal unit that burns gas, \
              capture on a plant that exists; or of the same for longer.",
        open: None;

        const LABEL: Field<Text> = shared::LABEL;
        const FROM: Field<Name> =
            name("from", Of::Processes, Required, "the process whose capacity is converted");
        const TO: Field<Name> = name("to", Of::Processes, Required, "the process it becomes");
        const REGIONS: Field<Names> = super::REGIONS;
        const CAPITAL_COST: Field<ByYear> = by_year(
            "capital_cost",
            Quantity::new(Dimension::CostPerCapacity, "capital_cost", RY).any(),
            Required,
            "overnight cost by year of conversion, for each unit that is converted; below zero if \
             it brings in more than it costs",
        );
        const ECONOMIC_LIFE: Field<Number> = number(
            "economic_life",
            shared::YEARS_OF_PAYMENT,
            Words("the life"),
            "years of payment",
        );
        const COST_OF_CAPITAL: Field<Number> = shared::COST_OF_CAPITAL;
        const KEPT: Field<Number> = number(
            "kept",
            Quantity::new(Dimension::Ratio, "", R).hard(0.0, 100.0).soft(0.1, 2.0),
            Words("1"),
            "capacity that is left of each unit converted",
        );
        const LEAD_TIME: Field<Number> = shared::LEAD_TIME;
        const SPENDING: Field<Map> = shared::SPENDING;
        const MAX_CONVERTED: Field<ByYear> = by_year(
            stated::MAX_CONVERTED,
            Quantity::new(Dimension::CapacityPerYear, "capacity", Y),
            Absent,
            "most that is converted, in all its regions together, per calendar year",
        );
        const LIFE: Field<Number> = number(
            "life",
            shared::YEARS_OF_LIFE,
            Words("what is left of the old one"),
            "years in service from the conversion on",
        );
    }
}
