//! The energy system as a linear program, and the optimum read back.
//!
//! One file for each family of constraints, beside it the page of the book that states it.

mod balances;
mod build;
mod burning;
pub mod constraints;
pub mod expressions;
mod keys;
pub mod objective;
mod rare_columns;
mod readback;
mod row;
mod surplus;
mod text;
mod variables;

pub use balances::{Balance, Flow, balances};
pub use build::{Formulation, formulate};
pub use keys::{ColumnKey, RowKey};
pub use row::{LpRow, Term, Var};
pub use variables::Variables;
