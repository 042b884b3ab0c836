//! A model that uses nothing OSeMOSYS lacks, as OSeMOSYS data.

use std::collections::BTreeMap;

use kzleap_model::finance::{Convention, Depreciation};
use kzleap_model::{
    Balance, Capacity, CapacityIx, Model, Process, Series, SliceIx, Tier, YearIx,
};
use ndarray::Array2;

use super::costs::Costs;
use super::draft::Draft;
use super::{constraints, policy, tiers};
use crate::data::Data;
use crate::parameters::{P, SetId};

/// The model as OSeMOSYS data, or everything in it that OSeMOSYS cannot say.
///
/// # Errors
/// What OSeMOSYS has no words for, one phrase each.
pub fn from_model(model: &Model) -> Result<Data, Vec<String>> {
    let mut export = Export {
        model,
        draft: Draft::new(),
        costs: Costs::new(model),
        refused: Vec::new(),
        notes: Vec::new(),
    };
    let rules = constraints::rules(&mut export);
    export.sets(&rules);
    tiers::check(&mut export);
    export.time_and_money();
    for (_, process) in model.processes.iter_ix() {
        export.process(process);
    }
    for (k, capacity) in model.capacities.iter_ix() {
        export.capacity(k, capacity);
    }
    export.demands();
    export.emissions();
    export.links();
    policy::add(&mut export);
    constraints::add(&mut export, &rules);
    if export.refused.is_empty() {
        let data = export.draft.finish(model.name.clone(), &model.finance.discount_rate);
        Ok(Data { notes: export.notes, ..data })
    } else {
        Err(export.refused)
    }
}

/// An export under way.
pub(super) struct Export<'m> {
    pub(super) model: &'m Model,
    pub(super) draft: Draft,
    pub(super) costs: Costs<'m>,
    pub(super) refused: Vec<String>,
    pub(super) notes: Vec<String>,
}

