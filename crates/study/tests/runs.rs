//! A run is data: what is described is what is run.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

use kzleap_input::Change;
use kzleap_model::{Balance, Commodity, Mode, Model, ProcessIx, Series, Solution};
use kzleap_solver::{Method, SolveError};
use kzleap_study::{
    Event, Events, LimitedForesight, Outcome, Reason, RunSpec, Solving, Ties, optimise_groups,
    run,
};

fn two_plants() -> RunSpec {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/two-plants");
    RunSpec { model: folder, ..RunSpec::default() }
}

fn cost(spec: &RunSpec) -> f64 {
    match run(spec, &Events::default()).outcome {
        Outcome::Plan(plan) => plan.solution.objective,
        other => panic!("no plan: {other:?}"),
    }
}

#[test]
fn a_description_is_read_back_as_it_was_written() {
    let shortest = serde_json::to_string(&RunSpec {
        model: PathBuf::from("models/two-plants"),
        ..RunSpec::default()
    });
    assert_eq!(shortest.unwrap(), r#"{"model":"models/two-plants"}"#);
    let whole = RunSpec {
        scenario: Some("no-cap".to_owned()),
        changes: vec![Change::set_in("a.b", 0.1 + 0.2, Some("PJ".to_owned()))],
        solving: Solving {
            method: Method::Ipx,
            threads: Some(2),
            time_limit_seconds: Some(60),
        },
        ties: Ties::LeastActivity,
        alternatives: true,
        explain: true,
        ..two_plants()
    };
    let text = serde_json::to_string(&whole).unwrap();
    assert_eq!(serde_json::from_str::<RunSpec>(&text).unwrap(), whole);
}

/// Without its cap 10 TWh of the two plants cost 200; half of the demand costs half of that.
#[test]
fn scenario_and_changes_are_those_of_the_description() {
    let free = RunSpec { scenario: Some("no-cap".to_owned()), ..two_plants() };
    assert!((cost(&free) - 200.0).abs() < 1e-6);
    let half = vec![Change::multiply("demands.electricity", 0.5)];
    assert!((cost(&RunSpec { changes: half, ..free }) - 100.0).abs() < 1e-6);
}

/// The scenario `tight` has no plan; the reason is looked for where it is asked for.
#[test]
fn the_reason_is_given_where_it_is_wanted() {
    let tight = RunSpec { scenario: Some("tight".to_owned()), ..two_plants() };
    for explain in [false, true] {
        let seen = Mutex::new(Vec::new());
        let watch = |event: Event<'_>| {
            if !matches!(event, Event::Log(_)) {
                seen.lock().unwrap().push(format!("{event:?}"));
            }
        };
        let events = Events { stop: None, watch: Some(&watch) };
        let spec = RunSpec { explain, ..tight.clone() };
        let Outcome::NoPlan(none) = run(&spec, &events).outcome else {
            panic!("there is no plan");
        };
        assert_eq!(none.error, SolveError::Infeasible);
        assert_eq!(matches!(none.reason, Reason::Conflict(_)), explain);
        let all = ["Reading", "Solving", "Explaining"];
        assert_eq!(*seen.lock().unwrap(), all[..if explain { 3 } else { 2 }]);
    }
}

#[test]
fn what_cannot_be_run_says_why() {
    for (spec, said) in [
        (
            RunSpec { model: "nowhere".into(), ..RunSpec::default() },
            "there is no file or folder",
        ),
        (RunSpec { scenario: Some("nobody".into()), ..two_plants() }, "there is no scenario"),
        (
            RunSpec { changes: vec![Change::add("processes.x.life", 1.0)], ..two_plants() },
            "`processes.x` does not exist",
        ),
    ] {
        let result = run(&spec, &Events::default());
        assert!(matches!(result.outcome, Outcome::Refused));
        let mut findings = result.read.input.diagnostics.iter();
        assert!(findings.any(|finding| finding.message.contains(said)), "{said}");
    }
}

#[test]
fn a_run_is_stopped() {
    let stop = AtomicBool::new(true);
    let result = run(&two_plants(), &Events { stop: Some(&stop), watch: None });
    let Outcome::NoPlan(none) = result.outcome else { panic!("it was to stop") };
    assert_eq!(none.error, SolveError::Interrupted);
}

/// Years one at a time: a plant may run one PJ more than it did the year before, at 1 a PJ; what is
/// lacking of the demand costs 10.
struct OneByOne {
    demands: Vec<f64>,
    done: Vec<f64>,
}

impl LimitedForesight for OneByOne {
    type Group = (Model, ProcessIx);

    fn next_group(&mut self) -> Option<Self::Group> {
        let demand = *self.demands.get(self.done.len())?;
        let mut model = Model::single_year("one by one", "USD2022", 2030);
        let land = model.add_region("land");
        let power = model.commodities.push(Commodity::new("power", Balance::Surplus));
        let plant = |cost: f64| {
            let mut mode = Mode::new("run");
            mode.outputs.push((power, Series::Constant(1.0)));
            mode.variable_cost = Series::Constant(cost);
            vec![mode]
        };
        let most = self.done.last().map_or(1.0, |before| before + 1.0);
        // a GW that runs all year makes 31.536 PJ
        let cheap = model.add_process("cheap", land, plant(1.0), most / 31.536);
        model.add_process("expensive", land, plant(10.0), 10.0);
        model.add_demand(land, power, demand);
        Some((model, cheap))
    }

    fn model(group: &Self::Group) -> &Model {
        &group.0
    }

    fn integer_gap(_: &Self::Group) -> Option<f64> {
        None
    }

    fn take(&mut self, (_, cheap): Self::Group, solution: &Solution) {
        self.done.push(solution.activity[cheap.get()].sum());
    }
}

/// Demands of 3, 1 and 3 PJ: the plant runs 1 (of at most 1), 1 (of 2, more is not needed), 2 (of
/// 2). What is lacking costs 10 a PJ: 1 + 20, 1, 2 + 10.
#[test]
fn what_a_group_leaves_is_in_the_next() {
    let mut course = OneByOne { demands: vec![3.0, 1.0, 3.0], done: Vec::new() };
    let plans =
        optimise_groups(&mut course, &Default::default(), Default::default(), Ties::AsFound);
    let costs: Vec<f64> =
        plans.unwrap().iter().map(|plan| plan.solution.objective.round()).collect();
    assert_eq!(costs, [21.0, 1.0, 12.0]);
    assert!(course.done.iter().zip([1.0, 1.0, 2.0]).all(|(did, is)| (did - is).abs() < 1e-9));
}

/// The group that has no plan is named by its model.
#[test]
fn a_group_without_a_plan_ends_it() {
    let mut course = OneByOne { demands: vec![1.0, 1000.0, 1.0], done: Vec::new() };
    let failed =
        optimise_groups(&mut course, &Default::default(), Default::default(), Ties::AsFound)
            .unwrap_err();
    assert_eq!(failed.error, SolveError::Infeasible);
    assert_eq!(course.done.len(), 1);
}
