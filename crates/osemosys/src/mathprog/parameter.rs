//! The second pass: the values of one `param` statement.

use kzleap_diagnostics::{Diagnostic, FileId};

use super::lexer::{Kind, Lexer, Token, canonical, number};
use super::span;
use super::statements::{Statement, member_name, unknown_parameter};
use crate::builder::Builder;
use crate::parameters::{P, SetId, did_you_mean};
use crate::raw::{Extent, Raw};

/// The statement cannot be read further; the problem is reported.
pub(super) struct Stop;

pub(super) type Read<T> = Result<T, Stop>;

/// Reads one statement into `builder`.
pub(super) fn read(file: FileId, text: &str, statement: &Statement, builder: &mut Builder<'_>) {
    let mut lexer = Lexer { text, at: statement.start };
    let token = lexer.next();
    let mut reader = Reader { file, lexer, token, end: statement.end, builder };
    // a problem is reported where it is found
    let _ = reader.statement();
}

pub(super) struct Reader<'r, 'b> {
    pub(super) file: FileId,
    pub(super) lexer: Lexer<'r>,
    /// The word to look at next.
    pub(super) token: Token,
    pub(super) end: usize,
    pub(super) builder: &'r mut Builder<'b>,
}

/// The indices of a parameter of which some are fixed, as in `[UTOPIA,*,*]`.
pub(super) struct Template {
    /// How much one step along each index adds to a key.
    pub(super) steps: Vec<u64>,
    /// The sum of the steps of the fixed indices; `None` if one of them is unknown.
    pub(super) base: Option<u64>,
    /// Which indices are open.
    pub(super) open: Vec<usize>,
}

