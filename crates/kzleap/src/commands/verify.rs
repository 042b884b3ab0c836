//! `kzleap verify`: a second opinion from an independent solver.

use anyhow::{Context, bail};
use kzleap_model::Model;
use kzleap_report::{SUMMARY, Summary, tables};
use kzleap_study::{
    Against, Event, Events, Judgement, Kind, NotVerified, RunSpec, Verified, Written,
    verify as hold, verify_written,
};

use crate::args::{Resolution, Typed, Verify};
use crate::exit::{Code, WrongArguments};
use crate::output::print;
use crate::progress::{Progress, stop_flag};

use super::earlier::Earlier;
use super::kind::{of_one, of_source};
use super::read::read;

/// Solves with HiGHS and with Clarabel, and compares the objectives; or compares those of a run.
pub(crate) fn verify(args: &Verify, typed: &Typed<'_>) -> anyhow::Result<Code> {
    let source = &args.source;
    let earlier = Earlier::find(&source.model)?;
    if earlier.is_some() {
        let scenario = source.scenario.as_ref().map(|_| "--scenario".to_owned());
        let given = scenario.into_iter().chain(typed.among::<Resolution>()).next();
        if let Some(option) = given {
            let why = format!("`{option}` is for models: a run has the one it was made with");
            return Err(WrongArguments(why).into());
        }
    } else {
        let kinds = [Kind::Folder, Kind::Osemosys, Kind::Nemo];
        of_source(source, typed, "verify", &kinds)?;
    }
    let progress = Progress::new(false, args.solving.log);
    let watch = |event: Event<'_>| progress.event(event);
    let events = Events { stop: Some(stop_flag()), watch: Some(&watch) };
    let (verified, text): (_, fn(&Verified) -> String) = match earlier {
        Some(earlier) => {
            let Some(read) = earlier.read()? else { return Ok(Code::BadInput) };
            let Some(model) = read.model else { return Ok(Code::BadInput) };
            let written = written(&earlier, &model)?;
            (verify_written(&model, &earlier.spec, &written, &events), of_run)
        }
        None => {
            let one = of_one(source.spec(), "verify")?;
            let spec = RunSpec { solving: args.solving.wanted(), ..one };
            let Some(model) = read(&spec, true).model else { return Ok(Code::BadInput) };
            (hold(&model, &spec, &events), of_model)
        }
    };
    progress.done();
    match verified {
        Ok(verified) => {
            print(&text(&verified))?;
            Ok(match verified.judgement() {
                _ if !verified.certified => Code::NotCertified,
                Judgement::Agreed => Code::Done,
                Judgement::NotJudged => Code::Stopped,
                Judgement::Different => Code::NotCertified,
            })
        }
        Err(NotVerified::NoPlan(error)) => Err(error.into()),
        Err(NotVerified::NoOpinion(error)) => {
            print(&format!("{}\n", NotVerified::NoOpinion(error.clone())))?;
            Ok(Code::of_solve(&error))
        }
    }
}

fn of_model(verified: &Verified) -> String {
    let mut text = String::new();
    if let Some(gap) = verified.integer_gap {
        text.push_str(&format!(
            "whole units are held as HiGHS found them, to a gap of {gap:.0e}: that no other \
             number of units is cheaper is its word\n"
        ));
    }
    text.push_str(&format!("HiGHS     {}\n", verified.cost));
    for one in &verified.comparisons {
        let (cost, difference) = (one.cost, one.difference);
        text.push_str(&format!("Clarabel  {cost}\nrelative difference {difference:.1e}\n"));
    }
    let uncertified =
        if verified.certified { "" } else { ", but the plan of HiGHS is NOT CERTIFIED" };
    text + verdict(verified) + uncertified + "\n"
}

fn of_run(verified: &Verified) -> String {
    let mut text = format!("{:<36}{}\n", "the run", verified.cost);
    for one in &verified.comparisons {
        let name = match one.of {
            Against::LeastCost => "the least cost",
            Against::WithCapacities => "the least cost with its capacities",
            Against::SumOfCosts => "the sum of its costs",
        };
        let (cost, difference) = (one.cost, one.difference);
        text.push_str(&format!("{name:<36}{cost}  relative difference {difference:.1e}\n"));
    }
    text + verdict(verified) + "\n"
}

fn verdict(verified: &Verified) -> &'static str {
    match verified.judgement() {
        Judgement::Agreed => "agreed",
        Judgement::NotJudged => {
            "not judged: the cost is next to nothing beside the largest numbers of the model, and \
             Clarabel cannot tell it so exactly; look for a capacity or a limit that is far too large"
        }
        Judgement::Different => "NOT AGREED",
    }
}

/// What the files of a run say of its plan.
fn written(earlier: &Earlier, model: &Model) -> anyhow::Result<Written> {
    const CAPACITY: &str = "tables/capacity.csv";
    const COSTS: &str = "tables/costs.csv";
    let folder = earlier.folder.display();
    let summary = Summary::from_json(&earlier.text(SUMMARY)?)
        .with_context(|| format!("{SUMMARY} in `{folder}`"))?;
    let capacity = match tables::capacity::read(&earlier.text(CAPACITY)?, model) {
        Ok(written) => written.rows().into_iter().map(|row| row.to_vec()).collect(),
        Err(why) => bail!("{CAPACITY} in `{folder}`: {why}"),
    };
    let sum_of_costs = match tables::costs::sum(&earlier.text(COSTS)?) {
        Ok(sum) => sum,
        Err(why) => bail!("{COSTS} in `{folder}`: {why}"),
    };
    Ok(Written { objective: summary.objective, sum_of_costs, capacity })
}
