//! Changes of a database, each from four bytes: cells set, rows added and taken out.

use kzleap_nemo::parameters::{OTHER_TABLES, P};

const VALUES: [&str; 16] = [
    "null", "0", "1", "-1", "0.5", "31.536", "1e300", "-1e300", "'here'", "'plant'", "'power'",
    "'2020'", "''", "x'00ff'", "'run'", "9e99",
];

/// One change in SQL: a table, a row, a column, and what is put there.
pub(crate) fn change(bytes: &[u8; 4]) -> String {
    let names: Vec<&str> = OTHER_TABLES
        .iter()
        .map(|(name, _)| *name)
        .chain(P::ALL.iter().map(|p| p.name()))
        .collect();
    let table = names[usize::from(bytes[0]) % names.len()];
    let columns: Vec<&str> = match OTHER_TABLES.iter().find(|(name, _)| *name == table) {
        Some((_, columns)) => columns.to_vec(),
        None => {
            let p = P::ALL.iter().find(|p| p.name() == table).expect("one of the two");
            p.columns().iter().map(|(column, _)| *column).chain([p.value_column()]).collect()
        }
    };
    let column = columns[usize::from(bytes[2]) % columns.len()];
    let value = VALUES[usize::from(bytes[3]) % VALUES.len()];
    let row = bytes[1] % 8 + 1;
    match bytes[1] / 64 {
        0 | 1 => format!("update \"{table}\" set \"{column}\" = {value} where rowid = {row};"),
        2 => {
            let list: Vec<String> = (columns.iter())
                .enumerate()
                .map(|(at, _)| {
                    VALUES[(usize::from(bytes[3]) + at * 3) % VALUES.len()].to_owned()
                })
                .collect();
            let names: Vec<String> = columns.iter().map(|c| format!("\"{c}\"")).collect();
            format!(
                "insert into \"{table}\" ({}) values ({});",
                names.join(","),
                list.join(",")
            )
        }
        _ => format!("delete from \"{table}\" where rowid = {row};"),
    }
}
