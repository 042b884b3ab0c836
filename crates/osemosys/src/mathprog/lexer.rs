//! Words of a data file, with the place of each.

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A name or a number.
    Symbol,
    /// Text in quotes.
    Quoted,
    /// `:`
    Colon,
    /// `:=`
    Assign,
    /// `;`
    Semicolon,
    /// `,`
    Comma,
    /// `[`
    OpenBracket,
    /// `]`
    CloseBracket,
    /// `(`
    OpenParen,
    /// `)`
    CloseParen,
    /// `*`
    Star,
    /// A quote that is never closed.
    OpenQuote,
    /// A `/*` that is never closed.
    OpenComment,
    /// A character that has no meaning here.
    Stray,
    /// The end of the file.
    End,
}

/// One word: bytes `start..end` of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// A blank that spreadsheets and web pages put between words.
const NO_BREAK_SPACE: &[u8] = "\u{a0}".as_bytes();

/// Reads words from `at` on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lexer<'t> {
    pub(crate) text: &'t str,
    pub(crate) at: usize,
}

impl<'t> Lexer<'t> {
    /// From the beginning.
    pub(crate) const fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// The next word.
    pub(crate) fn next(&mut self) -> Token {
        let bytes = self.text.as_bytes();
        loop {
            while self.at < bytes.len() && is_blank(bytes[self.at]) {
                self.at += 1;
            }
            match bytes.get(self.at) {
                Some(b'#') => self.skip_line(),
                Some(b'/') if bytes.get(self.at + 1) == Some(&b'*') => {
                    let start = self.at;
                    match self.text[start + 2..].find("*/") {
                        Some(length) => self.at = start + 2 + length + 2,
                        None => {
                            self.at = bytes.len();
                            return Token { kind: Kind::OpenComment, start, end: start + 2 };
                        }
                    }
                }
                Some(0xEF) if self.text[self.at..].starts_with('\u{feff}') => self.at += 3,
                Some(_) if bytes[self.at..].starts_with(NO_BREAK_SPACE) => self.at += 2,
                _ => break,
            }
        }
        let start = self.at;
        let Some(&byte) = bytes.get(start) else {
            return Token { kind: Kind::End, start, end: start };
        };
        let kind = match byte {
            b':' if bytes.get(start + 1) == Some(&b'=') => {
                self.at += 1;
                Kind::Assign
            }
            b':' => Kind::Colon,
            b';' => Kind::Semicolon,
            b',' => Kind::Comma,
            b'[' => Kind::OpenBracket,
            b']' => Kind::CloseBracket,
            b'(' => Kind::OpenParen,
            b')' => Kind::CloseParen,
            b'*' => Kind::Star,
            b'\'' | b'"' => return self.quoted(byte),
            byte if in_word(byte) => {
                while self.at < bytes.len()
                    && in_word(bytes[self.at])
                    && !bytes[self.at..].starts_with(NO_BREAK_SPACE)
                {
                    self.at += 1;
                }
                return Token { kind: Kind::Symbol, start, end: self.at };
            }
            _ => Kind::Stray,
        };
        self.at += 1;
        Token { kind, start, end: self.at }
    }

    fn skip_line(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
    }

    /// A quote doubled within the quotes stands for itself.
    fn quoted(&mut self, quote: u8) -> Token {
        let bytes = self.text.as_bytes();
        let start = self.at;
        let mut at = start + 1;
        loop {
            match bytes.get(at) {
                None | Some(b'\n') => {
                    self.at = at;
                    return Token { kind: Kind::OpenQuote, start, end: at };
                }
                Some(&byte) if byte == quote && bytes.get(at + 1) == Some(&quote) => at += 2,
                Some(&byte) if byte == quote => {
                    self.at = at + 1;
                    return Token { kind: Kind::Quoted, start, end: at + 1 };
                }
                Some(_) => at += 1,
            }
        }
    }
}

const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0B | 0x0C)
}

/// Letters (of any alphabet), digits and `+ - . _`.
const fn in_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.' | b'_') || byte >= 0x80
}

/// The number a word stands for, if it is one; `nan` and `inf` are not.
pub(crate) fn number(word: &str) -> Option<f64> {
    let bytes = word.as_bytes();
    let first = match bytes.first() {
        Some(b'+' | b'-') => bytes.get(1),
        first => first,
    };
    match first {
        Some(b'0'..=b'9' | b'.') => word.parse().ok(),
        _ => None,
    }
}

/// A number as the member of a set: `2030.0` and `+2030` are `2030`.
pub(crate) fn canonical(word: &str) -> Option<String> {
    if word.bytes().all(|byte| byte.is_ascii_digit()) && !word.starts_with('0') {
        return None;
    }
    let value = number(word)?;
    let whole = value.abs() < 1e15 && (value - value.trunc()).abs() == 0.0;
    whole.then(|| format!("{value:.0}"))
}

#[cfg(test)]
mod tests {
    use super::{Kind, Lexer, canonical, number};

    #[test]
    fn comments_blanks_and_marks_are_distinguished() {
        let mut lexer =
            Lexer::new("\u{feff}set A := x-1.5 'it''s' # no\n/* nor this */ [*,2]:(tr);");
        let mut kinds = Vec::new();
        loop {
            let token = lexer.next();
            if token.kind == Kind::End {
                break;
            }
            kinds.push((token.kind, &lexer.text[token.start..token.end]));
        }
        let words: Vec<&str> = kinds.iter().map(|(_, word)| *word).collect();
        assert_eq!(
            words,
            [
                "set", "A", ":=", "x-1.5", "'it''s'", "[", "*", ",", "2", "]", ":", "(", "tr",
                ")", ";"
            ]
        );
        assert_eq!(kinds[4].0, Kind::Quoted);
    }

    #[test]
    fn only_numbers_are_numbers() {
        assert_eq!(number("-1.5e3"), Some(-1500.0));
        assert_eq!(number(".5"), Some(0.5));
        assert_eq!(number("nan"), None);
        assert_eq!(number("-inf"), None);
        assert_eq!(number("E01"), None);
        assert_eq!(number("1x"), None);
        assert_eq!(canonical("2030.0").as_deref(), Some("2030"));
        assert_eq!(canonical("2030"), None);
        assert_eq!(canonical("1.5"), None);
    }
}
