//! The chronology of repeating days against the same days followed one by one.

use kzleap_model::chronology::{Cycle, repeating};
use kzleap_model::{DayType, Season, Series, Set, Slice, SliceIx, Time, Year, YearIx};

const BLOCKS: [f64; 3] = [6.0, 10.0, 8.0]; // hours
const PASSES: [f64; 2] = [5.0, 2.0]; // days of each type

/// One season with five working days and then two days off, each of three blocks.
fn time() -> Time {
    let mut slices = Set::new();
    for day in 0..2 {
        for (block, hours) in BLOCKS.iter().enumerate() {
            let name = format!("d{day}.b{block}");
            slices.push(Slice { name, day_type: day, hours_per_pass: *hours });
        }
    }
    let day = |day: usize| DayType {
        name: format!("d{day}"),
        label: format!("d{day}"),
        season: 0,
        passes: PASSES[day],
        slices: 3 * day..3 * day + 3,
    };
    Time {
        years: Set::from_iter([Year { milestone: 2030, first: 2030, last: 2030 }]),
        seasons: vec![Season { name: "s".to_owned(), label: "s".to_owned(), slices: 0..6 }],
        day_types: vec![day(0), day(1)],
        slices,
        year_split: Series::Constant(1.0 / 6.0),
        calendar: Vec::new(),
        slices_wanted: None,
    }
}

/// Content after every block of every day, day by day, from `start`.
fn day_by_day(start: f64, net_charge: &[f64; 6], lost_per_hour: f64) -> Vec<f64> {
    let mut content = start;
    let mut all = vec![content];
    for (day, passes) in PASSES.iter().enumerate() {
        for _ in 0..*passes as usize {
            for (block, hours) in BLOCKS.iter().enumerate() {
                // the yearly net charge of a slice, spread over the days it stands for
                let charge = net_charge[3 * day + block] / passes;
                content = content * (1.0 - lost_per_hour).powf(*hours) + charge;
                all.push(content);
            }
        }
    }
    all
}

#[test]
fn the_last_day_is_reached_exactly_and_no_day_lies_outside_the_first_and_the_last() {
    let time = time();
    let year = YearIx::new(0);
    let cases = [
        [3.0, -1.0, 2.0, -2.0, 1.0, -1.5],
        [-4.0, 6.0, -1.0, 3.0, -5.0, 0.5],
        [1.0, 1.0, 1.0, -2.0, -2.0, -2.0],
    ];
    for lost_per_hour in [0.0, 0.001, 0.05] {
        let chronology = repeating(&time, Cycle::Season, lost_per_hour);
        for net_charge in cases {
            let followed = day_by_day(10.0, &net_charge, lost_per_hour);
            let mut level = vec![f64::NAN; chronology.points.len()];
            level[0] = 10.0;
            let (join, steps) = chronology.steps.split_last().expect("the season is joined");
            for step in steps {
                let before: f64 =
                    step.from.iter().map(|term| term.factor * level[term.point]).sum();
                let charged: f64 = step
                    .net_charge
                    .iter()
                    .map(|(s, weight): &(SliceIx, Series)| {
                        weight.at(*s, year) * net_charge[s.get()]
                    })
                    .sum();
                level[step.to] = before + charged;
            }
            // the season ends as it began: the join sets the first point from the last
            assert_eq!(join.to, 0);
            let end = level[join.from[0].point];
            let expected = followed[followed.len() - 1];
            assert!((end - expected).abs() < 1e-9, "{end} {expected}");
            let range = |values: &[f64]| {
                values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                    (low.min(*value), high.max(*value))
                })
            };
            let (low, high) = range(&level);
            let (followed_low, followed_high) = range(&followed);
            assert!((low - followed_low).abs() < 1e-9, "{low} {followed_low}");
            assert!((high - followed_high).abs() < 1e-9, "{high} {followed_high}");
        }
    }
}
