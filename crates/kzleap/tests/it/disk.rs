//! A full disk, a folder that may not be written, nobody who reads.

use std::fs;
use std::process::{Command, Stdio};

use crate::support::{kzleap, names, repository, text};

#[cfg(target_os = "linux")]
#[test]
fn standard_output_on_a_full_disk() {
    let temp = tempfile::tempdir().unwrap();
    let out = temp.path().join("out");
    let sweep = ["--param", "emission_caps.land.limit.2030=10:4:4", "--unit", "Mt/a"];
    for arguments in [
        vec!["check", "models/two-plants"],
        vec!["lp", "models/two-plants"],
        vec!["verify", "models/two-plants"],
        vec!["import", "osemosys", "models/osemosys/trade.txt"],
        vec!["run", "models/two-plants", "--out", text(&out)],
        vec!["run", "models/two-plants", "--json", "--out", text(&out)],
        [
            &["sweep", "models/two-plants", "--out", text(&temp.path().join("sweep"))],
            &sweep[..],
        ]
        .concat(),
    ] {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let done = kzleap().args(&arguments).stdout(full).output().unwrap();
        let stderr = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(1), "{arguments:?}: {stderr}");
        assert!(
            stderr.ends_with("error: the disk that standard output goes to is full\n"),
            "{arguments:?}: {stderr}"
        );
        // with nobody to hear it, the exit code still speaks
        let full = || fs::File::options().write(true).open("/dev/full").unwrap();
        let done = kzleap().args(&arguments).stdout(full()).stderr(full()).status().unwrap();
        assert_eq!(done.code(), Some(1), "{arguments:?}");
    }
    assert!(out.join("index.html").exists(), "the results themselves were written");
}

#[test]
fn a_reader_who_has_enough() {
    for arguments in [["lp", "models/kazakhstan"], ["check", "models/kazakhstan"]] {
        let mut child = kzleap()
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let done = child.wait_with_output().unwrap();
        let stderr = String::from_utf8(done.stderr).unwrap();
        assert_eq!((done.status.code(), stderr.contains("panicked")), (Some(0), false));
    }
}

/// On a file system of its own of one megabyte, where this user may make one.
#[cfg(target_os = "linux")]
#[test]
fn results_on_a_full_disk() {
    let temp = tempfile::tempdir().unwrap();
    let disk = temp.path().join("disk");
    fs::create_dir(&disk).unwrap();
    let inside = |command: &str| {
        let script = format!("mount -t tmpfs -o size=1m none '{}' && {command}", text(&disk));
        let mut unshare = Command::new("unshare");
        unshare.args(["--user", "--map-root-user", "--mount", "sh", "-c", &script]);
        unshare.env("KZLEAP", env!("CARGO_BIN_EXE_kzleap")).env("DISK", &disk);
        unshare.current_dir(repository()).output()
    };
    if !inside("true").is_ok_and(|made| made.status.success()) {
        println!("skipped: this user may not mount a file system");
        return;
    }
    for (command, why) in [
        (r#""$KZLEAP" run models/two-plants --out "$DISK/run""#, "the disk is full: "),
        (
            r#""$KZLEAP" run models/two-plants -s base -s no-cap --out "$DISK/all""#,
            "the disk is full: ",
        ),
        (
            r#"head -c 2M /dev/zero > "$DISK/zeros" 2>/dev/null; mkdir -p "$DISK/a";
               "$KZLEAP" lp models/kazakhstan --mps "$DISK/a/program.mps""#,
            "the disk is full: ",
        ),
        // where a file system begins, nothing can take its place
        (r#""$KZLEAP" run models/two-plants --out "$DISK""#, "cannot be replaced as a whole"),
    ] {
        let look = format!(
            "{command}; code=$?; find \"$DISK\" -name '*.new' -o -name '*.html'; exit $code"
        );
        let done = inside(&look).unwrap();
        let stderr = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(1), "{command}: {stderr}");
        assert!(stderr.contains(why), "{command}: {stderr}");
        assert_eq!(stderr.matches("os error").count(), 0, "{command}: {stderr}");
        assert_eq!(String::from_utf8(done.stdout).unwrap(), "", "{command} left something");
    }
}

/// Root may write everywhere, so it gives that up in a namespace of its own, where it may.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_may_not_be_written() {
    use std::os::unix::fs::PermissionsExt;
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path().join("locked");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    let root = fs::write(folder.join("x"), "x").is_ok();
    if root {
        fs::remove_file(folder.join("x")).unwrap();
        let unshare = Command::new("unshare").args(["--user", "true"]).status();
        if !unshare.is_ok_and(|made| made.success()) {
            println!("skipped: this user may write everywhere");
            return;
        }
    }
    let sweep = ["--param", "emission_caps.land.limit.2030=10:4:4", "--unit", "Mt/a"];
    let out = folder.join("out");
    for arguments in [
        vec!["run", "models/two-plants", "--out", text(&out)],
        vec!["run", "models/two-plants", "-s", "base", "-s", "no-cap", "--out", text(&out)],
        vec!["import", "osemosys", "models/osemosys/trade.txt", "--out", text(&out)],
        vec!["lp", "models/two-plants", "--mps", text(&out)],
        [&["sweep", "models/two-plants", "--out", text(&out)], &sweep[..]].concat(),
    ] {
        let mut command = if root { Command::new("unshare") } else { kzleap() };
        if root {
            command.args(["--user", env!("CARGO_BIN_EXE_kzleap")]);
        }
        let done = command.current_dir(repository()).args(&arguments).output().unwrap();
        let stderr = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(1), "{arguments:?}: {stderr}");
        assert!(
            stderr.contains("cannot be written: the folder is read-only for this user"),
            "{arguments:?}: {stderr}"
        );
    }
    assert!(names(&folder).is_empty());
}
