//! Projections: what is exact, what stays in bounds, and what the past would have said.

use kzleap_analytics::balance::ByYear;
use kzleap_analytics::projection::{HELD, Method, projections};
use kzleap_analytics::series::Series;
use kzleap_analytics::{Analysis, Balance, Drivers, Known};
use kzleap_diagnostics::Diagnostics;
use kzleap_input::Files;

use crate::{data, data_table};

fn series(unit: &str, of: impl Fn(i32) -> f64) -> Series {
    let values: ByYear = (1990..2020).map(|year| (year, of(year))).collect();
    Series { name: "a series".to_owned(), unit: unit.to_owned(), values }
}

/// Energy that follows GDP with an elasticity of one half, and nothing else: the regression finds
/// it, and its future.
#[test]
fn a_law_is_found_again() {
    let gdp = |year: i32| 100.0 * 1.04_f64.powi(year - 1990);
    let drivers = Drivers {
        gdp: (1990..2040).map(|year| (year, gdp(year))).collect(),
        money: "USD2015".to_owned(),
        ..Drivers::default()
    };
    let noise = |year: i32| if year % 2 == 0 { 1.001 } else { 0.999 };
    let energy = series("PJ", |year| 30.0 * gdp(year).sqrt() * noise(year));
    let found = projections(&[energy], &drivers);
    let regression = found.made.iter().find(|made| made.method == Method::Regression).unwrap();
    for point in &regression.points {
        let law = 30.0 * gdp(point.year).sqrt();
        assert!((point.value / law - 1.0).abs() < 1e-3, "{point:?} {law}");
        assert!(point.lower < law && law < point.upper, "{point:?} {law}");
        assert!(point.upper / point.lower < 1.01, "{point:?}");
    }
    assert_eq!(regression.points.len(), 10);
}

/// A share on its way up stays below 100 %, its interval too; an amount stays above zero.
#[test]
fn what_is_projected_stays_where_it_can_be() {
    let wobble = |year: i32| 0.3 * f64::from((year * 7) % 5 - 2);
    let share = series("%", |year| {
        100.0 / (1.0 + (-(f64::from(year - 2005) * 0.25 + wobble(year))).exp())
    });
    let falling =
        series("PJ", |year| 1000.0 * (-0.2 * f64::from(year - 1990) + wobble(year)).exp());
    let found = projections(&[share, falling], &Drivers::default());
    let smoothed: Vec<_> =
        found.made.iter().filter(|made| made.method == Method::Smoothing).collect();
    assert_eq!(smoothed.len(), 2);
    for point in &smoothed[0].points {
        assert!(0.0 < point.lower && point.upper < 100.0, "{point:?}");
        assert!(point.lower < point.value && point.value < point.upper, "{point:?}");
    }
    for point in &smoothed[1].points {
        assert!(0.0 < point.lower && point.lower < point.value, "{point:?}");
    }
}

/// Intervals of a random walk widen with the root of the years: the formula of simple exponential
/// smoothing with a weight near one.
#[test]
fn intervals_widen_with_the_years() {
    let found = projections(
        &[series("PJ", |year| 100.0 + 9.0 * f64::from((year * year) % 11))],
        &Drivers::default(),
    );
    let points = &found.made[0].points;
    let width = |at: usize| (points[at].upper / points[at].lower).ln();
    for at in 1..points.len() {
        assert!(width(at) >= width(at - 1), "{points:?}");
    }
}

#[test]
fn without_drivers_regression_says_why_not() {
    let found =
        projections(&[series("PJ", |year| f64::from(year % 7 + 3))], &Drivers::default());
    assert_eq!(found.left_out.len(), 1);
    assert_eq!(
        found.left_out[0].why,
        "neither population nor GDP is known for its years and after"
    );
}

/// The same inputs give the same numbers, and the past of Kazakhstan is asked for 2014 to 2023.
#[test]
fn the_history_of_kazakhstan() {
    let table = data_table("balance_history.csv");
    let balance = Balance::new(&table, "");
    let (mut files, mut diags) = (Files::default(), Diagnostics::default());
    let drivers =
        Drivers::read(&data("drivers.csv"), &crate::kinds(), "", &mut files, &mut diags)
            .unwrap();
    let known = Known { drivers, ..Known::default() };
    let once = Analysis::new(&balance, &known, None).unwrap();
    let again = Analysis::new(&balance, &known, None).unwrap();
    assert_eq!(once.projections, again.projections);
    let of =
        |name: &str| once.projections.holdouts.iter().find(|test| test.series == name).unwrap();
    let primary = of("Primary energy");
    assert_eq!((primary.fitted_to, primary.until), (2013, 2023));
    for test in &once.projections.holdouts {
        assert_eq!(test.scores.len(), 2, "{test:?}");
        assert!(
            test.scores.iter().all(|score| score.within <= HELD && score.error.is_finite())
        );
    }
    // r = 1 with itself, the same both ways
    let levels = &once.correlation.levels;
    for (row, cells) in levels.iter().enumerate() {
        assert!((cells[row].unwrap().r - 1.0).abs() < 1e-12);
        for (column, cell) in cells.iter().enumerate() {
            let back = levels[column][row];
            assert!(cell.zip(back).is_some_and(|(a, b)| (a.r - b.r).abs() < 1e-12));
        }
    }
}
