//! Storages: capacity, costs, and content at the points of OSeMOSYS's calendar.

use kzleap_accounts::costs::Built;
use kzleap_model::{StorageIx, YearIx};

use super::Sink;
use super::context::Context;
use crate::parameters::{P, SetId};
use crate::to_model::Calendar;

fn new_capacity(c: &Context<'_>, r: usize, s: usize, y: usize) -> f64 {
    c.map.storage(c.data, r, s).map_or(0.0, |storage| {
        let capacity = c.model.storages[storage].capacity;
        c.solution.new_capacity[(capacity.get(), y)]
    })
}

/// What the storage built in a year comes to.
pub(super) fn built(c: &Context<'_>, r: usize, s: usize, y: usize) -> Built {
    c.map.storage(c.data, r, s).map_or_else(Built::default, |storage| {
        c.accounts.built(c.model.storages[storage].capacity, YearIx::new(y))
    })
}

fn each(c: &Context<'_>, sink: &mut Sink<'_>, value: impl Fn(usize, usize, usize) -> f64) {
    for r in 0..c.count(SetId::Region) {
        for s in 0..c.count(SetId::Storage) {
            for y in 0..c.years.len() {
                let names = [c.name(SetId::Region, r), c.name(SetId::Storage, s), c.year(y)];
                sink(&names, value(r, s, y));
            }
        }
    }
}

fn rate(c: &Context<'_>, r: usize, s: usize) -> f64 {
    c.data.get(P::DiscountRateStorage, &[r, s])
}

pub(super) fn new(c: &Context<'_>, sink: &mut Sink<'_>) {
    each(c, sink, |r, s, y| new_capacity(c, r, s, y));
}

pub(super) fn accumulated(c: &Context<'_>, sink: &mut Sink<'_>) {
    each(c, sink, |r, s, y| {
        let life = c.data.get(P::OperationalLifeStorage, &[r, s]);
        (0..=y)
            .filter(|v| f64::from(c.years[y] - c.years[*v]) < life)
            .map(|v| new_capacity(c, r, s, v))
            .sum()
    });
}

pub(super) fn capital(c: &Context<'_>, sink: &mut Sink<'_>) {
    each(c, sink, |r, s, y| built(c, r, s, y).spent * c.start_factor(rate(c, r, s), y));
}

pub(super) fn discounted_capital(c: &Context<'_>, sink: &mut Sink<'_>) {
    each(c, sink, |r, s, y| built(c, r, s, y).spent);
}

pub(super) fn salvage(c: &Context<'_>, sink: &mut Sink<'_>) {
    each(c, sink, |r, s, y| built(c, r, s, y).salvage * c.end_factor(rate(c, r, s)));
}

pub(super) fn discounted_salvage(c: &Context<'_>, sink: &mut Sink<'_>) {
    each(c, sink, |r, s, y| built(c, r, s, y).salvage);
}

pub(super) fn discounted_cost(c: &Context<'_>, sink: &mut Sink<'_>) {
    each(c, sink, |r, s, y| {
        let built = built(c, r, s, y);
        built.spent - built.salvage
    });
}

fn each_storage(c: &Context<'_>, then: &mut dyn FnMut(usize, usize, StorageIx)) {
    for r in 0..c.count(SetId::Region) {
        for s in 0..c.count(SetId::Storage) {
            if let Some(storage) = c.map.storage(c.data, r, s) {
                then(r, s, storage);
            }
        }
    }
}

fn of_year(c: &Context<'_>, sink: &mut Sink<'_>, point: usize) {
    each_storage(c, &mut |r, s, storage| {
        for y in 0..c.years.len() {
            let names = [c.name(SetId::Region, r), c.name(SetId::Storage, s), c.year(y)];
            sink(&names, c.solution.level(storage)[(point, y)]);
        }
    });
}

pub(super) fn year_start(c: &Context<'_>, sink: &mut Sink<'_>) {
    of_year(c, sink, 0);
}

pub(super) fn year_finish(c: &Context<'_>, sink: &mut Sink<'_>) {
    let calendar = Calendar::new(c.data);
    if calendar.has_year_end() {
        of_year(c, sink, calendar.year_end());
    }
}

pub(super) fn season_start(c: &Context<'_>, sink: &mut Sink<'_>) {
    let calendar = Calendar::new(c.data);
    each_storage(c, &mut |r, s, storage| {
        for ls in 0..calendar.seasons {
            for y in 0..c.years.len() {
                let names = [
                    c.name(SetId::Region, r),
                    c.name(SetId::Storage, s),
                    c.name(SetId::Season, ls),
                    c.year(y),
                ];
                sink(&names, c.solution.level(storage)[(calendar.start(ls, 0), y)]);
            }
        }
    });
}

pub(super) fn day_type_start(c: &Context<'_>, sink: &mut Sink<'_>) {
    day_types(c, sink, Calendar::start);
}

pub(super) fn day_type_finish(c: &Context<'_>, sink: &mut Sink<'_>) {
    day_types(c, sink, Calendar::finish);
}

fn day_types(
    c: &Context<'_>,
    sink: &mut Sink<'_>,
    point: fn(&Calendar, usize, usize) -> usize,
) {
    let calendar = Calendar::new(c.data);
    each_storage(c, &mut |r, s, storage| {
        for ls in 0..calendar.seasons {
            for ld in 0..calendar.day_types {
                for y in 0..c.years.len() {
                    let names = [
                        c.name(SetId::Region, r),
                        c.name(SetId::Storage, s),
                        c.name(SetId::Season, ls),
                        c.name(SetId::DayType, ld),
                        c.year(y),
                    ];
                    sink(&names, c.solution.level(storage)[(point(&calendar, ls, ld), y)]);
                }
            }
        }
    });
}
