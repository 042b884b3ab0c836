//! Sums that more than one constraint speaks of.

mod capacity;
mod output;
mod storage;
mod supply;

pub use capacity::{capacity_used, capacity_used_times, full_load};
pub use output::output_times;
pub use storage::{add_levels, net_charge};
pub use supply::{flow_times, net_supply};
