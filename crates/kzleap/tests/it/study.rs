//! `kzleap study`: a study file, pieces of it, a kill in the middle, the tables.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::support::{kzleap, long_checks, names, repository, run, text, two_plants};

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

/// What each input does, one at a time and over a grid: a TWh more or less of coal at 20 USD/MWh, and a
/// cap whose every Mt costs 46.875. A grid has all of the variance.
#[test]
fn what_inputs_do_is_in_a_table() {
    let temp = tempfile::tempdir().unwrap();
    let demand = "[inputs.demand]\npath = \"demands.electricity\"\nchange = \"multiply\"\n";
    let effects = |name: &str, more: &str| {
        let folder = temp.path().join(name);
        fs::create_dir(&folder).unwrap();
        let study = study(&folder, more);
        let out = folder.join("out");
        let (code, stdout, stderr) = run(&["study", "run", text(&study), "--out", text(&out)]);
        assert_eq!(code, 0, "{stdout}{stderr}");
        let rows = table(&out, "effects.csv");
        assert_eq!(rows[0], ["scenario", "outcome", "input", "measure", "value", "error"]);
        let of = |row: &&Vec<String>| row[1] == "objective";
        let value = |row: &Vec<String>| {
            (format!("{} {}", row[2], row[3]), row[4].parse::<f64>().unwrap())
        };
        (out, rows.iter().filter(of).map(value).collect::<Vec<_>>())
    };
    let more = "scenarios = [\"no-cap\"]\n[sampling]\nmethod = \"one_at_a_time\"\n";
    let (out, found) = effects("alone", &format!("{more}{demand}uniform = [0.9, 1.2]\n"));
    for ((name, value), wanted) in
        found.iter().zip([("demand low", -20.0), ("demand high", 40.0)])
    {
        assert!(name == wanted.0 && (value - wanted.1).abs() < 1e-6, "{found:?}");
    }
    let spreads = table(&out, "spreads.csv");
    let of_cost = spreads.iter().find(|row| row[1] == "objective").unwrap();
    for (at, wanted) in [(2, 3.0), (3, (180.0 + 200.0 + 240.0) / 3.0), (4, 180.0), (10, 240.0)]
    {
        assert!((of_cost[at].parse::<f64>().unwrap() - wanted).abs() < 1e-6, "{of_cost:?}");
    }
    let (_, found) = effects("grid", &format!("{CAPS}values = [4, 6, 8]\n"));
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|(_, share)| (share - 1.0).abs() < 1e-9), "{found:?}");
    let more = "[sampling]\nmethod = \"morris\"\nsize = 5\n";
    let (_, found) = effects("morris", &format!("{more}{CAPS}uniform = [4, 10]\n"));
    let wanted = [-6.0 * 46.875, 0.0];
    let of = |measure: &str| found.iter().find(|(name, _)| name.ends_with(measure)).unwrap().1;
    assert!((of(" mu") - wanted[0]).abs() < 1e-6 && of(" sigma").abs() < 1e-6, "{found:?}");
}

