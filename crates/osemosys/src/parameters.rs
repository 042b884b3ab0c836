//! Every set and parameter of OSeMOSYS that is understood, with its indices and default.
//!
//! Source: `osemosys.txt` of OSeMOSYS_GNU_MathProg (2024-04) and the defaults of otoole's
//! configuration; the extensions are those met in published models (user-defined constraints,
//! limits by mode, fuel used by capacity, the CLEWs interface's variant).

use std::fmt;

/// A set of OSeMOSYS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SetId {
    /// `REGION`.
    Region,
    /// `TECHNOLOGY`.
    Technology,
    /// `FUEL` (`COMMODITY` in the CLEWs interface's variant).
    Fuel,
    /// `EMISSION`.
    Emission,
    /// `MODE_OF_OPERATION`.
    Mode,
    /// `TIMESLICE`.
    Timeslice,
    /// `YEAR`.
    Year,
    /// `SEASON`.
    Season,
    /// `DAYTYPE`.
    DayType,
    /// `DAILYTIMEBRACKET`.
    Bracket,
    /// `STORAGE`.
    Storage,
    /// `UDC`: names of user-defined constraints.
    Udc,
    /// `STORAGEINTRADAY`: storages that end every day as they began.
    IntraDay,
    /// `STORAGEINTRAYEAR`: storages that end every year as they began.
    IntraYear,
}

impl SetId {
    /// All sets.
    pub const ALL: [Self; 14] = [
        Self::Region,
        Self::Technology,
        Self::Fuel,
        Self::Emission,
        Self::Mode,
        Self::Timeslice,
        Self::Year,
        Self::Season,
        Self::DayType,
        Self::Bracket,
        Self::Storage,
        Self::Udc,
        Self::IntraDay,
        Self::IntraYear,
    ];

    /// Its name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Region => "REGION",
            Self::Technology => "TECHNOLOGY",
            Self::Fuel => "FUEL",
            Self::Emission => "EMISSION",
            Self::Mode => "MODE_OF_OPERATION",
            Self::Timeslice => "TIMESLICE",
            Self::Year => "YEAR",
            Self::Season => "SEASON",
            Self::DayType => "DAYTYPE",
            Self::Bracket => "DAILYTIMEBRACKET",
            Self::Storage => "STORAGE",
            Self::Udc => "UDC",
            Self::IntraDay => "STORAGEINTRADAY",
            Self::IntraYear => "STORAGEINTRAYEAR",
        }
    }

    /// The set with this name, or one of its other names.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "COMMODITY" => Some(Self::Fuel),
            "_REGION" => Some(Self::Region),
            _ => Self::ALL.into_iter().find(|set| set.name() == name),
        }
    }

    /// Whether a model cannot do without members of it.
    pub const fn required(self) -> bool {
        matches!(
            self,
            Self::Region
                | Self::Technology
                | Self::Fuel
                | Self::Mode
                | Self::Timeslice
                | Self::Year
        )
    }

    /// Whether its order is that of its numbers.
    pub const fn numbered(self) -> bool {
        matches!(self, Self::Year | Self::Season | Self::DayType | Self::Bracket)
    }
}

impl fmt::Display for SetId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Sets that say nothing the parameters do not say: made by scripts, or left over from older
/// versions.
pub const REDUNDANT_SETS: [&str; 18] = [
    "MODEperTECHNOLOGY",
    "MODExTECHNOLOGYperFUELout",
    "MODExTECHNOLOGYperFUELin",
    "MODExTECHNOLOGYperSTORAGEto",
    "MODExTECHNOLOGYperSTORAGEfrom",
    "MODExTECHNOLOGYperEMISSION",
    "MODExTECHNOLOGYperEMISSIONChange",
    "TIMESLICEofSEASON",
    "TIMESLICEofDAYTYPE",
    "TIMESLICEofDAILYTIMEBRACKET",
    "TIMESLICEofSDB",
    "INPUTxNEWxCAPACITYperFUEL",
    "INPUTxTOTALxCAPACITYperFUEL",
    "INPUTxFUEL",
    "INPUT_TF_PAIRS_NEW",
    "INPUT_TF_PAIRS_TOTAL",
    "FLEXIBLEDEMANDTYPE",
    "BOUNDARY_INSTANCES",
];

/// Parameters of older versions that no longer act, and text parameters.
pub const SPENT_PARAMETERS: [&str; 12] = [
    "ResultsPath",
    "InstalledCapacityToStoredCommodity",
    "StorageMaxCapacity",
    "StorageTag",
    "TechWithCapacityNeededToMeetPeakTS",
    "StorageInflectionTimes",
    "SalvageFactor",
    "DiscountFactor",
    "DiscountFactorMid",
    "DiscountFactorStorage",
    "DiscountFactorMidStorage",
    "DisposalCostPerCapacity",
];

