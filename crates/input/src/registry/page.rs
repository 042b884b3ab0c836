//! The reference page of all fields.

/// The page, in Markdown.
pub fn fields_page() -> String {
    String::new()
}
