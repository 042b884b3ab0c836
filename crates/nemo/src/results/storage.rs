//! Storages: how fast they are filled and emptied, and what they hold.

use super::{Context, Key, Sheet, Variable, l, n, r, s, y};
use crate::parameters::Dimension;
use crate::to_model::{StoragePlace, points};

macro_rules! storages {
    ($($name:literal [$($column:literal),*] $nodal:literal $what:ident;)*) => {
        /// The variables of this file.
        pub(super) const VARIABLES: &[Variable] = &[$(Variable {
            name: $name,
            columns: &[$($column),*],
            fill: |context, sheet| fill(context, sheet, $nodal, What::$what),
        }),*];
    };
}

storages! {
    "vrateofstoragechargenn" ["r", "s", "l", "y"] false Charge;
    "vrateofstoragechargenodal" ["n", "s", "l", "y"] true Charge;
    "vrateofstoragedischargenn" ["r", "s", "l", "y"] false Discharge;
    "vrateofstoragedischargenodal" ["n", "s", "l", "y"] true Discharge;
    "vstorageleveltsendnn" ["r", "s", "l", "y"] false SliceEnd;
    "vstorageleveltsendnodal" ["n", "s", "l", "y"] true SliceEnd;
    "vstorageleveltsgroup1startnn" ["r", "s", "tg1", "y"] false Group1Start;
    "vstorageleveltsgroup1startnodal" ["n", "s", "tg1", "y"] true Group1Start;
    "vstorageleveltsgroup1endnn" ["r", "s", "tg1", "y"] false Group1End;
    "vstorageleveltsgroup1endnodal" ["n", "s", "tg1", "y"] true Group1End;
    "vstorageleveltsgroup2startnn" ["r", "s", "tg1", "tg2", "y"] false Group2Start;
    "vstorageleveltsgroup2startnodal" ["n", "s", "tg1", "tg2", "y"] true Group2Start;
    "vstorageleveltsgroup2endnn" ["r", "s", "tg1", "tg2", "y"] false Group2End;
    "vstorageleveltsgroup2endnodal" ["n", "s", "tg1", "tg2", "y"] true Group2End;
    "vstoragelevelyearendnn" ["r", "s", "y"] false YearEnd;
    "vstoragelevelyearendnodal" ["n", "s", "y"] true YearEnd;
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Charge,
    Discharge,
    SliceEnd,
    Group1Start,
    Group1End,
    Group2Start,
    Group2End,
    YearEnd,
}

fn fill(context: &Context<'_>, sheet: &mut Sheet<'_>, nodal: bool, what: What) {
    for (at, region, storage) in context.in_regions(Dimension::Storage) {
        for place in &context.group.imported.map.storages[at].places {
            let first = match place.node {
                Some(node) if nodal => n(node),
                None if !nodal => r(region),
                _ => continue,
            };
            for (year, of) in context.years() {
                let place_in_year = (place, year, of);
                if matches!(what, What::Charge | What::Discharge) {
                    rates(context, sheet, place_in_year, [first, s(storage)], what);
                } else {
                    levels(context, sheet, place_in_year, [first, s(storage)], what);
                }
            }
        }
    }
}

fn rates(
    context: &Context<'_>,
    sheet: &mut Sheet<'_>,
    (place, at, year): (&StoragePlace, usize, usize),
    [first, second]: [Key<'_>; 2],
    what: What,
) {
    let model = &context.group.imported.model;
    for (slice, of) in context.slices() {
        let mut energy = 0.0;
        for (p, process) in
            model.processes.iter_ix().filter(|(_, process)| process.is_storage())
        {
            for (m, mode) in process.modes.iter().enumerate() {
                let list = if what == What::Charge { &mode.charges } else { &mode.discharges };
                if list.iter().any(|(storage, _)| *storage == place.storage) {
                    energy += context.group.solution.activity[p.get()][(m, slice, at)];
                }
            }
        }
        let split = context.split(of, year);
        let rate = if split > 0.0 { energy / split } else { 0.0 };
        sheet.push(&[first, second, l(of), y(year)], rate);
    }
}

fn levels(
    context: &Context<'_>,
    sheet: &mut Sheet<'_>,
    (place, at, year): (&StoragePlace, usize, usize),
    [first, second]: [Key<'_>; 2],
    what: What,
) {
    let data = context.data;
    let points = points(data, &context.group.imported.map.slices);
    let level = context.group.solution.level(place.storage);
    let content = |point: usize| level[(point, at)];
    match what {
        What::SliceEnd => {
            for ((_, of), point) in context.slices().zip(&points.slices) {
                if let Some(point) = point {
                    sheet.push(&[first, second, l(of), y(year)], content(*point));
                }
            }
        }
        What::Group1Start | What::Group1End => {
            for (group, start, end) in &points.groups1 {
                let point = if what == What::Group1Start { *start } else { *end };
                let name = Key::Name(&data.groups1[*group].name);
                sheet.push(&[first, second, name, y(year)], content(point));
            }
        }
        What::Group2Start | What::Group2End => {
            for (group1, group2, start, end) in &points.groups2 {
                let point = if what == What::Group2Start { *start } else { *end };
                let names = [
                    Key::Name(&data.groups1[*group1].name),
                    Key::Name(&data.groups2[*group2].name),
                ];
                sheet.push(&[first, second, names[0], names[1], y(year)], content(point));
            }
        }
        _ => sheet.push(&[first, second, y(year)], content(points.end)),
    }
}
