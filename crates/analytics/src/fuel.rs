//! The families that commodities are gathered into: coal with its products, oil with its.

/// A family of commodities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fuel {
    /// Coal, lignite, peat, coke and the gases of coke ovens.
    Coal,
    /// Crude oil, condensate and products of refineries.
    Oil,
    /// Natural gas.
    Gas,
    /// Heat of reactors.
    Nuclear,
    /// Hydropower.
    Hydro,
    /// Wind.
    Wind,
    /// Sun.
    Solar,
    /// Wood, waste and what is made of them.
    Biomass,
    /// Electricity as such.
    Electricity,
    /// Heat as such.
    Heat,
    /// Anything else.
    Other,
}

/// Words in the name of a commodity, the first that fits counts: `coke gases` are of coal.
const WORDS: &[(Fuel, &[&str])] = &[
    (Fuel::Coal, &["coal", "lignite", "anthracite", "peat", "coke", "coking"]),
    (Fuel::Nuclear, &["nuclear", "uranium"]),
    (Fuel::Biomass, &["biomass", "biogas", "biofuel", "biofuels", "wood", "firewood", "waste"]),
    (
        Fuel::Oil,
        &[
            "oil",
            "crude",
            "gasoline",
            "petrol",
            "diesel",
            "kerosene",
            "jet",
            "lpg",
            "mazut",
            "naphtha",
            "petroleum",
            "bitumen",
            "condensate",
        ],
    ),
    (Fuel::Gas, &["gas", "methane", "lng"]),
    (Fuel::Hydro, &["hydro", "hydropower", "river"]),
    (Fuel::Wind, &["wind"]),
    (Fuel::Solar, &["solar", "pv", "sun"]),
    (Fuel::Electricity, &["electricity", "electric", "power"]),
    (Fuel::Heat, &["heat", "steam"]),
];

impl Fuel {
    /// The families in the order of charts and tables.
    pub const ALL: &[Self] = &[
        Self::Coal,
        Self::Oil,
        Self::Gas,
        Self::Nuclear,
        Self::Hydro,
        Self::Wind,
        Self::Solar,
        Self::Biomass,
        Self::Electricity,
        Self::Heat,
        Self::Other,
    ];

    /// The family of a commodity, by the words of its name.
    pub fn of(commodity: &str) -> Self {
        let lower = commodity.to_lowercase();
        let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
        WORDS
            .iter()
            .find(|(_, known)| known.iter().any(|word| words.contains(word)))
            .map_or(Self::Other, |(fuel, _)| *fuel)
    }

    /// Its name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Coal => "coal",
            Self::Oil => "oil",
            Self::Gas => "gas",
            Self::Nuclear => "nuclear",
            Self::Hydro => "hydro",
            Self::Wind => "wind",
            Self::Solar => "solar",
            Self::Biomass => "biomass",
            Self::Electricity => "electricity",
            Self::Heat => "heat",
            Self::Other => "other",
        }
    }

    /// Whether it counts as the electricity that is made of it.
    pub const fn is_direct(self) -> bool {
        matches!(self, Self::Hydro | Self::Wind | Self::Solar)
    }

    /// Whether nature renews it.
    pub const fn is_renewable(self) -> bool {
        self.is_direct() || matches!(self, Self::Biomass)
    }
}
