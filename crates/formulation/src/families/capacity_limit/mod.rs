#![doc = include_str!("page.md")]

use std::collections::BTreeSet;

use kzleap_lp::Row;
use kzleap_model::policy::{CapacityKind, CapacityLimit};
use kzleap_model::retrofit::Conversion;
use kzleap_model::units::Power;
use kzleap_model::{CapacityIx, Model, Solution, YearIx, stated};

use crate::build::Rows;
use crate::families::{Earning, Family, RowKey, RuleKind};
use crate::names::Names;
use crate::number::{Enters, Facts, Sides, building_unit, years_of_building};
use crate::row::Var;
use crate::{Formulation, Variables};

/// A limit in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Position of the limit in the model.
    pub at: usize,
    /// In which milestone year.
    pub year: YearIx,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let limit = &names.0.capacity_limits[self.at].name;
        let family = match names.0.capacity_limits[self.at].of {
            CapacityKind::InService | CapacityKind::New => "capacity_limit",
            CapacityKind::Converted => "conversion_limit",
        };
        format!("{family}[{limit},{}]", names.year(self.year))
    }

    fn number(&self, formulation: &Formulation<'_>, _: Row) -> Option<(RuleKind, Enters)> {
        let Self { at, year } = *self;
        let per = years(formulation.model, at, year);
        Some((RuleKind::CapacityLimit(at, year), Enters::Bound(per)))
    }

    fn earning(&self, names: Names<'_>) -> Option<(Earning, String)> {
        Some((Earning::Limit, names.0.capacity_limits[self.at].name.clone()))
    }

    fn read_back(&self, _: f64, _: &Formulation<'_>, _: &mut Solution) {}
}

/// Adds the rows. Limits of one capacity alone are bounds of its column.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars) = (rows.model, rows.vars);
    for (at, limit) in model.capacity_limits.iter().enumerate() {
        for y in model.time.years.ixs() {
            let (lower, upper) = (limit.lower[y.get()], limit.upper[y.get()]);
            if lower <= 0.0 && upper == f64::INFINITY {
                continue;
            }
            let mut row = rows.begin::<Power>(RowKey::CapacityLimit(Key { at, year: y }));
            if limit.of == CapacityKind::Converted {
                for (conversion, var) in converted(model, vars, limit, y) {
                    row += model.converted_share(conversion) * var;
                }
            }
            for k in &limit.capacities {
                let var = match limit.of {
                    CapacityKind::InService => vars.capacity(*k, y),
                    CapacityKind::New => vars.new_capacity(*k, y),
                    CapacityKind::Converted => None,
                };
                if let Some(var) = var {
                    row += 1.0 * var;
                }
            }

            // lower ≤ Σ_k capacity[k,y] ≤ upper
            row.between(if lower > 0.0 { lower } else { f64::NEG_INFINITY }, upper);
        }
    }
}

/// Conversions of a year by the retrofit that a limit is named after, of its capacities.
fn converted(
    model: &Model,
    vars: &Variables,
    limit: &CapacityLimit,
    y: YearIx,
) -> Vec<(Conversion, Var<Power>)> {
    let is_of = |conversion: &Conversion| {
        let retrofit = &model.retrofits[conversion.retrofit];
        conversion.year == y
            && retrofit.name == limit.name
            && limit.capacities.contains(&retrofit.from)
    };
    let into: BTreeSet<CapacityIx> = model.retrofits.iter().map(|one| one.to).collect();
    let all = into.into_iter().flat_map(|to| vars.conversions(to));
    all.filter(|(conversion, _)| is_of(conversion)).collect()
}

/// Calendar years that a limit counts together.
fn years(model: &Model, at: usize, y: YearIx) -> f64 {
    match model.capacity_limits[at].of {
        CapacityKind::InService => 1.0,
        CapacityKind::New | CapacityKind::Converted => years_of_building(model, y),
    }
}

/// Capacities together, in service or built.
pub(crate) fn facts(model: &Model, at: usize, y: YearIx) -> Facts {
    let limit = &model.capacity_limits[at];
    let unit = limit.capacities.first().map(|k| model.capacities[*k].unit.text().to_owned());
    let unit = unit.unwrap_or_default();
    let (what, collection, fields) = match limit.of {
        CapacityKind::InService => {
            ("capacity limit", CapacityLimit::COLLECTION, (stated::MIN, stated::MAX))
        }
        CapacityKind::New => (
            "new capacity limit",
            CapacityLimit::COLLECTION,
            (stated::MIN_NEW, stated::MAX_NEW),
        ),
        CapacityKind::Converted => {
            let most = stated::MAX_CONVERTED;
            ("conversion limit", stated::RETROFITS, (most, most))
        }
    };
    let unit = match limit.of {
        CapacityKind::InService => unit,
        CapacityKind::New | CapacityKind::Converted => building_unit(model, &unit),
    };
    let path = |field: &str| vec![format!("{collection}.{}.{field}", limit.name)];
    let per = years(model, at, y);
    Facts {
        word: "capacity_limit",
        name: format!("{what} {} {}", limit.name, model.time.years[y].milestone),
        value: Sides { least: limit.lower[y.get()] / per, most: limit.upper[y.get()] / per },
        range: (0.0, f64::INFINITY),
        ratio: false,
        two_sides: limit.of != CapacityKind::Converted,
        building: true,
        unit,
        region: None,
        year: Some(y),
        paths: Sides { least: path(fields.0), most: path(fields.1) },
        parameter: Sides::both(None),
    }
}
