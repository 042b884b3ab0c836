//! Fields of levels of regions.

use super::Default::{None as Absent, Required, Words};
use super::{
    Dimension, FIXED, Items, Kind, Name, Names, Number, Of, Quantity, Text, items, name, names,
    number, shared, table, text,
};

const PART: Quantity = Quantity::new(Dimension::Ratio, "", FIXED).hard(0.0, 1.0);

pub(crate) mod region_level {
    use super::*;

    table! {
        title: "Levels of regions",
        written: "[region_levels.LEVEL]",
        doc: "A level at which the model can be solved: regions that become one, or parts that regions \
              become. All others stay as they are, so a level without groups and parts is the model as \
     written.",
        open: Some((Of::New, &Kind::Table(&region_group::TABLE)));

        const SPLIT: Field<Text> =
            text("split", Absent, "the CSV file in this folder that holds the parts");
        const PARTS: Field<Items> =
            items("parts", &region_part::TABLE, Absent, "the parts, usually in that file");
        const LOCAL: Field<Names> = names(
            "local",
            Of::Commodities,
            Words("everything moves freely"),
            "commodities that do not move between the parts of a region",
        );
    }
}

pub(crate) mod region_group {
    use super::*;

    table! {
        title: "Groups of regions",
        written: "[region_levels.LEVEL.NAME]",
        doc: "Regions that become one region of this name.",
        open: None;

        const LABEL: Field<Text> = shared::LABEL;
        const REGIONS: Field<Names> = names(
            "regions",
            Of::Regions,
            Required,
            "the regions, all domestic or none of them",
        );
    }
}

pub(crate) mod region_part {
    use super::*;

    table! {
        title: "Parts of regions",
        written: "[region_levels.LEVEL.parts.NAME]",
        doc: "A region that is part of another, with its shares of it. The shares of all parts of a \
              region in one thing add up to 1; a part without a share of what others have one of has \
     none of it. The first part of a region is its hub.",
        open: None;

        const REGION: Field<Name> =
            name("region", Of::Regions, Required, "the region it is a part of");
        const LABEL: Field<Text> = shared::LABEL;
        const SHARE: Field<Number> = number(
            "share",
            PART,
            Required,
            "its share of everything not named below: in the CSV file, the row with an empty `of`",
        );
        const PROCESSES: Field<Items> =
            items("processes", &owner_share::TABLE, Absent, "its shares of processes");
        const STORAGES: Field<Items> =
            items("storages", &owner_share::TABLE, Absent, "its shares of storages");
        const RESOURCES: Field<Items> =
            items("resources", &owner_share::TABLE, Absent, "its shares of resources");
        const DEMANDS: Field<Items> =
            items("demands", &demand_share::TABLE, Absent, "its shares of demands");
    }
}

pub(crate) mod owner_share {
    use super::*;

    table! {
        title: "Shares of processes",
        written: "[region_levels.LEVEL.parts.NAME.processes.P]",
        doc: "What a part has of a process, a storage or a resource.",
        open: None;

        const SHARE: Field<Number> = number(
            "share",
            PART,
            Words("that of the part"),
            "of limits on capacity, building and activity and of what growth allows; where it is 0, \
             nothing is built",
        );
        const RESIDUAL_CAPACITY: Field<Number> = number(
            "residual_capacity",
            PART,
            Words("`share`"),
            "of existing capacity",
        );
    }
}

pub(crate) mod demand_share {
    use super::*;

    table! {
        title: "Shares of demands",
        written: "[region_levels.LEVEL.parts.NAME.demands.C]",
        doc: "What a part has of the demand for a commodity.",
        open: None;

        const SHARE: Field<Number> =
            number("share", PART, Required, "of what is needed in each year");
    }
}
