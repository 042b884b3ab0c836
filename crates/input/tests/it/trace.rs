//! Where values stand.

use std::path::Path;

#[test]
fn seasons_are_traced_one_by_one() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = "format = 1\n[time]\nyears = [2025]\n[[time.seasons]]\nname = \"winter\"\n\
                days = 181\n[[time.seasons]]\nname = \"summer\"\ndays = 184\n";
    std::fs::write(folder.path().join("model.toml"), text).expect("a file");
    let trace = kzleap_input::trace(Path::new(folder.path()), None, "time.seasons");
    let values: Vec<(&str, &str)> =
        trace.values.iter().map(|v| (v.path.as_str(), v.value.as_str())).collect();
    assert_eq!(
        values,
        [
            ("time.seasons.1.name", "winter"),
            ("time.seasons.1.days", "181"),
            ("time.seasons.2.name", "summer"),
            ("time.seasons.2.days", "184"),
        ]
    );
}
