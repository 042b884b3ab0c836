//! The first pass: sets are read, and the beginnings of parameters found.

use kzleap_diagnostics::{Diagnostic, FileId};

use super::lexer::{Kind, Lexer, Token, canonical};
use super::span;
use crate::builder::Builder;
use crate::parameters::{P, REDUNDANT_SETS, SPENT_PARAMETERS, SetId, did_you_mean};

/// Where the words of one `param` statement lie.
#[derive(Clone, Copy, Debug)]
pub(super) struct Statement {
    /// The byte after `param`.
    pub(super) start: usize,
    /// The byte of its `;`.
    pub(super) end: usize,
}

/// Reads the sets into `builder`; returns where the parameters are.
pub(super) fn read(file: FileId, text: &str, builder: &mut Builder<'_>) -> Vec<Statement> {
    let mut pass = Pass { file, lexer: Lexer::new(text), builder, parameters: Vec::new() };
    pass.run();
    for set in SetId::ALL {
        if set.numbered() {
            pass.builder.sets[set as usize].sort_as_numbers();
        }
    }
    pass.parameters
}

struct Pass<'p, 'b> {
    file: FileId,
    lexer: Lexer<'p>,
    builder: &'p mut Builder<'b>,
    parameters: Vec<Statement>,
}

impl Pass<'_, '_> {
    fn run(&mut self) {
        loop {
            let token = self.lexer.next();
            match (token.kind, self.text(token)) {
                (Kind::End, _) | (Kind::Symbol, "end") => return,
                (Kind::Semicolon, _) => {}
                (Kind::Symbol, "data") => {
                    let before = self.lexer;
                    if self.lexer.next().kind != Kind::Semicolon {
                        self.lexer = before;
                        self.missing_semicolon(token.end);
                    }
                }
                (Kind::Symbol, "set") => self.set(),
                (Kind::Symbol, "param") => self.parameter(),
                (Kind::Symbol, "var" | "minimize" | "maximize" | "s.t." | "solve") => {
                    self.wrong(
                        token,
                        "syntax",
                        "this is a model, not a data file",
                        "a statement of a model",
                        "give the file that holds the data (`set ... := ...`, `param ... := \
                         ...`)",
                    );
                    return;
                }
                _ => {
                    let hint = "a statement begins with `set` or `param` and ends with `;`";
                    if !self.wrong_token(token, "expected `set` or `param`", hint) {
                        return;
                    }
                    let _ = self.skip();
                }
            }
            if self.builder.has_enough() {
                return;
            }
        }
    }

    fn text(&self, token: Token) -> &str {
        &self.lexer.text[token.start..token.end]
    }

    fn wrong(
        &mut self,
        token: Token,
        code: &'static str,
        message: impl Into<String>,
        label: &str,
        hint: &str,
    ) {
        let place = span(self.file, token.start, token.end);
        self.builder.report(Diagnostic::error(code, message, place, label).hint(hint));
    }

    /// A word that does not belong here; whether there is anything left to read.
    fn wrong_token(&mut self, token: Token, expected: &str, hint: &str) -> bool {
        let (message, label) = match token.kind {
            Kind::OpenQuote => ("a quote is not closed on its line".to_owned(), "opened here"),
            Kind::OpenComment => ("a comment is not closed".to_owned(), "opened here"),
            Kind::Stray => {
                let character = self.lexer.text[token.start..].chars().next().unwrap_or(' ');
                (format!("`{character}` has no meaning here"), "this character")
            }
            Kind::End => (format!("{expected}, found the end of the file"), "the end"),
            _ => (format!("{expected}, found `{}`", self.text(token)), "this"),
        };
        let hint = match token.kind {
            Kind::OpenQuote => "close the quote",
            Kind::OpenComment => "close the comment with `*/`",
            Kind::Stray => "put names with special characters in quotes",
            _ => hint,
        };
        self.wrong(token, "syntax", message, label, hint);
        !matches!(token.kind, Kind::End | Kind::OpenComment)
    }

    fn missing_semicolon(&mut self, after: usize) {
        let start = self.lexer.text[..after].char_indices().next_back().map_or(0, |(at, _)| at);
        let place = Token { kind: Kind::End, start, end: after };
        self.wrong(
            place,
            "missing-semicolon",
            "a `;` is missing",
            "after this",
            "every statement ends with `;`",
        );
    }

    /// Passes over the rest of a statement: to after its `;`, or to before the next one.
    /// Returns where its `;` is; or if it has none, where its last word ends, unless the reason
    /// is reported already.
    fn skip(&mut self) -> Result<usize, Option<usize>> {
        let mut last = Some(self.lexer.at);
        loop {
            let before = self.lexer;
            let token = self.lexer.next();
            match token.kind {
                Kind::Semicolon => return Ok(token.start),
                Kind::End => return Err(last),
                Kind::OpenComment => {
                    self.wrong_token(token, "", "");
                    return Err(None);
                }
                Kind::OpenQuote => {
                    self.wrong_token(token, "", "");
                    last = None;
                }
                Kind::Symbol if self.begins_statement(token) => {
                    self.lexer = before;
                    return Err(last);
                }
                _ => {}
            }
            last = last.map(|_| token.end);
        }
    }

    /// Whether an unquoted word can only be the beginning of the next statement.
    fn begins_statement(&self, token: Token) -> bool {
        match self.text(token) {
            "set" | "param" => true,
            "end" => {
                let mut ahead = self.lexer;
                matches!(ahead.next().kind, Kind::Semicolon | Kind::End)
            }
            _ => false,
        }
    }

