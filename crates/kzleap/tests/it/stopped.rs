//! Ctrl-C stops a command within a moment, wherever it is, with exit code 130.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::{kzleap, long_checks, names, run, text};

/// A model whose solve takes minutes: thirty kinds of plants and six of storages in four
/// regions, by the hour of twelve typical days.
fn large_model(folder: &Path) -> PathBuf {
    let model = folder.join("large");
    fs::create_dir(&model).unwrap();
    let mut text = "format = 2\nname = \"large\"\ncurrency = \"USD2022\"\n\n[time]\n\
                    years = [2025, 2030, 2035, 2040, 2045, 2050]\n"
        .to_owned();
    for month in 0..12 {
        let days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month];
        write!(text, "[[time.seasons]]\nname = \"m{month}\"\ndays = {days}\n").unwrap();
    }
    text.push_str("[time.blocks]\n");
    for hour in 0..24 {
        writeln!(text, "h{hour} = 1").unwrap();
    }
    text.push_str("[finance]\ndiscount_rate = 0.05\n[commodities.electricity]\n");
    let regions = ["north", "south", "east", "west"];
    for region in regions {
        writeln!(text, "[regions.{region}]").unwrap();
    }
    let mut state = 1_u64; // the same numbers each time
    let mut noise = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        f64::from(u32::try_from(state >> 33).unwrap()) / f64::from(1_u32 << 31)
    };
    for plant in 0..30 {
        let cost = 500.0 + 2000.0 * noise();
        let running = 5.0 + 60.0 * noise();
        write!(
            text,
            "[processes.plant{plant}]\noutput = \"electricity\"\ncapacity = \"GW\"\nlife = 20\n\
             capital_cost = {{ value = {cost}, unit = \"USD/kW\" }}\n\
             variable_cost = {{ value = {running}, unit = \"USD/MWh\" }}\n\
             availability = \"profile{plant}\"\n"
        )
        .unwrap();
    }
    for storage in 0..6 {
        write!(
            text,
            "[storages.storage{storage}]\ncommodity = \"electricity\"\ncapacity = \"GW\"\nlife = 10\n\
             charge_efficiency = 0.9\ncycle = \"day\"\nhours = {}\n\
             capital_cost = {{ value = {}, unit = \"USD/kW\" }}\n",
            2 + storage,
            100.0 + 300.0 * noise()
        )
        .unwrap();
    }
    text.push_str("[demands.electricity]\n");
    for region in regions {
        let demand = "annual = { value = 100, unit = \"TWh\" }, profile = \"load\"";
        writeln!(text, "{region} = {{ {demand} }}").unwrap();
    }
    let mut profiles = "profile,slice,value\n".to_owned();
    for month in 0..12 {
        for hour in 0..24 {
            for plant in 0..30 {
                writeln!(profiles, "profile{plant},m{month}.h{hour},{:.3}", noise()).unwrap();
            }
            writeln!(profiles, "load,m{month}.h{hour},{:.3}", 1.0 + noise()).unwrap();
        }
    }
    fs::write(model.join("model.toml"), text).unwrap();
    fs::write(model.join("profiles.csv"), profiles).unwrap();
    model
}

/// Sends the signal of Ctrl-C after `delay`, and waits for the end. The time allowed is many times
/// what is needed, so that a busy machine does not fail the test, and far below that of the solve.
fn interrupt(arguments: &[&str], delay: Duration) -> (Option<i32>, String) {
    let mut child =
        kzleap().args(arguments).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(delay);
    let signal = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(signal.success(), "{arguments:?} ended before it was stopped");
    let sent = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if sent.elapsed() > Duration::from_secs(10) {
            child.kill().unwrap();
            panic!("{arguments:?} goes on after Ctrl-C");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let done = child.wait_with_output().unwrap();
    (done.status.code(), String::from_utf8(done.stderr).unwrap())
}

#[cfg(unix)]
#[test]
fn anywhere() {
    let temp = tempfile::tempdir().unwrap();
    let model = large_model(temp.path());
    let model = text(&model);
    let out = temp.path().join("out");
    // earlier results stay
    assert_eq!(run(&["run", "models/two-plants", "--quiet", "--out", text(&out)]).0, 0);
    let there = fs::read(out.join("summary.json")).unwrap();
    let times = if long_checks() { 40 } else { 4 };
    for time in 0..times {
        let delay = Duration::from_millis(1500 + 4000 * time / times);
        for solver in ["simplex", "ipx"] {
            let arguments = ["run", model, "--quiet", "--solver", solver, "--out", text(&out)];
            let (code, stderr) = interrupt(&arguments, delay);
            assert_eq!(code, Some(130), "{stderr}");
            assert_eq!(stderr, "error: stopped on request\n");
            assert_eq!(there, fs::read(out.join("summary.json")).unwrap());
        }
    }
    assert_eq!(run(&["run", "models/two-plants", "--quiet", "--out", text(&out)]).0, 0);
    assert_eq!(names(temp.path()), ["large", "out"], "the next run clears up");
}
