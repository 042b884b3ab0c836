//! Indicators of a small balance by hand, and other countries beside it.

use kzleap_analytics::countries::compare;
use kzleap_analytics::emissions::Factors;
use kzleap_analytics::indicators::{Indicators, indicators};
use kzleap_analytics::{Analysis, Balance, Drivers, Emissions, Kinds, Known, text};
use kzleap_diagnostics::Diagnostics;
use kzleap_input::Files;

use crate::{SMALL, Scratch, data_table, said, table};

fn drivers() -> Drivers {
    Drivers {
        population: [(2020, 2.0)].into(),
        gdp: [(2020, 50.0)].into(),
        money: "USD2015".to_owned(),
    }
}

fn factors() -> Factors {
    [("coal", 100.0), ("natural gas", 50.0)].map(|(name, f)| (name.to_owned(), f)).into()
}

fn value(all: &Indicators, key: &str) -> f64 {
    all.known.iter().find(|one| one.key == key).unwrap().values[&2020]
}

/// Supply is 100 − 20 coal and 20 gas: 100 PJ; coal gives 8 Mt of CO2 and gas 1 Mt.
#[test]
fn every_indicator_by_hand() {
    let table = table(SMALL);
    let balance = Balance::new(&table, "");
    let co2 = Emissions::calculated(&balance, &factors());
    let all = indicators(&balance, &drivers(), co2.as_ref());
    let by_hand = [
        ("primary_energy", 100.0),
        ("final_use", 53.0),
        ("generation", 28.0 / 3.6),
        ("co2", 9.0),
        ("production", 100.0),
        ("self_sufficiency", 100.0),
        ("import_dependency", 0.0),
        ("transformation_efficiency", 40.0),
        ("grid_losses", 100.0 * 3.0 / 28.0),
        ("energy_intensity", 2.0),
        ("carbon_intensity_gdp", 0.18),
        ("carbon_intensity", 90.0),
        ("primary_per_capita", 50.0),
        ("final_per_capita", 26.5),
        ("electricity_per_capita", 28.0 / 3.6 / 2.0),
        ("co2_per_capita", 4.5),
        ("electricity_share", 100.0 * 23.0 / 53.0),
        ("renewable_share", 0.0),
        ("primary_share_coal", 80.0),
        ("primary_share_gas", 20.0),
    ];
    for (key, by_hand) in by_hand {
        assert!((value(&all, key) - by_hand).abs() < 1e-12, "{key}: {}", value(&all, key));
    }
}

#[test]
fn what_cannot_be_given_is_said() {
    let table = table(SMALL);
    let all = indicators(&Balance::new(&table, ""), &Drivers::default(), None);
    let missing: Vec<String> =
        all.missing.iter().map(|one| format!("{}: {}", one.name, one.needs)).collect();
    assert!(
        missing.contains(&"Primary energy per capita: population".to_owned()),
        "{missing:?}"
    );
    let gdp = "Energy intensity of GDP: GDP at constant prices".to_owned();
    assert!(missing.contains(&gdp), "{missing:?}");
}

#[test]
fn drivers_name_their_units_or_are_left_out() {
    let scratch = Scratch::new();
    let path = scratch.write(
        "drivers.csv",
        "driver,region,year,value,unit\n\
         population,north,2020,800,thousand\n\
         population,south,2020,1.2,million\n\
         GDP,,2020,1.0,index\n\
         \"GDP, constant prices\",,2020,50000,million USD2015\n\
         cars,,2020,7,thousand\n",
    );
    let kinds = scratch.write(
        "kinds.csv",
        "of,name,kind,family\n\
         driver,population,population,\n\
         driver,GDP,gdp,\n\
         driver,\"GDP, constant prices\",gdp,\n",
    );
    let (mut files, mut diags) = (Files::default(), Diagnostics::default());
    let kinds = Kinds::read(&kinds, &mut files, &mut diags).unwrap();
    let all = Drivers::read(&path, &kinds, "*", &mut files, &mut diags).unwrap();
    assert_eq!(all.population, [(2020, 2.0)].into());
    assert_eq!((all.gdp.clone(), all.money.as_str()), ([(2020, 50.0)].into(), "USD2015"));
    insta::assert_snapshot!(said(&diags, &files, &scratch));
    let north = Drivers::read(&path, &kinds, "north", &mut files, &mut diags).unwrap();
    assert_eq!((north.population, north.gdp), ([(2020, 0.8)].into(), all.gdp));
}

#[test]
fn countries_stand_beside_the_table_with_their_last_year() {
    let table = table(SMALL);
    let balance = Balance::new(&table, "");
    let own = indicators(&balance, &drivers(), None);
    let compared = compare(&own, &data_table("countries.csv"));
    let countries = [
        "this table",
        "Kazakhstan",
        "Kyrgyzstan",
        "Russia",
        "Tajikistan",
        "Turkmenistan",
        "Uzbekistan",
    ];
    assert_eq!(compared.countries, countries);
    let row = compared.rows.iter().find(|row| row.key == "electricity_per_capita").unwrap();
    assert_eq!(row.values[0].unwrap().0, 2020);
    let (year, kazakhstan) = row.values[1].unwrap();
    assert_eq!(year, 2023);
    assert!((kazakhstan - 112.98 / 20.330).abs() < 1e-3);
}

#[test]
fn the_text_of_a_small_balance() {
    let scratch = Scratch::new();
    let broken = SMALL.replace("losses,electricity,2020,-3,PJ", "losses,electricity,2020,3,PJ");
    let path = scratch.write("small.csv", &broken);
    let (mut files, mut diags) = (Files::default(), Diagnostics::default());
    let table =
        kzleap_analytics::read(&[&path], &crate::kinds(), &mut files, &mut diags).unwrap();
    let balance = Balance::new(&table, "");
    let known = Known {
        drivers: drivers(),
        emissions: Emissions::calculated(&balance, &factors()),
        countries: None,
    };
    let analysis = Analysis::new(&balance, &known, None).unwrap();
    let folder = format!("{}/", scratch.0.path().display());
    let said = text(&analysis, "small", &analysis.places(&files)).replace(&folder, "");
    insta::assert_snapshot!(said);
    let wrong = Analysis::new(&balance, &known, Some((2019, 2020))).unwrap_err();
    assert_eq!(
        wrong,
        "emissions, population, GDP and primary energy are not all known in 2019; years with all of \
         them: 2020"
    );
}