    fn parameter(&mut self) {
        let start = self.lexer.at;
        self.tabbing_set(start);
        match self.skip() {
            Ok(end) => self.parameters.push(Statement { start, end }),
            Err(Some(last)) => self.missing_semicolon(last),
            Err(None) => {}
        }
    }

    /// `param : SET : P1 P2 := a 1 2 ...` gives the members of `SET` too.
    fn tabbing_set(&mut self, start: usize) {
        let mut ahead = Lexer { text: self.lexer.text, at: start };
        let mut token = ahead.next();
        if self.text(token) == "default" {
            ahead.next();
            token = ahead.next();
        }
        let name = ahead.next();
        if token.kind != Kind::Colon
            || name.kind != Kind::Symbol
            || ahead.next().kind != Kind::Colon
        {
            return;
        }
        let Some(set) = SetId::named(self.text(name)) else { return };
        self.builder.commodity |= self.lexer.text[name.start..name.end] == *"COMMODITY";
        let mut columns = 0;
        while ahead.next().kind == Kind::Symbol {
            columns += 1;
        }
        self.builder.set_spans[set as usize] = Some(span(self.file, name.start, name.end));
        let mut at = 0;
        loop {
            let token = ahead.next();
            match token.kind {
                Kind::Comma => {}
                Kind::Symbol | Kind::Quoted => {
                    if at % (columns + 1) == 0 {
                        let member = member_name(&ahead, token);
                        self.builder.sets[set as usize].add(member);
                    }
                    at += 1;
                }
                _ => return,
            }
        }
    }

    fn set(&mut self) {
        let name_token = self.lexer.next();
        if !matches!(name_token.kind, Kind::Symbol) {
            if self.wrong_token(
                name_token,
                "expected the name of a set",
                "`set REGION := ...;`",
            ) && name_token.kind != Kind::Semicolon
            {
                let _ = self.skip();
            }
            return;
        }
        let name = self.text(name_token).to_owned();
        // otoole writes the regions once more for the second index of `TradeRoute`
        let second_regions = name == "_REGION";
        let Some(set) = SetId::named(&name).filter(|_| !second_regions) else {
            self.other_set(name_token, &name);
            return;
        };
        let place = span(self.file, name_token.start, name_token.end);
        if let Some(earlier) = self.builder.set_spans[set as usize] {
            self.builder.report(
                Diagnostic::error(
                    "duplicate-set",
                    format!("set `{name}` is given twice"),
                    place,
                    "second time",
                )
                .also(earlier, "first time")
                .hint("join the two statements into one"),
            );
        }
        self.builder.set_spans[set as usize] = Some(place);
        self.builder.commodity |= name == "COMMODITY";
        self.members(set, &name);
    }

    fn other_set(&mut self, token: Token, name: &str) {
        if name == "_REGION" {
            // nothing to say
        } else if REDUNDANT_SETS.contains(&name) {
            let note = format!("set `{name}` is passed over: the parameters say the same");
            if !self.builder.notes.contains(&note) {
                self.builder.notes.push(note);
            }
        } else if !self.builder.ignores(name) {
            let known = SetId::ALL.iter().map(|set| set.name());
            let hint = did_you_mean(name, known).unwrap_or_else(|| pass_over(name));
            self.wrong(
                token,
                "unknown-set",
                format!("there is no set `{name}` in OSeMOSYS"),
                "unknown set",
                &hint,
            );
        }
        if let Err(Some(last)) = self.skip() {
            self.missing_semicolon(last);
        }
    }

    fn members(&mut self, set: SetId, name: &str) {
        let mut last = self.lexer.at;
        loop {
            let before = self.lexer;
            let token = self.lexer.next();
            match token.kind {
                Kind::Semicolon => return,
                Kind::Assign | Kind::Comma => {}
                Kind::Symbol if self.begins_statement(token) => {
                    self.lexer = before;
                    self.missing_semicolon(last);
                    return;
                }
                Kind::Symbol | Kind::Quoted => {
                    let member = member_name(&self.lexer, token);
                    if !self.builder.sets[set as usize].add(member.clone()) {
                        self.wrong(
                            token,
                            "duplicate-member",
                            format!("`{member}` is in `{name}` twice"),
                            "second time",
                            "remove one of the two",
                        );
                    }
                }
                Kind::End => {
                    self.missing_semicolon(last);
                    return;
                }
                _ => {
                    if self.wrong_token(
                        token,
                        "expected a member of the set",
                        "members are names or numbers with blanks between, up to `;`",
                    ) {
                        let _ = self.skip();
                    }
                    return;
                }
            }
            last = token.end;
        }
    }
}

/// The name a word stands for: without its quotes, and whole numbers written one way.
pub(super) fn member_name(lexer: &Lexer<'_>, token: Token) -> String {
    let text = &lexer.text[token.start..token.end];
    if token.kind == Kind::Quoted {
        let quote = &text[..1];
        return text[1..text.len() - 1].replace(&quote.repeat(2), quote);
    }
    canonical(text).unwrap_or_else(|| text.to_owned())
}

/// What to do about something unknown.
pub(crate) fn pass_over(name: &str) -> String {
    format!("`--ignore {name}` passes over it: see that nothing depends on what it says")
}

/// Says that there is no such parameter; or that it is one of old, which is passed over.
pub(super) fn unknown_parameter(name: &str) -> Result<String, (String, String)> {
    if SPENT_PARAMETERS.contains(&name) {
        return Ok(format!("`{name}` is passed over: it does not act in current OSeMOSYS"));
    }
    let known = P::ALL.iter().map(|p| p.name());
    let hint = did_you_mean(name, known).unwrap_or_else(|| pass_over(name));
    Err((format!("there is no parameter `{name}` in OSeMOSYS"), hint))
}
