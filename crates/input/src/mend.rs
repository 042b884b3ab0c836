//! A TOML file with syntax errors, line by line made readable, so that the rest can be checked.

use std::borrow::Cow;
use std::ops::Range;

use crate::damage::Damage;

/// The text of a file with what cannot be read blanked out, so that every other byte stays where
/// it is.
pub(crate) struct Mended<'a> {
    pub(crate) text: Cow<'a, str>,
    /// What was blanked out; a value that begins here is not known.
    pub(crate) lost: Vec<Range<usize>>,
}

impl<'a> Mended<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text: Cow::Borrowed(text), lost: Vec::new() }
    }

    /// The line that a place is in.
    pub(crate) fn line_at(&self, at: usize) -> &str {
        &self.text[self.line(at)]
    }

    /// Leaves out what cannot be read at a place: the value of its line, else its line, else its
    /// table. Returns whether this is a mistake of its own, and not the rest of the one before.
    pub(crate) fn mend(&mut self, at: usize, damage: &mut Damage) -> bool {
        let mut line = self.line(at);
        // an error at the end of a line is shown at the beginning of the next
        while self.text[line.clone()].trim().is_empty() && line.start > 0 {
            line = self.line(line.start - 1);
        }
        let whole = self.entry(line.clone());
        let again = self.lost.iter().any(|lost| lost.contains(&whole.start));
        let text = self.text[whole.clone()].to_owned();
        if again || text.trim_start().starts_with('[') {
            let table = self.table(whole.start);
            damage.text(&self.text[table.clone()]);
            self.blank(table, "");
            return !again;
        }
        damage.row(&text);
        let first = text.lines().next().unwrap_or_default();
        let key = key_of(first).filter(|key| key.len() + 2 <= first.len());
        let stub = key.map_or_else(String::new, |key| format!("{key}=0"));
        let header = self.table(whole.start).start;
        if stub.is_empty() {
            damage.text(self.line_at(header));
        } else {
            damage.in_table(self.line_at(header));
        }
        self.blank(whole, &stub);
        true
    }

    fn line(&self, at: usize) -> Range<usize> {
        let at = at.min(self.text.len());
        let start = self.text[..at].rfind('\n').map_or(0, |end| end + 1);
        let end = self.text[at..].find('\n').map_or(self.text.len(), |end| at + end);
        start..end
    }

    /// A key with all lines of its value, given one of them.
    fn entry(&self, line: Range<usize>) -> Range<usize> {
        let begins = |line: &str| line.trim_start().starts_with('[') || key_of(line).is_some();
        let mut start = line.start;
        while start > 0 && !begins(self.line_at(start)) {
            start = self.line(start - 1).start;
        }
        let mut end = line.end;
        while end < self.text.len() && !begins(self.line_at(end + 1)) {
            end = self.line(end + 1).end;
        }
        start..end
    }

    /// The table that a place is in: from its header to the next.
    fn table(&self, at: usize) -> Range<usize> {
        let is_header =
            |start: usize| self.text[start..].trim_start_matches(' ').starts_with('[');
        let mut start = self.line(at).start;
        while start > 0 && !is_header(start) {
            start = self.line(start - 1).start;
        }
        let mut end = self.line(at).end;
        while end < self.text.len() && !is_header(end + 1) {
            end = self.line(end + 1).end;
        }
        start..end
    }

    fn blank(&mut self, range: Range<usize>, stub: &str) {
        let text = self.text.to_mut();
        let blank: String = (text[range.clone()].bytes())
            .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
            .collect();
        text.replace_range(range.clone(), &blank);
        // the stub is no longer than the first line of what it stands for
        text.replace_range(range.start..range.start + stub.len(), stub);
        self.lost.push(range);
    }
}

/// The bare key that a line begins with.
fn key_of(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let length = line.find(|c| !is_part(c)).unwrap_or(line.len());
    let key = &line[..length];
    let rest = line[length..].trim_start();
    let sound = !key.is_empty() && !key.starts_with('.') && !key.ends_with('.');
    // `life 40` was meant for a key too; a number in a list was not
    let is_key = rest.starts_with('=') || key.starts_with(char::is_alphabetic);
    (sound && is_key).then_some(key)
}
