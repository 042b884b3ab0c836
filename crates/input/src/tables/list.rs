//! The list of CSV tables: their columns, and where a row is in the tree.

use crate::registry::{self, Key, demand, process, region_part, statistic};

/// A CSV table that a model folder may hold.
#[derive(Debug)]
pub struct CsvTable {
    /// Name of the file; `LEVEL.csv` stands for any that a level of regions names.
    pub file: &'static str,
    /// What it is for.
    pub doc: &'static str,
    /// Where a row is in the tree.
    pub path: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
    /// What each row is.
    pub(super) rows: Rows,
}

/// What each row of a table is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Rows {
    /// A number of a field that the table is for.
    Field(Key),
    /// A number of a field that the row names.
    Parameter,
    Demand,
    Profile,
    Statistic,
    Part,
}

/// A column of a [`CsvTable`].
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name in the header.
    pub name: &'static str,
    /// Whether the table must have it.
    pub required: bool,
    /// What is in it.
    pub doc: &'static str,
}

const fn column(name: &'static str, required: bool, doc: &'static str) -> Column {
    Column { name, required, doc }
}

/// A column that holds a field, under its name.
const fn of(field: Key, required: bool, doc: &'static str) -> Column {
    column(field.name(), required, doc)
}

pub(super) const PROCESS: Column =
    column("process", true, "name of the process, storage or link; `PROCESS.CLASS` of a class");
pub(super) const PARAMETER: Column =
    column("parameter", true, "name of the field, such as `capital_cost`");
pub(super) const REGION: Column =
    column("region", true, "name of the region; empty: the same in all");
pub(super) const YEAR: Column = column("year", true, "calendar year");
const YEAR_OR_ALWAYS: Column = column(YEAR.name, true, "calendar year; empty: the same always");
pub(super) const VALUE: Column = of(registry::VALUE, true, "the number, with a decimal point");
pub(super) const UNIT: Column = of(registry::UNIT, false, "its unit");
pub(super) const SOURCE: Column = of(registry::SOURCE, false, "where it comes from");
pub(super) const CONFIDENCE: Column =
    of(registry::CONFIDENCE, false, "high, medium, low or assumption");
pub(super) const NOTE: Column =
    of(registry::NOTE, false, "anything else; the reasoning of an assumption");

/// Columns of demands.
pub(super) const COMMODITY: Column = column("commodity", true, "name of the commodity");
pub(super) const DEMAND_PROFILE: Column =
    of(demand::PROFILE.key(), false, "name of the profile, `flat` or `flexible`");

pub(super) const NON_ENERGY_USE: Column = of(
    demand::NON_ENERGY_USE.key(),
    false,
    "`true` for what is not burnt (feedstock, bitumen, lubricants); `false` or empty: it is",
);

/// Columns of profiles.
pub(super) const PROFILE: Column = column("profile", true, "name of the profile");
pub(super) const SLICE: Column =
    column("slice", true, "name of the slice, or of a season for all its slices");

/// Columns of statistics.
pub(super) const STATISTIC: Column = column("statistic", true, "its name");
pub(super) const STATISTIC_TEXTS: [Column; 3] = [
    of(statistic::LABEL.key(), false, "the name shown to people"),
    of(statistic::QUANTITY.key(), true, "supply, use, generation, emissions or capacity"),
    of(statistic::EMISSION.key(), false, "name of an emission"),
];
pub(super) const STATISTIC_LISTS: [Column; 5] = [
    of(statistic::FLOWS.key(), false, "rows of the energy balance, each with all below it"),
    of(statistic::COMMODITIES.key(), false, "names of commodities"),
    of(statistic::CATEGORIES.key(), false, "categories of processes"),
    of(statistic::PROCESSES.key(), false, "names of processes"),
    of(statistic::REGIONS.key(), false, "names of regions; empty: all domestic regions"),
];
pub(super) const STATISTIC_NUMBERS: [Column; 2] = [
    of(statistic::YEAR.key(), true, "the year it is about"),
    of(statistic::TOLERANCE.key(), true, "how far the plan may be from it, as a share of it"),
];

/// Columns of parts of regions.
pub(super) const PART_REGION: Column =
    of(region_part::REGION.key(), true, "name of the region it is a part of");
