//! Indicators of an energy system by year, from the balance, the drivers and the emissions.

use std::collections::BTreeMap;

use kzleap_model::SectorKind;
use serde::Serialize;

use crate::balance::{Balance, ByYear, InOut, TWH};
use crate::drivers::Drivers;
use crate::emissions::Emissions;
use crate::fuel::Fuel;
use crate::row::Row;
use crate::table::Entry;

/// An indicator over the years.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Indicator {
    /// Its stable name, such as `self_sufficiency`.
    pub key: String,
    /// Its name for people.
    pub name: String,
    /// Unit; `%` for shares.
    pub unit: String,
    /// Values by year.
    pub values: ByYear,
}

/// An indicator that cannot be given, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// Its name for people.
    pub name: String,
    /// What it needs.
    pub needs: &'static str,
}

/// The indicators of a balance, and those it does not allow.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Indicators {
    /// Those with a value in any year.
    pub known: Vec<Indicator>,
    /// The others.
    pub missing: Vec<Missing>,
}

/// Numbers of one year that indicators are made of.
struct Year {
    primary: Option<BTreeMap<Fuel, f64>>,
    final_use: Option<BTreeMap<Fuel, f64>>,
    generation: Option<BTreeMap<Fuel, f64>>,
    production: Option<f64>,
    net_import: Option<f64>,
    /// What goes into all rows of transformation, and what comes out.
    transformed: Option<(f64, f64)>,
    /// The same of plants of power and heat.
    plants: Option<(f64, f64)>,
    /// Electricity lost and used by grids themselves, and electricity made.
    grid: Option<(f64, f64)>,
    /// Whether electricity is produced without saying of what.
    anonymous: bool,
    population: Option<f64>,
    gdp: Option<f64>,
    co2: Option<f64>,
}

impl Year {
    fn new(
        balance: &Balance<'_>,
        drivers: &Drivers,
        co2: Option<&Emissions>,
        year: i32,
    ) -> Self {
        let whole = balance.is_whole(year);
        let sum = |is: fn(Row) -> bool| balance.energy(year, is).values().sum::<f64>();
        let rows = balance.transformations(year);
        let ratio = |every: bool| {
            let is = |row: &InOut<'_>| every || row.makes_power_or_heat();
            let kept = rows.values().filter(|row| !row.only_passes_on() && is(row));
            let (into, out) = kept.fold((0.0, 0.0), |(into, out), row| {
                let taken = row.inputs.values().sum::<f64>() - row.direct();
                (into + taken, out + row.outputs.values().sum::<f64>() - row.direct())
            });
            (whole && into > 0.0).then_some((into, out))
        };
        let in_grids = |entry: &&&Entry| {
            let own = entry.row == Row::OwnUse
                && balance.kinds.sector(&entry.flow) == Some(SectorKind::Network);
            let electric = balance.kinds.fuel(&entry.commodity) == Fuel::Electricity;
            entry.is_energy() && electric && (own || entry.row == Row::Losses)
        };
        let lost =
            balance.in_year(year).iter().filter(in_grids).map(|entry| -entry.value).sum();
        let generation = balance.generation(year);
        let made = generation.as_ref().map(|by_fuel| by_fuel.values().sum::<f64>());
        Self {
            primary: balance.primary(year),
            final_use: balance.final_use(year),
            production: whole.then(|| sum(|row| row == Row::Production)),
            net_import: whole.then(|| sum(|row| matches!(row, Row::Import | Row::Export))),
            transformed: ratio(true),
            plants: ratio(false),
            grid: made.filter(|_| whole).map(|made| (lost, made)),
            anonymous: balance.energy(year, |row| row == Row::Production).iter().any(
                |(commodity, made)| {
                    balance.kinds.fuel(commodity) == Fuel::Electricity && *made > 0.0
                },
            ),
            generation,
            population: drivers.population(year),
            gdp: drivers.gdp(year),
            co2: co2.and_then(|co2| co2.total(year)),
        }
    }

