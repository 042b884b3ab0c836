//! Pictures of the identity of Kaya and of what changed emissions.

use plotly::common::{Line, Mode, Title};
use plotly::layout::{Axis, AxisType};
use plotly::{Layout, Scatter};
use serde_json::{Value, json};

use super::figure::{Figure, short};
use crate::kaya::{FACTORS, Kaya};
use crate::lmdi::Decomposition;

/// Colours of the factors, in the order of the identity, and of emissions.
const COLOURS: [&str; 4] = ["#4179b8", "#6f9a4c", "#de8a45", "#4d4946"];
const CO2: &str = "#93453f";

/// The factors over the years, the first year as 100.
pub(super) fn factors(years: &[Kaya]) -> Option<Figure> {
    let first = years.first().filter(|_| years.len() > 1)?;
    let layout = Layout::new()
        .x_axis(Axis::new().tick_format("d").show_grid(false))
        .y_axis(Axis::new().title(Title::with_text(format!("{} = 100", first.year))));
    let note = "Emissions are the product of the four factors: population, GDP at constant prices \
                per capita, primary energy for each unit of GDP, carbon dioxide for each unit of energy.";
    let mut figure =
        Figure::new("kaya", "Factors of emissions", note, "tables/kaya.csv", &layout);
    let mut line = |name: &str, colour: &str, width: f64, of: &dyn Fn(&Kaya) -> f64| {
        let xs: Vec<i32> = years.iter().map(|kaya| kaya.year).collect();
        let ys: Vec<f64> =
            years.iter().map(|kaya| short(100.0 * of(kaya) / of(first))).collect();
        figure.push(
            &Scatter::new(xs, ys)
                .mode(Mode::Lines)
                .name(name)
                .line(Line::new().color(colour.to_owned()).width(width)),
        );
    };
    for (at, (name, colour)) in FACTORS.iter().zip(COLOURS).enumerate() {
        line(&capital(name), colour, 2.0, &|kaya| kaya.factors()[at]);
    }
    line("Carbon dioxide", CO2, 3.5, &|kaya| kaya.co2);
    Some(figure)
}

/// From the emissions of one year to those of another, effect by effect.
pub(super) fn waterfall(decomposition: &Decomposition) -> Figure {
    let Decomposition { from, to, before, after, effects, .. } = decomposition;
    let layout = Layout::new()
        .x_axis(Axis::new().type_(AxisType::Category).auto_margin(true).show_grid(false))
        .y_axis(Axis::new().title(Title::with_text("Mt of CO₂")));
    let note = format!(
        "What each factor did to emissions between {from} and {to} (LMDI-I, additive): the parts \
         add up to the change, without a rest."
    );
    let heading = format!("What changed emissions, {from} to {to}");
    let mut figure = Figure::new("lmdi", heading, note, "tables/lmdi.csv", &layout);
    let short_names =
        ["population", "GDP a<br>head", "energy<br>intensity", "carbon<br>intensity"];
    let mut xs = vec![from.to_string()];
    xs.extend(short_names.map(str::to_owned));
    xs.push(to.to_string());
    let mut ys = vec![short(*before)];
    ys.extend(effects.map(short));
    ys.push(short(*after));
    let text: Vec<String> = ys
        .iter()
        .enumerate()
        .map(|(at, value)| {
            let middle = at > 0 && at < ys.len() - 1;
            let sign = if middle && *value > 0.0 { "+" } else { "" };
            format!("{sign}{}", kzleap_report::page::figure(*value))
        })
        .collect();
    let mut measures = vec!["relative"; ys.len()];
    measures[0] = "absolute";
    measures[ys.len() - 1] = "total";
    // the library knows no waterfalls, the script does
    let trace: Value = json!({
        "type": "waterfall", "x": xs, "y": ys, "text": text, "measure": measures,
        "textposition": "outside", "cliponaxis": false, "hovertemplate": "%{x}: %{text} Mt<extra></extra>",
        "connector": { "line": { "width": 1, "color": "#98a3b0" } },
        "increasing": { "marker": { "color": "#c06a4f" } },
        "decreasing": { "marker": { "color": "#5f9a6c" } },
        "totals": { "marker": { "color": "#7d8690" } },
    });
    figure.push(&trace);
    figure
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
