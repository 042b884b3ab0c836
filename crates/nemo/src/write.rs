//! Writes results into the scenario database, all or none of them.

use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use kzleap_diagnostics::Diagnostic;
use rusqlite::{Connection, params_from_iter, types::Value};

use crate::course::Outcome;
use crate::data::Data;
use crate::database::{explain, open_to_write};
use crate::options::NemoOptions;
use crate::results::{ResultTable, tables, variables};

/// Writes the variables that are asked for, in one transaction: until its end the file is as it
/// was. Tables of earlier runs are replaced, and those not asked for taken away, as NEMO does.
///
/// Returns what was asked for and is not known.
///
/// # Errors
/// A finding that says why the file cannot be written.
pub fn write_results(
    path: &Path,
    data: &Data,
    outcome: &Outcome,
    options: &NemoOptions,
) -> Result<Vec<String>, Box<Diagnostic>> {
    let (tables, unknown) = tables(data, outcome, options);
    let mut connection = open_to_write(path)?;
    write(&mut connection, &tables, &solved_at()).map_err(|error| {
        Box::new(explain(&error, &format!("`{}` cannot be written", path.display())))
    })?;
    Ok(unknown)
}

fn write(
    connection: &mut Connection,
    tables: &[ResultTable],
    solved: &str,
) -> rusqlite::Result<()> {
    let transaction =
        connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    for name in variables() {
        transaction.execute_batch(&format!("drop table if exists \"{name}\""))?;
    }
    for table in tables {
        let name = table.name;
        let columns: Vec<String> =
            table.columns.iter().map(|column| format!("\"{column}\" text")).collect();
        transaction.execute_batch(&format!(
            "create table \"{name}\" ({}, \"val\" real, \"solvedtm\" text)",
            columns.join(", ")
        ))?;
        let places = vec!["?"; table.columns.len() + 2].join(", ");
        let mut insert =
            transaction.prepare(&format!("insert into \"{name}\" values ({places})"))?;
        for (key, value) in &table.rows {
            let row = key.iter().cloned().map(Value::Text);
            let row = row.chain([Value::Real(*value), Value::Text(solved.to_owned())]);
            insert.execute(params_from_iter(row))?;
        }
    }
    transaction.commit()
}

/// The moment, as NEMO writes it, in universal time: `2030-01-31 12:00:00.000`.
fn solved_at() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
    let seconds = since.as_secs();
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    let (year, month, day) = civil(days);
    format!(
        "{year:04}-{month:02}-{day:02} {:02}:{:02}:{:02}.{:03}",
        second / 3600,
        second / 60 % 60,
        second % 60,
        since.subsec_millis()
    )
}

/// Year, month and day of a number of days since 1970, in the Gregorian calendar.
fn civil(mut days: u64) -> (u64, u64, u64) {
    let leap = |year: u64| {
        year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400)
    };
    let mut year = 1970;
    loop {
        let length = if leap(year) { 366 } else { 365 };
        if days < length {
            break;
        }
        days -= length;
        year += 1;
    }
    let mut month = 1;
    let february = if leap(year) { 29 } else { 28 };
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    (year, month, days + 1)
}

#[cfg(test)]
mod tests {
    use super::civil;

    #[test]
    fn days_become_dates() {
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(civil(11_016), (2000, 2, 29));
        assert_eq!(civil(20_453), (2025, 12, 31));
    }
}
