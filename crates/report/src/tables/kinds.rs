//! `kinds`: what the names in the other tables are, whatever language they are in.

use kzleap_accounts::Accounts;
use kzleap_model::{Family, Model};

use crate::sheet::{Column, Sheet, text};

const COLUMNS: &[Column] = &[
    Column {
        key: "of",
        meaning: "`commodity`, `emission`, `category`, `process`, `sector`, `driver`, `constraint` or `indicator`",
    },
    Column { key: "name", meaning: "as other tables have it" },
    Column { key: "label", meaning: "as people read it" },
    Column {
        key: "kind",
        meaning: "what it is, if the model says so; of an emission its gas, of a process the \
                  first word of its row of the energy balance",
    },
    Column { key: "family", meaning: "which fuel it is, or what it works with" },
    Column { key: "unit", meaning: "what amounts of it are in" },
];

/// What every thing is, in the order of the model.
pub fn sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let model = accounts.model;
    let mut sheet = Sheet::new("kinds", "What things are", COLUMNS);
    let family = |family: Option<Family>| text(family.map_or("", Family::text));
    for commodity in model.commodities.iter() {
        sheet.row([
            text("commodity"),
            text(&commodity.name),
            text(&commodity.label),
            text(commodity.kind.map_or("", |kind| kind.text())),
            family(commodity.family),
            text(commodity.unit()),
        ]);
    }
    for emission in model.emissions.iter() {
        sheet.row([
            text("emission"),
            text(&emission.name),
            text(&emission.label),
            text(emission.gas.map_or("", |gas| gas.text())),
            text(""),
            text(emission.unit_text()),
        ]);
    }
    for category in &model.categories {
        sheet.row([
            text("category"),
            text(&category.name),
            text(&category.label),
            text(""),
            family(category.family),
            text(""),
        ]);
    }
    let mut seen = std::collections::BTreeSet::new();
    for process in model.processes.iter().filter(|process| seen.insert(&process.name)) {
        let row = model.flow_of(process);
        sheet.row([
            text("process"),
            text(&process.name),
            text(&process.label),
            text(row.split('/').next().unwrap_or_default().to_owned()),
            family(process.family),
            text(""),
        ]);
    }
    for sector in &model.sectors {
        sheet.row([
            text("sector"),
            text(&sector.name),
            text(&sector.label),
            text(sector.kind.map_or("", |kind| kind.text())),
            text(""),
            text(""),
        ]);
    }
    for driver in &model.demand_tree.drivers {
        sheet.row([
            text("driver"),
            text(&driver.name),
            text(&driver.label),
            text(driver.kind.map_or("", |kind| kind.text())),
            text(""),
            text(&driver.unit),
        ]);
    }
    add_rules(&mut sheet, model);
    sheet
}

/// Constraints and indicators, with the unit of their sums.
fn add_rules<'a>(sheet: &mut Sheet<'a>, model: &'a Model) {
    let mut seen = std::collections::BTreeSet::new();
    let stated = model.user_rows.iter().filter_map(|row| Some((row, row.stated.as_ref()?)));
    for (row, stated) in stated {
        let of = if row.is_indicator() { "indicator" } else { "constraint" };
        if seen.insert((of, &row.name)) {
            sheet.row([
                text(of),
                text(&row.name),
                text(&row.label),
                text(""),
                text(""),
                text(&stated.unit),
            ]);
        }
    }
}
