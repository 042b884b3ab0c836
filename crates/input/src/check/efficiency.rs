//! Efficiencies that physics does not allow, or nobody has built.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::{CommodityIx, CommodityKind, Mode, Process, Series, Tier, YearIx};

use super::Check;
use crate::numbers::shown;
use crate::registry::process;

/// Above this, a plant that makes electricity from fuel would be the best ever built.
const BEST_PLANT: f64 = 0.65;
/// Above this, it is past what its cycle can do.
const BEST_CYCLE: f64 = 0.75;
/// Above this, not even the condensation of flue gas explains it: plants that use it pass 1 on
/// the lower heating value, as a wet wood-chip plant does with 1.10.
const BEST_CONDENSING: f64 = 1.15;
/// Above this, a heat pump would be better than any on the market.
const BEST_HEAT_PUMP: f64 = 6.0;

/// Above this, nothing is a heat pump.
const NO_HEAT_PUMP: f64 = 20.0;

/// From one milestone year to the next nothing becomes so much better, or worse.
const LEAP: f64 = 2.0;

pub(super) fn check(check: &mut Check<'_, '_>) {
    for (ix, process) in check.processes() {
        let path = check.path_of(ix);
        if process.is_storage() {
            continue;
        }
        for mode in &process.modes {
            one(check, &path, process, mode);
            jump(check, &path, process, mode);
        }
    }
}

/// What a mode gives for what it takes does not change by leaps.
fn jump(check: &mut Check<'_, '_>, path: &str, process: &Process, mode: &Mode) {
    let time = &check.model().time;
    let node = time.node(Tier::Annual, 0);
    let sum = |flows: &[(CommodityIx, Series)], year: YearIx| -> f64 {
        let energy = |c: CommodityIx| check.model().commodities[c].is_energy();
        let flows = flows.iter().filter(|(c, _)| energy(*c));
        flows.map(|(_, ratio)| time.node_mean(ratio, &node, year)).sum()
    };
    let of = |year| sum(&mode.outputs, year) / sum(&mode.inputs, year);
    let by_year: Vec<f64> = time.years.ixs().map(of).collect();
    let leaps = |pair: &[f64]| {
        let [before, after] = [pair[0], pair[1]];
        before > 0.0
            && before.is_finite()
            && after.is_finite()
            && !(1.0 / LEAP..=LEAP).contains(&(after / before))
    };
    let Some(year) = by_year.windows(2).position(leaps) else { return };
    let message = format!(
        "what {} gives for one unit it takes goes from {} to {} between {} and {}",
        named(check, path, mode),
        shown(by_year[year]),
        shown(by_year[year + 1]),
        check.year(year),
        check.year(year + 1),
    );
    let place = place(check, path, process, mode);
    check.implausible(
        Diagnostic::warning("efficiency-jumps", message, place, "")
            .hint("check for a digit that slipped: plants change little by little"),
    );
}

/// A process, or a mode of one that has several.
fn named(check: &Check<'_, '_>, path: &str, mode: &Mode) -> String {
    if check.has(path, process::MODES) {
        format!("mode `{}` of `{path}`", mode.name)
    } else {
        format!("`{path}`")
    }
}

