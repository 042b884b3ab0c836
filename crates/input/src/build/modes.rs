//! The ways a process runs: what it uses, makes, costs and emits.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::{CommodityIx, CommodityKind, EmissionIx, Gas, Mode, RegionIx, Series};

use super::{Build, flow};
use crate::maps;
use crate::reader::{Item, Reader};
use crate::registry::{ActivityOf, Amount, BySlice, Field, Key, Map, mode, process, root};
use crate::tree::{Node, Table, join};
use crate::units::Unit;
use crate::values::{At, is_reserved};

type Flows = Vec<(CommodityIx, Series)>;

/// Whether the activity of a process is the amount of its input.
fn is_of_input(process: &Item<'_>) -> bool {
    says_input(process.get(process::ACTIVITY_OF).and_then(Node::text))
}

/// The fields of a table that hold its flows by name.
type Maps = (Field<Map>, Field<Map>);

const OF_PROCESS: Maps = (process::INPUTS, process::OUTPUTS);
const OF_MODE: Maps = (mode::INPUTS, mode::OUTPUTS);

/// The one that begins with the commodity whose amount is the activity.
const fn telling((inputs, outputs): Maps, of_input: bool) -> Field<Map> {
    if of_input { inputs } else { outputs }
}

/// The commodity whose amount is the activity, of a process or of one of its modes.
fn first<'t>(item: &Item<'_>, table: &'t Table, maps: Maps) -> Option<&'t str> {
    let of_input = is_of_input(item);
    match table.get(&telling(maps, of_input).key()).and_then(Node::table) {
        Some(flows) => flows.keys().find(|key| !is_reserved(key)),
        None => {
            let one = if of_input { process::INPUT } else { process::OUTPUT };
            table.get(&one.key())?.text()
        }
    }
}

/// The heat value of the fuel that the activity is counted in; none if modes differ.
pub(super) fn heat(rd: &Reader<'_>, item: &Item<'_>) -> Option<Unit> {
    let modes = item.get(process::MODES).and_then(Node::table);
    let tables: Vec<(&Table, Maps)> = match modes {
        Some(modes) => {
            modes.iter().filter_map(|entry| Some((entry.node.table()?, OF_MODE))).collect()
        }
        None => vec![(item.table, OF_PROCESS)],
    };
    let mut named = tables.into_iter().map(|(table, maps)| first(item, table, maps));
    let commodity = named.next()??;
    named.all(|other| other == Some(commodity)).then(|| rd.sets.heat.get(commodity).copied())?
}

/// What the activity of a process is counted in: its first output, or its first input; `None`
/// where that is not known, or its modes differ.
pub(super) fn activity<'a>(rd: &mut Reader<'a>, item: &Item<'a>) -> Option<Amount> {
    let of_table = |rd: &mut Reader<'a>, table: &Table, maps: Maps| {
        let first = first(item, table, maps)?;
        let amount = rd.sets.amounts.get(first).copied();
        if amount.is_none() {
            // no such commodity, or none of a unit that could be read: reported elsewhere
            rd.fail_silently(item);
        }
        amount
    };
    let Some(modes) = item.get(process::MODES).and_then(Node::table) else {
        return of_table(rd, item.table, OF_PROCESS);
    };
    let mut found: Option<(Amount, &str)> = None;
    for entry in modes.iter() {
        let Some(amount) = entry.node.table().and_then(|mode| of_table(rd, mode, OF_MODE))
        else {
            continue;
        };
        match found {
            Some((first, name)) if first != amount => {
                let message = format!(
                    "the activity of mode `{name}` is in {}, that of `{}` in {}",
                    first.unit(),
                    entry.key,
                    amount.unit()
                );
                let map = telling(OF_MODE, is_of_input(item));
                let hint = format!("begin `{map}` of both with the same kind of commodity");
                let diagnostic =
                    Diagnostic::error("mixed-units", message, entry.key_span, "").hint(hint);
                rd.fail(item, diagnostic);
                return None;
            }
            _ => found = Some((amount, &entry.key)),
        }
    }
    found.map(|(amount, _)| amount)
}

