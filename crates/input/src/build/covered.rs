//! What a rule on emissions counts: all of an emission, or what some processes emit of it.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::{Emission, EmissionIx, ProcessIx, Series};

use super::Build;
use crate::reader::{Item, Reader};
use crate::registry::{Field, Map};

/// What counts, with its weight.
pub(super) fn weights<'a>(
    rd: &mut Reader<'a>,
    item: &Item<'a>,
    field: Field<Map>,
) -> Vec<(EmissionIx, f64)> {
    let mistakes = rd.mistakes;
    let weights = rd.map(item, field, None).into_iter();
    let weights = weights.map(|(at, weight)| (EmissionIx::new(at), weight.range().0));
    let weights: Vec<_> = weights.filter(|(_, weight)| *weight > 0.0).collect();
    if weights.is_empty() && item.has(field) && rd.mistakes == mistakes {
        let message = format!("`{}` counts no emission", item.path);
        let diagnostic =
            Diagnostic::error("nothing-to-count", message, item.value_place(field), "");
        rd.fail(item, diagnostic.hint("name one with its weight: `{ co2 = 1 }`"));
    }
    weights
}

/// Processes that a rule on emissions covers alone.
pub(super) struct Covered<'i, 'a> {
    pub(super) item: &'i Item<'a>,
    pub(super) label: &'i str,
    /// Each with the share of its emissions that counts.
    pub(super) members: Vec<(ProcessIx, f64)>,
}

/// Processes of which all emissions count.
pub(super) fn in_full(members: Vec<ProcessIx>) -> Vec<(ProcessIx, f64)> {
    members.into_iter().map(|p| (p, 1.0)).collect()
}

impl Covered<'_, '_> {
    /// What they emit as emissions of their own, each with the weight of that of which it is a part.
    pub(super) fn apart(
        &self,
        rd: &mut Reader<'_>,
        build: &mut Build,
        weights: &[(EmissionIx, f64)],
        field: Field<Map>,
    ) -> Option<Vec<(EmissionIx, f64)>> {
        let model = &mut build.model;
        let mut parts = Vec::new();
        for (emission, weight) in weights {
            let whole = model.emissions[*emission].clone();
            let part = EmissionIx::new(model.emissions.len());
            let mut any = false;
            for (p, share) in self.members.iter().filter(|(_, share)| *share > 0.0) {
                for mode in &mut model.processes[*p].modes {
                    // of its fuels and of its own
                    let own = mode.emissions.iter().filter(|(e, _)| e == emission);
                    let counts = |factor: &Series| factor.map(|factor| share * factor);
                    let own: Vec<_> = own.map(|(_, factor)| (part, counts(factor))).collect();
                    any |= !own.is_empty();
                    mode.emissions.extend(own);
                }
            }
            if any {
                let name = format!("{}@{}", whole.name, self.item.name);
                if model.emissions.iter().any(|emission| emission.name == name) {
                    let message = format!(
                        "two of caps, prices and trading schemes are named `{}`, and both would \
                         count `{name}`",
                        self.item.name
                    );
                    let diagnostic =
                        Diagnostic::error("name-taken", message, self.item.place, "");
                    rd.fail(self.item, diagnostic.hint("give one of them another name"));
                    return None;
                }
                model.emissions.push(Emission {
                    name,
                    label: format!("{}, {}", whole.label, self.label),
                    gas: None,
                    unit: whole.unit,
                    part_of: Some(*emission),
                    exogenous: Vec::new(),
                    price: Vec::new(),
                    damage: Vec::new(),
                    damage_in_cost: false,
                });
                parts.push((part, *weight));
            }
        }
        if parts.is_empty() && !weights.is_empty() {
            let failed =
                |(p, _): &(ProcessIx, f64)| rd.failed.contains(&build.process_paths[p.get()]);
            if self.members.iter().any(failed) {
                rd.fail_silently(self.item);
                return None;
            }
            let message =
                format!("none of the processes of `{}` emit any of this", self.item.path);
            let place = self.item.value_place(field);
            let hint = "name those that burn a fuel with `emissions`, or have `emissions` of their own";
            let diagnostic = Diagnostic::error("nothing-to-count", message, place, "");
            rd.fail(self.item, diagnostic.hint(hint));
            return None;
        }
        Some(parts)
    }
}
