//! What a plan says of energy, capacity, emissions and money: balances, owners of capacities,
//! costs, emissions by source, calculated from a [`Model`](kzleap_model::Model) and its
//! [`Solution`](kzleap_model::Solution). Tables, pages and summaries are views of it.
//!
//! Knows nothing of linear programs, and nothing of how figures are shown.

pub mod balance;
pub mod calibration;
pub mod caps;
pub mod changes;
pub mod costs;
pub mod emissions;
pub mod flows;
pub mod owners;
pub mod prices;
