//! The facts of a run that its results state.

use std::collections::BTreeMap;

use kzleap_input::{FileRead, Input};
use kzleap_model::Model;
use kzleap_output::InputFile;
use kzleap_report::{
    Certificate, DefaultUsed, LpSize, Resolution, RunInfo, Seconds, SolverInfo,
};
use kzleap_solver::Method;
use kzleap_study::{Plan, Read, Resolved, RunSpec};
use sha2::{Digest, Sha256};

/// What is known of a run when it is solved.
pub(crate) fn run_info(spec: &RunSpec, model: &Model, read: &Read, plan: &Plan) -> RunInfo {
    let input = &read.input;
    let (rows, columns, nonzeros) = plan.size;
    let method = method_name(plan.method);
    let mut solver_options = vec![format!("method = {method}")];
    solver_options.extend(spec.solving.threads.map(|n| format!("threads = {n}")));
    solver_options.extend(spec.solving.time_limit_seconds.map(|n| format!("time_limit = {n}")));
    RunInfo {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        spec: serde_json::to_value(spec).unwrap_or_default(),
        scenario: model.scenario.clone(),
        description: String::new(),
        words: Vec::new(),
        reference: None,
        resolution: resolution(&read.resolution),
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
        hours: None,
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

fn resolution(resolved: &Resolved) -> Resolution {
    let Resolved { regions, split, slices, periods } = resolved.clone();
    Resolution { regions, split, slices, of_hours: periods.is_some() }
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
