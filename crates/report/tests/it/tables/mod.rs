//! Every table as a person reads it.

mod balance;
mod calibration;
mod capacity;
mod costs;
mod energy;
mod prices;
mod slices;

use kzleap_accounts::Accounts;
use kzleap_report::tables;

use crate::fixture::{model, solution};

fn csv(table: tables::Table) -> String {
    let model = model();
    table(&Accounts::new(&model, &solution(&model))).to_csv()
}

#[test]
fn numbers_are_short_and_read_back() {
    use kzleap_report::sheet::number;
    for (value, text) in [
        (0.1 + 0.2, "0.30000000000000004"),
        (2.0, "2"),
        (-1e-12, "-0.000000000001"),
        (-0.0, "0"),
        (1e-7, "0.0000001"),
        (f64::INFINITY, ""),
    ] {
        assert_eq!(number(value), text);
    }
}
