//! System cost and transfers (taxes, subsidies) apart on the screen, in the summary and in sweeps.

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
    assert!(stdout.contains("= 50: system cost 500.0 million USD2022"), "{stdout}");
    let table = fs::read_to_string(points.join("sweep.csv")).unwrap();
    let mut lines = table.lines();
    let header = lines.next().unwrap();
    assert!(header.contains(",status,objective,system_cost,transfers,"), "{header}");
    for (line, wanted) in lines.zip([[200.0, 200.0, 0.0], [680.0, 500.0, 180.0]]) {
        let numbers: Vec<f64> =
            line.split(',').skip(2).take(3).map(|cell| cell.parse().unwrap()).collect();
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
