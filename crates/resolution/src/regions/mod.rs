//! Regions aggregated.

mod joining;
mod owners;
mod places;
mod refusals;
mod rewrite;
mod rules;

use kzleap_diagnostics::Diagnostics;
use kzleap_model::{Model, RegionGroup};

use self::owners::Owners;
use self::places::Places;
use self::rules::Rules;
use crate::is_native;

/// The model with the regions of each group as one.
///
/// Sizes add up: demands, emissions from outside, capacities that stand, limits on a capacity or
/// an activity, what growth always allows, reserves of the same plants. Processes and storages
/// become one where all else is the same, down to the rules that speak of them; those that
/// differ stay apart, named `wind@north`. Links within a group go, unless a rule counts on their
/// capacity or their losses are needed to use up what must be used exactly.
///
/// Every plan of the model, added up, is a plan of the result, at the same cost less that of the
/// links which are gone. The result may have cheaper ones: power moves freely within a group,
/// and what is limited in one region may stand in another.
///
/// # Errors
/// Where the members of a group differ in what is said of whole regions (discount rate, emission
/// price, emission cap, load that a reserve follows, voltage angles), and for models of other tools.
pub fn merge_regions(model: &Model, groups: &[RegionGroup]) -> Result<Model, Diagnostics> {
    if groups.is_empty() {
        return Ok(model.clone());
    }
    is_native(model)?;
    let places = Places::new(model, groups);
    refusals::check(model, groups, &places)?;
    let rules = Rules::new(model, &places);
    let owners = Owners::new(model, &places, &rules);
    Ok(rewrite::rewrite(model, &places, &rules, owners))
}
