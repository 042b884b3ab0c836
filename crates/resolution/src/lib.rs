//! The same model with fewer or more regions, and with fewer time slices.
//!
//! Pure functions from a `Model` to a `Model`. Where regions or slices are aggregated, sizes
//! such as demands and capacities are added up; what is the same everywhere becomes one;
//! what differs stays apart. Where a region is disaggregated, sizes are shared out. So every plan
//! of the fine model is a plan of the coarse one at no more cost, and totals stay as they are.
//! [`merge_regions`], [`split_regions`] and [`merge_slices`] say where that has its limits.

mod regions;
mod slices;
mod split;
mod sums;
mod typical;
mod year;

use kzleap_diagnostics::{Diagnostic, Diagnostics};
use kzleap_model::{Convention, Model, Periods, RegionChange, Series, stated};

pub use regions::merge_regions;
pub use slices::merge_slices;
pub use split::split_regions;
pub use typical::choose_periods;
pub use year::{first_years, only_year};

/// How finely a model is solved.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Resolution {
    /// Name of a level of regions; `None` for the regions as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regions: Option<String>,
    /// Most time slices; `None` for those the model is planned with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slices: Option<usize>,
    /// How the hours of the year are cut into slices, where that was chosen before.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "typical::periods")]
    pub periods: Option<Periods>,
}

impl Resolution {
    /// The model at this resolution.
    ///
    /// # Errors
    /// A level the model does not have, what cannot be merged or split, or periods of another year.
    pub fn of(&self, mut model: Model) -> Result<Model, Diagnostics> {
        model.inputs.retain(|input| self.concerns(&input.path));
        let sliced = |model: Model| {
            let stated = model.time.cutting.periods.as_ref().filter(|_| self.slices.is_none());
            if let Some(periods) = self.periods.as_ref().or(stated) {
                is_native(&model)?;
                return typical::in_periods(&model, periods);
            }
            match self.slices.or_else(|| typical::wanted(&model)) {
                Some(most) => merge_slices(&model, most),
                None => Ok(model),
            }
        };
        let Some(name) = &self.regions else { return sliced(model) };
        let Some(level) = model.region_levels.iter().find(|level| level.name == *name) else {
            return Err(only(unknown_level(&model, name)));
        };
        match level.change.clone() {
            RegionChange::Merge(groups) => sliced(merge_regions(&model, &groups)?),
            // slices are chosen as for the regions as written, so that the two can be compared
            RegionChange::Split(split) => split_regions(&sliced(model)?, &split),
        }
    }

    /// Whether what is given at a path says anything of the model at this resolution: shares of
    /// parts say nothing of other levels.
    fn concerns(&self, path: &str) -> bool {
        let mut steps = path.split('.');
        let of_level = steps.next() == Some(stated::REGION_LEVELS);
        !of_level || steps.next() == self.regions.as_deref()
    }
}

fn unknown_level(model: &Model, name: &str) -> Diagnostic {
    let message = format!("there is no level of regions `{name}`");
    let known: Vec<String> =
        model.region_levels.iter().map(|level| format!("`{}`", level.name)).collect();
    let hint = match known.as_slice() {
        [] => {
            format!(
                "the model names none; add `[{}.NAME]` to model.toml",
                stated::REGION_LEVELS
            )
        }
        known => format!("known: {}", known.join(", ")),
    };
    Diagnostic::error_overall("unknown-level", message).hint(hint)
}

/// Refuses what only other tools' models have, whose rules speak of single regions and slices.
fn is_native(model: &Model) -> Result<(), Diagnostics> {
    let native = model.finance.convention == Convention::Annuity
        && model.step_ramps.is_empty()
        && model.network.nodes.is_empty()
        && model.network.nodal.is_empty()
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
