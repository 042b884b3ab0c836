//! What a model folder calls the numbers that rules state, and the collections they stand in; rules
//! of [`crate::policy`] say beside their data what their collection is called.
//!
//! Whoever explains a rule names its number by these; the list of fields of the model format takes
//! its names from here, so both speak of the same field.

macro_rules! stated {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        $($(#[$doc])* pub const $name: &str = $text;)*
    };
}

stated! {
    /// Collection: what makes and uses.
    PROCESSES = "processes";
    /// Collection, within a process: classes of its resource.
    CLASSES = "classes";
    /// Collection: what capacity may become.
    RETROFITS = "retrofits";
    /// Collection: what keeps.
    STORAGES = "storages";
    /// Collection: what is dug or bought.
    RESOURCES = "resources";
    /// Collection, within a resource: its cost steps.
    STEPS = "steps";
    /// Collection: what carries between regions.
    LINKS = "links";
    /// Table: for whatever does not say otherwise.
    DEFAULTS = "defaults";
    /// Collection: levels of regions.
    REGION_LEVELS = "region_levels";
    /// Collection: what must be served.
    DEMANDS = "demands";
    /// Collection: the tree of demand.
    BRANCHES = "branches";
    /// Of a demand or a branch: the amount a year.
    ANNUAL = "annual";
    /// Of a capacity: the least in service.
    MIN_CAPACITY = "min_capacity";
    /// Of a capacity: the most in service.
    MAX_CAPACITY = "max_capacity";
    /// Of a capacity: the least built.
    MIN_NEW_CAPACITY = "min_new_capacity";
    /// Of a capacity: the most built.
    MAX_NEW_CAPACITY = "max_new_capacity";
    /// Of the energy of a storage: the least in service.
    ENERGY_MIN_CAPACITY = "energy_min_capacity";
    /// Of the energy of a storage: the most in service.
    ENERGY_MAX_CAPACITY = "energy_max_capacity";
    /// Of the energy of a storage: the least built.
    ENERGY_MIN_NEW_CAPACITY = "energy_min_new_capacity";
    /// Of the energy of a storage: the most built.
    ENERGY_MAX_NEW_CAPACITY = "energy_max_new_capacity";
    /// Of the charging power of a storage: the least in service.
    CHARGE_MIN_CAPACITY = "charge_min_capacity";
    /// Of the charging power of a storage: the most in service.
    CHARGE_MAX_CAPACITY = "charge_max_capacity";
    /// Of the charging power of a storage: the least built.
    CHARGE_MIN_NEW_CAPACITY = "charge_min_new_capacity";
    /// Of the charging power of a storage: the most built.
    CHARGE_MAX_NEW_CAPACITY = "charge_max_new_capacity";
    /// Of a trading scheme: what is issued.
    ALLOWANCES = "allowances";
    /// Of a process: the share of its capacity that must run.
    MINIMUM_LOAD = "minimum_load";
    /// Of a process: the least use of its capacity over the year.
    ANNUAL_MINIMUM_LOAD = "annual_minimum_load";
    /// Of a process: how fast its output may change.
    RAMP = "ramp";
    /// Of a capacity: how fast building may speed up.
    GROWTH = "growth";
    /// Of growth: the building that is always allowed.
    SEED = "seed";
    /// Of a process: the least activity a year.
    MIN_ACTIVITY = "min_activity";
    /// Of a process: the most activity a year.
    MAX_ACTIVITY = "max_activity";
    /// Of a process: the most activity over the horizon.
    MAX_TOTAL_ACTIVITY = "max_total_activity";
    /// Of a resource: the most over the horizon.
    RESERVE = "reserve";
    /// Of a limit: the least.
    MIN = "min";
    /// Of a limit, or of a resource: the most.
    MAX = "max";
    /// Of a limit on activity: the most over the horizon.
    MAX_TOTAL = "max_total";
    /// Of a retrofit: the most converted.
    MAX_CONVERTED = "max_converted";
    /// Of a limit on capacity: the least built.
    MIN_NEW = "min_new";
    /// Of a limit on capacity: the most built.
    MAX_NEW = "max_new";
    /// Of a cap: emissions allowed in a year.
    LIMIT = "limit";
    /// Of a cap: emissions allowed over several years.
    BUDGET = "budget";
    /// Of a reserve margin: firm capacity beyond the peak.
    MARGIN = "margin";
    /// Of a share: the least.
    AT_LEAST = "at_least";
    /// Of a share: the most.
    AT_MOST = "at_most";
    /// What is added up.
    TERMS = "terms";
    /// Of a constraint: what it must be just as much as.
    EQUAL = "equal";
    /// Of a constraint: how fast its sum may decline.
    DECLINE = "decline";
}
