//! An analysis as text for a terminal.

use std::fmt::Write;

use kzleap_page::figure;

use crate::Analysis;
use crate::findings::RULES;
use crate::kaya::FACTORS;
use crate::projection::{HELD, Method};

/// Findings of one rule that are printed.
const SHOWN: usize = 6;
/// Sources of emissions that are printed, the largest.
const SOURCES: usize = 5;
/// Years that are printed of an indicator.
const COLUMNS: usize = 5;

/// The analysis in a screen or two; `places` are those of the findings.
pub fn text(analysis: &Analysis, title: &str, places: &[String]) -> String {
    let mut out = String::new();
    // writing to a string cannot fail
    let _ = heading(&mut out, analysis, title)
        .and_then(|()| findings(&mut out, analysis, places))
        .and_then(|()| indicators(&mut out, analysis))
        .and_then(|()| countries(&mut out, analysis))
        .and_then(|()| emissions(&mut out, analysis))
        .and_then(|()| projections(&mut out, analysis));
    out
}

fn heading(out: &mut String, analysis: &Analysis, title: &str) -> std::fmt::Result {
    let span = match (analysis.years.first(), analysis.years.last()) {
        (Some(first), Some(last)) if first < last => format!(", {first} to {last}"),
        (Some(only), _) => format!(", {only}"),
        _ => String::new(),
    };
    let region = match analysis.region.as_str() {
        "" | "*" => String::new(),
        region => format!(", {region}"),
    };
    writeln!(out, "{title}{region}{span}")?;
    if !analysis.other_units.is_empty() {
        let units: Vec<String> = analysis
            .other_units
            .iter()
            .map(|(unit, count)| format!("{count} in {unit}"))
            .collect();
        writeln!(out, "  no energy, so in no sum: {}", units.join(", "))?;
    }
    Ok(())
}

fn findings(out: &mut String, analysis: &Analysis, places: &[String]) -> std::fmt::Result {
    match analysis.findings.len() {
        0 => writeln!(out, "\nno findings")?,
        1 => writeln!(out, "\n1 finding")?,
        n => writeln!(out, "\n{n} findings")?,
    }
    for rule in RULES {
        let own: Vec<_> = analysis
            .findings
            .iter()
            .zip(places)
            .filter(|(finding, _)| finding.rule == rule.name)
            .collect();
        if own.is_empty() {
            continue;
        }
        writeln!(out, "  {} [{}]: {}", rule.title, rule.name, own.len())?;
        for (finding, place) in own.iter().take(SHOWN) {
            writeln!(out, "    {}\n      at {place}", finding.message)?;
        }
        if own.len() > SHOWN {
            writeln!(out, "    and {} more", own.len() - SHOWN)?;
        }
        writeln!(out, "    = {}", rule.hint)?;
    }
    Ok(())
}

fn indicators(out: &mut String, analysis: &Analysis) -> std::fmt::Result {
    let years = shown(&analysis.years);
    let numbers = |of: &dyn Fn(i32) -> Option<f64>| -> String {
        let cell = |year: &i32| of(*year).map_or("–".to_owned(), figure);
        years.iter().map(|year| format!("{:>10}", cell(year))).collect()
    };
    let head: String = years.iter().map(|year| format!("{year:>10}")).collect();
    let heading = match analysis.years.len() {
        all if all > years.len() => format!("indicators ({} of {all} years)", years.len()),
        _ => "indicators".to_owned(),
    };
    writeln!(out, "\n{heading:<44}{:<16}{head}", "")?;
    for indicator in &analysis.indicators.known {
        let values = numbers(&|year| indicator.values.get(&year).copied());
        if values.trim().chars().any(|c| c.is_ascii_digit()) {
            writeln!(out, "  {:<42}{:<16}{values}", indicator.name, indicator.unit)?;
        }
    }
    let missing = &analysis.indicators.missing;
    let mut told: Vec<&str> = Vec::new();
    for needs in missing.iter().map(|one| one.needs) {
        if !told.contains(&needs) {
            told.push(needs);
            let names: Vec<&str> = missing
                .iter()
                .filter(|one| one.needs == needs)
                .map(|one| one.name.as_str())
                .collect();
            writeln!(out, "  left out, needs {needs}: {}", names.join("; "))?;
        }
    }
    if !analysis.emissions_from.is_empty() {
        writeln!(out, "  carbon dioxide: {}", analysis.emissions_from)?;
    }
    Ok(())
}

