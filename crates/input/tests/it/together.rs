//! Several mistakes in one model are all found at once, and nothing else is.

use std::collections::BTreeSet;

use crate::support::Files;

type Edit = fn(Files) -> Files;
type Found = BTreeSet<String>;

fn all() -> Vec<(&'static str, Edit)> {
    [
        crate::broken_amounts::ALL,
        crate::broken_answers::ALL,
        crate::broken_basics::ALL,
        crate::broken_units::ALL,
        crate::broken_capacity::ALL,
        crate::broken_classes::ALL,
        crate::broken_commissioned::ALL,
        crate::broken_constraints::ALL,
        crate::broken_construction::ALL,
        crate::broken_flows::ALL,
        crate::broken_formulas::ALL,
        crate::broken_kinds::ALL,
        crate::broken_names::ALL,
        crate::broken_networks::ALL,
        crate::broken_parts::ALL,
        crate::broken_policy::ALL,
        crate::broken_storage::ALL,
        crate::broken_tables::ALL,
        crate::broken_trading::ALL,
        crate::broken_statistics::ALL,
        crate::broken_vintages::ALL,
        crate::broken_retrofits::ALL,
    ]
    .concat()
    .into_iter()
    .filter(|(name, _)| !APART.contains(name))
    .collect()
}

/// Mistakes that change what others speak of: another name or region, other slices, more lines.
const APART: [&str; 38] = [
    "a_budget_that_is_no_money",
    "a_column_given_twice",
    "a_column_that_is_missing",
    "a_cost_a_thousand_times_too_low",
    "a_fuel_that_nobody_makes",
    "a_group_named_like_another_region",
    "a_heat_value_of_a_material",
    "a_horizon_of_centuries",
    "a_key_of_another_table",
    "a_class_of_no_name",
    "a_level_whose_parts_are_not_there",
    "a_line_of_a_yearly_commodity",
    "a_limit_below_what_stands",
    "a_name_in_cyrillic",
    "a_name_of_two_things",
    "a_name_that_is_a_year",
    "a_name_with_a_blank",
    "a_name_with_a_space",
    "a_ramp_in_a_day_of_one_block",
    "a_line_of_any_size",
    "a_line_that_goes_one_way",
    "a_region_named_like_a_season",
    "a_statistic_of_what_cannot_be_added",
    "a_statistic_in_toml_without_a_unit",
    "a_subsidy_for_what_cannot_be_built",
    "a_table_of_parts_that_no_level_names",
    "a_table_cut_at_semicolons",
    "a_text_where_a_list_belongs",
    "a_year_beside_a_value",
    "a_year_twice",
    "a_year_with_a_digit_missing",
    "a_commodity_that_nobody_uses",
    "capacities_that_do_not_add_up",
    "day_types_of_more_than_a_week",
    "money_without_its_worth",
    "no_region_of_the_country",
    "no_regions_at_all",
    "paid_for_after_its_life",
];

fn found(files: &Files) -> Found {
    let input = files.read(None);
    input.diagnostics.iter().map(|d| format!("{}: {}", d.code, d.message)).collect()
}

/// Rules on several values or parts together: where one of them could not be read they may wait
/// until it is. Whatever is wrong with one value, name, unit or line may not.
const MAY_WAIT: [&str; 47] = [
    "annual-without-effect",
    "cap-below-demand",
    "cap-below-exogenous",
    "cap-on-nothing",
    "capture-of-nothing",
    "cost-jumps",
    "credit-by-default",
    "demand-cannot-be-served",
    "demand-jumps",
    "demand-of-nothing",
    "efficiency-jumps",
    "emissions-counted-twice",
    "empty-region",
    "free-and-unlimited",
    "in-time-without-effect",
    "input-does-not-get-there",
    "limit-without-capacity",
    "min-new-above-max-new",
    "min-out-of-reach",
    "more-carbon-than-fuel",
    "must-run-above-availability",
    "never-ready",
    "never-there",
    "no-line",
    "nobody-makes",
    "nobody-uses",
    "outside-horizon",
    "paid-and-unlimited",
    "reserve-out-of-reach",
    "reserve-without-capacity",
    "reserve-without-peak",
    "residual-above-max",
    "residual-jumps",
    "share-of-everything",
    "share-of-nothing",
    "shares-above-one",
    "shares-contradict",
    "shares-do-not-add-up",
    "storage-loses-most",
    "storage-without-slices",
    "subsidy-above-cost",
    "two-subsidies",
    "unused-commodity",
    "unused-emission",
    "unused-profile",
    "no-emission-factor",
    "capacity-beyond-demand",
];

