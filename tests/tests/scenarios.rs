//! Scenarios that scale what is there, and several of them together, each solved by hand.

use kzleap_study::formulation::formulate;
use kzleap_study::input::read;
use kzleap_study::model::{GivenValue, Model};
use kzleap_tests::by_hand::{DEMAND, GW_YEAR, ONE_YEAR, folder, plant};
use kzleap_tests::{activity, assert_close, solve};

const SCENARIOS: &[(&str, &str)] = &[
    (
        "costly",
        "[[set]]\npath = \"processes.*.variable_cost\"\nscale = 1.5\nreason = \"costly\"\n",
    ),
    ("more", "[[set]]\npath = \"demands.*.*.annual\"\nscale = 1.25\nreason = \"growth\"\n"),
    (
        "old",
        "[[set]]\npath = \"processes.coal_*.residual_capacity\"\nvalue = 0.1\nunit = \"GW\"\nreason = \"worn out\"\n",
    ),
    ("both", "parent = [\"more\", \"costly\"]\n"),
    (
        "same",
        "[[set]]\npath = [\"processes.*.variable_cost\", \"demands.*.*.annual\"]\nscale = 1\nreason = \"nothing\"\n",
    ),
    (
        "double",
        "[[set]]\npath = \"processes.*.variable_cost\"\nscale = 2\nreason = \"twice\"\n",
    ),
    (
        "half",
        "parent = \"double\"\n[[set]]\npath = \"processes.*.variable_cost\"\nscale = 0.5\nreason = \"and back\"\n",
    ),
];

/// Two coal plants at 2 USD/GJ, of 0.3 GW each, and gas at 3 USD/GJ.
fn model(scenario: &str) -> Model {
    let parts = ["coal_old", "coal_new"].map(|name| plant(name, 0.3, 2.0, "")).concat();
    let gas = plant("gas", 2.0, 3.0, "");
    let folder = folder(&[ONE_YEAR, DEMAND, &parts, &gas]);
    std::fs::create_dir(folder.path().join("scenarios")).expect("it can be made");
    for (name, text) in SCENARIOS {
        let file = folder.path().join(format!("scenarios/{name}.toml"));
        std::fs::write(file, text).expect("it can be written");
    }
    let input = read(folder.path(), Some(scenario));
    let findings = input.diagnostics.iter();
    let findings = findings.map(|one| kzleap_study::diagnostics::render(one, &input.sources));
    let findings: Vec<String> = findings.collect();
    input.model.unwrap_or_else(|| panic!("{}", findings.join("\n")))
}

fn digest(scenario: &str) -> String {
    formulate(&model(scenario)).lp.digest()
}

/// Of 1 GW all year coal makes 0.6: 0.6 * 2 + 0.4 * 3 = 2.4 MUSD/PJ of 31.536 PJ. With all costs
/// half as high again it is 3.6; with a quarter more demand, which gas makes, 0.6 * 2 + 0.65 * 3 =
/// 3.15; with both 4.725.
#[test]
fn selections_are_scaled_and_scenarios_combined() {
    let cost = |scenario: &str| solve(&model(scenario)).solution.objective / GW_YEAR;
    assert_close("base", cost("base"), 2.4);
    assert_close("costly", cost("costly"), 3.6);
    assert_close("more", cost("more"), 3.15);
    assert_close("together", cost("costly+more"), 4.725);
    let together = model("costly+more");
    let plan = solve(&together);
    assert_close("gas", activity(&together, &plan, "gas", "land", 0), 0.65 * GW_YEAR);
    // the order means nothing, on the command line or in a file
    assert_eq!(digest("costly+more"), digest("more+costly"));
    assert_eq!(digest("costly+more"), digest("both"));
    assert_eq!(together.scenario, "costly+more");
}

#[test]
fn factors_that_undo_each_other_change_nothing() {
    let base = digest("base");
    assert_eq!(digest("same"), base);
    assert_eq!(digest("half"), base);
    assert_ne!(digest("double"), base);
}

/// With 0.1 GW of each coal plant, 0.2 * 2 + 0.8 * 3 = 2.8 MUSD/PJ.
#[test]
fn a_value_is_put_wherever_the_selection_leads() {
    let old = model("old");
    assert_close("cost", solve(&old).solution.objective, 2.8 * GW_YEAR);
    let changed: Vec<_> = old.changes[0]
        .values
        .iter()
        .map(|value| {
            let text = |side: &Option<GivenValue>| side.clone().map(|given| given.text);
            (value.path.as_str(), text(&value.old), text(&value.new))
        })
        .collect();
    let was = |path| (path, Some("0.3".to_owned()), Some("0.1".to_owned()));
    let paths =
        ["processes.coal_old.residual_capacity", "processes.coal_new.residual_capacity"];
    assert_eq!(changed, paths.map(was));
}
