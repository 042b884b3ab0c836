//! The facts of a run that its results state.

use std::collections::BTreeMap;

use kzleap_input::{FileRead, Input};
use kzleap_model::Model;
use kzleap_output::InputFile;
use kzleap_report::{
    Certificate, DefaultUsed, LpSize, Resolution, RunInfo, Seconds, SolverInfo,
};
use kzleap_solver::Method;
use kzleap_study::Plan;
use sha2::{Digest, Sha256};

use crate::args::{Dialect, Run, Solver};

/// What is known of a run when it is solved.
pub(crate) fn run_info(
    args: &Run,
    model: &Model,
    input: &Input,
    resolution: Resolution,
    plan: &Plan,
) -> RunInfo {
    let (rows, columns, nonzeros) = plan.size;
    let method = method_name(plan.method);
    let mut solver_options = vec![format!("method = {method}")];
    solver_options.extend(args.solving.threads.map(|n| format!("threads = {n}")));
    solver_options.extend(args.solving.time_limit.map(|n| format!("time_limit = {n}")));
    RunInfo {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        command: command(args, &model.scenario),
        scenario: model.scenario.clone(),
        resolution,
        status: "optimal".to_owned(),
        started: String::new(), // the same inputs give the same outputs
        lp: LpSize { rows, columns, nonzeros },
        lp_digest: plan.digest.clone(),
        seconds: Seconds {
            build: plan.build_seconds,
            solve: plan.solve_seconds,
            extract: plan.extract_seconds,
            ..Seconds::default()
        },
        peak_memory_mb: 0.0,
        solver: SolverInfo {
            name: format!("HiGHS {}", kzleap_solver::version()),
            options: solver_options,
        },
        certificate: Certificate {
            primal: plan.certificate.primal,
            dual: plan.certificate.dual,
            gap: plan.certificate.gap,
            objective_components: plan.objective_components,
            integer_gap: plan.integer_gap,
            certified: plan.certified(),
        },
        inputs: input_files(input),
        defaults: input
            .defaults
            .iter()
            .map(|default| DefaultUsed {
                path: default.path.clone(),
                value: default.value.clone(),
            })
            .collect(),
        unique: BTreeMap::new(), // known when the tables are made
    }
}

/// What a method is called in results.
pub(crate) fn method_name(method: Method) -> &'static str {
    match method {
        Method::Ipx => "interior point (IPX) with crossover",
        Method::Hipo => "interior point (HiPO) with crossover",
        Method::Simplex | Method::Auto | Method::Race => "dual simplex",
    }
}

/// The files a model was read from, with their digests.
pub(crate) fn input_files(input: &Input) -> Vec<InputFile> {
    of_files(&input.files)
}

/// Files with their digests.
pub(crate) fn of_files(files: &[FileRead]) -> Vec<InputFile> {
    let file = |file: &FileRead| InputFile {
        path: file.path.clone(),
        sha256: hex(&Sha256::digest(&file.bytes)),
    };
    files.iter().map(file).collect()
}

/// The arguments that make a run again, without those that say where to and how much to print.
fn command(args: &Run, scenario: &str) -> Vec<String> {
    let mut command = vec!["run".to_owned(), args.model.display().to_string()];
    let mut add = |option: &str, value: Option<String>| {
        if let Some(value) = value {
            command.extend([option.to_owned(), value]);
        }
    };
    add("--scenario", (scenario != "base").then(|| scenario.to_owned()));
    add("--regions", args.resolution.regions.clone());
    add("--slices", args.resolution.slices.map(|number| number.to_string()));
    let dialect = args.osemosys.dialect.map(|dialect| match dialect {
        Dialect::Mathprog => "mathprog".to_owned(),
        Dialect::Clews => "clews".to_owned(),
    });
    add("--dialect", dialect);
    add("--config", args.osemosys.config.as_ref().map(|path| path.display().to_string()));
    for name in &args.osemosys.ignore {
        add("--ignore", Some(name.clone()));
    }
    let solver = match args.solving.solver {
        Solver::Auto => None,
        Solver::Simplex => Some("simplex".to_owned()),
        Solver::Ipx => Some("ipx".to_owned()),
        Solver::Hipo => Some("hipo".to_owned()),
        Solver::Race => Some("race".to_owned()),
    };
    add("--solver", solver);
    add("--threads", args.solving.threads.map(|number| number.to_string()));
    add("--time-limit", args.solving.time_limit.map(|seconds| seconds.to_string()));
    if args.tie_break {
        command.push("--tie-break".to_owned());
    }
    command
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Largest resident memory of this process so far, MB; 0 where the system does not say.
pub(crate) fn peak_memory_mb() -> f64 {
    std::fs::read_to_string("/proc/self/status")
        .ok()
        .and_then(|status| {
            let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
            line.split_whitespace().nth(1)?.parse::<f64>().ok()
        })
        .map_or(0.0, |kb| (kb / 1024.0).round())
}
