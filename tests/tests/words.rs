//! Plain words: sentences that can be read at once, and the field's terms, in documents as in
//! comments, help and messages.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use kzleap_tests::repository;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// A sentence of more words is two.
const MOST_WORDS: usize = 30;

/// Words that an analyst would have to translate, and the field's own.
const NOT_THE_FIELDS: &[(&str, &str)] = &[
    ("taken together", "aggregated, total"),
    ("more or less", "extensive, or leave it out"),
    ("a head", "per capita"),
    ("dear", "expensive"),
    ("dearer", "more expensive"),
    ("reckon", "calculate"),
    ("reckoned", "calculated"),
    ("told", "reported, shown, known"),
    ("impossible wish", "infeasible"),
    ("wherein", "in which"),
    ("whence", "from which"),
    ("lest", "so that not"),
    ("made again", "repeated"),
    ("stands", "is, exists, is existing"),
];

/// What is meant otherwise than the word it holds.
const MEANT: &[&str] = &["stands for", "more or less capacity", "more or less of"];

/// Pages of prose that people wrote: the field list is generated, the changelog is history.
fn pages() -> Vec<PathBuf> {
    let root = repository();
    let mut pages: Vec<PathBuf> =
        ["README.md", "CONTRIBUTING.md", "models/kazakhstan/README.md"]
            .map(|page| root.join(page))
            .into();
    for folder in ["docs/src", "docs/src/formulation", "crates/formulation/src/families"] {
        for entry in fs::read_dir(root.join(folder)).expect("a folder") {
            let path = entry.expect("an entry").path();
            let page = if path.is_dir() { path.join("page.md") } else { path };
            if page.extension().is_some_and(|end| end == "md") && page.exists() {
                pages.push(page);
            }
        }
    }
    pages.retain(|page| !page.ends_with("docs/src/fields.md"));
    pages.sort();
    pages
}

/// A paragraph, item or cell: where it begins, what it says, and whether it is in a table.
struct Block {
    line: usize,
    text: String,
    table: bool,
}

/// The prose of a page; a piece of code is one word.
fn blocks(page: &str) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let (mut code, mut table) = (false, false);
    for (event, Range { start, .. }) in
        Parser::new_ext(page, Options::ENABLE_TABLES).into_offset_iter()
    {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(TagEnd::CodeBlock) => code = false,
            Event::Start(Tag::Table(_)) => table = true,
            Event::End(TagEnd::Table) => table = false,
            Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::Item | Tag::TableCell) => {
                let line = page[..start].matches('\n').count() + 1;
                found.push(Block { line, text: String::new(), table });
            }
            Event::Text(text) if !code => push(&mut found, &text),
            Event::Code(_) => push(&mut found, "code"),
            Event::SoftBreak | Event::HardBreak => push(&mut found, " "),
            _ => {}
        }
    }
    found
}

fn push(blocks: &mut [Block], text: &str) {
    if let Some(block) = blocks.last_mut() {
        block.text.push_str(text);
    }
}

/// A text without its formulas.
fn without_formulas(text: &str) -> String {
    text.replace("$$", "$").split('$').step_by(2).collect::<Vec<_>>().join("formula")
}

/// The sentences of a text: what ends with a stop before a blank.
fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(char::is_whitespace) {
        let before = text[..at].trim_end_matches([')', '"', '*', '”']);
        if before.ends_with(['.', '!', '?']) {
            found.push(&text[start..at]);
            start = at;
        }
    }
    found.push(&text[start..]);
    found
}

fn words(sentence: &str) -> usize {
    sentence.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

fn shown(page: &Path) -> String {
    page.strip_prefix(repository()).unwrap_or(page).display().to_string()
}

#[test]
fn sentences_are_short() {
    let mut long = Vec::new();
    for page in pages() {
        let text = fs::read_to_string(&page).expect("a page");
        for block in blocks(&text).iter().filter(|block| !block.table) {
            for sentence in sentences(&without_formulas(&block.text)) {
                if words(sentence) > MOST_WORDS {
                    let (page, line, count) = (shown(&page), block.line, words(sentence));
                    long.push(format!("{page}:{line}: {count} words: {}", sentence.trim()));
                }
            }
        }
    }
    assert!(long.is_empty(), "at most {MOST_WORDS} words a sentence:\n{}", long.join("\n"));
}

/// The words of the list that a text has, with better ones.
fn odd_words(text: &str) -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    let plain: String = (text.to_lowercase().chars())
        .map(|c| if c.is_alphanumeric() || c == '-' { c } else { ' ' })
        .collect();
    let mut plain = format!(" {} ", plain.split_whitespace().collect::<Vec<_>>().join(" "));
    for meant in MEANT {
        plain = plain.replace(&format!(" {meant} "), " ");
    }
    NOT_THE_FIELDS.iter().filter(move |(word, _)| plain.contains(&format!(" {word} ")))
}

