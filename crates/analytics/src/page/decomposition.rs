//! Pictures of the identity of Kaya and of what changed emissions.

use kzleap_page::{ChartSpec, Mark, Picture, Steps, Unit, figure};

use super::lines;
use crate::kaya::{FACTORS, Kaya};
use crate::lmdi::Decomposition;

/// Colours of the factors, in the order of the identity, and of emissions.
const COLOURS: [&str; 4] = ["#4179b8", "#6f9a4c", "#de8a45", "#4d4946"];
const CO2: &str = "#93453f";

/// The factors over the years, the first year as 100.
pub(super) fn factors(years: &[Kaya]) -> Option<ChartSpec> {
    let first = years.first().filter(|_| years.len() > 1)?;
    let unit = Unit::index(format!("{} = 100", first.year));
    let mut chart = lines::over_years("kaya", "Factors of emissions", unit);
    chart.note = "Emissions are the product of the four factors: population, GDP at constant \
                  prices per capita, primary energy for each unit of GDP, carbon dioxide for each \
                  unit of energy."
        .to_owned();
    chart.csv = "tables/kaya.csv";
    let mut line = |name: &str, colour: &str, width: f64, of: &dyn Fn(&Kaya) -> f64| {
        let points: Vec<(i32, f64)> =
            years.iter().map(|kaya| (kaya.year, 100.0 * of(kaya) / of(first))).collect();
        let mark = Mark::Line { width, dashed: false, points: false };
        lines::push(&mut chart, name, colour, mark, &points);
    };
    for (at, (name, colour)) in FACTORS.iter().zip(COLOURS).enumerate() {
        line(&capital(name), colour, 2.0, &|kaya| kaya.factors()[at]);
    }
    line("Carbon dioxide", CO2, 3.5, &|kaya| kaya.co2);
    Some(chart)
}

/// From the emissions of one year to those of another, effect by effect.
pub(super) fn waterfall(decomposition: &Decomposition) -> ChartSpec {
    let Decomposition { from, to, before, after, effects, .. } = decomposition;
    let short_names =
        ["population", "GDP per<br>capita", "energy<br>intensity", "carbon<br>intensity"];
    let mut names = vec![from.to_string()];
    names.extend(short_names.map(str::to_owned));
    names.push(to.to_string());
    let effect = |value: &f64| {
        let sign = if *value > 0.0 { "+" } else { "" };
        format!("{sign}{}", figure(*value))
    };
    let mut texts = vec![figure(*before)];
    texts.extend(effects.iter().map(effect));
    texts.push(figure(*after));
    let mut values = vec![*before];
    values.extend(effects);
    values.push(*after);
    let heading = format!("What changed emissions, {from} to {to}");
    let picture = Picture::Steps(Steps { names, values, texts });
    let mut chart = ChartSpec::new("lmdi", heading, Unit::plain("Mt of CO₂"), picture);
    chart.note = format!(
        "What each factor did to emissions between {from} and {to} (LMDI-I, additive): the parts \
         add up to the change, without a rest."
    );
    chart.csv = "tables/lmdi.csv";
    chart
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
