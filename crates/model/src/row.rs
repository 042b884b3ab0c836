//! The rows of an energy balance.

use crate::words;

words! {
    /// What a row of an energy balance is, by the first part of its name: `Transformation` of
    /// `transformation/CHP`. In the order of the balance.
    RowKind {
        /// Taken from nature, or made of nothing.
        Production = "production",
        /// Brought in.
        Import = "import",
        /// Sold abroad.
        Export = "export",
        /// Fuel of international ships and aircraft.
        Bunkers = "bunkers",
        /// Sent between domestic regions and received from them.
        Exchange = "exchange",
        /// What plants use and make.
        Transformation = "transformation",
        /// What the energy industry uses itself.
        OwnUse = "own use",
        /// Lost.
        Losses = "losses",
        /// Made and not used.
        Surplus = "surplus",
        /// What would be left over.
        Difference = "statistical difference",
        /// What end users take.
        Final = "final",
    }
}

impl RowKind {
    /// Those that processes and demand may belong to.
    pub const OF_PROCESSES: [Self; 8] = [
        Self::Production,
        Self::Import,
        Self::Export,
        Self::Bunkers,
        Self::Transformation,
        Self::OwnUse,
        Self::Losses,
        Self::Final,
    ];

    /// The row of what is lost over links.
    pub const LINK_LOSSES: &str = "losses/links";
    /// The row of what is lost in storages: put in less given back.
    pub const STORAGE_LOSSES: &str = "losses/storage";

    /// What a row is, by its name; `None` where its first part is none of these.
    pub fn of(name: &str) -> Option<Self> {
        Self::named(name.split('/').next()?)
    }

    /// The name of its row of a sector, a kind of plants or a use.
    pub fn part(self, name: &str) -> String {
        format!("{}/{name}", self.text())
    }

    /// Whether such rows bring energy to a country or a region, or take it from there.
    pub const fn is_supply(self) -> bool {
        matches!(
            self,
            Self::Production | Self::Import | Self::Export | Self::Bunkers | Self::Exchange
        )
    }

    /// Whether a row must say whose it is: which sector, which plants or which use.
    pub const fn is_parted(self) -> bool {
        matches!(self, Self::Transformation | Self::OwnUse | Self::Final)
    }
}

#[cfg(test)]
mod tests {
    use super::RowKind;

    #[test]
    fn a_row_is_known_by_the_first_part_of_its_name() {
        assert_eq!(RowKind::of("final/industry/steel"), Some(RowKind::Final));
        assert_eq!(RowKind::of("own use/refineries"), Some(RowKind::OwnUse));
        assert_eq!(RowKind::of("production"), Some(RowKind::Production));
        assert_eq!(RowKind::of("finally"), None);
        assert_eq!(RowKind::of(RowKind::LINK_LOSSES), Some(RowKind::Losses));
        assert_eq!(RowKind::of(RowKind::STORAGE_LOSSES), Some(RowKind::Losses));
        assert_eq!(RowKind::of(crate::Demand::ROW), Some(RowKind::Final));
        assert_eq!(
            RowKind::of(&RowKind::Transformation.part("CHP")),
            Some(RowKind::Transformation)
        );
    }
}
