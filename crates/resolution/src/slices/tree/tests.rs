use super::{Block, Day, Season, Step, Tree, first_best};

/// A year of three seasons of two kinds of day, each of six blocks, whose values repeat, so that
/// some steps cost the same.
fn year() -> Tree {
    let block = |s: usize, d: usize, b: usize| {
        let value = f64::from(u8::try_from((s * 7 + d * 3 + b * b * 5) % 11).unwrap_or(0));
        let weight = 1.0 / 36.0;
        Block {
            name: format!("b{b}"),
            hours: 4.0,
            slices: vec![s * 12 + d * 6 + b],
            weight,
            sums: vec![weight * value, weight],
            squares: weight * (value * value + 1.0),
        }
    };
    let day = |s: usize, d: usize| Day {
        name: format!("d{d}"),
        label: format!("d{d}"),
        passes: 60.0,
        blocks: (0..6).map(|b| block(s, d, b)).collect(),
    };
    let season = |s: usize| Season {
        name: format!("s{s}"),
        label: format!("s{s}"),
        days: (0..2).map(|d| day(s, d)).collect(),
    };
    Tree { seasons: (0..3).map(season).collect() }
}

impl Tree {
    /// The same merging with every cost calculated anew at each step.
    fn coarsen_anew(&mut self, most: usize) {
        while self.len() > most {
            let saved_at_most = self.len() - most;
            let mut steps: Vec<Step> =
                (1..self.seasons.len()).map(|n| Step::Season(n - 1)).collect();
            for (s, season) in self.seasons.iter().enumerate() {
                steps.extend((1..season.days.len()).map(|n| Step::Day(s, n - 1)));
                for (d, day) in season.days.iter().enumerate() {
                    steps.extend((1..day.blocks.len()).map(|n| Step::Block(s, d, n - 1)));
                }
            }
            let costs = steps.into_iter().map(|step| (self.cost(step), step));
            let best = first_best(costs.filter(|(cost, _)| cost.fits(saved_at_most)));
            let Some((_, step)) = best else { return };
            self.take(step);
        }
    }

    fn slices(&self) -> Vec<Vec<usize>> {
        let days = self.seasons.iter().flat_map(|season| &season.days);
        days.flat_map(|day| &day.blocks).map(|block| block.slices.clone()).collect()
    }
}

#[test]
fn costs_that_are_kept_lead_to_the_same_slices() {
    for most in 1..36 {
        let (mut kept, mut anew) = (year(), year());
        kept.coarsen(most);
        anew.coarsen_anew(most);
        assert_eq!(kept.slices(), anew.slices(), "no more than {most} slices");
        assert!(kept.len() <= most);
    }
}
