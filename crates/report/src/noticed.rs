//! What people should notice in a plan.

use kzleap_accounts::Accounts;
use serde::{Deserialize, Serialize};

/// Energy that goes round over three links or more, each one way, and is lost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Circulating {
    /// What goes round.
    pub commodity: String,
    /// The links, in the order in which it goes over them.
    pub links: Vec<String>,
    /// The milestone year.
    pub year: i32,
    /// What is lost, in the unit of the commodity a year.
    pub lost: f64,
    /// That unit.
    pub unit: String,
}

/// Links over which energy goes round.
pub(crate) fn circulating(accounts: &Accounts<'_>) -> Vec<Circulating> {
    let model = accounts.model;
    let circles = accounts.circulations().into_iter().map(|circle| {
        let commodity = &model.commodities[circle.commodity];
        Circulating {
            commodity: commodity.name.clone(),
            links: circle.links.iter().map(|l| model.links[*l].name.clone()).collect(),
            year: model.time.years[circle.year].milestone,
            lost: circle.lost,
            unit: commodity.unit().to_owned(),
        }
    });
    circles.collect()
}

/// A given peak of a reserve margin that the load of the plan is above.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PeakExceeded {
    /// Of which reserve margin.
    pub reserve: String,
    /// The milestone year.
    pub year: i32,
    /// The slice with the highest load.
    pub slice: String,
    /// The peak, GW.
    pub peak: f64,
    /// The load in that slice, GW.
    pub load: f64,
}

/// Given peaks that are too low for the plan.
pub(crate) fn peaks_exceeded(accounts: &Accounts<'_>) -> Vec<PeakExceeded> {
    let model = accounts.model;
    let found = accounts.peaks_exceeded().into_iter().map(|found| PeakExceeded {
        reserve: model.reserves[found.reserve].name.clone(),
        year: model.time.years[found.year].milestone,
        slice: model.time.slices[found.slice].name.clone(),
        peak: found.peak,
        load: found.load,
    });
    found.collect()
}
