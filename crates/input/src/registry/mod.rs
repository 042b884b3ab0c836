//! The registry of fields: the one list of what a model may say.
//!
//! Reading, messages about unknown keys and bad units, the JSON schemas and the reference page
//! all come from it.

mod calendar;
mod capacities;
mod choices;
mod classes;
mod commodities;
mod constraints;
mod dimension;
mod field;
mod households;
mod kinds;
mod locate;
mod model_toml;
mod needs;
mod page;
mod policy;
mod processes;
mod region_levels;
mod resources;
mod scenarios;
mod schema;
mod shared;
mod statistics;
mod storages;
mod studies;
mod synonyms;
mod trading;

pub(crate) use calendar::*;
pub(crate) use capacities::*;
pub(crate) use choices::{ActivityOf, Counted, Direction, Measure};
pub(crate) use classes::*;
pub(crate) use commodities::*;
pub(crate) use constraints::*;
pub(crate) use dimension::Dimension;
pub(crate) use field::{
    Any, BySlice, ByYear, Choice, Field, Flag, Given, Items, Key, List, Listed, Map, Name,
    Names, Number, Numbers, OneTable, Text, UnitOfCapacity, Units, Years,
};
pub(crate) use households::*;
pub(crate) use kinds::*;
pub(crate) use kzleap_model::{Amount, CapacityUnit};
pub(crate) use locate::{Located, locate, quantity};
pub(crate) use model_toml::*;
pub(crate) use needs::*;
pub(crate) use policy::*;
pub(crate) use processes::*;
pub(crate) use region_levels::*;
pub(crate) use resources::*;
pub(crate) use scenarios::*;
pub(crate) use statistics::*;
pub(crate) use storages::*;
pub(crate) use studies::*;
pub(crate) use synonyms::field_meant;
pub(crate) use trading::*;

use field::{
    any, by_slice, by_year, choice, flag, items, list, map, name, names, number, numbers,
    one_table, table, text, unit_of_capacity, units, years,
};

pub use page::fields_page;
pub use schema::schemas;

/// Where a number comes from.
pub(crate) const SOURCE: Key = Key::new("source");
/// How far it can be trusted.
pub(crate) const CONFIDENCE: Key = Key::new("confidence");
/// Anything else that is said of it; the reasoning of an assumption.
pub(crate) const NOTE: Key = Key::new("note");
/// Why what is unusual is right all the same.
pub(crate) const WAIVER: Key = Key::new("plausible");
/// Keys that any table may carry: where its numbers come from, and why they can be trusted.
pub(crate) const PROVENANCE: &[&str] =
    &[SOURCE.name(), CONFIDENCE.name(), NOTE.name(), WAIVER.name()];
/// A number, where something is said beside it.
pub(crate) const VALUE: Key = Key::new("value");
/// The unit of a number.
pub(crate) const UNIT: Key = Key::new("unit");
/// What a number is calculated by.
pub(crate) const FORMULA: Key = Key::new("formula");
/// What holds by year of building.
pub(crate) const BUILT: Key = Key::new("built");
/// Beside it: what holds by calendar year for what exists already.
pub(crate) const RESIDUAL: Key = Key::new("residual");
/// Beside it: by how much it changes with age.
pub(crate) const BY_AGE: Key = Key::new("by_age");
/// What `confidence` may say.
pub(crate) const CONFIDENCES: &[&str] = &["high", "medium", "low", "assumption"];

