//! Everything an analysis says as tidy tables.

use kzleap_report::Sheet;
use kzleap_report::sheet::{Cell, Column, text};

use crate::Analysis;
use crate::balance::Balance;
use crate::correlation::Matrix;
use crate::kaya::FACTORS;
use crate::projection::HELD;

const fn column(key: &'static str, meaning: &'static str) -> Column {
    Column { key, meaning }
}

const REGION: Column = column("region", "as in the table that was read");
const UNIT: Column = column("unit", "unit of `value`");
const YEAR: Column = column("year", "calendar year");
const VALUE: Column = column("value", "the quantity");

/// The tables of an analysis, in the order of the page; `places` are those of the findings.
pub fn sheets<'a>(
    analysis: &'a Analysis,
    balance: &Balance<'a>,
    places: &'a [String],
) -> Vec<Sheet<'a>> {
    vec![
        used(balance),
        findings(analysis, places),
        indicators(analysis),
        countries(analysis),
        kaya(analysis),
        lmdi(analysis),
        correlation(analysis),
        projections(analysis),
        holdout(analysis),
    ]
}

/// The balance as it was used: one region, one source for each number, all energy in PJ.
fn used<'a>(balance: &Balance<'a>) -> Sheet<'a> {
    const COLUMNS: &[Column] = &[
        REGION,
        column("flow", "row of the balance"),
        column("commodity", "column of the balance"),
        UNIT,
        column("source", "who says so, if the table names it"),
        YEAR,
        column(
            "value",
            "supply and final use above zero; exports, bunkers, inputs of plants, own \
                         use and losses below; a statistical difference is supply less use",
        ),
    ];
    let mut sheet = Sheet::new("balance", "The balance as it was used", COLUMNS);
    for entry in &balance.entries {
        sheet.row([
            text(&entry.region),
            text(&entry.flow),
            text(&entry.commodity),
            text(&entry.unit),
            text(&entry.source),
            Cell::Year(entry.year),
            Cell::Number(entry.value),
        ]);
    }
    sheet
}

fn findings<'a>(analysis: &'a Analysis, places: &'a [String]) -> Sheet<'a> {
    const COLUMNS: &[Column] = &[
        column("rule", "name of the rule"),
        YEAR,
        column("flow", "row; empty for a whole column"),
        column("commodity", "column; empty for a whole row"),
        UNIT,
        column("message", "the finding in a sentence"),
        column("place", "file, line and column of one of its numbers"),
        column("value", "the number that is wrong: a gap, a ratio, a value"),
    ];
    let mut sheet = Sheet::new("findings", "What looks wrong", COLUMNS);
    for (finding, place) in analysis.findings.iter().zip(places) {
        sheet.row([
            text(finding.rule),
            Cell::Year(finding.year),
            text(&finding.flow),
            text(&finding.commodity),
            text(&finding.unit),
            text(&finding.message),
            text(place),
            Cell::Number(finding.value),
        ]);
    }
    sheet
}

fn indicators(analysis: &Analysis) -> Sheet<'_> {
    const COLUMNS: &[Column] = &[
        column("indicator", "stable name of the indicator"),
        column("name", "its name for people"),
        UNIT,
        YEAR,
        VALUE,
    ];
    let mut sheet = Sheet::new("indicators", "Indicators by year", COLUMNS);
    for indicator in &analysis.indicators.known {
        for (year, value) in &indicator.values {
            sheet.row([
                text(&indicator.key),
                text(&indicator.name),
                text(&indicator.unit),
                Cell::Year(*year),
                Cell::Number(*value),
            ]);
        }
    }
    sheet
}

fn countries(analysis: &Analysis) -> Sheet<'_> {
    const COLUMNS: &[Column] = &[
        column("indicator", "stable name of the indicator"),
        column(
            "country",
            "name in the table of countries; `this table` for the balance itself",
        ),
        UNIT,
        column("year", "the last that is known"),
        VALUE,
    ];
    let mut sheet = Sheet::new("countries", "Indicators beside other countries", COLUMNS);
    for row in &analysis.comparison.rows {
        for (country, value) in analysis.comparison.countries.iter().zip(&row.values) {
            if let Some((year, value)) = value {
                sheet.row([
                    text(&row.key),
                    text(country),
                    text(&row.unit),
                    Cell::Year(*year),
                    Cell::Number(*value),
                ]);
            }
        }
    }
    sheet
}

