//! Where the number of a rule is written, and in which unit.

use kzleap_formulation::RuleKind;
use kzleap_model::finance::Convention;
use kzleap_model::{Input, Model, RegionIx, stated};

/// Where a number is written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Place {
    /// Its path in the files, or the parameter of another tool's model.
    pub(crate) path: Option<String>,
    /// The file and the line, where they are known.
    pub(crate) line: Option<(String, usize)>,
    /// The unit it is written in.
    pub(crate) unit: String,
    /// What one of that unit is in the model's.
    pub(crate) worth: f64,
}

/// Where the number of a rule is written, and in which unit.
pub(crate) fn place(model: &Model, kind: RuleKind, least: bool) -> Place {
    let Some(facts) = kind.facts(model) else {
        return Place { path: None, line: None, unit: String::new(), worth: 1.0 };
    };
    let kept = facts.unit;
    let year = facts.year.map(|y| model.time.years[y].milestone);
    if !matches!(model.finance.convention, Convention::Annuity) {
        let year = year.map(|year| format!(",{year}")).unwrap_or_default();
        let path = facts.parameter.of(least).map(|(name, of)| format!("{name}[{of}{year}]"));
        // the file names no unit
        return Place { path, line: None, unit: String::new(), worth: 1.0 };
    }
    let (region, paths) = (facts.region, facts.paths.of(least));
    let mut written: Vec<&Input> =
        paths.iter().find_map(|path| of_path(model, path, region, year)).into_iter().collect();
    if let RuleKind::Demand(r, c, _) = kind {
        let branches = (model.demand_tree.branches.iter())
            .filter(|branch| branch.commodity == Some(c))
            .filter(|branch| branch.annual.iter().any(|(region, _)| *region == r));
        written.extend(branches.filter_map(|branch| {
            of_path(
                model,
                &format!("{}.{}.{}", stated::BRANCHES, branch.name, stated::ANNUAL),
                region,
                year,
            )
        }));
    }
    // several entries of one demand add up
    let several = matches!(kind, RuleKind::Demand(..)) && written.len() > 1;
    let Some(input) = written.first() else {
        return Place { path: None, line: None, unit: kept, worth: 1.0 };
    };
    let same_unit = written.iter().all(|other| other.unit == input.unit);
    let own = input.unit.as_deref().filter(|_| same_unit);
    let worth = own.and_then(|own| Some((own, kzleap_input::worth(own, &kept)?)));
    let (unit, worth) = match worth {
        Some((own, worth)) => (a_year(own, &kept, facts.building), worth),
        None => (kept, 1.0),
    };
    let line = (!several).then(|| (input.file.clone(), input.line));
    Place { path: (!several).then(|| input.path.clone()), line, unit, worth }
}

/// The unit as it is meant: building is by calendar year, also where it is written in the unit of
/// the capacity alone.
fn a_year(own: &str, kept: &str, building: bool) -> String {
    let years = |unit: &str| unit.matches("/a").count();
    let missing = building && years(own) < years(kept);
    format!("{own}{}", if missing { "/a" } else { "" })
}

/// The entry of a path that speaks of a region and year, or the first: values that come from
/// several places stand apart.
fn of_path<'m>(
    model: &'m Model,
    path: &str,
    region: Option<RegionIx>,
    year: Option<i32>,
) -> Option<&'m Input> {
    let region = region.map(|r| model.regions[r].name.as_str());
    let year = year.map(|year| year.to_string());
    let names = |input: &Input| {
        let keys = input.value.split("; ").filter_map(|part| part.split_once(": "));
        let mut words = keys.flat_map(|(key, _)| key.split(' '));
        let of_region = words.clone().any(|word| Some(word) == region);
        let of_year = words.any(|word| Some(word) == year.as_deref());
        2 * u8::from(of_region) + u8::from(of_year)
    };
    let found = model.inputs.iter().filter(|input| input.path == path);
    found.max_by_key(|input| (names(input), std::cmp::Reverse(input.line)))
}
