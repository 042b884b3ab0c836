//! Seasons, kinds of day and blocks, and the merging of neighbours among them.

use kzleap_model::{SliceIx, Time, YearIx};

use super::profiles::Profiles;

/// The year as it is cut so far.
pub(super) struct Tree {
    pub(super) seasons: Vec<Season>,
}

#[derive(Clone, Debug)]
pub(super) struct Season {
    pub(super) name: String,
    pub(super) days: Vec<Day>,
}

#[derive(Clone, Debug)]
pub(super) struct Day {
    pub(super) name: String,
    /// How many such days the year has.
    pub(super) passes: f64,
    pub(super) blocks: Vec<Block>,
}

/// A block of hours, with what its slices were.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) name: String,
    /// Hours in one such day.
    pub(super) hours: f64,
    /// The slices it is made of.
    pub(super) slices: Vec<usize>,
    /// How much they count together: share of the year.
    weight: f64,
    /// Weighted sum of each profile.
    sums: Vec<f64>,
    /// Weighted sum of the squares of all profiles.
    squares: f64,
}

/// A step: what is merged with what follows it.
#[derive(Clone, Copy, Debug)]
enum Step {
    Season(usize),
    Day(usize, usize),
    Block(usize, usize, usize),
}

impl Tree {
    pub(super) fn new(time: &Time, profiles: &Profiles) -> Self {
        let block = |s: usize, alone: bool| {
            let slice = &time.slices[SliceIx::new(s)];
            let weight = time.year_split.at(SliceIx::new(s), YearIx::new(0));
            let own = slice.name.rsplit('.').next().unwrap_or_default();
            Block {
                // a day of one block does not name it
                name: if alone { String::new() } else { own.to_owned() },
                hours: slice.hours_per_pass,
                slices: vec![s],
                weight,
                sums: profiles.at(s).map(|value| weight * value).collect(),
                squares: profiles.at(s).map(|value| weight * value * value).sum(),
            }
        };
        let day = |day: &kzleap_model::DayType| Day {
            name: day.name.clone(),
            passes: day.passes,
            blocks: day.slices.clone().map(|s| block(s, day.slices.len() == 1)).collect(),
        };
        let season = |(at, season): (usize, &kzleap_model::Season)| Season {
            name: season.name.clone(),
            days: time.day_types.iter().filter(|day| day.season == at).map(day).collect(),
        };
        Self { seasons: time.seasons.iter().enumerate().map(season).collect() }
    }

    /// How many slices there are.
    fn len(&self) -> usize {
        self.seasons.iter().map(Season::len).sum()
    }

    /// Merges neighbours until there are no more than `most` slices.
    pub(super) fn coarsen(&mut self, most: usize) {
        while self.len() > most {
            let saved_at_most = self.len() - most;
            let costs = self.steps().into_iter().map(|step| (step, self.cost(step)));
            // one step saves a single slice wherever there are two: the end is always met
            let fitting = costs.filter(|(_, (_, saved))| (1..=saved_at_most).contains(saved));
            let best = fitting
                .min_by(|(_, a), (_, b)| (a.0 / a.1 as f64).total_cmp(&(b.0 / b.1 as f64)));
            let Some((step, _)) = best else { return };
            self.take(step);
        }
    }

    fn steps(&self) -> Vec<Step> {
        let mut steps: Vec<Step> =
            (1..self.seasons.len()).map(|n| Step::Season(n - 1)).collect();
        for (s, season) in self.seasons.iter().enumerate() {
            steps.extend((1..season.days.len()).map(|n| Step::Day(s, n - 1)));
            for (d, day) in season.days.iter().enumerate() {
                steps.extend((1..day.blocks.len()).map(|n| Step::Block(s, d, n - 1)));
            }
        }
        steps
    }

