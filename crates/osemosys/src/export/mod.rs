//! Writes OSeMOSYS data as an otoole folder, and a model as such data where it can be.

mod constraints;
mod costs;
mod draft;
mod family;
mod from_model;
mod policy;
mod tiers;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::data::Data;
use crate::parameters::{Missing, P, SetId, Spec};
use crate::results::RESULTS;

use family::Form;
pub use from_model::from_model;

/// What stands for "no limit" where OSeMOSYS has no word for it.
const UNLIMITED: f64 = 999_999_999.0;

/// Names longer than a spreadsheet's sheet may be called, with otoole's short ones.
const SHORT_NAMES: [(&str, &str); 15] = [
    ("TotalAnnualMaxCapacityInvestment", "TotalAnnualMaxCapacityInvestmen"),
    ("TotalAnnualMinCapacityInvestment", "TotalAnnualMinCapacityInvestmen"),
    ("TotalTechnologyAnnualActivityLowerLimit", "TotalTechnologyAnnualActivityLo"),
    ("TotalTechnologyAnnualActivityUpperLimit", "TotalTechnologyAnnualActivityUp"),
    ("TotalTechnologyModelPeriodActivityLowerLimit", "TotalTechnologyModelPeriodActLo"),
    ("TotalTechnologyModelPeriodActivityUpperLimit", "TotalTechnologyModelPeriodActUp"),
    ("TechnologyActivityByModeLowerLimit", "TechActivityByModeLowerLimit"),
    ("TechnologyActivityByModeUpperLimit", "TechActivityByModeUpperLimit"),
    ("TechnologyActivityIncreaseByModeLimit", "TechActivityIncreaseByModeLimit"),
    ("TechnologyActivityDecreaseByModeLimit", "TechActivityDecreaseByModeLimit"),
    ("DiscountedCapitalInvestmentStorage", "DiscountedCapitalInvestStorage"),
    ("DiscountedTechnologyEmissionsPenalty", "DiscountedTechEmissionsPenalty"),
    ("RateOfProductionByTechnologyByMode", "RateOfProductionByTechByMode"),
    ("TotalAnnualTechnologyActivityByMode", "TotalAnnualTechActivityByMode"),
    ("TotalTechnologyModelPeriodActivity", "TotalTechModelPeriodActivity"),
];

/// Writes every set and parameter into a folder, one CSV file each, with a `config.yaml`.
///
/// # Errors
/// If the folder or a file cannot be written.
pub fn write(data: &Data, folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let (data, form) = family::normal(data);
    let data = &data;
    let mut config = String::new();
    for set in SetId::ALL {
        if form.has(set, data) {
            write_set(data, set, form.name(set), folder, &mut config)?;
        }
    }
    write_set(data, SetId::Region, "_REGION", folder, &mut config)?;
    for p in P::ALL {
        let spec = p.spec();
        if spec.current || brings(data, p) {
            let default = default(data, p);
            let columns = columns(spec, form);
            let mut file = csv::Writer::from_path(folder.join(format!("{}.csv", spec.name)))?;
            write_rows(data, p, &columns, default, &mut file)?;
            file.flush()?;
            add(&mut config, spec.name, "param", "float", Some((&columns, default)));
        }
    }
    for result in RESULTS {
        let columns: Vec<&str> =
            result.indices.iter().map(|index| form.column(index)).collect();
        add(&mut config, result.name, "result", "float", Some((&columns, 0.0)));
    }
    fs::write(folder.join("config.yaml"), config)
}

/// Whether an extension is needed; the two factors of an annuity only stand together.
fn brings(data: &Data, p: P) -> bool {
    let of_annuity = matches!(p, P::CapitalRecoveryFactor | P::PvAnnuity);
    let table = data.table(p);
    if of_annuity { table.given() } else { table.says_something(p) }
}

fn write_set(
    data: &Data,
    set: SetId,
    name: &str,
    folder: &Path,
    config: &mut String,
) -> std::io::Result<()> {
    let mut file = csv::Writer::from_path(folder.join(format!("{name}.csv")))?;
    file.write_record(["VALUE"])?;
    for member in data.set(set).names() {
        file.write_record([member])?;
    }
    file.flush()?;
    let numbers = data.set(set).names().iter().all(|member| member.parse::<i64>().is_ok());
    let whole = numbers && (set.numbered() || set == SetId::Mode);
    add(config, name, "set", if whole { "int" } else { "str" }, None);
    Ok(())
}

/// The default to state: that of the data, or the usual one where it differs by region.
fn default(data: &Data, p: P) -> f64 {
    let by_region = p.spec().default == Missing::RegionRate && data.table(p).by_region();
    let default = if by_region { 0.05 } else { data.table(p).default() };
    if default.is_finite() { default } else { UNLIMITED }
}

/// The names of the index columns; a second region has a name of its own.
fn columns(spec: &Spec, form: Form) -> Vec<&'static str> {
    let mut names: Vec<&str> = Vec::new();
    for set in spec.indices {
        let name = form.name(*set);
        names.push(if names.contains(&name) { "_REGION" } else { name });
    }
    names
}

fn write_rows(
    data: &Data,
    p: P,
    columns: &[&str],
    default: f64,
    file: &mut csv::Writer<fs::File>,
) -> csv::Result<()> {
    let spec = p.spec();
    file.write_record(columns.iter().copied().chain(["VALUE"]))?;
    let mut add_row = |at: &[usize], value: f64| {
        let names = spec.indices.iter().zip(at).map(|(set, at)| &data.set(*set).names()[*at]);
        let value = value.to_string();
        file.write_record(names.map(String::as_str).chain([value.as_str()]))
    };
    if data.table(p).by_region() {
        for r in 0..data.count(SetId::Region) {
            for other in 0..data.count(spec.indices[1]) {
                let value = data.get(p, &[r, other]);
                if (value - default).abs() > 0.0 {
                    add_row(&[r, other], value)?;
                }
            }
        }
    } else {
        for (at, value) in data.table(p).entries() {
            add_row(&at, value)?;
        }
    }
    Ok(())
}

fn add(
    config: &mut String,
    name: &str,
    kind: &str,
    dtype: &str,
    table: Option<(&[&str], f64)>,
) {
    let short = SHORT_NAMES.iter().find(|(long, _)| *long == name);
    // writing to a string cannot fail
    let _ = writeln!(config, "{name}:\n    type: {kind}\n    dtype: {dtype}");
    if let Some((_, short)) = short {
        let _ = writeln!(config, "    short_name: {short}");
    }
    if let Some((indices, default)) = table {
        let _ = writeln!(config, "    indices: [{}]", indices.join(","));
        let _ = writeln!(config, "    default: {default}");
    }
}
