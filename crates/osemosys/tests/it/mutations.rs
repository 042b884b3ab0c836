//! Damaged data files: an error with its place and a hint each time, never a panic.

use proptest::prelude::*;

use crate::support::read_text;

const GOOD: &str = include_str!("models/day_and_night.txt");

/// Asserts that a text is refused with file, line, column and hint.
fn refused(what: &str, text: &str) {
    let Err(problems) = read_text(text) else { panic!("{what} was accepted:\n{text}") };
    let place = problems.lines().find(|line| line.contains("--> model.txt:"));
    let place = place.unwrap_or_else(|| panic!("{what}: no place in\n{problems}"));
    let numbers: Vec<&str> = place.rsplit(':').take(2).collect();
    assert!(numbers.iter().all(|n| n.trim().parse::<usize>().is_ok()), "{what}: {place}");
    assert!(problems.contains("help:"), "{what}: no hint in\n{problems}");
}

fn changed(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "`{from}` is in the file");
    GOOD.replacen(from, to, 1)
}

const SETS: [&str; 11] = [
    "REGION",
    "TECHNOLOGY",
    "FUEL",
    "EMISSION",
    "MODE_OF_OPERATION",
    "TIMESLICE",
    "YEAR",
    "SEASON",
    "DAYTYPE",
    "DAILYTIMEBRACKET",
    "STORAGE",
];

#[test]
fn the_file_itself_is_good() {
    assert!(read_text(GOOD).is_ok());
}

/// Eleven names of sets with a letter less, and eleven sets without members.
#[test]
fn renamed_and_empty_sets_are_refused() {
    for set in SETS {
        let statement = format!("set {set} :=");
        let shorter = format!("set {} :=", &set[..set.len() - 1]);
        refused(&shorter, &changed(&statement, &shorter));
        let start = GOOD.find(&statement).expect("the set") + statement.len();
        let end = start + GOOD[start..].find(';').expect("its end");
        refused(&format!("{set} empty"), &format!("{}{}", &GOOD[..start], &GOOD[end..]));
    }
}

/// The file cut off in the middle of each of its statements, and the `;` taken from each.
#[test]
fn truncated_files_and_missing_semicolons_are_refused() {
    let ends: Vec<usize> = GOOD.match_indices(';').map(|(at, _)| at).collect();
    for pair in ends[..ends.len() - 1].windows(2) {
        let middle = pair[0] + (pair[1] - pair[0]) * 3 / 4;
        refused("truncated", &GOOD[..middle]);
        refused("no semicolon", &format!("{}{}", &GOOD[..pair[1]], &GOOD[pair[1] + 1..]));
    }
}

