//! NEMO scenario databases, such as LEAP writes them: read, made into models, results written back.
//!
//! [`read`] reads every table with its defaults, or says everything that is wrong with them. A
//! [`Course`] gives a [`kzleap_model::Model`] for each group of years in turn, takes its plan, hands
//! on what one group leaves to the next, and calculates the costs as NEMO does. [`write_results`]
//! writes NEMO's result tables into the same file, in one transaction. Nothing is solved here:
//! whoever solves the models hands the plans back.

mod carried;
mod config;
pub mod costs;
mod course;
mod data;
mod database;
mod hand_over;
mod options;
pub mod parameters;
mod periods;
mod results;
mod table;
pub mod to_model;
mod write;

pub use carried::Carried;
pub use config::{CONFIG_NAMES, Config, find_config, read_config};
pub use course::{Course, Group, Outcome, gap};
pub use data::{Data, NetZero, SliceGroup, SlicePlace, TransmissionLine};
pub use database::{Reading, check_writable, read};
pub use options::{DEFAULT_VARIABLES, NemoOptions};
pub use periods::{Period, periods};
pub use results::{ResultTable, tables, variables};
pub use table::Table;
pub use write::write_results;
