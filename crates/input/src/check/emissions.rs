//! Emissions that are counted twice, never, or captured where there are none.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::{
    CommodityIx, EmissionIx, FuelUnit, Gas, HeatValue, Mode, Model, Process, SliceIx, YearIx,
};

use super::Check;
use crate::numbers::shown;
use crate::registry::{commodity, process, root};

/// Carbon in CO2, by mass: 12.011 of 44.009 (standard atomic weights of IUPAC).
const CARBON_IN_CO2: f64 = 12.011 / 44.009;

pub(super) fn check(check: &mut Check<'_, '_>) {
    for c in check.model().commodities.ixs() {
        carbon(check, c);
    }
    for (ix, process) in check.processes() {
        let path = check.path_of(ix);
        if check.failed(&path) || process.is_storage() {
            continue;
        }
        let build = check.build;
        for mode in process.modes.iter().filter(|mode| build.burns(process, mode)) {
            twice(check, process, mode, &path);
        }
        capture(check, process, &path);
    }
}

/// Whether an emission is carbon dioxide.
fn is_co2(model: &Model, emission: usize) -> bool {
    model.emissions[EmissionIx::new(emission)].gas == Some(Gas::Co2)
}

/// A fuel that weighs less than the carbon in the CO2 it gives.
fn carbon(check: &mut Check<'_, '_>, c: CommodityIx) {
    let model = check.model();
    let commodity = &model.commodities[c];
    let path = root::COMMODITIES.key().path(&commodity.name);
    let Some(HeatValue { per: FuelUnit::Mt, petajoules }) = commodity.heat_value else {
        return;
    };
    let first = (SliceIx::new(0), YearIx::new(0));
    let mt_of_co2 = model
        .regions
        .ixs()
        .flat_map(|r| check.build.factors_of(c, r).filter(|(e, _)| is_co2(model, *e)))
        .map(|(_, factor)| factor.at(first.0, first.1) * petajoules)
        .fold(0.0, f64::max);
    let share = mt_of_co2 * CARBON_IN_CO2;
    if share <= 1.0 || check.failed(&path) {
        return;
    }
    let message = format!(
        "a tonne of `{}` would hold {share:.2} tonnes of carbon: its heat value of {} GJ/t and \
         its CO2 of {} kt/PJ cannot both be",
        commodity.name,
        shown(petajoules),
        shown(mt_of_co2 / petajoules * 1000.0)
    );
    let (place, also) =
        (check.place(&path, commodity::HEAT_VALUE), check.place(&path, process::EMISSIONS));
    let hint = "coal has 10 to 30 GJ/t and 94 to 101 kt/PJ, oil products 40 to 47 and 63 to 78";
    check.implausible(
        Diagnostic::error("more-carbon-than-fuel", message, place, "")
            .also(also, "its emissions")
            .hint(hint),
    );
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
            let emission = &model.emissions[EmissionIx::new(emission)].name;
            let message = format!(
                "`{path}` turns `{input}` into `{output}`, and both bear `{emission}`: it would \
                 count twice"
            );
            let place = check.place(
                path,
                if check.has(path, process::OUTPUT) {
                    process::OUTPUT.key()
                } else {
                    process::OUTPUTS.key()
                },
            );
            let also = check.place(&root::COMMODITIES.key().path(input), process::EMISSIONS);
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
    if !check.has(path, process::CAPTURE) {
        return;
    }
    let place = check.place(path, process::CAPTURE);
    let build = check.build;
    let burning = || process.modes.iter().filter(|mode| build.burns(process, mode));
    if burning().next().is_none() {
        let message = format!(
            "`{path}` captures CO2, but burns nothing: what goes into `{}` is burnt elsewhere or \
             not at all",
            process.flow.as_deref().unwrap_or_default()
        );
        let diagnostic = Diagnostic::warning("capture-of-nothing", message, place, "no effect")
            .also(check.place(path, process::FLOW), "its row of the energy balance")
            .hint("leave `capture` out, or correct `flow`");
        check.report(diagnostic);
        return;
    }
    let model = check.model();
    let has_co2 = burning().flat_map(|mode| &mode.inputs).any(|(input, _)| {
        check.build.factors_of(*input, process.region).any(|(e, _)| is_co2(model, *e))
    });
    if has_co2 {
        return;
    }
    let message = format!("`{path}` captures CO2, but its inputs bear none");
    let hint = "capture applies to the emission with `gas = \"co2\"` of input commodities; give \
                what it removes from the air as an emission below zero";
    check.report(
        Diagnostic::warning("capture-of-nothing", message, place, "no effect").hint(hint),
    );
}
