//! What could not be read and has been reported, so that nothing further is said of what may only
//! be missing for it.

use std::collections::BTreeSet;

/// What could not be read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Damage {
    /// Words of the text that could not be read: what has such a name may stand there.
    words: BTreeSet<String>,
    /// Words of the headers of tables that such text is in.
    tables: BTreeSet<String>,
    /// Whether whole declarations may be among it, not only values.
    declarations: bool,
    /// Whether it is not even known what is lost.
    everything: bool,
    /// Whether a scenario that others build on is lost.
    scenario: bool,
}

impl Damage {
    /// Text of a value or a row that could not be read.
    pub(crate) fn row(&mut self, text: &str) {
        self.words.extend(words(text));
    }

    /// The header of a table with a value that could not be read.
    pub(crate) fn in_table(&mut self, header: &str) {
        self.tables.extend(words(header));
    }

    /// All names that may have to do with what could not be read.
    pub(crate) fn names(&self) -> impl Iterator<Item = &String> {
        self.words.iter().chain(&self.tables)
    }

    /// Text that could not be read and may declare things.
    pub(crate) fn text(&mut self, text: &str) {
        self.declarations = true;
        self.row(text);
    }

    /// A file of which nothing can be known.
    pub(crate) fn unknown(&mut self) {
        self.declarations = true;
        self.everything = true;
    }

    /// A scenario that others build on.
    pub(crate) fn lose_scenario(&mut self) {
        self.scenario = true;
    }

    /// Whether a scenario that others build on is lost.
    pub(crate) const fn lost_scenario(&self) -> bool {
        self.scenario
    }

    /// Whether something of this name may stand in what could not be read.
    pub(crate) fn may_hold(&self, name: &str) -> bool {
        self.everything || self.words.contains(name)
    }

    /// Whether the item at a path may have more than what could be read of it.
    pub(crate) fn may_complete(&self, path: &str) -> bool {
        self.may_hold(path.rsplit('.').next().unwrap_or(path))
    }

    /// Whether there may be more processes, rules or other items than could be read.
    pub(crate) const fn may_declare(&self) -> bool {
        self.declarations
    }
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    text.split(move |c| !is_part(c)).filter(|word| !word.is_empty()).map(ToOwned::to_owned)
}
