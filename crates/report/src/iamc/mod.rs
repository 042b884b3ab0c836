//! The wide table that scenario databases (pyam, IIASA Scenario Explorer) read.
//!
//! Every variable is a sum over the energy balance or another table of the run; what a model
//! cannot tell is left out. Energy is in EJ/yr, capacity in GW, emissions in Mt (N2O and SF6 in
//! kt), money in the model's own. Neighbouring regions are left out.

mod capacity;
mod emitted;
mod energy;
mod frame;
mod made;
mod mapping;
mod money;

use std::io;

use kzleap_accounts::Accounts;

use self::frame::Frame;
use crate::RunInfo;

/// Writes the table as CSV.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(
    accounts: &Accounts<'_>,
    info: &RunInfo,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let mut frame = Frame::new(accounts.model);
    energy::add(accounts, &mut frame);
    capacity::add(accounts, &mut frame);
    emitted::add(accounts, &mut frame);
    money::add(accounts, &mut frame);
    frame.write(info, out)
}
