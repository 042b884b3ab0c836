//! The program on NEMO scenario databases: what it says, and what it leaves in the file.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rusqlite::Connection;

const DATABASES: [&str; 4] =
    ["storage_test", "ramp_test", "subsidy_test", "storage_transmission_test"];

/// A copy of one of the databases of NEMO's own suite, changed by SQL; `None`, with a word, where
/// the suite is not at hand.
fn database(folder: &Path, name: &str, sql: &str) -> Option<PathBuf> {
    let suite = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/oracles/nemo/db");
    let from = suite.join(name).with_extension("sqlite");
    if !from.exists() {
        println!("skipped: {} is not there", from.display());
        return None;
    }
    let path = folder.join(name).with_extension("sqlite");
    fs::write(&path, fs::read(&from).unwrap()).unwrap();
    Connection::open(&path).unwrap().execute_batch(sql).unwrap();
    Some(path)
}

fn kzleap(arguments: &[&str], path: &Path) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_kzleap"))
        .arg(arguments[0])
        .arg(path)
        .args(&arguments[1..])
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// One rule too many in each database: the explanation names it, and the file stays as it was.
#[test]
fn what_makes_a_scenario_infeasible_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let nothing_new = "insert into TotalAnnualMaxCapacity(r, t, y, val)
        select '1', t.val, '2029', 0.01 from TECHNOLOGY t where t.val not in
        (select t from TotalAnnualMaxCapacity);
        update TotalAnnualMaxCapacity set val = 0.01 where y = '2029';";
    let cap = "insert into EMISSION(val) values ('co2');
        insert into EmissionActivityRatio(r, t, e, m, y, val)
            select '1', t, 'co2', m, y, 1 from OutputActivityRatio;
        insert into AnnualEmissionLimit(r, e, y, val) values ('1', 'co2', '2025', 0.5);";
    let activity = "insert into TotalTechnologyAnnualActivityLowerLimit(r, t, y, val)
            values ('1', 'solar', '2024', 200);
        insert into TotalTechnologyAnnualActivityUpperLimit(r, t, y, val)
            values ('1', 'solar', '2024', 100);";
    let variants = [
        (nothing_new, &["2029"][..]),
        (cap, &["AnnualEmissionLimit[1,co2,2025]"]),
        (activity, &["solar", "2024"]),
    ];
    // the larger ones take a minute
    let long = std::env::var_os("KZLEAP_LONG_CHECKS").is_some();
    for name in &DATABASES[..if long { DATABASES.len() } else { 1 }] {
        for (sql, words) in variants {
            let Some(path) = database(folder.path(), name, sql) else { return };
            let before = fs::read(&path).unwrap();
            let (code, stdout, stderr) = kzleap(&["run", "--quiet"], &path);
            assert_eq!(code, 4, "{name}: {sql}\n{stdout}{stderr}");
            for word in words {
                assert!(stderr.contains(word), "{name}: {word:?} is not in\n{stderr}");
            }
            assert!(before == fs::read(&path).unwrap(), "{name}: the file has changed");
        }
    }
}

/// A run that is killed leaves the results of the run before, or its own, whole.
#[test]
fn a_killed_run_leaves_whole_results() {
    let folder = tempfile::tempdir().unwrap();
    let Some(path) = database(folder.path(), "storage_test", "") else { return };
    // two runs that can be distinguished by any of their tables
    let years = [["--calcyears", "2020,2025"], ["--calcyears", "2021,2029"]];
    let vars =
        "vtotaldiscountedcost,vnewcapacity,vrateofactivity,vproductionbytechnologyannual";
    let command = |of: usize| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kzleap"));
        command.arg("run").arg(&path).args(years[of]).args(["--quiet", "--vars", vars]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let results = |path: &Path| -> Vec<(f64, f64)> {
        let connection = Connection::open(path).unwrap();
        let integrity: String =
            connection.query_row("pragma integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(integrity, "ok");
        let of = |table: &str| {
            let sql = format!("select total(y), total(val) from {table}");
            connection.query_row(&sql, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
        };
        vars.split(',').map(of).collect()
    };
    let mut whole = Vec::new();
    let mut usual = Duration::ZERO;
    for of in 0..2 {
        let start = Instant::now();
        assert!(command(of).status().unwrap().success());
        usual = start.elapsed();
        whole.push(results(&path));
    }
    assert_ne!(whole[0], whole[1]);
    let kills: u32 = if std::env::var_os("KZLEAP_LONG_CHECKS").is_some() { 200 } else { 20 };
    let mut seen = [0, 0];
    for kill in 0..kills {
        let of = usize::from(kill % 2 == 1);
        let mut child = command(of).spawn().unwrap();
        // mostly around the end, where the results are written
        std::thread::sleep(usual.mul_f64(0.5 + 0.6 * f64::from(kill) / f64::from(kills)));
        child.kill().unwrap();
        child.wait().unwrap();
        let found = results(&path);
        let which = whole.iter().position(|known| *known == found);
        seen[which.unwrap_or_else(|| panic!("a mix: {found:?}"))] += 1;
    }
    println!("{kills} kills left {seen:?} of the two results");
}

/// What cannot be read or written is reported, and stays as it was.
#[test]
fn a_file_that_cannot_be_used_stays_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let Some(path) = database(folder.path(), "storage_test", "") else { return };
    let whole = fs::read(&path).unwrap();
    let shown = |path: &Path, words: &[&str]| {
        let before = fs::read(path).unwrap();
        let (code, stdout, stderr) = kzleap(&["run"], path);
        assert_eq!(code, 3, "{stdout}{stderr}");
        for word in words {
            assert!(stderr.contains(word), "{word:?} is not in\n{stderr}");
        }
        assert!(before == fs::read(path).unwrap());
    };
    let cut = folder.path().join("cut.sqlite");
    fs::write(&cut, &whole[..whole.len() / 2]).unwrap();
    shown(&cut, &["cut.sqlite"]);
    let other = folder.path().join("other.sqlite");
    Connection::open(&other).unwrap().execute_batch("create table notes (text)").unwrap();
    shown(&other, &["`Version`", "not a NEMO scenario database"]);
    let empty = folder.path().join("empty.sqlite");
    fs::write(&empty, "").unwrap();
    shown(&empty, &["not a NEMO scenario database"]);

    // looking at the file here would lift the lock
    let lock = Connection::open(&path).unwrap();
    lock.execute_batch("begin exclusive").unwrap();
    let (code, stdout, stderr) = kzleap(&["run"], &path);
    assert_eq!(code, 3, "{stdout}{stderr}");
    assert!(stderr.contains("locked"), "{stderr}");
    drop(lock);
    assert!(whole == fs::read(&path).unwrap());
}

/// The other commands take a database as they take a model.
#[test]
fn a_scenario_is_checked_shown_and_verified() {
    let folder = tempfile::tempdir().unwrap();
    // slices of two hours: half of those of each day
    let coarse = "delete from LTsGroup where lorder > 12";
    let Some(path) = database(folder.path(), "storage_test", coarse) else { return };
    let before = fs::read(&path).unwrap();
    let (code, stdout, stderr) = kzleap(&["check"], &path);
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert!(stdout.contains("coarse-slices") && stdout.contains("1 warning"), "{stdout}");
    let (code, stdout, _) = kzleap(&["lp"], &path);
    assert_eq!(code, 0);
    assert!(stdout.contains("commodity_balance[1,electricity,"), "rows have names");
    let (code, stdout, stderr) = kzleap(&["verify"], &path);
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert!(stdout.contains("agreed"), "{stdout}");
    assert!(before == fs::read(&path).unwrap(), "none of them writes");
}
