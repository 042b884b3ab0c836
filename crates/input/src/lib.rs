//! A model folder read whole: text in, a checked [`Model`] or everything that is wrong out.
//!
//! All files form one [`Tree`] of values, each with its place, which is read once; a scenario, or a
//! [`Change`] from outside, changes single values of it; the registry says what may stand where;
//! `build` turns the tree into a model, and `check` holds the model against rules across tables.

mod build;
mod check;
mod classify;
pub mod csv_file;
mod damage;
mod fields;
mod folder;
mod formula;
mod hourly;
mod inputs;
mod maps;
mod measure;
mod mend;
mod named;
mod names;
mod numbers;
mod provenance;
mod read;
mod reader;
mod registry;
mod scenario;
mod sets;
mod slices;
mod structure;
mod study;
mod tables;
mod toml_file;
mod trace;
mod tree;
mod units;
mod unread;
mod values;
mod vintages;
mod waivers;
mod worth;
mod written;

pub use folder::{FileRead, Files, WORDS};
pub use names::{fits, nearest};
pub use numbers::shown;
pub use read::{Input, Tree, read};
pub use reader::DefaultUsed;
pub use registry::{fields_page, schemas};
pub use scenario::{Change, Operation, Plain, Scenario};
pub use study::{
    Correlation, Distribution, Does, Method, Sampling, Study, StudyInput, StudyRead, read_study,
};
pub use tables::{CSV_TABLES, Column, CsvTable};
pub use trace::{Evaluated, Trace, Traced};
pub use worth::{petajoules, worth};
