//! Values in groups, in tables, and of several parameters side by side.

use super::lexer::{Kind, Token};
use super::parameter::{Read, Reader, Stop, Template};
use super::span;
use crate::parameters::{P, SetId};
use crate::raw::{Extent, Raw};

impl Reader<'_, '_> {
    /// Indices in a row, then a value.
    pub(super) fn group(&mut self, raw: &mut Raw, template: &Template) -> Read<()> {
        let first = self.token;
        let mut key = template.base;
        for index in &template.open {
            if self.token.kind == Kind::Comma {
                self.advance();
            }
            if !self.is_word() || self.at_end() {
                return self.incomplete(raw.parameter, first);
            }
            let token = self.advance();
            let Some(at) = self.member(token, raw.parameter.spec().indices[*index]) else {
                return self.next_line(token);
            };
            key = key.map(|key| key + template.steps[*index] * at);
        }
        if self.token.kind == Kind::Comma || self.token.kind == Kind::Assign {
            self.advance();
        }
        if !self.is_word() || self.at_end() {
            return self.incomplete(raw.parameter, first);
        }
        let token = self.advance();
        match (self.number(token), key) {
            (Some(Some(value)), Some(key)) => {
                raw.push(key, value, u32::try_from(token.start).unwrap_or(u32::MAX));
                Ok(())
            }
            (Some(_), _) => Ok(()),
            (None, _) => self.next_line(token),
        }
    }

    fn incomplete(&mut self, parameter: P, first: Token) -> Read<()> {
        if matches!(self.token.kind, Kind::Stray | Kind::OpenQuote) {
            return self.unexpected("an index or a value", "");
        }
        let names: Vec<&str> = parameter.spec().indices.iter().map(|set| set.name()).collect();
        let last = self.text(self.token);
        let message =
            format!("a value of `{}` is incomplete: found `{last}`", parameter.name());
        let hint = format!("expected {} and a value", names.join(", "));
        self.problem(first, "incomplete", message, "begins here", &hint);
        Err(Stop)
    }

    /// Goes on with the first word of the next line, as most files have a value a line.
    fn next_line(&mut self, after: Token) -> Read<()> {
        let rest = &self.lexer.text[after.end..self.end.max(after.end)];
        let Some(length) = rest.find('\n') else { return Err(Stop) };
        self.lexer.at = after.end + length;
        self.advance();
        Ok(())
    }

    /// `: 2030 2040 := COAL 1 2 GAS 3 4`
    pub(super) fn table(
        &mut self,
        raw: &mut Raw,
        template: &Template,
        turned: bool,
    ) -> Read<()> {
        let indices = raw.parameter.spec().indices;
        let [first, second] = template.open[..] else {
            let found = format!("a table fills two, not {}", template.open.len());
            return self.wrong_arity(self.token, raw.parameter, &found);
        };
        let (row_index, column_index) = if turned { (second, first) } else { (first, second) };
        self.advance();
        let mut columns: Vec<Option<u64>> = Vec::new();
        while self.is_word() && !self.at_end() {
            let token = self.advance();
            if !columns.is_empty() && self.begins_row(token, indices, row_index, column_index) {
                let message = "`:=` is missing after the header of this table".to_owned();
                let hint = "`: 2030 2040 := COAL 1 2`";
                self.problem(
                    token,
                    "missing-assign",
                    message,
                    "the first row begins here",
                    hint,
                );
                return Err(Stop);
            }
            let at = self.member(token, indices[column_index]);
            columns.push(at.map(|at| at * template.steps[column_index]));
        }
        if self.token.kind != Kind::Assign {
            return self
                .unexpected("`:=` after the columns of a table", "`: 2030 2040 := COAL 1 2`");
        }
        self.advance();
        while self.is_word() && !self.at_end() {
            let row = self.advance();
            let at = self.member(row, indices[row_index]);
            let key = match (template.base, at) {
                (Some(base), Some(at)) => Some(base + at * template.steps[row_index]),
                _ => None,
            };
            for (filled, column) in columns.iter().enumerate() {
                if !self.is_word() || self.at_end() {
                    let count = columns.len();
                    let message = format!(
                        "row `{}` has {filled} values for {count} columns, then comes `{}`",
                        self.text(row),
                        self.text(self.token)
                    );
                    let hint = "write `.` where the default holds; where it is no row but a \
                                header, `:=` is missing";
                    self.problem(row, "incomplete", message, "this row", hint);
                    return Err(Stop);
                }
                let token = self.advance();
                match (self.number(token), key, column) {
                    (Some(Some(value)), Some(key), Some(column)) => {
                        let place = u32::try_from(token.start).unwrap_or(u32::MAX);
                        raw.push(key + column, value, place);
                    }
                    (None, _, _) => return Err(Stop),
                    _ => {}
                }
            }
            if self.builder.has_enough() {
                return Err(Stop);
            }
        }
        Ok(())
    }

