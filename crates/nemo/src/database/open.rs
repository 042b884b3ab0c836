//! Opens databases, and says in plain words why one cannot be opened.

use std::path::Path;
use std::time::Duration;

use kzleap_diagnostics::Diagnostic;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::Reader;
use crate::parameters::{OTHER_TABLES, P};

/// The version of the database schema that is read.
const VERSION: i64 = 12;

/// How long another program that is writing is waited for.
const PATIENCE: Duration = Duration::from_millis(500);

/// Opens a database for reading only.
pub(crate) fn open_to_read(path: &Path) -> Result<Connection, Box<Diagnostic>> {
    open(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
}

/// Opens a database for writing; it must be there already.
pub(crate) fn open_to_write(path: &Path) -> Result<Connection, Box<Diagnostic>> {
    open(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
}

fn open(path: &Path, mode: OpenFlags) -> Result<Connection, Box<Diagnostic>> {
    let shown = path.display();
    if !path.is_file() {
        return Err(Box::new(Diagnostic::error_overall(
            "no-database",
            format!("there is no file `{shown}`"),
        )));
    }
    let connection = Connection::open_with_flags(path, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX)
        .and_then(|connection| {
            connection.busy_timeout(PATIENCE)?;
            connection.query_row("select count(*) from sqlite_master", [], |_| Ok(()))?;
            Ok(connection)
        });
    connection
        .map_err(|error| Box::new(explain(&error, &format!("`{shown}` cannot be opened"))))
}

/// Whether results could be written into a database now.
///
/// # Errors
/// A finding that says why not: read-only, locked, not a database. The file is not changed.
pub fn check_writable(path: &Path) -> Result<(), Box<Diagnostic>> {
    let connection = open_to_write(path)?;
    let shown = path.display();
    connection
        .execute_batch("begin immediate; rollback;")
        .map_err(|error| Box::new(explain(&error, &format!("`{shown}` cannot be written"))))?;
    if connection.is_readonly(rusqlite::MAIN_DB).unwrap_or(false) {
        return Err(Box::new(
            Diagnostic::error_overall("read-only", format!("`{shown}` is read-only"))
                .hint("allow writing, or copy the file"),
        ));
    }
    Ok(())
}

/// What SQLite says, as a finding.
pub(crate) fn explain(error: &rusqlite::Error, what: &str) -> Diagnostic {
    let (code, why, hint) = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => (
            "locked",
            "another program has locked it".to_owned(),
            Some("close the file in LEAP or the database browser, and try again"),
        ),
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
            ("read-only", "it is read-only".to_owned(), Some("allow writing, or copy the file"))
        }
        Some(ErrorCode::NotADatabase) => (
            "not-a-database",
            "it is not an SQLite database".to_owned(),
            Some("a NEMO scenario is one `.sqlite` file; LEAP can be set to keep it"),
        ),
        Some(ErrorCode::DatabaseCorrupt) => {
            ("corrupt-database", "the database is damaged".to_owned(), None)
        }
        Some(ErrorCode::DiskFull) => ("disk-full", "the disk is full".to_owned(), None),
        _ => ("database", error.to_string(), None),
    };
    let diagnostic = Diagnostic::error_overall(code, format!("{what}: {why}"));
    match hint {
        Some(hint) => diagnostic.hint(hint),
        None => diagnostic,
    }
}

impl Reader {
    /// Whether the table that says the version of the schema is there, with its column.
    fn has_version(&self) -> bool {
        let columns =
            "select count(*) from pragma_table_info('Version') where name = 'version'";
        let count = self.connection.query_row(columns, [], |row| row.get::<_, i64>(0));
        count.is_ok_and(|count| count > 0)
    }

    /// Whether every table and column is there, in a version that is known.
    pub(super) fn has_schema(&mut self) -> bool {
        let version =
            self.connection.query_row("select max(version) from Version", [], |row| {
                row.get::<_, Option<i64>>(0)
            });
        match version {
            Ok(Some(VERSION)) => {}
            Ok(Some(found)) if found < VERSION => {
                self.error_with_hint(
                    "old-schema",
                    format!("the database has schema version {found}, {VERSION} is read"),
                    "open it once with NEMO 2.6, or export it again from LEAP: both bring it up to date",
                );
                return false;
            }
            Ok(Some(found)) => {
                self.error_with_hint(
                    "new-schema",
                    format!("the database has schema version {found}, {VERSION} is read"),
                    "use a newer version of this program",
                );
                return false;
            }
            Ok(None) => {
                self.error("old-schema", "table `Version` is empty".to_owned());
                return false;
            }
            Err(error) => {
                let missing = !self.has_version();
                if missing && self.is_of_spine() {
                    self.error_with_hint(
                        "not-nemo",
                        "this is a database of Spine, not a NEMO scenario database".to_owned(),
                        "write its tables as CSV with the exporter of Spine Toolbox, as an otoole \
                         folder (TECHNOLOGY.csv, REGION.csv, YEAR.csv, …), and give that",
                    );
                } else if missing {
                    self.error_with_hint(
                        "not-nemo",
                        "there is no table `Version`: this is not a NEMO scenario database"
                            .to_owned(),
                        "LEAP writes one for each scenario that it optimises with NEMO",
                    );
                } else {
                    self.diagnostics.push(explain(&error, "`Version` cannot be read"));
                }
                return false;
            }
        }
        let parameters = P::ALL.iter().map(|p| {
            let columns: Vec<&str> = p
                .columns()
                .iter()
                .map(|(column, _)| *column)
                .chain([p.value_column()])
                .collect();
            (p.name(), columns)
        });
        let others = OTHER_TABLES.iter().map(|(table, columns)| (*table, columns.to_vec()));
        for (table, columns) in others.chain(parameters) {
            self.check_table(table, &columns);
        }
        !self.diagnostics.has_errors()
    }

    /// Whether it has the tables of Spine (of either generation).
    fn is_of_spine(&self) -> bool {
        let tables = "select count(*) from sqlite_master where name in \
                      ('entity', 'parameter_definition', 'parameter_value', 'alternative')";
        let count = self.connection.query_row(tables, [], |row| row.get::<_, i64>(0));
        count.is_ok_and(|count| count == 4)
    }

    fn check_table(&mut self, table: &str, columns: &[&str]) {
        let found: rusqlite::Result<Vec<String>> =
            self.connection.prepare("select name from pragma_table_info(?1)").and_then(
                |mut statement| statement.query_map([table], |row| row.get(0))?.collect(),
            );
        let found = match found {
            Ok(found) => found,
            Err(error) => {
                self.diagnostics.push(explain(&error, &format!("`{table}` cannot be read")));
                return;
            }
        };
        if found.is_empty() {
            self.error_with_hint(
                "missing-table",
                format!("there is no table `{table}`"),
                "a scenario database of this version has all tables, even empty ones",
            );
            return;
        }
        for column in columns {
            if !found.iter().any(|name| name.eq_ignore_ascii_case(column)) {
                self.error(
                    "missing-column",
                    format!("table `{table}` has no column `{column}`"),
                );
            }
        }
    }
}
