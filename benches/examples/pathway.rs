//! A generated pathway model written for other tools, and solved: `benches/peers/pypsa_pathway.py`
//! builds the same model in PyPSA.
//!
//! ```text
//! cargo run --release --example pathway -- 3x1x24x6 pathway.json
//! ```
//!
//! One season, so that a year is a row of blocks that repeats. Power in GW, energy in GWh, money in
//! MUSD, emissions in Mt; by milestone year or by block. Prints CPU-seconds, peak memory and the
//! objective.

use std::time::Instant;

use kzleap_formulation::formulate;
use kzleap_generator::{Size, power};
use kzleap_model::policy::CapWindow;
use kzleap_model::units::{HOURS_PER_YEAR, PJ_PER_GWH};
use kzleap_model::{CapacityIx, Model, Process, Series, SliceIx, YearIx};
use kzleap_solver::{Control, Method, Options, SolveError, solve};
use serde_json::{Value, json};

mod process;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [size, path] = &arguments[..] else {
        return Err("give a size and a file: 3x1x24x6 pathway.json".into());
    };
    let size: Size = size.parse()?;
    if size.seasons != 1 {
        return Err("a model for other tools has one season".into());
    }
    let model = power(size, 1);
    std::fs::write(path, serde_json::to_string(&as_json(&model))?)?;

    // the method that the other tool is given, then the one chosen by size
    for method in [Method::Ipx, Method::Auto] {
        println!("{}", solved(&model, method)?);
    }
    Ok(())
}

/// What building, solving and reading back took.
fn solved(model: &Model, method: Method) -> Result<Value, SolveError> {
    let (start, cpu) = (Instant::now(), process::cpu_seconds());
    let formulation = formulate(model);
    let lp = &formulation.lp;
    let built = process::cpu_seconds() - cpu;
    let options = Options { method, threads: Some(1), ..Options::default() };
    let optimum = solve(lp, &options, Control::default())?;
    let solution =
        formulation.read_back(optimum.objective, &optimum.columns, &optimum.row_duals);
    Ok(json!({
        "method": format!("{:?}", optimum.method),
        "rows": lp.num_rows(),
        "columns": lp.num_cols(),
        "nonzeros": lp.num_nonzeros(),
        "build_cpu_seconds": built,
        "cpu_seconds": process::cpu_seconds() - cpu,
        "seconds": start.elapsed().as_secs_f64(),
        "peak_mb": process::peak_mb(),
        "objective": solution.objective,
        "certified": optimum.certificate.certified,
    }))
}

