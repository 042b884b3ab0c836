//! Laws of coarser resolutions: totals stay, a plan stays possible and never costs more.
//!
//! The models are generated from a random seed; what is compared is totals and objectives.

use kzleap_accounts::Accounts;
use kzleap_generator::{Size, national};
use kzleap_study::diagnostics::Diagnostics;
use kzleap_study::model::policy::{
    ActivityLimit, ActivityWindow, CapWindow, EmissionCap, EmissionTerm,
};
use kzleap_study::model::statistics::Measured;
use kzleap_study::model::{
    Balance, Link, Model, RegionGroup, RegionIx, Series, SliceIx, YearIx,
};
use kzleap_study::resolution::{Resolution, merge_regions, merge_slices};
use kzleap_tests::totals::{assert_names_are_unique, assert_totals};
use kzleap_tests::{assert_close, doubled, model, price, solve};
use proptest::prelude::*;

const SMALL: Size = Size { regions: 3, seasons: 3, blocks: 3, years: 3, variants: 1 };

fn objective(model: &Model) -> f64 {
    solve(model).solution.objective
}

fn group(members: &[usize]) -> RegionGroup {
    RegionGroup {
        name: "together".to_owned(),
        label: "Together".to_owned(),
        members: members.iter().map(|r| RegionIx::new(*r)).collect(),
    }
}

fn merged(model: &Model, members: &[usize]) -> Model {
    merge_regions(model, &[group(members)]).expect("they can be merged")
}

fn sliced(model: &Model, most: usize) -> Model {
    merge_slices(model, most).expect("they can be merged")
}

