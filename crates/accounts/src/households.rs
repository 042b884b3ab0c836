//! What groups of households pay for the bill of their sector, and what they are given back.

use kzleap_model::{CommodityIx, Households};

use crate::Accounts;
use crate::payments::{Item, Party, Payment};

/// A group of households in a milestone year, MUSD in money of the year.
#[derive(Clone, Copy, Debug)]
pub struct HouseholdYear<'a> {
    /// The group.
    pub group: &'a Households,
    /// Position of the milestone year.
    pub year: usize,
    /// Its part of what its sector buys, at marginal cost.
    pub bill: f64,
    /// Its part of what the sector pays for emissions, less what that is given and paid.
    pub emissions: f64,
    /// What it is given of what the public receives for emissions.
    pub given_back: f64,
}

impl HouseholdYear<'_> {
    /// What it pays in all.
    pub fn pays(&self) -> f64 {
        self.bill + self.emissions - self.given_back
    }

    /// The bill as a share of its income; `None` if that is not said.
    pub fn share_of_income(&self) -> Option<f64> {
        self.group.income.as_ref().map(|income| self.bill / income[self.year])
    }
}

impl<'a> Accounts<'a> {
    /// What each group of households pays by milestone year. Its part of a commodity is that of what it uses,
    /// of all else that of its heads; costs of devices are in neither.
    pub fn households(&self) -> Vec<HouseholdYear<'a>> {
        let model = self.model;
        if model.households.is_empty() {
            return Vec::new();
        }
        let payments = self.payments();
        let mut all = Vec::new();
        for group in &model.households {
            let of_sector = |payment: &&Payment<'_>| {
                let domestic = payment.region.is_some_and(|r| model.regions[r].domestic);
                domestic && payment.party == Party::Sector(&group.sector)
            };
            for year in 0..model.time.years.len() {
                let mut one =
                    HouseholdYear { group, year, bill: 0.0, emissions: 0.0, given_back: 0.0 };
                for payment in payments.iter().filter(|payment| payment.year == year) {
                    let emissions = matches!(
                        payment.item,
                        Item::Tax | Item::Auction | Item::Sales | Item::Penalties
                    );
                    if payment.party == Party::Public && emissions {
                        one.given_back += group.given_back * payment.value;
                    }
                }
                for payment in
                    payments.iter().filter(|payment| payment.year == year).filter(of_sector)
                {
                    match payment.item {
                        Item::Bought => {
                            let share = self.share_of(group, payment.of);
                            one.bill -= share * payment.value;
                        }
                        Item::Tax | Item::Allowances | Item::Given | Item::Subsidy => {
                            one.emissions -= group.heads * payment.value;
                        }
                        _ => {}
                    }
                }
                all.push(one);
            }
        }
        all
    }

    fn share_of(&self, group: &Households, commodity: &str) -> f64 {
        let c: Option<CommodityIx> = self.model.commodities.position(|of| of.name == commodity);
        c.map_or(group.heads, |c| group.share_of(c))
    }
}
