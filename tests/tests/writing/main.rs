//! The same model written otherwise: in other units, under other names, in another order, in
//! other money, with its periods cut. Its optimum is the same, and so is every table.

#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

mod rewrite;

use std::collections::{BTreeMap, BTreeSet};

use kzleap::Plan;
use kzleap::model::Model;
use kzleap::report::sheet::Cell;
use kzleap::report::tables;
use kzleap_tests::solve;
use proptest::collection::vec;
use proptest::prelude::*;

use rewrite::{in_other_units, renamed, reordered, varied};

const MODEL: &str = include_str!("model.toml");

/// Names that the user chose, and others. The program tells electricity and heat by their names,
/// and captures `co2` alone.
const NAMES: &[(&str, &str)] = &[
    ("north", "z-9"),
    ("south", "Astana"),
    ("winter", "q2"),
    ("summer", "q1"),
    ("dark", "b2"),
    ("light", "a1"),
    ("coal", "brown-coal"),
    ("gas", "a-gas"),
    ("electricity", "electric_power"),
    ("heat", "district_heat"),
    ("ore", "concentrate"),
    ("steel", "2steel"),
    ("mine", "pit"),
    ("pipeline", "y"),
    ("quarry", "x"),
    ("furnace", "w"),
    ("steam_plant", "v"),
    ("turbine", "u"),
    ("cogeneration", "t"),
    ("condensing", "s"),
    ("extraction", "r"),
    ("boiler", "q"),
    ("panels", "p"),
    ("battery", "o"),
    ("tank", "n"),
    ("line", "m"),
    ("load", "l"),
    ("cold", "k"),
    ("sun", "j"),
    ("country", "i"),
    ("sunny", "h"),
];

fn solved(text: &str) -> (Model, Plan) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("model.toml"), text).unwrap();
    let input = kzleap::input::read(folder.path(), None);
    for finding in &input.diagnostics {
        println!("{}\n", kzleap::diagnostics::render(finding, &input.sources));
    }
    let model = input.model.expect("the model has no errors");
    let plan = solve(&model);
    (model, plan)
}

/// Every table as its number for each set of names, years and units; `name` gives the name that
/// a text had in the model as it was.
fn tables_of(
    (model, plan): &(Model, Plan),
    name: impl Fn(&str) -> String,
) -> BTreeMap<String, f64> {
    let mut numbers = BTreeMap::new();
    for sheet in tables::ALL.iter().map(|table| table(model, &plan.solution)) {
        for row in sheet.rows() {
            let mut key = sheet.name.to_owned();
            for (cell, column) in row.iter().zip(sheet.columns) {
                match cell {
                    Cell::Text(text) => key += &format!(" {}", name(text)),
                    Cell::Year(year) => key += &format!(" {year}"),
                    Cell::Number(value) => {
                        let twice = numbers.insert(format!("{key} {}", column.key), *value);
                        assert_eq!(twice, None, "two rows {key}");
                    }
                }
            }
        }
    }
    numbers
}

fn assert_same_objective(changed: f64, original: f64) {
    let difference = (changed - original).abs() / original.abs();
    assert!(difference < 1e-9, "{changed} after the change, {original} before: {difference:e}");
}

fn assert_same_tables(changed: &BTreeMap<String, f64>, original: &BTreeMap<String, f64>) {
    let rows = |table: &BTreeMap<String, f64>| table.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(rows(changed), rows(original));
    for (row, before) in original {
        let after = changed[row];
        let same = (after - before).abs() <= 1e-6 * (1.0 + before.abs());
        assert!(same || (after.is_nan() && before.is_nan()), "{row}: {after}, before {before}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// GW or MW, PJ, TWh, ktoe or Gcal, dollars, euros or tenge: the same optimum and tables.
    #[test]
    fn units_mean_nothing(factors in vec(0.9..1.1, 83), draws in vec(0_usize..60, 89)) {
        let text = varied(MODEL, &factors);
        let (before, after) = (solved(&text), solved(&in_other_units(&text, &draws)));
        assert_same_objective(after.1.solution.objective, before.1.solution.objective);
        assert_same_tables(&tables_of(&after, str::to_owned), &tables_of(&before, str::to_owned));
    }

    /// Regions, commodities, processes, seasons and all else under other names.
    #[test]
    fn names_mean_nothing(factors in vec(0.9..1.1, 83)) {
        let text = varied(MODEL, &factors);
        let names: BTreeMap<_, _> = NAMES.iter().copied().collect();
        let back: BTreeMap<_, _> = NAMES.iter().map(|(old, new)| (*new, *old)).collect();
        let (before, after) = (solved(&text), solved(&renamed(&text, &names)));
        assert_same_objective(after.1.solution.objective, before.1.solution.objective);
        let after = tables_of(&after, |name| renamed(name, &back));
        assert_same_tables(&after, &tables_of(&before, str::to_owned));
    }

    /// Regions, slices, processes and all else in another order.
    #[test]
    fn order_means_nothing(factors in vec(0.9..1.1, 83), weights in vec(any::<u32>(), 97)) {
        let text = varied(MODEL, &factors);
        let (before, after) = (solved(&text), solved(&reordered(&text, &weights)));
        assert_same_objective(after.1.solution.objective, before.1.solution.objective);
        assert_same_tables(&tables_of(&after, str::to_owned), &tables_of(&before, str::to_owned));
    }

    /// A model that reckons in euros costs what it cost in dollars, at their worth, and its plan
    /// is the same.
    #[test]
    fn money_means_nothing(factors in vec(0.9..1.1, 83), worth in 0.2_f64..5.0) {
        let text = varied(MODEL, &factors);
        let dollar = format!("USD2022 = {{ value = {} }}", 1.0 / worth);
        let euros = text
            .replace("currency = \"USD2022\"", "currency = \"EUR2022\"")
            .replace("EUR2022 = { value = 1.07 }", &dollar);
        let (before, after) = (solved(&text), solved(&euros));
        assert_same_objective(
            after.1.solution.objective * worth,
            before.1.solution.objective,
        );
        let quantities = |plan| {
            let mut table = tables_of(plan, str::to_owned);
            table.retain(|row, _| row.starts_with("capacity ") || row.starts_with("generation "));
            table
        };
        assert_same_tables(&quantities(&after), &quantities(&before));
    }

    /// Between two milestone years the data stay the same, so further milestone years there ask
    /// for nothing new.
    #[test]
    fn periods_cut_anywhere_cost_the_same(
        factors in vec(0.9..1.1, 83),
        cuts in proptest::collection::btree_set(2026_i32..2055, 1..4),
    ) {
        let text = varied(MODEL, &factors);
        let years: BTreeSet<_> = cuts.into_iter().chain([2025, 2035, 2045]).collect();
        let cut = text.replace("[2025, 2035, 2045]", &format!("{:?}", Vec::from_iter(years)));
        assert_same_objective(
            solved(&cut).1.solution.objective,
            solved(&text).1.solution.objective,
        );
    }
}
