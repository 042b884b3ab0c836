//! What would mend an infeasible model, calculated by hand: in the field, the unit and the
//! convention of the file. Each answer is written into the file as printed, and then there is a
//! plan; one hundredth less, and there is none.

#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use kzleap_study::input::Change;
use kzleap_study::solver::{Control, Options, SolveError};
use kzleap_study::{Explanation, Repair, Rule};
use kzleap_tests::by_hand::{DEMAND, ONE_YEAR, TWO_DECADES, plant, read, read_changed};

/// What would mend the model of these parts: each repair as its sentences.
fn repairs(parts: &[&str]) -> (Explanation, Vec<Vec<String>>) {
    let model = read(parts);
    let explanation = kzleap_study::explain(&model, Control::default()).unwrap();
    for repair in &explanation.repairs {
        let outcome = |part: f64| {
            let written = |step: &Repair| {
                Change::set_in(
                    step.rule.path.clone().unwrap(),
                    step.rule.value + part * (step.to - step.rule.value),
                    Some(step.rule.unit.clone()).filter(|unit| !unit.is_empty()),
                )
            };
            let mut steps: Vec<&Repair> = repair.iter().collect();
            // one number for several years: what gives way furthest is enough for all
            steps.sort_by(|a, b| {
                (b.to - b.rule.value).abs().total_cmp(&(a.to - a.rule.value).abs())
            });
            let mut paths = std::collections::BTreeSet::new();
            steps.retain(|step| paths.insert(step.rule.path.clone()));
            let changes: Vec<Change> = steps.into_iter().map(written).collect();
            kzleap_study::optimise(
                &read_changed(parts, &changes),
                &Options::default(),
                Control::default(),
            )
        };
        assert!(outcome(1.0).is_ok(), "{repair:?}");
        if model.time.years.len() == 1 {
            assert_eq!(outcome(0.99).err(), Some(SolveError::Infeasible), "{repair:?}");
        }
    }
    let texts = |repair: &Vec<Repair>| repair.iter().map(Repair::text).collect();
    let texts = explanation.repairs.iter().map(texts).collect();
    (explanation, texts)
}

/// The smallest repair.
fn smallest(parts: &[&str]) -> Vec<String> {
    repairs(parts).1.remove(0)
}

/// Old must make 0.3 GW and may make 3.1536 PJ, which is 0.1 GW all year.
#[test]
fn a_minimum_load_is_a_share() {
    let old = plant("old", 1.0, 1.0, "minimum_load = 0.3");
    let new = plant("new", 3.0, 2.0, "");
    let ban = "[activity_limits.ban]\nprocesses = [\"old\"]\n\
               max = { value = 3.1536, unit = \"PJ/a\" }\n";
    let (_, texts) = repairs(&[ONE_YEAR, DEMAND, &old, &new, ban]);
    assert_eq!(texts[0], ["lower minimum load of old in land 2030 from 0.3 to 0.1"]);
    let raise = "raise activity limit ban 2030 by 6.3072 PJ/a from 3.1536 to 9.4608";
    assert_eq!(texts[1], [raise]);
}

/// The same over the year.
#[test]
fn an_annual_minimum_load_is_a_share() {
    let old = plant("old", 1.0, 1.0, "annual_minimum_load = 0.3");
    let new = plant("new", 3.0, 2.0, "");
    let ban = "[activity_limits.ban]\nprocesses = [\"old\"]\n\
               max = { value = 3.1536, unit = \"PJ/a\" }\n";
    let (_, texts) = repairs(&[ONE_YEAR, DEMAND, &old, &new, ban]);
    assert_eq!(texts[0], ["lower annual minimum load of old in land 2030 from 0.3 to 0.1"]);
}

