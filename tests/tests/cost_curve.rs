//! The curve of the least cost by the limits of caps: by hand, beside curves solved apart from us
//! (`../shared/oracles/policy`, P35, P36, P37, P44), where they lie, and beside plans of models that have
//! the limits written in them. Their TWh are our PJ, and so their USD/MWh our USD/GJ.

use kzleap_generator::{Size, national};
use kzleap_study::input::{Change, Tree};
use kzleap_study::model::Model;
use kzleap_study::model::policy::CapWindow;
use kzleap_study::solver::SolveError;
use kzleap_study::{CostCurve, Measure, MeasureKind, NoCurve, cost_curve, measures};
use kzleap_tests::by_hand::{ONE_YEAR, read};
use kzleap_tests::oracle::{number, oracle};
use kzleap_tests::outside::{migrated, oracles, with_half_a_year_of_interest};
use kzleap_tests::solve;
use proptest::prelude::*;

/// More solves than any of these curves needs.
const ENOUGH: usize = 300;

fn curve_of(ends: [&Model; 2], most: usize) -> Result<CostCurve, NoCurve> {
    cost_curve(ends, most, &Default::default(), &Default::default())
}

fn same(found: f64, wanted: f64) -> bool {
    (found - wanted).abs() <= 1e-9 * wanted.abs().max(1.0)
}

/// A plant with its cost in USD/GJ, what it emits in Mt/PJ, and the most it makes.
fn plant(name: &str, cost: f64, emits: f64, most: f64) -> String {
    format!(
        "[processes.{name}]\noutput = \"electricity\"\nvariable_cost = {cost}\n\
         emissions = {{ co2 = {} }}\nmax_activity = {{ value = {most}, unit = \"PJ\" }}\n",
        1000.0 * emits
    )
}

/// Demand for electricity as written, from coal, gas and wind.
fn system(demand: &str, coal: f64) -> String {
    ONE_YEAR.to_owned()
        + "[commodities.electricity]\n[demands.electricity.land]\n"
        + demand
        + "[emissions.co2]\n"
        + &plant("coal", 20.0, 1.0, coal)
        + &plant("gas", 45.0, 0.4, 8.0)
        + &plant("wind", 90.0, 0.0, 4.0)
}

fn capped(text: &str, limit: f64) -> Model {
    read(&[text, &format!("[emission_caps.all]\nemissions = {{ co2 = 1 }}\nlimit = {limit}\n")])
}

/// Gas in place of coal saves 0.6 Mt/PJ for 25 USD/GJ: 41.667 USD/t, from 10 to 5.2 Mt. Then wind in
/// place of coal 70, to 3.2 Mt, and in place of gas 112.5, to 2.4 Mt.
#[test]
fn by_hand() {
    let text = system("annual = 10\n", 10.0);
    let (from, to) = (capped(&text, 11.0), capped(&text, 2.4));
    let curve = curve_of([&from, &to], ENOUGH).expect("there is a curve");
    assert!(curve.certified && curve.error == 0.0);
    let limits = curve.breakpoints.iter().map(|point| curve.moved[0].at(point.part));
    for (found, wanted) in limits.zip([11.0, 10.0, 5.2, 3.2, 2.4]) {
        assert!(same(found, wanted), "{found}, by hand {wanted}");
    }
    let costs = curve.breakpoints.iter().map(|point| point.cost);
    for (found, wanted) in costs.zip([200.0, 200.0, 400.0, 540.0, 630.0]) {
        assert!(same(found, wanted), "{found}, by hand {wanted}");
    }
    let marginal =
        curve.slopes().into_iter().map(|slope| curve.moved[0].marginal_cost(&from, slope));
    for (found, wanted) in marginal.zip([0.0, 25.0 / 0.6, 70.0, 112.5]) {
        assert!(same(found, wanted), "{found}, by hand {wanted}");
    }
    assert_eq!(curve.breakpoints.len(), 5);
    let plans = [1, 2].map(|at| &curve.breakpoints[at].solution);
    let found = measures(&from, &curve.moved, plans);
    let said = |one: &Measure| (one.kind, one.name.clone(), (one.change * 1e6).round() / 1e6);
    let found: Vec<_> = found.iter().map(said).collect();
    let of = |kind, name: &str, change| (kind, name.to_owned(), change);
    for one in [
        of(MeasureKind::Emissions, "coal", -8.0),
        of(MeasureKind::Emissions, "gas", 3.2),
        of(MeasureKind::Activity, "coal", -8.0),
        of(MeasureKind::Activity, "gas", 8.0),
    ] {
        assert!(found.contains(&one), "{one:?} is not among {found:?}");
    }
    assert_eq!(found.len(), 4, "{found:?}");
}

