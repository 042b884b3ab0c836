//! Numbers in the unit that the files state beside them: a finding speaks as its reader wrote.

use kzleap_model::{CapacityIx, CommodityIx, RegionIx};

use super::Check;
use crate::numbers::shown;
use crate::registry::{Key, demand, process};
use crate::trace;
use crate::worth::worth;

/// The unit that numbers are written in.
#[derive(Clone, Debug)]
pub(super) struct Stated {
    unit: String,
    /// What one of it is in the unit the model keeps.
    one: f64,
}

impl Stated {
    fn as_kept(unit: &str) -> Self {
        Self { unit: unit.to_owned(), one: 1.0 }
    }

    /// A number in the unit the model keeps, as the file would write it: `7200 GWh`.
    pub(super) fn text(&self, kept: f64) -> String {
        let number = shown(kept / self.one);
        if self.unit.is_empty() { number } else { format!("{number} {}", self.unit) }
    }

    /// The same for what a sentence calls an amount a year.
    pub(super) fn a_year(&self, kept: f64) -> String {
        self.text(kept).trim_end_matches("/a").to_owned()
    }
}

impl Check<'_, '_> {
    /// The unit that the first of these fields which is given is written in, for a region; with
    /// what one of it is by `worth`, which knows the units that may stand there.
    fn unit_of(
        &self,
        path: &str,
        fields: &[Key],
        region: Option<RegionIx>,
        worth: impl Fn(&str) -> Option<f64>,
    ) -> Option<Stated> {
        let region = region.map(|region| self.region_name(region));
        fields.iter().find_map(|field| {
            let path = format!("{path}.{field}");
            let (values, _) = trace::collect(self.rd.root, &path, &self.rd.file_units, &[]);
            let of_region = values.iter().find(|value| {
                value.path.split('.').any(|step| region.is_some_and(|name| step == name))
            });
            let unit = of_region.or_else(|| values.first())?.unit.clone()?;
            let one = worth(&unit)?;
            Some(Stated { unit, one })
        })
    }

    /// The unit that a number of a capacity is written in, or others of it, or `capacity` itself.
    pub(super) fn capacity_unit(&self, ix: CapacityIx, field: impl Into<Key>) -> Stated {
        let (path, fields) = self.capacity_path(ix);
        let capacity = &self.model().capacities[ix];
        let kept = capacity.unit.text();
        let given = [
            field.into(),
            fields.residual.key(),
            fields.max.key(),
            fields.min.key(),
            fields.max_new.key(),
        ];
        let worth = |unit: &str| worth(unit, kept);
        let of_field = self.unit_of(&path, &given, Some(capacity.region), worth);
        of_field
            .or_else(|| {
                let text = self.node(&path, process::CAPACITY)?.text()?;
                Some(Stated { unit: text.to_owned(), one: worth(text)? })
            })
            .unwrap_or_else(|| Stated::as_kept(kept))
    }

    /// The unit that a field of any item is written in, which the model keeps in another.
    pub(super) fn unit_at(&self, path: &str, field: impl Into<Key>, kept: &str) -> Stated {
        self.unit_of(path, &[field.into()], None, |unit| worth(unit, kept))
            .unwrap_or_else(|| Stated::as_kept(kept))
    }

    /// The same of an amount of a commodity, which may be written by its heat value.
    pub(super) fn amount_unit(
        &self,
        path: &str,
        field: impl Into<Key>,
        commodity: CommodityIx,
    ) -> Stated {
        let commodity = &self.model().commodities[commodity];
        let kept = commodity.unit();
        let worth = |unit: &str| {
            let by_heat = || {
                let heat = commodity.heat_value?;
                Some(worth(unit, heat.per.text())? * heat.petajoules)
            };
            worth(unit, kept).or_else(by_heat)
        };
        self.unit_of(path, &[field.into()], None, worth)
            .unwrap_or_else(|| Stated::as_kept(kept))
    }

    /// The unit that a demand for a commodity is written in.
    pub(super) fn demand_unit(&self, commodity: CommodityIx, path: &str) -> Stated {
        self.amount_unit(path, demand::ANNUAL, commodity)
    }
}
