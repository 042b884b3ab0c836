//! The energy balance with its sums: each part of a row's name is a level, and the sum of a level
//! is above its parts.

use std::collections::BTreeMap;

use kzleap_model::{CommodityIx, Model, RowKind};

use crate::balance::Entry;

/// A row of the balance of one region in one year, or a sum of rows.
#[derive(Clone, Debug, PartialEq)]
pub struct BalanceRow {
    /// What it is; of a level with a single part, with that part.
    pub name: RowName,
    /// How deep in the tree, from 0.
    pub depth: usize,
    /// Whether rows stand below it whose sum it is.
    pub is_sum: bool,
    /// By commodity, in the commodity's unit a year.
    pub values: BTreeMap<CommodityIx, f64>,
    /// The sum over all energy, PJ a year: useful energy counts too, where it is made of fuel and
    /// used up it is nothing. `None` if there is no energy in the row.
    pub energy: Option<f64>,
}

/// What a row is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowName {
    /// Parts of the names of rows, below the row above it.
    Parts(Vec<String>),
    /// All that brings energy to the region.
    PrimarySupply,
}

/// A level of the names of rows.
#[derive(Default)]
struct Node {
    part: String,
    /// Values of the level with all below it.
    values: BTreeMap<CommodityIx, f64>,
    /// Whether a row has just this name.
    is_row: bool,
    below: Vec<Node>,
}

/// The rows of a region in a year, from its entries in the order of the balance: supply, its sum if
/// it has several rows, and the others.
pub fn rows<'e>(
    model: &Model,
    entries: impl IntoIterator<Item = &'e Entry>,
) -> Vec<BalanceRow> {
    let mut root = Node::default();
    for entry in entries {
        let mut node = &mut root;
        for part in entry.flow.split('/') {
            let at = node.below.iter().position(|one| one.part == part).unwrap_or_else(|| {
                node.below.push(Node { part: part.to_owned(), ..Node::default() });
                node.below.len() - 1
            });
            node = &mut node.below[at];
            *node.values.entry(entry.commodity).or_insert(0.0) += entry.value;
        }
        node.is_row = true;
    }
    let (supply, others): (Vec<Node>, Vec<Node>) = root
        .below
        .into_iter()
        .partition(|node| RowKind::of(&node.part).is_some_and(RowKind::is_supply));
    let mut rows = Vec::new();
    supply.iter().for_each(|node| add(model, node, &[], 0, &mut rows));
    if supply.len() > 1 {
        let mut values = BTreeMap::new();
        for (commodity, value) in supply.iter().flat_map(|node| &node.values) {
            *values.entry(*commodity).or_insert(0.0) += value;
        }
        let energy = energy(model, &values);
        let name = RowName::PrimarySupply;
        rows.push(BalanceRow { name, depth: 0, is_sum: true, values, energy });
    }
    others.iter().for_each(|node| add(model, node, &[], 0, &mut rows));
    rows
}

fn add(model: &Model, node: &Node, above: &[String], depth: usize, rows: &mut Vec<BalanceRow>) {
    let mut parts = above.to_vec();
    parts.push(node.part.clone());
    if let ([only], false) = (node.below.as_slice(), node.is_row) {
        return add(model, only, &parts, depth, rows); // one part needs no sum above it
    }
    rows.push(BalanceRow {
        name: RowName::Parts(parts),
        depth,
        is_sum: !node.below.is_empty(),
        values: node.values.clone(),
        energy: energy(model, &node.values),
    });
    node.below.iter().for_each(|one| add(model, one, &[], depth + 1, rows));
}

/// A sum is rounding below this share of its terms: a plan keeps its rows to the solver's tolerance.
const TOLERANCE: f64 = 1e-6;

/// The sum over energy; a difference of rounding is none.
fn energy(model: &Model, values: &BTreeMap<CommodityIx, f64>) -> Option<f64> {
    let own = || values.iter().filter(|(c, _)| model.commodities[**c].is_energy());
    own().next()?;
    let (sum, size) =
        own().fold((0.0, 0.0), |(sum, size), (_, value)| (sum + value, size + value.abs()));
    Some(if sum.abs() > TOLERANCE * size { sum } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use kzleap_model::{Balance, Commodity, CommodityIx, Model};

    use super::{RowName, rows};
    use crate::balance::Entry;

    fn model() -> (Model, [CommodityIx; 2]) {
        let mut model = Model::single_year("m", "USD", 2030);
        let commodity = |name: &str| Commodity::new(name, Balance::Surplus);
        let coal = model.commodities.push(commodity("coal"));
        let electricity = model.commodities.push(commodity("electricity"));
        (model, [coal, electricity])
    }

    fn entry(flow: &str, commodity: CommodityIx, value: f64) -> Entry {
        Entry { region: None, year: 0, flow: flow.to_owned(), commodity, value }
    }

    /// 5 PJ of coal mined and 1 bought; 4 make 1.5 of electricity, 2 are burnt by industry; 0.5 of
    /// electricity go to industry, 1 to homes.
    #[test]
    fn sums_stand_above_their_parts() {
        let (model, [coal, electricity]) = model();
        let entries = [
            entry("production", coal, 5.0),
            entry("import", coal, 1.0),
            entry("transformation/power plants", coal, -4.0),
            entry("transformation/power plants", electricity, 1.5),
            entry("final/homes", electricity, -1.0),
            entry("final/industry/furnaces", coal, -2.0),
            entry("final/industry/motors", electricity, -0.5),
        ];
        let shown: Vec<_> = rows(&model, &entries)
            .iter()
            .map(|row| {
                let name = match &row.name {
                    RowName::Parts(parts) => parts.join(": "),
                    RowName::PrimarySupply => "=".to_owned(),
                };
                let value = |c| row.values.get(&c).copied();
                (name, row.depth, row.is_sum, value(coal), value(electricity), row.energy)
            })
            .collect();
        let row = |name: &str, depth, is_sum, coal, electricity, energy| {
            (name.to_owned(), depth, is_sum, coal, electricity, Some(energy))
        };
        assert_eq!(
            shown,
            [
                row("production", 0, false, Some(5.0), None, 5.0),
                row("import", 0, false, Some(1.0), None, 1.0),
                row("=", 0, true, Some(6.0), None, 6.0),
                // a single part needs no sum above it
                row("transformation: power plants", 0, false, Some(-4.0), Some(1.5), -2.5),
                row("final", 0, true, Some(-2.0), Some(-1.5), -3.5),
                row("homes", 1, false, None, Some(-1.0), -1.0),
                row("industry", 1, true, Some(-2.0), Some(-0.5), -2.5),
                row("furnaces", 2, false, Some(-2.0), None, -2.0),
                row("motors", 2, false, None, Some(-0.5), -0.5),
            ]
        );
    }

    /// Useful heat made of electricity and used up is nothing in the sum, whatever rounding leaves.
    #[test]
    fn a_difference_of_rounding_is_no_energy() {
        let (model, [coal, electricity]) = model();
        let entries =
            [entry("final/homes", coal, -0.3), entry("final/homes", electricity, 0.3 + 1e-12)];
        assert_eq!(rows(&model, &entries)[0].energy, Some(0.0));
    }
}
