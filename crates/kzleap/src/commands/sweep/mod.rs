//! `kzleap sweep`: the study of a number, or several, moved from point to point.

mod parameter;

use kzleap_input::{Distribution, Does, Method, Sampling, Study, StudyInput};
use kzleap_study::{Kind, Parameter, RunSpec};

pub(crate) use parameter::{moved_parameter, swept_parameter};

use crate::args::{self, Typed};
use crate::exit::Code;

use super::kind::{of_one, of_source};
use super::study::{Inputs, Opened, Said, solve_all};

/// Solves every run of the grid that has no answer yet, then makes the tables of all.
pub(crate) fn sweep(args: &args::Sweep, typed: &Typed<'_>) -> anyhow::Result<Code> {
    let source = &args.source;
    of_source(source, typed, "sweep", &[Kind::Folder])?;
    let one = of_one(source.spec(), "sweep")?;
    let run = RunSpec { solving: args.solving.wanted(), ..one };
    let input = |parameter: &Parameter| StudyInput {
        name: parameter.path.clone(),
        paths: vec![parameter.path.clone()],
        does: if parameter.multiplies { Does::Multiply } else { Does::Set },
        unit: args.unit.clone().filter(|_| !parameter.multiplies),
        distribution: Distribution::Values(parameter.values.clone()),
        place: None,
    };
    let study = Study {
        model: run.model.clone(),
        scenarios: vec![run.scenario_name().to_owned()],
        regions: run.resolution.regions.clone(),
        slices: run.resolution.slices,
        sampling: Sampling { method: Method::Grid, size: 0, levels: 0, seed: 0 },
        inputs: args.params.iter().map(input).collect(),
        correlations: Vec::new(),
    };
    let said = Said {
        sources: &Default::default(),
        tables: &args.tables,
        out: args.out.clone(),
        quiet: args.quiet,
        inputs: Inputs::LookedAt,
    };
    match Opened::of(&study, run, said)? {
        Some(opened) => solve_all(&opened, args.jobs),
        None => Ok(Code::BadInput),
    }
}
