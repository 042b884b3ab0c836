//! `kzleap run`: find the least-cost plan of each scenario and write its results.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;
use kzleap::{Explanation, Plan, Ties, explain, explain_unbounded, optimise_with};
use kzleap_input::Input;
use kzleap_model::{EmissionIx, Model, Solution, YearIx};
use kzleap_report::{
    Certificate, DefaultUsed, InputFile, LpSize, RunFolder, RunInfo, SUMMARY, Seconds,
    SolverInfo, write_run_into,
};
use kzleap_solver::{Control, Method, SolveError};
use sha2::{Digest, Sha256};

use crate::args::Run;
use crate::exit::Code;
use crate::output::print;
use crate::progress::{Progress, stop_flag};

use super::nemo;
use super::otoole::{otoole_folder, write_otoole};
use super::read::{Read, options, read};

/// One scenario, solved and written.
struct Done {
    model: Model,
    solution: Solution,
    info: RunInfo,
}

/// Runs every scenario asked for.
pub(crate) fn run(args: &Run) -> anyhow::Result<Code> {
    if kzleap_nemo::looks_like_nemo(&args.model) {
        return nemo::run(args);
    }
    let scenarios: Vec<Option<&str>> = if args.scenarios.is_empty() {
        vec![None]
    } else {
        args.scenarios.iter().map(|name| Some(name.as_str())).collect()
    };
    let mut all_done = Vec::new();
    for scenario in &scenarios {
        let dir = out_folder(args, *scenario, scenarios.len() > 1);
        match run_scenario(args, *scenario, &dir)? {
            Ok(done) => all_done.push(done),
            Err(code) => return Ok(code),
        }
    }
    if all_done.len() > 1
        && let Some(dir) = comparison_folder(args)
    {
        let runs: Vec<_> =
            all_done.iter().map(|done| (&done.model, &done.solution, &done.info)).collect();
        let page = kzleap_report::compare_page(&runs).context("making the comparison")?;
        let path = dir.join("compare.html");
        kzleap_report::write_text_file(&path, &page)?;
        if !args.quiet && !args.json {
            println!("comparison in {}", path.display());
        }
    }
    let certified = all_done.iter().all(|done| done.info.certificate.certified);
    Ok(if certified { Code::Done } else { Code::NotCertified })
}

fn model_name(model: &Path) -> PathBuf {
    let absolute = model.canonicalize().unwrap_or_else(|_| model.to_owned());
    absolute.file_stem().map_or_else(|| PathBuf::from("model"), PathBuf::from)
}

fn out_folder(args: &Run, scenario: Option<&str>, several: bool) -> PathBuf {
    let name = scenario.unwrap_or("base");
    match &args.out {
        Some(out) if several => out.join(name),
        Some(out) => out.clone(),
        None => Path::new("runs").join(model_name(&args.model)).join(name),
    }
}

fn comparison_folder(args: &Run) -> Option<PathBuf> {
    match &args.out {
        Some(out) => Some(out.clone()),
        None => Some(Path::new("runs").join(model_name(&args.model))),
    }
}

fn run_scenario(
    args: &Run,
    scenario: Option<&str>,
    dir: &Path,
) -> anyhow::Result<Result<Done, Code>> {
    let start = Instant::now();
    let progress = Progress::new(args.quiet || args.json, args.solving.log);
    progress.say(format!("reading {}", args.model.display()));
    let Read { model, input, osemosys } =
        read(&args.model, scenario, &args.osemosys, args.quiet || args.json);
    let Some(model) = model else { return Ok(Err(Code::BadInput)) };
    let otoole = otoole_folder(args, osemosys.is_some())?;
    // before the solve: a folder that must not be replaced is told at once, and no other run
    // writes there meanwhile
    let folder = RunFolder::begin(dir)?;
    let read_seconds = start.elapsed().as_secs_f64();

    progress.say("building the linear program");
    let ties = if args.tie_break { Ties::LeastActivity } else { Ties::AsFound };
    let control =
        Control { stop: Some(stop_flag()), log: Some(&|line: &str| progress.log(line)) };
    let plan = match optimise_with(&model, &options(&args.solving), control, ties) {
        Err(SolveError::Infeasible) => {
            progress.say("looking for the rules that conflict");
            let explanation = explain(&model, control)?;
            progress.done();
            eprint!("{}", infeasible(&model, &explanation));
            return Ok(Err(Code::Infeasible));
        }
        Err(SolveError::Unbounded) => {
            progress.say("looking for what has no limit");
            let named = explain_unbounded(&model, control)?;
            progress.done();
            eprintln!(
                "unbounded: in scenario {} the cost can fall without limit",
                model.scenario
            );
            for name in named.iter().take(12) {
                eprintln!("    {name}");
            }
            return Ok(Err(Code::Unbounded));
        }
        other => other?,
    };
    progress.say(format!("writing {}", dir.display()));
    let mut info = run_info(args, &model, &input, &plan);
    info.seconds.read = read_seconds;
    let reporting = Instant::now();
    write_run_into(folder, &model, &plan.solution, &info, |info| {
        info.seconds.report = reporting.elapsed().as_secs_f64();
        info.seconds.total = start.elapsed().as_secs_f64();
        info.peak_memory_mb = peak_memory_mb();
    })?;
    if let (Some(folder), Some((data, map))) = (&otoole, &osemosys) {
        write_otoole(folder, (data, map), (&model, &plan.solution))?;
    }
    info.seconds.total = start.elapsed().as_secs_f64();
    progress.done();
    if args.json {
        let path = dir.join(SUMMARY);
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("reading {} back", path.display()))?;
        print(&text)?;
    } else if !args.quiet {
        print_summary(&model, &plan, &info, dir);
    }
    Ok(Ok(Done { model, solution: plan.solution, info }))
}