    /// What a step loses of the differences between slices, and how many slices it saves.
    fn cost(&self, step: Step) -> (f64, usize) {
        let (before, after): (Vec<&Day>, Vec<Day>) = match step {
            Step::Season(s) => {
                let (one, other) = (&self.seasons[s], &self.seasons[s + 1]);
                (one.days.iter().chain(&other.days).collect(), one.merged(other).days)
            }
            Step::Day(s, d) => {
                let days = &self.seasons[s].days;
                (vec![&days[d], &days[d + 1]], vec![days[d].merged(&days[d + 1])])
            }
            Step::Block(s, d, b) => {
                let day = &self.seasons[s].days[d];
                (vec![day], vec![day.with_block_merged(b)])
            }
        };
        let spread = |day: &Day| -> f64 { day.blocks.iter().map(Block::spread).sum() };
        let lost = after.iter().map(spread).sum::<f64>()
            - before.iter().map(|day| spread(day)).sum::<f64>();
        let saved = before.iter().map(|day| day.blocks.len()).sum::<usize>()
            - after.iter().map(|day| day.blocks.len()).sum::<usize>();
        (lost, saved)
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::Season(s) => {
                let other = self.seasons.remove(s + 1);
                self.seasons[s] = self.seasons[s].merged(&other);
            }
            Step::Day(s, d) => {
                let days = &mut self.seasons[s].days;
                let other = days.remove(d + 1);
                days[d] = days[d].merged(&other);
            }
            Step::Block(s, d, b) => {
                let day = &mut self.seasons[s].days[d];
                *day = day.with_block_merged(b);
            }
        }
    }
}

/// Names of what is merged; no name of a model has a `+`, so they stay unique.
fn joined(one: &str, other: &str) -> String {
    if one == other { one.to_owned() } else { format!("{one}+{other}") }
}

impl Season {
    fn len(&self) -> usize {
        self.days.iter().map(|day| day.blocks.len()).sum()
    }

    /// Both as one: their kinds of day by position if they have as many, else all days as one.
    fn merged(&self, other: &Self) -> Self {
        let name = joined(&self.name, &other.name);
        if self.days.len() == other.days.len() {
            let pairs = self.days.iter().zip(&other.days);
            return Self { name, days: pairs.map(|(one, other)| one.merged(other)).collect() };
        }
        let all = self.days.iter().chain(&other.days).cloned();
        let day = all.reduce(|one, other| one.merged(&other));
        Self { name, days: day.into_iter().collect() }
    }
}

impl Day {
    /// Both as one, with the cuts of the day that both have.
    fn merged(&self, other: &Self) -> Self {
        let mut blocks: Vec<Block> = Vec::new();
        let (mut ours, mut theirs) = (self.blocks.iter(), other.blocks.iter());
        while let (Some(one), Some(other)) = (ours.next(), theirs.next()) {
            let (mut one, mut other) = (one.clone(), other.clone());
            while (one.hours - other.hours).abs() > 1e-9 {
                let (shorter, rest) = if one.hours < other.hours {
                    (&mut one, &mut ours)
                } else {
                    (&mut other, &mut theirs)
                };
                let Some(next) = rest.next() else { break };
                *shorter = shorter.followed_by(next);
            }
            let hours = one.hours;
            blocks.push(Block { hours, ..one.with(&other) });
        }
        Self {
            name: joined(&self.name, &other.name),
            passes: self.passes + other.passes,
            blocks,
        }
    }

    fn with_block_merged(&self, at: usize) -> Self {
        let mut day = self.clone();
        let next = day.blocks.remove(at + 1);
        day.blocks[at] = day.blocks[at].followed_by(&next);
        day
    }
}

impl Block {
    /// The same hours of other days too; the hours are its own.
    fn with(&self, other: &Self) -> Self {
        Self {
            name: if self.name.len() >= other.name.len() {
                self.name.clone()
            } else {
                other.name.clone()
            },
            hours: self.hours,
            slices: [self.slices.as_slice(), &other.slices].concat(),
            weight: self.weight + other.weight,
            sums: self.sums.iter().zip(&other.sums).map(|(a, b)| a + b).collect(),
            squares: self.squares + other.squares,
        }
    }

    /// The hours of the next block too.
    fn followed_by(&self, next: &Self) -> Self {
        let both = self.with(next);
        Self { name: joined(&self.name, &next.name), hours: self.hours + next.hours, ..both }
    }

    /// Weighted squares of how far its slices are from their mean.
    fn spread(&self) -> f64 {
        let of_mean: f64 = self.sums.iter().map(|sum| sum * sum).sum::<f64>() / self.weight;
        (self.squares - of_mean).max(0.0)
    }
}
