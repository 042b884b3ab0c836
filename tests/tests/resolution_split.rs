//! Laws of finer regions: totals stay, and what moves freely costs what it did before.
//!
//! The models are generated from a random seed, and so are the shares of the parts.

use std::collections::BTreeMap;

use kzleap_generator::{Size, national};
use kzleap_study::diagnostics::Diagnostics;
use kzleap_study::model::policy::{ActivityLimit, ActivityWindow, CapacityKind, CapacityLimit};
use kzleap_study::model::statistics::{Measured, Statistic};
use kzleap_study::model::support::{Budget, Subsidy};
use kzleap_study::model::{
    CommodityIx, Model, OwnerShare, RegionGroup, RegionIx, RegionPart, RegionSplit, YearIx,
};
use kzleap_study::resolution::{merge_regions, split_regions};
use kzleap_tests::totals::{assert_names_are_unique, assert_totals};
use kzleap_tests::{assert_close, model, solve};
use proptest::prelude::*;

const SMALL: Size = Size { regions: 2, seasons: 2, blocks: 2, years: 3, variants: 1 };

fn objective(model: &Model) -> f64 {
    solve(model).solution.objective
}

fn split(model: &Model, split: &RegionSplit) -> Model {
    split_regions(model, split).expect("it can be split")
}

/// Parts of a region, with these shares of everything.
fn parts(region: usize, names: &[&str], shares: &[f64]) -> Vec<RegionPart> {
    let part = |(name, share): (&&str, &f64)| RegionPart {
        region: RegionIx::new(region),
        name: (*name).to_owned(),
        label: name.to_uppercase(),
        share: *share,
        demands: BTreeMap::new(),
        owners: BTreeMap::new(),
    };
    names.iter().zip(shares).map(part).collect()
}

/// Three shares that add up to 1, from a number; sometimes one of them is none.
fn three(number: u64) -> [f64; 3] {
    let sizes = [number % 5, 1 + number / 5 % 7, number / 35 % 3].map(|size| size as f64);
    let sum: f64 = sizes.iter().sum();
    sizes.map(|size| size / sum)
}

/// The first region in three parts: some processes and demands with shares of their own.
fn three_parts(model: &Model, seed: u64, local: &[&str]) -> RegionSplit {
    let mut parts = parts(0, &["hub", "hill", "shore"], &[0.5, 0.3, 0.2]);
    let of_storages = model.storages.iter().map(|storage| &storage.name);
    let names = model.processes.iter().map(|process| &process.name).chain(of_storages);
    for (at, name) in names.enumerate().filter(|(at, _)| at % 3 > 0) {
        // a process and its storage have one name, and so one share
        let owner = name.split('.').next().expect("a name").to_owned();
        for (part, share) in parts.iter_mut().zip(three(seed.wrapping_mul(31) + at as u64)) {
            let shares = OwnerShare { limits: share, residual: share };
            part.owners.entry(owner.clone()).or_insert(shares);
        }
    }
    for (part, share) in parts.iter_mut().zip(three(seed)) {
        part.demands.insert(commodity(model, "heat"), share);
    }
    let local = local.iter().map(|name| commodity(model, name)).collect();
    RegionSplit { parts, local }
}

fn commodity(model: &Model, name: &str) -> CommodityIx {
    model.commodities.position(|c| c.name == name).expect("it is there")
}

/// The parts of the first region as one again.
fn together(model: &Model, parts: usize, name: &str) -> Model {
    let group = RegionGroup {
        name: name.to_owned(),
        label: name.to_owned(),
        members: (0..parts).map(RegionIx::new).collect(),
    };
    merge_regions(model, &[group]).expect("it was one")
}

fn assert_equal(one: f64, other: f64) {
    assert!((one / other - 1.0).abs() < 1e-9, "{one} in parts, {other} as one");
}

