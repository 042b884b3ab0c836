//! Charts of the energy balance: primary energy by fuel, trade, final energy by sector and fuel.

use kzleap_accounts::Accounts;
use kzleap_accounts::balance::Entry;
use kzleap_accounts::flows::Side;
use kzleap_accounts::sectors;
use kzleap_model::{CommodityIx, Family, Model, Process, RowKind};
use kzleap_page::{Choice, Section, Unit};

use super::chart::{ByPeriod, Values, by_period};
use super::colours::{Colours, Group, Thing};
use super::energy::NOT_USED;
use crate::kinds::{self, Kind, Source};

const UNIT: &str = "PJ";
const TABLE: &str = "tables/balance.csv";

/// What people call a carrier: networks and voltages of electricity and heat are one.
pub(super) fn carrier(model: &Model, commodity: CommodityIx) -> &str {
    match Kind::of(model, commodity) {
        Some(Kind::Electricity) => "electricity",
        Some(Kind::Heat) => "heat",
        _ => &model.commodities[commodity].label,
    }
}

/// One colour for each carrier.
fn colours(model: &Model) -> Colours {
    let energy = |c: &CommodityIx| {
        model.commodities[*c].is_energy() && !super::energy::is_service(model, *c)
    };
    let carriers = model.commodities.ixs().filter(energy).map(|c| {
        let commodity = &model.commodities[c];
        let (group, colour) = match Kind::of(model, c) {
            Some(Kind::Electricity) => (Some(Family::Electric), None),
            Some(Kind::Heat) => (Some(Family::Heat), None),
            _ => (commodity.family, commodity.colour.as_deref()),
        };
        Thing { colour, ..Thing::new(carrier(model, c), group.map(Group::Family)) }
    });
    Colours::new(carriers)
}

/// Whether it is a plant that needs no fuel: wind, sun, a river.
fn is_plant_of_nothing(model: &Model, process: &Process) -> bool {
    process.modes.iter().all(|mode| mode.inputs.is_empty())
        && RowKind::of(&model.flow_of(process)) == Some(RowKind::Transformation)
}

/// Calls `visit` with every number of the balance of energy of a region.
fn each_entry<'a>(accounts: &'a Accounts<'_>, mut visit: impl FnMut(&'a Entry)) {
    let (model, entries) = (accounts.model, accounts.energy_balance());
    let energy = |entry: &&Entry| model.commodities[entry.commodity].is_energy();
    entries.iter().filter(|entry| entry.region.is_some()).filter(energy).for_each(&mut visit);
}

/// What a commodity is in primary energy: its source, so that a fuel has one name and one colour
/// from the ground to the market.
pub(super) fn source(model: &Model, commodity: CommodityIx) -> &str {
    match Kind::of(model, commodity) {
        Some(Kind::Fuel(source, _) | Kind::Direct(source)) => source.name(),
        _ => carrier(model, commodity),
    }
}

/// What a plant that needs no fuel counts as.
fn source_of_plant<'a>(model: &'a Model, process: &'a Process) -> &'a str {
    let family = model.category(&process.category).and_then(|category| category.family);
    let family = process.family.or(family);
    family.and_then(kinds::source_of).map_or(process.category.as_str(), |source| source.name())
}

/// One colour for each source.
pub(super) fn source_colours(model: &Model) -> Colours {
    let energy = |c: &CommodityIx| model.commodities[*c].is_energy();
    let known = Source::ALL.iter().filter_map(|source| {
        Some(Thing::new(source.name(), Some(Group::Family(source.family()?))))
    });
    let carriers = model.commodities.ixs().filter(energy).map(|c| {
        let family = match Kind::of(model, c) {
            Some(Kind::Electricity) => Some(Family::Electric),
            Some(Kind::Heat) => Some(Family::Heat),
            _ => model.commodities[c].family,
        };
        Thing::new(source(model, c), family.map(Group::Family))
    });
    Colours::new(known.chain(carriers).chain([Thing::new(NOT_USED, Some(Group::Surplus))]))
}

/// Primary energy, imports less exports, and final energy of all domestic regions by year, PJ.
pub(super) fn totals(accounts: &Accounts<'_>) -> [Vec<f64>; 3] {
    let years = accounts.model.time.years.len();
    let mut sums = [vec![0.0; years], vec![0.0; years], vec![0.0; years]];
    each_entry(accounts, |entry| {
        let row = RowKind::of(&entry.flow);
        if row.is_some_and(RowKind::is_supply) {
            sums[0][entry.year] += entry.value;
        }
        if matches!(row, Some(RowKind::Import | RowKind::Export)) {
            sums[1][entry.year] += entry.value;
        }
        if sectors::of_final_use(&entry.flow).is_some() {
            sums[2][entry.year] -= entry.value;
        }
    });
    each_of_nothing(accounts, |_, _, year, amount| sums[0][year] += amount);
    // what is made and not used does not count
    each_entry(accounts, |entry| {
        if RowKind::of(&entry.flow) == Some(RowKind::Surplus) {
            sums[0][entry.year] += entry.value;
        }
    });
    sums
}

/// Whether a number of the balance is electricity or heat that plants make of nothing, which counts
/// by plant: wind is no carrier.
fn is_made_by_plants(model: &Model, entry: &Entry) -> bool {
    let kind = Kind::of(model, entry.commodity);
    RowKind::of(&entry.flow) == Some(RowKind::Production)
        && matches!(kind, Some(Kind::Electricity | Kind::Heat))
}

