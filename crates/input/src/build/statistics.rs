//! Statistics that the plan is held against.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::statistics::{Measured, Statistic};
use kzleap_model::{CommodityIx, Demand, EmissionIx, ProcessIx, RowKind, YearIx};

use super::Build;
use super::declare::{belongs, label};
use super::limits::capacities;
use crate::measure::in_energy;
use crate::reader::{Item, Reader};
use crate::registry::{
    Amount, Dimension, Key, Measure, Number, Quantity, branch, root, statistic,
};
use crate::tree::Value;
use crate::units::Unit;
use crate::values::At;

/// What may say which part of a quantity is meant, by quantity.
const SELECTORS: &[(Measure, &[Key])] = &[
    (Measure::Supply, &[statistic::FLOWS.key(), statistic::COMMODITIES.key()]),
    (Measure::Use, &[statistic::FLOWS.key(), statistic::COMMODITIES.key()]),
    (
        Measure::Generation,
        &[
            statistic::COMMODITIES.key(),
            statistic::CATEGORIES.key(),
            statistic::PROCESSES.key(),
        ],
    ),
    (
        Measure::Emissions,
        &[
            statistic::EMISSION.key(),
            statistic::FLOWS.key(),
            statistic::CATEGORIES.key(),
            statistic::PROCESSES.key(),
        ],
    ),
    (Measure::Capacity, &[statistic::CATEGORIES.key(), statistic::PROCESSES.key()]),
];

/// Rows of a balance that no process and no branch names.
const OTHER_ROWS: &[&str] = &[
    RowKind::Exchange.text(),
    RowKind::Surplus.text(),
    RowKind::LINK_LOSSES,
    RowKind::STORAGE_LOSSES,
    Demand::ROW,
];

/// Reads all of them.
pub(super) fn read(rd: &mut Reader<'_>, build: &mut Build) {
    rd.sets.flows = rows(rd, build).into_iter().collect();
    for item in rd.items(root::STATISTICS) {
        if let Some(statistic) = statistic(rd, build, item) {
            build.model.statistics.push(statistic);
        }
    }
}

/// Every row of the balance, and every row above one.
fn rows(rd: &Reader<'_>, build: &Build) -> Vec<String> {
    let model = &build.model;
    let mut rows: Vec<String> =
        RowKind::OF_PROCESSES.iter().map(|row| row.text().to_owned()).collect();
    let of_processes = model.processes.iter().map(|process| model.flow_of(process));
    let branches = rd.items(root::BRANCHES);
    let of_branches = branches.iter().filter_map(|item| item.get(branch::FLOW)?.text());
    let of_branches = of_branches.map(Into::into);
    let others = OTHER_ROWS.iter().map(|row| (*row).into());
    for row in of_processes.chain(of_branches).chain(others) {
        for (end, _) in row.match_indices('/').chain([(row.len(), "")]) {
            rows.push(row[..end].to_owned());
        }
    }
    rows.sort();
    rows.dedup();
    rows
}

fn statistic<'a>(rd: &mut Reader<'a>, build: &Build, mut item: Item<'a>) -> Option<Statistic> {
    let before = rd.diags.error_count();
    super::declare::is_good_name(rd, item.name, item.place);
    let label = label(rd, &item, statistic::LABEL);
    let quantity = rd.choice(&item, statistic::QUANTITY).and_then(Measure::named);
    let year = year(rd, build, &item);
    let tolerance = rd.number(&item, statistic::TOLERANCE, None);
    if !item.has(statistic::TOLERANCE) {
        rd.missing(&item, statistic::TOLERANCE);
    }
    let quantity = quantity?;
    fits(rd, &item, quantity);
    let of = measured(rd, build, &mut item, quantity);
    let regions = build.regions_of(rd, &item, statistic::REGIONS);
    let dimension = match quantity {
        Measure::Emissions => Dimension::EmissionPerYear,
        Measure::Capacity => Dimension::Capacity,
        _ => Dimension::AmountPerYear,
    };
    // what is measured decides which units there are
    let of = of?;
    let (value, unit, factor) = value(rd, &item, dimension)?;
    if rd.diags.error_count() > before {
        return None;
    }
    let name = item.name.to_owned();
    let (year, tolerance) = (year?, tolerance?);
    Some(Statistic { name, label, of, regions, year, value, unit, factor, tolerance })
}

