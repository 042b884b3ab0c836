//! Charts of trading schemes: emissions against allowances, what is held, and the price.

use kzleap_accounts::Accounts;
use kzleap_accounts::trading::TradingYear;
use kzleap_model::emission_units::price_shown;
use kzleap_model::{Scheme, SchemeIx};
use kzleap_page::{ChartSpec, Section, Unit};

use super::chart::{ByPeriod, Values, by_period};
use super::colours::{Colours, LINES, title};
use super::emissions::{LIMIT, add};

/// Emissions against allowances and the price, scheme by scheme.
///
/// `colours` are those of sectors.
pub(super) fn section(accounts: &Accounts<'_>, colours: &Colours) -> Section {
    let model = accounts.model;
    let mut charts = Vec::new();
    for (s, scheme) in model.trading.iter_ix() {
        let years = accounts.trading(s);
        charts.push(emissions(accounts, colours, (s, scheme), &years));
        charts.push(prices(accounts, (s, scheme), &years));
    }
    Section::new("trading", "Trading schemes", charts)
}

/// A figure of each year, for all domestic regions together.
fn figures(
    years: &[Option<TradingYear>],
    place: usize,
    figure: fn(&TradingYear) -> f64,
) -> Vec<Option<f64>> {
    years.iter().map(|of| of.as_ref().filter(|_| place == 0).map(figure)).collect()
}

fn emissions(
    accounts: &Accounts<'_>,
    colours: &Colours,
    (s, scheme): (SchemeIx, &Scheme),
    years: &[Option<TradingYear>],
) -> ChartSpec {
    let model = accounts.model;
    let unit = Unit::amount_a_year(scheme.unit_text(model));
    let name = format!("{}: emissions and allowances", title(&scheme.label));
    let mut chart = by_period(model, format!("trading-{}", s.get()), name, unit);
    chart.note =
        "Emissions that are covered, by sector. The line across a bar is what is issued. \
                  Banked: held at the end of the period, all together."
            .to_owned();
    chart.csv = "tables/trading.csv";
    let mut values = Values::new(model, model.time.years.len());
    for (one, weight) in accounts.covered_by(scheme) {
        add(accounts, one, weight, &mut values);
    }
    chart.stack(model, &values, colours, 1.0);
    chart.limit(model, "Allowances issued", LIMIT, |place| {
        figures(years, place, |of| of.issued)
    });
    if years.iter().flatten().any(|of| of.bank > 0.0) {
        chart.line(model, "Banked", LINES[0], |place| figures(years, place, |of| of.bank));
    }
    chart
}

fn prices(
    accounts: &Accounts<'_>,
    (s, scheme): (SchemeIx, &Scheme),
    years: &[Option<TradingYear>],
) -> ChartSpec {
    let model = accounts.model;
    let (shown, factor) = price_shown(&model.currency, scheme.unit(model));
    let name = format!("{}: price of an allowance", title(&scheme.label));
    let id = format!("trading-price-{}", s.get());
    let mut chart = by_period(model, id, name, Unit::plain(&shown));
    chart.note = "What one allowance more would save, in money of the year.".to_owned();
    chart.csv = "tables/trading.csv";
    chart.line(model, "Price", LINES[0], |place| {
        let prices = figures(years, place, |of| of.price);
        prices.into_iter().map(|price| price.map(|price| price * factor)).collect()
    });
    chart
}
