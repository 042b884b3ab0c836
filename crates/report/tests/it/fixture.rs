//! Two regions and a neighbour, a coal plant, solar power with a battery, links and a cap.
//!
//! North burns its coal and sends electricity south, where a fifth of it is lost on the way. In
//! 2030 the south builds solar power and a battery; by day it sends some back, by night 1 PJ in
//! each slice goes unserved. Every balance below was closed by hand.

use kzleap_model::chronology::{Cycle, repeating};
use kzleap_model::policy::{CapWindow, EmissionCap, EmissionTerm, Reserve, ReserveRequirement};
use kzleap_model::solution::{BalanceResult, Cost, CostKind, CostOwner};
use kzleap_model::support::{Budget, Subsidy, Support};
use kzleap_model::{
    Balance, Capacity, CapacityIx, Commodity, CommodityIx, Convention, DayType, Demand,
    Emission, EmissionIx, Finance, Investment, Ix, Link, LinkIx, Mode, Model, Note, Process,
    ProcessIx, Region, RegionIx, Season, Series, Set, Slice, Solution, Storage, Tier, Time,
    Year, YearIx,
};
use kzleap_report::{
    Certificate, DefaultUsed, InputFile, LpSize, RunInfo, Seconds, SolverInfo,
};
use ndarray::{Array2, Array3, array};

const NORTH: usize = 0;
const SOUTH: usize = 1;
const ABROAD: usize = 2;

fn time() -> Time {
    let slice =
        |name: &str, day_type| Slice { name: name.into(), day_type, hours_per_pass: 12.0 };
    let season = |name: &str, slices| Season { name: name.into(), slices };
    let day = |season, slices| DayType { name: "day".into(), season, passes: 182.5, slices };
    Time {
        years: [(2025, 2029), (2030, 2039)]
            .map(|(first, last)| Year { milestone: first, first, last })
            .into_iter()
            .collect(),
        seasons: vec![season("winter", 0..2), season("summer", 2..4)],
        day_types: vec![day(0, 0..2), day(1, 2..4)],
        slices: [
            slice("winter.night", 0),
            slice("winter.day", 0),
            slice("summer.night", 1),
            slice("summer.day", 1),
        ]
        .into_iter()
        .collect(),
        year_split: Series::Constant(0.25),
    }
}

fn capacity(name: &str, region: usize, residual: [f64; 2], overnight: Option<f64>) -> Capacity {
    Capacity {
        name: name.into(),
        region: Ix::new(region),
        unit: "GW".into(),
        residual: residual.into(),
        investment: overnight.map(|cost| Investment {
            overnight_cost: vec![cost; 2],
            technical_life: 25,
            economic_life: 20,
            cost_of_capital: 0.08,
            lower: vec![0.0; 2],
            upper: vec![f64::INFINITY; 2],
            growth: None,
            unit_size: None,
        }),
        fixed_cost: vec![10.0; 2],
        lower: vec![0.0; 2],
        upper: vec![f64::INFINITY; 2],
        early_retirement: true,
    }
}

fn process(name: &str, category: &str, region: usize, tier: Tier, modes: Vec<Mode>) -> Process {
    Process {
        name: name.into(),
        label: name.replace('_', " "),
        category: category.into(),
        region: Ix::new(region),
        tier,
        modes,
        capacity: None,
        capacity_to_activity: 31.536,
        availability: Series::Constant(1.0),
        annual_availability: None,
        minimum_load: None,
        ramp_per_hour: None,
    }
}