/// A constraint gives way in its own unit, as it is written; one that is relative to another sum in
/// its ratio; growth in its seed, in the years in which it is too small.
#[test]
fn a_constraint_gives_way_in_its_own_unit() {
    let thirsty = plant("old", 3.0, 1.0, "");
    let water = "[constraints.water]\nunit = \"million m3\"\nat_most = 3\nterms.old = { quantity \
                 = \"activity\", processes = [\"old\"], weight = { value = 0.5, unit = \
                 \"million m3/PJ\" } }\n";
    assert_eq!(
        smallest(&[ONE_YEAR, DEMAND, &thirsty, water]),
        ["raise constraint water 2030 by 12.768 million m3 from 3 to 15.768"]
    );
    let new = plant("new", 0.5, 1.0, "");
    let ratio = "[constraints.half]\nat_least = 0.8\n\
                 terms.new = { quantity = \"activity\", processes = [\"new\"] }\n\
                 relative_to.both = { quantity = \"activity\", processes = [\"new\", \"old\"] }\n";
    assert_eq!(
        smallest(&[ONE_YEAR, DEMAND, &thirsty, &new, ratio]),
        ["lower constraint half 2030 from 0.8 to 0.5"]
    );
    let wind = "[processes.wind]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
                capital_cost = 1000\nlife = 30\n";
    let slow = "[constraints.stock]\nunit = \"MW\"\nstart = 800\ngrowth = { rate = 0, seed = 150 }\n\
                terms.wind = { quantity = \"capacity\", processes = [\"wind\"] }\n";
    assert_eq!(
        smallest(&[ONE_YEAR, DEMAND, wind, slow]),
        ["raise growth seed of constraint stock 2030 by 50 MW from 150 to 200"]
    );
}

/// What serves as well, but for a cap of zero: the size of that cap is what it would emit, all that
/// is missing, so that raising it is a repair of size 1.
const BACKUP: &str = "[emissions.co2]\n[emission_caps.zero]\nemissions = { co2 = 1 }\n\
                      limit = { value = 0, unit = \"Mt/a\" }\n\
                      [processes.backup]\noutput = \"electricity\"\nvariable_cost = 100\n\
                      emissions = { co2 = { value = 100, unit = \"kt/PJ\" } }\n";

const WIND: &str = "[processes.wind]\noutput = \"electricity\"\ncapacity = \"MW\"\n\
                    capital_cost = 1000\nlife = 30\nvariable_cost = 1\n";

/// 1 GW is needed, and may be built in ten years.
#[test]
fn building_is_by_calendar_year() {
    let wind = format!("{WIND}max_new_capacity = 80\n");
    assert_eq!(
        smallest(&[TWO_DECADES, DEMAND, BACKUP, &wind]),
        ["raise new capacity limit of wind in land 2030 by 20 MW/a from 80 to 100"]
    );
}

/// The same by how fast building may speed up: ten years of 50 MW are half of what is needed.
#[test]
fn growth_has_a_seed() {
    let wind =
        format!("{WIND}growth = {{ rate = 0, seed = {{ value = 50, unit = \"MW/a\" }} }}\n");
    assert_eq!(
        smallest(&[TWO_DECADES, DEMAND, &wind]),
        ["raise growth seed of wind in land by 50 MW/a from 50 to 100"]
    );
}

/// 1 GW is needed.
#[test]
fn megawatts_stay_megawatts() {
    let wind = format!("{WIND}max_capacity = {{ value = 800, unit = \"MW\" }}\n");
    assert_eq!(
        smallest(&[ONE_YEAR, DEMAND, BACKUP, &wind]),
        ["raise capacity limit of wind in land 2030 by 200 MW from 800 to 1000"]
    );
    let limit = "[capacity_limits.all]\nprocesses = [\"wind\"]\nmax = 0.7\n";
    assert_eq!(
        smallest(&[ONE_YEAR, DEMAND, BACKUP, WIND, limit]),
        ["raise capacity limit all 2030 by 0.3 GW from 0.7 to 1"]
    );
}

/// 1 GW all year makes 8760 GWh, and 20 years of it are 630.72 PJ.
#[test]
fn gigawatthours_stay_gigawatthours() {
    let more = "max_activity = { value = 7000, unit = \"GWh/a\" }";
    assert_eq!(
        smallest(&[ONE_YEAR, DEMAND, BACKUP, &plant("gas", 2.0, 1.0, more)]),
        ["raise activity limit gas 2030 by 1760 GWh/a from 7000 to 8760"]
    );
    let more = "max_total_activity = { value = 500, unit = \"PJ\" }";
    assert_eq!(
        smallest(&[TWO_DECADES, DEMAND, BACKUP, &plant("gas", 2.0, 1.0, more)]),
        ["raise activity limit gas over the horizon by 130.72 PJ from 500 to 630.72"]
    );
}