/// A model with rules on several things, each of which counts more than one region or process.
fn with_rules(mut model: Model) -> Model {
    let years = model.time.years.len();
    let named = |model: &Model, name: &str| -> Vec<_> {
        let plants = model.processes.iter_ix().filter(|(_, p)| p.name.starts_with(name));
        plants.map(|(p, process)| (p, process.capacity)).collect()
    };
    let (wind, coal) = (named(&model, "wind"), named(&model, "coal_plant"));
    model.capacity_limits.push(CapacityLimit {
        name: "wind".to_owned(),
        capacities: wind.iter().filter_map(|(_, k)| *k).collect(),
        of: CapacityKind::New,
        lower: vec![0.0; years],
        upper: vec![1.5; years],
    });
    model.activity_limits.push(ActivityLimit {
        name: "coal".to_owned(),
        processes: coal.iter().map(|(p, _)| (*p, None)).collect(),
        window: ActivityWindow::EachYear { lower: vec![0.0; years], upper: vec![200.0; years] },
    });
    for (p, capacity) in coal.iter().chain(&wind) {
        model.activity_limits.push(ActivityLimit {
            name: model.processes[*p].name.clone(),
            processes: vec![(*p, None)],
            window: ActivityWindow::Horizon { lower: 1.0, upper: 3000.0 },
        });
        if let Some(capacity) = *capacity {
            let rate = vec![50.0; years];
            model.support.subsidies.push(Subsidy { capacity, rate });
        }
    }
    model.support.budgets.push(Budget {
        name: "state".to_owned(),
        subsidies: (0..model.support.subsidies.len()).collect(),
        limit: vec![Some(40.0); years],
    });
    let region = RegionIx::new(0);
    for e in model.emissions.ixs() {
        model.emissions[e].exogenous.push((region, vec![2.5; years]));
        model.emissions[e].price.push((region, vec![12.0; years]));
    }
    model
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    /// Where everything moves freely, parts cost what the whole does, and are the whole again when
    /// they are aggregated.
    #[test]
    fn parts_that_exchange_freely_are_the_whole(seed in 0_u64..1000) {
        let whole = with_rules(national(SMALL, seed));
        let parts = split(&whole, &three_parts(&whole, seed, &[]));
        prop_assert_eq!(parts.regions.len(), whole.regions.len() + 2);
        assert_totals(&parts, &whole);
        assert_names_are_unique(&parts);
        let (of_parts, of_whole) = (objective(&parts), objective(&whole));
        assert_equal(of_parts, of_whole);
        let again = together(&parts, 3, "r0");
        assert_totals(&again, &whole);
        assert_equal(objective(&again), of_whole);
    }

    /// Both regions in parts.
    #[test]
    fn several_regions_can_be_split(seed in 0_u64..1000) {
        let whole = national(SMALL, seed);
        let mut both = three_parts(&whole, seed, &[]);
        both.parts.extend(parts(1, &["left", "right"], &[0.25, 0.75]));
        let parts = split(&whole, &both);
        prop_assert_eq!(parts.regions.len(), 5);
        assert_totals(&parts, &whole);
        assert_equal(objective(&parts), objective(&whole));
    }

    /// What must be made where it is used is never cheaper for it.
    #[test]
    fn what_is_local_costs_no_less(seed in 0_u64..1000, all in any::<bool>()) {
        let whole = with_rules(national(SMALL, seed));
        let local: &[&str] = if all { &["heat", "electricity"] } else { &["heat"] };
        let free = objective(&whole);
        let bound = split(&whole, &three_parts(&whole, seed, local));
        assert_totals(&bound, &whole);
        let bound = objective(&bound);
        prop_assert!(bound >= free * (1.0 - 1e-9), "{bound} in parts, {free} as one");
    }

    /// Parts that all have the same share of everything need not exchange anything that does not
    /// cross a border: no link, and the same cost.
    #[test]
    fn parts_in_step_need_no_links(seed in 0_u64..1000) {
        let whole = national(Size { regions: 1, ..SMALL }, seed);
        let equal = RegionSplit { parts: parts(0, &["a", "b"], &[0.4, 0.6]), local: Vec::new() };
        let parts = split(&whole, &equal);
        prop_assert_eq!(parts.links.len(), whole.links.len());
        assert_equal(objective(&parts), objective(&whole));
    }
}