    fn primary(&self) -> Option<f64> {
        self.primary.as_ref().map(|by_fuel| by_fuel.values().sum()).filter(|sum| *sum > 0.0)
    }

    fn final_use(&self) -> Option<f64> {
        self.final_use.as_ref().map(|by_fuel| by_fuel.values().sum()).filter(|sum| *sum > 0.0)
    }

    fn generation(&self) -> Option<f64> {
        self.generation.as_ref().map(|by_fuel| by_fuel.values().sum()).filter(|sum| *sum > 0.0)
    }
}

/// Share of some fuels in a sum, %.
fn share(parts: Option<&BTreeMap<Fuel, f64>>, is: impl Fn(Fuel) -> bool) -> Option<f64> {
    let parts = parts?;
    let sum: f64 = parts.values().sum();
    // a total alone says nothing of its parts
    let known = parts.len() > 1 || !parts.contains_key(&Fuel::Other);
    let of: f64 = parts.iter().filter(|(fuel, _)| is(**fuel)).map(|(_, value)| value).sum();
    (known && sum > 0.0).then(|| 100.0 * of / sum)
}

/// The share of a fuel, where there is any.
fn share_of(parts: Option<&BTreeMap<Fuel, f64>>, fuel: Fuel) -> Option<f64> {
    parts.filter(|parts| parts.get(&fuel).is_some_and(|value| value.abs() > 0.0))?;
    share(parts, |other| other == fuel)
}

/// The indicators of every year of a balance.
///
/// Definitions stand in `docs/src/balance.md`; primary energy is supply after trade, bunkers and
/// stocks, with electricity of water, wind and sun as what it is.
pub fn indicators(
    balance: &Balance<'_>,
    drivers: &Drivers,
    co2: Option<&Emissions>,
) -> Indicators {
    let years: BTreeMap<i32, Year> =
        balance.years().map(|year| (year, Year::new(balance, drivers, co2, year))).collect();
    let mut all = Collector { years, found: Indicators::default() };
    let money = if drivers.money.is_empty() { "money" } else { drivers.money.as_str() };
    all.levels();
    all.security();
    all.intensities(money);
    all.per_head();
    all.shares();
    all.found
}

struct Collector {
    years: BTreeMap<i32, Year>,
    found: Indicators,
}

impl Collector {
    fn add(
        &mut self,
        key: impl Into<String>,
        name: impl Into<String>,
        unit: impl Into<String>,
        needs: &'static str,
        of: impl Fn(&Year) -> Option<f64>,
    ) {
        let values: ByYear = self
            .years
            .iter()
            .filter_map(|(year, numbers)| Some((*year, of(numbers)?)))
            .filter(|(_, value)| value.is_finite())
            .collect();
        let (key, name, unit) = (key.into(), name.into(), unit.into());
        if !values.is_empty() {
            self.found.known.push(Indicator { key, name, unit, values });
        } else if !needs.is_empty() {
            self.found.missing.push(Missing { name, needs });
        }
    }

    fn levels(&mut self) {
        let needs = "rows of supply and of final use, or `primary use`";
        self.add("primary_energy", "Primary energy", "PJ", needs, Year::primary);
        let needs = "rows of supply and of final use, or `final use`";
        self.add("final_use", "Final use", "PJ", needs, Year::final_use);
        let needs = "electricity in rows of transformation, or `generation`";
        self.add("generation", "Electricity made", "TWh", needs, |year| {
            year.generation().map(|made| made * TWH)
        });
        let needs = "emission factors, or rows `emissions`";
        self.add("co2", "Carbon dioxide", "Mt", needs, |year| year.co2);
    }

