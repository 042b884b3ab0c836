//! Which sector a thing belongs to: the word of its row of the energy balance, by which reports
//! gather emissions and final energy.

use kzleap_model::Scheme;
use kzleap_model::policy::{CapWindow, EmissionCap, EmissionTerm};
use kzleap_model::{Family, Model, Process, RowKind};

use crate::Accounts;
use crate::emissions::{EXOGENOUS, Emitted, Source};
use crate::owners::LINK;

/// What the energy industry uses itself is a sector of its own.
pub const OWN_USE: &str = RowKind::OwnUse.text();

/// The sector that a row of the energy balance names, such as `industry` of
/// `final/industry/steel`; `None` for rows that are no sector's.
pub fn of_row(row: &str) -> Option<&str> {
    match RowKind::of(row)? {
        RowKind::Final | RowKind::Transformation => row.split('/').nth(1),
        RowKind::OwnUse => Some(OWN_USE),
        _ => None,
    }
}

/// The sector of final use that a row of the energy balance names; `None` for other rows.
pub fn of_final_use(row: &str) -> Option<&str> {
    row.split('/').nth(1).filter(|_| RowKind::of(row) == Some(RowKind::Final))
}

/// The sector a process emits in: that of its row, or its category where it has none.
pub fn of_process<'a>(model: &Model, process: &'a Process) -> &'a str {
    let Some(row) = &process.flow else { return &process.category };
    let family = model.category(&process.category).and_then(|category| category.family);
    match of_row(row) {
        // what is taken out of the air is no use of energy
        Some(OWN_USE) if family == Some(Family::Removal) => &process.category,
        Some(sector) => sector,
        None => &process.category,
    }
}

impl<'a> Accounts<'a> {
    /// Every sector that may emit or takes final energy, with repetitions: of processes, of final
    /// use, of demand that is burnt, and what is exogenous.
    pub fn sectors(&self) -> impl Iterator<Item = &str> {
        let model = self.model;
        let emits =
            |process: &&Process| process.modes.iter().any(|mode| !mode.emissions.is_empty());
        let processes = model.processes.iter().filter(emits);
        let rows = self.energy_balance().iter().map(|entry| entry.flow.as_str());
        let burnt = model.demands.iter().filter(|demand| !demand.emissions.is_empty());
        (processes.map(move |process| of_process(model, process)))
            .chain(rows.filter_map(of_final_use))
            .chain(burnt.map(|demand| of_row(&demand.flow).unwrap_or(&demand.flow)))
            .chain(model.links.iter().any(|link| !link.emissions.is_empty()).then_some(LINK))
            .chain([EXOGENOUS])
    }

    /// The sector of a source of emissions.
    pub fn sector_of(&self, emitted: &Emitted<'a>) -> &'a str {
        match emitted.source {
            Source::Process(p) => of_process(self.model, &self.model.processes[p]),
            Source::Demand(row) => of_row(row).unwrap_or(row),
            Source::Link(_) => LINK,
            Source::Exogenous => EXOGENOUS,
        }
    }

    /// Every source that counts under a cap, with its weight.
    pub fn counted_under(
        &self,
        cap: &EmissionCap,
    ) -> impl Iterator<Item = (&Emitted<'a>, f64)> {
        let with_exogenous = match cap.window {
            CapWindow::EachYear(_) => true,
            CapWindow::Budget { exogenous, .. } => exogenous,
        };
        self.sources_of(&cap.terms, with_exogenous)
    }

    /// Every source that counts under a trading scheme, with its weight.
    pub fn covered_by(&self, scheme: &Scheme) -> impl Iterator<Item = (&Emitted<'a>, f64)> {
        self.sources_of(&scheme.terms, true)
    }

    fn sources_of(
        &self,
        terms: &[EmissionTerm],
        with_exogenous: bool,
    ) -> impl Iterator<Item = (&Emitted<'a>, f64)> {
        terms.iter().flat_map(move |term| {
            let counts = move |one: &&Emitted<'_>| {
                term.regions.contains(&one.region)
                    && (with_exogenous || one.source != Source::Exogenous)
            };
            self.emitted_of(term.emission).filter(counts).map(|one| (one, term.weight))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{OWN_USE, of_final_use, of_row};

    #[test]
    fn a_row_names_its_sector() {
        assert_eq!(of_row("final/industry/steel"), Some("industry"));
        assert_eq!(of_row("transformation/CHP"), Some("CHP"));
        assert_eq!(of_row("own use/refineries"), Some(OWN_USE));
        assert_eq!(of_row("production"), None);
        assert_eq!(of_row("final"), None);
        assert_eq!(of_final_use("final/households"), Some("households"));
        assert_eq!(of_final_use("transformation/CHP"), None);
    }
}
