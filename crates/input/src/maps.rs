//! Tables of quantities under names: flows, emission factors, blocks, profiles.

use kzleap_diagnostics::{Diagnostic, Span};
use kzleap_model::Series;

use crate::reader::{Item, Reader};
use crate::registry::{
    Amount, BUILT, Dimension, FORMULA, Field, Map, Of, PROFILE_VALUE, Quantity, UNIT, VALUE,
    root,
};
use crate::tree::{Entry, join};
use crate::values::{At, UnitText, is_reserved};

impl<'a> Reader<'a> {
    /// A quantity for each of several names: the position of each name, and its value. What is
    /// wrong is reported and left out.
    pub(crate) fn map(
        &mut self,
        item: &Item<'a>,
        field: Field<Map>,
        region: Option<&str>,
    ) -> Vec<(usize, Series)> {
        let Map(of, quantity) = field.holds;
        let Some((entries, unit)) = self.entries(item, field) else { return Vec::new() };
        let mut values = Vec::new();
        for entry in entries {
            let Some(at) = self.look_up(item, of, &entry.key, entry.key_span) else { continue };
            let quantity = match of {
                Of::Commodities => {
                    let own = self.sets.amounts.get(&entry.key).copied();
                    let unknown = item.amount.is_none() && self.failed.contains(&item.owner);
                    if own.is_none() || unknown {
                        // reported where the commodity or the process is
                        self.fail_silently(item);
                        continue;
                    }
                    flow(quantity, own, item.amount)
                }
                _ => quantity,
            };
            if let Some(value) = self.map_value(item, field, quantity, region, entry, unit) {
                values.push((at, value));
            }
        }
        values
    }

    /// The same where the names are declared here: each name, its place, and its value.
    pub(crate) fn open_map(
        &mut self,
        item: &Item<'a>,
        field: Field<Map>,
        region: Option<&str>,
    ) -> Option<Vec<(String, Span, Option<Series>)>> {
        let Map(_, quantity) = field.holds;
        let (entries, unit) = self.entries(item, field)?;
        let mut values = Vec::new();
        for entry in entries {
            let value = self.map_value(item, field, quantity, region, entry, unit);
            values.push((entry.key.clone(), entry.key_span, value));
        }
        Some(values)
    }

    fn map_value(
        &mut self,
        item: &Item<'a>,
        field: Field<Map>,
        quantity: Quantity,
        region: Option<&str>,
        entry: &'a Entry,
        unit: Option<UnitText<'a>>,
    ) -> Option<Series> {
        let path = join(&item.path_of(field), &entry.key);
        let region = region.filter(|_| quantity.varies.region);
        let at = At {
            item,
            field: &entry.key,
            quantity,
            path: path.clone(),
            region,
            from_first: false,
        };
        self.value(&at, &entry.node, unit, region, &path)
    }

    fn entries(
        &mut self,
        item: &Item<'a>,
        field: Field<Map>,
    ) -> Option<(Vec<&'a Entry>, Option<UnitText<'a>>)> {
        let node = item.get(field)?;
        let Some(table) = node.table() else {
            self.wrong_type(item, field, node, "a table such as `{ name = 1.0 }`");
            return None;
        };
        let odd = [VALUE, FORMULA, BUILT];
        if let Some(odd) = table.iter().find(|entry| odd.iter().any(|own| **own == entry.key)) {
            let message = format!("`{}` is where names belong", odd.key);
            let diagnostic =
                Diagnostic::error("mixed-keys", message, odd.key_span, "").hint(format!(
                    "write it for each name: `{field} = {{ NAME = {{ {} = … }} }}`",
                    odd.key
                ));
            self.fail(item, diagnostic);
            return None;
        }
        let unit = table.get(&UNIT).and_then(|node| Some((node.text()?, node.span)));
        let entries = table.iter().filter(|entry| !is_reserved(&entry.key)).collect();
        Some((entries, unit))
    }

    /// The values of a profile by slice.
    pub(crate) fn profile_values(&mut self, item: &Item<'a>) -> Option<Series> {
        let name = item.name.to_owned();
        let entry = self.collection(root::PROFILES)?.entry(&name)?;
        let path = root::PROFILES.key().path(&name);
        let at = At {
            item,
            field: &name,
            quantity: PROFILE_VALUE,
            path: path.clone(),
            region: None,
            from_first: false,
        };
        self.value(&at, &entry.node, None, None, &path)
    }
}

/// A ratio of two amounts: a plain one where they are alike, or where one could not be read.
pub(crate) fn flow(
    quantity: Quantity,
    amount: Option<Amount>,
    activity: Option<Amount>,
) -> Quantity {
    match (amount, activity) {
        (Some(amount), Some(activity)) if amount != activity => {
            let low = if quantity.hard.0 > 0.0 { f64::MIN_POSITIVE } else { 0.0 };
            let dimension = Dimension::Flow(amount, activity);
            Quantity { dimension, ..quantity }.hard(low, f64::INFINITY).any_usual()
        }
        _ => quantity,
    }
}
