//! Groups of calculated years, and the intervals they stand for.

use kzleap_diagnostics::{Diagnostic, Diagnostics};

use crate::data::Data;

/// Years that are calculated together.
#[derive(Clone, Debug, PartialEq)]
pub struct Period {
    /// Positions of the years in the scenario, ascending.
    pub years: Vec<usize>,
    /// Calendar years that each stands for, itself (the last of them) included.
    pub intervals: Vec<i32>,
    /// Whether no year was calculated before.
    pub opening: bool,
    /// Whether no year is calculated after.
    pub closing: bool,
    /// Whether yearly limits on building are meant for each calendar year of an interval.
    pub scaled: bool,
}

impl Period {
    /// Weights with which a quantity of each year counts in the sum over the scenario, and that
    /// of what was there before the group.
    ///
    /// The quantity moves in a straight line through an interval, is constant before the first
    /// calculated year and after the last.
    pub fn horizon_weights(&self, data: &Data) -> (Vec<f64>, f64) {
        if !self.scaled {
            return (vec![1.0; self.years.len()], 0.0);
        }
        let (mut weights, mut before) = (vec![0.0; self.years.len()], 0.0);
        for (at, n) in self.intervals.iter().enumerate() {
            let n = f64::from(*n);
            let (own, left) = match at {
                0 if self.opening => (n, 0.0),
                _ => (f64::midpoint(n, 1.0), (n - 1.0) / 2.0),
            };
            weights[at] += own;
            match at.checked_sub(1) {
                Some(earlier) => weights[earlier] += left,
                None => before += left,
            }
        }
        if let (true, Some(last), Some(y)) =
            (self.closing, weights.last_mut(), self.years.last())
        {
            *last += f64::from(data.last_year() - data.years[*y]);
        }
        (weights, before)
    }
}

/// The groups of `calcyears`; years the scenario does not have are left out, as NEMO does.
///
/// # Errors
/// If no year is left, or the groups overlap or are out of order.
pub fn periods(
    data: &Data,
    calcyears: &[Vec<i32>],
    diagnostics: &mut Diagnostics,
) -> Result<Vec<Period>, Box<Diagnostic>> {
    let scaled = calcyears.iter().any(|group| !group.is_empty());
    let mut groups: Vec<Vec<usize>> = Vec::new();
    if scaled {
        for group in calcyears {
            let mut found: Vec<usize> = Vec::new();
            for year in group {
                match data.years.iter().position(|known| known == year) {
                    Some(at) => found.push(at),
                    None => diagnostics.push(Diagnostic::warning_overall(
                        "unknown-year",
                        format!(
                            "{year} is to be calculated, but is not in `YEAR`; it is left out"
                        ),
                    )),
                }
            }
            found.sort_unstable();
            found.dedup();
            if !found.is_empty() {
                groups.push(found);
            }
        }
    } else {
        groups.push((0..data.years.len()).collect());
    }
    if groups.is_empty() {
        return Err(Box::new(
            Diagnostic::error_overall(
                "no-years",
                "none of the years to calculate is in `YEAR`",
            )
            .hint(format!(
                "the scenario has {} to {}",
                data.first_year(),
                data.last_year()
            )),
        ));
    }
    let all: Vec<usize> = groups.iter().flatten().copied().collect();
    if !all.is_sorted_by(|a, b| a < b) {
        return Err(Box::new(
            Diagnostic::error_overall("years-overlap", "the groups of years overlap")
                .hint("give them in the order of time, each year once"),
        ));
    }
    let (count, mut before) = (groups.len(), data.first_year() - 1);
    let mut periods = Vec::new();
    for (at, years) in groups.into_iter().enumerate() {
        let mut intervals = Vec::new();
        for y in &years {
            intervals.push(data.years[*y] - before);
            before = data.years[*y];
        }
        let (opening, closing) = (at == 0, at + 1 == count);
        periods.push(Period { years, intervals, opening, closing, scaled });
    }
    Ok(periods)
}

#[cfg(test)]
mod tests {
    use super::{Diagnostics, periods};
    use crate::data::Data;

    #[test]
    fn intervals_end_in_their_year() {
        let data = Data { years: (2020..=2029).collect(), ..Data::default() };
        let groups = [vec![2021, 2022], vec![2019], vec![2025, 2029]];
        let found = periods(&data, &groups, &mut Diagnostics::default()).unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!((&found[0].years, &found[0].intervals), (&vec![1, 2], &vec![2, 1]));
        assert_eq!((&found[1].years, &found[1].intervals), (&vec![5, 9], &vec![3, 4]));
        assert!(found[0].opening && !found[0].closing && found[1].closing);
    }
}
