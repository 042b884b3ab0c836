//! The rows of an energy balance, known by the first word of their name.

use kzleap_model::RowKind;

/// What a row of a balance is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Row {
    /// Taken from nature.
    Production,
    /// Brought in.
    Import,
    /// Sent away; below zero.
    Export,
    /// Fuel of international ships and aircraft; below zero.
    Bunkers,
    /// Taken from stocks (above zero) or put there.
    StockChange,
    /// Between commodities, such as blending.
    Transfers,
    /// Sent to other regions of the country and received from them.
    Exchange,
    /// What plants use (below zero) and make.
    Transformation,
    /// What the energy industry uses itself; below zero.
    OwnUse,
    /// Lost; below zero.
    Losses,
    /// Made and not used.
    Surplus,
    /// What is left over: supply less use.
    Difference,
    /// What end users take.
    Final,
    /// The sum of the rows of supply, where a source gives no more.
    PrimaryUse,
    /// The sum of final use, where a source gives no more.
    FinalUse,
    /// Electricity made, by what it is made of.
    Generation,
    /// Carbon dioxide emitted, Mt.
    Emissions,
    /// People, where a table says so itself.
    Population,
    /// Something that is no part of a balance, kept as a series.
    Other,
}

/// First words of rows: those of a plan's balance, and more that statistics have.
const WORDS: &[(&str, Row)] = &[
    (RowKind::Production.text(), Row::Production),
    (RowKind::Import.text(), Row::Import),
    (RowKind::Export.text(), Row::Export),
    (RowKind::Bunkers.text(), Row::Bunkers),
    ("international bunkers", Row::Bunkers),
    ("stock change", Row::StockChange),
    ("transfers", Row::Transfers),
    (RowKind::Exchange.text(), Row::Exchange),
    (RowKind::Transformation.text(), Row::Transformation),
    ("transformation input", Row::Transformation),
    ("transformation output", Row::Transformation),
    (RowKind::OwnUse.text(), Row::OwnUse),
    (RowKind::Losses.text(), Row::Losses),
    (RowKind::Surplus.text(), Row::Surplus),
    (RowKind::Difference.text(), Row::Difference),
    (RowKind::Final.text(), Row::Final),
    ("primary use", Row::PrimaryUse),
    ("final use", Row::FinalUse),
    ("generation", Row::Generation),
    ("emissions", Row::Emissions),
    ("population", Row::Population),
];

impl Row {
    /// The row a name belongs to.
    pub fn of(flow: &str) -> Self {
        let first = first_word(flow);
        WORDS.iter().find(|(word, _)| *word == first).map_or(Self::Other, |(_, row)| *row)
    }

    /// Whether it is part of primary supply.
    pub const fn is_supply(self) -> bool {
        matches!(
            self,
            Self::Production
                | Self::Import
                | Self::Export
                | Self::Bunkers
                | Self::StockChange
                | Self::Transfers
                | Self::Exchange
        )
    }

    /// Whether it is counted when a column is closed: supply less use, the difference apart.
    pub const fn is_balanced(self) -> bool {
        self.is_supply()
            || matches!(
                self,
                Self::Transformation | Self::OwnUse | Self::Losses | Self::Surplus
            )
    }
}

/// The part of a row's name before `/`.
pub fn first_word(flow: &str) -> &str {
    flow.split('/').next().unwrap_or_default().trim()
}

/// The part of a row's name after `/`: `power plants` of `transformation/power plants`.
pub fn detail(flow: &str) -> &str {
    flow.split_once('/').map_or("", |(_, rest)| rest.trim())
}

/// The known first word that was probably meant.
pub(crate) fn meant(flow: &str) -> Option<&'static str> {
    let words = WORDS.iter().map(|(word, _)| *word);
    kzleap_input::nearest(first_word(flow), words)
}
