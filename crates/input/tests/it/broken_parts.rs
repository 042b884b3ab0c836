//! What is said of the parts of regions.

use kzleap_model::{OwnerShare, RegionChange};

use crate::support::{Files, broken, messages};

const HEADER: &str = "region,part,label,of,share,source,confidence,note\n";

const RIGHT: &str = "\
north,hills,The hills,,0.7,census,medium,
north,plain,,,0.3,census,medium,
north,hills,,processes.wind,0.4,a map,medium,
north,plain,,processes.wind,0.6,a map,medium,
north,plain,,processes.coal_plant.residual_capacity; storages.battery,1,a list,high,
north,hills,,demands.electricity,0.25,meters,low,
north,plain,,demands.electricity,0.75,meters,low,
";

/// The right model with a level of parts in these rows.
fn with(m: Files, rows: &str) -> Files {
    m.add("levels.toml", "[region_levels.fine]\nsplit = \"parts.csv\"\nlocal = [\"coal\"]\n")
        .add("parts.csv", &format!("{HEADER}{rows}"))
}

#[test]
fn parts_are_read_with_their_shares() {
    let input = with(Files::right(), RIGHT).read(None);
    assert_eq!(messages(&input), "");
    let model = input.model.expect("a model");
    let RegionChange::Split(split) = &model.region_levels[0].change else { panic!("parts") };
    let names: Vec<(&str, &str, f64)> = split
        .parts
        .iter()
        .map(|part| (part.name.as_str(), part.label.as_str(), part.share))
        .collect();
    assert_eq!(names, [("hills", "The hills", 0.7), ("plain", "plain", 0.3)]);
    let [hills, plain] = &split.parts[..] else { panic!("two parts") };
    let share = |limits, residual| OwnerShare { limits, residual };
    assert_eq!(hills.owner("wind"), share(0.4, 0.4));
    // where only one part is named, the others have none of it
    assert_eq!(hills.owner("coal_plant"), share(0.7, 0.0));
    assert_eq!(plain.owner("coal_plant"), share(0.3, 1.0));
    assert_eq!(hills.owner("battery.energy"), share(0.0, 0.0));
    assert_eq!(hills.owner("coal_mine"), share(0.7, 0.7));
    let commodity = |name: &str| model.commodities.position(|c| c.name == name).expect("there");
    assert_eq!(plain.demand(commodity("electricity")), 0.75);
    assert_eq!(plain.demand(commodity("coal")), 0.3);
    assert_eq!(split.local, [commodity("coal")]);
}

/// Thirds written with seven digits are scaled to 1, so that nothing is lost.
#[test]
fn shares_that_nearly_add_up_are_scaled() {
    let third = |part: &str| format!("north,{part},,,0.3333333,census,medium,\n");
    let rows = [third("hills"), third("plain"), third("shore")].concat();
    let input = with(Files::right(), &rows).read(None);
    assert_eq!(messages(&input), "");
    let model = input.model.expect("a model");
    let RegionChange::Split(split) = &model.region_levels[0].change else { panic!("parts") };
    let sum: f64 = split.parts.iter().map(|part| part.share).sum();
    assert!((sum - 1.0).abs() < 1e-15, "{sum}");
}

broken! {
    shares_of_parts_that_do_not_add_up: |m| with(m, &RIGHT.replace(",0.3,", ",0.31,").replace("electricity,0.75", "electricity,0.7"));
    a_part_of_two_regions: |m| with(m, &RIGHT.replace("north,plain,,demands", "south,plain,,demands"));
    a_part_of_an_unknown_region: |m| with(m, &RIGHT.replace("north,", "nroth,"));
    a_part_with_shares_of_unknown_things: |m| with(m, &RIGHT.replace("processes.wind", "processes.wnid").replace("demands.electricity", "demands.electricty").replace("storages.battery", "storages.wind"));
    a_part_with_a_share_of_nothing: |m| with(m, &RIGHT.replace("storages.battery", "battery; demands.coal.residual_capacity; proceses.wind"));
    a_share_of_a_part_above_one: |m| with(m, &RIGHT.replace(",0.7,", ",70,").replace(",0.4,", ",-0.4,"));
    a_share_of_a_part_that_is_no_number: |m| with(m, &RIGHT.replace(",0.7,", ",most,"));
    a_share_of_a_part_given_twice: |m| with(m, &format!("{RIGHT}north,plain,,processes.wind,0.6,,,\n"));
    a_part_without_a_share_of_the_rest: |m| with(m, &RIGHT.replace("north,plain,,,0.3,census,medium,\n", "").replace(",0.7,", ",1,"));
    a_part_named_like_another_region: |m| with(m, &RIGHT.replace(",plain,", ",south,"));
    a_part_with_two_labels: |m| with(m, &RIGHT.replace("north,hills,,processes", "north,hills,Hill country,processes"));
    a_part_with_a_bad_name: |m| with(m, &RIGHT.replace(",plain,", ",the plain,"));
    a_level_whose_parts_are_not_there: |m| m.add("levels.toml", "[region_levels.fine]\nsplit = \"parts.csv\"\n");
    a_level_with_local_and_no_parts: |m| m.add("levels.toml", "[region_levels.fine]\nlocal = [\"coal\"]\n");
    a_level_with_an_unknown_local: |m| with(m, RIGHT).replace("local = [\"coal\"]", "local = [\"caol\"]");
    a_level_of_groups_and_parts: |m| with(m, RIGHT).add("levels.toml", "land = { regions = [\"north\", \"south\"] }\n");
    a_table_of_parts_that_no_level_names: |m| m.add("parts.csv", &format!("{HEADER}{RIGHT}"));
    a_table_of_parts_without_a_column: |m| with(m, "").replace("region,part,label,of,share", "region,part,label,share");
}
