//! What is said of files, syntax, time and money.

use crate::support::{Files, broken, messages};

broken! {
    a_line_that_is_not_toml: |m| m.replace("life = 40\n", "life 40\n");
    a_key_given_twice_in_a_table: |m| m.replace("life = 40\n", "life = 40\nlife = 30\n");
    a_text_without_its_end: |m| m.replace("name = \"valley\"", "name = \"valley");
    a_path_given_in_two_files: |m| m.add("more.toml", "[processes.wind]\nlife = 30\n");
    an_unknown_section: |m| m.add("more.toml", "[procesess.gas]\noutput = \"electricity\"\n");
    an_unknown_format: |m| m.replace("format = 2", "format = 3");
    an_old_format: |m| m.replace("format = 2", "format = 1");
    no_currency: |m| m.replace("currency = \"USD2022\"\n", "");
    a_currency_without_sense: |m| m.replace("\"USD2022\"", "\"dollars\"");
    years_out_of_order: |m| m.replace("[2025, 2030, 2040]", "[2025, 2040, 2030]");
    a_year_twice: |m| m.replace("[2025, 2030, 2040]", "[2025, 2030, 2030]");
    a_year_with_a_digit_missing: |m| m.replace("[2025, 2030, 2040]", "[2025, 203, 2040]");
    a_horizon_that_ends_too_early: |m| m.replace("horizon_end = 2049", "horizon_end = 2039");
    seasons_of_less_than_a_year: |m| m.replace("days = 184", "days = 174");
    blocks_of_less_than_a_day: |m| m.replace("day = 16", "day = 15");
    day_types_of_more_than_a_week: |m| m.replace(
        "[finance]",
        "[[time.day_types]]\nname = \"workday\"\nshare = 0.8\n\
         [[time.day_types]]\nname = \"weekend\"\nshare = 0.3\n[finance]",
    );
    no_discount_rate: |m| m.replace("discount_rate = 0.05\n", "");
    a_discount_rate_in_percent: |m| m.replace("discount_rate = 0.05", "discount_rate = 5");
    an_unusual_discount_rate: |m| m.replace("discount_rate = 0.05", "discount_rate = 0.6");
    a_base_year_far_away: |m| m.replace(
        "discount_rate = 0.05",
        "discount_rate = 0.05\nbase_year = 1995",
    );
    a_region_named_like_a_season: |m| m
        .replace("[regions.south]", "[regions.south]\n[regions.winter]");
    a_region_where_nothing_happens: |m| m
        .replace("[regions.south]", "[regions.south]\n[regions.east]\ndomestic = false");
    no_region_of_the_country: |m| m
        .replace("label = \"North\"", "domestic = false")
        .replace("[regions.south]", "[regions.south]\ndomestic = false");
    a_region_in_two_groups_of_a_level: |m| m.add(
        "levels.toml",
        "[region_levels.national]\nland = { regions = [\"north\", \"south\"] }\n\
         rest = { regions = [\"south\"] }\n",
    );
    a_group_of_no_region: |m| m.add(
        "levels.toml",
        "[region_levels.national.land]\nlabel = \"Land\"\n",
    );
    a_group_of_an_unknown_region: |m| m.add(
        "levels.toml",
        "[region_levels.national.land]\nregions = [\"north\", \"suoth\"]\n",
    );
    a_group_named_like_another_region: |m| m
        .replace("[regions.south]", "[regions.south]\n[regions.east]")
        .add("levels.toml", "[region_levels.national.east]\nregions = [\"north\", \"south\"]\n");
    a_neighbour_in_a_group: |m| m
        .replace("[regions.south]", "[regions.south]\n[regions.abroad]\ndomestic = false")
        .add("levels.toml", "[region_levels.all.land]\nregions = [\"north\", \"abroad\"]\n");
    a_level_with_a_bad_name: |m| m.add("levels.toml", "[region_levels.\"all of it\"]\n");
    a_number_that_is_not_finite: |m| m.replace("capital_cost = 1900", "capital_cost = inf");
    no_regions_at_all: |m| m.replace("[regions.north]\nlabel = \"North\"\n[regions.south]\n", "");
    a_horizon_of_centuries: |m| m.replace("horizon_end = 2049", "horizon_end = 2199");
}

#[test]
fn a_file_that_is_not_utf8() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let bytes = b"format = 2\nname = \"\xf1\xee\xeb\xed\xf6\xe5\"\n";
    std::fs::write(folder.path().join("model.toml"), bytes).expect("a file");
    let input = kzleap_input::read(folder.path(), None);
    insta::assert_snapshot!("a_file_that_is_not_utf8", messages(&input));
}

#[test]
fn a_column_counts_letters_and_not_bytes() {
    let input =
        Files::right().replace("label = \"North\"", "label = \"Солтүстік\" x").read(None);
    insta::assert_snapshot!("a_column_counts_letters", messages(&input));
}

#[test]
fn a_folder_without_model_toml() {
    let input = kzleap_input::read(std::path::Path::new("tests/it"), None);
    insta::assert_snapshot!("a_folder_without_model_toml", messages(&input));
}

#[test]
fn a_folder_that_is_not_there() {
    let input = kzleap_input::read(std::path::Path::new("tests/nowhere"), None);
    insta::assert_snapshot!("a_folder_that_is_not_there", messages(&input));
}

/// A spreadsheet's table in UTF-16, with a mark at its beginning or without, is one finding.
#[test]
fn a_table_in_utf16_is_one_finding() {
    for mark in [&[0xff, 0xfe][..], &[]] {
        let folder = Files::right().without("residual_capacity.csv").written();
        let table = "process,region,year,value,unit\ncoal_plant,north,2025,3,GW\n";
        let letters = table.encode_utf16().flat_map(u16::to_le_bytes);
        let bytes: Vec<u8> = mark.iter().copied().chain(letters).collect();
        std::fs::write(folder.path().join("residual_capacity.csv"), bytes).expect("a file");
        let found = messages(&kzleap_input::read(folder.path(), None));
        assert_eq!(found.matches("error[").count(), 1, "{found}");
        assert!(found.contains("residual_capacity.csv is UTF-16, not UTF-8"), "{found}");
        assert!(found.contains("save the file as UTF-8"), "{found}");
    }
}