fn processes() -> Set<Process> {
    let (coal, electricity) = (CommodityIx::new(0), CommodityIx::new(1));
    let co2 = EmissionIx::new(0);
    let ratio = Series::Constant;
    let mine = Mode { outputs: vec![(coal, ratio(1.0))], ..Mode::new("all") };
    let burn = Mode {
        inputs: vec![(coal, ratio(2.5))],
        outputs: vec![(electricity, ratio(1.0))],
        emissions: vec![(co2, ratio(0.25))],
        ..Mode::new("all")
    };
    let shine = Mode { outputs: vec![(electricity, ratio(1.0))], ..Mode::new("all") };
    let charge = Mode {
        inputs: vec![(electricity, ratio(1.0))],
        charges: vec![(Ix::new(0), 0.8)],
        ..Mode::new("charge")
    };
    let discharge = Mode {
        outputs: vec![(electricity, ratio(1.0))],
        discharges: vec![(Ix::new(0), 1.0)],
        ..Mode::new("discharge")
    };
    let with = |capacity: usize, process: Process| Process {
        capacity: Some(CapacityIx::new(capacity)),
        ..process
    };
    [
        process("coal_mine", "coal", NORTH, Tier::Annual, vec![mine]),
        with(0, process("coal_plant", "coal", NORTH, Tier::Slice, vec![burn])),
        with(1, process("solar", "solar_pv", SOUTH, Tier::Slice, vec![shine])),
        with(2, process("battery", "battery", SOUTH, Tier::Slice, vec![charge, discharge])),
    ]
    .into_iter()
    .collect()
}

fn link(name: &str, from: usize, to: usize, capacity: Option<usize>, loss: f64) -> Link {
    Link {
        name: name.into(),
        from: Ix::new(from),
        to: Ix::new(to),
        commodity: Ix::new(1),
        capacity: capacity.map(Ix::new),
        capacity_to_activity: 31.536,
        availability: Series::Constant(1.0),
        reverse_availability: Series::Constant(1.0),
        loss,
        variable_cost: Series::Constant(0.5),
    }
}

/// The model.
pub(crate) fn model() -> Model {
    let time = time();
    let region = |name: &str, label: &str, domestic| Region {
        name: name.into(),
        label: label.into(),
        domestic,
    };
    let commodity = |name: &str, tier| Commodity {
        name: name.into(),
        label: name.into(),
        tier,
        balance: Balance::Surplus,
        unserved_cost: Some(vec![800.0; 2]),
        unit: "PJ".into(),
    };
    let demand = |region: usize, annual: f64| Demand {
        region: Ix::new(region),
        commodity: Ix::new(1),
        annual: vec![annual; 2],
        profile: Some(Series::Constant(0.25)),
    };
    let battery = Storage {
        name: "battery".into(),
        region: Ix::new(SOUTH),
        capacity: Ix::new(2),
        content_per_capacity: 0.0144,
        minimum_level: vec![0.0; 2],
        chronology: repeating(&time, Cycle::Day, 0.0),
    };
    Model {
        name: "two-plants".into(),
        scenario: "cap".into(),
        description: "Coal in the north, sun in the south".into(),
        currency: "USD2022".into(),
        finance: Finance {
            convention: Convention::Annuity,
            base_year: 2025,
            discount_rate: vec![0.05; 3],
        },
        time,
        regions: [
            region("north", "North", true),
            region("south", "South", true),
            region("abroad", "Abroad", false),
        ]
        .into_iter()
        .collect(),
        commodities: [commodity("coal", Tier::Annual), commodity("electricity", Tier::Slice)]
            .into_iter()
            .collect(),
        emissions: [Emission {
            name: "co2".into(),
            label: "CO2".into(),
            unit: "Mt".into(),
            exogenous: vec![(Ix::new(NORTH), vec![1.0; 2])],
            price: Vec::new(),
        }]
        .into_iter()
        .collect(),
        capacities: [
            capacity("coal_plant", NORTH, [3.0, 2.0], None),
            capacity("solar", SOUTH, [0.0, 0.0], Some(700.0)),
            capacity("battery", SOUTH, [0.0, 0.0], Some(400.0)),
            capacity("north_south", NORTH, [1.0, 1.0], None),
        ]
        .into_iter()
        .collect(),
        processes: processes(),
        storages: [battery].into_iter().collect(),
        links: [
            link("north_south", NORTH, SOUTH, Some(3), 0.2),
            link("border", ABROAD, NORTH, None, 0.0),
        ]
        .into_iter()
        .collect(),
        demands: vec![demand(NORTH, 40.0), demand(SOUTH, 20.0)],
        reserves: [Reserve {
            name: "firm".into(),
            members: vec![(Ix::new(0), vec![0.9; 2]), (Ix::new(1), vec![0.1; 2])],
            requirement: ReserveRequirement::Firm(vec![1.5, 1.6]),
        }]
        .into_iter()
        .collect(),
        emission_caps: [EmissionCap {
            name: "power".into(),
            terms: vec![EmissionTerm {
                emission: Ix::new(0),
                regions: vec![Ix::new(NORTH), Ix::new(SOUTH)],
                weight: 1.0,
            }],
            window: CapWindow::EachYear(vec![None, Some(11.6)]),
        }]
        .into_iter()
        .collect(),
        notes: vec![
            Note {
                path: "processes.solar.capital_cost".into(),
                source: Some("A <tag> & a book".into()),
                confidence: Some("high".into()),
                note: None,
            },
            Note {
                path: "processes.battery.capital_cost".into(),
                source: None,
                confidence: Some("assumption".into()),
                note: Some("</script> half of today's".into()),
            },
        ],
        support: Support {
            subsidies: vec![Subsidy { capacity: Ix::new(1), rate: vec![100.0; 2] }],
            budgets: vec![Budget {
                name: "green fund".into(),
                subsidies: vec![0],
                limit: vec![None, Some(300.0)],
            }],
        },
        ..Model::single_year("two-plants", "USD2022", 2025)
    }
}

