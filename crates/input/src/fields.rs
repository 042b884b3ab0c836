//! Fields that are not quantities: texts, flags, words from a list, names.

use kzleap_diagnostics::{Diagnostic, Span};

use crate::names::{did_you_mean, suggest};
use crate::reader::{Item, Reader};
use crate::registry::{Choice, Field, Flag, Listed, Name, Names as ListOfNames, Of, Text};
use crate::sets::Names;
use crate::tree::Value;

/// What to do about a name that the scenario has taken out.
pub(crate) const REMOVED: &str = "the scenario must also set or remove what names it";

impl<'a> Reader<'a> {
    /// A text.
    pub(crate) fn text(&mut self, item: &Item<'a>, field: Field<Text>) -> Option<&'a str> {
        self.text_of(item, field.listed)
    }

    /// The text of a field that holds one, whatever it says.
    pub(crate) fn text_of(&mut self, item: &Item<'a>, field: Listed) -> Option<&'a str> {
        let node = self.plain(item, field)?;
        let text = node.text();
        if text.is_none() {
            self.wrong_type(item, field.name, node, "a text in quotes");
        }
        text
    }

    /// True or false.
    pub(crate) fn flag(&mut self, item: &Item<'a>, field: Field<Flag>) -> Option<bool> {
        let node = self.plain(item, field)?;
        if let Value::Flag(flag) = node.value {
            return Some(flag);
        }
        self.wrong_type(item, field, node, "`true` or `false`, without quotes");
        None
    }

    /// One of the words the registry lists.
    pub(crate) fn choice(
        &mut self,
        item: &Item<'a>,
        field: Field<Choice>,
    ) -> Option<&'static str> {
        let Choice(words) = field.holds;
        let node = self.plain(item, field)?;
        let listed =
            words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
        let Some(text) = node.text() else {
            self.wrong_type(item, field, node, &format!("one of {listed}"));
            return None;
        };
        let word = words.iter().find(|word| **word == text);
        if word.is_none() {
            let message = format!("`{field}` cannot be `{text}`");
            let hint = did_you_mean(text, words.iter().copied());
            let hint = hint.unwrap_or_else(|| format!("write one of {listed}"));
            self.fail(
                item,
                Diagnostic::error("unknown-choice", message, node.span, "").hint(hint),
            );
        }
        word.copied()
    }

    /// Names of a kind known so far.
    pub(crate) fn known(&self, of: Of) -> Vec<&str> {
        fn strs(names: &Names) -> Vec<&str> {
            names.iter().map(String::as_str).collect()
        }
        match of {
            Of::Regions => self.sets.regions.iter().map(|(name, _)| name.as_str()).collect(),
            Of::Commodities => strs(&self.sets.commodities),
            Of::Branches => strs(&self.sets.branches),
            Of::Emissions => strs(&self.sets.emissions),
            Of::Processes => strs(&self.sets.processes),
            Of::Categories => strs(&self.sets.categories),
            Of::Links => strs(&self.sets.links),
            Of::Schemes => strs(&self.sets.schemes),
            Of::Flows => strs(&self.sets.flows),
            Of::Profiles => self.sets.profiles.keys().map(String::as_str).collect(),
            Of::Slices => {
                let mut names: Vec<&str> = Vec::new();
                for (slice, season) in &self.sets.slices {
                    for name in [season.as_str(), slice.as_str()] {
                        if !names.contains(&name) {
                            names.push(name);
                        }
                    }
                }
                names
            }
            Of::New | Of::Ages | Of::Scenarios | Of::Paths => Vec::new(),
        }
    }

    /// The position of a name among those of its kind.
    fn position(&self, of: Of, name: &str) -> Option<usize> {
        match of {
            Of::Commodities => self.sets.commodities.position(name),
            Of::Branches => self.sets.branches.position(name),
            Of::Emissions => self.sets.emissions.position(name),
            Of::Processes => self.sets.processes.position(name),
            Of::Categories => self.sets.categories.position(name),
            Of::Links => self.sets.links.position(name),
            Of::Schemes => self.sets.schemes.position(name),
            Of::Flows => self.sets.flows.position(name),
            Of::Regions
            | Of::Profiles
            | Of::Slices
            | Of::New
            | Of::Ages
            | Of::Scenarios
            | Of::Paths => self.known(of).iter().position(|known| *known == name),
        }
    }

    /// Looks a name up; says what was meant if there is none.
    pub(crate) fn look_up(
        &mut self,
        item: &Item<'_>,
        of: Of,
        name: &str,
        place: Span,
    ) -> Option<usize> {
        let found = self.position(of, name);
        let unknown = of == Of::Regions && self.sets.regions_unknown;
        if found.is_none() && (unknown || self.damage.may_hold(name)) {
            // it may be declared in what could not be read
            self.fail_silently(item);
        } else if found.is_none() {
            let message = format!("there is no {} `{name}`", of.one());
            let mut diagnostic =
                Diagnostic::error("unknown-name", message, place, "not declared");
            if let Some(removed) = self.removed.get(name) {
                diagnostic = diagnostic.also(*removed, "removed here").hint(REMOVED);
            } else if let Some(hint) = suggest(name, self.known(of)) {
                diagnostic = diagnostic.hint(hint);
            }
            self.fail(item, diagnostic);
        }
        found
    }

    /// A field that holds one name: its position, its text and its place.
    pub(crate) fn name(
        &mut self,
        item: &Item<'a>,
        field: Field<Name>,
    ) -> Option<(usize, Span)> {
        let Name(of) = field.holds;
        let node = self.plain(item, field)?;
        let Some(text) = node.text() else {
            self.wrong_type(item, field, node, &format!("the name of a {}", of.one()));
            return None;
        };
        Some((self.look_up(item, of, text, node.span)?, node.span))
    }

    /// A field that holds a list of names: text and place of each that is known.
    pub(crate) fn names(
        &mut self,
        item: &Item<'a>,
        field: Field<ListOfNames>,
    ) -> Option<Vec<(&'a str, Span)>> {
        let ListOfNames(of) = field.holds;
        let node = self.plain(item, field)?;
        let nodes = match &node.value {
            Value::List(nodes) => nodes.as_slice(),
            Value::Text(_) => std::slice::from_ref(node),
            _ => {
                self.wrong_type(item, field, node, "a list of names");
                return None;
            }
        };
        if nodes.is_empty() {
            let message = format!("`{field}` is an empty list");
            let hint = "leave it out, or name one";
            self.fail(item, Diagnostic::error("empty-list", message, node.span, "").hint(hint));
            return None;
        }
        let mut names: Vec<(&str, Span)> = Vec::new();
        for node in nodes {
            let Some(text) = node.text() else {
                self.wrong_type(item, field, node, "names in quotes");
                continue;
            };
            if let Some((_, first)) = names.iter().find(|(other, _)| *other == text) {
                let message = format!("`{text}` is twice in this list");
                let diagnostic =
                    Diagnostic::warning("named-twice", message, node.span, "again here")
                        .also(*first, "first here");
                self.diags.push(diagnostic);
            } else if self.look_up(item, of, text, node.span).is_some() {
                names.push((text, node.span));
            }
        }
        (!names.is_empty()).then_some(names)
    }
}
