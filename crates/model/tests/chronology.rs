//! The chronology of repeating days against the same days followed one by one.

use kzleap_model::chronology::{Cycle, repeating};
use kzleap_model::storage::{Chronology, LevelStep, Side};
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
        cutting: kzleap_model::Cutting::default(),
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

/// Twenty days of three kinds in an order of their own; the last kind comes once.
const CALENDAR: [usize; 20] = [0, 1, 1, 0, 0, 0, 2, 1, 0, 1, 1, 1, 1, 0, 0, 1, 0, 1, 0, 0];

fn time_with_calendar(calendar: &[usize]) -> Time {
    let mut slices = Set::new();
    let mut day_types = Vec::new();
    let kinds = calendar.iter().max().map_or(0, |last| last + 1);
    for kind in 0..kinds {
        for (block, hours) in BLOCKS.iter().enumerate() {
            let name = format!("d{kind}.b{block}");
            slices.push(Slice { name, day_type: kind, hours_per_pass: *hours });
        }
        day_types.push(DayType {
            name: format!("d{kind}"),
            label: format!("d{kind}"),
            season: 0,
            passes: calendar.iter().filter(|of| **of == kind).count() as f64,
            slices: 3 * kind..3 * kind + 3,
        });
    }
    Time {
        seasons: vec![Season {
            name: "s".to_owned(),
            label: "s".to_owned(),
            slices: 0..3 * kinds,
        }],
        day_types,
        slices,
        year_split: Series::Constant(1.0 / 9.0),
        calendar: calendar.to_vec(),
        ..time()
    }
}

/// The content of a chronology's points that starts with `start`, for the net charge of a day in
/// each slice: offsets are the least that keep the course within a day above zero.
fn levels(chronology: &Chronology, time: &Time, start: f64, charge: &[f64; 9]) -> Vec<f64> {
    let year = YearIx::new(0);
    let mut level = vec![f64::NAN; chronology.points.len()];
    level[0] = start;
    let net = |step: &LevelStep| -> f64 {
        let each = step.net_charge.iter().map(|(s, weight)| {
            let passes = time.day_types[time.slices[*s].day_type].passes;
            weight.at(*s, year) * charge[s.get()] * passes
        });
        each.sum()
    };
    let before = |level: &[f64], step: &LevelStep| -> f64 {
        step.from.iter().map(|term| term.factor * level[term.point]).sum()
    };
    for envelope in &chronology.envelopes {
        // content is `kept · offset + gained` after each block
        let (mut kept, mut gained, mut offset) = (1.0, 0.0, 0.0_f64);
        let (first, blocks) = envelope.of.split_first().expect("an offset");
        let of = |point: usize| {
            chronology.steps.iter().find(|step| step.to == point).expect("a step")
        };
        for step in blocks.iter().map(|point| of(*point)) {
            kept *= step.from[0].factor;
            gained = step.from[0].factor * gained + net(step);
            offset = offset.max(-gained / kept);
        }
        level[*first] = offset;
        for step in blocks.iter().map(|point| of(*point)) {
            level[step.to] = before(&level, step) + net(step);
        }
        let most = envelope.of.iter().map(|point| level[*point]).fold(0.0, f64::max);
        level[envelope.highest] = most;
    }
    for step in &chronology.steps {
        if level[step.to].is_nan() {
            level[step.to] = before(&level, step) + net(step);
        }
    }
    level
}

/// Typical days along a calendar hold what the days hold that are followed block by block; what
/// their rows bound lies around it, and is exactly its range where nothing is lost.
#[test]
fn typical_days_along_a_calendar_are_the_days_followed_one_by_one() {
    let time = time_with_calendar(&CALENDAR);
    let cases = [
        [3.0, -1.0, 2.0, -2.0, 1.0, -1.5, 9.0, -4.0, -5.0],
        [-4.0, 6.0, -1.0, 3.0, -5.0, 0.5, 1.0, 1.0, 1.0],
        [1.0, 1.0, 1.0, -2.0, -2.0, 3.0, -7.0, 2.0, 2.0],
    ];
    for lost_per_hour in [0.0, 0.0001, 0.002] {
        let chronology = repeating(&time, Cycle::Year, lost_per_hour);
        for charge in cases {
            let level = levels(&chronology, &time, 100.0, &charge);
            let mut content = 100.0;
            let mut all = vec![content];
            for (day, kind) in CALENDAR.iter().enumerate() {
                let name = format!("day {}", day + 1);
                if let Some(point) = chronology.points.iter().position(|known| *known == name) {
                    assert!((level[point] - content).abs() < 1e-9, "{name}: {content}");
                }
                for (block, hours) in BLOCKS.iter().enumerate() {
                    content = content * (1.0_f64 - lost_per_hour).powf(*hours)
                        + charge[3 * kind + block];
                    all.push(content);
                }
            }
            let (join, _) = chronology.steps.split_last().expect("the year is joined");
            assert!((level[join.from[0].point] - content).abs() < 1e-9, "{content}");
            let bounded = |side: Side| -> Vec<f64> {
                let checks = chronology.checks.iter().filter(|check| check.side == Some(side));
                let sums = checks.map(|check| {
                    check.from.iter().map(|term| term.factor * level[term.point]).sum()
                });
                sums.chain(chronology.moments().map(|point| level[point])).collect()
            };
            let most = |values: Vec<f64>| values.into_iter().fold(f64::NEG_INFINITY, f64::max);
            let least = |values: Vec<f64>| values.into_iter().fold(f64::INFINITY, f64::min);
            let (highest, lowest) = (most(bounded(Side::Size)), least(bounded(Side::Minimum)));
            let (high, low) = (most(all.clone()), least(all));
            assert!(highest >= high - 1e-9, "{highest} {high}");
            assert!(lowest <= low + 1e-9, "{lowest} {low}");
            if lost_per_hour <= 0.0 {
                assert!((highest - high).abs() < 1e-9, "{highest} {high}");
                assert!((lowest - low).abs() < 1e-9, "{lowest} {low}");
            }
        }
    }
}

/// Along the days of a year weeks are seven days from the first; the last has what is left. Where
/// kinds of day come back, or without a calendar, a season of 50 and 20 days has weeks of five and two: the season of five and two days, with a tenth
/// of the yearly charge.
#[test]
fn a_week_ends_as_it_began() {
    let days: Vec<usize> = (0..16).collect();
    let calendar = repeating(&time_with_calendar(&days), Cycle::Week, 0.0);
    let starts: Vec<&str> = (calendar.steps.iter())
        .filter(|step| step.net_charge.is_empty() && step.from.len() == 1)
        .map(|step| calendar.points[step.to].as_str())
        .collect();
    assert_eq!(starts, ["day 1", "day 8"]);

    let (of_week, mut longer) = (time(), time());
    longer.day_types[0].passes = 50.0;
    longer.day_types[1].passes = 20.0;
    let week = repeating(&longer, Cycle::Week, 0.01);
    let season = repeating(&of_week, Cycle::Season, 0.01);
    assert_eq!(week.points, season.points);
    let mut typical = longer.clone();
    typical.calendar = [[0, 0, 1, 0, 0, 0, 1]; 10].concat();
    assert_eq!(repeating(&typical, Cycle::Week, 0.01), week);
    for (one, other) in week.steps.iter().zip(&season.steps) {
        assert_eq!((one.to, &one.from), (other.to, &other.from));
        for ((s, weight), (_, other)) in one.net_charge.iter().zip(&other.net_charge) {
            let year = YearIx::new(0);
            assert!((10.0 * weight.at(*s, year) - other.at(*s, year)).abs() < 1e-12);
        }
    }
}
