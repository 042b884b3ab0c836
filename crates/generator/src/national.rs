//! A national power and heat model: fuels, plants, renewables, storage, links, caps.

use kzleap_model::chronology::{Cycle, repeating};
use kzleap_model::policy::{
    CapWindow, EmissionCap, EmissionTerm, Load, Reserve, ReserveRequirement,
};
use kzleap_model::units::{HOURS_PER_YEAR, PJ_PER_GWH};
use kzleap_model::{
    Amount, Balance, Capacity, CapacityIx, CapacityUnit, Commodity, CommodityIx, CommodityKind,
    Convention, DayType, Demand, EmissionIx, Family, Finance, Gas, Growth, Investment, Link,
    Mode, Model, Process, Region, RegionIx, Season, Series, Set, Slice, Storage, Tier, Time,
    Year,
};

use crate::Size;

/// Share of its content that a storage loses each hour.
pub const SELF_DISCHARGE_PER_HOUR: f64 = 1e-4;

/// A pseudo-random number between 0 and 1, the same for the same key (SplitMix64).
fn noise(key: u64) -> f64 {
    let mut z = key.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}

/// A plant type: name, fuel, efficiency, overnight cost MUSD/GW, fixed cost MUSD/GW a year,
/// variable cost MUSD/PJ, life in years, share of the CO2 that is captured.
type Plant = (&'static str, Option<usize>, f64, f64, f64, f64, i32, f64);

const FUELS: [(&str, Family, f64, f64); 4] =
    // name, family, cost MUSD/PJ, emission factor Mt/PJ
    [
        ("coal", Family::Coal, 1.2, 0.0946),
        ("gas", Family::Gas, 3.5, 0.0561),
        ("uranium", Family::Nuclear, 0.7, 0.0),
        ("biomass", Family::Biomass, 4.0, 0.0),
    ];

const PLANTS: [Plant; 12] = [
    ("coal_plant", Some(0), 0.36, 1900.0, 42.0, 0.9, 40, 0.0),
    ("coal_new", Some(0), 0.43, 2400.0, 45.0, 0.8, 40, 0.0),
    ("coal_ccs", Some(0), 0.33, 4600.0, 90.0, 2.0, 40, 0.9),
    ("gas_turbine", Some(1), 0.36, 600.0, 15.0, 1.0, 25, 0.0),
    ("gas_combined", Some(1), 0.57, 950.0, 22.0, 0.6, 30, 0.0),
    ("gas_ccs", Some(1), 0.48, 2100.0, 50.0, 1.2, 30, 0.9),
    ("nuclear", Some(2), 0.33, 5800.0, 110.0, 0.5, 60, 0.0),
    ("biomass_plant", Some(3), 0.32, 3200.0, 80.0, 1.0, 25, 0.0),
    ("hydro", None, 1.0, 2700.0, 45.0, 0.1, 80, 0.0),
    ("wind", None, 1.0, 1250.0, 32.0, 0.0, 25, 0.0),
    ("solar", None, 1.0, 800.0, 14.0, 0.0, 25, 0.0),
    ("offshore", None, 1.0, 2600.0, 70.0, 0.0, 25, 0.0),
];

/// Generates a model: power and heat, fuels, renewables, storage, links, caps and reserves.
pub fn national(size: Size, seed: u64) -> Model {
    let mut generator = Generator::new(size, seed);
    for r in generator.model.regions.ixs() {
        generator.add_fuels(r);
        generator.add_plants(r);
        generator.add_storages(r);
        generator.add_demand(r);
    }
    generator.add_links();
    generator.add_policy();
    generator.model
}

struct Generator {
    size: Size,
    seed: u64,
    model: Model,
    electricity: CommodityIx,
    heat: CommodityIx,
}

impl Generator {
    fn new(size: Size, seed: u64) -> Self {
        let commodity = |name: &str, tier, kind, family| Commodity {
            name: name.to_owned(),
            label: name.to_owned(),
            tier,
            just_in_time: false,
            balance: Balance::Surplus,
            unserved_cost: (tier == Tier::Slice).then(|| vec![3000.0 / 3.6; size.years]),
            kind: Some(kind),
            family,
            colour: None,
            amount: Some(Amount::Energy),
            heat_value: None,
        };
        let mut commodities: Set<Commodity> = (FUELS.iter())
            .map(|(name, family, ..)| {
                commodity(name, Tier::Annual, CommodityKind::Fuel, Some(*family))
            })
            .collect();
        let electricity = commodities.push(commodity(
            "electricity",
            Tier::Slice,
            CommodityKind::Electricity,
            None,
        ));
        let heat = commodities.push(commodity("heat", Tier::Slice, CommodityKind::Heat, None));
        let regions = (0..size.regions)
            .map(|r| Region {
                name: format!("r{r}"),
                label: format!("Region {r}"),
                domestic: true,
            })
            .collect();
        let finance = Finance {
            convention: Convention::Annuity,
            base_year: 2025,
            discount_rate: vec![0.05; size.regions],
        };
        let mut model = Model {
            description: "A generated model, for timing".to_owned(),
            regions,
            commodities,
            ..Model::empty("generated", "USD2022", finance, time(size))
        };
        let co2 = model.add_emission("co2");
        "CO2".clone_into(&mut model.emissions[co2].label);
        model.emissions[co2].gas = Some(Gas::Co2);
        Self { size, seed, model, electricity, heat }
    }

    fn vary(&self, region: RegionIx, item: usize) -> f64 {
        0.85 + 0.3 * noise(self.seed ^ (region.get() as u64) << 32 ^ item as u64)
    }

    fn by_year(&self, value: impl Fn(f64) -> f64) -> Vec<f64> {
        (0..self.size.years).map(|y| value(5.0 * y as f64)).collect()
    }

    fn by_slice(&self, value: impl Fn(usize, usize) -> f64) -> Series {
        Series::BySlice(
            (0..self.size.seasons)
                .flat_map(|season| (0..self.size.blocks).map(move |block| (season, block)))
                .map(|(season, block)| value(season, block))
                .collect(),
        )
    }

    fn add_fuels(&mut self, region: RegionIx) {
        for (f, (name, _, cost, _)) in FUELS.iter().enumerate() {
            let factor = self.vary(region, f);
            let mut mode = Mode::new("all");
            mode.outputs.push((CommodityIx::new(f), Series::Constant(1.0)));
            mode.variable_cost =
                Series::ByYear(self.by_year(|years| cost * factor * (1.0 + 0.01 * years)));
            self.model.processes.push(Process {
                name: format!("{name}_supply"),
                label: format!("{name} supply"),
                category: (*name).to_owned(),
                family: None,
                captures: false,
                flow: None,
                region,
                tier: Tier::Annual,
                modes: vec![mode],
                capacity: None,
                capacity_to_activity: 1.0,
                parts: Vec::new(),
                availability: Series::Constant(1.0),
                annual_availability: None,
                annual_minimum_load: None,
                minimum_load: None,
                ramp_per_hour: None,
            });
        }
    }

    fn add_capacity(
        &mut self,
        name: &str,
        region: RegionIx,
        (overnight, fixed, life): (f64, f64, i32),
        residual: f64,
    ) -> CapacityIx {
        let years = self.size.years;
        self.model.capacities.push(Capacity {
            name: name.to_owned(),
            region,
            unit: CapacityUnit::Gigawatt,
            residual: self.by_year(|since| residual * (1.0 - since / 35.0).max(0.0)),
            investment: Some(Investment {
                overnight_cost: self.by_year(|since| overnight * (1.0 - 0.006 * since)),
                technical_life: f64::from(life),
                survival: None,
                interest: 0.0,
                economic_life: f64::from(life.min(30)),
                cost_of_capital: 0.08,
                lower: vec![0.0; years],
                upper: vec![20.0; years],
                growth: Some(Growth { rate: 0.25, seed: 0.3 }),
                unit_size: None,
            }),
            fixed_cost: vec![fixed; years],
            fixed_cost_of_new: Vec::new(),
            lower: vec![0.0; years],
            upper: vec![f64::INFINITY; years],
            early_retirement: false,
            decommissioning_cost: None,
            early_retirement_cost: None,
            by_conversion: false,
        })
    }

    fn add_plants(&mut self, region: RegionIx) {
        for variant in 0..self.size.variants {
            for (at, plant) in PLANTS.iter().enumerate() {
                self.add_plant(region, variant, at, *plant);
            }
        }
    }

    fn add_plant(&mut self, region: RegionIx, variant: usize, at: usize, plant: Plant) {
        let (name, fuel, efficiency, overnight, fixed, variable, life, captured) = plant;
        let name = format!("{name}{variant}");
        let factor = self.vary(region, 100 * variant + at);
        let residual = if variant == 0 && at < 5 { 3.0 * factor } else { 0.0 };
        let capacity =
            self.add_capacity(&name, region, (overnight * factor, fixed, life), residual);
        let mut mode = Mode::new("power");
        mode.outputs.push((self.electricity, Series::Constant(1.0)));
        mode.variable_cost = Series::Constant(variable);
        let mut modes = Vec::new();
        if let Some(fuel) = fuel {
            let input = 1.0 / (efficiency * (0.97 + 0.06 * (factor - 0.85)));
            let emitted = input * FUELS[fuel].3 * (1.0 - captured);
            mode.inputs.push((CommodityIx::new(fuel), Series::Constant(input)));
            mode.emissions.push((EmissionIx::new(0), Series::Constant(emitted)));
            if at < 2 || at == 4 {
                let mut heat = mode.clone();
                heat.name = "heat".to_owned();
                heat.outputs.push((self.heat, Series::Constant(1.2)));
                heat.capacity_use = 1.15;
                heat.inputs[0].1 = Series::Constant(input * 1.2);
                heat.emissions[0].1 = Series::Constant(emitted * 1.2);
                modes.push(heat);
            }
        }
        modes.insert(0, mode);
        let availability = match at {
            8 => self.by_slice(|season, _| 0.4 + 0.2 * f64::from(season % 2 == 0)),
            9 | 11 => self.by_slice(|season, block| {
                0.15 + 0.4
                    * noise(self.seed ^ (season * 977 + block * 31 + region.get()) as u64)
            }),
            10 => self.by_slice(|_, block| {
                let hour = (block as f64 + 0.5) / self.size.blocks as f64 * 24.0;
                (0.75 * (1.0 - ((hour - 12.5) / 6.5).powi(2))).max(0.0)
            }),
            _ => Series::Constant(0.85),
        };
        self.model.processes.push(Process {
            label: name.clone(),
            category: name.clone(),
            family: None,
            captures: false,
            flow: None,
            name,
            region,
            tier: Tier::Slice,
            modes,
            capacity: Some(capacity),
            capacity_to_activity: PJ_PER_GWH * HOURS_PER_YEAR,
            parts: Vec::new(),
            availability,
            annual_availability: None,
            annual_minimum_load: None,
            minimum_load: None,
            ramp_per_hour: None,
        });
    }

    fn add_storages(&mut self, region: RegionIx) {
        let kinds = [
            ("battery", 0.95, 4.0, Cycle::Day, 700.0),
            ("pumped", 0.88, 10.0, Cycle::Season, 1800.0),
        ];
        for (name, efficiency, hours, cycle, overnight) in kinds {
            let capacity = self.add_capacity(name, region, (overnight, 10.0, 20), 0.0);
            let storage = self.model.storages.push(Storage {
                name: name.to_owned(),
                region,
                capacity,
                content_per_capacity: hours * PJ_PER_GWH,
                minimum_level: vec![0.0; self.size.years],
                chronology: repeating(&self.model.time, cycle, SELF_DISCHARGE_PER_HOUR),
            });
            let mut charge = Mode::new("charge");
            charge.inputs.push((self.electricity, Series::Constant(1.0)));
            charge.charges.push((storage, efficiency));
            let mut discharge = Mode::new("discharge");
            discharge.outputs.push((self.electricity, Series::Constant(1.0)));
            discharge.discharges.push((storage, 1.0 / efficiency));
            self.model.processes.push(Process {
                name: name.to_owned(),
                label: name.to_owned(),
                category: name.to_owned(),
                family: None,
                captures: false,
                flow: None,
                region,
                tier: Tier::Slice,
                modes: vec![charge, discharge],
                capacity: Some(capacity),
                capacity_to_activity: PJ_PER_GWH * HOURS_PER_YEAR,
                parts: Vec::new(),
                availability: Series::Constant(0.97),
                annual_availability: None,
                annual_minimum_load: None,
                minimum_load: None,
                ramp_per_hour: None,
            });
        }
    }

    fn add_demand(&mut self, region: RegionIx) {
        let size = self.vary(region, 7);
        let shares = |peak: &dyn Fn(usize, usize) -> f64| {
            let split = 1.0 / (self.size.seasons * self.size.blocks) as f64;
            let rates: Vec<f64> = (0..self.size.seasons)
                .flat_map(|season| (0..self.size.blocks).map(move |block| (season, block)))
                .map(|(season, block)| peak(season, block) * split)
                .collect();
            let sum: f64 = rates.iter().sum();
            Series::BySlice(rates.iter().map(|rate| rate / sum).collect())
        };
        let electricity = shares(&|season, block| {
            1.0 + 0.25 * f64::from(season == 0) + 0.3 * (block as f64 / self.size.blocks as f64)
        });
        let heat = shares(&|season, _| if season == 0 { 1.0 } else { 0.15 });
        let annual = |first: f64, growth: f64| {
            self.by_year(|since| first * size * (1.0 + growth).powf(since))
        };
        let demands = [
            (self.electricity, annual(120.0, 0.02), electricity),
            (self.heat, annual(60.0, 0.005), heat),
        ];
        for (commodity, annual, profile) in demands {
            self.model.demands.push(Demand::new(region, commodity, annual, Some(profile)));
        }
    }

    fn add_links(&mut self) {
        for r in 0..self.size.regions.saturating_sub(1) {
            let (name, region) = (format!("line{r}"), RegionIx::new(r));
            let capacity = self.add_capacity(&name, region, (400.0, 4.0, 40), 1.0);
            self.model.links.push(Link {
                name,
                from: region,
                to: RegionIx::new(r + 1),
                commodity: self.electricity,
                capacity: Some(capacity),
                capacity_to_activity: PJ_PER_GWH * HOURS_PER_YEAR,
                availability: Series::Constant(0.95),
                reverse_availability: Series::Constant(0.95),
                loss: 0.03,
                variable_cost: Series::Constant(0.05),
                emissions: Vec::new(),
            });
        }
    }

    fn add_policy(&mut self) {
        let regions: Vec<RegionIx> = self.model.regions.ixs().collect();
        let base = 45.0 * self.size.regions as f64;
        let last = 5.0 * (self.size.years.max(2) - 1) as f64;
        let limits = self.by_year(|since| base * (1.0 - 0.95 * since / last));
        self.model.emission_caps.push(EmissionCap {
            name: "national".to_owned(),
            terms: vec![EmissionTerm { emission: EmissionIx::new(0), regions, weight: 1.0 }],
            window: CapWindow::EachYear(limits.into_iter().map(Some).collect()),
        });
        let years = self.size.years;
        for r in self.model.regions.ixs() {
            let credit = |name: &str| {
                if name.starts_with("wind") || name.starts_with("offshore") {
                    0.1
                } else if name.starts_with("solar") || name.starts_with("line") {
                    0.0
                } else {
                    0.9
                }
            };
            let members = (self.model.capacities.iter_ix())
                .filter(|(_, capacity)| capacity.region == r)
                .map(|(k, capacity)| (k, vec![credit(&capacity.name); years]))
                .collect();
            let peak = self.by_year(|since| 5.5 * 1.02_f64.powf(since));
            let load = Load { commodity: self.electricity, regions: vec![r] };
            self.model.reserves.push(Reserve {
                name: format!("reserve{}", r.get()),
                members,
                requirement: ReserveRequirement::Firm { load, peak, margin: vec![0.0; years] },
            });
        }
    }
}

fn time(size: Size) -> Time {
    let hours = 24.0 / size.blocks as f64;
    let days = 365.0 / size.seasons as f64;
    let count = size.seasons * size.blocks;
    let mut slices = Set::new();
    for season in 0..size.seasons {
        for block in 0..size.blocks {
            slices.push(Slice {
                name: format!("s{season}.b{block}"),
                day_type: season,
                hours_per_pass: hours,
            });
        }
    }
    let range = |season: usize| season * size.blocks..(season + 1) * size.blocks;
    Time {
        years: (0..size.years)
            .map(|y| {
                let milestone = 2025 + 5 * i32::try_from(y).unwrap_or(0);
                Year { milestone, first: milestone, last: milestone + 4 }
            })
            .collect(),
        seasons: (0..size.seasons)
            .map(|s| Season { name: format!("s{s}"), label: format!("s{s}"), slices: range(s) })
            .collect(),
        day_types: (0..size.seasons)
            .map(|s| DayType {
                name: "day".to_owned(),
                label: "day".to_owned(),
                season: s,
                passes: days,
                slices: range(s),
            })
            .collect(),
        slices,
        year_split: Series::Constant(1.0 / count as f64),
        calendar: Vec::new(),
        cutting: kzleap_model::Cutting::default(),
    }
}
