//! Files that planners have and that are not read: what each is, and what would help.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use kzleap_diagnostics::Diagnostic;

/// How many bytes of a file are looked at.
const BEGINNING: u64 = 65_536;

/// How a zip archive begins; workbooks are such archives too.
const ZIP: &[u8] = b"PK\x03\x04";

/// What is wrong with a path that no reader takes, and what to do about it.
pub fn not_read(path: &Path) -> Diagnostic {
    let shown = path.display();
    if !path.exists() {
        let message = format!("there is no file or folder `{shown}`");
        return Diagnostic::error_overall("no-model", message);
    }
    what_it_is(path).unwrap_or_else(|| {
        let message = format!("`{shown}` is not a model that is read");
        Diagnostic::error_overall("no-model", message).hint(
            "a model is a folder with `model.toml`; a MathProg data file (`param NAME … := …;`) \
             or an otoole folder (TECHNOLOGY.csv, REGION.csv, YEAR.csv) of OSeMOSYS; or a NEMO \
             scenario database",
        )
    })
}

/// What a file is, or a folder without `model.toml`, where it can be recognised.
pub fn what_it_is(path: &Path) -> Option<Diagnostic> {
    let of = if path.is_dir() { of_folder(path) } else { of_file(path) };
    let (what, hint) = of?;
    let message = format!("`{}` {what}", path.display());
    Some(Diagnostic::error_overall("no-model", message).hint(hint))
}

fn of_folder(path: &Path) -> Option<(&'static str, String)> {
    if path.join("model.toml").is_file() {
        return None;
    }
    let shown = path.display();
    let inside = path.join("data");
    if kzleap_osemosys::looks_like_osemosys(&inside) {
        return Some((
            "is not a model that is read, but its folder `data` is",
            format!("give `{}`", inside.display()),
        ));
    }
    if path.join("genData.json").is_file() {
        return Some(of_muio());
    }
    if path.join("datapackage.json").is_file() {
        return Some(of_data_package());
    }
    let models = file_names(path);
    let model =
        models.iter().find(|name| kzleap_osemosys::looks_like_osemosys(&path.join(name)));
    if let Some(name) = model {
        return Some((
            "is not a model that is read, but holds an OSeMOSYS data file",
            format!("give `{shown}/{name}`"),
        ));
    }
    let database = models.iter().find(|name| ends(Path::new(name), &["sqlite", "db"]));
    let area = models.iter().find(|name| ends(Path::new(name), &["leap", "nexus"]));
    match (database, area) {
        (Some(name), _) => Some((
            "is not a model that is read, but holds a database",
            format!("give `{shown}/{name}`"),
        )),
        (None, Some(_)) => Some(of_leap()),
        (None, None) => None,
    }
}

/// Names of the files of a folder, in order.
fn file_names(path: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .filter(|entry| entry.path().is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn of_file(path: &Path) -> Option<(&'static str, String)> {
    let shown = path.display();
    let beginning = beginning(path);
    let text = String::from_utf8_lossy(&beginning);
    let has = |words: &[&str]| words.iter().all(|word| text.contains(word));
    let zip = beginning.starts_with(ZIP);
    if ends(path, &["xlsx", "xlsm", "xls", "ods"]) {
        return Some((
            "is a workbook, which is not read",
            format!(
                "for one of otoole or clicSAND: `otoole convert excel csv {shown} data \
                 config.yaml`, then give `data`; for a table of a model of ours, save the sheet \
                 as CSV"
            ),
        ));
    }
    if ends(path, &["leap", "area"]) {
        return Some(of_leap());
    }
    if zip || ends(path, &["zip", "7z", "gz", "tar"]) {
        return Some(if has(&["genData.json"]) {
            of_muio()
        } else {
            ("is an archive, which is not read", "unpack it and give what is inside".to_owned())
        });
    }
    if ends(path, &["json"]) {
        return Some(match () {
            () if has(&["\"osy-"]) => of_muio(),
            () if has(&["\"resources\""]) => of_data_package(),
            () => (
                "is JSON, which is not read",
                "a model of ours is a folder with `model.toml`; of OSeMOSYS, the data file or \
                 the folder of CSV files is read"
                    .to_owned(),
            ),
        });
    }
    if ends(path, &["yaml", "yml"]) {
        return Some(
            if has(&["time_definition:"]) || has(&["technologies:", "commodities:"]) {
                (
                "is a model of tz-osemosys, which is not read",
                "in Python, `Model.from_yaml(FILE).to_otoole_csv(FOLDER)` writes an otoole \
                 folder: give that"
                    .to_owned(),
            )
            } else {
                (
                "is YAML, which is not a model",
                "give the folder of CSV files beside it; a configuration of otoole goes to \
                 `--config FILE`"
                    .to_owned(),
            )
            },
        );
    }
    if ends(path, &["lp", "mps", "sol", "glp", "mod"]) || text.starts_with("NAME") {
        return Some((
            "is a linear program, its solution or its equations, not the data of a model",
            "give the data it was made from: what `glpsol -m MODEL -d DATA` takes as DATA; HiGHS \
             alone solves LP and MPS files"
                .to_owned(),
        ));
    }
    if ends(path, &["toml", "csv"]) {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or_else(|| Path::new("."));
        return Some((
            "is one file of a model",
            format!("give its folder: `{}`", folder.display()),
        ));
    }
    None
}

fn of_muio() -> (&'static str, String) {
    (
        "is a case of MUIO (the CLEWs interface), whose JSON is not read",
        "generate the data file of a run in MUIO (`data.txt`, under `res` in the folder of the \
         case) and give that"
            .to_owned(),
    )
}

fn of_data_package() -> (&'static str, String) {
    (
        "is a data package of otoole",
        "give the folder of its CSV files, most often `data` beside it".to_owned(),
    )
}

fn of_leap() -> (&'static str, String) {
    (
        "is an area of LEAP, which only LEAP reads",
        "calculate the scenario in LEAP with NEMO and `keep intermediate results`, and give the \
         `.sqlite` database that this leaves"
            .to_owned(),
    )
}

fn ends(path: &Path, endings: &[&str]) -> bool {
    let extension = path.extension().unwrap_or_default();
    endings.iter().any(|ending| extension.eq_ignore_ascii_case(ending))
}

fn beginning(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(BEGINNING).read_to_end(&mut bytes));
    if read.is_err() {
        bytes.clear();
    }
    bytes
}
