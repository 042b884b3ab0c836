//! The book and the pages beside it: what they include and lead to is there.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use kzleap_tests::repository;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Every page that a reader opens: those of the book, then those beside the code.
fn pages() -> Vec<PathBuf> {
    let root = repository();
    let mut pages: Vec<PathBuf> = vec![
        root.join("README.md"),
        root.join("CONTRIBUTING.md"),
        root.join("CHANGELOG.md"),
        root.join("models/kazakhstan/README.md"),
    ];
    for folder in ["docs/src", "docs/src/formulation"] {
        let found = fs::read_dir(root.join(folder)).expect("a folder of pages");
        pages.extend(
            found.map(|entry| entry.expect("an entry").path()).filter(|path| is_page(path)),
        );
    }
    pages
}

fn is_page(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "md")
}

/// The text of a page with what it includes, as mdBook does it.
fn text(page: &Path) -> String {
    let text = fs::read_to_string(page).unwrap_or_else(|e| panic!("{}: {e}", page.display()));
    let mut whole = String::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("{{#include ") {
        let (path, after) = after.split_once("}}").expect("an include is closed");
        let included = page.parent().expect("a page is in a folder").join(path.trim());
        whole.push_str(before);
        whole.push_str(&fs::read_to_string(&included).unwrap_or_else(|error| {
            panic!("{} includes {}: {error}", page.display(), included.display())
        }));
        rest = after;
    }
    whole + rest
}

/// Where the links of a page lead, and the names of its headings as mdBook writes them.
fn links_and_headings(text: &str) -> (Vec<String>, BTreeSet<String>) {
    let (mut links, mut headings) = (Vec::new(), BTreeSet::new());
    let mut heading: Option<String> = None;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                links.push(dest_url.into_string());
            }
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                headings.extend(heading.take().map(|heading| anchor(&heading)));
            }
            _ => {}
        }
    }
    (links, headings)
}

fn anchor(heading: &str) -> String {
    let kept = heading.trim().to_lowercase();
    let kept = kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[test]
fn links_lead_somewhere() {
    let mut broken = Vec::new();
    for page in pages() {
        let text = text(&page);
        let (links, headings) = links_and_headings(&text);
        for link in links.iter().filter(|link| !link.contains("://")) {
            let (file, part) = link.split_once('#').unwrap_or((link, ""));
            let target = page.parent().expect("a page is in a folder").join(file);
            let there = if file.is_empty() {
                part.is_empty() || headings.contains(part)
            } else if part.is_empty() || !is_page(&target) {
                target.exists()
            } else {
                target.exists() && links_and_headings(&self::text(&target)).1.contains(part)
            };
            if !there {
                broken.push(format!("{}: {link}", page.display()));
            }
        }
    }
    assert!(broken.is_empty(), "broken links:\n{}", broken.join("\n"));
}

#[test]
fn every_page_is_in_the_summary() {
    let folder = repository().join("docs/src");
    let (links, _) = links_and_headings(&text(&folder.join("SUMMARY.md")));
    let listed: BTreeSet<PathBuf> = links.iter().map(|link| folder.join(link)).collect();
    let written: BTreeSet<PathBuf> = pages()
        .into_iter()
        .filter(|page| page.starts_with(&folder) && !page.ends_with("SUMMARY.md"))
        .collect();
    assert_eq!(listed, written);
}