#[test]
fn words_are_the_fields() {
    let mut odd = Vec::new();
    for page in pages() {
        let text = fs::read_to_string(&page).expect("a page");
        for block in blocks(&text) {
            for (word, better) in odd_words(&block.text) {
                odd.push(format!("{}:{}: \"{word}\": {better}", shown(&page), block.line));
            }
        }
    }
    assert!(odd.is_empty(), "the field's words:\n{}", odd.join("\n"));
}

/// The length of the piece that code begins with: a comment, a text in quotes, or one character.
fn piece(code: &str) -> usize {
    let first = code.chars().next().map_or(0, char::len_utf8);
    if code.starts_with("//") {
        return code.find('\n').unwrap_or(code.len());
    }
    if let Some(quote) =
        ["'\"'", "'\\''", "'\\\\'"].iter().find(|&&quote| code.starts_with(quote))
    {
        return quote.len();
    }
    if !code.starts_with('"') {
        return first;
    }
    let mut escaped = false;
    let end = code[1..].find(|c| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    end.map_or(code.len(), |end| end + 2)
}

/// The prose of a program in Rust or JavaScript with its first line: comments, which are also the
/// help of the command, and texts of more than one word, which are its messages.
fn prose(code: &str) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = Vec::new();
    let (mut rest, mut line, mut goes_on) = (code, 1, false);
    while !rest.is_empty() {
        let (part, after) = rest.split_at(piece(rest));
        let is_comment = part.starts_with("//");
        if is_comment || part.starts_with('"') && part.contains(' ') {
            let text = part.replace("\\n", " ");
            match found.last_mut() {
                Some((_, comment)) if is_comment && goes_on => comment.push_str(&text),
                _ => found.push((line, text)),
            }
        }
        goes_on = is_comment || goes_on && part.trim().is_empty();
        line += part.matches('\n').count();
        rest = after;
    }
    found
}

/// Programs of ours, without this test.
fn programs(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() && !path.ends_with("target") {
            found.extend(programs(&path));
        } else if path.extension().is_some_and(|end| end == "rs" || end == "js") {
            found.push(path);
        }
    }
    found.retain(|path| !path.ends_with("tests/tests/words.rs"));
    found.sort();
    found
}

#[test]
fn words_of_programs_are_the_fields() {
    let mut odd = Vec::new();
    for folder in ["crates", "tests", "benches", "fuzz"] {
        for program in programs(&repository().join(folder)) {
            let code = fs::read_to_string(&program).expect("a program");
            for (line, text) in prose(&code) {
                for (word, better) in odd_words(&text) {
                    odd.push(format!("{}:{line}: \"{word}\": {better}", shown(&program)));
                }
            }
        }
    }
    assert!(odd.is_empty(), "the field's words:\n{}", odd.join("\n"));
}

#[test]
fn prose_is_comments_and_texts() {
    let code =
        "/// One a\n    // head.\nlet dear = '\"'; // told\nf(\"wherein {x}\\n\", \"dear\");\n";
    let found = prose(code);
    assert_eq!(found.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 3, 4]);
    let words =
        |(_, text): &(usize, String)| odd_words(text).map(|odd| odd.0).collect::<Vec<_>>();
    assert_eq!(
        found.iter().map(words).collect::<Vec<_>>(),
        [["a head"], ["told"], ["wherein"]]
    );
}

#[test]
fn sentences_end_at_stops() {
    let text = "One (of two). Another with 1.5 GW? The *last.* And `a.b` is none";
    assert_eq!(sentences(text).len(), 4);
    assert_eq!(words("Two – words."), 2);
}
