//! Words of the trade for what the registry calls otherwise.

use super::{Key, process};

/// Each with the field it stands for.
const SYNONYMS: &[(&str, Key)] = &[
    ("lifetime", process::LIFE.key()),
    ("technical_life", process::LIFE.key()),
    ("operational_life", process::LIFE.key()),
    ("capex", process::CAPITAL_COST.key()),
    ("overnight_cost", process::CAPITAL_COST.key()),
    ("investment_cost", process::CAPITAL_COST.key()),
    ("capital_costs", process::CAPITAL_COST.key()),
    ("opex", process::FIXED_COST.key()),
    ("fom", process::FIXED_COST.key()),
    ("fixed_om", process::FIXED_COST.key()),
    ("vom", process::VARIABLE_COST.key()),
    ("variable_om", process::VARIABLE_COST.key()),
    ("marginal_cost", process::VARIABLE_COST.key()),
    ("construction_time", process::LEAD_TIME.key()),
    ("wacc", process::COST_OF_CAPITAL.key()),
    ("interest_rate", process::COST_OF_CAPITAL.key()),
    ("capacity_factor", process::AVAILABILITY.key()),
    ("load_factor", process::AVAILABILITY.key()),
    ("existing_capacity", process::RESIDUAL_CAPACITY.key()),
    ("installed_capacity", process::RESIDUAL_CAPACITY.key()),
    ("minimum_utilization", process::ANNUAL_MINIMUM_LOAD.key()),
    ("min_utilization_factor", process::ANNUAL_MINIMUM_LOAD.key()),
    ("minimum_capacity_factor", process::ANNUAL_MINIMUM_LOAD.key()),
    ("p_nom_max", process::MAX_CAPACITY.key()),
    ("p_nom_min", process::MIN_CAPACITY.key()),
    ("ramp_rate", process::RAMP.key()),
    ("fuel", process::INPUT.key()),
    ("emission_factor", process::EMISSIONS.key()),
    ("max_production", process::MAX_ACTIVITY.key()),
];

/// The field of a table that a word of the trade stands for, if the table has it.
pub(crate) fn field_meant(written: &str, known: &[&'static str]) -> Option<&'static str> {
    let written = written.to_lowercase();
    let (_, field) = SYNONYMS.iter().find(|(word, _)| *word == written)?;
    known.iter().find(|name| **name == field.name()).copied()
}