fn one(check: &mut Check<'_, '_>, path: &str, process: &Process, mode: &Mode) {
    // what is made of materials or services has no efficiency
    let is_energy = |commodity: CommodityIx| check.model().commodities[commodity].is_energy();
    if !mode.inputs.iter().all(|(c, _)| is_energy(*c))
        || !mode.outputs.iter().any(|(c, _)| is_energy(*c))
    {
        return;
    }
    // what is most efficient: the largest outputs over the smallest inputs
    let sum = |flows: &[(CommodityIx, Series)], of: fn(&Series) -> f64| -> f64 {
        flows.iter().filter(|(c, _)| is_energy(*c)).map(|(_, ratio)| of(ratio)).sum()
    };
    let used = sum(&mode.inputs, |ratio| ratio.range().0);
    if used <= 0.0 {
        return;
    }
    let made = sum(&mode.outputs, |ratio| ratio.range().1);
    let total = made / used;
    let kind = |commodity: CommodityIx| check.model().commodities[commodity].kind;
    let is_electricity = |c: CommodityIx| kind(c) == Some(CommodityKind::Electricity);
    let is_heat =
        |c: CommodityIx| matches!(kind(c), Some(CommodityKind::Heat | CommodityKind::Cold));
    let takes_electricity = mode.inputs.iter().any(|(c, _)| is_electricity(*c));
    let electricity: f64 = mode
        .outputs
        .iter()
        .filter(|(c, _)| is_electricity(*c))
        .map(|(_, ratio)| ratio.range().1)
        .sum::<f64>()
        / used;
    let only_power_and_heat =
        mode.outputs.iter().all(|(c, _)| is_electricity(*c) || is_heat(*c));
    let makes_heat = mode.outputs.iter().any(|(c, _)| is_heat(*c));
    let burns = mode.inputs.iter().any(|(c, _)| check.build.is_fuel(*c, process.region));
    let name = named(check, path, mode);
    let place = place(check, path, process, mode);
    if takes_electricity {
        heat_pump(check, &name, place, total, makes_heat, electricity);
        return;
    }
    if total > 1.0 + 1e-6 {
        let message =
            format!("{name} gives {} units of energy for each one it takes", shown(total));
        // what condenses gives heat, and nothing gives more electricity than it takes
        if electricity > 1.0 + 1e-6 || (only_power_and_heat && total > BEST_CONDENSING) {
            let hint = if (10.0..=100.0).contains(&total) {
                format!("{} % is written `{}`", shown(total), shown(total / 100.0))
            } else {
                "no process gives more energy than it takes: check the efficiency, or whether a \
                 ratio was turned upside down"
                    .to_owned()
            };
            check.implausible(
                Diagnostic::error("more-out-than-in", message, place, "").hint(hint),
            );
        } else {
            let hint = "above 1 is possible on the lower heating value, where flue gas condenses; \
                        else check the ratios";
            check.implausible(Diagnostic::warning("above-one", message, place, "").hint(hint));
        }
        return;
    }
    // what bears no emissions and has no heat value is no fuel: water, direct current and
    // compressed air know no limit but what goes in
    if !burns {
        return;
    }
    let message =
        format!("{name} turns {} % of its fuel into electricity", shown(electricity * 100.0));
    if electricity > BEST_CYCLE {
        let hint = "no plant passes 75 %: the best gas plants reach 64 %";
        check.implausible(
            Diagnostic::error("efficiency-impossible", message, place, "").hint(hint),
        );
    } else if electricity > BEST_PLANT {
        let hint = "the best gas plants reach 64 %: check the source";
        check.implausible(
            Diagnostic::warning("efficiency-unusual", message, place, "").hint(hint),
        );
    }
}

fn heat_pump(
    check: &mut Check<'_, '_>,
    name: &str,
    place: kzleap_diagnostics::Span,
    total: f64,
    makes_heat: bool,
    electricity: f64,
) {
    if electricity > 1.0 + 1e-6 {
        let message = format!(
            "{name} gives {} units of electricity for each one it takes",
            shown(electricity)
        );
        let hint = "no process gives more energy than it takes";
        check.implausible(Diagnostic::error("more-out-than-in", message, place, "").hint(hint));
    } else if makes_heat && total > NO_HEAT_PUMP {
        let message =
            format!("{name} gives {} units of heat for each one of electricity", shown(total));
        let hint =
            "no heat pump makes more than 20: a ratio in percent, or turned upside down?";
        check.implausible(Diagnostic::error("more-out-than-in", message, place, "").hint(hint));
    } else if !makes_heat && total > 1.0 + 1e-6 {
        let message =
            format!("{name} gives {} units of energy for each one it takes", shown(total));
        let hint = "only heat and cold draw on their surroundings; a service that is not energy \
                    has a `unit` of its own: `unit = \"Gpkm\"`";
        check.implausible(Diagnostic::warning("above-one", message, place, "").hint(hint));
    } else if makes_heat && total > BEST_HEAT_PUMP {
        let message =
            format!("{name} gives {} units of heat for each one of electricity", shown(total));
        let hint = "heat pumps make 2 to 5 over a season";
        check.implausible(
            Diagnostic::warning("heat-pump-unusual", message, place, "").hint(hint),
        );
    }
}

fn place(
    check: &Check<'_, '_>,
    path: &str,
    process: &Process,
    mode: &Mode,
) -> kzleap_diagnostics::Span {
    if check.has(path, process::MODES) {
        return check.place(&format!("{path}.modes.{}", mode.name), process::INPUTS);
    }
    let field = if check.has(path, process::EFFICIENCY) {
        process::EFFICIENCY.key()
    } else {
        process::INPUTS.key()
    };
    check.value_place(path, field, process.region)
}