    fn security(&mut self) {
        let needs = "a whole balance: production, trade and final use";
        self.add("production", "Production", "PJ", needs, |year| year.production);
        self.add("self_sufficiency", "Self-sufficiency", "%", needs, |year| {
            Some(100.0 * year.production? / year.primary()?)
        });
        self.add("import_dependency", "Import dependency (net imports)", "%", needs, |year| {
            Some(100.0 * year.net_import? / year.primary()?)
        });
        let needs = "rows of transformation that take energy";
        self.add(
            "transformation_efficiency",
            "Efficiency of transformation",
            "%",
            needs,
            |year| {
                let (into, out) = year.transformed?;
                Some(100.0 * out / into)
            },
        );
        let name = "Efficiency of plants of power and heat";
        self.add("plant_efficiency", name, "%", needs, |year| {
            let (into, out) = year.plants?;
            Some(100.0 * out / into)
        });
        let needs = "electricity that plants make, and what is lost of it";
        let name = "Lost and used by grids, of power made";
        self.add("grid_losses", name, "%", needs, |year| {
            let (lost, made) = year.grid?;
            Some(100.0 * lost / made)
        });
    }

    fn intensities(&mut self, money: &str) {
        let needs = "GDP at constant prices";
        self.add(
            "energy_intensity",
            "Energy intensity of GDP",
            format!("MJ/{money}"),
            needs,
            |year| Some(year.primary()? / year.gdp?),
        );
        self.add(
            "carbon_intensity_gdp",
            "Carbon intensity of GDP",
            format!("kg/{money}"),
            "GDP at constant prices and emissions",
            |year| Some(year.co2? / year.gdp?),
        );
        let needs = "emissions and primary energy";
        self.add("carbon_intensity", "Carbon intensity of energy", "kg/GJ", needs, |year| {
            Some(1000.0 * year.co2? / year.primary()?)
        });
    }

    fn per_head(&mut self) {
        let needs = "population";
        self.add("primary_per_capita", "Primary energy per capita", "GJ", needs, |year| {
            Some(year.primary()? / year.population?)
        });
        self.add("final_per_capita", "Final use per capita", "GJ", needs, |year| {
            Some(year.final_use()? / year.population?)
        });
        self.add(
            "electricity_per_capita",
            "Electricity generation per capita",
            "MWh",
            needs,
            |year| Some(year.generation()? * TWH / year.population?),
        );
        let needs = "population and emissions";
        self.add("co2_per_capita", "Carbon dioxide per capita", "t", needs, |year| {
            Some(year.co2? / year.population?)
        });
    }

    fn shares(&mut self) {
        let electricity = "final use of electricity and of all";
        self.add("electricity_share", "Electricity in final use", "%", electricity, |year| {
            share_of(year.final_use.as_ref(), Fuel::Electricity)
        });
        let parts = "primary energy by fuel, also of what makes electricity";
        self.add("renewable_share", "Renewables in primary energy", "%", parts, |year| {
            let told = |fuel: &Fuel| fuel.is_renewable();
            let primary = year.primary.as_ref().filter(|_| !year.anonymous);
            // what is not specified may be renewable
            let untold = |parts: &BTreeMap<Fuel, f64>| {
                parts.get(&Fuel::Other).is_some_and(|value| *value > 0.0)
            };
            let primary = primary.filter(|parts| parts.keys().any(told) || !untold(parts));
            share(primary, Fuel::is_renewable)
        });
        let by_fuel = "electricity by what it is made of";
        self.add(
            "renewable_electricity",
            "Renewables in electricity made",
            "%",
            by_fuel,
            |year| {
                let untold =
                    |made: &&BTreeMap<Fuel, f64>| made.contains_key(&Fuel::Electricity);
                let made = year.generation.as_ref().filter(|made| !untold(made));
                share(made, Fuel::is_renewable)
            },
        );
        for fuel in Fuel::ALL {
            let key = format!("primary_share_{}", fuel.name());
            let name = format!("Primary energy: share of {}", fuel.name());
            self.add(key, name, "%", "", |year| share_of(year.primary.as_ref(), *fuel));
        }
        for fuel in Fuel::ALL {
            let key = format!("final_share_{}", fuel.name());
            let name = format!("Final use: share of {}", fuel.name());
            self.add(key, name, "%", "", |year| share_of(year.final_use.as_ref(), *fuel));
        }
    }
}
