#![doc = include_str!("page.md")]

use kzleap_lp::Row;
use kzleap_model::units::{Emissions, Energy, Per};
use kzleap_model::{EmissionIx, Model, RegionIx, Solution, YearIx};

use crate::build::Rows;
use crate::families::{Earning, Family, RowKey, RuleKind};
use crate::names::Names;
use crate::number::Enters;
use crate::row::LpRow;
use crate::{Formulation, Variables};

/// An emission in a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Of what.
    pub emission: EmissionIx,
    /// In which region.
    pub region: RegionIx,
    /// In which milestone year.
    pub year: YearIx,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let Self { emission, region, year } = *self;
        let emission = &names.0.emissions[emission].name;
        format!("emission_accounting[{emission},{},{}]", names.region(region), names.year(year))
    }

    fn number(&self, _: &Formulation<'_>, _: Row) -> Option<(RuleKind, Enters)> {
        None // follows from other numbers
    }

    fn earning(&self, names: Names<'_>) -> Option<(Earning, String)> {
        Some((Earning::Emission, names.0.emissions[self.emission].name.clone()))
    }

    fn read_back(&self, _: f64, _: &Formulation<'_>, _: &mut Solution) {}
}

/// Adds the rows: one wherever somebody caps or prices the emission, even if no process emits it.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars, balances) = (rows.model, rows.vars, rows.balances);
    for e in model.emissions.ixs() {
        for r in model.regions.ixs() {
            for y in model.time.years.ixs() {
                let Some(emissions) = vars.emissions(e, r, y) else { continue };
                let mut row = rows.begin::<Emissions>(RowKey::EmissionAccounting(Key {
                    emission: e,
                    region: r,
                    year: y,
                }));
                row += 1.0 * emissions;
                for (p, process) in
                    model.processes.iter_ix().filter(|(_, p)| model.network.home(p.region) == r)
                {
                    let nodes = model.time.nodes(process.tier);
                    for (m, mode) in process.modes.iter().enumerate() {
                        for (_, factor) in mode.emissions.iter().filter(|(of, _)| *of == e) {
                            for (n, node) in nodes.iter().enumerate() {
                                let Some(activity) = vars.activity(p, m, n, y) else {
                                    continue;
                                };
                                let factor = model.time.node_mean(factor, node, y);
                                row -= Per::<Emissions, Energy>::new(factor) * activity;
                            }
                        }
                    }
                }

                add_links(model, vars, (e, r, y), &mut row);

                let mut of_demand = 0.0;
                for (at, balance) in balances.iter().enumerate() {
                    let all = balance.emissions_of_demand(e, y);
                    if model.network.home(balance.region) != r || all == 0.0 {
                        continue;
                    }
                    of_demand += all;
                    // what is unserved of a lot is unserved of all demands in it alike
                    let factors: Vec<Per<Emissions, Energy>> = (balance.lots.iter())
                        .map(|lot| Per::new(balance.factor_of(model, lot, e, y)))
                        .collect();
                    for n in 0..model.time.node_count(model.commodities[balance.commodity].tier)
                    {
                        for (lot, unserved) in vars.unserved(at, n, y) {
                            row += factors[lot] * unserved;
                        }
                    }
                    for demand in &balance.demands {
                        let factor =
                            Per::<Emissions, Energy>::new(demand.1.emission_factor(e, y));
                        vars.forgone(*demand, y).for_each(|forgone| row += factor * forgone);
                    }
                }

                // emissions - Σ_p factor · activity - Σ_l factor · (1 - loss) · flow
                //     + Σ factor · (unserved + forgone)
                //     = exogenous + Σ factor · demand
                row.equals(model.exogenous_emissions(e, r, y) + of_demand);
            }
        }
    }
}

/// What counts as emitted where flows arrive.
fn add_links(
    model: &Model,
    vars: &Variables,
    (e, r, y): (EmissionIx, RegionIx, YearIx),
    row: &mut LpRow<'_, Emissions>,
) {
    for (l, link) in model.links.iter_ix() {
        for (_, factor) in link.emissions.iter().filter(|(of, _)| *of == e) {
            let nodes = model.time.nodes(model.commodities[link.commodity].tier);
            let here = |direction| model.network.home(link.arrives_in(direction)) == r;
            for direction in [0, 1].into_iter().filter(|direction| here(*direction)) {
                for (n, node) in nodes.iter().enumerate() {
                    let Some(flow) = vars.flow(l, direction, n, y) else { continue };
                    let factor = (1.0 - link.loss) * model.time.node_mean(factor, node, y);
                    *row -= Per::<Emissions, Energy>::new(factor) * flow;
                }
            }
        }
    }
}
