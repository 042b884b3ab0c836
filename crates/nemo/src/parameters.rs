//! Every parameter table of a scenario database, with its columns.

/// A kind of name: what a column of a parameter table refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dimension {
    /// `REGION`.
    Region,
    /// `TECHNOLOGY`.
    Technology,
    /// `FUEL`.
    Fuel,
    /// `EMISSION`.
    Emission,
    /// `MODE_OF_OPERATION`.
    Mode,
    /// `TIMESLICE`.
    Slice,
    /// `YEAR`.
    Year,
    /// `STORAGE`.
    Storage,
    /// `NODE`.
    Node,
    /// `REGIONGROUP`.
    RegionGroup,
    /// `TECHNOLOGYGROUP`.
    TechnologyGroup,
    /// `TransmissionLine`.
    Line,
}

impl Dimension {
    /// All of them, in the order of [`Dimension::position`].
    pub const ALL: [Self; 12] = [
        Self::Region,
        Self::Technology,
        Self::Fuel,
        Self::Emission,
        Self::Mode,
        Self::Slice,
        Self::Year,
        Self::Storage,
        Self::Node,
        Self::RegionGroup,
        Self::TechnologyGroup,
        Self::Line,
    ];

    /// Its place among all, from 0.
    pub const fn position(self) -> usize {
        self as usize
    }

    /// The table that lists its names.
    pub const fn table(self) -> &'static str {
        match self {
            Self::Region => "REGION",
            Self::Technology => "TECHNOLOGY",
            Self::Fuel => "FUEL",
            Self::Emission => "EMISSION",
            Self::Mode => "MODE_OF_OPERATION",
            Self::Slice => "TIMESLICE",
            Self::Year => "YEAR",
            Self::Storage => "STORAGE",
            Self::Node => "NODE",
            Self::RegionGroup => "REGIONGROUP",
            Self::TechnologyGroup => "TECHNOLOGYGROUP",
            Self::Line => "TransmissionLine",
        }
    }

    /// What one of it is called in a message.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Technology => "technology",
            Self::Fuel => "fuel",
            Self::Emission => "emission",
            Self::Mode => "mode of operation",
            Self::Slice => "time slice",
            Self::Year => "year",
            Self::Storage => "storage",
            Self::Node => "node",
            Self::RegionGroup => "region group",
            Self::TechnologyGroup => "technology group",
            Self::Line => "transmission line",
        }
    }
}

/// The columns of a parameter table: their names, what they refer to.
pub type Columns = &'static [(&'static str, Dimension)];

const R: (&str, Dimension) = ("r", Dimension::Region);
const RR: (&str, Dimension) = ("rr", Dimension::Region);
const T: (&str, Dimension) = ("t", Dimension::Technology);
const F: (&str, Dimension) = ("f", Dimension::Fuel);
const E: (&str, Dimension) = ("e", Dimension::Emission);
const M: (&str, Dimension) = ("m", Dimension::Mode);
const L: (&str, Dimension) = ("l", Dimension::Slice);
const Y: (&str, Dimension) = ("y", Dimension::Year);
const S: (&str, Dimension) = ("s", Dimension::Storage);
const N: (&str, Dimension) = ("n", Dimension::Node);
const N1: (&str, Dimension) = ("n1", Dimension::Node);
const N2: (&str, Dimension) = ("n2", Dimension::Node);
const RG: (&str, Dimension) = ("rg", Dimension::RegionGroup);
const TG: (&str, Dimension) = ("tg", Dimension::TechnologyGroup);
const TR: (&str, Dimension) = ("tr", Dimension::Line);

macro_rules! parameters {
    ($($name:ident: $($column:ident)*;)*) => {
        /// A parameter table. Keys are in the order of [`P::columns`].
        #[expect(missing_docs, reason = "the names are NEMO's own, and documented there")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum P { $($name),* }

        impl P {
            /// All of them, in the order of the enum.
            pub const ALL: &'static [P] = &[$(P::$name),*];

            /// Name of its table.
            pub const fn name(self) -> &'static str {
                match self { $(P::$name => stringify!($name)),* }
            }

            /// Its key columns.
            pub const fn columns(self) -> Columns {
                match self { $(P::$name => &[$($column),*]),* }
            }
        }
    };
}

