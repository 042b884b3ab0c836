//! The same model with fewer regions and time slices.
//!
//! Pure functions from a `Model` to a `Model`. Sizes, such as demands and capacities, are added
//! up; what is the same wherever it stands becomes one; what differs stays apart. So every plan
//! of the fine model is a plan of the coarse one at no more cost, and totals stay as they are.
//! [`merge_regions`] and [`merge_slices`] say where that has its limits.

mod regions;
mod slices;

use kzleap_diagnostics::{Diagnostic, Diagnostics};
use kzleap_model::{Convention, Model, Series};

pub use regions::merge_regions;
pub use slices::merge_slices;

/// How finely a model is solved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolution {
    /// Name of a level of regions; `None` for the regions as written.
    pub regions: Option<String>,
    /// Most time slices; `None` for all of them.
    pub slices: Option<usize>,
}

impl Resolution {
    /// The model at this resolution.
    ///
    /// # Errors
    /// A level the model does not have, or what cannot be merged.
    pub fn of(&self, mut model: Model) -> Result<Model, Diagnostics> {
        if let Some(name) = &self.regions {
            let Some(level) = model.region_levels.iter().find(|level| level.name == *name)
            else {
                return Err(only(unknown_level(&model, name)));
            };
            model = merge_regions(&model, &level.groups)?;
        }
        if let Some(most) = self.slices {
            model = merge_slices(&model, most)?;
        }
        Ok(model)
    }
}

fn unknown_level(model: &Model, name: &str) -> Diagnostic {
    let message = format!("there is no level of regions `{name}`");
    let known: Vec<String> =
        model.region_levels.iter().map(|level| format!("`{}`", level.name)).collect();
    let hint = match known.as_slice() {
        [] => "the model names none; add `[region_levels.NAME]` to model.toml".to_owned(),
        known => format!("known: {}", known.join(", ")),
    };
    Diagnostic::error_overall("unknown-level", message).hint(hint)
}

/// Refuses what only other tools' models have, whose rules speak of single regions and slices.
fn is_native(model: &Model) -> Result<(), Diagnostics> {
    let native = model.finance.convention == Convention::Annuity
        && model.user_rows.is_empty()
        && model.step_ramps.is_empty()
        && model.network.nodes.is_empty()
        && model.network.one_way.is_empty()
        && matches!(model.time.year_split, Series::Constant(_) | Series::BySlice(_))
        && model.storages.iter().all(|storage| storage.chronology.repeating.is_some());
    if native {
        return Ok(());
    }
    let message = "a model of another tool has only the resolution it was written in";
    Err(only(Diagnostic::error_overall("not-merged", message)))
}

fn only(finding: Diagnostic) -> Diagnostics {
    let mut findings = Diagnostics::default();
    findings.push(finding);
    findings
}
