//! The energy balance closes, in models of the repository and in generated ones.

use std::collections::BTreeMap;

use kzleap_accounts::Accounts;
use kzleap_accounts::balance::Entry;
use kzleap_generator::{Size, national};
use kzleap_study::Plan;
use kzleap_study::input::{Change, Tree};
use kzleap_study::model::{Model, RowKind};
use kzleap_tests::{assert_close, in_its_slices, model, solve};
use proptest::prelude::*;

/// Every column adds up to zero, no difference is left, and every row of all regions together is
/// the sum of theirs.
fn closes(model: &Model, plan: &Plan) {
    let accounts = Accounts::new(model, &plan.solution);
    let entries = accounts.energy_balance();
    assert!(!entries.is_empty());
    let mut columns: BTreeMap<_, (f64, f64)> = BTreeMap::new();
    let mut rows: BTreeMap<_, (f64, f64)> = BTreeMap::new();
    for entry in entries {
        let size = entry.value.abs();
        let column = columns.entry((entry.region, entry.year, entry.commodity)).or_default();
        *column = (column.0 + entry.value, column.1 + size);
        let row = rows.entry((entry.flow.clone(), entry.year, entry.commodity)).or_default();
        let sign = if entry.region.is_some() { 1.0 } else { -1.0 };
        *row = (row.0 + sign * entry.value, row.1 + size);
    }
    for (column, (sum, size)) in columns {
        assert!(sum.abs() <= 1e-9 * (1.0 + size), "{column:?}: {sum} of {size}");
    }
    for (row, (difference, size)) in rows {
        assert!(difference.abs() <= 1e-8 * (1.0 + size), "{row:?}: {difference} of {size}");
    }
    let turnover: f64 = entries.iter().map(|entry| entry.value.abs()).sum();
    for entry in entries.iter().filter(|entry| entry.flow == RowKind::Difference.text()) {
        assert!(entry.value.abs() <= 1e-8 * turnover, "{entry:?}");
    }
}

/// The sum of a row of a commodity, all regions together, in the first year.
fn row(model: &Model, plan: &Plan, flow: &str, commodity: &str) -> f64 {
    let here = |entry: &&Entry| {
        entry.region.is_none()
            && entry.year == 0
            && entry.flow == flow
            && model.commodities[entry.commodity].name == commodity
    };
    let accounts = Accounts::new(model, &plan.solution);
    accounts.energy_balance().iter().filter(here).map(|entry| entry.value).sum()
}

/// 5 PJ of power and 10 of heat from 20 PJ of gas, 15 PJ of power from 37.5.
#[test]
fn heat_and_power() {
    let model = model("heat-and-power", None);
    let plan = solve(&model);
    closes(&model, &plan);
    let row = |flow, commodity| row(&model, &plan, flow, commodity);
    assert_close("gas", row("production", "gas"), 57.5);
    assert_close("gas of the plant", row("transformation/chp", "gas"), -20.0);
    assert_close("heat of the plant", row("transformation/chp", "heat"), 10.0);
    assert_close("power of the plant", row("transformation/plant", "electricity"), 15.0);
    assert_close("served", row("final/demand", "electricity"), -20.0);
}

/// 7 Mt of steel by 126 PJ of coal, 3 Mt and 5 Gpkm by 6 and 2.5 PJ of electricity.
#[test]
fn steel_and_travel() {
    let model = model("steel-and-travel", None);
    let plan = solve(&model);
    closes(&model, &plan);
    let row = |flow, commodity| row(&model, &plan, flow, commodity);
    assert_close("coal", row("final/industry/steel", "coal"), -126.0);
    assert_close("electricity", row("final/industry/steel", "electricity"), -6.0);
    assert_close("imported", row("import", "electricity"), 8.5);
    assert_close("made", row("final/industry/steel", "steel"), 10.0);
    assert_close("needed", row("final/demand", "steel"), -10.0);
    assert_close("travel", row("final/transport/road passenger", "travel"), 20.0);
}

#[test]
fn lines_and_storages_lose_some() {
    let regions = model("two-regions", None);
    let plan = solve(&regions);
    closes(&regions, &plan);
    // half a GW is sent all year, of which a twentieth is lost
    let lost = row(&regions, &plan, "losses/links", "electricity");
    assert_close("lost on the line", lost, -0.5 * 31.536 * 0.05);
    let day = model("storage-day", None);
    closes(&day, &solve(&day));
}

/// The first three milestone years of the model of Kazakhstan.
#[test]
fn kazakhstan() {
    let folder = kzleap_tests::repository().join("models/kazakhstan");
    let changes = [
        Change::set("time.years", [2023.0, 2025.0, 2030.0]),
        Change::set("time.horizon_end", 2034.0),
    ];
    let input = Tree::read(&folder).scenario(Some("reference")).with(&changes).input();
    let model = in_its_slices(input.model.expect("the model has no errors"));
    let plan = solve(&model);
    closes(&model, &plan);
    let row = |flow, commodity| row(&model, &plan, flow, commodity);
    assert!(row("transformation/CHP", "heat") > 200.0);
    assert!(row("exchange", "electricity").abs() < 1e-9, "exchange is nothing for the country");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn generated_models(seed in 0_u64..1000) {
        let model = national(Size { regions: 3, seasons: 2, blocks: 4, years: 3, variants: 1 }, seed);
        closes(&model, &solve(&model));
    }
}
