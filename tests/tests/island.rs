//! The figures of the example in `docs/src/time.md` are those of the model: plans at several numbers
//! of slices, each held against all hours.

use std::fs;

use kzleap_study::model::{Standing, YearIx};
use kzleap_study::resolution::Resolution;
use kzleap_study::{RunSpec, dispatch};
use kzleap_tests::{capacity, long_checks, model, repository, solve};

/// Rows of the table: slices (`None` for all hours) and the figures as they are written.
fn rows() -> Vec<(Option<usize>, Vec<String>)> {
    let page = fs::read_to_string(repository().join("docs/src/time.md")).expect("the page");
    let cells = |line: &str| -> Vec<String> {
        line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    page.lines()
        .skip_while(|line| !line.starts_with("| slices | cost"))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(cells)
        .map(|cells| (cells[0].parse().ok(), cells[1..].to_vec()))
        .collect()
}

#[test]
fn the_example_of_hours_has_the_figures_of_its_model() {
    let rows = rows();
    assert_eq!(rows.len(), 4);
    let hours = model("island", None);
    for (slices, written) in rows {
        // all hours take half a minute
        if slices.is_none() && !long_checks() {
            continue;
        }
        let resolution = Resolution {
            regions: None,
            slices: slices.or(Some(8760)),
            ..Resolution::default()
        };
        let planned = resolution.of(hours.clone()).expect("a native model");
        let plan = solve(&planned);
        let held = Standing::new(&planned, &plan.solution);
        let spec = RunSpec::default();
        let year = dispatch(&hours, &held, YearIx::new(0), &spec, &Default::default())
            .expect("demand may go unserved");
        let unserved: f64 = year.unserved().iter().map(|one| one.amount / 0.0036).sum();
        let figures = [
            (1, plan.solution.objective),
            (2, capacity(&planned, &plan, "turbine", 0).0),
            (2, capacity(&planned, &plan, "battery", 0).0),
            (1, unserved),
            (3, year.caps[0].emitted),
        ];
        for ((digits, figure), written) in figures.into_iter().zip(&written) {
            let unit = 10f64.powi(-digits);
            let said: f64 = written.parse().expect("a number");
            assert!(
                (figure - said).abs() <= 0.51 * unit,
                "{slices:?} slices: {figure}, in the page {said}"
            );
        }
    }
}
