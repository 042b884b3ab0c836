//! Typical periods: the hours of a year in fewer slices.
//!
//! Two ways of cutting the year, of which the one is taken that loses less of how hours differ:
//!
//! - *typical days*: days that are alike become one kind of day, and neighbouring hours of a kind
//!   become one slice. The calendar says which kind each day of the year is.
//! - *segments of the year* (Pineda and Morales 2018, doi:10.1109/TPWRS.2018.2842093): neighbouring
//!   hours become one slice, all through the year.
//!
//! Days that are kept whole are kinds of their own.
//!
//! Slices are means, so sums over the year are exact, and storages see the calendar.

mod days;
pub(crate) mod periods;
mod segments;

use std::ops::Range;

use kzleap_diagnostics::Diagnostics;
use kzleap_model::chronology::Cycle;
use kzleap_model::{
    Cutting, DayType, Model, Periods, Process, Season, Series, Set, Slice, Storage, Tier, Time,
};

use crate::slices::profiles::Profiles;
use crate::slices::rewrite::Coarse;

/// The hours of the year in order, with what makes them alike.
struct Hours {
    /// The slice of each hour.
    slices: Vec<usize>,
    /// What each hour is like: the value of every profile.
    values: Vec<Vec<f64>>,
    /// The season of each day.
    seasons: Vec<usize>,
}

/// Periods that are one kind, and how a period of the kind is cut.
struct Kind {
    /// The first hour of the year of each period.
    periods: Vec<usize>,
    /// The segments of a period, as hours of it.
    segments: Vec<Range<usize>>,
}

/// A way of cutting the year.
struct Cut {
    kinds: Vec<Kind>,
    /// Squares of how far hours are from the means that stand for them.
    lost: f64,
}

/// Columns of slices up to which a program is solved in about a minute.
const COLUMNS: usize = 150_000;

/// How many slices a model of hours is planned with: as many as it says, or else as its size
/// affords; `None` for a model whose slices are written.
pub(crate) fn wanted(model: &Model) -> Option<usize> {
    if model.time.calendar.is_empty() {
        return None;
    }
    let by_slice = |process: &&Process| process.tier == Tier::Slice;
    let modes: usize =
        model.processes.iter().filter(by_slice).map(|process| process.modes.len()).sum();
    let columns = model.time.years.len() * (modes + 2 * model.links.len()).max(1);
    let affordable = (COLUMNS / columns).max(24);
    Some(model.time.cutting.slices.unwrap_or(affordable).min(model.time.slices.len()))
}

/// What the slices of a model of hours are to be.
pub(crate) struct Wish<'w> {
    /// Most slices; but there is one at least for each season and each day that is kept.
    pub(crate) most: usize,
    /// What makes hours alike: values by slice of the model, each series as long as it weighs;
    /// `None` for what the model says, or else all its profiles.
    pub(crate) alike: Option<&'w [Vec<f64>]>,
    /// Days that are kept whole, beside those that the model keeps.
    pub(crate) kept: &'w [usize],
}

/// The model in slices made of the hours of its calendar.
pub(crate) fn typical_periods(model: &Model, wish: &Wish<'_>) -> Model {
    let hours = Hours::of(model);
    let cut = choose(model, &hours, wish);
    cut.map_or_else(|| model.clone(), |cut| in_kinds(model, &hours, &cut.kinds))
}

/// The periods of a model of hours that lose least of how `alike` differs from hour to hour: values
/// by slice of the model, for each series; `most` slices, with the days of `kept` as kinds of their
/// own.
pub fn choose_periods(
    model: &Model,
    most: usize,
    alike: &[Vec<f64>],
    kept: &[usize],
) -> Periods {
    let hours = Hours::of(model);
    let wish = Wish { most, alike: Some(alike), kept };
    let kinds = choose(model, &hours, &wish).map_or_else(Vec::new, |cut| cut.kinds);
    Periods::of(&time(model, &hours, &kinds).0)
}

/// The model in slices of periods that were chosen before.
///
/// # Errors
/// If they are no periods of its year.
pub(crate) fn in_periods(model: &Model, periods: &Periods) -> Result<Model, Diagnostics> {
    let hours = Hours::of(model);
    Ok(in_kinds(model, &hours, &periods::kinds(periods, &hours)?))
}

fn in_kinds(model: &Model, hours: &Hours, kinds: &[Kind]) -> Model {
    let (time, parts) = time(model, hours, kinds);
    Coarse::new(&model.time, time, parts).rewrite(model)
}

