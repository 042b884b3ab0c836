//! Sixty models with one rule too many: the explanation names that rule, and each repair, as it is
//! printed, makes the model feasible.

#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use kzleap_generator::{Size, national};
use kzleap_study::model::policy::{
    ActivityLimit, ActivityWindow, CapWindow, CapacityKind, CapacityLimit, Counted,
    ReserveRequirement, Sense, Share,
};
use kzleap_study::model::user_rows::{Quantity, UserTerm};
use kzleap_study::model::{Model, Series, UserRow, YearIx};
use kzleap_study::solver::{Control, Options, SolveError};
use kzleap_study::{Repair, RuleKind};

const SMALL: Size = Size { regions: 2, seasons: 2, blocks: 2, years: 3, variants: 1 };

/// A feasible model in which all demand must be served.
fn feasible(seed: u64) -> Model {
    let mut model = national(SMALL, seed);
    for c in model.commodities.ixs() {
        model.commodities[c].unserved_cost = None;
    }
    // a cap that heat alone does not exceed, and room enough in the first years
    let cap = model.emission_caps.ixs().next().unwrap();
    if let CapWindow::EachYear(limits) = &mut model.emission_caps[cap].window {
        limits.iter_mut().flatten().for_each(|limit| *limit += 20.0);
    }
    for k in model.capacities.ixs() {
        model.capacities[k].investment.as_mut().unwrap().growth = None;
    }
    model
}

/// Breaks one rule in one year; returns its name as the explanation gives it.
#[expect(clippy::too_many_lines, reason = "one arm a kind of rule")]
fn break_a_rule(model: &mut Model, kind: usize, year: usize) -> String {
    let y = YearIx::new(year);
    let milestone = model.time.years[y].milestone;
    let region = model.regions.ixs().next().unwrap();
    let electricity = model.commodities.position(|c| c.name == "electricity").unwrap();
    match kind {
        // less than the captured and leaked CO2 of any plan: below zero
        0 => {
            let cap = model.emission_caps.ixs().next().unwrap();
            if let CapWindow::EachYear(limits) = &mut model.emission_caps[cap].window {
                limits[year] = Some(-1.0);
            }
            format!("emission cap national {milestone}")
        }
        1 => {
            let reserve = model.reserves.ixs().next().unwrap();
            if let ReserveRequirement::Firm { peak, .. } =
                &mut model.reserves[reserve].requirement
            {
                peak[year] = 5000.0;
            }
            format!("reserve margin reserve0 {milestone}")
        }
        2 => {
            let capacities = model.capacities.ixs().collect();
            let mut upper = vec![f64::INFINITY; 3];
            upper[year] = 0.5;
            let name = "everything".to_owned();
            let lower = vec![0.0; 3];
            let of = CapacityKind::InService;
            model.capacity_limits.push(CapacityLimit { name, capacities, of, lower, upper });
            format!("capacity limit everything {milestone}")
        }
        3 => {
            let plants = model.processes.iter_ix();
            let processes =
                plants.filter(|(_, p)| p.capacity.is_some()).map(|(p, _)| (p, None)).collect();
            let mut upper = vec![f64::INFINITY; 3];
            upper[year] = 20.0;
            let window = ActivityWindow::EachYear { lower: vec![0.0; 3], upper };
            model.activity_limits.push(ActivityLimit {
                name: "plants".to_owned(),
                processes,
                window,
            });
            format!("activity limit plants {milestone}")
        }
        // nobody has the first half of the shares left
        4 => {
            let made = |name: &'static str| {
                model.processes.iter_ix().filter(move |(_, p)| p.name.starts_with(name))
            };
            let part = made("hydro").map(|(p, _)| (p, electricity, vec![1.0; 3])).collect();
            let whole = (model.processes.iter_ix())
                .filter(|(_, p)| p.capacity.is_some() && !p.is_storage())
                .map(|(p, _)| (p, electricity))
                .collect();
            for k in model.capacities.ixs() {
                if model.capacities[k].name.starts_with("hydro") {
                    model.capacities[k].upper = vec![0.2; 3];
                }
            }
            let mut share = vec![None; 3];
            share[year] = Some(0.9);
            let (name, counts) = ("hydro".to_owned(), Counted::Used);
            let sense = Sense::AtLeast;
            model.shares.push(Share { name, part, whole, sense, share, counts });
            format!("share hydro {milestone}")
        }
        5 => {
            let k = model.capacities.position(|k| k.name.starts_with("nuclear")).unwrap();
            let investment = model.capacities[k].investment.as_mut().unwrap();
            investment.upper = vec![0.0; 3];
            model.capacities[k].lower[year] = 3.0;
            let name = &model.capacities[k].name;
            format!("capacity limit of {name} in r0 {milestone}")
        }
        6 => {
            for demand in &mut model.demands {
                if demand.commodity == electricity && demand.region == region {
                    demand.annual[year] *= 100.0;
                }
            }
            format!("demand of electricity in r0 {milestone}")
        }
        7 => {
            let p = model.processes.position(|p| p.name == "uranium_supply").unwrap();
            let nuclear = model.processes.position(|p| p.name.starts_with("nuclear")).unwrap();
            let term =
                |process, weight| UserTerm::new(Quantity::Activity(process, None), y, weight);
            model.user_rows.push(UserRow::new(
                "more uranium than there is".to_owned(),
                vec![term(nuclear, 1.0)],
                Sense::AtLeast,
                50.0,
            ));
            model.user_rows.push(UserRow::new(
                "little uranium".to_owned(),
                vec![term(p, 1.0)],
                Sense::AtMost,
                10.0,
            ));
            "uranium".to_owned()
        }
        8 => {
            let wind = model.processes.position(|p| p.name.starts_with("wind")).unwrap();
            let window = ActivityWindow::Horizon { lower: 1e6, upper: f64::INFINITY };
            let processes = vec![(wind, None)];
            model.activity_limits.push(ActivityLimit {
                name: "much wind".to_owned(),
                processes,
                window,
            });
            "activity limit much wind over the horizon".to_owned()
        }
        _ => {
            let k = model.capacities.position(|k| k.name.starts_with("coal_plant")).unwrap();
            model.capacities[k].upper[year] = 0.5;
            model.capacities[k].residual[year] = 2.0;
            let name = &model.capacities[k].name;
            format!("capacity limit of {name} in r0 {milestone}")
        }
    }
}

