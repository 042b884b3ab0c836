//! Our own formulation where NEMO's is loose, beside NEMO's, on models by hand.

use kzleap_nemo::{NemoOptions, Outcome, read};
use kzleap_study::GroupError;

use crate::scenario::Scenario;
use crate::solving::solve;

fn solved(
    scenario: &Scenario,
    correct: bool,
    calcyears: &[i32],
) -> Result<Outcome, GroupError> {
    let reading = read(&scenario.path);
    let findings: Vec<_> = reading.diagnostics.iter().map(|d| d.message.clone()).collect();
    let data = reading.data.unwrap_or_else(|| panic!("{findings:?}"));
    let calcyears = if calcyears.is_empty() { Vec::new() } else { vec![calcyears.to_vec()] };
    let options = NemoOptions { calcyears, correct, ..NemoOptions::default() };
    solve(&data, &options)
}

fn warnings(outcome: &Outcome) -> Vec<&'static str> {
    outcome.diagnostics.iter().map(|finding| finding.code).collect()
}

/// One year of `days` days in `weeks` weeks; a plant for the day, a demand of 1 GW at night, and
/// a storage whose size costs 1 a PJ.
fn by_day_for_the_night(days: f64, weeks: f64) -> Scenario {
    let scenario = Scenario::new(&[2020]);
    scenario.execute(&format!(
        "delete from TIMESLICE; delete from LTsGroup;
         update TSGROUP1 set multiplier = {weeks}; update TSGROUP2 set multiplier = {days};
         insert into TIMESLICE values ('light'), ('dark');
         insert into LTsGroup values ('light', 1, 'day', 'year'), ('dark', 2, 'day', 'year');
         insert into FUEL values ('power', 1); insert into STORAGE values ('store', 0, 0, 1);
         insert into TECHNOLOGY values ('sun'), ('pump'), ('turbine');
         insert into MODE_OF_OPERATION values ('take'), ('give');
         update DefaultParams set val = 0.5 where tablename in ('YearSplit');
         insert into DefaultParams values ('OperationalLifeStorage', 10);
         insert into AvailabilityFactor values (null, 'here', 'sun', 'dark', '2020', 0);
         insert into OutputActivityRatio values
             (null, 'here', 'sun', 'power', 'run', '2020', 1),
             (null, 'here', 'turbine', 'power', 'give', '2020', 1);
         insert into InputActivityRatio values (null, 'here', 'pump', 'power', 'take', '2020', 1);
         insert into TechnologyToStorage values (null, 'here', 'pump', 'store', 'take', 1);
         insert into TechnologyFromStorage values (null, 'here', 'turbine', 'store', 'give', 1);
         insert into CapitalCostStorage values (null, 'here', 'store', '2020', 1);
         insert into SpecifiedDemandProfile values (null, 'here', 'power', 'light', '2020', 0);
         insert into SpecifiedAnnualDemand values (null, 'here', 'power', '2020', 15.768);"
    ));
    scenario
}

fn size_of_storage(outcome: &Outcome) -> f64 {
    let group = &outcome.groups[0];
    let model = &group.imported.model;
    let (k, _) = model.capacities.iter_ix().find(|(_, k)| k.name == "store").unwrap();
    group.solution.new_capacity[(k.get(), 0)]
}

#[test]
fn a_slice_of_a_storage_is_as_long_as_it_is() {
    // 15.768 PJ in 365 nights are 0.0432 PJ a night; NEMO takes the night for one hour of 12
    let scenario = by_day_for_the_night(365.0, 1.0);
    let loose = solved(&scenario, false, &[]).unwrap();
    assert!((size_of_storage(&loose) - 0.0036).abs() < 1e-9);
    assert!(warnings(&loose).contains(&"coarse-slices"));
    let exact = solved(&scenario, true, &[]).unwrap();
    assert!((size_of_storage(&exact) - 0.0432).abs() < 1e-9);
    assert!(warnings(&exact).is_empty());
}

#[test]
fn the_content_is_bound_on_the_last_day_too() {
    // the plant runs in the first half of the year, the demand is in the second: two groups of
    // 26 weeks with a week of seven days, of one slice each
    let scenario = by_day_for_the_night(7.0, 26.0);
    scenario.execute(
        "delete from LTsGroup; update TSGROUP1 set name = 'first';
         insert into TSGROUP1 values ('second', 2, 26);
         insert into LTsGroup values ('light', 1, 'day', 'first'), ('dark', 1, 'day', 'second');
         delete from STORAGE; insert into STORAGE values ('store', 1, 0, 0);",
    );
    let exact = solved(&scenario, true, &[]).unwrap();
    assert!((size_of_storage(&exact) - 15.768).abs() < 1e-9, "all of it is kept at midyear");
}