/// The east in two parts: `farm`, where the line ends, with a quarter of the demand, and `town`.
/// Each has half of the plant.
fn east_in_two(local: &[&str]) -> (Model, Model) {
    let whole = model("two-regions", None);
    let mut split_east = RegionSplit {
        parts: parts(1, &["farm", "town"], &[0.5, 0.5]),
        local: local.iter().map(|name| commodity(&whole, name)).collect(),
    };
    for (part, share) in split_east.parts.iter_mut().zip([0.25, 0.75]) {
        part.demands.insert(commodity(&whole, "electricity"), share);
    }
    let split = split(&whole, &split_east);
    (whole, split)
}

/// The line brings 0.475 of the 0.5 GW sent, and the plants of both parts make the other 0.525 GW:
/// 8.76 · (1.5 · 20 + 0.525 · 60) MUSD, as in the whole.
#[test]
fn a_line_serves_all_parts() {
    let (whole, parts) = east_in_two(&[]);
    assert_close("whole", objective(&whole), 538.74);
    assert_close("parts", objective(&parts), 538.74);
    let names: Vec<&str> = parts.regions.iter().map(|region| region.name.as_str()).collect();
    assert_eq!(names, ["west", "farm", "town"]);
    let links: Vec<&str> = parts.links.iter().map(|link| link.name.as_str()).collect();
    assert_eq!(links, ["line", "electricity@town"]);
}

/// Where power does not leave its part, the line serves the 0.25 GW of `farm` alone, and `town`
/// makes its 0.75 GW itself: 8.76 · ((1 + 0.25 / 0.95) · 20 + 0.75 · 60) MUSD.
#[test]
fn a_line_ends_where_power_is_local() {
    let (_, parts) = east_in_two(&["electricity"]);
    assert_eq!(parts.links.len(), 1);
    assert_close("cost", objective(&parts), 8.76 * ((1.0 + 0.25 / 0.95) * 20.0 + 0.75 * 60.0));
}

/// A share of no limit is no limit, but none of it is nothing: the plant is left out.
#[test]
fn what_a_part_has_nothing_of_is_left_out() {
    let whole = model("two-regions", None);
    let mut east = RegionSplit {
        parts: parts(1, &["farm", "town"], &[0.5, 0.5]),
        ..RegionSplit::default()
    };
    for (part, share) in east.parts.iter_mut().zip([0.0, 1.0]) {
        part.owners.insert("plant".to_owned(), OwnerShare { limits: share, residual: share });
    }
    let parts = split(&whole, &east);
    let places: Vec<&str> =
        parts.processes.iter().map(|p| parts.regions[p.region].name.as_str()).collect();
    assert_eq!(places, ["west", "town"]);
    let capacity = parts.processes.iter().last().and_then(|p| p.capacity).expect("it has one");
    assert_eq!(parts.capacities[capacity].residual, [2.0]);
    assert!(parts.capacities[capacity].upper[0].is_infinite());
    assert_close("cost", objective(&parts), 538.74);
}

/// A statistic of the east is that of both its parts.
#[test]
fn statistics_are_told_of_all_parts() {
    let mut whole = model("two-regions", None);
    let plant = whole.processes.ixs().last().expect("the plant of the east");
    let capacity = whole.processes[plant].capacity.expect("it has one");
    let statistic = |name: &str, of| Statistic {
        name: name.to_owned(),
        label: name.to_owned(),
        of,
        regions: vec![RegionIx::new(1)],
        year: YearIx::new(0),
        value: 2.0,
        unit: "GW".to_owned(),
        factor: 1.0,
        tolerance: 0.0,
    };
    whole.statistics = vec![
        statistic("standing", Measured::Capacity { capacities: vec![capacity] }),
        statistic(
            "made",
            Measured::Generation {
                commodities: vec![commodity(&whole, "electricity")],
                processes: vec![plant],
            },
        ),
    ];
    let east = RegionSplit {
        parts: parts(1, &["farm", "town"], &[0.3, 0.7]),
        ..RegionSplit::default()
    };
    let parts = split(&whole, &east);
    let Measured::Capacity { capacities } = &parts.statistics[0].of else {
        panic!("of capacity")
    };
    let standing: f64 = capacities.iter().map(|k| parts.capacities[*k].residual[0]).sum();
    assert_close("standing", standing, 2.0);
    let plan = solve(&parts);
    let accounts = kzleap_accounts::Accounts::new(&parts, &plan.solution);
    let rows = accounts.calibration();
    assert_close("made", rows[1].plan, 0.525 * 8.76 * 3.6);
}

