//! Tests of the NEMO bridge: the cases of its own suite, models by hand, broken databases.

mod by_hand;
mod cases;
mod malformed;
mod scenario;
