//! The answer first: sentences, cards and charts that say what a plan costs, what it emits and
//! whether it meets its targets, beside the reference where there is one.

use kzleap_model::MassUnit;
use kzleap_model::emission_units::price_shown;
use kzleap_page::{ALL, Axis, ChartSpec, Mark, Part, Trace, Unit, figure};
use serde::Serialize;

use crate::page::reference::{investment_a_year, name, sum};
use crate::page::{LINES, title};
use crate::summary::{ByYear, Summary};

/// A figure with its unit, others to compare it with, and its way through the years.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Card {
    name: String,
    value: String,
    unit: String,
    lines: Vec<Line>,
    /// Points of a line in a box of 100 by 24.
    spark: String,
    /// The years of that line.
    span: String,
}

/// A line of a card.
#[derive(Debug, Serialize)]
struct Line {
    text: String,
    /// `met`, `missed` or nothing.
    mark: &'static str,
}

impl Line {
    fn plain(text: String) -> Self {
        Self { text, mark: "" }
    }
}

impl Card {
    fn new(name: &str, value: String, unit: impl Into<String>) -> Self {
        Self { name: name.to_owned(), value, unit: unit.into(), ..Self::default() }
    }

    /// With its way through the years.
    fn through(mut self, values: &ByYear) -> Self {
        let (low, high) = (values.values())
            .fold((0.0_f64, 0.0_f64), |(low, high), value| (low.min(*value), high.max(*value)));
        let steps = values.len().saturating_sub(1).max(1) as f64;
        let height = (high - low).max(f64::MIN_POSITIVE);
        let point = |(n, value): (usize, &f64)| {
            format!(
                "{:.1},{:.1}",
                100.0 * n as f64 / steps,
                23.0 - 22.0 * (value - low) / height
            )
        };
        let ends = (values.keys().next(), values.keys().next_back());
        if let ((Some(first), Some(last)), true) = (ends, values.len() > 1) {
            self.spark = values.values().enumerate().map(point).collect::<Vec<_>>().join(" ");
            self.span = format!("{first}–{last}");
        }
        self
    }
}

/// A plan with what it is set beside.
pub(crate) struct Answer<'a> {
    run: &'a Summary,
    reference: Option<&'a Summary>,
    money: (String, f64),
}

impl<'a> Answer<'a> {
    /// Of a run; a reference that is the run itself is none.
    pub(crate) fn new(run: &'a Summary, reference: Option<&'a Summary>) -> Self {
        let money = crate::tables::money_shown(&run.currency, run.objective);
        let reference = reference.filter(|other| other.scenario != run.scenario);
        Self { run, reference, money }
    }

