//! What a technology earns and pays.

use std::fs;

use crate::support::{run, text, two_plants};

#[test]
fn it_is_said_in_words_and_numbers() {
    let temp = tempfile::tempdir().unwrap();
    let (model, out) = (two_plants(temp.path()), temp.path().join("out"));
    let arguments = ["why", text(&model), "gas_plant", "--out", text(&out)];
    let (code, stdout, stderr) = run(&arguments);
    assert_eq!(code, 0, "{stdout}{stderr}");
    // gas of 2 GW sells at its cost: fuel of 250 and emissions of 84.375 (see the textbook model)
    let said = "2.0 GW in service; MUSD2022/a: sold electricity 334.4, bought gas -250.0, \
                emissions co2 -84.4";
    assert!(stdout.contains(said), "{stdout}");
    let table = fs::read_to_string(out.join("why.csv")).unwrap();
    let row = "fleet,gas_plant,land,2030,emissions,co2,MUSD2022/a,-84.37";
    assert!(table.contains(row), "{table}");
    let (code, stdout, _) = run(&[&arguments[..], &["--json"]].concat());
    assert_eq!(code, 0);
    let said: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(said["fleets"][0]["technology"], "gas_plant");
    assert_eq!(said["certified"], true);
}

#[test]
fn what_is_not_there_is_said() {
    let temp = tempfile::tempdir().unwrap();
    let model = two_plants(temp.path());
    for (arguments, wanted) in [
        (&["gas_plan"][..], "no capacity is called `gas_plan`; did you mean `gas_plant`?"),
        (&["gas_plant", "--region", "sea"], "no capacity `gas_plant` in a region `sea`"),
        (&["gas_plant", "--year", "2031"], "2031 is no milestone year; there are 2030"),
    ] {
        let out = temp.path().join("out");
        let (code, _, stderr) =
            run(&[&["why", text(&model), "--out", text(&out)], arguments].concat());
        assert_eq!(code, 2, "{stderr}");
        assert!(stderr.contains(wanted), "{stderr}");
        assert!(!out.exists());
    }
}
