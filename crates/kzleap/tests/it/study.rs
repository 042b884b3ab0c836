//! `kzleap study`: a study file, pieces of it, a kill in the middle, the tables.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use crate::support::{kzleap, names, run, text, two_plants};

/// A study of the two plants, with its model beside it.
fn study(folder: &Path, more: &str) -> PathBuf {
    two_plants(folder);
    let path = folder.join("gas.toml");
    let text = format!("model = \"{}\"\n{more}", "two-plants");
    fs::write(&path, text).unwrap();
    path
}

const CAPS: &str = "[inputs.cap]\npath = \"emission_caps.land.limit.2030\"\nunit = \"Mt/a\"\n";

fn table(out: &Path, name: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(out.join(name)).unwrap();
    text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

/// All runs at once, each in a piece of its own, and a study that is killed again and again come to
/// the same tables, byte by byte; and each cost is that of its cap.
#[test]
fn pieces_and_kills_change_nothing() {
    let temp = tempfile::tempdir().unwrap();
    let more = format!(
        "scenarios = [\"base\"]\n[sampling]\nmethod = \"latin_hypercube\"\nsize = 12\nseed = 7\n\
         {CAPS}uniform = [4, 10]\n"
    );
    let study = study(temp.path(), &more);
    let out = |name: &str| temp.path().join(name);
    let at_once = out("at-once");
    let (code, stdout, stderr) = run(&["study", "run", text(&study), "--out", text(&at_once)]);
    assert_eq!(code, 0, "{stdout}{stderr}");
    let rows = table(&at_once, "runs.csv");
    assert_eq!(rows[0][..6], ["run", "id", "scenario", "cap", "status", "objective"]);
    assert_eq!(rows.len(), 13);
    for row in &rows[1..] {
        let [cap, cost] = [3, 5].map(|at| row[at].parse::<f64>().unwrap());
        assert!((cost - (200.0 + (10.0 - cap) * 46.875)).abs() < 1e-6, "{row:?}");
    }

    let pieces = out("pieces");
    for index in ["2", "0", "1", "1"] {
        let arguments = ["study", "run", text(&study), "--chunk", "5", "--index", index];
        let (code, stdout, stderr) = run(&[&arguments[..], &["--out", text(&pieces)]].concat());
        assert_eq!(code, 0, "{stdout}{stderr}");
    }
    let killed = out("killed");
    for moment in [30, 60, 90, 120, 150] {
        let mut command = kzleap();
        command.args(["study", "run", text(&study), "--jobs", "1", "--out", text(&killed)]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(moment));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let (code, ..) = run(&["study", "run", text(&study), "--out", text(&killed)]);
    assert_eq!(code, 0);
    let collect = ["study", "collect", text(&study), "--out", text(&pieces)];
    assert_eq!(run(&collect).0, 0);
    for name in ["runs.csv", "missing.csv", "capacity.csv", "generation_annual.csv"] {
        let wanted = fs::read_to_string(at_once.join(name)).unwrap();
        for other in [&pieces, &killed] {
            let found = fs::read_to_string(other.join(name)).unwrap();
            assert_eq!(found, wanted, "{name} of {}", other.display());
        }
    }
}

/// The variable of a cluster is the number of the piece; a piece that is not there, or no number, is
/// refused.
#[test]
fn a_cluster_says_which_piece_it_is() {
    let temp = tempfile::tempdir().unwrap();
    let study = study(temp.path(), &format!("{CAPS}values = [10, 7, 4]\n"));
    let out = temp.path().join("out");
    let piece = |index: &str| {
        let mut command = kzleap();
        command.args(["study", "run", text(&study), "--out", text(&out)]);
        let done = command.env("SLURM_ARRAY_TASK_ID", index).output().unwrap();
        (done.status.code(), String::from_utf8(done.stderr).unwrap())
    };
    assert_eq!(piece("1").0, Some(0));
    assert_eq!(names(&out.join("runs")).len(), 1);
    let (code, stderr) = piece("3");
    assert_eq!(code, Some(2));
    assert!(stderr.contains("there is no piece 3: the study has 3, from 0"), "{stderr}");
    assert_eq!(piece("three").0, Some(2));
    // what is there is collected, and the rest is listed
    let (code, stdout, _) = run(&["study", "collect", text(&study), "--out", text(&out)]);
    assert_eq!(code, 0);
    assert!(stdout.starts_with("2 of 3 runs missing or failed: "), "{stdout}");
    let missing = table(&out, "missing.csv");
    assert_eq!(missing[0], ["run", "id", "scenario", "status", "why"]);
    assert_eq!([&missing[1][0], &missing[1][3]], ["0", "open"]);
    let status: Vec<String> =
        table(&out, "runs.csv").iter().map(|row| row[4].clone()).collect();
    assert_eq!(status, ["status", "open", "optimal", "open"]);
}

/// Scenarios are crossed with every sample; one at a time begins with all as it is.
#[test]
fn scenarios_are_crossed_with_samples() {
    let temp = tempfile::tempdir().unwrap();
    let more = "scenarios = [\"base\", \"no-*\"]\n[sampling]\nmethod = \"one_at_a_time\"\n\
                [inputs.demand]\npath = \"demands.electricity\"\nchange = \"multiply\"\n\
                triangular = [0.9, 1, 1.1]\n";
    let study = study(temp.path(), more);
    let out = temp.path().join("out");
    let (code, stdout, stderr) = run(&["study", "plan", text(&study), "--out", text(&out)]);
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert!(stdout.starts_with("6 runs: "), "{stdout}");
    let plan = table(&out, "plan.csv");
    let column = |at: usize| plan[1..].iter().map(|row| row[at].as_str()).collect::<Vec<_>>();
    assert_eq!(column(2), ["base", "base", "base", "no-cap", "no-cap", "no-cap"]);
    assert_eq!(column(3), ["", "0.9", "1.1", "", "0.9", "1.1"]);
    // 10 TWh of coal at 20 without a cap; 9 TWh emit 9 Mt, of which 10 may be
    let (code, ..) = run(&["study", "run", text(&study), "--out", text(&out)]);
    assert_eq!(code, 0);
    let costs: Vec<f64> =
        table(&out, "runs.csv")[1..].iter().map(|row| row[5].parse().unwrap()).collect();
    for (found, wanted) in costs[3..].iter().zip([200.0, 180.0, 220.0]) {
        assert!((found - wanted).abs() < 1e-6, "{costs:?}");
    }
}

/// Everything that is wrong with a study file is said at once, with its line.
#[test]
fn what_is_wrong_with_a_study_is_said_at_its_place() {
    let temp = tempfile::tempdir().unwrap();
    let more = "[sampling]\nmethod = \"latin_hypercubes\"\nsize = 1\n\
                [inputs.gas]\npaths = \"processes.gas.variable_cost\"\nuniform = [3, 2]\n\
                [inputs.coal]\nuniform = [1, 2]\nnormal = [1, 2]\n\
                [[correlations]]\ninputs = [\"gas\", \"oil\"]\nrank = 2\n";
    let wrong = study(temp.path(), more);
    let (code, _, stderr) = run(&["study", "plan", text(&wrong)]);
    assert_eq!(code, 3, "{stderr}");
    for said in [
        "`method` is one of grid, one_at_a_time",
        "did you mean `latin_hypercube`?",
        "`size` is a whole number from 2 to 65536, not 1",
        "`[inputs.NAME]` has no field `paths`",
        "`uniform` is not what it must be",
        "`normal` is given beside `uniform`",
        "`[inputs.NAME]` has no `path`",
        "the study has no input `oil`",
        "`rank` is a number from -1 to 1, not 2",
        "gas.toml:3:",
    ] {
        assert!(stderr.contains(said), "{said} in\n{stderr}");
    }
}

/// A path that the model has not, and a correlation that cannot be, are found before anything is
/// solved.
#[test]
fn what_the_model_cannot_do_is_found_before() {
    let temp = tempfile::tempdir().unwrap();
    let more = format!("{CAPS}values = [10, -1]\n");
    let wrong = study(temp.path(), &more);
    let (code, _, stderr) = run(&["study", "run", text(&wrong)]);
    assert_eq!(code, 3, "{stderr}");
    assert!(stderr.contains("gas.toml:3:8") && stderr.contains("(with -1)"), "{stderr}");
    let input = |name: &str| {
        format!(
            "[inputs.{name}]\npath = \"demands.electricity\"\nchange = \"multiply\"\nuniform = [1, 2]\n"
        )
    };
    let rank = |one: &str, other: &str, rank: &str| {
        format!("[[correlations]]\ninputs = [\"{one}\", \"{other}\"]\nrank = {rank}\n")
    };
    let more = ["a", "b", "c"].map(input).concat()
        + &rank("a", "b", "0.9")
        + &rank("a", "c", "0.9")
        + &rank("b", "c", "-0.9");
    let head = "[sampling]\nmethod = \"latin_hypercube\"\nsize = 20\n";
    let folder = temp.path().join("other");
    fs::create_dir(&folder).unwrap();
    let wrong = study(&folder, &format!("{head}{more}"));
    let (code, _, stderr) = run(&["study", "plan", text(&wrong)]);
    assert_eq!(code, 3, "{stderr}");
    assert!(stderr.contains("`b`, `c` and `a` cannot go together so"), "{stderr}");
    assert!(stderr.contains("this one is from 0.62 to 1"), "{stderr}");
}
