//! Solves a linear program with HiGHS, and once more with Clarabel for a second opinion. One of
//! blocks that few rows hold together is decomposed ([`dantzig_wolfe`]).
//!
//! The only crate that links C++; unsafe code is in `highs.rs` alone.

mod alternatives;
mod auto;
mod beside;
mod dantzig_wolfe;
mod factor;
mod highs;
mod methods;
mod options;
mod outcome;
mod race;
mod refine;
mod solve;
mod tie_break;
mod verify;
mod whole;

pub use alternatives::Alternatives;
pub use dantzig_wolfe::{Decomposed, dantzig_wolfe};
pub use highs::{has_hipo, solve_file, version};
pub use options::{Control, Method, Options, SIMPLEX_BELOW_NONZEROS, SIMPLEX_BELOW_PRESOLVED};
pub use outcome::{Basis, Optimum, SolveError};
pub use solve::solve;
pub use tie_break::break_ties;
pub use verify::second_opinion;
