//! Checks across tables: what NEMO refuses too, and what would make no sense.

use kzleap_diagnostics::{Diagnostic, Diagnostics};

use crate::data::Data;
use crate::parameters::{Dimension, P};

/// Adds what is wrong with a scenario whose tables can be read.
pub(super) fn check(data: &Data, diagnostics: &mut Diagnostics) {
    let mut checks = Checks { data, diagnostics };
    checks.finance();
    checks.lives();
    checks.fuels_by_slice();
    checks.subsidies();
    checks.time();
    checks.lines();
    checks.limits();
    checks.outside();
}

/// Most and least of the same.
const PAIRS: [(P, P); 14] = [
    (P::TotalAnnualMaxCapacity, P::TotalAnnualMinCapacity),
    (P::TotalAnnualMaxCapacityRG, P::TotalAnnualMinCapacityRG),
    (P::TotalAnnualMaxCapacityTG, P::TotalAnnualMinCapacityTG),
    (P::TotalAnnualMaxCapacityStorage, P::TotalAnnualMinCapacityStorage),
    (P::TotalAnnualMaxCapacityInvestment, P::TotalAnnualMinCapacityInvestment),
    (P::TotalAnnualMaxCapacityInvestmentRG, P::TotalAnnualMinCapacityInvestmentRG),
    (P::TotalAnnualMaxCapacityInvestmentTG, P::TotalAnnualMinCapacityInvestmentTG),
    (P::TotalAnnualMaxCapacityInvestmentStorage, P::TotalAnnualMinCapacityInvestmentStorage),
    (P::TransmissionAnnualMaxCapacityInvestment, P::TransmissionAnnualMinCapacityInvestment),
    (P::MaxAnnualTransmissionNodes, P::MinAnnualTransmissionNodes),
    (P::MaxShareProduction, P::MinShareProduction),
    (P::TotalTechnologyAnnualActivityUpperLimit, P::TotalTechnologyAnnualActivityLowerLimit),
    (
        P::TotalTechnologyModelPeriodActivityUpperLimit,
        P::TotalTechnologyModelPeriodActivityLowerLimit,
    ),
    (P::TotalAnnualMaxCapacity, P::ResidualCapacity),
];

struct Checks<'a> {
    data: &'a Data,
    diagnostics: &'a mut Diagnostics,
}