    /// The cap that counts most.
    fn cap(&self) -> Option<&'a str> {
        let size = |values: &ByYear| values.values().fold(0.0_f64, |a, b| a.max(b.abs()));
        let caps = self.run.cap_emissions.iter();
        let most = caps.max_by(|a, b| size(a.1).total_cmp(&size(b.1)).then(b.0.cmp(a.0)));
        most.map(|(name, _)| name.as_str())
    }

    /// Emissions that the first card is about, and their unit.
    fn emitted(&self, run: &'a Summary) -> Option<(&'a ByYear, &'a str)> {
        if let Some(cap) = self.cap() {
            return Some((run.cap_emissions.get(cap)?, self.run.cap_units.get(cap)?));
        }
        let (name, _) = self.run.emissions.iter().next()?;
        Some((run.emissions.get(name)?, self.run.emission_units.get(name)?))
    }

    /// Prices of emissions as they are shown, if any year has one.
    fn price(&self, run: &'a Summary) -> Option<(ByYear, String)> {
        let cap = self.cap()?;
        let unit = self.run.cap_units.get(cap)?;
        let (unit, factor) = price_shown(&self.run.currency, MassUnit::named(unit));
        let prices: ByYear =
            run.emission_prices.get(cap)?.iter().map(|(y, v)| (*y, v * factor)).collect();
        Some((prices, unit))
    }

    /// What the plan comes to, a sentence each.
    pub(crate) fn says(&self) -> Vec<String> {
        let Self { run, reference, money: (money, factor) } = self;
        let mut says = Vec::new();
        match reference {
            Some(other) => {
                let more = run.system_cost - other.system_cost;
                let percent = 100.0 * more / other.system_cost.abs().max(f64::MIN_POSITIVE);
                let (size, share) = (figure(more.abs() * factor), figure(percent.abs()));
                let other = name(other);
                says.push(match more >= 0.0 {
                    true => format!(
                        "Costs {size} {money} more than {other} (present value, +{share} %)."
                    ),
                    false => format!(
                        "Costs {size} {money} less than {other} (present value, −{share} %)."
                    ),
                });
            }
            None => says.push(format!(
                "Costs {} {money} over the horizon (present value, {}).",
                figure(run.system_cost * factor),
                run.base_year
            )),
        }
        says.extend(self.says_of_targets());
        if let Some((prices, unit)) = self.price(run) {
            let mut known = prices.iter().filter(|(_, price)| **price > 0.0);
            if let (Some((from, first)), Some((to, last))) = (known.next(), known.next_back()) {
                says.push(format!(
                    "A tonne less allowed costs {} {unit} in {from} and {} in {to}.",
                    figure(*first),
                    figure(*last)
                ));
            }
        }
        says
    }

    fn says_of_targets(&self) -> Option<String> {
        let limits = self.run.emission_limits.values().flatten().count();
        let missed: Vec<String> = (self.run.emission_limits.iter())
            .flat_map(|(cap, limits)| {
                limits.iter().map(move |(year, limit)| (cap, year, limit))
            })
            .filter(|(cap, year, limit)| {
                let value = self.run.cap_emissions.get(*cap).and_then(|all| all.get(year));
                value.is_some_and(|value| !meets(*value, **limit))
            })
            .map(|(_, year, _)| year.to_string())
            .collect();
        match (limits, missed.is_empty()) {
            (0, _) => None,
            (_, true) => Some("All limits on emissions are met.".to_owned()),
            _ => Some(format!("Limits on emissions are missed in {}.", missed.join(", "))),
        }
    }

    /// Six figures at most.
    pub(crate) fn cards(&self) -> Vec<Card> {
        let Self { run, money: (money, factor), .. } = self;
        let mut cards = Vec::new();
        cards.extend(self.emissions_card());
        cards.push(self.cost_card());
        let invested: ByYear =
            investment_a_year(run).into_iter().map(|(y, v)| (y, v * factor)).collect();
        let mean = |run: &Summary| mean_investment(run) * factor;
        let mut card = Card::new("Investment, mean year", figure(mean(run)), money.clone());
        card.lines.extend(self.beside(|other| Some(figure(mean(other)))));
        cards.push(card.through(&invested));
        if let Some((prices, unit)) = self.price(run) {
            cards.push(self.last("Price of emissions", &prices, &unit, |answer, other| {
                answer.price(other).and_then(|(prices, _)| prices.values().next_back().copied())
            }));
        }
        let clean = &run.headline.clean_electricity;
        if !clean.is_empty() {
            cards.push(self.last(
                "Electricity without fossil fuels",
                clean,
                "%",
                |_, other| other.headline.clean_electricity.values().next_back().copied(),
            ));
        }
        let imports = import_share(run);
        if imports.values().any(|share| *share != 0.0) {
            let name = "Net imports in primary energy";
            cards.push(self.last(name, &imports, "%", |_, other| {
                import_share(other).values().next_back().copied()
            }));
        }
        cards
    }

    /// A card of the last year of some values.
    fn last(
        &self,
        name: &str,
        values: &ByYear,
        unit: &str,
        of: impl Fn(&Self, &'a Summary) -> Option<f64>,
    ) -> Card {
        let (year, value) = values.last_key_value().map_or((0, 0.0), |(y, v)| (*y, *v));
        let mut card = Card::new(&format!("{name}, {year}"), figure(value), unit);
        card.lines.extend(self.beside(|other| of(self, other).map(figure)));
        card.through(values)
    }

    fn beside(&self, of: impl Fn(&'a Summary) -> Option<String>) -> Option<Line> {
        let other = self.reference?;
        Some(Line::plain(format!("{}: {}", name(other), of(other)?)))
    }

    fn emissions_card(&self) -> Option<Card> {
        let (values, unit) = self.emitted(self.run)?;
        let (year, value) = values.last_key_value()?;
        let mut card =
            Card::new(&format!("Emissions, {year}"), figure(rounded(*value, values)), unit);
        let limit = self.cap().and_then(|cap| self.run.emission_limits.get(cap)?.get(year));
        if let Some(limit) = limit {
            let is_met = meets(*value, *limit);
            card.lines.push(Line {
                text: match is_met {
                    true => format!("Limit {}: met ✓", figure(*limit)),
                    false => format!("Limit {}: missed ✕", figure(*limit)),
                },
                mark: if is_met { "met" } else { "missed" },
            });
        }
        card.lines.extend(self.beside(|other| {
            let (values, _) = self.emitted(other)?;
            values.values().next_back().map(|value| figure(rounded(*value, values)))
        }));
        Some(card.through(values))
    }

    fn cost_card(&self) -> Card {
        let Self { run, reference, money: (money, factor) } = self;
        let yearly: ByYear =
            sum(&run.annual_cost).into_iter().map(|(y, v)| (y, v * factor)).collect();
        let own = figure(run.system_cost * factor);
        let Some(other) = reference else {
            return Card::new("System cost, present value", own, money.clone())
                .through(&yearly);
        };
        let more = (run.system_cost - other.system_cost) * factor;
        let sign = if more > 0.0 { "+" } else { "" };
        let mut card = Card::new(
            "Extra cost, present value",
            format!("{sign}{}", figure(more)),
            money.clone(),
        );
        card.lines.push(Line::plain(format!("This plan: {own}")));
        card.lines.extend(self.beside(|other| Some(figure(other.system_cost * factor))));
        card.through(&yearly)
    }

    /// Four charts, each with the reference dashed.
    pub(crate) fn charts(&self) -> Vec<ChartSpec> {
        let Self { run, money: (money, factor), .. } = self;
        let mut charts = Vec::new();
        if let Some((_, unit)) = self.emitted(run) {
            let unit = Unit::amount_a_year(unit);
            let mut chart =
                self.pair("answer-emissions", "Emissions and targets", unit, |one| {
                    self.emitted(one).map(|(values, _)| values.clone())
                });
            if let Some(limits) = self.cap().and_then(|cap| self.run.emission_limits.get(cap)) {
                push(&mut chart, self.run, "Limit", "#c0392b", Mark::Limit, limits);
            }
            charts.push(chart);
        }
        charts.extend(self.electricity());
        let unit = || Unit::amount_a_year(money);
        charts.push(self.pair("answer-cost", "System cost in each year", unit(), |one| {
            Some(sum(&one.annual_cost).into_iter().map(|(y, v)| (y, v * factor)).collect())
        }));
        let price = self.price(run).filter(|(all, _)| all.values().any(|value| *value > 0.0));
        charts.push(match price {
            Some((_, unit)) => {
                let unit = Unit::plain(&unit);
                self.pair("answer-price", "Price of emissions", unit, |one| {
                    self.price(one).map(|(prices, _)| prices)
                })
            }
            None => self.pair("answer-investment", "Investment", unit(), |one| {
                let values = investment_a_year(one).into_iter();
                Some(values.map(|(y, v)| (y, v * factor)).collect())
            }),
        });
        charts.retain(|chart| !chart.is_empty());
        charts
    }

    /// The plan as a line, the reference as a dashed one.
    fn pair(
        &self,
        id: &str,
        title: &str,
        unit: Unit,
        of: impl Fn(&'a Summary) -> Option<ByYear>,
    ) -> ChartSpec {
        let mut chart = by_years(self.run, id, title, unit);
        if let Some(values) = of(self.run) {
            push(&mut chart, self.run, &name(self.run), LINES[0], Mark::LINE, &values);
        }
        if let Some((other, values)) =
            self.reference.and_then(|other| Some((other, of(other)?)))
        {
            let dashed = Mark::Line { width: 2.0, dashed: true, points: false };
            push(&mut chart, self.run, &name(other), "#4a5560", dashed, &values);
        }
        chart
    }

    /// Electricity by source, in shares.
    fn electricity(&self) -> Option<ChartSpec> {
        let main = self.run.main.first()?;
        let made = self.run.generation.get(main)?;
        let all = sum(made);
        let label = title(self.run.labels.get(main).map_or(main.as_str(), |label| label));
        let heading = format!("{label}: shares of sources");
        let mut chart = by_years(self.run, "answer-shares", &heading, Unit::plain("%"));
        for look in &self.run.headline.categories {
            let Some(values) = made.get(&look.name) else { continue };
            let share = |(year, value): (&i32, &f64)| {
                (*year, 100.0 * value / all.get(year).copied().unwrap_or(1.0).max(1e-12))
            };
            let shares: ByYear = values.iter().map(share).collect();
            if shares.values().any(|share| *share > 0.5) {
                push(&mut chart, self.run, &look.label, &look.colour, Mark::Bar, &shares);
            }
        }
        chart.note =
            "Of all that is made; sources that never reach half a percent are left out."
                .to_owned();
        Some(chart)
    }
}

/// Whether a value keeps to a limit, but for rounding.
fn meets(value: f64, limit: f64) -> bool {
    value <= limit + 1e-6 * limit.abs().max(1.0)
}

/// A value, or nothing where it is what rounding leaves of the others.
fn rounded(value: f64, among: &ByYear) -> f64 {
    let most = among.values().fold(0.0_f64, |most, value| most.max(value.abs()));
    if value.abs() <= 1e-9 * most { 0.0 } else { value }
}

fn mean_investment(run: &Summary) -> f64 {
    let years: i32 = run.years.iter().map(|year| year.last - year.first + 1).sum();
    run.investment.values().sum::<f64>() / f64::from(years.max(1))
}

/// Imports less exports, % of primary energy.
fn import_share(run: &Summary) -> ByYear {
    let of = &run.headline;
    let share = |(year, net): (&i32, &f64)| {
        let all = of.primary_energy.get(year).copied().filter(|all| *all > 0.0)?;
        Some((*year, 100.0 * net / all))
    };
    of.net_imports.iter().filter_map(share).collect()
}

/// A chart by the milestone years of a run, without series.
pub(crate) fn by_years(run: &Summary, id: &str, title: &str, unit: Unit) -> ChartSpec {
    let part = Part {
        start: 0,
        from: 0.0,
        names: run.years.iter().map(|year| year.milestone.to_string()).collect(),
        widths: vec![1.0; run.years.len()],
        titles: None,
    };
    ChartSpec::series(id, title, unit, Axis::Bands { parts: vec![part] })
}

/// Adds values of milestone years to such a chart.
pub(crate) fn push(
    chart: &mut ChartSpec,
    run: &Summary,
    name: &str,
    colour: &str,
    mark: Mark,
    values: &ByYear,
) {
    let trace = Trace {
        name: name.to_owned(),
        colour: colour.to_owned(),
        mark,
        at: Vec::new(),
        names: Vec::new(),
    };
    let line = run.years.iter().map(|year| values.get(&year.milestone).copied()).collect();
    chart.push(trace, [(ALL.to_owned(), vec![line])]);
}
