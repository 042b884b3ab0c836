//! What the arguments ask for: descriptions of runs.

use kzleap_nemo::NemoOptions;
use kzleap_solver::Method;
use kzleap_study::{RunSpec, Ties};

use crate::args::{Dialect, Hours, Nemo, Osemosys, Resolution, Run, Solver, Solving, Source};

impl Source {
    /// The run of this model and scenario, as far as they say.
    pub(crate) fn spec(&self) -> RunSpec {
        RunSpec {
            model: self.model.clone(),
            scenario: named(self.scenario.as_deref()),
            resolution: self.resolution.wanted(),
            osemosys: self.osemosys.reading(),
            ..RunSpec::default()
        }
    }
}

impl Run {
    /// The run of one scenario that the command asks for, with all that it shows of it.
    pub(crate) fn spec(&self, scenario: &str) -> RunSpec {
        RunSpec {
            model: self.model.clone(),
            scenario: named(Some(scenario)),
            changes: Vec::new(),
            resolution: self.resolution.wanted(),
            osemosys: self.osemosys.reading(),
            nemo: self.nemo.options(),
            solving: self.solving.wanted(),
            ties: if self.tie_break { Ties::LeastActivity } else { Ties::AsFound },
            alternatives: true,
            check_hours: self.hours.years(),
            refine: self.hours.refine,
            below_caps: kzleap_study::BelowCaps::new(),
            settled: kzleap_study::Settled::default(),
            explain: true,
        }
    }
}

/// A scenario, unless it is the model without one.
fn named(scenario: Option<&str>) -> Option<String> {
    scenario.filter(|name| *name != "base").map(str::to_owned)
}

impl Hours {
    /// The years that are held against their hours, all if none is named; `None` without a check.
    fn years(&self) -> Option<Vec<i32>> {
        let asked = self.check_hours.clone().map(|years| years.0);
        asked.or_else(|| self.refine.then(Vec::new))
    }
}

impl Nemo {
    /// What they ask for.
    fn options(&self) -> NemoOptions {
        NemoOptions {
            calcyears: self.calcyears.clone().unwrap_or_default().0,
            vars: self.vars.clone(),
            continuous_transmission: self.continuous_transmission,
            report_zeros: self.report_zeros,
            correct: self.correct,
        }
    }
}

impl Solving {
    /// What they ask for.
    pub(crate) fn wanted(&self) -> kzleap_study::Solving {
        kzleap_study::Solving {
            method: match self.solver {
                Solver::Auto => Method::Auto,
                Solver::Simplex => Method::Simplex,
                Solver::Ipx => Method::Ipx,
                Solver::Hipo => Method::Hipo,
                Solver::Race => Method::Race,
            },
            threads: self.threads,
            time_limit_seconds: self.time_limit,
        }
    }
}

impl Osemosys {
    /// What they ask of the reader.
    pub(crate) fn reading(&self) -> kzleap_osemosys::Options {
        kzleap_osemosys::Options {
            dialect: self.dialect.map(|dialect| match dialect {
                Dialect::Mathprog => kzleap_osemosys::Dialect::MathProg,
                Dialect::Clews => kzleap_osemosys::Dialect::Clews,
            }),
            config: self.config.clone(),
            ignore: self.ignore.clone(),
        }
    }
}

impl Resolution {
    /// What they ask for.
    pub(crate) fn wanted(&self) -> kzleap_resolution::Resolution {
        kzleap_resolution::Resolution {
            regions: self.regions.clone(),
            slices: self.slices.map(|most| most as usize),
            periods: None,
        }
    }
}
