//! What was checked, and facts about the run.

use kzleap_model::Model;
use serde::Serialize;

use crate::RunInfo;

/// A name with what it says.
#[derive(Debug, Serialize)]
pub(super) struct Fact {
    name: &'static str,
    value: String,
    meaning: &'static str,
}

/// What was checked of the answer.
pub(super) fn checks(info: &RunInfo) -> Vec<Fact> {
    let certificate = &info.certificate;
    let fact =
        |name, value: f64, meaning| Fact { name, value: format!("{value:.1e}"), meaning };
    let mut checks = vec![
        fact("Primal violation", certificate.primal, "largest violation of a rule or bound"),
        fact("Dual violation", certificate.dual, "largest violation of a reduced cost"),
        fact("Duality gap", certificate.gap, "between what the plan costs and its lower bound"),
        fact(
            "Sum of costs",
            certificate.objective_components,
            "objective less the sum of the reported costs, relative",
        ),
    ];
    checks.extend(certificate.integer_gap.map(|gap| {
        let meaning = "how much less other numbers of units could cost, by the solver's bound; \
                       all else holds for the units as built";
        fact("Gap of whole units", gap, meaning)
    }));
    checks
}

/// How much of the tables is the same in every plan of the same cost; `None` if that was not looked
/// into.
pub(super) fn unique(info: &RunInfo) -> Option<String> {
    const TABLES: [(&str, &str); 5] = [
        ("capacity", "capacity"),
        ("new_capacity", "what is built"),
        ("generation_annual", "what is made"),
        ("balance", "energy balance"),
        ("price_annual", "prices"),
    ];
    let counts: Vec<String> = TABLES
        .iter()
        .filter_map(|(table, name)| Some((name, info.unique.get(*table)?)))
        .filter(|(_, marks)| marks.rows > 0)
        .map(|(name, marks)| format!("{name} {} of {}", marks.unique, marks.rows))
        .collect();
    (!counts.is_empty()).then(|| counts.join(", "))
}

/// Facts about the run.
pub(super) fn facts(model: &Model, info: &RunInfo) -> Vec<Fact> {
    let fact = |name, value: String| Fact { name, value, meaning: "" };
    let seconds = &info.seconds;
    let whole = |n: usize| kzleap_page::figure(f64::from(u32::try_from(n).unwrap_or(u32::MAX)));
    let mut facts = vec![
        fact("Program", format!("KZLEAP {}", info.version)),
        fact("Model", model.name.clone()),
        fact("Scenario", info.scenario.clone()),
        fact("Resolution", info.resolution.text().unwrap_or_default()),
        fact("Status", info.status.clone()),
        fact("Solver", info.solver.name.clone()),
        fact("Options", info.solver.options.join(", ")),
        fact(
            "Linear program",
            format!(
                "{} rows, {} columns, {} nonzeros",
                whole(info.lp.rows),
                whole(info.lp.columns),
                whole(info.lp.nonzeros)
            ),
        ),
        fact(
            "Time",
            format!(
                "{:.2} s: read {:.2}, build {:.2}, solve {:.2}, extract {:.2}, report {:.2}",
                seconds.total,
                seconds.read,
                seconds.build,
                seconds.solve,
                seconds.extract,
                seconds.report
            ),
        ),
        fact("Peak of memory", format!("{:.0} MB", info.peak_memory_mb)),
        fact("Begun", info.started.clone()),
    ];
    facts.retain(|fact| !fact.value.is_empty() && fact.value != "0 MB");
    facts
}