/// Values of the two years in each slice, shape `[1, slice, year]`.
fn in_slices(first: [f64; 4], second: [f64; 4]) -> Array3<f64> {
    Array3::from_shape_fn((1, 4, 2), |(_, s, y)| if y == 0 { first[s] } else { second[s] })
}

/// The plan.
pub(crate) fn solution(model: &Model) -> Solution {
    let battery = ndarray::concatenate![
        ndarray::Axis(0),
        in_slices([0.0; 4], [0.0, 2.0, 0.0, 2.0]),
        in_slices([0.0; 4], [1.6, 0.0, 1.6, 0.0])
    ];
    let activity = vec![
        Array3::from_shape_vec((1, 1, 2), vec![150.0, 106.0]).expect("one node, two years"),
        in_slices([15.0; 4], [12.0, 9.2, 12.0, 9.2]),
        in_slices([0.0; 4], [0.0, 8.0, 0.0, 8.0]),
        battery,
    ];
    let flow = vec![
        ndarray::concatenate![
            ndarray::Axis(0),
            in_slices([6.25; 4], [3.0, 0.0, 3.0, 0.0]),
            in_slices([0.0; 4], [0.0, 1.0, 0.0, 1.0])
        ],
        ndarray::concatenate![
            ndarray::Axis(0),
            in_slices([1.25; 4], [1.0, 0.0, 1.0, 0.0]),
            in_slices([0.0; 4], [0.0; 4])
        ],
    ];
    let points = model.storages[Ix::new(0)].chronology.points.len();
    let level = Array2::from_shape_fn((points, 2), |(point, y)| {
        let full = model.storages[Ix::new(0)].chronology.points[point].contains(".day");
        if y == 1 && full { 0.007 } else { 0.0 }
    });
    let costs = costs(model);
    Solution {
        objective: costs.iter().map(|cost| cost.present_value).sum(),
        activity,
        capacity: array![[3.0, 1.6], [0.0, 2.5], [0.0, 0.5], [1.0, 1.0]],
        new_capacity: array![[0.0, 0.0], [0.0, 2.5], [0.0, 0.5], [0.0, 0.0]],
        early_retirement: array![[0.0, 0.4], [0.0, 0.0], [0.0, 0.0], [0.0, 0.0]],
        flow,
        level: vec![level],
        emissions: array![[[16.0, 11.6], [0.0, 0.0], [0.0, 0.0]]],
        balances: balances(),
        emission_price: vec![vec![0.0, 42.0]],
        reserve_price: vec![vec![0.0, 25.5]],
        subsidy: array![[0.0, 250.0]],
        angle: Array3::zeros((0, 0, 0)),
        costs,
    }
}

