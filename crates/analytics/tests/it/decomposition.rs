//! Emissions and what changed them: the parts add up to the whole.

use kzleap_analytics::emissions::{Factors, read_factors};
use kzleap_analytics::kaya::kaya;
use kzleap_analytics::lmdi::decompose;
use kzleap_analytics::{Balance, Drivers, Emissions};
use kzleap_diagnostics::Diagnostics;
use kzleap_input::Files;

use crate::{SMALL, data, data_table, table};

/// Two years of coal and gas: 100 and 50 PJ, then 80 and 120 PJ; people 10 and 12 million; GDP 100
/// and 180 billion. With factors of 100 and 50 kg/GJ emissions are 12.5 and 14 Mt.
const TWO_YEARS: &str = "\
flow,commodity,year,value,unit
primary use,coal,2000,100,PJ
primary use,natural gas,2000,50,PJ
primary use,coal,2010,80,PJ
primary use,natural gas,2010,120,PJ
";

fn factors() -> Factors {
    [("coal", 100.0), ("natural gas", 50.0)].map(|(name, f)| (name.to_owned(), f)).into()
}

fn drivers() -> Drivers {
    Drivers {
        population: [(2000, 10.0), (2010, 12.0)].into(),
        gdp: [(2000, 100.0), (2010, 180.0)].into(),
        money: "USD2015".to_owned(),
    }
}

#[test]
fn the_factors_of_kaya_multiply_to_emissions() {
    let table = table(TWO_YEARS);
    let balance = Balance::new(&table, "");
    let co2 = Emissions::calculated(&balance, &factors()).unwrap();
    let years = kaya(&balance, &drivers(), &co2);
    assert_eq!(years[0].factors(), [10.0, 10.0, 1.5, 12_500.0 / 150.0]);
    assert_eq!(years[1].factors(), [12.0, 15.0, 200.0 / 180.0, 14_000.0 / 200.0]);
    for year in years {
        assert!((year.product() - year.co2).abs() < 1e-12);
    }
}

/// By hand: L = (8 − 10)/ln 0.8 for coal, (6 − 2.5)/ln 2.4 for gas; population's effect is the sum
/// of both times ln 1.2.
#[test]
fn effects_by_hand_add_up() {
    let table = table(TWO_YEARS);
    let balance = Balance::new(&table, "");
    let co2 = Emissions::calculated(&balance, &factors()).unwrap();
    let years = kaya(&balance, &drivers(), &co2);
    let found = decompose(&years[0], &years[1], &co2);
    let (coal, gas) = (-2.0 / 0.8_f64.ln(), 3.5 / 2.4_f64.ln());
    let by_hand = [
        (coal + gas) * 1.2_f64.ln(),
        (coal + gas) * 1.5_f64.ln(),
        (coal + gas) * (200.0 / 180.0 / 1.5_f64).ln(),
        coal * ((8.0 / 200.0) / (10.0 / 150.0_f64)).ln()
            + gas * ((6.0 / 200.0) / (2.5 / 150.0_f64)).ln(),
    ];
    for (effect, by_hand) in found.effects.iter().zip(by_hand) {
        assert!((effect - by_hand).abs() < 1e-12, "{found:?} {by_hand:?}");
    }
    assert!((found.effects.iter().sum::<f64>() - 1.5).abs() < 1e-12);
    for (source, effects) in &found.by_source {
        let change = if source == "coal" { -2.0 } else { 3.5 };
        assert!((effects.iter().sum::<f64>() - change).abs() < 1e-12, "{source}");
    }
}

/// A whole balance: what is supplied is burnt, less what is used for other things than energy.
#[test]
fn non_energy_use_is_not_burnt() {
    let with = SMALL.replace(
        "final/households,natural gas,2020,20,PJ",
        "final/households,natural gas,2020,15,PJ\nfinal/non-energy use,natural gas,2020,5,PJ",
    );
    let total = |text: &str| {
        let table = table(text);
        let co2 = Emissions::calculated(&Balance::new(&table, ""), &factors()).unwrap();
        co2.total(2020).unwrap()
    };
    assert!((total(SMALL) - 9.0).abs() < 1e-12); // 80 PJ of coal, 20 PJ of gas
    assert!((total(&with) - 8.75).abs() < 1e-12);
}

/// Thirty-four years of Kazakhstan: every pair of years with the first adds up to 1e-9.
#[test]
fn the_history_of_kazakhstan_decomposes_without_a_rest() {
    let table = data_table("balance_history.csv");
    let balance = Balance::new(&table, "");
    let (mut files, mut diags) = (Files::default(), Diagnostics::default());
    let drivers =
        Drivers::read(&data("drivers.csv"), &crate::kinds(), "", &mut files, &mut diags)
            .unwrap();
    let factors = read_factors(&data("emission_factors.csv"), &mut files, &mut diags).unwrap();
    assert!(diags.is_empty());
    let co2 = Emissions::calculated(&balance, &factors).unwrap();
    let years = kaya(&balance, &drivers, &co2);
    assert_eq!((years[0].year, years.last().unwrap().year, years.len()), (1990, 2023, 34));
    for year in &years[1..] {
        let found = decompose(&years[0], year, &co2);
        let sum: f64 = found.effects.iter().sum();
        assert!((sum - (year.co2 - years[0].co2)).abs() < 1e-9, "{}", year.year);
        let by_source: f64 = found.by_source.iter().flat_map(|(_, effects)| effects).sum();
        assert!((by_source - sum).abs() < 1e-9);
    }
    // the Energy Institute itself has 221 Mt in 2023, without flaring
    let last = years.last().unwrap().co2;
    assert!((last / 221.15 - 1.0).abs() < 0.03, "{last}");
}