impl Checks<'_> {
    fn error(&mut self, code: &'static str, message: String, hint: &str) {
        self.diagnostics.push(Diagnostic::error_overall(code, message).hint(hint));
    }

    fn warn(&mut self, code: &'static str, message: String, hint: &str) {
        self.diagnostics.push(Diagnostic::warning_overall(code, message).hint(hint));
    }

    fn finance(&mut self) {
        let data = self.data;
        for r in 0..data.count(Dimension::Region) {
            let region = data.name(Dimension::Region, r);
            match data.get(P::DiscountRate, &[r]) {
                Some(rate) if rate > -1.0 => {}
                Some(rate) => {
                    let message = format!("`DiscountRate` of region `{region}` is {rate}");
                    self.error("bad-rate", message, "a rate is a ratio a year, above -1");
                }
                None => self.error(
                    "no-discount-rate",
                    format!("region `{region}` has no discount rate"),
                    "add a row to `DiscountRate`, or a default to `DefaultParams`",
                ),
            }
            match data.get(P::DepreciationMethod, &[r]) {
                Some(1.0 | 2.0) => {}
                Some(method) => self.error(
                    "bad-depreciation",
                    format!("`DepreciationMethod` of region `{region}` is {method}"),
                    "1 is a sinking fund, 2 a straight line",
                ),
                None => self.warn(
                    "no-depreciation",
                    format!("region `{region}` has no depreciation method; 1 is taken"),
                    "add a row to `DepreciationMethod`",
                ),
            }
        }
    }

    fn lives(&mut self) {
        let data = self.data;
        for p in [P::OperationalLife, P::OperationalLifeStorage] {
            let default = data.table(p).default.into_iter().map(|value| (None, value));
            let rows = data.table(p).rows().map(|(key, value)| (Some(key), value));
            let wrong: Vec<_> = default
                .chain(rows)
                .filter(|(_, life)| *life < 1.0 || life.fract() != 0.0 || *life > 1e4)
                .collect();
            for (key, life) in wrong {
                let whose =
                    key.map_or_else(|| "the default".to_owned(), |key| self.key_text(p, &key));
                let message = format!("`{}` ({whose}) is {life}", p.name());
                self.error("bad-life", message, "a life is a whole number of years, 1 or more");
            }
        }
    }

    fn key_text(&self, p: P, key: &[usize]) -> String {
        let parts: Vec<&str> = p
            .columns()
            .iter()
            .zip(key)
            .map(|((_, dimension), at)| self.data.name(*dimension, *at))
            .collect();
        parts.join(", ")
    }

    /// Fuels that must be balanced in every slice.
    fn fuels_by_slice(&mut self) {
        let data = self.data;
        let mut wrong: Vec<(usize, &str)> = Vec::new();
        for (key, kind) in data.table(P::TransmissionModelingEnabled).rows() {
            if ![1.0, 2.0, 3.0].contains(&kind) {
                let message = format!(
                    "`TransmissionModelingEnabled` of {} has type {kind}",
                    self.key_text(P::TransmissionModelingEnabled, &key)
                );
                self.error("bad-type", message, "types are 1, 2 and 3");
            }
            wrong.push((key[1], "transmission is modelled"));
        }
        for (key, margin) in data.table(P::ReserveMargin).rows() {
            if margin > 1.0 {
                wrong.push((key[1], "it has a reserve margin"));
            }
        }
        for (flags, ratios) in [
            (P::TechnologyToStorage, P::InputActivityRatio),
            (P::TechnologyFromStorage, P::OutputActivityRatio),
        ] {
            for (key, flag) in data.table(flags).rows() {
                if flag != 1.0 {
                    continue;
                }
                for (ratio, value) in data.table(ratios).rows_under(&key[..2]) {
                    if ratio[3] == key[3] && value != 0.0 {
                        wrong.push((ratio[2], "it goes in or out of a storage"));
                    }
                }
            }
        }
        wrong.retain(|(fuel, _)| !data.timesliced[*fuel]);
        for (fuel, why) in wrong {
            let name = data.name(Dimension::Fuel, fuel);
            let message = format!("fuel `{name}` is not time-sliced, but {why}");
            self.error("not-time-sliced", message, "set `timesliced` to 1 in `FUEL`");
        }
    }

    fn subsidies(&mut self) {
        let data = self.data;
        let mut wrong = Vec::new();
        for (key, subsidy) in data.table(P::TechnologySubsidy).rows() {
            let cost = data.or_zero(P::CapitalCost, &key);
            if subsidy > 0.0 && subsidy >= cost {
                wrong.push((key, subsidy, cost));
            }
        }
        for (key, subsidy, cost) in wrong {
            let whose = self.key_text(P::TechnologySubsidy, &key);
            let message =
                format!("`TechnologySubsidy` of {whose} is {subsidy}, its capital cost {cost}");
            self.error("subsidy-above-cost", message, "a subsidy stays below the capital cost");
        }
    }

    fn time(&mut self) {
        let data = self.data;
        for y in 0..data.years.len() {
            let sum: f64 = (0..data.count(Dimension::Slice))
                .map(|l| data.or_zero(P::YearSplit, &[l, y]))
                .sum();
            if (sum - 1.0).abs() > 1e-3 {
                let year = data.years[y];
                self.warn(
                    "year-split",
                    format!("`YearSplit` of {year} adds up to {sum}, not to 1"),
                    "the shares of the slices of a year are the whole year",
                );
            }
        }
    }

    /// Limits that no plan keeps; a warning, as the year may not be calculated.
    fn limits(&mut self) {
        let data = self.data;
        for (upper, lower) in PAIRS {
            let rows: Vec<_> = data.table(lower).rows().collect();
            for (key, least) in rows {
                let Some(most) = data.get(upper, &key) else { continue };
                if least > most + 1e-6 * (1.0 + most.abs()) {
                    let message = format!(
                        "`{}` of {} is {most}, below `{}` of {least}",
                        upper.name(),
                        self.key_text(upper, &key),
                        lower.name()
                    );
                    self.warn(
                        "contradictory-limits",
                        message,
                        "raise the one or lower the other",
                    );
                }
            }
        }
    }

    /// Emissions from outside that alone exceed a limit which nothing can offset.
    fn outside(&mut self) {
        let data = self.data;
        for (limit, outside) in [
            (P::AnnualEmissionLimit, P::AnnualExogenousEmission),
            (P::ModelPeriodEmissionLimit, P::ModelPeriodExogenousEmission),
        ] {
            let rows: Vec<_> = data.table(limit).rows().collect();
            for (key, most) in rows {
                let emitted = data.or_zero(outside, &key);
                let mut ratios = data.table(P::EmissionActivityRatio).rows();
                let offset = ratios.any(|(at, ratio)| at[2] == key[1] && ratio < 0.0);
                if !offset && emitted > most + 1e-6 * (1.0 + most.abs()) {
                    let message = format!(
                        "`{}` of {} is {most}, below `{}` of {emitted}",
                        limit.name(),
                        self.key_text(limit, &key),
                        outside.name()
                    );
                    let hint = "raise the limit, or lower the emissions from outside";
                    self.warn("contradictory-limits", message, hint);
                }
            }
        }
    }

    fn lines(&mut self) {
        let data = self.data;
        for (at, line) in data.lines.iter().enumerate() {
            let name = data.name(Dimension::Line, at);
            if line.max_flow.is_none_or(|most| most < 0.0) {
                let message = format!("line `{name}` has no valid `maxflow`");
                self.error("bad-line", message, "it is the most the line carries, MW");
            }
            let angles = (0..data.years.len()).any(|y| {
                let r = data.node_region[line.from];
                matches!(data.transmission_type(r, line.fuel, y), Some(1 | 2))
            });
            if angles && line.reactance.is_none_or(|reactance| reactance <= 0.0) {
                let message = format!("line `{name}` has no valid `reactance`");
                self.error("bad-line", message, "power flow needs one above zero");
            }
        }
    }
}
