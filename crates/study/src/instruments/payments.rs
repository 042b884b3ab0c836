//! Who pays what with an instrument.

use kzleap_accounts::Accounts;
use kzleap_accounts::flows::Side;
use kzleap_accounts::payments::{Item, Party, Payment};
use kzleap_accounts::sectors::of_process;

use super::{Compared, InstrumentKind};

impl Compared {
    /// All payments of the plan ([`Accounts::payments`]), with those of a subsidy for each unit, which no
    /// program has: it is paid for the amount that is to be made.
    pub fn payments<'a>(&'a self, accounts: &Accounts<'a>) -> Vec<Payment<'a>> {
        let mut payments = accounts.payments();
        let subsidy = self.instrument.as_ref().filter(|of| of.kind == InstrumentKind::Subsidy);
        let Some(instrument) = subsidy else { return payments };
        let model = &self.model;
        let Some(c) = model
            .commodities
            .position(|commodity| Some(&commodity.name) == instrument.commodity.as_ref())
        else {
            return payments;
        };
        let name = instrument.name.as_str();
        for (y, rate) in &self.rate {
            let year = y.get();
            let made: Vec<_> = (accounts.annual_flows(Side::Outputs).iter())
                .filter(|(flow, _)| flow.commodity == c && flow.year == year)
                .filter(|(flow, _)| instrument.names(model, flow.process))
                .map(|(flow, amount)| (flow.process, *amount))
                .collect();
            let all: f64 = made.iter().map(|(_, amount)| amount).sum();
            let paid = rate * self.strength.get(y).copied().unwrap_or_default();
            if all <= 0.0 {
                continue;
            }
            let mut add = |region, party, value| {
                payments.push(Payment {
                    region,
                    party,
                    item: Item::Subsidy,
                    of: name,
                    year,
                    value,
                });
            };
            add(None, Party::Public, -paid);
            for (p, amount) in made {
                let process = &model.processes[p];
                let region = Some(model.network.home(process.region));
                add(region, Party::Sector(of_process(model, process)), paid * amount / all);
            }
        }
        payments
    }
}
