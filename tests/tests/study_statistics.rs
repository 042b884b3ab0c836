//! What a study makes of many outcomes: samples, indices, regrets and risk, beside answers found
//! apart from us (`../shared/oracles/studies`, T06 to T08, T13, T19 to T28), where they lie.

use std::f64::consts::PI;
use std::path::PathBuf;

use kzleap_study::input::{Distribution, Does, Method, Sampling, Study, StudyInput};
use kzleap_study::{
    Sample, between, correlated, eigenvalues, elementary_effects, mean, normal_of_rank,
    quantile, regrets, risk, samples, shares_of_grid, shares_of_variance, spearman,
};
use kzleap_tests::oracle::{number, oracle};
use kzleap_tests::outside::oracles;
use serde_json::Value;

fn study(id: &str) -> Option<Value> {
    Some(oracle(&oracles("studies")?, id))
}

/// To a billionth of the larger of it and one.
fn close(found: f64, wanted: f64) -> bool {
    (found - wanted).abs() <= 1e-9 * wanted.abs().max(1.0)
}

#[track_caller]
fn agrees(found: f64, wanted: &Value) {
    assert!(close(found, number(wanted)), "{found}, must be {wanted}");
}

fn numbers(values: &Value) -> Vec<f64> {
    values.as_array().expect("a list").iter().map(number).collect()
}

fn input(name: &str, distribution: Distribution) -> StudyInput {
    let (paths, does) = (vec![name.to_owned()], Does::Set);
    StudyInput { name: name.to_owned(), paths, does, unit: None, distribution, place: None }
}

fn of_inputs(inputs: Vec<StudyInput>, method: Method, size: usize) -> Study {
    Study {
        model: PathBuf::new(),
        scenarios: vec!["base".to_owned()],
        regions: None,
        slices: None,
        sampling: Sampling { method, size, levels: 4, seed: 1 },
        inputs,
        correlations: Vec::new(),
    }
}

/// T06 to T08: tables of regret, against the best of the table or of all, and plans that fail.
#[test]
fn tables_of_regret_agree() {
    for id in ["T06", "T07", "T08"] {
        let Some(study) = study(id) else { return };
        for (which, case) in study["procedures"].as_object().expect("procedures") {
            let (data, expected) = (&case["data"], &case["expected"]);
            let plans: Vec<&String> =
                data["costs"].as_object().expect("plans").keys().collect();
            let cost = |value: &Value| (!value.is_null()).then(|| number(value));
            let costs: Vec<Vec<Option<f64>>> = (plans.iter())
                .map(|plan| {
                    data["costs"][*plan].as_array().expect("costs").iter().map(cost).collect()
                })
                .collect();
            let futures = data["futures"].as_array().expect("futures");
            let p = match &data["probability"] {
                Value::Null => vec![1.0 / futures.len() as f64; futures.len()],
                given => numbers(given),
            };
            let best =
                data["best"].as_array().map(|best| best.iter().map(number).collect::<Vec<_>>());
            let found = regrets(&costs, best.as_deref(), &p);
            let same = |found: Option<f64>, wanted: &Value| match found {
                Some(found) => close(found, wanted.as_f64().unwrap_or(f64::NAN)),
                None => wanted.is_null() || wanted == "fails",
            };
            for (at, plan) in plans.iter().enumerate() {
                for (future, name) in futures.iter().enumerate() {
                    let wanted = &expected["regret"][*plan][name.as_str().expect("a name")];
                    assert!(
                        same(found.regret[at][future], wanted),
                        "{id} {which} {plan} {name}"
                    );
                }
                assert!(
                    same(found.largest[at], &expected["largest"][*plan]),
                    "{id} {which} {plan}"
                );
                if let Some(wanted) = expected["expected_regret"].get(plan.as_str()) {
                    assert!(same(found.expected[at], wanted), "{id} {which} {plan}");
                }
            }
            for (choice, wanted) in [
                (found.choice, &expected["choice"]),
                (found.choice_expected, &expected["choice_expected"]),
                (found.choice_worst_cost, &expected["choice_worst_cost"]),
            ] {
                if let Some(wanted) = wanted.as_str() {
                    assert_eq!(
                        choice.map(|at| plans[at].as_str()),
                        Some(wanted),
                        "{id} {which}"
                    );
                }
            }
        }
    }
}

