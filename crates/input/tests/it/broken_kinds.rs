//! What is said of kinds, families, colours and names of any script.

use kzleap_model::Gas;

use crate::support::{Files, broken};

broken! {
    an_unknown_kind: |m| m.replace("[commodities.electricity]", "[commodities.electricity]\n[commodities.heat]\nkind = \"warmth\"");
    a_kind_of_another_unit: |m| m.replace("tier = \"annual\"", "tier = \"annual\"\nkind = \"material\"");
    a_family_of_no_fuel: |m| m.replace("tier = \"annual\"", "tier = \"annual\"\nkind = \"heat\"\nfamily = \"coal\"");
    a_colour_that_is_none: |m| m.replace("tier = \"annual\"", "tier = \"annual\"\ncolour = \"brown\"");
    a_category_that_nothing_is_in: |m| m.add("categories.toml", "[categories.batery]\nfamily = \"storage\"\n");
    names_that_look_alike: |m| m.add("more.toml", "[commodities.\"c\u{43e}al\"]\n[resources.mine]\ncommodity = \"c\u{43e}al\"\ncost = 1\n[demands.\"c\u{43e}al\"]\nnorth = { annual = 1 }\n[units]\nvariable_cost = \"USD/MWh\"\ndemand = \"TWh/a\"\n");
    a_name_of_signs: |m| m.replace("[commodities.electricity]", "[commodities.electricity]\n[commodities.\"\u{438}\u{43b}\u{438}!\"]");
}

/// Kazakh and Russian names, one letter of which another file writes as two signs: the parts of
/// the model find each other. The gas says what is captured, whatever it is called.
#[test]
fn names_are_of_any_script() {
    let composed = "\u{439}"; // й
    let apart = "\u{438}\u{306}"; // и and a breve
    let files = Files::right()
        .replace("[emissions.co2]", &format!("[emissions.\"газ_парнико{composed}\"]"))
        .replace("emissions = { co2 = 95 }", &format!("emissions = {{ \"газ_парнико{apart}\" = 95 }}"))
        .replace("emissions = { co2 = 1 }", &format!("emissions = {{ \"газ_парнико{composed}\" = 1 }}"))
        .add("more.toml", "[commodities.\"жылу_ҚӘҒ\"]\nkind = \"heat\"\n[processes.\"қазандық-1\"]\n\
              regions = [\"north\"]\ninput = \"coal\"\noutput = \"жылу_ҚӘҒ\"\nefficiency = 0.9\ncapture = 0.5\n\
              variable_cost = { value = 1, unit = \"USD/MWh\" }\n[demands.\"жылу_ҚӘҒ\"]\n\
              north = { annual = { formula = \"адамдар * 2 GJ/head\" } }\n[drivers.\"адамдар\"]\n\
              unit = \"million\"\nvalue = 3\n");
    let input = files.read(None);
    let model = input.model.unwrap_or_else(|| panic!("{:?}", input.diagnostics));
    assert_eq!(model.emissions[kzleap_model::EmissionIx::new(0)].gas, Some(Gas::Co2));
    let boiler = model.processes.iter().find(|p| p.name == "қазандық-1").expect("a boiler");
    // half of 95 kt/PJ of coal, which 1 / 0.9 PJ is burnt of
    let (_, factor) = &boiler.modes[0].emissions[0];
    assert!((factor.range().0 - 0.095 / 0.9 / 2.0).abs() < 1e-12);
    // 3 million people at 2 GJ
    let heat = model.demands.iter().find(|d| model.commodities[d.commodity].name == "жылу_ҚӘҒ");
    assert!((heat.expect("a demand").annual[0] - 6.0).abs() < 1e-9);
}