/// Which values make sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Range {
    /// Any number.
    Any,
    /// Zero or more.
    NonNegative,
    /// More than zero.
    Positive,
    /// 0 or 1.
    Binary,
    /// Zero or more, or -1 for no limit.
    Limit,
    /// 1 or 2.
    Method,
}

/// What holds where a file says nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Missing {
    /// A number.
    Is(f64),
    /// The discount rate of the region.
    RegionRate,
}

/// One parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spec {
    /// Its name in files.
    pub name: &'static str,
    /// Its indices, in order.
    pub indices: &'static [SetId],
    /// Its default.
    pub default: Missing,
    /// Which values make sense.
    pub range: Range,
    /// Whether it is one of current OSeMOSYS; otherwise an extension.
    pub current: bool,
}

macro_rules! parameters {
    ($($name:ident [$($index:ident)*] $default:expr, $range:ident, $kind:ident;)*) => {
        /// A parameter of OSeMOSYS.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "the names are OSeMOSYS's own")]
        pub enum P { $($name),* }

        impl P {
            /// All parameters.
            pub const ALL: [Self; parameters!(@count $($name)*)] = [$(Self::$name),*];

            /// What is known of it.
            pub const fn spec(self) -> &'static Spec {
                const SPECS: &[Spec] = &[$(Spec {
                    name: stringify!($name),
                    indices: &[$(SetId::$index),*],
                    default: $default,
                    range: Range::$range,
                    current: parameters!(@current $kind),
                }),*];
                &SPECS[self as usize]
            }
        }
    };
    (@count $($name:ident)*) => { [$(parameters!(@unit $name)),*].len() };
    (@unit $name:ident) => { () };
    (@current current) => { true };
    (@current extension) => { false };
}

use Missing::{Is, RegionRate};

