//! Sums that more than one constraint speaks of.

mod capacity;
mod in_service;
mod output;
mod storage;
mod supply;

pub use capacity::{Users, capacity_used, capacity_used_times, full_load};
pub use in_service::InService;
pub use output::output_times;
pub use storage::{add_levels, net_charge};
pub use supply::{flow_times, net_supply};
