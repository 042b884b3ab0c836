//! From a solution to what people read: tidy tables, the IAMC table, a summary and a page.
//!
//! Every table is a pure function of the [`Model`](kzleap_model::Model) and the
//! [`Solution`](kzleap_model::Solution). [`write_run`] puts them all into a folder, which appears
//! whole or not at all. Knows nothing of linear programs or solvers, and reads no clock: what is
//! known only of the run comes in as a [`RunInfo`].

mod answer;
pub mod binding;
pub mod changes;
pub mod compare;
pub mod constraint_rules;
mod data_package;
pub mod demand_answers;
pub mod headline;
pub mod hours;
pub mod iamc;
pub mod kinds;
pub mod noticed;
mod outdated;
pub mod page;
mod run_folder;
mod run_info;
pub mod sheet;
pub mod summary;
pub mod tables;
mod unique;
pub mod words;

pub use compare::compare_summaries;
pub use outdated::remark_on;
pub use run_folder::{DATA_PACKAGE, IAMC, PAGE, SUMMARY, write_run, write_run_into};
pub use run_info::{
    Certificate, DefaultUsed, LpSize, Resolution, RunInfo, Seconds, SolverInfo, Unique,
};
pub use sheet::Sheet;
pub use summary::Summary;
