//! From what is known of commodities, technologies and emissions to the names of the IAMC list.
//!
//! The names are those of IAMConsortium/common-definitions (CC0), commit d877b5f of 2026-06-24.
//! What has no name there goes under `kzleap|…`.

use kzleap_model::{CommodityIx, Gas, MassUnit, Model, RowKind, SectorKind};

use crate::kinds::{Form, Kind, Source};

/// Secondary energy that is counted where it is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Carrier {
    Electricity,
    Heat,
    Hydrogen,
    /// Oil products and other liquid fuels, not crude oil.
    Liquids,
}

impl Carrier {
    pub(super) const ALL: [Self; 4] =
        [Self::Electricity, Self::Heat, Self::Hydrogen, Self::Liquids];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Electricity => "Electricity",
            Self::Heat => "Heat",
            Self::Hydrogen => "Hydrogen",
            Self::Liquids => "Liquids",
        }
    }

    /// Whether a commodity is this carrier.
    pub(super) fn is(self, model: &Model, commodity: CommodityIx) -> bool {
        Kind::of(model, commodity).and_then(Self::of) == Some(self)
    }

    pub(super) const fn of(kind: Kind) -> Option<Self> {
        match kind {
            Kind::Electricity => Some(Self::Electricity),
            Kind::Heat => Some(Self::Heat),
            Kind::Hydrogen => Some(Self::Hydrogen),
            Kind::Fuel(_, Form::Liquids) => Some(Self::Liquids),
            _ => None,
        }
    }

    /// Whether what a process in a row of the balance makes of it is generation. Heat and fuels
    /// that are made where energy is used are no more than its use.
    pub(super) fn counts_in(self, row: Option<RowKind>) -> bool {
        match row {
            Some(RowKind::Import | RowKind::Export | RowKind::Bunkers | RowKind::Losses) => {
                false
            }
            Some(RowKind::Final | RowKind::OwnUse) => self == Self::Electricity,
            _ => true,
        }
    }

    /// What the list knows it to be made of.
    pub(super) fn may_be_of(self, source: Source) -> bool {
        use Source::{Biomass, Coal, Electricity, Gas, Hydrogen, Oil};
        match self {
            Self::Electricity => source != Electricity,
            Self::Heat => source != Source::Hydro && source != Source::Wind,
            Self::Hydrogen => matches!(
                source,
                Biomass | Coal | Electricity | Gas | Oil | Source::Nuclear | Source::Solar
            ),
            Self::Liquids => {
                matches!(source, Biomass | Coal | Electricity | Gas | Hydrogen | Oil)
            }
        }
    }

    /// Every variable below `stem` that something made of a source counts under.
    pub(super) fn variables(
        self,
        stem: &str,
        source: Source,
        finer: Option<&str>,
        captured: Option<bool>,
    ) -> Vec<String> {
        let mut all = vec![format!("{stem}|{}", source.name())];
        if let Some(finer) = finer.filter(|_| self == Self::Electricity) {
            all.push(format!("{stem}|{}|{finer}", source.name()));
        }
        let family = match source {
            source if source.is_fossil() => Some("Fossil"),
            Source::Hydro | Source::Solar | Source::Wind | Source::Geothermal
                if self == Self::Electricity =>
            {
                Some("Non-Biomass Renewables")
            }
            _ => None,
        };
        all.extend(family.map(|family| format!("{stem}|{family}")));
        let burns = source.is_fossil() || source == Source::Biomass;
        if let Some(captured) = captured.filter(|_| burns && self != Self::Liquids) {
            let capture = if captured { "w/ CCS" } else { "w/o CCS" };
            all.push(format!("{stem}|{}|{capture}", source.name()));
            if source.is_fossil() {
                all.push(format!("{stem}|Fossil|{capture}"));
            }
        }
        all
    }
}

/// What an end user takes, in the words of the list, with a finer name.
pub(super) fn final_carrier(kind: Kind) -> (&'static str, Option<&'static str>) {
    match kind {
        Kind::Electricity => ("Electricity", None),
        Kind::Heat => ("Heat", None),
        Kind::Hydrogen => ("Hydrogen", None),
        Kind::Fuel(Source::Coal, Form::Solids) => ("Solids", Some("Coal")),
        Kind::Fuel(_, Form::Solids) => ("Solids", Some("Biomass")),
        Kind::Fuel(_, Form::Liquids) => ("Liquids", None),
        Kind::Fuel(_, Form::Gases) => ("Gases", None),
        Kind::Fuel(_, Form::Crude) | Kind::Direct(_) | Kind::Unknown => ("Other", None),
    }
}