/// Reads the modes of a process in a region.
pub(super) fn read<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    item: &Item<'a>,
    region: RegionIx,
) -> Vec<Mode> {
    if !item.has(process::MODES) {
        let flows = if item.has(process::INPUTS) || item.has(process::OUTPUTS) {
            by_maps(rd, build, item, OF_PROCESS, region)
        } else {
            by_efficiency(rd, build, item, region)
        };
        return flows
            .map(|flows| mode(rd, build, item, None, "main", flows, region))
            .into_iter()
            .collect();
    }
    let flows = [
        process::INPUT.key(),
        process::OUTPUT.key(),
        process::EFFICIENCY.key(),
        process::INPUTS.key(),
        process::OUTPUTS.key(),
    ];
    if let Some(field) = item.first_of(&flows) {
        let message = format!("`{}` has modes, so `{field}` belongs in them", item.path);
        let diagnostic =
            Diagnostic::error("modes-and-flows", message, item.place_of(field), "")
                .also(item.place_of(process::MODES), "its modes")
                .hint("move it into each mode as `inputs` and `outputs`");
        rd.fail(item, diagnostic);
        return Vec::new();
    }
    let Some(table) = item.get(process::MODES).and_then(crate::tree::Node::table) else {
        return Vec::new();
    };
    let mut modes = Vec::new();
    for entry in table.iter() {
        if !super::declare::is_good_name(rd, &entry.key, entry.key_span) {
            continue;
        }
        let path = join(&item.path_of(process::MODES), &entry.key);
        let Some(inner) = item.within(&mode::TABLE, path, entry) else { continue };
        if let Some(flows) = by_maps(rd, build, &inner, OF_MODE, region) {
            modes.push(mode(rd, build, item, Some(&inner), &entry.key, flows, region));
        }
    }
    modes
}

/// Reads what a mode has beside its flows; what it does not give, its process may.
fn mode<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    process: &Item<'a>,
    own: Option<&Item<'a>>,
    name: &str,
    (inputs, outputs): (Flows, Flows),
    region: RegionIx,
) -> Mode {
    let region_name = build.region(region).name.as_str();
    // what a mode does not give, its process may
    let giving = |field: Key| own.filter(|own| own.has(field));
    let variable_cost = match giving(mode::VARIABLE_COST.key()) {
        Some(own) => rd.series(own, mode::VARIABLE_COST, Some(region_name)),
        None => rd.series(process, process::VARIABLE_COST, Some(region_name)),
    };
    let capture = match giving(mode::CAPTURE.key()) {
        Some(own) => rd.series(own, mode::CAPTURE, Some(region_name)),
        None => rd.series(process, process::CAPTURE, Some(region_name)),
    };
    let removal = match giving(mode::REMOVAL.key()) {
        Some(own) => removal(rd, build, own, mode::REMOVAL, region_name),
        None => removal(rd, build, process, process::REMOVAL, region_name),
    };
    let own_emissions = match giving(mode::EMISSIONS.key()) {
        Some(own) => rd.map(own, mode::EMISSIONS, Some(region_name)),
        None => rd.map(process, process::EMISSIONS, Some(region_name)),
    };
    let mut emissions: Vec<(EmissionIx, Series)> = Vec::new();
    let row = process.get(process::FLOW).and_then(Node::text);
    let burns = flow::burns(&build.model, row, !outputs.is_empty());
    for (input, ratio) in inputs.iter().filter(|_| burns) {
        for (emission, factor) in build.factors_of(*input, region) {
            let mut value = factor.times(ratio);
            let gas = build.model.emissions[EmissionIx::new(*emission)].gas;
            if gas == Some(Gas::Co2)
                && let Some(capture) = &capture
            {
                value = value.times(&capture.map(|share| 1.0 - share));
            }
            if let Some((_, share)) = removal.iter().find(|(of, _)| of == emission) {
                value = value.times(&share.map(|share| 1.0 - share));
            }
            add(&mut emissions, EmissionIx::new(*emission), value);
        }
    }
    for (emission, value) in own_emissions {
        add(&mut emissions, EmissionIx::new(emission), value);
    }
    // what is captured, where it is a commodity: it counts as captured only if it is kept
    let captures = capture.as_ref().is_some_and(|share| share.range().1 > 0.0);
    let may_be_captured = |commodity: CommodityIx| {
        let commodity = &build.model.commodities[commodity];
        commodity.amount == Some(Amount::Mass)
            && matches!(commodity.kind, None | Some(CommodityKind::Carbon))
    };
    let to_be_used = (outputs.iter().skip(1))
        .map(|(commodity, _)| *commodity)
        .filter(|commodity| captures && may_be_captured(*commodity))
        .collect();
    let capacity_use = own.and_then(|own| rd.number(own, mode::CAPACITY_USE, None));
    Mode {
        inputs,
        outputs,
        variable_cost: variable_cost.unwrap_or(Series::Constant(0.0)),
        emissions,
        capacity_use: capacity_use.unwrap_or(1.0),
        to_be_used,
        ..Mode::new(name)
    }
}