#[test]
fn damaged_values_are_refused() {
    for (from, to) in [
        ("NIGHT 0.5;\nparam Conversionls", "NIGHT nan;\nparam Conversionls"),
        ("ELC 10", "ELC NaN"),
        ("ELC 10", "ELC inf"),
        ("ELC 10", "ELC 1e999"),
        ("ELC 10", "ELC 1e300"),
        ("ELC 10", "ELC -10"),
        ("ELC 10", "ELC ten"),
        ("ELC 10", "ELC 10 10"),
        ("ELC 10", "ELC"),
        ("ELC 10", "ELK 10"),
        ("OperationalLife default 1", "OperationalLife default -30"),
        ("OperationalLife default 1", "OperationalLife default 0"),
        ("OperationalLife default 1", "OperationalLife default x"),
        ("OperationalLife default 1 :=", "OperationalLife default 1 := HOME SUN -5"),
        ("OperationalLifeStorage default 1", "OperationalLifeStorage default -1"),
        ("DepreciationMethod default 1", "DepreciationMethod default 3"),
        ("DiscountRate default 0.05", "DiscountRate default -0.05"),
        ("DAY 0.5 NIGHT 0.5;\nparam Conv", "DAY 0.5 NIGHT 0.9;\nparam Conv"),
        ("DAY 0.5 NIGHT 0.5;\nparam Conv", "DAY 0.5;\nparam Conv"),
        ("DAY 1 NIGHT 0;", "DAY -1 NIGHT 0;"),
        ("CELLS 1 0.8", "CELLS 1 0.8 HOME BATTERY CELLS 1 0.9"),
        ("CELLS 1 0.8", "CELLS 1"),
        ("CELLS 1 0.8", "CELLS 1 1 0.8"),
        ("CELLS 1 0.8", "BATTERY CELLS 1 0.8"),
        ("CELLS 1 0.8", "CELLS 3 0.8"),
        ("[HOME,CELLS,*] 2030 100", "[HOME,CELLS] 2030 100"),
        ("[HOME,CELLS,*] 2030 100", "[HOME,CELLS,*,*] 2030 100"),
        ("[HOME,CELLS,*] 2030 100", "[HOME,CELLS,*] 2031 100"),
        ("[HOME,CELLS,*] 2030 100", "[HOME CELLS * 2030 100"),
        ("[HOME,CELLS,*] 2030 100", "[HOME,,CELLS,%] 2030 100"),
        ("[HOME,CELLS,*] 2030 100", "[CELLS,HOME,*] 2030 100"),
        ("[HOME,*,1,2030] SUN 1, GAS 5", "[HOME,*,1,2030] SUN 1, GAS"),
        ("[HOME,*,1,2030] SUN 1, GAS 5", "[HOME,*,1,2030] 1 SUN 5 GAS"),
        ("[HOME,*,1,2030] SUN 1, GAS 5", "[HOME,*,1,2030] : SUN 1, GAS 5"),
        ("  GAS 1 .\n", "  GAS 1\n"),
        ("  GAS 1 .\n", "  GAS 1 . 1\n"),
        (": 1 2 :=\n", ": 1 2\n"),
        (": 1 2 :=\n", ": 1 3 :=\n"),
        ("set REGION := HOME;", "set REGION := HOME HOME;"),
        ("set REGION := HOME;", "set REGION := HOME; set REGION := AWAY;"),
        ("set REGION := HOME;", "set REGION := 'HOME;"),
        ("set REGION := HOME;", "set REGION := (HOME);"),
        ("set YEAR := 2030;", "set YEAR := 2030 soon;"),
        ("set TECHNOLOGY := SUN", "set TECHNOLOGY := SÜN"),
        ("param OperationalLife default 1 := ;", "param OperationalLive default 1 := ;"),
        (
            "param VariableCost default 0 :=",
            "param VariableCost default 0 := ; param VariableCost :=",
        ),
        ("param VariableCost default 0 :=", "VariableCost default 0 :="),
        ("param VariableCost default 0 :=", "param default 0 VariableCost :="),
        ("param VariableCost default 0 :=", "param := VariableCost default 0"),
        ("param VariableCost", "/* param VariableCost"),
        ("Conversionls default 0", "Conversionls default 2"),
        ("DAY 1 0 NIGHT 0 1", "DAY 1 0 NIGHT 0 2"),
    ] {
        refused(&format!("`{from}` as `{to}`"), &changed(from, to));
    }
}

/// Places stand between characters, not within them.
#[test]
fn damage_beside_other_alphabets_is_told() {
    for text in [
        "set REGION := Қазақстан",
        "set REGION := Қазақстан\nset YEAR := 2030;",
        "set REGION := Қазақстан; param CapitalCost := Қазақ Уголь 2030 миллион",
        "set REGION := 'Қазақстан",
        "param Ценаα := 1;",
        "param CapitalCost default 0\u{a0}:=\u{a0}Қ",
    ] {
        refused(text, text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    /// Whatever a text is, reading it comes to an end without a panic.
    #[test]
    fn no_text_makes_the_reader_panic(text in ".*") {
        let _ = read_text(&text);
    }

    /// Nor does a data file with a part cut out, doubled or moved.
    #[test]
    fn no_damage_makes_the_reader_panic(a in 0..GOOD.len(), b in 0..GOOD.len(), how in 0..4) {
        let (a, b) = (a.min(b), a.max(b));
        let (before, part, after) = (&GOOD[..a], &GOOD[a..b], &GOOD[b..]);
        let text = match how {
            0 => format!("{before}{after}"),
            1 => format!("{before}{part}{part}{after}"),
            2 => format!("{part}{before}{after}"),
            _ => part.to_owned(),
        };
        if let Ok(data) = read_text(&text) {
            let _ = kzleap_osemosys::to_model(&data);
        }
    }

    /// Nor does a file of the words of the language in any order.
    #[test]
    fn no_order_of_words_makes_the_reader_panic(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "set", "param", "REGION", "YEAR", "CapitalCost", "default", ":=", ":", ";", ",",
                "[", "]", "*", "(", ")", "tr", ".", "1", "2030", "'x'", "#\n", "\n", "end", "data",
                "1e9", "-1", "R", "TECHNOLOGY", "FUEL", "Қ", "\u{a0}", "'Қ", "Уголь",
            ]),
            0..60,
        )
    ) {
        let _ = read_text(&words.join(" "));
    }
}
