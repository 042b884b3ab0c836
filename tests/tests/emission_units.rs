//! Emissions in units of their own: the same model whatever each is counted in.

use kzleap_accounts::Accounts;
use kzleap_report::tables::{emission_caps, emissions};
use kzleap_study::model::{MassUnit, Model};
use kzleap_tests::assert_close;
use kzleap_tests::by_hand::{ONE_YEAR, solved};

/// Heat of coal (2 USD/GJ, 100 kt/PJ of CO2, 4 kg/PJ of mercury) or of gas (8 USD/GJ, 60 kt/PJ of
/// CO2, 1 t/PJ of CH4, 0.1 kg/PJ of mercury), 100 PJ; 5 kg of mercury and 1 Mt of CO2 come from
/// outside.
fn boilers(mercury: &str, co2: &str, ch4: &str, caps: &str) -> String {
    format!(
        r#"
{ONE_YEAR}
[commodities.heat]
tier = "annual"
[commodities.coal]
tier = "annual"
[commodities.coal.emissions]
co2 = {{ value = 100, unit = "kt/PJ" }}
mercury = {{ value = 4, unit = "g/TJ" }}
[commodities.gas]
tier = "annual"
[commodities.gas.emissions]
co2 = {{ value = 60, unit = "kt/PJ" }}
ch4 = {{ value = 1, unit = "t/PJ" }}
mercury = {{ value = 0.1, unit = "g/TJ" }}
[emissions.mercury]
{mercury}
exogenous = {{ value = 5, unit = "kg/a" }}
[emissions.co2]
{co2}
exogenous = {{ value = 1, unit = "Mt/a" }}
[emissions.ch4]
{ch4}
[resources.mine]
commodity = "coal"
cost = 2
[resources.well]
commodity = "gas"
cost = 8
[processes.coal_boiler]
input = "coal"
output = "heat"
efficiency = 1
[processes.gas_boiler]
input = "gas"
output = "heat"
efficiency = 1
[demands.heat]
land = {{ annual = 100 }}
{caps}
"#
    )
}

const MERCURY_CAP: &str = "[emission_caps.poison]\nemissions = { mercury = 1 }\n\
                           limit = { value = 210, unit = \"kg/a\" }\n";

/// Coal x, gas 100 - x: 4 x + 0.1 (100 - x) + 5 = 210, so x = 50, and the cost is 100 + 400. One
/// kilogramme less moves 1 / 3.9 PJ at 6 MUSD/PJ: 1.538 MUSD/kg.
#[test]
fn kilogrammes_stay_kilogrammes() {
    for (unit, in_kg) in [("kg", 1.0), ("g", 1e-3), ("t", 1e3), ("Mt", 1e9), ("mg", 1e-6)] {
        let unit_line = format!("unit = \"{unit}\"");
        let (model, plan) = solved(&[&boilers(&unit_line, "", "", MERCURY_CAP)]);
        assert_close("cost", plan.solution.objective, 500.0);
        let of = |name: &str| model.emissions.position(|e| e.name == name).unwrap().get();
        let emitted = plan.solution.emissions[(of("mercury"), 0, 0)];
        assert_close("mercury, kg", emitted * in_kg, 210.0);
        assert_close("CO2, Mt", plan.solution.emissions[(of("co2"), 0, 0)], 9.0);
        let price = plan.solution.emission_price[0][0] / in_kg;
        assert_close("price, MUSD/kg", price, 6.0 / 3.9);
        let caps = emission_caps::sheet(&Accounts::new(&model, &plan.solution)).to_csv();
        for row in ["limit", "actual", "price"] {
            let unit =
                if row == "price" { format!("MUSD2022/{unit}") } else { format!("{unit}/a") };
            assert!(caps.contains(&format!("poison,{row},{unit},2030,")), "{caps}");
        }
        let by_process = emissions::sheet(&Accounts::new(&model, &plan.solution)).to_csv();
        assert!(by_process.contains(&format!("mercury,land,coal_boiler,coal_boiler,{unit}/a")));
        assert!(by_process.contains(&format!("mercury,land,,exogenous,{unit}/a,2030")));
        assert!(by_process.contains("co2,land,coal_boiler,coal_boiler,Mt/a"), "{by_process}");
    }
}

