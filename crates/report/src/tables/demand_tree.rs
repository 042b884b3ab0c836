//! `drivers` and `demand_tree`: what demand follows, and what it is made of.

use kzleap_accounts::Accounts;

use super::{milestone, yearly};
use crate::sheet::{Cell, Column, Sheet, columns as col, text};

const DRIVERS: &[Column] = &[
    Column { key: "driver", meaning: "what demand follows" },
    Column { key: "region", meaning: "empty where it is the same for all" },
    col::UNIT,
    col::YEAR,
    col::VALUE,
];

const BRANCHES: &[Column] = &[
    Column { key: "branch", meaning: "a part of demand" },
    Column { key: "parent", meaning: "the branch it is a part of" },
    col::REGION,
    col::COMMODITY,
    Column { key: "non_energy_use", meaning: "`true` where it is not burnt" },
    col::UNIT,
    col::YEAR,
    col::VALUE,
];

/// Every driver by region and year.
pub fn drivers<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let model = accounts.model;
    let mut sheet = Sheet::new("drivers", "What demand follows", DRIVERS);
    for driver in &model.demand_tree.drivers {
        for (region, values) in &driver.values {
            let region = region.map_or("", |region| &model.regions[region].name);
            for (year, value) in values.iter().enumerate() {
                sheet.row([
                    text(&driver.name),
                    text(region),
                    text(&driver.unit),
                    Cell::Year(milestone(model, year)),
                    Cell::Number(*value),
                ]);
            }
        }
    }
    sheet
}

/// What every branch needs, by region and year.
pub fn branches<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let model = accounts.model;
    let mut sheet = Sheet::new("demand_tree", "What demand is made of", BRANCHES);
    let branches = &model.demand_tree.branches;
    for branch in branches {
        let Some(commodity) = branch.commodity.map(|c| &model.commodities[c]) else { continue };
        let parent = branch.parent.map_or("", |parent| branches[parent].name.as_str());
        for (region, annual) in &branch.annual {
            for (year, value) in annual.iter().enumerate() {
                sheet.row([
                    text(&branch.name),
                    text(parent),
                    text(&model.regions[*region].name),
                    text(&commodity.name),
                    text(if branch.non_energy_use { "true" } else { "false" }),
                    text(yearly(commodity.unit())),
                    Cell::Year(milestone(model, year)),
                    Cell::Number(*value),
                ]);
            }
        }
    }
    sheet
}
