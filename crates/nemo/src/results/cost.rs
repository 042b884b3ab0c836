//! Costs, discounted and not.

use super::{Context, Sheet, Variable, r, s, t, tr, y};
use crate::costs::Costs;
use crate::parameters::Dimension;

const RTY: &[&str] = &["r", "t", "y"];
const RSY: &[&str] = &["r", "s", "y"];
const TRY: &[&str] = &["tr", "y"];
const RY: &[&str] = &["r", "y"];

macro_rules! of {
    ($owner:ident, $name:literal, $columns:ident, $value:expr) => {
        Variable {
            name: $name,
            columns: $columns,
            fill: |context, sheet| $owner(context, sheet, $value),
        }
    };
}

/// The variables of this file.
pub(super) const VARIABLES: &[Variable] = &[
    of!(technologies, "vcapitalinvestment", RTY, |c, at| c.capital[at]),
    of!(technologies, "vdiscountedcapitalinvestment", RTY, |c, at| c.discounted_capital[at]),
    of!(technologies, "vfinancecost", RTY, |c, at| c.finance[at]),
    of!(technologies, "vsalvagevalue", RTY, |c, at| c.salvage[at]),
    of!(technologies, "vdiscountedsalvagevalue", RTY, |c, at| c.discounted_salvage[at]),
    of!(technologies, "vannualfixedoperatingcost", RTY, |c, at| c.fixed[at]),
    of!(technologies, "vannualvariableoperatingcost", RTY, |c, at| c.variable[at]),
    of!(technologies, "voperatingcost", RTY, |c, at| c.fixed[at] + c.variable[at]),
    of!(technologies, "vdiscountedoperatingcost", RTY, |c, at| c.discounted_operating[at]),
    of!(technologies, "vannualtechnologyemissionspenalty", RTY, |c, at| c.penalty[at]),
    of!(technologies, "vdiscountedtechnologyemissionspenalty", RTY, |c, at| {
        c.discounted_penalty[at]
    }),
    of!(technologies, "vtotaldiscountedcostbytechnology", RTY, Costs::total),
    of!(technologies, "vsubsidybytechnology", RTY, |c, at| c.subsidy[at]),
    of!(storages, "vcapitalinvestmentstorage", RSY, |c, at| c.capital[at]),
    of!(storages, "vdiscountedcapitalinvestmentstorage", RSY, |c, at| c.discounted_capital[at]),
    of!(storages, "vfinancecoststorage", RSY, |c, at| c.finance[at]),
    of!(storages, "vsalvagevaluestorage", RSY, |c, at| c.salvage[at]),
    of!(storages, "vdiscountedsalvagevaluestorage", RSY, |c, at| c.discounted_salvage[at]),
    of!(storages, "vtotaldiscountedstoragecost", RSY, Costs::total),
    of!(lines, "vcapitalinvestmenttransmission", TRY, |c, at| c.capital[at]),
    of!(lines, "vdiscountedcapitalinvestmenttransmission", TRY, |c, at| {
        c.discounted_capital[at]
    }),
    of!(lines, "vfinancecosttransmission", TRY, |c, at| c.finance[at]),
    of!(lines, "vsalvagevaluetransmission", TRY, |c, at| c.salvage[at]),
    of!(lines, "vdiscountedsalvagevaluetransmission", TRY, |c, at| c.discounted_salvage[at]),
    of!(lines, "vvariablecosttransmission", TRY, |c, at| c.variable[at]),
    of!(lines, "voperatingcosttransmission", TRY, |c, at| c.fixed[at] + c.variable[at]),
    of!(lines, "vdiscountedoperatingcosttransmission", TRY, |c, at| c.discounted_operating[at]),
    Variable { name: "vsubsidybyregion", columns: RY, fill: subsidy_by_region },
    Variable {
        name: "vtotaldiscountedtransmissioncostbyregion",
        columns: RY,
        fill: |context, sheet| {
            regions(context, sheet, &context.group.costs.lines_of_regions);
        },
    },
    Variable {
        name: "vtotaldiscountedcost",
        columns: RY,
        fill: |context, sheet| regions(context, sheet, &context.group.costs.regions),
    },
    Variable { name: "vmodelperiodcostbyregion", columns: &["r"], fill: model_period },
];

fn technologies(context: &Context<'_>, sheet: &mut Sheet<'_>, value: fn(&Costs, usize) -> f64) {
    for (at, region, technology) in context.in_regions(Dimension::Technology) {
        let costs = &context.group.costs.technologies[at];
        for (year, of) in context.years() {
            sheet.push(&[r(region), t(technology), y(of)], value(costs, year));
        }
    }
}

fn storages(context: &Context<'_>, sheet: &mut Sheet<'_>, value: fn(&Costs, usize) -> f64) {
    for (at, region, storage) in context.in_regions(Dimension::Storage) {
        let costs = &context.group.costs.storages[at];
        for (year, of) in context.years() {
            sheet.push(&[r(region), s(storage), y(of)], value(costs, year));
        }
    }
}

fn lines(context: &Context<'_>, sheet: &mut Sheet<'_>, value: fn(&Costs, usize) -> f64) {
    for (at, costs) in context.group.costs.lines.iter().enumerate() {
        for (year, of) in context.years() {
            sheet.push(&[tr(at), y(of)], value(costs, year));
        }
    }
}

fn regions(context: &Context<'_>, sheet: &mut Sheet<'_>, values: &[Vec<f64>]) {
    for (region, by_year) in values.iter().enumerate() {
        for (year, of) in context.years() {
            sheet.push(&[r(region), y(of)], by_year[year]);
        }
    }
}

fn subsidy_by_region(context: &Context<'_>, sheet: &mut Sheet<'_>) {
    let count = context.data.count(Dimension::Technology);
    for region in 0..context.data.count(Dimension::Region) {
        let of_region = &context.group.costs.technologies[region * count..(region + 1) * count];
        for (year, of) in context.years() {
            let sum = of_region.iter().map(|costs| costs.subsidy[year]).sum();
            sheet.push(&[r(region), y(of)], sum);
        }
    }
}

fn model_period(context: &Context<'_>, sheet: &mut Sheet<'_>) {
    if !context.last {
        return;
    }
    for region in 0..context.data.count(Dimension::Region) {
        let groups = context.outcome.groups.iter();
        let sum = groups.flat_map(|group| &group.costs.regions[region]).sum();
        sheet.push(&[r(region)], sum);
    }
}