/// Writes the number of a repair, as printed, into the model.
fn apply(model: &mut Model, step: &Repair) {
    let least = step.rule.least;
    let to = step.to * step.rule.worth;
    let side = |lower: &mut f64, upper: &mut f64, to: f64| {
        *(if least { lower } else { upper }) = to;
    };
    match step.rule.kind {
        RuleKind::Demand(r, c, y) => {
            let share = step.to / step.rule.value;
            (model.demands.iter_mut())
                .filter(|demand| demand.region == r && demand.commodity == c)
                .for_each(|demand| demand.annual[y.get()] *= share);
        }
        RuleKind::MinimumLoad(p, None, _) => {
            model.processes[p].minimum_load = Some(Series::Constant(to));
        }
        RuleKind::GrowthSeed(k) => {
            let growth = &mut model.capacities[k].investment.as_mut().unwrap().growth;
            growth.as_mut().unwrap().seed = to;
        }
        RuleKind::ActivityLimit(at, y) => match (&mut model.activity_limits[at].window, y) {
            (ActivityWindow::EachYear { lower, upper }, Some(y)) => {
                side(&mut lower[y.get()], &mut upper[y.get()], to);
            }
            (ActivityWindow::Horizon { lower, upper }, _) => side(lower, upper, to),
            (ActivityWindow::EachYear { .. }, None) => panic!("{step:?}"),
        },
        RuleKind::Capacity(k, y) => {
            let capacity = &mut model.capacities[k];
            side(&mut capacity.lower[y.get()], &mut capacity.upper[y.get()], to);
        }
        RuleKind::NewCapacity(k, y) => {
            let years = model.time.years[y].length();
            let investment = model.capacities[k].investment.as_mut().unwrap();
            let (lower, upper) = (&mut investment.lower, &mut investment.upper);
            side(&mut lower[y.get()], &mut upper[y.get()], to * years);
        }
        RuleKind::CapacityLimit(at, y) => {
            let limit = &mut model.capacity_limits[at];
            assert_eq!(limit.of, CapacityKind::InService);
            side(&mut limit.lower[y.get()], &mut limit.upper[y.get()], to);
        }
        RuleKind::Share(at, y) => model.shares[at].share[y.get()] = Some(to),
        RuleKind::ReserveMargin(at, y) => {
            let requirement = &mut model.reserves[at].requirement;
            let ReserveRequirement::Firm { margin, .. } = requirement else {
                panic!("{step:?}");
            };
            margin[y.get()] = to;
        }
        RuleKind::EmissionCap(at, y) => match (&mut model.emission_caps[at].window, y) {
            (CapWindow::EachYear(limits), Some(y)) => limits[y.get()] = Some(to),
            (CapWindow::Budget { limit, .. }, _) => *limit = to,
            (CapWindow::EachYear(_), None) => panic!("{step:?}"),
        },
        RuleKind::UserRow(at) => model.user_rows[at].right_hand_side = to,
        _ => panic!("none of these models has it: {step:?}"),
    }
}

#[test]
fn sixty_conflicts_are_named_and_mended() {
    let mut unnamed = Vec::new();
    for case in 0..60_usize {
        let (kind, year) = (case % 10, case / 10 % 3);
        let mut model = feasible(case as u64 / 30);
        if let Err(error) =
            kzleap_study::optimise(&model, &Options::default(), Control::default())
        {
            panic!("{error}: {:?}", kzleap_study::explain(&model, Control::default()));
        }
        let rule = break_a_rule(&mut model, kind, year);
        let outcome = kzleap_study::optimise(&model, &Options::default(), Control::default());
        assert_eq!(outcome.err(), Some(SolveError::Infeasible), "case {case}: {rule}");

        let explanation = kzleap_study::explain(&model, Control::default()).unwrap();
        let named = explanation.conflict.iter().any(|named| named.name.contains(&rule))
            && !explanation.repairs[0].is_empty();
        if !named {
            let conflict = explanation.conflict.iter().map(kzleap_study::Rule::text);
            unnamed.push((rule.clone(), conflict.collect::<Vec<_>>()));
        }
        for repair in explanation.repairs {
            let mut mended = model.clone();
            repair.iter().for_each(|step| apply(&mut mended, step));
            let plan = kzleap_study::optimise(&mended, &Options::default(), Control::default());
            assert!(plan.is_ok(), "case {case}: {rule}: {repair:?} {:?}", plan.err());
        }
    }
    assert!(unnamed.len() <= 2, "{unnamed:#?}");
}
