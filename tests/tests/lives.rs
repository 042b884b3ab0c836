//! Lives that are not whole years, in capacity and in what is paid.

use kzleap_tests::by_hand::{DEMAND, solved};
use kzleap_tests::{assert_close, capacity};

/// 1 GW is built in 2025 and paid off within its 12.5 years, so for 1000 MUSD. Of the last five
/// years it stands for 2.5: half a GW is built in 2035, of whose 12.5 payments five fall within
/// the horizon.
#[test]
fn a_plant_of_twelve_and_a_half_years() {
    let plant = "[time]\nyears = [2025, 2030, 2035]\nhorizon_end = 2039\n[finance]\n\
        discount_rate = 0.05\n[processes.plant]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
        capital_cost = 1000\nlife = 12.5\n";
    let (model, plan) = solved(&[plant, DEMAND]);
    let v: f64 = 1.0 / 1.05;
    let last = 500.0 * v.powi(10) * (1.0 - v.powi(5)) / (1.0 - v.powf(12.5));
    assert_close("cost", plan.solution.objective, 1000.0 + last);
    let built: Vec<f64> = (0..3).map(|y| capacity(&model, &plan, "plant", y).1).collect();
    assert_close("first", built[0], 1.0);
    assert_close("then", built[1], 0.0);
    assert_close("at last", built[2], 0.5);
}
