//! JSON schemas of the files of a model.

/// Schemas by file name.
pub fn schemas() -> Vec<(String, serde_json::Value)> {
    Vec::new()
}