/// Nothing waits at a loss, and no storage carries more than a day: so that averaging is exact.
fn with_storages_of_a_day(mut model: Model) -> Model {
    use kzleap_study::model::chronology::{Cycle, repeating};
    for z in model.storages.ixs() {
        model.storages[z].chronology = repeating(&model.time, Cycle::Day, 0.0);
    }
    model
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    /// Two regions or all three as one: the totals of the model, at no more cost.
    #[test]
    fn merged_regions_keep_totals_and_cost_no_more(seed in 0_u64..1000, all in any::<bool>()) {
        let model = national(SMALL, seed);
        let coarse = merged(&model, if all { &[0, 1, 2] } else { &[0, 2] });
        assert_totals(&coarse, &model);
        assert_names_are_unique(&coarse);
        prop_assert!(objective(&coarse) <= objective(&model) * (1.0 + 1e-9));
    }

    /// Any number of slices: the totals of the model, at no more cost, and the fewer the less.
    #[test]
    fn merged_slices_keep_totals_and_cost_no_more(seed in 0_u64..1000, most in 1_usize..9) {
        let model = with_storages_of_a_day(national(SMALL, seed));
        let coarse = sliced(&model, most);
        prop_assert_eq!(coarse.time.slices.len(), most);
        assert_totals(&coarse, &model);
        assert_names_are_unique(&coarse);
        let (coarser, fine) = (objective(&sliced(&coarse, most.div_ceil(2))), objective(&model));
        let coarse = objective(&coarse);
        prop_assert!(coarse <= fine * (1.0 + 1e-9), "{coarse} merged, {fine} before");
        prop_assert!(coarser <= coarse * (1.0 + 1e-9), "{coarser} merged, {coarse} before");
    }

    /// Regions that differ in their sizes alone become one of each thing, at no more cost.
    #[test]
    fn sizes_add_up(seed in 0_u64..1000, retire in any::<bool>()) {
        let one = national(Size { regions: 1, ..SMALL }, seed);
        let two = with_other_sizes(doubled(&one), retire);
        let coarse = merge_regions(&without_caps(&two), &[group(&[0, 1])]).expect("no caps");
        prop_assert_eq!(coarse.processes.len(), one.processes.len());
        assert_totals(&coarse, &two);
        let (coarse, fine) = (objective(&coarse), objective(&without_caps(&two)));
        prop_assert!(coarse <= fine * (1.0 + 1e-9), "{coarse} merged, {fine} before");
    }

    /// Regions and slices together.
    #[test]
    fn both_together_cost_no_more(seed in 0_u64..1000) {
        let model = with_storages_of_a_day(national(SMALL, seed));
        let coarse = sliced(&merged(&model, &[0, 1, 2]), 4);
        assert_names_are_unique(&coarse);
        prop_assert!(objective(&coarse) <= objective(&model) * (1.0 + 1e-9));
    }

    /// Two equal regions that a free line joins are one region twice as large: the same cost, and
    /// no more processes than one of them has.
    #[test]
    fn equal_regions_are_one_twice_as_large(seed in 0_u64..1000) {
        let one = national(Size { regions: 1, ..SMALL }, seed);
        let mut two = doubled(&one);
        two.links.push(free_line(&two));
        let cap = two.emission_caps.ixs().next().expect("a cap");
        let emission = two.emission_caps[cap].terms[0].emission;
        two.emission_caps = [EmissionCap {
            name: "both".to_owned(),
            terms: vec![EmissionTerm { emission, regions: two.regions.ixs().collect(), weight: 1.0 }],
            window: twice(&two.emission_caps[cap].window),
        }]
        .into_iter()
        .collect();
        let coarse = merged(&two, &[0, 1]);
        prop_assert_eq!(coarse.processes.len(), one.processes.len());
        prop_assert_eq!(coarse.links.len(), 0);
        let (coarse, fine) = (objective(&coarse), objective(&two));
        prop_assert!((coarse / fine - 1.0).abs() < 1e-8, "{coarse} merged, {fine} before");
    }

    /// Where nothing differs from slice to slice, any number of them gives the same cost.
    #[test]
    fn flat_profiles_need_no_slices(seed in 0_u64..1000, most in 1_usize..9) {
        let mut model = with_storages_of_a_day(national(SMALL, seed));
        for p in model.processes.ixs() {
            let process = &mut model.processes[p];
            if process.availability.varies_by_slice() {
                process.availability = Series::Constant(0.3);
            }
        }
        for demand in &mut model.demands {
            demand.profile = Some(model.time.year_split.clone());
        }
        let (coarse, fine) = (objective(&sliced(&model, most)), objective(&model));
        prop_assert!((coarse / fine - 1.0).abs() < 1e-8, "{coarse} merged, {fine} before");
    }

    /// The resolution a model has already changes nothing.
    #[test]
    fn the_resolution_as_it_is_changes_nothing(seed in 0_u64..1000) {
        let model = national(SMALL, seed);
        let same = Resolution { regions: None, slices: Some(9), ..Resolution::default() }.of(model.clone());
        prop_assert_eq!(format!("{:?}", same.expect("nothing to do")), format!("{model:?}"));
        let one = RegionGroup { name: "r1".to_owned(), label: "Region 1".to_owned(), members: vec![RegionIx::new(1)] };
        let same = merge_regions(&model, &[one]).expect("nothing to do");
        prop_assert_eq!(format!("{same:?}"), format!("{model:?}"));
    }
}

/// The second region with more or less of everything, and some limits that only one of them has.
fn with_other_sizes(mut model: Model, retire: bool) -> Model {
    let second = RegionIx::new(1);
    for k in model.capacities.ixs() {
        let capacity = &mut model.capacities[k];
        capacity.early_retirement = retire;
        let size = 0.4 + (k.get() % 7) as f64 / 5.0;
        if capacity.region == second {
            capacity.residual.iter_mut().for_each(|gw| *gw *= size);
            let investment = capacity.investment.as_mut().expect("all may be built");
            investment.upper = vec![12.0 * size; investment.upper.len()];
            investment.growth.as_mut().expect("all have it").seed *= size;
            if k.get() % 3 == 0 {
                capacity.upper.fill(30.0 * size);
            }
        } else if k.get() % 5 == 0 {
            capacity.upper.fill(40.0);
        }
    }
    for demand in model.demands.iter_mut().filter(|demand| demand.region == second) {
        demand.annual.iter_mut().for_each(|pj| *pj *= 0.6);
    }
    let years = model.time.years.len();
    for (p, process) in model.processes.iter_ix().filter(|(_, p)| p.capacity.is_none()) {
        let name = process.name.clone();
        let upper = 150.0 + p.get() as f64;
        let window =
            ActivityWindow::EachYear { lower: vec![0.0; years], upper: vec![upper; years] };
        let both = p.get() % 2 == 0;
        if both || process.region == second {
            model.activity_limits.push(ActivityLimit {
                name,
                processes: vec![(p, None)],
                window,
            });
        }
    }
    model
}

