//! What else the engine does with a description of a run: a second opinion, the runs of a study.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;

use kzleap_input::{Distribution, Does, StudyInput};
use kzleap_solver::SolveError;
use kzleap_study::{
    Against, Answer, Ensemble, Events, Given, Judgement, Outcome, RunSpec, Sample, Status,
    Written, run, verify, verify_written,
};

/// Two plants that make 10 TWh at a cost of 200, without the cap of the base.
fn two_plants() -> RunSpec {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/two-plants");
    RunSpec { model: folder, scenario: Some("no-cap".to_owned()), ..RunSpec::default() }
}

#[test]
fn a_second_solver_finds_the_same_least_cost() {
    let spec = two_plants();
    let model = Given::open(&spec).read(&spec).model.unwrap();
    let verified = verify(&model, &spec, &Events::default()).unwrap();
    assert!((verified.cost - 200.0).abs() < 1e-6 && verified.certified, "{verified:?}");
    assert!(verified.agrees() && verified.integer_gap.is_none());
    let [least] = verified.comparisons[..] else { panic!("{verified:?}") };
    assert!(least.of == Against::LeastCost && (least.cost - 200.0).abs() < 1e-4);
}

/// Costs that add up to 210 beside 200 are 5% off; with half of the capacities of the plan the
/// demand cannot be met, at any cost.
#[test]
fn what_a_run_has_written_is_held_against_the_second_solver() {
    let spec = two_plants();
    let result = run(&spec, &Events::default());
    let (Some(model), Outcome::Plan(plan)) = (result.read.model, result.outcome) else {
        panic!("no plan");
    };
    let capacity = |factor: f64| -> Vec<Vec<f64>> {
        let rows = plan.solution.capacity.rows().into_iter();
        rows.map(|row| row.iter().map(|value| factor * value).collect()).collect()
    };
    let written = |sum_of_costs, factor| Written {
        objective: 200.0,
        sum_of_costs,
        capacity: capacity(factor),
    };
    let held = |written| verify_written(&model, &spec, &written, &Events::default()).unwrap();
    assert!(held(written(200.0, 1.0)).agrees());
    let wrong = held(written(210.0, 0.5));
    let [least, reached, sum] = wrong.comparisons[..] else { panic!("{wrong:?}") };
    assert!(least.judgement() == Judgement::Agreed && !wrong.agrees());
    assert!(reached.of == Against::WithCapacities && reached.cost.is_infinite());
    assert!(sum.of == Against::SumOfCosts && (sum.difference - 0.05).abs() < 1e-12);
}

/// A demand of 50 kWh (1.8e-7 PJ at 2 USD/GJ: 3.6e-7 MUSD) beside a plant of a million GW: what
/// Clarabel finds differs in the second digit, which no solver can tell beside such a plant, and so
/// the two are not called the same. A demand that is a thousandth of the plant's output is.
#[test]
fn a_cost_that_is_lost_beside_a_far_bound_is_not_judged() {
    let judged = |annual: f64| {
        let folder = tempfile::tempdir().unwrap();
        let text = format!(
            "format = 2\nname = \"house\"\ncurrency = \"USD2022\"\n[time]\nyears = [2030]\n\
             [finance]\ndiscount_rate = 0\n[regions.land]\n[commodities.heat]\n\
             tier = \"annual\"\n[processes.plant]\noutput = \"heat\"\ncapacity = \"GW\"\n\
             residual_capacity = 1e6\nvariable_cost = {{ value = 2, unit = \"USD/GJ\" }}\n\
             [demands.heat]\nland = {{ annual = {{ value = {annual:e}, unit = \"PJ\" }} }}\n"
        );
        std::fs::write(folder.path().join("model.toml"), text).unwrap();
        let spec = RunSpec { model: folder.path().to_owned(), ..RunSpec::default() };
        let model = Given::open(&spec).read(&spec).model.unwrap();
        let verified = verify(&model, &spec, &Events::default()).unwrap();
        assert!((verified.cost / (2.0 * annual) - 1.0).abs() < 1e-6, "{verified:?}");
        println!("{verified:?}");
        verified.judgement()
    };
    assert_eq!(judged(1.8e-7), Judgement::NotJudged);
    assert_eq!(judged(3e4), Judgement::Agreed);
}

/// A quarter, half and all of the demand cost 50, 100 and 200; a demand in a unit of money is an
/// error of the model, and such a run is refused. What is moved, and what is kept, names a run.
#[test]
fn the_runs_of_a_study_in_figures() {
    let given = Given::open(&two_plants());
    let input = StudyInput {
        name: "demand".to_owned(),
        paths: vec!["demands.electricity".to_owned()],
        does: Does::Multiply,
        unit: None,
        distribution: Distribution::Values(vec![0.25, 0.5, 1.0]),
        place: None,
    };
    let samples: Vec<Sample> = [0.25, 0.5, 1.0].map(|value| vec![Some(value)]).to_vec();
    let ensemble = |input: &StudyInput, kept: &[String]| {
        let (inputs, scenarios) = (vec![input.clone()], ["no-cap".to_owned()]);
        Ensemble::new(&given, two_plants(), &scenarios, inputs, &samples, kept)
    };
    let solve = |ensemble: &Ensemble| {
        let events = Events::default();
        let start = ensemble.start(&given, "no-cap", &events).expect("the base has a plan");
        let starts = [("no-cap".to_owned(), start)].into();
        let runs: Vec<_> = ensemble.runs.iter().collect();
        let found = Mutex::new(BTreeMap::new());
        let solved: Result<(), SolveError> =
            ensemble.solve(&given, &runs, &starts, Some(2), &events, |run, solved| {
                found.lock().unwrap().insert(run.id.clone(), solved.answer.clone());
                Ok(())
            });
        solved.unwrap();
        let found = found.into_inner().unwrap();
        ensemble.runs.iter().map(|run| found[&run.id].clone()).collect::<Vec<Answer>>()
    };
    let all = ensemble(&input, &[]);
    for (answer, cost) in solve(&all).into_iter().zip([50.0, 100.0, 200.0]) {
        let figures = answer.figures.as_ref().unwrap();
        assert!(answer.status == Status::Optimal && answer.is_final() && figures.certified);
        assert!((figures.system_cost - cost).abs() < 1e-6, "{figures:?}");
    }
    let wrong = StudyInput { does: Does::Set, unit: Some("USD".to_owned()), ..input.clone() };
    let refused = ensemble(&wrong, &[]);
    assert!(solve(&refused).iter().all(|answer| answer.status == Status::Refused));
    let more = ensemble(&input, &["price_annual".to_owned()]);
    for other in [&refused, &more] {
        let both = all.runs.iter().zip(&other.runs);
        assert!(both.into_iter().all(|(one, other)| one.id != other.id));
    }
    assert_eq!(all, ensemble(&input, &[]));
}