/// Shares of emissions that are removed, by position of the emission.
fn removal<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    item: &Item<'a>,
    field: Field<Map>,
    region: &str,
) -> Vec<(usize, Series)> {
    if !item.has(field) {
        return Vec::new();
    }
    let shares = rd.map(item, field, Some(region));
    let is_co2 = |at: usize| build.model.emissions[EmissionIx::new(at)].gas == Some(Gas::Co2);
    if let Some((at, _)) = shares.iter().find(|(at, _)| is_co2(*at)) {
        let name = &build.model.emissions[EmissionIx::new(*at)].name;
        let message = format!("`{}` removes `{name}`, which is CO2", item.path);
        let diagnostic =
            Diagnostic::error("removal-of-co2", message, item.value_place(field), "")
                .hint("say `capture = 0.9`, so that what is captured is kept somewhere");
        rd.fail(item, diagnostic);
    }
    shares
}

/// Adds to what is emitted already, so that each emission is listed once.
fn add(emissions: &mut Vec<(EmissionIx, Series)>, emission: EmissionIx, value: Series) {
    match emissions.iter_mut().find(|(known, _)| *known == emission) {
        Some((_, sum)) => *sum = crate::numbers::plus(sum, &value),
        None => emissions.push((emission, value)),
    }
}

/// `inputs` and `outputs`.
fn by_maps<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    item: &Item<'a>,
    maps: Maps,
    region: RegionIx,
) -> Option<(Flows, Flows)> {
    let short = [process::INPUT.key(), process::OUTPUT.key(), process::EFFICIENCY.key()];
    let short: &[Key] = if is_mode(item) { &[] } else { &short };
    if let Some(field) = item.first_of(short) {
        let map = if item.has(maps.0) { maps.0 } else { maps.1 };
        let message = format!("`{field}` cannot be given beside `{map}`");
        let diagnostic = Diagnostic::error("both-given", message, item.place_of(field), "")
            .also(item.place_of(map), "")
            .hint("write all flows in `inputs` and `outputs`, per unit of activity");
        rd.fail(item, diagnostic);
        return None;
    }
    let region_name = build.region(region).name.clone();
    let before = rd.mistakes;
    let read = |rd: &mut Reader<'a>, field: Field<Map>| -> Flows {
        let map =
            if item.has(field) { rd.map(item, field, Some(&region_name)) } else { vec![] };
        map.into_iter().map(|(at, ratio)| (CommodityIx::new(at), ratio)).collect()
    };
    let (inputs, outputs) = (read(rd, maps.0), read(rd, maps.1));
    if rd.mistakes > before {
        return None;
    }
    let of_input = activity_of_input(rd, item);
    let field = telling(maps, of_input);
    let flows = if of_input { &inputs } else { &outputs };
    let Some((commodity, ratio)) = flows.first() else {
        let message =
            format!("`{}` has no `{field}`, so nothing measures its activity", item.path);
        let hint = if of_input {
            "name what it uses: `inputs = { … = 1 }`"
        } else {
            "name what it makes: `outputs = { … = 1 }`, or write `activity_of = \"input\"`"
        };
        let diagnostic = Diagnostic::error("no-activity", message, item.place, "").hint(hint);
        rd.fail_missing(item, diagnostic);
        return None;
    };
    let (low, high) = ratio.range();
    if (low - 1.0).abs() > 1e-9 || (high - 1.0).abs() > 1e-9 {
        let name = &build.model.commodities[*commodity].name;
        let message = format!("`{name}` is the first of `{field}`, so its ratio must be 1");
        let diagnostic =
            Diagnostic::error("first-flow-not-one", message, item.value_place(field), "")
                .hint("activity is its amount: divide all inputs and outputs by its ratio");
        rd.fail(item, diagnostic);
        return None;
    }
    Some((inputs, outputs))
}

/// Whether an item is a mode of a process, and not the process itself.
fn is_mode(item: &Item<'_>) -> bool {
    std::ptr::eq(item.kind, &raw const mode::TABLE)
}