#[test]
fn years_that_are_not_calculated_hand_on_what_is_stored() {
    // 20 PJ are stored in 2020; the 15.768 PJ of 2022 come from nowhere else
    let scenario = by_day_for_the_night(365.0, 1.0);
    scenario.execute(
        "insert into YEAR values ('2021'), ('2022');
         delete from STORAGE; insert into STORAGE values ('store', 0, 0, 0);
         delete from SpecifiedAnnualDemand; delete from OutputActivityRatio;
         insert into StorageLevelStart values (null, 'here', 'store', 1);
         insert into ResidualStorageCapacity select null, 'here', 'store', val, 20 from YEAR;
         insert into OutputActivityRatio
             values (null, 'here', 'turbine', 'power', 'give', '2022', 1);
         insert into SpecifiedDemandProfile values (null, 'here', 'power', 'light', '2022', 0);
         insert into SpecifiedAnnualDemand values (null, 'here', 'power', '2022', 15.768);",
    );
    assert!(solved(&scenario, false, &[2020, 2022]).is_err());
    assert!(solved(&scenario, true, &[2020, 2022]).is_ok());
}

#[test]
fn a_limit_counts_emissions_from_outside() {
    let scenario = Scenario::with_plant();
    scenario.execute(
        "insert into EMISSION values ('co2');
         insert into AnnualExogenousEmission values (null, 'here', 'co2', '2020', 2);
         insert into AnnualEmissionLimit values (null, 'here', 'co2', '2020', 1);",
    );
    let loose = solved(&scenario, false, &[]).unwrap();
    assert_eq!(warnings(&loose), ["vacuous-cap"]);
    assert!(solved(&scenario, true, &[]).is_err());
}

#[test]
fn what_has_no_availability_or_life_is_not_free() {
    let scenario = Scenario::with_plant();
    scenario.execute("delete from DefaultParams where tablename = 'AvailabilityFactor'");
    let loose = solved(&scenario, false, &[]).unwrap();
    assert_eq!(warnings(&loose), ["no-availability"]);
    assert_eq!(loose.groups[0].solution.new_capacity.sum(), 0.0);
    let exact = solved(&scenario, true, &[]).unwrap();
    assert!((exact.groups[0].solution.new_capacity.sum() - 2.0).abs() < 1e-9);

    let scenario = Scenario::with_plant();
    scenario.execute("delete from DefaultParams where tablename = 'OperationalLife'");
    let cost = |outcome: &Outcome| outcome.total_discounted_cost();
    let loose = solved(&scenario, false, &[]).unwrap();
    let exact = solved(&scenario, true, &[]).unwrap();
    assert_eq!((warnings(&loose), warnings(&exact)), (vec!["no-life"], vec!["no-life"]));
    // 1 GW of 2020 is used up in 2022, that of 2022 has two of three years left
    assert!((cost(&exact) - cost(&loose) - (100.0 + 100.0 / 3.0)).abs() < 1e-6);
}

#[test]
fn a_price_below_zero_is_paid_out() {
    let scenario = Scenario::with_plant();
    scenario.execute("update VariableCost set val = -1");
    assert!(
        solved(&scenario, false, &[]).is_err(),
        "no cost is below zero, so nothing may run"
    );
    assert!(solved(&scenario, true, &[]).is_err(), "and without that rule it earns for ever");
}

#[test]
fn least_use_holds_for_what_is_not_dispatched() {
    // a plant of a yearly fuel must run half the time: 15.768 of its 31.536 PJ
    let scenario = Scenario::new(&[2020]);
    scenario.execute(
        "insert into TECHNOLOGY values ('mine'); insert into FUEL values ('coal', 0);
         insert into OutputActivityRatio values (null, 'here', 'mine', 'coal', 'run', '2020', 1);
         insert into ResidualCapacity values (null, 'here', 'mine', '2020', 1);
         insert into VariableCost values (null, 'here', 'mine', 'run', '2020', 1);
         insert into MinimumUtilization values (null, 'here', 'mine', 'all', '2020', 0.5);",
    );
    let cost = |correct| solved(&scenario, correct, &[]).unwrap().total_discounted_cost();
    assert!(cost(false).abs() < 1e-9);
    assert!((cost(true) - 15.768).abs() < 1e-6);
}

#[test]
fn a_reserve_margin_below_one_holds_too() {
    // half a GW must stand for what a plant that does not count makes
    let scenario = Scenario::with_plant();
    scenario.execute(
        "insert into TECHNOLOGY values ('standby');
         insert into DefaultParams values ('ReserveMarginTagTechnology', 0);
         insert into ReserveMarginTagTechnology
             values (null, 'here', 'standby', 'power', '2020', 1);
         insert into CapitalCost values (null, 'here', 'standby', '2020', 10);
         insert into ReserveMargin values (null, 'here', 'power', '2020', 0.5);",
    );
    let cost = |correct| solved(&scenario, correct, &[]).unwrap().total_discounted_cost();
    // 0.5 GW for 10 each, of which 7 of 10 years are left at the end of 2022
    assert!((cost(true) - cost(false) - 0.5 * 10.0 * 0.3).abs() < 1e-6);
}
