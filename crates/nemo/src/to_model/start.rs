//! The model with its sets, but nothing in them that decides.

use kzleap_model::finance::Depreciation;
use kzleap_model::finance::nemo::Nemo;
use kzleap_model::{
    Balance, Commodity, Convention, DayType, Emission, Finance, Model, Region, Season, Set,
    Slice, Tier, Time, Year,
};
use ndarray::Array2;

use super::shrink;
use crate::data::Data;
use crate::parameters::{Dimension, P};
use crate::periods::Period;

/// Slices of the scenario in the order of the year; those without a place come last.
pub(super) fn slice_order(data: &Data) -> Vec<usize> {
    let mut order: Vec<usize> = (0..data.count(Dimension::Slice)).collect();
    order.sort_by_key(|l| {
        data.places[*l].map_or((true, 0, 0, 0), |place| {
            let (group1, group2) = (&data.groups1[place.group1], &data.groups2[place.group2]);
            (false, group1.order, group2.order, place.order)
        })
    });
    order
}

/// The model of a group of years before anything is added.
pub(super) fn empty(data: &Data, period: &Period, order: &[usize]) -> Model {
    let regions = data.count(Dimension::Region);
    let home = |r: usize| if r < regions { r } else { data.node_region[r - regions] };
    let places = regions + data.node_region.len();
    let depreciation = |r: usize| {
        if data.get(P::DepreciationMethod, &[home(r)]) == Some(2.0) {
            Depreciation::StraightLine
        } else {
            Depreciation::SinkingFund
        }
    };
    let nemo = Nemo {
        first: data.first_year(),
        last: data.last_year(),
        intervals: period.intervals.clone(),
        opening: period.opening,
        closing: period.closing,
        depreciation: (0..places).map(depreciation).collect(),
        terms: Vec::new(),
    };
    let finance = Finance {
        convention: Convention::Nemo(nemo),
        base_year: data.first_year(),
        discount_rate: (0..places).map(|r| data.or_zero(P::DiscountRate, &[home(r)])).collect(),
    };
    Model {
        description: "imported from NEMO".to_owned(),
        regions: region_names(data)
            .map(|name| Region { label: name.clone(), name, domestic: true })
            .collect(),
        commodities: data.names[Dimension::Fuel.position()]
            .iter()
            .zip(&data.timesliced)
            .map(|(name, sliced)| Commodity {
                name: name.clone(),
                label: name.clone(),
                tier: if *sliced { Tier::Slice } else { Tier::Annual },
                just_in_time: false,
                balance: Balance::Surplus,
                unserved_cost: None,
                kind: None,
                family: None,
                colour: None,
                amount: None,
                heat_value: None,
            })
            .collect(),
        emissions: data.names[Dimension::Emission.position()]
            .iter()
            .map(|name| Emission {
                name: name.clone(),
                label: name.clone(),
                gas: None,
                unit: None,
                part_of: None,
                exogenous: Vec::new(),
                price: Vec::new(),
                damage: Vec::new(),
                damage_in_cost: false,
            })
            .collect(),
        ..Model::empty("scenario", "", finance, time(data, period, order))
    }
}

/// Regions, then nodes under the name of their region, since the two may share names.
fn region_names(data: &Data) -> impl Iterator<Item = String> + '_ {
    let nodes = data.node_region.iter().enumerate().map(|(n, r)| {
        format!("{}/{}", data.name(Dimension::Region, *r), data.name(Dimension::Node, n))
    });
    data.names[Dimension::Region.position()].iter().cloned().chain(nodes)
}

fn time(data: &Data, period: &Period, order: &[usize]) -> Time {
    let mut time = Time {
        years: period
            .years
            .iter()
            .map(|y| data.years[*y])
            .map(|year| Year { milestone: year, first: year, last: year })
            .collect(),
        seasons: Vec::new(),
        day_types: Vec::new(),
        slices: Set::new(),
        year_split: shrink(Array2::from_shape_fn(
            (order.len(), period.years.len()),
            |(s, y)| data.or_zero(P::YearSplit, &[order[s], period.years[y]]),
        )),
        calendar: Vec::new(),
        cutting: kzleap_model::Cutting::default(),
    };
    // one season of one day for slices that no group has
    let place = |l: usize| data.places[l].map(|place| (place.group1, place.group2));
    for (at, l) in order.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| place(order[before]));
        if before.map(|before| before.map(|(group1, _)| group1))
            != Some(place(*l).map(|(group1, _)| group1))
        {
            let name = place(*l).map_or("other", |(group1, _)| &data.groups1[group1].name);
            time.seasons.push(Season {
                name: name.to_owned(),
                label: name.to_owned(),
                slices: at..at,
            });
        }
        let season = time.seasons.len() - 1;
        if before != Some(place(*l)) {
            let (name, passes) = place(*l).map_or(("other", 1.0), |(group1, group2)| {
                let group2 = &data.groups2[group2];
                (&group2.name, data.groups1[group1].multiplier * group2.multiplier)
            });
            let name = name.to_owned();
            time.day_types.push(DayType {
                label: name.clone(),
                name,
                season,
                passes,
                slices: at..at,
            });
        }
        let day_type = time.day_types.len() - 1;
        time.seasons[season].slices.end = at + 1;
        time.day_types[day_type].slices.end = at + 1;
        let name = data.name(Dimension::Slice, *l).to_owned();
        time.slices.push(Slice { name, day_type, hours_per_pass: 1.0 });
    }
    time
}
