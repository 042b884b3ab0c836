//! Emissions of technologies, without exogenous ones, as in OSeMOSYS.

use super::Sink;
use super::context::Context;
use crate::parameters::{P, SetId};

/// Emissions of a technology by emission and mode (by position in the process), by year.
pub(super) fn of_technology(
    c: &Context<'_>,
    r: usize,
    t: usize,
) -> Vec<(usize, usize, Vec<f64>)> {
    let of = c.technology(r, t);
    let mut found = Vec::new();
    let position = |m: usize| of.modes.iter().position(|mode| *mode == m);
    for (at, ratios) in c.data.table(P::EmissionActivityRatio).rows(&[r, t]) {
        let Some(mode) = position(at[1]) else { continue };
        let emitted = ratios
            .iter()
            .enumerate()
            .map(|(y, ratio)| ratio * c.annual_activity(of, mode, y))
            .collect();
        found.push((at[0], mode, emitted));
    }
    for (at, ratios) in c.data.table(P::EmissionToActivityChangeRatio).rows(&[r, t]) {
        let Some(mode) = position(at[1]) else { continue };
        let mut emitted = vec![0.0; ratios.len()];
        for y in 1..ratios.len() {
            if c.years[y] - c.years[y - 1] == 1 {
                let change =
                    c.annual_activity(of, mode, y) - c.annual_activity(of, mode, y - 1);
                emitted[y] = ratios[y] * change;
            }
        }
        found.push((at[0], mode, emitted));
    }
    found
}

pub(super) fn by_mode(c: &Context<'_>, sink: &mut Sink<'_>) {
    for (r, t) in c.technologies() {
        let of = c.technology(r, t);
        for (at, ratios) in c.data.table(P::EmissionActivityRatio).rows(&[r, t]) {
            let Some(mode) = of.modes.iter().position(|mode| *mode == at[1]) else { continue };
            for (y, ratio) in ratios.iter().enumerate() {
                let names = [
                    c.name(SetId::Region, r),
                    c.name(SetId::Technology, t),
                    c.name(SetId::Emission, at[0]),
                    c.name(SetId::Mode, at[1]),
                    c.year(y),
                ];
                sink(&names, ratio * c.annual_activity(of, mode, y));
            }
        }
    }
}

/// Sums by emission, then by year.
fn sums(c: &Context<'_>, technologies: &[(usize, usize)]) -> Vec<Vec<f64>> {
    let mut sums = vec![vec![0.0; c.years.len()]; c.count(SetId::Emission)];
    for (r, t) in technologies {
        for (e, _, emitted) in of_technology(c, *r, *t) {
            sums[e].iter_mut().zip(emitted).for_each(|(sum, emitted)| *sum += emitted);
        }
    }
    sums
}

pub(super) fn by_technology(c: &Context<'_>, sink: &mut Sink<'_>) {
    for (r, t) in c.technologies() {
        for (e, emitted) in sums(c, &[(r, t)]).into_iter().enumerate() {
            for (y, emitted) in emitted.into_iter().enumerate() {
                let names = [
                    c.name(SetId::Region, r),
                    c.name(SetId::Technology, t),
                    c.name(SetId::Emission, e),
                    c.year(y),
                ];
                sink(&names, emitted);
            }
        }
    }
}

pub(super) fn annual(c: &Context<'_>, sink: &mut Sink<'_>) {
    for r in 0..c.count(SetId::Region) {
        let technologies: Vec<_> = (0..c.count(SetId::Technology)).map(|t| (r, t)).collect();
        for (e, emitted) in sums(c, &technologies).into_iter().enumerate() {
            for (y, emitted) in emitted.into_iter().enumerate() {
                let names = [c.name(SetId::Region, r), c.name(SetId::Emission, e), c.year(y)];
                sink(&names, emitted);
            }
        }
    }
}
