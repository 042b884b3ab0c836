//! Time slices aggregated.

pub(crate) mod profiles;
pub(crate) mod rewrite;
mod tree;

use kzleap_diagnostics::Diagnostics;
use kzleap_model::Model;

use self::profiles::Profiles;
use self::rewrite::{Coarse, time_of};
use self::tree::Tree;
use crate::is_native;
use crate::typical::{Wish, typical_periods};

/// The model with at most `most` time slices; of hours one at least for each season and each day
/// that is kept whole.
///
/// Neighbours are merged step by step: blocks of a day, kinds of day of a season, seasons. Each
/// step is the one by which demand and availability lose least of how they differ from slice to
/// slice, for each slice it saves (Ward's criterion). Values are then means over the hours, and
/// demands and hours sums; peaks that reserves ask for stay those of the model as written.
///
/// Every plan of the model, averaged, is a plan of the result at the same cost, as long as
/// efficiencies and costs do not vary by slice, storages lose nothing while they wait, and none
/// carries more than a day across days that are merged. The result may have cheaper ones: what is
/// averaged away need not be built for.
///
/// # Errors
/// For models of other tools.
pub fn merge_slices(model: &Model, most: usize) -> Result<Model, Diagnostics> {
    if model.time.slices.len() <= most {
        return Ok(model.clone());
    }
    is_native(model)?;
    if !model.time.calendar.is_empty() {
        let wish = Wish { most: most.max(1), alike: None, kept: &[] };
        return Ok(typical_periods(model, &wish));
    }
    let profiles = Profiles::of(model);
    let mut tree = Tree::new(&model.time, &profiles);
    tree.coarsen(most.max(1));
    let (time, parts) = time_of(&model.time, &tree);
    Ok(Coarse::new(&model.time, time, parts).rewrite(model))
}
