//! Small models whose optimum can be worked out by hand.

use kzleap_osemosys::to_model;

use crate::support::{read_text, solve};

/// Money of the middle of the first year as present value.
fn mid_year(amount: f64) -> f64 {
    amount / 1.05_f64.sqrt()
}

fn optimum(text: &str) -> f64 {
    let data = read_text(text).unwrap_or_else(|problems| panic!("{problems}"));
    solve(&to_model(&data).model).expect("an optimum").objective
}

fn assert_near(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-8 * expected.abs(), "{found} is not {expected}");
}

/// By night 5 PJ are needed. From gas they cost 25. The battery puts 0.8 PJ into the cells for
/// one it takes, so 6.25 PJ of sun at 1 more by day serve the night; the cells hold what one
/// night needs, 5/365 PJ at 100 each, paid at the start of the year and worth nothing after it.
/// With the 5 PJ of the day itself: 100 · 5/365 + 11.25 / √1.05.
#[test]
fn a_battery_carries_the_day_into_the_night() {
    let expected = 100.0 * 5.0 / 365.0 + mid_year(11.25);
    assert_near(optimum(include_str!("models/day_and_night.txt")), expected);
}

/// In 2030 the expensive region makes its 10 PJ at 7, in 2031 they come from the cheap one at 2, half
/// a year and one and a half years after the start: 70 / 1.05^0.5 + 20 / 1.05^1.5.
#[test]
fn trade_begins_when_its_route_opens() {
    let expected = mid_year(70.0) + mid_year(20.0) / 1.05;
    assert_near(optimum(include_str!("models/two_regions.txt")), expected);
}

/// 10 PJ need 10 units of capacity at 100 each, in blocks of 4. Three blocks cost 1200; two and
/// 2 PJ at 150 cost 800 + 300 / √1.05 = 1092.77; one and 6 PJ, 400 + 900 / √1.05 = 1278.3.
#[test]
fn capacity_comes_in_whole_units() {
    let expected = 800.0 + mid_year(300.0);
    assert_near(optimum(include_str!("models/whole_units.txt")), expected);
}

/// Cells that can be neither built nor found store nothing: gas serves the night, 5 PJ at 5.
#[test]
fn a_storage_without_size_stores_nothing() {
    let text = include_str!("models/day_and_night.txt")
        .replace("param OperationalLifeStorage default 1 := ;", "");
    assert_near(optimum(&text), mid_year(5.0 + 25.0));
}

/// The cells may take in 6 PJ a year as a rate by day and so, in half a year, 3 PJ; the other
/// 2 PJ of the night are gas. Sun: 5 + 3 / 0.8; cells: 3/365 at 100.
#[test]
fn cells_fill_no_faster_than_they_may() {
    let text = include_str!("models/day_and_night.txt")
        .replace("end;", "param StorageMaxChargeRate default 6 := ; end;");
    let running = 5.0 + 3.0 / 0.8 + 2.0 * 5.0;
    assert_near(optimum(&text), 100.0 * 3.0 / 365.0 + mid_year(running));
}

/// A rule of the modeller: activity of sun no more than 8 (tag 2 is `<=` in MathProg's dialect).
/// 8 PJ of sun by day leave 3 for the battery, which bring 2.4; gas makes 2.6.
#[test]
fn user_defined_constraints_bind() {
    let text = include_str!("models/day_and_night.txt").replace(
        "end;",
        "set UDC := LESS_SUN; param UDCMultiplierActivity default 0 := HOME SUN LESS_SUN 2030 1;\n\
         param UDCConstant default 0 := HOME LESS_SUN 2030 8; param UDCTag default 2 := ; end;",
    );
    let expected = 100.0 * 2.4 / 365.0 + mid_year(8.0 + 2.6 * 5.0);
    assert_near(optimum(&text), expected);
}