fn without_caps(model: &Model) -> Model {
    Model { emission_caps: Default::default(), ..model.clone() }
}

/// Carries anything anywhere for nothing.
fn free_line(model: &Model) -> Link {
    Link {
        name: "free".to_owned(),
        from: RegionIx::new(0),
        to: RegionIx::new(1),
        commodity: model
            .commodities
            .position(|c| c.name == "electricity")
            .expect("it is there"),
        capacity: None,
        capacity_to_activity: 1.0,
        availability: Series::Constant(1.0),
        reverse_availability: Series::Constant(1.0),
        loss: 0.0,
        variable_cost: Series::Constant(0.0),
        emissions: Vec::new(),
    }
}

fn twice(window: &CapWindow) -> CapWindow {
    match window {
        CapWindow::EachYear(limits) => {
            CapWindow::EachYear(limits.iter().map(|limit| limit.map(|mt| 2.0 * mt)).collect())
        }
        other => other.clone(),
    }
}

/// As one region, the cheap plant of the west serves all 17.52 TWh: 2 GW at 20 USD/MWh. The two
/// plants differ in cost, so they stay apart; the line is gone.
#[test]
fn two_regions_as_one() {
    let coarse = Resolution {
        regions: Some("together".to_owned()),
        slices: None,
        ..Resolution::default()
    }
    .of(model("two-regions", None))
    .expect("a level of the model");
    let names: Vec<&str> = coarse.processes.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["plant@west", "plant@east"]);
    assert_eq!(coarse.links.len(), 0);
    let plan = solve(&coarse);
    assert_close("cost", plan.solution.objective, 17.52 * 20.0);
    assert_close("price", price(&coarse, &plan, "electricity", "land", 0, 0), 20.0 / 3.6);
}

/// The west must run at 1.5 GW and the east at 0.525, 25 MW more than the 2 GW of demand, and
/// what is made must be used: the losses of the line take it up. So the line is kept, within the
/// region, and the cost is that of two regions: 8.76 · (1.5 · 20 + 0.525 · 60) MUSD.
#[test]
fn losses_that_are_needed_stay() {
    let mut fine = model("two-regions", None);
    let electricity = fine.commodities.ixs().next().expect("it is there");
    fine.commodities[electricity].balance = Balance::Exact;
    for (p, load) in fine.processes.ixs().zip([0.75, 0.2625]) {
        fine.processes[p].minimum_load = Some(Series::Constant(load));
    }
    let coarse = merged(&fine, &[0, 1]);
    assert_close("two regions", objective(&fine), 538.74);
    assert_close("one region", objective(&coarse), 538.74);
    let line = coarse.links.iter().next().expect("the line");
    assert_eq!(line.from, line.to);
}

/// Of two plants that dwindle alike, one in each region, one is left; of two that do not, both
/// are, since what is retired early is a share of what exists.
#[test]
fn what_dwindles_differently_stays_apart() {
    let one = national(Size { regions: 1, ..SMALL }, 1);
    let mut two = doubled(&one);
    two.emission_caps = Default::default();
    let coal = |model: &Model, r: usize| {
        let in_region = |k: &kzleap_study::model::Capacity| k.region == RegionIx::new(r);
        model.capacities.position(|k| k.name == "coal_plant0" && in_region(k)).expect("coal")
    };
    let names = |model: &Model| -> Vec<String> {
        let merged = merge_regions(model, &[group(&[0, 1])]).expect("no caps");
        let coal = merged.processes.iter().filter(|p| p.name.starts_with("coal_plant0"));
        coal.map(|p| p.name.clone()).collect()
    };
    for r in 0..2 {
        let k = coal(&two, r);
        two.capacities[k].early_retirement = true;
    }
    let second = coal(&two, 1);
    two.capacities[second].residual.iter_mut().for_each(|gw| *gw *= 3.0);
    assert_eq!(names(&two), ["coal_plant0"]);
    two.capacities[second].residual[1] = 0.0;
    assert_eq!(names(&two), ["coal_plant0@r0", "coal_plant0@twin"]);
}

