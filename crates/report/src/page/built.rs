//! What is built, and when: where most of the money goes.

use std::collections::BTreeMap;

use kzleap_accounts::Accounts;
use kzleap_accounts::costs::CostKind;
use kzleap_accounts::owners::OwnerKind;
use kzleap_page::figure;
use serde::Serialize;

/// How many rows.
const MOST: usize = 12;

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
    built: Vec<f64>,
    invested: f64,
}

/// The technologies most is invested in, in all domestic regions together.
pub(super) fn rows(accounts: &Accounts<'_>) -> Vec<Row> {
    let Accounts { model, solution, .. } = *accounts;
    let mut sums: BTreeMap<&str, Sum<'_>> = BTreeMap::new();
    for (k, capacity, owner) in accounts.plants_and_stores() {
        // the energy of a storage is paid for with its power
        let of_process = owner.kind != OwnerKind::Storage;
        if of_process && model.regions[capacity.region].domestic {
            let sum = sums.entry(&capacity.name).or_insert_with(|| Sum {
                label: owner.label,
                unit: capacity.unit.text(),
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
    rows.truncate(MOST);
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
    rows.into_iter().map(row).collect()
}