/// Of 1 GW, 0.4 GW can be wind; and with 0.5 GW of gas, the other half is wind.
#[test]
fn a_share_that_cannot_be_is_answered_with_the_share_that_can() {
    let wind = plant("wind", 2.0, 1.0, "max_activity = { value = 12.6144, unit = \"PJ/a\" }");
    let gas = plant("gas", 2.0, 2.0, "");
    let share = |field: &str| {
        format!(
            "[shares.green]\ncommodity = \"electricity\"\nprocesses = [\"wind\"]\n{field}\n"
        )
    };
    assert_eq!(
        smallest(&[ONE_YEAR, DEMAND, &wind, &gas, &share("at_least = 0.5")]),
        ["lower share green 2030 from 0.5 to 0.4"]
    );
    let percent = share("at_least = { value = 50, unit = \"%\" }");
    assert_eq!(
        smallest(&[ONE_YEAR, DEMAND, &wind, &gas, &percent]),
        ["lower share green 2030 by 10 % from 50 to 40"]
    );
    let gas = plant("gas", 0.5, 2.0, "");
    let wind = plant("wind", 2.0, 1.0, "");
    assert_eq!(
        smallest(&[ONE_YEAR, DEMAND, &wind, &gas, &share("at_most = 0.2")]),
        ["raise share green 2030 from 0.2 to 0.5"]
    );
}

/// 1.1 GW stand, and 5 MW may be built in the one year, for a peak of 1 GW.
#[test]
fn a_margin_is_a_share_of_the_peak() {
    let parts = [
        ONE_YEAR,
        "[commodities.electricity]\n[demands.electricity]\n\
         land = { annual = 31.536, profile = \"flat\" }\n",
        &plant("old", 1.1, 1.0, ""),
        WIND,
        "growth = { rate = 0, seed = { value = 5, unit = \"MW/a\" } }\n",
        "[reserve_margins.firm]\ncommodity = \"electricity\"\nmargin = 0.2\n",
    ];
    assert_eq!(smallest(&parts), ["lower reserve margin firm 2030 from 0.2 to 0.105"]);
}

/// Beside 1 GW of users 0.5 GW of heat pumps, and 1.65 GW stand: a tenth of the load is left.
#[test]
fn a_margin_is_a_share_of_the_load_that_the_plan_makes() {
    let heat = "[commodities.heat]\n[demands.heat]\nland = { annual = 47.304 }\n\
                [processes.heat_pump]\ninput = \"electricity\"\noutput = \"heat\"\n\
                efficiency = 3\n";
    let old = plant("old", 1.65, 1.0, "");
    let rule = |margin: f64| {
        format!("[reserve_margins.firm]\ncommodity = \"electricity\"\nmargin = {margin}\n")
    };
    assert_eq!(
        smallest(&[ONE_YEAR, DEMAND, heat, &old, &rule(0.2)]),
        ["lower reserve margin firm 2030 from 0.2 to 0.1"]
    );
    let old = plant("old", 1.5, 1.0, "availability = 1\ncapacity_credit = 0.9");
    assert_eq!(
        smallest(&[ONE_YEAR, DEMAND, heat, &old, &rule(0.0)]),
        ["lower reserve margin firm 2030 from 0 to -0.1"]
    );
}

/// The allowances of a trading scheme are its number: all else makes it easier to keep.
#[test]
fn a_scheme_gives_way_by_its_allowances() {
    let wind = plant("wind", 0.5, 1.0, "");
    let more = "emissions = { co2 = { value = 100, unit = \"kt/PJ\" } }";
    let gas = plant("gas", 1.0, 2.0, more);
    let scheme = "[emissions.co2]\n[trading.ets]\nemissions = { co2 = 1 }\n\
                  allowances = { value = 1000, unit = \"kt/a\" }\nbank = {}\n";
    assert_eq!(
        smallest(&[ONE_YEAR, DEMAND, &wind, &gas, scheme]),
        ["raise allowances of ets 2030 by 576.8 kt/a from 1000 to 1576.8"]
    );
}

/// 0.5 GW of wind, and gas at 0.1 Mt/PJ for the other 15.768 PJ: 1576.8 kt.
const EMITTING: &str = "[emissions.co2]\n[emission_caps.zero]\nemissions = { co2 = 1 }\n";

