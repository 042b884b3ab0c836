//! All points of a sweep as tables.

use serde_json::Value;

/// CSV with a row for each point, in their order: the values of the parameters, named by their
/// paths, then what came out.
///
/// # Errors
/// When a cell cannot be written.
pub(super) fn table(paths: &[&str], points: &[Value]) -> anyhow::Result<String> {
    let mut columns =
        ["status", "objective", "system_cost", "transfers"].map(str::to_owned).to_vec();
    for point in points {
        for group in ["emissions", "emission_prices"] {
            for (name, by_year) in point[group].as_object().into_iter().flatten() {
                for (year, _) in by_year.as_object().into_iter().flatten() {
                    let column = format!("{group}.{name}.{year}");
                    if !columns.contains(&column) {
                        columns.push(column);
                    }
                }
            }
        }
    }
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(paths.iter().copied().chain(columns.iter().map(String::as_str)))?;
    for point in points {
        let cells = columns.iter().map(|column| cell(point, column));
        out.write_record(values(point).into_iter().chain(cells))?;
    }
    Ok(String::from_utf8(out.into_inner()?)?)
}

/// A table of results of all points that have a plan, each row with the values of the parameters
/// before it.
///
/// # Errors
/// When a cell cannot be read or written.
pub(super) fn kept(paths: &[&str], name: &str, points: &[Value]) -> anyhow::Result<String> {
    let mut out = csv::Writer::from_writer(Vec::new());
    let mut has_header = false;
    for point in points {
        let Some(text) = point["tables"][name].as_str() else { continue };
        let mut rows = csv::Reader::from_reader(text.as_bytes());
        if !has_header {
            out.write_record(paths.iter().copied().chain(rows.headers()?))?;
            has_header = true;
        }
        let values = values(point);
        for row in rows.records() {
            let row = row?;
            out.write_record(values.iter().map(String::as_str).chain(&row))?;
        }
    }
    Ok(String::from_utf8(out.into_inner()?)?)
}

fn values(point: &Value) -> Vec<String> {
    point["values"].as_array().into_iter().flatten().map(ToString::to_string).collect()
}

fn cell(point: &Value, column: &str) -> String {
    let parts: Vec<&str> = column.splitn(2, '.').collect();
    let value = match parts[..] {
        [group, rest] => {
            rest.rsplit_once('.').map_or(&Value::Null, |(name, year)| &point[group][name][year])
        }
        _ => &point[column],
    };
    match value {
        Value::Null => String::new(),
        Value::String(word) => word.clone(),
        other => other.to_string(),
    }
}
