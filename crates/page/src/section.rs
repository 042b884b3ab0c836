//! The sections of a page: charts under a heading, more of them to choose from or folded away.

use serde::Serialize;

use crate::spec::{ChartSpec, Picture, Room};

/// Charts under one heading.
#[derive(Debug)]
pub struct Section {
    /// Its anchor in the page.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// The tab it is under; empty on a page without tabs.
    pub tab: &'static str,
    /// Charts that always show.
    pub charts: Vec<ChartSpec>,
    /// Further charts, one choice of which shows.
    pub chooser: Option<Chooser>,
    /// Further charts, each group folded away.
    pub folds: Vec<Choice>,
}

/// Charts of which the reader chooses.
#[derive(Debug)]
pub struct Chooser {
    /// What is chosen, such as `Service`.
    pub name: &'static str,
    /// At least one.
    pub options: Vec<Choice>,
}

/// Charts that show together.
#[derive(Debug)]
pub struct Choice {
    /// What they are called.
    pub label: String,
    /// What they are listed under; may be empty.
    pub group: String,
    /// At least one.
    pub charts: Vec<ChartSpec>,
}

impl Choice {
    /// Charts that show together under a label, which is listed under a group.
    pub fn new(label: impl Into<String>, group: &str, charts: Vec<ChartSpec>) -> Self {
        Self { label: label.into(), group: group.to_owned(), charts }
    }
}

impl Section {
    /// Charts that always show.
    pub fn new(id: &str, title: impl Into<String>, charts: Vec<ChartSpec>) -> Self {
        Self {
            id: id.to_owned(),
            title: title.into(),
            tab: "",
            charts,
            chooser: None,
            folds: Vec::new(),
        }
    }

    /// The section with charts to choose from.
    pub fn with(mut self, name: &'static str, options: Vec<Choice>) -> Self {
        self.chooser = Some(Chooser { name, options });
        self
    }

    /// The section under a tab.
    pub const fn under(mut self, tab: &'static str) -> Self {
        self.tab = tab;
        self
    }

    fn options(&self) -> &[Choice] {
        self.chooser.as_ref().map_or(&[], |chooser| &chooser.options)
    }

    /// Every chart of it.
    pub fn all(&self) -> impl Iterator<Item = &ChartSpec> {
        let more = self.options().iter().chain(&self.folds).flat_map(|choice| &choice.charts);
        self.charts.iter().chain(more)
    }

    /// Whether any chart has something to see in a place.
    pub fn shows(&self, place: &str) -> bool {
        self.all().any(|chart| chart.shows(place))
    }

    /// Takes charts out that show nothing anywhere; whether anything is left.
    pub fn tidy(&mut self) -> bool {
        self.charts.retain(|chart| !chart.is_empty());
        let tidy = |choices: &mut Vec<Choice>| {
            for choice in choices.iter_mut() {
                choice.charts.retain(|chart| !chart.is_empty());
            }
            choices.retain(|choice| !choice.charts.is_empty());
        };
        tidy(&mut self.folds);
        if let Some(chooser) = &mut self.chooser {
            tidy(&mut chooser.options);
            if chooser.options.is_empty() {
                self.chooser = None;
            }
        }
        self.all().next().is_some()
    }

    /// It without the values of its charts, for templates.
    pub(crate) fn outline(&self) -> Outline<'_> {
        let groups = |choices: &'_ [Choice]| -> Vec<(String, Vec<usize>)> {
            let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
            for (at, choice) in choices.iter().enumerate() {
                match groups.iter_mut().find(|(name, _)| *name == choice.group) {
                    Some((_, members)) => members.push(at),
                    None => groups.push((choice.group.clone(), vec![at])),
                }
            }
            groups
        };
        Outline {
            id: &self.id,
            title: &self.title,
            tab: self.tab,
            charts: self.charts.iter().map(ChartSpec::card).collect(),
            chooser: self.chooser.as_ref().map(|chooser| chooser.name),
            groups: groups(self.options()),
            options: self.options().iter().map(Choice::outline).collect(),
            folds: self.folds.iter().map(Choice::outline).collect(),
        }
    }

    /// The ids of its charts, for the script.
    pub(crate) fn index(&self) -> Index<'_> {
        let ids = |charts: &'_ [ChartSpec]| -> Vec<String> {
            charts.iter().map(|chart| chart.id.clone()).collect()
        };
        Index {
            id: &self.id,
            title: &self.title,
            charts: ids(&self.charts),
            options: self.options().iter().map(|option| ids(&option.charts)).collect(),
            folds: self.folds.iter().map(|fold| ids(&fold.charts)).collect(),
        }
    }
}

/// Where the charts of a section are.
#[derive(Serialize)]
pub(crate) struct Index<'a> {
    id: &'a str,
    title: &'a str,
    charts: Vec<String>,
    options: Vec<Vec<String>>,
    folds: Vec<Vec<String>>,
}

/// A section without the values of its charts.
#[derive(Debug, Serialize)]
pub(crate) struct Outline<'a> {
    id: &'a str,
    title: &'a str,
    tab: &'static str,
    charts: Vec<Card<'a>>,
    /// What is chosen, if anything.
    chooser: Option<&'static str>,
    /// Headings of the list of choices, with the positions under each.
    groups: Vec<(String, Vec<usize>)>,
    options: Vec<Cards<'a>>,
    folds: Vec<Cards<'a>>,
}

/// Charts that show together, without their values.
#[derive(Debug, Serialize)]
pub(crate) struct Cards<'a> {
    label: &'a str,
    charts: Vec<Card<'a>>,
}

/// A chart without its values.
#[derive(Debug, Serialize)]
pub struct Card<'a> {
    id: &'a str,
    title: &'a str,
    note: &'a str,
    mark: &'a str,
    csv: &'a str,
    query: &'a str,
    room: Room,
    /// Whether a narrow page scrolls it.
    scrolls: bool,
}

impl Choice {
    fn outline(&self) -> Cards<'_> {
        Cards { label: &self.label, charts: self.charts.iter().map(ChartSpec::card).collect() }
    }
}

impl ChartSpec {
    /// It without its values, for templates.
    pub fn card(&self) -> Card<'_> {
        Card {
            id: &self.id,
            title: &self.title,
            note: &self.note,
            mark: &self.mark,
            csv: self.csv,
            query: &self.query,
            room: self.room,
            scrolls: matches!(self.picture, Picture::Flows(_)),
        }
    }
}
