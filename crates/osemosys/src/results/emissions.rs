//! Emissions of technologies, without exogenous ones, as in OSeMOSYS.

use kzleap_model::EmissionIx;

use super::Sink;
use super::context::Context;
use crate::parameters::{P, SetId};

/// What each mode of a technology emits of an emission: its position in the process, by year.
type ByMode = (usize, EmissionIx, Vec<f64>);

fn by_modes(c: &Context<'_>, r: usize, t: usize) -> Vec<ByMode> {
    let of = c.technology(r, t);
    let Some(process) = of.process else { return Vec::new() };
    let of_mode = |mode: usize| {
        let emitted = c.accounts.emitted_by_mode(process, mode).into_iter();
        emitted.map(move |(e, by_year)| (mode, e, by_year))
    };
    let mut all: Vec<ByMode> = (0..of.modes.len()).flat_map(of_mode).collect();
    all.sort_by_key(|(mode, e, _)| (*e, *mode));
    all
}

/// Emissions of a technology by year, with those that go with the change of its activity.
pub(super) fn of_technology(c: &Context<'_>, r: usize, t: usize) -> Vec<(usize, Vec<f64>)> {
    let of = c.technology(r, t);
    let mut found: Vec<_> =
        by_modes(c, r, t).into_iter().map(|(_, e, by_year)| (e.get(), by_year)).collect();
    for (at, ratios) in c.data.table(P::EmissionToActivityChangeRatio).rows(&[r, t]) {
        let Some(mode) = of.modes.iter().position(|mode| *mode == at[1]) else { continue };
        let mut emitted = vec![0.0; ratios.len()];
        for y in 1..ratios.len() {
            if c.years[y] - c.years[y - 1] == 1 {
                let change =
                    c.annual_activity(of, mode, y) - c.annual_activity(of, mode, y - 1);
                emitted[y] = ratios[y] * change;
            }
        }
        found.push((at[0], emitted));
    }
    found
}

pub(super) fn by_mode(c: &Context<'_>, sink: &mut Sink<'_>) {
    for (r, t) in c.technologies() {
        let of = c.technology(r, t);
        for (mode, emission, by_year) in by_modes(c, r, t) {
            for (y, emitted) in by_year.into_iter().enumerate() {
                let names = [
                    c.name(SetId::Region, r),
                    c.name(SetId::Technology, t),
                    c.name(SetId::Emission, emission.get()),
                    c.name(SetId::Mode, of.modes[mode]),
                    c.year(y),
                ];
                sink(&names, emitted);
            }
        }
    }
}

/// Sums by emission, then by year.
fn sums(c: &Context<'_>, technologies: &[(usize, usize)]) -> Vec<Vec<f64>> {
    let mut sums = vec![vec![0.0; c.years.len()]; c.count(SetId::Emission)];
    for (r, t) in technologies {
        for (e, emitted) in of_technology(c, *r, *t) {
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
