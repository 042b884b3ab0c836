//! All points of a sweep as one table.

use serde_json::Value;

/// CSV with a row for each point, in their order.
pub(super) fn table(points: &[Value]) -> String {
    let always = ["value", "status", "objective", "system_cost", "transfers"];
    let mut columns = always.map(str::to_owned).to_vec();
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
    let mut text = columns.join(",") + "\n";
    for point in points {
        let cells: Vec<String> = columns.iter().map(|column| cell(point, column)).collect();
        text += &(cells.join(",") + "\n");
    }
    text
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
