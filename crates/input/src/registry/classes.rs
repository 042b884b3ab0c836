//! Fields of the resource classes of a process.

use super::processes::process;
use super::{Key, TableKind};

pub(crate) mod class {
    use super::{TableKind, process};

    /// A class is read as its process, of which it has these fields of its own.
    pub(crate) static TABLE: TableKind = TableKind {
        title: "Classes",
        written: "[processes.NAME.classes.CLASS]",
        doc: "A class of a resource: a process named `NAME.CLASS`. What it does not say itself is \
              as its process says, but for capacities and limits, which are of each class.",
        fields: &[
            process::LABEL.listed,
            process::REGIONS.listed,
            process::EFFICIENCY.listed,
            process::CAPITAL_COST.listed,
            process::CONNECTION_COST.listed,
            process::FIXED_COST.listed,
            process::VARIABLE_COST.listed,
            process::RESIDUAL_CAPACITY.listed,
            process::COMMISSIONED.listed,
            process::AVAILABILITY.listed,
            process::ANNUAL_AVAILABILITY.listed,
            process::MIN_CAPACITY.listed,
            process::MAX_CAPACITY.listed,
            process::MIN_NEW_CAPACITY.listed,
            process::MAX_NEW_CAPACITY.listed,
            process::GROWTH.listed,
            process::MIN_ACTIVITY.listed,
            process::MAX_ACTIVITY.listed,
            process::MAX_TOTAL_ACTIVITY.listed,
            process::CAPACITY_CREDIT.listed,
        ],
        open: None,
    };
}

/// Fields that say how much there is of each class: with classes they belong in them.
pub(crate) const OF_EACH_CLASS: [Key; 10] = [
    process::RESIDUAL_CAPACITY.key(),
    process::COMMISSIONED.key(),
    process::MIN_CAPACITY.key(),
    process::MAX_CAPACITY.key(),
    process::MIN_NEW_CAPACITY.key(),
    process::MAX_NEW_CAPACITY.key(),
    process::GROWTH.key(),
    process::MIN_ACTIVITY.key(),
    process::MAX_ACTIVITY.key(),
    process::MAX_TOTAL_ACTIVITY.key(),
];
