//! Tests of the NEMO bridge: the cases of its own suite, models by hand, broken databases.
#![expect(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]

mod by_hand;
mod cases;
mod changes;
mod correct;
mod groups;
mod malformed;
mod scenario;
mod solving;