/// Whether activity is the amount of an input, of a process or of one of its modes.
fn activity_of_input<'a>(rd: &mut Reader<'a>, item: &Item<'a>) -> bool {
    if !is_mode(item) {
        return says_input(rd.choice(item, process::ACTIVITY_OF));
    }
    // a mode: its process says
    let name = item.owner.split('.').nth(1).unwrap_or_default();
    let process = rd.collection(root::PROCESSES).and_then(|table| table.get(name)?.table());
    says_input(process.and_then(|process| process.get(&process::ACTIVITY_OF.key())?.text()))
}

fn says_input(word: Option<&str>) -> bool {
    word.and_then(ActivityOf::named) == Some(ActivityOf::Input)
}

/// Output for each unit of input, which are the same where nothing else is said.
fn efficiency<'a>(
    rd: &mut Reader<'a>,
    item: &Item<'a>,
    input: Option<CommodityIx>,
    output: Option<CommodityIx>,
    region: &str,
) -> Option<Series> {
    let BySlice(quantity) = process::EFFICIENCY.holds;
    let amount = |rd: &Reader<'_>, commodity: Option<CommodityIx>| {
        rd.sets.amounts.get(&rd.sets.commodities[commodity?.get()]).copied()
    };
    let (output, input) = (amount(rd, output), amount(rd, input));
    if output.is_none() || input.is_none() {
        // not given, or reported where the commodity is
        return rd.node(item, process::EFFICIENCY).map(|_| Series::Constant(1.0));
    }
    let quantity = maps::flow(quantity, output, input);
    let node = rd.node(item, process::EFFICIENCY)?;
    let path = item.path_of(process::EFFICIENCY);
    let (field, region) = (process::EFFICIENCY.name(), Some(region));
    rd.resolve(&At { item, field, quantity, path, region, from_first: false }, node)
}

/// `input`, `output` and `efficiency`.
fn by_efficiency<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    item: &Item<'a>,
    region: RegionIx,
) -> Option<(Flows, Flows)> {
    let before = rd.mistakes;
    let input = rd.name(item, process::INPUT).map(|(at, _)| CommodityIx::new(at));
    let output = rd.name(item, process::OUTPUT).map(|(at, _)| CommodityIx::new(at));
    let of_input = says_input(rd.choice(item, process::ACTIVITY_OF));
    let region_name = build.region(region).name.as_str();
    let efficiency = efficiency(rd, item, input, output, region_name);
    if rd.mistakes > before {
        // that one is missing has nothing to do with what is wrong with the others
        if item.has(process::INPUT)
            && item.has(process::OUTPUT)
            && !item.has(process::EFFICIENCY)
        {
            no_efficiency(rd, item);
        }
        return None;
    }
    let one = || Series::Constant(1.0);
    let problem = match (input, output, efficiency) {
        (Some(input), Some(output), Some(efficiency)) => {
            return Some(if of_input {
                (vec![(input, one())], vec![(output, efficiency)])
            } else {
                (vec![(input, efficiency.map(|value| 1.0 / value))], vec![(output, one())])
            });
        }
        (None, Some(output), None) if !of_input => {
            return Some((Vec::new(), vec![(output, one())]));
        }
        (Some(input), None, None) if of_input => {
            return Some((vec![(input, one())], Vec::new()));
        }
        (Some(_), Some(_), None) => {
            no_efficiency(rd, item);
            return None;
        }
        (_, _, Some(_)) => (
            "efficiency-of-nothing",
            format!("`{}` has an `efficiency` but not both `input` and `output`", item.path),
            "name both, or leave `efficiency` out",
        ),
        (Some(_), None, None) => (
            "no-activity",
            format!("`{}` has no `output`, so nothing measures its activity", item.path),
            "name its output, or write `activity_of = \"input\"` for an export or an end use",
        ),
        (None, _, None) => (
            "no-activity",
            format!("`{}` neither uses nor makes anything", item.path),
            "add `input` and `output`, or `inputs` and `outputs`",
        ),
    };
    let (code, message, hint) = problem;
    let place = if code == "efficiency-of-nothing" {
        item.place_of(process::EFFICIENCY)
    } else {
        item.place
    };
    rd.fail_missing(item, Diagnostic::error(code, message, place, "").hint(hint));
    None
}

fn no_efficiency(rd: &mut Reader<'_>, item: &Item<'_>) {
    let message = format!("`{}` has an input and an output but no `efficiency`", item.path);
    let hint = "add `efficiency`: output for each unit of input; 1 if nothing is lost";
    let diagnostic = Diagnostic::error("missing-field", message, item.place, "").hint(hint);
    rd.fail_missing(item, diagnostic);
}