/// What counts under a cap on CO2 and CH4 together: weights are tonnes for tonnes. Coal x: the
/// cap of 9.0014 Mt of CO2e is met by 0.1 x + 0.06 (100 - x) + 28 · 1e-6 (100 - x) + 1, at x = 50.
#[test]
fn a_basket_of_emissions_in_different_units() {
    let caps = |first: &str| {
        let weights = if first == "co2" { "co2 = 1, ch4 = 28" } else { "ch4 = 28, co2 = 1" };
        format!(
            "[emission_caps.basket]\nemissions = {{ {weights} }}\n\
             limit = {{ value = 9.0014, unit = \"Mt/a\" }}\n"
        )
    };
    let mut prices = Vec::new();
    for (co2, ch4) in [("", ""), ("", "unit = \"kt\""), ("unit = \"kt\"", "unit = \"t\"")] {
        let (model, plan) = solved(&[&boilers("unit = \"kg\"", co2, ch4, &caps("co2"))]);
        assert_close("cost", plan.solution.objective, 500.0);
        let cap = &model.emission_caps[kzleap_study::model::policy::EmissionCapIx::new(0)];
        let in_mt = if co2.is_empty() { 1.0 } else { 1e-3 };
        assert_eq!(cap.unit_text(&model), if co2.is_empty() { "Mt" } else { "kt" });
        let counted = Accounts::new(&model, &plan.solution).under_cap(cap)[0];
        assert_close("counted, Mt", counted * in_mt, 9.0014);
        prices.push(plan.solution.emission_price[0][0] / in_mt);
    }
    // 6 MUSD for (0.04 - 28e-6) Mt
    for price in prices {
        assert_close("price, USD/t", price, 6.0 / (0.04 - 28e-6));
    }
}

/// What a thing is counted in is not what its numbers are written in.
#[test]
fn inputs_keep_the_unit_of_the_file() {
    let mercury = "unit = \"kg\"\nprice = 3";
    let (model, _) = solved(&[&boilers(mercury, "", "", "")]);
    let price = model.inputs.iter().find(|input| input.path == "emissions.mercury.price");
    assert_eq!(price.and_then(|input| input.unit.as_deref()), Some("USD/t"));
}

/// A price of 2 MUSD/kg on mercury is above the 1.538 of [`kilogrammes_stay_kilogrammes`]: all gas.
/// 800 for gas and 10 kg at 2: 820; below it, at 1: all coal, 200 + 400.
#[test]
fn prices_are_for_a_unit_of_the_file() {
    for (price, by_hand) in [(2e6, 820.0), (1e6, 600.0)] {
        for unit in ["kg", "Mt"] {
            let mercury =
                format!("unit = \"{unit}\"\nprice = {{ value = {price}, unit = \"USD/kg\" }}");
            let (_, plan) = solved(&[&boilers(&mercury, "", "", "")]);
            assert_close("cost", plan.solution.objective, by_hand);
        }
    }
}

/// The page and the screen have a price for each kilogramme, none beside a zero.
#[test]
fn prices_are_shown_for_a_unit_that_reads() {
    use kzleap_study::model::emission_units::price_shown;
    let shown = |unit| price_shown("USD", unit);
    assert_eq!(shown(MassUnit::named("Mt")), ("USD/t".to_owned(), 1.0));
    assert_eq!(shown(MassUnit::named("kt")), ("USD/t".to_owned(), 1e3));
    assert_eq!(shown(MassUnit::named("kg")), ("USD/kg".to_owned(), 1e6));
    assert_eq!(shown(None), ("MUSD".to_owned(), 1.0));
}

/// Emissions above a cap from outside alone are reported in the unit of the cap.
#[test]
fn a_cap_below_what_comes_from_outside_speaks_its_unit() {
    let cap = MERCURY_CAP.replace("210", "3");
    let folder = tempfile::tempdir().unwrap();
    let text = boilers("unit = \"kg\"", "", "", &cap);
    let head = "format = 2\nname = \"m\"\ncurrency = \"USD2022\"\n[units]\ncost = \"USD/GJ\"\n\
                annual = \"PJ\"\n[regions.land]\n";
    std::fs::write(folder.path().join("model.toml"), format!("{head}{text}")).unwrap();
    let input = kzleap_study::input::read(folder.path(), None);
    let reported = |finding: &kzleap_study::diagnostics::Diagnostic| {
        finding.message.contains("allows 3 kg in 2030, but 5 kg come from outside")
    };
    assert!(input.diagnostics.iter().any(reported), "{:?}", input.diagnostics);
    let none: Option<Model> = input.model;
    assert!(none.is_none());
}
