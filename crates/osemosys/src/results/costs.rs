//! Costs of technologies: of each year as paid, and as present values.

use kzleap_accounts::costs::Built;
use kzleap_model::YearIx;

use super::Sink;
use super::context::Context;
use super::{emissions, storage};
use crate::parameters::{P, SetId};

/// The costs of one technology in one year, undiscounted.
#[derive(Clone, Copy, Default)]
struct Year {
    fixed: f64,
    variable: f64,
    penalty: f64,
    built: Built,
}

fn of_technology(c: &Context<'_>, r: usize, t: usize) -> Vec<Year> {
    let of = c.technology(r, t);
    let mut years = vec![Year::default(); c.years.len()];
    let fixed = c.data.along(P::FixedCost, &[r, t]);
    for (y, year) in years.iter_mut().enumerate() {
        year.fixed = fixed[y] * c.total_capacity(r, t, y);
        if let Some(capacity) = of.capacity {
            year.built = c.accounts.built(capacity, YearIx::new(y));
        }
    }
    for (mode, m) in of.modes.iter().enumerate() {
        let cost = c.data.along(P::VariableCost, &[r, t, *m]);
        for (y, year) in years.iter_mut().enumerate() {
            year.variable += cost[y] * c.annual_activity(of, mode, y);
        }
    }
    for (e, emitted) in emissions::of_technology(c, r, t) {
        let price = c.data.along(P::EmissionsPenalty, &[r, e]);
        for (y, year) in years.iter_mut().enumerate() {
            year.penalty += price[y] * emitted[y];
        }
    }
    years
}

fn each(c: &Context<'_>, sink: &mut Sink<'_>, value: impl Fn(usize, usize, Year) -> f64) {
    for (r, t) in c.technologies() {
        for (y, year) in of_technology(c, r, t).into_iter().enumerate() {
            let names = [c.name(SetId::Region, r), c.name(SetId::Technology, t), c.year(y)];
            sink(&names, value(r, y, year));
        }
    }
}

fn rate(c: &Context<'_>, r: usize) -> f64 {
    c.data.get(P::DiscountRate, &[r])
}

pub(super) fn fixed(c: &Context<'_>, sink: &mut Sink<'_>) {
    each(c, sink, |_, _, year| year.fixed);
}

pub(super) fn variable(c: &Context<'_>, sink: &mut Sink<'_>) {
    each(c, sink, |_, _, year| year.variable);
}

pub(super) fn capital(c: &Context<'_>, sink: &mut Sink<'_>) {
    each(c, sink, |r, y, year| year.built.spent * c.start_factor(rate(c, r), y));
}

pub(super) fn discounted_capital(c: &Context<'_>, sink: &mut Sink<'_>) {
    each(c, sink, |_, _, year| year.built.spent);
}

pub(super) fn discounted_operation(c: &Context<'_>, sink: &mut Sink<'_>) {
    each(c, sink, |r, y, year| (year.fixed + year.variable) / c.mid_factor(r, y));
}

pub(super) fn discounted_penalty(c: &Context<'_>, sink: &mut Sink<'_>) {
    each(c, sink, |r, y, year| year.penalty / c.mid_factor(r, y));
}

pub(super) fn salvage(c: &Context<'_>, sink: &mut Sink<'_>) {
    each(c, sink, |r, _, year| year.built.salvage * c.end_factor(rate(c, r)));
}

pub(super) fn discounted_salvage(c: &Context<'_>, sink: &mut Sink<'_>) {
    each(c, sink, |_, _, year| year.built.salvage);
}

fn discounted(c: &Context<'_>, r: usize, y: usize, year: Year) -> f64 {
    (year.fixed + year.variable + year.penalty) / c.mid_factor(r, y) + year.built.spent
        - year.built.salvage
}

pub(super) fn discounted_by_technology(c: &Context<'_>, sink: &mut Sink<'_>) {
    each(c, sink, |r, y, year| discounted(c, r, y, year));
}

pub(super) fn total(c: &Context<'_>, sink: &mut Sink<'_>) {
    for r in 0..c.count(SetId::Region) {
        let mut sums = vec![0.0; c.years.len()];
        for t in 0..c.count(SetId::Technology) {
            for (y, year) in of_technology(c, r, t).into_iter().enumerate() {
                sums[y] += discounted(c, r, y, year);
            }
        }
        for s in 0..c.count(SetId::Storage) {
            for (y, sum) in sums.iter_mut().enumerate() {
                let built = storage::built(c, r, s, y);
                *sum += built.spent - built.salvage;
            }
        }
        for (y, sum) in sums.into_iter().enumerate() {
            sink(&[c.name(SetId::Region, r), c.year(y)], sum);
        }
    }
}
