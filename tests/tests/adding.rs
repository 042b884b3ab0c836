//! What adding something touches is what the book says it touches.

#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use kzleap_study::formulation::{RowKey, formulate};
use kzleap_tests::by_hand::{TWO_DECADES, plant, read};
use kzleap_tests::{long_checks, model, repository};
use tempfile::TempDir;

const FAMILIES: &str = "crates/formulation/src/families";

fn text(path: &str) -> String {
    fs::read_to_string(repository().join(path)).unwrap_or_else(|_| panic!("there is {path}"))
}

/// The families in the order in which they are added.
fn families() -> Vec<String> {
    let text = text(&format!("{FAMILIES}/mod.rs"));
    let calls = text.lines().filter_map(|line| line.trim().strip_suffix("::add(rows);"));
    calls.map(str::to_owned).collect()
}

/// Files of the repository below a folder, seen from its root.
fn files(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path: PathBuf = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("target") && !path.ends_with("snapshots") {
            files(&path, found);
        } else if let Some("rs" | "md") = path.extension().and_then(|end| end.to_str()) {
            let path = path.strip_prefix(repository()).unwrap();
            found.insert(path.to_string_lossy().replace('\\', "/"));
        }
    }
}

/// Whether a text has one of some words, not as a part of a longer one.
fn has_word(text: &str, words: &[&str]) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| words.contains(&word))
}

/// The files in which one of some words occurs, but for generated ones and this test.
fn with_words(words: &[&str]) -> BTreeSet<String> {
    const GENERATED: [&str; 3] =
        ["docs/src/fields.md", "docs/src/SUMMARY.md", "docs/src/adding.md"];
    let mut all = BTreeSet::new();
    for folder in ["crates", "tests", "docs/src"] {
        files(&repository().join(folder), &mut all);
    }
    all.retain(|path| {
        !GENERATED.contains(&path.as_str())
            && !path.starts_with("docs/src/formulation/")
            && path != "tests/tests/adding.rs"
            && has_word(&text(path), words)
    });
    all
}

/// The files that stand at the beginning of lines of code blocks, by heading; first those of the
/// first block.
fn lists(page: &str) -> BTreeMap<String, Vec<Vec<String>>> {
    let mut lists: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    let (mut heading, mut inside) = (String::new(), false);
    for line in page.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            name.clone_into(&mut heading);
        } else if line.starts_with("```") {
            inside = !inside;
            if inside {
                lists.entry(heading.clone()).or_default().push(Vec::new());
            }
        } else if inside && let Some(file) = line.split_whitespace().next() {
            let list = lists.get_mut(&heading).and_then(|blocks| blocks.last_mut());
            list.unwrap().push(file.to_owned());
        }
    }
    lists
}

/// Each example names every file that its word is in, and no other; the family of rows touches
/// no more than ten.
#[test]
fn the_examples_name_the_files_they_touch() {
    let lists = lists(&text("docs/src/adding.md"));
    let examples: [(&str, &[&str]); 3] = [
        ("A field", &["minimum_level"]),
        (
            "A family of rows",
            &["capacity_limit", "capacity_limits", "CapacityLimit", "CAPACITY_LIMIT"],
        ),
        ("A table of results", &["annual_costs"]),
    ];
    for (heading, words) in examples {
        let named: BTreeSet<String> = lists[heading].iter().flatten().cloned().collect();
        assert_eq!(named, with_words(words), "files of `{}` (left: the page)", words[0]);
    }
    let needed = lists["A family of rows"][0].len();
    assert!(needed <= 10, "a family of rows touches {needed} files");
}

const ADDED: &str = "docs/adding/investment_limit.patch";