fn kaya(analysis: &Analysis) -> Sheet<'_> {
    const COLUMNS: &[Column] = &[
        column("factor", "factor of the identity, or `emissions`, their product"),
        UNIT,
        YEAR,
        VALUE,
    ];
    let mut sheet = Sheet::new("kaya", "Factors of emissions", COLUMNS);
    let money = &analysis.money;
    let units = [
        "million".to_owned(),
        format!("thousand {money} per capita"),
        format!("MJ/{money}"),
        "kg/GJ".to_owned(),
    ];
    for kaya in &analysis.kaya {
        for ((name, unit), value) in FACTORS.iter().zip(&units).zip(kaya.factors()) {
            sheet.row([
                text(*name),
                text(unit.clone()),
                Cell::Year(kaya.year),
                Cell::Number(value),
            ]);
        }
        let (year, co2) = (Cell::Year(kaya.year), Cell::Number(kaya.co2));
        sheet.row([text("emissions"), text("Mt"), year, co2]);
    }
    sheet
}

fn lmdi(analysis: &Analysis) -> Sheet<'_> {
    const COLUMNS: &[Column] = &[
        column("from", "first year"),
        column("to", "last year"),
        column("source", "a fuel, or a category of a plan; `*` for all of them together"),
        column("factor", "factor whose effect it is"),
        column("value", "Mt of CO2 that it added; all of a source add up to its change"),
    ];
    let mut sheet = Sheet::new("lmdi", "What changed emissions", COLUMNS);
    let Some(found) = &analysis.decomposition else { return sheet };
    let all = std::iter::once(("*", &found.effects));
    let each = found.by_source.iter().map(|(source, effects)| (source.as_str(), effects));
    for (source, effects) in all.chain(each) {
        for (factor, effect) in FACTORS.iter().zip(effects) {
            sheet.row([
                Cell::Year(found.from),
                Cell::Year(found.to),
                text(source),
                text(*factor),
                Cell::Number(*effect),
            ]);
        }
    }
    sheet
}

fn correlation(analysis: &Analysis) -> Sheet<'_> {
    const COLUMNS: &[Column] = &[
        column("of", "`levels`, or `changes`: logarithmic changes from year to year"),
        column("first", "a series"),
        column("second", "another"),
        column("years", "how many it rests on"),
        column("value", "Pearson's coefficient"),
    ];
    let mut sheet = Sheet::new("correlation", "Correlation of yearly series", COLUMNS);
    let found = &analysis.correlation;
    let mut add = |of: &'static str, matrix: &Matrix| {
        for (first, row) in found.names.iter().zip(matrix) {
            for (second, cell) in found.names.iter().zip(row) {
                if let Some(coefficient) = cell {
                    let years = i32::try_from(coefficient.n).unwrap_or(i32::MAX);
                    sheet.row([
                        text(of),
                        text(first.clone()),
                        text(second.clone()),
                        Cell::Year(years),
                        Cell::Number(coefficient.r),
                    ]);
                }
            }
        }
    };
    add("levels", &found.levels);
    add("changes", &found.changes);
    sheet
}

fn projections(analysis: &Analysis) -> Sheet<'_> {
    const COLUMNS: &[Column] = &[
        column("series", "name of the series"),
        column("method", "how it is projected"),
        column("model", "what was fitted"),
        UNIT,
        YEAR,
        column("lower", "lower end of the interval of 95%"),
        column("upper", "upper end"),
        column("value", "the middle: as likely too low as too high"),
    ];
    let mut sheet = Sheet::new("projections", "Projections with intervals", COLUMNS);
    for made in &analysis.projections.made {
        for point in &made.points {
            sheet.row([
                text(&made.series),
                text(made.method.name()),
                text(&made.model),
                text(&made.unit),
                Cell::Year(point.year),
                Cell::Number(point.lower),
                Cell::Number(point.upper),
                Cell::Number(point.value),
            ]);
        }
    }
    sheet
}

fn holdout(analysis: &Analysis) -> Sheet<'_> {
    const COLUMNS: &[Column] = &[
        column("series", "name of the series"),
        column("method", "how it is projected; `last value held` to compare with"),
        column("fitted_to", "last year that was known to the method"),
        column("years", "years asked for"),
        column("within", "how many of them lie within the interval of 95%; empty without one"),
        column("value", "mean absolute error, %"),
    ];
    let mut sheet = Sheet::new("holdout", "How well methods would have done", COLUMNS);
    let held = i32::try_from(HELD).unwrap_or(i32::MAX);
    for test in &analysis.projections.holdouts {
        let naive = std::iter::once(("last value held", None, test.naive));
        let scores = test.scores.iter();
        let scores = scores.map(|s| (s.method.name(), Some(s.within), s.error));
        for (method, within, error) in naive.chain(scores) {
            sheet.row([
                text(&test.series),
                text(method),
                Cell::Year(test.fitted_to),
                Cell::Year(held),
                text(within.map_or(String::new(), |n| n.to_string())),
                Cell::Number(error),
            ]);
        }
    }
    sheet
}
