//! Laws: changes of a model that must change its optimum by a known factor, or not at all.
//!
//! The models are generated from a random seed; what is compared is the objective, and prices
//! where they are unique.

use kzleap_generator::{Size, national};
use kzleap_study::model::policy::{CapWindow, ReserveRequirement};
use kzleap_study::model::{
    ByYear, Mode, Model, Process, RegionIx, Series, Set, SliceIx, Tier, Year, YearIx,
};
use kzleap_tests::{doubled, solve};
use ndarray::Array2;
use proptest::prelude::*;

const SMALL: Size = Size { regions: 2, seasons: 2, blocks: 4, years: 4, variants: 1 };

fn objective(model: &Model) -> f64 {
    solve(model).solution.objective
}

fn assert_same(changed: f64, original: f64) {
    let difference = (changed - original).abs() / original.abs();
    assert!(difference < 1e-8, "{changed} after the change, {original} before: {difference:e}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    /// With lives beyond the horizon and no limits on building, a period cut in two with the same
    /// data in both parts asks for nothing new: the same plan, the same cost.
    #[test]
    fn splitting_a_period_changes_nothing(seed in 0_u64..1000, at in 0_usize..4) {
        let mut model = national(SMALL, seed);
        for year in 0..4 {
            // two calendar-year parts of equal length need an even number of years
            let milestone = 2025 + 6 * i32::try_from(year).unwrap();
            let year = YearIx::new(year);
            model.time.years[year] = Year { milestone, first: milestone, last: milestone + 5 };
        }
        for k in model.capacities.ixs() {
            let investment = model.capacities[k].investment.as_mut().unwrap();
            investment.technical_life = 100.0;
            investment.growth = None;
            investment.upper = vec![f64::INFINITY; 4];
        }
        let split = split_period(&model, at);
        assert_same(objective(&split), objective(&model));
    }

    /// Storages of these models come back within a day or a season, so the order of the seasons
    /// means nothing.
    #[test]
    fn the_order_of_seasons_means_nothing(seed in 0_u64..1000) {
        let model = national(SMALL, seed);
        let half = model.time.slices.len() / 2;
        let swapped = with_slices_from(&model, |s| (s + half) % (2 * half));
        assert_same(objective(&swapped), objective(&model));
    }

    /// For the same reason it means nothing with which block a day begins.
    #[test]
    fn a_day_may_begin_anywhere(seed in 0_u64..1000, by in 1_usize..4) {
        let model = national(SMALL, seed);
        let moved = with_slices_from(&model, |s| s / 4 * 4 + (s % 4 + by) % 4);
        assert_same(objective(&moved), objective(&model));
    }

    /// Nor do the names and the order of regions.
    #[test]
    fn regions_may_stand_in_any_order(seed in 0_u64..1000) {
        let model = national(Size { regions: 3, blocks: 2, ..SMALL }, seed);
        assert_same(objective(&with_regions_turned(&model)), objective(&model));
    }

    /// Names and the order of processes mean nothing.
    #[test]
    fn names_and_order_mean_nothing(seed in 0_u64..1000) {
        let model = national(SMALL, seed);
        let mut renamed = model.clone();
        let mut reversed: Vec<Process> = model.processes.iter().cloned().collect();
        reversed.reverse();
        for (at, process) in reversed.iter_mut().enumerate() {
            process.name = format!("процесс {at}");
        }
        renamed.processes = Set::from_iter(reversed);
        for c in renamed.commodities.ixs() {
            renamed.commodities[c].name = format!("c{}", c.get());
        }
        assert_same(objective(&renamed), objective(&model));
    }

    /// Three times the costs: three times the objective, and three times every unique price.
    #[test]
    fn costs_scale(seed in 0_u64..1000) {
        let model = national(SMALL, seed);
        let mut expensive = model.clone();
        let triple = |values: &mut ByYear| values.iter_mut().for_each(|value| *value *= 3.0);
        for k in expensive.capacities.ixs() {
            triple(&mut expensive.capacities[k].fixed_cost);
            triple(&mut expensive.capacities[k].investment.as_mut().unwrap().overnight_cost);
        }
        for p in expensive.processes.ixs() {
            for mode in &mut expensive.processes[p].modes {
                mode.variable_cost = mode.variable_cost.map(|cost| 3.0 * cost);
            }
        }
        for l in expensive.links.ixs() {
            expensive.links[l].variable_cost = expensive.links[l].variable_cost.map(|cost| 3.0 * cost);
        }
        for c in expensive.commodities.ixs() {
            if let Some(cost) = &mut expensive.commodities[c].unserved_cost {
                triple(cost);
            }
        }
        assert_same(objective(&expensive), 3.0 * objective(&model));
    }

    /// A process that is more expensive than leaving demand unserved is not used.
    #[test]
    fn a_useless_process_changes_nothing(seed in 0_u64..1000) {
        let model = national(SMALL, seed);
        let mut more = model.clone();
        let electricity = more.commodities.position(|c| c.name == "electricity").unwrap();
        let mut mode = Mode::new("all");
        mode.outputs.push((electricity, Series::Constant(1.0)));
        mode.variable_cost = Series::Constant(1e5);
        more.processes.push(Process {
            name: "useless".to_owned(),
            label: String::new(),
            category: String::new(),
            family: None,
            captures: false,
            flow: None,
            region: RegionIx::new(0),
            tier: Tier::Slice,
            modes: vec![mode],
            capacity: None,
            capacity_to_activity: 1.0,
            parts: Vec::new(),
            availability: Series::Constant(1.0),
            annual_availability: None,
            annual_minimum_load: None,
            minimum_load: None,
            ramp_per_hour: None,
        });
        assert_same(objective(&more), objective(&model));
    }

    /// Two equal countries that do not touch cost twice what one costs.
    #[test]
    fn two_equal_regions_cost_twice_as_much(seed in 0_u64..1000) {
        let one = national(Size { regions: 1, ..SMALL }, seed);
        assert_same(objective(&doubled(&one)), 2.0 * objective(&one));
    }

    /// A looser cap never costs more.
    #[test]
    fn a_looser_cap_costs_no_more(seed in 0_u64..1000, factor in 1.0_f64..3.0) {
        let model = national(SMALL, seed);
        let mut loose = model.clone();
        let cap = loose.emission_caps.ixs().next().unwrap();
        if let CapWindow::EachYear(limits) = &mut loose.emission_caps[cap].window {
            limits.iter_mut().flatten().for_each(|limit| *limit *= factor);
        }
        prop_assert!(objective(&loose) <= objective(&model) * (1.0 + 1e-9));
    }
}

/// Every list by year with the value of year `at` twice.
fn split_period(model: &Model, at: usize) -> Model {
    let mut split = model.clone();
    let twice = |values: &mut ByYear| values.insert(at, values[at]);
    let series = |series: &mut Series| match series {
        Series::ByYear(values) => values.insert(at, values[at]),
        Series::BySliceAndYear(values) => {
            let columns: Vec<usize> =
                (0..=values.ncols()).map(|y| if y > at { y - 1 } else { y }).collect();
            *values = values.select(ndarray::Axis(1), &columns);
        }
        Series::Constant(_) | Series::BySlice(_) => {}
    };
    let mut years: Vec<Year> = model.time.years.iter().cloned().collect();
    let whole = years[at].clone();
    let middle = whole.first + (whole.last - whole.first + 1) / 2;
    years[at].last = middle - 1;
    years.insert(at + 1, Year { milestone: middle, first: middle, last: whole.last });
    split.time.years = Set::from_iter(years);
    series(&mut split.time.year_split);
    for k in split.capacities.ixs() {
        let capacity = &mut split.capacities[k];
        twice(&mut capacity.residual);
        twice(&mut capacity.fixed_cost);
        twice(&mut capacity.lower);
        twice(&mut capacity.upper);
        if let Some(investment) = &mut capacity.investment {
            twice(&mut investment.overnight_cost);
            twice(&mut investment.lower);
            twice(&mut investment.upper);
        }
    }
    for p in split.processes.ixs() {
        let process = &mut split.processes[p];
        series(&mut process.availability);
        for mode in &mut process.modes {
            series(&mut mode.variable_cost);
            mode.inputs.iter_mut().for_each(|(_, ratio)| series(ratio));
            mode.outputs.iter_mut().for_each(|(_, ratio)| series(ratio));
            mode.emissions.iter_mut().for_each(|(_, factor)| series(factor));
        }
    }
    for z in split.storages.ixs() {
        twice(&mut split.storages[z].minimum_level);
    }
    for c in split.commodities.ixs() {
        if let Some(cost) = &mut split.commodities[c].unserved_cost {
            twice(cost);
        }
    }
    for demand in &mut split.demands {
        twice(&mut demand.annual);
    }
    for cap in split.emission_caps.ixs() {
        if let CapWindow::EachYear(limits) = &mut split.emission_caps[cap].window {
            limits.insert(at, limits[at]);
        }
    }
    for reserve in split.reserves.ixs() {
        let reserve = &mut split.reserves[reserve];
        reserve.members.iter_mut().for_each(|(_, credit)| twice(credit));
        if let ReserveRequirement::Firm { peak, margin, load: _ } = &mut reserve.requirement {
            twice(peak);
            twice(margin);
        }
    }
    split
}

/// The model with the data of slice `other(s)` in slice `s`.
fn with_slices_from(model: &Model, other: impl Fn(usize) -> usize) -> Model {
    let mut swapped = model.clone();
    let series = |series: &mut Series| match series {
        Series::BySlice(values) => {
            *values = (0..values.len()).map(|s| values[other(s)]).collect();
        }
        Series::BySliceAndYear(values) => {
            *values = Array2::from_shape_fn(values.dim(), |(s, y)| values[(other(s), y)]);
        }
        Series::Constant(_) | Series::ByYear(_) => {}
    };
    for s in model.time.slices.ixs() {
        swapped.time.slices[s]
            .name
            .clone_from(&model.time.slices[SliceIx::new(other(s.get()))].name);
    }
    for p in swapped.processes.ixs() {
        series(&mut swapped.processes[p].availability);
    }
    for demand in &mut swapped.demands {
        if let Some(profile) = &mut demand.profile {
            series(profile);
        }
    }
    swapped
}

/// The model with its regions in the opposite order, under other names.
fn with_regions_turned(model: &Model) -> Model {
    let mut turned = model.clone();
    let last = model.regions.len() - 1;
    let turn = |region: &mut RegionIx| *region = RegionIx::new(last - region.get());
    let mut regions: Vec<_> = model.regions.iter().cloned().collect();
    regions.reverse();
    regions.iter_mut().for_each(|region| region.name = format!("область {}", region.name));
    turned.regions = Set::from_iter(regions);
    turned.finance.discount_rate.reverse();
    for k in turned.capacities.ixs() {
        turn(&mut turned.capacities[k].region);
    }
    for p in turned.processes.ixs() {
        turn(&mut turned.processes[p].region);
    }
    for z in turned.storages.ixs() {
        turn(&mut turned.storages[z].region);
    }
    for l in turned.links.ixs() {
        turn(&mut turned.links[l].from);
        turn(&mut turned.links[l].to);
    }
    turned.demands.iter_mut().for_each(|demand| turn(&mut demand.region));
    for cap in turned.emission_caps.ixs() {
        for term in &mut turned.emission_caps[cap].terms {
            term.regions.iter_mut().for_each(turn);
        }
    }
    turned
}
