//! What things are: the closed sets that rules, reports and colours read, whatever a thing is
//! called.

use crate::words;

words! {
    /// What a commodity is.
    CommodityKind {
        /// Electricity at any voltage. The page has a section of it and shows it in TWh; IAMC counts
        /// it as secondary and final energy; more of it than of the energy that goes in is refused.
        Electricity = "electricity",
        /// Heat and steam, of networks and of devices. As electricity, in Gcal; heat pumps may make
        /// several times what they take.
        Heat = "heat",
        /// Cold of networks and of devices, to which the rules of heat pumps apply.
        Cold = "cold",
        /// What is burnt or turned into other energy: coal, gasoline, uranium, hydrogen. Its family
        /// says which.
        Fuel = "fuel",
        /// Energy as nature gives it, without a fuel: water of a river, wind, sun, heat of the earth.
        /// IAMC counts it as what is made of it.
        Natural = "natural",
        /// A material, by its mass: steel, cement, water. What captures CO2 may throw it away.
        Material = "material",
        /// CO2 that was captured, by its mass: it must be used or stored, or it was not captured.
        Carbon = "carbon",
        /// What end users are served with, in any unit: travel, freight, light, work of motors.
        Service = "service",
    }
}

words! {
    /// What energy comes of, and what technologies work with. Of a commodity it says which fuel it is;
    /// of a category, a technology or a storage what it is coloured as, and what IAMC takes its
    /// product to be made of where no input says so.
    Family {
        /// Reactors and their fuel.
        Nuclear = "nuclear",
        /// Brown coal.
        Lignite = "lignite",
        /// Hard and coking coal, coke, peat.
        Coal = "coal",
        /// Gases of coke ovens and blast furnaces.
        CoalGas = "coal_gas",
        /// Wood, straw, waste of plants.
        Biomass = "biomass",
        /// Biogas and biomethane.
        Biogas = "biogas",
        /// Ethanol, biodiesel.
        Biofuel = "biofuel",
        /// Waste of households and industry.
        Waste = "waste",
        /// Natural gas.
        Gas = "gas",
        /// Crude oil and condensate.
        CrudeOil = "crude_oil",
        /// Products of refineries.
        Oil = "oil",
        /// Heat of the earth.
        Geothermal = "geothermal",
        /// Rivers and reservoirs.
        Hydro = "hydro",
        /// Wind, wherever it blows.
        Wind = "wind",
        /// Wind over land.
        WindOnshore = "wind_onshore",
        /// Wind over the sea.
        WindOffshore = "wind_offshore",
        /// The sun, however it is used.
        Solar = "solar",
        /// Solar cells.
        SolarPv = "solar_pv",
        /// Mirrors that concentrate the sun.
        SolarThermal = "solar_thermal",
        /// What runs on electricity: heat pumps, boilers, vehicles.
        Electric = "electric",
        /// Networks and devices of heat.
        Heat = "heat",
        /// Hydrogen.
        Hydrogen = "hydrogen",
        /// Batteries, pumped hydro and other storages.
        Storage = "storage",
        /// Networks, imports and exports.
        Network = "network",
        /// What takes carbon out of the air.
        Removal = "removal",
    }
}

words! {
    /// What an emission is, for rules on carbon and for names of scenario databases.
    Gas {
        /// Carbon dioxide: what `capture` catches, and what carbon prices are on.
        Co2 = "co2",
        /// Methane.
        Ch4 = "ch4",
        /// Nitrous oxide.
        N2o = "n2o",
        /// Sulphur hexafluoride.
        Sf6 = "sf6",
        /// All greenhouse gases together, by their warming potential.
        GreenhouseGases = "greenhouse_gases",
        /// Carbon monoxide.
        Co = "co",
        /// Ammonia.
        Nh3 = "nh3",
        /// Nitrogen oxides, as NO2.
        Nox = "nox",
        /// Sulphur dioxide.
        So2 = "so2",
        /// Volatile organic compounds.
        Voc = "voc",
    }
}

words! {
    /// What a sector is: who takes energy, or what kind of plants a row of the energy balance gathers.
    SectorKind {
        /// Power plants.
        Power = "power",
        /// Plants of heat and power.
        Chp = "chp",
        /// Plants of heat.
        HeatPlants = "heat_plants",
        /// Refineries, coke ovens and other makers of fuels.
        Refining = "refining",
        /// Mines.
        Mining = "mining",
        /// Leaks of gas, oil and coal.
        Fugitive = "fugitive",
        /// What the energy industry uses itself.
        OwnUse = "own_use",
        /// Industry.
        Industry = "industry",
        /// Transport.
        Transport = "transport",
        /// Households.
        Residential = "residential",
        /// Shops, offices, schools, hospitals.
        Commercial = "commercial",
        /// Fuel used on farms, in forests and in fishing.
        Agriculture = "agriculture",
        /// Animals and fields, whatever fuel they use.
        Farming = "farming",
        /// Fuel that is not burnt: feedstock, bitumen, lubricants.
        NonEnergyUse = "non_energy_use",
        /// Waste and waste water.
        Waste = "waste",
        /// Industrial processes, beside the fuel they burn.
        Processes = "processes",
        /// What takes carbon out of the air.
        Removal = "removal",
        /// Imports, exports and bunkers.
        Trade = "trade",
        /// Grids and pipelines: what networks use themselves.
        Network = "network",
    }
}

words! {
    /// What a driver is, for indicators per capita and per unit of output.
    DriverKind {
        /// People.
        Population = "population",
        /// Gross domestic product, at constant prices.
        Gdp = "gdp",
    }
}

/// What reports gather processes under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// As processes name it.
    pub name: String,
    /// The name shown to people.
    pub label: String,
    /// What it works with.
    pub family: Option<Family>,
    /// Its colour in charts, `#rrggbb`, if it is to have one of its own.
    pub colour: Option<String>,
}

/// Who takes energy, or a kind of plants: what is after `final/` or `transformation/` in the
/// rows of the energy balance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sector {
    /// As rows name it.
    pub name: String,
    /// The name shown to people.
    pub label: String,
    /// What it is.
    pub kind: Option<SectorKind>,
    /// Its colour in charts, `#rrggbb`, if it is to have one of its own.
    pub colour: Option<String>,
}
