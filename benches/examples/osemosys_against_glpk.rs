//! OSeMOSYS models through `glpsol` and HiGHS, and through KZLEAP, side by side in one run.
//!
//! ```text
//! cargo run --release --example osemosys_against_glpk -- \
//!     osemosys.txt osemosys_fast.txt MODEL.txt …
//! ```
//!
//! The first two are OSeMOSYS's own model files, verbose and fast; the others are data files.
//! Needs `glpsol` (package glpk-utils) and GNU time. Where `reference.json` with an
//! `expected_objective` is given beside the data, the objective is compared with it. Every figure
//! of memory is that of a process of its own.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use kzleap_diagnostics::{Diagnostics, Sources};
use kzleap_formulation::formulate;
use kzleap_osemosys::{Options as Reading, read, to_model};
use kzleap_solver::{Control, Method, Options, SolveError, solve, solve_file};

/// Seconds and megabytes of a command.
struct Cost {
    seconds: f64,
    megabytes: f64,
}

fn main() {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    if let [flag, data] = &arguments[..]
        && flag.as_os_str() == "--build"
    {
        let (read, build, ..) = ours(data);
        println!("{read} {build}");
        return;
    }
    let [verbose, fast, models @ ..] = &arguments[..] else {
        eprintln!("give OSeMOSYS's two model files, then data files");
        std::process::exit(2);
    };
    println!(
        "| model | variant | glpsol, s | MB | HiGHS on its matrix, s | KZLEAP read + build, s | MB | solve, s | generation ratio | memory ratio | solve ratio | objective, relative difference |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for data in models {
        let name = data.parent().and_then(Path::file_name).unwrap_or(data.as_os_str());
        let (read, build, solving, objective) = ours(data);
        let difference = expected(data).map_or_else(String::new, |known| {
            format!("{:.0e}", (objective / known - 1.0).abs())
        });
        let this = std::env::current_exe().unwrap_or_default();
        let own = timed(
            Command::new("/usr/bin/time")
                .args(["-f", "%e %M"])
                .arg(this)
                .arg("--build")
                .arg(data),
        );
        for (variant, model) in [("verbose", verbose), ("fast", fast)] {
            let matrix =
                std::env::temp_dir().join(format!("{variant}-{}.mps", std::process::id()));
            let generated = timed(
                Command::new("/usr/bin/time")
                    .args(["-f", "%e %M", "glpsol", "--check", "-m"])
                    .arg(model)
                    .arg("-d")
                    .arg(data)
                    .arg("--wfreemps")
                    .arg(&matrix),
            );
            let Some((generated, own)) = generated.as_ref().zip(own.as_ref()) else {
                println!("| {} | {variant} | glpsol failed |", name.display());
                continue;
            };
            let theirs = shortest(|| solve_file(&matrix).map(|(_, seconds)| seconds));
            let _ = std::fs::remove_file(&matrix);
            println!(
                "| {} | {variant} | {:.2} | {:.0} | {} | {:.3} | {:.0} | {solving:.4} | {:.0} | {:.0} | {:.1} | {difference} |",
                name.display(),
                generated.seconds,
                generated.megabytes,
                theirs.clone().map_or_else(|e| e.to_string(), |s| format!("{s:.4}")),
                read + build,
                own.megabytes,
                generated.seconds / (read + build),
                generated.megabytes / own.megabytes,
                theirs.unwrap_or(f64::NAN) / solving,
            );
        }
    }
}

/// The objective known for a model, from `reference.json` beside its data.
fn expected(data: &Path) -> Option<f64> {
    let text = std::fs::read_to_string(data.with_file_name("reference.json")).ok()?;
    let known: serde_json::Value = serde_json::from_str(&text).ok()?;
    known["expected_objective"].as_f64()
}

/// Seconds of reading, of building, of solving; the objective.
fn ours(data: &Path) -> (f64, f64, f64, f64) {
    let start = Instant::now();
    let (mut sources, mut findings) = (Sources::default(), Diagnostics::default());
    let Ok(Some(data)) = read(data, &Reading::default(), &mut sources, &mut findings) else {
        eprintln!("{} cannot be read", data.display());
        std::process::exit(1);
    };
    let imported = to_model(&data);
    let read = start.elapsed().as_secs_f64();
    let formulation = formulate(&imported.model);
    let built = start.elapsed().as_secs_f64();
    if std::env::args().nth(1).as_deref() == Some("--build") {
        return (read, built - read, 0.0, 0.0);
    }
    let options = Options { method: Method::Simplex, ..Options::default() };
    let mut objective = f64::NAN;
    let solving = shortest(|| {
        let start = Instant::now();
        let optimum = solve(&formulation.lp, &options, Control::default())?;
        objective = optimum.objective;
        Ok(start.elapsed().as_secs_f64())
    });
    match solving {
        Ok(solving) => (read, built - read, solving, objective),
        Err(error) => {
            eprintln!("{error}");
            std::process::exit(1);
        }
    }
}

/// The shortest of three solves, or of one that takes more than a second: the first in a process
/// also starts its threads.
fn shortest(mut seconds: impl FnMut() -> Result<f64, SolveError>) -> Result<f64, SolveError> {
    let mut least = seconds()?;
    for _ in 1..3 {
        if least < 1.0 {
            least = least.min(seconds()?);
        }
    }
    Ok(least)
}

/// Runs a command under GNU time, whose last line says seconds and kilobytes.
fn timed(command: &mut Command) -> Option<Cost> {
    let output = command.output().ok()?;
    let text = String::from_utf8_lossy(&output.stderr);
    let last = text.lines().rev().find(|line| line.split_whitespace().count() == 2)?;
    let mut numbers = last.split_whitespace().filter_map(|word| word.parse::<f64>().ok());
    let cost = Cost { seconds: numbers.next()?, megabytes: numbers.next()? / 1024.0 };
    output.status.success().then_some(cost)
}
