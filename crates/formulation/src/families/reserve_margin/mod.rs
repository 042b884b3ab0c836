#![doc = include_str!("page.md")]

mod load;

use kzleap_lp::Row;
use kzleap_model::policy::{Reserve, ReserveIx, ReserveRequirement};
use kzleap_model::units::{Energy, Per, Power};
use kzleap_model::{
    ByYear, CapacityIx, CommodityIx, Model, ProcessIx, RegionIx, SliceIx, Solution, Tier,
    YearIx, stated,
};

use crate::Formulation;
use crate::build::Rows;
use crate::families::{Earning, Family, RowKey, RuleKind};
use crate::names::Names;
use crate::number::{Enters, Facts, Sides};
use crate::row::LpRow;

/// A reserve in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Which reserve.
    pub reserve: ReserveIx,
    /// In which slice, where it follows production or the load.
    pub slice: Option<SliceIx>,
    /// In which milestone year.
    pub year: YearIx,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let Self { reserve, slice, year } = *self;
        let slice = slice.map_or(String::new(), |s| format!("{},", names.slice(s)));
        let reserve = &names.0.reserves[reserve].name;
        format!("reserve_margin[{reserve},{slice}{}]", names.year(year))
    }

    fn number(&self, formulation: &Formulation<'_>, _: Row) -> Option<(RuleKind, Enters)> {
        let Self { reserve, year, .. } = *self;
        let stands = match &formulation.model.reserves[reserve].requirement {
            ReserveRequirement::Firm { peak, .. } => Enters::Bound(peak[year.get()]),
            ReserveRequirement::Load { .. } | ReserveRequirement::Production { .. } => {
                Enters::Factor
            }
        };
        Some((RuleKind::ReserveMargin(reserve, year), stands))
    }

    fn earning(&self, names: Names<'_>) -> Option<(Earning, String)> {
        Some((Earning::Reserve, names.0.reserves[self.reserve].name.clone()))
    }

    /// The price of capacity.
    fn read_back(&self, dual: f64, formulation: &Formulation<'_>, solution: &mut Solution) {
        let (model, Self { reserve, slice, year }) = (formulation.model, *self);
        let region = region(model, &model.reserves[reserve]);
        let row = slice.map_or(0, SliceIx::get);
        solution.reserve_price[reserve.get()][(row, year.get())] +=
            dual / model.flow_present_value(region, year);
    }
}

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars) = (rows.model, rows.vars);
    for (at, reserve) in model.reserves.iter_ix() {
        for y in model.time.years.ixs() {
            match &reserve.requirement {
                ReserveRequirement::Firm { peak, margin, .. }
                    if (1.0 + margin[y.get()]) * peak[y.get()] > 0.0 =>
                {
                    let need = (1.0 + margin[y.get()]) * peak[y.get()];
                    let mut row = rows.begin::<Power>(key(at, None, y));
                    add_firm(vars, reserve, y, &mut row);

                    // Σ_k credit · capacity[k,y] ≥ (1 + margin) · peak
                    row.at_least(need);
                }
                ReserveRequirement::Production { outputs, factor } if factor[y.get()] > 0.0 => {
                    for s in model.time.slices.ixs() {
                        let mut row = rows.begin::<Power>(key(at, Some(s), y));
                        add_firm(vars, reserve, y, &mut row);
                        for (p, commodity) in outputs {
                            add_rate(
                                model,
                                vars,
                                (*p, *commodity, s, y),
                                factor[y.get()],
                                &mut row,
                            );
                        }

                        // Σ_k credit · capacity[k,y] - factor · rate of output[s,y] ≥ 0
                        row.at_least(0.0);
                    }
                }
                ReserveRequirement::Load { .. } => load::add(rows, at, y),
                ReserveRequirement::Firm { .. } | ReserveRequirement::Production { .. } => {}
            }
        }
    }
}

/// The region whose discount rate its prices have.
pub(crate) fn region(model: &Model, reserve: &Reserve) -> RegionIx {
    if let ReserveRequirement::Load { load, .. } = &reserve.requirement
        && let Some(region) = load.regions.first()
    {
        return *region;
    }
    (reserve.members.first())
        .map_or_else(|| RegionIx::new(0), |(k, _)| model.capacities[*k].region)
}

fn add_firm(
    vars: &crate::Variables,
    reserve: &Reserve,
    year: YearIx,
    row: &mut LpRow<'_, Power>,
) {
    // what is on standby counts by what it could do
    let standing_by = matches!(reserve.requirement, ReserveRequirement::Load { .. })
        .then_some(&vars.standing_by.capacities);
    for (k, credit) in &reserve.members {
        if standing_by.is_some_and(|capacities| capacities.contains(k)) {
            continue;
        }
        if let Some(capacity) = vars.capacity(*k, year) {
            *row += credit[year.get()] * capacity;
        }
    }
}

/// Subtracts `factor` times the rate of output; credits are per unit of that rate.
fn add_rate(
    model: &Model,
    vars: &crate::Variables,
    (p, commodity, s, y): (ProcessIx, CommodityIx, SliceIx, YearIx),
    factor: f64,
    row: &mut LpRow<'_, Power>,
) {
    let process = &model.processes[p];
    if process.tier != Tier::Slice {
        return;
    }
    let share = model.time.year_split.at(s, y);
    for (m, mode) in process.modes.iter().enumerate() {
        for (_, ratio) in mode.outputs.iter().filter(|(of, _)| *of == commodity) {
            if let (true, Some(activity)) = (share > 0.0, vars.activity(p, m, s.get(), y)) {
                let rate = Per::<Power, Energy>::new(ratio.at(s, y) / share);
                *row -= rate * factor * activity;
            }
        }
    }
}

const fn key(reserve: ReserveIx, slice: Option<SliceIx>, year: YearIx) -> RowKey {
    RowKey::ReserveMargin(Key { reserve, slice, year })
}

/// Firm capacity beyond the peak, a share of it.
pub(crate) fn facts(model: &Model, at: ReserveIx, y: YearIx) -> Facts {
    let reserve = &model.reserves[at];
    let (value, least) = match &reserve.requirement {
        ReserveRequirement::Firm { margin, .. } | ReserveRequirement::Load { margin, .. } => {
            (margin[y.get()], -1.0)
        }
        ReserveRequirement::Production { factor, .. } => (factor[y.get()], 0.0),
    };
    let of_region = |(k, _): &(CapacityIx, ByYear)| {
        model.regions[model.network.home(model.capacities[*k].region)].name.clone()
    };
    let first = reserve.members.first();
    Facts {
        word: "reserve_margin",
        name: format!("reserve margin {} {}", reserve.name, model.time.years[y].milestone),
        value: Sides::both(value),
        range: (least, f64::INFINITY),
        ratio: true,
        two_sides: false,
        building: false,
        unit: String::new(),
        region: None,
        year: Some(y),
        paths: Sides::both(vec![format!(
            "{}.{}.{}",
            Reserve::COLLECTION,
            reserve.name,
            stated::MARGIN
        )]),
        parameter: Sides::both(first.map(|k| ("ReserveMargin".to_owned(), of_region(k)))),
    }
}
