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
    pub(super) label: String,
    pub(super) days: Vec<Day>,
}

#[derive(Clone, Debug)]
pub(super) struct Day {
    pub(super) name: String,
    pub(super) label: String,
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

/// What a step loses of the differences between slices, and how many slices it saves.
#[derive(Clone, Copy, Debug)]
struct Cost {
    lost: f64,
    saved: usize,
}

impl Cost {
    fn fits(self, saved_at_most: usize) -> bool {
        (1..=saved_at_most).contains(&self.saved)
    }

    fn for_each_saved(self) -> f64 {
        self.lost / self.saved as f64
    }
}

/// What the steps of a season cost.
struct Costs {
    /// Of merging it with the next season.
    with_next: Option<Cost>,
    days: Vec<DayCosts>,
    /// The best step within it, as far as it is known.
    best: Option<(Cost, Step)>,
}

/// What the steps of a kind of day cost.
struct DayCosts {
    /// Of merging it with the next.
    with_next: Option<Cost>,
    /// Of merging each block with the next.
    blocks: Vec<Cost>,
}

impl Costs {
    /// The best step within the season that saves no more slices than asked for.
    fn best(&mut self, s: usize, saved_at_most: usize) -> Option<(Cost, Step)> {
        if !self.best.is_some_and(|(cost, _)| cost.fits(saved_at_most)) {
            let days = self.days.iter().enumerate();
            let of_days =
                days.clone().filter_map(|(d, costs)| Some((costs.with_next?, Step::Day(s, d))));
            let of_blocks = days.flat_map(|(d, costs)| {
                let blocks = costs.blocks.iter().enumerate();
                blocks.map(move |(b, cost)| (*cost, Step::Block(s, d, b)))
            });
            let fitting = of_days.chain(of_blocks).filter(|(cost, _)| cost.fits(saved_at_most));
            self.best = first_best(fitting);
        }
        let (cost, step) = self.best?;
        // seasons before it may have been merged since
        let step = match step {
            Step::Season(_) => step,
            Step::Day(_, d) => Step::Day(s, d),
            Step::Block(_, d, b) => Step::Block(s, d, b),
        };
        Some((cost, step))
    }
}

/// The step that loses least for each slice it saves; of equals the first.
fn first_best(steps: impl Iterator<Item = (Cost, Step)>) -> Option<(Cost, Step)> {
    steps.min_by(|(a, _), (b, _)| a.for_each_saved().total_cmp(&b.for_each_saved()))
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
            label: day.label.clone(),
            passes: day.passes,
            blocks: day.slices.clone().map(|s| block(s, day.slices.len() == 1)).collect(),
        };
        let season = |(at, season): (usize, &kzleap_model::Season)| Season {
            name: season.name.clone(),
            label: season.label.clone(),
            days: time.day_types.iter().filter(|day| day.season == at).map(day).collect(),
        };
        Self { seasons: time.seasons.iter().enumerate().map(season).collect() }
    }

    /// How many slices there are.
    fn len(&self) -> usize {
        self.seasons.iter().map(Season::len).sum()
    }

    /// Merges neighbours until there are no more than `most` slices.
    ///
    /// What each step costs is kept: a step changes only the costs of those that touch what it
    /// merged.
    pub(super) fn coarsen(&mut self, most: usize) {
        let mut costs: Vec<Costs> = (0..self.seasons.len()).map(|s| self.costs(s)).collect();
        let mut slices = self.len();
        while slices > most {
            let saved_at_most = slices - most;
            // one step saves a single slice wherever there are two: the end is always met
            let of_seasons = costs.iter().enumerate().filter_map(|(s, costs)| {
                costs
                    .with_next
                    .filter(|cost| cost.fits(saved_at_most))
                    .map(|c| (c, Step::Season(s)))
            });
            let best = first_best(of_seasons);
            let within = costs
                .iter_mut()
                .enumerate()
                .filter_map(|(s, costs)| costs.best(s, saved_at_most));
            let Some((cost, step)) = first_best(best.into_iter().chain(within)) else { return };
            self.take(step);
            slices -= cost.saved;
            self.renew(step, &mut costs);
        }
    }

    /// What every step within a season, and that with the next, costs.
    fn costs(&self, s: usize) -> Costs {
        let days = 0..self.seasons[s].days.len();
        Costs {
            with_next: self.with_next_season(s),
            days: days.map(|d| self.costs_of_day(s, d)).collect(),
            best: None,
        }
    }

    fn costs_of_day(&self, s: usize, d: usize) -> DayCosts {
        let blocks = 1..self.seasons[s].days[d].blocks.len();
        DayCosts {
            with_next: self.with_next_day(s, d),
            blocks: blocks.map(|b| self.cost(Step::Block(s, d, b - 1))).collect(),
        }
    }

    fn with_next_season(&self, s: usize) -> Option<Cost> {
        (s + 1 < self.seasons.len()).then(|| self.cost(Step::Season(s)))
    }

    fn with_next_day(&self, s: usize, d: usize) -> Option<Cost> {
        (d + 1 < self.seasons[s].days.len()).then(|| self.cost(Step::Day(s, d)))
    }

    /// Calculates anew what a step has changed.
    fn renew(&self, step: Step, costs: &mut Vec<Costs>) {
        let s = match step {
            Step::Season(s) => {
                costs.remove(s + 1);
                costs[s] = self.costs(s);
                s
            }
            Step::Day(s, d) | Step::Block(s, d, _) => {
                if matches!(step, Step::Day(..)) {
                    costs[s].days.remove(d + 1);
                }
                costs[s].days[d] = self.costs_of_day(s, d);
                if d > 0 {
                    costs[s].days[d - 1].with_next = self.with_next_day(s, d - 1);
                }
                costs[s].with_next = self.with_next_season(s);
                s
            }
        };
        costs[s].best = None;
        if s > 0 {
            costs[s - 1].with_next = self.with_next_season(s - 1);
        }
    }

    /// What a step loses of the differences between slices, and how many slices it saves.
    fn cost(&self, step: Step) -> Cost {
        if let Step::Block(s, d, b) = step {
            return self.seasons[s].days[d].cost_of_merging(b);
        }
        let (before, after): (Vec<&Day>, Vec<Day>) = match step {
            Step::Season(s) => {
                let (one, other) = (&self.seasons[s], &self.seasons[s + 1]);
                (one.days.iter().chain(&other.days).collect(), one.merged(other).days)
            }
            Step::Day(s, d) => {
                let days = &self.seasons[s].days;
                (vec![&days[d], &days[d + 1]], vec![days[d].merged(&days[d + 1])])
            }
            Step::Block(..) => (Vec::new(), Vec::new()),
        };
        let spread = |day: &Day| -> f64 { day.blocks.iter().map(Block::spread).sum() };
        let lost = after.iter().map(spread).sum::<f64>()
            - before.iter().map(|day| spread(day)).sum::<f64>();
        let saved = before.iter().map(|day| day.blocks.len()).sum::<usize>()
            - after.iter().map(|day| day.blocks.len()).sum::<usize>();
        Cost { lost, saved }
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
        let label = joined(&self.label, &other.label);
        if self.days.len() == other.days.len() {
            let pairs = self.days.iter().zip(&other.days);
            let days = pairs.map(|(one, other)| one.merged(other)).collect();
            return Self { name, label, days };
        }
        let all = self.days.iter().chain(&other.days).cloned();
        let day = all.reduce(|one, other| one.merged(&other));
        Self { name, label, days: day.into_iter().collect() }
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
            label: joined(&self.label, &other.label),
            passes: self.passes + other.passes,
            blocks,
        }
    }

    /// What merging a block with the next costs, summed in the order of the blocks.
    fn cost_of_merging(&self, at: usize) -> Cost {
        let before: f64 = self.blocks.iter().map(Block::spread).sum();
        let after = self.blocks.iter().enumerate().filter(|(b, _)| *b != at + 1);
        let after = after.map(|(b, block)| {
            if b == at { block.spread_with(&self.blocks[at + 1]) } else { block.spread() }
        });
        Cost { lost: after.sum::<f64>() - before, saved: 1 }
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

    /// The same with the slices of another too.
    fn spread_with(&self, other: &Self) -> f64 {
        let sums = self.sums.iter().zip(&other.sums).map(|(a, b)| a + b);
        let of_mean: f64 =
            sums.map(|sum| sum * sum).sum::<f64>() / (self.weight + other.weight);
        (self.squares + other.squares - of_mean).max(0.0)
    }

    /// Weighted squares of how far its slices are from their mean.
    fn spread(&self) -> f64 {
        let of_mean: f64 = self.sums.iter().map(|sum| sum * sum).sum::<f64>() / self.weight;
        (self.squares - of_mean).max(0.0)
    }
}

#[cfg(test)]
mod tests;