fn balances() -> Vec<BalanceResult> {
    let none = Array2::zeros((4, 2));
    let unserved = Array2::from_shape_fn((4, 2), |(s, y)| f64::from(y == 1 && s % 2 == 0));
    let price = |night: f64, day: f64| {
        Array2::from_shape_fn((4, 2), |(s, y)| match (y, s % 2) {
            (0, _) => 3.0,
            (_, 0) => night,
            _ => day,
        })
    };
    vec![
        BalanceResult {
            region: Ix::new(NORTH),
            commodity: Ix::new(0),
            price: array![[1.0, 1.0]],
            unserved: Array2::zeros((1, 2)),
        },
        BalanceResult {
            region: Ix::new(NORTH),
            commodity: Ix::new(1),
            price: price(13.0, 2.0),
            unserved: none,
        },
        BalanceResult {
            region: Ix::new(SOUTH),
            commodity: Ix::new(1),
            price: price(800.0, 1.0),
            unserved,
        },
    ]
}

fn costs(model: &Model) -> Vec<Cost> {
    let cost = |kind, owner, region: usize, year: usize, amount: f64| {
        let factor = match (kind, owner) {
            (CostKind::Investment, CostOwner::Capacity(k)) => {
                let overnight = &model.capacities[k].investment;
                let overnight = overnight.as_ref().map_or(1.0, |one| one.overnight_cost[year]);
                model.investment_present_value(k, YearIx::new(year)) / overnight
            }
            _ => model.flow_present_value(RegionIx::new(region), YearIx::new(year)),
        };
        let region = RegionIx::new(region);
        Cost { kind, owner, region, year, amount, present_value: amount * factor }
    };
    let capacity = |k: usize| CostOwner::Capacity(CapacityIx::new(k));
    let process = |p: usize| CostOwner::Process(ProcessIx::new(p));
    vec![
        cost(CostKind::Investment, capacity(1), SOUTH, 1, 1750.0),
        cost(CostKind::Investment, capacity(2), SOUTH, 1, 200.0),
        cost(CostKind::Fixed, capacity(0), NORTH, 0, 30.0),
        cost(CostKind::Fixed, capacity(0), NORTH, 1, 16.0),
        cost(CostKind::Variable, process(0), NORTH, 0, 150.0),
        cost(CostKind::Variable, process(0), NORTH, 1, 106.0),
        cost(CostKind::Transport, CostOwner::Link(LinkIx::new(0)), NORTH, 0, 12.5),
        cost(CostKind::Transport, CostOwner::Link(LinkIx::new(0)), NORTH, 1, 4.0),
        cost(CostKind::Unserved, CostOwner::Commodity(CommodityIx::new(1)), SOUTH, 1, 1600.0),
    ]
}

/// Facts about the run.
pub(crate) fn info() -> RunInfo {
    RunInfo {
        version: "0.1.0".into(),
        scenario: "cap".into(),
        status: "optimal".into(),
        started: String::new(),
        lp: LpSize { rows: 120, columns: 140, nonzeros: 400 },
        seconds: Seconds {
            read: 0.01,
            build: 0.02,
            solve: 0.03,
            extract: 0.01,
            report: 0.0,
            total: 0.07,
        },
        peak_memory_mb: 25.0,
        solver: SolverInfo {
            name: "HiGHS 1.11.0".into(),
            options: vec!["solver = ipm".into()],
        },
        certificate: Certificate {
            primal: 1e-9,
            dual: 2e-9,
            gap: 1e-10,
            objective_components: 1e-14,
            certified: true,
        },
        inputs: vec![InputFile { path: "model.toml".into(), sha256: "00ff".into() }],
        defaults: vec![DefaultUsed {
            path: "processes.solar.economic_life".into(),
            value: "20 a".into(),
        }],
    }
}