/// A kind of table, with the fields it may have.
#[derive(Debug)]
pub(crate) struct TableKind {
    /// Its heading in the reference page.
    pub(crate) title: &'static str,
    /// How it is written, such as `[processes.NAME]`.
    pub(crate) written: &'static str,
    /// What it is, in a sentence.
    pub(crate) doc: &'static str,
    pub(crate) fields: &'static [Listed],
    /// What is under keys that users choose, such as names of regions.
    pub(crate) open: Option<(Of, &'static Kind)>,
}

/// What is taken where a field is left out.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Default {
    /// Nothing: the field must be there.
    Required,
    /// Nothing: the field simply does not apply.
    None,
    /// This number, which is listed among the defaults used.
    Value(f64),
    /// What these words say.
    Words(&'static str),
}

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Text,
    Flag,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A list of calendar years.
    Years,
    /// A list of plain numbers.
    Numbers,
    /// One name.
    Name(Of),
    /// A list of names.
    Names(Of),
    /// The unit of a capacity.
    CapacityUnit,
    /// A number with a unit, which may vary.
    Quantity(Quantity),
    /// A quantity for each of several names.
    Map(Of, Quantity),
    /// A table of its own.
    Table(&'static TableKind),
    /// Tables under names that users choose.
    Items(&'static TableKind),
    /// A list of tables.
    List(&'static TableKind),
    /// Units by field name, which hold for one file.
    Units,
    /// Whatever belongs at a path.
    Any,
}

/// What names are names of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    /// The user declares them here.
    New,
    Regions,
    Commodities,
    Branches,
    Emissions,
    /// Processes, storages and resources.
    Processes,
    Categories,
    Links,
    /// Trading schemes.
    Schemes,
    Profiles,
    Slices,
    /// Rows of the energy balance.
    Flows,
    /// Years since it was built.
    Ages,
    Scenarios,
    /// Places in the model.
    Paths,
}

impl Of {
    /// What one of them is called.
    pub(crate) const fn one(self) -> &'static str {
        match self {
            Self::New => "name",
            Self::Regions => "region",
            Self::Commodities => "commodity",
            Self::Branches => "branch",
            Self::Emissions => "emission",
            Self::Processes => "process",
            Self::Categories => "category",
            Self::Links => "link",
            Self::Schemes => "trading scheme",
            Self::Profiles => "profile",
            Self::Slices => "season or slice",
            Self::Flows => "row of the energy balance",
            Self::Ages => "age",
            Self::Scenarios => "scenario",
            Self::Paths => "path",
        }
    }
}

/// A number with a unit: its dimension, how it may vary, and what is sensible.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quantity {
    pub(crate) dimension: Dimension,
    /// The key in `[units]` that serves where the field's own name is not there.
    pub(crate) unit_key: &'static str,
    pub(crate) varies: Varies,
    /// Values outside are refused; in the first unit of the dimension.
    pub(crate) hard: (f64, f64),
    /// Values outside cannot be; those between are refused only where no waiver says why.
    pub(crate) possible: Option<(f64, f64)>,
    /// Values outside are warned about.
    pub(crate) soft: (f64, f64),
    /// Whether it must be a whole number.
    pub(crate) whole: bool,
    /// Whether a region left out of a value by region simply has no such value.
    pub(crate) partial: bool,
}

/// Along what a quantity may vary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Varies {
    pub(crate) year: bool,
    pub(crate) region: bool,
    pub(crate) slice: bool,
    /// By year of building, beside or in place of the calendar year.
    pub(crate) built: bool,
}

/// Never.
pub(crate) const FIXED: Varies =
    Varies { year: false, region: false, slice: false, built: false };
/// By region.
pub(crate) const R: Varies = Varies { year: false, region: true, slice: false, built: false };
/// By year.
pub(crate) const Y: Varies = Varies { year: true, region: false, slice: false, built: false };
/// By region and year.
pub(crate) const RY: Varies = Varies { year: true, region: true, slice: false, built: false };
/// By slice and year.
pub(crate) const YS: Varies = Varies { year: true, region: false, slice: true, built: false };
/// By region, year and slice.
pub(crate) const RYS: Varies = Varies { year: true, region: true, slice: true, built: false };
/// By slice.
pub(crate) const S: Varies = Varies { year: false, region: false, slice: true, built: false };

const ANY: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

impl Quantity {
    /// Any number that is not below zero.
    pub(crate) const fn new(
        dimension: Dimension,
        unit_key: &'static str,
        varies: Varies,
    ) -> Self {
        let hard = (0.0, f64::INFINITY);
        Self {
            dimension,
            unit_key,
            varies,
            hard,
            possible: None,
            soft: ANY,
            whole: false,
            partial: false,
        }
    }

    /// A share, between 0 and 1.
    pub(crate) const fn share(varies: Varies) -> Self {
        Self::new(Dimension::Ratio, "", varies).hard(0.0, 1.0)
    }

    /// Refuses what is outside.
    pub(crate) const fn hard(mut self, low: f64, high: f64) -> Self {
        self.hard = (low, high);
        self
    }

    /// Takes what is refused, but not outside of this, where a waiver says why it is right.
    pub(crate) const fn possible(mut self, low: f64, high: f64) -> Self {
        self.possible = Some((low, high));
        self
    }

    /// Takes any number.
    pub(crate) const fn any(mut self) -> Self {
        self.hard = ANY;
        self
    }

    /// Warns about what is outside.
    pub(crate) const fn soft(mut self, low: f64, high: f64) -> Self {
        self.soft = (low, high);
        self
    }

    /// Warns about nothing.
    pub(crate) const fn any_usual(mut self) -> Self {
        self.soft = ANY;
        self
    }

    /// Takes a region left out as having no such value.
    pub(crate) const fn partial(mut self) -> Self {
        self.partial = true;
        self
    }

    /// May also be given by year of building.
    pub(crate) const fn of_vintages(mut self) -> Self {
        self.varies.built = true;
        self
    }

    /// Takes whole numbers only.
    pub(crate) const fn whole(mut self) -> Self {
        self.whole = true;
        self
    }
}

impl TableKind {
    pub(crate) fn field(&self, name: &str) -> Option<&'static Listed> {
        self.fields.iter().find(|field| field.name == name)
    }
}
