//! `kzleap run` against OSeMOSYS's own equations in GLPK with HiGHS, phase by phase.
//!
//! ```sh
//! cargo build --release
//! cargo run --release -p kzleap-benches --example osemosys_against_glpk -- \
//!     osemosys.txt osemosys_fast.txt DATA.txt…
//! ```
//!
//! `glpsol` must be installed; the two files of equations are OSeMOSYS's and are not part of this
//! project. For each data file, `glpsol --check` writes the model as a matrix without solving it,
//! with the verbose equations and with the fast ones; HiGHS (the same, with the same options)
//! solves the matrix of the fast ones. `-` in place of a file of equations leaves it out.

#[path = "osemosys_against_glpk/mps.rs"]
mod mps;
#[path = "osemosys_against_glpk/watch.rs"]
mod watch;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use kzleap_solver::{Control, Options, solve};
use serde_json::Value;

use watch::{Used, watch};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [verbose, fast, data @ ..] = &arguments[..] else {
        return Err("give the verbose equations, the fast ones, and data files".into());
    };
    let kzleap = kzleap_command()?;
    let scratch = std::env::temp_dir().join(format!("kzleap-bench-{}", std::process::id()));
    std::fs::create_dir_all(&scratch)?;
    for file in data {
        println!("\n## {}\n", file.display());
        let ours = ours(&kzleap, file, &scratch.join("run"))?;
        println!("| | seconds | peak MB | rows | columns | nonzeros |");
        println!("| --- | ---: | ---: | ---: | ---: | ---: |");
        println!(
            "| kzleap: read and build | {:.3} | {:.0} | {} | {} | {} |",
            ours.generate, ours.peak_mb, ours.size[0], ours.size[1], ours.size[2]
        );
        println!("| kzleap: solve | {:.3} | | | | |", ours.solve);
        println!("| kzleap: everything, with report | {:.3} | | | | |", ours.total);
        for (name, equations) in [("verbose", verbose), ("fast", fast)] {
            if equations.as_os_str() != "-" {
                theirs(name, equations, file, &scratch, &ours)?;
            }
        }
    }
    std::fs::remove_dir_all(&scratch)?;
    Ok(())
}

/// The command built beside this example.
fn kzleap_command() -> Result<PathBuf, Box<dyn Error>> {
    let here = std::env::current_exe()?;
    let release = here.parent().and_then(Path::parent).ok_or("no folder above this program")?;
    let command = release.join(format!("kzleap{}", std::env::consts::EXE_SUFFIX));
    if command.is_file() {
        Ok(command)
    } else {
        Err("run `cargo build --release` first".into())
    }
}

/// What `kzleap run` took.
struct Ours {
    generate: f64,
    solve: f64,
    total: f64,
    peak_mb: f64,
    size: [u64; 3],
    objective: f64,
}

fn ours(kzleap: &Path, data: &Path, out: &Path) -> Result<Ours, Box<dyn Error>> {
    let mut run = Command::new(kzleap);
    let output = run.arg("run").arg(data).arg("--json").arg("--out").arg(out).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    let summary: Value = serde_json::from_slice(&output.stdout)?;
    let seconds = |phase: &str| summary["seconds"][phase].as_f64().unwrap_or(f64::NAN);
    let size = |of: &str| summary["lp"][of].as_u64().unwrap_or(0);
    Ok(Ours {
        generate: seconds("read") + seconds("build"),
        solve: seconds("solve"),
        total: seconds("total"),
        peak_mb: summary["peak_memory_mb"].as_f64().unwrap_or(f64::NAN),
        size: [size("rows"), size("columns"), size("nonzeros")],
        objective: summary["objective"].as_f64().unwrap_or(f64::NAN),
    })
}

/// What `glpsol` took to write the matrix and, for the fast equations, HiGHS to solve it.
fn theirs(
    name: &str,
    equations: &Path,
    data: &Path,
    scratch: &Path,
    ours: &Ours,
) -> Result<(), Box<dyn Error>> {
    let mut check = Command::new("glpsol");
    // the equations write their results into `res` of the folder they run in
    std::fs::create_dir_all(scratch.join("res"))?;
    std::fs::create_dir_all(scratch.join("results"))?;
    check.current_dir(scratch).arg("--check");
    check.arg("-m").arg(equations.canonicalize()?).arg("-d").arg(data.canonicalize()?);
    let Used { seconds, peak_mb, success } = watch(&mut check)?;
    if !success {
        println!(
            "| glpsol, {name}: refused by its checks | {seconds:.3} | {peak_mb:.0} | | | |"
        );
        return Ok(());
    }
    let matrix = scratch.join("matrix.mps");
    let lp = if name == "fast" {
        check.arg("--wfreemps").arg(&matrix);
        watch(&mut check)?;
        Some(mps::read(&matrix)?)
    } else {
        None
    };
    let size = lp.as_ref().map_or_else(String::new, |lp| {
        format!("{} | {} | {}", lp.num_rows(), lp.num_cols(), lp.num_nonzeros())
    });
    let size = if size.is_empty() { " | | ".to_owned() } else { size };
    println!("| glpsol, {name}: `--check` | {seconds:.3} | {peak_mb:.0} | {size} |");
    println!(
        "| … over kzleap: read and build | {:.0}x | {:.0}x | | | |",
        seconds / ours.generate,
        peak_mb / ours.peak_mb
    );
    let Some(lp) = lp else { return Ok(()) };
    let start = Instant::now();
    match solve(&lp, &Options::default(), Control::default()) {
        Ok(optimum) => {
            let seconds = start.elapsed().as_secs_f64();
            println!("| HiGHS on that matrix | {seconds:.3} | | | | |");
            println!("| … over kzleap: solve | {:.1}x | | | | |", seconds / ours.solve);
            println!(
                "\nobjective {} (kzleap), {} (HiGHS on GLPK's matrix, without its constant)",
                ours.objective, optimum.objective
            );
        }
        Err(error) => println!("| HiGHS on that matrix: {error} | | | | | |"),
    }
    Ok(())
}
