//! What technologies earn and pay, by hand, and by models solved again with another capital cost.

use kzleap_study::model::{CapacityIx, Model, YearIx};
use kzleap_study::{Earnings, Events, Solving, UnitEarnings, Word, earnings};
use kzleap_tests::by_hand::{DEMAND, GW_YEAR, ONE_YEAR, read, solved};
use kzleap_tests::{assert_close, capacity};

/// Wind of 1000 USD/kW over 20 years makes 0.4 GW of a GW, nuclear of 6000 over 30 all; gas burns at
/// 10 MUSD/PJ with 0.1 Mt/PJ of CO2 at 20 USD/t, so at 12.
const GAS: &str = "[emissions.co2]\nprice = 20\n[processes.gas]\noutput = \"electricity\"\n\
                   variable_cost = 10\nemissions = { co2 = 100 }\n";
const WIND: &str = "[processes.wind]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
                    capital_cost = 1000\nlife = 20\navailability = 0.4\n";
const NUCLEAR: &str = "[processes.nuclear]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
                       capital_cost = 6000\nlife = 30\n";

fn all(model: &Model) -> Earnings {
    let capacities: Vec<CapacityIx> = model.capacities.ixs().collect();
    earnings(model, &capacities, &Solving::default(), &Events::default()).expect("a plan")
}

fn unit<'e>(model: &Model, found: &'e Earnings, name: &str) -> &'e UnitEarnings {
    let is_it = |unit: &&UnitEarnings| model.capacities[unit.capacity].name == name;
    found.units.iter().find(is_it).expect("it can be built")
}

fn term(unit: &UnitEarnings, word: Word) -> f64 {
    unit.terms.iter().filter(|term| term.word == word).map(|term| term.amount).sum()
}

/// Wind of any size meets the demand, so a PJ costs what wind costs: 50 MUSD a year for 0.4 GW-years.
/// Nuclear would sell a GW-year, 2.5 times that, and costs 200: at 6000 · 125/200 it would be built.
#[test]
fn what_is_not_built_is_short_of_its_reduced_cost() {
    let parts = [ONE_YEAR, DEMAND, GAS, WIND, NUCLEAR];
    let model = read(&parts);
    let found = all(&model);
    assert!(found.certified);
    let wind = unit(&model, &found, "wind");
    assert_close("built", wind.built, 2.5);
    assert_close("sold", term(wind, Word::Sold), 50.0);
    assert_close("capital", term(wind, Word::Capital), -50.0);
    assert_close("net", wind.net, 0.0);
    assert_close("break-even", wind.break_even.expect("a cost"), 1000.0);
    let (_, made) = wind.output.expect("electricity");
    assert_close("made", made, 0.4 * GW_YEAR);
    let nuclear = unit(&model, &found, "nuclear");
    assert_eq!(nuclear.built, 0.0);
    assert_close("sold", term(nuclear, Word::Sold), 125.0);
    assert_close("net", nuclear.net, -75.0);
    assert_close("break-even", nuclear.break_even.expect("a cost"), 3750.0);
    // a hundredth of a GW by force costs what it is short of
    let (_, free) = solved(&parts);
    let (_, forced) = solved(&[ONE_YEAR, DEMAND, GAS, WIND, NUCLEAR, "min_capacity = 0.01\n"]);
    let rise = forced.solution.objective - free.solution.objective;
    assert_close("forced", rise, -0.01 * nuclear.net);
}

/// Just below its break-even cost it is built, just above it is not.
#[test]
fn at_its_break_even_cost_it_enters() {
    for (cost, enters) in [("3749", true), ("3751", false)] {
        let nuclear = NUCLEAR.replace("6000", cost);
        let (model, plan) = solved(&[ONE_YEAR, DEMAND, GAS, WIND, &nuclear]);
        assert_eq!(capacity(&model, &plan, "nuclear", 0).0 > 0.0, enters, "at {cost}");
    }
}

