//! What kind of model a path names, and which options are for which kind.

use std::fmt;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use crate::args::Source;
use crate::exit::WrongArguments;

/// How a file of SQLite begins.
const SQLITE: &[u8; 16] = b"SQLite format 3\0";

/// The kinds of models that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A model folder of ours; also what is not there, or is no model at all.
    Folder,
    /// A MathProg data file or an otoole folder.
    Osemosys,
    /// A NEMO scenario database.
    Nemo,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Folder => "model folders",
            Self::Osemosys => "OSeMOSYS models",
            Self::Nemo => "NEMO databases",
        })
    }
}

impl Kind {
    /// The kind of what stands at `path`, as far as its name and its beginning tell.
    pub(crate) fn of(path: &Path) -> Self {
        if is_database(path) {
            Self::Nemo
        } else if kzleap_osemosys::looks_like_osemosys(path) {
            Self::Osemosys
        } else {
            Self::Folder
        }
    }

    /// Refuses options, given for the kind they belong to, that are for another kind of model.
    pub(crate) fn accept(
        self,
        path: &Path,
        given: &[(Self, Vec<&'static str>)],
    ) -> anyhow::Result<()> {
        if !path.exists() {
            return Ok(()); // which is worse
        }
        for (kind, options) in given.iter().filter(|(kind, _)| *kind != self) {
            if let Some(option) = options.first() {
                let path = path.display();
                let why = format!("`{option}` is for {kind}; `{path}` is none of them");
                return Err(WrongArguments(why).into());
            }
        }
        Ok(())
    }

    /// The kind of what stands at `path`, for a command that takes only some kinds.
    pub(crate) fn one_of(path: &Path, command: &str, kinds: &[Self]) -> anyhow::Result<Self> {
        let kind = Self::of(path);
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
        command: &str,
        kinds: &[Self],
    ) -> anyhow::Result<Self> {
        let kind = Self::one_of(&source.model, command, kinds)?;
        let given = [
            (Self::Folder, source.resolution.given()),
            (Self::Osemosys, source.osemosys.given()),
        ];
        kind.accept(&source.model, &given)?;
        Ok(kind)
    }
}

/// Whether a path is meant as a database, even one that cannot be read.
fn is_database(path: &Path) -> bool {
    let named = path.extension().is_some_and(|extension| {
        ["sqlite", "sqlite3", "db"].iter().any(|known| extension.eq_ignore_ascii_case(known))
    });
    let mut beginning = [0; SQLITE.len()];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut beginning));
    !path.is_dir() && (named || read.is_ok() && &beginning == SQLITE)
}