/// The milestone year it is about; in a model without it there is nothing to compare.
fn year<'a>(rd: &mut Reader<'a>, build: &Build, item: &Item<'a>) -> Option<YearIx> {
    if !item.has(statistic::YEAR) {
        rd.missing(item, statistic::YEAR);
    }
    let given = rd.number(item, statistic::YEAR, None)?;
    let years = &build.model.time.years;
    #[expect(clippy::float_cmp, reason = "both are whole numbers")]
    let found = years.position(|year| f64::from(year.milestone) == given);
    if found.is_none() && !rd.sets.years_unknown {
        let message = format!("`{}` is about {given}, which is no milestone year", item.path);
        let place = item.value_place(statistic::YEAR);
        let diagnostic = Diagnostic::warning("outside-horizon", message, place, "")
            .hint("it is compared with nothing");
        rd.diags.push(diagnostic);
    }
    found
}

/// Whether everything said of it belongs to what it measures.
fn fits(rd: &mut Reader<'_>, item: &Item<'_>, quantity: Measure) {
    let all: Vec<Key> = SELECTORS.iter().flat_map(|(_, fields)| *fields).copied().collect();
    let own = SELECTORS.iter().find(|(one, _)| *one == quantity).map_or(&[][..], |(_, f)| f);
    belongs(rd, item, &all, own, &format!("quantity = \"{}\"", quantity.text()));
}

fn measured<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    item: &mut Item<'a>,
    quantity: Measure,
) -> Option<Measured> {
    match quantity {
        Measure::Capacity => {
            let capacities = capacities(rd, build, item, &statistic::MEMBERS)?;
            Some(Measured::Capacity { capacities })
        }
        Measure::Emissions => {
            if !item.has(statistic::EMISSION) {
                rd.missing(item, statistic::EMISSION);
            }
            let emission =
                rd.name(item, statistic::EMISSION).map(|(at, _)| EmissionIx::new(at));
            let flows = flows(rd, item);
            let mut processes = processes(rd, build, item)?;
            let counts = |row: &str| {
                let all = flows.as_ref();
                all.is_none_or(|all| all.iter().any(|flow| is_within(row, flow)))
            };
            let model = &build.model;
            processes.retain(|p| counts(&model.flow_of(&model.processes[*p])));
            let mut rows: Vec<String> = Vec::new();
            // who is named is a process
            if !item.has(statistic::PROCESSES) && !item.has(statistic::CATEGORIES) {
                let burnt = model.demands.iter().filter(|demand| !demand.emissions.is_empty());
                rows.extend(burnt.map(|demand| demand.flow.clone()));
                rows.sort_unstable();
                rows.dedup();
                rows.retain(|row| counts(row));
            }
            Some(Measured::Emissions { emission: emission?, processes, rows })
        }
        Measure::Generation => {
            let commodities = commodities(rd, build, item);
            let processes = processes(rd, build, item)?;
            Some(Measured::Generation { commodities: commodities?, processes })
        }
        _ => {
            if !item.has(statistic::FLOWS) {
                rd.missing(item, statistic::FLOWS);
            }
            let flows = flows(rd, item);
            let commodities = commodities(rd, build, item)?;
            let flows = flows?;
            Some(match quantity {
                Measure::Supply => Measured::Supply { commodities, flows },
                _ => Measured::Use { commodities, flows },
            })
        }
    }
}