/// The same file in the CLEWs interface's words, where tag 0 is `<=`, a storage loses its value
/// in a straight line and begins every year empty; one that is to end each day as it began is
/// named in a set.
#[test]
fn the_other_dialect_is_known_by_its_words() {
    let text = include_str!("models/day_and_night.txt").replace("set FUEL", "set COMMODITY").replace(
        "end;",
        "set STORAGEINTRADAY := CELLS; set UDC := LESS_SUN; param UDCMultiplierActivity default 0 := HOME SUN LESS_SUN 2030 1;\n\
         param UDCConstant default 0 := HOME LESS_SUN 2030 8; param UDCTag default 0 := ; end;",
    );
    let expected = 100.0 * 2.4 / 365.0 + mid_year(8.0 + 2.6 * 5.0);
    assert_near(optimum(&text), expected);
}

/// One unit of new capacity takes 0.1 PJ of electricity: of 10 PJ, two plants of 4 GW take
/// 0.8 PJ, so 10.8 PJ are made. Three plants would take 1.2 and cost 1200. Two plants make 8, the
/// peak 2.8 at 150: 800 + 420 / √1.05 = 1209.9. Three plants make 11.2: 1200, which is less.
#[test]
fn building_takes_electricity() {
    let text = include_str!("models/whole_units.txt").replace(
        "end;",
        "param InputToNewCapacityRatio default 0 := R PLANT ELC 2030 0.1; end;",
    );
    // what capacity takes is in the yearly balance, beside demand that may come at any time
    let text = text.replace("SpecifiedAnnualDemand", "AccumulatedAnnualDemand");
    assert_near(optimum(&text), 1200.0);
}

/// Imports of the expensive region may grow by no more than half: with 6 PJ in 2030 (from a route that
/// is open then too) they are 9 at most in 2031, when 20 are needed; the rest costs 7.
#[test]
fn growth_by_mode_is_held() {
    let text = "set REGION := R; set TECHNOLOGY := CHEAP COSTLY; set FUEL := ELC;\n\
        set MODE_OF_OPERATION := 1; set TIMESLICE := ALL; set YEAR := 2030 2031;\n\
        param YearSplit default 1 := ; param SpecifiedDemandProfile default 1 := ;\n\
        param SpecifiedAnnualDemand default 0 := [R,ELC,*] 2030 6 2031 20;\n\
        param OutputActivityRatio default 0 := [R,*,ELC,1,*] : 2030 2031 := CHEAP 1 1 COSTLY 1 1;\n\
        param VariableCost default 0 := [R,*,1,*] : 2030 2031 := CHEAP 2 2 COSTLY 7 7;\n\
        param TechnologyActivityIncreaseByModeLimit default 0 := [R,CHEAP,1,*] 2030 0.5;";
    // one PJ more of cheap power in 2030 would be thrown away at 2 and allow 1.5 in 2031, each
    // 5 cheaper: 2 < 1.5 · 5 / 1.05, so cheap power runs until it covers all: 20 / 1.5 in 2030
    let expected = mid_year(2.0 * 20.0 / 1.5) + mid_year(40.0) / 1.05;
    assert_near(optimum(text), expected);
}

/// In Kenyan models the activity of a year lies between two shares of what capacity could do.
/// 10 PJ are needed; two plants of 4 could make 8 but may run at three quarters: 6 PJ, so the
/// peak makes 4 at 150. Three plants make 9 and the peak 1: 1200 + 150 / √1.05 = 1346.4; two,
/// 800 + 600 / √1.05 = 1385.5.
#[test]
fn activity_keeps_to_a_share_of_what_capacity_could_do() {
    let text = include_str!("models/whole_units.txt")
        .replace("end;", "param TempUpperLimit default 1 := R PLANT 2030 0.75; end;");
    assert_near(optimum(&text), 1200.0 + mid_year(150.0));
}

