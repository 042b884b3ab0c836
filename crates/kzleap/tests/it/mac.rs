//! Abatement cost curves: `models/two-plants` with its cap from 12 to 4 Mt.

use std::fs;

use crate::support::{json, names, run, text, two_plants};

fn mac(more: &[&str]) -> (i32, String, String, tempfile::TempDir) {
    let temp = tempfile::tempdir().unwrap();
    let (model, out) = (two_plants(temp.path()), temp.path().join("out"));
    let arguments = ["mac", text(&model), "--out", text(&out)];
    let (code, stdout, stderr) = run(&[&arguments, more].concat());
    (code, stdout, stderr, temp)
}

/// Without a cap coal makes all of 36 PJ at 5.556 USD/GJ: 200, and emits 10 Mt. Gas at 13.889 emits 0.1
/// in place of 0.278 Mt/PJ: 46.875 USD/t.
#[test]
fn the_curve_of_two_plants() {
    let moved = ["--param", "emission_caps.land.limit.2030=12:4", "--unit", "Mt/a"];
    let (code, stdout, stderr, temp) = mac(&moved);
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert!(stdout.contains("  land 2030 10.0: 200.0\n"), "{stdout}");
    assert!(stdout.contains("46.9 USD2022/t"), "{stdout}");
    let out = temp.path().join("out");
    assert_eq!(names(&out), ["mac.csv", "mac.json", "mac_measures.csv", "manifest.json"]);
    let found = json(&out.join("mac.json"));
    let number = |value: &serde_json::Value| value.as_f64().unwrap();
    let costs: Vec<f64> =
        found["breakpoints"].as_array().unwrap().iter().map(|at| number(&at["cost"])).collect();
    for (found, by_hand) in costs.iter().zip([200.0, 200.0, 200.0 + 6.0 * 46.875]) {
        assert!((found - by_hand).abs() < 1e-6, "{costs:?}");
    }
    assert_eq!(costs.len(), 3);
    assert!((number(&found["lines"][1]["marginal_cost"]) - 46.875).abs() < 1e-6, "{found}");
    let rows = fs::read_to_string(out.join("mac_measures.csv")).unwrap();
    for row in ["2,emissions,coal,,2030,Mt/a,-", "2,activity,gas_plant,land,2030,PJ/a,"] {
        assert!(rows.contains(row), "{rows}");
    }
    let (code, stdout, _, _) = mac(&[&moved[..], &["--json"]].concat());
    assert_eq!(code, 0);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&stdout).unwrap(), found);
}

#[test]
fn what_has_no_curve_says_why() {
    for (moved, wanted, why) in [
        ("emission_caps.land.limit.2030=12:0", 4, "with the limits at `to`: infeasible"),
        ("emission_caps.land.limit.2030=12:12", 2, "are not all different"),
        ("emission_caps.land.limit.2030=12", 2, "write PATH=from:to, such as"),
        ("processes.coal_plant.efficiency=*1:*0.9", 2, "more than limits of caps"),
        ("emission_caps.sea.limit=*1:*0.9", 3, "sea"),
    ] {
        let (code, stdout, stderr, _) = mac(&["--param", moved, "--quiet"]);
        assert_eq!(code, wanted, "{moved}: {stdout}{stderr}");
        assert!(stderr.contains(why), "{moved}: {stderr}");
    }
}
