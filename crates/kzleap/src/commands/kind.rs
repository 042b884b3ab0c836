//! Which kinds of models a command takes, and which options are for which kind.

use std::path::Path;

use kzleap_study::{Given, Kind, RunSpec};

use crate::args::{Osemosys, Resolution, Source, Typed};
use crate::exit::WrongArguments;

/// Refuses options, given for the kind they belong to, that are for another kind of model.
pub(crate) fn accept(
    kind: Kind,
    path: &Path,
    given: &[(Kind, Vec<String>)],
) -> anyhow::Result<()> {
    if !path.exists() {
        return Ok(()); // which is worse
    }
    for (of, options) in given.iter().filter(|(of, _)| *of != kind) {
        if let Some(option) = options.first() {
            let path = path.display();
            let why = format!("`{option}` is for {of}; `{path}` is none of them");
            return Err(WrongArguments(why).into());
        }
    }
    Ok(())
}

/// The kind of what is at `path`, for a command that takes only some kinds.
pub(crate) fn one_of(path: &Path, command: &str, kinds: &[Kind]) -> anyhow::Result<Kind> {
    let kind = Kind::of(path);
    if !kinds.contains(&kind) {
        let taken: Vec<String> = kinds.iter().map(ToString::to_string).collect();
        return Err(WrongArguments(format!(
            "`kzleap {command}` is for {}; `{}` is one of the {kind}",
            taken.join(" and "),
            path.display(),
        ))
        .into());
    }
    Ok(kind)
}

/// The same for a command that takes options of kinds too.
pub(crate) fn of_source(
    source: &Source,
    typed: &Typed<'_>,
    command: &str,
    kinds: &[Kind],
) -> anyhow::Result<Kind> {
    let kind = one_of(&source.model, command, kinds)?;
    let given = [
        (Kind::Folder, typed.among::<Resolution>()),
        (Kind::Osemosys, typed.among::<Osemosys>()),
    ];
    accept(kind, &source.model, &given)?;
    Ok(kind)
}

/// The run of the one scenario that a name stands for, with `*` for any letters.
pub(crate) fn of_one(spec: RunSpec, command: &str) -> anyhow::Result<RunSpec> {
    let Some(asked) = spec.scenario.as_deref().filter(|name| name.contains('*')) else {
        return Ok(spec);
    };
    let names = Given::open(&spec).scenarios_named(asked).map_err(WrongArguments)?;
    match <[String; 1]>::try_from(names) {
        Ok([name]) => Ok(RunSpec { scenario: Some(name), ..spec }),
        Err(names) => Err(WrongArguments(format!(
            "`{asked}` stands for {}, and `kzleap {command}` takes one scenario",
            names.join(", ")
        ))
        .into()),
    }
}