/// Whether a row of the balance is this one or is below it.
fn is_within(row: &str, flow: &str) -> bool {
    row.strip_prefix(flow).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn flows<'a>(rd: &mut Reader<'a>, item: &Item<'a>) -> Option<Vec<String>> {
    if !item.has(statistic::FLOWS) {
        return None;
    }
    let names = rd.names(item, statistic::FLOWS)?;
    Some(names.into_iter().map(|(name, _)| name.to_owned()).collect())
}

/// The processes it speaks of: those it names, or all in its regions.
fn processes<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    item: &Item<'a>,
) -> Option<Vec<ProcessIx>> {
    if item.has(statistic::PROCESSES) || item.has(statistic::CATEGORIES) {
        return build.members(rd, item, &statistic::MEMBERS);
    }
    let regions = build.regions_of(rd, item, statistic::REGIONS);
    let within = |(_, process): &(_, &kzleap_model::Process)| regions.contains(&process.region);
    Some(build.model.processes.iter_ix().filter(within).map(|(ix, _)| ix).collect())
}

/// The commodities it speaks of, all counted in the same unit, which the item takes on.
fn commodities<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    item: &mut Item<'a>,
) -> Option<Vec<CommodityIx>> {
    let model = &build.model;
    if !item.has(statistic::COMMODITIES) {
        let energy = model.commodities.iter_ix().filter(|(_, commodity)| commodity.is_energy());
        return Some(energy.map(|(ix, _)| ix).collect());
    }
    let named: Vec<CommodityIx> = rd
        .names(item, statistic::COMMODITIES)?
        .into_iter()
        .filter_map(|(name, _)| model.commodities.position(|c| c.name == name))
        .collect();
    let amount = |c: &CommodityIx| rd.sets.amounts.get(&model.commodities[*c].name).copied();
    let amounts: Vec<Amount> = named.iter().filter_map(amount).collect();
    let first = *amounts.first()?;
    if let Some(other) = amounts.iter().find(|amount| **amount != first) {
        let message = format!(
            "some of these commodities are in {}, others in {}",
            first.unit(),
            other.unit()
        );
        let place = item.value_place(statistic::COMMODITIES);
        let diagnostic = Diagnostic::error("mixed-units", message, place, "")
            .hint("compare them apart: they cannot be added up");
        rd.fail(item, diagnostic);
        return None;
    }
    item.amount = Some(first);
    if let [one] = named[..] {
        item.heat = rd.sets.heat.get(&model.commodities[one].name).copied();
    }
    Some(named)
}

/// What statistics say in the unit it is given in, the unit, and what one of the unit the model
/// keeps is in it.
fn value<'a>(
    rd: &mut Reader<'a>,
    item: &Item<'a>,
    dimension: Dimension,
) -> Option<(f64, String, f64)> {
    if !item.has(statistic::UNIT) {
        rd.missing(item, statistic::UNIT);
    }
    let unit = rd.text(item, statistic::UNIT);
    let node = rd.plain(item, statistic::VALUE)?;
    let unit = unit?;
    let Value::Number(given) = node.value else {
        rd.wrong_type(item, statistic::VALUE, node, "a number");
        return None;
    };
    let Number(listed) = statistic::VALUE.holds;
    let quantity = Quantity { dimension, ..listed };
    let path = item.path_of(statistic::VALUE);
    let at = At {
        item,
        field: statistic::VALUE.name(),
        quantity,
        path,
        region: None,
        from_first: false,
    };
    rd.leaf(&at, given, node.span, Some((unit, item.value_place(statistic::UNIT))))?;
    let written: Unit = rd.parse_unit(unit).ok()?;
    let amount = item.amount.unwrap_or(Amount::Energy);
    let by_heat = item.heat.and_then(|heat| in_energy(dimension, written, heat));
    let of_kept = dimension.units(amount, item.unit).into_iter().find_map(|(_, kept)| {
        let kept = rd.own_unit(&kept)?;
        let same = |unit: &Unit| unit.powers == kept.powers;
        Some(kept.to(Some(written).filter(same).or_else(|| by_heat.filter(same))?))
    })?;
    Some((given, unit.to_owned(), of_kept.apply(1.0)))
}
