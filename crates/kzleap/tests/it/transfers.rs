//! System cost, transfers (taxes, subsidies) and worth of demand forgone apart on the screen, in the
//! summary, in comparisons and in sweeps.

use std::fs;

use crate::support::{change, run, summary, text, two_plants};

/// At 50 USD/t gas makes all 10 TWh for 50 USD/MWh, 500 MUSD, and 3.6 Mt pay 180 MUSD; at no
/// price coal makes them for 200 MUSD.
#[test]
fn a_tax_is_said_beside_the_cost() {
    let temp = tempfile::tempdir().unwrap();
    let (model, out) = (two_plants(temp.path()), temp.path().join("out"));
    let priced = "[emissions.co2]\nprice = { value = 50, unit = \"USD/t\" }";
    change(&model.join("model.toml"), "[emissions.co2]", priced);
    let no_cap = ["-s", "no-cap", "--out", text(&out)];
    let (code, stdout, stderr) = run(&[&["run", text(&model)], &no_cap[..]].concat());
    assert_eq!(code, 0, "{stdout}{stderr}");
    for said in [
        "  cost       500.0 million USD2022 (total discounted system cost, present value of 2030)\n",
        "  transfers  emission_price 180.0 million USD2022 (taxes, subsidies)\n",
        "  minimised  680.0 million USD2022 (system cost + transfers)\n",
    ] {
        assert!(stdout.contains(said), "{stdout}");
    }
    let summary = summary(&out);
    let near = |value: &serde_json::Value, wanted: f64| {
        assert!((value.as_f64().unwrap() - wanted).abs() < 1e-6, "{value}, must be {wanted}");
    };
    near(&summary["objective"], 680.0);
    near(&summary["system_cost"], 500.0);
    near(&summary["transfers"]["emission_price"], 180.0);
    near(&summary["annual_cost"]["variable"]["2030"], 500.0);
    near(&summary["annual_transfers"]["emission_price"]["2030"], 180.0);

    let points = temp.path().join("points");
    let param =
        ["sweep", text(&model), "--param", "emissions.co2.price=0:50:2", "--unit", "USD/t"];
    let where_to = ["-s", "no-cap", "--out", text(&points)];
    let (code, stdout, stderr) = run(&[&param, &where_to[..]].concat());
    assert_eq!(code, 0, "{stdout}{stderr}");
    let table = fs::read_to_string(points.join("runs.csv")).unwrap();
    let mut lines = table.lines();
    let header = lines.next().unwrap();
    assert!(header.contains(",status,objective,system_cost,transfers,"), "{header}");
    for (line, wanted) in lines.zip([[200.0, 200.0, 0.0], [680.0, 500.0, 180.0]]) {
        let numbers: Vec<f64> =
            line.split(',').skip(5).take(3).map(|cell| cell.parse().unwrap()).collect();
        for (found, wanted) in numbers.iter().zip(wanted) {
            assert!((found - wanted).abs() < 1e-6, "{line}");
        }
    }
}

/// Without taxes and subsidies nothing is said of them.
#[test]
fn a_plan_without_transfers_has_a_cost_only() {
    let temp = tempfile::tempdir().unwrap();
    let out = temp.path().join("out");
    let (code, stdout, _) = run(&["run", "models/two-plants", "--out", text(&out)]);
    assert_eq!(code, 0);
    assert!(stdout.contains("  cost       350.0 million"), "{stdout}");
    assert!(!stdout.contains("transfers") && !stdout.contains("minimised"), "{stdout}");
}

