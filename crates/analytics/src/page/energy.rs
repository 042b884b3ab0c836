//! Pictures of energy: supply and shares over the years, and the flows of one year.

use std::collections::BTreeMap;

use kzleap_page::{
    ALL, Axis, ChartSpec, Flows as FlowsPicture, Mark, Picture, Room, Trace, Unit,
};
use kzleap_report::page::{Colours, Group, Thing, title};

use crate::balance::{Balance, TWH};
use crate::fuel::Fuel;
use crate::row::{Row, detail};

/// Below this share of all that flows a ribbon is left out.
const THIN: f64 = 0.002;

/// One colour for each family of fuels.
pub(super) fn colours() -> Colours {
    let thing = |fuel: &Fuel| Thing::new(fuel.name(), fuel.family().map(Group::Family));
    Colours::new(Fuel::ALL.iter().map(thing))
}

/// A sum by family of fuels in a year.
type Sums = BTreeMap<i32, BTreeMap<Fuel, f64>>;

fn sums(balance: &Balance<'_>, of: impl Fn(i32) -> Option<BTreeMap<Fuel, f64>>) -> Sums {
    balance.years().filter_map(|year| Some((year, of(year)?))).collect()
}

/// Primary energy, final use and electricity, by fuel.
pub(super) fn mixes(balance: &Balance<'_>) -> Vec<ChartSpec> {
    let primary = sums(balance, |year| balance.primary(year));
    let final_use = sums(balance, |year| balance.final_use(year));
    let generation = sums(balance, |year| balance.generation(year));
    let told = |sums: Sums| -> Sums {
        sums.into_iter().filter(|(_, parts)| parts.len() > 1).collect()
    };
    let generation = told(generation);
    let note = "Supply after trade, bunkers and stocks. Electricity of water, wind and sun counts \
                as what it is, unless the source counts it as the fuel it saves.";
    let rest = if balance.last_whole_year().is_some() { "Other" } else { UNTOLD };
    let of_use = "What end users take, non-energy use with it.";
    let mut all = Vec::new();
    if primary.len() == 1 && final_use.len() <= 1 {
        // one year is no history: both sums stand in one picture
        let columns = primary.values().map(|parts| ("Primary energy".to_owned(), parts));
        let columns = columns.chain(final_use.values().map(|p| ("Final use".to_owned(), p)));
        let note = format!("{note} {of_use}");
        let heading = "Primary energy and final use";
        let columns = columns.collect();
        let mut mix = stack("mix", heading, &note, &columns, Shown::PJ, rest);
        mix.room = Room::Wide;
        all.push(mix);
    } else {
        let share = "Each family of fuels in the sum beside; below zero what is sent away as a product.";
        let note = match rest {
            UNTOLD => format!("{note} {}", in_sum_only(&primary)),
            _ => note.to_owned(),
        };
        all.push(stack(
            "primary",
            "Primary energy",
            &note,
            &by_year(&primary),
            Shown::PJ,
            rest,
        ));
        all.push(stack(
            "shares",
            "Shares in primary energy",
            share,
            &by_year(&primary),
            Shown::Share,
            rest,
        ));
        let note = match rest {
            UNTOLD => format!("{of_use} {}", in_sum_only(&final_use)),
            _ => of_use.to_owned(),
        };
        all.push(stack("final", "Final use", &note, &by_year(&final_use), Shown::PJ, rest));
    }
    let given = balance.entries.iter().any(|entry| entry.row == Row::Generation);
    let (note, rest) = if given {
        ("Electricity by what it is made of, own use of plants with it.", "Other")
    } else {
        ("Electricity by source. A balance does not distinguish fuels.", "Fuels")
    };
    all.push(stack(
        "generation",
        "Electricity made",
        note,
        &by_year(&generation),
        Shown::TWh,
        rest,
    ));
    all.retain(|chart| !chart.is_empty());
    all
}

/// Bars side by side: the name under each, and what it is made of.
type Bars<'a> = Vec<(String, &'a BTreeMap<Fuel, f64>)>;

fn by_year(sums: &Sums) -> Bars<'_> {
    sums.iter().map(|(year, parts)| (year.to_string(), parts)).collect()
}

/// What bars are counted in.
#[derive(Clone, Copy)]
enum Shown {
    PJ,
    TWh,
    Share,
}

