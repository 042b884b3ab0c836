//! A preprocessor of mdBook: formulas between dollar signs become MathML, which browsers show by
//! themselves, so that the book needs neither scripts nor a network.
//!
//! mdBook asks `supports RENDERER`, then gives `[context, book]` as JSON and takes the book back.

use std::io::{self, Read, Write};

use anyhow::{Context, Result, bail};
use pulldown_cmark::{Event, Options, Parser};
use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Storage, mathml};
use serde_json::Value;

fn main() -> Result<()> {
    if std::env::args().nth(1).is_some_and(|argument| argument == "supports") {
        return Ok(());
    }
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    let mut given: Value = serde_json::from_str(&text)?;
    let book = given.get_mut(1).context("mdBook gives a context and a book")?;
    chapters(book)?;
    io::stdout().write_all(book.to_string().as_bytes())?;
    Ok(())
}

/// Rewrites each chapter at or below a part of the book.
fn chapters(part: &mut Value) -> Result<()> {
    match part {
        Value::Array(parts) => parts.iter_mut().try_for_each(chapters),
        Value::Object(fields) => {
            let name = fields.get("name").map(Value::to_string).unwrap_or_default();
            if let Some(Value::String(page)) = fields.get_mut("content") {
                *page = with_mathml(page).with_context(|| format!("in the page {name}"))?;
            }
            fields.values_mut().try_for_each(chapters)
        }
        _ => Ok(()),
    }
}

/// A page with MathML in the place of its formulas; code is left as it is.
fn with_mathml(page: &str) -> Result<String> {
    let mut written = String::with_capacity(page.len());
    let mut done = 0;
    let options = Options::ENABLE_TABLES | Options::ENABLE_MATH;
    for (event, place) in Parser::new_ext(page, options).into_offset_iter() {
        let (formula, display_mode) = match event {
            Event::InlineMath(formula) => (formula, DisplayMode::Inline),
            Event::DisplayMath(formula) => (formula, DisplayMode::Block),
            _ => continue,
        };
        written.push_str(&page[done..place.start]);
        written.push_str(&mathml_of(&formula, display_mode)?);
        done = place.end;
    }
    written.push_str(&page[done..]);
    Ok(written)
}

/// A formula of LaTeX as one line that Markdown leaves as it is, in a table too.
fn mathml_of(formula: &str, display_mode: DisplayMode) -> Result<String> {
    let storage = Storage::new();
    let parser = pulldown_latex::Parser::new(formula, &storage);
    let events: Vec<_> = parser.collect();
    if let Some(error) = events.iter().find_map(|event| event.as_ref().err()) {
        bail!("the formula {formula}: {error}");
    }
    let mut written = String::new();
    let config = RenderConfig { display_mode, ..RenderConfig::default() };
    mathml::push_mathml(&mut written, events.into_iter(), config)?;
    // the library leaves no blank there, and Markdown takes the tag for text
    let written = written.replace("\"minsize", "\" minsize").replace('\n', " ");
    let marks = [('|', "&#124;"), ('*', "&#42;"), ('~', "&#126;"), ('_', "&#95;")];
    Ok(marks.iter().fold(written, |text, (mark, entity)| text.replace(*mark, entity)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_mathml_and_code_stays() {
        let page = "Of $x_{a,b}$, `$HOME`:\n\n$$\n\\sum_s x_s \\le 1\n$$\n\n| a | b |\n| - | - |\n| $y$ | z |\n";
        let written = with_mathml(page).expect("formulas are right");
        assert_eq!(written.matches("<math").count(), 3);
        assert!(written.contains("<msub><mi>x</mi>"), "{written}");
        assert!(written.contains("`$HOME`:\n\n<math display=\"block\">"), "{written}");
        assert!(written.contains("<mo>≤</mo><mn>1</mn></math>\n\n| a | b |"), "{written}");
    }

    #[test]
    fn markdown_leaves_mathml_whole() {
        let written =
            with_mathml("$\\Big| \\tilde w * b \\Big|$ and $\\tilde v$").expect("right");
        let kept = Parser::new_ext(&written, Options::ENABLE_STRIKETHROUGH);
        let texts = kept.filter_map(|event| match event {
            Event::Text(text) => Some(text.into_string()),
            _ => None,
        });
        assert_eq!(texts.collect::<String>(), "|w~∗b| and v~");
        let lines = with_mathml("$\\underline v \\underline w$").expect("right");
        let emphasis = |event| matches!(event, Event::Start(pulldown_cmark::Tag::Emphasis));
        assert!(!Parser::new(&lines).any(emphasis), "{lines}");
    }

    #[test]
    fn a_formula_that_cannot_be_read_is_refused() {
        let refused = with_mathml("$\\nonsense$").expect_err("no such command");
        assert!(refused.to_string().contains("\\nonsense"), "{refused}");
    }

    #[test]
    fn chapters_within_chapters_are_rewritten() {
        let mut book = serde_json::json!({ "items": [{ "Chapter": {
            "name": "a", "content": "$x$",
            "sub_items": [{ "Chapter": { "name": "b", "content": "$y$", "sub_items": [] } }],
        } }] });
        chapters(&mut book).expect("formulas are right");
        assert_eq!(book.to_string().matches("<math").count(), 2);
    }
}