fn may_wait(message: &str) -> bool {
    MAY_WAIT.iter().any(|code| message.starts_with(&format!("{code}:")))
}

/// Whether a pair is tried: one of some fifty is, by their names, so that new mistakes do not change
/// which of the others are.
fn is_tried(one: &str, other: &str) -> bool {
    let sum = |name: &str| {
        name.bytes().fold(7_u32, |sum, byte| sum.wrapping_mul(31) ^ u32::from(byte))
    };
    (sum(one).wrapping_add(sum(other)) >> 7).is_multiple_of(53)
}

#[test]
fn two_mistakes_are_both_found_and_nothing_else() {
    let all = all();
    let alone: Vec<Found> = all.iter().map(|(_, edit)| found(&edit(Files::right()))).collect();
    let (mut pairs, mut wrong) = (0, Vec::new());
    for (i, (one, first)) in all.iter().enumerate() {
        for (j, (other, second)) in all.iter().enumerate().skip(i + 1) {
            let both = second(first(Files::for_many_changes()));
            if !is_tried(one, other) || both.clash {
                continue;
            }
            pairs += 1;
            let together = found(&both);
            let expected: Found = alone[i].union(&alone[j]).cloned().collect();
            // two changes may bring the same line, which is a mistake of neither
            let twice = |found: &Found| found.iter().any(|m| m.starts_with("duplicate:"));
            if twice(&together) && !twice(&expected) {
                continue;
            }
            let missed: Vec<_> =
                expected.difference(&together).filter(|message| !may_wait(message)).collect();
            let more: Vec<_> = together.difference(&expected).collect();
            if !missed.is_empty() || !more.is_empty() {
                wrong.push(format!("{one} + {other}: missed {missed:#?}, more {more:#?}"));
            }
        }
    }
    assert!(pairs > 300, "{pairs} pairs are few");
    assert!(wrong.is_empty(), "{} of {pairs}: {}", wrong.len(), wrong.join("\n"));
}

/// Mistakes of a dozen kinds, in four kinds of files.
#[test]
fn a_dozen_mistakes_are_found_in_one_round() {
    let files = Files::right()
        .replace("days = 184", "days = 185")
        .replace("capital_cost = 1900", "captial_cost = 1900")
        .replace("variable_cost = 3.6", "variable_cost = { value = 3.6, unit = \"USD/kW\" }")
        .replace("discharge_efficiency = 0.9", "discharge_efficiency = -0.9")
        .replace("hours = 4", "hours = \"4\"")
        .replace("loss = 0.04", "loss 0.04")
        .replace("life = 25", "life = -25")
        .replace("commodity = \"electricity\"\ncharge", "commodity = \"electricty\"\ncharge")
        .replace("wind,summer,0.25", "wind,summer,\"0,25\"")
        .replace("coal_plant,north,2040,1000,MW", "coal_plant,north,2040,1000,MWh")
        .add("profiles.csv", "load,winter.nite,3\n")
        .add(
            "scenarios/broken.toml",
            "[[set]]\npath = \"processes.wind.max_new_capacity\"\nvalue = 1\n\
             [[set]]\npath = \"processes.wnd.life\"\nvalue = 20\nreason = \"a\"\n",
        );
    let input = files.read(Some("broken"));
    insta::assert_snapshot!("a_dozen_mistakes", crate::support::messages(&input));
    assert_eq!(input.diagnostics.error_count(), 13);
}
