//! Money of a run, summed up: what is built, what a year costs, what is paid to and fro, what does harm.

use kzleap_accounts::Accounts;
use kzleap_accounts::costs::{CostGroup, CostKind};

use super::{Summary, add, zeros};

impl Summary {
    pub(super) fn add_money(&mut self, accounts: &Accounts<'_>) {
        let model = accounts.model;
        let domestic = |region| -> bool { model.regions[region].domestic };
        for cost in accounts.costs().iter().filter(|cost| domestic(cost.region)) {
            if cost.kind == CostKind::Investment {
                let year = crate::tables::milestone(model, cost.year);
                add(&mut self.investment, year, cost.amount);
            }
        }
        for cost in accounts.annual_costs() {
            if domestic(cost.region) {
                let year = crate::tables::milestone(model, cost.year);
                let by_kind = match cost.kind.group() {
                    CostGroup::System => &mut self.annual_cost,
                    CostGroup::Transfer => &mut self.annual_transfers,
                    CostGroup::Forgone => continue, // in `demand_answers`
                    CostGroup::External => continue, // in `damages`
                };
                let by_year =
                    by_kind.entry(cost.name().to_owned()).or_insert_with(|| zeros(model));
                add(by_year, year, cost.value);
            }
        }
    }

    pub(super) fn add_damages(&mut self, accounts: &Accounts<'_>) {
        let model = accounts.model;
        for damage in accounts.damages() {
            if model.regions[damage.region].domestic {
                let name = &model.emissions[damage.emission].name;
                let by_year = self.damages.entry(name.clone()).or_insert_with(|| zeros(model));
                add(by_year, model.time.years[damage.year].milestone, damage.value);
                *self.damages_present_value.entry(name.clone()).or_default() +=
                    damage.present_value;
            }
        }
    }
}