/// T13: a cost that is only in part of the worst share counts with that part.
#[test]
fn conditional_values_at_risk_agree() {
    let Some(study) = study("T13") else { return };
    let case = &study["procedures"]["cvar"];
    let (values, p) = (numbers(&case["data"]["values"]), numbers(&case["data"]["probability"]));
    for (level, wanted) in case["expected"].as_object().expect("levels") {
        let Ok(level) = level.parse() else { continue };
        let found = risk(&values, &p, level).expect("a level");
        agrees(found.conditional, &wanted["cvar"]);
        agrees(found.least, &wanted["var_least"]);
        agrees(found.most, &wanted["var_largest"]);
    }
    assert_eq!(risk(&values, &p, 1.0), None);
}

/// T19 and T20: effects on functions, over given trajectories and over all steps of the grid.
#[test]
fn elementary_effects_agree() {
    type Function = fn(&[f64]) -> f64;
    let of: [(&str, &str, &[&str], Function); 3] = [
        ("T19", "all", &["a", "b", "c"], |x| 2.0 * x[0] + 3.0 * x[1] + 4.0 * x[0] * x[2]),
        ("T20", "parabola", &["x", "y"], |x| 10.0 * (x[0] - 0.5).powi(2) + x[1]),
        ("T20", "coal_or_gas", &["c", "g"], |x| {
            10.0 * (20.0 + 20.0 * x[0]).min(30.0 + 20.0 * x[1])
        }),
    ];
    for (id, which, inputs, function) in of {
        let Some(study) = study(id) else { return };
        let expected = &study["procedures"][which]["expected"];
        // each step of the grid is a trajectory of which no more is known
        let (mut points, mut outcomes): (Vec<Sample>, Vec<Option<f64>>) =
            (Vec::new(), Vec::new());
        let k = inputs.len();
        for cell in 0..4_usize.pow(u32::try_from(k).expect("few")) {
            let level = |at: usize| (cell / 4_usize.pow(u32::try_from(at).expect("few"))) % 4;
            let from: Vec<f64> = (0..k).map(|at| level(at) as f64 / 3.0).collect();
            for at in (0..k).filter(|at| level(*at) < 2) {
                let mut to = from.clone();
                to[at] = (level(at) + 2) as f64 / 3.0;
                let whole = |x: &Vec<f64>| x.iter().copied().map(Some).collect::<Sample>();
                points.extend([whole(&from), whole(&to)]);
                outcomes.extend([Some(function(&from)), Some(function(&to))]);
                points.extend(vec![vec![None; k]; k - 1]);
                outcomes.extend(vec![None; k - 1]);
            }
        }
        let found = elementary_effects(&points, &outcomes, 4);
        for (name, found) in inputs.iter().zip(found) {
            let (found, wanted) = (found.expect("effects"), &expected[name]);
            agrees(found.mu, &wanted["mu"]);
            agrees(found.mu_star, &wanted["mu_star"]);
            let n = found.effects as f64;
            agrees(found.sigma * ((n - 1.0) / n).sqrt(), &wanted["sigma"]);
            assert_eq!(found.effects as u64, wanted["effects"].as_u64().expect("a count"));
        }
    }
    let Some(study) = study("T19") else { return };
    let case = &study["procedures"]["given"];
    let (mut points, mut outcomes): (Vec<Sample>, Vec<Option<f64>>) = (Vec::new(), Vec::new());
    for trajectory in case["data"]["trajectories"].as_array().expect("trajectories") {
        for point in trajectory.as_array().expect("points") {
            let x = numbers(point);
            outcomes.push(Some(of[0].3(&x)));
            points.push(x.into_iter().map(Some).collect());
        }
    }
    for (name, found) in
        ["a", "b", "c"].into_iter().zip(elementary_effects(&points, &outcomes, 4))
    {
        let (found, wanted) = (found.expect("effects"), &case["expected"][name]);
        agrees(found.mu, &wanted["mu"]);
        agrees(found.mu_star, &wanted["mu_star"]);
        agrees(found.sigma, &wanted["sigma"]);
        assert_eq!((found.effects, found.zero), (2, 0));
    }
}