/// A rule that counts demand too: activity of sun less 0.8 of the demand by day and night (10 PJ)
/// is at most 0, which is activity of sun of at most 8, as above.
#[test]
fn user_defined_constraints_may_count_demand() {
    let text = include_str!("models/day_and_night.txt").replace(
        "end;",
        "set STORAGEINTRADAY := CELLS; set UDC := LESS_SUN OFF; param UDCMultiplierActivity default 0 := HOME SUN LESS_SUN 2030 1;\n\
         param UDCMultiplierDemand default 0 := HOME ELC LESS_SUN 2030 -0.8;\n\
         param UDCTag default -1 := HOME LESS_SUN 0; end;",
    );
    let expected = 100.0 * 2.4 / 365.0 + mid_year(8.0 + 2.6 * 5.0);
    assert_near(optimum(&text), expected);
}

/// otoole writes the regions a second time, for `TradeRoute`.
#[test]
fn a_second_set_of_regions_says_nothing_new() {
    let text = include_str!("models/two_regions.txt")
        .replace("end;", "set _REGION := CHEAP COSTLY; end;");
    assert_near(optimum(&text), mid_year(70.0) + mid_year(20.0) / 1.05);
}

/// A storage that is only named needs no seasons; one that is filled does.
#[test]
fn a_storage_that_nothing_fills_needs_no_seasons() {
    let sets = ["SEASON := 1", "DAYTYPE := 1", "DAILYTIMEBRACKET := 1 2"];
    let bare = |text: &str| {
        sets.iter().fold(text.to_owned(), |text, set| {
            let name = set.split(' ').next().expect("a name");
            text.replace(&format!("set {set};"), &format!("set {name} := ;"))
        })
    };
    let plain = include_str!("models/whole_units.txt");
    let named = plain.replace("end;", "set STORAGE := DAM; end;");
    let data = read_text(&named).unwrap_or_else(|problems| panic!("{problems}"));
    assert!(data.notes.iter().any(|note| note.contains("DAM")), "{:?}", data.notes);
    assert_near(optimum(&named), optimum(plain));
    let filled = include_str!("models/day_and_night.txt");
    let kept = |text: &str| {
        text.lines()
            .filter(|line| !line.contains("Conversion") && !line.contains("DaySplit"))
            .map(|line| format!("{line}\n"))
            .collect::<String>()
    };
    let problems = read_text(&kept(&bare(filled))).expect_err("no calendar");
    assert!(problems.contains("the model has storages"), "{problems}");
}

/// A plant of 2.5 years built in 2030 is in service in 2032 too, as fewer than 2.5 years have
/// passed, and is worth nothing then; at the end of 2031 a sinking fund of 2.5 years leaves 1 -
/// (1.05^2 - 1) / (1.05^2.5 - 1) of it. Capacity and salvage take the life as it is.
#[test]
fn lives_need_not_be_whole_years() {
    let plant = |years: &str| {
        format!(
            "set REGION := R; set TECHNOLOGY := PLANT; set FUEL := ELC; set TIMESLICE := ALL;\n\
             set MODE_OF_OPERATION := 1; set YEAR := {years}; param YearSplit default 1 := ;\n\
             param SpecifiedDemandProfile default 1 := ;\n\
             param SpecifiedAnnualDemand default 10 := ;\n\
             param OutputActivityRatio default 1 := ; param CapitalCost default 100 := ;\n\
             param OperationalLife default 2.5 := ; end;"
        )
    };
    let left = 1.0 - (1.05_f64.powi(2) - 1.0) / (1.05_f64.powf(2.5) - 1.0);
    assert_near(optimum(&plant("2030 2031")), 1000.0 * (1.0 - left / 1.05_f64.powi(2)));
    assert_near(optimum(&plant("2030 2031 2032")), 1000.0);
}

/// The unit of capacities is a guess, and reported as such.
#[test]
fn gigawatts_are_reported_as_a_guess() {
    let plain = include_str!("models/whole_units.txt");
    let told = |to_activity: &str| {
        let given = format!("param CapacityToActivityUnit default {to_activity} := ; end;");
        let data = read_text(&plain.replace("end;", &given));
        let notes = data.unwrap_or_else(|problems| panic!("{problems}")).notes.join("\n");
        notes.contains("capacity is taken to be in GW")
    };
    assert!(told("31.536") && !told("1"));
}
