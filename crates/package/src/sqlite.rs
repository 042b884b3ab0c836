//! A SQLite database: a table for each table of results, and two that describe them.

use std::io::{self, Write};

use rusqlite::types::ToSqlOutput;
use rusqlite::{Connection, MAIN_DB, ToSql, params, params_from_iter};

use crate::run::Run;
use crate::table::{Cell, Kind, Table, together};

/// Writes a database with every table of every run.
///
/// `runs` has a row for each run, `columns` one for each column of each table, with its meaning.
///
/// # Errors
/// If `out` cannot be written.
pub fn write(runs: &[Run], out: &mut dyn Write) -> io::Result<()> {
    let bytes = database(runs).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

fn database(runs: &[Run]) -> rusqlite::Result<Vec<u8>> {
    let mut connection = Connection::open_in_memory()?;
    let transaction = connection.transaction()?;
    write_runs(&transaction, runs)?;
    let tables = together(runs);
    write_columns(&transaction, &tables)?;
    for table in &tables {
        write_table(&transaction, table)?;
    }
    transaction.commit()?;
    Ok(connection.serialize(MAIN_DB)?.to_vec())
}

fn write_runs(connection: &Connection, runs: &[Run]) -> rusqlite::Result<()> {
    connection.execute_batch(
        "CREATE TABLE runs (scenario TEXT PRIMARY KEY, scenario_label TEXT, model TEXT, label TEXT, \
         status TEXT, certified TEXT, objective REAL, system_cost REAL, currency TEXT, \
         base_year INTEGER, regions TEXT, slices INTEGER, lp_digest TEXT, kzleap TEXT)",
    )?;
    for run in runs {
        let summary = &run.summary;
        let slices = summary.resolution.slices.and_then(|slices| i64::try_from(slices).ok());
        connection.execute(
            "INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                summary.scenario,
                summary.scenario_label,
                summary.model,
                summary.label,
                summary.status,
                if summary.certificate.certified { "yes" } else { "no" },
                summary.objective,
                summary.system_cost,
                summary.currency,
                summary.base_year,
                summary.resolution.regions,
                slices,
                summary.lp_digest,
                summary.kzleap,
            ],
        )?;
    }
    Ok(())
}

fn write_columns(connection: &Connection, tables: &[Table]) -> rusqlite::Result<()> {
    connection.execute_batch(
        "CREATE TABLE columns (table_name TEXT, title TEXT, column_name TEXT, type TEXT, \
         meaning TEXT, PRIMARY KEY (table_name, column_name))",
    )?;
    let mut insert = connection.prepare("INSERT INTO columns VALUES (?, ?, ?, ?, ?)")?;
    for table in tables {
        for column in &table.columns {
            let kind = sql_type(column.kind);
            insert.execute(params![
                table.name,
                table.title,
                column.name,
                kind,
                column.meaning
            ])?;
        }
    }
    Ok(())
}

fn write_table(connection: &Connection, table: &Table) -> rusqlite::Result<()> {
    let columns: Vec<String> = (table.columns.iter())
        .map(|column| format!("{} {}", quoted(&column.name), sql_type(column.kind)))
        .collect();
    let name = quoted(&table.name);
    connection.execute_batch(&format!("CREATE TABLE {name} ({})", columns.join(", ")))?;
    let places = vec!["?"; columns.len()].join(", ");
    let mut insert = connection.prepare(&format!("INSERT INTO {name} VALUES ({places})"))?;
    for row in &table.rows {
        insert.execute(params_from_iter(row))?;
    }
    Ok(())
}

impl ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Self::Empty => Ok(ToSqlOutput::from(rusqlite::types::Null)),
            Self::Text(text) => text.to_sql(),
            Self::Year(year) => year.to_sql(),
            Self::Number(value) => value.to_sql(),
        }
    }
}

const fn sql_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "TEXT",
        Kind::Year => "INTEGER",
        Kind::Number => "REAL",
    }
}

/// A name as SQL takes any: some columns are called as its own words, such as `unique`.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
