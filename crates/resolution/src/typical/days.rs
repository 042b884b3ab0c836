//! Days that are alike, by hierarchical clustering (Ward), season by season.

use kodama::{Method, linkage};

use super::Hours;

/// Two groups of days that become one, with how far they are apart.
#[derive(Clone, Debug)]
pub(super) struct Merge {
    apart: f64,
    /// Days, one of each group.
    days: (usize, usize),
}

/// All merges, the nearest first. Days of different seasons are never merged, nor those that are
/// kept whole.
pub(super) fn merges(hours: &Hours, kept: &[usize]) -> Vec<Merge> {
    let count = hours.seasons.iter().max().map_or(0, |last| last + 1);
    let mut merges = Vec::new();
    for season in 0..count {
        let of_season = (hours.seasons.iter().enumerate())
            .filter(|(day, of)| **of == season && !kept.contains(day));
        let days: Vec<usize> = of_season.map(|(day, _)| day).collect();
        let mut apart = Vec::with_capacity(days.len() * days.len() / 2);
        for (n, one) in days.iter().enumerate() {
            apart.extend(days[n + 1..].iter().map(|other| distance(hours, *one, *other)));
        }
        if days.len() < 2 {
            continue;
        }
        let steps = linkage(&mut apart, days.len(), Method::Ward);
        // one day of each group, by the number of the group
        let mut some_day = days.clone();
        for step in steps.steps() {
            let pair = (some_day[step.cluster1], some_day[step.cluster2]);
            some_day.push(pair.0);
            merges.push(Merge { apart: step.dissimilarity, days: pair });
        }
    }
    merges.sort_by(|a, b| a.apart.total_cmp(&b.apart));
    merges
}

fn distance(hours: &Hours, one: usize, other: usize) -> f64 {
    let (one, other) = (Hours::start(one), Hours::start(other));
    let squares = (0..24).flat_map(|hour| {
        let (one, other) = (&hours.values[one + hour], &hours.values[other + hour]);
        one.iter().zip(other).map(|(a, b)| (a - b) * (a - b))
    });
    squares.sum::<f64>().sqrt()
}

/// Numbers of kinds of day worth trying for a number of slices: from those with all their hours to
/// those with two slices each; but more than there are days that are kept whole.
pub(super) fn counts(most: usize, days: usize, kept: usize) -> Vec<usize> {
    let most_kinds = (most / 2).max(kept + 1).min(days);
    let (fewest, largest) = ((most / 24).max(kept + 1), most_kinds);
    let mut counts: Vec<usize> = Vec::new();
    let mut count = fewest.min(largest) as f64;
    while count <= largest as f64 {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small")]
        counts.push(count.round() as usize);
        count *= 1.2;
    }
    counts.dedup();
    counts
}

/// The kind of each day, where there are `kinds` of them, or one for each season and each day that
/// is kept if that is more.
pub(super) fn labels(hours: &Hours, merges: &[Merge], kinds: usize) -> Vec<usize> {
    let days = hours.seasons.len();
    let mut group: Vec<usize> = (0..days).collect();
    for merge in merges.iter().take(days.saturating_sub(kinds)) {
        let (keep, gone) = (root(&group, merge.days.0), root(&group, merge.days.1));
        group[gone.max(keep)] = gone.min(keep);
    }
    let mut numbers = vec![None; days];
    let mut next = 0;
    (0..days)
        .map(|day| {
            *numbers[root(&group, day)].get_or_insert_with(|| {
                next += 1;
                next - 1
            })
        })
        .collect()
}

fn root(group: &[usize], mut day: usize) -> usize {
    while group[day] != day {
        day = group[day];
    }
    day
}
