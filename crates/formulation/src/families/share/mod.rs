#![doc = include_str!("page.md")]

use kzleap_lp::Row;
use kzleap_model::finance::Convention;
use kzleap_model::policy::{Sense, Share, ShareIx};
use kzleap_model::units::Energy;
use kzleap_model::{CommodityIx, Model, NodeIx, ProcessIx, RegionIx, Solution, YearIx, stated};

use crate::Formulation;
use crate::Variables;
use crate::balances::Balance;
use crate::build::Rows;
use crate::expressions::{flow_times, output_times};
use crate::families::{Earning, Family, RowKey, RuleKind};
use crate::names::Names;
use crate::number::{Enters, Facts, Sides};
use crate::row::LpRow;
use crate::surplus::{Place, places};

/// A share rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// The rule in a year.
    Rule(ShareIx, YearIx),
    /// What is thrown away in a region, at a node, beyond what others make.
    Waste(ShareIx, RegionIx, NodeIx, YearIx),
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        match *self {
            Self::Rule(at, y) => {
                format!("share[{},{}]", names.0.shares[at].name, names.year(y))
            }
            Self::Waste(at, r, node, y) => {
                format!("share_waste[{}]", names.share_at(at, r, node, y))
            }
        }
    }

    fn number(&self, _: &Formulation<'_>, _: Row) -> Option<(RuleKind, Enters)> {
        match *self {
            Self::Rule(at, y) => Some((RuleKind::Share(at, y), Enters::Factor)),
            Self::Waste(..) => None, // follows from other numbers
        }
    }

    fn earning(&self, names: Names<'_>) -> Option<(Earning, String)> {
        let (Self::Rule(at, _) | Self::Waste(at, ..)) = *self;
        Some((Earning::Share, names.0.shares[at].name.clone()))
    }

    fn read_back(&self, _: f64, _: &Formulation<'_>, _: &mut Solution) {}
}

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars, balances) = (rows.model, rows.vars, rows.balances);
    for (at, rule) in model.shares.iter_ix() {
        let places = places(model, balances, rule);
        for y in model.time.years.ixs() {
            let Some(share) = rule.share[y.get()] else { continue };
            let mut row = rows.begin::<Energy>(RowKey::Share(Key::Rule(at, y)));
            for (p, commodity, weight) in &rule.part {
                output_times(weight[y.get()], model, vars, (*p, *commodity, y), &mut row);
            }
            for (p, commodity) in &rule.whole {
                output_times(-share, model, vars, (*p, *commodity, y), &mut row);
            }
            for place in &places {
                for n in 0..nodes_of(model, balances, place) {
                    add_waste(vars, (at, rule.sense, share), place, (n, y), &mut row);
                }
            }

            // Σ_part weight · used - share · Σ_whole used ≥ 0
            match rule.sense {
                Sense::AtLeast => row.at_least(0.0),
                Sense::AtMost => row.at_most(0.0),
                Sense::Equal => row.equals(0.0),
            }
            for place in &places {
                for n in 0..nodes_of(model, balances, place) {
                    limit_others(rows, at, place, (n, y));
                }
            }
        }
    }
}

fn nodes_of(model: &Model, balances: &[Balance<'_>], place: &Place<'_, '_>) -> NodeIx {
    model.time.node_count(model.commodities[balances[place.balance].commodity].tier)
}

/// Takes what is thrown away in a balance off both sides of a share.
fn add_waste(
    vars: &Variables,
    (at, sense, share): (ShareIx, Sense, f64),
    place: &Place<'_, '_>,
    (n, y): (NodeIx, YearIx),
    row: &mut LpRow<'_, Energy>,
) {
    let Some(surplus) = vars.surplus(place.balance, n, y) else { return };
    let (of_surplus, of_wasted) = if sense == Sense::AtLeast {
        // part - wasted - share · (whole - surplus)
        (share, -1.0)
    } else {
        // part - (surplus - wasted) - share · (whole - surplus)
        (share - 1.0, 1.0)
    };
    let terms = match vars.wasted(at, place.balance, n, y) {
        Some(wasted) => [(of_surplus, surplus), (of_wasted, wasted)],
        None => [(of_surplus + of_wasted, surplus), (0.0, surplus)],
    };
    for (factor, var) in terms.into_iter().filter(|(factor, _)| *factor != 0.0) {
        *row += factor * var;
    }
}

/// Of what is thrown away in a balance, others throw away no more than they make.
fn limit_others(
    rows: &mut Rows<'_, '_>,
    at: ShareIx,
    place: &Place<'_, '_>,
    (n, y): (NodeIx, YearIx),
) {
    let (model, vars) = (rows.model, rows.vars);
    let Balance { region, commodity, .. } = rows.balances[place.balance];
    let tier = model.commodities[commodity].tier;
    let Some(surplus) = vars.surplus(place.balance, n, y) else { return };
    let Some(wasted) = vars.wasted(at, place.balance, n, y) else { return };
    let mut row = rows.begin::<Energy>(RowKey::Share(Key::Waste(at, region, n, y)));
    row += 1.0 * wasted;
    row -= 1.0 * surplus;
    for flow in &place.others {
        flow_times(1.0, model, vars, flow, (tier, n, y), &mut row);
    }

    // wasted ≥ surplus - Σ_others made
    row.at_least(0.0);
}

/// A share in the making of a commodity.
pub(crate) fn facts(model: &Model, at: ShareIx, y: YearIx) -> Facts {
    let rule = &model.shares[at];
    let path = |field: &str| vec![format!("{}.{}.{field}", Share::COLLECTION, rule.name)];
    let of_region = |(p, _): &(ProcessIx, CommodityIx)| {
        model.regions[model.network.home(model.processes[*p].region)].name.clone()
    };
    let nemo = matches!(model.finance.convention, Convention::Nemo(_));
    let first = rule.whole.first().filter(|_| !nemo);
    let parameter = first.map(|first| ("REMinProductionTarget".to_owned(), of_region(first)));
    Facts {
        word: "share",
        name: format!("share {} {}", rule.name, model.time.years[y].milestone),
        value: Sides::both(rule.share[y.get()].unwrap_or(0.0)),
        range: (0.0, 1.0),
        ratio: true,
        two_sides: false,
        building: false,
        unit: String::new(),
        region: None,
        year: Some(y),
        paths: Sides { least: path(stated::AT_LEAST), most: path(stated::AT_MOST) },
        parameter: Sides::both(parameter),
    }
}