/// Holds a curve to the corners of an oracle, its costs less what is constant, times a factor.
fn holds(name: &str, curve: &CostCurve, corners: &serde_json::Value, less: f64, factor: f64) {
    assert!(curve.certified && curve.error == 0.0, "{name}");
    let corners: Vec<[f64; 2]> = (corners.as_array().expect("a list").iter())
        .map(|pair| [number(&pair[0]), number(&pair[1])])
        .collect();
    let found: Vec<[f64; 2]> = (curve.breakpoints.iter())
        .map(|point| [curve.moved[0].at(point.part), point.cost * factor - less])
        .collect();
    assert_eq!(found.len(), corners.len(), "{name}: {found:?}, must be {corners:?}");
    for (found, wanted) in found.iter().zip(&corners) {
        let all = (0..2).all(|at| same(found[at], wanted[at]));
        assert!(all, "{name}: {found:?}, must be {wanted:?}");
    }
    let most = 2.5 * corners.len() as f64;
    assert!(curve.solves as f64 <= most, "{name}: {} solves", curve.solves);
}

#[test]
fn curves_of_one_year_are_those_found_apart_from_us() {
    let Some(folder) = oracles("policy") else { return };
    let saved = [(4, -10), (10, 5), (15, 20), (20, 45), (8, 110)].map(|(most, cost)| {
        format!(
            "[processes.save{most}]\noutput = \"product\"\nvariable_cost = {cost}\n\
             max_activity = {{ value = {most}, unit = \"PJ\" }}\n"
        )
    });
    let five = ONE_YEAR.to_owned()
        + "[commodities.product]\ntier = \"annual\"\n[demands.product]\n\
           land = { annual = 100 }\n[emissions.co2]\n[processes.works]\n\
           output = \"product\"\nfree = \"as it is\"\nemissions = { co2 = 1000 }\n"
        + &saved.concat();
    let steps = "annual = 12\nsteps.use1 = { amount = 8, worth = 200 }\n\
                 steps.use2 = { amount = 2, worth = 60 }\nsteps.use3 = { amount = 2, worth = 42 }\n";
    for (name, text, worth) in [
        ("P35", five, 0.0),
        ("P37", system(steps, 14.0), 200.0 * 8.0 + 120.0 + 84.0),
        ("P44", system("annual = 10\n", 10.0), 0.0),
    ] {
        let corners = &oracle(&folder, name)["curves"]["cap"]["breakpoints"];
        let all = corners.as_array().expect("a list");
        let end = |pair: Option<&serde_json::Value>| number(&pair.expect("two or more")[0]);
        let ends = [end(all.first()), end(all.last())].map(|limit| capped(&text, limit));
        let curve = curve_of([&ends[0], &ends[1]], ENOUGH).expect("there is a curve");
        holds(name, &curve, corners, worth, 1.0);
    }
}

/// A budget over two periods, and one cap for both of them. Their payments fall half a year later than
/// they are discounted.
#[test]
fn curves_of_two_periods_are_those_found_apart_from_us() {
    let Some(folder) = oracles("policy") else { return };
    let oracle = oracle(&folder, "P36");
    let text = oracle["kzleap"]["cases"]["middle_0"]["files"]["model.toml"].as_str();
    let text = text.expect("a model");
    for (name, of, written) in [
        ("budget", "budget", text.to_owned()),
        ("equal_caps", "limit", text.replace("\nbudget = 7.884", "\nlimit = 1")),
    ] {
        let there = tempfile::tempdir().expect("a folder can be made");
        std::fs::write(there.path().join("model.toml"), written).expect("it can be written");
        let model = migrated(there.path());
        let tree = Tree::read(&model.path().join("model"));
        let corners = &oracle["curves"][name]["breakpoints"];
        let all = corners.as_array().expect("a list");
        let ends = [all.first(), all.last()].map(|pair| {
            let limit = number(&pair.expect("two or more")[0]);
            let change = Change::set_in(format!("emission_caps.c.{of}"), limit, None);
            let mut model = tree.with(&[change]).input().model.expect("it has no errors");
            with_half_a_year_of_interest(&mut model);
            model
        });
        let curve = curve_of([&ends[0], &ends[1]], ENOUGH).expect("there is a curve");
        holds(name, &curve, corners, 0.0, 1.05_f64.sqrt());
    }
}