/// T21 to T24: shares of the variance from 1,024 points and a good sequence are within 0.03 of the
/// exact ones, and all but a few within three of their own errors.
#[test]
fn shares_of_variance_of_a_sample_agree() {
    type Function = fn(&[f64]) -> f64;
    type Named = Vec<(&'static str, Distribution)>;
    let uniform = |least, most| Distribution::Uniform { least, most };
    let of: [(&str, Named, Function); 4] = [
        ("T21", ["x", "y", "z"].map(|name| (name, uniform(-PI, PI))).to_vec(), |x| {
            x[0].sin() + 7.0 * x[1].sin().powi(2) + 0.1 * x[2].powi(4) * x[0].sin()
        }),
        ("T22", ["p", "q", "r", "s"].map(|name| (name, uniform(0.0, 1.0))).to_vec(), |x| {
            let a = [0.0, 1.0, 4.5, 9.0];
            x.iter().zip(a).map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a)).product()
        }),
        (
            "T23",
            vec![
                ("d", uniform(8.0, 12.0)),
                ("p", Distribution::Triangular { least: 20.0, mode: 30.0, most: 70.0 }),
                ("f", Distribution::Normal { mean: 100.0, deviation: 5.0 }),
            ],
            |x| x[0] * x[1] + x[2],
        ),
        ("T24", ["c", "g"].map(|name| (name, uniform(20.0, 60.0))).to_vec(), |x| {
            10.0 * x[0].min(x[1])
        }),
    ];
    for (id, inputs, function) in of {
        let Some(oracle) = study(id) else { return };
        let expected = &oracle["procedures"]["exact"]["expected"];
        let named = inputs.iter().map(|(name, of)| input(name, of.clone())).collect();
        let study = of_inputs(named, Method::SobolIndices, 1024);
        let points = samples(&study).expect("no correlation");
        assert_eq!(points.len(), 1024 * (inputs.len() + 2));
        let value = |sample: &Sample| {
            Some(function(&sample.iter().copied().flatten().collect::<Vec<f64>>()))
        };
        let outcomes: Vec<Option<f64>> = points.iter().map(value).collect();
        let found = shares_of_variance(inputs.len(), &outcomes).expect("there is a variance");
        for ((name, _), found) in inputs.iter().zip(&found) {
            for (found, error, wanted) in [
                (found.first, found.first_error, &expected["first"][name]),
                (found.total, found.total_error, &expected["total"][name]),
            ] {
                let off = (found - number(wanted)).abs();
                assert!(
                    off < 0.03 && off < 3.0 * error + 1e-3,
                    "{id} {name}: {found} ± {error}, {wanted}"
                );
            }
        }
        // a run without a plan takes its point out, and no other
        let mut gap = outcomes.clone();
        gap[5] = None;
        let without = shares_of_variance(inputs.len(), &gap).expect("there is a variance");
        assert!((without[0].first - found[0].first).abs() < 0.02, "{id}");
    }
}

/// T25: of a full grid the shares are exact.
#[test]
fn shares_of_a_grid_agree() {
    let Some(study) = study("T25") else { return };
    let case = &study["procedures"]["exact"];
    let outcomes = numbers(&case["data"]["table"]);
    let found = shares_of_grid(&[2, 2, 2], &outcomes).expect("there is a variance");
    for (name, found) in ["coal", "gas", "demand"].into_iter().zip(found) {
        agrees(found.first, &case["expected"]["first"][name]);
        agrees(found.total, &case["expected"]["total"][name]);
        assert_eq!((found.first_error, found.total_error), (0.0, 0.0));
    }
    assert_eq!(shares_of_grid(&[2], &[7.0, 7.0]), None);
}

