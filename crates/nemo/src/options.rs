//! What to calculate and what to save: the arguments of NEMO's `calculatescenario`.

/// Variables that are saved if nothing else is asked for.
pub const DEFAULT_VARIABLES: &[&str] = &[
    "vdemandnn",
    "vnewcapacity",
    "vtotalcapacityannual",
    "vproductionbytechnologyannual",
    "vproductionnn",
    "vusebytechnologyannual",
    "vusenn",
    "vtotaldiscountedcost",
];

/// What to calculate and what to save.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct NemoOptions {
    /// Groups of years, each calculated with perfect foresight and from the results of those
    /// before (`calcyears`). Empty: all years of the scenario, together.
    pub calcyears: Vec<Vec<i32>>,
    /// Variables to save (`varstosave`). Empty: [`DEFAULT_VARIABLES`].
    pub vars: Vec<String>,
    /// Whether candidate lines may be built in part (`continuoustransmission`).
    pub continuous_transmission: bool,
    /// Whether values of zero are saved too (`reportzeros`).
    pub report_zeros: bool,
    /// Whether our own formulation is taken where NEMO's is loose: storages follow the true hours
    /// of their slices and every day of a group, years that are not calculated hand on what is
    /// stored, limits on emissions count what comes from outside, what has no availability or
    /// life is not free, least use and reserve margins always hold.
    pub correct: bool,
}

impl NemoOptions {
    /// The variables to save.
    pub fn variables(&self) -> Vec<&str> {
        if self.vars.is_empty() {
            return DEFAULT_VARIABLES.to_vec();
        }
        let mut names: Vec<&str> = Vec::new();
        for name in self.vars.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}