/// The names of a sector in the list, one within the other; none where it has no final use.
pub(super) const fn sectors(sector: SectorKind) -> &'static [&'static str] {
    match sector {
        SectorKind::Industry => &["Industry"],
        SectorKind::Residential => &["Residential", "Residential and Commercial"],
        SectorKind::Commercial => &["Commercial", "Residential and Commercial"],
        SectorKind::Transport => &["Transportation"],
        SectorKind::Agriculture => &["Agriculture"],
        SectorKind::NonEnergyUse => &["Non-Energy Use"],
        _ => &[],
    }
}

/// Where the list has emissions of final use in a sector. Of industry it wants those of fuel
/// alone, which a process that makes cement or steel does not tell from those of its materials.
pub(super) const fn demand_emissions(sector: SectorKind) -> &'static [&'static str] {
    match sector {
        SectorKind::Residential => &["Residential", "Residential and Commercial"],
        SectorKind::Commercial => &["Commercial", "Residential and Commercial"],
        SectorKind::Transport => &["Transportation"],
        SectorKind::Agriculture => &["AFOFI"],
        _ => &[],
    }
}

/// Where the list has net exports of a commodity.
pub(super) fn traded(kind: Kind) -> Option<String> {
    Some(match kind {
        Kind::Electricity => "Trade|Secondary Energy|Electricity [Volume]".to_owned(),
        Kind::Hydrogen => "Trade|Secondary Energy|Hydrogen [Volume]".to_owned(),
        Kind::Fuel(_, Form::Liquids) => "Trade|Secondary Energy|Liquids [Volume]".to_owned(),
        Kind::Fuel(source, _) => format!("Trade|Primary Energy|{} [Volume]", source.name()),
        _ => return None,
    })
}

/// The emission that stands for all greenhouse gases, and what it is made of.
pub(super) const KYOTO: (&str, &str) = ("Emissions|Kyoto Gases", "Mt CO2-equiv/yr");

/// The gases that the sum of greenhouse gases must hold where a model has them.
pub(super) const KYOTO_GASES: [Gas; 4] = [Gas::Co2, Gas::Ch4, Gas::N2o, Gas::Sf6];

/// The list's name of a gas, its unit, and what one Mt is in it.
pub(super) const fn emission(gas: Gas) -> (&'static str, &'static str, f64) {
    match gas {
        Gas::Co2 => ("CO2", "Mt CO2/yr", 1.0),
        Gas::Ch4 => ("CH4", "Mt CH4/yr", 1.0),
        Gas::N2o => ("N2O", "kt N2O/yr", 1e3),
        Gas::Sf6 => ("SF6", "kt SF6/yr", 1e3),
        Gas::Co => ("CO", "Mt CO/yr", 1.0),
        Gas::Nh3 => ("NH3", "Mt NH3/yr", 1.0),
        Gas::Nox => ("NOx", "Mt NO2/yr", 1.0),
        Gas::So2 => ("Sulfur", "Mt SO2/yr", 1.0),
        Gas::Voc => ("VOC", "Mt VOC/yr", 1.0),
        Gas::GreenhouseGases => ("Kyoto Gases", "Mt CO2-equiv/yr", 1.0),
    }
}

/// What one of a unit of mass is in Mt; `None` where it is not known.
pub(super) fn megatonnes(unit: Option<MassUnit>) -> Option<f64> {
    unit.map(|unit| 1.0 / unit.in_one_megatonne())
}

/// The money of a model as scenario databases write it: `USD_2022` for `USD2022`.
pub(super) fn money(currency: &str) -> String {
    let at = currency.find(|c: char| c.is_ascii_digit()).unwrap_or(currency.len());
    let (name, year) = currency.split_at(at);
    match (name, year) {
        ("", "") => "money".to_owned(),
        (name, "") => name.to_owned(),
        (name, year) => format!("{name}_{year}"),
    }
}
