//! What technologies make of each carrier, once: not what networks carry on, nor what storages
//! give back.

use std::collections::BTreeMap;

use kzleap_accounts::Accounts;
use kzleap_accounts::flows::Side;
use kzleap_model::{CommodityIx, Mode, Model, Process, ProcessIx, YearIx};

use super::mapping::Carrier;
use crate::kinds::{Kind, Source, named_source};

/// Amounts of commodities.
pub(super) type Amounts = Vec<(CommodityIx, f64)>;

/// What one mode of a process makes and uses.
#[derive(Clone, Debug, Default)]
pub(super) struct Conversion {
    pub(super) made: Amounts,
    pub(super) used: Amounts,
}

/// What every mode of every process makes and uses in a year, PJ; what fills storages, and what
/// comes back as it went in, is left out.
pub(super) fn conversions(
    accounts: &Accounts<'_>,
) -> BTreeMap<(ProcessIx, usize, usize), Conversion> {
    let mut all: BTreeMap<_, Conversion> = BTreeMap::new();
    for side in [Side::Outputs, Side::Inputs] {
        for flow in accounts.flows(side).iter().filter(|flow| !flow.storage) {
            for year in 0..accounts.model.time.years.len() {
                let amount = flow.annual(year);
                if amount != 0.0 {
                    let one = all.entry((flow.process, flow.mode, year)).or_default();
                    let amounts =
                        if side == Side::Outputs { &mut one.made } else { &mut one.used };
                    amounts.push((flow.commodity, amount));
                }
            }
        }
    }
    all
}

/// Whether a process gives back what it was filled with, as a battery does. A reservoir that is
/// filled with water makes electricity of it.
pub(super) fn keeps(accounts: &Accounts<'_>, process: &Process) -> bool {
    let filled = accounts.filled_with();
    let gives_back = |mode: &Mode| {
        let kept = mode.discharges.iter().flat_map(|(z, _)| &filled[z.get()]);
        kept.into_iter().any(|c| mode.outputs.iter().any(|(made, _)| made == c))
    };
    process.modes.iter().any(gives_back)
}

impl Conversion {
    /// What one unit of activity of a mode makes and uses, in the mean of a year.
    pub(super) fn of_mode(model: &Model, mode: &Mode, year: YearIx) -> Self {
        let all = &model.time.nodes(kzleap_model::Tier::Annual)[0];
        let mean = |flows: &[(CommodityIx, kzleap_model::Series)]| {
            let mean = |ratio| model.time.node_mean(ratio, all, year);
            flows.iter().map(|(commodity, ratio)| (*commodity, mean(ratio))).collect()
        };
        let used = if mode.charges.is_empty() { mean(&mode.inputs) } else { Vec::new() };
        Self { made: mean(&mode.outputs), used }
    }

    /// Generation of a carrier: all that is made of it, with what the plant uses itself of the
    /// same commodity.
    ///
    /// What takes the carrier from another commodity carries it on, as a network does: that is
    /// not made here. What makes no more of it than it uses makes none.
    pub(super) fn generation(&self, model: &Model, carrier: Carrier) -> f64 {
        let sum = |amounts: &Amounts, counts: &dyn Fn(CommodityIx) -> bool| -> f64 {
            let of_it = amounts.iter().filter(|(c, _)| carrier.is(model, *c) && counts(*c));
            of_it.map(|(_, amount)| amount).sum()
        };
        let made = sum(&self.made, &|_| true);
        if made <= sum(&self.used, &|_| true) {
            return 0.0;
        }
        let makes = |c: CommodityIx| self.made.iter().any(|(made, _)| *made == c);
        (made - sum(&self.used, &|c| !makes(c))).max(0.0)
    }

    /// Whether it takes any energy.
    pub(super) fn takes_energy(&self, model: &Model) -> bool {
        self.used.iter().any(|(c, amount)| *amount > 0.0 && model.commodities[*c].is_energy())
    }

    /// What a carrier is made of, each source with its share and a finer name where the list has
    /// one; the shares add up to 1.
    ///
    /// The commodities used tell it, by their energy: fuels, else hydrogen, else electricity.
    /// Where none does, the family of the technology may name it.
    pub(super) fn sources(
        &self,
        model: &Model,
        process: &Process,
        carrier: Carrier,
    ) -> Vec<(Source, Option<&'static str>, f64)> {
        let kinds: Vec<(Kind, f64)> = (self.used.iter())
            .filter(|(_, amount)| *amount > 0.0)
            .filter_map(|(c, amount)| Some((Kind::of(model, *c)?, *amount)))
            .collect();
        let pick = |source: &dyn Fn(Kind) -> Option<Source>| -> BTreeMap<Source, f64> {
            let mut sums = BTreeMap::new();
            for (kind, amount) in &kinds {
                if let Some(source) = source(*kind).filter(|s| carrier.may_be_of(*s)) {
                    *sums.entry(source).or_insert(0.0) += amount;
                }
            }
            sums
        };
        let mut found = pick(&|kind| match kind {
            Kind::Fuel(source, _) | Kind::Direct(source) => Some(source),
            Kind::Hydrogen => Some(Source::Hydrogen),
            _ => None,
        });
        let named = named_source(process).filter(|(source, _)| carrier.may_be_of(*source));
        if found.is_empty() {
            if let Some((source, finer)) = named {
                return vec![(source, finer, 1.0)];
            }
            found = pick(&|kind| (kind == Kind::Electricity).then_some(Source::Electricity));
        }
        let whole: f64 = found.values().sum();
        if found.is_empty() {
            return vec![(Source::Other, None, 1.0)];
        }
        let finer = |source| named.filter(|(known, _)| *known == source).and_then(|(_, f)| f);
        found.into_iter().map(|(s, amount)| (s, finer(s), amount / whole)).collect()
    }
}
