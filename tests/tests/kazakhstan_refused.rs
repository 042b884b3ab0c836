//! The data of Kazakhstan, made wrong in one place at a time: each mistake is refused, with the
//! line it is in and what to do.
//!
//! Mistakes are those that people make with such data. Each is tried at every place of its kind
//! that the list names, and more than a hundred must be found.

#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use std::fs;
use std::path::Path;

use kzleap_study::diagnostics::{Located, render};
use kzleap_study::input::read;
use kzleap_tests::repository;

/// A mistake in one file.
struct Mistake {
    /// What it is, for messages.
    what: String,
    /// The code of the error it gives.
    code: &'static str,
    file: &'static str,
    /// The file with the mistake in it.
    text: String,
    /// Where it must be reported: the file, and its lines from 1, first and last.
    reported: (&'static str, usize, usize),
}

impl Mistake {
    /// It is reported at another line: of a whole of which this is a part, or of what now lacks it.
    fn told_at(mut self, file: &'static str, line: &str) -> Self {
        let found = text(file).lines().position(|other| other == line);
        let line = found.unwrap_or_else(|| panic!("{file} has no line `{line}`")) + 1;
        self.reported = (file, line, line);
        self
    }
}

/// The text of a file of the model.
fn text(file: &str) -> String {
    fs::read_to_string(repository().join("models/kazakhstan").join(file)).unwrap()
}

/// A mistake: `from`, which occurs once below `under`, becomes `to`.
fn change(
    code: &'static str,
    file: &'static str,
    under: &str,
    from: &str,
    to: &str,
) -> Mistake {
    let whole = text(file);
    let start = whole.find(under).unwrap_or_else(|| panic!("{file} has no `{under}`"));
    let there = whole[start..].find(from);
    let at = start + there.unwrap_or_else(|| panic!("{file}: no `{from}` below `{under}`"));
    let first = whole[..at].matches('\n').count() + 1;
    Mistake {
        what: format!("{file}, {under}: `{from}` becomes `{to}`"),
        code,
        file,
        text: format!("{}{to}{}", &whole[..at], &whole[at + from.len()..]),
        reported: (file, first, first + to.matches('\n').count()),
    }
}

/// A mistake: a row of a table of commas, from 1, becomes others.
fn rows(
    code: &'static str,
    file: &'static str,
    row: usize,
    to: impl Fn(&[&str]) -> Vec<String>,
) -> Mistake {
    let whole = text(file);
    let mut lines: Vec<String> = whole.lines().map(str::to_owned).collect();
    let old = lines[row - 1].clone();
    let new = to(&old.split(',').collect::<Vec<_>>());
    let last = row + new.len() - 1;
    let what = format!("{file}, row {row}: `{old}` becomes `{}`", new.join("\\n"));
    lines.splice(row - 1..row, new);
    Mistake { what, code, file, text: lines.join("\n") + "\n", reported: (file, row, last) }
}

/// One cell of a row becomes another.
fn cell(
    code: &'static str,
    file: &'static str,
    row: usize,
    column: usize,
    to: &str,
) -> Mistake {
    rows(code, file, row, |cells| {
        let mut cells = cells.to_vec();
        cells[column] = to;
        vec![cells.join(",")]
    })
}

/// Fuels that nobody makes.
fn without_a_producer() -> Vec<Mistake> {
    let only = |process: &str, fuel: &str, other: &str| {
        let (from, to) = (format!("output = \"{fuel}\""), format!("output = \"{other}\""));
        let process = format!("[processes.{process}]");
        change("nobody-makes", "supply.toml", &process, &from, &to)
            .told_at("commodities.toml", &format!("[commodities.{fuel}]"))
    };
    vec![only("lignite_pit", "lignite", "coal")]
}

/// Every branch of demand needs far too much, in a year in which nothing can be built.
fn demand_that_nobody_can_serve() -> Vec<Mistake> {
    const FILES: [&str; 6] = [
        "buildings.toml",
        "appliances.toml",
        "transport.toml",
        "materials.toml",
        "industry.toml",
        "agriculture_energy_other.toml",
    ];
    let mut mistakes = Vec::new();
    for file in FILES {
        let whole = text(file);
        for table in whole.split("\n[").filter(|table| table.starts_with("branches.")) {
            let name = table.split(']').next().unwrap();
            if table.contains("formula = \"") {
                // small needs of fuels that are imported must grow more to be out of reach
                let small = ["branches.boats", "branches.pipeline_gas"].contains(&name);
                let times = if small { 100_000 } else { 1000 };
                let to = format!("formula = \"{times} * ");
                let name = format!("[{name}]");
                mistakes.push(change(
                    "demand-cannot-be-served",
                    file,
                    &name,
                    "formula = \"",
                    &to,
                ));
            }
        }
    }
    mistakes
}

/// Heat values and emission factors that no fuel has.
fn heat_values_that_cannot_be() -> Vec<Mistake> {
    const FUELS: [(&str, &str); 12] = [
        ("coal", "16.5"),
        ("lignite", "11.9"),
        ("coking_coal", "28.2"),
        ("coke", "28.2"),
        ("crude", "39.9"),
        ("gasoline", "44.0"),
        ("diesel", "43.0"),
        ("jet", "44.1"),
        ("fuel_oil", "40.4"),
        ("lpg", "47.0"),
        ("gas", "36.0"),
        ("hydrogen", "120.0"),
    ];
    let file = "commodities.toml";
    let of = |fuel: &str| format!("[commodities.{fuel}]");
    let mut mistakes = Vec::new();
    for (fuel, value) in FUELS {
        let from = format!("heat_value = {{ value = {value}");
        // in MJ for each kg instead of for each t, and in kcal
        for wrong in ["0.0165", "4500"] {
            let to = format!("heat_value = {{ value = {wrong}");
            mistakes.push(change("out-of-range", file, &of(fuel), &from, &to));
        }
        let to = format!("heat_value = {{ value = -{value}");
        mistakes.push(change("out-of-range", file, &of(fuel), &from, &to));
    }
    for (fuel, value) in [("coal", "16.5"), ("lignite", "11.9"), ("coke", "28.2")] {
        let from = format!("heat_value = {{ value = {value}");
        let to = "heat_value = { value = 55";
        mistakes.push(change("more-carbon-than-fuel", file, &of(fuel), &from, to));
    }
    mistakes.push(change("wrong-unit", file, &of("coal"), "\"GJ/t\"", "\"t/GJ\""));
    mistakes.push(change("wrong-unit", file, &of("gas"), "\"MJ/m3\"", "\"bcm\""));
    mistakes
}

/// Seasons that begin on no day, or on the same, and numbers of slices that cannot be.
fn wrong_seasons() -> Vec<Mistake> {
    let file = "model.toml";
    let season = |code, name: &str, from: &str, to: &str| {
        let from = format!("from = \"{from}\"");
        change(code, file, &format!("name = \"{name}\""), &from, &format!("from = \"{to}\""))
    };
    vec![
        season("not-a-day", "cold", "12-10", "12-32"),
        season("not-a-day", "summer", "06-01", "1 June"),
        season("duplicate", "summer", "06-01", "04-01"),
        change("hours-and-blocks", file, "name = \"summer\"", "from = \"06-01\"", "days = 92"),
        change("unknown-name", file, "[time]", "periods = \"number\"", "periods = \"numbers\""),
        change("not-periods", file, "[time]", "periods = \"number\"", "periods = \"load\""),
        change(
            "unknown-name",
            file,
            "[time]",
            "alike = [\"scarcity\"]",
            "alike = [\"scarce\"]",
        ),
    ]
}

/// Years given twice, missing or far away.
fn wrong_years() -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    // one row in nine of the tables, once more with another value
    for (file, value) in [("residual_capacity.csv", 3), ("parameters.csv", 4)] {
        let count = text(file).lines().count();
        for row in (3..=count).step_by(18) {
            mistakes.push(rows("duplicate", file, row, |cells| {
                let mut other = cells.to_vec();
                other[value] = "0.5";
                vec![cells.join(","), other.join(",")]
            }));
        }
    }
    let table =
        |code, file, under: &str, from: &str, to: &str| change(code, file, under, from, to);
    let years = "years = [2023, 2025, 2030,";
    mistakes.extend([
        table(
            "duplicate",
            "supply.toml",
            "[processes.coal_ekibastuz]",
            "2023 = 1099, 2030",
            "2023 = 1099, 2023",
        ),
        table(
            "years-not-ascending",
            "model.toml",
            "[time]",
            years,
            "years = [2023, 2023, 2030,",
        ),
        table(
            "years-not-ascending",
            "model.toml",
            "[time]",
            years,
            "years = [2025, 2023, 2030,",
        ),
        table(
            "horizon-too-short",
            "model.toml",
            "[time]",
            "horizon_end = 2064",
            "horizon_end = 2050",
        ),
    ]);
    mistakes
}

