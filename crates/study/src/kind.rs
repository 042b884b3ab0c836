//! What kind of model a path names.

use std::fmt;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// How a file of SQLite begins.
const SQLITE: &[u8; 16] = b"SQLite format 3\0";

/// The kinds of models that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
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
    /// The kind of what is at `path`, as far as its name and its beginning say.
    pub fn of(path: &Path) -> Self {
        if is_database(path) {
            Self::Nemo
        } else if kzleap_osemosys::looks_like_osemosys(path) {
            Self::Osemosys
        } else {
            Self::Folder
        }
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
