//! NEMO scenario databases, such as LEAP writes them: read, solved, results written back.
//!
//! [`read`] reads every table with its defaults, or says everything that is wrong with them.
//! [`solve`] makes a [`kzleap_model::Model`] of each group of years, hands on what one group
//! leaves to the next, and calculates the costs as NEMO does. [`write_results`] writes NEMO's result
//! tables into the same file, in one transaction.
//!
//! ```no_run
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use kzleap_nemo::{NemoOptions, read, solve, write_results};
//!
//! let path = std::path::Path::new("scenario.sqlite");
//! let data = read(path).data.ok_or("the database has errors")?;
//! let options = NemoOptions { calcyears: vec![vec![2025, 2030]], ..NemoOptions::default() };
//! let outcome = solve(&data, &options, &Default::default(), Default::default())?;
//! println!("{:.1}", outcome.total_discounted_cost());
//! write_results(path, &data, &outcome, &options).map_err(|finding| finding.message)?;
//! # Ok(())
//! # }
//! ```

pub mod accounts;
mod carried;
mod config;
mod data;
mod database;
mod hand_over;
mod options;
pub mod parameters;
mod periods;
mod results;
mod solve;
mod table;
pub mod to_model;
mod write;

pub use carried::Carried;
pub use config::{CONFIG_NAMES, Config, find_config, read_config};
pub use data::{Data, NetZero, SliceGroup, SlicePlace, TransmissionLine};
pub use database::{Reading, check_writable, read};
pub use options::{DEFAULT_VARIABLES, NemoOptions};
pub use periods::{Period, periods};
pub use results::{ResultTable, tables, variables};
pub use solve::{Group, NemoError, Outcome, models, solve};
pub use table::Table;
pub use write::write_results;