/// Plants in no region, numbers that are none, units of something else, names of nothing.
fn wrong_rows() -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    for row in [3, 40, 90, 150, 200] {
        let file = "residual_capacity.csv";
        mistakes.push(cell("unknown-name", file, row, 0, "caol"));
        mistakes.push(cell("unknown-key", file, row, 1, "nroth"));
        mistakes.push(cell("unknown-key", file, row, 1, "Pavlodar"));
        mistakes.push(cell("bad-row", file, row, 3, "7,5"));
        mistakes.push(cell("not-a-number", file, row, 3, "NaN"));
        mistakes.push(cell("out-of-range", file, row, 3, "-1"));
        mistakes.push(cell("wrong-unit", file, row, 4, "t"));
        mistakes.push(cell("unknown-unit", file, row, 4, "GWatt"));
    }
    mistakes
}

/// Shares of oblasts that do not add up, and plants in no oblast.
fn wrong_oblasts() -> Vec<Mistake> {
    let file = "oblasts.csv";
    let whole = text(file);
    let lines: Vec<Vec<&str>> = whole.lines().map(|line| line.split(',').collect()).collect();
    let mut mistakes = Vec::new();
    // what is shared out: rows of the same region and things stand together
    let same = |a: &Vec<&str>, b: &Vec<&str>| a[0] == b[0] && a[3] == b[3];
    let mut first = 2;
    for shared in lines[2..].chunk_by(same) {
        let last = first + shared.len();
        let row = first + 1;
        let share: f64 = shared[0][4].parse().unwrap();
        let mut less = cell("shares-do-not-add-up", file, row, 4, &(share / 2.0).to_string());
        less.reported = (file, row, last);
        mistakes.push(less);
        if first % 3 == 0 {
            mistakes.push(cell("unknown-name", file, row, 3, "processes.coal_plnat"));
            mistakes.push(cell("out-of-range", file, row, 4, "20"));
        }
        first = last;
    }
    mistakes.push(cell("part-differs", file, 3, 0, "south"));
    mistakes.push(rows("duplicate", file, 3, |cells| vec![cells.join(","), cells.join(",")]));
    mistakes
}

