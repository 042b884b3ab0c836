//! Words of the trade for what the registry calls otherwise.

/// Each with the field it stands for.
const SYNONYMS: &[(&str, &str)] = &[
    ("lifetime", "life"),
    ("technical_life", "life"),
    ("operational_life", "life"),
    ("capex", "capital_cost"),
    ("overnight_cost", "capital_cost"),
    ("investment_cost", "capital_cost"),
    ("capital_costs", "capital_cost"),
    ("opex", "fixed_cost"),
    ("fom", "fixed_cost"),
    ("fixed_om", "fixed_cost"),
    ("vom", "variable_cost"),
    ("variable_om", "variable_cost"),
    ("marginal_cost", "variable_cost"),
    ("wacc", "cost_of_capital"),
    ("interest_rate", "cost_of_capital"),
    ("capacity_factor", "availability"),
    ("load_factor", "availability"),
    ("existing_capacity", "residual_capacity"),
    ("installed_capacity", "residual_capacity"),
    ("p_nom_max", "max_capacity"),
    ("p_nom_min", "min_capacity"),
    ("ramp_rate", "ramp"),
    ("fuel", "input"),
    ("emission_factor", "emissions"),
    ("max_production", "max_activity"),
];

/// The field of a table that a word of the trade stands for, if the table has it.
pub(crate) fn field_meant(written: &str, known: &[&'static str]) -> Option<&'static str> {
    let written = written.to_lowercase();
    let (_, field) = SYNONYMS.iter().find(|(word, _)| *word == written)?;
    known.iter().find(|name| *name == field).copied()
}