/// A plant costs 50 a year and 20 to run, imports 120; demand is 6, 10 or 14. A unit more pays while
/// there is use for it in two of three futures: 10. With 10, 6 and 14 are both 200 from their best.
#[test]
fn one_plan_for_three_futures() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path().join("model");
    fs::create_dir(&folder).unwrap();
    let model = "format = 2\nname = \"futures\"\ncurrency = \"USD2022\"\n[units]\n\
        variable_cost = \"USD/GJ\"\nannual = \"PJ\"\n[regions.land]\n[time]\nyears = [2030]\n\
        [finance]\ndiscount_rate = 0.0\n[commodities.electricity]\nbalance = \"exact\"\n\
        [demands.electricity]\nland = { annual = 10 }\n\
        [processes.plant]\noutput = \"electricity\"\ncapacity = \"PJ/a\"\nlife = 40\n\
        capital_cost = { value = 0, unit = \"MUSD/(PJ/a)\" }\nvariable_cost = 20\n\
        fixed_cost = { value = 50, unit = \"MUSD/(PJ/a)/a\" }\n\
        [processes.import]\noutput = \"electricity\"\nvariable_cost = 120\n";
    fs::write(folder.join("model.toml"), model).unwrap();
    let study = temp.path().join("three.toml");
    let inputs = "model = \"model\"\n[inputs.demand]\npath = \"demands.electricity.land.annual\"\n\
                  values = [6, 10, 14]\n";
    fs::write(&study, inputs).unwrap();
    let out = temp.path().join("out");
    let arguments = ["study", "robust", text(&study), "--risk", "0.5", "--out", text(&out)];
    let (code, stdout, stderr) = run(&arguments);
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert!(stdout.contains("least expected cost         833.3\n"), "{stdout}");
    assert!(stdout.contains("knowing the future would save 133.3\n"), "{stdout}");
    assert!(stdout.contains("least largest regret        200.0 "), "{stdout}");
    let rows = table(&out, "robust.csv");
    let cell = |plan: &str, future: &str, at: usize| {
        let row = rows.iter().find(|row| row[0] == plan && row[1] == future).unwrap();
        row[at].parse::<f64>().unwrap()
    };
    for (plan, future, cost, regret) in [
        ("expected", "0", 620.0, 200.0),
        ("expected", "2", 1180.0, 200.0),
        ("expected", "largest", 1180.0, 200.0),
        ("least_regret", "1", 700.0, 0.0),
        ("mean", "1", 700.0, 0.0),
        ("0", "2", 1380.0, 400.0),
        ("2", "0", 820.0, 400.0),
    ] {
        let found = [2, 3].map(|at| cell(plan, future, at));
        let near = (found[0] - cost).abs() < 1e-6 && (found[1] - regret).abs() < 1e-6;
        assert!(near, "{plan} {future}: {found:?}");
    }
    // the worst half: 1180 counts with a third, 700 with a sixth
    assert!((cell("expected", "tail", 2) - (1180.0 * 2.0 + 700.0) / 3.0).abs() < 1e-6);
    let steps = fs::read_to_string(out.join("steps.csv")).unwrap();
    let wanted = "\"new_capacity[land,plant,2030]\",10,10,6,14";
    assert_eq!(steps.lines().nth(1), Some(wanted), "{steps}");
}

/// A future whose cap nothing meets is named.
#[test]
fn a_future_without_a_plan_is_named() {
    let temp = tempfile::tempdir().unwrap();
    let study = study(temp.path(), &format!("{CAPS}values = [10, 1]\n"));
    let out = temp.path().join("out");
    let (code, _, stderr) = run(&["study", "robust", text(&study), "--out", text(&out)]);
    assert_eq!(code, 4, "{stderr}");
    assert!(stderr.contains("run 1 (scenario base) has no plan: "), "{stderr}");
}

/// A stand-in for `sbatch` keeps what it is given and does at once what Slurm would: each piece, then
/// the tables. All runs are there, and those that a trial made are not given out again.
#[cfg(unix)]
#[test]
fn a_study_is_given_to_slurm() {
    use std::os::unix::fs::PermissionsExt;
    let temp = tempfile::tempdir().unwrap();
    let more = "[sampling]\nmethod = \"latin_hypercube\"\nsize = 12\n";
    let study = study(temp.path(), &format!("{more}{CAPS}uniform = [4, 10]\n"));
    let (bin, out) = (temp.path().join("bin"), temp.path().join("an out"));
    fs::create_dir(&bin).unwrap();
    let sbatch = bin.join("sbatch");
    let stand_in = "#!/bin/bash\necho \"$@\" >> \"$CALLS\"\nscript=\"${@: -1}\"\n\
        array=$(sed -n 's/^#SBATCH --array=\\(.*\\)%.*/\\1/p' \"$script\")\n\
        for range in ${array//,/ }; do for i in $(seq ${range%-*} ${range#*-}); do\n\
        SLURM_ARRAY_TASK_ID=$i bash \"$script\" >&2 || exit 9; done; done\n\
        [ -n \"$array\" ] || bash \"$script\" >&2\n\
        wc -l < \"$CALLS\" | sed 's/ //g;s/$/;cluster/'\n";
    fs::write(&sbatch, stand_in).unwrap();
    fs::set_permissions(&sbatch, fs::Permissions::from_mode(0o755)).unwrap();
    let submit = |more: &[&str]| {
        let mut command = kzleap();
        command.args(["study", "submit", text(&study), "--engine", "slurm", "--chunk", "3"]);
        command.args(["--out", text(&out)]).args(more);
        let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
        let done = command.env("PATH", path).env("CALLS", temp.path().join("calls")).output();
        let done = done.unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        (done.status.code(), text(&done.stdout), text(&done.stderr))
    };
    let (code, stdout, stderr) = submit(&["--at-most", "2", "--partition", "long"]);
    assert_eq!(code, Some(0), "{stdout}{stderr}");
    assert!(
        stdout.contains("3 pieces of 500 MB and 10 minutes each, from a trial\n"),
        "{stdout}"
    );
    assert!(stdout.ends_with("jobs 1 (array) and 2 (tables)\n"), "{stdout}");
    let calls = fs::read_to_string(temp.path().join("calls")).unwrap();
    let calls: Vec<&str> = calls.lines().collect();
    assert!(calls[0].starts_with("--parsable ") && calls[0].ends_with("/slurm/array.sh"));
    assert!(calls[1].starts_with("--parsable --dependency=afterany:1 "), "{calls:?}");
    let script = fs::read_to_string(out.join("slurm/array.sh")).unwrap();
    for option in [
        "--array=1-3%2",
        "--requeue",
        "--mem=500M",
        "--time=10",
        "--partition=long",
        "--cpus-per-task=1",
        "--open-mode=append",
    ] {
        assert!(script.contains(&format!("#SBATCH {option}\n")), "{option} in\n{script}");
    }
    let rows = table(&out, "runs.csv");
    assert!(rows.len() == 13 && rows[1..].iter().all(|row| row[4] == "optimal"), "{rows:?}");
    let (code, stdout, _) = submit(&[]);
    assert_eq!(
        (code, stdout.as_str()),
        (Some(0), "every run has an answer: nothing is submitted\n")
    );
}