fn all() -> Vec<Mistake> {
    let mut all = without_a_producer();
    all.extend(demand_that_nobody_can_serve());
    all.extend(heat_values_that_cannot_be());
    all.extend(wrong_seasons());
    all.extend(wrong_years());
    all.extend(wrong_rows());
    all.extend(wrong_oblasts());
    all
}

/// What is wrong with the way a mistake is refused; `None` if nothing is.
fn missed(mistake: &Mistake, folder: &Path) -> Option<String> {
    fs::write(folder.join(mistake.file), &mistake.text).unwrap();
    let input = read(folder, None);
    let errors: Vec<_> = input
        .diagnostics
        .iter()
        .filter(|finding| finding.severity == kzleap_study::diagnostics::Severity::Error)
        .collect();
    let (file, first, last) = mistake.reported;
    let is_there = |located: &Located| {
        located
            .place
            .iter()
            .chain(&located.also)
            .any(|place| place.path == file && (first..=last).contains(&place.start.line))
    };
    let reported = errors.iter().any(|finding| {
        let located = Located::new(finding, &input.sources);
        located.code == mistake.code && located.hint.is_some() && is_there(&located)
    });
    if reported && input.model.is_none() {
        return None;
    }
    let found: Vec<String> =
        errors.iter().take(3).map(|finding| render(finding, &input.sources)).collect();
    Some(format!("{}\nexpected {}, found:\n{}\n", mistake.what, mistake.code, found.join("\n")))
}

/// Whether a mistake is in a table of commas.
fn is_in_table(mistake: &Mistake) -> bool {
    mistake.file.ends_with(".csv")
}

fn assert_refused(mistakes: &[Mistake]) {
    let temp = tempfile::tempdir().unwrap();
    let from = repository().join("models/kazakhstan");
    for file in fs::read_dir(&from).unwrap() {
        let file = file.unwrap();
        if file.file_type().unwrap().is_file() {
            fs::copy(file.path(), temp.path().join(file.file_name())).unwrap();
        }
    }
    assert!(read(temp.path(), None).model.is_some(), "the model is right as it is");
    let mut wrong = Vec::new();
    for mistake in mistakes {
        wrong.extend(missed(mistake, temp.path()));
        fs::copy(from.join(mistake.file), temp.path().join(mistake.file)).unwrap();
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), mistakes.len(), wrong.join("\n"));
}

#[test]
fn mistakes_in_tables_are_refused() {
    let mistakes: Vec<_> = all().into_iter().filter(is_in_table).collect();
    assert!(mistakes.len() >= 90, "only {}", mistakes.len());
    assert_refused(&mistakes);
}

#[test]
fn mistakes_in_the_other_files_are_refused() {
    let mistakes: Vec<_> = all().into_iter().filter(|mistake| !is_in_table(mistake)).collect();
    assert!(mistakes.len() >= 90, "only {}", mistakes.len());
    assert_refused(&mistakes);
}
