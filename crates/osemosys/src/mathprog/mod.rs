//! Reads GNU MathProg data files.
//!
//! Two passes: the first reads the sets and finds where parameters begin, the second reads the
//! parameters over the sets, whatever their order in the file. Source for the syntax: "Modeling
//! Language GNU MathProg", chapter 5 (data section).

mod groups;
mod lexer;
mod parameter;
mod statements;

use kzleap_diagnostics::{Diagnostic, Diagnostics, FileId, Sources, Span};

use crate::builder::Builder;
use crate::data::Data;
use crate::read::Options;
use crate::trace::Written;

pub(crate) use lexer::{canonical, number};
pub(crate) use statements::pass_over;

/// Reads the data file `file`; problems go to `diagnostics`.
pub fn read(
    file: FileId,
    name: &str,
    options: &Options,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Data> {
    read_written(file, name, options, sources, diagnostics).map(|(data, _)| data)
}

/// The same, with the places of its values.
pub(crate) fn read_written(
    file: FileId,
    name: &str,
    options: &Options,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Option<(Data, Written)> {
    let text = sources.file(file).text.as_str();
    if u32::try_from(text.len()).is_err() {
        return None; // places are 32 bits; a file of 4 GB is no model
    }
    let start = text.find(|c: char| !c.is_whitespace()).unwrap_or(0);
    let length = text[start..].chars().next().map_or(0, char::len_utf8);
    let whole = span(file, start, start + length);
    let mut builder = Builder::new(sources, diagnostics, whole, options);
    let parameters = statements::read(file, text, &mut builder);
    for statement in parameters {
        parameter::read(file, text, &statement, &mut builder);
        if builder.has_enough() {
            break;
        }
    }
    let data = builder.finish(name.to_owned(), options.dialect)?;
    without_end(file, text, diagnostics);
    Some(data)
}

/// GLPK reads a file without `end;` with a warning, and so do we: it may be whole, or cut off.
fn without_end(file: FileId, text: &str, diagnostics: &mut Diagnostics) {
    let words = text.trim_end();
    let ended = words.lines().any(|line| {
        line.trim_start().strip_prefix("end").is_some_and(|rest| {
            rest.trim_start().is_empty() || rest.trim_start().starts_with([';', '#'])
        })
    });
    let Some((at, last)) = words.char_indices().last().filter(|_| !ended) else { return };
    let place = span(file, at, at + last.len_utf8());
    diagnostics.push(
        Diagnostic::warning("no-end", "the file ends without `end;`", place, "the end")
            .hint("if it was cut off, what is missing counts as not given; else add `end;`"),
    );
}

/// Bytes `start..end` of a file.
fn span(file: FileId, start: usize, end: usize) -> Span {
    let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span { file, start: narrow(start), end: narrow(end) }
}