/// On a real Slurm of two nodes, of which one is lost at work, every run is there once and none is
/// missing: what was at work there is given out again.
#[cfg(target_os = "linux")]
#[test]
fn a_lost_node_loses_no_run() {
    let is_there = |program: &str| {
        let found = Command::new("sh").args(["-c", &format!("command -v {program}")]).output();
        found.is_ok_and(|done| done.status.success())
    };
    let needed = ["slurmctld", "slurmd", "sbatch", "munged", "runuser"];
    let namespaces = ["--net", "--pid", "--mount", "--uts", "--ipc", "--fork", "--mount-proc"];
    let may = Command::new("unshare").args(namespaces).arg("true").status();
    if !long_checks()
        || !needed.into_iter().all(is_there)
        || !may.is_ok_and(|made| made.success())
    {
        println!(
            "SKIPPED: no Slurm that may be started here, or long checks are not asked for"
        );
        return;
    }
    let temp = tempfile::tempdir().unwrap();
    let model = repository().join("models/kazakhstan").canonicalize().unwrap();
    let study = temp.path().join("lost.toml");
    let more = "regions = \"national\"\nslices = 1\n[sampling]\nmethod = \"latin_hypercube\"\n\
                size = 40\n[inputs.wind]\npath = \"processes.wind.capital_cost\"\n\
                change = \"multiply\"\nuniform = [0.7, 1.4]\n";
    fs::write(&study, format!("model = \"{}\"\n{more}", text(&model))).unwrap();
    let out = temp.path().join("out");
    let script = repository().join("crates/kzleap/tests/slurm/two_nodes.sh");
    let done = Command::new("unshare")
        .args(namespaces)
        .args(["bash", text(&script), env!("CARGO_BIN_EXE_kzleap"), text(&study), text(&out)])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stdout);
    let errors = String::from_utf8_lossy(&done.stderr);
    assert!(
        done.status.success() && said.contains("the second node is lost"),
        "{said}{errors}"
    );
    let rows = table(&out, "runs.csv");
    assert!(rows.len() == 41 && rows[1..].iter().all(|row| row[4] == "optimal"), "{rows:?}");
    let files = names(&out.join("runs"));
    assert_eq!(files.iter().filter(|name| !name.starts_with('.')).count(), 40, "{files:?}");
}

/// A manifest of an indexed job, with as many completions as there are pieces.
#[test]
fn a_study_is_written_for_kubernetes() {
    let temp = tempfile::tempdir().unwrap();
    let study = study(temp.path(), &format!("{CAPS}values = [10, 7, 4]\n"));
    let out = temp.path().join("out");
    let arguments = ["study", "submit", text(&study), "--engine", "kubernetes", "--chunk", "2"];
    let (code, stdout, stderr) = run(&[&arguments[..], &["--out", text(&out)]].concat());
    assert_eq!(code, 0, "{stdout}{stderr}");
    let job = crate::support::json(&out.join("kubernetes/job.json"));
    assert_eq!(
        (job["apiVersion"].as_str(), job["kind"].as_str()),
        (Some("batch/v1"), Some("Job"))
    );
    assert_eq!(job["spec"]["completionMode"], "Indexed");
    assert_eq!(job["spec"]["completions"], 2);
    let container = &job["spec"]["template"]["spec"]["containers"][0];
    let command = container["command"].as_array().unwrap();
    assert!(command.iter().any(|word| word == "run"), "{command:?}");
    assert_eq!(container["resources"]["requests"]["memory"], "500Mi");
}
