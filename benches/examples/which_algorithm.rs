//! Every algorithm on the same programs, side by side in one run.
//!
//! ```text
//! cargo run --release -p kzleap-benches --example which_algorithm -- [SECONDS] \
//!     3x4x12x8 models/kazakhstan models/kazakhstan:neutrality-2060 utopia.txt
//! ```
//!
//! A model is the size of a generated one, a model folder (with a scenario behind a colon), or an
//! OSeMOSYS data file or otoole folder. `SECONDS` is when an algorithm is given up; 300 if left
//! out. A cell reads: CPU-seconds of the process (seconds of the clock; iterations). Algorithms
//! named among the arguments (`auto`, `simplex`, `IPX`, `HiPO`, `race`) are the only ones that run.

use std::path::Path;
use std::time::{Duration, Instant};

use kzleap_diagnostics::{Diagnostics, Sources};
use kzleap_formulation::formulate;
use kzleap_generator::{Size, national};
use kzleap_lp::Lp;
use kzleap_model::Model;
use kzleap_solver::{Control, Method, Options, has_hipo, solve};

#[expect(dead_code, reason = "memory is looked at by another example")]
mod process;

use process::cpu_seconds;

const METHODS: [(&str, Method); 5] = [
    ("auto", Method::Auto),
    ("simplex", Method::Simplex),
    ("IPX", Method::Ipx),
    ("HiPO", Method::Hipo),
    ("race", Method::Race),
];

fn main() {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut limit = 300;
    if let Some(seconds) = arguments.first().and_then(|first| first.parse().ok()) {
        limit = seconds;
        arguments.remove(0);
    }
    let named = |name: &str| arguments.iter().any(|argument| argument == name);
    let all = !METHODS.iter().any(|(name, _)| named(name));
    let methods: Vec<_> = METHODS.into_iter().filter(|(name, _)| all || named(name)).collect();
    arguments.retain(|argument| !METHODS.iter().any(|(name, _)| argument == name));
    if !has_hipo() {
        eprintln!("HiGHS was built without HiPO: its column shows IPX");
    }
    println!(
        "| model | rows | columns | nonzeros |{}",
        methods.iter().map(|(name, _)| format!(" {name} |")).collect::<String>()
    );
    println!("| --- | --- | --- | --- |{}", " --- |".repeat(methods.len()));
    for name in &arguments {
        let Some(model) = read(name) else {
            eprintln!("{name} cannot be read");
            std::process::exit(1);
        };
        let lp = formulate(&model).lp;
        let cells: Vec<String> =
            methods.iter().map(|(_, method)| time(&lp, *method, limit)).collect();
        println!(
            "| {name} | {} | {} | {} | {} |",
            lp.num_rows(),
            lp.num_cols(),
            lp.num_nonzeros(),
            cells.join(" | ")
        );
    }
}

fn read(name: &str) -> Option<Model> {
    if let Ok(size) = name.parse::<Size>() {
        return Some(national(size, 1));
    }
    let (folder, scenario) = name.split_once(':').map_or((name, None), |(f, s)| (f, Some(s)));
    let folder = Path::new(folder);
    if folder.join("model.toml").exists() {
        return kzleap_input::read(folder, scenario).model;
    }
    let (mut sources, mut findings) = (Sources::default(), Diagnostics::default());
    let reading = kzleap_osemosys::Options::default();
    let data = kzleap_osemosys::read(folder, &reading, &mut sources, &mut findings).ok()??;
    Some(kzleap_osemosys::to_model(&data).model)
}

/// CPU-seconds and seconds, and the objective where it is not certified.
fn time(lp: &Lp, method: Method, limit: u64) -> String {
    let options =
        Options { method, time_limit: Some(Duration::from_secs(limit)), ..Options::default() };
    let (start, cpu) = (Instant::now(), cpu_seconds());
    let outcome = solve(lp, &options, Control::default());
    let (seconds, cpu) = (start.elapsed().as_secs_f64(), cpu_seconds() - cpu);
    match outcome {
        Ok(optimum) => {
            let doubt = if optimum.certificate.certified { "" } else { ", not certified" };
            let other = if optimum.method == method {
                String::new()
            } else {
                format!(", {:?}", optimum.method)
            };
            let rounds = optimum.iterations.interior_point.max(optimum.iterations.simplex);
            format!("{cpu:.2} ({seconds:.2}; {rounds}{other}{doubt})")
        }
        Err(error) => format!("{error} after {cpu:.0}"),
    }
}
