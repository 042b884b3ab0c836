//! NEMO scenario databases.

pub mod accounts;
mod carried;
mod data;
mod database;
mod hand_over;
mod options;
pub mod parameters;
mod periods;
mod solve;
mod table;
pub mod to_model;

pub use carried::Carried;
pub use data::{Data, NetZero, SliceGroup, SlicePlace, TransmissionLine};
pub use database::{Reading, check_writable, looks_like_nemo, read};
pub use options::{DEFAULT_VARIABLES, NemoOptions};
pub use periods::{Period, periods};
pub use solve::{Group, NemoError, Outcome, solve};
pub use table::Table;