/// In one slice the sun is there at night too, at half its power: 1.5 GW for 1 GW, for nothing.
#[test]
fn a_day_without_a_night_needs_no_battery() {
    let coarse = sliced(&model("storage-day", None), 1);
    let slice = &coarse.time.slices[SliceIx::new(0)];
    assert_eq!((slice.name.as_str(), slice.hours_per_pass), ("year", 24.0));
    let sun = coarse.processes.iter().find(|p| p.availability.varies_by_slice());
    let sun = sun.expect("the sun").availability.at(SliceIx::new(0), YearIx::new(0));
    assert_close("sun", sun, 0.5);
    assert_close("cost", solve(&coarse).solution.objective, 0.0);
}

fn refusal(result: Result<Model, Diagnostics>) -> String {
    let found = result.expect_err("they differ");
    let texts = found.iter().map(|finding| {
        format!("{} ({})", finding.message, finding.hint.as_deref().unwrap_or_default())
    });
    texts.collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_said_of_whole_regions_must_be_the_same() {
    let mut fine = model("two-regions", None);
    fine.finance.discount_rate[1] = 0.05;
    let co2 = fine.add_emission("co2");
    fine.emissions[co2].price.push((RegionIx::new(1), vec![30.0]));
    fine.emission_caps.push(EmissionCap {
        name: "eastern".to_owned(),
        terms: vec![EmissionTerm {
            emission: co2,
            regions: vec![RegionIx::new(1)],
            weight: 1.0,
        }],
        window: CapWindow::EachYear(vec![Some(1.0)]),
    });
    assert_eq!(
        refusal(merge_regions(&fine, &[group(&[0, 1])])),
        "the regions of `together` cannot be one: their discount rates are 0 and 0.05 (give them \
         one `discount_rate`, or choose a level that keeps them apart)\n\
         the regions of `together` cannot be one: the price of co2 differs between west and east \
         (give them one price, or choose a level that keeps them apart)\n\
         the regions of `together` cannot be one: the cap `eastern` counts the emissions of east, \
         but not of west (count all of them, or choose a level that keeps them apart)"
    );
    let unknown = Resolution {
        regions: Some("national".to_owned()),
        slices: None,
        ..Resolution::default()
    };
    assert_eq!(
        refusal(unknown.of(model("two-regions", None))),
        "there is no level of regions `national` (known: `together`)"
    );
}

/// The three zones of Kazakhstan as one, in the fewest slices, one for each season and each day that
/// is kept: all totals of the zones, certified, and within a twentieth of the cost of zones.
#[test]
fn kazakhstan_as_one_region() {
    let fine = model("kazakhstan", Some("neutrality-2060"));
    let quick = Resolution {
        regions: Some("national".to_owned()),
        slices: Some(1),
        ..Resolution::default()
    };
    let coarse = quick.of(fine.clone()).expect("a level of the model");
    assert_eq!(coarse.regions.iter().filter(|region| region.domestic).count(), 1);
    assert_eq!(coarse.time.slices.len(), 6);
    assert_totals(&coarse, &fine);
    assert_names_are_unique(&coarse);
    let plan = solve(&coarse);
    let cost = plan.solution.objective;
    // what the model as written costs, a run of a minute
    const WHOLE: f64 = 466_742.0;
    assert!((0.95 * WHOLE..WHOLE).contains(&cost), "{cost}");

    // statistics are of the whole country, so all are still reported, and of the same capacities
    assert_eq!(coarse.statistics.len(), fine.statistics.len());
    let standing = |model: &Model| -> Vec<(String, f64)> {
        let of = |statistic: &kzleap_study::model::Statistic| match &statistic.of {
            Measured::Capacity { capacities } => {
                let year = statistic.year.get();
                let sum = capacities.iter().map(|k| model.capacities[*k].residual[year]).sum();
                Some((statistic.name.clone(), sum))
            }
            _ => None,
        };
        model.statistics.iter().filter_map(of).collect()
    };
    for ((name, coarse), (_, fine)) in standing(&coarse).iter().zip(&standing(&fine)) {
        assert_close(name, *coarse, *fine);
    }
    for row in Accounts::new(&coarse, &plan.solution).calibration() {
        let statistic = row.statistic;
        let off = (row.plan - statistic.value).abs() / statistic.value.abs();
        assert!(off < 0.15, "{}: {} instead of {}", statistic.name, row.plan, statistic.value);
    }
}
