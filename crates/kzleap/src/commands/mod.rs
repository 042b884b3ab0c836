//! One file a command.

mod balance;
mod bench;
mod check;
mod dispatch;
mod earlier;
mod export;
mod foresight;
mod hours;
mod import;
mod infeasible;
mod info;
mod instruments;
mod kind;
mod lp;
mod mac;
mod migrate;
mod nemo;
mod osemosys;
mod otoole;
mod outdated;
mod ranges;
mod read;
mod reproduce;
mod run;
mod say;
mod schemas;
mod sensitivity;
mod study;
mod sweep;
mod trace;
mod verify;
mod why;
mod words;

use crate::args::{Args, Command, Typed};
use crate::exit::Code;

pub(crate) use balance::Between;
pub(crate) use hours::CheckedYears;
pub(crate) use nemo::CalcYears;
pub(crate) use ranges::budget;
pub(crate) use study::level;
pub(crate) use sweep::{moved_parameter, swept_parameter};

/// Does what the arguments say.
pub(crate) fn dispatch(args: Args, typed: &Typed<'_>) -> anyhow::Result<Code> {
    match args.command {
        Command::Run(args) => run::run(&args, typed),
        Command::Check(args) => check::check(&args, typed),
        Command::Lp(args) => lp::lp(&args, typed),
        Command::Sensitivity(args) => sensitivity::sensitivity(&args, typed),
        Command::Mac(args) => mac::mac(&args, typed),
        Command::CompareInstruments(args) => instruments::compare(&args, typed),
        Command::Foresight(args) => foresight::foresight(&args, typed),
        Command::Ranges(args) => ranges::ranges(&args, typed),
        Command::Why(args) => why::why(&args, typed),
        Command::Study(args) => study::study(&args),
        Command::Sweep(args) => sweep::sweep(&args, typed),
        Command::Verify(args) => verify::verify(&args, typed),
        Command::Dispatch(args) => dispatch::dispatch(&args),
        Command::Reproduce(args) => reproduce::reproduce(&args),
        Command::Import(args) => import::import(&args),
        Command::Export(args) => export::export(&args, typed),
        Command::Migrate(args) => migrate::migrate(&args),
        Command::Trace(args) => trace::trace(&args, typed),
        Command::Schemas(args) => schemas::schemas(&args),
        Command::Balance(args) => balance::balance(&args),
        Command::Bench(args) => bench::bench(&args),
    }
}
