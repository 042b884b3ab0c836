//! The folder of a run, read back.

use std::fs;
use std::path::{Path, PathBuf};

use kzleap_output::{Holds, Manifest};
use kzleap_report::{DATA_PACKAGE, SUMMARY, Summary};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::table::{Cell, Column, Kind, Table};

/// A run, as its folder has it.
#[derive(Debug)]
pub struct Run {
    /// Its folder, as it was named.
    pub folder: PathBuf,
    /// Its figures.
    pub summary: Summary,
    /// Its tables, in the order of reports.
    pub tables: Vec<Table>,
}

/// Why runs cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// It is no folder of a run.
    #[error("{} is no folder of results of `kzleap run`", .0.display())]
    NoRun(PathBuf),
    /// It was written by a version that did not describe its tables.
    #[error("{} has no {DATA_PACKAGE}: an earlier version wrote it; run the model again", .0.display())]
    NotDescribed(PathBuf),
    /// A file cannot be read, or does not hold what it should.
    #[error("cannot read {}: {reason}", .file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// Why not.
        reason: String,
    },
    /// Two runs would have the same rows.
    #[error(
        "{} and {} are both of scenario {scenario}: nothing would distinguish their rows; write each into a file of its own",
        .folders[0].display(), .folders[1].display()
    )]
    SameScenario {
        /// The scenario.
        scenario: String,
        /// The two folders.
        folders: [PathBuf; 2],
    },
}

#[derive(Deserialize)]
struct Descriptor {
    resources: Vec<Resource>,
}

#[derive(Deserialize)]
struct Resource {
    name: String,
    title: String,
    path: String,
    schema: Schema,
}

#[derive(Deserialize)]
struct Schema {
    fields: Vec<Field>,
}

#[derive(Deserialize)]
struct Field {
    name: String,
    r#type: String,
    description: String,
}

/// Reads runs, each of another scenario.
///
/// # Errors
/// If one is no run, cannot be read, or is of the same scenario as another.
pub fn read(folders: &[PathBuf]) -> Result<Vec<Run>, RunError> {
    let mut runs: Vec<Run> = Vec::new();
    for folder in folders {
        let run = read_one(folder)?;
        let scenario = &run.summary.scenario;
        if let Some(other) = runs.iter().find(|other| other.summary.scenario == *scenario) {
            return Err(RunError::SameScenario {
                scenario: scenario.clone(),
                folders: [other.folder.clone(), run.folder],
            });
        }
        runs.push(run);
    }
    Ok(runs)
}

fn read_one(folder: &Path) -> Result<Run, RunError> {
    if Manifest::read(folder).is_none_or(|manifest| manifest.holds != Holds::Run) {
        return Err(RunError::NoRun(folder.to_owned()));
    }
    let described = folder.join(DATA_PACKAGE);
    if !described.is_file() {
        return Err(RunError::NotDescribed(folder.to_owned()));
    }
    let descriptor: Descriptor = json(&described)?;
    let tables = descriptor.resources.into_iter().map(|resource| table(folder, resource));
    Ok(Run {
        folder: folder.to_owned(),
        summary: json(&folder.join(SUMMARY))?,
        tables: tables.collect::<Result<_, _>>()?,
    })
}

fn json<T: DeserializeOwned>(file: &Path) -> Result<T, RunError> {
    let text = fs::read_to_string(file).map_err(|error| unreadable(file, &error))?;
    serde_json::from_str(&text).map_err(|error| unreadable(file, &error))
}

fn unreadable(file: &Path, reason: &impl ToString) -> RunError {
    RunError::Unreadable { file: file.to_owned(), reason: reason.to_string() }
}

fn table(folder: &Path, resource: Resource) -> Result<Table, RunError> {
    let file = folder.join(&resource.path);
    let columns: Vec<Column> = resource.schema.fields.into_iter().map(column).collect();
    let mut reader =
        csv::Reader::from_path(&file).map_err(|error| unreadable(&file, &error))?;
    let header = reader.headers().map_err(|error| unreadable(&file, &error))?;
    if !header.iter().eq(columns.iter().map(|column| column.name.as_str())) {
        return Err(unreadable(&file, &format!("its columns are not those of {DATA_PACKAGE}")));
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| unreadable(&file, &error))?;
        let cells = record.iter().zip(&columns).map(|(text, column)| column.kind.cell(text));
        let cells: Option<Vec<Cell>> = cells.collect();
        rows.push(cells.ok_or_else(|| {
            let line = record.position().map_or(0, csv::Position::line);
            unreadable(&file, &format!("line {line} has a text where a number belongs"))
        })?);
    }
    Ok(Table { name: resource.name, title: resource.title, columns, rows })
}

fn column(field: Field) -> Column {
    let kind = match field.r#type.as_str() {
        "year" => Kind::Year,
        "number" => Kind::Number,
        _ => Kind::Text,
    };
    Column { name: field.name, kind, meaning: field.description }
}