/// The model with every yearly limit of its caps a part of the way to so much of it.
fn tightened(model: &Model, to: f64, part: f64) -> Model {
    let mut model = model.clone();
    for cap in model.emission_caps.iter_mut() {
        if let CapWindow::EachYear(limits) = &mut cap.window {
            for limit in limits.iter_mut().flatten() {
                let last = *limit * to;
                *limit = if part < 1.0 { *limit + (last - *limit) * part } else { last };
            }
        }
    }
    model
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, ..ProptestConfig::default() })]

    /// The curve is convex, rises as limits of several years fall together, and goes through the
    /// least cost of every model with limits between. Stopped early, it is above that by no more than
    /// it says.
    #[test]
    fn plans_with_the_limits_written_lie_on_the_curve(seed in 0_u64..1000) {
        let size = Size { regions: 2, seasons: 2, blocks: 2, years: 3, variants: 1 };
        let model = national(size, seed);
        let ends = [tightened(&model, 0.8, 0.0), tightened(&model, 0.8, 1.0)];
        let curve = curve_of([&ends[0], &ends[1]], ENOUGH).expect("there is a curve");
        prop_assert!(curve.certified && curve.error == 0.0);
        let slopes = curve.slopes();
        prop_assert!(slopes.windows(2).all(|pair| pair[0] < pair[1]), "{slopes:?}");
        prop_assert!(slopes.iter().all(|slope| *slope >= -1e-9 * curve.breakpoints[0].cost));
        let coarse = curve_of([&ends[0], &ends[1]], 3).expect("there is a curve");
        prop_assert!(coarse.solves <= 3);
        for part in (0..=10).map(|tenth| f64::from(tenth) / 10.0) {
            let plan = solve(&tightened(&model, 0.8, part));
            let (cost, rounding) = (plan.solution.objective, 1e-9 * plan.certificate.costs);
            let off = on_lines(&curve, part) - cost;
            prop_assert!(off.abs() <= rounding, "{off} off at {part}");
            let above = on_lines(&coarse, part) - cost;
            prop_assert!((-rounding..=coarse.error + rounding).contains(&above), "{above} at {part}");
        }
    }
}

/// The cost on the lines between the breakpoints.
fn on_lines(curve: &CostCurve, part: f64) -> f64 {
    let pair = curve.breakpoints.windows(2).find(|pair| part <= pair[1].part).expect("a line");
    let way = (part - pair[0].part) / (pair[1].part - pair[0].part);
    pair[0].cost + (pair[1].cost - pair[0].cost) * way
}

#[test]
fn what_is_no_limit_is_refused_in_words() {
    let text = system("annual = 10\n", 10.0);
    let refused = |ends: [&Model; 2]| match curve_of(ends, ENOUGH) {
        Err(NoCurve::NotOfLimits(why)) => why,
        other => panic!("{other:?}"),
    };
    let model = capped(&text, 7.0);
    let more = capped(&text.replace("annual = 10", "annual = 9"), 7.0);
    let cheap = capped(&text.replace("variable_cost = 20", "variable_cost = 21"), 7.0);
    for (other, why) in [
        (&model, "from and to are the same"),
        (&more, "`annual_balance[land,electricity,2030]` is moved"),
        (&cheap, "more than limits of caps on emissions is moved"),
    ] {
        let found = refused([&model, other]);
        assert!(found.contains(why), "{found}");
    }
    let whole = text.replace("[processes.wind]\n", "[processes.wind]\ncapacity = \"GW\"\ncapital_cost = 1000\nlife = 20\nunit_size = { value = 1, unit = \"GW\" }\n");
    let found = refused([&capped(&whole, 7.0), &capped(&whole, 6.0)]);
    assert!(found.contains("whole units"), "{found}");
}

#[test]
fn an_end_without_a_plan_is_named() {
    let text = system("annual = 10\n", 10.0);
    let (from, to) = (capped(&text, 7.0), capped(&text, 1.0));
    let found = curve_of([&from, &to], ENOUGH).map(|_| ());
    assert_eq!(found, Err(NoCurve::AtEnd(1, SolveError::Infeasible)));
}
