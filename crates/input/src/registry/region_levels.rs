//! Fields of levels of regions.

use super::Default::{None as Absent, Required, Words};
use super::kinds::LABEL;
use super::{Dimension, FIXED, Kind, Of, Quantity, TableKind, field};

pub(crate) static REGION_LEVEL: TableKind = TableKind {
    title: "Levels of regions",
    written: "[region_levels.LEVEL]",
    doc: "A level at which the model can be solved: regions that become one, or parts that regions \
          become. All others stay as they are, so a level without groups and parts is the model as \
          written.",
    fields: &[
        field("split", Kind::Text, Absent, "the CSV file in this folder that holds the parts"),
        field("parts", Kind::Items(&REGION_PART), Absent, "the parts, usually in that file"),
        field(
            "local",
            Kind::Names(Of::Commodities),
            Words("everything moves freely"),
            "commodities that do not move between the parts of a region",
        ),
    ],
    open: Some((Of::New, &Kind::Table(&REGION_GROUP))),
};

pub(crate) static REGION_GROUP: TableKind = TableKind {
    title: "Groups of regions",
    written: "[region_levels.LEVEL.NAME]",
    doc: "Regions that become one region of this name.",
    fields: &[
        LABEL,
        field(
            "regions",
            Kind::Names(Of::Regions),
            Required,
            "the regions, all domestic or none of them",
        ),
    ],
    open: None,
};

pub(crate) static REGION_PART: TableKind = TableKind {
    title: "Parts of regions",
    written: "[region_levels.LEVEL.parts.NAME]",
    doc: "A region that is part of another, with its shares of it. The shares of all parts of a \
          region in one thing add up to 1; a part without a share of what others have one of has \
          none of it. The first part of a region is its hub.",
    fields: &[
        field("region", Kind::Name(Of::Regions), Required, "the region it is a part of"),
        LABEL,
        field(
            "share",
            SHARE,
            Required,
            "its share of everything not named below: in the CSV file, the row with an empty `of`",
        ),
        field("processes", Kind::Items(&OWNER_SHARE), Absent, "its shares of processes"),
        field("storages", Kind::Items(&OWNER_SHARE), Absent, "its shares of storages"),
        field("resources", Kind::Items(&OWNER_SHARE), Absent, "its shares of resources"),
        field("demands", Kind::Items(&DEMAND_SHARE), Absent, "its shares of demands"),
    ],
    open: None,
};

const SHARE: Kind = Kind::Quantity(Quantity::new(Dimension::Ratio, "", FIXED).hard(0.0, 1.0));

pub(crate) static OWNER_SHARE: TableKind = TableKind {
    title: "Shares of processes",
    written: "[region_levels.LEVEL.parts.NAME.processes.P]",
    doc: "What a part has of a process, a storage or a resource.",
    fields: &[
        field(
            "share",
            SHARE,
            Words("that of the part"),
            "of limits on capacity, building and activity and of what growth allows; where it is 0, \
             nothing is built",
        ),
        field(
            "residual_capacity",
            SHARE,
            Words("`share`"),
            "of the capacity that stands already",
        ),
    ],
    open: None,
};

pub(crate) static DEMAND_SHARE: TableKind = TableKind {
    title: "Shares of demands",
    written: "[region_levels.LEVEL.parts.NAME.demands.C]",
    doc: "What a part has of the demand for a commodity.",
    fields: &[field("share", SHARE, Required, "of what is needed in each year")],
    open: None,
};