/// What a source names and since when; all else is in its sum only.
fn in_sum_only(sums: &Sums) -> String {
    let named = |parts: &BTreeMap<Fuel, f64>| -> Vec<&str> {
        parts.keys().filter(|fuel| **fuel != Fuel::Other).map(|fuel| fuel.name()).collect()
    };
    let mut told = sums.iter().map(|(year, parts)| (year, named(parts)));
    let first = told.find(|(_, names)| !names.is_empty());
    first.map_or_else(
        || "The source gives the sum only.".to_owned(),
        |(year, names)| {
            format!(
                "The source names {} since {year}; all else is not specified.",
                names.join(", ")
            )
        },
    )
}

/// Bars that have room for a name each.
const FEW: usize = 12;
/// What a sum holds beyond its parts.
const UNTOLD: &str = "Not specified";

/// Bars of fuels one above the other; `rest` is what [`Fuel::Other`] is called.
fn stack(
    id: &str,
    heading: &str,
    note: &str,
    bars: &Bars<'_>,
    shown: Shown,
    rest: &str,
) -> ChartSpec {
    let unit = match shown {
        Shown::PJ => "PJ",
        Shown::TWh => "TWh",
        Shown::Share => "%",
    };
    // a few years stand side by side, each with its name, however far apart they are
    let names: Vec<String> = bars.iter().map(|(name, _)| name.clone()).collect();
    let years: Option<Vec<f64>> =
        names.iter().map(|name| name.parse().ok()).collect::<Option<_>>();
    let years = years.filter(|_| bars.len() > FEW).unwrap_or_default();
    let axis = match years.is_empty() {
        true => Axis::Names { names },
        false => Axis::Points { title: String::new(), ticks: Vec::new(), range: None },
    };
    let mut chart = ChartSpec::series(id, heading, Unit::plain(unit), axis);
    note.clone_into(&mut chart.note);
    chart.csv = "tables/indicators.csv";
    let colours = colours();
    let mut fuels: Vec<Fuel> = Fuel::ALL.to_vec();
    fuels.sort_by_key(|fuel| colours.rank(fuel.name()));
    let total = |parts: &BTreeMap<Fuel, f64>| parts.values().sum::<f64>();
    for fuel in fuels {
        let value = |(_, parts): &(String, &BTreeMap<Fuel, f64>)| {
            let part = parts.get(&fuel).copied().unwrap_or(0.0);
            match shown {
                Shown::PJ => part,
                Shown::TWh => part * TWH,
                Shown::Share => 100.0 * part / total(parts),
            }
        };
        let values: Vec<f64> = bars.iter().map(value).collect();
        if values.iter().any(|value| value.abs() > 1e-3) {
            let name = match fuel {
                Fuel::Other => rest.to_owned(),
                _ => title(fuel.name()),
            };
            let trace = Trace {
                name,
                colour: colours.of(fuel.name()).to_owned(),
                mark: Mark::Bar,
                at: years.clone(),
                names: Vec::new(),
            };
            let values = values.into_iter().map(Some).collect();
            chart.push(trace, [(ALL.to_owned(), vec![values])]);
        }
    }
    if let (Picture::Series(series), false) =
        (&mut chart.picture, matches!(shown, Shown::Share))
    {
        "Total above zero".clone_into(&mut series.total);
    }
    chart
}

/// Nodes and ribbons of a picture of flows.
#[derive(Default)]
struct Flows {
    nodes: Vec<(String, String)>,
    ribbons: BTreeMap<(usize, usize), f64>,
}

impl Flows {
    fn node(&mut self, name: String, colour: &str) -> usize {
        let at = self.nodes.iter().position(|(known, _)| *known == name);
        at.unwrap_or_else(|| {
            self.nodes.push((name, colour.to_owned()));
            self.nodes.len() - 1
        })
    }

    fn add(&mut self, from: usize, to: usize, value: f64) {
        *self.ribbons.entry((from, to)).or_insert(0.0) += value;
    }
}