/// A family of rows with data of its own, written as a patch, fits the files of today, and touches
/// as many as CONTRIBUTING says: those that it names, but for the name of the family.
#[test]
fn a_family_of_rows_can_be_added() {
    let patch = text(ADDED);
    let touched: BTreeSet<String> = patch
        .lines()
        .filter_map(|line| line.strip_prefix("+++ b/"))
        .map(|path| path.replace("investment_limit", "NAME"))
        .collect();
    let page = text("CONTRIBUTING.md");
    let listed = page.split("**A family of rows").nth(1).unwrap();
    let listed = listed.split("Without data of its own").next().unwrap();
    let named: BTreeSet<String> = listed
        .lines()
        .filter(|line| line.trim_start().starts_with(|c: char| c.is_ascii_digit()))
        .filter_map(|line| line.split('`').nth(1).map(str::to_owned))
        .collect();
    assert_eq!((touched.len(), &touched), (10, &named));

    let Some(copy) = copy_of_the_repository() else { return };
    if !long_checks() {
        return;
    }
    // the libraries are those of this build; a path of another folder makes crates of another name
    let target = std::env::current_exe().unwrap();
    let target = target.ancestors().nth(3).unwrap();
    let built = Command::new(env!("CARGO"))
        .current_dir(copy.path())
        .env("CARGO_TARGET_DIR", target)
        .env("CMAKE_TOOLCHAIN_FILE", repository().join("cmake/system-openblas.cmake"))
        .args(["--config", ".cargo/quick.toml", "test", "--release", "--workspace"])
        .args(["--locked", "--offline", "--test", "families", "investment_limit"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&built.stdout);
    assert!(
        built.status.success() && said.contains("1 passed"),
        "{said}{}",
        String::from_utf8_lossy(&built.stderr)
    );
}

/// The files that git knows, with the family in them; `None` where there is no git.
fn copy_of_the_repository() -> Option<TempDir> {
    let git =
        |at: &Path, args: &[&str]| Command::new("git").current_dir(at).args(args).output();
    let listed = git(&repository(), &["ls-files"]).ok().filter(|said| said.status.success());
    let Some(listed) = listed else {
        println!("SKIPPED: without git and its folder the patch is not applied");
        return None;
    };
    let copy = TempDir::new().unwrap();
    for path in String::from_utf8(listed.stdout).unwrap().lines() {
        let from = repository().join(path);
        if from.is_file()
            && ["crates/", "tests/", "benches/", "Cargo", ".cargo/", "docs/"]
                .iter()
                .any(|start| path.starts_with(start))
        {
            let to = copy.path().join(path);
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(from, to).unwrap();
        }
    }
    let patch = repository().join(ADDED);
    let said = git(copy.path(), &["apply", patch.to_str().unwrap()]).unwrap();
    assert!(
        said.status.success(),
        "{ADDED} does not fit: {}It is to be mended by hand, as docs/src/adding.md says",
        String::from_utf8_lossy(&said.stderr)
    );
    Some(copy)
}

/// The lists of CONTRIBUTING name files that are there, with a family for NAME.
#[test]
fn what_contributing_names_is_there() {
    let page = text("CONTRIBUTING.md");
    let mut named = 0;
    for part in page.split('`').skip(1).step_by(2) {
        let path = part.replace("NAME", "capacity_limit");
        let is_path =
            ["crates/", "docs/", "tests/"].iter().any(|start| path.starts_with(start));
        if is_path && !path.contains(' ') {
            named += 1;
            assert!(repository().join(&path).exists(), "CONTRIBUTING names `{part}`");
        }
    }
    assert!(named >= 10, "it names {named} files");
}

/// Nothing outside its folder, the list of families and the tests speaks of the rows of a family,
/// but for these.
#[test]
fn a_family_of_rows_owns_itself() {
    const ELSEWHERE: [(&str, &str); 3] = [
        // an abatement cost curve moves their right-hand sides
        ("EmissionCap", "crates/study/src/cost_curve/mod.rs"),
        // links that turn out to need a direction get their rows after a first solve
        ("OneWay", "crates/formulation/src/burning.rs"),
        // demand that gives way burns less
        ("EmissionAccounting", "crates/study/src/explain/elastic.rs"),
    ];
    let mut all = BTreeSet::new();
    files(&repository().join("crates"), &mut all);
    let names = families();
    assert!(names.len() > 20, "{names:?}");
    for name in names {
        let variant: String =
            name.split('_').map(|word| word[..1].to_uppercase() + &word[1..]).collect();
        let key = format!("RowKey::{variant}(");
        let own = format!("{FAMILIES}/{name}/");
        let speaks = |path: &&String| text(path).contains(&key) && !path.starts_with(&own);
        let found: Vec<&String> = all.iter().filter(speaks).collect();
        let allowed: Vec<&str> =
            ELSEWHERE.iter().filter(|(of, _)| *of == variant).map(|(_, file)| *file).collect();
        assert_eq!(found, allowed, "files that speak of rows of {name}");
    }
}

/// Every family has its page, and the page its place in the book, in the order of the rows. With
/// `KZLEAP_UPDATE=1` in the environment the places are written.
#[test]
fn every_family_has_its_page_with_equation_symbols_and_source() {
    let summary = text("docs/src/SUMMARY.md");
    let mut folders: Vec<String> = fs::read_dir(repository().join(FAMILIES))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    folders.sort();
    let mut added = families();
    let mut lines = String::new();
    for name in &added {
        let page = text(&format!("{FAMILIES}/{name}/page.md"));
        for part in ["$$", "| symbol |", "Source:", "Each row is in"] {
            assert!(page.contains(part), "the page of {name} lacks {part:?}");
        }
        let title = page.lines().next().and_then(|line| line.strip_prefix("# ")).unwrap();
        lines += &format!("  - [{title}](formulation/{name}.md)\n");
        let path = repository().join(format!("docs/src/formulation/{name}.md"));
        let included = format!("{{{{#include ../../../{FAMILIES}/{name}/page.md}}}}\n");
        if std::env::var_os("KZLEAP_UPDATE").is_some() {
            fs::write(&path, &included).unwrap();
        }
        let found = fs::read_to_string(path).unwrap_or_default();
        assert_eq!(found, included, "{name} in the book: run with KZLEAP_UPDATE=1");
    }
    added.sort();
    assert_eq!(added, folders, "families that are added, and their folders");
    let start = summary.find("  - [Commodity balance]").unwrap();
    let length: usize = (summary[start..].lines())
        .take_while(|line| line.starts_with("  - ["))
        .map(|line| line.len() + 1)
        .sum();
    let updated = format!("{}{lines}{}", &summary[..start], &summary[start + length..]);
    if std::env::var_os("KZLEAP_UPDATE").is_some() {
        fs::write(repository().join("docs/src/SUMMARY.md"), &updated).unwrap();
    }
    let found = text("docs/src/SUMMARY.md");
    assert_eq!(found, updated, "pages of the families in the book: run with KZLEAP_UPDATE=1");
}

/// The folder of the family of a row.
fn family(key: RowKey) -> String {
    let variant = format!("{key:?}");
    let variant = variant.split('(').next().unwrap();
    let mut name = String::new();
    for c in variant.chars() {
        if c.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(c.to_ascii_lowercase());
    }
    name
}

/// The unit of the types that a row is written with is the one its page names.
#[test]
fn every_row_is_in_the_unit_of_its_page() {
    let policies = "[commodities.electricity]\n[demands.electricity]\nland = { annual = 30 }\n\
         [time.blocks]\nnight = 12\nday = 12\n[processes.new]\noutput = \"electricity\"\n\
         capacity = \"GW\"\ncapital_cost = 1000\nlife = 30\nearly_retirement = true\n\
         growth = { rate = 0.1, seed = { value = 0.1, unit = \"GW/a\" } }\n\
         [subsidies.fund]\nprocesses = [\"new\"]\nrate = { value = 400, unit = \"USD/kW\" }\n\
         annual_budget = { value = 100, unit = \"MUSD/a\" }\n";
    let by_hand = read(&[
        TWO_DECADES,
        policies,
        &plant("old", 2.0, 1.0, "ramp = 0.05\nminimum_load = 0.1\nearly_retirement = true"),
    ]);
    let mut models = vec![by_hand];
    let names =
        ["two-regions", "heat-and-power", "steel-and-travel", "storage-day", "two-plants"];
    models.extend(names.map(|name| model(name, None)));
    let mut seen: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for model in &models {
        let formulation = formulate(model);
        for (row, key) in formulation.rows() {
            seen.entry(family(key)).or_default().insert(formulation.row_unit(row));
        }
    }
    for (name, units) in &seen {
        let page = text(&format!("{FAMILIES}/{name}/page.md"));
        for unit in units {
            let said = page.contains(&format!("Each row is in {unit}"));
            assert!(said, "rows of {name} are in {unit:?}, its page says otherwise");
        }
    }
    for (name, unit) in
        [("ramp", "PJ per hour"), ("growth_limit", "GW a year"), ("subsidy", "MUSD")]
    {
        assert_eq!(seen[name], BTreeSet::from([unit]), "{name}");
    }
}