    /// Whether a word among the columns of a table can only be that of its first row.
    fn begins_row(&self, token: Token, sets: &[SetId], row: usize, column: usize) -> bool {
        !self.is_member(token, sets[column]) && self.is_member(token, sets[row])
    }

    /// `: P1 P2 := A 1 2 B 3 4`, perhaps with a set before: `: SET : P1 P2 := ...`
    pub(super) fn tabbing(&mut self, default: Option<f64>) -> Read<()> {
        self.advance();
        let mut before = self.lexer;
        if self.is_word()
            && SetId::named(self.text(self.token)).is_some()
            && before.next().kind == Kind::Colon
        {
            self.advance();
            self.advance();
        }
        let mut columns: Vec<Option<Raw>> = Vec::new();
        let mut first: Option<P> = None;
        while self.token.kind == Kind::Symbol && !self.at_end() {
            let token = self.advance();
            let parameter = self.parameter_named(token);
            if let Some(p) = parameter {
                if let Some(other) = first
                    && other.spec().indices != p.spec().indices
                {
                    let found = format!("`{}` beside it has others", other.name());
                    return self.wrong_arity(token, p, &found);
                }
                first = Some(p);
            }
            let place = span(self.file, token.start, token.end);
            columns.push(parameter.map(|p| Raw::new(p, place, Extent::Token, default)));
        }
        if self.token.kind != Kind::Assign {
            return self.unexpected("`:=` after the names", "`param : P1 P2 := A 1 2;`");
        }
        self.advance();
        let Some(parameter) = first else { return Ok(()) };
        let done = self.tabbing_rows(parameter, &mut columns);
        for raw in columns.into_iter().flatten() {
            self.builder.add(raw);
        }
        done
    }

    fn tabbing_rows(&mut self, parameter: P, columns: &mut [Option<Raw>]) -> Read<()> {
        let template = self.open_template(parameter);
        'groups: while !self.at_end() {
            let first = self.token;
            let mut key = 0;
            for (index, set) in parameter.spec().indices.iter().enumerate() {
                if self.token.kind == Kind::Comma {
                    self.advance();
                }
                if !self.is_word() || self.at_end() {
                    return self.incomplete(parameter, first);
                }
                let token = self.advance();
                let Some(at) = self.member(token, *set) else {
                    self.next_line(token)?;
                    continue 'groups;
                };
                key += template.steps[index] * at;
            }
            for column in columns.iter_mut() {
                if self.token.kind == Kind::Comma {
                    self.advance();
                }
                if !self.is_word() || self.at_end() {
                    return self.incomplete(parameter, first);
                }
                let token = self.advance();
                match (self.number(token), column) {
                    (Some(Some(value)), Some(raw)) => {
                        raw.push(key, value, u32::try_from(token.start).unwrap_or(u32::MAX));
                    }
                    (None, _) => return Err(Stop),
                    _ => {}
                }
            }
            if self.builder.has_enough() {
                return Err(Stop);
            }
        }
        Ok(())
    }
}
