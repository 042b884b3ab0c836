//! `kzleap study`: a model solved many times, in one place or in many.
//!
//! A run is a file whose name says what it was solved from, written whole as soon as there is an
//! answer. So it does not matter who solves it, when, or how often: a study that was stopped goes
//! on, and pieces of it may run on any machines that see the same folder.

mod collect;
mod index;
mod kept;
mod open;
mod outcomes;
mod robust;
mod run_file;
mod slurm;
mod solve;
mod submit;
mod table;

use crate::args::{Study, StudyPlan};
use crate::exit::Code;
use crate::output::print;

pub(crate) use open::{Inputs, Opened, Said};
pub(crate) use robust::level;
pub(crate) use solve::{solve_all, solve_piece};

use super::read::several;

/// Does what the arguments say.
pub(crate) fn study(args: &Study) -> anyhow::Result<Code> {
    match args {
        Study::Plan(args) => plan(args),
        Study::Run(args) => match index::asked(args.index)? {
            Some(index) => {
                let Some(opened) = Opened::open(&args.of, open::Inputs::NotLookedAt)? else {
                    return Ok(Code::BadInput);
                };
                solve_piece(&opened, index, args.chunk as usize, args.jobs)
            }
            None => match Opened::open(&args.of, open::Inputs::LookedAt)? {
                Some(opened) => solve_all(&opened, args.jobs),
                None => Ok(Code::BadInput),
            },
        },
        Study::Robust(args) => match Opened::open(&args.of, open::Inputs::LookedAt)? {
            Some(opened) => robust::robust(&opened, args),
            None => Ok(Code::BadInput),
        },
        Study::Submit(args) => match Opened::open(&args.of, open::Inputs::LookedAt)? {
            Some(opened) => submit::submit(&opened, args),
            None => Ok(Code::BadInput),
        },
        Study::Collect(args) => match Opened::open(&args.of, open::Inputs::NotLookedAt)? {
            Some(opened) => collect::collect(&opened),
            None => Ok(Code::BadInput),
        },
    }
}

/// Writes the list of runs.
fn plan(args: &StudyPlan) -> anyhow::Result<Code> {
    let Some(opened) = Opened::open(&args.of, open::Inputs::LookedAt)? else {
        return Ok(Code::BadInput);
    };
    let folder = opened.folder()?;
    folder.write(open::PLAN, &table::plan(&opened.ensemble)?)?;
    if !opened.quiet {
        let runs = several(opened.ensemble.runs.len(), "run");
        print(&format!("{runs}: {}\n", opened.out.join(open::PLAN).display()))?;
    }
    Ok(Code::Done)
}