#[test]
fn a_cap_of_zero_is_raised_by_what_is_missing() {
    let wind = plant("wind", 0.5, 1.0, "");
    let more = "emissions = { co2 = { value = 100, unit = \"kt/PJ\" } }";
    let gas = plant("gas", 1.0, 2.0, more);
    for limit in ["0", "0.001"] {
        let cap = format!("{EMITTING}limit = {{ value = {limit}, unit = \"kt/a\" }}\n");
        let (explanation, texts) = repairs(&[ONE_YEAR, DEMAND, &wind, &gas, &cap]);
        let by = 1576.8 - limit.parse::<f64>().unwrap();
        let by = (by * 100.0).round() / 100.0;
        let raise = format!("raise emission cap zero 2030 by {by} kt/a from {limit} to 1576.8");
        assert_eq!(texts[0], [raise]);
        assert!(texts[1][0].starts_with("lower demand of electricity in land 2030 by 15.76"));
        assert_eq!(explanation.conflict.len(), 2);
    }
}

/// 20 years of 3.1536 Mt.
#[test]
fn a_budget_is_over_its_years() {
    let more = "emissions = { co2 = { value = 100, unit = \"kt/PJ\" } }";
    let gas = plant("gas", 1.0, 2.0, more);
    let cap = format!("{EMITTING}budget = {{ value = 20, unit = \"Mt\" }}\n");
    assert_eq!(
        smallest(&[TWO_DECADES, DEMAND, &gas, &cap]),
        ["raise emission cap zero budget by 43.072 Mt from 20 to 63.072"]
    );
}

/// Little is needed beyond what may be: the digits say so.
#[test]
fn from_and_to_differ() {
    let more = "max_activity = { value = 31.5359, unit = \"PJ/a\" }";
    assert_eq!(
        smallest(&[ONE_YEAR, DEMAND, BACKUP, &plant("gas", 2.0, 1.0, more)]),
        ["raise activity limit gas 2030 by 0.0001 PJ/a from 31.5359 to 31.536"]
    );
}

/// Coal emits 1 Mt/PJ, gas 0.4 and wind nothing; 36 PJ are needed. With 14.4 PJ of wind and 21.6
/// of gas 8.64 Mt are emitted, of 7.2 allowed. The limits of coal and gas are no part of it.
#[test]
fn a_conflict_names_what_decides_and_nothing_else() {
    let plants = [("coal", 36.0, 1000), ("gas", 28.8, 400), ("wind", 14.4, 0)].map(
        |(name, most, emitted)| {
            let more = format!(
                "max_activity = {{ value = {most}, unit = \"PJ/a\" }}\n\
                 emissions = {{ co2 = {{ value = {emitted}, unit = \"kt/PJ\" }} }}"
            );
            plant(name, 4.0, 1.0, &more)
        },
    );
    let demand = "[commodities.electricity]\n[demands.electricity]\nland = { annual = 36 }\n";
    let cap = format!("{EMITTING}limit = 7.2\n");
    let parts = [ONE_YEAR, demand, &plants[0], &plants[1], &plants[2], &cap];
    let (explanation, texts) = repairs(&parts);
    let mut names: Vec<String> = explanation.conflict.iter().map(Rule::text).collect();
    names.sort();
    let starts = [
        "activity limit wind 2030 (most): 14.4 PJ/a (model.toml:",
        "demand of electricity in land 2030: 36 PJ (model.toml:",
        "emission cap zero 2030: 7.2 Mt/a (model.toml:",
    ];
    assert_eq!(names.len(), starts.len(), "{names:?}");
    for (name, start) in names.iter().zip(starts) {
        assert!(name.starts_with(start), "{name}");
    }
    assert_eq!(texts[0], ["raise emission cap zero 2030 by 1.44 Mt/a from 7.2 to 8.64"]);
    assert_eq!(texts[1], ["raise activity limit wind 2030 by 3.6 PJ/a from 14.4 to 18"]);
    assert_eq!(
        texts[2],
        ["lower demand of electricity in land 2030 by 3.6 PJ from 36 to 32.4"]
    );
}

/// 0.4 GW at night and 1.6 GW by day, each of 12 hours, with 2 GW: 1.2 GW more in the 12 hours
/// between the middles of night and day are 0.05 of 2 GW in an hour.
#[test]
fn a_ramp_is_a_share_an_hour() {
    let time = format!("{ONE_YEAR}[time.blocks]\nnight = 12\nday = 12\n");
    let demand = "[commodities.electricity]\nbalance = \"exact\"\n[demands.electricity]\n\
                  land = { annual = 31.536, profile = { night = 0.4, day = 1.6 } }\n";
    let old = plant("old", 2.0, 1.0, "ramp = 0.02");
    assert_eq!(
        smallest(&[&time, demand, &old]),
        ["raise ramp of old in land from 0.02 to 0.05"]
    );
}