/// 4 of 10 TWh are worth 60 USD/MWh. Without a cap coal makes all of it for 200 MUSD. Under 6.8 Mt, a
/// tonne for each MWh of coal, one more by gas in place of coal would cost 66.875: coal makes 6.8 TWh
/// for 136 MUSD, and 3.2 TWh worth 192 are forgone. The cheaper plan is the worse one.
#[test]
fn what_demand_forgoes_is_said_beside_the_cost() {
    let temp = tempfile::tempdir().unwrap();
    let (model, out) = (two_plants(temp.path()), temp.path().join("out"));
    let steps = "annual = 10, steps = { some = { share = 0.4, worth = { value = 60, \
                 unit = \"USD/MWh\" } } }";
    change(&model.join("model.toml"), "annual = 10", steps);
    let both = ["-s", "no-cap", "-s", "base", "--out", text(&out)];
    let (code, stdout, stderr) = run(&[&["run", text(&model)], &both[..]].concat());
    assert_eq!(code, 0, "{stdout}{stderr}");
    for said in [
        "  cost       136.0 million USD2022 (total",
        "  forgone    192.0 million USD2022 (worth of demand not served; that of what is served of its \
         steps: 48.0)\n",
        "  minimised  328.0 million USD2022 (system cost + worth forgone: compare plans by this)\n",
        "  minimised  200.0 million USD2022 (system cost + worth forgone: compare plans by this)\n",
    ] {
        assert!(stdout.contains(said), "{said} in\n{stdout}");
    }
    let summary = summary(&out.join("base"));
    let near = |value: &serde_json::Value, wanted: f64| {
        assert!((value.as_f64().unwrap() - wanted).abs() < 1e-6, "{value}, must be {wanted}");
    };
    near(&summary["objective"], 328.0);
    near(&summary["system_cost"], 136.0);
    near(&summary["demand_answers"]["worth_forgone"], 192.0);
    near(&summary["demand_answers"]["worth_served"], 48.0);
    near(&summary["demand_answers"]["annual_forgone"]["2030"], 192.0);
    let page = fs::read_to_string(out.join("base/index.html")).unwrap();
    assert!(page.contains("Compare plans by what is minimised, 328"), "the lead");
    let compared = fs::read_to_string(out.join("compare.html")).unwrap();
    for row in ["of what is served", "Cost and worth forgone: what to compare"] {
        assert!(compared.contains(row), "{row}");
    }

    let points = temp.path().join("points");
    let sweep = ["sweep", text(&model), "--param", "emission_caps.land.limit.2030=6.8:10:2"];
    let more = ["--unit", "Mt/a", "--out", text(&points)];
    let (code, stdout, stderr) = run(&[&sweep[..], &more[..]].concat());
    assert_eq!(code, 0, "{stdout}{stderr}");
    let table = fs::read_to_string(points.join("runs.csv")).unwrap();
    assert!(table.contains(",objective,system_cost,transfers,worth_forgone,"), "{table}");
}

/// 10 TWh of a sector that leaves what costs more than 30 USD/MWh, and 6.8 Mt, a tonne for each MWh of
/// coal at 20: 6.8 TWh are served, and 3.2 TWh, 11.52 PJ, go unserved. Their worth is in the cost, and
/// what they are is said beside it.
#[test]
fn what_goes_unserved_is_said_beside_the_cost() {
    let temp = tempfile::tempdir().unwrap();
    let (model, out) = (two_plants(temp.path()), temp.path().join("out"));
    let steps = "annual = 10, steps = { all = { share = 1, worth = { value = 30, \
                 unit = \"USD/MWh\" }, by = \"slice\" } }";
    change(&model.join("model.toml"), "annual = 10", steps);
    let (code, stdout, stderr) = run(&["run", text(&model), "--out", text(&out)]);
    assert_eq!(code, 0, "{stdout}{stderr}");
    for said in [
        "  cost       232.0 million USD2022 (total",
        "  unserved   electricity: 2030 11.5 [PJ/a] (its worth is in the cost)\n",
    ] {
        assert!(stdout.contains(said), "{said} in\n{stdout}");
    }
    let out = temp.path().join("all");
    let (_, stdout, _) = run(&["run", "models/two-plants", "--out", text(&out)]);
    assert!(!stdout.contains("unserved"), "{stdout}");
}