/// A driver stays that of the region.
#[test]
fn drivers_stay_those_of_the_region() {
    let mut whole = model("two-regions", None);
    whole.demand_tree.drivers.push(kzleap_study::model::demand_tree::Driver {
        name: "people".to_owned(),
        label: "People".to_owned(),
        kind: None,
        unit: "million".to_owned(),
        extensive: true,
        values: vec![(Some(RegionIx::new(0)), vec![3.0]), (Some(RegionIx::new(1)), vec![1.0])],
    });
    let east = RegionSplit {
        parts: parts(1, &["farm", "town"], &[0.3, 0.7]),
        ..RegionSplit::default()
    };
    let parts = split(&whole, &east);
    let found: Vec<_> = parts
        .demand_tree
        .drivers
        .iter()
        .map(|driver| (driver.name.as_str(), driver.values.clone()))
        .collect();
    let expected = [
        ("people", vec![(Some(RegionIx::new(0)), vec![3.0])]),
        ("people@east", vec![(None, vec![1.0])]),
    ];
    assert_eq!(found, expected);
}

/// What must be kept in service is kept where it is, whatever the shares of limits.
#[test]
fn what_must_be_kept_is_kept_where_it_stands() {
    let mut whole = model("two-regions", None);
    let plants: Vec<_> = whole.processes.iter().filter_map(|p| p.capacity).collect();
    for k in plants {
        whole.capacities[k].lower = vec![1.5];
    }
    let mut east = RegionSplit {
        parts: parts(1, &["farm", "town"], &[0.5, 0.5]),
        ..RegionSplit::default()
    };
    for (part, residual) in east.parts.iter_mut().zip([0.9, 0.1]) {
        part.owners.insert("plant".to_owned(), OwnerShare { limits: 0.5, residual });
    }
    let parts = split(&whole, &east);
    let plants = parts.capacities.iter().filter(|k| k.name == "plant" && k.lower[0] < 1.5);
    let kept: Vec<f64> = plants.map(|k| k.lower[0]).collect();
    assert_eq!(kept, [0.9 * 1.5, 0.1 * 1.5]);
    assert_close("cost", objective(&parts), 538.74);
}

fn refusal(result: Result<Model, Diagnostics>) -> String {
    let found = result.expect_err("it cannot be split");
    let texts = found.iter().map(|finding| {
        format!("{} ({})", finding.message, finding.hint.as_deref().unwrap_or_default())
    });
    texts.collect::<Vec<_>>().join("\n")
}

#[test]
fn what_stands_must_be_within_the_limit() {
    let mut whole = model("two-regions", None);
    for k in whole.capacities.ixs() {
        whole.capacities[k].upper = vec![2.5];
    }
    let mut east = RegionSplit {
        parts: parts(1, &["farm", "town"], &[0.5, 0.5]),
        ..RegionSplit::default()
    };
    for (part, residual) in east.parts.iter_mut().zip([0.9, 0.1]) {
        part.owners.insert("plant".to_owned(), OwnerShare { limits: 0.5, residual });
    }
    assert_eq!(
        refusal(split_regions(&whole, &east)),
        "`plant` of farm has 1.8 GW in 2030, but its share of the limit is 1.25 (give farm \
         a share of the limits of `plant` no smaller than its share of existing capacity)"
    );
}

#[test]
fn a_model_of_another_tool_stays_as_it_is() {
    let mut whole = model("two-regions", None);
    whole.network.nodes.push((RegionIx::new(0), RegionIx::new(1)));
    let east = RegionSplit {
        parts: parts(1, &["farm", "town"], &[0.5, 0.5]),
        ..RegionSplit::default()
    };
    assert_eq!(
        refusal(split_regions(&whole, &east)),
        "a model of another tool has only the resolution it was written in ()"
    );
}
