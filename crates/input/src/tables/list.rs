//! The list of CSV tables: their columns, and where a row stands in the tree.

/// A CSV table that a model folder may hold.
#[derive(Debug)]
pub struct CsvTable {
    /// Name of the file; `LEVEL.csv` stands for any that a level of regions names.
    pub file: &'static str,
    /// What it is for.
    pub doc: &'static str,
    /// Where a row stands in the tree.
    pub path: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
}

/// A column of a [`CsvTable`].
#[derive(Debug)]
pub struct Column {
    /// Its name in the header.
    pub name: &'static str,
    /// Whether the table must have it.
    pub required: bool,
    /// What stands in it.
    pub doc: &'static str,
}

const fn column(name: &'static str, required: bool, doc: &'static str) -> Column {
    Column { name, required, doc }
}

const REGION: Column = column("region", true, "name of the region; empty: the same in all");
const YEAR: Column = column("year", true, "calendar year");
const VALUE: Column = column("value", true, "the number, with a decimal point");
const UNIT: Column = column("unit", false, "its unit");
const SOURCE: Column = column("source", false, "where it comes from");
const CONFIDENCE: Column = column("confidence", false, "high, medium, low or assumption");
const NOTE: Column = column("note", false, "anything else; the reasoning of an assumption");

/// What a table of parts is called in the list.
pub(crate) const PARTS: &str = "LEVEL.csv";

/// Every CSV table there is.
pub static CSV_TABLES: &[CsvTable] = &[
    CsvTable {
        file: "residual_capacity.csv",
        doc: "Capacity built before the first milestone year and still there.",
        path: "processes.P.residual_capacity.R.Y",
        columns: &[
            column("process", true, "name of the process, storage or link"),
            REGION,
            YEAR,
            VALUE,
            UNIT,
            SOURCE,
            CONFIDENCE,
            NOTE,
        ],
    },
    CsvTable {
        file: "parameters.csv",
        doc: "Any number of a process, storage or link.",
        path: "processes.P.PARAMETER.R.Y",
        columns: &[
            column("process", true, "name of the process, storage or link"),
            REGION,
            column("year", true, "calendar year; empty: the same always"),
            column("parameter", true, "name of the field, such as `capital_cost`"),
            VALUE,
            UNIT,
            SOURCE,
            CONFIDENCE,
            NOTE,
        ],
    },
    CsvTable {
        file: "demand.csv",
        doc: "What end users need in a year.",
        path: "demands.C.R.annual.Y, demands.C.R.profile",
        columns: &[
            column("commodity", true, "name of the commodity"),
            column("region", true, "name of the region"),
            column("year", true, "calendar year; empty: the same always"),
            VALUE,
            UNIT,
            column("profile", false, "name of the profile, `flat` or `flexible`"),
            SOURCE,
            CONFIDENCE,
            NOTE,
        ],
    },
    CsvTable {
        file: "profiles.csv",
        doc: "Values by slice, under a name.",
        path: "profiles.P.SLICE",
        columns: &[
            column("profile", true, "name of the profile"),
            column("slice", true, "name of the slice, or of a season for all its slices"),
            VALUE,
            SOURCE,
            CONFIDENCE,
            NOTE,
        ],
    },
    CsvTable {
        file: "statistics.csv",
        doc: "Statistics that the plan is held against. Several names in a cell are divided by `;`.",
        path: "statistics.NAME",
        columns: &[
            column("statistic", true, "its name"),
            column("label", false, "the name shown to people"),
            column("quantity", true, "supply, use, generation, emissions or capacity"),
            column("flows", false, "rows of the energy balance, each with all below it"),
            column("commodities", false, "names of commodities"),
            column("emission", false, "name of an emission"),
            column("categories", false, "categories of processes"),
            column("processes", false, "names of processes"),
            column("regions", false, "names of regions; empty: all domestic regions"),
            column("year", true, "the year it tells of"),
            VALUE,
            column("unit", true, "its unit, in which the plan is shown too"),
            column("tolerance", true, "how far the plan may be from it, as a share of it"),
            SOURCE,
            CONFIDENCE,
            NOTE,
        ],
    },
    CsvTable {
        file: PARTS,
        doc: "Parts of regions and what each has of them: the file that `split` of a level of \
              regions names. Several paths in a cell are divided by `;`.",
        path: "region_levels.LEVEL.parts.PART",
        columns: &[
            column("region", true, "name of the region it is a part of"),
            column("part", true, "name of the region it becomes"),
            column("label", false, "the name shown to people"),
            column(
                "of",
                true,
                "what the share is of: `processes.P`, `storages.S`, `resources.R` (its limits and \
                 what stands already), `processes.P.residual_capacity` (what stands already), \
                 `demands.C`; empty: of everything not named otherwise",
            ),
            column("share", true, "its share; those of a region in one thing add up to 1"),
            SOURCE,
            CONFIDENCE,
            NOTE,
        ],
    },
];
