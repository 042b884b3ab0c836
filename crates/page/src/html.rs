//! Pages from templates.

use std::collections::BTreeSet;

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error, Value};
use serde::Serialize;

use crate::section::{Index, Section};
use crate::spec::ChartSpec;

/// What templates extend.
const BASE: &str = include_str!("../assets/base.html");
/// What templates import: cards of charts, lists of choices.
const PARTS: &str = include_str!("../assets/parts.html");
const STYLE: &str = include_str!("../assets/page.css");
/// The catalogue of messages: English, Russian, Kazakh, and how sure the Kazakh is.
const WORDS: &str = include_str!("../assets/words.tsv");
/// One script in several files, in a scope of its own. The first four touch no page.
const SCRIPT: &str = concat!(
    "\"use strict\";\n{\n",
    include_str!("../assets/numbers.js"),
    include_str!("../assets/words.js"),
    include_str!("../assets/pictures.js"),
    include_str!("../assets/tables.js"),
    include_str!("../assets/draw.js"),
    include_str!("../assets/page.js"),
    "}\n"
);

/// The script of all pages.
pub const fn script() -> &'static str {
    SCRIPT
}

/// A name of the model in English, Russian and Kazakh; empty where nobody has written it.
pub type Name = [String; 3];

/// The messages of pages: English, Russian, Kazakh, and how sure the Kazakh is.
pub fn phrases() -> impl Iterator<Item = [&'static str; 4]> {
    WORDS.lines().skip(1).filter_map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        cells.try_into().ok()
    })
}

/// Texts that the script puts into the page.
#[derive(Serialize)]
struct Words<'a> {
    /// What the entry of a legend does.
    toggle: &'static str,
    /// The text below a picture that is saved.
    stamp: &'a str,
    /// The head of a chart's values as CSV.
    columns: [&'static str; 4],
}

/// What the script reads.
#[derive(Serialize)]
struct Data<'a, M: Serialize> {
    /// Every chart once.
    charts: Vec<&'a ChartSpec>,
    sections: Vec<Index<'a>>,
    words: Words<'a>,
    /// The messages of the catalogue, each in every language.
    phrases: Vec<[&'static str; 3]>,
    /// The names of the model in every language.
    names: &'a [Name],
    #[serde(flatten)]
    more: &'a M,
}

/// A page: a template, which extends `base.html` and may import `parts.html`, filled with `context`
/// and with the outlines of the sections as `sections`; `more` is what the script reads beside
/// their charts, a struct or a map; `names` are those of the model in all languages. `stamp` says below a saved picture where it is from. Everything
/// is escaped unless the template says otherwise.
///
/// # Errors
/// If the template does not fit its data, which is a bug.
pub fn render(
    template: &str,
    context: &impl Serialize,
    sections: &[Section],
    more: &impl Serialize,
    stamp: &str,
    names: &[Name],
) -> Result<String, Error> {
    let mut seen = BTreeSet::new();
    let all = sections.iter().flat_map(Section::all);
    let data = Data {
        charts: all.filter(|chart| seen.insert(&chart.id)).collect(),
        sections: sections.iter().map(Section::index).collect(),
        words: Words {
            toggle: "Show or hide",
            stamp,
            columns: ["series", "place", "value", "unit"],
        },
        phrases: phrases().map(|[en, ru, kk, _]| [en, ru, kk]).collect(),
        names,
        more,
    };
    let outlines: Vec<_> = sections.iter().map(Section::outline).collect();
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.add_global("style", STYLE);
    environment.add_global("script", SCRIPT);
    environment.add_global("plotly", plotly_script());
    environment.add_global("data", embedded(&data));
    environment.add_global("sections", Value::from(Serde(&outlines)));
    environment.add_template("base.html", BASE)?;
    environment.add_template("parts.html", PARTS)?;
    environment.template_from_str(template)?.render(Serde(context))
}

/// Data as JSON that can stand within a `script` element.
fn embedded(data: &impl Serialize) -> String {
    let json = serde_json::to_string(data).unwrap_or_else(|_| "null".to_owned());
    json.replace("</", "<\\/")
}

/// The script of plotly alone: the crate hands it out together with that of MathJax, which we do
/// not need.
fn plotly_script() -> String {
    let both = plotly::Plot::offline_js_sources();
    let script = both.split_once('>').map_or("", |(_, rest)| rest);
    script.split_once("</script>").map_or(String::new(), |(script, _)| script.to_owned())
}
