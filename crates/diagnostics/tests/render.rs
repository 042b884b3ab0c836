//! Findings as people and programs read them.

use kzleap_diagnostics::{
    Diagnostic, Diagnostics, Located, Severity, Sources, Span, json, render,
};

/// Where `part` is in the first file.
fn place(sources: &Sources, part: &str) -> Span {
    let file = sources.iter().next().expect("a file");
    let start = file.text.find(part).expect("the part is in the text");
    let offset = |n: usize| u32::try_from(n).expect("a short text");
    Span { file: file.id, start: offset(start), end: offset(start + part.len()) }
}

fn sources() -> Sources {
    let mut sources = Sources::default();
    sources.add("regions.toml", "# Аймақтар\n\"Солтүстік\" = 1, x = 2\n");
    sources
}

#[test]
fn a_finding_shows_its_places_and_what_to_do() {
    let sources = sources();
    let finding = Diagnostic::warning("odd", "this is odd", place(&sources, "x = 2"), "here")
        .also(place(&sources, "Аймақтар"), "and there")
        .also(place(&sources, "1"), "and there too")
        .hint("look twice");
    let text = render(&finding, &sources);
    for part in
        ["warning[odd]: this is odd", "regions.toml:2:18", "and there too", "help: look twice"]
    {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
}

#[test]
fn a_finding_about_the_whole_has_no_place() {
    let finding = Diagnostic::error_overall("empty", "there is nothing").hint("add something");
    let text = render(&finding, &Sources::default());
    assert!(text.starts_with("error[empty]: there is nothing"), "{text}");
    assert!(text.contains("add something"), "{text}");
}

#[test]
fn columns_count_letters() {
    let sources = sources();
    let finding = Diagnostic::error("odd", "odd", place(&sources, "x = 2"), "");
    let located = Located::new(&finding, &sources);
    let place = located.place.expect("it has a place");
    assert_eq!((place.start.line, place.start.column), (2, 18));
    assert_eq!((place.end.line, place.end.column), (2, 23));
}

#[test]
fn the_same_finding_is_kept_once() {
    let sources = sources();
    let mut found = Diagnostics::default();
    for _ in 0..3 {
        found.push(Diagnostic::error("odd", "odd", place(&sources, "x"), ""));
    }
    assert_eq!((found.len(), found.error_count(), found.warning_count()), (1, 1, 0));
}

#[test]
fn findings_are_ordered_by_place_and_those_without_one_come_last() {
    let sources = sources();
    let mut found = Diagnostics::default();
    found.push(Diagnostic::warning_overall("whole", "about everything"));
    found.push(Diagnostic::error("second", "later", place(&sources, "x"), ""));
    found.push(Diagnostic::warning("first", "earlier", place(&sources, "1"), ""));
    found.sort(&sources);
    let codes: Vec<_> = found.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["first", "second", "whole"]);
    let severities: Vec<_> = found.iter().map(|finding| finding.severity).collect();
    assert_eq!(severities, [Severity::Warning, Severity::Error, Severity::Warning]);
}

#[test]
fn json_leaves_out_what_is_not_there() {
    let mut found = Diagnostics::default();
    found.push(Diagnostic::error_overall("empty", "there is nothing"));
    let text = json(&found, &Sources::default());
    assert!(text.contains("\"severity\": \"error\""), "{text}");
    assert!(!text.contains("place") && !text.contains("hint"), "{text}");
}
