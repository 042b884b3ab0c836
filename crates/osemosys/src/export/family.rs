//! The normal form of a model of either family: one in which its signs leave no doubt.
//!
//! `UDCTag` is written with OSeMOSYS's own meaning, so that its equations give the same optimum,
//! unless the model has words of the CLEWs interface, which those equations lack: then with the
//! meaning that goes with these words.

use std::borrow::Cow;

use kzleap_model::policy::Sense;

use crate::data::{Data, Dialect, Table};
use crate::family::{NO_RATE, has_words};
use crate::parameters::{P, SetId};

/// What is multiplied by -1 to turn a rule around.
const SIDES: [P; 5] = [
    P::UDCMultiplierTotalCapacity,
    P::UDCMultiplierNewCapacity,
    P::UDCMultiplierActivity,
    P::UDCMultiplierDemand,
    P::UDCConstant,
];

/// The names by which a reader knows the family.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    tags: Dialect,
    storages: Dialect,
}

impl Form {
    /// The name of a set.
    pub(super) const fn name(self, set: SetId) -> &'static str {
        match (set, self.tags) {
            (SetId::Fuel, Dialect::Clews) => "COMMODITY",
            _ => set.name(),
        }
    }

    /// The name of an index column of a result.
    pub(super) fn column(self, index: &'static str) -> &'static str {
        if index == SetId::Fuel.name() { self.name(SetId::Fuel) } else { index }
    }

    /// Whether a set is written.
    pub(super) fn has(self, set: SetId, data: &Data) -> bool {
        match set {
            SetId::Udc => !data.set(set).is_empty(),
            SetId::IntraDay | SetId::IntraYear => self.storages == Dialect::Clews,
            _ => true,
        }
    }
}

/// The data in the normal form of their family.
pub(super) fn normal(data: &Data) -> (Cow<'_, Data>, Form) {
    let of_interface = has_words(data) || data.storages == Dialect::Clews;
    let tags = if of_interface { Dialect::Clews } else { Dialect::MathProg };
    let form = Form { tags, storages: data.storages };
    let mut data = Cow::Borrowed(data);
    if data.count(SetId::Udc) > 0 && data.tags != tags {
        with_tags(data.to_mut(), tags);
    }
    if data.storages == Dialect::Clews {
        without_limits(data.to_mut());
    }
    (data, form)
}

/// Limits that the rules of the interface do not heed would be a sign of the other family.
fn without_limits(data: &mut Data) {
    for (p, none) in [
        (P::StorageMaxChargeRate, NO_RATE),
        (P::StorageMaxDischargeRate, NO_RATE),
        (P::StorageLevelStart, 0.0),
    ] {
        let sizes = vec![data.count(SetId::Region), data.count(SetId::Storage)];
        data.tables[p as usize] = Table::new(sizes, none, None, Vec::new(), Vec::new(), true);
    }
}

/// Says the same rules by tags of the other meaning.
fn with_tags(data: &mut Data, tags: Dialect) {
    let (regions, rules) = (data.count(SetId::Region), data.count(SetId::Udc));
    let off = if tags == Dialect::Clews { 2.0 } else { 3.0 };
    let (mut keys, mut values) = (Vec::new(), Vec::new());
    let mut turned = vec![false; regions * rules];
    for (at, turned) in turned.iter_mut().enumerate() {
        let sense = data.tags.sense(data.get(P::UDCTag, &[at / rules, at % rules]));
        let tag = match (tags, sense) {
            (_, None) => continue,
            (Dialect::MathProg, Some(Sense::Equal)) | (Dialect::Clews, Some(Sense::AtMost)) => {
                0.0
            }
            (Dialect::MathProg, Some(Sense::AtLeast))
            | (Dialect::Clews, Some(Sense::Equal)) => 1.0,
            (Dialect::MathProg, Some(Sense::AtMost)) => 2.0,
            (Dialect::Clews, Some(Sense::AtLeast)) => {
                *turned = true; // the interface has no tag for it
                0.0
            }
        };
        keys.push(at as u64);
        values.push(tag);
    }
    let sizes = vec![regions, rules];
    data.tables[P::UDCTag as usize] = Table::new(sizes, off, None, keys, values, true);
    data.tags = tags;
    if turned.contains(&true) {
        for p in SIDES {
            let rule = p.spec().indices.iter().position(|set| *set == SetId::Udc).unwrap_or(0);
            let table = data.table(p);
            let changed = table
                .map(|at, value| if turned[at[0] * rules + at[rule]] { -value } else { value });
            data.tables[p as usize] = changed;
        }
    }
}
