//! Kinds of cost, and what each is to those who compare plans.

/// Kinds of cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CostKind {
    /// Building capacity (net of salvage where the convention has one).
    Investment,
    /// Interest on what is spent on building until service begins.
    ConstructionInterest,
    /// Keeping capacity.
    Fixed,
    /// Taking down what goes out of service, and retiring early.
    Decommissioning,
    /// Running processes, without the price of emissions.
    Variable,
    /// Carrying commodities over links.
    Transport,
    /// Demand left unserved.
    Unserved,
    /// The price on emissions: a transfer.
    EmissionPrice,
    /// Subsidies on building, below zero: a transfer.
    Subsidy,
    /// What is surrendered in place of allowances of a trading scheme.
    Offsets,
    /// What is paid for allowances beyond those issued and for emissions without any, less what is
    /// withheld earns: a transfer.
    Allowances,
    /// What demand would have been worth that is decided by year and not served.
    Forgone,
    /// What emissions do harm, where that is minimised with the costs.
    Damage,
}

/// What a kind of cost is to those who compare plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CostGroup {
    /// A use of resources.
    System,
    /// A tax or a subsidy, which one pays and another receives.
    Transfer,
    /// What demand that answers to prices goes without.
    Forgone,
    /// What others suffer, who do not pay for the plan.
    External,
}

impl CostGroup {
    /// Its name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Transfer => "transfer",
            Self::Forgone => "forgone",
            Self::External => "external",
        }
    }
}

impl CostKind {
    /// All kinds, in the order of reports.
    pub const ALL: [Self; 13] = [
        Self::Investment,
        Self::ConstructionInterest,
        Self::Fixed,
        Self::Decommissioning,
        Self::Variable,
        Self::Transport,
        Self::Unserved,
        Self::EmissionPrice,
        Self::Subsidy,
        Self::Offsets,
        Self::Allowances,
        Self::Forgone,
        Self::Damage,
    ];

    /// Its name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Investment => "investment",
            Self::ConstructionInterest => "construction_interest",
            Self::Fixed => "fixed",
            Self::Decommissioning => "decommissioning",
            Self::Variable => "variable",
            Self::Transport => "transport",
            Self::Unserved => "unserved",
            Self::EmissionPrice => "emission_price",
            Self::Subsidy => "subsidy",
            Self::Offsets => "offsets",
            Self::Allowances => "allowances",
            Self::Forgone => "forgone",
            Self::Damage => "damage",
        }
    }

    /// What it is to those who compare plans.
    pub const fn group(self) -> CostGroup {
        match self {
            Self::EmissionPrice | Self::Subsidy | Self::Allowances => CostGroup::Transfer,
            Self::Forgone => CostGroup::Forgone,
            Self::Damage => CostGroup::External,
            _ => CostGroup::System,
        }
    }

    /// Whether it is a transfer (a tax, a subsidy), and not a use of resources.
    pub const fn is_transfer(self) -> bool {
        matches!(self.group(), CostGroup::Transfer)
    }
}
