//! What emissions do harm: reported beside the costs, or minimised with them.

use kzleap_accounts::Accounts;
use kzleap_accounts::costs::CostKind;
use kzleap_tests::assert_close;
use kzleap_tests::by_hand::{DEMAND, TWO_DECADES, plant, solved};

/// Present value of a MUSD in the middle of each of twenty years at 5%.
const TWENTY: f64 = 12.769_965_581_503_97;

/// Coal at 1 USD/GJ with half a kilotonne of sulphur dioxide for each PJ, and clean gas at 3. A year
/// needs 31.536 PJ, of which coal makes all unless its damage counts.
fn plants() -> String {
    plant("coal", 1.0, 1.0, "emissions = { so2 = 0.5 }") + &plant("gas", 1.0, 3.0, "")
}

/// 15.768 kt at 10,000 USD/t are 157.68 MUSD a year, and nothing of the plan changes.
#[test]
fn a_damage_is_reported_and_changes_no_plan() {
    let [with, without] = ["damage = 10000", ""].map(|damage| {
        solved(&[TWO_DECADES, DEMAND, &plants(), &format!("[emissions.so2]\n{damage}\n")])
    });
    assert_eq!(with.1.digest, without.1.digest);
    let accounts = Accounts::new(&with.0, &with.1.solution);
    let damages = accounts.damages();
    assert_eq!(damages.len(), 2); // a region, two milestone years
    for damage in &damages {
        assert_close("damage of a year", damage.value, 157.68);
    }
    let present: f64 = damages.iter().map(|damage| damage.present_value).sum();
    assert_close("its present value", present, 157.68 * TWENTY);
    assert_close("system cost", accounts.system_cost(), 31.536 * TWENTY);
    assert_close("minimised", with.1.solution.objective, 31.536 * TWENTY);
    assert!(Accounts::new(&without.0, &without.1.solution).damages().is_empty());
}

/// Gas in the place of coal costs 2 USD/GJ more and saves 500 t for each PJ: it pays from 4,000 USD/t.
#[test]
fn a_damage_in_the_cost_decides_from_where_it_is_worth_more_than_clean_fuel() {
    let at = |damage: f64| {
        let so2 = format!("[emissions.so2]\ndamage = {damage}\ndamage_in_cost = true\n");
        solved(&[TWO_DECADES, DEMAND, &plants(), &so2])
    };
    let (model, plan) = at(3999.0);
    let accounts = Accounts::new(&model, &plan.solution);
    let harm = 3999.0 * 0.5e-3 * 31.536;
    assert_close("system cost of coal", accounts.system_cost(), 31.536 * TWENTY);
    assert_close("minimised with it", plan.solution.objective, (31.536 + harm) * TWENTY);
    let counted = accounts.costs().iter().filter(|cost| cost.kind == CostKind::Damage);
    assert_close("damage", counted.map(|cost| cost.present_value).sum(), harm * TWENTY);
    assert!(plan.certified());

    let (model, plan) = at(4001.0);
    let accounts = Accounts::new(&model, &plan.solution);
    assert_close("system cost of gas", accounts.system_cost(), 94.608 * TWENTY);
    assert_close("no damage is left", plan.solution.objective, 94.608 * TWENTY);
    assert_eq!(accounts.damages().iter().map(|damage| damage.value).sum::<f64>(), 0.0);
}