fn run_info(args: &Run, model: &Model, input: &Input, plan: &Plan) -> RunInfo {
    let (rows, columns, nonzeros) = plan.size;
    let method = method_name(plan.method);
    let mut solver_options = vec![format!("method = {method}")];
    solver_options.extend(args.solving.threads.map(|n| format!("threads = {n}")));
    solver_options.extend(args.solving.time_limit.map(|n| format!("time_limit = {n}")));
    RunInfo {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        scenario: model.scenario.clone(),
        status: "optimal".to_owned(),
        started: String::new(), // the same inputs give the same outputs
        lp: LpSize { rows, columns, nonzeros },
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
            certified: plan.certified(),
        },
        inputs: input
            .files
            .iter()
            .map(|file| InputFile {
                path: file.path.clone(),
                sha256: hex(&Sha256::digest(&file.bytes)),
            })
            .collect(),
        defaults: input
            .defaults
            .iter()
            .map(|default| DefaultUsed {
                path: default.path.clone(),
                value: default.value.clone(),
            })
            .collect(),
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

/// What to tell whoever asked for the impossible.
pub(crate) fn infeasible(model: &Model, explanation: &Explanation) -> String {
    let mut text = format!(
        "infeasible: in scenario {} no plan respects all constraints together\n  these rules conflict:\n",
        model.scenario
    );
    for rule in explanation.conflict.iter().take(12) {
        text.push_str(&format!("    {rule}\n"));
    }
    if explanation.conflict.len() > 12 {
        text.push_str(&format!("    and {} more\n", explanation.conflict.len() - 12));
    }
    for (at, repair) in explanation.repairs.iter().enumerate() {
        let title = if at == 0 { "smallest repair" } else { "or else" };
        text.push_str(&format!("  {title}:\n"));
        for step in repair {
            text.push_str(&format!("    {}\n", step.text()));
        }
    }
    text
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Emissions of all domestic regions in one year.
pub(crate) fn domestic_emissions(
    model: &Model,
    solution: &Solution,
    e: EmissionIx,
    y: YearIx,
) -> f64 {
    (model.regions.iter_ix())
        .filter(|(_, region)| region.domestic)
        .map(|(r, _)| solution.emissions[(e.get(), r.get(), y.get())])
        .sum()
}

fn print_summary(model: &Model, plan: &Plan, info: &RunInfo, dir: &Path) {
    println!("{}, scenario {}", model.name, model.scenario);
    let money = match model.currency.as_str() {
        "" => String::new(), // an imported model does not say
        currency => format!(" million {currency}"),
    };
    println!(
        "  cost       {:.1}{money} (present value of {})",
        plan.solution.objective, model.finance.base_year
    );
    for (e, emission) in model.emissions.iter_ix() {
        let by_year: Vec<String> = (model.time.years.iter_ix())
            .map(|(y, year)| {
                let total = domestic_emissions(model, &plan.solution, e, y);
                format!("{} {total:.1}", year.milestone)
            })
            .collect();
        let unit = match emission.unit.as_str() {
            "" => String::new(),
            unit => format!(" [{unit}]"),
        };
        println!("  {:<10} {}{unit}", emission.label, by_year.join("  "));
    }
    let (smallest, largest) = plan.matrix_range.unwrap_or((1.0, 1.0));
    println!(
        "  program    {} rows, {} columns, {} nonzeros from {smallest:.0e} to {largest:.0e}",
        info.lp.rows, info.lp.columns, info.lp.nonzeros
    );
    if smallest < 1e-6 || largest > 1e6 {
        println!("             such a range makes solving slow and inexact: look at the units");
    }
    let Seconds { read, build, solve, extract, .. } = info.seconds;
    println!(
        "  seconds    read {read:.2}, build {build:.2}, solve {solve:.2}, extract {extract:.2}, total {:.2}",
        info.seconds.total
    );
    let certificate = &info.certificate;
    println!(
        "  {}  primal {:.0e}, dual {:.0e}, gap {:.0e}",
        if certificate.certified { "certified" } else { "NOT CERTIFIED" },
        certificate.primal,
        certificate.dual,
        certificate.gap
    );
    println!("  results in {}", dir.join(kzleap_report::PAGE).display());
}

/// Largest resident memory of this process so far, MB; 0 where the system does not say.
fn peak_memory_mb() -> f64 {
    std::fs::read_to_string("/proc/self/status")
        .ok()
        .and_then(|status| {
            let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
            line.split_whitespace().nth(1)?.parse::<f64>().ok()
        })
        .map_or(0.0, |kb| (kb / 1024.0).round())
}