/// At most [`COLUMNS`] years, spread evenly, the first and the last among them.
fn shown(years: &[i32]) -> Vec<i32> {
    let last = years.len().saturating_sub(1);
    if last < COLUMNS {
        return years.to_vec();
    }
    (0..COLUMNS).map(|at| years[at * last / (COLUMNS - 1)]).collect()
}

fn countries(out: &mut String, analysis: &Analysis) -> std::fmt::Result {
    let comparison = &analysis.comparison;
    if comparison.rows.is_empty() {
        return Ok(());
    }
    let head: String = comparison.countries.iter().map(|name| format!("{name:>18}")).collect();
    writeln!(out, "\n{:<44}{:<10}{head}", "beside other countries", "")?;
    for row in &comparison.rows {
        let cell = |value: &Option<(i32, f64)>| match value {
            Some((year, value)) => format!("{} ({year})", figure(*value)),
            None => "–".to_owned(),
        };
        let values: String =
            row.values.iter().map(|value| format!("{:>18}", cell(value))).collect();
        writeln!(out, "  {:<42}{:<10}{values}", row.name, row.unit)?;
    }
    if !comparison.note().is_empty() {
        writeln!(out, "  {}", comparison.note())?;
    }
    Ok(())
}

fn emissions(out: &mut String, analysis: &Analysis) -> std::fmt::Result {
    let Some(found) = &analysis.decomposition else { return Ok(()) };
    let signed = |value: f64| format!("{value:+.1}");
    writeln!(
        out,
        "\nwhat changed carbon dioxide, {} to {} (LMDI-I), Mt\n  {:<44}{:>10.1}",
        found.from, found.to, found.from, found.before
    )?;
    for (at, (factor, effect)) in FACTORS.iter().zip(found.effects).enumerate() {
        let mut parts: Vec<(&str, f64)> = found
            .by_source
            .iter()
            .map(|(source, effects)| (source.as_str(), effects[at]))
            .collect();
        parts.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        let by_source: Vec<String> = parts
            .into_iter()
            .take(SOURCES)
            .filter(|(_, effect)| effect.abs() >= 0.05)
            .map(|(source, effect)| format!("{source} {}", signed(effect)))
            .collect();
        writeln!(out, "  {factor:<44}{:>10}   {}", signed(effect), by_source.join(", "))?;
    }
    writeln!(out, "  {:<44}{:>10.1}", found.to, found.after)
}

fn projections(out: &mut String, analysis: &Analysis) -> std::fmt::Result {
    let projections = &analysis.projections;
    if !projections.made.is_empty() {
        writeln!(out, "\nprojections, with intervals of 95%")?;
    }
    for made in &projections.made {
        let Some(last) = made.points.last() else { continue };
        writeln!(
            out,
            "  {:<34}{:<24}{} {} {} ({} to {})\n      {}",
            made.series,
            made.method.name(),
            last.year,
            figure(last.value),
            made.unit,
            figure(last.lower),
            figure(last.upper),
            made.model
        )?;
    }
    for left_out in &projections.left_out {
        let (series, method) = (&left_out.series, left_out.method.name());
        writeln!(out, "  {series:<34}{method:<24}left out: {}", left_out.why)?;
    }
    if !projections.holdouts.is_empty() {
        writeln!(
            out,
            "\nfitted without the last {HELD} years and asked for them: mean absolute error, % \
             (years within the interval)"
        )?;
    }
    for test in &projections.holdouts {
        let of = |method: Method| {
            let score = test.scores.iter().find(|score| score.method == method);
            score.map_or("–".to_owned(), |s| format!("{:.1} ({}/{HELD})", s.error, s.within))
        };
        writeln!(
            out,
            "  {:<34}last value held {:>6.1}   smoothing {:>13}   regression {:>13}",
            test.series,
            test.naive,
            of(Method::Smoothing),
            of(Method::Regression)
        )?;
    }
    Ok(())
}