/// T26: quantiles of strata, and one point in each stratum of every input.
#[test]
fn strata_and_quantiles_agree() {
    let distributions = [
        ("uniform", Distribution::Uniform { least: 20.0, most: 60.0 }),
        ("triangular", Distribution::Triangular { least: 20.0, mode: 30.0, most: 70.0 }),
        ("normal", Distribution::Normal { mean: 100.0, deviation: 5.0 }),
        ("lognormal", Distribution::LogNormal { median: 50.0, deviation: 0.3 }),
    ];
    let named = distributions.iter().map(|(name, of)| input(name, of.clone())).collect();
    let study = of_inputs(named, Method::LatinHypercube, 10);
    let points = samples(&study).expect("no correlation");
    for (at, (_, of)) in distributions.iter().enumerate() {
        let mut values: Vec<f64> =
            points.iter().map(|point| point[at].expect("a value")).collect();
        values.sort_by(f64::total_cmp);
        for (k, value) in (0_u32..).zip(values) {
            let ends = [k, k + 1].map(|k| quantile(of, f64::from(k) / 10.0));
            assert!(ends[0] <= value && value <= ends[1], "stratum {k}: {value}");
        }
    }
    assert_eq!(points, samples(&study).expect("the same seed gives the same sample"));
    let other = Study { sampling: Sampling { seed: 2, ..study.sampling }, ..study.clone() };
    assert_ne!(points, samples(&other).expect("no correlation"));
    assert!(close(mean(&distributions[3].1), 50.0 * 0.045_f64.exp()));
    let Some(oracle) = self::study("T26") else { return };
    for (name, of) in distributions {
        let wanted = &oracle["procedures"]["ten"]["expected"][name]["values"];
        for (k, wanted) in (0_u32..).zip(wanted.as_array().expect("values")) {
            agrees(quantile(&of, (f64::from(k) + 0.5) / 10.0), wanted);
        }
    }
}

/// T27: the ranks of a small sample, and what is reached.
#[test]
fn rank_correlations_agree() {
    let Some(study) = study("T27") else { return };
    let case = &study["procedures"]["eight"];
    let orders: Vec<Vec<usize>> = (case["data"]["orders"].as_array().expect("orders").iter())
        .map(|order| {
            order
                .as_array()
                .expect("ranks")
                .iter()
                .map(|rank| rank.as_u64().expect("a rank") as usize - 1)
                .collect()
        })
        .collect();
    let target: Vec<Vec<f64>> =
        case["data"]["target"].as_array().expect("a matrix").iter().map(numbers).collect();
    let found = correlated(&orders, &target).expect("it can be");
    for (found, wanted) in
        found.iter().zip(case["expected"]["ranks"].as_array().expect("ranks"))
    {
        let wanted: Vec<usize> =
            numbers(wanted).into_iter().map(|rank| rank as usize - 1).collect();
        assert_eq!(*found, wanted);
    }
    let ranks: Vec<Vec<f64>> =
        found.iter().map(|ranks| ranks.iter().map(|rank| *rank as f64).collect()).collect();
    for (pair, [one, other]) in [("1,2", [0, 1]), ("1,3", [0, 2]), ("2,3", [1, 2])] {
        agrees(spearman(&ranks[one], &ranks[other]), &case["expected"]["spearman"][pair]);
    }
    for (rank, wanted) in
        study["procedures"]["normal"]["expected"]["normal"].as_object().expect("ranks")
    {
        agrees(normal_of_rank(rank.parse().expect("a number")), wanted);
    }
}

/// T28: eigenvalues, and what the third correlation may be.
#[test]
fn what_correlations_may_be_agrees() {
    let Some(study) = study("T28") else { return };
    for (which, case) in study["procedures"].as_object().expect("procedures") {
        let matrix: Vec<Vec<f64>> =
            case["data"]["matrix"].as_array().expect("a matrix").iter().map(numbers).collect();
        let found = eigenvalues(&matrix);
        let wanted = numbers(&case["expected"]["eigenvalues"]);
        assert!(found.iter().zip(&wanted).all(|(a, b)| close(*a, *b)), "{which}: {found:?}");
        let valid = found.iter().all(|value| *value >= 0.0);
        assert_eq!(Some(valid), case["expected"]["valid"].as_bool(), "{which}");
    }
    let (least, most) = between(0.9, 0.9);
    agrees(least, &study["procedures"]["third"]["expected"]["least"]);
    agrees(most, &study["procedures"]["third"]["expected"]["largest"]);
}
