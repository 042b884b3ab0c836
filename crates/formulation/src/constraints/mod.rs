//! What every plan must respect, one family a file, in the order of the book.

use crate::build::Rows;

mod activity_limit;
mod annual_availability;
mod capacity_adequacy;
mod capacity_limit;
mod capacity_transfer;
mod commodity_balance;
mod dc_flow;
mod emission_accounting;
mod emission_cap;
mod growth_limit;
mod link_capacity;
mod minimum_load;
mod must_be_used;
mod one_way;
mod ramp;
mod reserve_margin;
mod retirement;
mod share;
mod step_ramp;
mod storage_bounds;
mod storage_level;
mod subsidy;
mod user_row;
mod whole_units;

/// Adds every family. A family that a model does not use adds no rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    commodity_balance::add(rows);
    capacity_adequacy::add(rows);
    annual_availability::add(rows);
    minimum_load::add(rows);
    ramp::add(rows);
    step_ramp::add(rows);
    capacity_transfer::add(rows);
    retirement::add(rows);
    whole_units::add(rows);
    growth_limit::add(rows);
    subsidy::add(rows);
    capacity_limit::add(rows);
    activity_limit::add(rows);
    share::add(rows);
    must_be_used::add(rows);
    reserve_margin::add(rows);
    storage_level::add(rows);
    storage_bounds::add(rows);
    link_capacity::add(rows);
    one_way::add(rows);
    dc_flow::add(rows);
    emission_accounting::add(rows);
    emission_cap::add(rows);
    user_row::add(rows);
}
