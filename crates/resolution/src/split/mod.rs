//! Regions disaggregated.

mod movement;
mod owners;
mod parts;
mod refusals;
mod rewrite;

use kzleap_diagnostics::Diagnostics;
use kzleap_model::{Model, RegionSplit};

use self::parts::Parts;
use crate::is_native;

/// The model with regions as several each.
///
/// Sizes are shared out: demands, emissions from outside, capacities that stand, limits on a
/// capacity or an activity, what growth always allows. What is so or otherwise is copied: costs,
/// lives, efficiencies, availability, prices. A rule on several things stays one rule over all
/// parts. Links to other regions lead to the first part of a region, its hub; what is not local
/// moves freely between the hub and the other parts. A part has none of the processes of which
/// nothing is there and nothing may be built.
///
/// Every plan of the result, added up, is a plan of the model at the same cost. Where nothing is
/// local, nothing is built in whole units, and what exists is shared out as its limits are, the
/// optimum is the same; else it may be higher.
///
/// # Errors
/// Where a part has more standing capacity than its share of the limit on it, and for models of
/// other tools.
pub fn split_regions(model: &Model, split: &RegionSplit) -> Result<Model, Diagnostics> {
    if split.parts.is_empty() {
        return Ok(model.clone());
    }
    is_native(model)?;
    let parts = Parts::new(model, split);
    refusals::check(model, &parts)?;
    let (owners, became) = owners::copy(model, &parts);
    let mut result = rewrite::rewrite(model, &parts, owners, became);
    movement::add(model, &parts, split, &mut result);
    Ok(result)
}