parameters! {
    AccumulatedAnnualDemand [Region Fuel Year] Is(0.0), NonNegative, current;
    AnnualEmissionLimit [Region Emission Year] Is(-1.0), Any, current;
    AnnualExogenousEmission [Region Emission Year] Is(0.0), Any, current;
    AvailabilityFactor [Region Technology Year] Is(1.0), NonNegative, current;
    CapacityFactor [Region Technology Timeslice Year] Is(1.0), NonNegative, current;
    CapacityOfOneTechnologyUnit [Region Technology Year] Is(0.0), NonNegative, current;
    CapacityToActivityUnit [Region Technology] Is(1.0), NonNegative, current;
    CapitalCost [Region Technology Year] Is(0.0), Any, current;
    CapitalCostStorage [Region Storage Year] Is(0.0), Any, current;
    Conversionld [Timeslice DayType] Is(0.0), Binary, current;
    Conversionlh [Timeslice Bracket] Is(0.0), Binary, current;
    Conversionls [Timeslice Season] Is(0.0), Binary, current;
    DaysInDayType [Season DayType Year] Is(7.0), NonNegative, current;
    DaySplit [Bracket Year] Is(0.00137), NonNegative, current;
    DepreciationMethod [Region] Is(1.0), Method, current;
    DiscountRate [Region] Is(0.05), NonNegative, current;
    DiscountRateIdv [Region Technology] RegionRate, NonNegative, current;
    DiscountRateStorage [Region Storage] RegionRate, NonNegative, current;
    EmissionActivityRatio [Region Technology Emission Mode Year] Is(0.0), Any, current;
    EmissionsPenalty [Region Emission Year] Is(0.0), Any, current;
    FixedCost [Region Technology Year] Is(0.0), Any, current;
    InputActivityRatio [Region Technology Fuel Mode Year] Is(0.0), Any, current;
    MinStorageCharge [Region Storage Year] Is(0.0), NonNegative, current;
    ModelPeriodEmissionLimit [Region Emission] Is(-1.0), Any, current;
    ModelPeriodExogenousEmission [Region Emission] Is(0.0), Any, current;
    OperationalLife [Region Technology] Is(1.0), NonNegative, current;
    OperationalLifeStorage [Region Storage] Is(0.0), NonNegative, current;
    OutputActivityRatio [Region Technology Fuel Mode Year] Is(0.0), Any, current;
    REMinProductionTarget [Region Year] Is(0.0), NonNegative, current;
    ReserveMargin [Region Year] Is(1.0), NonNegative, current;
    ReserveMarginTagFuel [Region Fuel Year] Is(0.0), Binary, current;
    ReserveMarginTagTechnology [Region Technology Year] Is(0.0), NonNegative, current;
    ResidualCapacity [Region Technology Year] Is(0.0), NonNegative, current;
    ResidualStorageCapacity [Region Storage Year] Is(0.0), NonNegative, current;
    RETagFuel [Region Fuel Year] Is(0.0), Binary, current;
    RETagTechnology [Region Technology Year] Is(0.0), NonNegative, current;
    SpecifiedAnnualDemand [Region Fuel Year] Is(0.0), NonNegative, current;
    SpecifiedDemandProfile [Region Fuel Timeslice Year] Is(0.0), NonNegative, current;
    StorageLevelStart [Region Storage] Is(0.0), NonNegative, current;
    StorageMaxChargeRate [Region Storage] Is(f64::INFINITY), NonNegative, current;
    StorageMaxDischargeRate [Region Storage] Is(f64::INFINITY), NonNegative, current;
    TechnologyFromStorage [Region Technology Storage Mode] Is(0.0), NonNegative, current;
    TechnologyToStorage [Region Technology Storage Mode] Is(0.0), NonNegative, current;
    TotalAnnualMaxCapacity [Region Technology Year] Is(-1.0), Limit, current;
    TotalAnnualMaxCapacityInvestment [Region Technology Year] Is(-1.0), Limit, current;
    TotalAnnualMinCapacity [Region Technology Year] Is(0.0), NonNegative, current;
    TotalAnnualMinCapacityInvestment [Region Technology Year] Is(0.0), NonNegative, current;
    TotalTechnologyAnnualActivityLowerLimit [Region Technology Year] Is(0.0), NonNegative, current;
    TotalTechnologyAnnualActivityUpperLimit [Region Technology Year] Is(-1.0), Limit, current;
    TotalTechnologyModelPeriodActivityLowerLimit [Region Technology] Is(0.0), NonNegative, current;
    TotalTechnologyModelPeriodActivityUpperLimit [Region Technology] Is(-1.0), Limit, current;
    TradeRoute [Region Region Fuel Year] Is(0.0), Binary, current;
    VariableCost [Region Technology Mode Year] Is(0.0), Any, current;
    YearSplit [Timeslice Year] Is(0.0), NonNegative, current;
    CapitalRecoveryFactor [Region Technology] Is(1.0), NonNegative, extension;
    PvAnnuity [Region Technology] Is(1.0), NonNegative, extension;
    InputToNewCapacityRatio [Region Technology Fuel Year] Is(0.0), Any, extension;
    InputToTotalCapacityRatio [Region Technology Fuel Year] Is(0.0), Any, extension;
    TechnologyActivityByModeLowerLimit [Region Technology Mode Year] Is(0.0), NonNegative, extension;
    TechnologyActivityByModeUpperLimit [Region Technology Mode Year] Is(0.0), NonNegative, extension;
    TechnologyActivityIncreaseByModeLimit [Region Technology Mode Year] Is(0.0), Any, extension;
    TechnologyActivityDecreaseByModeLimit [Region Technology Mode Year] Is(0.0), Any, extension;
    EmissionToActivityChangeRatio [Region Technology Emission Mode Year] Is(0.0), Any, extension;
    UDCMultiplierTotalCapacity [Region Technology Udc Year] Is(0.0), Any, extension;
    UDCMultiplierNewCapacity [Region Technology Udc Year] Is(0.0), Any, extension;
    UDCMultiplierActivity [Region Technology Udc Year] Is(0.0), Any, extension;
    UDCMultiplierDemand [Region Fuel Udc Year] Is(0.0), Any, extension;
    UDCConstant [Region Udc Year] Is(0.0), Any, extension;
    UDCTag [Region Udc] Is(2.0), Any, extension;
    TempUpperLimit [Region Technology Year] Is(1.0), NonNegative, extension;
    TempLowerLimit [Region Technology Year] Is(0.0), NonNegative, extension;
}

impl P {
    /// The parameter with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.spec().name == name)
    }

    /// Its name in files.
    pub const fn name(self) -> &'static str {
        self.spec().name
    }
}

/// The names most like `name` among those given, best first, at most three.
pub fn nearest<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted = name.to_lowercase();
    let mut found: Vec<(f64, &str)> = names
        .into_iter()
        .map(|other| (strsim::jaro_winkler(&wanted, &other.to_lowercase()), other))
        .filter(|(likeness, _)| *likeness > 0.82)
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.into_iter().take(3).map(|(_, other)| other).collect()
}

/// `did you mean ...?`, or nothing.
pub fn did_you_mean<'a>(
    name: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    if name.parse::<f64>().is_ok() {
        return None; // numbers are not misspelt
    }
    let near = nearest(name, names);
    let quoted: Vec<String> = near.iter().map(|n| format!("`{n}`")).collect();
    (!quoted.is_empty()).then(|| format!("did you mean {}?", quoted.join(" or ")))
}
