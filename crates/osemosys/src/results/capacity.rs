//! New and standing capacity of technologies.

use super::Sink;
use super::context::Context;
use crate::parameters::{P, SetId};

fn each(c: &Context<'_>, sink: &mut Sink<'_>, value: impl Fn(usize, usize, usize) -> f64) {
    for (r, t) in c.technologies() {
        for y in 0..c.years.len() {
            let names = [c.name(SetId::Region, r), c.name(SetId::Technology, t), c.year(y)];
            sink(&names, value(r, t, y));
        }
    }
}

pub(super) fn new(c: &Context<'_>, sink: &mut Sink<'_>) {
    each(c, sink, |r, t, y| c.new_capacity(r, t, y));
}

pub(super) fn accumulated(c: &Context<'_>, sink: &mut Sink<'_>) {
    each(c, sink, |r, t, y| c.accumulated(r, t, y));
}

pub(super) fn total(c: &Context<'_>, sink: &mut Sink<'_>) {
    each(c, sink, |r, t, y| c.total_capacity(r, t, y));
}

pub(super) fn units(c: &Context<'_>, sink: &mut Sink<'_>) {
    each(c, sink, |r, t, y| {
        let size = c.data.get(P::CapacityOfOneTechnologyUnit, &[r, t, y]);
        if size > 0.0 { (c.new_capacity(r, t, y) / size).round() } else { 0.0 }
    });
}