pub(super) const PART: Column = column("part", true, "name of the region it becomes");
pub(super) const PART_LABEL: Column =
    of(region_part::LABEL.key(), false, "the name shown to people");
pub(super) const PART_OF: Column = column(
    "of",
    true,
    "what the share is of: `processes.P`, `storages.S`, `resources.R` (its limits and \
     existing capacity), `processes.P.residual_capacity` (existing capacity), \
     `demands.C`; empty: of everything not named otherwise",
);
pub(super) const PART_SHARE: Column =
    of(region_part::SHARE.key(), true, "its share; those of a region in one thing add up to 1");

/// What a table of parts is called in the list.
pub(crate) const PARTS: &str = "LEVEL.csv";

/// Every CSV table there is.
pub static CSV_TABLES: &[CsvTable] = &[
    CsvTable {
        file: "residual_capacity.csv",
        rows: Rows::Field(process::RESIDUAL_CAPACITY.key()),
        doc: "Capacity built before the first milestone year and still there.",
        path: "processes.P.residual_capacity.R.Y",
        columns: &[PROCESS, REGION, YEAR, VALUE, UNIT, SOURCE, CONFIDENCE, NOTE],
    },
    CsvTable {
        file: "commissioned.csv",
        rows: Rows::Field(process::COMMISSIONED.key()),
        doc: "Existing capacity by the year in which its service began.",
        path: "processes.P.commissioned.R.Y",
        columns: &[PROCESS, REGION, YEAR, VALUE, UNIT, SOURCE, CONFIDENCE, NOTE],
    },
    CsvTable {
        file: "parameters.csv",
        rows: Rows::Parameter,
        doc: "Any number of a process, storage or link.",
        path: "processes.P.PARAMETER.R.Y",
        columns: &[
            PROCESS,
            REGION,
            YEAR_OR_ALWAYS,
            PARAMETER,
            VALUE,
            UNIT,
            SOURCE,
            CONFIDENCE,
            NOTE,
        ],
    },
    CsvTable {
        file: "demand.csv",
        rows: Rows::Demand,
        doc: "What end users need in a year.",
        path: "demands.C.R.annual.Y, demands.C.R.profile, demands.C.R.non_energy_use",
        columns: &[
            COMMODITY,
            column(REGION.name, true, "name of the region"),
            YEAR_OR_ALWAYS,
            VALUE,
            UNIT,
            DEMAND_PROFILE,
            NON_ENERGY_USE,
            SOURCE,
            CONFIDENCE,
            NOTE,
        ],
    },
    CsvTable {
        file: "profiles.csv",
        rows: Rows::Profile,
        doc: "Values by slice, under a name.",
        path: "profiles.P.SLICE",
        columns: &[PROFILE, SLICE, VALUE, SOURCE, CONFIDENCE, NOTE],
    },
    CsvTable {
        file: "statistics.csv",
        rows: Rows::Statistic,
        doc: "Statistics that the plan is held against. Several names in a cell are divided by `;`.",
        path: "statistics.NAME",
        columns: &[
            STATISTIC,
            STATISTIC_TEXTS[0],
            STATISTIC_TEXTS[1],
            STATISTIC_LISTS[0],
            STATISTIC_LISTS[1],
            STATISTIC_TEXTS[2],
            STATISTIC_LISTS[2],
            STATISTIC_LISTS[3],
            STATISTIC_LISTS[4],
            STATISTIC_NUMBERS[0],
            VALUE,
            of(statistic::UNIT.key(), true, "its unit, in which the plan is shown too"),
            STATISTIC_NUMBERS[1],
            SOURCE,
            CONFIDENCE,
            NOTE,
        ],
    },
    CsvTable {
        file: PARTS,
        rows: Rows::Part,
        doc: "Parts of regions and what each has of them: the file that `split` of a level of \
              regions names. Several paths in a cell are divided by `;`.",
        path: "region_levels.LEVEL.parts.PART",
        columns: &[
            PART_REGION,
            PART,
            PART_LABEL,
            PART_OF,
            PART_SHARE,
            SOURCE,
            CONFIDENCE,
            NOTE,
        ],
    },
];