/// The cut of the year that loses least.
fn choose(model: &Model, hours: &Hours, wish: &Wish<'_>) -> Option<Cut> {
    let stated = Some(model.time.cutting.alike.as_slice()).filter(|alike| !alike.is_empty());
    let alike = wish.alike.or(stated).map(|alike| hours.with(alike));
    let hours = alike.as_ref().unwrap_or(hours);
    let mut kept = [&model.time.cutting.kept, wish.kept].concat();
    kept.sort_unstable();
    kept.dedup();
    let most = wish.most;
    let merges = days::merges(hours, &kept);
    // where a storage is back after a day, or a day is kept, days must be seen
    let daily = |storage: &Storage| {
        storage.chronology.repeating.is_some_and(|repeating| repeating.cycle == Cycle::Day)
    };
    let segments = if !kept.is_empty() || model.storages.iter().any(daily) {
        None
    } else {
        Some(segments_of_the_year(hours, most))
    };
    let of_days = days::counts(most, hours.seasons.len(), kept.len())
        .into_iter()
        .map(|kinds| typical_days(hours, &days::labels(hours, &merges, kinds), most, &kept));
    // seasons that begin and end within the year may need more segments than there may be
    let rank = |cut: &Cut| (cut.slices().saturating_sub(most), cut.lost);
    segments
        .into_iter()
        .chain(of_days)
        .reduce(|best, cut| if rank(&cut) < rank(&best) { cut } else { best })
}

impl Hours {
    fn of(model: &Model) -> Self {
        let time = &model.time;
        let profiles = Profiles::within_seasons(model);
        let slices: Vec<usize> = (time.calendar.iter())
            .flat_map(|day| time.day_types[*day].slices.clone())
            .collect();
        let values = slices.iter().map(|slice| profiles.at(*slice).collect()).collect();
        let seasons = time.calendar.iter().map(|day| time.day_types[*day].season).collect();
        Self { slices, values, seasons }
    }

    /// The same hours, alike by other values: by slice, for each series.
    fn with(&self, alike: &[Vec<f64>]) -> Self {
        let values = |slice: &usize| alike.iter().map(|series| series[*slice]).collect();
        Self {
            slices: self.slices.clone(),
            values: self.slices.iter().map(values).collect(),
            seasons: self.seasons.clone(),
        }
    }

    /// The first hour of a day.
    const fn start(day: usize) -> usize {
        24 * day
    }

    /// The mean of hours.
    fn mean(&self, hours: impl Iterator<Item = usize> + Clone) -> Vec<f64> {
        let count = hours.clone().count() as f64;
        let mut mean = vec![0.0; self.values.first().map_or(0, Vec::len)];
        for hour in hours {
            for (mean, value) in mean.iter_mut().zip(&self.values[hour]) {
                *mean += value / count;
            }
        }
        mean
    }
}

impl Cut {
    fn slices(&self) -> usize {
        self.kinds.iter().map(|kind| kind.segments.len()).sum()
    }
}

impl Kind {
    /// Hours of a period.
    fn length(&self) -> usize {
        self.segments.last().map_or(0, |segment| segment.end)
    }

    /// The hours of the year that a segment stands for.
    fn hours(&self, segment: &Range<usize>) -> impl Iterator<Item = usize> + Clone {
        let segment = segment.clone();
        self.periods.iter().flat_map(move |start| segment.clone().map(move |hour| start + hour))
    }
}

/// What a cut loses of how hours differ.
fn lost(hours: &Hours, kinds: &[Kind]) -> f64 {
    let mut lost = 0.0;
    for kind in kinds {
        for segment in &kind.segments {
            let of = kind.hours(segment);
            let mean = hours.mean(of.clone());
            for hour in of {
                let far = hours.values[hour].iter().zip(&mean).map(|(v, m)| (v - m) * (v - m));
                lost += far.sum::<f64>();
            }
        }
    }
    lost
}

/// Kinds of day, cut so that there are `most` slices in all. A day that is kept is cut as finely as
/// if it came as often as a kind does in the mean.
fn typical_days(hours: &Hours, labels: &[usize], most: usize, kept: &[usize]) -> Cut {
    let count = labels.iter().max().map_or(0, |last| last + 1);
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (day, label) in labels.iter().enumerate() {
        members[*label].push(Hours::start(day));
    }
    let (mut means, mut weights, mut begins) = (Vec::new(), Vec::new(), Vec::new());
    for periods in &members {
        let is_kept = kept.iter().any(|day| periods.contains(&Hours::start(*day)));
        let comes =
            if is_kept { labels.len() as f64 / count as f64 } else { periods.len() as f64 };
        for hour in 0..24 {
            means.push(hours.mean(periods.iter().map(|start| start + hour)));
            weights.push(comes);
            begins.push(hour == 0);
        }
    }
    let starts = segments::starts(means, weights, &begins, most);
    let kinds: Vec<Kind> = members
        .into_iter()
        .enumerate()
        .map(|(kind, periods)| Kind { periods, segments: within(&starts, 24 * kind, 24) })
        .collect();
    let lost = lost(hours, &kinds);
    Cut { kinds, lost }
}

