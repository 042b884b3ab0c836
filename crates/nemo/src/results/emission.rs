//! Emissions and penalties on them.

use std::collections::BTreeMap;

use super::{Context, Sheet, Variable, e, m, r, t, y};
use crate::costs::emitted_by_mode;
use crate::parameters::{Dimension, P};

/// The variables of this file.
pub(super) const VARIABLES: &[Variable] = &[
    Variable {
        name: "vannualtechnologyemissionbymode",
        columns: &["r", "t", "e", "m", "y"],
        fill: by_mode,
    },
    Variable {
        name: "vannualtechnologyemission",
        columns: &["r", "t", "e", "y"],
        fill: |context, sheet| by_technology(context, sheet, false),
    },
    Variable {
        name: "vannualtechnologyemissionpenaltybyemission",
        columns: &["r", "t", "e", "y"],
        fill: |context, sheet| by_technology(context, sheet, true),
    },
    Variable { name: "vannualemissions", columns: &["r", "e", "y"], fill: annual },
    Variable { name: "vmodelperiodemissions", columns: &["r", "e"], fill: model_period },
];

/// Visits what technologies emit: `(r, t, e, m)`, the year in the scenario, the amount.
fn each(
    context: &Context<'_>,
    mut visit: impl FnMut((usize, usize, usize, usize), usize, f64),
) {
    for (at, region, technology) in context.in_regions(Dimension::Technology) {
        let map = &context.group.imported.map.technologies[at];
        let mut sums: BTreeMap<(usize, usize), Vec<f64>> = BTreeMap::new();
        for (mode, emission, by_year) in emitted_by_mode(&context.accounts, map) {
            let none = || vec![0.0; by_year.len()];
            let sum = sums.entry((mode, emission)).or_insert_with(none);
            sum.iter_mut().zip(&by_year).for_each(|(sum, amount)| *sum += amount);
        }
        for (year, of) in context.years() {
            for ((mode, emission), by_year) in &sums {
                if by_year[year] != 0.0 {
                    visit((region, technology, *emission, *mode), of, by_year[year]);
                }
            }
        }
    }
}

fn by_mode(context: &Context<'_>, sheet: &mut Sheet<'_>) {
    each(context, |(region, technology, emission, mode), of, amount| {
        sheet.push(&[r(region), t(technology), e(emission), m(mode), y(of)], amount);
    });
}

fn by_technology(context: &Context<'_>, sheet: &mut Sheet<'_>, penalty: bool) {
    let mut sums = BTreeMap::new();
    each(context, |(region, technology, emission, _), of, amount| {
        let price = if penalty {
            context.data.or_zero(P::EmissionsPenalty, &[region, emission, of])
        } else {
            1.0
        };
        *sums.entry((region, technology, emission, of)).or_insert(0.0) += price * amount;
    });
    for ((region, technology, emission, of), amount) in sums {
        sheet.push(&[r(region), t(technology), e(emission), y(of)], amount);
    }
}

fn annual(context: &Context<'_>, sheet: &mut Sheet<'_>) {
    for (_, region, emission) in context.in_regions(Dimension::Emission) {
        let accounted = &context.group.imported.map.accounted[emission][region];
        for (year, of) in context.years().filter(|(year, _)| accounted[*year]) {
            let amount = context.group.solution.emissions[(emission, region, year)];
            sheet.push(&[r(region), e(emission), y(of)], amount);
        }
    }
}

/// Of the last group, as NEMO has it: each group's calculation replaces the one before.
fn model_period(context: &Context<'_>, sheet: &mut Sheet<'_>) {
    if !context.last {
        return;
    }
    let (weights, before) = context.group.period.horizon_weights(context.data);
    for (_, region, emission) in context.in_regions(Dimension::Emission) {
        let accounted = &context.group.imported.map.accounted[emission][region];
        let earlier = context.group.carried.emissions.get(&(region, emission));
        let mut sum = before * earlier.copied().unwrap_or(0.0)
            + context.data.or_zero(P::ModelPeriodExogenousEmission, &[region, emission]);
        for (year, _) in context.years().filter(|(year, _)| accounted[*year]) {
            let amount = context.group.solution.emissions[(emission, region, year)];
            sum += weights[year] * amount;
        }
        sheet.push(&[r(region), e(emission)], sum);
    }
}
