//! What a technology's capacity is, and whether it matters how much of it there is.

use kzleap_model::{Capacity, CapacityIx, CapacityUnit, Investment};

use super::series::upper_limit;
use super::{Making, region};
use crate::data::Data;
use crate::parameters::{P, SetId};

/// PJ one GW makes in a year.
const PJ_PER_GW_YEAR: f64 = 31.536;

/// Whether a plan is any different for having more or less capacity of a technology.
///
/// Where capacity is free to build and to keep, unlimited, and counts nowhere else, it never
/// binds: the technology is like an import, and needs no capacity in the model.
pub(super) fn matters(data: &Data, r: usize, t: usize) -> bool {
    let at = [r, t];
    let some = |p: P| data.table(p).any(&at);
    let costs = some(P::CapitalCost) || some(P::FixedCost);
    let limited = [P::TotalAnnualMaxCapacity, P::TotalAnnualMaxCapacityInvestment]
        .into_iter()
        .any(|p| upper_limit(data.along(p, &at)).iter().any(|limit| limit.is_finite()));
    let counts = [
        P::TotalAnnualMinCapacity,
        P::TotalAnnualMinCapacityInvestment,
        P::CapacityOfOneTechnologyUnit,
        P::ReserveMarginTagTechnology,
        P::UDCMultiplierTotalCapacity,
        P::UDCMultiplierNewCapacity,
        P::InputToNewCapacityRatio,
        P::InputToTotalCapacityRatio,
        P::TempLowerLimit,
    ]
    .into_iter()
    .any(some)
        || data.along(P::TempUpperLimit, &at).iter().any(|share| *share < 1.0);
    let slices = 0..data.count(SetId::Timeslice);
    let stands_still = slices
        .flat_map(|l| data.along(P::CapacityFactor, &[r, t, l]))
        .chain(data.along(P::AvailabilityFactor, &at))
        .chain([data.get(P::CapacityToActivityUnit, &at), data.get(P::OperationalLife, &at)])
        .any(|factor| factor <= 0.0);
    costs || limited || counts || stands_still
}

/// Whether a technology that cannot run must still be paid for, built or counted.
pub(super) fn stands(data: &Data, r: usize, t: usize) -> bool {
    let at = [r, t];
    let some = |p: P| data.table(p).any(&at);
    some(P::TotalAnnualMinCapacity)
        || some(P::TotalAnnualMinCapacityInvestment)
        || some(P::ResidualCapacity) && some(P::FixedCost)
        || some(P::ReserveMarginTagTechnology)
        || some(P::UDCMultiplierTotalCapacity)
        || some(P::UDCMultiplierNewCapacity)
        || data.along(P::CapitalCost, &at).iter().any(|cost| *cost < 0.0)
}

/// Whether the capacity of a technology is taken to be in GW: files state no units, but 31.536 is
/// what one GW makes in a year, in PJ.
pub(crate) fn in_gigawatts(data: &Data, r: usize, t: usize) -> bool {
    (data.get(P::CapacityToActivityUnit, &[r, t]) - PJ_PER_GW_YEAR).abs() < 1e-9
}

/// Adds the capacity of a technology.
pub(super) fn add(making: &mut Making<'_>, r: usize, t: usize) -> CapacityIx {
    let data = making.data;
    let at = [r, t];
    let life = data.get(P::OperationalLife, &at);
    let built = upper_limit(data.along(P::TotalAnnualMaxCapacityInvestment, &at));
    let may_build = life > 0.0 && built.iter().any(|most| *most > 0.0);
    let factor = financing_factor(data, r, t);
    let investment = may_build.then(|| Investment {
        overnight_cost: data
            .along(P::CapitalCost, &at)
            .into_iter()
            .map(|cost| cost * factor.unwrap_or(1.0))
            .collect(),
        technical_life: years_of_service(life),
        survival: None,
        interest: 0.0,
        economic_life: life,
        cost_of_capital: match factor {
            Some(_) => data.get(P::DiscountRate, &[r]),
            None => data.get(P::DiscountRateIdv, &at),
        },
        lower: data.along(P::TotalAnnualMinCapacityInvestment, &at),
        upper: built,
        growth: None,
        unit_size: unit_size(data, r, t),
    });
    let capacity = Capacity {
        name: making.name(SetId::Technology, t).to_owned(),
        region: region(r),
        unit: if in_gigawatts(data, r, t) {
            CapacityUnit::Gigawatt
        } else {
            CapacityUnit::Unknown
        },
        residual: data.along(P::ResidualCapacity, &at),
        investment,
        fixed_cost: data.along(P::FixedCost, &at),
        fixed_cost_of_new: Vec::new(),
        lower: data.along(P::TotalAnnualMinCapacity, &at),
        upper: upper_limit(data.along(P::TotalAnnualMaxCapacity, &at)),
        early_retirement: false,
        decommissioning_cost: None,
        early_retirement_cost: None,
        by_conversion: false,
    };
    making.model.capacities.push(capacity)
}

/// `CapitalRecoveryFactor · PvAnnuity`, where the files bring them.
fn financing_factor(data: &Data, r: usize, t: usize) -> Option<f64> {
    let product = data.get(P::CapitalRecoveryFactor, &[r, t]) * data.get(P::PvAnnuity, &[r, t]);
    data.table(P::CapitalRecoveryFactor).given().then_some(product)
}

/// The size of one unit in each year; `None` where capacity is built in any amount.
fn unit_size(data: &Data, r: usize, t: usize) -> Option<Vec<f64>> {
    let sizes = data.along(P::CapacityOfOneTechnologyUnit, &[r, t]);
    sizes.iter().any(|size| *size > 0.0).then_some(sizes)
}

/// In OSeMOSYS capacity built in a year serves while fewer years than its life have passed, the
/// last of them whole; salvage and annuities take the life as it is.
pub(super) fn years_of_service(life: f64) -> f64 {
    life.ceil()
}
