//! What instruments are in the words of the model format: changes of a model.

use std::collections::BTreeMap;

use kzleap_input::{Change, Plain};
use kzleap_model::policy::EmissionCap;
use kzleap_model::{Model, YearIx};

use super::{Instrument, InstrumentKind, Instruments, NotCompared, table};

/// The name of the cap that counts what the target is of.
pub const TARGET: &str = "target_of_instruments";
/// So many times the target no model emits: a cap there counts, and holds nothing.
const FAR_ABOVE: f64 = 1000.0;

/// The cap that counts.
pub(super) fn cap(model: &Model) -> Result<&EmissionCap, NotCompared> {
    let found = model.emission_caps.iter().find(|cap| cap.name == TARGET);
    found.ok_or_else(|| NotCompared::Wrong(format!("there is no cap `{TARGET}`")))
}

/// Puts a price on all that the target is of, on top of what it has: millions for one of the cap's unit.
pub(super) fn tax(model: &mut Model, prices: &[f64]) -> Result<(), NotCompared> {
    for term in cap(model)?.terms.clone() {
        let of_one: Vec<f64> = prices.iter().map(|price| term.weight * price).collect();
        let taxes = term.regions.into_iter().map(|region| (region, of_one.clone()));
        model.emissions[term.emission].price.extend(taxes);
    }
    Ok(())
}

/// Whether an instrument says all that its kind needs, and nothing else.
pub(super) fn is_whole(instrument: &Instrument) -> Result<(), NotCompared> {
    let Instrument { name, kind, commodity, processes, categories, rate } = instrument;
    let promotes = matches!(kind, InstrumentKind::Share | InstrumentKind::Subsidy);
    let of_makers = promotes || *kind == InstrumentKind::Standard;
    let named = !processes.is_empty() || !categories.is_empty();
    let wrong = if of_makers && commodity.is_none() {
        "needs a `commodity`"
    } else if !of_makers && commodity.is_some() {
        "takes no `commodity`: it is for all emissions of the target"
    } else if promotes && !named {
        "needs `processes` or `categories`"
    } else if !promotes && named {
        "takes no `processes` and no `categories`"
    } else if rate.is_some() && *kind != InstrumentKind::Subsidy {
        "takes no `rate`"
    } else {
        return Ok(());
    };
    Err(NotCompared::Wrong(format!("instrument `{name}` ({}) {wrong}", kind.name())))
}