parameters! {
    AccumulatedAnnualDemand: R F Y;
    AnnualEmissionLimit: R E Y;
    AnnualExogenousEmission: R E Y;
    AvailabilityFactor: R T L Y;
    CapacityOfOneTechnologyUnit: R T Y;
    CapacityToActivityUnit: R T;
    CapitalCost: R T Y;
    CapitalCostStorage: R S Y;
    DepreciationMethod: R;
    DiscountRate: R;
    EmissionActivityRatio: R T E M Y;
    EmissionsPenalty: R E Y;
    FixedCost: R T Y;
    InputActivityRatio: R T F M Y;
    InterestRateStorage: R S Y;
    InterestRateTechnology: R T Y;
    MaxAnnualTransmissionNodes: N1 N2 F Y;
    MaxShareProduction: R T F Y;
    MaxSubsidyPerRegion: R Y;
    MaxSubsidyPerTechnology: R T Y;
    MaxSubsidyPerTechnologyGroup: R TG Y;
    MinAnnualTransmissionNodes: N1 N2 F Y;
    MinShareProduction: R T F Y;
    MinStorageCharge: R S Y;
    MinimumUtilization: R T L Y;
    ModelPeriodEmissionLimit: R E;
    ModelPeriodExogenousEmission: R E;
    NodalDistributionDemand: N F Y;
    NodalDistributionStorageCapacity: N S Y;
    NodalDistributionTechnologyCapacity: N T Y;
    OperationalLife: R T;
    OperationalLifeStorage: R S;
    OutputActivityRatio: R T F M Y;
    REMinProductionTarget: R F Y;
    REMinProductionTargetRG: RG F Y;
    RETagTechnology: R T Y;
    RampRate: R T L Y;
    RampingReset: R;
    ReserveMargin: R F Y;
    ReserveMarginTagTechnology: R T F Y;
    ResidualCapacity: R T Y;
    ResidualStorageCapacity: R S Y;
    SpecifiedAnnualDemand: R F Y;
    SpecifiedDemandProfile: R F L Y;
    StorageFullLoadHours: R S Y;
    StorageLevelStart: R S;
    StorageMaxChargeRate: R S;
    StorageMaxDischargeRate: R S;
    TechnologyFromStorage: R T S M;
    TechnologySubsidy: R T Y;
    TechnologyToStorage: R T S M;
    TotalAnnualMaxCapacity: R T Y;
    TotalAnnualMaxCapacityInvestment: R T Y;
    TotalAnnualMaxCapacityInvestmentRG: RG T Y;
    TotalAnnualMaxCapacityInvestmentStorage: R S Y;
    TotalAnnualMaxCapacityInvestmentTG: R TG Y;
    TotalAnnualMaxCapacityRG: RG T Y;
    TotalAnnualMaxCapacityStorage: R S Y;
    TotalAnnualMaxCapacityTG: R TG Y;
    TotalAnnualMinCapacity: R T Y;
    TotalAnnualMinCapacityInvestment: R T Y;
    TotalAnnualMinCapacityInvestmentRG: RG T Y;
    TotalAnnualMinCapacityInvestmentStorage: R S Y;
    TotalAnnualMinCapacityInvestmentTG: R TG Y;
    TotalAnnualMinCapacityRG: RG T Y;
    TotalAnnualMinCapacityStorage: R S Y;
    TotalAnnualMinCapacityTG: R TG Y;
    TotalTechnologyAnnualActivityLowerLimit: R T Y;
    TotalTechnologyAnnualActivityUpperLimit: R T Y;
    TotalTechnologyModelPeriodActivityLowerLimit: R T;
    TotalTechnologyModelPeriodActivityUpperLimit: R T;
    TradeRoute: R RR F Y;
    TransmissionAnnualMaxCapacityInvestment: TR Y;
    TransmissionAnnualMinCapacityInvestment: TR Y;
    TransmissionAvailabilityFactor: TR L Y;
    TransmissionCapacityToActivityUnit: R F;
    TransmissionModelingEnabled: R F Y;
    VariableCost: R T M Y;
    YearSplit: L Y;
}

impl P {
    /// Name of the column with the value.
    pub const fn value_column(self) -> &'static str {
        match self {
            Self::TransmissionModelingEnabled => "type",
            _ => "val",
        }
    }

    /// Its place among all, from 0.
    pub const fn position(self) -> usize {
        self as usize
    }
}

/// Tables that are no parameters, with the columns that are read.
pub const OTHER_TABLES: &[(&str, &[&str])] = &[
    ("REGION", &["val"]),
    ("TECHNOLOGY", &["val"]),
    ("FUEL", &["val", "timesliced"]),
    ("EMISSION", &["val"]),
    ("MODE_OF_OPERATION", &["val"]),
    ("TIMESLICE", &["val"]),
    ("YEAR", &["val"]),
    ("STORAGE", &["val", "netzeroyear", "netzerotg1", "netzerotg2"]),
    ("NODE", &["val", "r"]),
    ("REGIONGROUP", &["val"]),
    ("TECHNOLOGYGROUP", &["val"]),
    ("RRGroup", &["rg", "r"]),
    ("TTGroup", &["tg", "t"]),
    ("TSGROUP1", &["name", "order", "multiplier"]),
    ("TSGROUP2", &["name", "order", "multiplier"]),
    ("LTsGroup", &["l", "lorder", "tg2", "tg1"]),
    ("DefaultParams", &["tablename", "val"]),
    (
        "TransmissionLine",
        &[
            "id",
            "n1",
            "n2",
            "f",
            "maxflow",
            "reactance",
            "yconstruction",
            "capitalcost",
            "fixedcost",
            "variablecost",
            "operationallife",
            "efficiency",
            "interestrate",
        ],
    ),
];
