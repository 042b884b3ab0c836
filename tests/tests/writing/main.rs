//! The same model written otherwise: in other units, under other names, in another order, in
//! other money, with its periods cut. Its optimum is the same, and so are program and tables
//! where nothing but the writing differs.

#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

mod rewrite;

use std::collections::{BTreeMap, BTreeSet};

use kzleap_accounts::Accounts;
use kzleap_report::sheet::Cell;
use kzleap_report::tables;
use kzleap_study::Plan;
use kzleap_study::formulation::formulate;
use kzleap_study::lp::Bounds;
use kzleap_study::model::Model;
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
    ("cogeneration", "tt"),
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
    ("of_north", "hh"),
    ("of_south", "gg"),
    ("sunny", "f"),
];

fn solved(text: &str) -> (Model, Plan) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("model.toml"), text).unwrap();
    let input = kzleap_study::input::read(folder.path(), None);
    for finding in &input.diagnostics {
        println!("{}\n", kzleap_study::diagnostics::render(finding, &input.sources));
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
    let accounts = Accounts::new(model, &plan.solution);
    for sheet in tables::ALL.iter().map(|table| table(&accounts)) {
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

/// All but prices, the rules that have one, and what is paid at them: where capacities just suffice,
/// more than one price is right, and a rounding may decide which is found.
fn quantities_of(plan: &(Model, Plan)) -> BTreeMap<String, f64> {
    let mut tables = tables_of(plan, str::to_owned);
    let follows_prices = ["binding ", "payments ", "households "];
    tables.retain(|row, _| {
        !row.contains("price") && !follows_prices.iter().any(|table| row.starts_with(table))
    });
    tables
}

/// Number by number but for rounding, with what its money is worth: then whatever is solved of
/// the one is right for the other.
fn assert_same_program(changed: &Model, worth: f64, original: &Model) {
    let (mut after, before) = (formulate(changed).lp, formulate(original).lp);
    after.cost.iter_mut().for_each(|cost| *cost *= worth);
    assert_eq!((after.starts, after.cols), (before.starts, before.cols));
    let bounds =
        |bounds: &[Bounds]| bounds.iter().flat_map(|b| [b.lower, b.upper]).collect::<Vec<_>>();
    for (after, before) in [
        (after.values, before.values),
        (after.cost, before.cost),
        (bounds(&after.row_bounds), bounds(&before.row_bounds)),
        (bounds(&after.col_bounds), bounds(&before.col_bounds)),
    ] {
        assert_eq!(after.len(), before.len());
        for (after, before) in after.into_iter().zip(before) {
            let same = after == before || (after - before).abs() <= 1e-12 * before.abs();
            assert!(same, "{after} in the program, before {before}");
        }
    }
}

fn assert_same_objective(changed: f64, original: f64) {
    let difference = (changed - original).abs() / original.abs();
    assert!(difference < 1e-9, "{changed} after the change, {original} before: {difference:e}");
}

/// Rows of nothing may be left out of a table.
fn assert_same_tables(changed: &BTreeMap<String, f64>, original: &BTreeMap<String, f64>) {
    for row in original.keys().chain(changed.keys()) {
        let of = |table: &BTreeMap<String, f64>| table.get(row).copied().unwrap_or(0.0);
        let (after, before) = (of(changed), of(original));
        let same = (after - before).abs() <= 1e-6 * (1.0 + before.abs());
        assert!(same || (after.is_nan() && before.is_nan()), "{row}: {after}, before {before}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// GW or MW, PJ, TWh, ktoe or Gcal, dollars, euros or tenge: the same program, optimum and
    /// quantities.
    #[test]
    fn units_mean_nothing(factors in vec(0.9..1.1, 83), draws in vec(0_usize..60, 89)) {
        let text = varied(MODEL, &factors);
        let (before, after) = (solved(&text), solved(&in_other_units(&text, &draws)));
        assert_same_program(&after.0, 1.0, &before.0);
        assert_same_objective(after.1.solution.objective, before.1.solution.objective);
        assert_same_tables(&quantities_of(&after), &quantities_of(&before));
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

    /// Regions, slices, processes and all else in another order. (Of plans that cost the same
    /// another may be found.)
    #[test]
    fn order_means_nothing(factors in vec(0.9..1.1, 83), weights in vec(any::<u32>(), 97)) {
        let text = varied(MODEL, &factors);
        let (before, after) = (solved(&text), solved(&reordered(&text, &weights)));
        assert_same_objective(after.1.solution.objective, before.1.solution.objective);
    }

    /// A model that calculates in euros is the same program, with costs at what they are worth.
    #[test]
    fn money_means_nothing(factors in vec(0.9..1.1, 83), worth in 0.2_f64..5.0) {
        let text = varied(MODEL, &factors);
        let dollar = format!("USD2022 = {{ value = {} }}", 1.0 / worth);
        let euros = text
            .replace("currency = \"USD2022\"", "currency = \"EUR2022\"")
            .replace("EUR2022 = { value = 1.07 }", &dollar);
        let (before, after) = (solved(&text), solved(&euros));
        assert_same_program(&after.0, worth, &before.0);
        assert_same_objective(worth * after.1.solution.objective, before.1.solution.objective);
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