impl<'r> Reader<'r, '_> {
    pub(super) fn text(&self, token: Token) -> &'r str {
        &self.lexer.text[token.start..token.end]
    }

    pub(super) fn advance(&mut self) -> Token {
        let token = self.token;
        self.token = self.lexer.next();
        token
    }

    pub(super) fn at_end(&self) -> bool {
        self.token.start >= self.end
    }

    pub(super) fn is_word(&self) -> bool {
        matches!(self.token.kind, Kind::Symbol | Kind::Quoted)
    }

    pub(super) fn problem(
        &mut self,
        token: Token,
        code: &'static str,
        message: String,
        label: &str,
        hint: &str,
    ) {
        let place = span(self.file, token.start, token.end);
        self.builder.report(Diagnostic::error(code, message, place, label).hint(hint));
    }

    pub(super) fn unexpected<T>(&mut self, expected: &str, hint: &str) -> Read<T> {
        let token = self.token;
        let (found, hint) = match token.kind {
            Kind::OpenQuote => {
                ("a quote that is not closed on its line".to_owned(), "close it")
            }
            Kind::Stray => (
                format!("`{}`", self.lexer.text[token.start..].chars().next().unwrap_or(' ')),
                "put names with special characters in quotes",
            ),
            _ => (format!("`{}`", self.text(token)), hint),
        };
        self.problem(
            token,
            "syntax",
            format!("expected {expected}, found {found}"),
            "this",
            hint,
        );
        Err(Stop)
    }

    fn statement(&mut self) -> Read<()> {
        let mut default = None;
        if self.text(self.token) == "default" {
            self.advance();
            default = Some(self.default_value()?);
            if self.token.kind != Kind::Colon {
                return self.unexpected(
                    "`:` after the default",
                    "write `param NAME default 0 := ...;` or `param default 0 : NAME := ...;`",
                );
            }
        }
        if self.token.kind == Kind::Colon {
            return self.tabbing(default);
        }
        if self.token.kind != Kind::Symbol {
            return self
                .unexpected("the name of a parameter", "`param NAME default 0 := ...;`");
        }
        let name_token = self.advance();
        let Some(parameter) = self.parameter_named(name_token) else { return Ok(()) };
        if self.token.kind == Kind::Symbol && self.text(self.token) == "default" {
            self.advance();
            default = Some(self.default_value()?);
        }
        let place = span(self.file, name_token.start, name_token.end);
        let mut raw = Raw::new(parameter, place, Extent::Token, default);
        let done = self.values(&mut raw);
        self.builder.add(raw);
        done
    }

    /// The parameter with this name; reports if there is none.
    pub(super) fn parameter_named(&mut self, token: Token) -> Option<P> {
        let name = self.text(token);
        if let Some(parameter) = P::named(name) {
            let sizes = self.builder.sizes(parameter);
            let size: u128 = sizes.iter().map(|size| *size as u128).product();
            if u64::try_from(size).is_err() {
                let message = format!("`{name}` has more combinations than can be counted");
                self.problem(token, "too-large", message, "this", "make the sets smaller");
                return None;
            }
            return Some(parameter);
        }
        if self.builder.ignores(name) {
            return None;
        }
        match unknown_parameter(name) {
            Ok(note) => self.builder.notes.push(note),
            Err((message, hint)) => {
                self.problem(token, "unknown-parameter", message, "unknown parameter", &hint);
            }
        }
        None
    }

    fn default_value(&mut self) -> Read<f64> {
        if !self.is_word() || self.at_end() {
            return self.unexpected("a number after `default`", "`default 0`");
        }
        let token = self.advance();
        match self.number(token) {
            Some(Some(value)) => Ok(value),
            _ => Err(Stop),
        }
    }

    /// The number a word stands for; `Some(None)` for `.`, `None` if it is none, which is reported.
    pub(super) fn number(&mut self, token: Token) -> Option<Option<f64>> {
        let word = self.text(token);
        if word == "." {
            return Some(None);
        }
        let value = if token.kind == Kind::Symbol { number(word) } else { None };
        match value {
            Some(value) if value.is_finite() => Some(Some(value)),
            Some(_) => {
                let message = format!("`{word}` is larger than any number can be");
                self.problem(token, "number-out-of-range", message, "this value", "correct it");
                None
            }
            None => {
                let message = format!("`{word}` is not a number");
                let hint = "each group of indices is followed by one value; is one index too \
                            many or too few, or a value missing?";
                self.problem(token, "not-a-number", message, "expected a value", hint);
                None
            }
        }
    }

    fn values(&mut self, raw: &mut Raw) -> Read<()> {
        let mut template = self.open_template(raw.parameter);
        while !self.at_end() {
            match self.token.kind {
                Kind::Comma | Kind::Assign => {
                    self.advance();
                }
                Kind::OpenBracket => template = self.template(raw.parameter)?,
                Kind::Colon => self.table(raw, &template, false)?,
                Kind::OpenParen => {
                    self.advance();
                    if self.text(self.token) != "tr" {
                        return self.unexpected("`tr`", "`(tr) :` turns a table around");
                    }
                    self.advance();
                    if self.token.kind != Kind::CloseParen {
                        return self.unexpected("`)`", "`(tr) :` turns a table around");
                    }
                    self.advance();
                    if self.token.kind != Kind::Colon {
                        return self.unexpected("`:`", "`(tr) :` turns a table around");
                    }
                    self.table(raw, &template, true)?;
                }
                Kind::Symbol | Kind::Quoted => self.group(raw, &template)?,
                _ => {
                    return self.unexpected(
                        "indices and a value, a table or `;`",
                        "a list is `[R,*] A 1 B 2`, a table is `[R,*,*] : 2030 2040 := A 1 2`",
                    );
                }
            }
            if self.builder.has_enough() {
                return Err(Stop);
            }
        }
        Ok(())
    }

    pub(super) fn open_template(&self, parameter: P) -> Template {
        let sizes = self.builder.sizes(parameter);
        let mut steps = vec![1; sizes.len()];
        for at in (0..sizes.len().saturating_sub(1)).rev() {
            steps[at] = steps[at + 1] * sizes[at + 1] as u64;
        }
        Template { steps, base: Some(0), open: (0..sizes.len()).collect() }
    }

    /// `[UTOPIA,*,2030]`
    fn template(&mut self, parameter: P) -> Read<Template> {
        let indices = parameter.spec().indices;
        let mut template = self.open_template(parameter);
        template.open.clear();
        let opening = self.advance();
        let mut count = 0;
        loop {
            match self.token.kind {
                Kind::CloseBracket => break,
                Kind::Comma => {
                    self.advance();
                }
                Kind::Star => {
                    self.advance();
                    template.open.push(count);
                    count += 1;
                }
                Kind::Symbol | Kind::Quoted if !self.at_end() => {
                    let token = self.advance();
                    if let Some(set) = indices.get(count) {
                        let found = self.member(token, *set);
                        template.base = match (template.base, found) {
                            (Some(base), Some(at)) => Some(base + template.steps[count] * at),
                            _ => None,
                        };
                    }
                    count += 1;
                }
                _ => return self.unexpected("an index, `*` or `]`", "`[UTOPIA,*,*]`"),
            }
        }
        let closing = self.advance();
        if count != indices.len() {
            let whole =
                Token { kind: Kind::OpenBracket, start: opening.start, end: closing.end };
            return self.wrong_arity(whole, parameter, &format!("{count} are given"));
        }
        Ok(template)
    }

    pub(super) fn wrong_arity<T>(
        &mut self,
        token: Token,
        parameter: P,
        found: &str,
    ) -> Read<T> {
        let spec = parameter.spec();
        let names: Vec<&str> = spec.indices.iter().map(|set| set.name()).collect();
        let message =
            format!("`{}` has {} indices, but {found}", spec.name, spec.indices.len());
        let hint = format!("its indices are {}", names.join(", "));
        self.problem(token, "wrong-arity", message, "here", &hint);
        Err(Stop)
    }

    fn position(&self, token: Token, set: SetId) -> Option<usize> {
        let members = &self.builder.sets[set as usize];
        let text = self.text(token);
        if token.kind == Kind::Symbol {
            members
                .position(text)
                .or_else(|| canonical(text).and_then(|name| members.position(&name)))
        } else {
            members.position(&member_name(&self.lexer, token))
        }
    }

    /// Whether a word names a member of a set.
    pub(super) fn is_member(&self, token: Token, set: SetId) -> bool {
        self.position(token, set).is_some()
    }

    /// The position of a member; reports if it is none.
    pub(super) fn member(&mut self, token: Token, set: SetId) -> Option<u64> {
        let found = self.position(token, set);
        if found.is_none() {
            let members = &self.builder.sets[set as usize];
            let name = member_name(&self.lexer, token);
            let hint = did_you_mean(&name, members.names().iter().map(String::as_str))
                .unwrap_or_else(|| {
                    format!("add it to `set {set}`, or count the indices and values before it")
                });
            let message = format!("`{name}` is not in set `{set}`");
            self.problem(token, "unknown-member", message, "unknown member", &hint);
        }
        found.map(|at| at as u64)
    }
}