fn as_json(model: &Model) -> Value {
    let time = &model.time;
    let first_year = YearIx::new(0);
    let region = kzleap_model::RegionIx::new(0);
    let hours: Vec<f64> =
        time.slices.ixs().map(|s| time.year_split.at(s, first_year) * HOURS_PER_YEAR).collect();
    let caps = model.emission_caps.iter().flat_map(|cap| match &cap.window {
        CapWindow::EachYear(limits) => limits.clone(),
        _ => Vec::new(),
    });
    let generators = model.processes.iter().filter(|p| is_generator(p));
    let unserved = model.commodities.iter().find(|c| c.name == "electricity");
    json!({
        "years": time.years.iter().map(|year| year.milestone).collect::<Vec<_>>(),
        "present_value": time.years.ixs()
            .map(|y| model.flow_present_value(region, y)).collect::<Vec<_>>(),
        "hours": hours,
        "hours_per_pass": time.slices.iter().map(|s| s.hours_per_pass).collect::<Vec<_>>(),
        "regions": model.regions.iter().map(|r| r.name.clone()).collect::<Vec<_>>(),
        "demand": model.demands.iter().map(|demand| json!({
            "region": model.regions[demand.region].name,
            "gw": time.years.ixs().map(|y| (time.slices.ixs()).map(|s| {
                let share = demand.profile.as_ref().map_or(0.0, |profile| profile.at(s, y));
                demand.annual[y.get()] * share / PJ_PER_GWH / hours[s.get()]
            }).collect::<Vec<_>>()).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "unserved_cost": unserved.and_then(|c| c.unserved_cost.as_ref())
            .map(|cost| cost.iter().map(|c| c * PJ_PER_GWH).collect::<Vec<_>>()),
        "emission_cap": caps.collect::<Vec<_>>(),
        "generators": generators.map(|p| generator(model, p)).collect::<Vec<_>>(),
        "storages": storages(model),
        "links": model.links.iter().map(|link| json!({
            "name": link.name,
            "from": model.regions[link.from].name,
            "to": model.regions[link.to].name,
            "availability": by_block(model, &link.availability),
            "capacity": link.capacity.map(|k| capacity(model, k)),
        })).collect::<Vec<_>>(),
    })
}

fn is_generator(process: &Process) -> bool {
    process.capacity.is_some()
        && process.modes.iter().all(|mode| mode.charges.is_empty())
        && process.modes.iter().all(|mode| mode.discharges.is_empty())
}

/// A plant with its fuel bought at the price of the fuel's supply.
fn generator(model: &Model, process: &Process) -> Value {
    let mode = &process.modes[0];
    let at = |series: &Series, y| series.at(SliceIx::new(0), y);
    let marginal = model.time.years.ixs().map(|y| {
        let fuel: f64 = mode
            .inputs
            .iter()
            .map(|(fuel, factor)| {
                let supply = model.processes.iter().find(|supply| {
                    supply.region == process.region
                        && supply.capacity.is_none()
                        && supply.modes[0].outputs.iter().any(|(made, _)| made == fuel)
                });
                at(factor, y) * supply.map_or(0.0, |s| at(&s.modes[0].variable_cost, y))
            })
            .sum();
        (at(&mode.variable_cost, y) + fuel) * PJ_PER_GWH
    });
    let emission: f64 = mode.emissions.iter().map(|(_, f)| at(f, YearIx::new(0))).sum();
    json!({
        "name": process.name,
        "region": model.regions[process.region].name,
        "marginal_cost": marginal.collect::<Vec<_>>(),
        "emission": emission * PJ_PER_GWH,
        "availability": by_block(model, &process.availability),
        "capacity": process.capacity.map(|k| capacity(model, k)),
    })
}

fn storages(model: &Model) -> Vec<Value> {
    let processes = || model.processes.iter();
    model
        .storages
        .iter_ix()
        .filter_map(|(s, storage)| {
            let of = |list: &[(kzleap_model::StorageIx, f64)]| {
                list.iter().find(|(of, _)| *of == s).map(|(_, factor)| *factor)
            };
            let process =
                processes().find(|p| p.modes.iter().any(|m| of(&m.charges).is_some()))?;
            let charge = process.modes.iter().find_map(|mode| of(&mode.charges))?;
            let discharge = process.modes.iter().find_map(|mode| of(&mode.discharges))?;
            Some(json!({
                "name": storage.name,
                "region": model.regions[storage.region].name,
                "efficiency_store": charge,
                "efficiency_dispatch": 1.0 / discharge,
                "loss_per_hour": kzleap_generator::SELF_DISCHARGE_PER_HOUR,
                "hours": storage.content_per_capacity / PJ_PER_GWH,
                "availability": by_block(model, &process.availability),
                "capacity": capacity(model, storage.capacity),
            }))
        })
        .collect()
}

fn by_block(model: &Model, series: &Series) -> Vec<f64> {
    model.time.slices.ixs().map(|s| series.at(s, YearIx::new(0))).collect()
}

/// Residual capacity in GW by year, and what one GW of each vintage costs over the horizon.
fn capacity(model: &Model, k: CapacityIx) -> Value {
    let years = || model.time.years.ixs();
    let data = &model.capacities[k];
    let investment = data.investment.as_ref();
    json!({
        "residual": data.residual,
        "keeping_present_value": years()
            .map(|y| model.keeping_cost_present_value(k, None, y)).collect::<Vec<_>>(),
        "investment_present_value": years()
            .map(|y| model.investment_present_value(k, y)).collect::<Vec<_>>(),
        "life": investment.map(|i| i.technical_life),
        "most_built": investment.map(|i| i.upper.clone()),
    })
}
