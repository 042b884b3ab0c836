//! The energy system as a linear program, and the optimum read back.
//!
//! A family of rows is a folder of [`families`] with its page of the book; a family of columns is a
//! file of [`columns`]. Each owns all that is said of its rows or columns.

mod balances;
mod build;
mod burning;
pub mod columns;
pub mod expressions;
pub mod families;
mod names;
mod number;
mod readback;
mod row;
mod surplus;
mod text;

pub use balances::{Balance, Flow, balances};
pub use build::{Formulation, formulate};
pub use columns::{ColumnKey, Variables};
pub use families::{Earning, Full, RowKey, RuleKind};
pub use number::{Enters, Facts, Sides};
pub use row::{LpRow, Term, Var};