/// 1 GW of wind is allowed: gas sets the price, 12, of which 2 is the tax. Wind sells 0.4 GW-years and has
/// what is left beyond its 50 as rent of the limit. A most of 0.4 Mt takes all that is over 4 PJ of gas.
#[test]
fn a_limit_takes_the_rent() {
    let most = format!("{WIND}max_capacity = 1\n");
    let model = read(&[ONE_YEAR, DEMAND, GAS, &most]);
    let found = all(&model);
    let wind = unit(&model, &found, "wind");
    let sold = 12.0 * 0.4 * GW_YEAR;
    assert_close("sold", term(wind, Word::Sold), sold);
    assert_close("rent", term(wind, Word::Limit), 50.0 - sold);
    assert_close("net", wind.net, 0.0);
    assert_close("break-even", wind.break_even.expect("a cost"), 1000.0 * sold / 50.0);
    let fleet = &found.fleets[0];
    assert_close("left", fleet.left, 50.0);
    // of a plant that burns: what it sells for is fuel and tax
    let plant = "[processes.plant]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
                 residual_capacity = 1\nvariable_cost = 10\nemissions = { co2 = 100 }\n";
    let old = GAS.split("[processes").next().expect("its tax");
    let model = read(&[ONE_YEAR, DEMAND, old, plant, &most]);
    let found = all(&model);
    let k = model.capacities.ixs().find(|k| model.capacities[*k].name == "plant");
    let of_plant = found.fleets.iter().find(|fleet| Some(fleet.capacity) == k);
    let amount = |word| {
        let terms = &of_plant.expect("it is in service").terms;
        terms.iter().filter(|term| term.word == word).map(|term| term.amount).sum::<f64>()
    };
    assert_close("variable", amount(Word::Variable), -10.0 * 0.6 * GW_YEAR);
    assert_close("emissions", amount(Word::Emissions), -2.0 * 0.6 * GW_YEAR);
}

/// In every model of the repository what is built earns what it pays, and nothing else earns more.
#[test]
fn what_is_built_earns_what_it_pays() {
    let (mut built, mut idle) = (0, 0);
    for name in ["valley", "storage-day", "milestone-periods", "island", "two-regions"] {
        let model = kzleap_tests::model(name, None);
        for one in &all(&model).units {
            let paid: f64 = one.terms.iter().map(|term| (-term.amount).max(0.0)).sum();
            let sum: f64 = one.terms.iter().map(|term| term.amount).sum();
            let what = &model.capacities[one.capacity].name;
            assert!((sum - one.net).abs() <= 1e-12 * paid, "{name} {what} {one:#?}");
            assert!(one.net <= 1e-9 * paid, "{name} {what} {one:#?}");
            if one.built > 1e-6 {
                assert!(one.net.abs() <= 1e-9 * paid, "{name} {what} {one:#?}");
                built += 1;
            } else {
                idle += usize::from(one.net < -1e-6 * paid);
            }
        }
    }
    assert!(built > 10 && idle > 3, "{built} {idle}");
}

/// Of one year, the fleet has left what its units pay for capital.
#[test]
fn what_a_fleet_has_left_is_its_capital() {
    let model = kzleap_tests::model("island", None);
    let (found, mut compared) = (all(&model), 0);
    for one in found.units.iter().filter(|one| one.year == YearIx::new(0) && one.built > 0.0) {
        let fleet = found.fleets.iter().find(|fleet| {
            (fleet.capacity, fleet.year) == (one.capacity, one.year)
                && (fleet.in_service - one.built).abs() < 1e-9 * one.built
        });
        let Some(fleet) = fleet.filter(|_| one.years_present_value > 0.0) else { continue };
        let capital = -term(one, Word::Capital) / one.years_present_value * one.built;
        assert_close("left", fleet.left, capital);
        compared += 1;
    }
    assert!(compared > 1, "{compared}");
}
