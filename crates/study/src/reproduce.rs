//! A run repeated: whether its tables are the same, byte for byte.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// How the tables of a run compare with those of its repetition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reproduced {
    /// How many tables were compared.
    pub tables: usize,
    /// The names of those that differ.
    pub differ: Vec<String>,
}

/// A table that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("reading {}", path.display())]
pub struct Unreadable {
    /// Its file.
    pub path: PathBuf,
    /// Why.
    pub source: io::Error,
}

/// Compares the tables (CSV) among the files of a run with those of another folder.
///
/// # Errors
/// If a table is missing in either folder, or cannot be read.
pub fn compare_tables(
    files: &[String],
    folder: &Path,
    again: &Path,
) -> Result<Reproduced, Unreadable> {
    let is_table = |file: &&String| Path::new(file).extension().is_some_and(|end| end == "csv");
    let (mut tables, mut differ) = (0, Vec::new());
    for file in files.iter().filter(is_table) {
        let read = |folder: &Path| {
            let path = folder.join(file);
            fs::read(&path).map_err(|source| Unreadable { path, source })
        };
        tables += 1;
        if read(folder)? != read(again)? {
            differ.push(file.clone());
        }
    }
    Ok(Reproduced { tables, differ })
}

#[cfg(test)]
mod tests {
    use super::{Reproduced, compare_tables};

    /// One table is the same, one is not, and what is no table does not count.
    #[test]
    fn tables_are_compared_byte_by_byte() {
        let [one, other] = [(); 2].map(|()| tempfile::tempdir().expect("a folder"));
        for (folder, different) in [(&one, "1"), (&other, "1.0")] {
            for (name, text) in [("a.csv", "1"), ("b.csv", different), ("c.json", different)] {
                std::fs::write(folder.path().join(name), text).expect("a file");
            }
        }
        let mut files = ["a.csv", "b.csv", "c.json"].map(str::to_owned).to_vec();
        let found = compare_tables(&files, one.path(), other.path()).expect("all are there");
        assert_eq!(found, Reproduced { tables: 2, differ: vec!["b.csv".to_owned()] });
        files.push("d.csv".to_owned());
        let missing = compare_tables(&files, one.path(), other.path()).expect_err("one is not");
        assert!(missing.to_string().ends_with("d.csv"), "{missing}");
    }
}
