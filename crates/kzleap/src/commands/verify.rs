//! `kzleap verify`: a second opinion from an independent solver.
//!
//! Clarabel knows no whole numbers: units are held where HiGHS put them.

use kzleap_formulation::formulate;
use kzleap_solver::{Control, second_opinion, solve};

use crate::args::Verify;
use crate::exit::Code;
use crate::output::print;
use crate::progress::{Progress, stop_flag};

use super::kind::Kind;
use super::read::{options, read};

/// Largest difference of the two objectives, relative, that counts as agreement.
const TOLERANCE: f64 = 1e-6;

/// Solves with HiGHS and with Clarabel, and compares the objectives.
pub(crate) fn verify(args: &Verify) -> anyhow::Result<Code> {
    let source = &args.source;
    let kinds = [Kind::Folder, Kind::Osemosys, Kind::Nemo];
    let kind = Kind::one_of(&source.model, "verify", &kinds, &source.osemosys)?;
    let Some(model) = read(source, kind, true).model else { return Ok(Code::BadInput) };
    let formulation = formulate(&model);
    let progress = Progress::new(false, args.solving.log);
    let control =
        Control { stop: Some(stop_flag()), log: Some(&|line: &str| progress.log(line)) };
    progress.say("solving with HiGHS");
    let optimum = solve(&formulation.lp, &options(&args.solving), control)?;
    progress.say("solving with Clarabel");
    let fixed = formulation.lp.with_integers_fixed(&optimum.columns);
    let (other, _) = second_opinion(&fixed)?;
    progress.done();
    let ours = optimum.certificate.objective;
    let difference = (ours - other).abs() / (1.0 + ours.abs());
    if let Some(gap) = optimum.integer_gap {
        print(&format!(
            "whole units are held as HiGHS found them, to a gap of {gap:.0e}: that no other \
             number of units is cheaper is its word\n"
        ))?;
    }
    let agree = difference <= TOLERANCE && optimum.certificate.certified;
    print(&format!(
        "HiGHS     {ours}\nClarabel  {other}\nrelative difference {difference:.1e}\n{}\n",
        if agree { "agreed" } else { "NOT AGREED" }
    ))?;
    Ok(if agree { Code::Done } else { Code::NotCertified })
}