/// Calls `visit` with what plants make without a fuel, in whichever row of the balance they stand.
fn each_of_plants(
    accounts: &Accounts<'_>,
    mut visit: impl FnMut(&Process, kzleap_model::RegionIx, usize, f64),
) {
    each_of_nothing(accounts, &mut visit);
    let model = accounts.model;
    for (flow, amount) in accounts.annual_flows(Side::Outputs) {
        let process = &model.processes[flow.process];
        let kind = Kind::of(model, flow.commodity);
        let is_production = RowKind::of(&model.flow_of(process)) == Some(RowKind::Production);
        let region = model.network.home(process.region);
        if is_production
            && matches!(kind, Some(Kind::Electricity | Kind::Heat))
            && model.regions[region].domestic
        {
            visit(process, region, flow.year, *amount);
        }
    }
}

/// Calls `visit` with what plants make without a fuel in domestic regions: wind, sun, rivers.
fn each_of_nothing(
    accounts: &Accounts<'_>,
    mut visit: impl FnMut(&Process, kzleap_model::RegionIx, usize, f64),
) {
    let model = accounts.model;
    for (flow, amount) in accounts.annual_flows(Side::Outputs) {
        let process = &model.processes[flow.process];
        let is_energy = model.commodities[flow.commodity].is_energy();
        let region = model.network.home(process.region);
        if is_energy && is_plant_of_nothing(model, process) && model.regions[region].domestic {
            visit(process, region, flow.year, *amount);
        }
    }
}

/// Primary energy by source, and trade.
pub(super) fn primary(accounts: &Accounts<'_>) -> Section {
    let model = accounts.model;
    let colours = source_colours(model);
    let years = model.time.years.len();
    let (mut supply, mut trade) = (Values::new(model, years), Values::new(model, years));
    each_entry(accounts, |entry| {
        let Some(region) = entry.region else { return };
        let row = RowKind::of(&entry.flow);
        let is_supply = row.is_some_and(RowKind::is_supply);
        let name = source(model, entry.commodity);
        if is_supply && !is_made_by_plants(model, entry) {
            supply.add(model, name, region, entry.year, entry.value);
        }
        if row == Some(RowKind::Surplus) {
            supply.add(model, NOT_USED, region, entry.year, entry.value);
        }
        if is_supply && row != Some(RowKind::Production) {
            trade.add(model, name, region, entry.year, entry.value);
        }
    });
    each_of_plants(accounts, |process, region, year, amount| {
        supply.add(model, source_of_plant(model, process), region, year, amount);
    });
    let mut by_source = by_period(
        model,
        "primary-supply",
        "Primary energy by source",
        Unit::amount_a_year(UNIT),
    );
    by_source.note =
        "Production and imports less exports. Electricity and heat made without a \
                      fuel count as what they are. What is made and not used is below zero \
                      and does not count."
            .to_owned();
    by_source.stack(model, &supply, &colours, 1.0);
    let mut traded =
        by_period(model, "primary-trade", "Imports and exports", Unit::amount_a_year(UNIT));
    traded.note = "Net, by source: what comes in above zero, what leaves below. For a region, \
                   with what it exchanges with others."
        .to_owned();
    traded.stack(model, &trade, &colours, 1.0);
    let mut charts = vec![by_source, traded];
    for chart in &mut charts {
        chart.csv = TABLE;
        "resources".clone_into(&mut chart.query);
    }
    Section::new("primary", "Primary energy", charts)
}

/// Final energy by sector and by carrier, and each sector by carrier.
///
/// `palette` has the colours of sectors.
pub(super) fn final_use(accounts: &Accounts<'_>, palette: &Colours) -> Section {
    let model = accounts.model;
    let colours = colours(model);
    let years = model.time.years.len();
    let mut by_sector = Values::new(model, years);
    let mut by_carrier = Values::new(model, years);
    let mut within: Vec<(&str, Values)> = Vec::new();
    each_entry(accounts, |entry| {
        let (Some(region), Some(sector)) = (entry.region, sectors::of_final_use(&entry.flow))
        else {
            return;
        };
        let name = carrier(model, entry.commodity);
        by_sector.add(model, sector, region, entry.year, -entry.value);
        by_carrier.add(model, name, region, entry.year, -entry.value);
        let at = within.iter().position(|(known, _)| *known == sector);
        let at = at.unwrap_or_else(|| {
            within.push((sector, Values::new(model, years)));
            within.len() - 1
        });
        within[at].1.add(model, name, region, entry.year, -entry.value);
    });
    let note =
        "What end users take; useful heat and services made of it are not counted again.";
    let chart = |id: String, title: &str, values: &Values, colours: &Colours| {
        let mut chart = by_period(model, id, title, Unit::amount_a_year(UNIT));
        chart.note = note.to_owned();
        chart.csv = TABLE;
        chart.stack(model, values, colours, 1.0);
        chart
    };
    let several = within.len() > 1;
    let mut charts = Vec::new();
    if several {
        let title = "Final energy by sector";
        charts.push(chart("final-sectors".to_owned(), title, &by_sector, palette));
    }
    // one carrier for one sector needs no picture
    if several || by_carrier.names(&colours).len() > 1 {
        let title = "Final energy by carrier";
        charts.push(chart("final-carriers".to_owned(), title, &by_carrier, &colours));
    }
    let mut options = Vec::new();
    if several {
        // the largest first
        let size = |values: &Values| values.totals().iter().sum::<f64>();
        within.sort_by(|a, b| size(&b.1).total_cmp(&size(&a.1)));
        for (sector, values) in &within {
            let title = format!("{}: by carrier", palette.label(sector));
            let slug: String = sector.chars().filter(|c| c.is_alphanumeric()).collect();
            let mut chart = chart(format!("final-{slug}"), &title, values, &colours);
            chart.query = RowKind::Final.part(sector);
            options.push(Choice::new(palette.label(sector), "", vec![chart]));
        }
    }
    let section = Section::new("final", "Final energy", charts);
    section.with("Sector", options)
}
