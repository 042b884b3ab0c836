//! Emissions that are counted twice, never, or captured where there are none.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::{Mode, Process};

use super::Check;

pub(super) fn check(check: &mut Check<'_, '_>) {
    for (ix, process) in check.processes() {
        let path = check.path_of(ix);
        if check.failed(&path) || process.is_storage() {
            continue;
        }
        for mode in &process.modes {
            twice(check, process, mode, &path);
        }
        capture(check, process, &path);
    }
}

/// Coal made into briquettes emits when the briquettes burn, not before.
fn twice(check: &mut Check<'_, '_>, process: &Process, mode: &Mode, path: &str) {
    for (input, _) in &mode.inputs {
        for (output, _) in &mode.outputs {
            let shared = check.build.shared_emission(*input, *output, process.region);
            let Some(emission) = shared else { continue };
            let model = check.model();
            let (input, output) =
                (&model.commodities[*input].name, &model.commodities[*output].name);
            let emission = &model.emissions[kzleap_model::EmissionIx::new(emission)].name;
            let message = format!(
                "`{path}` turns `{input}` into `{output}`, and both bear `{emission}`: it would \
                 count twice"
            );
            let place =
                check.place(path, if check.has(path, "output") { "output" } else { "outputs" });
            let also = check.place(&format!("commodities.{input}"), "emissions");
            let hint = format!("leave the emissions of `{input}` or of `{output}` out");
            check.report(
                Diagnostic::warning("emissions-counted-twice", message, place, "")
                    .also(also, "counted here")
                    .hint(hint),
            );
            return;
        }
    }
}

fn capture(check: &mut Check<'_, '_>, process: &Process, path: &str) {
    if !check.has(path, "capture") {
        return;
    }
    let co2 = check.model().emissions.position(|emission| emission.name == "co2");
    let has_co2 = co2.is_some_and(|co2| {
        process.modes.iter().flat_map(|mode| &mode.inputs).any(|(input, _)| {
            check.build.factors_of(*input, process.region).any(|(e, _)| *e == co2.get())
        })
    });
    if has_co2 {
        return;
    }
    let place = check.place(path, "capture");
    let message = format!("`{path}` captures CO2, but its inputs bear none");
    let hint = "capture applies to the emission `co2` of input commodities; give what it removes \
                from the air as `emissions = { co2 = -… }`";
    check.report(
        Diagnostic::warning("capture-of-nothing", message, place, "no effect").hint(hint),
    );
}
