//! All points of a sweep as one table.

use serde_json::Value;

/// CSV with a row for each point, in their order.
pub(super) fn table(points: &[Value]) -> String {
    let mut columns =
        ["value", "status", "objective", "system_cost"].map(str::to_owned).to_vec();
    let by_kind = |point: &Value| point["transfers"].as_object().cloned().unwrap_or_default();
    for kind in points.iter().flat_map(by_kind).map(|(kind, _)| format!("transfers.{kind}")) {
        if !columns.contains(&kind) {
            columns.push(kind);
        }
    }
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
        [group, rest] => match rest.rsplit_once('.') {
            Some((name, year)) => &point[group][name][year],
            None => &point[group][rest],
        },
        _ => &point[column],
    };
    match value {
        Value::Null => String::new(),
        Value::String(word) => word.clone(),
        other => other.to_string(),
    }
}