impl Export<'_> {
    pub(super) fn refuse(&mut self, what: impl Into<String>) {
        self.refused.push(what.into());
    }

    fn sets(&mut self, rules: &[constraints::Rule<'_>]) {
        let model = self.model;
        let draft = &mut self.draft;
        draft.set(SetId::Region, model.regions.iter().map(|region| region.name.clone()));
        let technologies = model.processes.iter().map(|process| process.name.clone());
        let capacities = model.capacities.iter().map(|capacity| capacity.name.clone());
        draft.set(SetId::Technology, technologies.chain(capacities));
        draft.set(SetId::Fuel, model.commodities.iter().map(|fuel| fuel.name.clone()));
        draft.set(SetId::Emission, model.emissions.iter().map(|e| e.name.clone()));
        let modes =
            model.processes.iter().map(|process| process.modes.len()).max().unwrap_or(1);
        draft.set(SetId::Mode, (1..=modes).map(|mode| mode.to_string()));
        draft.set(SetId::Timeslice, model.time.slices.iter().map(|slice| slice.name.clone()));
        draft.set(SetId::Udc, rules.iter().map(|rule| rule.name.clone()));
        let years = model.time.years.iter().map(|year| year.milestone.to_string());
        draft.set(SetId::Year, years);
        if !model.storages.is_empty() {
            self.refuse("storages: OSeMOSYS follows them by a calendar of its own");
        }
        if !model.network.lines.is_empty() {
            self.refuse("lines with a reactance: OSeMOSYS has no power flow");
        }
        if !model.retrofits.is_empty() {
            self.refuse("retrofits: OSeMOSYS converts no capacity");
        }
        if !model.support.subsidies.is_empty() {
            self.refuse("subsidies");
        }
        if !model.trading.is_empty() {
            self.refuse("trading schemes");
        }
        if !model.step_ramps.is_empty() {
            self.refuse("limits on ramping");
        }
        for (_, fuel) in model.commodities.iter_ix() {
            if fuel.balance == Balance::Exact || fuel.unserved_cost.is_some() {
                self.refuse(format!("`{}`: surplus forbidden, or demand unserved", fuel.name));
            }
        }
    }

    fn time_and_money(&mut self) {
        let model = self.model;
        for s in model.time.slices.ixs() {
            for y in model.time.years.ixs() {
                let split = model.time.year_split.at(s, y);
                self.draft.put(P::YearSplit, &[s.get(), y.get()], split);
            }
        }
        match &model.finance.convention {
            Convention::Osemosys { depreciation, own_rate, own_depreciation } => {
                for (r, method) in depreciation.iter().enumerate() {
                    let method = f64::from(1 + u8::from(*method == Depreciation::StraightLine));
                    self.draft.put(P::DepreciationMethod, &[r], method);
                }
                if !own_rate.is_empty() || !own_depreciation.is_empty() {
                    self.refuse("discount rates of single capacities");
                }
            }
            Convention::Annuity => self.periods(),
            Convention::Nemo(_) => self.refuse("finance: NEMO's accounting"),
        }
        for (r, rate) in model.finance.discount_rate.iter().enumerate() {
            self.draft.put(P::DiscountRate, &[r], *rate);
        }
    }

    /// What OSeMOSYS must be able to say of periods, and what it says otherwise than we do.
    fn periods(&mut self) {
        let model = self.model;
        for year in model.time.years.iter().filter(|year| year.first != year.milestone) {
            self.refuse(format!("{}: a period that begins before it", year.milestone));
        }
        for capacity in model.capacities.iter() {
            if capacity.investment.is_some() && self.costs.ends_within_a_period(capacity) {
                self.refuse(format!("`{}`: a life that ends within a period", capacity.name));
            }
        }
        if model.time.years.iter().any(|year| year.first != year.last) {
            self.notes.push(
                "OSeMOSYS counts each listed year once: `FixedCost`, `VariableCost` and \
                 `EmissionsPenalty` carry the weight of all years of a period, and `CapitalCost` \
                 is what makes building worth the same"
                    .to_owned(),
            );
        } else if self.costs.differ_from_overnight() {
            self.notes.push(
                "`CapitalCost` is not always the overnight cost: it carries what financing adds \
                 where the cost of capital is not the discount rate, or payment ends before the \
                 life"
                    .to_owned(),
            );
        }
    }

    fn place(&self, region: usize, technology: &str) -> [usize; 2] {
        [region, self.draft.position(SetId::Technology, technology)]
    }

    /// One value a year; refused if it differs between slices.
    fn yearly(&mut self, series: &Series, of: &str) -> Vec<f64> {
        if series.varies_by_slice() {
            self.refuse(format!("{of}: a value that differs between slices"));
        }
        let years = self.model.time.years.ixs();
        years.map(|y| series.at(SliceIx::new(0), y)).collect()
    }

    fn process(&mut self, process: &Process) {
        let model = self.model;
        let name = &process.name;
        let [r, t] = self.place(process.region.get(), name);
        if process.minimum_load.is_some() || process.ramp_per_hour.is_some() {
            self.refuse(format!("`{name}`: a minimum load or a ramp"));
        }
        if !process.parts.is_empty() {
            self.refuse(format!("`{name}`: values by year of building"));
        }
        if let Some(k) = process.capacity {
            let capacity = &model.capacities[k];
            if capacity.name != *name || capacity.region != process.region {
                self.refuse(format!("`{name}`: a capacity of another name or region"));
            }
            let users = model.processes.iter().filter(|other| other.capacity == Some(k));
            if users.count() > 1 {
                self.refuse(format!("`{name}`: a capacity that processes share"));
            }
        }
        self.draft.put(P::CapacityToActivityUnit, &[r, t], process.capacity_to_activity);
        self.availability(process, r, t);
        for (m, mode) in process.modes.iter().enumerate() {
            if (mode.capacity_use - 1.0).abs() > 0.0 {
                self.refuse(format!("`{name}`: a mode that takes more or less capacity"));
            }
            let cost = self.yearly(&mode.variable_cost, name);
            let cost = self.costs.running(process.region, cost);
            self.draft.put_row(P::VariableCost, &[r, t, m], &cost);
            for (p, flows) in
                [(P::InputActivityRatio, &mode.inputs), (P::OutputActivityRatio, &mode.outputs)]
            {
                for (fuel, ratio) in flows {
                    let ratio = self.yearly(ratio, name);
                    self.draft.put_row(p, &[r, t, fuel.get(), m], &ratio);
                }
            }
            for (emission, factor) in &mode.emissions {
                let factor = self.yearly(factor, name);
                let at = [r, t, emission.get(), m];
                self.draft.put_row(P::EmissionActivityRatio, &at, &factor);
            }
        }
    }

    fn availability(&mut self, process: &Process, r: usize, t: usize) {
        let time = &self.model.time;
        if process.capacity.is_none() {
            return;
        }
        let even = process.tier != Tier::Slice;
        for s in time.slices.ixs() {
            for y in time.years.ixs() {
                let factor = if even {
                    time.mean_at(&process.availability, Tier::Annual, 0, y)
                } else {
                    process.availability.at(s, y)
                };
                self.draft.put(P::CapacityFactor, &[r, t, s.get(), y.get()], factor);
            }
        }
        let Some(annual) = &process.annual_availability else { return };
        for (y, annual) in annual.iter().enumerate() {
            let year = YearIx::new(y);
            let of_slice =
                |s: SliceIx| process.availability.at(s, year) * time.year_split.at(s, year);
            let mean: f64 = time.slices.ixs().map(of_slice).sum();
            if mean > 0.0 {
                let share = (annual / mean).min(1.0);
                self.draft.put(P::AvailabilityFactor, &[r, t, y], share);
            }
        }
    }

    fn capacity(&mut self, k: CapacityIx, capacity: &Capacity) {
        let name = &capacity.name;
        let at = self.place(capacity.region.get(), name);
        if capacity.early_retirement {
            self.refuse(format!("`{name}`: early retirement"));
        }
        if capacity.decommissioning_cost.is_some() {
            self.refuse(format!("`{name}`: a cost of decommissioning"));
        }
        if !capacity.fixed_cost_of_new.is_empty() {
            self.refuse(format!("`{name}`: a fixed cost by year of building"));
        }
        if self.model.links.iter().any(|link| link.capacity == Some(k)) {
            return; // reported with the link
        }
        let none = |limit: &f64| if limit.is_finite() { *limit } else { -1.0 };
        let upper: Vec<f64> = capacity.upper.iter().map(none).collect();
        self.draft.put_row(P::ResidualCapacity, &at, &capacity.residual);
        let fixed = self.costs.running(capacity.region, capacity.fixed_cost.clone());
        self.draft.put_row(P::FixedCost, &at, &fixed);
        self.draft.put_row(P::TotalAnnualMinCapacity, &at, &capacity.lower);
        self.draft.put_row(P::TotalAnnualMaxCapacity, &at, &upper);
        let Some(investment) = &capacity.investment else {
            let nothing = vec![0.0; upper.len()];
            self.draft.put_row(P::TotalAnnualMaxCapacityInvestment, &at, &nothing);
            return;
        };
        if investment.survival.is_some() {
            self.refuse(format!("`{name}`: a survival curve"));
        }
        if investment.growth.is_some() {
            self.refuse(format!("`{name}`: a limit on how fast building speeds up"));
        }
        let upper: Vec<f64> = investment.upper.iter().map(none).collect();
        let cost = self.costs.building(k, investment);
        self.draft.put_row(P::CapitalCost, &at, &cost);
        self.draft.put_row(P::TotalAnnualMaxCapacityInvestment, &at, &upper);
        self.draft.put_row(P::TotalAnnualMinCapacityInvestment, &at, &investment.lower);
        self.draft.put(P::OperationalLife, &at, self.costs.life(investment));
        let rate = self.costs.rate_of_building(capacity.region, investment);
        self.draft.put(P::DiscountRateIdv, &at, rate);
        if let Some(sizes) = &investment.unit_size {
            self.draft.put_row(P::CapacityOfOneTechnologyUnit, &at, sizes);
        }
    }

    /// Demands of a commodity in a region together. What may be met at any time is asked for beyond
    /// what is tied to slices; OSeMOSYS sets the one against all production of the year, so the
    /// two are added.
    fn demands(&mut self) {
        let model = self.model;
        let (slices, years) = (model.time.slices.len(), model.time.years.len());
        let mut sums: BTreeMap<_, (Array2<f64>, Vec<f64>)> = BTreeMap::new();
        for demand in &model.demands {
            if !demand.steps.is_empty() {
                self.refuse(format!("demand `{}`: steps of what it is worth", demand.name));
            }
            let key = (demand.region.get(), demand.commodity.get());
            let (tied, free) = sums
                .entry(key)
                .or_insert_with(|| (Array2::zeros((slices, years)), vec![0.0; years]));
            let by_slice = model.commodities[demand.commodity].tier == Tier::Slice;
            for (y, annual) in demand.annual.iter().enumerate() {
                match &demand.profile {
                    Some(profile) if by_slice => {
                        for s in model.time.slices.ixs() {
                            tied[(s.get(), y)] += annual * profile.at(s, YearIx::new(y));
                        }
                    }
                    _ => free[y] += annual,
                }
            }
        }
        for ((r, f), (tied, free)) in sums {
            let annual: Vec<f64> = tied.columns().into_iter().map(|year| year.sum()).collect();
            self.draft.put_row(P::SpecifiedAnnualDemand, &[r, f], &annual);
            for ((s, y), amount) in tied.indexed_iter() {
                let share = if annual[y] > 0.0 { amount / annual[y] } else { 0.0 };
                self.draft.put(P::SpecifiedDemandProfile, &[r, f, s, y], share);
            }
            if free.iter().any(|demand| *demand > 0.0) {
                let sum: Vec<f64> = annual.iter().zip(&free).map(|(a, b)| a + b).collect();
                self.draft.put_row(P::AccumulatedAnnualDemand, &[r, f], &sum);
            }
        }
    }

    /// What demand emits comes from outside there: only technologies emit.
    fn emissions(&mut self) {
        let model = self.model;
        for (e, emission) in model.emissions.iter_ix() {
            for (r, by_year) in &emission.price {
                let price = self.costs.running(*r, by_year.clone());
                self.draft.put_row(P::EmissionsPenalty, &[r.get(), e.get()], &price);
            }
            for r in model.regions.ixs() {
                let of_year =
                    |y| model.exogenous_emissions(e, r, y) + model.emissions_of_demand(e, r, y);
                let by_year: Vec<f64> = model.time.years.ixs().map(of_year).collect();
                if by_year.iter().any(|mt| *mt != 0.0) {
                    self.draft.put_row(
                        P::AnnualExogenousEmission,
                        &[r.get(), e.get()],
                        &by_year,
                    );
                }
                let taxed = |y| {
                    model.emission_price(e, r, y) * model.emissions_of_demand(e, r, y) != 0.0
                };
                if model.time.years.ixs().any(taxed) {
                    let region = &model.regions[r].name;
                    self.refuse(format!(
                        "`{}`: a price on what demand emits in {region}",
                        emission.name
                    ));
                }
            }
        }
    }

    fn links(&mut self) {
        let model = self.model;
        for link in &model.links {
            let free = link.capacity.is_none()
                && link.loss == 0.0
                && link.variable_cost.is_zero()
                && link.emissions.is_empty();
            if !free || link.availability != link.reverse_availability {
                self.refuse(format!(
                    "`{}`: a link that is limited, lossy, paid or counted as emitting",
                    link.name
                ));
                continue;
            }
            let open = self.yearly(&link.availability, &link.name);
            let (a, b, f) = (link.from.get(), link.to.get(), link.commodity.get());
            for (y, open) in open.into_iter().enumerate() {
                let open = f64::from(u8::from(open > 0.0));
                self.draft.put(P::TradeRoute, &[a, b, f, y], open);
                self.draft.put(P::TradeRoute, &[b, a, f, y], open);
            }
        }
    }
}