/// The energy flows of a whole balance: supply, plants, what they make, uses.
pub(super) fn flows(balance: &Balance<'_>, year: i32) -> ChartSpec {
    const GREY: &str = "#98a3b0";
    let colours = colours();
    // what end users make for themselves is use, not a flow between them
    let made_at_home = |commodity: &str| {
        let uses = balance.in_year(year).iter().filter(|entry| entry.row == Row::Final);
        uses.filter(|entry| entry.commodity == commodity).any(|entry| entry.value < 0.0)
    };
    let outputs = |commodity: &str| -> f64 {
        let made = balance.in_year(year).iter().filter(|e| e.row == Row::Transformation);
        made.filter(|entry| entry.commodity == commodity).map(|e| e.value.max(0.0)).sum()
    };
    let inflow = |commodity: &str| -> f64 {
        let own = balance.in_year(year).iter().filter(|e| e.row.is_supply());
        own.filter(|entry| entry.commodity == commodity).map(|e| e.value.max(0.0)).sum()
    };
    let mut flows = Flows::default();
    for entry in balance.in_year(year).iter().filter(|entry| entry.is_energy()) {
        if made_at_home(&entry.commodity) {
            continue;
        }
        let fuel = balance.kinds.fuel(&entry.commodity);
        let made = outputs(&entry.commodity) > inflow(&entry.commodity);
        let name = match (made, fuel) {
            (true, Fuel::Coal | Fuel::Oil | Fuel::Gas | Fuel::Biomass | Fuel::Other) => {
                format!("{} products", title(fuel.name()))
            }
            _ => title(fuel.name()),
        };
        let colour = colours.of(fuel.name()).to_owned();
        let other = match entry.row {
            Row::Transformation => title(detail(&entry.flow)),
            Row::Final => title(detail(&entry.flow).split('/').next().unwrap_or_default()),
            Row::StockChange if entry.value > 0.0 => "From stocks".to_owned(),
            Row::StockChange => "To stocks".to_owned(),
            Row::Import => "Imports".to_owned(),
            Row::Export => "Exports".to_owned(),
            Row::Difference => continue,
            _ => title(crate::row::first_word(&entry.flow)),
        };
        if !(entry.row.is_balanced() || entry.row == Row::Final) {
            continue;
        }
        let carrier = flows.node(name, &colour);
        let other = flows.node(other, GREY);
        let gives = if entry.row == Row::Final { -entry.value } else { entry.value };
        if gives > 0.0 {
            flows.add(other, carrier, gives);
        } else {
            flows.add(carrier, other, -gives);
        }
    }
    draw(&flows, year)
}

fn draw(flows: &Flows, year: i32) -> ChartSpec {
    let mut chart = ChartSpec::new(
        "flows",
        format!("Energy flows of {year}"),
        Unit::plain("PJ"),
        Picture::Flows(ribbons(flows, year)),
    );
    chart.note = format!(
        "From supply over plants to uses, {year}, in PJ. Ribbons below {}% of the largest sum are \
         left out; own use and losses stand at the right.",
        THIN * 100.0
    );
    chart.csv = "tables/balance.csv";
    chart.room = Room::TallAndWide;
    chart
}

/// Nodes and ribbons wide enough to see.
fn ribbons(flows: &Flows, year: i32) -> FlowsPicture {
    // what goes forth and back between two nodes is netted: pictures of flows know no circles
    let net: Vec<((usize, usize), f64)> = flows
        .ribbons
        .iter()
        .map(|((a, b), value)| {
            ((*a, *b), value - flows.ribbons.get(&(*b, *a)).copied().unwrap_or(0.0))
        })
        .filter(|(_, value)| *value > 0.0)
        .collect();
    let most: f64 = net.iter().map(|(_, value)| value).sum();
    let wide: Vec<_> = net.into_iter().filter(|(_, value)| *value > THIN * most).collect();
    // only the nodes that ribbons reach
    let mut at = vec![None; flows.nodes.len()];
    let mut kept: Vec<&(String, String)> = Vec::new();
    for ((a, b), _) in &wide {
        for node in [*a, *b] {
            if at[node].is_none() {
                at[node] = Some(kept.len());
                kept.push(&flows.nodes[node]);
            }
        }
    }
    let end = |node: usize| at[node].unwrap_or(0);
    let colour = |(a, b): (usize, usize)| {
        let from = &flows.nodes[a].1;
        let own = if from == "#98a3b0" { &flows.nodes[b].1 } else { from };
        kzleap_page::translucent(own, 0.45)
    };
    FlowsPicture {
        nodes: kept.into_iter().cloned().collect(),
        years: vec![year],
        views: vec![
            wide.iter()
                .map(|(ends, value)| (end(ends.0), end(ends.1), *value, colour(*ends)))
                .collect(),
        ],
        outside: Vec::new(),
    }
}
