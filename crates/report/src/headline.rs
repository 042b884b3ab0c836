//! What a reader asks first of a run beside cost and emissions, and how its parts are drawn; so that
//! runs can be set side by side from their summaries alone.

use std::collections::{BTreeMap, BTreeSet};

use kzleap_accounts::Accounts;
use kzleap_model::{Family, RowKind};
use serde::{Deserialize, Serialize};

use crate::kinds::Kind;
use crate::page::{self, Colours};
use crate::summary::{ByCategory, ByYear};

/// Figures of all domestic regions, by milestone year.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Headline {
    /// Primary energy, PJ a year: production and imports less exports.
    pub primary_energy: ByYear,
    /// Imports less exports of energy, PJ a year.
    pub net_imports: ByYear,
    /// Final energy, PJ a year.
    pub final_energy: ByYear,
    /// Electricity that is made without fossil fuels, % of all that is made.
    pub clean_electricity: ByYear,
    /// Emissions that count under each cap, by the label of the sector, in the unit of the cap.
    pub sectors: BTreeMap<String, ByCategory>,
    /// Categories in the order they stack.
    pub categories: Vec<Look>,
    /// Sectors in the order they stack, by their labels.
    pub sector_looks: Vec<Look>,
}

/// How a category or a sector is drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// Its name in the tables.
    pub name: String,
    /// What people read.
    pub label: String,
    /// `#rrggbb`.
    pub colour: String,
}

impl Headline {
    /// Of a run.
    pub fn of(accounts: &Accounts<'_>) -> Self {
        let model = accounts.model;
        let by_year = |values: Vec<f64>| -> ByYear {
            model.time.years.iter().map(|year| year.milestone).zip(values).collect()
        };
        let [primary, net_imports, last] = page::totals(accounts).map(by_year);
        let palette = page::sector_colours(accounts);
        let mut sectors = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for cap in model.emission_caps.iter() {
            let of_cap: &mut ByCategory = sectors.entry(cap.name.clone()).or_default();
            for (one, weight) in accounts.counted_under(cap) {
                let sector = accounts.sector_of(one);
                seen.insert(sector);
                let by_year = of_cap.entry(palette.label(sector)).or_default();
                for (year, value) in model.time.years.iter().zip(&one.by_year) {
                    *by_year.entry(year.milestone).or_insert(0.0) += weight * value;
                }
            }
        }
        let categories = page::category_colours(model);
        let of_processes = model.processes.iter().map(|process| process.category.as_str());
        Self {
            primary_energy: primary,
            net_imports,
            final_energy: last,
            clean_electricity: clean_electricity(accounts),
            sectors,
            categories: looks(&categories, of_processes.collect()),
            sector_looks: looks(&palette, seen),
        }
    }
}

fn looks(colours: &Colours, names: BTreeSet<&str>) -> Vec<Look> {
    let mut names: Vec<&str> = names.into_iter().collect();
    names.sort_by_key(|name| colours.rank(name));
    let look = |name: &str| Look {
        name: name.to_owned(),
        label: colours.label(name),
        colour: colours.of(name).to_owned(),
    };
    names.into_iter().map(look).collect()
}

/// The share of electricity that is made without fossil fuels, %; empty where nobody makes any.
fn clean_electricity(accounts: &Accounts<'_>) -> ByYear {
    let model = accounts.model;
    let outlook = page::energy::Outlook::new(model);
    let is =
        |one: &&page::energy::Shown| Kind::of(model, one.commodity) == Some(Kind::Electricity);
    let Some(main) = outlook.main.iter().find(is) else { return ByYear::new() };
    let mut sums: BTreeMap<i32, (f64, f64)> = BTreeMap::new();
    for (flow, amount) in accounts.annual_flows(kzleap_accounts::flows::Side::Outputs) {
        let process = &model.processes[flow.process];
        let counts = flow.commodity == main.commodity
            && !flow.storage
            && model.regions[process.region].domestic
            && matches!(
                RowKind::of(&model.flow_of(process)),
                Some(RowKind::Transformation | RowKind::Production)
            );
        if counts {
            let sum = sums.entry(crate::tables::milestone(model, flow.year)).or_default();
            sum.1 += amount;
            if family(accounts, process).is_some_and(is_clean) {
                sum.0 += amount;
            }
        }
    }
    sums.retain(|_, (_, all)| *all > 0.0);
    sums.into_iter().map(|(year, (clean, all))| (year, 100.0 * clean / all)).collect()
}

fn family(accounts: &Accounts<'_>, process: &kzleap_model::Process) -> Option<Family> {
    let category = accounts.model.category(&process.category);
    process.family.or_else(|| category.and_then(|category| category.family))
}

const fn is_clean(family: Family) -> bool {
    matches!(
        family,
        Family::Nuclear
            | Family::Hydro
            | Family::Wind
            | Family::WindOnshore
            | Family::WindOffshore
            | Family::Solar
            | Family::SolarPv
            | Family::SolarThermal
            | Family::Geothermal
            | Family::Biomass
            | Family::Biogas
            | Family::Waste
    )
}