/// Runs of days of one season, each a period of its own.
fn segments_of_the_year(hours: &Hours, most: usize) -> Cut {
    let days = &hours.seasons;
    let begins: Vec<bool> = (0..hours.values.len())
        .map(|hour| {
            let day = hour / 24;
            hour == 0 || (hour % 24 == 0 && days[day] != days[day - 1])
        })
        .collect();
    let runs: Vec<usize> = (0..begins.len()).filter(|hour| begins[*hour]).collect();
    let weights = vec![1.0; begins.len()];
    let starts = segments::starts(hours.values.clone(), weights, &begins, most);
    let ends = runs.iter().skip(1).copied().chain([begins.len()]);
    let kinds: Vec<Kind> = runs
        .iter()
        .zip(ends)
        .map(|(start, end)| Kind {
            periods: vec![*start],
            segments: within(&starts, *start, end - start),
        })
        .collect();
    let lost = lost(hours, &kinds);
    Cut { kinds, lost }
}

/// The segments that begin within `length` hours from `start`, counted from there.
fn within(starts: &[usize], start: usize, length: usize) -> Vec<Range<usize>> {
    let begin: Vec<usize> = starts
        .iter()
        .filter(|at| (start..start + length).contains(*at))
        .map(|at| at - start)
        .collect();
    let ends = begin.iter().skip(1).copied().chain([length]);
    begin.iter().copied().zip(ends).map(|(from, to)| from..to).collect()
}

/// The time of a cut, and the slices of the model that each new one is made of.
fn time(model: &Model, hours: &Hours, kinds: &[Kind]) -> (Time, Vec<Vec<usize>>) {
    let fine = &model.time;
    let mut time = Time {
        years: fine.years.clone(),
        seasons: Vec::new(),
        day_types: Vec::new(),
        slices: Set::new(),
        year_split: Series::Constant(1.0),
        calendar: Vec::new(),
        cutting: Cutting::default(),
    };
    let mut parts = Vec::new();
    let mut order: Vec<(usize, usize)> = Vec::new();
    for (at, season) in fine.seasons.iter().enumerate() {
        let first_of_season = time.slices.len();
        let of_season = |kind: &&Kind| hours.seasons[kind.periods[0] / 24] == at;
        for kind in kinds.iter().filter(of_season) {
            let (first, day_type) = (time.slices.len(), time.day_types.len());
            order.extend(kind.periods.iter().map(|start| (*start, day_type)));
            let typical = &fine.day_types[fine.calendar[middle(hours, kind) / 24]];
            for segment in &kind.segments {
                let name = format!("{}.{}", typical.name, within_day(segment));
                let hours_per_pass = segment.len() as f64;
                time.slices.push(Slice { name, day_type, hours_per_pass });
                parts.push(kind.hours(segment).map(|hour| hours.slices[hour]).collect());
            }
            time.day_types.push(DayType {
                name: typical.name.clone(),
                label: typical.label.clone(),
                season: at,
                passes: kind.periods.len() as f64,
                slices: first..time.slices.len(),
            });
        }
        let slices = first_of_season..time.slices.len();
        let (name, label) = (season.name.clone(), season.label.clone());
        time.seasons.push(Season { name, label, slices });
    }
    order.sort_unstable();
    time.calendar = order.into_iter().map(|(_, day_type)| day_type).collect();
    (time, parts)
}

/// A segment by its hours: `06-10`, or days and hours into a longer period.
fn within_day(segment: &Range<usize>) -> String {
    let of_day = |hour: usize| match hour / 24 {
        0 => format!("{hour:02}"),
        days => format!("{days}d{:02}", hour % 24),
    };
    format!("{}-{}", of_day(segment.start), of_day(segment.end))
}

/// The period that is nearest to the mean of its kind; it names it.
fn middle(hours: &Hours, kind: &Kind) -> usize {
    let mean: Vec<Vec<f64>> = (0..kind.length())
        .map(|hour| hours.mean(kind.periods.iter().map(|start| start + hour)))
        .collect();
    let far = |start: usize| -> f64 {
        let each = mean.iter().enumerate().flat_map(|(hour, mean)| {
            hours.values[start + hour].iter().zip(mean).map(|(v, m)| (v - m) * (v - m))
        });
        each.sum()
    };
    let nearest = kind.periods.iter().copied().min_by(|a, b| far(*a).total_cmp(&far(*b)));
    nearest.unwrap_or(kind.periods[0])
}
