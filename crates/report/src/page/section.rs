//! The sections of the page: charts under a heading, and more of them to choose from.

use serde::Serialize;

use super::chart::Chart;

/// Charts under one heading.
#[derive(Debug, Serialize)]
pub(super) struct Section {
    /// Its anchor in the page.
    pub(super) id: String,
    pub(super) title: String,
    /// Charts that always show.
    pub(super) charts: Vec<Chart>,
    /// Further charts, one choice of which shows.
    chooser: Option<Chooser>,
}

/// Charts of which the reader chooses.
#[derive(Debug, Serialize)]
pub(super) struct Chooser {
    /// What is chosen, such as `Service`.
    pub(super) name: &'static str,
    pub(super) options: Vec<Choice>,
}

/// Charts that show together.
#[derive(Debug, Serialize)]
pub(super) struct Choice {
    label: String,
    /// What it is listed under.
    group: String,
    charts: Vec<Chart>,
}

impl Choice {
    pub(super) fn new(label: String, group: &str, charts: Vec<Chart>) -> Self {
        Self { label, group: group.to_owned(), charts }
    }
}

/// A section without the values of its charts.
#[derive(Serialize)]
pub(super) struct Outline<'a> {
    id: &'a str,
    title: &'a str,
    charts: Vec<Anchor<'a>>,
    /// What is chosen, if anything.
    chooser: Option<&'static str>,
}

/// A chart without its values.
#[derive(Serialize)]
pub(super) struct Anchor<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) note: &'a str,
    pub(super) csv: &'a str,
    pub(super) query: &'a str,
}

impl Section {
    pub(super) fn new(id: &str, title: &str, charts: Vec<Chart>) -> Self {
        Self { id: id.to_owned(), title: title.to_owned(), charts, chooser: None }
    }

    /// The section with charts to choose from.
    pub(super) fn with(mut self, chooser: Chooser) -> Self {
        self.chooser = Some(chooser);
        self
    }

    /// Whether there are charts to choose from.
    pub(super) const fn has_more(&self) -> bool {
        self.chooser.is_some()
    }

    /// Whether any chart has something to see in a place.
    pub(super) fn shows(&self, place: &str) -> bool {
        let options = self.chooser.iter().flat_map(|chooser| &chooser.options);
        let chosen = options.flat_map(|option| &option.charts);
        self.charts.iter().chain(chosen).any(|chart| chart.shows(place))
    }

    /// Takes charts out that show nothing; whether anything is left.
    pub(super) fn tidy(&mut self) -> bool {
        self.charts.retain(|chart| !chart.is_empty());
        if let Some(chooser) = &mut self.chooser {
            for option in &mut chooser.options {
                option.charts.retain(|chart| !chart.is_empty());
            }
            chooser.options.retain(|option| !option.charts.is_empty());
            if chooser.options.is_empty() {
                self.chooser = None;
            }
        }
        !self.charts.is_empty() || self.chooser.is_some()
    }

    pub(super) fn outline(&self) -> Outline<'_> {
        Outline {
            id: &self.id,
            title: &self.title,
            charts: self.charts.iter().map(Chart::anchor).collect(),
            chooser: self.chooser.as_ref().map(|chooser| chooser.name),
        }
    }
}
