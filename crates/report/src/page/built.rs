//! What is built, and when: where most of the money goes.

use std::collections::BTreeMap;

use kzleap_accounts::Accounts;
use kzleap_accounts::costs::CostKind;
use kzleap_accounts::owners::OwnerKind;
use kzleap_model::{ProcessIx, RowKind};
use kzleap_page::figure;
use serde::Serialize;

/// How many rows of a group.
const MOST: usize = 10;

/// Things that are built for the same: supply of energy, or its use.
#[derive(Debug, Serialize)]
pub(super) struct Group {
    name: &'static str,
    rows: Vec<Row>,
}

/// Something that is built.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    name: String,
    unit: String,
    /// Built for each period, in `unit`.
    values: Vec<String>,
    /// Overnight cost of all of it, in the money of the page.
    invested: String,
    query: String,
}

/// What a technology, or a retrofit, adds up to over regions.
struct Sum<'a> {
    label: &'a str,
    unit: &'static str,
    is_use: bool,
    built: Vec<f64>,
    invested: f64,
}

/// The technologies most is invested in, in all domestic regions together: what supplies energy
/// apart from what uses it, so that vehicles do not hide plants.
pub(super) fn groups(accounts: &Accounts<'_>) -> Vec<Group> {
    let Accounts { model, solution, .. } = *accounts;
    let uses = |process: Option<ProcessIx>| {
        process.is_some_and(|process| {
            let row = model.flow_of(&model.processes[process]);
            RowKind::of(&row) == Some(RowKind::Final)
        })
    };
    let mut sums: BTreeMap<&str, Sum<'_>> = BTreeMap::new();
    for (k, capacity, owner) in accounts.plants_and_stores() {
        // the energy of a storage is paid for with its power
        let of_process = owner.kind != OwnerKind::Storage;
        if of_process && model.regions[capacity.region].domestic {
            let sum = sums.entry(&capacity.name).or_insert_with(|| Sum {
                label: owner.label,
                unit: capacity.unit.text(),
                is_use: uses(owner.process),
                built: vec![0.0; model.time.years.len()],
                invested: 0.0,
            });
            let changes = accounts.changes(k);
            for (sum, change) in sum.built.iter_mut().zip(changes) {
                *sum += change.built;
            }
        }
    }
    for (conversion, units) in &solution.converted {
        let retrofit = &model.retrofits[conversion.retrofit];
        let to = &model.capacities[retrofit.to];
        if model.regions[to.region].domestic {
            let sum = sums.entry(&retrofit.name).or_insert_with(|| Sum {
                label: &retrofit.name,
                unit: to.unit.text(),
                is_use: false,
                built: vec![0.0; model.time.years.len()],
                invested: 0.0,
            });
            sum.built[conversion.year.get()] +=
                model.arrived(*conversion, conversion.year) * units;
        }
    }
    for cost in accounts.costs().iter().filter(|cost| cost.kind == CostKind::Investment) {
        let (name, _) = accounts.name_and_category(cost);
        if model.regions[cost.region].domestic
            && let Some(sum) = sums.get_mut(name)
        {
            sum.invested += cost.amount;
        }
    }
    let mut rows: Vec<(&str, Sum<'_>)> = sums.into_iter().collect();
    rows.retain(|(_, sum)| sum.invested > 0.0);
    rows.sort_by(|(a, one), (b, other)| other.invested.total_cmp(&one.invested).then(a.cmp(b)));
    let (_, factor) = crate::tables::money_shown(&model.currency, solution.objective);
    let row = |(name, sum): (&str, Sum<'_>)| Row {
        name: super::title(sum.label),
        unit: sum.unit.to_owned(),
        values: sum
            .built
            .iter()
            .map(|v| if v.abs() < 5e-4 { String::new() } else { figure(*v) })
            .collect(),
        invested: figure(sum.invested * factor),
        query: format!(".{name}."),
    };
    let (of_use, of_supply): (Vec<_>, Vec<_>) =
        rows.into_iter().partition(|(_, sum)| sum.is_use);
    let group = |(name, rows): (&'static str, Vec<(&str, Sum<'_>)>)| Group {
        name,
        rows: rows.into_iter().take(MOST).map(row).collect(),
    };
    let groups = [
        ("Supply of energy", of_supply),
        ("Use of energy: vehicles, devices, industry", of_use),
    ];
    groups.into_iter().map(group).filter(|group| !group.rows.is_empty()).collect()
}