impl Instruments<'_> {
    /// A number for each milestone year: one in years of the target, another elsewhere.
    fn by_year(&self, of_target: impl Fn(YearIx) -> f64, elsewhere: f64) -> Plain {
        let years = self.none.years.iter().enumerate().map(|(at, year)| {
            let y = YearIx::new(at);
            let has_one = self.none.limits.contains_key(&y);
            let value = if has_one { of_target(y) } else { elsewhere };
            (year.to_string(), Plain::from(value))
        });
        Plain::Table(years.collect())
    }

    pub(super) fn slack_limit(&self) -> f64 {
        FAR_ABOVE * self.none.limits.values().fold(1.0_f64, |most, limit| most.max(*limit))
    }

    fn amounts(&self, of_target: impl Fn(YearIx) -> f64) -> Plain {
        let unit = Plain::from(self.comparison.target.unit.as_str());
        table([("value", self.by_year(of_target, self.slack_limit())), ("unit", unit)])
    }

    fn cap_of(&self, limit: Plain) -> Change {
        Change::set(format!("emission_caps.{TARGET}"), self.covering([("limit", limit)]))
    }

    /// Emissions and regions of the target, with something more.
    fn covering<const N: usize>(&self, more: [(&str, Plain); N]) -> Plain {
        let target = &self.comparison.target;
        let weights =
            target.emissions.iter().map(|(name, of)| (name.clone(), Plain::from(*of)));
        let mut entries: BTreeMap<String, Plain> =
            more.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        entries.insert("emissions".to_owned(), Plain::Table(weights.collect()));
        if !target.regions.is_empty() {
            entries.insert("regions".to_owned(), list(&target.regions));
        }
        Plain::Table(entries)
    }

    /// The cap that counts and holds nothing.
    pub(super) fn slack(&self) -> Change {
        self.cap_of(self.amounts(|_| self.slack_limit()))
    }

    /// The cap at the target.
    pub(super) fn capped(&self) -> Change {
        self.cap_of(self.amounts(|y| self.none.limits[&y]))
    }

    /// A scheme with as many allowances as the target.
    pub(super) fn scheme(&self, instrument: &Instrument) -> Change {
        let allowances = self.amounts(|y| self.none.limits[&y]);
        let path = format!("trading.{}", instrument.name);
        Change::set(path, self.covering([("allowances", allowances)]))
    }

    /// A standard, a share, or an amount that is to be made, of a strictness by year.
    pub(super) fn strict(
        &self,
        instrument: &Instrument,
        (unit, makers): (&str, &BTreeMap<String, Vec<String>>),
        strictness: &BTreeMap<YearIx, f64>,
    ) -> Change {
        let commodity = Plain::from(instrument.commodity.as_deref().unwrap_or_default());
        let by_year = self.by_year(|y| strictness[&y], 0.0);
        let name = &instrument.name;
        match instrument.kind {
            InstrumentKind::Share => {
                let share = [("commodity", commodity), ("at_least", by_year)];
                let share = self.promoted(instrument, table(share));
                Change::set(format!("shares.{name}"), share)
            }
            InstrumentKind::Standard => {
                let negative = self.by_year(|y| -strictness[&y], 0.0);
                let weight = table([
                    ("value", negative),
                    ("unit", format!("Mt/{unit}").as_str().into()),
                ]);
                let made = self.in_regions([
                    ("quantity", "output".into()),
                    ("commodity", commodity),
                    ("weight", weight),
                ]);
                let mut terms = BTreeMap::from([("made".to_owned(), made)]);
                for (emission, weight) in &self.comparison.target.emissions {
                    let Some(makers) = makers.get(emission) else { continue };
                    let emitted = self.in_regions([
                        ("quantity", "emissions".into()),
                        ("emission", emission.as_str().into()),
                        ("processes", list(makers)),
                        ("weight", Plain::from(*weight)),
                    ]);
                    terms.insert(format!("emitted_{emission}"), emitted);
                }
                let at_most = self.by_year(|_| 0.0, self.slack_limit());
                constraint(name, "Mt", ("at_most", at_most), Plain::Table(terms))
            }
            _ => {
                let made =
                    self.in_regions([("quantity", "output".into()), ("commodity", commodity)]);
                let terms = table([("made", self.promoted(instrument, made))]);
                constraint(name, unit, ("at_least", by_year), terms)
            }
        }
    }

    fn in_regions<const N: usize>(&self, entries: [(&str, Plain); N]) -> Plain {
        let Plain::Table(mut entries) = table(entries) else { return table([]) };
        if !self.comparison.target.regions.is_empty() {
            entries.insert("regions".to_owned(), list(&self.comparison.target.regions));
        }
        Plain::Table(entries)
    }

    /// With the processes and categories of an instrument.
    fn promoted(&self, instrument: &Instrument, plain: Plain) -> Plain {
        let Plain::Table(mut entries) = plain else { return plain };
        for (key, names) in
            [("processes", &instrument.processes), ("categories", &instrument.categories)]
        {
            if !names.is_empty() {
                entries.insert(key.to_owned(), list(names));
            }
        }
        Plain::Table(entries)
    }
}

fn constraint(name: &str, unit: &str, (side, bound): (&str, Plain), terms: Plain) -> Change {
    let all = table([("unit", unit.into()), (side, bound), ("terms", terms)]);
    Change::set(format!("constraints.{name}"), all)
}

fn list(names: &[String]) -> Plain {
    Plain::List(names.iter().map(|name| Plain::from(name.as_str())).collect())
}
