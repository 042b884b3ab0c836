//! What is said of statistics.

use crate::support::{Files, broken, messages};

const HEADER: &str = "statistic,label,quantity,flows,commodities,emission,categories,processes,regions,year,value,unit,tolerance,source\n";

/// The right model with rows of statistics.
fn with(m: Files, rows: &str) -> Files {
    m.add("statistics.csv", &format!("{HEADER}{rows}"))
}

const RIGHT: &str = "\
mined,Coal mined,supply,production,coal,,,,north,2025,41.2,PJ,0.02,a balance
burnt,,use,transformation,coal,,,,,2025,41,PJ/a,0.02,a balance
made,,generation,,electricity,,,coal_plant;wind,,2025,14,TWh,0.02,a balance
co2,,emissions,transformation/coal_plant,,co2,,,,2025,3900,kt,0.03,an inventory
plants,,capacity,,,,,coal_plant,,2030,3000,MW,0,a list
";

#[test]
fn statistics_are_read_with_their_units() {
    let input = with(Files::right(), RIGHT).read(None);
    assert_eq!(messages(&input), "");
    let model = input.model.expect("a model");
    let found: Vec<String> = model
        .statistics
        .iter()
        .map(|s| {
            let year = model.time.years[s.year].milestone;
            format!(
                "{}: {} {} {} = {} kept, {year}",
                s.label,
                s.of.word(),
                s.value,
                s.unit,
                s.value / s.factor
            )
        })
        .collect();
    insta::assert_snapshot!("statistics", found.join("\n"));
}

broken! {
    a_statistic_of_an_unknown_row: |m| with(m, "mined,,supply,productoin,coal,,,,,2025,41,PJ,0.02,\n");
    a_statistic_of_an_unknown_commodity: |m| with(m, "mined,,supply,production,coal; gas,,,,,2025,41,PJ,0.02,\n");
    a_statistic_in_another_unit: |m| with(m, "mined,,supply,production,coal,,,,,2025,41,Mt,0.02,\nplants,,capacity,,,,,coal_plant,,2030,3,TWh,0,\nco2,,emissions,,,co2,,,,2025,4,PJ,0.03,\n");
    a_statistic_given_twice: |m| with(m, "mined,,supply,production,coal,,,,,2025,41,PJ,0.02,\nmined,,supply,production,coal,,,,,2030,41,PJ,0.02,\n");
    a_statistic_of_no_milestone_year: |m| with(m, "mined,,supply,production,coal,,,,,2024,41,PJ,0.02,\n");
    a_statistic_of_no_quantity: |m| with(m, "mined,,production,production,coal,,,,,2025,41,PJ,0.02,\n");
    a_statistic_that_says_too_much: |m| with(m, "plants,,capacity,production,,,,coal_plant,,2030,3,GW,0,\n");
    a_statistic_that_says_too_little: |m| with(m, "mined,,supply,,coal,,,,,2025,41,PJ,0.02,\nco2,,emissions,,,,,,,2025,4,Mt,0.03,\nplants,,capacity,,,,,,,2030,3,GW,0,\n");
    a_statistic_without_a_tolerance: |m| with(m, "mined,,supply,production,coal,,,,,2025,41,PJ,,\n");
    a_statistic_in_toml_without_a_unit: |m| m.add("held.toml", "[statistics.mined]\nquantity = \"supply\"\nflows = \"production\"\nyear = 2025\nvalue = 41\ntolerance = 2\n");
    a_statistic_in_percent_of_difference: |m| with(m, "mined,,supply,production,coal,,,,,2025,41,PJ,2,\n");
    a_statistic_of_what_cannot_be_added: |m| m.replace("[commodities.electricity]", "[commodities.ore]\nunit = \"Mt\"\n[commodities.electricity]").add("statistics.csv", &format!("{HEADER}mined,,supply,production,coal;ore,,,,,2025,41,PJ,0.02,\n"));
    a_branch_in_no_row: |m| m.add("tree.toml", "[branches.lights]\nflow = \"finall/households\"\ncommodity = \"electricity\"\nannual = { value = 3, unit = \"PJ\" }\n");
}
